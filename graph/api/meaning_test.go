package api

import (
	"fmt"
	"slices"
	"testing"

	"github.com/lantu-kg/lantu/schema"
)

// meanings is a district whose claims say more than they spell out.
func meanings(t *testing.T) (*Service, map[string]string) {
	w := write(t, schema.Report{File: "a.txt", RegionID: schema.PlaceID(districtCode), Date: "2024-03",
		Period: schema.Period{From: "2023", To: "2023"}, Aim: schema.Period{From: "2024", To: "2024"}})
	_, _, town, village := w.ladder()
	w.passage("青竹公司入驻东湖产业园北区,东湖产业园北区属于东湖产业园,东湖产业园位于上柳村。北区主攻互联网3.0,乙园服务金融业。数字经济、金融业加快发展。")
	park, part, other := w.named(schema.KindPark, "东湖产业园"), w.named(schema.KindPark, "东湖产业园北区"), w.named(schema.KindPark, "乙园")
	firm := w.named(schema.KindEnterprise, "青竹公司")
	web, digital, money := w.named(schema.KindIndustry, "互联网3.0"), w.named(schema.KindIndustry, "数字经济"), w.named(schema.KindIndustry, "金融业")
	w.say(firm, schema.SettledIn, part, "青竹公司入驻东湖产业园北区")
	w.say(part, schema.PartOf, park, "东湖产业园北区属于东湖产业园")
	w.say(part, schema.LocatedIn, park, "东湖产业园北区属于东湖产业园")
	w.say(park, schema.LocatedIn, village, "东湖产业园位于上柳村")
	w.say(part, schema.Targets, web, "北区主攻互联网3.0")
	w.say(other, schema.Targets, money, "乙园服务金融业")
	w.passage("2023年青竹公司产值5亿元,力争达到8亿元,员工120人。")
	number := func(measure string, value, amount float64, unit, base, year string, m schema.Modality) {
		w.observe(schema.Observation{AboutID: firm, Measure: measure, Value: value, Unit: unit, Amount: amount, BaseUnit: base, Type: schema.Level,
			Period: schema.Period{From: year, To: year}, Modality: m, Hedge: schema.Exact}, fmt.Sprintf("%v%s", value, unit))
	}
	number("产值", 5, 5e8, "亿元", "元", "2023", schema.Fact)
	number("产值", 8, 8e8, "亿元", "元", "2024", schema.Aim)
	number("员工", 120, 120, "人", "人", "2023", schema.Fact)
	first := w.done()
	w = write(t, schema.Report{File: "b.txt", RegionID: schema.PlaceID(districtCode), Date: "2025-02-01", Period: schema.Period{From: "2024", To: "2024"}})
	w.ladder()
	w.passage("青竹公司上市。")
	w.say(w.named(schema.KindEnterprise, "青竹公司"), schema.HasStatus, string(schema.StatusListed), "青竹公司上市")
	return New(newFakeStore(first, w.done()), Options{}), map[string]string{
		"firm": firm, "park": park, "part": part, "village": village, "town": town, "web": web, "digital": digital, "money": money}
}

func TestDerived(t *testing.T) {
	s, ids := meanings(t)
	derived := func(id string) []string {
		list := data(t, s, `{ node(id: "`+id+`") { ... on Entity { derived { subject { id } relation object { name } rule from { relation evidence { quote } } } claims { nodes { object { name } } } } } }`, "node", "derived")
		for _, fact := range list.([]any) {
			if len(fact.(map[string]any)["from"].([]any)) == 0 {
				t.Errorf("%v follows from nothing", fact)
			}
		}
		return lines(t, list, "relation", "object.name", "rule")
	}
	wantLines(t, "of the firm", derived(ids["firm"]),
		"SETTLED_IN 东湖产业园 THROUGH_SITE", "SETTLED_IN 上柳村 THROUGH_SITE", "SETTLED_IN 柳浦乡 PLACE_ABOVE", "SETTLED_IN 云江区 PLACE_ABOVE", "SETTLED_IN 海川市 PLACE_ABOVE")
	wantLines(t, "of the part", derived(ids["part"]),
		"LOCATED_IN 上柳村 THROUGH_SITE", "LOCATED_IN 柳浦乡 PLACE_ABOVE", "LOCATED_IN 云江区 PLACE_ABOVE", "LOCATED_IN 海川市 PLACE_ABOVE", "TARGETS 数字经济 BROADER_INDUSTRY")
	wantLines(t, "of the village", derived(ids["village"]))
}

