package api

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/lantu-kg/lantu/schema"
)

// firms is a graph of enterprises that cooperate.
type firms struct{ *writer }

func newFirms(t *testing.T) firms {
	w := write(t, schema.Report{File: "a.txt", Date: "2023"})
	w.passage("各企业相互合作。")
	return firms{w}
}

func (f firms) add(name string) string {
	return f.entity(schema.Entity{Kind: schema.KindEnterprise, Name: name})
}

func (f firms) cooperate(a, b string) { f.say(a, schema.CooperatesWith, b, "相互合作") }

func (f firms) many(n int, with string) (ids []string) {
	for i := range n {
		ids = append(ids, f.add(fmt.Sprintf("%s的第%04d家", with, i)))
		f.cooperate(with, ids[i])
	}
	return ids
}

func (f firms) service() *Service { return New(newFakeStore(f.done()), Options{}) }

func wantWays(t *testing.T, s *Service, arguments string, wantTruncated bool, want ...string) {
	t.Helper()
	if got, truncated := shortest(t, s, arguments); !slices.Equal(got, want) || truncated != wantTruncated {
		t.Errorf("%s: got %q, truncated %v, want %q", arguments, got, truncated, want)
	}
}

func between(from, to, more string) string {
	return fmt.Sprintf("from: %q, to: %q, %s", from, to, more)
}

// TestPathsPassNoEndTwice looks for a long way between two that are tied directly, of
// which one is tied to a crowd: no way goes on from where it ends.
func TestPathsPassNoEndTwice(t *testing.T) {
	f := newFirms(t)
	from, to := f.add("起"), f.add("终")
	f.cooperate(from, to)
	last := from
	for i := range 4 {
		next := f.add(fmt.Sprintf("B%d", i))
		f.cooperate(last, next)
		last = next
	}
	f.cooperate(last, to)
	var crowd []string
	for i := range 62 {
		one := f.add(fmt.Sprintf("C%02d", i))
		f.cooperate(one, to)
		for _, other := range crowd {
			f.cooperate(one, other)
		}
		crowd = append(crowd, one)
	}
	wantWays(t, f.service(), between(from, to, "maxLength: 5, first: 10"), false, "起→终", "起→B0→B1→B2→B3→终")
}

// TestPathsOverWhatCounts looks for ways over claims that are sure, or were made by a
// date: each hop tells all of them, whichever end it was seen from.
func TestPathsOverWhatCounts(t *testing.T) {
	f := newFirms(t)
	from, to, over := f.add("甲"), f.add("乙"), f.add("丙")
	f.claim(schema.Claim{SubjectID: from, Relation: schema.CooperatesWith, ObjectID: to}, "相互合作", 0.5)
	f.cooperate(from, over)
	f.cooperate(over, to)
	f.claim(schema.Claim{SubjectID: over, Relation: schema.CooperatesWith, ObjectID: to, Modality: schema.Aim}, "相互合作", 1)
	f.many(9, over) // so that it is seen from both ends, and not looked around
	later := write(t, schema.Report{File: "b.txt", Date: "2025"})
	later.passage("甲与丁合作,丁与乙合作。")
	named := func(name string) string { return later.entity(schema.Entity{Kind: schema.KindEnterprise, Name: name}) }
	named("甲")
	named("乙")
	another := named("丁")
	later.say(from, schema.CooperatesWith, another, "甲与丁合作")
	later.say(another, schema.CooperatesWith, to, "丁与乙合作")
	s := New(newFakeStore(f.done(), later.done()), Options{})
	wantWays(t, s, between(from, to, "first: 9, maxLength: 2"), false, "甲→乙", "甲→丁→乙", "甲→丙→乙")
	wantWays(t, s, between(from, to, "first: 9, maxLength: 2, confidenceAtLeast: 0.9"), false, "甲→丁→乙", "甲→丙→乙")
	wantWays(t, s, between(from, to, `first: 9, maxLength: 2, asOf: "2024"`), false, "甲→乙", "甲→丙→乙")
	hops := data(t, s, `{ paths(`+between(from, to, `first: 9, maxLength: 2, asOf: "2024", confidenceAtLeast: 0.9`)+`) { nodes { hops { claims { modality } } } } }`, "paths", "nodes").([]any)[0].(map[string]any)["hops"].([]any)
	for i, want := range []int{1, 2} {
		if claims := hops[i].(map[string]any)["claims"].([]any); len(claims) != want {
			t.Errorf("hop %d has the claims %v", i, claims)
		}
	}
}

