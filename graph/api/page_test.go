package api

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/lantu-kg/lantu/schema"
)

// parkReading is a report that names parks of the given names.
func parkReading(t *testing.T, file string, names ...string) *schema.Reading {
	w := write(t, schema.Report{File: file, Title: file, Date: "2024"})
	for _, name := range names {
		w.passage(file + "提到" + name + "。")
		w.named(schema.KindPark, name)
	}
	return w.done()
}

func names(t *testing.T, connection any) []string {
	t.Helper()
	var all []string
	for _, node := range connection.(map[string]any)["nodes"].([]any) {
		all = append(all, node.(map[string]any)["name"].(string))
	}
	return all
}

func numbered(from, to int) []string {
	var all []string
	for i := from; i <= to; i++ {
		all = append(all, fmt.Sprintf("第%03d产业园", i))
	}
	return all
}

func TestPages(t *testing.T) {
	s := New(newFakeStore(parkReading(t, "a.txt", numbered(1, 45)...)), Options{})
	cursor := func(n int) string {
		return data(t, s, fmt.Sprintf(`{ parks(first: %d) { pageInfo { endCursor } } }`, n), "parks", "pageInfo", "endCursor").(string)
	}
	for _, test := range []struct {
		arguments      string
		want           []string
		previous, next bool
	}{
		{``, numbered(1, 20), false, true},
		{`(first: 1)`, numbered(1, 1), false, true},
		{`(first: 100)`, numbered(1, 45), false, false},
		{`(first: 5, after: "` + cursor(20) + `")`, numbered(21, 25), true, true},
		{`(first: 30, after: "` + cursor(20) + `")`, numbered(21, 45), true, false},
		{`(after: "` + cursor(45) + `")`, nil, true, false},
		{`(last: 5)`, numbered(41, 45), true, false},
		{`(last: 5, before: "` + cursor(20) + `")`, numbered(15, 19), true, true},
		{`(last: 50, before: "` + cursor(20) + `")`, numbered(1, 19), false, true},
		{`(after: "` + cursor(3) + `", before: "` + cursor(6) + `")`, numbered(4, 5), true, true},
		{`(after: "` + cursor(6) + `", before: "` + cursor(3) + `")`, nil, true, true},
	} {
		t.Run(test.arguments, func(t *testing.T) {
			parks := data(t, s, `{ parks`+test.arguments+` { nodes { name } edges { cursor node { name } } totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`, "parks").(map[string]any)
			if got := names(t, parks); !slices.Equal(got, test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
			if parks["totalCount"] != 45.0 {
				t.Errorf("totalCount is %v", parks["totalCount"])
			}
			info := parks["pageInfo"].(map[string]any)
			if info["hasNextPage"] != test.next || info["hasPreviousPage"] != test.previous {
				t.Errorf("pageInfo is %v", info)
			}
			edges := parks["edges"].([]any)
			if len(edges) == 0 {
				if info["startCursor"] != nil || info["endCursor"] != nil {
					t.Errorf("an empty page has cursors: %v", info)
				}
				return
			}
			first, last := edges[0].(map[string]any)["cursor"], edges[len(edges)-1].(map[string]any)["cursor"]
			if info["startCursor"] != first || info["endCursor"] != last {
				t.Errorf("pageInfo %v, but cursors %v and %v", info, first, last)
			}
		})
	}
}

// TestCursorsWhileDataChanges walks through a list page by page while things
// come and go: what was there all along is seen once.
func TestCursorsWhileDataChanges(t *testing.T) {
	store := newFakeStore(parkReading(t, "a.txt", numbered(10, 40)...))
	s := New(store, Options{})
	var seen []string
	after := "null"
	for page := 0; ; page++ {
		parks := data(t, s, `{ parks(first: 7, after: `+after+`) { nodes { name } pageInfo { hasNextPage endCursor } } }`, "parks").(map[string]any)
		seen = append(seen, names(t, parks)...)
		info := parks["pageInfo"].(map[string]any)
		if info["hasNextPage"] == false {
			break
		}
		after = `"` + info["endCursor"].(string) + `"`
		switch page {
		case 0: // new ones before and behind the cursor
			store.put(parkReading(t, "b.txt", "第001产业园", "第025产业园甲"))
		case 1: // the very thing that the cursor names goes
			id := schema.EntityID(schema.KindPark, seen[len(seen)-1], "")
			delete(store.entities, id)
			store.version++
		}
	}
	want := slices.Insert(numbered(10, 40), 16, "第025产业园甲")
	if !slices.Equal(seen, want) {
		t.Errorf("saw  %v\nwant %v", seen, want)
	}
}

// TestEveryConnection pages through connections of every order, forwards and
// backwards, one thing at a time.
func TestEveryConnection(t *testing.T) {
	program := schema.EntityID(schema.KindProgram, "百村千景", "")
	for _, list := range []string{
		`entities`, `claims`, `observations`, `reports`, `indicators`, `commitments`, `search(query: "云江")`, `trace(from: "` + program + `")`,
		`claims(filter: {confidenceAtLeast: 0.1, modality: FACT})`, `observations(filter: {modality: FACT})`, `entities(filter: {confidenceAtLeast: 0.1})`,
		`entity(name: "柳浦河治理工程") { claims`, `entity(name: "百村千景") { mentions`, `entity(name: "云江数字医疗产业园") { related`,
		`report(file: "yunjiang-2024.txt") { passages`,
	} {
		t.Run(list, func(t *testing.T) {
			s := newTestService(t)
			if list == "indicators" || list == "commitments" {
				s = twoYears(t)
			}
			page := func(arguments string) map[string]any {
				field := list
				if strings.HasSuffix(field, ")") {
					field = strings.TrimSuffix(field, ")") + ", " + arguments + ")"
				} else {
					field += "(" + arguments + ")"
				}
				ask := func(total string) map[string]any {
					query := "{ " + field + " { edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }" + total + " } }"
					if strings.Contains(list, " { ") {
						query += " }"
					}
					at := data(t, s, query)
					for {
						object := at.(map[string]any)
						if object["edges"] != nil {
							return object
						}
						for _, at = range object {
						}
					}
				}
				whole, only := ask(" totalCount"), ask("")
				// What looks no further than the page tells the same of it.
				if fmt.Sprint(whole["edges"], whole["pageInfo"]) != fmt.Sprint(only["edges"], only["pageInfo"]) {
					t.Errorf("%s: counted %v, only the page %v", arguments, whole, only)
				}
				return whole
			}
			var all []string
			for _, edge := range page("first: 100")["edges"].([]any) {
				all = append(all, edge.(map[string]any)["cursor"].(string))
			}
			if len(all) < 2 {
				t.Fatalf("only %d things: too few to page through", len(all))
			}
			sorted := slices.Compact(slices.Sorted(slices.Values(all)))
			if len(sorted) != len(all) {
				t.Errorf("cursors are not unique: %d of %d", len(sorted), len(all))
			}
			for i := range all {
				forward := page(fmt.Sprintf("first: 1, after: %q", all[i]))
				backward := page(fmt.Sprintf("last: 1, before: %q", all[i]))
				check := func(got map[string]any, at int) {
					edges := got["edges"].([]any)
					if at < 0 || at >= len(all) {
						if len(edges) != 0 {
							t.Errorf("found something beyond the end")
						}
						return
					}
					if len(edges) != 1 || edges[0].(map[string]any)["cursor"] != all[at] {
						t.Errorf("beside %d: got %v, want %s", i, edges, all[at])
					}
					if got["totalCount"] != float64(len(all)) {
						t.Errorf("totalCount is %v, not %d", got["totalCount"], len(all))
					}
				}
				check(forward, i+1)
				check(backward, i-1)
			}
		})
	}
}

// TestPagesOfWhatPasses goes through what few of many pass, page by page, and reads no
// more than each page needs.
func TestPagesOfWhatPasses(t *testing.T) {
	w := write(t, schema.Report{File: "a.txt"})
	w.passage("各企业相互合作。")
	var firms []string
	for i := range 60 {
		firm := w.named(schema.KindEnterprise, fmt.Sprintf("第%02d公司", i))
		for _, other := range firms {
			confidence := 0.5
			if (i*7+len(firms))%3 == 0 && len(firms)%20 == 0 {
				confidence = 0.95
			}
			w.claim(schema.Claim{SubjectID: firm, Relation: schema.CooperatesWith, ObjectID: other}, "相互合作", confidence)
		}
		firms = append(firms, firm)
	}
	store := newFakeStore(w.done())
	s := New(store, Options{})
	ids := func(arguments, fields string) (ids []string, info map[string]any) {
		page := data(t, s, `{ claims(`+arguments+`) { nodes { id } pageInfo { hasNextPage hasPreviousPage endCursor }`+fields+` } }`, "claims").(map[string]any)
		for _, node := range page["nodes"].([]any) {
			ids = append(ids, node.(map[string]any)["id"].(string))
		}
		return ids, page["pageInfo"].(map[string]any)
	}
	for _, filter := range []string{"confidenceAtLeast: 0.9", "confidenceAtLeast: 0.4", "confidenceAtLeast: 0.99"} {
		whole, _ := ids("first: 100, filter: {"+filter+"}", " totalCount")
		var paged []string
		for after := ""; ; {
			page, info := ids("first: 7, filter: {"+filter+"}"+after, "")
			if info["hasPreviousPage"] != (len(paged) > 0) {
				t.Fatalf("%s: behind %d, hasPreviousPage is %v", filter, len(paged), info["hasPreviousPage"])
			}
			paged = append(paged, page...)
			if after = fmt.Sprintf(", after: %q", info["endCursor"]); info["hasNextPage"] != true || len(paged) > len(whole) {
				break
			}
		}
		if !slices.Equal(paged[:min(len(paged), len(whole))], whole) {
			t.Errorf("%s: page by page %v, at once %v", filter, paged, whole)
		}
	}
	for _, asked := range []struct {
		arguments, fields           string
		outlined, outlinedMax, read int
	}{
		{"first: 7, filter: {confidenceAtLeast: 0.4}", "", 8, 16, 7},
		{"first: 7, filter: {confidenceAtLeast: 0.4}", " totalCount", 1770, 1770, 7},
		{"first: 7, orderBy: {field: CONFIDENCE, direction: DESC}", " totalCount", 1770, 1770, 7},
		{`first: 7, filter: {confidenceAtLeast: 0.4, valueContains: "x"}`, " totalCount", 1770, 1770, 0},
	} {
		clear(store.keys)
		ids(asked.arguments, asked.fields)
		if n := store.keys["ClaimOutlines"]; n < asked.outlined || n > asked.outlinedMax {
			t.Errorf("%s%s: %d claims were looked at", asked.arguments, asked.fields, n)
		}
		if n := store.keys["Claims"]; n != asked.read {
			t.Errorf("%s%s: %d claims were read", asked.arguments, asked.fields, n)
		}
	}
}

// TestArgumentsOfEmptyPages refuses what cannot be meant also where nothing is left that
// it could be asked of.
func TestArgumentsOfEmptyPages(t *testing.T) {
	s := newTestService(t)
	for _, list := range []string{
		`entities(filter: {confidenceAtLeast: 2, name: "nobody"})`, `entities(filter: {confidenceAtLeast: 0.1, name: "nobody"}, first: 0)`,
		`entities(filter: {confidenceAtLeast: 0.1, name: "nobody"}, after: "x")`,
		`claims(filter: {subject: "nobody", confidenceAtLeast: 2})`, `claims(filter: {subject: "nobody", subjectMatches: {within: "nope"}})`,
		`claims(filter: {subject: "nobody", subjectMatches: {asOf: "bad"}})`, `claims(filter: {subject: "nobody", objectMatches: {confidenceAtLeast: 2}})`,
		`claims(filter: {confidenceAtLeast: 0.999999, subjectMatches: {confidenceAtLeast: 2}})`, `observations(filter: {about: "nobody", aboutMatches: {report: "nope"}})`,
	} {
		for _, fields := range []string{"nodes { id }", "nodes { id } totalCount"} {
			if a := ask(t, s, `{ `+list+` { `+fields+` } }`, nil); len(a.Errors) != 1 {
				t.Errorf("%s { %s }: errors %v", list, fields, a.Errors)
			}
		}
	}
}

// TestCountsAreKept counts what is listed once, however often it is asked for.
func TestCountsAreKept(t *testing.T) {
	store := newFakeStore(manyParks(t, 90))
	s := New(store, Options{})
	data(t, s, `{ search(query: "园") { totalCount } }`) // which reads the reports for the index
	store.asked()
	for range 2 {
		data(t, s, `{ a: stats { reports relations { count } } b: stats { claims } }`)
	}
	if n := store.calls["Reports"]; n != 1 {
		t.Errorf("all reports were read %d times to count them", n)
	}
}

// TestNarrowedWithoutReading narrows, counts and sorts by what outlines tell, and reads
// no more facts than it shows.
func TestNarrowedWithoutReading(t *testing.T) {
	w := write(t, schema.Report{File: "a.txt", Date: "2024"})
	w.passage("各项目落户园区,已经开工,计划明年投产,产值1亿元,今后产值2亿元。")
	park := w.named(schema.KindPark, "园区")
	for i := range 40 {
		firm := w.named(schema.KindEnterprise, fmt.Sprintf("第%02d公司", i))
		confidence := 0.5
		if i == 7 {
			confidence = 0.95
		}
		w.claim(schema.Claim{SubjectID: firm, Relation: schema.SettledIn, ObjectID: park}, "落户园区", confidence)
		w.claim(schema.Claim{SubjectID: firm, Relation: schema.HasStatus, Value: string(schema.StatusStarted)}, "已经开工", confidence)
		modality := schema.Fact
		if i == 9 {
			modality = schema.Aim
			w.claim(schema.Claim{SubjectID: firm, Relation: schema.HasStatus, Value: string(schema.StatusCompleted), Modality: schema.Aim}, "计划明年投产", 0.9)
		}
		w.observe(schema.Observation{AboutID: firm, Measure: "产值", Value: float64(i), Unit: "亿元", Type: schema.Level, Modality: modality}, "产值1亿元")
	}
	store := newFakeStore(w.done())
	s := New(store, Options{})
	for _, test := range []struct {
		query                string
		want                 float64
		claims, observations int
	}{
		{`entities(filter: {relation: SETTLED_IN, kinds: [ENTERPRISE]})`, 40, 0, 0},
		{`entities(filter: {status: STARTED})`, 40, 0, 0},
		{`entities(filter: {confidenceAtLeast: 0.9})`, 1, 0, 0},
		{`entities(filter: {confidenceAtLeast: 0.95})`, 0, 0, 0},
		{`claims(filter: {status: STARTED, confidenceAtLeast: 0.9})`, 1, 1, 0},
		{`observations(filter: {modality: AIM})`, 1, 0, 1},
		{`observations(filter: {measure: "产值", modality: AIM})`, 1, 0, 1},
		{`observations(filter: {checksHold: true, types: [LEVEL]}, orderBy: {field: AMOUNT, direction: DESC})`, 0, 0, 0},
		{`indicators(measureContains: "产值")`, 1, 0, 0},
		{`trace(from: "` + park + `", direction: REACHED_BY, confidenceAtLeast: 0.9)`, 1, 1, 0},
		{`commitments(first: 1)`, 2, 2, 1},
	} {
		clear(store.keys)
		if got := data(t, s, `{ list: `+test.query+` { totalCount } }`, "list", "totalCount"); got != test.want {
			t.Errorf("%s: %v, not %v", test.query, got, test.want)
		}
		if got := store.keys["Claims"]; got > test.claims {
			t.Errorf("%s: %d claims were read", test.query, got)
		}
		if got := store.keys["Mentions"]; got > 0 {
			t.Errorf("%s: mentions of %d were read", test.query, got)
		}
		if got := store.keys["Observations"]; got > test.observations {
			t.Errorf("%s: %d observations were read", test.query, got)
		}
	}
	clear(store.keys)
	bands := data(t, s, `{ stats { confidence { claims } statuses { count } } }`, "stats", "confidence").([]any)
	if got := bands[9].(map[string]any)["claims"]; got != 3.0 {
		t.Errorf("%v claims are as sure as can be", got)
	}
	if n := store.keys["Claims"] + store.keys["Observations"]; n > 0 {
		t.Errorf("%d facts were read to count them", n)
	}
}

// TestNamedInMany narrows entities to those that some of few or many reports name.
func TestNamedInMany(t *testing.T) {
	store := newFakeStore()
	const reports = 2 * indexBatch
	for i := range reports {
		name := fmt.Sprintf("第%03d产业园", i)
		w := write(t, schema.Report{File: name, Date: fmt.Sprintf("20%02d", 10+i)})
		w.passage("共有的产业园和" + name + "。")
		w.named(schema.KindPark, "共有的产业园")
		w.named(schema.KindPark, name)
		w.entity(schema.Entity{Kind: schema.KindPark, Name: "没有提到的产业园"})
		store.put(w.done())
	}
	s := New(store, Options{})
	for _, some := range []int{0, 1, indexBatch - 1, indexBatch, reports - 1} {
		want := float64(some + 1 + 1)
		if got := data(t, s, fmt.Sprintf(`{ parks(filter: {asOf: "20%02d"}) { totalCount } }`, 10+some), "parks", "totalCount"); got != want {
			t.Errorf("of %d reports: %v parks, not %v", some+1, got, want)
		}
	}
}

// TestStatusOfMost narrows so many things by their steps that these are not listed of each.
func TestStatusOfMost(t *testing.T) {
	w := write(t, schema.Report{File: "a.txt", Date: "2024"})
	w.passage("各项目开工或建成。")
	for i := range readBatch + 5 {
		project := w.entity(schema.Entity{Kind: schema.KindProject, Name: fmt.Sprintf("第%04d号工程", i)})
		if i%3 == 0 {
			w.say(project, schema.HasStatus, string(schema.StatusStarted), "开工")
		}
		if i%6 == 0 {
			w.say(project, schema.HasStatus, string(schema.StatusCompleted), "建成")
		}
	}
	store := newFakeStore(w.done())
	s := New(store, Options{})
	for _, test := range []struct {
		filter string
		want   float64
		listed bool
	}{
		{`{status: STARTED}`, 683, false}, {`{status: COMPLETED}`, 684, false},
		{`{status: STARTED, nameContains: "第000"}`, 2, true},
	} {
		clear(store.keys)
		if got := data(t, s, `{ projects(filter: `+test.filter+`) { totalCount } }`, "projects", "totalCount"); got != test.want {
			t.Errorf("%s: %v, not %v", test.filter, got, test.want)
		}
		if n := store.keys["ClaimsBySubject"]; !test.listed && n > 0 {
			t.Errorf("%s: the claims of %d were listed", test.filter, n)
		}
	}
}

// TestLookedAtAndLeft holds nothing on to what was looked at and did not pass.
func TestLookedAtAndLeft(t *testing.T) {
	w := write(t, schema.Report{File: "a.txt"})
	w.passage("各工程开工。")
	for i := range 6 * readBatch {
		w.say(fmt.Sprintf("project-%05d", i), schema.HasStatus, string(schema.StatusStarted), "开工")
	}
	rq := newRequest(New(newFakeStore(w.done()), Options{}))
	ids, err := rq.claimIDs.Load(t.Context(), "")
	if err != nil || len(ids) != 6*readBatch {
		t.Fatalf("%d claims, %v", len(ids), err)
	}
	for _, only := range []*window{nil, {}} {
		passed, err := rq.claimList().passing(t.Context(), ids, nil, nil, sifterOf(func(*schema.Claim) bool { return false }), only)
		if err != nil || len(passed) > 0 {
			t.Errorf("%d pass, %v", len(passed), err)
		}
		if n := len(rq.claimOutlines.known); n > 3*readBatch { // of small steps and the last one
			t.Errorf("%d outlines are kept", n)
		}
	}
}
