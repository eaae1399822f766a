package api

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/lantu-kg/lantu/schema"
)

func parseSDL(t *testing.T) *ast.Schema {
	t.Helper()
	files, err := filepath.Glob("../../schema/*.graphqls")
	if err != nil || len(files) == 0 {
		t.Fatalf("no SDL: %v", err)
	}
	var sources []*ast.Source
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		sources = append(sources, &ast.Source{Name: file, Input: string(text)})
	}
	parsed, err := gqlparser.LoadSchema(sources...)
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

func TestEverythingIsDescribed(t *testing.T) {
	seen := 0
	check := func(what, description string) {
		seen++
		if strings.TrimSpace(description) == "" {
			t.Errorf("%s has no description", what)
		}
	}
	for _, definition := range parseSDL(t).Types {
		if definition.BuiltIn {
			continue
		}
		check(definition.Name, definition.Description)
		for _, field := range definition.Fields {
			if strings.HasPrefix(field.Name, "__") {
				continue
			}
			check(definition.Name+"."+field.Name, field.Description)
			for _, argument := range field.Arguments {
				check(definition.Name+"."+field.Name+"("+argument.Name+")", argument.Description)
			}
		}
		for _, value := range definition.EnumValues {
			check(definition.Name+"."+value.Name, value.Description)
		}
	}
	if seen < 500 {
		t.Errorf("only %d elements seen", seen)
	}
}

// TestVocabulary checks that the SDL has a type for every kind and a value for
// every relation, status and so on.
func TestVocabulary(t *testing.T) {
	parsed := parseSDL(t)
	want := map[string][]string{}
	for _, info := range schema.Kinds {
		want["Kind"] = append(want["Kind"], string(info.Kind))
		name := string(info.Kind[:1]) + strings.ToLower(string(info.Kind[1:]))
		if definition := parsed.Types[name]; definition == nil || !slices.Contains(definition.Interfaces, "Entity") {
			t.Errorf("no type %s implements Entity", name)
		}
	}
	for _, info := range schema.Relations {
		want["Relation"] = append(want["Relation"], string(info.Relation))
	}
	for _, info := range schema.Statuses {
		want["Status"] = append(want["Status"], string(info.Status))
	}
	for enum, values := range want {
		var got []string
		for _, value := range parsed.Types[enum].EnumValues {
			got = append(got, value.Name)
		}
		if !slices.Equal(got, values) {
			t.Errorf("%s is %v, the vocabulary has %v", enum, got, values)
		}
	}
}

// TestNodes gets everything in the graph again by its id.
func TestNodes(t *testing.T) {
	store := newFakeStore(report2024(t), report2025(t))
	s := New(store, Options{})
	want := map[string]string{}
	for id, e := range store.entities {
		want[id] = string(e.Kind[:1]) + strings.ToLower(string(e.Kind[1:]))
	}
	for id := range store.claims {
		want[id] = "Claim"
	}
	for id := range store.observations {
		want[id] = "Observation"
	}
	for id := range store.reports {
		want[id] = "Report"
		sections := data(t, s, fmt.Sprintf(`{ report(id: %q) { sections { id } } }`, id), "report", "sections").([]any)
		for _, section := range sections {
			want[section.(map[string]any)["id"].(string)] = "Section"
		}
	}
	for id := range store.passages {
		want[id] = "Passage"
	}
	sorts := slices.Compact(slices.Sorted(maps.Values(want)))
	if len(sorts) != len(schema.Kinds)+5 {
		t.Fatalf("the reports have only %v", sorts)
	}
	ids := slices.Sorted(maps.Keys(want))
	var quoted []string
	for _, id := range ids {
		node := data(t, s, fmt.Sprintf(`{ node(id: %q) { id __typename } }`, id), "node").(map[string]any)
		if node["id"] != id || node["__typename"] != want[id] {
			t.Errorf("%s (%s): got %v", id, want[id], node)
		}
		quoted = append(quoted, fmt.Sprintf("%q", id))
	}
	for part := range slices.Chunk(quoted, maxIDs-1) {
		nodes := data(t, s, `{ nodes(ids: [`+strings.Join(part, ",")+`, "park-none"]) { id } }`, "nodes").([]any)
		for i, node := range nodes[:len(part)] {
			if id := node.(map[string]any)["id"]; fmt.Sprintf("%q", id) != part[i] {
				t.Errorf("%s: got %v", part[i], id)
			}
		}
		if nodes[len(part)] != nil {
			t.Errorf("park-none: got %v", nodes[len(part)])
		}
	}
	for _, id := range []string{"", "-", "park", "claim-", "observation-x", "report-", "passage-x-1", "section-", "section-x", "section-x-y", "section-x--1", "section-x-1", "garden-1", "place-0"} {
		if node := data(t, s, fmt.Sprintf(`{ node(id: %q) { id } }`, id), "node"); node != nil {
			t.Errorf("%q: got %v", id, node)
		}
	}
}

