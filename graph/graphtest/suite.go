// Package graphtest is the suite and the benchmarks that every backend of
// package graph passes, with the readings that they use.
package graphtest

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/lantu-kg/lantu/graph"
	"github.com/lantu-kg/lantu/schema"
)

// Run tests the stores that open makes, each new and empty.
func Run(t *testing.T, open func(tb testing.TB) Store) {
	for _, test := range []struct {
		name string
		run  func(*testing.T, Store)
	}{
		{"empty", testEmpty},
		{"round trip", testRoundTrip},
		{"putting twice changes nothing", testIdempotent},
		{"two reports", testTwoReports},
		{"replace", testReplace},
		{"any order of writes", testAnyOrder},
		{"together", testTogether},
		{"places", testPlaces},
		{"batches", testBatches},
		{"unfit readings", testUnfit},
		{"cancelled", testCancelled},
		{"reading while writing", testConcurrent},
		{"close", testClose},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := open(t)
			t.Cleanup(func() {
				if err := s.Close(); err != nil {
					t.Errorf("close: %v", err)
				}
			})
			test.run(t, s)
		})
	}
}

func put(t testing.TB, s Store, readings ...*schema.Reading) {
	t.Helper()
	for _, r := range readings {
		if err := s.Put(t.Context(), r); err != nil {
			t.Fatalf("put %s: %v", r.Report.File, err)
		}
	}
}

func check(t testing.TB, s Store, readings ...*schema.Reading) {
	t.Helper()
	if err := Diff(t.Context(), s, readings...); err != nil {
		t.Fatal(err)
	}
}

