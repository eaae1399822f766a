package api

import (
	"context"
	"encoding/json"
	"errors"
	"runtime"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lantu-kg/lantu/access"
)

// TestTurns lets as many be at work as there are turns, and the rest in the order in
// which they came, also where those at work take long.
func TestTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		turns := newTurns()
		free := turnsPerProcessor * runtime.GOMAXPROCS(0)
		var mu sync.Mutex
		var begun []int
		begin := func(n int, takes time.Duration) {
			go func() {
				end, err := turns.take(t.Context())
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				begun = append(begun, n)
				mu.Unlock()
				time.Sleep(takes)
				end()
			}()
			synctest.Wait()
		}
		expect := func(when string, n int) {
			t.Helper()
			mu.Lock()
			defer mu.Unlock()
			if len(begun) != n || slices.Max(begun) != n-1 { // those that came first, some at the same time
				t.Errorf("%s: %v are or were at work, want the first %d", when, begun, n)
			}
		}
		for n := range free {
			begin(n, time.Hour)
		}
		for n := range 2 * free {
			begin(free+n, time.Millisecond)
		}
		expect("at first", free)
		given, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := turns.take(given); !errors.Is(err, context.Canceled) {
			t.Errorf("who is gone: %v", err)
		}
		time.Sleep(longestTurn + time.Microsecond)
		synctest.Wait()
		expect("when the first took long", 2*free)
		time.Sleep(time.Millisecond)
		synctest.Wait()
		expect("when the next were answered", 3*free)
		time.Sleep(time.Hour)
	})
}

// TestAskedAtOnce asks the same several times while others are at work: it is
// answered once, to those who would take it in parts, too.
func TestAskedAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.s = New(d.store, Options{AnswerBytes: keptBytes})
		all := int64(turnsPerProcessor * runtime.GOMAXPROCS(0))
		if err := d.s.turns.free.Acquire(t.Context(), all); err != nil {
			t.Fatal(err)
		}
		before := d.store.Stats().Reads["Claims"]
		const query = `query($id: ID!) { node(id: $id) { id ... @defer { ... on Claim { value } } } }`
		of := map[string]any{"id": d.claim}
		const askers = 5
		answers := make(chan string, 2*askers)
		ctx := access.WithCaller(t.Context(), editor)
		for range askers {
			go func() {
				response, hasErrors, err := d.s.Execute(ctx, query, of)
				if err != nil || hasErrors {
					t.Errorf("%s, %v", response, err)
				}
				answers <- string(response)
			}()
		}
		synctest.Wait() // until all wait for a turn
		for range askers {
			go func() {
				next := askInParts(ctx, t, d.s, query, of)
				response, err := json.Marshal(next())
				if err != nil {
					t.Error(err)
				}
				if more := next(); more != nil {
					t.Errorf("after the whole, %s", more.Data)
				}
				answers <- string(response)
			}()
		}
		synctest.Wait()
		d.s.turns.free.Release(1) // one is at work at a time
		first := <-answers
		for range 2*askers - 1 {
			if again := <-answers; again != first {
				t.Errorf("%s, first %s", again, first)
			}
		}
		if read := d.store.Stats().Reads["Claims"] - before; read != 1 {
			t.Errorf("the claim was read %d times", read)
		}
		d.s.turns.free.Release(all - 1)
	})
}
