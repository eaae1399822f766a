package gold

import (
	"strings"
	"testing"

	"github.com/lantu-kg/lantu/schema"
)

func TestCauses(t *testing.T) {
	entities := func(names ...string) (all []Entity) {
		for _, name := range names {
			all = append(all, Entity{Name: name, Kind: schema.KindPark})
		}
		return all
	}
	gold := Passage{
		Line:     1,
		Entities: entities("临江科技园", "星火园", "东湖产业园", "西山园", "桃溪镇"),
		Claims: []Claim{
			{Subject: "临江科技园", Relation: schema.LocatedIn, Object: "桃溪镇"},     // no object
			{Subject: "西山园", Relation: schema.HasStatus, Object: "OPENED"},    // no subject
			{Subject: "我区", Relation: schema.Supports, Object: "临江科技园"},       // another relation
			{Subject: "我区", Relation: schema.RecognizedAs, Object: "示范区"},     // another object
			{Subject: "我区", Relation: schema.HasStatus, Object: "OPENED"},     // not related
			{Subject: "我区", Relation: schema.Supports, Object: "星火园二期"},       // found by its alias, not related
			{Subject: "临江科技园", Relation: schema.HasStatus, Object: "STARTED"}, // hit
		},
		Observations: []Observation{
			{About: "REGION", Measure: "增加值", Value: 1, Unit: "%", Type: schema.Change}, // no number
			{About: "西山园", Measure: "产值", Value: 2, Unit: "亿元", Type: schema.Level},     // no owner
			{About: "临江科技园", Measure: "产值", Value: 3, Unit: "亿元", Type: schema.Level},   // another owner
			{About: "REGION", Measure: "人口", Value: 4, Unit: "万人", Type: schema.Level},  // another measure
			{About: "REGION", Measure: "企业", Value: 5, Unit: "家", Type: schema.Level},   // hit
			{About: "REGION", Measure: "占比", Value: 6, Unit: "%", Type: schema.Share},   // as another type: no such number
			{About: "临河区", Measure: "新增企业", Value: 5, Unit: "家", Type: schema.Level},    // its number is taken, and its owner and measure are the same
			{About: "临江科技园", Measure: "占地", Value: 7, Unit: "平方米", Type: schema.Level},  // hit
		},
	}
	found := Passage{
		Line: 1,
		Entities: []Entity{{Name: "临江科技园", Kind: schema.KindPark}, {Name: "星火园", Kind: schema.KindFacility, Aliases: []string{"星火园二期"}},
			{Name: "大东湖产业园北区", Kind: schema.KindPark}, {Name: "桃溪", Kind: schema.KindPark}},
		Claims: []Claim{
			{Subject: "REGION", Relation: schema.ResponsibleFor, Object: "临江科技园"},
			{Subject: "REGION", Relation: schema.RecognizedAs, Object: "文明城区"},
			{Subject: "临江科技园", Relation: schema.HasStatus, Object: "STARTED"},
		},
		Observations: []Observation{
			{About: "REGION", Measure: "产值", Value: 2, Unit: "亿元", Type: schema.Level},
			{About: "REGION", Measure: "产值", Value: 3, Unit: "亿元", Type: schema.Level},
			{About: "REGION", Measure: "面积", Value: 4, Unit: "万人", Type: schema.Level},
			{About: "REGION", Measure: "企业", Value: 5, Unit: "家", Type: schema.Level},
			{About: "REGION", Measure: "占比", Value: 6, Unit: "%", Type: schema.Change},
			{About: "临江科技园", Measure: "占地", Value: 7, Unit: "平方米", Type: schema.Level},
		},
	}
	s := NewScore()
	s.Add(document(gold), []Passage{found})
	wanted := Causes{
		MeasureEntity:      {CauseOtherKind: 1, CauseInside: 1, CauseCut: 1, CauseUnseen: 1},
		MeasureClaim:       {CauseNoEnd: 2, CauseOtherRelation: 1, CauseOtherObject: 1, CauseUnrelated: 2},
		MeasureObservation: {CauseNoNumber: 2, CauseNoOwner: 1, CauseOtherOwner: 1, CauseOtherMeasure: 2},
	}
	for measure, want := range wanted {
		sum := 0
		for cause, n := range s.Causes[measure] {
			sum += n
			if n != want[cause] {
				t.Errorf("%s: %s %d, want %d", measure, cause, n, want[cause])
			}
		}
		if missed := s.Totals[measure].Gold - s.Totals[measure].Hit; sum != missed {
			t.Errorf("%s: %d causes of %d misses", measure, sum, missed)
		}
	}
	var b strings.Builder
	if err := s.WriteCauses(&b); err != nil {
		t.Fatal(err)
	}
	for _, row := range []string{"claim: 6 of 7 missed\n", "  an end was not found                   2  28.6 %\n"} {
		if !strings.Contains(b.String(), row) {
			t.Errorf("no row %q in\n%s", row, b.String())
		}
	}
}
