//go:build unix

package graph_test

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/lantu-kg/lantu/graph"
	"github.com/lantu-kg/lantu/graph/graphtest"
)

// isFull goes by the words: bbolt does not wrap what the system says.
func isFull(err error) bool {
	return err != nil && strings.Contains(err.Error(), syscall.EFBIG.Error())
}

// fullChild writes while its files may not grow beyond a limit, which is what
// a full disk looks like to it.
func fullChild() {
	signal.Ignore(syscall.SIGXFSZ)
	ctx := context.Background()
	dir := os.Getenv(dirEnv)
	limit := func(size uint64) {
		var old syscall.Rlimit
		fail(syscall.Getrlimit(syscall.RLIMIT_FSIZE, &old))
		fail(syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: size, Max: old.Max}))
	}
	const unlimited = ^uint64(0)

	// Not even an empty database fits.
	limit(4096)
	if _, err := graph.Open(ctx, dir); !isFull(err) {
		fail(fmt.Errorf("open: %w", err))
	}
	limit(unlimited)
	s, err := graph.Open(ctx, dir)
	fail(err)

	readings := graphtest.Generate(4, 12, graphtest.Usual)
	fail(s.Put(ctx, readings[0]))
	info, err := os.Stat(filepath.Join(dir, "graph.bolt"))
	fail(err)
	size := uint64(info.Size())
	limit(size) // until what is allocated is used up
	n := 1
	for ; err == nil; n++ {
		err = s.Put(ctx, readings[n])
	}
	n--
	for _, room := range []uint64{size, size - 4096, size / 2, 1 << 16, 0} {
		limit(room)
		if err := s.Put(ctx, readings[n]); !isFull(err) {
			fail(fmt.Errorf("put with room for %d: %w", room, err))
		}
		fail(graphtest.Diff(ctx, s, readings[:n]...))
	}
	limit(unlimited)
	fail(graphtest.Diff(ctx, s, readings[:n]...))
	fail(s.Put(ctx, readings[n]))
	fail(graphtest.Diff(ctx, s, readings[:n+1]...))
	fail(s.Close())
	s, err = graph.Open(ctx, dir)
	fail(err)
	fail(graphtest.Diff(ctx, s, readings[:n+1]...))
	fail(s.Close())
	fmt.Println("done")
}
