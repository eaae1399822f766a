package graph

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"sync"

	cayley "github.com/cayleygraph/cayley/graph"
	cayleykv "github.com/cayleygraph/cayley/graph/kv"
	"github.com/cayleygraph/cayley/graph/memstore"
	"github.com/cayleygraph/cayley/graph/proto"
	"github.com/cayleygraph/quad"
	"github.com/hidal-go/hidalgo/kv"
	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

// Backend is one way of keeping the quads.
type Backend struct {
	Name       string
	Persistent bool // whether what is put outlives the Store
	// Open opens the store in the folder dir, which a backend that is not
	// persistent leaves alone.
	Open func(ctx context.Context, dir string, opts ...Option) (*Store, error)
}

// Backends lists the backends.
var Backends = []Backend{
	{"bbolt", true, Open},
	{"memory", false, func(ctx context.Context, _ string, opts ...Option) (*Store, error) { return OpenMemory(ctx, opts...) }},
}

// backend runs functions on a consistent state of the quads.
type backend interface {
	view(func(*snapshot) error) error
	// update commits what the function did and counts the version up, both or
	// neither; when the function reports no change or an error, nothing is done.
	update(func(*snapshot) (changed bool, err error)) error
	bytes() (int64, error)
	close() error
}

// snapshot is one state of the quads, valid inside view or update.
type snapshot struct {
	qs      cayley.QuadStore // bare: a handle from NewGraph would skip the optimizer
	tx      kv.Tx            // nil in memory
	version uint64
	applied []step // in memory, to be taken back
}

// step is what was added and deleted together.
type step struct{ add, remove []quad.Quad }

// quads gives the live quads that have node at direction d, and pred as
// their predicate unless that is nil.
func (s *snapshot) quads(ctx context.Context, d quad.Direction, node, pred cayley.Ref) ([]cayley.Ref, error) {
	var it cayley.Iterator
	if qs, ok := s.qs.(*cayleykv.QuadStore); ok && pred != nil {
		index := subjectIndex
		if d == quad.Object {
			index = objectIndex
		}
		it = cayleykv.NewQuadIterator(qs, index, []uint64{uint64(node.(cayleykv.Int64Value)), uint64(pred.(cayleykv.Int64Value))})
		pred = nil
	} else {
		it = s.qs.QuadIterator(d, node)
	}
	var found []cayley.Ref
	for it.Next(ctx) {
		q := it.Result()
		if pred == nil || s.qs.QuadDirection(q, quad.Predicate) == pred {
			found = append(found, q)
		}
	}
	return found, errors.Join(it.Err(), it.Close(), ctx.Err())
}

// refs resolves nodes; nil stands for one that is not in the graph.
func (s *snapshot) refs(ctx context.Context, nodes []quad.Value) ([]cayley.Ref, error) {
	if batch, ok := s.qs.(cayley.BatchQuadStore); ok {
		refs, err := batch.RefsOf(ctx, nodes)
		if err != nil {
			return nil, err
		}
		for i, ref := range refs {
			if ref == cayleykv.Int64Value(0) {
				refs[i] = nil
			}
		}
		return refs, nil
	}
	refs := make([]cayley.Ref, len(nodes))
	for i, node := range nodes {
		refs[i] = s.qs.ValueOf(node)
	}
	return refs, nil
}

// apply adds and deletes quads. Those to add must not be there yet and those to
// delete must be, or Cayley's reference counts go wrong.
func (s *snapshot) apply(add, remove []quad.Quad) error {
	if s.tx == nil {
		s.applied = append(s.applied, step{add, remove})
	}
	for _, step := range []struct {
		quads  []quad.Quad
		action cayley.Procedure
	}{{add, cayley.Add}, {remove, cayley.Delete}} {
		if len(step.quads) == 0 {
			continue
		}
		deltas := make([]cayley.Delta, len(step.quads))
		for i, q := range step.quads {
			deltas[i] = cayley.Delta{Quad: q, Action: step.action}
		}
		if err := s.qs.ApplyDeltas(deltas, cayley.IgnoreOpts{}); err != nil {
			return err
		}
	}
	return nil
}

