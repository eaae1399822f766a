package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestAMergeIsTakenBack loads a report, reads why two of its names are one
// thing, takes that rule from one of them and loads it again.
func TestAMergeIsTakenBack(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	report := write("report.txt", `政府工作报告
——2024年1月10日在高唐县第十八届人民代表大会第三次会议上
高唐县县长 李某
各位代表：
一、2023年工作回顾
民生事业持续进步。高唐县人民医院新院区建成启用。
二、2024年重点工作
提升医疗服务水平。推进县人民医院新院区信息化建设。
`)
	db := filepath.Join(dir, "db")
	type facility struct {
		Name     string
		Mentions struct {
			Nodes []struct{ Name, Merge string }
		}
	}
	load := func(args ...string) []facility {
		t.Helper()
		if _, stderr, code := lantu(t, append([]string{"load", "--db", db, report}, args...)...); code != 0 {
			t.Fatal(stderr)
		}
		stdout, stderr, code := lantu(t, "query", "--db", db,
			`{ facilities { nodes { name mentions { nodes { name merge } } } } }`)
		if code != 0 {
			t.Fatal(stderr)
		}
		var answer struct {
			Data struct{ Facilities struct{ Nodes []facility } }
		}
		if err := json.Unmarshal([]byte(stdout), &answer); err != nil {
			t.Fatalf("%v: %s", err, stdout)
		}
		return answer.Data.Facilities.Nodes
	}

	one := load()
	if len(one) != 1 || len(one[0].Mentions.Nodes) != 2 {
		t.Fatalf("want one thing with two names: %+v", one)
	}
	for _, m := range one[0].Mentions.Nodes {
		if m.Merge != "region-prefix" {
			t.Errorf("%s: merged by %q", m.Name, m.Merge)
		}
	}
	two := load("--splits", write("splits.tsv", "# two wings\nFACILITY\t县人民医院新院区\tregion-prefix\tanother one\n"))
	if len(two) != 2 || len(two[0].Mentions.Nodes) != 1 || len(two[1].Mentions.Nodes) != 1 {
		t.Fatalf("want two things: %+v", two)
	}
	if again := load(); len(again) != 1 {
		t.Errorf("without the file they are one again: %+v", again)
	}

	_, stderr, code := lantu(t, "load", "--db", db, "--splits", write("bad.tsv", "FACILITY\t县医院\tno-such-rule\twhy\n"), report)
	if code == 0 || !strings.Contains(stderr, "bad.tsv:1") || !strings.Contains(stderr, "no-such-rule") {
		t.Errorf("exit %d: %s", code, stderr)
	}
}
