package api

import (
	"fmt"
	"slices"
	"testing"

	"github.com/lantu-kg/lantu/schema"
)

// disputes are two years that do not agree with each other.
func disputes(t *testing.T) *Service {
	year := func(n int) *writer {
		period := func(n int) schema.Period { return schema.Period{From: fmt.Sprint(n), To: fmt.Sprint(n)} }
		return write(t, schema.Report{File: fmt.Sprintf("%d.txt", n), RegionID: schema.PlaceID(districtCode), Date: fmt.Sprintf("%d-01-10", n), Period: period(n - 1), Aim: period(n)})
	}
	w := year(2023)
	_, district, town, _ := w.ladder()
	w.passage("东湖大桥建成通车,西山水库开工。云江图书馆位于柳浦乡,也在云江区。东湖产业园开园,园内青竹公司产值5.1亿元,利润约2亿元。")
	bridge, dam := w.named(schema.KindProject, "东湖大桥"), w.named(schema.KindProject, "西山水库")
	library, park := w.named(schema.KindFacility, "云江图书馆"), w.named(schema.KindPark, "东湖产业园")
	firm := w.named(schema.KindEnterprise, "青竹公司")
	number := func(w *writer, measure string, value float64, hedge schema.Hedge, quote string) {
		w.observe(schema.Observation{AboutID: firm, Measure: measure, Value: value, Unit: "亿元", Amount: value * 1e8, BaseUnit: "元", Hedge: hedge,
			Type: schema.Level, Period: schema.Period{From: "2022", To: "2022"}}, quote)
	}
	w.say(bridge, schema.HasStatus, string(schema.StatusCompleted), "建成")
	w.say(dam, schema.HasStatus, string(schema.StatusStarted), "开工")
	w.say(library, schema.LocatedIn, town, "云江图书馆位于柳浦乡")
	w.say(library, schema.LocatedIn, district, "也在云江区")
	w.say(park, schema.HasStatus, string(schema.StatusOpened), "开园")
	w.say(firm, schema.SettledIn, park, "园内青竹公司")
	number(w, "工业产值", 5.1, schema.Exact, "5.1亿元")
	number(w, "年利润", 2, schema.About, "约2亿元")
	first := w.done()

	w = year(2024)
	w.ladder()
	other := w.place("桃溪镇", "990101102", schema.LevelStreet, district)
	w.passage("东湖大桥开工建设,西山水库建成。云江图书馆位于桃溪镇。东湖产业园规划建设。2022年青竹公司产值5.2亿元,利润2.1亿元。")
	for name, kind := range map[string]schema.Kind{"东湖大桥": schema.KindProject, "西山水库": schema.KindProject, "云江图书馆": schema.KindFacility, "东湖产业园": schema.KindPark, "青竹公司": schema.KindEnterprise} {
		w.named(kind, name)
	}
	w.say(bridge, schema.HasStatus, string(schema.StatusStarted), "开工建设")
	w.say(dam, schema.HasStatus, string(schema.StatusCompleted), "西山水库建成")
	w.say(library, schema.LocatedIn, other, "云江图书馆位于桃溪镇")
	w.say(park, schema.HasStatus, string(schema.StatusPlanned), "规划建设")
	number(w, "全区工业产值", 5.2, schema.Exact, "5.2亿元")
	number(w, "年利润", 2.1, schema.Exact, "2.1亿元")
	second := w.done()

	w = year(2025)
	w.passage("西山水库力争年内建成,2023年建成一期。")
	w.named(schema.KindProject, "西山水库")
	w.claim(schema.Claim{SubjectID: dam, Relation: schema.HasStatus, Value: string(schema.StatusCompleted), Modality: schema.Aim}, "力争年内建成", 0.9)
	return New(newFakeStore(first, second, w.done()), Options{})
}

