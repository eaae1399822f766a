package api

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/lantu-kg/lantu/access"
	"github.com/lantu-kg/lantu/graph"
	"github.com/lantu-kg/lantu/schema"
)

var (
	editor = access.Caller{Name: "张敏", Role: access.Editor}
	admin  = access.Caller{Name: "管理员", Role: access.Admin}
)

// desk is a service over a real graph, with the ids of what the tests change.
type desk struct {
	t                                                 *testing.T
	s                                                 *Service
	store                                             *graph.Store
	park, firm, second, claim, passage, report, quote string
	number                                            string // the id of an observation
}

func newDesk(t *testing.T) *desk {
	store := newGraph(t)
	d := &desk{t: t, store: store, s: New(store, Options{Now: func() time.Time { return time.Date(2025, 3, 1, 16, 0, 0, 0, time.FixedZone("CST", 8*3600)) }})}
	d.park = schema.EntityID(schema.KindPark, "云江数字医疗产业园", "")
	d.firm = schema.EntityID(schema.KindEnterprise, "康桥制药", "")
	d.second = schema.EntityID(schema.KindEnterprise, "远山科仪", "")
	found := data(t, d.s, fmt.Sprintf(`{ claims(filter: {subject: %q, relations: [SETTLED_IN]}) { nodes { id evidence { quote passage { id } report { id } } } } }`, d.firm), "claims", "nodes").([]any)
	first := found[0].(map[string]any)
	d.claim = first["id"].(string)
	d.report = data(t, d.s, `{ report(file: "yunjiang-2024.txt") { id } }`, "report", "id").(string)
	for _, e := range first["evidence"].([]any) {
		if evidence := e.(map[string]any); evidence["report"].(map[string]any)["id"] == d.report {
			d.quote = evidence["quote"].(string)
			d.passage = evidence["passage"].(map[string]any)["id"].(string)
		}
	}
	d.number = data(t, d.s, `{ observations(filter: {measure: "利润"}) { nodes { id } } }`, "observations", "nodes").([]any)[0].(map[string]any)["id"].(string)
	return d
}

// as asks as someone.
func (d *desk) as(who access.Caller, query string) answer {
	d.t.Helper()
	return d.asked(who, query, nil)
}

func (d *desk) asked(who access.Caller, query string, variables map[string]any) answer {
	d.t.Helper()
	response, _, err := d.s.Execute(access.WithCaller(d.t.Context(), who), query, variables)
	if err != nil {
		d.t.Fatal(err)
	}
	var a answer
	if err := json.Unmarshal(response, &a); err != nil {
		d.t.Fatal(err)
	}
	return a
}

// change makes a mutation, which must succeed, and gives its payload.
func (d *desk) change(who access.Caller, field, input, selection string) map[string]any {
	d.t.Helper()
	a := d.as(who, fmt.Sprintf(`mutation { %s(input: {%s}) { change { id } %s } }`, field, input, selection))
	for _, e := range a.Errors {
		d.t.Fatalf("%s: %s", field, e.Message)
	}
	return a.Data[field].(map[string]any)
}

// refused makes a mutation, which must be refused, and gives why.
func (d *desk) refused(who access.Caller, field, input, code string) string {
	d.t.Helper()
	a := d.as(who, fmt.Sprintf(`mutation { %s(input: {%s}) { change { id } } }`, field, input))
	if len(a.Errors) != 1 || a.Errors[0].Extensions["code"] != code {
		d.t.Fatalf("%s(%.200s): want %s, got %v", field, input, code, a)
	}
	return a.Errors[0].Message
}

// inputs has a good input for each mutation.
func (d *desk) inputs() map[string]string {
	return map[string]string{
		"confirmClaim":       fmt.Sprintf(`claim: %q`, d.claim),
		"rejectClaim":        fmt.Sprintf(`claim: %q, reason: "只是签约"`, d.claim),
		"correctClaim":       fmt.Sprintf(`claim: %q, modality: AIM, period: {from: "2024", to: "2025"}`, d.claim),
		"addClaim":           fmt.Sprintf(`subject: {id: %q}, relation: COOPERATES_WITH, object: {id: %q}, passage: %q, quote: %q`, d.firm, d.second, d.passage, d.quote),
		"confirmObservation": fmt.Sprintf(`observation: %q`, d.number),
		"rejectObservation":  fmt.Sprintf(`observation: %q, reason: "是全市的"`, d.number),
		"correctObservation": fmt.Sprintf(`observation: %q, value: 1200, unit: "亿元"`, d.number),
		"addAlias":           fmt.Sprintf(`entity: %q, alias: "数医港"`, d.park),
		"mergeEntities":      fmt.Sprintf(`into: %q, from: [%q]`, d.firm, d.second),
		"splitEntity":        fmt.Sprintf(`entity: %q, names: ["《数字医疗园》"]`, d.park),
		"undo":               `change: "change-1"`,
		"removeReport":       fmt.Sprintf(`report: %q`, d.report),
	}
}

