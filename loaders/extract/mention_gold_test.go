package extract

import (
	"context"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/lantu-kg/lantu/loaders/document"
	"github.com/lantu-kg/lantu/loaders/gold"
)

// TestMentionConfidence holds each rule's confidence to how often it is right
// on the annotated reports. LANTU_ERRORS=rules prints the rules.
func TestMentionConfidence(t *testing.T) {
	dir := shared(t)
	x, err := rules()
	if err != nil {
		t.Fatal(err)
	}
	paths, err := filepath.Glob(filepath.Join(dir, "gold", "*.json"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no gold in %s: %v", dir, err)
	}
	found, wrong := map[string]int{}, map[string]int{}
	for _, path := range paths {
		g, err := gold.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if isBlind(g.Name) {
			continue
		}
		file, err := g.ReportFile(path)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := document.ReadFile(context.Background(), file)
		if err != nil {
			t.Fatal(err)
		}
		annotated := map[int]bool{}
		for _, p := range g.Passages {
			annotated[p.Line] = true
		}
		var passages []gold.Passage
		for i, f := range x.Extract(doc) {
			if annotated[doc.Passages[i].Line] {
				passages = append(passages, f.Gold(doc.Passages[i]))
				for _, m := range f.Mentions {
					found[m.Rule]++
				}
			}
		}
		score := gold.NewScore()
		score.KeepMisses = true
		score.Add(g, passages)
		for _, miss := range score.Misses {
			if miss.Measure == gold.MeasureEntity && miss.Extra {
				wrong[miss.Thing.(gold.Entity).Rule]++
			}
		}
	}
	for _, rule := range slices.Sorted(maps.Keys(found)) {
		hit := found[rule] - wrong[rule]
		measured := (float64(hit) + 3) / (float64(found[rule]) + 4) // a prior of three in four
		stated := nameConfidence[rule]
		if os.Getenv("LANTU_ERRORS") == "rules" {
			fmt.Printf("%-24s %3d of %3d  %.2f  stated %.2f\n", rule, hit, found[rule], measured, stated)
		}
		if stated == 0 {
			t.Errorf("%s has no confidence: measured %.2f", rule, measured)
		} else if math.Abs(measured-stated) > 0.12 {
			t.Errorf("%s: confidence %.2f, measured %.2f (%d of %d)", rule, stated, measured, hit, found[rule])
		}
	}
}