// TestPathsFromTheNarrowerSide counts what is followed only, and widens no side beyond
// which nothing is.
func TestPathsFromTheNarrowerSide(t *testing.T) {
	visited := func(s *Service, arguments string) (n float64, truncated bool) {
		paths := data(t, s, `{ paths(`+arguments+`) { visited truncated } }`, "paths").(map[string]any)
		return paths["visited"].(float64), paths["truncated"].(bool)
	}
	f := newFirms(t)
	from, over, to := f.add("甲"), f.add("丙"), f.add("乙")
	f.cooperate(from, over)
	f.cooperate(over, to)
	f.many(4, to)
	for i := range 40 {
		f.say(from, schema.Supports, f.add(fmt.Sprintf("第%02d家", i)), "合作")
	}
	alone, partner := f.add("孤"), f.add("伴")
	f.cooperate(alone, partner)
	s := f.service()
	if n, truncated := visited(s, between(from, to, "relations: [COOPERATES_WITH], maxLength: 2")); n != 3 || truncated {
		t.Errorf("%v were visited, truncated %v", n, truncated)
	}
	if n, truncated := visited(s, between(alone, to, "maxLength: 6")); n != 3 || truncated {
		t.Errorf("from an island: %v were visited, truncated %v", n, truncated)
	}
}

// TestPathsTellWhatWasLeftOut cuts off a hub, and a search among too many.
func TestPathsTellWhatWasLeftOut(t *testing.T) {
	for _, test := range []struct {
		links     int
		truncated bool
	}{{maxFanOut, false}, {maxFanOut + 1, true}} {
		f := newFirms(t)
		from, to := f.add("甲"), f.add("乙")
		f.many(test.links, from)
		f.many(test.links+1, to)
		wantWays(t, f.service(), between(from, to, "maxLength: 1"), test.truncated)
	}
	f := newFirms(t)
	from, over, to := f.add("甲"), f.add("丙"), f.add("乙")
	f.cooperate(from, over)
	f.cooperate(over, to)
	for _, tried := range []int{0, maxPathSteps - 1} {
		p, err := newPathFinder(t.Context(), newRequest(f.service()), from, to)
		if err != nil {
			t.Fatal(err)
		}
		p.tried = tried
		if ways, err := p.find(t.Context(), 2, 1); err != nil || p.truncated != (tried > 0) || len(ways) != 1-min(tried, 1) {
			t.Errorf("after %d tries: %d ways, truncated %v, %v", tried, len(ways), p.truncated, err)
		}
	}
}

// TestPathsOverWhatIsGone meets a place that is in no report any more.
func TestPathsOverWhatIsGone(t *testing.T) {
	w := write(t, schema.Report{File: "a.txt"})
	w.passage("甲乡与乙乡。")
	a := w.place("甲乡", "1", schema.LevelStreet, schema.PlaceID("3"))
	b := w.place("乙乡", "2", schema.LevelStreet, schema.PlaceID("3"))
	wantWays(t, New(newFakeStore(w.done()), Options{}), between(a, b, "maxLength: 6"), false)
}

// TestNeighborhoodOfAKind shows those of a kind that one relation leads to.
func TestNeighborhoodOfAKind(t *testing.T) {
	w := write(t, schema.Report{File: "a.txt"})
	w.passage("园区入驻企业和项目。")
	park := w.entity(schema.Entity{Kind: schema.KindPark, Name: "园区"})
	for _, kind := range []schema.Kind{schema.KindEnterprise, schema.KindProject} {
		w.say(w.entity(schema.Entity{Kind: kind, Name: string(kind)}), schema.SettledIn, park, "入驻企业和项目")
	}
	s := New(newFakeStore(w.done()), Options{})
	around := data(t, s, `{ neighborhood(of: "`+park+`", kinds: [PROJECT]) { entities { name } } }`, "neighborhood", "entities")
	if got := strings.Join(lines(t, around, "name"), " "); got != "园区 PROJECT" {
		t.Errorf("around the park are %s", got)
	}
}