// TestRolesOfMutations refuses each mutation to everyone who may not make it,
// before anything is done.
func TestRolesOfMutations(t *testing.T) {
	d := newDesk(t)
	d.change(editor, "addAlias", fmt.Sprintf(`entity: %q, alias: "医谷"`, d.park), "")
	before, err := d.store.Version(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	type call struct{ head, field string }
	calls := map[string]call{
		"loadReport": {"mutation ($files: [Upload!]!)", `loadReport(input: {files: $files}) { id }`},
		"cancelJob":  {"mutation", `cancelJob(id: "job-x") { id }`},
	}
	for field, input := range d.inputs() {
		calls[field] = call{"mutation", fmt.Sprintf(`%s(input: {%s}) { change { id } }`, field, input)}
	}
	sent, _ := files("报告")
	for _, field := range parseSDL(t).Mutation.Fields {
		directive := field.Directives.ForName("role")
		if directive == nil {
			t.Errorf("%s can be done by readers", field.Name)
			continue
		}
		c, ok := calls[field.Name]
		if !ok {
			t.Errorf("%s is not tried", field.Name)
			continue
		}
		delete(calls, field.Name)
		needed := access.Role(directive.Arguments.ForName("needs").Value.Raw)
		for _, role := range []access.Role{access.None, access.Reader, access.Editor} {
			if role.Covers(needed) {
				continue
			}
			// Neither alone, nor beside something allowed, in a fragment, by another name.
			for _, query := range []string{
				fmt.Sprintf(`%s { %s }`, c.head, c.field),
				fmt.Sprintf(`%s { __typename ...f } fragment f on Mutation { viewer: %s }`, c.head, c.field),
			} {
				for name, code := range map[string]string{"anonymous": CodeUnauthenticated, "看板": CodeForbidden} {
					a := d.asked(access.Caller{Name: name, Role: role}, query, map[string]any{"files": sent})
					if len(a.Errors) != 1 || a.Data != nil || a.Errors[0].Extensions["code"] != code || !strings.Contains(a.Errors[0].Message, string(needed)) {
						t.Errorf("%s as %s: %v", query, name, a)
					}
				}
			}
		}
	}
	if len(calls) > 0 {
		t.Errorf("no mutations: %v", calls)
	}
	if after, err := d.store.Version(t.Context()); err != nil || after != before {
		t.Errorf("version %d is %d: %v", before, after, err)
	}
}

func TestJudging(t *testing.T) {
	d := newDesk(t)
	total := data(t, d.s, `{ claims { totalCount } }`, "claims", "totalCount").(float64)
	count := func(filter string) float64 {
		t.Helper()
		return data(t, d.s, fmt.Sprintf(`{ claims(filter: %s) { totalCount } }`, filter), "claims", "totalCount").(float64)
	}
	if count(`{curation: [UNREVIEWED]}`) != total || count(`{curation: [CONFIRMED, REJECTED, CORRECTED]}`) != 0 {
		t.Error("something is judged before anyone did")
	}
	payload := d.change(editor, "confirmClaim", fmt.Sprintf(`claim: %q, reason: " 看过原文 "`, d.claim),
		`change { kind who when why before after claim { id } undoneBy { id } } claim { curation { state change { id } } }`)
	change := payload["change"].(map[string]any)
	for field, want := range map[string]any{"id": "change-1", "kind": "CONFIRM_CLAIM", "who": "张敏", "when": "2025-03-01T08:00:00Z", "why": "看过原文",
		"before": "康桥制药 SETTLED_IN 云江数字医疗产业园", "undoneBy": nil} {
		if change[field] != want {
			t.Errorf("%s: got %v, want %v", field, change[field], want)
		}
	}
	if got := fmt.Sprint(payload["claim"]); got != "map[curation:map[change:map[id:change-1] state:CONFIRMED]]" {
		t.Error(got)
	}
	if why := d.refused(editor, "confirmClaim", fmt.Sprintf(`claim: %q`, d.claim), CodeConflict); !strings.Contains(why, "confirmed already") {
		t.Error(why)
	}
	if count(`{curation: [CONFIRMED]}`) != 1 || count(`{curation: [UNREVIEWED]}`) != total-1 {
		t.Error("the filter does not know what was confirmed")
	}

	payload = d.change(editor, "rejectClaim", fmt.Sprintf(`claim: %q`, d.claim), `claim { id curation { state change { id kind after } } }`)
	if got := fmt.Sprint(payload["claim"]); got != fmt.Sprintf("map[curation:map[change:map[after:<nil> id:change-2 kind:REJECT_CLAIM] state:REJECTED] id:%s]", d.claim) {
		t.Error(got)
	}
	// It is in no list, unless asked for; by its id it is still there.
	if count(`{}`) != total-1 || count(`{curation: [REJECTED]}`) != 1 || count(`{curation: [REJECTED, UNREVIEWED]}`) != total ||
		count(fmt.Sprintf(`{curation: [REJECTED], about: %q}`, d.park)) != 1 || count(fmt.Sprintf(`{curation: [REJECTED], about: %q}`, d.second)) != 0 {
		t.Error("rejected claims are listed wrongly")
	}
	ids := lines(t, data(t, d.s, `{ claims(first: 100, filter: {curation: [REJECTED, UNREVIEWED]}) { nodes { id } } }`, "claims", "nodes"), "id")
	if !slices.IsSorted(ids) || !slices.Contains(ids, d.claim) || float64(len(ids)) != total {
		t.Errorf("with the rejected one: %v", ids)
	}
	for at, want := range map[string]float64{
		fmt.Sprintf(`entity(id: %q)`, d.firm): 1, fmt.Sprintf(`entity(id: %q)`, d.park): 1, fmt.Sprintf(`entity(id: %q)`, d.second): 0,
		fmt.Sprintf(`report(id: %q)`, d.report): 1, `report(file: "yunjiang-2025.html")`: 1, // both say so
	} {
		field, _, _ := strings.Cut(at, "(")
		if got := data(t, d.s, fmt.Sprintf(`{ %s { claims(filter: {curation: [REJECTED]}) { totalCount } } }`, at), field, "claims", "totalCount"); got != want {
			t.Errorf("%s: %v rejected claims", at, got)
		}
	}
	if got := data(t, d.s, fmt.Sprintf(`{ node(id: %q) { ... on Passage { claims(filter: {curation: [REJECTED]}) { nodes { id } } } } }`, d.passage), "node", "claims", "nodes"); fmt.Sprint(got) != fmt.Sprintf("[map[id:%s]]", d.claim) {
		t.Error(got)
	}
	for direction, want := range map[string]float64{"OUT": 1, "IN": 0} {
		if got := data(t, d.s, fmt.Sprintf(`{ entity(id: %q) { claims(direction: %s, filter: {curation: [REJECTED]}) { totalCount } } }`, d.firm, direction), "entity", "claims", "totalCount"); got != want {
			t.Errorf("%s: %v", direction, got)
		}
	}
	if got := data(t, d.s, fmt.Sprintf(`{ node(id: %q) { ... on Claim { curation { state } evidence { quote } } } }`, d.claim), "node", "curation", "state"); got != "REJECTED" {
		t.Error(got)
	}
	if got := names(t, data(t, d.s, fmt.Sprintf(`{ entity(id: %q) { related(relations: [SETTLED_IN]) { nodes { name } } } }`, d.firm), "entity", "related")); len(got) != 0 {
		t.Errorf("still settled in %v", got)
	}

	undone := d.change(editor, "undo", `change: "change-2"`, `change { kind before after undoes { id } } undone { undoneBy { id } }`)
	if got := fmt.Sprint(undone); got != "map[change:map[after:康桥制药 SETTLED_IN 云江数字医疗产业园 before:<nil> id:change-3 kind:UNDO undoes:map[id:change-2]] undone:map[undoneBy:map[id:change-3]]]" {
		t.Error(got)
	}
	if count(`{}`) != total || count(`{curation: [CONFIRMED]}`) != 1 {
		t.Error("not as before")
	}
}

// TestReviewQueue lists what nobody has decided on, the least sure first.
func TestReviewQueue(t *testing.T) {
	d := newDesk(t)
	queue := func() []any {
		return data(t, d.s, `{ claims(filter: {curation: [UNREVIEWED]}, orderBy: {field: CONFIDENCE}, first: 100) { nodes { id confidence } } }`, "claims", "nodes").([]any)
	}
	all := queue()
	if !slices.IsSortedFunc(all, func(a, b any) int {
		return int(1000 * (a.(map[string]any)["confidence"].(float64) - b.(map[string]any)["confidence"].(float64)))
	}) {
		t.Errorf("not by confidence: %v", all)
	}
	first, next := all[0].(map[string]any)["id"].(string), all[1]
	d.change(editor, "rejectClaim", fmt.Sprintf(`claim: %q`, first), "")
	if left := queue(); len(left) != len(all)-1 || fmt.Sprint(left[0]) != fmt.Sprint(next) {
		t.Errorf("after %s was judged: %v", first, left)
	}
}

func TestCorrecting(t *testing.T) {
	d := newDesk(t)
	payload := d.change(editor, "correctClaim", fmt.Sprintf(`claim: %q, object: {kind: FACILITY, name: "康桥大厦"}, modality: AIM, period: {from: "2024", to: "2025"}`, d.claim),
		`change { before after claim { id } became { id } } rejected { id curation { state change { id } } }
		 claim { id subject { name } object { name kind } modality period { from to } evidence { quote } curation { state change { id } } }`)
	change := payload["change"].(map[string]any)
	if change["before"] != "康桥制药 SETTLED_IN 云江数字医疗产业园" || change["after"] != "康桥制药 SETTLED_IN 康桥大厦 (AIM) 2024–2025" {
		t.Errorf("%v", change)
	}
	claim := payload["claim"].(map[string]any)
	if got := fmt.Sprint(claim["object"], claim["modality"], claim["period"], claim["curation"]); got != "map[kind:FACILITY name:康桥大厦]AIMmap[from:2024 to:2025] map[change:map[id:change-1] state:CORRECTED]" {
		t.Error(got)
	}
	if quotes := fmt.Sprint(claim["evidence"]); strings.Count(quotes, "quote:") != 2 || !strings.Contains(quotes, d.quote) {
		t.Errorf("its evidence is %v", quotes)
	}
	if got := fmt.Sprint(payload["rejected"]); got != fmt.Sprintf("map[curation:map[change:map[id:change-1] state:REJECTED] id:%s]", d.claim) {
		t.Error(got)
	}
	if why := d.refused(editor, "correctClaim", fmt.Sprintf(`claim: %q, modality: AIM`, d.claim), CodeConflict); !strings.Contains(why, "already") {
		t.Error(why)
	}
	// What others rest on is not undone before them.
	d.change(editor, "addClaim", fmt.Sprintf(`subject: {kind: FACILITY, name: "康桥大厦"}, relation: HAS_STATUS, status: OPENED, passage: %q, start: 0, end: 4`, d.passage), "")
	if why := d.refused(editor, "undo", `change: "change-1"`, CodeConflict); !strings.Contains(why, "change-2 rests on change-1") {
		t.Error(why)
	}
	d.change(editor, "undo", `change: "change-2"`, "")
	d.change(editor, "undo", `change: "change-1"`, "")
	if got := data(t, d.s, `{ entity(name: "康桥大厦") { id } }`, "entity"); got != nil {
		t.Errorf("what the correction made is still there: %v", got)
	}
}

// TestJudgingObservations judges and corrects a number: lists, series and filters
// follow, and undoing puts all back.
func TestJudgingObservations(t *testing.T) {
	d := newDesk(t)
	const all = `{ observations(filter: {curation: [UNREVIEWED, CONFIRMED, REJECTED, CORRECTED]}) { nodes { id value unit amount baseUnit derived { value } checks { message with { id } } curation { state } } } series(measure: "利润") { unit points { amount } } }`
	before := fmt.Sprint(data(t, d.s, all))
	count := func(filter string) float64 {
		t.Helper()
		return data(t, d.s, fmt.Sprintf(`{ observations(filter: %s) { totalCount } }`, filter), "observations", "totalCount").(float64)
	}
	total := count(`{}`)
	if count(`{curation: [UNREVIEWED]}`) != total || count(`{curation: [CONFIRMED, REJECTED, CORRECTED]}`) != 0 {
		t.Error("something is judged before anyone did")
	}
	payload := d.change(editor, "confirmObservation", fmt.Sprintf(`observation: %q, reason: "看过原文"`, d.number),
		`change { kind why before after observation { id } becameObservation { id } } observation { curation { state change { id } } }`)
	change := payload["change"].(map[string]any)
	for field, want := range map[string]any{"kind": "CONFIRM_OBSERVATION", "why": "看过原文", "before": "金融业 利润 LEVEL 1.2万亿元", "after": "金融业 利润 LEVEL 1.2万亿元", "becameObservation": nil} {
		if change[field] != want {
			t.Errorf("%s: got %v, want %v", field, change[field], want)
		}
	}
	if got := fmt.Sprint(payload["observation"]); got != "map[curation:map[change:map[id:change-1] state:CONFIRMED]]" {
		t.Error(got)
	}
	if why := d.refused(editor, "confirmObservation", d.inputs()["confirmObservation"], CodeConflict); !strings.Contains(why, "confirmed already") {
		t.Error(why)
	}
	if count(`{curation: [CONFIRMED]}`) != 1 || count(`{curation: [UNREVIEWED]}`) != total-1 {
		t.Error("the filter does not know what was confirmed")
	}

	payload = d.change(editor, "correctObservation", fmt.Sprintf(`observation: %q, about: {id: %q}, measure: "利润总额", value: 1200, unit: "万元", type: CHANGE, modality: AIM, annualAverage: true, period: {from: "2024", to: "2024"}`, d.number, d.firm),
		`change { kind before after observation { id } becameObservation { id } } rejected { id curation { state change { id } } }
		 observation { about { name } measure value unit amount baseUnit type annualAverage modality period { from to } derived { value } checks { ok } evidence { quote } curation { state change { id } } }`)
	change = payload["change"].(map[string]any)
	if change["kind"] != "CORRECT_OBSERVATION" || change["after"] != "康桥制药 利润总额 CHANGE 1200万元 ANNUAL_AVERAGE (AIM) 2024–2024" {
		t.Errorf("%v", change)
	}
	if got := fmt.Sprint(payload["observation"]); got != "map[about:map[name:康桥制药] amount:1.2e+07 annualAverage:true baseUnit:元 checks:[] curation:map[change:map[id:change-2] state:CORRECTED] derived:[] evidence:[map[quote:1.2万亿元]] measure:利润总额 modality:AIM period:map[from:2024 to:2024] type:CHANGE unit:万元 value:1200]" {
		t.Error(got)
	}
	if got := fmt.Sprint(payload["rejected"]); got != fmt.Sprintf("map[curation:map[change:map[id:change-2] state:REJECTED] id:%s]", d.number) {
		t.Error(got)
	}
	if got := fmt.Sprint(change["observation"], change["becameObservation"]); !strings.Contains(got, d.number) || strings.Contains(got, "nil") {
		t.Error(got)
	}
	if why := d.refused(editor, "correctObservation", d.inputs()["correctObservation"], CodeConflict); !strings.Contains(why, "already") {
		t.Error(why)
	}
	// What was rejected is in no list and no series, unless asked for; by its id it is there.
	if count(`{}`) != total || count(`{measure: "利润"}`) != 0 || count(`{curation: [REJECTED]}`) != 1 || count(`{curation: [CORRECTED]}`) != 1 ||
		count(fmt.Sprintf(`{curation: [REJECTED], about: %q}`, d.firm)) != 0 || count(fmt.Sprintf(`{curation: [REJECTED], report: %q}`, d.report)) != 1 {
		t.Error("rejected observations are listed wrongly")
	}
	if got := data(t, d.s, `{ series(measure: "利润") { unit } }`, "series"); fmt.Sprint(got) != "[]" {
		t.Errorf("a series of what was rejected: %v", got)
	}
	passage := data(t, d.s, fmt.Sprintf(`{ node(id: %q) { ... on Observation { curation { state } evidence { passage { id } } } } }`, d.number), "node").(map[string]any)
	at := passage["evidence"].([]any)[0].(map[string]any)["passage"].(map[string]any)["id"].(string)
	for place, want := range map[string][2]float64{
		fmt.Sprintf(`report(id: %q) {`, d.report): {1, 1}, fmt.Sprintf(`node(id: %q) { ... on Passage {`, at): {1, 1},
		fmt.Sprintf(`entity(id: %q) {`, d.firm): {0, 1}, `entity(name: "金融业") {`: {1, 0},
	} {
		query := fmt.Sprintf(`{ %s rejected: observations(filter: {curation: [REJECTED]}) { totalCount } corrected: observations(filter: {curation: [CORRECTED]}) { totalCount } }%s`, place, strings.Repeat("}", strings.Count(place, "{")))
		field, _, _ := strings.Cut(place, "(")
		if got := data(t, d.s, query, field).(map[string]any); got["rejected"].(map[string]any)["totalCount"] != want[0] || got["corrected"].(map[string]any)["totalCount"] != want[1] {
			t.Errorf("%s: %v, want %v", place, got, want)
		}
	}
	for filter, want := range map[string]float64{fmt.Sprintf(`observation: %q`, d.number): 2, fmt.Sprintf(`entity: %q`, d.firm): 1, `kinds: [CORRECT_OBSERVATION]`: 1, fmt.Sprintf(`report: %q`, d.report): 2} {
		if got := data(t, d.s, fmt.Sprintf(`{ changes(filter: {%s}) { totalCount } }`, filter), "changes", "totalCount"); got != want {
			t.Errorf("changes of %s: %v", filter, got)
		}
	}
	if why := d.refused(editor, "undo", `change: "change-1"`, CodeConflict); !strings.Contains(why, "change-2 rests on change-1") {
		t.Error(why)
	}
	d.change(editor, "undo", `change: "change-2"`, "")
	d.change(editor, "undo", `change: "change-1"`, "")
	if after := fmt.Sprint(data(t, d.s, all)); after != before {
		t.Errorf("%s\nis now\n%s", before, after)
	}
	// What its own unit says stays so, and a new one is read with its scale.
	payload = d.change(editor, "correctObservation", fmt.Sprintf(`observation: %q, value: 2.5`, d.number), `observation { value unit amount baseUnit }`)
	if got := fmt.Sprint(payload["observation"]); got != "map[amount:2.5e+12 baseUnit:元 unit:万亿元 value:2.5]" {
		t.Error(got)
	}
}

func TestAdding(t *testing.T) {
	d := newDesk(t)
	payload := d.change(editor, "addClaim", d.inputs()["addClaim"], `claim { id subject { name } relation object { name } curation { state } evidence { quote rule confidence } }`)
	claim := payload["claim"].(map[string]any)
	if got := fmt.Sprint(claim["subject"], claim["object"], claim["curation"], claim["evidence"]); got != fmt.Sprintf("map[name:康桥制药] map[name:远山科仪] map[state:CONFIRMED] [map[confidence:1 quote:%s rule:curator]]", d.quote) {
		t.Error(got)
	}
	// By a span, of an entity that nobody has named yet.
	payload = d.change(editor, "addClaim", fmt.Sprintf(`subject: {kind: ENTERPRISE, name: "柳浦创投"}, relation: RECOGNIZED_AS, value: "示范企业", modality: AIM, passage: %q, start: 1, end: 5`, d.passage),
		`claim { subject { id name kind } value modality evidence { quote start end } }`)
	text := []rune(data(t, d.s, fmt.Sprintf(`{ node(id: %q) { ... on Passage { text } } }`, d.passage), "node", "text").(string))
	if got := fmt.Sprint(payload["claim"].(map[string]any)["evidence"]); got != fmt.Sprintf("[map[end:5 quote:%s start:1]]", string(text[1:5])) {
		t.Error(got)
	}
	if got := data(t, d.s, `{ entity(name: "柳浦创投", kind: ENTERPRISE) { claims { totalCount } } }`, "entity", "claims", "totalCount"); got != 1.0 {
		t.Errorf("%v claims of the new one", got)
	}
}

// TestEntitiesChange follows the directory and the search index through changes
// of entities.
func TestEntitiesChange(t *testing.T) {
	d := newDesk(t)
	find := func(words string) string {
		t.Helper()
		hits := data(t, d.s, fmt.Sprintf(`{ search(query: %q, first: 1) { nodes { node { id } } } }`, words), "search", "nodes").([]any)
		if len(hits) == 0 {
			return ""
		}
		return hits[0].(map[string]any)["node"].(map[string]any)["id"].(string)
	}
	named := func(name string) string {
		t.Helper()
		found, _ := data(t, d.s, fmt.Sprintf(`{ entity(name: %q) { id } }`, name), "entity").(map[string]any)
		id, _ := found["id"].(string)
		return id
	}
	curated := func() []string {
		return names(t, data(t, d.s, `{ entities(filter: {curated: true}) { nodes { name } } }`, "entities"))
	}
	if find("数医港") != "" || named("数医港") != "" || len(curated()) != 0 {
		t.Fatal("found before it was added")
	}
	payload := d.change(editor, "addAlias", d.inputs()["addAlias"], `change { before after entity { id } } entity { aliases }`)
	if got := fmt.Sprint(payload); got != fmt.Sprintf("map[change:map[after:云江数字医疗产业园 = 数字医疗园 = 数医港 before:云江数字医疗产业园 = 数字医疗园 entity:map[id:%s] id:change-1] entity:map[aliases:[数医港 数字医疗园]]]", d.park) {
		t.Error(got)
	}
	if find("数医港") != d.park || find("syg") != d.park || named("数医港") != d.park || !slices.Equal(curated(), []string{"云江数字医疗产业园"}) {
		t.Error("not found by its new name")
	}

	payload = d.change(editor, "mergeEntities", d.inputs()["mergeEntities"], `change { before after } entity { id name aliases }`)
	if got := fmt.Sprint(payload["entity"]); got != fmt.Sprintf("map[aliases:[远山科仪] id:%s name:康桥制药]", d.firm) {
		t.Error(got)
	}
	if named("远山科仪") != d.firm || find("远山科仪") != d.firm || data(t, d.s, fmt.Sprintf(`{ node(id: %q) { id } }`, d.second), "node") != nil {
		t.Error("the merged one is still there")
	}
	d.change(editor, "undo", `change: "change-2"`, "")
	if named("远山科仪") != d.second || find("远山科仪") != d.second {
		t.Error("the merged one did not come back")
	}

	payload = d.change(editor, "splitEntity", d.inputs()["splitEntity"], `change { before after splitOff { name } } entity { name aliases } splitOff { id name kind }`)
	off := payload["splitOff"].(map[string]any)
	if off["name"] != "数字医疗园" || off["kind"] != "PARK" || named("数字医疗园") != off["id"] || find("数字医疗园") != off["id"] {
		t.Errorf("%v", payload)
	}
	if got := payload["change"].(map[string]any)["after"]; got != "云江数字医疗产业园 = 数医港 + 数字医疗园" {
		t.Error(got)
	}

	before := data(t, d.s, `{ stats { entities claims reports } }`, "stats")
	d.change(admin, "removeReport", d.inputs()["removeReport"], `change { file report { id } } removed`)
	if got := data(t, d.s, `{ stats { reports } }`, "stats", "reports"); got != 1.0 || named("云江大学附属研究院") != "" || strings.HasPrefix(find("云江大学附属研究院"), "organization-") {
		t.Error("what only the report says is still there")
	}
	if why := d.refused(editor, "undo", `change: "change-5"`, CodeForbidden); !strings.Contains(why, "REMOVE_REPORT") {
		t.Error(why)
	}
	d.change(admin, "undo", `change: "change-5"`, "")
	if after := data(t, d.s, `{ stats { entities claims reports } }`, "stats"); fmt.Sprint(after) != fmt.Sprint(before) || named("数字医疗园") != off["id"] || find("数字医疗园") != off["id"] || find("数医港") != d.park {
		t.Errorf("%v is now %v", before, after)
	}
}

// TestMutationsAreSerial does several changes in one operation, each of which
// sees what those before it did.
func TestMutationsAreSerial(t *testing.T) {
	d := newDesk(t)
	a := d.as(editor, fmt.Sprintf(`mutation {
		a: confirmClaim(input: {claim: %[1]q}) { claim { curation { state } } }
		b: rejectClaim(input: {claim: %[1]q}) { claim { curation { state change { id } } } change { id } }
		c: rejectClaim(input: {claim: %[1]q}) { change { id } }
		d: undo(input: {change: "change-2"}) { undone { claim { curation { state change { id } } } } }
	}`, d.claim))
	if len(a.Errors) != 1 || a.Errors[0].Extensions["code"] != CodeConflict || fmt.Sprint(a.Errors[0].Path) != "[c]" {
		t.Errorf("%+v", a.Errors)
	}
	if got := fmt.Sprint(a.Data["a"], a.Data["b"], a.Data["c"], a.Data["d"]); got != "map[claim:map[curation:map[state:CONFIRMED]]] map[change:map[id:change-2] claim:map[curation:map[change:map[id:change-2] state:REJECTED]]] <nil> map[undone:map[claim:map[curation:map[change:map[id:change-1] state:CONFIRMED]]]]" {
		t.Error(got)
	}
	var b strings.Builder
	for i := range 101 {
		fmt.Fprintf(&b, "a%d: rejectClaim(input: {claim: \"x\"}) { change { id } } ", i)
	}
	if a := d.as(editor, "mutation { "+b.String()+"}"); len(a.Errors) != 1 || a.Errors[0].Extensions["code"] != CodeQueryTooComplex {
		t.Errorf("a hundred changes at once: %v", a.Errors)
	}
}

func TestChanges(t *testing.T) {
	d := newDesk(t)
	d.change(editor, "confirmClaim", d.inputs()["confirmClaim"], "")                          // 1
	d.change(admin, "addAlias", d.inputs()["addAlias"], "")                                   // 2
	d.change(editor, "addClaim", d.inputs()["addClaim"], "")                                  // 3
	d.change(editor, "undo", `change: "change-2", reason: "弄错了"`, "")                         // 4
	d.change(editor, "undo", `change: "change-4"`, `change { before after undoes { kind } }`) // 5
	list := func(arguments string) string {
		t.Helper()
		var ids []string
		for _, node := range data(t, d.s, fmt.Sprintf(`{ changes%s { nodes { id } } }`, arguments), "changes", "nodes").([]any) {
			ids = append(ids, strings.TrimPrefix(node.(map[string]any)["id"].(string), "change-"))
		}
		return strings.Join(ids, " ")
	}
	for arguments, want := range map[string]string{
		``: "5 4 3 2 1", `(filter: {})`: "5 4 3 2 1", `(first: 2)`: "5 4", `(last: 2)`: "2 1",
		`(filter: {kinds: [UNDO]})`: "5 4", `(filter: {kinds: []})`: "", `(filter: {kinds: [ADD_ALIAS, ADD_CLAIM]})`: "3 2",
		`(filter: {who: "管理员"})`: "2", `(filter: {who: "nobody"})`: "",
		fmt.Sprintf(`(filter: {entity: %q})`, d.second): "3", fmt.Sprintf(`(filter: {entity: %q})`, d.park): "5 4 2 1", `(filter: {entity: "x"})`: "",
		fmt.Sprintf(`(filter: {claim: %q})`, d.claim): "1", fmt.Sprintf(`(filter: {report: %q, kinds: [ADD_CLAIM]})`, d.report): "3",
		`(filter: {since: "2025"})`: "5 4 3 2 1", `(filter: {since: "2025-03-02"})`: "", `(filter: {since: "2025-03-01T16:00:00+08:00"})`: "5 4 3 2 1", `(filter: {since: "2025-03-01T16:00:01+08:00"})`: "",
		`(filter: {standing: false})`: "4", `(filter: {standing: true})`: "5 3 2 1",
	} {
		if got := list(arguments); got != want {
			t.Errorf("%s: got %s, want %s", arguments, got, want)
		}
	}
	end := data(t, d.s, `{ changes(first: 2) { pageInfo { endCursor } } }`, "changes", "pageInfo", "endCursor").(string)
	d.change(editor, "rejectClaim", d.inputs()["rejectClaim"], "") // 6
	if got := list(fmt.Sprintf(`(first: 2, after: %q)`, end)); got != "3 2" {
		t.Errorf("a cursor does not stay right: %s", got)
	}
	if got := data(t, d.s, `{ node(id: "change-5") { id __typename ... on Change { kind before after undoes { id before after } } } }`, "node"); fmt.Sprint(got) !=
		"map[__typename:Change after:云江数字医疗产业园 = 数字医疗园 = 数医港 before:云江数字医疗产业园 = 数字医疗园 id:change-5 kind:UNDO undoes:map[after:云江数字医疗产业园 = 数字医疗园 before:云江数字医疗产业园 = 数字医疗园 = 数医港 id:change-4]]" {
		t.Error(got)
	}
	if got := data(t, d.s, `{ node(id: "change-7") { id } }`, "node"); got != nil {
		t.Error(got)
	}
	if a := ask(t, d.s, `{ changes(filter: {since: "gestern"}) { totalCount } }`, nil); len(a.Errors) != 1 || a.Errors[0].Extensions["code"] != CodeBadUserInput {
		t.Errorf("%v", a)
	}
}

// TestHostileChanges refuses what cannot be, in words, and leaves the graph as
// it was.
func TestHostileChanges(t *testing.T) {
	d := newDesk(t)
	d.change(editor, "confirmClaim", d.inputs()["confirmClaim"], "")
	before, err := d.store.Version(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	long := strings.Repeat("园", 2000)
	add := fmt.Sprintf(`subject: {id: %q}, relation: SETTLED_IN, object: {id: %q}, passage: %q`, d.firm, d.park, d.passage)
	for _, test := range []struct{ field, input, code, says string }{
		{"confirmClaim", `claim: ""`, CodeNotFound, "no claim"},
		{"confirmClaim", `claim: "claim-x\u0000<script>"`, CodeNotFound, "no claim"},
		{"confirmClaim", fmt.Sprintf(`claim: %q`, d.park), CodeNotFound, "no claim"},
		{"confirmClaim", `claim: "lantu:journal"`, CodeNotFound, "no claim"},
		{"rejectClaim", fmt.Sprintf(`claim: %q`, long), CodeNotFound, "no claim"},
		{"rejectClaim", fmt.Sprintf(`claim: %q, reason: %q`, d.claim, long), CodeBadUserInput, "more than 1000"},
		{"rejectClaim", fmt.Sprintf(`claim: %q, reason: "a\u0007b"`, d.claim), CodeBadUserInput, "cannot be seen"},
		{"correctClaim", `claim: "claim-x", modality: AIM`, CodeNotFound, "no claim"},
		{"correctClaim", fmt.Sprintf(`claim: %q`, d.claim), CodeConflict, "says that already"},
		{"correctClaim", fmt.Sprintf(`claim: %q, value: "好"`, d.claim), CodeBadUserInput, "needs an entity"},
		{"correctClaim", fmt.Sprintf(`claim: %q, value: "好", status: OPENED`, d.claim), CodeBadUserInput, "give one of"},
		{"correctClaim", fmt.Sprintf(`claim: %q, relation: HAS_STATUS, value: "NEARLY"`, d.claim), CodeBadUserInput, "value"},
		{"correctClaim", fmt.Sprintf(`claim: %q, relation: HAS_STATUS`, d.claim), CodeBadUserInput, "needs words"},
		{"correctClaim", fmt.Sprintf(`claim: %q, relation: COVERS`, d.claim), CodeBadUserInput, "cannot be the subject"},
		{"correctClaim", fmt.Sprintf(`claim: %q, subject: {id: "x"}`, d.claim), CodeNotFound, "no entity"},
		{"correctClaim", fmt.Sprintf(`claim: %q, object: {id: %q}`, d.claim, d.firm), CodeBadUserInput, "same entity"},
		{"correctClaim", fmt.Sprintf(`claim: %q, object: {id: %q}`, d.claim, d.second), CodeBadUserInput, "cannot be the object"},
		{"correctClaim", fmt.Sprintf(`claim: %q, subject: {}`, d.claim), CodeBadUserInput, "subject"},
		{"correctClaim", fmt.Sprintf(`claim: %q, subject: {id: %q, name: "x"}`, d.claim, d.second), CodeBadUserInput, "either the id"},
		{"correctClaim", fmt.Sprintf(`claim: %q, subject: {kind: ENTERPRISE, name: "《》"}`, d.claim), CodeBadUserInput, "no name"},
		{"correctClaim", fmt.Sprintf(`claim: %q, subject: {kind: ENTERPRISE, name: %q}`, d.claim, long), CodeBadUserInput, "more than 100"},
		{"correctClaim", fmt.Sprintf(`claim: %q, period: {from: "去年"}`, d.claim), CodeBadUserInput, "period.from"},
		{"correctClaim", fmt.Sprintf(`claim: %q, period: {from: "2025", to: "2024"}`, d.claim), CodeBadUserInput, "is after"},
		{"confirmObservation", `observation: ""`, CodeNotFound, "no observation"},
		{"confirmObservation", fmt.Sprintf(`observation: %q`, d.claim), CodeNotFound, "no observation"},
		{"confirmClaim", fmt.Sprintf(`claim: %q`, d.number), CodeNotFound, "no claim"},
		{"rejectObservation", fmt.Sprintf(`observation: %q`, long), CodeNotFound, "no observation"},
		{"rejectObservation", fmt.Sprintf(`observation: %q, reason: %q`, d.number, long), CodeBadUserInput, "more than 1000"},
		{"correctObservation", `observation: "observation-x", value: 1`, CodeNotFound, "no observation"},
		{"correctObservation", fmt.Sprintf(`observation: %q`, d.number), CodeConflict, "says that already"},
		{"correctObservation", fmt.Sprintf(`observation: %q, value: 1e305`, d.number), CodeBadUserInput, "too large"},
		{"correctObservation", fmt.Sprintf(`observation: %q, unit: %q`, d.number, long), CodeBadUserInput, "more than 20"},
		{"correctObservation", fmt.Sprintf(`observation: %q, unit: "亿\n元"`, d.number), CodeBadUserInput, "cannot be seen"},
		{"correctObservation", fmt.Sprintf(`observation: %q, measure: " "`, d.number), CodeBadUserInput, "no name"},
		{"correctObservation", fmt.Sprintf(`observation: %q, about: {id: "x"}`, d.number), CodeNotFound, "no entity"},
		{"correctObservation", fmt.Sprintf(`observation: %q, about: {}`, d.number), CodeBadUserInput, "about"},
		{"correctObservation", fmt.Sprintf(`observation: %q, period: {from: "2025", to: "2024"}`, d.number), CodeBadUserInput, "is after"},
		{"addClaim", add + `, quote: "没有这句话"`, CodeBadUserInput, "does not say"},
		{"addClaim", add + `, quote: ""`, CodeBadUserInput, "copy the words"},
		{"addClaim", add, CodeBadUserInput, "give the words"},
		{"addClaim", add + `, start: 1`, CodeBadUserInput, "give the words"},
		{"addClaim", add + `, quote: "园", start: 0, end: 1`, CodeBadUserInput, "give the words"},
		{"addClaim", add + `, start: -1, end: 2`, CodeBadUserInput, "no span -1 to 2"},
		{"addClaim", add + `, start: 3, end: 3`, CodeBadUserInput, "no span"},
		{"addClaim", add + `, start: 5, end: 2`, CodeBadUserInput, "no span"},
		{"addClaim", add + `, start: 0, end: 2147483647`, CodeBadUserInput, "no span"},
		{"addClaim", strings.Replace(add, d.passage, "passage-x-0", 1) + `, start: 0, end: 1`, CodeNotFound, "no passage"},
		{"addClaim", fmt.Sprintf(`subject: {id: %q}, relation: RECOGNIZED_AS, value: %q, passage: %q, start: 0, end: 1`, d.firm, long, d.passage), CodeBadUserInput, "more than 200"},
		{"addClaim", fmt.Sprintf(`subject: {id: %q}, relation: RECOGNIZED_AS, value: " ", passage: %q, start: 0, end: 1`, d.firm, d.passage), CodeBadUserInput, "needs words"},
		{"addAlias", `entity: "park-x", alias: "甲"`, CodeNotFound, "no entity"},
		{"addAlias", fmt.Sprintf(`entity: %q, alias: ""`, d.park), CodeBadUserInput, "no name"},
		{"addAlias", fmt.Sprintf(`entity: %q, alias: "甲\u202e乙"`, d.park), CodeBadUserInput, "cannot be seen"},
		{"addAlias", fmt.Sprintf(`entity: %q, alias: "甲\n乙"`, d.park), CodeBadUserInput, "cannot be seen"},
		{"addAlias", fmt.Sprintf(`entity: %q, alias: "数字医疗园"`, d.park), CodeConflict, "so already"},
		{"mergeEntities", fmt.Sprintf(`into: %q, from: []`, d.firm), CodeBadUserInput, "from"},
		{"mergeEntities", fmt.Sprintf(`into: %[1]q, from: [%[1]q]`, d.firm), CodeBadUserInput, "not that one itself"},
		{"mergeEntities", fmt.Sprintf(`into: %q, from: [%q]`, d.firm, d.park), CodeBadUserInput, "one kind"},
		{"mergeEntities", fmt.Sprintf(`into: %q, from: ["enterprise-x"]`, d.firm), CodeNotFound, "no entity"},
		{"mergeEntities", fmt.Sprintf(`into: %q, from: [%s]`, d.firm, strings.Repeat(`"x",`, 101)), CodeBadUserInput, "too many"},
		{"mergeEntities", `into: "place-990101101", from: ["place-990101"]`, CodeBadUserInput, "lies in"},
		{"splitEntity", fmt.Sprintf(`entity: %q, names: []`, d.park), CodeBadUserInput, "names"},
		{"splitEntity", fmt.Sprintf(`entity: %q, names: ["别的园"]`, d.park), CodeBadUserInput, "has no name"},
		{"splitEntity", fmt.Sprintf(`entity: %q, names: ["数字医疗园", "云江数字医疗产业园"]`, d.park), CodeBadUserInput, "none would be left"},
		{"splitEntity", fmt.Sprintf(`entity: %q, names: ["数字医疗园"], claims: ["claim-x"]`, d.park), CodeNotFound, "claim-x"},
		{"splitEntity", fmt.Sprintf(`entity: %q, names: ["数字医疗园"], observations: [%q]`, d.park, d.claim), CodeNotFound, "speaks not of"},
		{"splitEntity", `entity: "x", names: ["a"]`, CodeNotFound, "no entity"},
		{"undo", `change: "change-0"`, CodeNotFound, "no change"},
		{"undo", `change: "change-2"`, CodeNotFound, "no change"},
		{"removeReport", `report: "report-x"`, CodeNotFound, "no report"},
		{"removeReport", `report: "lantu:journal"`, CodeNotFound, "no report"},
		{"removeReport", `report: ""`, CodeNotFound, "no report"},
		{"removeReport", `report: "yunjiang-2024.txt"`, CodeNotFound, "no report"},
	} {
		if why := d.refused(admin, test.field, test.input, test.code); !strings.Contains(why, test.says) {
			t.Errorf("%s(%.100s): %q does not say %q", test.field, test.input, why, test.says)
		}
	}
	if after, err := d.store.Version(t.Context()); err != nil || after != before {
		t.Errorf("version %d is %d: %v", before, after, err)
	}
}

func TestReadOnlyChangesNothing(t *testing.T) {
	dir := t.TempDir()
	store, err := graph.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	if store, err = graph.Open(t.Context(), dir, graph.ReadOnly()); err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	}()
	a := ask(t, New(store, Options{}), `mutation { undo(input: {change: "change-1"}) { change { id } } }`, nil)
	if len(a.Errors) != 1 || a.Errors[0].Extensions["code"] != CodeReadOnly {
		t.Errorf("%v", a)
	}
}

// TestChangesAtOnce has many judge while others read: each change is recorded
// once, and after all of them are undone the graph is as it was.
func TestChangesAtOnce(t *testing.T) {
	d := newDesk(t)
	const everything = `{ claims(first: 100, filter: {curation: [UNREVIEWED, CONFIRMED, REJECTED]}) { totalCount nodes { id curation { state } } } search(query: "康桥制药", first: 1) { nodes { matched } } }`
	before := fmt.Sprint(data(t, d.s, everything))
	var ids []string
	for _, node := range data(t, d.s, `{ claims(first: 100) { nodes { id } } }`, "claims", "nodes").([]any) {
		ids = append(ids, node.(map[string]any)["id"].(string))
	}
	atOnce := func(n int, query func(int) string) {
		t.Helper()
		var all sync.WaitGroup
		for i := range n {
			all.Go(func() {
				for _, q := range []string{query(i), everything} {
					response, failed, err := d.s.Execute(access.WithCaller(t.Context(), editor), q, nil)
					if err != nil || failed {
						t.Errorf("%s: %v %s", q, err, response)
					}
				}
			})
		}
		all.Wait()
	}
	atOnce(len(ids), func(i int) string {
		return fmt.Sprintf(`mutation { rejectClaim(input: {claim: %q}) { change { id } } }`, ids[i])
	})
	if got := data(t, d.s, `{ changes { totalCount } claims { totalCount } }`); fmt.Sprint(got) != fmt.Sprintf("map[changes:map[totalCount:%d] claims:map[totalCount:0]]", len(ids)) {
		t.Errorf("%d claims were rejected: %v", len(ids), got)
	}
	atOnce(len(ids), func(i int) string {
		return fmt.Sprintf(`mutation { undo(input: {change: "change-%d"}) { change { id } } }`, i+1)
	})
	if after := fmt.Sprint(data(t, d.s, everything)); after != before {
		t.Errorf("%s\nis now\n%s", before, after)
	}
}

// loadedMeanwhile is a graph into which a report is loaded right after somebody looked
// at its changes.
type loadedMeanwhile struct {
	*graph.Store
	load func()
}

func (l *loadedMeanwhile) Changes(ctx context.Context) ([]*schema.ChangeRecord, error) {
	changes, err := l.Store.Changes(ctx)
	l.load()
	return changes, err
}

// TestUndoOfWhatIsJustMade has an editor, who may not undo loads, ask to undo the next
// change, while a report is loaded.
func TestUndoOfWhatIsJustMade(t *testing.T) {
	for _, test := range []struct {
		who  access.Caller
		code any // of the refusal, nil for none
		left int // reports
	}{{editor, CodeNotFound, 3}, {admin, nil, 2}} {
		store := newGraph(t)
		w := write(t, schema.Report{File: "new.txt"})
		w.passage("东湖桥建成。")
		w.named(schema.KindProject, "东湖桥")
		racing := &loadedMeanwhile{store, sync.OnceFunc(func() {
			if _, err := store.Load(t.Context(), []*schema.Reading{w.done()}, schema.ChangeRecord{Who: admin.Name}); err != nil {
				t.Error(err)
			}
		})}
		d := &desk{t: t, s: New(racing, Options{})}
		a := d.as(test.who, `mutation { undo(input: {change: "change-1"}) { change { id } } }`)
		var code any
		if len(a.Errors) > 0 {
			code = a.Errors[0].Extensions["code"]
		}
		reports, err := store.ReportIDs(t.Context())
		if code != test.code || err != nil || len(reports) != test.left {
			t.Errorf("%s: %v, %d reports, %v", test.who.Role, a, len(reports), err)
		}
	}
}

// TestRejectedInOneReportOnly rejects what one report says of a firm and merges it with
// another, of which another report says the same: that stands, and is listed once.
func TestRejectedInOneReportOnly(t *testing.T) {
	store, err := graph.OpenMemory(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	}()
	firms := []string{"远山科仪", "远山科学仪器"}
	for i, name := range firms {
		w := write(t, schema.Report{File: name + ".txt"})
		w.passage(name + "入驻临禾科技园,产值1.7亿元。")
		firms[i] = w.named(schema.KindEnterprise, name)
		w.say(firms[i], schema.SettledIn, w.named(schema.KindPark, "临禾科技园"), "入驻临禾科技园")
		w.observe(schema.Observation{AboutID: firms[i], Measure: "产值", Value: 1.7, Unit: "亿元", Amount: 1.7e8, BaseUnit: "元", Type: schema.Level}, "1.7亿元")
		if err := store.Put(t.Context(), w.done()); err != nil {
			t.Fatal(err)
		}
	}
	d := &desk{t: t, s: New(store, Options{}), store: store}
	for _, kind := range []string{"claim", "observation"} {
		found := data(t, d.s, fmt.Sprintf(`{ node(id: %q) { ... on Enterprise { claims { nodes { id } } observations { nodes { id } } } } }`, firms[1]), "node", kind+"s", "nodes")
		d.change(editor, "reject"+strings.ToUpper(kind[:1])+kind[1:], fmt.Sprintf(`%s: %q`, kind, lines(t, found, "id")[0]), "")
	}
	d.change(editor, "mergeEntities", fmt.Sprintf(`into: %q, from: [%q]`, firms[0], firms[1]), "")
	for _, list := range []string{`{ of: node(id: "` + firms[0] + `") { ... on Enterprise { %s } } }`, `{ of: node(id: "` + firms[0] + `") { id } %s }`} {
		for _, kind := range []string{"claims", "observations"} {
			for asked, want := range map[string]string{"UNREVIEWED, REJECTED": "[UNREVIEWED]", "REJECTED": "[]", "UNREVIEWED": "[UNREVIEWED]"} {
				query := fmt.Sprintf(list, fmt.Sprintf(`%s(filter: {curation: [%s]}) { totalCount nodes { curation { state } evidence { quote } } }`, kind, asked))
				answer := data(t, d.s, query).(map[string]any)
				if answer[kind] == nil {
					answer = answer["of"].(map[string]any)
				}
				found := answer[kind].(map[string]any)
				if got := fmt.Sprint(lines(t, found["nodes"], "curation.state")); got != want || found["totalCount"] != float64(len(found["nodes"].([]any))) {
					t.Errorf("%s: %s of %v in all", query, got, found["totalCount"])
				}
			}
		}
	}
}