// prune takes deleted quads out of the log and of the posting lists, where
// Cayley leaves them marked as dead for ever.
func (s *snapshot) prune(ctx context.Context, dead []cayley.Ref) error {
	if s.tx == nil {
		return nil
	}
	gone := make(map[uint64]bool, len(dead))
	keys := make(map[string]kv.Key)
	for _, ref := range dead {
		p, ok := ref.(*proto.Primitive)
		if !ok {
			return fmt.Errorf("cayley gave a %T for a quad", ref)
		}
		gone[p.ID] = true
		if err := s.tx.Del(kv.Key{[]byte("log"), binary.BigEndian.AppendUint64(nil, p.ID)}); err != nil {
			return err
		}
		for _, index := range quadIndexes {
			key := index.KeyFor(p)
			keys[string(key[0])+string(key[1])] = key
		}
	}
	for _, key := range keys {
		list, err := s.tx.Get(ctx, key)
		if errors.Is(err, kv.ErrNotFound) {
			continue
		} else if err != nil {
			return err
		}
		var kept []byte
		for len(list) > 0 {
			id, n := binary.Uvarint(list)
			if n <= 0 {
				return fmt.Errorf("%w: a posting list ends inside a number", ErrDamaged)
			}
			if !gone[id] {
				kept = append(kept, list[:n]...)
			}
			list = list[n:]
		}
		if len(kept) == 0 {
			err = s.tx.Del(key)
		} else {
			err = s.tx.Put(key, kept)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Cayley's default indexes make hops through a hub scan it. The label's index
// finds all that a report says; it has one list for each report.
var (
	subjectIndex = cayleykv.QuadIndex{Dirs: []quad.Direction{quad.Subject, quad.Predicate}}
	objectIndex  = cayleykv.QuadIndex{Dirs: []quad.Direction{quad.Object, quad.Predicate}}
	labelIndex   = cayleykv.QuadIndex{Dirs: []quad.Direction{quad.Label}}
	quadIndexes  = []cayleykv.QuadIndex{subjectIndex, objectIndex, labelIndex}
)

var settingIndexes sync.Mutex

// initQuads makes an empty Cayley database with our indexes, which Cayley takes
// from a global variable.
func initQuads(db kv.KV) error {
	settingIndexes.Lock()
	defer settingIndexes.Unlock()
	before := cayleykv.DefaultQuadIndexes
	cayleykv.DefaultQuadIndexes = quadIndexes
	defer func() { cayleykv.DefaultQuadIndexes = before }()
	return cayleykv.Init(db, nil)
}

// memoryBackend keeps the quads in Cayley's memstore, which races when it is
// read during a write.
type memoryBackend struct {
	mu      sync.RWMutex
	qs      *memstore.QuadStore
	version uint64
}

func (m *memoryBackend) view(f func(*snapshot) error) error {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return f(&snapshot{qs: m.qs, version: m.version})
}

func (m *memoryBackend) update(f func(*snapshot) (bool, error)) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	snap := &snapshot{qs: m.qs, version: m.version}
	changed, err := f(snap)
	if changed && err == nil {
		m.version++
		return nil
	}
	for _, done := range slices.Backward(slices.Clone(snap.applied)) {
		err = errors.Join(err, snap.apply(done.remove, done.add))
	}
	return err
}

func (m *memoryBackend) bytes() (int64, error) { return 0, nil }
func (m *memoryBackend) close() error          { return nil }

const (
	databaseFile = "graph.bolt"
	// format counts up whenever a database written before can no longer be read.
	format = 1
)

var (
	metaBucket = []byte("lantu")
	formatKey  = []byte("format")
	versionKey = []byte("version")
)

// boltBackend keeps the quads in a bbolt file. Each view and each update is one
// bbolt transaction with a Cayley store of its own on it, so that none of
// Cayley's caches outlives the state that it was filled from.
type boltBackend struct {
	db   *bbolt.DB
	path string
}

// openBolt opens the database in dir, and makes it unless it must exist.
func openBolt(dir string, o options) (b *boltBackend, err error) {
	path := filepath.Join(dir, databaseFile)
	isNew, err := checkFolder(dir, o.readOnly || o.mustExist)
	if err != nil {
		return nil, err
	}
	b = &boltBackend{path: path}
	defer func() {
		if err == nil {
			return
		}
		if b.db != nil {
			err = errors.Join(err, b.db.Close())
		}
		if isNew && !errors.Is(err, ErrLocked) {
			err = errors.Join(err, os.Remove(path))
		}
		b = nil
	}()
	err = b.guard(func() error {
		b.db, err = bbolt.Open(path, 0o644, &bbolt.Options{
			Timeout:      o.lockTimeout,
			ReadOnly:     o.readOnly,
			FreelistType: bbolt.FreelistMapType,
		})
		return err
	})
	switch {
	case errors.Is(err, bolterrors.ErrTimeout):
		return b, fmt.Errorf("%w in %s: stop the other lantu (serve or load) or choose another --db", ErrLocked, dir)
	case errors.Is(err, bolterrors.ErrInvalid), errors.Is(err, bolterrors.ErrChecksum), errors.Is(err, bolterrors.ErrVersionMismatch):
		return b, fmt.Errorf("%w: %s: %w; restore it from a copy, or delete the folder and load the reports again", ErrDamaged, path, err)
	case err != nil:
		return b, fmt.Errorf("open database %s: %w", path, err)
	}
	if !o.readOnly {
		if err := b.guard(b.init); err != nil {
			return b, fmt.Errorf("open database %s: %w", path, err)
		}
	}
	return b, b.guard(b.check)
}

// checkFolder refuses a folder that is there but holds something else, and
// makes one that is missing, unless it must exist. isNew says that there is no database yet.
func checkFolder(dir string, mustExist bool) (isNew bool, err error) {
	if _, err := os.Stat(filepath.Join(dir, databaseFile)); err == nil {
		return false, nil
	} else if !errors.Is(err, fs.ErrNotExist) {
		return false, fmt.Errorf("%w in %s: %w", ErrNoDatabase, dir, err)
	}
	entries, err := os.ReadDir(dir)
	switch {
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return false, fmt.Errorf("%w in %s: %w", ErrNoDatabase, dir, err)
	case mustExist:
		return false, fmt.Errorf("%w in %s: load a report into it first, or start it for an admin, who loads in the browser (lantu serve --role admin)", ErrNoDatabase, dir)
	case len(entries) > 0:
		return false, fmt.Errorf("%w in %s: the folder holds other files (%s); give a new or empty folder", ErrNoDatabase, dir, entries[0].Name())
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return false, fmt.Errorf("make database folder: %w", err)
	}
	return true, nil
}

// init makes the buckets of a new database, all or none.
func (b *boltBackend) init() error {
	return b.db.Update(func(tx *bbolt.Tx) error {
		if name, _ := tx.Cursor().First(); name != nil {
			return nil
		}
		meta, err := tx.CreateBucket(metaBucket)
		if err != nil {
			return err
		}
		if err := meta.Put(formatKey, binary.BigEndian.AppendUint64(nil, format)); err != nil {
			return err
		}
		if err := meta.Put(versionKey, binary.BigEndian.AppendUint64(nil, 0)); err != nil {
			return err
		}
		quads, err := lend(tx)
		if err != nil {
			return err
		}
		return initQuads(quads)
	})
}

// check refuses what was not written by Lantu, or not by this one.
func (b *boltBackend) check() error {
	return b.db.View(func(tx *bbolt.Tx) error {
		// Beyond the end of the file a read would fault.
		if info, err := os.Stat(b.path); err != nil {
			return err
		} else if info.Size() < tx.Size() {
			return fmt.Errorf("%w: %s ends at byte %d of %d; restore it from a copy, or delete the folder and load the reports again", ErrDamaged, b.path, info.Size(), tx.Size())
		}
		meta := tx.Bucket(metaBucket)
		if meta == nil {
			return fmt.Errorf("%w: %s is a bbolt file of some other program", ErrNoDatabase, b.path)
		}
		found, err := readCount(meta, formatKey)
		if err != nil {
			return fmt.Errorf("%s: %w", b.path, err)
		}
		if found > format {
			return fmt.Errorf("%w: %s has format %d, this lantu reads up to %d; use a newer lantu", ErrNewerFormat, b.path, found, format)
		}
		return nil
	})
}

func readCount(meta *bbolt.Bucket, key []byte) (uint64, error) {
	v := meta.Get(key)
	if len(v) != 8 {
		return 0, fmt.Errorf("%w: no %s in it", ErrDamaged, key)
	}
	return binary.BigEndian.Uint64(v), nil
}

func (b *boltBackend) snapshot(tx *bbolt.Tx) (*snapshot, error) {
	meta := tx.Bucket(metaBucket)
	if meta == nil {
		return nil, fmt.Errorf("%w: no %s in it", ErrDamaged, metaBucket)
	}
	version, err := readCount(meta, versionKey)
	if err != nil {
		return nil, err
	}
	lent, err := lend(tx)
	if err != nil {
		return nil, err
	}
	// Without this option each store would hold Bloom filters of 80 MB.
	qs, err := cayleykv.New(lent, cayley.Options{cayleykv.OptNoBloom: true})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	keys, err := lent.Tx(tx.Writable())
	if err != nil {
		return nil, err
	}
	return &snapshot{qs: qs, tx: keys, version: version}, nil
}

func (b *boltBackend) view(f func(*snapshot) error) error {
	return b.guard(func() error {
		return b.db.View(func(tx *bbolt.Tx) error {
			s, err := b.snapshot(tx)
			if err != nil {
				return err
			}
			return f(s)
		})
	})
}

var errUnchanged = errors.New("unchanged")

func (b *boltBackend) update(f func(*snapshot) (bool, error)) error {
	err := b.guard(func() error {
		return b.db.Update(func(tx *bbolt.Tx) error {
			s, err := b.snapshot(tx)
			if err != nil {
				return err
			}
			changed, err := f(s)
			if err != nil {
				return err
			}
			if !changed {
				return errUnchanged // rolls back, sparing the disk
			}
			return tx.Bucket(metaBucket).Put(versionKey, binary.BigEndian.AppendUint64(nil, s.version+1))
		})
	})
	if errors.Is(err, errUnchanged) {
		return nil
	}
	return err
}

// guard turns the panics and faults that bbolt answers a damaged file with
// into errors.
func (b *boltBackend) guard(f func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			what, _, _ := strings.Cut(fmt.Sprint(p), "\n")
			err = fmt.Errorf("%w: %s: %s; restore it from a copy, or delete the folder and load the reports again", ErrDamaged, b.path, what)
		}
	}()
	return f()
}

func (b *boltBackend) bytes() (int64, error) {
	info, err := os.Stat(b.path)
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

func (b *boltBackend) close() error { return b.db.Close() }
