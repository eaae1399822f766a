//go:build unix

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const report = `青禾县人民政府工作报告
（2024年1月8日）

一、2023年工作回顾
全县地区生产总值完成86.4亿元，增长5.2%。青禾科技园引进云帆智造等3家企业。
`

func write(t *testing.T, dir, name, text string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestPassesReadReports(t *testing.T) {
	dir := t.TempDir()
	good, bad := write(t, dir, "good.txt", report), filepath.Join(dir, "missing.txt")
	for name, prepare := range passes {
		if (name == "gse" || name == "cut") && testing.Short() {
			continue // their dictionary takes seconds
		}
		read, err := prepare()
		if err != nil {
			t.Fatal(err)
		}
		if err := read(t.Context(), []string{good}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if err := read(t.Context(), []string{good, bad}); err == nil {
			t.Errorf("%s: no error for a missing file", name)
		}
	}
	if err := runPass(t.Context(), "nobody", 1, []string{good}); err == nil {
		t.Error("no error for an unknown pass")
	}
}

func TestTexts(t *testing.T) {
	dir := t.TempDir()
	if _, _, err := texts(dir); err == nil {
		t.Error("no error for a folder without texts")
	}
	small := write(t, dir, "small.txt", report)
	large := write(t, dir, "large.txt", strings.Repeat(report, 100))
	write(t, dir, "page.html", report)
	files, size, err := texts(dir)
	if err != nil || len(files) != 2 || size != int64(101*len(report)) {
		t.Errorf("texts: %v, %d bytes, %v", files, size, err)
	}
	if got, _ := nearest(files, 1000); got != small {
		t.Errorf("nearest to 1000 bytes: %s", got)
	}
	if got, own := nearest(files, coldReport); got != large || own != int64(100*len(report)) {
		t.Errorf("nearest to %d bytes: %s of %d", coldReport, got, own)
	}
}

func TestRunTellsOutputTimeAndMemory(t *testing.T) {
	out, seconds, memory, err := run(t.Context(), []string{"echo", "done"}, 1)
	if err != nil || out != "done\n" || seconds <= 0 || memory <= 0 {
		t.Errorf("%q, %v s, %v MB, %v", out, seconds, memory, err)
	}
	if _, _, _, err := run(t.Context(), []string{"sh", "-c", "echo broken >&2; exit 3"}, 1); err == nil || !strings.Contains(err.Error(), "broken") {
		t.Errorf("a failing command: %v", err)
	}
}