func TestConflicts(t *testing.T) {
	s := disputes(t)
	claims := data(t, s, `{ claims(first: 50) { nodes { subject { name } relation value object { name } modality conflicts { rule claim { value object { name } modality } } } } }`, "claims", "nodes").([]any)
	var got []string
	for _, c := range claims {
		claim := c.(map[string]any)
		for _, conflict := range claim["conflicts"].([]any) {
			claim["with"] = conflict
			got = append(got, lines(t, []any{claim}, "subject.name", "value", "object.name", "modality", "with.rule", "with.claim.value", "with.claim.object.name", "with.claim.modality")...)
		}
	}
	slices.Sort(got)
	wantLines(t, "conflicts", got,
		"东湖大桥 COMPLETED <nil> FACT STEP_BACK STARTED <nil> FACT",
		"东湖大桥 STARTED <nil> FACT STEP_BACK COMPLETED <nil> FACT",
		"云江图书馆 <nil> 柳浦乡 FACT TWO_PLACES <nil> 桃溪镇 FACT",
		"云江图书馆 <nil> 桃溪镇 FACT TWO_PLACES <nil> 柳浦乡 FACT",
		"西山水库 COMPLETED <nil> AIM STEP_BACK COMPLETED <nil> FACT",
		"西山水库 COMPLETED <nil> FACT STEP_BACK COMPLETED <nil> AIM")
	observations := lines(t, data(t, s, `{ observations(orderBy: {field: AMOUNT}) { nodes { measure value conflicts { value } } } }`, "observations", "nodes"), "measure", "value", "conflicts")
	wantLines(t, "of numbers", observations,
		"年利润 2 []", "年利润 2.1 []", "工业产值 5.1 [map[value:5.2]]", "全区工业产值 5.2 [map[value:5.1]]")
}

func TestAsOf(t *testing.T) {
	s := disputes(t)
	steps := func(name, asOf string) []string {
		e := data(t, s, `{ entity(name: "`+name+`") { status(asOf: "`+asOf+`") { status date conflicting } statuses(asOf: "`+asOf+`") { status date conflicting } } }`, "entity").(map[string]any)
		if e["status"] == nil {
			return lines(t, e["statuses"], "status", "date", "conflicting")
		}
		return append(lines(t, []any{e["status"]}, "status"), lines(t, e["statuses"], "status", "date", "conflicting")...)
	}
	wantLines(t, "before all", steps("东湖大桥", "2022"))
	wantLines(t, "the bridge in 2023", steps("东湖大桥", "2023"), "COMPLETED", "COMPLETED 2023-01-10 true")
	wantLines(t, "the bridge in 2024", steps("东湖大桥", "2024-01-10"), "STARTED", "STARTED 2024-01-10 true", "COMPLETED 2023-01-10 true")
	wantLines(t, "the dam in 2023", steps("西山水库", "2023-06"), "STARTED", "STARTED 2023-01-10 false")
	for query, want := range map[string][]string{
		`{ entities(filter: {status: STARTED, asOf: "2023"}) { nodes { name } } }`: {"西山水库"},
		`{ entities(filter: {status: STARTED}) { nodes { name } } }`:               {"东湖大桥"},
	} {
		wantLines(t, query, lines(t, data(t, s, query, "entities", "nodes"), "name"), want...)
	}
	library := func(asOf string) []string {
		e := data(t, s, `{ entity(name: "云江图书馆") { ... on Facility { location(asOf: "`+asOf+`") { name } locations(filter: {asOf: "`+asOf+`"}) { nodes { name } } } derived(asOf: "`+asOf+`") { object { name } } } }`, "entity").(map[string]any)
		return append(lines(t, []any{e}, "location.name"), append(lines(t, e["locations"].(map[string]any)["nodes"], "name"), lines(t, e["derived"], "object.name")...)...)
	}
	wantLines(t, "library in 2022", library("2022"), "<nil>")
	if got := library("2023"); len(got) != 4 || got[3] != "海川市" {
		t.Errorf("library in 2023: %q", got)
	}
	if got := library("2024"); len(got) != 5 {
		t.Errorf("library in 2024: %q", got)
	}
	wantLines(t, "in the park in 2022", lines(t, data(t, s, `{ entity(name: "东湖产业园") { ... on Park { enterprises(filter: {period: {to: "2021"}}) { nodes { name } } } } }`, "entity", "enterprises", "nodes"), "name"))
	wantLines(t, "in the park", lines(t, data(t, s, `{ entity(name: "东湖产业园") { ... on Park { enterprises(filter: {period: {from: "2022"}}) { nodes { name } } } } }`, "entity", "enterprises", "nodes"), "name"), "青竹公司")
}
