package main

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// evidenced is a fact with the words that say it.
type evidenced struct {
	Evidence []struct {
		Quote   string
		Passage struct{ Text string }
	}
}

// said fails unless each piece of evidence is a quote out of its passage.
func (e evidenced) said(t *testing.T, what string) {
	t.Helper()
	if len(e.Evidence) == 0 {
		t.Errorf("%s: no evidence", what)
	}
	for _, v := range e.Evidence {
		if v.Quote == "" || !strings.Contains(v.Passage.Text, v.Quote) {
			t.Errorf("%s: %q is not in its passage", what, v.Quote)
		}
	}
}

// TestRealReportAnswers asks a real report what its readers ask.
func TestRealReportAnswers(t *testing.T) {
	file := shared(t, "reports", "chaoyang-2024.txt")
	db := filepath.Join(t.TempDir(), "db")
	if _, stderr, code := lantu(t, "load", "--db", db, file); code != 0 {
		t.Fatal(stderr)
	}
	const evidence = "evidence { quote passage { text } }"

	t.Run("who settled in the park", func(t *testing.T) {
		got := ask[struct {
			Parks nodes[struct {
				Enterprises nodes[named]
				Claims      nodes[evidenced]
			}]
		}](t, db, `{ parks(filter: {name: "中关村数字医疗产业园"}) { nodes {
			enterprises { nodes { name } } claims(relation: SETTLED_IN) { nodes { `+evidence+` } } } } }`)
		if len(got.Parks.Nodes) != 1 {
			t.Fatalf("%+v", got)
		}
		park := got.Parks.Nodes[0]
		for _, want := range []string{"默沙东", "水木科仪", "中科尚易"} {
			if !slices.Contains(names(park.Enterprises.Nodes), want) {
				t.Errorf("%s is not in %v", want, names(park.Enterprises.Nodes))
			}
		}
		for _, c := range park.Claims.Nodes {
			c.said(t, "settled")
		}
	})

	t.Run("where the programme reaches", func(t *testing.T) {
		program := ask[struct {
			Programs nodes[struct {
				ID     string
				Places nodes[struct {
					Name   string
					Parent named
				}]
			}]
		}](t, db, `{ programs(filter: {name: "百千工程"}) { nodes { id places { nodes { name parent { name } } } } } }`)
		if len(program.Programs.Nodes) != 1 {
			t.Fatalf("%+v", program)
		}
		var reached []string
		for _, p := range program.Programs.Nodes[0].Places.Nodes {
			reached = append(reached, p.Name+" in "+p.Parent.Name)
		}
		for _, want := range []string{"高井村 in 高碑店乡", "小鲁店村 in 黑庄户乡"} {
			if !slices.Contains(reached, want) {
				t.Errorf("%s is not in %v", want, reached)
			}
		}
		ways := ask[struct {
			Trace nodes[struct {
				To   named
				Hops []struct {
					To      named
					Derived bool
					Claim   *evidenced
				}
			}]
		}](t, db, `{ trace(from: "`+program.Programs.Nodes[0].ID+`", first: 100) { nodes {
			to { name } hops { to { name } derived claim { `+evidence+` } } } } }`)
		district := false
		for _, w := range ways.Trace.Nodes {
			var steps []string
			for _, h := range w.Hops {
				steps = append(steps, h.To.Name)
				if h.Claim != nil {
					h.Claim.said(t, h.To.Name)
				} else if !h.Derived {
					t.Errorf("the step to %s says neither where it stands nor that it is derived", h.To.Name)
				}
			}
			district = district || strings.HasSuffix(strings.Join(steps, " "), "高井村 高碑店乡 朝阳区")
		}
		if !district {
			t.Errorf("no way goes by 高井村 and 高碑店乡 to 朝阳区: %+v", ways)
		}
	})

	t.Run("what was recognised", func(t *testing.T) {
		got := ask[struct {
			Claims nodes[struct {
				evidenced
				Subject named
				Value   string
			}]
		}](t, db, `{ claims(filter: {relations: [RECOGNIZED_AS]}, first: 100) { nodes { subject { ... on Entity { name } } value `+evidence+` } } }`)
		var recognised []string
		for _, c := range got.Claims.Nodes {
			recognised = append(recognised, c.Subject.Name)
			c.said(t, c.Subject.Name)
		}
		for _, want := range []string{"望京科技园", "751文化消费街区"} {
			if !slices.Contains(recognised, want) {
				t.Errorf("%s is not in %v", want, recognised)
			}
		}
	})

	t.Run("the projects and their status", func(t *testing.T) {
		got := ask[struct {
			Projects nodes[struct {
				Name   string
				Status *struct {
					Status   string
					Evidence struct{ Quote string }
				}
			}]
		}](t, db, `{ projects(first: 100) { nodes { name status { status evidence { quote } } } } }`)
		status := map[string]string{}
		for _, p := range got.Projects.Nodes {
			if p.Status != nil {
				status[p.Name] = p.Status.Status
				if p.Status.Evidence.Quote == "" {
					t.Errorf("%s: no evidence", p.Name)
				}
			}
		}
		for name, want := range map[string]string{
			"坝河口蓄滞洪区建设工程": "STARTED", "常州宾馆更新改造": "STARTED", "高碑店G地块": "STARTED", "国家会议中心二期": "COMPLETED",
		} {
			if status[name] != want {
				t.Errorf("%s is %q, want %s; all: %v", name, status[name], want, status)
			}
		}
	})

	t.Run("what was measured", func(t *testing.T) {
		got := ask[struct {
			Industries nodes[struct {
				Observations nodes[struct {
					evidenced
					Measure string
					Value   float64
					Unit    string
					Type    string
				}]
			}]
		}](t, db, `{ industries(filter: {name: "金融业"}) { nodes { observations { nodes { measure value unit type `+evidence+` } } } } }`)
		if len(got.Industries.Nodes) != 1 {
			t.Fatalf("%+v", got)
		}
		found := false
		for _, o := range got.Industries.Nodes[0].Observations.Nodes {
			o.said(t, o.Measure)
			found = found || strings.Contains(o.Measure, "增加值") && o.Value == 7.3 && o.Unit == "%"
		}
		if !found {
			t.Errorf("no growth of 7.3%%: %+v", got)
		}
	})
}