func TestWithin(t *testing.T) {
	s, ids := meanings(t)
	names := func(query string) []string {
		return lines(t, data(t, s, `{ entities(`+query+`) { nodes { name kind } } }`, "entities", "nodes"), "name")
	}
	for query, want := range map[string][]string{
		`filter: {within: "` + ids["digital"] + `"}`:                                                                        {"互联网3.0", "数字经济"},
		`filter: {within: "` + ids["web"] + `"}`:                                                                            {"互联网3.0"},
		`filter: {industry: "` + ids["digital"] + `"}`:                                                                      {"东湖产业园北区"},
		`filter: {industry: "` + ids["money"] + `"}`:                                                                        {"乙园"},
		`filter: {within: "` + ids["park"] + `", kinds: [PARK, ENTERPRISE]}`:                                                {"东湖产业园", "东湖产业园北区", "青竹公司"},
		`filter: {within: "` + ids["town"] + `", kinds: [ENTERPRISE]}`:                                                      {"青竹公司"},
		`filter: {asOf: "2024", kinds: [ENTERPRISE, INDUSTRY]}, orderBy: {field: KIND}`:                                     {"青竹公司", "互联网3.0", "数字经济", "金融业"},
		`filter: {period: {from: "2024-06"}, kinds: [ENTERPRISE]}`:                                                          {"青竹公司"},
		`filter: {period: {from: "2026"}, kinds: [ENTERPRISE]}`:                                                             nil,
		`filter: {period: {to: "2022"}, kinds: [ENTERPRISE]}`:                                                               nil,
		`filter: {confidenceAtLeast: 0.95}`:                                                                                 nil,
		`filter: {kinds: [PARK, ENTERPRISE], confidenceAtLeast: 0.5}, orderBy: {field: MENTIONS, direction: DESC}, last: 4`: {"青竹公司", "乙园", "东湖产业园北区", "东湖产业园"}, // the others by id
		`filter: {kinds: [PARK]}, orderBy: {field: NAME, direction: DESC}`:                                                  {"乙园", "东湖产业园北区", "东湖产业园"},
	} {
		if got := names(query); !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", query, got, want)
		}
	}
	industry := data(t, s, `{ entity(name: "互联网3.0") { ... on Industry { code broader { name code industry { name } } } } }`, "entity").(map[string]any)
	wantLines(t, "broader", lines(t, industry["broader"], "name", "industry.name"), "数字经济 数字经济", "未来产业 <nil>")
	broad := data(t, s, `{ entity(name: "金融业") { ... on Industry { code narrower { name } } } }`, "entity").(map[string]any)
	if broad["code"] != "J" {
		t.Errorf("code %v", broad["code"])
	}
}

func TestTimesAndOrders(t *testing.T) {
	s, ids := meanings(t)
	claims := func(arguments string) []string {
		return lines(t, data(t, s, `{ claims(`+arguments+`) { nodes { relation object { name } } } }`, "claims", "nodes"), "relation", "object.name")
	}
	if got := claims(`filter: {period: {from: "2024", to: "2024"}}`); !slices.Equal(got, []string{"HAS_STATUS <nil>"}) {
		t.Errorf("claims of 2024: %q", got)
	}
	if got := claims(`filter: {asOf: "2024-03-31"}`); len(got) != 6 || slices.Contains(got, "HAS_STATUS <nil>") {
		t.Errorf("claims by March 2024: %q", got)
	}
	if got := claims(`filter: {within: "` + ids["park"] + `"}, orderBy: {field: RELATION, direction: DESC}, first: 2`); !slices.Equal(got, []string{"HAS_STATUS <nil>", "TARGETS 互联网3.0"}) {
		t.Errorf("claims on what is in the park: %q", got)
	}
	if got := claims(`orderBy: {field: DATE, direction: DESC}, first: 1`); !slices.Equal(got, []string{"HAS_STATUS <nil>"}) {
		t.Errorf("the latest claim: %q", got)
	}
	observations := func(arguments string) []string {
		return lines(t, data(t, s, `{ observations(`+arguments+`) { nodes { measure value } } }`, "observations", "nodes"), "measure", "value")
	}
	for arguments, want := range map[string][]string{
		`orderBy: {field: AMOUNT}`:                            {"员工 120", "产值 5", "产值 8"},
		`orderBy: {field: AMOUNT, direction: DESC}, first: 1`: {"产值 8"},
		`filter: {period: {from: "2024"}}`:                    {"产值 8"},
		`filter: {within: "` + ids["village"] + `"}, orderBy: {field: PERIOD, direction: DESC}, first: 1`: {"产值 8"},
		`filter: {within: "` + ids["digital"] + `"}`:                                                      nil,
		`orderBy: {field: MEASURE, direction: DESC}, first: 1`:                                            {"员工 120"},
	} {
		if got := observations(arguments); !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", arguments, got, want)
		}
	}
	// Pages go on where they ended, in each order.
	for _, order := range []string{"CONFIDENCE", "DATE", "MEASURE", "AMOUNT", "PERIOD"} {
		var got []string
		after := ""
		for range 4 {
			page := data(t, s, `{ observations(orderBy: {field: `+order+`, direction: DESC}, first: 1`+after+`) { nodes { id } pageInfo { endCursor hasNextPage } } }`, "observations").(map[string]any)
			got = append(got, lines(t, page["nodes"], "id")...)
			info := page["pageInfo"].(map[string]any)
			if info["hasNextPage"] != true {
				break
			}
			after = fmt.Sprintf(", after: %q", info["endCursor"])
		}
		if slices.Sort(got); len(slices.Compact(got)) != 3 {
			t.Errorf("%s: pages give %q", order, got)
		}
	}
	reports := lines(t, data(t, s, `{ reports(filter: {period: {from: "2023", to: "2023"}}, orderBy: {field: TITLE}) { nodes { file } } }`, "reports", "nodes"), "file")
	if !slices.Equal(reports, []string{"a.txt"}) {
		t.Errorf("reports on 2023: %q", reports)
	}
}
