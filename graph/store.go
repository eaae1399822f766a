package graph

import (
	"context"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/memstore"
	"github.com/cayleygraph/quad"
	"golang.org/x/sync/errgroup"

	"github.com/lantu-kg/lantu/graph/curate"
	"github.com/lantu-kg/lantu/schema"
)

// Store keeps readings and answers what they say. Its methods may be called
// from several goroutines: a read sees one state of the graph, writes wait for
// each other. What the methods return is shared and must not be changed.
type Store struct {
	backend     backend
	readOnly    bool
	changeLimit int
	cache       *cache
	catalogue   catalogue
	counts      counters
	journal     journal
	touched     touched

	changing sync.Mutex    // guards changed
	changed  chan struct{} // closed at the next change of the graph

	writing chan struct{} // holds a value while a write runs
	life    sync.RWMutex  // read-locked by whatever uses the backend
	closed  bool
}

type options struct {
	readOnly    bool
	mustExist   bool
	lockTimeout time.Duration
	cacheSize   int
	changeLimit int
}

// Option changes how a store is opened.
type Option func(*options)

// ReadOnly opens a database that is there for reading. Several processes may
// do so at once, but none while another one has it open for writing.
func ReadOnly() Option { return func(o *options) { o.readOnly = true } }

// MustExist gives [ErrNoDatabase] rather than make a database that is not there.
func MustExist() Option { return func(o *options) { o.mustExist = true } }

// LockTimeout sets how long to wait for another process that holds the
// database; one second unless set.
func LockTimeout(d time.Duration) Option { return func(o *options) { o.lockTimeout = d } }

// CacheSize sets how many things are kept in memory as they were read, 65,536 unless
// set. A list of what leads to or from an entity is one, however long it is.
func CacheSize(n int) Option { return func(o *options) { o.cacheSize = n } }

// ChangeLimit sets how many reports one change of a claim, an observation or an entity
// may concern, 500 unless set. While it is made, other writes wait.
func ChangeLimit(n int) Option { return func(o *options) { o.changeLimit = n } }

func newOptions(opts []Option) options {
	o := options{lockTimeout: time.Second, cacheSize: 1 << 16, changeLimit: 500}
	for _, opt := range opts {
		opt(&o)
	}
	o.lockTimeout = max(o.lockTimeout, time.Millisecond) // bbolt waits for ever at 0
	return o
}

// Open opens the database in the folder dir, and makes both when there are
// none. The errors are [ErrLocked], [ErrNoDatabase], [ErrNewerFormat] and
// [ErrDamaged], or what the file system says.
func Open(ctx context.Context, dir string, opts ...Option) (*Store, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	o := newOptions(opts)
	b, err := openBolt(dir, o)
	if err != nil {
		return nil, err
	}
	return newStore(ctx, b, o)
}

// OpenMemory opens an empty store that is gone when it is closed.
func OpenMemory(ctx context.Context, opts ...Option) (*Store, error) {
	return newStore(ctx, &memoryBackend{qs: memstore.New()}, newOptions(opts))
}

func newStore(ctx context.Context, b backend, o options) (*Store, error) {
	s := &Store{backend: b, readOnly: o.readOnly, changeLimit: o.changeLimit, writing: make(chan struct{}, 1), changed: make(chan struct{})}
	if err := s.view(ctx, "Version", func(r *reader) error {
		s.cache = newCache(o.cacheSize, r.snap.version)
		s.touched.from = r.snap.version
		return nil
	}); err != nil {
		return nil, fmt.Errorf("%w; close: %w", err, b.close())
	}
	return s, nil
}

// Close ends the store after the reads and writes that are under way. Closing
// it again does nothing.
func (s *Store) Close() error {
	s.life.Lock()
	defer s.life.Unlock()
	if s.closed {
		return nil
	}
	s.closed = true
	return s.backend.close()
}

// use keeps the store open until the function that it returns is called.
func (s *Store) use(ctx context.Context) (func(), error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.life.RLock()
	if s.closed {
		s.life.RUnlock()
		return nil, ErrClosed
	}
	return s.life.RUnlock, nil
}