// TestAllReportsLoad loads every report there is in one command, those in the
// folder of pages too, which are reports that lie beside it, says that it passes
// over what describes them, and checks that
// loading twice changes nothing at that size too.
func TestAllReportsLoad(t *testing.T) {
	dir := shared(t, "reports")
	db := filepath.Join(t.TempDir(), "db")
	stdout, stderr, code := lantu(t, "load", "--db", db, dir)
	if n := strings.Count(stdout, "\n"); code != 0 || n != 36 || !strings.HasPrefix(stderr, "passed over 1 file of kinds that are not read: 1 .md (") || strings.Count(stderr, "\n") != 1 {
		t.Fatalf("exit %d, %d reports, %s", code, n, stderr)
	}
	if stored, _, _ := lantu(t, "reports", "--db", db); strings.Count(stored, "\n") != 31 {
		t.Errorf("stored:\n%s", stored)
	}
	before, _, _ := lantu(t, "query", "--db", db, everything)
	if _, stderr, code := lantu(t, "load", "--db", db, dir); code != 0 {
		t.Fatal(stderr)
	}
	if after, _, _ := lantu(t, "query", "--db", db, everything); after != before {
		t.Error("loading again changed the graph")
	}
}

// TestFurnitureAddsNothing reads reports as a crawler saw them, and without
// what the page had around them: the graph is the same.
func TestFurnitureAddsNothing(t *testing.T) {
	raw, err := filepath.Glob(filepath.Join(shared(t, "reports", "raw"), "*.txt"))
	if err != nil || len(raw) != 5 {
		t.Fatalf("%d pages: %v", len(raw), err)
	}
	const facts = `{
	  entities(first: 100) { totalCount nodes { id name aliases } }
	  claims(first: 100) { totalCount nodes { id value evidence { quote start end } } }
	  observations(first: 100) { totalCount nodes { id measure value evidence { quote start end } } } }`
	for _, page := range raw {
		t.Run(filepath.Base(page), func(t *testing.T) {
			dir := t.TempDir()
			answers := map[string]string{}
			for db, file := range map[string]string{"raw": page, "clean": shared(t, "reports", filepath.Base(page))} {
				if _, stderr, code := lantu(t, "load", "--db", filepath.Join(dir, db), file); code != 0 {
					t.Fatal(stderr)
				}
				answers[db], _, _ = lantu(t, "query", "--db", filepath.Join(dir, db), facts)
			}
			if answers["raw"] != answers["clean"] || len(answers["raw"]) < 10000 {
				t.Error("the graphs differ")
			}
		})
	}
}
