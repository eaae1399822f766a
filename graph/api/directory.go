package api

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"maps"
	"runtime"
	"runtime/debug"
	"slices"
	"sync"

	"github.com/lantu-kg/lantu/graph/api/model"
	"github.com/lantu-kg/lantu/graph/pool"
	"github.com/lantu-kg/lantu/graph/search"
	"github.com/lantu-kg/lantu/schema"
)

// directory is what is known of all entities in one version of the graph: it
// answers by kind, by name and by words without asking the store.
type directory struct {
	byKind map[schema.Kind][]*schema.Entity // "" for all, each by name
	byName map[string][]*schema.Entity      // by the normal form of names and aliases
	names  map[string][]string              // those forms, by id
	byID   map[string]*schema.Entity
	search func(context.Context) (*searchable, error)

	indicators func(context.Context) (map[string][]*measured, error) // by the key of the measure
	counts     func(context.Context) (*model.Stats, error)           // of what is listed
	stats      func(context.Context) (*model.Stats, error)
}

// searchable is the index of all names and passages, and where they stand.
type searchable struct {
	index   *search.Index
	named   map[string]named // by the entity's id
	reports pool.Numbers[string]
	regions []string // of reports, by their numbers; empty where one is gone
}

// named tells where an entity is named.
type named struct {
	in         []naming
	paragraphs int
	regions    []string // those in whose reports it is named, sorted
}

// naming is how many paragraphs of a report name an entity.
type naming struct{ report, paragraphs uint32 }

// reportsOf gives the reports in which a hit stands.
func (s *searchable) reportsOf(hit search.Hit) (reports []string) {
	if report, ok := schema.PassageReport(hit.ID); ok && hit.Kind == "" {
		return []string{report}
	}
	for _, n := range s.named[hit.ID].in {
		reports = append(reports, s.reports.Keys()[n.report])
	}
	return reports
}

// regionsOf gives the regions in whose reports a hit stands.
func (s *searchable) regionsOf(hit search.Hit) []string {
	if hit.Kind != "" {
		return s.named[hit.ID].regions
	}
	if report, ok := schema.PassageReport(hit.ID); ok {
		if n, known := s.reports.Find(report); known && s.regions[n] != "" {
			return []string{s.regions[n]}
		}
	}
	return nil
}

// kept is what was made last of the graph. It is brought to the next version by
// what was touched between them. What was given before stays as it is.
type kept[V any] struct {
	mu      sync.Mutex
	made    bool
	value   V
	version uint64
}

// now gives what there is of a version, if it is there and nobody is at work on it.
func (k *kept[V]) now(version uint64) (value V, is bool) {
	if !k.mu.TryLock() {
		return value, false
	}
	defer k.mu.Unlock()
	if !k.made || k.version != version {
		return value, false
	}
	return k.value, true
}

// at gives what there is of a version or, when that has passed, a later one.
// One is made at a time, so that the next can go on from it.
func (k *kept[V]) at(version uint64, store Store, build func() (V, error), update func(V, schema.Touched) (V, error)) (value V, err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.made && k.version >= version {
		return k.value, nil
	}
	var touched schema.Touched
	known := false
	if k.made {
		touched, known = store.Touched(k.version)
	}
	if known {
		value, err = update(k.value, touched)
	} else {
		value, err = build()
	}
	if err == nil {
		k.made, k.value, k.version = true, value, version
	}
	return value, err
}

