package api

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/lantu-kg/lantu/schema"
)

// Every list can be filtered, and ordered where it has no order of its own.
func TestEveryListHasAFilterAndAnOrder(t *testing.T) {
	files, err := filepath.Glob("../../schema/*.graphqls")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	// Arguments of their own filter these; the order of time is that of the others.
	ownFilter := []string{"indicators", "commitments", "trace", "jobs", "files", "changes"}
	ownOrder := []string{"jobs", "files", "changes"}
	list := regexp.MustCompile(`(?m)^  (\w+)\(\n((?:    .*\n)*)  \): (\w+)Connection!`)
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range list.FindAllSubmatch(text, -1) {
			name, arguments := string(m[1]), string(m[2])
			if !strings.Contains(arguments, "\n    filter: ") && !slices.Contains(ownFilter, name) {
				t.Errorf("%s: %s cannot be filtered", filepath.Base(file), name)
			}
			if !strings.Contains(arguments, "\n    orderBy: ") && !slices.Contains(ownOrder, name) {
				t.Errorf("%s: %s cannot be ordered", filepath.Base(file), name)
			}
			for _, argument := range []string{"first", "after", "last", "before"} {
				if !strings.Contains(arguments, "\n    "+argument+": ") {
					t.Errorf("%s: %s has no %s", filepath.Base(file), name, argument)
				}
			}
		}
	}
}

func TestFiltersOfCollections(t *testing.T) {
	s, ids := meanings(t)
	for query, want := range map[string][]string{
		`claims(filter: {subjectMatches: {kinds: [PARK]}, objectMatches: {kinds: [INDUSTRY]}}) { nodes { at: subject { name } } }`: {"东湖产业园北区", "乙园"},
		`claims(filter: {subjectMatches: {nameContains: "乙"}}) { nodes { at: subject { name } } }`:                                 {"乙园"},
		`claims(filter: {objectMatches: {kinds: [PERSON]}}) { nodes { at: subject { name } } }`:                                    nil,
		`observations(filter: {aboutMatches: {status: LISTED}, measure: "员工"}) { nodes { at: about { name } } }`:                   {"青竹公司"},
		`observations(filter: {aboutMatches: {kinds: [PARK]}}) { nodes { at: about { name } } }`:                                   nil,
		`reports(filter: {names: "` + ids["firm"] + `"}) { nodes { at: region { name } file } }`:                                   {"云江区", "云江区"},
		`reports(filter: {names: "` + ids["web"] + `"}) { nodes { at: region { name } } }`:                                         {"云江区"},
		`search(query: "园", filter: {nameContains: "北"}) { nodes { at: node { ... on Entity { name } } } }`:                        {"东湖产业园北区"},
		`trace(from: "` + ids["firm"] + `", endMatches: {levels: [STREET]}) { nodes { at: to { name } } }`:                         {"柳浦乡"},
		`commitments(aboutMatches: {kinds: [ENTERPRISE]}, period: {from: "2024"}) { nodes { at: about { name } } }`:                {"青竹公司"},
		`commitments(period: {to: "2023"}) { nodes { at: about { name } } }`:                                                       nil,
		`commitments(confidenceAtLeast: 0.99) { nodes { at: about { name } } }`:                                                    nil,
	} {
		field, _, _ := strings.Cut(query, "(")
		got := lines(t, data(t, s, "{ "+query+" }", field, "nodes"), "at.name")
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", query, got, want)
		}
	}
	of := func(id, field string) []any {
		name := field[:strings.IndexAny(field, "( ")]
		return data(t, s, `{ node(id: "`+id+`") { ... on Enterprise { `+field+` } } }`, "node", name, "nodes").([]any)
	}
	for field, want := range map[string]int{
		`mentions { nodes { name } }`: 2, `mentions(filter: {asOf: "2024-12"}) { nodes { name } }`: 1, `mentions(filter: {report: "b.txt"}) { nodes { name } }`: 1,
		`mentions(filter: {nameContains: "红"}) { nodes { name } }`: 0, `mentions(filter: {merged: true}) { nodes { name } }`: 0, `mentions(filter: {confidenceAtLeast: 0.95}) { nodes { name } }`: 0,
		`mentions(filter: {period: {from: "2024", to: "2024"}}, orderBy: {field: DATE, direction: DESC}) { nodes { name } }`: 2,
		`reports(filter: {file: "b.txt"}) { nodes { id } }`:                                                                  1, `reports(orderBy: {field: TITLE}) { nodes { id } }`: 2,
		`recognitions(filter: {modality: FACT}, orderBy: {field: DATE}) { nodes { id } }`: 0, `ranks(filter: {relations: [SETTLED_IN]}) { nodes { id } }`: 0,
		`claims(relation: SETTLED_IN, filter: {relations: [LOCATED_IN]}) { nodes { id } }`: 0, `claims(relation: SETTLED_IN) { nodes { id } }`: 1,
	} {
		if got := of(ids["firm"], field); len(got) != want {
			t.Errorf("%s: %v, want %d", field, got, want)
		}
	}
	latest := of(ids["firm"], `mentions(first: 1, orderBy: {field: DATE, direction: DESC}) { nodes { evidence { report { file } } } }`)
	wantLines(t, "latest mention", lines(t, latest, "evidence.report.file"), "b.txt")
	passages := func(filter string) []any {
		return data(t, s, `{ report(file: "a.txt") { passages(filter: {`+filter+`}) { nodes { text } } } }`, "report", "passages", "nodes").([]any)
	}
	for filter, want := range map[string]int{`textContains: "产值"`: 1, `heading: true`: 0, `names: "` + ids["web"] + `"`: 1, `heading: false`: 2} {
		if got := passages(filter); len(got) != want {
			t.Errorf("%s: %v", filter, got)
		}
	}
}

