package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/lantu-kg/lantu/graph"
	"github.com/lantu-kg/lantu/graph/curate"
	"github.com/lantu-kg/lantu/graph/graphtest"
	"github.com/lantu-kg/lantu/graph/search"
	"github.com/lantu-kg/lantu/schema"
)

// wholeReads counts how often all that a directory or an index holds is read.
type wholeReads struct {
	*graph.Store
	directories, indexes atomic.Int32
}

func (w *wholeReads) EntityIDs(ctx context.Context, kind schema.Kind) ([]string, error) {
	w.directories.Add(1)
	return w.Store.EntityIDs(ctx, kind)
}

func (w *wholeReads) ReportIDs(ctx context.Context) ([]string, error) {
	w.indexes.Add(1)
	return w.Store.ReportIDs(ctx)
}

var searched = []string{"青禾", "产业园", "科技", "长兴", "qinghe", "cyy", "研究院 中心", "青禾产业国", "新名"}

// foundBy is all that the directory and the index of a service tell.
func foundBy(t *testing.T, s *Service) map[string]string {
	t.Helper()
	return toldBy(t, directoryOf(t, s))
}

func directoryOf(t *testing.T, s *Service) *directory {
	t.Helper()
	d, err := s.currentDirectory(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func toldBy(t *testing.T, d *directory) map[string]string {
	t.Helper()
	found, err := d.search(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	told := map[string]string{}
	tell := func(what string, v any) {
		text, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		told[what] = string(text)
	}
	regions := map[string]string{}
	for n, id := range found.reports.Keys() {
		if found.regions[n] != "" {
			regions[id] = found.regions[n]
		}
	}
	tell("regions of reports", regions)
	for _, e := range d.byKind[""] {
		n := found.named[e.ID]
		tell(e.ID, []any{e, d.names[e.ID], d.byID[e.ID], n.paragraphs, n.regions})
	}
	tell("sizes", []int{len(d.names), len(d.byID), len(d.byName)})
	for kind, list := range d.byKind {
		if len(list) > 0 {
			tell("kind "+string(kind), list)
		}
	}
	for name, list := range d.byName {
		tell("name "+name, list)
	}
	for _, words := range searched {
		for _, q := range []search.Query{{Text: words}, {Text: words, Names: true}, {Text: words, Kinds: []schema.Kind{schema.KindPark, schema.KindEnterprise}}} {
			hits := found.index.Search(q)
			var shown []any
			for _, hit := range hits {
				matched, spans := hit.Show(q)
				reports := found.reportsOf(hit)
				slices.Sort(reports)
				shown = append(shown, hit.Rank(), hit, matched, spans, reports)
			}
			tell(fmt.Sprintf("search %v", q), []any{shown, found.facets(hits)})
		}
	}
	return told
}

// TestUpdates holds that a directory and an index that follow the changes of the
// graph tell what new ones do, and are not built anew.
func TestUpdates(t *testing.T) {
	inner, err := graph.OpenMemory(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := inner.Close(); err != nil {
			t.Error(err)
		}
	}()
	store := &wholeReads{Store: inner}
	s := New(store, Options{})
	readings := graphtest.Generate(1, 8, graphtest.Small)
	random := rand.New(rand.NewPCG(3, 4))
	made := map[string]int{}
	var changes []string
	var twoAtOnce sync.WaitGroup
	foundBy(t, s)
	for step := range 100 {
		for range 2 {
			twoAtOnce.Go(func() {
				if answer, hasErrors, err := s.Execute(t.Context(), `{ search(query: "青禾") { totalCount facets { regions { count } } } }`, nil); err != nil || hasErrors {
					t.Errorf("%s, %v", answer, err)
				}
			})
		}
		old := directoryOf(t, s)
		before := toldBy(t, old)
		for range 1 + random.IntN(3) {
			kind, change, err := randomChange(t, inner, random, readings, changes)
			var refusal *curate.Refusal
			switch {
			case errors.As(err, &refusal), errors.Is(err, graph.ErrNotFound):
			case err != nil:
				t.Fatalf("step %d, %s: %v", step, kind, err)
			default:
				made[kind]++
				if change != nil {
					changes = append(changes, change.ID)
				}
			}
		}
		twoAtOnce.Wait()
		got, want := foundBy(t, s), foundBy(t, New(inner, Options{}))
		if !maps.Equal(toldBy(t, old), before) {
			t.Fatalf("step %d: what the directory before told is no longer told", step)
		}
		for _, what := range slices.Sorted(maps.Keys(want)) {
			if got[what] != want[what] {
				t.Fatalf("step %d, after %v: %s:\n%s\nwant\n%s", step, made, what, got[what], want[what])
			}
		}
		if len(got) != len(want) {
			t.Fatalf("step %d: %d things are told, not %d", step, len(got), len(want))
		}
	}
	for _, kind := range []string{"put", "remove", "undo", string(schema.ConfirmClaim), string(schema.RejectClaim), string(schema.AddAlias), string(schema.MergeEntities), string(schema.SplitEntity)} {
		if made[kind] < 3 {
			t.Errorf("%d times %s", made[kind], kind)
		}
	}
	if d, x := store.directories.Load(), store.indexes.Load(); d != 1 || x != 1 {
		t.Errorf("%d directories and %d indexes were built anew", d-1, x-1)
	}
}

// randomChange makes a change of the graph, which may be refused.
func randomChange(t *testing.T, store *graph.Store, random *rand.Rand, readings []*schema.Reading, changes []string) (kind string, made *schema.ChangeRecord, err error) {
	one := func(ids []string, err error) string {
		if err != nil {
			t.Fatal(err)
		}
		if len(ids) == 0 {
			return ""
		}
		return ids[random.IntN(len(ids))]
	}
	reading := readings[random.IntN(len(readings))]
	by := schema.ChangeRecord{Who: "张敏", When: "2025-03-01T08:00:00Z"}
	entities := func() []*schema.Entity {
		id := one(store.EntityIDs(t.Context(), schema.KindEnterprise))
		found, err := store.Entities(t.Context(), []string{id, one(store.EntityIDs(t.Context(), schema.KindEnterprise))})
		if err != nil {
			t.Fatal(err)
		}
		return existing(found)
	}
	switch random.IntN(9) {
	case 0:
		return "put", nil, store.Put(t.Context(), reading)
	case 1:
		return "put", nil, store.Put(t.Context(), graphtest.Thin(reading, random.Uint64()))
	case 2:
		if random.IntN(2) == 0 {
			return "remove", nil, store.Remove(t.Context(), reading.Report.ID)
		}
		made, err = store.RemoveRecorded(t.Context(), reading.Report.ID, by)
		return "remove", made, err
	case 3:
		if len(changes) == 0 {
			return "undo", nil, graph.ErrNotFound
		}
		made, err = store.Undo(t.Context(), changes[random.IntN(len(changes))], by)
		return "undo", made, err
	case 4:
		by.Kind, by.Claim = schema.ConfirmClaim, &schema.Claim{ID: one(store.ClaimIDs(t.Context(), ""))}
	case 5:
		by.Kind, by.Claim = schema.RejectClaim, &schema.Claim{ID: one(store.ClaimIDs(t.Context(), ""))}
	default:
		pair := entities()
		if len(pair) < 2 {
			return "nothing", nil, graph.ErrNotFound
		}
		by.EntityID = pair[0].ID
		switch random.IntN(3) {
		case 0:
			by.Kind, by.Alias = schema.AddAlias, fmt.Sprintf("新名%d", random.IntN(20))
		case 1:
			by.Kind, by.Merged = schema.MergeEntities, []string{pair[1].ID}
		default:
			if len(pair[0].Aliases) == 0 {
				return "nothing", nil, graph.ErrNotFound
			}
			by.Kind, by.Names = schema.SplitEntity, pair[0].Aliases[:1]
		}
	}
	made, err = store.Edit(t.Context(), &by)
	return string(by.Kind), made, err
}

// TestJudgingLeavesTheIndex holds that who confirms or rejects a claim makes
// nobody wait for an index.
func TestJudgingLeavesTheIndex(t *testing.T) {
	d := newDesk(t)
	before, err := d.s.currentDirectory(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	index, err := before.search(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	d.change(editor, "confirmClaim", d.inputs()["confirmClaim"], "")
	d.change(editor, "rejectClaim", d.inputs()["rejectClaim"], "")
	d.change(editor, "undo", `change: "change-2"`, "")
	reads := d.store.Stats()
	after, err := d.s.currentDirectory(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if same, err := after.search(t.Context()); same != index || err != nil {
		t.Errorf("another index, %v", err)
	}
	if now := d.store.Stats(); now.Total() != reads.Total()+1 {
		t.Errorf("more is read than the version: %v, then %v", reads.Reads, now.Reads)
	}
}

// BenchmarkChange measures a change with the first query after it.
func BenchmarkChange(b *testing.B) {
	store, err := graph.Open(b.Context(), b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	defer func() {
		if err := store.Close(); err != nil {
			b.Error(err)
		}
	}()
	readings := graphtest.Generate(1, 100, graphtest.Nation)
	for _, r := range readings {
		if err := store.Put(b.Context(), r); err != nil {
			b.Fatal(err)
		}
	}
	s := New(store, Options{})
	ask := func(b *testing.B) {
		if answer, hasErrors, err := s.Execute(b.Context(), `{ suggest(prefix: "青禾", first: 10) { matched } }`, nil); err != nil || hasErrors {
			b.Fatalf("%s, %v", answer, err)
		}
	}
	last := readings[len(readings)-1]
	for _, bench := range []struct {
		name   string
		change func(n int) error
	}{
		{"claim", func(n int) error {
			kind := schema.ConfirmClaim
			if n%2 == 1 {
				kind = schema.RejectClaim
			}
			_, err := store.Edit(b.Context(), &schema.ChangeRecord{Kind: kind, Claim: &schema.Claim{ID: last.Claims[0].ID}})
			return err
		}},
		{"alias", func(n int) error {
			_, err := store.Edit(b.Context(), &schema.ChangeRecord{Kind: schema.AddAlias, EntityID: last.Claims[0].SubjectID, Alias: fmt.Sprintf("新名%d", n)})
			return err
		}},
		{"report", func(n int) error {
			if n%2 == 1 {
				return store.Put(b.Context(), last)
			}
			return store.Remove(b.Context(), last.Report.ID)
		}},
	} {
		b.Run(bench.name, func(b *testing.B) {
			ask(b)
			n := 0
			var asking time.Duration
			for b.Loop() {
				if err := bench.change(n); err != nil {
					b.Fatal(err)
				}
				n++
				start := time.Now()
				ask(b)
				asking += time.Since(start)
			}
			b.ReportMetric(float64(asking.Milliseconds())/float64(n), "query-ms/op")
			if n%2 == 1 && bench.name == "report" {
				if err := store.Put(b.Context(), last); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// TestEntitiesOfTheNewestVersion asks for what was changed after all entities were
// read: the answer is of the change, before and after they are read again.
func TestEntitiesOfTheNewestVersion(t *testing.T) {
	store, err := graph.OpenMemory(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	reading := graphtest.Generate(1, 1, graphtest.Small)[0]
	if err := store.Put(t.Context(), reading); err != nil {
		t.Fatal(err)
	}
	s := New(store, Options{})
	id := reading.Entities[0].ID
	for _, alias := range []string{"甲名", "乙名"} {
		if err := s.Warm(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, err := store.Edit(t.Context(), &schema.ChangeRecord{Kind: schema.AddAlias, EntityID: id, Alias: alias}); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			answer, hasErrors, err := s.Execute(t.Context(), `query ($id: ID!) { entity(id: $id) { aliases } }`, map[string]any{"id": id})
			if err != nil || hasErrors || !strings.Contains(string(answer), alias) {
				t.Errorf("%s, %v: no %s", answer, err, alias)
			}
			if err := s.Warm(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
	}
}
