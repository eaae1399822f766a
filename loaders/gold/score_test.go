package gold

import (
	"math"
	"strings"
	"testing"

	"github.com/lantu-kg/lantu/schema"
)

func document(p Passage) *Document {
	return &Document{Name: "d", Region: []string{"临河区", "我区"}, Passages: []Passage{p}}
}

func TestScore(t *testing.T) {
	gold := Passage{
		Line: 3,
		Entities: []Entity{
			{Name: "“星火”行动", Kind: schema.KindProgram, Aliases: []string{"星火"}},
			{Name: "临江科技园", Kind: schema.KindPark},
		},
		Claims: []Claim{
			{Subject: "“星火”行动", Relation: schema.HasStatus, Object: "STARTED"},
			{Subject: "我区", Relation: schema.RecognizedAs, Object: "示范区"},
		},
		Observations: []Observation{
			{About: "REGION", Measure: "新增企业", Value: 12, Unit: "家", Type: schema.Level},
			{About: "REGION", Measure: "增加值", Value: 7.3, Unit: "%", Type: schema.Change},
		},
	}
	found := Passage{
		Line: 3,
		Entities: []Entity{
			{Name: "星火", Kind: schema.KindProgram},     // by alias
			{Name: "临江科技园", Kind: schema.KindFacility}, // right name, wrong kind
			{Name: "临江", Kind: schema.KindPlace},       // extra
		},
		Claims: []Claim{
			{Subject: "星火", Relation: schema.HasStatus, Object: "STARTED"},
			{Subject: "REGION", Relation: schema.RecognizedAs, Object: "示范区"},
			{Subject: "星火", Relation: schema.HasStatus, Object: "ISSUED"},
		},
		Observations: []Observation{
			{About: "临河区", Measure: "企业", Value: 12, Unit: "家", Type: schema.Level},
			{About: "REGION", Measure: "人口", Value: 7.3, Unit: "%", Type: schema.Change}, // another measure
		},
	}
	s := NewScore()
	s.KeepMisses = true
	s.Add(document(gold), []Passage{found, {Line: 9, Entities: []Entity{{Name: "x", Kind: schema.KindPark}}}})
	want := map[Measure]Count{
		MeasureEntity:      {1, 2, 3},
		MeasureEntityName:  {2, 2, 3},
		MeasureClaim:       {2, 2, 3},
		MeasureObservation: {1, 2, 2},
		MeasureNumber:      {2, 2, 2},
	}
	for m, w := range want {
		if got := *s.Totals[m]; got != w {
			t.Errorf("%s: got %+v, want %+v", m, got, w)
		}
	}
	if n := len(s.Misses); n != 6 {
		t.Errorf("%d misses, want 6: %+v", n, s.Misses)
	}
	var b strings.Builder
	if err := s.Write(&b, true); err != nil {
		t.Fatal(err)
	}
	for _, row := range []string{
		"entity PROGRAM                   P 1.000  R 1.000  F1 1.000  (1 of 1 gold, 1 found)\n",
		"claim                            P 0.667  R 1.000  F1 0.800  (2 of 2 gold, 3 found)\n",
	} {
		if !strings.Contains(b.String(), row) {
			t.Errorf("no row %q in\n%s", row, b.String())
		}
	}
}

func TestMissingPassageCountsAsNothingFound(t *testing.T) {
	s := NewScore()
	s.Add(document(Passage{Line: 1, Entities: []Entity{{Name: "甲镇", Kind: schema.KindPlace}}}), nil)
	if got := *s.Totals[MeasureEntity]; got != (Count{0, 1, 0}) {
		t.Errorf("got %+v", got)
	}
	if f := s.Totals[MeasureEntity].F1(); f != 0 {
		t.Errorf("F1 %v of nothing found", f)
	}
}

func TestDice(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want float64
	}{
		{"增加值", "增 加 值", 1},
		{"增加值", "工业增加值", 0.75},
		{"固定资产投资", "固定资产", 0.75},
		{"城镇新增就业", "新增城镇就业", 0.6},
		{"人口", "产值", 0},
		{"", "产值", 0},
	} {
		if got := dice(c.a, c.b); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("dice(%q, %q) = %v, want %v", c.a, c.b, got, c.want)
		}
	}
}