func version(t testing.TB, s Store) uint64 {
	t.Helper()
	v, err := s.Version(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func testEmpty(t *testing.T, s Store) { check(t, s) }

func testRoundTrip(t *testing.T, s Store) {
	rich := Rich()
	for _, k := range schema.Kinds {
		if !slices.ContainsFunc(rich.Entities, func(e schema.Entity) bool { return e.Kind == k.Kind }) {
			t.Errorf("no %s in the reading", k.Kind)
		}
	}
	for _, k := range schema.Relations {
		if !slices.ContainsFunc(rich.Claims, func(c schema.Claim) bool { return c.Relation == k.Relation }) {
			t.Errorf("no %s in the reading", k.Relation)
		}
	}
	put(t, s, rich)
	check(t, s, rich)
	check(t, s, rich) // now from the cache
}

func testIdempotent(t *testing.T, s Store) {
	rich := Rich()
	put(t, s, rich)
	v := version(t, s)
	shuffled := *rich
	shuffled.Entities, shuffled.Claims, shuffled.Mentions = slices.Clone(rich.Entities), slices.Clone(rich.Claims), slices.Clone(rich.Mentions)
	slices.Reverse(shuffled.Entities)
	slices.Reverse(shuffled.Claims)
	slices.Reverse(shuffled.Mentions)
	put(t, s, rich, Rich(), &shuffled)
	if got := version(t, s); got != v {
		t.Errorf("version %d after putting the same again, %d before", got, v)
	}
	check(t, s, rich)
}

func testTwoReports(t *testing.T, s Store) {
	rich, other := Rich(), Overlapping()
	shared := 0
	for _, c := range other.Claims {
		if slices.ContainsFunc(rich.Claims, func(d schema.Claim) bool { return c.ID == d.ID }) {
			shared++
		}
	}
	if shared == 0 {
		t.Fatal("the two readings share no claim")
	}
	put(t, s, rich)
	v := version(t, s)
	put(t, s, other)
	if got := version(t, s); got == v {
		t.Error("the version is the same after a write")
	}
	check(t, s, rich, other)

	park := rich.Entities[slices.IndexFunc(rich.Entities, func(e schema.Entity) bool { return e.Kind == schema.KindPark })].ID
	entities, err := s.Entities(t.Context(), []string{park})
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"智谷", "智谷园区", "青禾智谷"}; !slices.Equal(entities[0].Aliases, want) {
		t.Errorf("aliases of two reports: %q, want %q", entities[0].Aliases, want)
	}

	if err := s.Remove(t.Context(), rich.Report.ID); err != nil {
		t.Fatal(err)
	}
	check(t, s, other)
	if err := s.Remove(t.Context(), rich.Report.ID); !errors.Is(err, graph.ErrNotFound) {
		t.Errorf("removing it again: %v", err)
	}
	put(t, s, rich)
	if err := s.Remove(t.Context(), other.Report.ID); err != nil {
		t.Fatal(err)
	}
	check(t, s, rich)
	if err := s.Remove(t.Context(), rich.Report.ID); err != nil {
		t.Fatal(err)
	}
	check(t, s)
}

func testReplace(t *testing.T, s Store) {
	other := Generate(2, 2, Small)
	r := other[0]
	put(t, s, r, other[1])
	thin := Thin(r, 1)
	if len(thin.Claims) == len(r.Claims) || len(thin.Entities) == len(r.Entities) || thin.Report.ID != r.Report.ID {
		t.Fatal("the other reading of the report is no other")
	}
	put(t, s, thin)
	check(t, s, thin, other[1])
	put(t, s, r)
	check(t, s, r, other[1])
}

func testAnyOrder(t *testing.T, s Store) {
	g := rand.New(rand.NewPCG(3, 4))
	readings := Generate(5, 5, Small)
	there := map[string]*schema.Reading{}
	for step := range 40 {
		r := readings[g.IntN(len(readings))]
		if g.IntN(3) == 0 {
			err := s.Remove(t.Context(), r.Report.ID)
			if _, ok := there[r.Report.ID]; ok != (err == nil) || !ok && !errors.Is(err, graph.ErrNotFound) {
				t.Fatalf("step %d: remove a report that is there (%v): %v", step, ok, err)
			}
			delete(there, r.Report.ID)
		} else {
			r = Thin(r, g.Uint64N(3))
			put(t, s, r)
			there[r.Report.ID] = r
		}
		var now []*schema.Reading
		for _, r := range there {
			now = append(now, r)
		}
		if err := Diff(t.Context(), s, now...); err != nil {
			t.Fatalf("step %d: %v", step, err)
		}
	}
}

func testPlaces(t *testing.T, s Store) {
	put(t, s, Rich())
	ladder := []string{schema.PlaceID("00"), schema.PlaceID("9901"), schema.PlaceID("990101"), schema.PlaceID("990101001")}
	children, err := s.Children(t.Context(), ladder)
	if err != nil {
		t.Fatal(err)
	}
	places, err := s.Entities(t.Context(), ladder)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		if !slices.Equal(children[i], ladder[i+1:i+2]) {
			t.Errorf("children of %s: %q", ladder[i], children[i])
		}
		if got := places[i+1].ParentID; got != ladder[i] {
			t.Errorf("parent of %s: %q", ladder[i+1], got)
		}
	}
	if children[3] != nil || places[0].ParentID != "" {
		t.Error("the ladder goes on at its ends")
	}
}

