package api

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/lantu-kg/lantu/graph/api/model"
	"github.com/lantu-kg/lantu/schema"
)

func year(y string) schema.Period { return schema.Period{From: y, To: y} }

func number(about, measure string, value float64, unit string, scale float64, base string, kind schema.ObservationType, p schema.Period, m schema.Modality) schema.Observation {
	return schema.Observation{AboutID: about, Measure: measure, Value: value, Unit: unit, Amount: value * scale, BaseUnit: base, Type: kind, Period: p, Modality: m, Hedge: schema.Exact}
}

// twoYears are two work reports of one district and one of another: what the
// first promises, the second answers.
func twoYears(t *testing.T) *Service {
	w := write(t, schema.Report{File: "2024.txt", Title: "工作报告", RegionID: schema.PlaceID(districtCode), Date: "2024-01-10"})
	_, district, _, _ := w.ladder()
	w.passage("2023年地区生产总值120亿元,2024年地区生产总值增长6%,全区新增就业5000人,投资30亿元。")
	w.observe(number(district, "地区生产总值", 120, "亿元", 1e8, "元", schema.Level, year("2023"), schema.Fact), "120亿元")
	w.observe(number(district, "地区生产总值", 6, "%", 1, "%", schema.Change, year("2024"), schema.Aim), "增长6%")
	w.observe(number(district, "全区新增就业", 5000, "人", 1, "人", schema.Level, year("2024"), schema.Aim), "5000人")
	w.observe(number(district, "投资", 30, "亿元", 1e8, "元", schema.Level, year("2024"), schema.Aim), "30亿元")
	w.passage("建成东湖桥,开工西湖路,推进南湖馆,谋划北湖站,筹办花会。古塔修缮启动。")
	aim := func(name string, status schema.Status, quote string) {
		w.claim(schema.Claim{SubjectID: w.named(schema.KindProject, name), Relation: schema.HasStatus, Value: string(status), Modality: schema.Aim}, quote, 0.9)
	}
	aim("东湖桥", schema.StatusCompleted, "建成东湖桥")
	aim("西湖路", schema.StatusStarted, "开工西湖路")
	aim("南湖馆", schema.StatusCompleted, "推进南湖馆")
	aim("北湖站", schema.StatusPlanned, "谋划北湖站")
	aim("花会", schema.StatusHeld, "筹办花会")
	w.say(w.named(schema.KindProject, "古塔修缮"), schema.HasStatus, string(schema.StatusStarted), "古塔修缮启动")
	first := w.done()

	w = write(t, schema.Report{File: "2025.txt", Title: "工作报告", RegionID: schema.PlaceID(districtCode), Date: "2025-01-12"})
	_, district, _, _ = w.ladder()
	w.passage("2024年地区生产总值1.3万亿元,增长5.5%,有说增长5.6%。新增就业5200人,投资31亿元。")
	w.observe(number(district, "全区地区生产总值", 1.3, "万亿元", 1e12, "元", schema.Level, year("2024"), schema.Fact), "1.3万亿元")
	w.observe(number(district, "地区生产总值", 5.5, "%", 1, "%", schema.Change, year("2024"), schema.Fact), "增长5.5%")
	w.observe(number(district, "地区生产总值", 5.6, "%", 1, "%", schema.Change, year("2024"), schema.Fact), "增长5.6%")
	w.observe(number(district, "新增就业", 5200, "人", 1, "人", schema.Level, year("2024"), schema.Fact), "5200人")
	w.observe(number(district, "投资", 31, "亿元", 1e8, "元", schema.Level, year("2024"), schema.Fact), "31亿元")
	w.passage("东湖桥通车,西湖路开工,南湖馆主体施工,继续谋划北湖站,古塔修缮完工。云桥公司落户。")
	say := func(name string, status schema.Status, quote string, m schema.Modality) {
		w.claim(schema.Claim{SubjectID: w.named(schema.KindProject, name), Relation: schema.HasStatus, Value: string(status), Modality: m}, quote, 0.9)
	}
	say("东湖桥", schema.StatusOpened, "东湖桥通车", schema.Fact)
	say("西湖路", schema.StatusStarted, "西湖路开工", schema.Fact)
	say("南湖馆", schema.StatusUnderConstruction, "南湖馆主体施工", schema.Fact)
	say("北湖站", schema.StatusPlanned, "继续谋划北湖站", schema.Aim)
	say("古塔修缮", schema.StatusCompleted, "古塔修缮完工", schema.Fact)
	w.named(schema.KindEnterprise, "云桥公司")
	second := w.done()

	// Another region's report answers nothing, and nobody answers it.
	w = write(t, schema.Report{File: "other.txt", RegionID: schema.PlaceID("880102"), Date: "2026-01-01"})
	other := w.place("海城区", "880102", schema.LevelDistrict, "")
	w.passage("海城区举办花会,地区生产总值90亿元。")
	w.say(w.named(schema.KindProject, "花会"), schema.HasStatus, string(schema.StatusHeld), "举办花会")
	w.claim(schema.Claim{SubjectID: w.named(schema.KindProject, "花会"), Relation: schema.HasStatus, Value: string(schema.StatusHeld), Modality: schema.Aim}, "花会", 0.9)
	w.observe(number(other, "地区生产总值", 90, "亿元", 1e8, "元", schema.Level, year("2025"), schema.Fact), "90亿元")
	return New(newFakeStore(first, second, w.done()), Options{})
}