// TestOrdersOfWhatIsFound orders what has ranks, lengths and positions of its own
// by something else, and goes through it page by page.
func TestOrdersOfWhatIsFound(t *testing.T) {
	s, _ := meanings(t)
	const first, second, third = "青竹公司入驻东湖产业园北区,东湖产业园北区属于东湖产业园,东湖产业园位于上柳村。北区主攻互联网3.0,乙园服务金融业。数字经济、金融业加快发展。", "2023年青竹公司产值5亿元,力争达到8亿元,员工120人。", "青竹公司上市。"
	w := write(t, schema.Report{File: "a.txt", RegionID: schema.PlaceID(districtCode), Date: "2024"})
	_, _, town, village := w.ladder()
	w.passage("星河公司位于柳浦乡,入驻丁园,丁园位于上柳村。")
	firm, park := w.named(schema.KindEnterprise, "星河公司"), w.named(schema.KindPark, "丁园")
	w.claim(schema.Claim{SubjectID: firm, Relation: schema.LocatedIn, ObjectID: town}, "星河公司位于柳浦乡", 0.5)
	w.claim(schema.Claim{SubjectID: firm, Relation: schema.SettledIn, ObjectID: park}, "入驻丁园", 0.8)
	w.claim(schema.Claim{SubjectID: park, Relation: schema.LocatedIn, ObjectID: village}, "丁园位于上柳村", 0.9)
	ways := New(newFakeStore(w.done()), Options{})
	for _, test := range []struct {
		s           *Service
		list, field string
		descending  bool
		show        string
		want        []string
	}{
		{s, `search(query: "园"`, "NAME", false, "at: matched", []string{first, "东湖产业园", "东湖产业园北区", "乙园"}},
		{s, `search(query: "园"`, "NAME", true, "at: matched", []string{"乙园", "东湖产业园北区", "东湖产业园", first}},
		{s, `search(query: "青竹"`, "DATE", true, "at: matched", []string{"青竹公司", third, first, second}},
		{s, `search(query: "青竹"`, "DATE", false, "at: matched", []string{first, second, "青竹公司", third}},
		{s, `search(query: "青竹"`, "MENTIONS", true, "at: matched", []string{"青竹公司", first, second, third}},
		{s, `search(query: "青竹"`, "MENTIONS", false, "at: matched", []string{first, second, third, "青竹公司"}},
		{s, `report(file: "a.txt") { passages(filter: {heading: false}`, "POSITION", true, "at: text", []string{second, first}},
		{s, `report(file: "a.txt") { passages(filter: {heading: false}`, "LENGTH", false, "at: text", []string{second, first}},
		{s, `report(file: "a.txt") { passages(filter: {heading: false}`, "LENGTH", true, "at: text", []string{first, second}},
		{ways, `trace(from: "` + firm + `", maxHops: 2, ladder: false`, "LENGTH", true, "at: length", []string{"2", "1"}},
		{ways, `trace(from: "` + firm + `", maxHops: 2, ladder: false`, "END", false, "to { name } at: length", []string{"2", "1"}},
		{ways, `trace(from: "` + firm + `", maxHops: 2, ladder: false`, "CONFIDENCE", true, "at: length", []string{"2", "1"}},
		{ways, `trace(from: "` + firm + `", maxHops: 2, ladder: false`, "CONFIDENCE", false, "at: length", []string{"1", "2"}},
	} {
		direction := "ASC"
		if test.descending {
			direction = "DESC"
		}
		field, _, _ := strings.Cut(test.list, "(")
		path := []string{field}
		if field == "report" {
			path = append(path, "passages")
		}
		ask := func(page string) map[string]any {
			query := fmt.Sprintf(`%s, %s, orderBy: {field: %s, direction: %s}) { nodes { %s } pageInfo { endCursor hasNextPage } }`, test.list, page, test.field, direction, test.show)
			return data(t, test.s, "{ "+query+strings.Repeat(" }", len(path)), path...).(map[string]any)
		}
		name := test.list + " by " + test.field + " " + direction
		wantLines(t, name, lines(t, ask("first: 100")["nodes"], "at"), test.want...)
		var got []string
		for cursor := ""; len(got) < 10; {
			page := ask("first: 1" + cursor)
			got = append(got, lines(t, page["nodes"], "at")...)
			info := page["pageInfo"].(map[string]any)
			if info["hasNextPage"] != true {
				break
			}
			cursor = fmt.Sprintf(", after: %q", info["endCursor"])
		}
		wantLines(t, name+", page by page", got, test.want...)
	}
	// A cursor of one order is refused by another.
	cursor := data(t, s, `{ search(query: "园", first: 1) { pageInfo { endCursor } } }`, "search", "pageInfo", "endCursor")
	if a := ask(t, s, fmt.Sprintf(`{ search(query: "园", after: %q, orderBy: {field: DATE}) { totalCount } }`, cursor), nil); len(a.Errors) != 1 || a.Errors[0].Extensions["code"] != CodeBadUserInput {
		t.Errorf("a cursor of another order: %v", a)
	}
}

