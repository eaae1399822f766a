package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
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

// unseen are the regions whose annotations nobody looks at: what is scored on
// them is how well reports are read that no rule was written for.
var unseen = []string{"quyang", "shunping", "fujian", "tianjin"}

// TestGoldenScores holds the scores of extraction against readers'
// annotations: a change that moves them shows in the golden files.
func TestGoldenScores(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(shared(t, "gold"), "*.json"))
	if err != nil || len(files) < 20 {
		t.Fatalf("only %d annotations: %v", len(files), err)
	}
	hidden := slices.DeleteFunc(slices.Clone(files), func(f string) bool {
		return !slices.ContainsFunc(unseen, func(u string) bool { return strings.HasPrefix(filepath.Base(f), u) })
	})
	if len(hidden) != len(unseen) {
		t.Fatalf("%d annotations of unseen regions", len(hidden))
	}
	more, err := filepath.Glob(filepath.Join("..", "..", "loaders", "extract", "annotations", "*.json"))
	if err != nil || len(more) == 0 {
		t.Fatalf("no annotations of the project's own: %v", err)
	}
	leaveOut := []string{"eval", "--leave-one-region-out", "--by-kind", "--calibration",
		"--learn", strings.Join(more, ","), "--hold-out", strings.Join(unseen, ","), "--reports", shared(t, "reports")}
	seen := slices.DeleteFunc(slices.Clone(files), func(f string) bool { return slices.Contains(hidden, f) })
	why := []string{"eval", "--leave-one-region-out", "--causes",
		"--learn", strings.Join(more, ","), "--hold-out", strings.Join(unseen, ","), "--reports", shared(t, "reports")}
	for name, args := range map[string][]string{
		"gold-causes.txt":               append(why, seen...),
		"gold.txt":                      append([]string{"eval", "--by-kind"}, files...),
		"gold-leave-one-region-out.txt": append(leaveOut, files...),
		"gold-unseen.txt":               append([]string{"eval"}, hidden...),
	} {
		stdout, stderr, code := lantu(t, args...)
		if code != 0 {
			t.Fatalf("exit %d: %s", code, stderr)
		}
		golden(t, filepath.Join("testdata", name), stdout)
	}
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

// TestGoldenScoresInReadme keeps the figures of both READMEs those of the
// golden files. A row names its file in a comment.
func TestGoldenScoresInReadme(t *testing.T) {
	f1 := regexp.MustCompile(`(?m)^(entity|claim|observation) .* F1 (0\.\d+)`)
	for _, readme := range []string{"README.md", "README.zh.md"} {
		path := filepath.Join("..", "..", readme)
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		want := string(text)
		for _, name := range []string{"gold-leave-one-region-out", "gold-unseen"} {
			scores, err := os.ReadFile(filepath.Join("testdata", name+".txt"))
			if err != nil {
				t.Fatal(err)
			}
			found := map[string]string{}
			for _, m := range f1.FindAllStringSubmatch(string(scores), -1) {
				found[m[1]] = m[2] // a measure's own row comes after those of its kinds
			}
			row := regexp.MustCompile(`<!-- ` + name + ` --> \|.*`)
			if !row.MatchString(want) {
				t.Errorf("%s has no row of %s", readme, name)
			}
			want = row.ReplaceAllString(want,
				fmt.Sprintf("<!-- %s --> | %s | %s | %s |", name, found["entity"], found["claim"], found["observation"]))
		}
		golden(t, path, want)
	}
}