// lines shows each of a list's things by the fields named, in their order.
func lines(t *testing.T, list any, fields ...string) []string {
	t.Helper()
	var out []string
	for _, node := range list.([]any) {
		var parts []string
		for _, field := range fields {
			at := node
			for step := range strings.SplitSeq(field, ".") {
				if object, ok := at.(map[string]any); ok {
					at = object[step]
				} else {
					at = nil
				}
			}
			parts = append(parts, fmt.Sprint(at))
		}
		out = append(out, strings.Join(parts, " "))
	}
	return out
}

func wantLines(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: got\n%s\nwant\n%s", what, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestCommitments(t *testing.T) {
	s := twoYears(t)
	commitments := data(t, s, `{ commitments(first: 100) { nodes { report { file } about { name } claim { value } observation { measure } state result { value } later { status } evidence { quote } } } }`, "commitments", "nodes")
	wantLines(t, "commitments", lines(t, commitments, "report.file", "about.name", "claim.value", "observation.measure", "state", "result.value", "evidence.quote"),
		"other.txt 花会 HELD <nil> OPEN <nil> 花会",
		"2025.txt 北湖站 PLANNED <nil> OPEN <nil> 继续谋划北湖站",
		"2024.txt 云江区 <nil> 地区生产总值 MISSED 5.6 增长6%",
		"2024.txt 云江区 <nil> 全区新增就业 FULFILLED 5200 5000人",
		"2024.txt 云江区 <nil> 投资 UNMENTIONED <nil> 30亿元",
		"2024.txt 东湖桥 COMPLETED <nil> FULFILLED <nil> 建成东湖桥",
		"2024.txt 西湖路 STARTED <nil> FULFILLED <nil> 开工西湖路",
		"2024.txt 南湖馆 COMPLETED <nil> UNDER_WAY <nil> 推进南湖馆",
		"2024.txt 北湖站 PLANNED <nil> RENEWED <nil> 谋划北湖站",
		"2024.txt 花会 HELD <nil> UNMENTIONED <nil> 筹办花会",
	)
	for _, arguments := range []string{`first: 1`, `first: 1, state: OPEN`} {
		facets := data(t, s, `{ commitments(`+arguments+`) { states { state count } } }`, "commitments", "states")
		wantLines(t, "states of "+arguments, lines(t, facets, "state", "count"),
			"FULFILLED 3", "UNDER_WAY 1", "MISSED 1", "RENEWED 1", "UNMENTIONED 2", "OPEN 2")
	}
	narrowed := data(t, s, `{ commitments(report: "2024.txt", state: FULFILLED, about: "`+id(schema.KindProject, "东湖桥")+`") { totalCount nodes { later { status date evidence { quote } } } } }`, "commitments").(map[string]any)
	later := narrowed["nodes"].([]any)[0].(map[string]any)["later"]
	wantLines(t, "what came of it", lines(t, later, "status", "date", "evidence.quote"), "OPENED 2025-01-12 东湖桥通车")
	if narrowed["totalCount"] != 1.0 {
		t.Errorf("%v of one", narrowed["totalCount"])
	}
}