// currentDirectory returns the directory of the graph as it is now. It is
// made when first asked for, and brought up to date after each change.
func (s *Service) currentDirectory(ctx context.Context) (*directory, error) {
	version, err := s.store.Version(ctx)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	if s.directory == nil || s.directoryOf < version {
		s.directoryOf = version
		s.directory = lasting(func(ctx context.Context) (*directory, error) { return s.directoryAt(ctx, version) })
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

// directoryAt gives the directory of a version, with what is made of it when asked.
func (s *Service) directoryAt(ctx context.Context, version uint64) (*directory, error) {
	entities, err := s.directories.at(version, s.store,
		func() (*directory, error) { return buildDirectory(ctx, s.store) },
		func(d *directory, touched schema.Touched) (*directory, error) {
			return d.update(ctx, s.store, touched.Entities)
		})
	if err != nil {
		return nil, err
	}
	d := *entities
	d.search = lasting(func(ctx context.Context) (*searchable, error) {
		return s.searchables.at(version, s.store,
			func() (*searchable, error) { return d.buildSearch(ctx, s.store) },
			func(last *searchable, touched schema.Touched) (*searchable, error) {
				return last.update(ctx, s.store, d.byID, touched)
			})
	})
	d.indicators = counted(&s.indicators, version, s.store, func(ctx context.Context) (map[string][]*measured, error) { return buildIndicators(ctx, s.store) })
	d.counts = counted(&s.counts, version, s.store, func(ctx context.Context) (*model.Stats, error) { return countLists(ctx, s.store, d.byKind) })
	d.stats = counted(&s.stats, version, s.store, func(ctx context.Context) (*model.Stats, error) {
		counts, err := d.counts(ctx)
		if err != nil {
			return nil, err
		}
		return buildStats(ctx, s.store, counts)
	})
	return &d, nil
}

// counted makes what is made anew for each version that is asked for, of one
// version at a time: each reads the whole graph.
func counted[V any](k *kept[V], version uint64, store Store, build func(context.Context) (V, error)) func(context.Context) (V, error) {
	return lasting(func(ctx context.Context) (V, error) {
		anew := func() (V, error) { return build(ctx) }
		return k.at(version, store, anew, func(V, schema.Touched) (V, error) { return anew() })
	})
}

func buildDirectory(ctx context.Context, store Store) (*directory, error) {
	ids, err := store.EntityIDs(ctx, "")
	if err != nil {
		return nil, err
	}
	entities := make([]*schema.Entity, 0, len(ids))
	for batch, err := range ahead(ctx, ids, readBatch, store.Entities) {
		if err != nil {
			return nil, err
		}
		entities = append(entities, batch...)
	}
	entities = sortEntities(entities)
	d := &directory{
		byKind: map[schema.Kind][]*schema.Entity{"": entities},
		byName: map[string][]*schema.Entity{},
		names:  make(map[string][]string, len(entities)),
		byID:   make(map[string]*schema.Entity, len(entities)),
	}
	for _, e := range entities {
		d.byKind[e.Kind] = append(d.byKind[e.Kind], e)
		d.byID[e.ID], d.names[e.ID] = e, normalNames(e)
		for _, name := range d.names[e.ID] {
			d.byName[name] = append(d.byName[name], e)
		}
	}
	return d, nil
}

// update returns the directory in which the entities with the ids are what the
// store says.
func (d *directory) update(ctx context.Context, store Store, ids []string) (*directory, error) {
	if len(ids) == 0 {
		return d, nil
	}
	entities, err := store.Entities(ctx, ids)
	if err != nil {
		return nil, err
	}
	next := &directory{byKind: map[schema.Kind][]*schema.Entity{}, byName: maps.Clone(d.byName), names: maps.Clone(d.names), byID: maps.Clone(d.byID)}
	for kind, list := range d.byKind {
		next.byKind[kind] = slices.Clone(list)
	}
	for i, id := range ids {
		if old := next.byID[id]; old != nil {
			next.drop(old)
		}
		if entities[i] != nil {
			next.enter(entities[i])
		}
	}
	return next, nil
}

// drop and enter change the lists by kind, and replace those by name.
func (d *directory) drop(e *schema.Entity) {
	without := func(list []*schema.Entity) []*schema.Entity {
		at, _ := slices.BinarySearchFunc(list, e, compareEntities)
		return slices.Delete(list, at, at+1)
	}
	for _, kind := range []schema.Kind{"", e.Kind} {
		d.byKind[kind] = without(d.byKind[kind])
	}
	for _, name := range d.names[e.ID] {
		if d.byName[name] = without(slices.Clone(d.byName[name])); len(d.byName[name]) == 0 {
			delete(d.byName, name)
		}
	}
	delete(d.byID, e.ID)
	delete(d.names, e.ID)
}

func (d *directory) enter(e *schema.Entity) {
	with := func(list []*schema.Entity) []*schema.Entity {
		at, _ := slices.BinarySearchFunc(list, e, compareEntities)
		return slices.Insert(list, at, e)
	}
	for _, kind := range []schema.Kind{"", e.Kind} {
		d.byKind[kind] = with(d.byKind[kind])
	}
	d.byID[e.ID], d.names[e.ID] = e, normalNames(e)
	for _, name := range d.names[e.ID] {
		d.byName[name] = with(slices.Clone(d.byName[name]))
	}
}

// How many reports, and entities or passages, are read at a time for the index.
const (
	indexBatch = 32
	readBatch  = 4096
)

// ahead yields what is read of keys, a batch at a time and in order, while the next
// batches are being read, on all processors.
func ahead[K, V any](ctx context.Context, keys []K, size int, read func(context.Context, []K) (V, error)) iter.Seq2[V, error] {
	type batch struct {
		value V
		err   error
	}
	readOne := func(ctx context.Context, some []K) (b batch) {
		defer func() {
			if panicked := recover(); panicked != nil {
				b.err = fmt.Errorf("panic: %v\n%s", panicked, debug.Stack())
			}
		}()
		b.value, b.err = read(ctx, some)
		return b
	}
	return func(yield func(V, error) bool) {
		asked := ctx
		ctx, stop := context.WithCancel(ctx)
		defer stop()
		underway := make(chan chan batch, runtime.GOMAXPROCS(0))
		go func() {
			defer close(underway)
			for some := range slices.Chunk(keys, size) {
				made := make(chan batch, 1)
				select {
				case underway <- made:
				case <-ctx.Done():
					return
				}
				go func() { made <- readOne(ctx, some) }()
			}
		}()
		for made := range underway {
			if b := <-made; !yield(b.value, b.err) || b.err != nil {
				return
			}
		}
		if err := asked.Err(); err != nil { // some may not have been read
			var none V
			yield(none, err)
		}
	}
}

func (d *directory) buildSearch(ctx context.Context, store Store) (*searchable, error) {
	reports, err := store.ReportIDs(ctx)
	if err != nil {
		return nil, err
	}
	passages, err := store.PassagesOf(ctx, reports)
	if err != nil {
		return nil, err
	}
	everything := schema.Touched{Reports: reports, Passages: slices.Concat(passages...), Entities: slices.Collect(maps.Keys(d.byID))}
	return (&searchable{index: &search.Index{}}).update(ctx, store, d.byID, everything)
}

// update returns what can be searched when that which was touched is what the
// store says.
func (s *searchable) update(ctx context.Context, store Store, entities map[string]*schema.Entity, touched schema.Touched) (*searchable, error) {
	if len(touched.Reports)+len(touched.Passages)+len(touched.Entities) == 0 {
		return s, nil
	}
	next := &searchable{index: s.index, named: maps.Clone(s.named), reports: s.reports.Clone(), regions: slices.Clone(s.regions)}
	if s.named == nil {
		next.named = map[string]named{}
	}
	if err := next.countNamings(ctx, store, touched); err != nil {
		return nil, err
	}
	var err error
	documents := func(yield func(search.Document) bool) {
		for passages, failed := range ahead(ctx, touched.Passages, readBatch, store.Passages) {
			if err = failed; err != nil {
				return
			}
			for _, p := range existing(passages) {
				if !yield(search.Document{ID: p.ID, Text: p.Text}) {
					return
				}
			}
		}
		for _, id := range touched.Entities {
			if e := entities[id]; e != nil && !yield(search.Document{ID: e.ID, Kind: e.Kind, Name: e.Name, Aliases: e.Aliases, Weight: next.named[id].paragraphs}) {
				return
			}
		}
	}
	next.index = s.index.With(documents, slices.Concat(touched.Passages, touched.Entities))
	return next, err
}

// countNamings counts anew where entities are named in the touched reports.
func (s *searchable) countNamings(ctx context.Context, store Store, touched schema.Touched) error {
	reports, err := store.Reports(ctx, touched.Reports)
	if err != nil {
		return err
	}
	recounted := map[uint32]bool{}
	for i, id := range touched.Reports {
		n := s.reports.Number(id)
		if int(n) == len(s.regions) {
			s.regions = append(s.regions, "")
		}
		recounted[n] = true
		if s.regions[n] = ""; reports[i] != nil {
			s.regions[n] = reports[i].RegionID
		}
	}
	found := map[string][]naming{}
	for _, id := range touched.Entities {
		found[id] = nil // it may be named nowhere any more
	}
	for batch, err := range ahead(ctx, touched.Reports, indexBatch, func(ctx context.Context, reports []string) ([]factsByPassage, error) {
		return readFacts(ctx, store, reports)
	}) {
		if err != nil {
			return err
		}
		for _, said := range batch {
			report := s.reports.Number(said.report)
			for _, f := range said.passages {
				for _, id := range f.Entities {
					if list := found[id]; len(list) > 0 && list[len(list)-1].report == report {
						list[len(list)-1].paragraphs++
					} else {
						found[id] = append(list, naming{report, 1})
					}
				}
			}
		}
	}
	for id, list := range found {
		for _, old := range s.named[id].in {
			if !recounted[old.report] {
				list = append(list, old)
			}
		}
		if len(list) == 0 {
			delete(s.named, id)
			continue
		}
		n := named{in: slices.Clone(list)} // without the room to grow
		var regions []string
		for _, in := range list {
			n.paragraphs += int(in.paragraphs)
			if region := s.regions[in.report]; region != "" {
				regions = append(regions, region)
			}
		}
		slices.Sort(regions)
		n.regions = slices.Clone(slices.Compact(regions))
		s.named[id] = n
	}
	return nil
}

// factsByPassage is what each passage of a report is evidence of.
type factsByPassage struct {
	report   string
	passages []schema.Facts
}

func readFacts(ctx context.Context, store Store, reports []string) ([]factsByPassage, error) {
	passages, err := store.PassagesOf(ctx, reports)
	if err != nil {
		return nil, err
	}
	facts, err := store.FactsIn(ctx, slices.Concat(passages...))
	if err != nil {
		return nil, err
	}
	said := make([]factsByPassage, len(reports))
	for i, report := range reports {
		n := len(passages[i])
		said[i] = factsByPassage{report, facts[:n]}
		facts = facts[n:]
	}
	return said, nil
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

func compareEntities(a, b *schema.Entity) int {
	return byName.compare(entityPosition(a), entityPosition(b))
}

func entityPosition(e *schema.Entity) position { return position{e.Name, e.ID} }

// sortEntities sorts entities by name and leaves out those that are gone.
func sortEntities(entities []*schema.Entity) []*schema.Entity {
	sorted := existing(entities)
	slices.SortFunc(sorted, compareEntities)
	return sorted
}
