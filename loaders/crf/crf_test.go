package crf

import (
	"bytes"
	"errors"
	"math"
	"slices"
	"testing"
)

// The toy language: letters a and b; a run of a's that follows an x is a
// span (labels 1 then 2), all else is outside (0).
var labels = []string{"O", "B", "I"}

func allowed(from, to int) bool { return to != 2 || from == 1 || from == 2 }

func toy(text string) (Sequence, []int) {
	s, y := make(Sequence, len(text)), make([]int, len(text))
	inside := false
	for i := range len(text) {
		prev := byte('^')
		if i > 0 {
			prev = text[i-1]
		}
		s[i] = []uint64{uint64(text[i]), uint64(text[i])<<8 | uint64(prev)<<16}
		switch {
		case text[i] == 'a' && prev == 'x':
			y[i], inside = 1, true
		case text[i] == 'a' && inside:
			y[i] = 2
		default:
			inside = false
		}
	}
	return s, y
}

func train(t *testing.T) *Model {
	t.Helper()
	var sequences []Sequence
	var answers [][]int
	for _, text := range []string{"xaab", "baab", "xab", "bxaaab", "aab", "bbxa", "xaaxab", "bab", "xbaab", "baaaaab", "bxaaaaa"} {
		s, y := toy(text)
		sequences, answers = append(sequences, s), append(answers, y)
	}
	m, err := Train(labels, sequences, answers, Options{Epochs: 60, Rate: 0.5, L2: 1e-3, MinSeen: 1, Seed: 1, Allowed: allowed})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestDecodeLearnsWhatOnlyTheChainKnows(t *testing.T) {
	m := train(t)
	for _, text := range []string{"bxaaaaab", "baaaab", "xaabaab", "a", "x"} {
		s, want := toy(text)
		if got := m.Decode(s); !slices.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", text, got, want)
		}
	}
	if got := m.Decode(nil); got != nil {
		t.Errorf("labels %v of nothing", got)
	}
}

// brute adds up over every labelling what Chart gets by dynamic programming.
func brute(m *Model, s Sequence, keep func([]int) bool) float64 {
	n := len(m.labels)
	emit := m.emissions(s)
	total, kept := 0.0, 0.0
	y := make([]int, len(s))
	for code := range int(math.Pow(float64(n), float64(len(s)))) {
		score := 0.0
		for t := range s {
			y[t] = code % n
			code /= n
			if t == 0 && !m.start[y[0]] {
				score += float64(impossible)
			}
			if t > 0 {
				score += float64(m.trans[y[t-1]*n+y[t]])
			}
			score += emit[t*n+y[t]]
		}
		p := math.Exp(score)
		total += p
		if keep(y) {
			kept += p
		}
	}
	return kept / total
}

func TestChartAgreesWithEnumeration(t *testing.T) {
	m := train(t)
	s, _ := toy("bxaab")
	c := m.Chart(s)
	for pos := range s {
		for y := range labels {
			want := brute(m, s, func(l []int) bool { return l[pos] == y })
			if got := c.Marginal(pos, y); math.Abs(got-want) > 1e-9 {
				t.Errorf("marginal of %d at %d: %v, want %v", y, pos, got, want)
			}
		}
	}
	for start := range s {
		for end := start + 1; end <= len(s); end++ {
			want := brute(m, s, func(l []int) bool {
				for i := start; i < end; i++ {
					if i == start && l[i] != 1 || i > start && l[i] != 2 {
						return false
					}
				}
				return end == len(l) || l[end] != 2
			})
			if got := c.Span(start, end, 1, 2); math.Abs(got-want) > 1e-9 {
				t.Errorf("span %d to %d: %v, want %v", start, end, got, want)
			}
		}
	}
}

func TestTrainingIsDeterministicAndSurvivesTheFile(t *testing.T) {
	var files [2]bytes.Buffer
	for i := range files {
		if err := train(t).Write(&files[i]); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(files[0].Bytes(), files[1].Bytes()) {
		t.Error("training twice gave two models")
	}
	m, err := Read(bytes.NewReader(files[0].Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	s, want := toy("bxaaaab")
	if got := m.Decode(s); !slices.Equal(got, want) {
		t.Errorf("after the file: %v, want %v", got, want)
	}
	if m.Decode(s)[1] == 2 || m.start[2] {
		t.Error("the file lost what is not allowed")
	}
}

func TestReadRefusesOtherBytes(t *testing.T) {
	var good bytes.Buffer
	if err := train(t).Write(&good); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{
		"empty": nil, "text": []byte("not a model"), "cut off": good.Bytes()[:good.Len()/2],
	} {
		if _, err := Read(bytes.NewReader(data)); !errors.Is(err, ErrFormat) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTrainRefusesWrongAnswers(t *testing.T) {
	s, y := toy("xaab")
	y[0] = 2
	if _, err := Train(labels, []Sequence{s}, [][]int{y}, Options{Epochs: 1, Rate: 1, Allowed: allowed}); err == nil {
		t.Error("an answer that is not allowed was taken")
	}
	if _, err := Train(labels, []Sequence{s}, nil, Options{Epochs: 1, Rate: 1, Allowed: allowed}); err == nil {
		t.Error("a missing answer was taken")
	}
}
