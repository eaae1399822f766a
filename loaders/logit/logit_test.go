package logit

import (
	"bytes"
	"errors"
	"math"
	"math/rand/v2"
	"testing"
)

// coin makes examples that are right with probability p when they have the
// feature "good", and 1-p otherwise; "noise" tells nothing.
func coin(n int, p float64) []Example {
	rng := rand.New(rand.NewPCG(7, 7))
	var out []Example
	for range n {
		f, right := Features{Hash("bias")}, 1-p
		if rng.IntN(2) == 0 {
			f, right = append(f, Hash("good")), p
		}
		if rng.IntN(2) == 0 {
			f = append(f, Hash("noise"))
		}
		out = append(out, Example{f, rng.Float64() < right})
	}
	return out
}

var options = Options{Epochs: 10, Rate: 0.1, L2: 1e-3, MinSeen: 2, Seed: 1}

func TestProbabilitiesAreCalibrated(t *testing.T) {
	m := Train(coin(4000, 0.9), options)
	for want, f := range map[float64]Features{
		0.9: {Hash("bias"), Hash("good")}, 0.1: {Hash("bias")},
	} {
		for _, f := range []Features{f, append(f, Hash("noise")), append(f, Hash("never seen"))} {
			if got := m.Probability(f); math.Abs(got-want) > 0.05 {
				t.Errorf("%v: %.3f, want %.1f", f, got, want)
			}
		}
	}
	if got := m.Probability(nil); got != 0.5 {
		t.Errorf("of nothing: %v", got)
	}
}

func TestTrainingIsDeterministicAndSurvivesTheFile(t *testing.T) {
	var a, b bytes.Buffer
	m := Train(coin(500, 0.8), options)
	if err := m.Write(&a); err != nil {
		t.Fatal(err)
	}
	if err := Train(coin(500, 0.8), options).Write(&b); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("training twice gave two models")
	}
	file := bytes.NewReader(append(a.Bytes(), "rest"...))
	back, err := Read(file)
	if err != nil {
		t.Fatal(err)
	}
	if file.Len() != len("rest") {
		t.Errorf("%d bytes are left", file.Len())
	}
	f := Features{Hash("bias"), Hash("good")}
	if back.Probability(f) != m.Probability(f) {
		t.Error("the file changed the model")
	}
}

func TestReadRefusesOtherBytes(t *testing.T) {
	for name, data := range map[string]string{
		"empty": "", "short": "\x02\x00\x00\x00abc", "too many": "\xff\xff\xff\xff",
	} {
		if _, err := Read(bytes.NewReader([]byte(data))); !errors.Is(err, ErrFormat) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestRareFeaturesAreLeftOut(t *testing.T) {
	m := Train([]Example{{Features{1, 2}, true}, {Features{1, 3}, true}}, options)
	if len(m.weights) != 1 || m.weights[1] <= 0 {
		t.Errorf("weights %v", m.weights)
	}
}