func TestSeries(t *testing.T) {
	s := twoYears(t)
	series := data(t, s, `{ series(measure: "地区生产总值") { about { name } measure type unit modality points { period { to } amount conflicting observations { value unit } } } }`, "series")
	wantLines(t, "series", lines(t, series, "about.name", "measure", "type", "unit", "modality"),
		"云江区 全区地区生产总值 LEVEL 元 FACT", "海城区 地区生产总值 LEVEL 元 FACT",
		"云江区 地区生产总值 CHANGE % FACT", "云江区 地区生产总值 CHANGE % AIM")
	wantLines(t, "points in one unit", lines(t, series.([]any)[0].(map[string]any)["points"], "period.to", "amount", "conflicting"), "2023 1.2e+10 false", "2024 1.3e+12 false")
	wantLines(t, "points that differ", lines(t, series.([]any)[2].(map[string]any)["points"], "period.to", "amount", "conflicting"), "2024 5.6 true")
	for arguments, want := range map[string]int{
		`about: ["place-880102"]`: 1, `region: "` + schema.PlaceID(districtCode) + `"`: 3, `modality: AIM`: 1, `type: LEVEL`: 2, `first: 1`: 1, `about: []`: 0,
		`asOf: "2024"`: 2, `asOf: "2023-12"`: 0, `period: {from: "2024", to: "2024"}`: 3, `period: {to: "2022"}`: 0,
	} {
		if got := len(data(t, s, `{ series(measure: "全市地区生产总值", `+arguments+`) { unit } }`, "series").([]any)); got != want {
			t.Errorf("%s: %d series, want %d", arguments, got, want)
		}
	}
	in2024 := data(t, s, `{ series(measure: "地区生产总值", type: LEVEL, period: {from: "2024", to: "2024"}) { points { period { to } amount } } }`, "series").([]any)
	wantLines(t, "points of 2024", lines(t, in2024[0].(map[string]any)["points"], "period.to", "amount"), "2024 1.3e+12")
	for _, arguments := range []string{`asOf: "去年"`, `period: {from: "去年"}`} {
		if a := ask(t, s, `{ series(measure: "地区生产总值", `+arguments+`) { unit } }`, nil); len(a.Errors) != 1 || a.Errors[0].Extensions["code"] != CodeBadUserInput {
			t.Errorf("%s: %v", arguments, a)
		}
	}
	indicators := data(t, s, `{ indicators { totalCount nodes { measure type baseUnit observations entities periods } } }`, "indicators", "nodes")
	wantLines(t, "indicators", lines(t, indicators, "measure", "type", "baseUnit", "observations", "entities", "periods"),
		"地区生产总值 CHANGE % 3 1 1", "地区生产总值 LEVEL 元 3 2 3", "投资 LEVEL 元 2 1 1", "新增就业 LEVEL 人 2 1 1")
	if got := data(t, s, `{ indicators(measureContains: "就业", about: "`+schema.PlaceID(districtCode)+`") { totalCount } }`, "indicators", "totalCount"); got != 1.0 {
		t.Errorf("%v indicators of 就业", got)
	}
}

