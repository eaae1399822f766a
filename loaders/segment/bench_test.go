package segment

import (
	"strings"
	"testing"
)

// BenchmarkNew makes a segmenter: the cost of a cold start.
func BenchmarkNew(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := New(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkNewGazetteer makes a gazetteer without villages.
func BenchmarkNewGazetteer(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := newGazetteer(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkCounty reads the villages of one district.
func BenchmarkCounty(b *testing.B) {
	g := gazetteer(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := g.readCounty("130626"); err != nil {
			b.Fatal(err)
		}
	}
}

// The three passes over all texts; MB/s is of UTF-8 bytes on one core.
func benchmarkTexts(b *testing.B, pass func(text string, runes []rune)) {
	text := strings.Join(sharedReports(b), "\n")
	passages := strings.Split(text, "\n")
	runes := make([][]rune, len(passages))
	for i, passage := range passages {
		runes[i] = []rune(passage)
	}
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		for i := range passages {
			pass(passages[i], runes[i])
		}
	}
}

func BenchmarkSegment(b *testing.B) {
	s, err := Default()
	if err != nil {
		b.Fatal(err)
	}
	benchmarkTexts(b, func(text string, _ []rune) { s.Segment(text) })
}

func BenchmarkScan(b *testing.B) {
	l, err := DefaultLexicon()
	if err != nil {
		b.Fatal(err)
	}
	benchmarkTexts(b, func(_ string, runes []rune) { l.Scan(runes) })
}

func BenchmarkMatch(b *testing.B) {
	g := gazetteer(b)
	benchmarkTexts(b, func(_ string, runes []rune) { g.Match(runes, "130626") })
}
