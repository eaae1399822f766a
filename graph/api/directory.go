package api

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"runtime/debug"
	"slices"
	"sync"

	"github.com/lantu-kg/lantu/graph/api/model"
	"github.com/lantu-kg/lantu/graph/search"
	"github.com/lantu-kg/lantu/schema"
)

// directory is what is known of all entities in one version of the graph: it
// answers by kind, by name and by words without asking the store.
type directory struct {
	byKind map[schema.Kind][]*schema.Entity // "" for all, each by name
	byName map[string][]*schema.Entity      // by the normal form of names and aliases
	names  map[string][]string              // those forms, by id
	search func(context.Context) (*searchable, error)

	indicators func(context.Context) (map[string][]*measured, error) // by the key of the measure
	stats      func(context.Context) (*model.Stats, error)
}

// searchable is the index of all names and passages, and where they stand.
type searchable struct {
	index *search.Index
	// regions gives the regions in whose reports an entity is named, sorted.
	regions map[string][]string
	weight  map[string]int // how many paragraphs name an entity
	// regionOf gives the region of a report.
	regionOf map[string]string
}

// regionsOf gives the regions in whose reports a hit stands.
func (s *searchable) regionsOf(hit search.Hit) []string {
	if hit.Kind != "" {
		return s.regions[hit.ID]
	}
	if report, ok := schema.PassageReport(hit.ID); ok {
		if region := s.regionOf[report]; region != "" {
			return []string{region}
		}
	}
	return nil
}

// currentDirectory returns the directory of the graph as it is now. It is
// built when first asked for and again after each change.
func (s *Service) currentDirectory(ctx context.Context) (*directory, error) {
	version, err := s.store.Version(ctx)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	if s.directory == nil || s.directoryOf != version {
		s.directoryOf = version
		s.directory = lasting(func(ctx context.Context) (*directory, error) { return buildDirectory(ctx, s.store) })
	}
	current := s.directory
	s.mu.Unlock()
	return current(ctx)
}

// Warm builds what else the first query would wait for: the lists of entities
// and the index of names and passages. Of a million claims that takes a minute.
func (s *Service) Warm(ctx context.Context) error {
	d, err := s.currentDirectory(ctx)
	if err != nil {
		return err
	}
	_, err = d.search(ctx)
	return err
}

// lasting computes f once for all who ask. It goes on when they give up, so that
// what takes longer than any query may is there in the end; an error is forgotten.
func lasting[V any](f func(context.Context) (V, error)) func(context.Context) (V, error) {
	type run struct {
		done  chan struct{}
		value V
		err   error
	}
	var (
		mu      sync.Mutex
		current *run
	)
	start := func(ctx context.Context, r *run) {
		defer close(r.done)
		defer func() {
			if panicked := recover(); panicked != nil {
				r.err = fmt.Errorf("panic: %v\n%s", panicked, debug.Stack())
			}
			if r.err != nil {
				mu.Lock()
				current = nil
				mu.Unlock()
			}
		}()
		r.value, r.err = f(ctx)
	}
	return func(ctx context.Context) (value V, err error) {
		mu.Lock()
		if current == nil {
			current = &run{done: make(chan struct{})}
			go start(context.WithoutCancel(ctx), current)
		}
		r := current
		mu.Unlock()
		select {
		case <-r.done:
			return r.value, r.err
		case <-ctx.Done():
			return value, ctx.Err()
		}
	}
}

func buildDirectory(ctx context.Context, store Store) (*directory, error) {
	ids, err := store.EntityIDs(ctx, "")
	if err != nil {
		return nil, err
	}
	entities, err := store.Entities(ctx, ids)
	if err != nil {
		return nil, err
	}
	entities = sortEntities(entities)
	d := &directory{
		byKind: map[schema.Kind][]*schema.Entity{"": entities},
		byName: map[string][]*schema.Entity{},
		names:  make(map[string][]string, len(entities)),
	}
	for _, e := range entities {
		d.byKind[e.Kind] = append(d.byKind[e.Kind], e)
		d.names[e.ID] = normalNames(e)
		for _, name := range d.names[e.ID] {
			d.byName[name] = append(d.byName[name], e)
		}
	}
	d.search = lasting(func(ctx context.Context) (*searchable, error) { return buildSearch(ctx, store, entities) })
	d.indicators = lasting(func(ctx context.Context) (map[string][]*measured, error) { return buildIndicators(ctx, store) })
	d.stats = lasting(func(ctx context.Context) (*model.Stats, error) { return buildStats(ctx, store, d.byKind) })
	return d, nil
}

