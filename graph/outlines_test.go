package graph

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/lantu-kg/lantu/graph/pool"
	"github.com/lantu-kg/lantu/schema"
)

// TestOutlinesFollow changes outlines at random, settles them now and then, and compares
// them with a map.
func TestOutlinesFollow(t *testing.T) {
	g := rand.New(rand.NewPCG(1, 2))
	for _, relation := range []schema.Relation{schema.SettledIn, schema.RecognizedAs, ""} {
		told := outlines{names: new(pool.Numbers[string])}
		want := map[string]map[string]outlined{} // by id and report
		for range 400 {
			report := fmt.Sprintf("report-%d", g.IntN(4))
			var r retold
			for _, n := range g.Perm(25)[:g.IntN(6)] {
				id := fmt.Sprintf("id-%02d", n)
				if want[id] == nil {
					want[id] = map[string]outlined{}
				}
				if _, is := want[id][report]; is && g.IntN(2) == 0 {
					r.gone = append(r.gone, id)
					delete(want[id], report)
					continue
				}
				o := outlined{id: id, subject: fmt.Sprint("entity-", g.IntN(9)), outline: outline{Relation: relation, Confidence: float64(g.IntN(3)), More: g.IntN(3)}}
				switch relation {
				case schema.SettledIn:
					o.object = fmt.Sprint("entity-", g.IntN(9))
				case schema.RecognizedAs:
					o.words = fmt.Sprint("words ", g.IntN(9))
				default:
					o.Type = schema.Level
					o.words, o.amount = fmt.Sprint("measure ", g.IntN(9)), g.Float64()
				}
				r.told = append(r.told, o)
				want[id][report] = o
			}
			told.note(report, r)
			if g.IntN(3) > 0 {
				continue
			}
			now := told.now()
			ids := slices.Sorted(maps.Keys(want))
			g.Shuffle(len(ids), func(i, j int) { ids[i], ids[j] = ids[j], ids[i] })
			type seen struct {
				said     []outlined
				evidence []schema.Evidence
			}
			found := outlinesOf(&now, ids, func(s *seen) *[]schema.Evidence { return &s.evidence }, func(s *seen, o *outlined) { s.said = append(s.said, *o) })
			there := 0
			for i, id := range ids {
				var said seen
				for _, report := range slices.Sorted(maps.Keys(want[id])) {
					o := want[id][report]
					said.said = append(said.said, o)
					for range 1 + o.More {
						said.evidence = append(said.evidence, schema.Evidence{ReportID: report, Confidence: o.Confidence})
					}
				}
				if len(said.said) == 0 {
					if found[i] != nil {
						t.Fatalf("%s: %v of what nothing tells", id, found[i])
					}
					continue
				}
				if there++; found[i] == nil || !slices.Equal(found[i].said, said.said) || !slices.Equal(found[i].evidence, said.evidence) {
					t.Fatalf("%s:\n got %v\nwant %v", id, found[i], said)
				}
			}
			if !slices.IsSorted(now.ids) || len(now.ids) != there {
				t.Fatalf("%d ids of %d: %v", len(now.ids), there, now.ids)
			}
		}
	}
}

// TestChecksOfSeveralReports holds that checks hold where they do in every report.
func TestChecksOfSeveralReports(t *testing.T) {
	for _, test := range []struct {
		said []checks
		want string
	}{
		{[]checks{unchecked, unchecked}, "[]"}, {[]checks{unchecked, hold}, "[true]"}, {[]checks{hold, hold}, "[true]"},
		{[]checks{hold, fail}, "[false]"}, {[]checks{fail, hold}, "[false]"}, {[]checks{fail, unchecked}, "[false]"},
	} {
		var x schema.Observation
		for _, c := range test.said {
			takeObservation(&x, &outlined{outline: outline{Type: schema.Level, Checks: c}})
		}
		ok := []bool{}
		for _, c := range x.Checks {
			ok = append(ok, c.OK)
		}
		if got := fmt.Sprint(ok); got != test.want {
			t.Errorf("%v: %s, not %s", test.said, got, test.want)
		}
	}
}

// BenchmarkOutlines narrows the outlines of 100,000 claims, and takes in a change of
// one of them.
func BenchmarkOutlines(b *testing.B) {
	told := outlines{names: new(pool.Numbers[string])}
	all := make([]outlined, 100_000)
	for i := range all {
		all[i] = outlined{id: fmt.Sprintf("claim-%06d", i*7%len(all)), subject: fmt.Sprint("entity-", i%9000), words: "说的话",
			outline: outline{Relation: schema.RecognizedAs, Confidence: float64(i%5) / 5}}
	}
	told.note("report-1", retold{told: all})
	ids := told.now().ids
	b.Run("narrow", func(b *testing.B) {
		for b.Loop() {
			now := told.now()
			found := outlinesOf(&now, ids, claims.evidence, takeClaim)
			n := 0
			for _, c := range found {
				if c.Evidence[0].Confidence > 0.5 {
					n++
				}
			}
			if n != 40_000 {
				b.Fatalf("%d pass", n)
			}
		}
	})
	b.Run("change", func(b *testing.B) {
		for b.Loop() {
			told.note("report-1", retold{told: all[:1]})
			told.now()
		}
	})
}

// TestDamagedOutlines refuses contents that tell what cannot be.
func TestDamagedOutlines(t *testing.T) {
	whole := func() *contents {
		return &contents{
			Entities: map[schema.Kind][]string{schema.KindPark: {"park-1"}}, EntityOutlines: []int{0}, Outlines: []outline{{Confidence: 1}},
			Claims: map[schema.Relation][]string{schema.PartOf: {"claim-1"}, schema.RecognizedAs: {"claim-2"}},
			Ends:   map[schema.Relation][]int{schema.PartOf: {0, 0}, schema.RecognizedAs: {0, toWords}}, Values: map[schema.Relation][]string{schema.RecognizedAs: {"示范"}},
			ClaimOutlines: map[schema.Relation][]int{schema.PartOf: {0}, schema.RecognizedAs: {0}},
			Observations:  []string{"observation-1"}, Abouts: []int{0}, Measures: []string{"产值"}, Amounts: []float64{1}, ObservationOutlines: []int{0},
		}
	}
	if told, err := whole().tellings(); err != nil || len(told.entities) != 1 || len(told.claims) != 2 || len(told.observations) != 1 {
		t.Fatalf("%+v, %v", told, err)
	}
	for what, damage := range map[string]func(*contents){
		"no outline":           func(c *contents) { c.EntityOutlines = nil },
		"another outline":      func(c *contents) { c.EntityOutlines[0] = 1 },
		"no ends":              func(c *contents) { c.Ends = nil },
		"another subject":      func(c *contents) { c.Ends[schema.PartOf][0] = 1 },
		"another object":       func(c *contents) { c.Ends[schema.PartOf][1] = -2 },
		"no value":             func(c *contents) { c.Values = nil },
		"no measure":           func(c *contents) { c.Measures = nil },
		"about another":        func(c *contents) { c.Abouts[0] = -1 },
		"evidence without end": func(c *contents) { c.Outlines[0].More = 1 << 40 },
		"less than none":       func(c *contents) { c.Outlines[0].More = -1 },
	} {
		c := whole()
		damage(c)
		if _, err := c.tellings(); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v", what, err)
		}
	}
}
