package api

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"

	"github.com/lantu-kg/lantu/access"
)

// subscribe gives the events of a subscription, each as JSON, "" when it is over.
func subscribe(t *testing.T, s *Service, query string) (next func() string, leave context.CancelFunc) {
	t.Helper()
	host := executor.New(s.Schema())
	s.Install(host)
	ctx, leave := context.WithCancel(access.WithCaller(WithStream(t.Context()), admin))
	t.Cleanup(leave)
	ctx = graphql.StartOperationTrace(ctx)
	operation, errs := host.CreateOperationContext(ctx, &graphql.RawParams{Query: query})
	if errs != nil {
		t.Fatal(errs)
	}
	responses, ctx := host.DispatchOperation(ctx, operation)
	return func() string {
		response := responses(ctx)
		if response == nil {
			return ""
		}
		text, err := json.Marshal(response)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}, leave
}

func TestGraphChanged(t *testing.T) {
	d := newDesk(t)
	every, leave := subscribe(t, d.s, `subscription { graphChanged { kind who entity { aliases } } }`)
	loads, _ := subscribe(t, d.s, `subscription { graphChanged(filter: {kinds: [REMOVE_REPORT]}) { id kind file report { id } } }`)
	alias := func(name string) {
		t.Helper()
		if a := d.as(editor, fmt.Sprintf(`mutation { addAlias(input: {entity: %q, alias: %q}) { change { id } } }`, d.park, name)); len(a.Errors) > 0 {
			t.Fatal(a.Errors[0].Message)
		}
	}
	alias("云医园一")
	// Asked again of the graph, not of what the event before was told by.
	for _, name := range []string{"云医园一", "云医园二"} {
		got := every()
		if !strings.Contains(got, `"kind":"ADD_ALIAS","who":"张敏"`) || !strings.Contains(got, name) || strings.Contains(got, "云医园二") != (name == "云医园二") {
			t.Errorf("%s: told %s", name, got)
		}
		if name == "云医园一" {
			alias("云医园二")
		}
	}
	// Made while nobody listens, told in order.
	alias("云医园三")
	alias("云医园四")
	d.as(admin, fmt.Sprintf(`mutation { removeReport(input: {report: %q}) { removed } }`, d.report))
	for _, want := range []string{"ADD_ALIAS", "ADD_ALIAS", "REMOVE_REPORT"} {
		if got := every(); !strings.Contains(got, want) {
			t.Errorf("told %s, want %s", got, want)
		}
	}
	if got := loads(); !strings.Contains(got, `{"id":"change-5","kind":"REMOVE_REPORT","file":"yunjiang-2024.txt","report":null}`) {
		t.Errorf("told %s", got)
	}
	leave()
	if got := every(); got != "" {
		t.Errorf("after the end: %s", got)
	}
	refused, _ := subscribe(t, d.s, `subscription { graphChanged(filter: {since: "去年"}) { id } }`)
	if got := refused(); !strings.Contains(got, CodeBadUserInput) {
		t.Errorf("told %s", got)
	}
}

func TestSubscriptionNeedsStream(t *testing.T) {
	a := ask(t, newTestService(t), `subscription { graphChanged { id } }`, nil)
	if len(a.Errors) != 1 || a.Errors[0].Extensions["code"] != CodeBadUserInput || !strings.Contains(a.Errors[0].Message, "text/event-stream") {
		t.Errorf("%v", a.Errors)
	}
}
