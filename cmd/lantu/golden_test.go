package main

import (
	"bytes"
	"context"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

// shared gives a path in the folder of reports and annotations that the
// project is developed on, or skips the test where there is none. CI must
// have it.
func shared(t *testing.T, parts ...string) string {
	t.Helper()
	dir := os.Getenv("LANTU_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	path := filepath.Join(append([]string{dir}, parts...)...)
	if _, err := os.Stat(path); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("LANTU_SHARED: %v", err)
		}
		t.Skipf("no reports to read: %v", err)
	}
	return path
}

// lantu runs one command line and gives what it printed.
func lantu(t *testing.T, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	var out, errs bytes.Buffer
	code = run(context.Background(), args, strings.NewReader(""), &out, &errs)
	return out.String(), errs.String(), code
}

// TestGoldenScores holds the scores of extraction against readers'
// annotations: a change that moves them shows in the golden file.
func TestGoldenScores(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(shared(t, "gold"), "*.json"))
	if err != nil || len(files) < 20 {
		t.Fatalf("only %d annotations: %v", len(files), err)
	}
	stdout, stderr, code := lantu(t, append([]string{"eval", "--by-kind"}, files...)...)
	if code != 0 {
		t.Fatalf("exit %d: %s", code, stderr)
	}
	golden(t, filepath.Join("testdata", "gold.txt"), stdout)
}

// golden compares got with a golden file, or writes it when asked to.
func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got == string(want) {
		return
	}
	was, is := strings.Split(string(want), "\n"), strings.Split(got, "\n")
	for i := range max(len(was), len(is)) {
		line := func(l []string) string {
			if i < len(l) {
				return l[i]
			}
			return ""
		}
		if line(was) != line(is) {
			t.Errorf("was %s\nis  %s", line(was), line(is))
		}
	}
	t.Errorf("%s is no longer what comes out: if that is for the better, run 'make golden' and commit it", path)
}
