package api

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/99designs/gqlgen/graphql"

	"github.com/lantu-kg/lantu/access"
)

// keptBytes are more than the answers of a test.
const keptBytes = 16 << 20

// TestAskedAgain asks the same again: of the store only its version is asked,
// until it changes.
func TestAskedAgain(t *testing.T) {
	d := newDesk(t)
	d.s = New(d.store, Options{AnswerBytes: keptBytes})
	ask := func(who access.Caller, query string, variables map[string]any) (string, uint64) {
		t.Helper()
		before := d.store.Stats().Total()
		response, hasErrors, err := d.s.Execute(access.WithCaller(t.Context(), who), query, variables)
		if err != nil || hasErrors {
			t.Fatalf("%s, %v", response, err)
		}
		return string(response), d.store.Stats().Total() - before
	}
	const query = `query($id: ID!) { claim: node(id: $id) { id ... on Claim { curation { state } object { name } } } }`
	of := map[string]any{"id": d.claim}
	first, read := ask(editor, query, of)
	if read < 2 {
		t.Fatalf("the first answer took %d reads of the store", read)
	}
	if again, read := ask(admin, query, of); read != 1 || again != first {
		t.Errorf("asked again, %d reads of the store: %s, first %s", read, again, first)
	}
	if other, read := ask(editor, query, map[string]any{"id": d.firm}); read < 2 || other == first {
		t.Errorf("of another thing, %d reads: %s", read, other)
	}
	d.change(editor, "confirmClaim", fmt.Sprintf("claim: %q", d.claim), "")
	if now, _ := ask(editor, query, of); now == first {
		t.Errorf("after the claim was confirmed, still %s", now)
	}
}

// TestAnswerKey has different keys for whatever can be asked differently.
func TestAnswerKey(t *testing.T) {
	operation := func(query, name string) *graphql.OperationContext {
		return &graphql.OperationContext{RawQuery: query, OperationName: name}
	}
	seen := map[answerKey]string{}
	for _, o := range []*graphql.OperationContext{operation("{a}", ""), operation("{a}", "b"), operation("{a}b", ""), {RawQuery: "{a}", Variables: map[string]any{"b": 1}}} {
		key, err := keyOf(o)
		if err != nil || seen[key] != "" {
			t.Errorf("%q, %q, %v: the key of %s, %v", o.RawQuery, o.OperationName, o.Variables, seen[key], err)
		}
		seen[key] = o.RawQuery + o.OperationName + fmt.Sprint(o.Variables)
	}
}

// TestNotKept asks what tells of more than the graph, and what fails.
func TestNotKept(t *testing.T) {
	s := New(newFakeStore(report2024(t)), Options{AnswerBytes: keptBytes})
	for _, query := range []string{
		`{ viewer { name } }`,
		`{ ... on Query { ...f } } fragment f on Query { viewer { role } }`,
		`{ jobs { totalCount } }`,
		`{ job(id: "job-1") { id } }`,
		`{ node(id: "job-1") { id } }`,
		`{ nodes(ids: ["job-1"]) { id } }`,
		`{ parks(first: 1000) { totalCount } }`,
	} {
		if _, _, err := s.Execute(access.WithCaller(t.Context(), admin), query, nil); err != nil {
			t.Fatal(err)
		}
		if n := s.answers.lru.Len(); n != 0 {
			t.Fatalf("%s: %d answers are kept", query, n)
		}
	}
	data(t, s, `{ parks { totalCount } }`, "parks")
	if n := s.answers.lru.Len(); n != 1 {
		t.Errorf("%d answers are kept, want 1", n)
	}
}

// TestAnswerBytes keeps more answers than there is room for.
func TestAnswerBytes(t *testing.T) {
	a := newAnswers(answerShare * 2 * answerOverhead)
	answer := func(bytes int) *graphql.Response { return &graphql.Response{Data: make(json.RawMessage, bytes)} }
	for i := range 3 * answerShare {
		a.add(1, answerKey{byte(i), byte(i >> 8)}, answer(answerOverhead))
		if a.bytes > a.most {
			t.Fatalf("%d bytes of answers, more than %d", a.bytes, a.most)
		}
	}
	if n := a.lru.Len(); n != answerShare {
		t.Errorf("%d answers are kept, there is room for %d", n, answerShare)
	}
	if a.add(1, answerKey{1: 99}, answer(answerOverhead+1)); a.get(1, answerKey{1: 99}) != nil {
		t.Error("an answer is kept that is too large")
	}
	a.add(0, answerKey{1: 98}, answer(1))
	if a.get(0, answerKey{1: 98}) != nil || a.version != 1 {
		t.Error("an answer is kept of a graph that has passed")
	}
	a.add(2, answerKey{}, answer(1))
	if n := a.lru.Len(); n != 1 || a.bytes != 1+answerOverhead || a.get(2, answerKey{}) == nil {
		t.Errorf("%d answers of %d bytes are kept of the next version, want 1", n, a.bytes)
	}
	if newAnswers(0) != nil {
		t.Error("answers are kept though none shall be")
	}
}
