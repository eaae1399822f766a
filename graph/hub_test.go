package graph_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"runtime"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/lantu-kg/lantu/graph"
	"github.com/lantu-kg/lantu/graph/curate"
	"github.com/lantu-kg/lantu/graph/graphtest"
	"github.com/lantu-kg/lantu/schema"
)

// nation is the place that all generated reports name.
var nation = schema.PlaceID("00")

func rename(name string) *schema.ChangeRecord {
	c := by
	c.Kind, c.EntityID, c.Alias = schema.AddAlias, nation, name
	return &c
}

func TestChangeLimit(t *testing.T) {
	dir := t.TempDir()
	s, err := graph.Open(t.Context(), dir, graph.ChangeLimit(3))
	if err != nil {
		t.Fatal(err)
	}
	readings := graphtest.Generate(1, 4, graphtest.Small)
	if err := s.Put(t.Context(), readings[:3]...); err != nil {
		t.Fatal(err)
	}
	made, err := s.Edit(t.Context(), rename("神州"))
	if err != nil || len(made.Reports) != 3 {
		t.Fatal(made, err)
	}
	if err := s.Put(t.Context(), readings[3]); err != nil {
		t.Fatal(err)
	}
	before := wholeOf(t, s)
	_, edited := s.Edit(t.Context(), rename("华夏"))
	_, undone := s.Undo(t.Context(), made.ID, by)
	for _, err := range []error{edited, undone} {
		if refused := new(curate.Refusal); !errors.As(err, &refused) || refused.Code != curate.TooLarge {
			t.Errorf("of four reports: %v", err)
		}
	}
	if wholeOf(t, s) != before {
		t.Error("what was refused changed something")
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if s, err = graph.Open(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Undo(t.Context(), made.ID, by); err != nil {
		t.Error(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// givenUp is a context that is given up when it was looked at so often.
type givenUp struct {
	context.Context
	mu   sync.Mutex
	left int
}

func (g *givenUp) Err() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.left--; g.left < 0 {
		return context.Canceled
	}
	return nil
}

// TestGivenUpChange gives up a change of several reports at every step of it: it is
// then made in none of them.
func TestGivenUpChange(t *testing.T) {
	for _, backend := range graph.Backends {
		t.Run(backend.Name, func(t *testing.T) {
			s, err := backend.Open(t.Context(), t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			defer closeStore(t, s)
			put(t, s, graphtest.Generate(1, 3, graphtest.Small)...)
			state := func() string {
				size, err := s.Size(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				return fmt.Sprint(size.Quads, wholeOf(t, s))
			}
			before := state()
			steps := 0
			for {
				_, err := s.Edit(&givenUp{Context: t.Context(), left: steps}, rename("神州"))
				if err == nil {
					break
				}
				if !errors.Is(err, context.Canceled) {
					t.Fatal(err)
				}
				if state() != before {
					t.Fatalf("given up at step %d, it is made in part", steps)
				}
				steps++
			}
			if steps < 20 || state() == before {
				t.Errorf("made after %d steps", steps)
			}
		})
	}
}

// BenchmarkHubChange changes an entity that all of LANTU_HUB reports name, 300 unless
// set, while others read, and confirm claims. The first change of a report keeps how
// it was read, too.
func BenchmarkHubChange(b *testing.B) {
	reports := 300
	if set, err := strconv.Atoi(os.Getenv("LANTU_HUB")); err == nil {
		reports = set
	}
	s, err := graph.Open(b.Context(), b.TempDir(), graph.ChangeLimit(math.MaxInt))
	if err != nil {
		b.Fatal(err)
	}
	defer func() {
		if err := s.Close(); err != nil {
			b.Error(err)
		}
	}()
	var together []*schema.Reading
	var claims []string
	for i := range reports {
		r := graphtest.GenerateOne(1, i, graphtest.Usual)
		claims = append(claims, r.Claims[0].ID)
		if together = append(together, r); len(together) > min(i/8, 32) || i == reports-1 {
			if err := s.Put(b.Context(), together...); err != nil {
				b.Fatal(err)
			}
			together = nil
		}
	}
	n := 0
	change := func(b *testing.B, c *schema.ChangeRecord) {
		runtime.GC()
		done := make(chan struct{})
		var others sync.WaitGroup
		var reading, writing time.Duration // the longest
		others.Go(func() {
			for i := 0; ; i++ {
				select {
				case <-done:
					return
				case <-time.After(time.Millisecond):
				}
				start := time.Now()
				if _, err := s.Claims(b.Context(), claims[i%len(claims):][:1]); err != nil {
					b.Error(err)
				}
				reading = max(reading, time.Since(start))
			}
		})
		var most uint64
		others.Go(func() {
			for {
				select {
				case <-done:
					return
				case <-time.After(50 * time.Millisecond):
				}
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				most = max(most, m.HeapAlloc)
			}
		})
		begun := make(chan struct{})
		others.Go(func() {
			<-begun
			time.Sleep(100 * time.Millisecond) // the change has its turn by then
			start := time.Now()
			if _, err := s.Edit(b.Context(), &schema.ChangeRecord{Kind: schema.ConfirmClaim, Claim: &schema.Claim{ID: claims[n]}}); err != nil {
				b.Error(err)
			}
			writing = time.Since(start)
		})
		start := time.Now()
		close(begun)
		made, err := s.Edit(b.Context(), c)
		took := time.Since(start)
		if err != nil {
			b.Fatal(err)
		}
		if len(made.Reports) != reports {
			b.Errorf("it had an effect in %d reports", len(made.Reports))
		}
		n++
		close(done)
		others.Wait()
		b.ReportMetric(took.Seconds()*1000/float64(reports), "ms/report")
		b.ReportMetric(float64(most>>20), "heap-MiB")
		b.ReportMetric(float64(reading.Microseconds())/1000, "longest-read-ms")
		b.ReportMetric(writing.Seconds(), "write-waits-s")
	}
	for _, bench := range []struct {
		name string
		edit func() *schema.ChangeRecord
	}{
		{"first", func() *schema.ChangeRecord { return rename("首次") }},
		{"again", func() *schema.ChangeRecord { return rename(fmt.Sprint("又名", n)) }},
		{"merge", func() *schema.ChangeRecord {
			c := by
			c.Kind, c.EntityID, c.Merged = schema.MergeEntities, schema.PlaceID("99"), []string{nation}
			c.Entities = []schema.Entity{{ID: schema.PlaceID("99"), Kind: schema.KindPlace, Name: "大中华", Level: schema.LevelCountry, Code: "99"}}
			return &c
		}},
	} {
		b.Run(bench.name, func(b *testing.B) {
			for range b.N {
				change(b, bench.edit())
			}
		})
	}
}
