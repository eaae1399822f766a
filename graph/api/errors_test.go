package api

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestErrors(t *testing.T) {
	s := newTestService(t)
	name := data(t, s, `{ parks { pageInfo { endCursor } } }`, "parks", "pageInfo", "endCursor").(string)
	deep := strings.Repeat("{ parent ", maxDepth) + "{ id }" + strings.Repeat("}", maxDepth)
	for _, test := range []struct {
		name, query, code, says string
	}{
		{"first 0", `{ parks(first: 0) { totalCount } }`, CodeBadUserInput, "1 to 100"},
		{"first 101", `{ parks(first: 101) { totalCount } }`, CodeBadUserInput, "1 to 100"},
		{"last -1", `{ claims(last: -1) { totalCount } }`, CodeBadUserInput, "last: -1"},
		{"first and last", `{ parks(first: 1, last: 1) { totalCount } }`, CodeBadUserInput, "not both"},
		{"no cursor", `{ parks(after: "园") { totalCount } }`, CodeBadUserInput, "is no cursor"},
		{"foreign cursor", `{ claims(after: "` + name + `") { totalCount } }`, CodeBadUserInput, "another order"},
		{"nested", `{ parks { nodes { enterprises(first: 0) { totalCount } } } }`, CodeBadUserInput, "1 to 100"},
		{"entity of nothing", `{ entity { id } }`, CodeBadUserInput, "give the id or the name"},
		{"entity of both", `{ entity(id: "a", name: "b") { id } }`, CodeBadUserInput, "not both"},
		{"report of nothing", `{ report { id } }`, CodeBadUserInput, "name of its file"},
		{"report of both", `{ report(id: "a", file: "b") { id } }`, CodeBadUserInput, "either"},
		{"too many ids", `{ nodes(ids: [` + strings.Repeat(`"a",`, 101) + `]) { id } }`, CodeBadUserInput, "100 at a time"},
		{"no such report", `{ parks(filter: {report: "none.txt"}) { totalCount } }`, CodeNotFound, "none.txt"},
		{"no such region", `{ claims(filter: {region: "place-0"}) { totalCount } }`, CodeNotFound, "place-0"},
		{"no place", `{ parks(filter: {within: "` + data(t, s, `{ entity(name: "康桥制药") { id } }`, "entity", "id").(string) + `"}) { totalCount } }`, CodeBadUserInput, "康桥制药"},
		{"no confidence", `{ claims(filter: {confidenceAtLeast: 90}) { totalCount } }`, CodeBadUserInput, "0 to 1"},
		{"no date", `{ reports(filter: {from: "2024年"}) { totalCount } }`, CodeBadUserInput, "YYYY-MM-DD"},
		{"no such day", `{ reports(filter: {from: "2025-02-31"}) { totalCount } }`, CodeBadUserInput, "YYYY-MM-DD"},
		{"no such month", `{ claims(filter: {period: {to: "2030-13"}}) { totalCount } }`, CodeBadUserInput, "period.to"},
		{"trace from nothing", `{ trace(from: "program-x") { totalCount } }`, CodeNotFound, "program-x"},
		{"trace to nothing", `{ trace(from: "place-990101", to: "place-x") { totalCount } }`, CodeNotFound, "to:"},
		{"trace too far", `{ trace(from: "place-990101", maxHops: 7) { totalCount } }`, CodeBadUserInput, "1 to 6"},
		{"trace nowhere", `{ trace(from: "place-990101", maxHops: 0) { totalCount } }`, CodeBadUserInput, "1 to 6"},
		{"trace page", `{ trace(from: "place-990101", first: 101) { totalCount } }`, CodeBadUserInput, "1 to 100"},
		{"search for nothing", `{ search(query: " ") { totalCount } }`, CodeBadUserInput, "1 to 100 characters"},
		{"search for a book", `{ search(query: "` + strings.Repeat("园", 101) + `") { totalCount } }`, CodeBadUserInput, "1 to 100 characters"},
		{"search elsewhere", `{ search(query: "园", region: "place-0") { totalCount } }`, CodeNotFound, "region"},
		{"suggest nothing", `{ suggest(prefix: "") { matched } }`, CodeBadUserInput, "prefix"},
		{"suggest too much", `{ suggest(prefix: "园", first: 101) { matched } }`, CodeBadUserInput, "1 to 100"},
		{"neighborhood of nothing", `{ neighborhood(of: "park-x") { truncated } }`, CodeNotFound, "park-x"},
		{"neighborhood too far", `{ neighborhood(of: "place-990101", depth: 4) { truncated } }`, CodeBadUserInput, "1 to 3"},
		{"neighborhood too large", `{ neighborhood(of: "place-990101", limit: 501) { truncated } }`, CodeBadUserInput, "1 to 500"},
		{"paths to nothing", `{ paths(from: "place-990101", to: "place-x") { truncated } }`, CodeNotFound, "to"},
		{"paths to itself", `{ paths(from: "place-990101", to: "place-990101") { truncated } }`, CodeBadUserInput, "another entity"},
		{"paths too long", `{ paths(from: "place-990101", to: "place-9901", maxLength: 7) { truncated } }`, CodeBadUserInput, "1 to 6"},
		{"links of too many", `{ links(of: [` + strings.Repeat(`"park-x",`, 501) + `]) { derived } }`, CodeBadUserInput, "up to 500"},
		{"too many neighborhoods", aliases(60, `neighborhood(of: "place-990101") { truncated }`), CodeQueryTooComplex, "smaller pages"},
		{"series of too many", `{ series(measure: "a", about: [` + strings.Repeat(`"x",`, 101) + `]) { unit } }`, CodeBadUserInput, "101"},
		{"compare with nothing", `{ compare(before: "a.txt", after: "none.txt") { after { id } } }`, CodeNotFound, "a.txt"},
		{"commitments of nothing", `{ commitments(report: "none.txt") { totalCount } }`, CodeNotFound, "none.txt"},
		{"commitments about nothing", `{ commitments(about: "x") { totalCount } }`, CodeNotFound, "about"},
		{"no industry", `{ parks(filter: {industry: "place-990101"}) { totalCount } }`, CodeBadUserInput, "industry"},
		{"no period", `{ claims(filter: {period: {from: "去年"}}) { totalCount } }`, CodeBadUserInput, "period.from"},
		{"no time", `{ observations(filter: {asOf: "2024年"}) { totalCount } }`, CodeBadUserInput, "asOf"},
		{"no mention", `{ entities(filter: {confidenceAtLeast: 2}) { totalCount } }`, CodeBadUserInput, "0 to 1"},
		{"another order", `{ entities(orderBy: {field: MENTIONS}, after: "` + data(t, s, `{ entities(first: 1) { pageInfo { endCursor } } }`, "entities", "pageInfo", "endCursor").(string) + `") { totalCount } }`, CodeBadUserInput, "another order"},
		{"no query", ``, "GRAPHQL_VALIDATION_FAILED", ""},
		{"no GraphQL", `{ parks `, "GRAPHQL_PARSE_FAILED", ""},
		{"no field", `{ gardens { id } }`, "GRAPHQL_VALIDATION_FAILED", "gardens"},
		{"no kind", `{ entity(name: "a", kind: GARDEN) { id } }`, "GRAPHQL_VALIDATION_FAILED", "GARDEN"},
		{"no number", `{ parks(first: 99999999999999999999) { totalCount } }`, "GRAPHQL_VALIDATION_FAILED", "32-bit"},
		{"fragment cycle", `{ parks { ...a } } fragment a on ParkConnection { ...b } fragment b on ParkConnection { ...a }`, "GRAPHQL_VALIDATION_FAILED", "itself"},
		{"too long", `{ parks { totalCount } } #` + strings.Repeat("园", maxQueryBytes/3), CodeQueryTooLarge, "split it"},
		{"too many words", `{ ` + strings.Repeat("a:__typename ", maxTokens/3+1) + `}`, "GRAPHQL_PARSE_FAILED", "token limit"},
		{"too deep", `{ places { nodes ` + deep + ` } }`, CodeQueryTooDeep, "24"},
		{"too complex", `{ parks(first: 100) { nodes { enterprises(first: 100) { nodes { claims(first: 100) { nodes { id } } } } } } }`, CodeQueryTooComplex, "smaller pages"},
		{"too many traces", aliases(60, `trace(from: "place-990101") { totalCount }`), CodeQueryTooComplex, "smaller pages"},
		{"too many comparisons", aliases(110, `compare(before: "a", after: "b") { before { id } }`), CodeQueryTooComplex, "smaller pages"},
		{"links of too many, too deep", `query { links(of: ["a"], with: ["` + strings.Repeat(`b", "`, 900) + `b"]) { to { claims(first: 100) { nodes { id } } } } }`, CodeQueryTooComplex, "smaller pages"},
		{"nodes of too many, too deep", `query { nodes(ids: ["` + strings.Repeat(`b", "`, 99) + `b"]) { ... on Park { claims(first: 100) { nodes { evidence { passage { claims(first: 100) { nodes { id } } } } } } } } }`, CodeQueryTooComplex, "smaller pages"},
		{"too many aliases", aliases(60, `parks(first: 100) { nodes { claims(first: 100) { nodes { id } } } }`), CodeQueryTooComplex, "smaller pages"},
	} {
		t.Run(test.name, func(t *testing.T) {
			a := ask(t, s, test.query, nil)
			if len(a.Errors) == 0 {
				t.Fatal("no error")
			}
			if code := a.Errors[0].Extensions["code"]; code != test.code {
				t.Errorf("code is %v, want %s (%s)", code, test.code, a.Errors[0].Message)
			}
			if !strings.Contains(a.Errors[0].Message, test.says) {
				t.Errorf("%q does not say %q", a.Errors[0].Message, test.says)
			}
		})
	}
}

