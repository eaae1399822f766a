package graph

import (
	"bytes"
	"encoding/binary"
	"errors"
	"maps"
	"path/filepath"
	"testing"

	"go.etcd.io/bbolt"

	"github.com/lantu-kg/lantu/schema"
)

// smallReading is a report with one passage and one entity.
func smallReading(text string) *schema.Reading {
	r := &schema.Reading{Passages: []schema.Passage{{Text: text, Section: -1}}}
	r.Report.ID, r.Report.Passages = schema.ReportID(r.Passages), 1
	p := &r.Passages[0]
	p.ID, p.ReportID = schema.PassageID(r.Report.ID, 0), r.Report.ID
	e := schema.Entity{Kind: schema.KindPark, Name: text}
	e.ID = schema.EntityID(e.Kind, e.Name, "")
	r.Entities = []schema.Entity{e}
	return r
}

func dump(t *testing.T, s *Store) map[string]string {
	t.Helper()
	keys := map[string]string{}
	if err := s.backend.(*boltBackend).db.View(func(tx *bbolt.Tx) error {
		return tx.Bucket(quadBucket).ForEach(func(k, v []byte) error {
			if !bytes.HasPrefix(k, []byte("meta/")) {
				keys[string(k)] = string(v)
			}
			return nil
		})
	}); err != nil {
		t.Fatal(err)
	}
	return keys
}

// TestRemoveLeavesNothing looks at the keys below Cayley.
func TestRemoveLeavesNothing(t *testing.T) {
	s, err := Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}()
	first, second := smallReading("甲园区"), smallReading("乙园区")
	if err := s.Put(t.Context(), first); err != nil {
		t.Fatal(err)
	}
	before := dump(t, s)
	for range 3 {
		if err := s.Put(t.Context(), second); err != nil {
			t.Fatal(err)
		}
		if len(dump(t, s)) == len(before) {
			t.Fatal("putting wrote nothing")
		}
		if err := s.Remove(t.Context(), second.Report.ID); err != nil {
			t.Fatal(err)
		}
		if after := dump(t, s); !maps.Equal(before, after) {
			t.Fatalf("%d keys after removing, %d before", len(after), len(before))
		}
	}
	if err := s.Remove(t.Context(), first.Report.ID); err != nil {
		t.Fatal(err)
	}
	if left := dump(t, s); len(left) != 0 {
		t.Errorf("%d keys in an empty graph", len(left))
	}
}

func TestFormat(t *testing.T) {
	dir := t.TempDir()
	s, err := Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		change func(*bbolt.Tx) error
		want   error
	}{
		{func(tx *bbolt.Tx) error {
			return tx.Bucket(metaBucket).Put(formatKey, binary.BigEndian.AppendUint64(nil, format+1))
		}, ErrNewerFormat},
		{func(tx *bbolt.Tx) error { return tx.Bucket(metaBucket).Put(formatKey, []byte("x")) }, ErrDamaged},
		{func(tx *bbolt.Tx) error { return tx.DeleteBucket(metaBucket) }, ErrNoDatabase},
	} {
		db, err := bbolt.Open(filepath.Join(dir, databaseFile), 0o600, nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(db.Update(test.change), db.Close()); err != nil {
			t.Fatal(err)
		}
		for _, opts := range [][]Option{nil, {ReadOnly()}} {
			if _, err := Open(t.Context(), dir, opts...); !errors.Is(err, test.want) {
				t.Errorf("got %v, want %v", err, test.want)
			}
		}
	}
}

// TestCacheBound reads more things than the cache may hold.
func TestCacheBound(t *testing.T) {
	s, err := OpenMemory(t.Context(), CacheSize(2))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"甲园区", "乙园区", "丙园区", "丁园区"} {
		if err := s.Put(t.Context(), smallReading(name)); err != nil {
			t.Fatal(err)
		}
	}
	ids, err := s.EntityIDs(t.Context(), schema.KindPark)
	if err != nil || len(ids) != 4 {
		t.Fatal(ids, err)
	}
	for range 2 {
		entities, err := s.Entities(t.Context(), ids)
		if err != nil {
			t.Fatal(err)
		}
		for i, e := range entities {
			if e.ID != ids[i] {
				t.Errorf("%s for %s", e.ID, ids[i])
			}
		}
	}
	if n := s.cache.lru.Len(); n != 2 {
		t.Errorf("%d things in a cache of 2", n)
	}
	stats := s.Stats()
	if stats.Reads["Entities"] != 2 || stats.Reads["EntityIDs"] != 1 || stats.Total() != 4 || stats.Writes != 4 {
		t.Errorf("%+v, want 2 reads of entities, 1 of their ids, 1 of the version and 4 writes", stats)
	}
	if stats.CacheHits+stats.CacheMisses != 8 {
		t.Errorf("%d hits and %d misses of 8 things", stats.CacheHits, stats.CacheMisses)
	}
}