func TestCompare(t *testing.T) {
	s := twoYears(t)
	c := data(t, s, `{ compare(before: "2024.txt", after: "2025.txt") {
		before { file } after { file }
		appeared { nodes { name } } vanished { nodes { name } }
		newClaims { totalCount } droppedClaims(filter: {status: STARTED}) { nodes { subject { name } } }
		statusChanges { nodes { entity { name } before { status modality evidence { quote } } after { status evidence { quote } } } }
		valueChanges { nodes { about { name } measure unit difference growth before { value } after { value } } }
		jobs: valueChanges(measureContains: "就业") { totalCount } } }`, "compare").(map[string]any)
	nodes := func(field string) any { return c[field].(map[string]any)["nodes"] }
	wantLines(t, "appeared", lines(t, nodes("appeared"), "name"), "云桥公司")
	wantLines(t, "vanished", lines(t, nodes("vanished"), "name"), "花会")
	wantLines(t, "status changes", lines(t, nodes("statusChanges"), "entity.name", "before.status", "after.status", "after.evidence.quote"),
		"东湖桥 COMPLETED OPENED 东湖桥通车", "南湖馆 COMPLETED UNDER_CONSTRUCTION 南湖馆主体施工", "古塔修缮 STARTED COMPLETED 古塔修缮完工")
	wantLines(t, "value changes", lines(t, nodes("valueChanges"), "about.name", "measure", "unit", "difference", "before.value", "after.value"),
		"云江区 全区地区生产总值 元 1.288e+12 120 1.3")
	wantLines(t, "dropped claims", lines(t, nodes("droppedClaims"), "subject.name"), "古塔修缮")
	if c["jobs"].(map[string]any)["totalCount"] != 0.0 {
		t.Error("an aim was compared with a fact")
	}
}

// TestCompareYearsOfOnePlace sets results beside results and aims beside aims,
// each for its report's own year.
func TestCompareYearsOfOnePlace(t *testing.T) {
	share := func(about, measure string, value float64, in string, modality schema.Modality) schema.Observation {
		return number(about, measure, value, "%", 1, "%", schema.Change, year(in), modality)
	}
	w := write(t, schema.Report{File: "2022.txt", RegionID: schema.PlaceID(districtCode), Date: "2022-01-12"})
	_, district, _, _ := w.ladder()
	w.passage("云江区的数字,2022年。")
	for _, o := range []schema.Observation{
		share(district, "地区生产总值", 8, "2021", schema.Fact),
		share(district, "地区生产总值", 7, "2022", schema.Aim),
		share(district, "固定资产投资", 10, "2022", schema.Aim),
		share(district, "社会消费品零售总额", 7, "2022", schema.Aim),
		number(district, "高标准农田", 50, "万亩", 1e4, "亩", schema.Level, year("2021"), schema.Fact),
		number(district, "税收收入", 11.7, "亿元", 1e8, "元", schema.Level, year("2021"), schema.Fact),
		number(district, "新增就业", 4400, "人", 1, "人", schema.Level, year("2022"), schema.Aim),
	} {
		w.observe(o, "数字")
	}
	first := w.done()
	w = write(t, schema.Report{File: "2023.txt", RegionID: schema.PlaceID(districtCode), Date: "2023-01-12"})
	w.ladder()
	w.passage("云江区的数字,2023年。")
	for _, o := range []schema.Observation{
		share(district, "生产总值", 6, "2022", schema.Fact),
		share(district, "全区生产总值", 6.5, "2023", schema.Aim),
		share(district, "固定资产投资", 12, "2023", schema.Aim),
		share(district, "固定资产投资", 4, "2022", schema.Fact),   // nothing beside it
		share(district, "社会消费品零售总额", 7, "2023", schema.Aim), // the same
		number(district, "高标准农田", 50, "万亩", 1e4, "亩", schema.Level, year("2022"), schema.Fact),
		number(district, "税收收入", 117000, "万元", 1e4, "元", schema.Level, year("2022"), schema.Fact), // the same in another unit
		number(district, "新增就业", 4700, "人", 1, "人", schema.Level, year("2022"), schema.Fact),      // a result, not an aim
	} {
		w.observe(o, "数字")
	}
	s := New(newFakeStore(first, w.done()), Options{})
	ask := func(arguments string) []string {
		changes := data(t, s, `{ compare(before: "2022.txt", after: "2023.txt") { valueChanges`+arguments+` { nodes { measure after { modality value period { to } } before { modality value period { to } } difference } } } }`, "compare", "valueChanges", "nodes")
		return lines(t, changes, "measure", "after.modality", "before.modality", "before.value", "after.value", "before.period.to", "after.period.to", "difference")
	}
	wantLines(t, "value changes", ask(`(orderBy: {field: DIFFERENCE})`),
		"生产总值 FACT FACT 8 6 2021 2022 -2", "全区生产总值 AIM AIM 7 6.5 2022 2023 -0.5", "固定资产投资 AIM AIM 10 12 2022 2023 2")
	wantLines(t, "results only", ask(`(filter: {modality: FACT})`), "生产总值 FACT FACT 8 6 2021 2022 -2")
}

