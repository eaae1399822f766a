//go:build unix

package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/lantu-kg/lantu/graph"
	"github.com/lantu-kg/lantu/graph/graphtest"
	"github.com/lantu-kg/lantu/schema"
)

// sample is what a question is asked about.
type sample struct{ A, B string }

// prepared is a graph on disk, and what to ask of it.
type prepared struct {
	dir     string
	Shape   string
	Reports int
	Samples map[string][]sample
}

func (p *prepared) database() string { return filepath.Join(p.dir, "lantu.db") }
func (p *prepared) quads() string    { return filepath.Join(p.dir, "facts.nq") }
func (p *prepared) cayley() string   { return filepath.Join(p.dir, "cayley") }

const (
	seed    = 1
	samples = 200 // of each question
	page    = 20  // how much is asked for at a time
)

// prepare generates a graph with so many claims, and loads it, unless the
// folder has it.
func prepare(ctx context.Context, dir string, claims int) (*prepared, error) {
	p := &prepared{dir: dir}
	done := filepath.Join(dir, "prepared.json")
	if text, err := os.ReadFile(done); err == nil {
		return p, json.Unmarshal(text, p)
	}
	if err := os.RemoveAll(dir); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	if err := p.generate(ctx, claims); err != nil {
		return nil, err
	}
	text, err := json.MarshalIndent(p, "", " ")
	if err != nil {
		return nil, err
	}
	return p, os.WriteFile(done, text, 0o644)
}

// together is how many reports are handed to the store at once, when it has some
// thousands: of what one write changes many reports change the same.
const together = 128

// generate loads the graph. What comes next is generated while the store writes.
func (p *prepared) generate(ctx context.Context, claims int) (err error) {
	store, err := graph.Open(ctx, p.database())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	t := newTally()
	start := time.Now()
	group, loading := errgroup.WithContext(ctx)
	written := make(chan []*schema.Reading)
	group.Go(func() error {
		defer close(written)
		var next []*schema.Reading
		for len(t.claims) < claims {
			r := graphtest.GenerateOne(seed, t.reports, graphtest.Nation)
			next = append(next, r)
			if t.count(r); len(next) < min(1+t.reports/8, together) && len(t.claims) < claims {
				continue
			}
			select {
			case written <- next:
				next = nil
			case <-loading.Done():
				return loading.Err()
			}
		}
		return nil
	})
	group.Go(func() error {
		reports := 0
		for next := range written {
			if err := store.Put(loading, next...); err != nil {
				return err
			}
			if reports += len(next); reports/500 > (reports-len(next))/500 {
				say("%d reports, %.0f s", reports, time.Since(start).Seconds())
			}
		}
		return nil
	})
	if err := group.Wait(); err != nil {
		return err
	}
	size, err := store.Size(ctx)
	if err != nil {
		return err
	}
	p.Reports = t.reports
	p.Shape = fmt.Sprintf("%d reports, %d passages, %d entities, %d claims, %d at the largest hub, %d quads, %d MB; loaded in %.0f s",
		t.reports, t.passages, len(t.said), len(t.claims), slices.Max(slices.Collect(maps.Values(t.at))), size.Quads, size.Bytes>>20, time.Since(start).Seconds())
	p.Samples = t.draw()
	return nil
}

// writeQuads writes what the other systems load, unless it is there.
func (p *prepared) writeQuads() error {
	if _, err := os.Stat(p.quads()); err == nil {
		return nil
	}
	file, err := os.CreateTemp(p.dir, "facts")
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(file, 1<<20)
	for number := range p.Reports {
		if err := graph.WriteNQuads(out, graphtest.GenerateOne(seed, number, graphtest.Nation), true); err != nil {
			return errors.Join(err, file.Close())
		}
	}
	if err := errors.Join(out.Flush(), file.Close()); err != nil {
		return err
	}
	return os.Rename(file.Name(), p.quads())
}

// tally counts what was generated.
type tally struct {
	reports, passages int
	claims            map[string]bool
	said              map[string]int // claims by subject
	at                map[string]int // claims by object
	names             map[string]string
	links             []schema.Claim // some claims between entities
	pairs             []sample       // some entities of one report
	rand              *rand.Rand
}

func newTally() *tally {
	return &tally{claims: map[string]bool{}, said: map[string]int{}, at: map[string]int{}, names: map[string]string{},
		rand: rand.New(rand.NewPCG(seed, 2))}
}

func (t *tally) count(r *schema.Reading) {
	t.reports++
	t.passages += len(r.Passages)
	for _, e := range r.Entities {
		t.names[e.ID] = e.Name
	}
	for i := range r.Claims {
		c := &r.Claims[i]
		if t.claims[c.ID] {
			continue
		}
		t.claims[c.ID] = true
		t.said[c.SubjectID]++
		if c.ObjectID == "" {
			continue
		}
		t.at[c.ObjectID]++
		if t.rand.IntN(100) == 0 {
			other := r.Claims[t.rand.IntN(len(r.Claims))]
			t.links = append(t.links, schema.Claim{SubjectID: c.SubjectID, Relation: c.Relation, ObjectID: c.ObjectID})
			t.pairs = append(t.pairs, sample{c.SubjectID, other.SubjectID})
		}
	}
}

// draw chooses what to ask, always the same for a seed.
func (t *tally) draw() map[string][]sample {
	var busy []string
	for id, n := range t.said {
		if n >= page {
			busy = append(busy, id)
		}
	}
	slices.Sort(busy)
	named := slices.Sorted(maps.Keys(t.names))
	drawn := map[string][]sample{}
	for len(drawn["entity"]) < samples {
		link := t.links[t.rand.IntN(len(t.links))]
		drawn["entity"] = append(drawn["entity"], sample{A: busy[t.rand.IntN(len(busy))]})
		drawn["page"] = append(drawn["page"], sample{link.ObjectID, string(link.Relation)})
		drawn["kind"] = append(drawn["kind"], sample{A: string(schema.Kinds[t.rand.IntN(len(schema.Kinds))].Kind)})
		name := []rune(t.names[named[t.rand.IntN(len(named))]])
		drawn["search"] = append(drawn["search"], sample{A: string(name[:2])})
		drawn["trace"] = append(drawn["trace"], sample{A: link.SubjectID})
		if pair := t.pairs[t.rand.IntN(len(t.pairs))]; pair.A != pair.B {
			drawn["path"] = append(drawn["path"], pair)
		}
	}
	return drawn
}