func testBatches(t *testing.T, s Store) {
	rich := Rich()
	put(t, s, rich)
	ctx := t.Context()
	e, c, p := rich.Entities[0].ID, rich.Claims[0].ID, rich.Passages[2].ID
	batch := []string{"nothing", e, c, p, "", rich.Report.ID, e}
	for range 2 { // the second time the cache knows what each id is
		entities, err := s.Entities(ctx, batch)
		if err != nil {
			t.Fatal(err)
		}
		for i, id := range batch {
			if got := entities[i] != nil; got != (id == e) {
				t.Errorf("entity %q: found is %v", id, got)
			}
		}
		claims, err := s.Claims(ctx, batch)
		if err != nil {
			t.Fatal(err)
		}
		for i, id := range batch {
			if got := claims[i] != nil; got != (id == c) {
				t.Errorf("claim %q: found is %v", id, got)
			}
		}
		if o, err := s.Observations(ctx, batch); err != nil || slices.ContainsFunc(o, func(o *schema.Observation) bool { return o != nil }) {
			t.Errorf("observations of other ids: %v, %v", o, err)
		}
		passages, err := s.Passages(ctx, batch)
		if err != nil || passages[3] == nil || passages[0] != nil {
			t.Errorf("passages: %v, %v", passages, err)
		}
		reports, err := s.Reports(ctx, batch)
		if err != nil || reports[5] == nil || reports[1] != nil {
			t.Errorf("reports: %v, %v", reports, err)
		}
	}
	for name, ask := range map[string]func(context.Context, []string) ([][]string, error){
		"ClaimsBySubject": s.ClaimsBySubject, "ClaimsByObject": s.ClaimsByObject, "ObservationsAbout": s.ObservationsAbout,
		"Children": s.Children, "PassagesOf": s.PassagesOf,
	} {
		if got, err := ask(ctx, []string{"nothing", "", e}); err != nil || len(got) != 3 || got[0] != nil || got[1] != nil {
			t.Errorf("%s of unknown ids: %v, %v", name, got, err)
		}
		if got, err := ask(ctx, nil); err != nil || len(got) != 0 {
			t.Errorf("%s of no ids: %v, %v", name, got, err)
		}
	}
	if got, err := s.EntityIDs(ctx, "NO_KIND"); err != nil || len(got) != 0 {
		t.Errorf("ids of an unknown kind: %v, %v", got, err)
	}
}

// testTogether puts reports with one write: some of them new, one there already,
// one that says something else now, one twice.
func testTogether(t *testing.T, s Store) {
	readings := Generate(3, 6, Usual)
	was := Thin(readings[0], 1)
	put(t, s, was, readings[1])
	v := version(t, s)
	if err := s.Put(t.Context(), append(readings, readings[2])...); err != nil {
		t.Fatal(err)
	}
	check(t, s, readings...)
	if got := version(t, s); got != v+1 {
		t.Errorf("version %d after one write, %d before", got, v)
	}
	if err := s.Put(t.Context(), Thin(readings[3], 1), readings[3]); err != nil {
		t.Fatal(err)
	}
	check(t, s, readings...)
	for _, r := range readings[1:] {
		if err := s.Remove(t.Context(), r.Report.ID); err != nil {
			t.Fatal(err)
		}
	}
	check(t, s, readings[0])
}