// aliases asks for the same n times.
func aliases(n int, field string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "a%d: %s ", i, field)
	}
	return "{ " + b.String() + "}"
}

// TestFragmentsAreCountedOnce spreads fragments so that counting each spread
// would take longer than the sun shines.
func TestFragmentsAreCountedOnce(t *testing.T) {
	var b strings.Builder
	b.WriteString(`{ parks { nodes { ...f0 } } }`)
	for i := range 60 {
		fmt.Fprintf(&b, ` fragment f%d on Park { x: __typename ...f%d ... on Park { ...f%d } }`, i, i+1, i+1)
	}
	b.WriteString(` fragment f60 on Park { name }`)
	s := newTestService(t)
	if got := names(t, data(t, s, b.String(), "parks")); len(got) != 1 {
		t.Errorf("got %v", got)
	}
}

func TestVariables(t *testing.T) {
	s := newTestService(t)
	query := `query ($first: Int, $filter: EntityFilter) { entities(first: $first, filter: $filter) { totalCount } }`
	a := ask(t, s, query, map[string]any{"first": 5, "filter": map[string]any{"kinds": []any{"PARK", "EVENT"}}})
	if len(a.Errors) > 0 || a.Data["entities"].(map[string]any)["totalCount"] != 2.0 {
		t.Errorf("got %v", a)
	}
	for _, variables := range []map[string]any{{"first": "five"}, {"filter": map[string]any{"garden": 1}}, {"filter": map[string]any{"kinds": "GARDEN"}}} {
		a := ask(t, s, query, variables)
		if len(a.Errors) == 0 || a.Errors[0].Extensions["code"] != "GRAPHQL_VALIDATION_FAILED" {
			t.Errorf("%v: got %v", variables, a.Errors)
		}
	}
}