func TestOrdersOfWhatIsCompared(t *testing.T) {
	s := twoYears(t)
	for _, direction := range []string{"ASC", "DESC"} {
		for field, orders := range map[string]string{"valueChanges": "GROWTH DIFFERENCE MEASURE"} {
			for order := range strings.SplitSeq(orders, " ") {
				list := data(t, s, `{ compare(before: "2024.txt", after: "2025.txt") { `+field+`(orderBy: {field: `+order+`, direction: `+direction+`}) { nodes { measure growth difference } } } }`, "compare", field, "nodes").([]any)
				key := strings.ToLower(order)
				for i := 1; i < len(list); i++ {
					a, aKnown := list[i-1].(map[string]any)[key].(float64)
					b, bKnown := list[i].(map[string]any)[key].(float64)
					if aKnown && bKnown && (a > b) == (direction == "ASC") && a != b {
						t.Errorf("%s %s: %v before %v", order, direction, a, b)
					}
				}
			}
		}
		for _, order := range []string{"DATE", "DUE", "CONFIDENCE"} {
			list := data(t, s, `{ commitments(orderBy: {field: `+order+`, direction: `+direction+`}) { totalCount nodes { id } } }`, "commitments").(map[string]any)
			if list["totalCount"] != float64(len(list["nodes"].([]any))) || list["totalCount"] == 0.0 {
				t.Errorf("commitments by %s: %v", order, list)
			}
		}
		for _, order := range []string{"OBSERVATIONS", "ENTITIES", "PERIODS", "MEASURE"} {
			list := data(t, s, `{ indicators(types: [LEVEL], aboutMatches: {kinds: [PLACE]}, orderBy: {field: `+order+`, direction: `+direction+`}) { nodes { measure observations entities periods } } }`, "indicators", "nodes").([]any)
			if len(list) == 0 {
				t.Errorf("no indicators by %s", order)
			}
			for i := 1; i < len(list); i++ {
				a, known := list[i-1].(map[string]any)[strings.ToLower(order)].(float64)
				b, _ := list[i].(map[string]any)[strings.ToLower(order)].(float64)
				if known && a != b && (a > b) == (direction == "ASC") {
					t.Errorf("%s %s: %v before %v", order, direction, a, b)
				}
			}
		}
	}
	changes := data(t, s, `{ compare(before: "2024.txt", after: "2025.txt") { statusChanges(filter: {kinds: [PERSON]}) { totalCount } valueChanges(filter: {unit: "没有"}) { totalCount } } }`, "compare").(map[string]any)
	for field, list := range changes {
		if list.(map[string]any)["totalCount"] != 0.0 {
			t.Errorf("%s of none: %v", field, list)
		}
	}
}

