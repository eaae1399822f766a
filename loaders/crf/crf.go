// Package crf is a linear-chain conditional random field (Lafferty, McCallum
// and Pereira, 2001) over hashed features: it labels each position of a
// sequence, and says how probable a labelled span is.
package crf

import (
	"math"
	"slices"
)

// Sequence is one sequence to label: at each position the hashes of the
// features that hold there.
type Sequence [][]uint64

// Model is a trained field. It is safe for concurrent use.
type Model struct {
	labels  []string
	index   map[uint64]int32 // feature hash -> row of weights
	weights []float32        // rows × labels
	trans   []float32        // from × to, impossible where not allowed
	start   []bool           // labels that may begin a sequence
	prev    [][]int          // labels that may stand before each label
}

// impossible is the weight of a transition that is not allowed.
const impossible = float32(-1e9)

// Labels gives the names of the labels; their positions are what Decode and
// Chart speak of.
func (m *Model) Labels() []string { return m.labels }

// newModel lays out a model whose transitions are those allowed; from is -1
// for the beginning.
func newModel(labels []string, index map[uint64]int32, allowed func(from, to int) bool) *Model {
	n := len(labels)
	m := &Model{
		labels: labels, index: index, weights: make([]float32, len(index)*n),
		trans: make([]float32, n*n), start: make([]bool, n), prev: make([][]int, n),
	}
	for to := range n {
		m.start[to] = allowed(-1, to)
		for from := range n {
			if allowed(from, to) {
				m.prev[to] = append(m.prev[to], from)
			} else {
				m.trans[from*n+to] = impossible
			}
		}
	}
	return m
}

// emissions adds up the weights of the features at each position, into a
// position × label table.
func (m *Model) emissions(s Sequence) []float64 {
	n := len(m.labels)
	out := make([]float64, len(s)*n)
	for t, features := range s {
		row := out[t*n : t*n+n]
		for _, f := range features {
			if i, ok := m.index[f]; ok {
				for y, w := range m.weights[int(i)*n : int(i)*n+n] {
					row[y] += float64(w)
				}
			}
		}
	}
	return out
}

// Decode gives the most probable labels, by the Viterbi algorithm.
func (m *Model) Decode(s Sequence) []int {
	if len(s) == 0 {
		return nil
	}
	n := len(m.labels)
	score := m.emissions(s)
	back := make([]int32, len(s)*n)
	for y := range n {
		if !m.start[y] {
			score[y] = float64(impossible)
		}
	}
	for t := 1; t < len(s); t++ {
		for y := range n {
			best, from := math.Inf(-1), 0
			for _, p := range m.prev[y] {
				if v := score[(t-1)*n+p] + float64(m.trans[p*n+y]); v > best {
					best, from = v, p
				}
			}
			score[t*n+y] += best
			back[t*n+y] = int32(from)
		}
	}
	last := 0
	for y := range n {
		if score[(len(s)-1)*n+y] > score[(len(s)-1)*n+last] {
			last = y
		}
	}
	out := make([]int, len(s))
	for t := len(s) - 1; t >= 0; t-- {
		out[t] = last
		last = int(back[t*n+last])
	}
	return out
}

// Chart holds the forward and backward sums over one sequence, from which the
// probability of any labelling of a part follows.
type Chart struct {
	m           *Model
	size        int
	emit        []float64 // position × label, exponentiated and scaled
	alpha, beta []float64 // position × label, each position's alpha adding up to 1
	scale       []float64 // what alpha was divided by
	logZ        float64
	expTrans    []float64
}

// Chart computes the sums of a sequence.
func (m *Model) Chart(s Sequence) *Chart {
	return m.chart(m.emissions(s), len(s), m.exponentiated())
}

func (m *Model) exponentiated() []float64 {
	e := make([]float64, len(m.trans))
	for i, w := range m.trans {
		e[i] = math.Exp(float64(w))
	}
	return e
}

func (m *Model) chart(emit []float64, size int, expTrans []float64) *Chart {
	n := len(m.labels)
	c := &Chart{
		m: m, size: size, emit: emit, expTrans: expTrans,
		alpha: make([]float64, size*n), beta: make([]float64, size*n), scale: make([]float64, size),
	}
	for t := range size {
		row := emit[t*n : t*n+n]
		top := slices.Max(row)
		for y := range row {
			row[y] = math.Exp(row[y] - top)
		}
		c.logZ += top
	}
	for t := range size {
		sum := 0.0
		for y := range n {
			v := 0.0
			if t == 0 {
				if m.start[y] {
					v = 1
				}
			} else {
				for _, p := range m.prev[y] {
					v += c.alpha[(t-1)*n+p] * expTrans[p*n+y]
				}
			}
			v *= emit[t*n+y]
			c.alpha[t*n+y] = v
			sum += v
		}
		for y := range n {
			c.alpha[t*n+y] /= sum
		}
		c.scale[t] = sum
		c.logZ += math.Log(sum)
	}
	for t := size - 1; t >= 0; t-- {
		if t == size-1 {
			for y := range n {
				c.beta[t*n+y] = 1
			}
			continue
		}
		for y := range n {
			v := emit[(t+1)*n+y] * c.beta[(t+1)*n+y] / c.scale[t+1]
			for _, p := range m.prev[y] {
				c.beta[t*n+p] += expTrans[p*n+y] * v
			}
		}
	}
	return c
}

// Marginal is the probability of a label at a position.
func (c *Chart) Marginal(t, label int) float64 {
	n := len(c.m.labels)
	return c.alpha[t*n+label] * c.beta[t*n+label]
}

// Span is the probability that positions start to end (exclusive) are labelled
// first, then inside at every later one, and that the span ends there: that
// the position after it is not labelled inside.
func (c *Chart) Span(start, end, first, inside int) float64 {
	n := len(c.m.labels)
	p := c.alpha[start*n+first]
	y := first
	for t := start + 1; t < end; t++ {
		p *= c.expTrans[y*n+inside] * c.emit[t*n+inside] / c.scale[t]
		y = inside
	}
	if end == c.size {
		return p
	}
	// beta at the last position, less the way that goes on inside.
	on := c.expTrans[y*n+inside] * c.emit[end*n+inside] * c.beta[end*n+inside] / c.scale[end]
	return p * max(0, c.beta[(end-1)*n+y]-on)
}
