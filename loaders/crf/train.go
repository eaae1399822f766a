package crf

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
)

// Options say how a model is trained.
type Options struct {
	Epochs  int
	Rate    float64 // AdaGrad's learning rate
	L2      float64 // strength of the Gaussian prior, per training sequence
	MinSeen int     // features seen at fewer positions are left out
	Seed    uint64  // order of the sequences
	// Allowed says which label may follow which; from is -1 at the beginning.
	Allowed func(from, to int) bool
}

// Train fits a model to labelled sequences by stochastic gradient descent with
// AdaGrad's step sizes (Duchi, Hazan and Singer, 2011). The same input gives
// the same model.
func Train(labels []string, sequences []Sequence, answers [][]int, o Options) (*Model, error) {
	if len(sequences) != len(answers) {
		return nil, fmt.Errorf("crf: %d sequences but %d answers", len(sequences), len(answers))
	}
	for i, s := range sequences {
		if len(s) != len(answers[i]) {
			return nil, fmt.Errorf("crf: sequence %d has %d positions but %d answers", i, len(s), len(answers[i]))
		}
		from := -1
		for t, y := range answers[i] {
			if y < 0 || y >= len(labels) || !o.Allowed(from, y) {
				return nil, fmt.Errorf("crf: sequence %d: label %d at position %d is not allowed after %d", i, y, t, from)
			}
			from = y
		}
	}
	m := newModel(labels, indexed(sequences, o.MinSeen), o.Allowed)
	t := trainer{m: m, o: o, squares: make([]float32, len(m.weights)), transSquares: make([]float32, len(m.trans))}
	order := make([]int, 0, len(sequences))
	for i, s := range sequences {
		if len(s) > 0 {
			order = append(order, i)
		}
	}
	rng := rand.New(rand.NewPCG(o.Seed, o.Seed))
	for range o.Epochs {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			t.step(sequences[i], answers[i])
		}
	}
	return m, nil
}

// indexed numbers the features that are seen often enough, in order of hash.
func indexed(sequences []Sequence, minSeen int) map[uint64]int32 {
	seen := map[uint64]int{}
	for _, s := range sequences {
		for _, features := range s {
			for _, f := range features {
				seen[f]++
			}
		}
	}
	kept := make([]uint64, 0, len(seen))
	for f, n := range seen {
		if n >= minSeen {
			kept = append(kept, f)
		}
	}
	slices.Sort(kept)
	index := make(map[uint64]int32, len(kept))
	for i, f := range kept {
		index[f] = int32(i)
	}
	return index
}

type trainer struct {
	m                     *Model
	o                     Options
	squares, transSquares []float32 // sums of squared gradients
}

// step moves the weights along the gradient of one sequence's log likelihood.
func (t *trainer) step(s Sequence, answer []int) {
	m, n := t.m, len(t.m.labels)
	c := m.chart(m.emissions(s), len(s), m.exponentiated())
	gradient := make([]float64, n)
	for pos, features := range s {
		for y := range n {
			gradient[y] = -c.Marginal(pos, y)
		}
		gradient[answer[pos]]++
		for _, f := range features {
			i, ok := m.index[f]
			if !ok {
				continue
			}
			row := int(i) * n
			for y, g := range gradient {
				if g > 1e-3 || g < -1e-3 {
					t.update(&m.weights[row+y], &t.squares[row+y], g)
				}
			}
		}
	}
	pairs := make([]float64, n*n)
	for pos := 1; pos < len(s); pos++ {
		for y := range n {
			after := c.emit[pos*n+y] * c.beta[pos*n+y] / c.scale[pos]
			for _, p := range m.prev[y] {
				pairs[p*n+y] -= c.alpha[(pos-1)*n+p] * c.expTrans[p*n+y] * after
			}
		}
		pairs[answer[pos-1]*n+answer[pos]]++
	}
	for i, g := range pairs {
		if g != 0 && m.trans[i] > impossible {
			t.update(&m.trans[i], &t.transSquares[i], g)
		}
	}
}

func (t *trainer) update(w, square *float32, gradient float64) {
	g := gradient - t.o.L2*float64(*w)
	*square += float32(g * g)
	*w += float32(t.o.Rate * g / (1e-6 + math.Sqrt(float64(*square))))
}
