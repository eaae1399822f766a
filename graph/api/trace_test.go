package api

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/lantu-kg/lantu/schema"
)

// traced gives the ways of a trace, each as the names it passes.
func traced(t *testing.T, s *Service, arguments string) []string {
	t.Helper()
	list := data(t, s, `{ trace(`+arguments+`) { nodes { from { name } hops { to { name } } length } } }`, "trace", "nodes").([]any)
	var ways []string
	for _, node := range list {
		way := node.(map[string]any)
		if passed := passes(way); way["length"] != float64(strings.Count(passed, "→")) {
			t.Errorf("length is %v of %s", way["length"], passed)
		}
		ways = append(ways, passes(way))
	}
	return ways
}

// passes gives the names that a way passes.
func passes(way map[string]any) string {
	names := []string{way["from"].(map[string]any)["name"].(string)}
	for _, hop := range way["hops"].([]any) {
		names = append(names, hop.(map[string]any)["to"].(map[string]any)["name"].(string))
	}
	return strings.Join(names, "→")
}

func id(kind schema.Kind, name string) string { return schema.EntityID(kind, name, "") }

func TestTrace(t *testing.T) {
	s := newTestService(t)
	program, river, park := id(schema.KindProgram, "百村千景"), id(schema.KindProject, "柳浦河治理工程"), id(schema.KindPark, "云江数字医疗产业园")
	firm, builder := id(schema.KindEnterprise, "康桥制药"), id(schema.KindEnterprise, "云江建投集团")
	village, town, district := schema.PlaceID(villageCode), schema.PlaceID(townCode), schema.PlaceID(districtCode)
	for _, test := range []struct {
		arguments string
		want      []string
	}{
		{`from: "` + program + `", maxHops: 1`, []string{"百村千景→上柳村", "百村千景→柳浦乡"}},
		{`from: "` + program + `", maxHops: 2, relations: [COVERS]`, []string{"百村千景→上柳村", "百村千景→柳浦乡", "百村千景→柳浦乡→云江区", "百村千景→上柳村→柳浦乡"}},
		{`from: "` + program + `", levels: [STREET]`, []string{"百村千景→柳浦乡", "百村千景→上柳村→柳浦乡", "百村千景→柳浦河治理工程→上柳村→柳浦乡"}},
		{`from: "` + program + `", to: "` + district + `", maxHops: 3`, []string{"百村千景→柳浦乡→云江区", "百村千景→上柳村→柳浦乡→云江区"}},
		{`from: "` + program + `", kinds: [PROJECT]`, []string{"百村千景→柳浦河治理工程"}},
		// A project is not everywhere that its programme is.
		{`from: "` + river + `", maxHops: 6`, []string{"柳浦河治理工程→上柳村", "柳浦河治理工程→上柳村→柳浦乡", "柳浦河治理工程→上柳村→柳浦乡→云江区", "柳浦河治理工程→上柳村→柳浦乡→云江区→海川市"}},
		{`from: "` + firm + `", maxHops: 2`, []string{"康桥制药→云江数字医疗产业园→柳浦乡"}},
		{`from: "` + builder + `", maxHops: 2`, []string{"云江建投集团→柳浦河治理工程→上柳村"}},
		{`from: "` + builder + `", maxHops: 3, relations: [COOPERATES_WITH, SETTLED_IN, LOCATED_IN]`, []string{"云江建投集团→康桥制药→云江数字医疗产业园→柳浦乡"}},
		// What a district does is followed from the district, not from what lies in it.
		{`from: "` + district + `", maxHops: 2`, []string{"云江区→海川市", "云江区→云江数字医疗产业园→柳浦乡"}},
		{`from: "` + park + `", maxHops: 3, to: "` + park + `"`, nil},
		{`from: "` + village + `", direction: REACHED_BY, kinds: [ENTERPRISE]`, []string{"上柳村→柳浦河治理工程→云江建投集团"}},
		{`from: "` + village + `", direction: REACHED_BY, kinds: [PROGRAM], relations: [COVERS]`, []string{"上柳村→百村千景"}},
		{`from: "` + district + `", direction: REACHED_BY, kinds: [PROGRAM], relations: [COVERS]`, []string{"云江区→柳浦乡→百村千景", "云江区→柳浦乡→上柳村→百村千景"}},
		{`from: "` + district + `", direction: REACHED_BY, to: "` + firm + `"`, []string{"云江区→柳浦乡→云江数字医疗产业园→康桥制药"}},
		{`from: "` + program + `", relations: [HAS_STATUS, RECOGNIZED_AS]`, nil},
		{`from: "` + program + `", report: "yunjiang-2024.txt", maxHops: 2`, []string{"百村千景→上柳村", "百村千景→柳浦河治理工程→上柳村", "百村千景→上柳村→柳浦乡"}},
		{`from: "` + program + `", ladder: false`, []string{"百村千景→上柳村", "百村千景→柳浦乡", "百村千景→柳浦河治理工程→上柳村"}},
		{`from: "` + town + `", direction: REACHED_BY, kinds: [PROGRAM], ladder: false`, []string{"柳浦乡→百村千景"}},
	} {
		t.Run(test.arguments, func(t *testing.T) {
			if got := traced(t, s, test.arguments); !slices.Equal(got, test.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(test.want, "\n"))
			}
		})
	}
}