// Put keeps readings, all of them or, when there is an error, nothing. Each
// replaces what the same report said before and does nothing when that is the
// same. An unfit reading is refused with [ErrInvalid]; see [Validate]. Many at
// once take less time than one by one, unless the graph holds less than they do:
// bbolt is slow where much is new side by side.
func (s *Store) Put(ctx context.Context, readings ...*schema.Reading) error {
	ids := make([]string, len(readings))
	for i, reading := range readings {
		if err := Validate(reading); err != nil {
			return err
		}
		ids[i] = reading.Report.ID
	}
	return s.write(ctx, "report "+strings.Join(ids, ", "), func(r *reader, standing []*schema.ChangeRecord) (*change, error) {
		settled := make([]*settlement, len(readings))
		var group errgroup.Group
		group.SetLimit(runtime.GOMAXPROCS(0))
		for i, reading := range readings {
			group.Go(func() (err error) {
				settled[i], err = settle(reading, standing)
				return err
			})
		}
		if err := group.Wait(); err != nil {
			return nil, err
		}
		return r.commit(settled, nil)
	})
}

// Remove takes away what the report says and no other report does too. It
// gives [ErrNotFound] when the report is not in the graph.
func (s *Store) Remove(ctx context.Context, reportID string) error {
	return s.write(ctx, "report "+reportID, func(r *reader, _ []*schema.ChangeRecord) (*change, error) {
		ch, err := r.commit([]*settlement{{report: reportID}}, nil)
		if err == nil && ch == nil {
			err = ErrNotFound
		}
		return ch, err
	})
}

// write runs one write at a time; a nil change says that there is none.
// f is given the changes that stand.
func (s *Store) write(ctx context.Context, what string, f func(*reader, []*schema.ChangeRecord) (*change, error)) error {
	done, err := s.use(ctx)
	if err != nil {
		return err
	}
	defer done()
	if s.readOnly {
		return ErrReadOnly
	}
	select {
	case s.writing <- struct{}{}:
		defer func() { <-s.writing }()
	case <-ctx.Done():
		return ctx.Err()
	}
	var ch *change
	err = s.backend.update(func(snap *snapshot) (bool, error) {
		var err error
		r := newReader(ctx, nil, snap)
		journal, err := s.journal.all(r)
		if err != nil {
			return false, err
		}
		standing, _ := curate.Standing(journal)
		ch, err = f(r, standing)
		return ch != nil && err == nil, err
	})
	if err != nil {
		return fmt.Errorf("write %s: %w", what, err)
	}
	if ch != nil {
		s.counts.writes.Add(1)
		var keys []cacheKey
		for _, e := range ch.edits {
			keys = append(keys, e.affectedCache...)
		}
		s.journal.add(ch.records)
		s.touched.add(ch) // before anybody sees the version
		s.cache.advance(ch.version, keys)
		s.catalogue.follow(ch)
		s.tellChanged()
	}
	return nil
}

// Changed gives a channel that is closed when the graph next changes.
func (s *Store) Changed() <-chan struct{} {
	s.changing.Lock()
	defer s.changing.Unlock()
	return s.changed
}

func (s *Store) tellChanged() {
	s.changing.Lock()
	defer s.changing.Unlock()
	close(s.changed)
	s.changed = make(chan struct{})
}

// replace makes what was settled all that its report says. It gives nil when that is
// the same.
func (r *reader) replace(s *settlement) (*edit, error) {
	old, err := r.digests([]string{s.report})
	if err != nil {
		return nil, err
	}
	if old[0] == s.digest {
		return nil, nil // the same, or removed already
	}
	var (
		had    *contents
		remove []quad.Quad
		dead   []cayley.Ref
	)
	add := s.quads
	if old[0] != "" {
		list, err := r.contents([]string{s.report})
		if err != nil {
			return nil, err
		}
		had = list[0]
		if s.said == nil {
			if s.said, err = r.said(s.report); err != nil {
				return nil, err
			}
		}
		add, remove, dead = s.said.compare(s.quads)
	}
	if err := r.snap.apply(add, remove); err != nil {
		return nil, err
	}
	if err := r.snap.prune(r.ctx, dead); err != nil {
		return nil, err
	}
	gone, err := newReader(r.ctx, nil, r.snap).unsaid(minus(had, s.has))
	if err != nil {
		return nil, err
	}
	changed := slices.Concat(add, remove)
	added := minus(s.has, had)
	before, err := had.tellings()
	if err != nil {
		return nil, err
	}
	now, err := s.has.tellings()
	if err != nil {
		return nil, err
	}
	return &edit{
		report: s.report, reportThere: s.has != nil,
		added: added, gone: gone, joined: leading(now.claims, added.Claims), split: leading(before.claims, gone.Claims),
		entities: retelling(before.entities, now.entities),
		claims:   retelling(before.claims, now.claims), observations: retelling(before.observations, now.observations),
		affectedCache: affected(changed), touched: touchedBy(changed),
	}, nil
}