// TestCompareLikeWithLike gives a half year's number beside a whole year's.
func TestCompareLikeWithLike(t *testing.T) {
	report := func(file, date string, numbers map[string]float64) *schema.Reading {
		w := write(t, schema.Report{File: file, RegionID: schema.PlaceID(districtCode), Date: date})
		_, district, _, _ := w.ladder()
		w.passage("云江区税收收入" + file)
		for period, value := range numbers {
			from, to, _ := strings.Cut(period, " ")
			w.observe(schema.Observation{AboutID: district, Measure: "税收收入", Value: value, Unit: "亿元", Amount: value * 1e8, BaseUnit: "元", Type: schema.Level,
				Period: schema.Period{From: from, To: to}, Modality: schema.Fact, Hedge: schema.Exact}, "税收收入")
		}
		return w.done()
	}
	s := New(newFakeStore(
		report("a", "2024-01", map[string]float64{"2023 2023": 100, "2022 2022": 90, "2019 2023": 420}),
		report("b", "2025-01", map[string]float64{"2024 2024": 120, "2024-01 2024-06": 50, "2020 2024": 480}),
	), Options{})
	changes := data(t, s, `{ compare(before: "a", after: "b") { valueChanges { nodes { before { value } after { value } growth } } } }`, "compare", "valueChanges", "nodes")
	got := lines(t, changes, "before.value", "after.value", "growth")
	slices.Sort(got)
	wantLines(t, "value changes", got, "100 120 20", "420 480 14.28571429")
}

func TestStats(t *testing.T) {
	stats := data(t, twoYears(t), `{ stats { reports passages entities claims observations kinds { kind count } relations { relation count } statuses { status count } regions { region { name } count } years { year count } confidence { from to claims observations } } }`, "stats").(map[string]any)
	if got, want := fmt.Sprint(stats["reports"], stats["passages"], stats["claims"], stats["observations"]), "3 5 11 10"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	wantLines(t, "regions", lines(t, stats["regions"], "region.name", "count"), "云江区 2", "海城区 1")
	wantLines(t, "years", lines(t, stats["years"], "year", "count"), "2024 1", "2025 1", "2026 1")
	wantLines(t, "relations", lines(t, stats["relations"], "relation", "count"), "HAS_STATUS 11")
	wantLines(t, "statuses", lines(t, stats["statuses"], "status", "count"),
		"PLANNED 1", "STARTED 3", "UNDER_CONSTRUCTION 1", "COMPLETED 3", "OPENED 1", "HELD 2")
	last := stats["confidence"].([]any)[9].(map[string]any)
	if len(stats["confidence"].([]any)) != 10 || last["claims"] != 11.0 || last["observations"] != 10.0 || last["to"] != 1.0 {
		t.Errorf("confidence: %v", stats["confidence"])
	}
}

