package loaders

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/lantu-kg/lantu/loaders/document"
	"github.com/lantu-kg/lantu/schema"
)

func readTable(t *testing.T, l *Loader, path string, m *Mapping) (*schema.Reading, error) {
	t.Helper()
	var result Result
	err := l.Load(context.Background(), Input{}.Tables([]string{path}, m), func(context.Context, ...*schema.Reading) error { return nil }, func(r Result) { result = r })
	if err != nil {
		t.Fatal(err)
	}
	return result.Reading, result.Err
}

// said gives a reading's claims as subject relation object.
func said(r *schema.Reading) []string {
	names := map[string]string{}
	for _, e := range r.Entities {
		names[e.ID] = e.Name
	}
	var out []string
	for _, c := range r.Claims {
		out = append(out, fmt.Sprintf("%s %s %s%s", names[c.SubjectID], c.Relation, names[c.ObjectID], c.Value))
	}
	slices.Sort(out)
	return out
}

func TestTables(t *testing.T) {
	m, err := ReadMapping("testdata/register.yaml")
	if err != nil {
		t.Fatal(err)
	}
	l := newLoader(t)
	r, err := readTable(t, l, "testdata/register.csv", m)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"云杉医疗科技有限公司 HAS_STATUS LISTED", "云杉医疗科技有限公司 SETTLED_IN 盐埠镇", "云杉医疗科技有限公司 SETTLED_IN 青屿数字健康产业园",
		"启明,精工有限公司 SETTLED_IN 望潮街道", "拓微科技有限公司 SETTLED_IN 青屿数字健康产业园",
	}
	if got := said(r); !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	if p := r.Passages[1]; p.Text != "企业名称：拓微科技有限公司；简称：拓微科技；入驻园区：青屿数字健康产业园" || p.Line != 2 {
		t.Errorf("passage %+v", p)
	}
	if r.Report.File != "register.csv" || r.Report.Format != "csv" || r.Report.Title != m.Title || r.Report.RegionID == "" || r.Report.Date != "2024-12-31" {
		t.Errorf("report %+v", r.Report)
	}
	i := slices.IndexFunc(r.Entities, func(e schema.Entity) bool { return e.Name == "云杉医疗科技有限公司" })
	if i < 0 || !slices.Contains(r.Entities[i].Aliases, "云杉医疗") || !slices.Contains(r.Entities[i].Aliases, "云杉") {
		t.Errorf("entities %+v", r.Entities)
	}
	for _, mention := range r.Mentions {
		e := mention.Evidence
		p := r.Passages[slices.IndexFunc(r.Passages, func(p schema.Passage) bool { return p.ID == e.PassageID })]
		if got := string([]rune(p.Text)[e.Span.Start:e.Span.End]); got != mention.Name || e.Quote != got {
			t.Errorf("%s at %v: %s", mention.Name, e.Span, got)
		}
	}
	// What a report says of the park is said of the same park.
	report, err := l.Read(context.Background(), "a.txt", strings.NewReader(reportOf(1)))
	if err != nil {
		t.Fatal(err)
	}
	park := func(r *schema.Reading) string {
		for _, e := range r.Entities {
			if e.Name == "青屿数字健康产业园" {
				return e.ID
			}
		}
		return ""
	}
	if park(r) == "" || park(r) != park(report) {
		t.Errorf("%q and %q", park(r), park(report))
	}
}

func TestTablesInGB18030WithKindsAndRelationsByRow(t *testing.T) {
	dir := t.TempDir()
	text, err := simplifiedchinese.GB18030.NewEncoder().String("主体\t类型\t关系\t客体\n里坊焕新\t计划\t覆盖\t盐埠镇\n望潮港\t设施\tlocated_in\t望潮街道\n\t\t\t\n")
	if err != nil {
		t.Fatal(err)
	}
	path := write(t, dir, "a.csv", text)
	m, err := ReadMapping(write(t, dir, "m.json", `{"region": "澜川市青屿区", "entities": [{"name": "主体", "kind": "类型"}, {"name": "客体", "kind": "PLACE"}],
		"relations": [{"subject": "主体", "relation": "关系", "object": "客体", "modality": "AIM"}]}`))
	if err != nil {
		t.Fatal(err)
	}
	r, err := readTable(t, newLoader(t), path, m)
	if err != nil {
		t.Fatal(err)
	}
	if got := said(r); !slices.Equal(got, []string{"望潮港 LOCATED_IN 望潮街道", "里坊焕新 COVERS 盐埠镇"}) || r.Claims[0].Modality != schema.Aim || r.Report.Encoding != "GB18030" {
		t.Errorf("got %q of %+v", got, r.Report)
	}
}

