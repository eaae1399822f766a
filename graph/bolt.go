package graph

import (
	"bytes"
	"context"
	"errors"

	"github.com/hidal-go/hidalgo/kv"
	"github.com/hidal-go/hidalgo/kv/flat"
	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

var quadBucket = []byte("cayley")

// fillPercent is how full bbolt leaves the pages that it splits. Keys partly
// grow in order and are partly spread at random; at 0.8 a database is smallest,
// a quarter smaller than at the usual 0.5.
const fillPercent = 0.8

// boltTx shows one bucket of a bbolt transaction to Cayley as a flat key-value
// store.
type boltTx struct {
	tx     *bbolt.Tx
	bucket *bbolt.Bucket // nil when nothing was ever written
}

func newBoltTx(tx *bbolt.Tx) (*boltTx, error) {
	if !tx.Writable() {
		return &boltTx{tx: tx, bucket: tx.Bucket(quadBucket)}, nil
	}
	bucket, err := tx.CreateBucketIfNotExists(quadBucket)
	if err != nil {
		return nil, errors.Join(err, tx.Rollback())
	}
	bucket.FillPercent = fillPercent
	return &boltTx{tx: tx, bucket: bucket}, nil
}

func (t *boltTx) Get(_ context.Context, key flat.Key) (flat.Value, error) {
	if t.bucket != nil {
		if v := t.bucket.Get(key); v != nil {
			return v, nil
		}
	}
	return nil, flat.ErrNotFound
}

func (t *boltTx) GetBatch(ctx context.Context, keys []flat.Key) ([]flat.Value, error) {
	return flat.GetBatch(ctx, t, keys)
}

func (t *boltTx) Put(key flat.Key, value flat.Value) error {
	if !t.tx.Writable() {
		return flat.ErrReadOnly
	}
	// Cayley makes a bucket by writing nothing under an empty last key part.
	if len(value) == 0 && bytes.HasSuffix(key, []byte{'/'}) {
		return nil
	}
	return t.bucket.Put(key, value)
}

func (t *boltTx) Del(key flat.Key) error {
	if !t.tx.Writable() {
		return flat.ErrReadOnly
	}
	return t.bucket.Delete(key)
}

func (t *boltTx) Scan(prefix flat.Key) flat.Iterator {
	it := &boltIterator{prefix: prefix}
	if t.bucket != nil {
		it.cursor = t.bucket.Cursor()
	}
	return it
}

func (t *boltTx) Commit(context.Context) error { return t.tx.Commit() }

func (t *boltTx) Close() error {
	if err := t.tx.Rollback(); !errors.Is(err, bolterrors.ErrTxClosed) {
		return err
	}
	return nil
}

// boltIterator walks the keys that begin with prefix, in order.
type boltIterator struct {
	prefix     flat.Key
	cursor     *bbolt.Cursor // nil at the end
	begun      bool
	key, value []byte
}

// Next ignores the context: Cayley would take an early end for the last key.
func (it *boltIterator) Next(context.Context) bool {
	if it.cursor == nil {
		return false
	}
	if it.begun {
		it.key, it.value = it.cursor.Next()
	} else {
		it.begun = true
		it.key, it.value = it.cursor.Seek(it.prefix)
	}
	if it.key == nil || !bytes.HasPrefix(it.key, it.prefix) {
		it.cursor, it.key, it.value = nil, nil, nil
		return false
	}
	return true
}

func (it *boltIterator) Key() flat.Key   { return it.key }
func (it *boltIterator) Val() flat.Value { return it.value }
func (it *boltIterator) Err() error      { return nil }

func (it *boltIterator) Close() error {
	it.cursor = nil
	return nil
}

// lentKV lends one transaction to Cayley, which begins and ends one for each
// thing it does: all of these then see the same data, and commit together when
// the lender does.
type lentKV struct{ tx *boltTx }

func (l lentKV) Tx(bool) (flat.Tx, error) { return lentTx{l.tx}, nil }
func (l lentKV) Close() error             { return nil }

type lentTx struct{ *boltTx }

func (lentTx) Commit(context.Context) error { return nil }
func (lentTx) Close() error                 { return nil }

// lend gives tx in the form that Cayley's key-value store takes.
func lend(tx *bbolt.Tx) (kv.KV, error) {
	bt, err := newBoltTx(tx)
	if err != nil {
		return nil, err
	}
	return flat.Upgrade(lentKV{bt}), nil
}
