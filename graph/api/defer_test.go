package api

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/lantu-kg/lantu/access"
	"github.com/lantu-kg/lantu/schema"
)

// askInParts asks for an answer in parts; next gives them, nil after the last.
func askInParts(ctx context.Context, t *testing.T, s *Service, query string, variables map[string]any) (next func() *graphql.Response) {
	t.Helper()
	host := executor.New(s.Schema())
	s.Install(host)
	ctx = graphql.StartOperationTrace(access.WithCaller(WithParts(ctx), admin))
	operation, errs := host.CreateOperationContext(ctx, &graphql.RawParams{Query: query, Variables: variables})
	if errs != nil {
		t.Fatal(errs)
	}
	responses, ctx := host.DispatchOperation(ctx, operation)
	return func() *graphql.Response { return responses(ctx) }
}

// assembled puts the parts into the first answer, as clients do. Each must come
// after what it belongs to, and what was given must not change.
func assembled(t *testing.T, next func() *graphql.Response) (first string, whole any, parts []string) {
	t.Helper()
	more := true
	for response := next(); response != nil; response = next() {
		if !more {
			t.Errorf("something comes after the end: %s", response.Data)
		}
		more = response.HasNext != nil && *response.HasNext
		if len(response.Errors) > 0 {
			t.Fatal(response.Errors)
		}
		if first == "" {
			first = string(response.Data)
			if err := json.Unmarshal(response.Data, &whole); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if response.Data == nil {
			continue
		}
		parts = append(parts, fmt.Sprintf("%s %s %s", response.Label, response.Path, response.Data))
		var part map[string]any
		if err := json.Unmarshal(response.Data, &part); err != nil {
			t.Fatal(err)
		}
		place := whole
		for _, step := range response.Path {
			switch step := step.(type) {
			case ast.PathName:
				place = place.(map[string]any)[string(step)]
			case ast.PathIndex:
				place = place.([]any)[step]
			}
		}
		into, ok := place.(map[string]any)
		if !ok {
			t.Fatalf("nothing is at %s yet, in %v", response.Path, whole)
		}
		putInto(t, into, part)
	}
	if more {
		t.Error("the end is not told")
	}
	slices.Sort(parts)
	return first, whole, parts
}

func putInto(t *testing.T, into, part map[string]any) {
	for name, value := range part {
		there, known := into[name]
		if !known {
			into[name] = value
			continue
		}
		switch value := value.(type) {
		case map[string]any:
			putInto(t, there.(map[string]any), value)
		case []any:
			for i := range value {
				if element, ok := value[i].(map[string]any); ok {
					putInto(t, there.([]any)[i].(map[string]any), element)
				}
			}
		default:
			if !reflect.DeepEqual(there, value) {
				t.Errorf("%s was %v, now is %v", name, there, value)
			}
		}
	}
}

func TestDefer(t *testing.T) {
	s := New(newFakeStore(report2024(t), report2025(t), manyParks(t, 2)), Options{})
	for name, test := range map[string]struct {
		query     string
		variables map[string]any
		first     string
		parts     []string
	}{
		"elements of a list": {
			query: `{ parks(last: 2) { nodes { name ... @defer(label: "later") { enterprises { totalCount } } } } }`,
			first: `{"parks":{"nodes":[{"name":"第0园区"},{"name":"第1园区"}]}}`,
			parts: []string{`later parks.nodes[0] {"enterprises":{"totalCount":2}}`, `later parks.nodes[1] {"enterprises":{"totalCount":2}}`},
		},
		"the root": {
			query: `{ parks { totalCount } ... @defer(label: "reports") { reports { totalCount } } ... @defer { claims(first: 1) { nodes { relation } } } }`,
			first: `{"parks":{"totalCount":3}}`,
		},
		"everything": {
			query: `{ ... @defer(label: "all") { parks { totalCount } } }`,
			first: `{}`,
			parts: []string{`all  {"parks":{"totalCount":3}}`},
		},
		"fields without a resolver": {
			query: `{ parks(last: 2) { totalCount nodes { ...names @defer(label: "n") } } } fragment names on Park { id label: name }`,
			first: `{"parks":{"totalCount":3,"nodes":[{},{}]}}`,
		},
		"nested": {
			query: `{ reports { nodes { file ... @defer(label: "outer") { title passages(first: 2) { nodes { ordinal ... @defer(label: "inner") { text ... @defer(label: "innermost") { claims { nodes { relation } } } } } } } } } }`,
			first: `{"reports":{"nodes":[{"file":"yunjiang-2025.html"},{"file":"yunjiang-2024.txt"},{"file":"a.txt"}]}}`,
		},
		"nested in one object": {
			query: `{ reports { nodes { ... @defer { title ... @defer { file ... @defer { date } } } } } }`,
			first: `{"reports":{"nodes":[{},{},{}]}}`,
		},
		"the same field twice": {
			query: `{ reports { nodes { ... @defer { title date } ... @defer { title file } } } }`,
			first: `{"reports":{"nodes":[{},{},{}]}}`,
		},
		"aliases": {
			query: `{ p: parks(last: 2) { n: nodes { ... @defer(label: "a") { x: name y: enterprises { z: totalCount } } } } }`,
			first: `{"p":{"n":[{},{}]}}`,
			parts: []string{`a p.n[0] {"x":"第0园区","y":{"z":2}}`, `a p.n[1] {"x":"第1园区","y":{"z":2}}`},
		},
		"selected without @defer too": {
			query: `{ parks(last: 2) { nodes { name enterprises { totalCount } ... @defer(label: "d") { name enterprises { totalCount nodes { name } } } } } }`,
			first: `{"parks":{"nodes":[{"name":"第0园区","enterprises":{"totalCount":2}},{"name":"第1园区","enterprises":{"totalCount":2}}]}}`,
		},
		"a fragment spread with and without": {
			query: `{ parks(last: 2) { nodes { ...n @defer ...n } } } fragment n on Park { name }`,
			first: `{"parks":{"nodes":[{"name":"第0园区"},{"name":"第1园区"}]}}`,
		},
		"a fragment that defers, in two places": {
			query: `{ a: parks(last: 2) { nodes { ...n } } b: parks(last: 2) { nodes { ...n } } } fragment n on Park { id ...e @defer(label: "e") } fragment e on Park { name }`,
		},
		"if": {
			query:     `query($yes: Boolean!, $no: Boolean) { parks(last: 2) { nodes { ... @defer(if: $no) { name } ... @defer(if: $yes, label: "l") { kind } ... @defer(if: false) { id } } } }`,
			variables: map[string]any{"yes": true, "no": false},
			parts:     []string{`l parks.nodes[0] {"kind":"PARK"}`, `l parks.nodes[1] {"kind":"PARK"}`},
		},
		"a label by variable, and nothing said of if": {
			query:     `query($l: String, $if: Boolean) { parks(last: 2) { nodes { name ... @defer(if: $if, label: $l) { kind } } } }`,
			variables: map[string]any{"l": "x"},
			parts:     []string{`x parks.nodes[0] {"kind":"PARK"}`, `x parks.nodes[1] {"kind":"PARK"}`},
		},
		"skip and include": {
			query:     `query($yes: Boolean!, $no: Boolean!) { parks(last: 2) { nodes { name ... @defer @skip(if: $yes) { kind } ... @include(if: $no) { ... @defer { id } } enterprises @include(if: $no) { ... @defer { totalCount } } ... @defer { aliases @skip(if: $yes) } } } }`,
			variables: map[string]any{"yes": true, "no": false},
			first:     `{"parks":{"nodes":[{"name":"第0园区"},{"name":"第1园区"}]}}`,
			parts:     []string{},
		},
		"types": {
			query: `{ entities(first: 100) { nodes { kind ... on Park { reports { totalCount ... @defer(label: "of park") { nodes { file } } } } ... on Enterprise @defer(label: "of enterprise") { name } ... on Entity @defer(label: "of all") { aliases reports { nodes { title } } } } } }`,
		},
		"an interface, through different types": {
			query: `{ entities(first: 100) { nodes { ... on Park { at: region { name ... @defer(label: "park's") { id } } } ... on Enterprise { at: region { name ... @defer(label: "enterprise's") { kind } } } } } }`,
		},
		"what null was given for": {
			query: `{ gone: node(id: "park-x") { id ... @defer { id } } parks(last: 2) { nodes { name } } }`,
			parts: []string{},
		},
		"trace": {
			query: `{ places { nodes { name ... @defer { derived { rule from { ... @defer { evidence { quote } } } } } } } trace(from: "place-9901", direction: REACHED_BY) { totalCount nodes { to { name } ... @defer(label: "hops") { hops { to { name ... @defer(label: "claims") { id claims { nodes { ... @defer { evidence { quote report { title } } } } } } } } } } } }`,
		},
		"introspection": {
			query: `{ __typename ... @defer(label: "schema") { __schema { queryType { name ... @defer { fields { name } } } } __type(name: "Park") { name } } }`,
			first: `{"__typename":"Query"}`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			first, got, parts := assembled(t, askInParts(t.Context(), t, s, test.query, test.variables))
			plain := ask(t, s, test.query, test.variables)
			if len(plain.Errors) > 0 {
				t.Fatal(plain.Errors)
			}
			if !reflect.DeepEqual(got, any(plain.Data)) {
				t.Errorf("got %v, want %v", got, plain.Data)
			}
			if test.first != "" && first != test.first {
				t.Errorf("first %s, want %s", first, test.first)
			}
			if test.parts != nil && !slices.Equal(parts, test.parts) {
				t.Errorf("parts\n%s\nwant\n%s", strings.Join(parts, "\n"), strings.Join(test.parts, "\n"))
			}
			if test.parts == nil && len(parts) == 0 {
				t.Error("nothing is deferred")
			}
		})
	}
}

