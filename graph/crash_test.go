package graph_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/lantu-kg/lantu/graph"
	"github.com/lantu-kg/lantu/graph/graphtest"
	"github.com/lantu-kg/lantu/schema"
)

// The test binary runs itself again as one of these children.
const (
	childEnv = "GRAPH_TEST_CHILD"
	dirEnv   = "GRAPH_TEST_DIR"
	fromEnv  = "GRAPH_TEST_FROM"
)

var children = map[string]func(){"writer": writerChild, "full": fullChild}

func child(t *testing.T, name, dir string, env ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(append(os.Environ(), childEnv+"="+name, dirEnv+"="+dir), env...)
	cmd.Stderr = os.Stderr
	return cmd
}

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "child:", err)
		os.Exit(1)
	}
}

var crashReadings = graphtest.Generate(9, 4, graphtest.Shape{Passages: 20, Entities: 60, Mentions: 200, Claims: 60, Observations: 30})

// write number i puts, replaces or removes a report; state is what there is
// after so many writes.
func writeNumber(ctx context.Context, s *graph.Store, i int) error {
	r := crashReadings[i%len(crashReadings)]
	if i%7 == 6 {
		if err := s.Remove(ctx, r.Report.ID); !errors.Is(err, graph.ErrNotFound) {
			return err
		}
		return nil
	}
	return s.Put(ctx, graphtest.Thin(r, uint64(i%3)))
}

func state(writes int) []*schema.Reading {
	there := map[int]*schema.Reading{}
	for i := range writes {
		n := i % len(crashReadings)
		if i%7 == 6 {
			delete(there, n)
		} else {
			there[n] = graphtest.Thin(crashReadings[n], uint64(i%3))
		}
	}
	return slices.Collect(maps.Values(there))
}

func writerChild() {
	ctx := context.Background()
	s, err := graph.Open(ctx, os.Getenv(dirEnv))
	fail(err)
	i, err := strconv.Atoi(os.Getenv(fromEnv))
	fail(err)
	for ; ; i++ {
		fail(writeNumber(ctx, s, i))
		fmt.Println(i + 1)
	}
}

// TestKilled kills a process that writes, again and again: whatever it was at,
// its last write is there completely or not at all.
func TestKilled(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "lantu.db")
	g := rand.New(rand.NewPCG(1, 1))
	writes := 0
	for range 12 {
		cmd := child(t, "writer", dir, fromEnv+"="+strconv.Itoa(writes))
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		for i, after := 0, g.IntN(5); lines.Scan(); i++ {
			if writes, err = strconv.Atoi(lines.Text()); err != nil {
				t.Fatal(err)
			}
			if i == after {
				time.Sleep(time.Duration(g.IntN(30_000)) * time.Microsecond) // anywhere in a write
				if err := cmd.Process.Kill(); err != nil {
					t.Fatal(err)
				}
			}
		}
		if err := cmd.Wait(); err == nil || lines.Err() != nil {
			t.Fatalf("the writer ended by itself: %v", lines.Err())
		}
		s, err := graph.Open(t.Context(), dir)
		if err != nil {
			t.Fatal(err)
		}
		before, after := graphtest.Diff(t.Context(), s, state(writes)...), graphtest.Diff(t.Context(), s, state(writes+1)...)
		switch {
		case after == nil:
			writes++
		case before != nil:
			t.Fatalf("after %d writes:\n%v\nor after one more:\n%v", writes, before, after)
		}
		if err := writeNumber(t.Context(), s, writes); err != nil {
			t.Fatal(err)
		}
		writes++
		check(t, s, state(writes)...)
		closeStore(t, s)
	}
}

// TestFullDisk runs a child whose files cannot grow.
func TestFullDisk(t *testing.T) {
	out, err := child(t, "full", filepath.Join(t.TempDir(), "lantu.db")).Output()
	if err != nil || string(out) != "done\n" {
		t.Fatalf("%s %v", out, err)
	}
}