// indexBatch is how many reports' passages are read at a time.
const indexBatch = 32

func buildSearch(ctx context.Context, store Store, entities []*schema.Entity) (*searchable, error) {
	ids, err := store.ReportIDs(ctx)
	if err != nil {
		return nil, err
	}
	reports, err := store.Reports(ctx, ids)
	if err != nil {
		return nil, err
	}
	s := &searchable{regions: map[string][]string{}, regionOf: map[string]string{}, weight: map[string]int{}}
	for _, r := range existing(reports) {
		s.regionOf[r.ID] = r.RegionID
	}
	documents := func(yield func(search.Document) bool) {
		for batch := range slices.Chunk(ids, indexBatch) {
			var passages []*schema.Passage
			var facts []schema.Facts
			if passages, facts, err = passagesOf(ctx, store, batch); err != nil {
				return
			}
			for i, p := range passages {
				if p == nil {
					continue
				}
				if !yield(search.Document{ID: p.ID, Text: p.Text}) {
					return
				}
				region := s.regionOf[p.ReportID]
				for _, id := range facts[i].Entities {
					s.weight[id]++
					if region != "" && !slices.Contains(s.regions[id], region) {
						s.regions[id] = append(s.regions[id], region)
					}
				}
			}
		}
		for _, e := range entities {
			slices.Sort(s.regions[e.ID])
			if !yield(search.Document{ID: e.ID, Kind: e.Kind, Name: e.Name, Aliases: e.Aliases, Weight: s.weight[e.ID]}) {
				return
			}
		}
	}
	s.index = search.NewIndex(iter.Seq[search.Document](documents))
	return s, err
}

// passagesOf gives the passages of reports and the facts in each.
func passagesOf(ctx context.Context, store Store, reports []string) ([]*schema.Passage, []schema.Facts, error) {
	lists, err := store.PassagesOf(ctx, reports)
	if err != nil {
		return nil, nil, err
	}
	ids := slices.Concat(lists...)
	passages, err := store.Passages(ctx, ids)
	if err != nil {
		return nil, nil, err
	}
	facts, err := store.FactsIn(ctx, ids)
	return passages, facts, err
}

// normalNames returns the normal forms of an entity's name and aliases, each
// once.
func normalNames(e *schema.Entity) []string {
	names := []string{schema.NormalName(e.Name)}
	for _, alias := range e.Aliases {
		if name := schema.NormalName(alias); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// named returns the entity that has the name: one that is named so before one
// that has it as an alias, then by the order of the kinds, then by id. An
// empty kind admits all; nil stands for none.
func (d *directory) named(name string, kind schema.Kind) *schema.Entity {
	normal := schema.NormalName(name)
	var best *schema.Entity
	for _, e := range d.byName[normal] {
		if kind != "" && e.Kind != kind {
			continue
		}
		if best == nil || cmp.Or(
			compareBool(schema.NormalName(best.Name) == normal, schema.NormalName(e.Name) == normal),
			cmp.Compare(kindOrder(e.Kind), kindOrder(best.Kind)),
			cmp.Compare(e.ID, best.ID),
		) < 0 {
			best = e
		}
	}
	return best
}

func kindOrder(k schema.Kind) int {
	return slices.IndexFunc(schema.Kinds, func(info schema.KindInfo) bool { return info.Kind == k })
}

// compareBool puts false before true.
func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	default:
		return 1
	}
}

func entityPosition(e *schema.Entity) position { return position{e.Name, e.ID} }

// sortEntities sorts entities by name and leaves out those that are gone.
func sortEntities(entities []*schema.Entity) []*schema.Entity {
	sorted := existing(entities)
	slices.SortFunc(sorted, func(a, b *schema.Entity) int { return byName.compare(entityPosition(a), entityPosition(b)) })
	return sorted
}