// TestTraceHops checks that claims that say the same step are one hop, and
// that a step that is said is not derived too.
func TestTraceHops(t *testing.T) {
	w := write(t, schema.Report{File: "a.txt"})
	w.passage("东桥科技园位于东桥镇,是东桥镇的一部分,甲计划支持并覆盖东桥科技园。")
	town := w.place("东桥镇", "880101101", schema.LevelStreet, schema.PlaceID(districtCode))
	park := w.entity(schema.Entity{Kind: schema.KindPlace, Name: "东桥科技园", Level: schema.LevelArea, ParentID: town})
	w.say(park, schema.LocatedIn, town, "东桥科技园位于东桥镇")
	w.say(park, schema.PartOf, town, "是东桥镇的一部分")
	program := w.named(schema.KindProgram, "甲计划")
	w.say(program, schema.Covers, park, "覆盖东桥科技园")
	w.claim(schema.Claim{SubjectID: program, Relation: schema.Covers, ObjectID: park, Modality: schema.Aim}, "支持并覆盖东桥科技园", 1)
	s := New(newFakeStore(w.done()), Options{})
	nodes := data(t, s, `{ trace(from: "`+program+`", to: "`+town+`") { nodes { hops { relation derived direction claim { modality } claims { relation modality } } } } }`, "trace", "nodes")
	claims := func(pairs ...string) []any {
		var all []any
		for i := 0; i < len(pairs); i += 2 {
			all = append(all, map[string]any{"relation": pairs[i], "modality": pairs[i+1]})
		}
		return all
	}
	hop := func(relation string, claims []any) map[string]any {
		return map[string]any{"relation": relation, "derived": false, "direction": "OUT", "claim": map[string]any{"modality": "FACT"}, "claims": claims}
	}
	located := nodes.([]any)[0].(map[string]any)["hops"].([]any)[1].(map[string]any)
	if relations := fmt.Sprint(located["claims"]); !strings.Contains(relations, "LOCATED_IN") || !strings.Contains(relations, "PART_OF") || located["derived"] != false {
		t.Errorf("the second hop is %v", located)
	}
	got := fmt.Sprint(nodes.([]any)[0].(map[string]any)["hops"].([]any)[0])
	if want := fmt.Sprint(hop("COVERS", claims("COVERS", "FACT", "COVERS", "AIM"))); got != want || len(nodes.([]any)) != 1 {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

// TestTraceIsBounded walks where there is more than can be walked.
func TestTraceIsBounded(t *testing.T) {
	measure := func(t *testing.T, s *Service, arguments string) (total, visited float64, truncated bool) {
		trace := data(t, s, `{ trace(`+arguments+`) { totalCount visited truncated } }`, "trace").(map[string]any)
		return trace["totalCount"].(float64), trace["visited"].(float64), trace["truncated"].(bool)
	}
	t.Run("hub", func(t *testing.T) {
		w := write(t, schema.Report{File: "a.txt"})
		w.passage("大计划覆盖各村。")
		program := w.named(schema.KindProgram, "大计划")
		for i := range maxFanOut + 10 {
			w.say(program, schema.Covers, w.entity(schema.Entity{Kind: schema.KindPlace, Name: fmt.Sprintf("第%d村", i)}), "各村")
		}
		total, _, truncated := measure(t, New(newFakeStore(w.done()), Options{}), `from: "`+program+`", maxHops: 1`)
		if total != maxFanOut || !truncated {
			t.Errorf("%v ways, truncated: %v", total, truncated)
		}
	})
	t.Run("everyone with everyone", func(t *testing.T) {
		w := write(t, schema.Report{File: "a.txt"})
		w.passage("各企业相互合作。")
		var firms []string
		for i := range 30 {
			firm := w.entity(schema.Entity{Kind: schema.KindEnterprise, Name: fmt.Sprintf("第%d公司", i)})
			for _, other := range firms {
				w.say(firm, schema.CooperatesWith, other, "相互合作")
			}
			firms = append(firms, firm)
		}
		s := New(newFakeStore(w.done()), Options{})
		total, visited, truncated := measure(t, s, `from: "`+firms[0]+`", relations: [COOPERATES_WITH], kinds: [ENTERPRISE], maxHops: 6`)
		if !truncated || visited != 30 || total > 6*maxWays {
			t.Errorf("%v ways over %v entities, truncated: %v", total, visited, truncated)
		}
		if total, _, truncated := measure(t, s, `from: "`+firms[0]+`", maxHops: 6`); total != 0 || truncated {
			t.Errorf("cooperation was followed without being asked for: %v ways", total)
		}
	})
	t.Run("ladder in a circle", func(t *testing.T) {
		w := write(t, schema.Report{File: "a.txt"})
		w.passage("甲乡与乙乡。")
		w.place("甲乡", "1", schema.LevelStreet, schema.PlaceID("2"))
		w.place("乙乡", "2", schema.LevelStreet, schema.PlaceID("1"))
		s := New(newFakeStore(w.done()), Options{})
		if total, _, _ := measure(t, s, `from: "place-1", maxHops: 6`); total != 1 {
			t.Errorf("%v ways", total)
		}
		ancestors := data(t, s, `{ entity(id: "place-1") { ... on Place { ancestors { name } parks(below: true) { totalCount } } } }`, "entity", "ancestors").([]any)
		if len(ancestors) != 1 {
			t.Errorf("ancestors are %v", ancestors)
		}
	})
}

// TestTracePages walks page by page, no further than each needs, and finds what one
// walk finds.
func TestTracePages(t *testing.T) {
	s := newTestService(t)
	program, district := id(schema.KindProgram, "百村千景"), schema.PlaceID(districtCode)
	for _, arguments := range []string{
		`from: "` + program + `", maxHops: 6`,
		`from: "` + program + `", kinds: [PROJECT, PLACE], endMatches: {nameContains: "区"}`,
		`from: "` + district + `", direction: REACHED_BY`,
	} {
		whole := traced(t, s, arguments+`, first: 100`)
		if len(whole) < 2 {
			t.Fatalf("%s: only %v", arguments, whole)
		}
		var paged []string
		for after := ""; ; {
			page := data(t, s, `{ trace(`+arguments+`, first: 1`+after+`) { nodes { from { name } hops { to { name } } } pageInfo { hasNextPage hasPreviousPage endCursor } } }`, "trace").(map[string]any)
			info := page["pageInfo"].(map[string]any)
			if info["hasPreviousPage"] != (len(paged) > 0) {
				t.Errorf("%s: hasPreviousPage is %v on page %d", arguments, info["hasPreviousPage"], len(paged))
			}
			paged = append(paged, passes(page["nodes"].([]any)[0].(map[string]any)))
			if info["hasNextPage"] != true {
				break
			}
			after = fmt.Sprintf(`, after: %q`, info["endCursor"])
		}
		if !slices.Equal(paged, whole) {
			t.Errorf("%s: page by page\n%s\nat once\n%s", arguments, strings.Join(paged, "\n"), strings.Join(whole, "\n"))
		}
	}
	visited := func(fields string) float64 {
		return data(t, s, `{ trace(from: "`+program+`", first: 1) { visited `+fields+` } }`, "trace", "visited").(float64)
	}
	if page, all := visited("truncated"), visited("totalCount"); page != 1 || all < 4 {
		t.Errorf("%v entities were looked at for the first way, %v for all", page, all)
	}
}

// TestTraceOfManyOfOneName goes page by page through ways to places of one name, over
// projects of one name: the order of the pages is that of the whole.
func TestTraceOfManyOfOneName(t *testing.T) {
	w := write(t, schema.Report{File: "a.txt"})
	w.passage("计划的项目在东村。")
	program := w.named(schema.KindProgram, "计划")
	for i := range 4 {
		place := w.place("东村", fmt.Sprint("99010110", i), schema.LevelVillage, "")
		for j := range 4 {
			project := w.entity(schema.Entity{Kind: schema.KindProject, Name: "项目", Scope: fmt.Sprint("范围", j)})
			if i == 0 {
				w.say(project, schema.PartOf, program, "计划的项目")
			}
			w.say(project, schema.LocatedIn, place, "项目在东村")
			if (i+j)%2 == 1 { // whose links come first
				w.say(project, schema.Covers, place, "项目在东村")
			}
		}
	}
	s := New(newFakeStore(w.done()), Options{})
	page := func(arguments string) (cursors []string, next bool) {
		trace := data(t, s, `{ trace(from: "`+program+`", maxHops: 2, `+arguments+`) { edges { cursor } pageInfo { hasNextPage } } }`, "trace").(map[string]any)
		for _, edge := range trace["edges"].([]any) {
			cursors = append(cursors, edge.(map[string]any)["cursor"].(string))
		}
		return cursors, trace["pageInfo"].(map[string]any)["hasNextPage"].(bool)
	}
	whole, _ := page("first: 100")
	if len(whole) != 16 {
		t.Fatalf("%d ways", len(whole))
	}
	for i := range whole {
		if got, next := page(fmt.Sprintf("first: 1, after: %q", whole[i])); next != (i < len(whole)-2) || i < len(whole)-1 && !slices.Equal(got, whole[i+1:i+2]) {
			t.Errorf("behind %d: %v, more: %v", i, got, next)
		}
		if got, _ := page(fmt.Sprintf("last: 1, before: %q", whole[i])); i > 0 && !slices.Equal(got, whole[i-1:i]) {
			t.Errorf("before %d: %v", i, got)
		}
	}
}

// TestTraceHopsOfBothStages follows two claims of unlike stages to one park as one hop.
func TestTraceHopsOfBothStages(t *testing.T) {
	w := write(t, schema.Report{File: "a.txt"})
	w.passage("甲公司支持并入驻园区,园区位于东村。")
	firm, park := w.named(schema.KindEnterprise, "甲公司"), w.named(schema.KindPark, "园区")
	w.say(firm, schema.Supports, park, "甲公司支持")
	w.say(firm, schema.SettledIn, park, "入驻园区")
	w.say(park, schema.LocatedIn, w.place("东村", "990101101", schema.LevelVillage, ""), "园区位于东村")
	hops := data(t, New(newFakeStore(w.done()), Options{}), `{ trace(from: "`+firm+`") { nodes { hops { claims { relation } } } } }`, "trace", "nodes").([]any)[0].(map[string]any)["hops"].([]any)
	said := lines(t, hops[0].(map[string]any)["claims"], "relation")
	if slices.Sort(said); !slices.Equal(said, []string{"SETTLED_IN", "SUPPORTS"}) {
		t.Errorf("the hop is said by %v", said)
	}
}

// TestTraceTellsWhatWasLeftOut walks where exactly as much is found as is kept, and
// where there is more to look at than may be.
func TestTraceTellsWhatWasLeftOut(t *testing.T) {
	fan := func(projects, places int) (s *Service, program string) {
		w := write(t, schema.Report{File: "a.txt"})
		w.passage("计划的项目覆盖各村。")
		program = w.named(schema.KindProgram, "计划")
		for i := range projects {
			project := w.entity(schema.Entity{Kind: schema.KindProject, Name: fmt.Sprintf("第%04d项目", i)})
			w.say(project, schema.PartOf, program, "计划的项目")
			for j := range places {
				w.say(project, schema.Covers, w.entity(schema.Entity{Kind: schema.KindPlace, Name: fmt.Sprintf("第%d村", i*places+j)}), "覆盖各村")
			}
		}
		idle := w.entity(schema.Entity{Kind: schema.KindProject, Name: "闲项目"}) // leads nowhere
		w.say(idle, schema.PartOf, program, "计划的项目")
		return New(newFakeStore(w.done()), Options{}), program
	}
	for _, test := range []struct {
		projects, places, hops int
		total, visited         float64
		truncated              bool
	}{
		{50, maxWays / 50, 2, maxWays, 52, false},
		{50, maxWays/50 + 1, 2, maxWays, 52, true},
		{1600, 3, 3, 4800, maxVisited, true}, // 1 + 1601 + 4800 may be looked around
	} {
		s, program := fan(test.projects, test.places)
		trace := data(t, s, fmt.Sprintf(`{ trace(from: %q, maxHops: %d, ladder: false) { totalCount visited truncated } }`, program, test.hops), "trace").(map[string]any)
		if trace["totalCount"] != test.total || trace["visited"] != test.visited && !test.truncated || trace["visited"].(float64) > maxVisited || trace["truncated"] != test.truncated {
			t.Errorf("%+v: %v", test, trace)
		}
	}
}