func TestTableErrors(t *testing.T) {
	m := &Mapping{
		Entities: []EntityMapping{{Name: "名称", Kind: "类型"}, {Name: "园区", Kind: "PARK"}},
		Relations: []RelationMapping{
			{Subject: "名称", Relation: "SETTLED_IN", Object: "园区"}, {Subject: "名称", Relation: "HAS_STATUS", Object: "状态"},
		},
	}
	l := newLoader(t)
	for name, test := range map[string]struct {
		text string
		want error
		says []string
	}{
		"empty":          {"", ErrTable, []string{"headers"}},
		"headers only":   {"名称,类型,园区,状态\n", ErrTable, []string{"no row"}},
		"no column":      {"名称,园区,状态\n甲,乙,\n", ErrTable, []string{"no column 类型", "名称, 园区, 状态"}},
		"header twice":   {"名称,类型,园区,状态,名称\n", ErrTable, []string{"名称 is there twice"}},
		"ragged":         {"名称,类型,园区,状态\n甲,企业,乙,\n甲,企业\n", ErrTable, []string{"line 3"}},
		"quote":          {"名称,类型,园区,状态\n甲,企\"业,乙,\n", ErrTable, []string{"line 2"}},
		"unknown kind":   {"名称,类型,园区,状态\n甲,企业,乙,\n丙,公园,乙,\n", ErrTable, []string{"row 3, column 类型", "公园", "ENTERPRISE"}},
		"wrong kind":     {"名称,类型,园区,状态\n甲,产业,乙,\n", ErrTable, []string{"row 2, column 园区", "SETTLED_IN takes no INDUSTRY"}},
		"unknown status": {"名称,类型,园区,状态\n甲,企业,乙,关门\n", ErrTable, []string{"row 2, column 状态", "关门", "OPENED"}},
		"no name":        {"名称,类型,园区,状态\n,企业,,上市\n", ErrTable, []string{"row 2, column 名称", "empty"}},
		"many":           {"名称,类型,园区,状态\n" + strings.Repeat("丙,公园,乙,\n", 20), ErrTable, []string{"row 9", "and 12 more"}},
		"binary":         {"\x89PNG\r\n\x1a\n", document.ErrBinary, []string{"PNG"}},
		"encoding":       {"名称,类型\n\xff\xff\xff", document.ErrEncoding, []string{"0xFF"}},
	} {
		t.Run(name, func(t *testing.T) {
			path := write(t, t.TempDir(), "a.csv", test.text)
			r, err := readTable(t, l, path, m)
			if r != nil || !errors.Is(err, test.want) {
				t.Fatalf("%+v, %v", r, err)
			}
			for _, s := range append(test.says, path) {
				if !strings.Contains(err.Error(), s) {
					t.Errorf("%q does not say %q", err, s)
				}
			}
		})
	}
	if _, err := readTable(t, l, "testdata/nosuch.csv", m); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("error %v", err)
	}
}

func TestMappingErrors(t *testing.T) {
	for text, says := range map[string]string{
		"":                         "entities is empty",
		"entities: [{kind: PARK}]": "no name",
		"entities: [{name: 园区}]":   "no kind",
		"entity: []":               "entity",
		"entities: {":              "",
		"entities: [{name: 甲, kind: PARK}, {name: 甲, kind: PARK}]":                                                       "twice",
		"entities: [{name: 甲, kind: PARK}]\nrelations: [{subject: 乙, relation: PART_OF, object: 甲}]":                     "subject 乙",
		"entities: [{name: 甲, kind: PARK}]\nrelations: [{subject: 甲, relation: PART_OF, object: 乙}]":                     "object 乙",
		"entities: [{name: 甲, kind: PARK}]\nrelations: [{subject: 甲, object: 乙}]":                                        "needs",
		"entities: [{name: 甲, kind: PARK}]\nrelations: [{subject: 甲, relation: HAS_STATUS, object: 乙, modality: MAYBE}]": "MAYBE",
	} {
		path := write(t, t.TempDir(), "m.yaml", text)
		if _, err := ReadMapping(path); !errors.Is(err, ErrMapping) || !strings.Contains(err.Error(), says) || !strings.Contains(err.Error(), path) {
			t.Errorf("%q: %v", text, err)
		}
	}
	if _, err := ReadMapping("testdata/nosuch.yaml"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("error %v", err)
	}
}
