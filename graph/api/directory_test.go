package api

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lantu-kg/lantu/schema"
)

func TestLastingGoesOnWithoutWhoAsked(t *testing.T) {
	release, runs := make(chan struct{}), 0
	value := lasting(func(ctx context.Context) (string, error) {
		runs++
		<-release
		return "built", ctx.Err()
	})
	impatient, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := value(impatient); !errors.Is(err, context.Canceled) {
		t.Errorf("one who gives up: %v", err)
	}
	close(release)
	for range 2 {
		if got, err := value(t.Context()); got != "built" || err != nil {
			t.Errorf("%q, %v", got, err)
		}
	}
	if runs != 1 {
		t.Errorf("%d runs", runs)
	}
}

func TestLastingForgetsErrors(t *testing.T) {
	runs := 0
	value := lasting(func(context.Context) (int, error) {
		runs++
		switch runs {
		case 1:
			return 0, errors.New("no")
		case 2:
			panic("never")
		}
		return runs, nil
	})
	for range 2 {
		if _, err := value(t.Context()); err == nil {
			t.Error("no error")
		}
	}
	if got, err := value(t.Context()); got != 3 || err != nil {
		t.Errorf("%d, %v", got, err)
	}
}

// heldCounts is a store that holds those who count all observations, until released.
type heldCounts struct {
	*fakeStore
	release chan struct{}
	changes atomic.Uint64 // versions more than the store has seen

	mu                 sync.Mutex
	begun, atWork, all int // all is the most that were at work at once
}

func (h *heldCounts) Version(ctx context.Context) (uint64, error) {
	version, err := h.fakeStore.Version(ctx)
	return version + h.changes.Load(), err
}

// counts gives how many counts were begun, and the most that were at work at once.
func (h *heldCounts) counts() (begun, all int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.begun, h.all
}

func (h *heldCounts) hold() {
	h.mu.Lock()
	h.begun++
	h.atWork++
	h.all = max(h.all, h.atWork)
	h.mu.Unlock()
	<-h.release
	h.mu.Lock()
	h.atWork--
	h.mu.Unlock()
}

func (h *heldCounts) Observations(ctx context.Context, ids []string) ([]*schema.Observation, error) {
	h.hold()
	return h.fakeStore.Observations(ctx, ids)
}

func (h *heldCounts) ObservationOutlines(ctx context.Context, ids []string) ([]*schema.Observation, error) {
	h.hold()
	return h.fakeStore.ObservationOutlines(ctx, ids)
}

// TestCountedOneAtATime has many ask for what takes reading the whole graph: for
// those of one version it is read once, and of several versions, one at a time. On
// one processor all who can go on do while others yield.
func TestCountedOneAtATime(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	for _, query := range []string{`{ stats { confidence { observations } } }`, `{ indicators { totalCount } }`} {
		store := &heldCounts{fakeStore: newFakeStore(report2024(t)), release: make(chan struct{})}
		s := New(store, Options{})
		var asking sync.WaitGroup
		many := func() {
			for range 20 {
				asking.Go(func() {
					if response, failed, err := s.Execute(t.Context(), query, nil); err != nil || failed {
						t.Errorf("%s: %s, %v", query, response, err)
					}
				})
			}
			for range 10_000 {
				runtime.Gosched()
			}
		}
		many()
		if begun, _ := store.counts(); begun != 1 {
			t.Fatalf("%s: %d counts for those who ask at once", query, begun)
		}
		const versions = 5
		for range versions - 1 {
			store.changes.Add(1)
			many()
		}
		close(store.release)
		asking.Wait()
		begun, all := store.counts()
		if all != 1 || begun > versions {
			t.Errorf("%s: %d counts of %d versions, %d at a time", query, begun, versions, all)
		}
		store.asked()
		many()
		asking.Wait()
		if calls := store.asked(); store.begun != begun || calls > 20*3 { // for the version
			t.Errorf("%s: %d counts more of a version that was counted, %d calls for 20", query, store.begun-begun, calls)
		}
	}
}

// TestAhead reads batches beside each other: they come in order, and reading ends with
// the first error or when no more is taken.
func TestAhead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var keys []int
		for i := range 100 {
			keys = append(keys, i)
		}
		bad := errors.New("bad")
		read := func(failing int) func(context.Context, []int) ([]int, error) {
			return func(_ context.Context, some []int) ([]int, error) {
				time.Sleep(time.Duration(100-some[0]) * time.Millisecond) // later ones are faster
				if slices.Contains(some, failing) {
					return nil, bad
				}
				return some, nil
			}
		}
		take := func(failing, most int) (taken []int, err error) {
			for some, failed := range ahead(t.Context(), keys, 7, read(failing)) {
				if err = failed; err != nil || len(taken) >= most {
					break
				}
				taken = append(taken, some...)
			}
			return taken, err
		}
		if taken, err := take(-1, 1000); !slices.Equal(taken, keys) || err != nil {
			t.Errorf("%v, %v", taken, err)
		}
		if taken, err := take(50, 1000); !slices.Equal(taken, keys[:49]) || !errors.Is(err, bad) {
			t.Errorf("until the error: %v, %v", taken, err)
		}
		if taken, err := take(-1, 20); !slices.Equal(taken, keys[:21]) || err != nil {
			t.Errorf("some: %v, %v", taken, err)
		}
		// What was under way ends; else the test would not.
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		var err error
		for some, failed := range ahead(ctx, keys, 1, func(context.Context, []int) ([]int, error) { return nil, nil }) {
			if cancel(); failed != nil {
				err = failed
			}
			_ = some
		}
		if !errors.Is(err, context.Canceled) {
			t.Errorf("given up: %v", err)
		}
	})
}

// failsOnce is a store of which reading passages or facts goes wrong once.
type failsOnce struct {
	*fakeStore
	passages, facts func() error
}

func (f *failsOnce) Passages(ctx context.Context, ids []string) ([]*schema.Passage, error) {
	if f.passages != nil {
		fail := f.passages
		f.passages = nil
		return nil, fail()
	}
	return f.fakeStore.Passages(ctx, ids)
}

func (f *failsOnce) FactsIn(ctx context.Context, ids []string) ([]schema.Facts, error) {
	if f.facts != nil {
		fail := f.facts
		f.facts = nil
		return nil, fail()
	}
	return f.fakeStore.FactsIn(ctx, ids)
}

// TestIndexOfWhatCannotBeRead fails while the index is built, by an error or a panic:
// it is told, not kept, and built when next asked for.
func TestIndexOfWhatCannotBeRead(t *testing.T) {
	bad := errors.New("bad block")
	for name, store := range map[string]*failsOnce{
		"passages":         {passages: func() error { return bad }},
		"facts":            {facts: func() error { return bad }},
		"panicking":        {facts: func() error { panic(bad) }},
		"texts, panicking": {passages: func() error { panic(bad) }},
	} {
		store.fakeStore = newFakeStore(report2024(t))
		s := New(store, Options{})
		if err := s.Warm(t.Context()); err == nil || !strings.Contains(err.Error(), bad.Error()) {
			t.Errorf("%s: %v", name, err)
		}
		if err := s.Warm(t.Context()); err != nil {
			t.Errorf("%s, again: %v", name, err)
		}
		if hits := data(t, s, `{ search(query: "柳浦") { nodes { match } } }`, "search", "nodes").([]any); !slices.Contains(lines(t, hits, "match"), "TEXT") {
			t.Errorf("%s: no texts are found: %v", name, hits)
		}
	}
}