func TestPromisesAreBound(t *testing.T) {
	s := twoYears(t)
	ctx := t.Context()
	ask := func(most int, state *model.CommitmentState) (found *model.CommitmentConnection, judged int) {
		t.Helper()
		rq := newRequest(s)
		rq.mostPromises = most
		found, err := queryFields{}.Commitments(context.WithValue(ctx, requestKey{}, rq), nil, nil, nil, nil, nil, nil, nil, state, nil, nil, nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		states, err := found.States()
		if err != nil {
			t.Fatal(err)
		}
		for _, facet := range states {
			judged += facet.Count
		}
		return found, judged
	}
	const all = 10
	for _, most := range []int{0, 3, all - 1, all, maxPromising} {
		found, judged := ask(most, nil)
		if found.TotalCount != all || judged != min(most, all) || found.Truncated != (most < all) {
			t.Errorf("of %d: %d promises, %d judged, cut off %v", most, found.TotalCount, judged, found.Truncated)
		}
		open, judged := ask(most, new(model.Open))
		if open.TotalCount != min(most, 2) || judged != min(most, all) || open.Truncated != (most < all) {
			t.Errorf("of %d: %d promises are open, %d judged, cut off %v", most, open.TotalCount, judged, open.Truncated)
		}
	}
	about := data(t, s, `{ commitments(state: FULFILLED) { truncated nodes { about { id } } } }`, "commitments").(map[string]any)
	id := lines(t, about["nodes"], "about.id")[0]
	one := data(t, s, `{ commitments(about: "`+id+`") { totalCount truncated nodes { about { id } } } }`, "commitments").(map[string]any)
	if about["truncated"] != false || one["truncated"] != false || one["totalCount"] == 0.0 || slices.ContainsFunc(lines(t, one["nodes"], "about.id"), func(got string) bool { return got != id }) {
		t.Errorf("about %s: %v", id, one)
	}
}

// TestPromisesAboutOne reads what is said of one entity once, however many reports
// promise it.
func TestPromisesAboutOne(t *testing.T) {
	calls := map[int]int{}
	for _, reports := range []int{2, 3 * indexBatch} {
		store := newFakeStore()
		var bridge string
		for i := range reports {
			w := write(t, schema.Report{File: fmt.Sprintf("%d.txt", i), Date: fmt.Sprintf("%d", 1900+i)})
			w.passage(fmt.Sprintf("第%d年,谋划东湖桥,投资30亿元。", i))
			bridge = w.named(schema.KindProject, "东湖桥")
			w.say(bridge, schema.HasStatus, string(schema.StatusPlanned), "谋划东湖桥")
			w.observe(schema.Observation{AboutID: bridge, Measure: "投资", Value: float64(i), Unit: "亿元", Amount: 3e9, BaseUnit: "元", Type: schema.Level, Modality: schema.Aim}, "30亿元")
			store.put(w.done())
		}
		s := New(store, Options{})
		data(t, s, `{ commitments(about: "`+bridge+`", first: 1) { totalCount states { count } } }`)
		calls[reports] = store.asked()

	}
	t.Logf("%v calls", calls)
	if few, many := calls[2], calls[3*indexBatch]; many != few {
		t.Errorf("%d calls for two reports, %d for many", few, many)
	}
}

// TestStatesAreCountedOnce asks again for the states of promises, at once.
func TestStatesAreCountedOnce(t *testing.T) {
	for _, state := range []*model.CommitmentState{nil, new(model.Fulfilled)} {
		ctx := context.WithValue(t.Context(), requestKey{}, newRequest(twoYears(t)))
		promised, err := queryFields{}.Commitments(ctx, nil, nil, nil, nil, nil, nil, nil, state, nil, nil, nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		counted := make([][]*model.CommitmentStateFacet, 8)
		var all sync.WaitGroup
		for i := range counted {
			all.Go(func() {
				var err error
				if counted[i], err = promised.States(); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		for _, facets := range counted {
			if len(facets) != len(states) || facets[0] != counted[0][0] {
				t.Fatal("the promises were judged more than once")
			}
		}
		for _, c := range promised.Nodes {
			if len(c.Later) > 1 {
				t.Errorf("%s: counting the states judged what is shown again: %v", c.ID(), c.Later)
			}
		}
	}
}

// A year's growth and the average growth of several years are never one
// indicator, and neither contradicts or answers the other.
func TestAveragesOfYearsStandApart(t *testing.T) {
	report := func(file, date string, growth, average float64) *schema.Reading {
		w := write(t, schema.Report{File: file, Title: "工作报告", RegionID: schema.PlaceID(districtCode), Date: date})
		_, district, _, _ := w.ladder()
		w.passage("财政收入增长5%,五年年均增长8%,未说明年份的年均增长7%。")
		observe := func(value float64, from string, average bool, quote string) {
			o := schema.Observation{AboutID: district, Measure: "财政收入", Value: value, Unit: "%", Amount: value, BaseUnit: "%", Type: schema.Change,
				Modality: schema.Fact, AnnualAverage: average}
			if from != "" {
				o.Period = schema.Period{From: from, To: "2024"}
			}
			w.observe(o, quote)
		}
		observe(growth, "2024", false, "增长5%")
		observe(average, "2024", true, "年均增长8%") // whatever the period
		observe(7, "", true, "年均增长7%")
		return w.done()
	}
	s := New(newFakeStore(report("2025.txt", "2025-01-10", 5, 8), report("later.txt", "2025-06-10", 5, 8)), Options{})
	series := data(t, s, `{ series(measure: "财政收入") { annualAverage points { period { to } amount conflicting } } }`, "series").([]any)
	wantLines(t, "series", lines(t, series, "annualAverage"), "true", "false")
	wantLines(t, "averages", lines(t, series[0].(map[string]any)["points"], "period.to", "amount", "conflicting"), "<nil> 7 false", "2024 8 false")
	wantLines(t, "growth", lines(t, series[1].(map[string]any)["points"], "period.to", "amount", "conflicting"), "2024 5 false")
	wantLines(t, "observations", lines(t, data(t, s, `{ observations(filter: {annualAverage: true}) { nodes { value annualAverage conflicts { value } } } }`, "observations", "nodes"),
		"value", "annualAverage", "conflicts"), "8 true []", "7 true []")
	s = New(newFakeStore(report("2025.txt", "2025-01-10", 5, 8), report("later.txt", "2025-06-10", 6, 9)), Options{})
	wantLines(t, "indicators", lines(t, data(t, s, `{ indicators { nodes { measure annualAverage observations } } }`, "indicators", "nodes"),
		"measure", "annualAverage", "observations"), "财政收入 true 3", "财政收入 false 2")
	if again := data(t, s, `{ indicators(first: 1, after: "`+data(t, s, `{ indicators(first: 1) { pageInfo { endCursor } } }`, "indicators", "pageInfo", "endCursor").(string)+`") { nodes { annualAverage } } }`, "indicators", "nodes"); len(again.([]any)) != 1 {
		t.Errorf("behind the averages: %v", again)
	}
}

// TestPromisesByPage goes through promises page by page, forth and back, and compares
// them with all that were read and sorted at once. A page reads its reports only.
func TestPromisesByPage(t *testing.T) {
	store := newFakeStore()
	const reports, each = 12, 5
	for i := range reports {
		w := write(t, schema.Report{File: fmt.Sprintf("%d.txt", i), Date: fmt.Sprintf("20%02d", 10+i%4)})
		w.passage(fmt.Sprintf("第%d份报告:投资30亿元,谋划东湖桥。", i)) // numbers first, unlike their outlines
		for j := range each {
			if j%2 == 0 {
				for range 1 + j/2 { // in all reports, and more than once in each
					w.say(w.named(schema.KindProject, fmt.Sprintf("东湖桥%d号", j)), schema.HasStatus, string(schema.StatusPlanned), "谋划东湖桥")
				}
				continue
			}
			w.observe(schema.Observation{AboutID: w.named(schema.KindProject, fmt.Sprintf("第%d份报告的桥%d号", i, j)), Measure: "投资", Value: float64(i), Unit: "亿元", Type: schema.Level, Modality: schema.Aim,
				Period: year(fmt.Sprint(2030 + (i+j)%3))}, "30亿元")
		}
		store.put(w.done())
	}
	s := New(store, Options{})
	page := func(arguments string) (ids []string, info map[string]any) {
		t.Helper()
		found := data(t, s, `{ commitments`+arguments+` { totalCount nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`, "commitments").(map[string]any)
		if !strings.Contains(arguments, "state") && found["totalCount"] != float64(reports*each) {
			t.Fatalf("%s: %v in all", arguments, found["totalCount"])
		}
		return lines(t, found["nodes"], "id"), found["pageInfo"].(map[string]any)
	}
	whole, _ := page(`(first: 100)`)
	if newest, _ := page(`(first: 100, orderBy: {field: DATE, direction: DESC})`); !slices.Equal(newest, whole) {
		t.Errorf("the newest first are %v, not %v", newest, whole)
	}
	for _, by := range []string{"", ", orderBy: {field: DATE, direction: ASC}", ", orderBy: {field: DUE, direction: ASC}", ", orderBy: {field: CONFIDENCE, direction: DESC}", ", state: OPEN", ", state: UNMENTIONED, orderBy: {field: DUE, direction: DESC}"} {
		whole, _ := page(`(first: 100` + by + `)`)
		if len(whole) < 3*each {
			t.Fatalf("%s: only %d", by, len(whole))
		}
		for _, way := range []struct{ size, cursor, next, end string }{
			{"first: 7", "after", "hasNextPage", "endCursor"}, {"last: 4", "before", "hasPreviousPage", "startCursor"},
			{"first: 5", "after", "hasNextPage", "endCursor"}, {"first: 60", "after", "hasNextPage", "endCursor"},
		} {
			var all []string
			for from, more := "", true; more && len(all) <= len(whole); {
				clear(store.keys)
				some, info := page("(" + way.size + by + from + ")")
				if n := store.keys["Claims"] + store.keys["Observations"]; way.size == "first: 5" && by == "" && n > 4*each {
					t.Errorf("%d facts were read for a page of 5", n)
				}
				if way.cursor == "before" {
					all = append(some, all...)
				} else {
					all = append(all, some...)
				}
				more, from = info[way.next].(bool), fmt.Sprintf(", %s: %q", way.cursor, info[way.end])
			}
			if !slices.Equal(all, whole) {
				t.Errorf("%s%s: %v, not %v", way.size, by, all, whole)
			}
		}
	}
}

// TestAimsBesideEachOther finds nothing that answers an aim where its report has another
// aim of the same indicator, also one that the filter leaves out.
func TestAimsBesideEachOther(t *testing.T) {
	report := func(file, date string, modality schema.Modality, values ...float64) *schema.Reading {
		w := write(t, schema.Report{File: file, RegionID: schema.PlaceID(districtCode), Date: date})
		_, district, _, _ := w.ladder()
		w.passage(date + "报告:新增就业5000人以上,其中高校毕业生。")
		for i, value := range values {
			o := number(district, "新增就业", value, "人", 1, "人", schema.Level, year("2024"), modality)
			o.Period.To = []string{"2024", "2024-12"}[i]
			w.observe(o, "5000人")
		}
		return w.done()
	}
	later := report("2025.txt", "2025-01-10", schema.Fact, 5200)
	for _, test := range []struct {
		aims []float64
		want string
	}{{[]float64{5000}, "5200"}, {[]float64{5000, 800}, "<nil>"}} {
		s := New(newFakeStore(report("2024.txt", "2024-01-10", schema.Aim, test.aims...), later), Options{})
		for _, arguments := range []string{"", "(period: {from: \"2024-01\", to: \"2024-06\"})"} {
			nodes := data(t, s, `{ commitments`+arguments+` { nodes { observation { value } result { value } } } }`, "commitments", "nodes")
			for _, got := range lines(t, nodes, "result.value") {
				if got != test.want {
					t.Errorf("%v%s: %s answers an aim, not %s", test.aims, arguments, got, test.want)
				}
			}
		}
	}
}

// TestNumbersOfMost gathers what is measured of so many things that it is not listed of
// each.
func TestNumbersOfMost(t *testing.T) {
	ctx := t.Context()
	s := twoYears(t)
	rq := newRequest(s)
	district := schema.PlaceID(districtCode)
	few, err := rq.numbersOf(ctx, []string{district}, rq.outlined())
	if err != nil || len(few[district]) < 5 {
		t.Fatalf("%v, %v", few, err)
	}
	ids := []string{district}
	for i := range readBatch {
		ids = append(ids, fmt.Sprint("place-", i))
	}
	store := s.store.(*fakeStore)
	clear(store.keys)
	many, err := rq.numbersOf(ctx, ids, rq.outlined())
	if n := store.keys["ObservationsAbout"]; n > 0 {
		t.Errorf("the numbers of %d were listed", n)
	}
	if err != nil || len(many) != 1 || len(many[district]) != len(few[district]) {
		t.Fatalf("%d things, %d numbers of the district, not %d: %v", len(many), len(many[district]), len(few[district]), err)
	}
	for i, o := range few[district] {
		if !reflect.DeepEqual(o, many[district][i]) {
			t.Errorf("%v, not %v", many[district][i], o)
		}
	}
}
