package extract

import (
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/lantu-kg/lantu/loaders/document"
	"github.com/lantu-kg/lantu/loaders/gold"
)

// TestClaimConfidence holds each rule's confidence to how often its claims are
// right on the reports that one may tune on, the gold's entities given.
// LANTU_ERRORS=rules prints the figures.
func TestClaimConfidence(t *testing.T) {
	dir := shared(t)
	x := extractorForTest(t)
	paths, err := filepath.Glob(filepath.Join(dir, "gold", "*.json"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no gold in %s: %v", dir, err)
	}
	scores := map[string]*gold.Score{}
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
		byRule := map[string][]gold.Passage{}
		for _, p := range x.withGoldEntities(t, doc, g) {
			one := map[string]gold.Passage{}
			for _, c := range p.Claims {
				q, ok := one[c.Rule]
				if !ok {
					q = p
					q.Claims = nil
				}
				q.Claims = append(q.Claims, c)
				one[c.Rule] = q
			}
			for rule, q := range one {
				byRule[rule] = append(byRule[rule], q)
			}
		}
		for rule, passages := range byRule {
			if scores[rule] == nil {
				scores[rule] = gold.NewScore()
			}
			scores[rule].Add(g, passages)
		}
	}
	var rules []string
	for rule := range scores {
		rules = append(rules, rule)
	}
	slices.Sort(rules)
	for _, rule := range rules {
		c := scores[rule].Totals[gold.MeasureClaim]
		measured := (float64(c.Hit) + 3) / (float64(c.Found) + 4) // a prior of three in four
		stated := ruleConfidence[rule]
		if os.Getenv("LANTU_ERRORS") == "rules" {
			fmt.Printf("%-24s %3d of %3d  %.2f  stated %.2f\n", rule, c.Hit, c.Found, measured, stated)
		}
		if stated == 0 {
			t.Errorf("%s has no confidence: measured %.2f", rule, measured)
		} else if math.Abs(measured-stated) > 0.1 {
			t.Errorf("%s: confidence %.2f, measured %.2f (%d of %d)", rule, stated, measured, c.Hit, c.Found)
		}
	}
}