// TestDeferElsewhere asks where nothing can be given later, or where it would
// tell of a change before it is made.
func TestDeferElsewhere(t *testing.T) {
	const query = `{ parks { nodes { ... @defer { name } } } }`
	if got := fmt.Sprint(data(t, newTestService(t), query, "parks")); !strings.Contains(got, "产业园") {
		t.Errorf("without parts: %s", got)
	}
	d := newDesk(t)
	next := askInParts(t.Context(), t, d.s, fmt.Sprintf(`mutation { addAlias(input: {entity: %q, alias: "云医园"}) { ... @defer { change { kind } } } }`, d.park), nil)
	if got := next(); got.HasNext != nil || string(got.Data) != `{"addAlias":{"change":{"kind":"ADD_ALIAS"}}}` {
		t.Errorf("a mutation: %s", got.Data)
	}
}

// TestDeferResolvesOnce counts the calls to the store, as [TestBatches] does:
// neither parts nor what leads to them make more.
func TestDeferResolvesOnce(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	store := newFakeStore(manyParks(t, 90))
	const query = `{ search(query: "园", first: 100) { nodes { matched node { ... on Park { id ... @defer { enterprises { nodes { name ... @defer { claims { nodes { evidence { quote report { title } } } } } } } } } } } } }`
	data(t, New(store, Options{}), query)
	calls := func() map[string]int {
		store.mu.Lock()
		defer store.mu.Unlock()
		return maps.Clone(store.calls)
	}
	whole := calls()
	store.asked()
	_, _, parts := assembled(t, askInParts(t.Context(), t, New(store, Options{}), query, nil))
	inParts, total := calls(), 0
	for method, n := range inParts {
		if n > whole[method]+2 {
			t.Errorf("%s is called %d times, %d without parts", method, n, whole[method])
		}
		total += n
	}
	t.Logf("%d parts, %d calls", len(parts), total)
	if len(parts) < 90 {
		t.Errorf("only %d parts", len(parts))
	}
}

