package extract

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/lantu-kg/lantu/loaders/document"
	"github.com/lantu-kg/lantu/loaders/gold"
	"github.com/lantu-kg/lantu/schema"
)

// blind names the regions whose gold nobody tunes on: their scores are
// counted, their errors are never shown.
var blind = []string{"quyang", "shunping", "fujian", "tianjin"}

func isBlind(doc string) bool {
	return slices.ContainsFunc(blind, func(b string) bool { return strings.HasPrefix(doc, b) })
}

// shared gives the folder of reports and gold, or skips the test where it is
// not there; CI must have it.
func shared(t testing.TB) string {
	dir := os.Getenv("LANTU_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	if _, err := os.Stat(filepath.Join(dir, "gold")); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("LANTU_SHARED: %v", err)
		}
		t.Skipf("no reports to read: %v", err)
	}
	return dir
}

// TestGoldScores prints scores over the gold, as extraction finds it and with
// the gold's own entities given to the rules of claims and observations.
// LANTU_ERRORS=entity|claim|observation[,doc] prints what was missed or extra.
// LANTU_ORACLE=1 gives the rules the gold's entities.
func TestGoldScores(t *testing.T) {
	dir := shared(t)
	x, err := rules()
	if err != nil {
		t.Fatal(err)
	}
	paths, err := filepath.Glob(filepath.Join(dir, "gold", "*.json"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no gold in %s: %v", dir, err)
	}
	what, only, _ := strings.Cut(os.Getenv("LANTU_ERRORS"), ",")
	all, hidden := gold.NewScore(), gold.NewScore()
	all.KeepMisses = what != ""
	for _, path := range paths {
		g, err := gold.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		file, err := g.ReportFile(path)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := document.ReadFile(context.Background(), file)
		if err != nil {
			t.Fatal(err)
		}
		var found []gold.Passage
		if os.Getenv("LANTU_ORACLE") != "" {
			found = x.withGoldEntities(t, doc, g)
		} else {
			for i, f := range x.Extract(doc) {
				found = append(found, f.Gold(doc.Passages[i]))
			}
		}
		all.Add(g, found)
		if isBlind(g.Name) {
			hidden.Add(g, found)
		}
	}
	for _, m := range all.Misses {
		if string(m.Measure) != what || isBlind(m.Doc) || !strings.HasPrefix(m.Doc, only) {
			continue
		}
		word := "missed"
		if m.Extra {
			word = "extra "
		}
		thing, err := json.Marshal(m.Thing)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Println(word, m.Doc, m.Line, string(thing))
	}
	var b strings.Builder
	_ = all.Write(&b, true)
	b.WriteString("the blind regions:\n")
	_ = hidden.Write(&b, false)
	t.Log("\n" + b.String())
}

// withGoldEntities finds claims and observations among the gold's entities.
func (x *Extractor) withGoldEntities(t *testing.T, doc *document.Document, g *gold.Document) []gold.Passage {
	byLine := map[int]gold.Passage{}
	for _, p := range g.Passages {
		byLine[p.Line] = p
	}
	var out []gold.Passage
	for i, text := range x.texts(doc) {
		p, ok := byLine[text.Passage.Line]
		if !ok {
			continue
		}
		if p.Text != text.Passage.Text {
			t.Fatalf("%s line %d reads otherwise than the gold", g.Name, p.Line)
		}
		var f Found
		for _, e := range p.Entities {
			m := Mention{Name: e.Name, Kind: e.Kind, Spans: occurrences(text.Runes, e.Name), Rule: "gold", Confidence: 1}
			for _, a := range e.Aliases {
				for _, s := range occurrences(text.Runes, a) {
					m.Aliases = append(m.Aliases, Alias{Name: a, Span: s})
				}
			}
			f.Mentions = append(f.Mentions, m)
		}
		f.Claims = x.relate(text, f.Mentions)
		f.Observations = x.observe(text, f.Mentions)
		out = append(out, f.Gold(doc.Passages[i]))
	}
	return out
}

// occurrences finds every place where name stands in runes.
func occurrences(runes []rune, name string) []schema.Span {
	n := []rune(name)
	var spans []schema.Span
	for i := 0; i+len(n) <= len(runes); i++ {
		if slices.Equal(runes[i:i+len(n)], n) {
			spans = append(spans, schema.Span{Start: i, End: i + len(n)})
		}
	}
	return spans
}