func testUnfit(t *testing.T, s Store) {
	put(t, s, Overlapping())
	v := version(t, s)
	for _, test := range []struct {
		name  string
		spoil func(*schema.Reading)
		says  string
	}{
		{"no passages", func(r *schema.Reading) { *r = schema.Reading{} }, "no passages"},
		{"foreign report id", func(r *schema.Reading) { r.Report.ID = "report-x" }, `"report-x"`},
		{"passages counted wrong", func(r *schema.Reading) { r.Report.Passages++ }, "counts 9 passages"},
		{"passages out of order", func(r *schema.Reading) { r.Passages[1].Ordinal = 5 }, "ordinal 5"},
		{"passage of no section", func(r *schema.Reading) { r.Passages[1].Section = 9 }, "section 9"},
		{"section inside a later one", func(r *schema.Reading) { r.Sections[0].Parent = 1 }, "section 0"},
		{"unknown kind", func(r *schema.Reading) { r.Entities[0].Kind = "SHIP" }, `"SHIP"`},
		{"entity id of another kind", func(r *schema.Reading) { r.Entities[0].ID = "park-x" }, `"park-x"`},
		{"entity id that no IRI is", func(r *schema.Reading) { r.Entities[0].ID = "place-<x>" }, "place-<x>"},
		{"nameless entity", func(r *schema.Reading) { r.Entities[4].Name = "" }, "name"},
		{"entity twice", func(r *schema.Reading) { r.Entities = append(r.Entities, r.Entities[0]) }, "twice"},
		{"unknown parent", func(r *schema.Reading) { r.Entities[1].ParentID = "place-77" }, `"place-77"`},
		{"parents in a circle", func(r *schema.Reading) { r.Entities[0].ParentID = r.Entities[2].ID }, "circle"},
		{"unknown region", func(r *schema.Reading) { r.Report.RegionID = "place-88" }, `"place-88"`},
		{"mention of nothing", func(r *schema.Reading) { r.Mentions[0].EntityID = "park-none" }, `"park-none"`},
		{"unknown relation", func(r *schema.Reading) { r.Claims[0].Relation = "OWNS"; r.Claims[0].ID = schema.ClaimID(&r.Claims[0]) }, `"OWNS"`},
		{"claim about nothing", func(r *schema.Reading) {
			r.Claims[0].SubjectID = "park-x"
			r.Claims[0].ID = schema.ClaimID(&r.Claims[0])
		}, `subject "park-x"`},
		{"claim with an unknown object", func(r *schema.Reading) {
			r.Claims[0].ObjectID = "park-x"
			r.Claims[0].ID = schema.ClaimID(&r.Claims[0])
		}, `object "park-x"`},
		{"claim with words for an entity", func(r *schema.Reading) {
			r.Claims[0].ObjectID, r.Claims[0].Value = "", "words"
			r.Claims[0].ID = schema.ClaimID(&r.Claims[0])
		}, "wrong sort"},
		{"claim that names itself otherwise", func(r *schema.Reading) { r.Claims[0].ID = "claim-x" }, `"claim-x"`},
		{"unknown status", func(r *schema.Reading) {
			c := &r.Claims[len(r.Claims)-1]
			c.Value = "SUNK"
			c.ID = schema.ClaimID(c)
		}, `"SUNK"`},
		{"unknown modality", func(r *schema.Reading) { r.Claims[0].Modality = "HOPE"; r.Claims[0].ID = schema.ClaimID(&r.Claims[0]) }, `"HOPE"`},
		{"claim without evidence", func(r *schema.Reading) { r.Claims[0].Evidence = nil }, "no evidence"},
		{"evidence of another report", func(r *schema.Reading) { r.Claims[0].Evidence[0].ReportID = "report-y" }, `"report-y"`},
		{"evidence in no passage", func(r *schema.Reading) { r.Claims[0].Evidence[0].PassageID = "passage-y-0" }, `"passage-y-0"`},
		{"span outside its passage", func(r *schema.Reading) { r.Claims[0].Evidence[0].Span.End = 999 }, "999"},
		{"quote that stands elsewhere", func(r *schema.Reading) { r.Claims[0].Evidence[0].Quote = "别的" }, "别的"},
		{"confidence of 2", func(r *schema.Reading) { r.Claims[0].Evidence[0].Confidence = 2 }, "confidence 2"},
		{"observation about nothing", func(r *schema.Reading) {
			r.Observations[0].AboutID = "park-x"
			r.Observations[0].ID = schema.ObservationID(&r.Observations[0])
		}, `"park-x"`},
		{"unknown type of number", func(r *schema.Reading) {
			r.Observations[0].Type = "depth"
			r.Observations[0].ID = schema.ObservationID(&r.Observations[0])
		}, `"depth"`},
		{"list that names more than it counts", func(r *schema.Reading) { r.Claims[0].List = &schema.List{Size: 2, Named: 3} }, "names 3 of 2"},
		{"rank of a claim that is none", func(r *schema.Reading) { r.Claims[0].Rank = &schema.Standing{Number: 1} }, "its rank"},
		{"check with nothing", func(r *schema.Reading) {
			r.Observations[0].Checks = []schema.Check{{Rule: "check.parts", With: []string{"observation-x"}}}
		}, `"observation-x"`},
		{"derived by no rule", func(r *schema.Reading) { r.Observations[0].Derived = []schema.Derived{{Value: 1}} }, "by a rule"},
		{"text that is not UTF-8", func(r *schema.Reading) { r.Passages[0].Text = "\xff\xfe"; r.Report.ID = schema.ReportID(r.Passages) }, "UTF-8"},
	} {
		r := copyOf(t, Rich())
		test.spoil(r)
		err := s.Put(t.Context(), r)
		if !errors.Is(err, graph.ErrInvalid) || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: %v", test.name, err)
		}
	}
	if err := s.Put(t.Context(), Rich(), (*schema.Reading)(nil)); !errors.Is(err, graph.ErrInvalid) {
		t.Errorf("no reading: %v", err)
	}
	if got := version(t, s); got != v {
		t.Errorf("version %d after refused writes, %d before", got, v)
	}
	check(t, s, Overlapping())
}