// heldStore is a store that gives no mentions before it is let.
type heldStore struct {
	*fakeStore
	let chan error
}

func (h heldStore) Mentions(ctx context.Context, ids []string) ([][]schema.Mention, error) {
	select {
	case err := <-h.let:
		if err != nil {
			return nil, err
		}
		return h.fakeStore.Mentions(ctx, ids)
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// heldQuery defers what is held back, and what is not.
const heldQuery = `{ parks { nodes { name ... @defer(label: "slow") { mentions { totalCount } } ... @defer(label: "quick") { aliases } } } }`

func TestDeferSlowParts(t *testing.T) {
	store := heldStore{newFakeStore(manyParks(t, 2)), make(chan error)}
	next := askInParts(t.Context(), t, New(store, Options{}), heldQuery, nil)
	if first := next(); string(first.Data) != `{"parks":{"nodes":[{"name":"第0园区"},{"name":"第1园区"}]}}` || !*first.HasNext {
		t.Errorf("first %s", first.Data)
	}
	for i, label := range []string{"quick", "quick", "slow", "slow"} {
		if i == 2 {
			close(store.let)
		}
		if part := next(); part.Label != label || len(part.Errors) > 0 {
			t.Errorf("%s comes, want %s: %v", part.Label, label, part.Errors)
		}
	}
	if after := next(); after != nil {
		t.Errorf("after the end %s", after.Data)
	}
}

// TestDeferFails asks for parts that fail: each tells so itself, the others come.
func TestDeferFails(t *testing.T) {
	store := heldStore{newFakeStore(manyParks(t, 2)), make(chan error)}
	go func() {
		for {
			select {
			case store.let <- context.DeadlineExceeded:
			case <-t.Context().Done():
				return
			}
		}
	}()
	next := askInParts(t.Context(), t, New(store, Options{}), strings.Replace(heldQuery, "aliases", `enterprises(first: 0) { totalCount }`, 1), nil)
	if first := next(); len(first.Errors) > 0 {
		t.Errorf("first %v", first.Errors)
	}
	var got []string
	for part := next(); part != nil; part = next() {
		if len(part.Errors) != 1 || string(part.Data) != "null" {
			t.Fatalf("%s %v", part.Data, part.Errors)
		}
		got = append(got, fmt.Sprintf("%s %s: %s %s", part.Label, part.Path, part.Errors[0].Path, part.Errors[0].Extensions["code"]))
	}
	slices.Sort(got)
	want := []string{
		"quick parks.nodes[0]: parks.nodes[0].enterprises BAD_USER_INPUT", "quick parks.nodes[1]: parks.nodes[1].enterprises BAD_USER_INPUT",
		"slow parks.nodes[0]: parks.nodes[0].mentions TIMEOUT", "slow parks.nodes[1]: parks.nodes[1].mentions TIMEOUT",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestDeferEnds holds parts back until time is up: they say so, and the answer
// ends.
func TestDeferEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := heldStore{newFakeStore(manyParks(t, 2)), make(chan error)}
		next := askInParts(t.Context(), t, New(store, Options{}), heldQuery, nil)
		codes := map[string]int{}
		more := true
		for part := next(); part != nil; part = next() {
			more = *part.HasNext
			for _, e := range part.Errors {
				codes[part.Label+" "+e.Extensions["code"].(string)]++
			}
		}
		if more || !maps.Equal(codes, map[string]int{"slow TIMEOUT": 2}) {
			t.Errorf("more to come: %v, errors %v", more, codes)
		}
	})
}

// TestDeferGone leaves before all parts have come: nothing goes on.
func TestDeferGone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // fails when goroutines are left
		store := heldStore{newFakeStore(manyParks(t, 2)), make(chan error)}
		ctx, leave := context.WithCancel(t.Context())
		next := askInParts(ctx, t, New(store, Options{}), heldQuery, nil)
		next()
		next()
		leave()
		for part := next(); part != nil; part = next() {
			if part.Label == "slow" && len(part.Errors) == 0 {
				t.Errorf("%s came", part.Data)
			}
		}
	})
}