// TestStoreFails checks that what goes wrong inside stays inside.
func TestStoreFails(t *testing.T) {
	for _, test := range []struct {
		name string
		fail func(*fakeStore)
		code string
	}{
		{"error", func(f *fakeStore) { f.fail = errors.New("disk /secret/path is broken") }, CodeInternal},
		{"panic", func(f *fakeStore) { f.panic = true }, CodeInternal},
		{"cancelled", func(f *fakeStore) { f.fail = fmt.Errorf("reading: %w", context.Canceled) }, CodeTimeout},
	} {
		for _, query := range []string{
			`{ parks { totalCount } }`, `{ node(id: "park-x") { id } }`, `{ claims { totalCount } }`, `{ observations { totalCount } }`,
			`{ reports { totalCount } }`, `{ search(query: "园") { totalCount } }`, `{ trace(from: "place-x") { totalCount } }`,
			`{ report(id: "report-x") { id } }`, `{ nodes(ids: ["section-x-1", "claim-x"]) { id } }`,
		} {
			t.Run(test.name+query, func(t *testing.T) {
				store := newFakeStore(report2024(t))
				test.fail(store)
				a := ask(t, New(store, Options{Logger: silent}), query, nil)
				if len(a.Errors) == 0 {
					t.Fatal("no error")
				}
				if code := a.Errors[0].Extensions["code"]; code != test.code {
					t.Errorf("code is %v, want %s", code, test.code)
				}
				if strings.Contains(a.Errors[0].Message, "secret") {
					t.Errorf("tells what only the log should: %s", a.Errors[0].Message)
				}
			})
		}
	}
}

func TestGivenUp(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	response, hasErrors, err := New(newFakeStore(report2024(t)), Options{}).Execute(ctx, `{ parks { totalCount } }`, nil)
	if !errors.Is(err, context.Canceled) || hasErrors || response != nil {
		t.Errorf("got %s %v %v", response, hasErrors, err)
	}
}