func TestFilters(t *testing.T) {
	s := newTestService(t)
	for _, test := range []struct {
		field string
		want  []string
	}{
		{`parks(filter: {name: "《数字医疗园》"})`, []string{"云江数字医疗产业园"}},
		{`parks(filter: {nameContains: "医疗"})`, []string{"云江数字医疗产业园"}},
		{`parks(filter: {nameContains: "金融"})`, nil},
		{`entities(filter: {nameContains: "云江", kinds: [EVENT, FACILITY]})`, []string{"云江会展中心", "云江科技周"}},
		{`entities(filter: {kinds: []})`, nil},
		{`enterprises(filter: {report: "yunjiang-2025.html"})`, []string{"康桥制药"}},
		{`enterprises(filter: {region: "place-9901"})`, []string{"云江建投集团", "康桥制药", "远山科仪"}},
		{`enterprises(filter: {region: "place-990101101"})`, nil},
		{`enterprises(filter: {within: "place-990101"})`, []string{"康桥制药", "远山科仪"}},
		{`projects(filter: {within: "place-990101101201"})`, []string{"柳浦河治理工程"}},
		{`places(filter: {within: "place-990101101"})`, []string{"上柳村", "柳浦乡"}},
		{`places(filter: {levels: [CITY, DISTRICT]})`, []string{"云江区", "海川市"}},
		{`projects(filter: {status: COMPLETED})`, []string{"柳浦河治理工程"}},
		{`projects(filter: {status: STARTED})`, nil},
		{`entities(filter: {status: OPENED})`, []string{"云江数字医疗产业园"}},
		{`entities(filter: {relation: RECOGNIZED_AS})`, []string{"上柳村"}},
		{`entities(filter: {relation: COVERS})`, []string{"上柳村", "柳浦乡", "百村千景"}},
		{`entity(name: "云江数字医疗产业园") { related`, []string{"云江区", "云江大学附属研究院", "康桥制药", "数字医疗", "柳浦乡", "远山科仪"}},
		{`entity(name: "云江数字医疗产业园") { related(direction: OUT)`, []string{"数字医疗", "柳浦乡"}},
		{`entity(name: "云江数字医疗产业园") { related(direction: IN, relations: [SUPPORTS])`, []string{"云江区"}},
		{`entity(name: "云江数字医疗产业园") { related(relations: [])`, nil},
		{`entity(name: "云江数字医疗产业园") { related(filter: {kinds: [ENTERPRISE], nameContains: "远山"})`, []string{"远山科仪"}},
	} {
		t.Run(test.field, func(t *testing.T) {
			path := []string{test.field[:strings.IndexAny(test.field, "( ")]}
			query := "{ " + test.field + " { nodes { name } } }"
			if strings.Contains(test.field, "related") {
				query += " }"
				path = append(path, "related")
			}
			if got := names(t, data(t, s, query, path...)); !slices.Equal(got, test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

func TestFactFilters(t *testing.T) {
	s := newTestService(t)
	park := schema.EntityID(schema.KindPark, "云江数字医疗产业园", "")
	firm := schema.EntityID(schema.KindEnterprise, "康桥制药", "")
	finance := schema.EntityID(schema.KindIndustry, "金融业", "")
	total := len(newFakeStore(report2024(t), report2025(t)).claims)
	for _, test := range []struct {
		field string
		want  int
	}{
		{`claims`, total},
		{`claims(filter: {})`, total},
		{`claims(filter: {relations: [SETTLED_IN]})`, 3},
		{`claims(filter: {relations: [SETTLED_IN, RECOGNIZED_AS]})`, 4},
		{`claims(filter: {relations: []})`, 0},
		{`claims(filter: {subject: "` + firm + `"})`, 1},
		{`claims(filter: {object: "` + park + `", relations: [SUPPORTS]})`, 1},
		{`claims(filter: {about: "` + firm + `"})`, 2},
		{`claims(filter: {about: "park-none"})`, 0},
		{`claims(filter: {status: STARTED})`, 2},
		{`claims(filter: {modality: AIM})`, 1},
		{`claims(filter: {valueContains: "美丽"})`, 1},
		{`claims(filter: {report: "yunjiang-2025.html"})`, 4},
		{`claims(filter: {report: "yunjiang-2025.html", relations: [COVERS]})`, 2},
		{`claims(filter: {region: "place-990101"})`, total},
		{`claims(filter: {region: "place-990101101"})`, 0},
		{`claims(filter: {confidenceAtLeast: 0.8})`, total - 1},
		{`claims(filter: {confidenceAtLeast: 0.95})`, 0},
		{`observations`, 4},
		{`observations(filter: {about: "` + finance + `"})`, 3},
		{`observations(filter: {about: "` + finance + `", types: [LEVEL, RANK]})`, 2},
		{`observations(filter: {measure: "利润"})`, 1},
		{`observations(filter: {measureContains: "增加"})`, 1},
		{`observations(filter: {unit: "万亿元"})`, 1},
		{`observations(filter: {unit: "元"})`, 1},
		{`observations(filter: {modality: AIM})`, 0},
		{`observations(filter: {report: "yunjiang-2024.txt"})`, 4},
		{`observations(filter: {region: "place-9901"})`, 4},
		{`observations(filter: {confidenceAtLeast: 0.96})`, 0},
		{`observations(filter: {checksHold: false})`, 1},
		{`observations(filter: {checksHold: true})`, 0},
		{`claims(filter: {relations: [RANKED]})`, 1},
		{`reports(filter: {titleContains: "2025年"})`, 1},
		{`reports(filter: {file: "yunjiang-2024.txt"})`, 1},
		{`reports(filter: {speaker: "周一帆"})`, 1},
		{`reports(filter: {region: "place-9901"})`, 2},
		{`reports(filter: {from: "2024"})`, 2},
		{`reports(filter: {from: "2024-01-11"})`, 1},
		{`reports(filter: {from: "2024-01", to: "2024"})`, 1},
		{`reports(filter: {to: "2024-01-09"})`, 0},
		{`reports(filter: {to: "2025-01"})`, 2},
	} {
		t.Run(test.field, func(t *testing.T) {
			root, _, _ := strings.Cut(test.field, "(")
			field := test.field + "(first: 100)"
			if rest, ok := strings.CutPrefix(test.field, root+"("); ok {
				field = root + "(first: 100, " + rest
			}
			list := data(t, s, "{ "+field+" { totalCount nodes { id } } }", root).(map[string]any)
			if got := len(list["nodes"].([]any)); got != test.want || list["totalCount"] != float64(got) {
				t.Errorf("got %d of %v, want %d", got, list["totalCount"], test.want)
			}
		})
	}
}

func TestEntityByName(t *testing.T) {
	w := write(t, schema.Report{File: "a.txt"})
	w.passage("高台与高台、高台广场、高台集团。")
	w.named(schema.KindEnterprise, "高台集团", "高台")
	place := w.named(schema.KindPlace, "高台")
	w.named(schema.KindPark, "高台科创园", "高台")
	w.named(schema.KindEvent, "高台")
	s := New(newFakeStore(w.done()), Options{})
	for query, want := range map[string]any{
		`name: "高台"`:                   place,
		`name: "“高台”"`:                 place,
		`name: "高台", kind: EVENT`:      schema.EntityID(schema.KindEvent, "高台", ""),
		`name: "高台", kind: ENTERPRISE`: schema.EntityID(schema.KindEnterprise, "高台集团", ""),
		`name: "高台", kind: PERSON`:     nil,
		`name: "矮台"`:                   nil,
	} {
		entity := data(t, s, `{ entity(`+query+`) { id } }`, "entity")
		if got, ok := entity.(map[string]any); ok && got["id"] != want || !ok && want != nil {
			t.Errorf("%s: got %v, want %v", query, entity, want)
		}
	}
}

// TestChangedGraph checks that what is kept between requests is made anew when
// the graph has changed, and only then.
func TestChangedGraph(t *testing.T) {
	store := newFakeStore(report2024(t))
	s := New(store, Options{})
	query := `{ search(query: "扩面") { totalCount } entity(name: "不存在") { id } parks { totalCount } }`
	if got := data(t, s, query, "search", "totalCount"); got != 0.0 {
		t.Fatalf("found %v", got)
	}
	store.asked()
	data(t, s, query)
	if got := store.asked(); got != 1 {
		t.Errorf("asked the store %d times, not just for its version: %v", got, store.calls)
	}
	store.put(report2025(t))
	if got := data(t, s, query, "search", "totalCount"); got != 1.0 {
		t.Errorf("found %v", got)
	}
}

// TestBatches counts the calls to the store: they must not grow with what is
// asked for. On one processor nobody is left behind who is about to ask, so the
// count does not depend on how fast the machine is.
func TestBatches(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	queries := map[string]struct {
		query string
		most  int
	}{
		"parks to reports": {`{ parks(first: 100) { nodes { name enterprises { nodes { name claims { nodes { relation evidence { quote before passage { text section { heading } } report { title region { name } } } } } } } } } }`, 16},
		"common fields":    {`{ enterprises(first: 100) { nodes { region { name } status { status report { title } } statuses { date } partOf { totalCount } related { nodes { name } } recognitions { totalCount } observations { totalCount } mentions { nodes { evidence { after } } } reports { nodes { title } } } } }`, 20},
		"filtered":         {`{ parks(first: 100) { nodes { enterprises(filter: {status: OPENED, relation: SETTLED_IN, report: "a.txt"}) { totalCount } } } }`, 24},
		"ladders":          {`{ places(first: 100) { nodes { ancestors { name } children { nodes { name } } parks(below: true) { totalCount } } } }`, 16},
		"passages":         {`{ reports { nodes { passages(first: 100) { nodes { mentions { entity { name } evidence { start } } entities { nodes { name } } claims { nodes { subject { name } object { name } } } } } } } }`, 12},
		"search":           {`{ search(query: "园", first: 100) { nodes { node { ... on Park { enterprises { nodes { name } } } ... on Passage { report { title } } } } } }`, 16},
		"trace":            {`{ trace(from: "place-9901", direction: REACHED_BY, first: 20) { nodes { hops { to { name } claim { evidence { passage { text } report { title } } } } } } }`, 44},
		"neighborhood":     {`{ neighborhood(of: "place-9901", depth: 3, limit: 500, perRelation: 100) { entities { name } links { from { name } claims { evidence { passage { text } report { title } } } } } }`, 24},
		"links":            {`{ links(of: [%s], with: ["place-9901"]) { from { name } to { name } claims { evidence { passage { text } report { title } } } } }`, 12},
		"paths":            {`{ paths(from: "place-990101101300", to: "place-990101101301", maxLength: 6, first: 100) { nodes { hops { to { name } claim { evidence { passage { text } } } } } } }`, 44},
		"commitments":      {`{ commitments(first: 100) { nodes { about { name } later { evidence { passage { text } } } } } }`, 20},
		"states":           {`{ commitments(first: 1) { a: states { count } b: states { count } } }`, 12},
		"about one":        {`{ commitments(about: "place-9901", first: 1) { totalCount states { count } } }`, 9},
		"indicators":       {`{ indicators(first: 100) { nodes { measure observations } } }`, 6},
		"rejected":         {`{ claims(filter: {curation: [REJECTED, UNREVIEWED]}, first: 100) { nodes { subject { name } } } observations(filter: {curation: [REJECTED]}) { totalCount } }`, 9},
		"stats":            {`{ stats { claims regions { region { name } } } }`, 32},
		"derived":          {`{ enterprises(first: 100) { nodes { derived { rule object { name } from { evidence { quote } } } } } }`, 24},
		"filtered claims":  {`{ claims(filter: {relations: [SETTLED_IN, LOCATED_IN], region: "place-9901", confidenceAtLeast: 0.1}, first: 100) { totalCount nodes { subject { name } object { name } evidence { quote passage { text } report { title } } } } }`, 16},
		"filtered kind":    {`{ entities(filter: {kinds: [PARK], nameContains: "园", within: "place-9901"}, first: 100) { totalCount nodes { name claims { nodes { evidence { report { title } } } } } } }`, 24},
		"nodes":            {`{ nodes(ids: [%s]) { ... on Enterprise { claims { nodes { object { name } } } } } }`, 8},
	}
	for name, test := range queries {
		t.Run(name, func(t *testing.T) {
			const n = 90
			store := newFakeStore(manyParks(t, n))
			query := test.query
			if name == "nodes" || name == "links" {
				var ids []string
				for id, e := range store.entities {
					if e.Kind == schema.KindEnterprise && len(ids) < n {
						ids = append(ids, fmt.Sprintf("%q", id))
					}
				}
				query = fmt.Sprintf(query, strings.Join(ids, ","))
			}
			data(t, New(store, Options{}), query)
			calls := store.asked()
			t.Logf("%d calls", calls)
			if calls > test.most {
				t.Errorf("%d calls for %d things, more than %d", calls, n, test.most)
			}
		})
	}
}

// manyParks is a report of n parks in n villages with two enterprises each.
func manyParks(t *testing.T, n int) *schema.Reading {
	w := write(t, schema.Report{File: "a.txt", Title: "云江区", RegionID: schema.PlaceID(districtCode), Date: "2024"})
	w.section(1, -1, "一、", "产业", schema.MoodReview)
	w.passage("云江区辖柳浦乡。")
	_, _, town, _ := w.ladder()
	for i := range n {
		w.passage(fmt.Sprintf("第%d村的第%d园区开园,甲%d公司、乙%d公司入驻。", i, i, i, i))
		village := w.place(fmt.Sprintf("第%d村", i), fmt.Sprintf("%s3%02d", townCode, i), schema.LevelVillage, town)
		park := w.named(schema.KindPark, fmt.Sprintf("第%d园区", i))
		w.say(park, schema.LocatedIn, village, fmt.Sprintf("第%d村的第%d园区", i, i))
		for _, sign := range []string{"甲", "乙"} {
			name := fmt.Sprintf("%s%d公司", sign, i)
			firm := w.named(schema.KindEnterprise, name)
			w.say(firm, schema.SettledIn, park, name)
			w.say(firm, schema.HasStatus, string(schema.StatusOpened), "开园")
		}
	}
	return w.done()
}

// TestPlaceCounts holds the counts of a place to what the filters within give.
func TestPlaceCounts(t *testing.T) {
	s := newTestService(t)
	for _, code := range []string{cityCode, districtCode, townCode, villageCode} {
		place := schema.PlaceID(code)
		got := data(t, s, `{
			node(id: "`+place+`") { ... on Place { counts { entities kinds { kind count } claims observations reports } } }
			entities(filter: {within: "`+place+`"}) { totalCount }
			projects(filter: {within: "`+place+`"}) { totalCount }
			claims(filter: {within: "`+place+`"}) { totalCount }
			observations(filter: {within: "`+place+`"}) { totalCount }
			reports(filter: {region: "`+place+`"}) { totalCount }
		}`).(map[string]any)
		total := func(list string) float64 { return got[list].(map[string]any)["totalCount"].(float64) }
		counts := got["node"].(map[string]any)["counts"].(map[string]any)
		projects := 0.0
		for _, facet := range counts["kinds"].([]any) {
			if facet := facet.(map[string]any); facet["kind"] == "PROJECT" {
				projects = facet["count"].(float64)
			}
		}
		if counts["entities"] != total("entities")-1 || projects != total("projects") || counts["claims"] != total("claims") ||
			counts["observations"] != total("observations") || counts["reports"] != total("reports") {
			t.Errorf("%s: %v, of %v", code, counts, got)
		}
		if code == districtCode && (projects == 0 || counts["observations"] == 0.0 || counts["reports"] != 2.0) {
			t.Errorf("%s has too little: %v", code, counts)
		}
	}
}

func TestTopmost(t *testing.T) {
	s := newTestService(t)
	names := func(topmost string) string {
		return fmt.Sprint(data(t, s, `{ places(filter: {topmost: `+topmost+`, levels: [CITY, DISTRICT, VILLAGE]}) { nodes { name } } }`, "places", "nodes"))
	}
	if got, want := names("true"), "[map[name:海川市]]"; got != want {
		t.Errorf("topmost: %s, not %s", got, want)
	}
	if got := names("false"); strings.Contains(got, "海川市") || !strings.Contains(got, "云江区") {
		t.Errorf("not topmost: %s", got)
	}
}