func TestDeferLimits(t *testing.T) {
	s := newTestService(t)
	many := `{ parks { nodes { ` + strings.Repeat(`... @defer { name } `, maxDeferred+1) + `} } }`
	doubling := `{ parks { nodes { ...a0 } } }`
	for i := range 30 {
		doubling += fmt.Sprintf(` fragment a%d on Park { ... @defer { ...a%d } ...a%d }`, i, i+1, i+1)
	}
	doubling += ` fragment a30 on Park { name }`
	pages := `{ parks(first: 100) { nodes { enterprises(first: 100) { nodes { ... @defer { name } } } } } }`
	for name, query := range map[string]string{"many": many, "doubling": doubling, "pages": pages} {
		if a := ask(t, s, query, nil); len(a.Errors) != 1 || a.Errors[0].Extensions["code"] != CodeQueryTooComplex {
			t.Errorf("%s: %v", name, a.Errors)
		}
	}
	deep := `{ parks { nodes { ... @defer ` + strings.Repeat(`{ reports { nodes { entities { nodes `, 8) + `{ id }` + strings.Repeat(` } } } }`, 8) + ` } } }`
	if a := ask(t, s, deep, nil); len(a.Errors) != 1 || a.Errors[0].Extensions["code"] != CodeQueryTooDeep {
		t.Errorf("deep: %v", a.Errors)
	}
}

