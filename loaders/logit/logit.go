// Package logit is logistic regression over hashed features: it says how
// probable it is that something with these features is right.
package logit

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"slices"
)

// Features are the hashes of what holds of an example; see [Hash].
type Features []uint64

// Hash is FNV-1a over the parts of a feature's name. Trained weights are
// stored by it, so it must never change.
func Hash(parts ...string) uint64 {
	h := uint64(14695981039346656037)
	for _, p := range parts {
		for i := range len(p) {
			h = (h ^ uint64(p[i])) * 1099511628211
		}
		h = (h ^ 0xff) * 1099511628211
	}
	return h
}

// Model is a trained regression. It is safe for concurrent use.
type Model struct{ weights map[uint64]float32 }

// Probability is how probable it is that an example is right, 0 to 1.
func (m *Model) Probability(f Features) float64 {
	sum := 0.0
	for _, h := range f {
		sum += float64(m.weights[h])
	}
	return 1 / (1 + math.Exp(-sum))
}

// Example is one to learn from.
type Example struct {
	Features Features
	Right    bool
}

// Options say how a model is trained.
type Options struct {
	Epochs  int
	Rate    float64 // AdaGrad's learning rate
	L2      float64 // strength of the Gaussian prior
	MinSeen int     // features seen in fewer examples are left out
	Seed    uint64  // order of the examples
}

// Train fits a model by stochastic gradient descent with AdaGrad's step sizes
// (Duchi, Hazan and Singer, 2011). The same examples give the same model.
func Train(examples []Example, o Options) *Model {
	seen := map[uint64]int{}
	for _, e := range examples {
		for _, h := range e.Features {
			seen[h]++
		}
	}
	m := &Model{map[uint64]float32{}}
	squares := map[uint64]float32{}
	order := make([]int, len(examples))
	for i := range order {
		order[i] = i
	}
	rng := rand.New(rand.NewPCG(o.Seed, o.Seed))
	for range o.Epochs {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			e := examples[i]
			gradient := -m.Probability(e.Features)
			if e.Right {
				gradient++
			}
			for _, h := range e.Features {
				if seen[h] < o.MinSeen {
					continue
				}
				w := m.weights[h]
				g := gradient - o.L2*float64(w)
				squares[h] += float32(g * g)
				m.weights[h] = w + float32(o.Rate*g/(1e-6+math.Sqrt(float64(squares[h]))))
			}
		}
	}
	// As the file will have them, so that a model is the same before and
	// after it.
	for h, w := range m.weights {
		if q := quantise(w); q == 0 {
			delete(m.weights, h)
		} else {
			m.weights[h] = float32(q) / steps
		}
	}
	return m
}

// Weights are stored in 1/steps, two bytes each.
const steps = 1024

func quantise(w float32) int16 {
	return int16(max(-math.MaxInt16, min(math.MaxInt16, math.Round(float64(w)*steps))))
}

// Write appends the model to w; Read reads it back, and no byte more.
func (m *Model) Write(w io.Writer) error {
	hashes := make([]uint64, 0, len(m.weights))
	for h := range m.weights {
		hashes = append(hashes, h)
	}
	slices.Sort(hashes)
	var b bytes.Buffer
	b.Write(binary.LittleEndian.AppendUint32(nil, uint32(len(hashes))))
	for _, h := range hashes {
		b.Write(binary.LittleEndian.AppendUint64(nil, h))
	}
	for _, h := range hashes {
		b.Write(binary.LittleEndian.AppendUint16(nil, uint16(quantise(m.weights[h]))))
	}
	_, err := w.Write(b.Bytes())
	return err
}

// ErrFormat is returned for bytes that are no model.
var ErrFormat = errors.New("logit: not a model")

// maxWeights bounds what a damaged file can ask for.
const maxWeights = 1 << 24

// Read reads a model.
func Read(r io.Reader) (*Model, error) {
	var head [4]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFormat, err)
	}
	n := int(binary.LittleEndian.Uint32(head[:]))
	if n > maxWeights {
		return nil, fmt.Errorf("%w: it claims %d weights", ErrFormat, n)
	}
	data, err := io.ReadAll(io.LimitReader(r, int64(10*n)))
	if err != nil || len(data) != 10*n {
		return nil, fmt.Errorf("%w: %d bytes of %d weights", ErrFormat, len(data), n)
	}
	m := &Model{make(map[uint64]float32, n)}
	for i := range n {
		q := int16(binary.LittleEndian.Uint16(data[8*n+2*i:]))
		m.weights[binary.LittleEndian.Uint64(data[8*i:])] = float32(q) / steps
	}
	return m, nil
}