// compare tells the quads that are not said yet, and those, with their references,
// that are said and shall not be.
func (s *said) compare(quads []quad.Quad) (add, remove []quad.Quad, dead []cayley.Ref) {
	wanted := make(map[quad.Quad]bool, len(quads))
	for _, q := range quads {
		wanted[q] = true
	}
	for i, q := range s.quads {
		if wanted[q] {
			delete(wanted, q)
			continue
		}
		remove = append(remove, q)
		dead = append(dead, s.refs[i])
	}
	add = make([]quad.Quad, 0, len(wanted))
	for _, q := range quads {
		if wanted[q] {
			add = append(add, q)
		}
	}
	return add, remove, dead
}

// unsaid keeps of what has lists, but for observations, what no report says any more.
func (r *reader) unsaid(has *contents) (*contents, error) {
	var err error
	filter := func(ids []string, predicate quad.IRI) []string {
		var said [][]statement
		if err == nil {
			said, err = r.out(ids, predicate)
		}
		if err != nil {
			return nil
		}
		var gone []string
		for i, id := range ids {
			if len(said[i]) == 0 {
				gone = append(gone, id)
			}
		}
		return gone
	}
	for kind, ids := range has.Entities {
		has.Entities[kind] = filter(ids, hasEntity)
	}
	for relation, ids := range has.Claims {
		has.Claims[relation] = filter(ids, hasClaim)
	}
	has.Rejected = filter(has.Rejected, hasRejected)
	has.RejectedObservations = filter(has.RejectedObservations, hasRejectedObservation)
	return has, err
}

// minus gives what is in a and not in b.
func minus(a, b *contents) *contents {
	out := &contents{Entities: map[schema.Kind][]string{}, Claims: map[schema.Relation][]string{}}
	if a == nil {
		return out
	}
	if b == nil {
		b = &contents{}
	}
	for kind, ids := range a.Entities {
		out.Entities[kind] = without(ids, b.Entities[kind])
	}
	for relation, ids := range a.Claims {
		out.Claims[relation] = without(ids, b.Claims[relation])
	}
	out.Observations = without(a.Observations, b.Observations)
	out.Rejected = without(a.Rejected, b.Rejected)
	out.RejectedObservations = without(a.RejectedObservations, b.RejectedObservations)
	return out
}

// without gives the ids that are not among the sorted others.
func without(ids, others []string) []string {
	var out []string
	for _, id := range ids {
		if _, found := slices.BinarySearch(others, id); !found {
			out = append(out, id)
		}
	}
	return out
}

// affected gives the cache keys of all that is different when quads are said, or are
// no longer: of the thing that a quad is said of, and of the lists of the entity that
// it leads to.
func affected(quads []quad.Quad) []cacheKey {
	keys := map[cacheKey]bool{}
	for _, q := range quads {
		switch subject := plain(q.Subject); q.Predicate {
		case hasSections, hasMentions:
			keys[cacheKey{q.Predicate.(quad.IRI), subject}] = true
		default:
			keys[cacheKey{"", subject}] = true
		}
		if id, ok := q.Object.(quad.IRI); ok {
			for _, list := range entityLists {
				keys[cacheKey{list, string(id)}] = true
			}
		}
	}
	return slices.Collect(maps.Keys(keys))
}

// Stats are counts since the store was opened.
type Stats struct {
	Reads       map[string]uint64 // calls of each reading method: the round trips
	Writes      uint64            // that changed something
	CacheHits   uint64
	CacheMisses uint64
}

// Total is the number of round trips, all methods together.
func (s Stats) Total() uint64 {
	var n uint64
	for _, c := range s.Reads {
		n += c
	}
	return n
}

type counters struct {
	mu                   sync.Mutex
	reads                map[string]uint64
	writes, hits, misses atomic.Uint64
}

func (c *counters) read(method string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.reads == nil {
		c.reads = make(map[string]uint64)
	}
	c.reads[method]++
}

// Stats gives the counts so far.
func (s *Store) Stats() Stats {
	s.counts.mu.Lock()
	defer s.counts.mu.Unlock()
	return Stats{maps.Clone(s.counts.reads), s.counts.writes.Load(), s.counts.hits.Load(), s.counts.misses.Load()}
}

// Size says how much is kept.
type Size struct {
	Quads int64
	Bytes int64 // on disk; 0 in memory
}

// Size gives the size of the graph.
func (s *Store) Size(ctx context.Context) (Size, error) {
	var size Size
	err := s.view(ctx, "Size", func(r *reader) error {
		stats, err := r.snap.qs.Stats(ctx, false)
		if err != nil {
			return err
		}
		size.Quads = stats.Quads.Size
		size.Bytes, err = s.backend.bytes()
		return err
	})
	return size, err
}
