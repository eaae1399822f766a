package graph_test

import (
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/lantu-kg/lantu/graph"
	"github.com/lantu-kg/lantu/graph/graphtest"
	"github.com/lantu-kg/lantu/schema"
)

func TestMain(m *testing.M) {
	if child := children[os.Getenv(childEnv)]; child != nil {
		child()
		return
	}
	os.Exit(m.Run())
}

func open(t *testing.T, dir string, opts ...graph.Option) *graph.Store {
	t.Helper()
	s, err := graph.Open(t.Context(), dir, opts...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func put(t *testing.T, s *graph.Store, readings ...*schema.Reading) {
	t.Helper()
	for _, r := range readings {
		if err := s.Put(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
}

func check(t *testing.T, s *graph.Store, readings ...*schema.Reading) {
	t.Helper()
	if err := graphtest.Diff(t.Context(), s, readings...); err != nil {
		t.Fatal(err)
	}
}

func closeStore(t *testing.T, s *graph.Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestReopen(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "lantu.db")
	readings := graphtest.Generate(1, 3, graphtest.Small)
	s := open(t, dir)
	put(t, s, readings...)
	v, err := s.Version(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	closeStore(t, s)

	s = open(t, dir)
	check(t, s, readings...)
	if got, err := s.Version(t.Context()); err != nil || got != v {
		t.Errorf("version %d, %v after opening again; it was %d", got, err, v)
	}
	if err := s.Remove(t.Context(), readings[0].Report.ID); err != nil {
		t.Fatal(err)
	}
	check(t, s, readings[1:]...)
	closeStore(t, s)

	reader, another := open(t, dir, graph.ReadOnly()), open(t, dir, graph.ReadOnly())
	check(t, reader, readings[1:]...)
	check(t, another, readings[1:]...)
	if err := reader.Put(t.Context(), readings[0]); !errors.Is(err, graph.ErrReadOnly) {
		t.Errorf("put into a store for reading: %v", err)
	}
	if err := reader.Remove(t.Context(), readings[1].Report.ID); !errors.Is(err, graph.ErrReadOnly) {
		t.Errorf("remove from a store for reading: %v", err)
	}
}

func TestLocked(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	for _, opts := range [][]graph.Option{nil, {graph.ReadOnly()}} {
		_, err := graph.Open(t.Context(), dir, append(opts, graph.LockTimeout(time.Millisecond))...)
		if !errors.Is(err, graph.ErrLocked) || !strings.Contains(err.Error(), dir) || !strings.Contains(err.Error(), "stop the other") {
			t.Errorf("open a held database: %v", err)
		}
	}
	put(t, s, graphtest.Rich())
	closeStore(t, s)
	check(t, open(t, dir), graphtest.Rich())
}

func TestNoDatabase(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "report.txt")
	write(t, file, []byte("政府工作报告"))
	other := t.TempDir()
	write(t, filepath.Join(other, "graph.bolt"), []byte(strings.Repeat("no database at all ", 2000)))
	for _, test := range []struct {
		dir  string
		opts []graph.Option
		want error
		says string
	}{
		{dir, nil, graph.ErrNoDatabase, "report.txt"},
		{file, nil, graph.ErrNoDatabase, "report.txt"},
		{filepath.Join(dir, "missing"), []graph.Option{graph.MustExist()}, graph.ErrNoDatabase, "missing"},
		{t.TempDir(), []graph.Option{graph.ReadOnly()}, graph.ErrNoDatabase, "load a report"},
		{filepath.Join(dir, "missing"), []graph.Option{graph.ReadOnly()}, graph.ErrNoDatabase, "missing"},
		{other, nil, graph.ErrDamaged, "graph.bolt"},
	} {
		if _, err := graph.Open(t.Context(), test.dir, test.opts...); !errors.Is(err, test.want) || !strings.Contains(err.Error(), test.says) {
			t.Errorf("open %s: %v", test.dir, err)
		}
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Errorf("a refused folder was written to: %v, %v", entries, err)
	}
}

func write(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestDamaged opens and reads databases with bytes lost or changed: whatever
// comes of it, it is an answer or an error.
func TestDamaged(t *testing.T) {
	dir := t.TempDir()
	readings := graphtest.Generate(1, 2, graphtest.Small)
	s := open(t, dir)
	put(t, s, readings...)
	closeStore(t, s)
	whole, err := os.ReadFile(filepath.Join(dir, "graph.bolt"))
	if err != nil {
		t.Fatal(err)
	}
	read := func(data []byte) error {
		dir := t.TempDir()
		write(t, filepath.Join(dir, "graph.bolt"), data)
		s, err := graph.Open(t.Context(), dir)
		if err != nil {
			return err
		}
		defer closeStore(t, s)
		if err := graphtest.Diff(t.Context(), s, readings...); err != nil {
			return err
		}
		return s.Remove(t.Context(), readings[0].Report.ID)
	}
	if err := read(whole); err != nil {
		t.Fatal(err)
	}
	const page = 4096
	if err := read(whole[:10]); !errors.Is(err, graph.ErrDamaged) {
		t.Errorf("10 bytes of it: %v", err)
	}
	for _, size := range []int{2 * page, 4 * page, 5*page + 1, 40 * page} {
		if err := read(whole[:size]); !errors.Is(err, graph.ErrDamaged) {
			t.Errorf("%d bytes of it: %v", size, err)
		}
	}
	for _, b := range []byte{0, 1, 0xff} {
		spoilt := slices.Clone(whole)
		for i := 2 * page; i < len(spoilt); i++ {
			spoilt[i] = b
		}
		if err := read(spoilt); !errors.Is(err, graph.ErrDamaged) {
			t.Errorf("all %#x: %v", b, err)
		}
	}
	g := rand.New(rand.NewPCG(1, 2))
	for range 100 {
		spoilt := slices.Clone(whole)
		for range 1 + g.IntN(8) {
			at := g.IntN(len(spoilt) - 64)
			for i := range 1 + g.IntN(64) {
				spoilt[at+i] = byte(g.Uint32())
			}
		}
		_ = read(spoilt) // a changed letter of a text cannot be told
	}
}

// TestEarlierBuilds reads, changes and removes reports of a database that was written
// when their contents told less.
func TestEarlierBuilds(t *testing.T) {
	dir := t.TempDir()
	readings := graphtest.Generate(3, 4, graphtest.Small)
	s := open(t, dir)
	put(t, s, readings...)
	for _, r := range readings {
		if err := s.AsEarlierBuilds(t.Context(), r.Report.ID); err != nil {
			t.Fatal(err)
		}
	}
	closeStore(t, s)

	s = open(t, dir)
	check(t, s, readings...)
	closeStore(t, s)

	s = open(t, dir)
	if err := s.Remove(t.Context(), readings[0].Report.ID); err != nil {
		t.Fatal(err)
	}
	check(t, s, readings[1:]...)
	for i, r := range readings {
		if tells, err := s.TellsOutlines(t.Context(), r.Report.ID); i > 0 && (tells || err != nil) {
			t.Errorf("the outlines of report %d: %v, %v", i, tells, err)
		}
		put(t, s, r)
		if tells, err := s.TellsOutlines(t.Context(), r.Report.ID); !tells || err != nil {
			t.Errorf("the outlines of report %d once it was loaded again: %v, %v", i, tells, err)
		}
	}
	check(t, s, readings...)
	closeStore(t, s)
	check(t, open(t, dir), readings...)
}
