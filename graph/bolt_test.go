package graph

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	cayley "github.com/cayleygraph/cayley/graph"
	cayleykv "github.com/cayleygraph/cayley/graph/kv"
	cayleytest "github.com/cayleygraph/cayley/graph/kv/kvtest"
	"github.com/hidal-go/hidalgo/kv"
	"github.com/hidal-go/hidalgo/kv/flat"
	kvtest "github.com/hidal-go/hidalgo/kv/kvtest"
	"go.etcd.io/bbolt"
)

// boltKV begins and ends transactions of its own, as the suites of others expect.
type boltKV struct{ db *bbolt.DB }

func (b boltKV) Tx(rw bool) (flat.Tx, error) {
	tx, err := b.db.Begin(rw)
	if err != nil {
		return nil, err
	}
	return newBoltTx(tx)
}

func (b boltKV) Close() error { return b.db.Close() }

func openKV(tb testing.TB) kv.KV {
	db, err := bbolt.Open(filepath.Join(tb.TempDir(), "kv.bolt"), 0o600, &bbolt.Options{NoSync: true})
	if err != nil {
		tb.Fatal(err)
	}
	return flat.Upgrade(boltKV{db})
}

func TestKeyValueSuite(t *testing.T) {
	kvtest.RunTest(t, func(tb testing.TB) (kv.KV, func()) {
		db := openKV(tb)
		return db, func() {
			if err := db.Close(); err != nil {
				tb.Error(err)
			}
		}
	})
}

// TestCayleySuite runs Cayley's own suite on the adapter, with its indexes and
// with ours.
func TestCayleySuite(t *testing.T) {
	// The suite reads data of Cayley's module, from one of its folders.
	dir, err := exec.CommandContext(t.Context(), "go", "list", "-m", "-f", "{{.Dir}}", "github.com/cayleygraph/cayley").Output()
	if err != nil {
		t.Fatalf("find Cayley's module: %v", err)
	}
	t.Chdir(filepath.Join(strings.TrimSpace(string(dir)), "graph"))
	gen := func(tb testing.TB) (kv.KV, cayley.Options, func()) { return openKV(tb), nil, func() {} }
	t.Run("default indexes", func(t *testing.T) { cayleytest.TestAll(t, gen, nil) })
	t.Run("our indexes", func(t *testing.T) {
		settingIndexes.Lock()
		defer settingIndexes.Unlock()
		before := cayleykv.DefaultQuadIndexes
		cayleykv.DefaultQuadIndexes = quadIndexes
		defer func() { cayleykv.DefaultQuadIndexes = before }()
		cayleytest.TestAll(t, gen, nil)
	})
}