func copyOf(t testing.TB, r *schema.Reading) *schema.Reading {
	t.Helper()
	data, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	c := new(schema.Reading)
	if err := json.Unmarshal(data, c); err != nil {
		t.Fatal(err)
	}
	return c
}

func testCancelled(t *testing.T, s Store) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Put(ctx, Rich()); !errors.Is(err, context.Canceled) {
		t.Errorf("put: %v", err)
	}
	if _, err := s.ClaimIDs(ctx, ""); !errors.Is(err, context.Canceled) {
		t.Errorf("read: %v", err)
	}
	check(t, s)
}

// testConcurrent reads while reports come and go: every answer is of one
// state, with all of a report or nothing of it.
func testConcurrent(t *testing.T, s Store) {
	steady := Generate(8, 2, Small)
	coming, thin := steady[1], Thin(steady[1], 1)
	put(t, s, steady[0])
	mine := func(r *schema.Reading) []string { // what only the coming report says
		var ids []string
		for _, c := range r.Claims {
			if !slices.ContainsFunc(steady[0].Claims, func(d schema.Claim) bool { return c.ID == d.ID }) {
				ids = append(ids, c.ID)
			}
		}
		return ids
	}
	all, few := mine(coming), mine(thin)
	done := make(chan struct{})
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				claims, err := s.Claims(t.Context(), all)
				if err != nil {
					t.Error(err)
					return
				}
				found := 0
				for _, c := range claims {
					if c != nil {
						found++
					}
				}
				if found != 0 && found != len(all) && found != len(few) {
					t.Errorf("%d of %d claims of one report", found, len(all))
				}
				if _, err := s.Mentions(t.Context(), []string{coming.Entities[0].ID, coming.Entities[1].ID}); err != nil {
					t.Error(err)
				}
				ids, err := s.ClaimIDs(t.Context(), "")
				if err != nil || !slices.IsSorted(ids) {
					t.Errorf("claim ids: %v, sorted %v", err, slices.IsSorted(ids))
				}
				if _, err := s.Entities(t.Context(), []string{coming.Entities[0].ID}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for range 10 {
		put(t, s, coming, thin)
		if err := s.Remove(t.Context(), coming.Report.ID); err != nil {
			t.Error(err)
		}
	}
	put(t, s, coming)
	close(done)
	wg.Wait()
	check(t, s, steady[0], coming)
}

func testClose(t *testing.T, s Store) {
	put(t, s, Rich())
	if err := cmp.Or(s.Close(), s.Close()); err != nil {
		t.Fatal(err)
	}
	if err := s.Put(t.Context(), Overlapping()); !errors.Is(err, graph.ErrClosed) {
		t.Errorf("put: %v", err)
	}
	if err := s.Remove(t.Context(), Rich().Report.ID); !errors.Is(err, graph.ErrClosed) {
		t.Errorf("remove: %v", err)
	}
	if _, err := s.ReportIDs(t.Context()); !errors.Is(err, graph.ErrClosed) {
		t.Errorf("read: %v", err)
	}
}