// TestDeferLeavesDocumentsAlone asks in both ways by one server, which keeps what
// it has parsed.
func TestDeferLeavesDocumentsAlone(t *testing.T) {
	s := newTestService(t)
	host := executor.New(s.Schema())
	s.Install(host)
	for i := range 4 {
		ctx := graphql.StartOperationTrace(access.WithCaller(t.Context(), admin))
		if i%2 == 0 {
			ctx = WithParts(ctx)
		}
		operation, errs := host.CreateOperationContext(ctx, &graphql.RawParams{Query: heldQuery})
		if errs != nil {
			t.Fatal(errs)
		}
		responses, ctx := host.DispatchOperation(ctx, operation)
		first := responses(ctx)
		if inParts := first.HasNext != nil; inParts != (i%2 == 0) || strings.Contains(string(first.Data), "aliases") == inParts {
			t.Errorf("%d: %s", i, first.Data)
		}
		for responses(ctx) != nil {
		}
	}
}

// TestDeferTotals puts off what tells of more than a page: it is what it is at once.
func TestDeferTotals(t *testing.T) {
	s := newTestService(t)
	program := id(schema.KindProgram, "百村千景")
	for _, list := range []string{`search(query: "云江", first: 1)`, `trace(from: "` + program + `", first: 1)`, `claims(filter: {confidenceAtLeast: 0.1}, first: 1)`} {
		totals := "totalCount"
		if strings.HasPrefix(list, "search") {
			totals += " facets { passages kinds { kind count } }"
		}
		at := data(t, s, `{ at: `+list+` { `+totals+` edges { cursor } } }`)
		first, deferred, _ := assembled(t, askInParts(t.Context(), t, s, `{ at: `+list+` { edges { cursor } ... @defer { `+totals+` } } }`, nil))
		if strings.Contains(first, "totalCount") || !reflect.DeepEqual(deferred, at) {
			t.Errorf("%s: put off %v, at once %v", list, deferred, at)
		}
	}
	// Below a list, in a fragment in a fragment, and where the way to it is skipped.
	const below = `parks { nodes { claims(filter: {confidenceAtLeast: 0.1}, first: 1) { `
	whole := data(t, s, `{ `+below+`edges { cursor } totalCount } } } }`)
	for _, query := range []string{
		`{ ` + below + `edges { cursor } ... @defer { ... on ClaimConnection { totalCount } } } } } }`,
		`{ ` + below + `edges { cursor } ... @defer { edges { cursor } ... @defer { totalCount } } } } } }`,
		`{ ` + below + `edges { cursor } totalCount } } } ... @include(if: false) { ` + below + `... @defer { pageInfo { hasNextPage } } } } } } }`,
	} {
		if _, got, _ := assembled(t, askInParts(t.Context(), t, s, query, nil)); !reflect.DeepEqual(got, whole) {
			t.Errorf("%s: %v, at once %v", query, got, whole)
		}
	}
	// In a part of a part, and in one part of what another resolved.
	const facts = `claims(filter: {modality: FACT}, first: 1) { `
	for _, query := range []string{
		`{ ... @defer { ` + facts + `nodes { id } ... @defer { totalCount } } } }`,
		`{ ` + facts + `nodes { id ... @defer { value } } } ... @defer { ` + facts + `totalCount } } }`,
		`{ ... @defer { stats { reports ... @defer { confidence { claims } statuses { count } } } } }`,
		`{ search(query: "云江", first: 1) { nodes { match ... @defer { matched } } } ... @defer { search(query: "云江", first: 1) { facets { passages } } } }`,
		`{ ... @defer { search(query: "云江", first: 1) { nodes { match } ... @defer { totalCount facets { passages } } } } }`,
		`{ ... @defer { entities(filter: {confidenceAtLeast: 0.1}, first: 1) { nodes { id } ... @defer { totalCount } } } }`,
		`{ places { nodes { name ... @defer { ` + facts + `nodes { id } ... @defer { totalCount } } } } } }`,
		`{ places { nodes { name ` + facts + `nodes { id ... @defer { value } } } ... @defer { ` + facts + `totalCount } } } } }`,
	} {
		at := data(t, s, query)
		if _, got, _ := assembled(t, askInParts(t.Context(), t, s, query, nil)); !reflect.DeepEqual(got, at) {
			t.Errorf("%s: %v, at once %v", query, got, at)
		}
	}
}
