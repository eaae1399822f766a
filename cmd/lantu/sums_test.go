package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const reportWithSums = `政府工作报告
——2025年1月9日在澜川市青屿区第三届人民代表大会第四次会议上
青屿区人民政府区长 陆望舒
各位代表：
一、2024年工作回顾
云杉路道路改造工程、白石桥改建工程等6个项目开工。青屿数字健康产业园成为全市首个数字健康产业园。实施政府投资项目137个，较上年增加17个。新增企业8家，其中外资企业5家、民营企业4家。
`

// TestSumsReachTheirReader follows lists cut short, ranks and arithmetic from
// a file to an answer.
func TestSumsReachTheirReader(t *testing.T) {
	dir := t.TempDir()
	file, db := filepath.Join(dir, "qingyu-2025.txt"), filepath.Join(dir, "db")
	if err := os.WriteFile(file, []byte(reportWithSums), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, stderr, code := lantu(t, "load", "--db", db, file); code != 0 {
		t.Fatal(stderr)
	}
	got := ask[struct {
		Claims nodes[struct {
			Subject named
			List    *struct {
				Size, Named, Unknown int
				Noun                 string
			}
		}]
		Parks nodes[struct {
			Ranks nodes[struct {
				Value string
				Rank  struct {
					Number int
					Scope  string
				}
			}]
		}]
		Derived nodes[struct {
			Derived []struct {
				Value  float64
				Unit   string
				Period struct{ From, To string }
			}
		}]
		Failed nodes[struct {
			Value  float64
			Checks []struct {
				Rule, Message string
				OK            bool
				With          []struct{ Value float64 }
			}
		}]
	}](t, db, `{
		claims(filter: {status: STARTED}) { nodes { subject { name } list { size named unknown noun } } }
		parks { nodes { ranks { nodes { value rank { number scope } } } } }
		derived: observations(filter: {measureContains: "政府投资项目", types: [LEVEL]}) { nodes { derived { value unit period { from to } } } }
		failed: observations(filter: {checksHold: false}) { nodes { value checks { rule message ok with { value } } } }
	}`)
	if len(got.Claims.Nodes) != 2 {
		t.Errorf("claims: %+v", got.Claims)
	}
	for _, c := range got.Claims.Nodes {
		if l := c.List; l == nil || l.Size != 6 || l.Named != 2 || l.Unknown != 4 || l.Noun != "项目" {
			t.Errorf("%s: %+v", c.Subject.Name, l)
		}
	}
	if len(got.Parks.Nodes) != 1 || len(got.Parks.Nodes[0].Ranks.Nodes) != 1 {
		t.Fatalf("parks: %+v", got.Parks)
	}
	if r := got.Parks.Nodes[0].Ranks.Nodes[0]; r.Rank.Number != 1 || r.Rank.Scope != "全市" || r.Value != "全市首个数字健康产业园" {
		t.Errorf("rank: %+v", r)
	}
	if len(got.Derived.Nodes) != 1 || len(got.Derived.Nodes[0].Derived) != 1 {
		t.Fatalf("derived: %+v", got.Derived)
	}
	if d := got.Derived.Nodes[0].Derived[0]; d.Value != 120 || d.Unit != "个" || d.Period.From != "2023" || d.Period.To != "2023" {
		t.Errorf("derived: %+v", d)
	}
	if len(got.Failed.Nodes) != 3 { // the total and its two parts
		t.Errorf("failed: %+v", got.Failed)
	}
	for _, o := range got.Failed.Nodes {
		if len(o.Checks) != 1 || o.Checks[0].OK || o.Checks[0].Rule != "check.parts" || len(o.Checks[0].With) != 2 {
			t.Errorf("failed: %+v", o)
		}
	}

	stdout, stderr, code := lantu(t, "extract", file)
	if code != 0 {
		t.Fatal(stderr)
	}
	if !strings.Contains(stdout, `"ranks"`) || !strings.Contains(stdout, "RANKED") {
		t.Errorf("extract says no rank: %s", stdout)
	}
}
