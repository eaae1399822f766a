package graph

import (
	"fmt"
	"testing"

	"github.com/lantu-kg/lantu/schema"
)

// TestTouchedIsBounded holds that what was forgotten is not passed off as all.
func TestTouchedIsBounded(t *testing.T) {
	s := &Store{touched: touched{from: 7}}
	write := func(version uint64, ids int) {
		e := edit{}
		for i := range ids {
			e.touched.Entities = append(e.touched.Entities, fmt.Sprintf("%d-%d", version, i))
		}
		s.touched.add(&change{version: version, edits: []*edit{&e}})
	}
	known := func(since uint64, want bool, entities int) {
		t.Helper()
		what, ok := s.Touched(since)
		if ok != want || len(what.Entities) != entities {
			t.Errorf("since %d: %d entities, %t", since, len(what.Entities), ok)
		}
	}
	known(6, false, 0)
	known(7, true, 0)
	write(8, 10)
	write(9, 0)
	write(10, 20)
	known(7, true, 30)
	known(9, true, 20)
	write(11, maxTouched-25)
	known(7, false, 0)
	known(9, true, maxTouched-5)
	known(10, true, maxTouched-25)
	write(12, 2*maxTouched)
	known(11, false, 0)
	known(12, true, 0)
}

// TestTouchedBy is about what no index holds, too.
func TestTouchedBy(t *testing.T) {
	r := &schema.Reading{
		Report:   schema.Report{ID: "report-1", Passages: 1},
		Passages: []schema.Passage{{ID: "report-1/p0", ReportID: "report-1", Text: "智谷"}},
		Claims:   []schema.Claim{{ID: "claim-1", SubjectID: "park-1", Relation: schema.HasStatus, Value: "OPEN"}},
	}
	quads, _, _, err := encode(r)
	if err != nil {
		t.Fatal(err)
	}
	what := touchedBy(quads)
	if fmt.Sprint(what) != "{[report-1] [report-1/p0] []}" {
		t.Errorf("%v", what)
	}
}