// TestPagesWhileDataChanges adds and removes between pages: what was there all
// the time comes once.
func TestPagesWhileDataChanges(t *testing.T) {
	park := func(file string, names ...string) *schema.Reading {
		w := write(t, schema.Report{File: file, Title: file, RegionID: schema.PlaceID(districtCode), Date: "2024-" + file[:2]})
		_, _, town, _ := w.ladder()
		for _, name := range names {
			w.passage(name + "位于柳浦乡,产值8亿元。")
			id := w.named(schema.KindPark, name)
			w.say(id, schema.LocatedIn, town, name+"位于柳浦乡")
			w.observe(schema.Observation{AboutID: id, Measure: "产值", Value: 8, Unit: "亿元", Amount: 8e8, BaseUnit: "元", Type: schema.Level}, "8亿元")
		}
		return w.done()
	}
	for field, text := range map[string]string{
		"parks": "nodes { key: name }", "entities": "nodes { key: name }",
		"claims": "nodes { key: id }", "observations": "nodes { key: id }", "reports": "nodes { key: id }",
	} {
		orders := map[string][]string{
			"parks": {"", "orderBy: {field: NAME, direction: DESC}, "}, "entities": {"", "orderBy: {field: KIND}, "},
			"claims": {"", "orderBy: {field: DATE, direction: DESC}, "}, "observations": {"", "orderBy: {field: AMOUNT}, "}, "reports": {"", "orderBy: {field: TITLE}, "},
		}
		for _, order := range orders[field] {
			for _, back := range []bool{false, true} {
				stay := []*schema.Reading{park("03.txt", "丙园", "己园"), park("05.txt", "丁园", "庚园"), park("07.txt", "戊园", "辛园")}
				go1, go2 := park("01.txt", "甲园"), park("08.txt", "壬园")
				store := newFakeStore(append(stay, go1, go2)...)
				s := New(store, Options{})
				keys := func(arguments string) ([]string, map[string]any) {
					page := data(t, s, `{ `+field+`(`+order+arguments+`) { `+text+` pageInfo { startCursor endCursor hasNextPage hasPreviousPage } } }`, field).(map[string]any)
					return lines(t, page["nodes"], "key"), page["pageInfo"].(map[string]any)
				}
				want := map[string]bool{}
				lasting, _ := func() ([]string, map[string]any) {
					was := s
					s = New(newFakeStore(stay...), Options{})
					defer func() { s = was }()
					return keys("first: 100")
				}()
				for _, key := range lasting {
					want[key] = true
				}
				seen := map[string]int{}
				cursor := ""
				for turn := 0; ; turn++ {
					arguments := "first: 2" + cursor
					if back {
						arguments = "last: 2" + cursor
					}
					page, info := keys(arguments)
					for _, key := range page {
						seen[key]++
					}
					next, end, more := "after", "endCursor", "hasNextPage"
					if back {
						next, end, more = "before", "startCursor", "hasPreviousPage"
					}
					if info[more] != true || turn > 50 {
						break
					}
					cursor = fmt.Sprintf(", %s: %q", next, info[end])
					switch turn { // what the cursor stands at may be gone too
					case 0:
						store.put(park("02.txt", "乙园", "丑园"))
						store.forget(go1)
					case 1:
						store.put(park("09.txt", "癸园", "子园"))
						store.forget(go2)
					}
				}
				for key, n := range seen {
					if n != 1 {
						t.Errorf("%s(%s) back %v: %s came %d times", field, order, back, key, n)
					}
				}
				for key := range want {
					if seen[key] == 0 {
						t.Errorf("%s(%s) back %v: %s did not come", field, order, back, key)
					}
				}
			}
		}
	}
}

// forget takes away what only the reading says.
func (f *fakeStore) forget(r *schema.Reading) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.version++
	delete(f.reports, r.Report.ID)
	for i := range r.Entities {
		if r.Entities[i].Kind == schema.KindPark {
			delete(f.entities, r.Entities[i].ID)
			delete(f.mentions, r.Entities[i].ID)
		}
	}
	for i := range r.Claims {
		delete(f.claims, r.Claims[i].ID)
	}
	for i := range r.Observations {
		delete(f.observations, r.Observations[i].ID)
	}
}

// TestFirstPageOfSearch holds that the first page, for which not all hits are looked
// for, is the first page of all.
func TestFirstPageOfSearch(t *testing.T) {
	s := twoYears(t)
	const shown = `nodes { node { id } match matched } edges { cursor } pageInfo { hasNextPage hasPreviousPage endCursor }`
	for _, query := range []string{"园", "青竹", "产业 园", "qz", "没有"} {
		for _, page := range []string{"", "first: 1, ", "first: 2, ", "first: 100, "} {
			search := func(fields string) map[string]any {
				return data(t, s, fmt.Sprintf(`{ search(%squery: %q) { ...shown } } fragment shown on SearchConnection { %s %s }`, page, query, shown, fields), "search").(map[string]any)
			}
			first, whole := search(""), search("totalCount")
			hits := len(first["nodes"].([]any))
			if total := int(whole["totalCount"].(float64)); hits > total || hits < total && first["pageInfo"].(map[string]any)["hasNextPage"] != true {
				t.Errorf("%s, %s: %d of %d hits, %v", query, page, hits, total, first["pageInfo"])
			}
			delete(whole, "totalCount")
			if !reflect.DeepEqual(first, whole) {
				t.Errorf("%s, %s: %v, of all %v", query, page, first, whole)
			}
		}
	}
}
