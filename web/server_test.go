package web

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/lantu-kg/lantu/graph"
	"github.com/lantu-kg/lantu/graph/api"
	"github.com/lantu-kg/lantu/schema"
)

var silent = slog.New(slog.DiscardHandler)

// newStore returns a graph that knows one park.
func newStore(t *testing.T) *graph.Store {
	t.Helper()
	store, err := graph.OpenMemory(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	passages := []schema.Passage{{Text: "云江科技园开园。", Section: -1}}
	report := schema.Report{ID: schema.ReportID(passages), File: "a.txt", Passages: 1, Chars: 8}
	passages[0].ID, passages[0].ReportID = schema.PassageID(report.ID, 0), report.ID
	park := schema.Entity{ID: schema.EntityID(schema.KindPark, "云江科技园", ""), Kind: schema.KindPark, Name: "云江科技园"}
	err = store.Put(t.Context(), &schema.Reading{
		Report: report, Passages: passages, Entities: []schema.Entity{park},
		Mentions: []schema.Mention{{EntityID: park.ID, Name: park.Name, Evidence: schema.Evidence{
			ReportID: report.ID, PassageID: passages[0].ID, Span: schema.Span{Start: 0, End: 5}, Quote: park.Name, Rule: "by-hand", Confidence: 1,
		}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return store
}

// brokenStore is a store that never answers well.
type brokenStore struct {
	api.Store
	version func(context.Context) (uint64, error)
}

func (b brokenStore) Version(ctx context.Context) (uint64, error) { return b.version(ctx) }

const parksQuery = `{"query": "{ parks { nodes { name } } }"}`

func do(t *testing.T, handler http.Handler, method, target, body string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, target, strings.NewReader(body))
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	return w
}

func TestRequests(t *testing.T) {
	handler := New(Config{Store: newStore(t), Logger: silent})
	jsonType := []string{"Content-Type", "application/json"}
	modern := append([]string{"Accept", "application/graphql-response+json"}, jsonType...)
	query := "/graphql?query=" + url.QueryEscape(`query ($n: Int) { parks(first: $n) { nodes { name } } }`)
	long := `{"query": "{ parks { totalCount } } #` + strings.Repeat("园", 30_000) + `"}`
	for _, test := range []struct {
		name, method, target, body string
		headers                    []string
		status                     int
		says                       string
	}{
		{"post", "POST", "/graphql", parksQuery, jsonType, 200, "云江科技园"},
		{"post with charset", "POST", "/graphql", parksQuery, []string{"Content-Type", "application/json; charset=utf-8"}, 200, "云江科技园"},
		{"post with variables", "POST", "/graphql", `{"query": "query A($n: Int) { parks(first: $n) { totalCount } } query B { reports { totalCount } }", "variables": {"n": 1}, "operationName": "A"}`, jsonType, 200, `{"parks":{"totalCount":1}}`},
		{"get", "GET", query, "", nil, 200, "云江科技园"},
		{"get with variables", "GET", query + "&variables=" + url.QueryEscape(`{"n": 0}`), "", nil, 200, api.CodeBadUserInput},
		{"get without a query", "GET", "/graphql", "", nil, 400, codeBadRequest},
		{"get with no variables", "GET", query + "&variables=5", "", nil, 400, "variables is no JSON object"},
		{"get with broken escapes", "GET", "/graphql?query=%zz", "", nil, 400, codeBadRequest},
		{"browser", "GET", "/graphql", "", []string{"Accept", "text/html,*/*"}, 303, ""},
		{"put", "PUT", "/graphql", parksQuery, jsonType, 405, codeMethodNotAllowed},
		{"delete", "DELETE", "/graphql", "", nil, 405, codeMethodNotAllowed},
		{"options", "OPTIONS", "/graphql", "", nil, 405, codeMethodNotAllowed},
		{"form", "POST", "/graphql", "query=%7Bparks%7D", []string{"Content-Type", "application/x-www-form-urlencoded"}, 415, codeUnsupportedMedia},
		{"no type", "POST", "/graphql", parksQuery, nil, 415, codeUnsupportedMedia},
		{"no JSON", "POST", "/graphql", `{"query": `, jsonType, 400, codeBadRequest},
		{"no object", "POST", "/graphql", `[` + parksQuery + `]`, jsonType, 400, codeBadRequest},
		{"two objects", "POST", "/graphql", parksQuery + parksQuery, jsonType, 400, "follows"},
		{"wrong variables", "POST", "/graphql", `{"query": "{ parks { totalCount } }", "variables": 5}`, jsonType, 400, "variables"},
		{"empty", "POST", "/graphql", ``, jsonType, 400, codeBadRequest},
		{"no query", "POST", "/graphql", `{}`, jsonType, 400, "there is no query"},
		{"large", "POST", "/graphql", `{"query": "` + strings.Repeat(" ", maxBody) + `"}`, jsonType, 413, codeBodyTooLarge},
		{"long query", "POST", "/graphql", long, modern, 400, api.CodeQueryTooLarge},
		{"no GraphQL", "POST", "/graphql", `{"query": "{ parks "}`, modern, 400, "GRAPHQL_PARSE_FAILED"},
		{"no field", "POST", "/graphql", `{"query": "{ gardens }"}`, modern, 400, "GRAPHQL_VALIDATION_FAILED"},
		{"old type", "POST", "/graphql", `{"query": "{ gardens }"}`, jsonType, 422, "GRAPHQL_VALIDATION_FAILED"},
		{"persisted", "POST", "/graphql", `{"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "abc"}}}`, jsonType, 200, "PERSISTED_QUERY_NOT_FOUND"},
		{"persisted, new type", "POST", "/graphql", `{"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "abc"}}}`, modern, 400, "PERSISTED_QUERY_NOT_FOUND"},
		{"persisted, another hash", "POST", "/graphql", `{"query": "{ parks { totalCount } }", "extensions": {"persistedQuery": {"version": 1, "sha256Hash": "abc"}}}`, modern, 400, "hash"},
		{"persisted, get", "GET", "/graphql?extensions=" + url.QueryEscape(`{"persistedQuery": {"version": 1, "sha256Hash": "abc"}}`), "", modern, 400, "PERSISTED_QUERY_NOT_FOUND"},
		{"subscription", "POST", "/graphql", subscribing, jsonType, 200, api.CodeBadUserInput},
		{"subscription, new type", "POST", "/graphql", subscribing, modern, 400, api.CodeBadUserInput},
		{"an error while executing", "POST", "/graphql", `{"query": "{ parks(first: 0) { totalCount } }"}`, modern, 200, api.CodeBadUserInput},
		{"introspection", "POST", "/graphql", `{"query": "{ __schema { types { name fields { type { ofType { ofType { ofType { ofType { name } } } } } } } } }"}`, jsonType, 200, "TraceConnection"},
		{"home", "GET", "/", "", nil, 200, "蓝图"},
		{"health", "GET", "/healthz", "", nil, 200, `"ok"`},
		{"ready", "GET", "/readyz", "", nil, 200, `"ready"`},
		{"post to a page", "POST", "/", "", nil, 405, ""},
		{"nowhere", "GET", "/nowhere", "", nil, 404, ""},
		{"out of the folder", "GET", "/graphiql/..%2fserver.go", "", nil, 404, ""},
		{"notes of the folder", "GET", "/graphiql/README.md", "", nil, 404, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := do(t, handler, test.method, test.target, test.body, test.headers...)
			if w.Code != test.status {
				t.Errorf("status is %d, want %d: %.300s", w.Code, test.status, w.Body)
			}
			if !strings.Contains(w.Body.String(), test.says) {
				t.Errorf("does not say %q: %.300s", test.says, w.Body)
			}
			if strings.HasPrefix(test.target, "/graphql") && w.Code != 303 && !json.Valid(w.Body.Bytes()) {
				t.Errorf("is no JSON: %.300s", w.Body)
			}
			if w.Code == 405 && !strings.Contains(w.Header().Get("Allow"), "GET") {
				t.Errorf("Allow is %q", w.Header().Get("Allow"))
			}
			for header, want := range map[string]string{"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "no-referrer"} {
				if got := w.Header().Get(header); got != want {
					t.Errorf("%s is %q, want %q", header, got, want)
				}
			}
			if !strings.Contains(w.Header().Get("Content-Security-Policy"), "default-src 'none'") {
				t.Errorf("Content-Security-Policy is %q", w.Header().Get("Content-Security-Policy"))
			}
		})
	}
}

// TestPersistedQuery sends a query once and then only its hash.
func TestPersistedQuery(t *testing.T) {
	handler := New(Config{Store: newStore(t), Logger: silent})
	const query = "{ parks { totalCount } }"
	send := func(query string, hashed string) string {
		body, err := json.Marshal(map[string]any{
			"query": query,
			"extensions": map[string]any{"persistedQuery": map[string]any{
				"version": 1, "sha256Hash": fmt.Sprintf("%x", sha256.Sum256([]byte(hashed))),
			}},
		})
		if err != nil {
			t.Fatal(err)
		}
		return do(t, handler, "POST", "/graphql", string(body), "Content-Type", "application/json").Body.String()
	}
	if got := send("", query); !strings.Contains(got, "PERSISTED_QUERY_NOT_FOUND") {
		t.Errorf("unknown: %s", got)
	}
	if got := send(query, "another"); !strings.Contains(got, "does not match") || !strings.Contains(got, api.CodeBadUserInput) {
		t.Errorf("a wrong hash is taken: %s", got)
	}
	for _, text := range []string{query, ""} {
		if got := send(text, query); !strings.Contains(got, `"totalCount":1`) {
			t.Errorf("%q: %s", text, got)
		}
	}
}

func TestBrokenStore(t *testing.T) {
	for name, version := range map[string]func(context.Context) (uint64, error){
		"fails":  func(context.Context) (uint64, error) { return 0, errors.New("disk /secret is gone") },
		"panics": func(context.Context) (uint64, error) { panic("/secret") },
	} {
		t.Run(name, func(t *testing.T) {
			handler := New(Config{Store: brokenStore{version: version}, Logger: silent})
			ready := do(t, handler, "GET", "/readyz", "")
			if ready.Code < 500 || strings.Contains(ready.Body.String(), "secret") {
				t.Errorf("ready: %d %s", ready.Code, ready.Body)
			}
			if healthy := do(t, handler, "GET", "/healthz", ""); healthy.Code != 200 {
				t.Errorf("healthy: %d", healthy.Code)
			}
			w := do(t, handler, "POST", "/graphql", parksQuery, "Content-Type", "application/json")
			if w.Code != 200 || !strings.Contains(w.Body.String(), api.CodeInternal) || strings.Contains(w.Body.String(), "secret") {
				t.Errorf("query: %d %s", w.Code, w.Body)
			}
		})
	}
}

func TestQueryTimeout(t *testing.T) {
	store := brokenStore{version: func(ctx context.Context) (uint64, error) {
		<-ctx.Done()
		return 0, ctx.Err()
	}}
	handler := New(Config{Store: store, Logger: silent, QueryTimeout: 1})
	w := do(t, handler, "POST", "/graphql", parksQuery, "Content-Type", "application/json")
	if !strings.Contains(w.Body.String(), api.CodeTimeout) {
		t.Errorf("got %d %s", w.Code, w.Body)
	}
}

// TestGraphiQLStaysInside checks that the page and what it loads come from
// this server only.
func TestGraphiQLStaysInside(t *testing.T) {
	libraries := fstest.MapFS{}
	for _, name := range []string{"index.html", "page.css", "start.js"} {
		text, err := os.ReadFile("graphiql/" + name)
		if err != nil {
			t.Fatal(err)
		}
		libraries["graphiql/"+name] = &fstest.MapFile{Data: text}
	}
	for _, name := range graphiqlLibraries {
		libraries["graphiql/dist/"+name] = &fstest.MapFile{Data: []byte("/* " + name + " */")}
	}
	x := newGraphiQL(libraries)
	mux := http.NewServeMux()
	mux.HandleFunc("GET /graphiql", x.page)
	mux.HandleFunc("GET /graphiql/{file}", x.file)
	page := do(t, mux, "GET", "/graphiql", "")
	if page.Code != 200 || !strings.HasPrefix(page.Header().Get("Content-Type"), "text/html") {
		t.Fatalf("got %d %s", page.Code, page.Header())
	}
	links := regexp.MustCompile(`(?:src|href)="([^"]*)"`).FindAllStringSubmatch(page.Body.String(), -1)
	if len(links) < 6 {
		t.Fatalf("the page links only to %v", links)
	}
	for _, link := range links {
		if link[1] == "data:," {
			continue
		}
		w := do(t, mux, "GET", link[1], "")
		if !strings.HasPrefix(link[1], "/graphiql/") || w.Code != 200 {
			t.Errorf("%s: %d", link[1], w.Code)
		}
		if policy := w.Header().Get("Content-Security-Policy"); !strings.Contains(policy, "connect-src 'self'") {
			t.Errorf("%s: policy is %q", link[1], policy)
		}
	}
	for _, name := range []string{"graphiql/index.html", "graphiql/page.css", "graphiql/start.js", "home.html"} {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if address := regexp.MustCompile(`(https?:)?//[a-z0-9.]+\.[a-z]+`).Find(text); address != nil {
			t.Errorf("%s speaks of %s", name, address)
		}
	}

	tag := page.Header().Get("ETag")
	if again := do(t, mux, "GET", "/graphiql", "", "If-None-Match", tag); tag == "" || again.Code != 304 || again.Body.Len() != 0 {
		t.Errorf("asked again with %s: %d and %d bytes", tag, again.Code, again.Body.Len())
	}
	zipped := do(t, mux, "GET", "/graphiql", "", "Accept-Encoding", "gzip")
	reader, err := gzip.NewReader(zipped.Body)
	if err != nil {
		t.Fatal(err)
	}
	if plain, err := io.ReadAll(reader); err != nil || !bytes.Equal(plain, page.Body.Bytes()) {
		t.Errorf("zipped page differs (%v)", err)
	}
}

func TestGraphiQLNotBuilt(t *testing.T) {
	x := newGraphiQL(fstest.MapFS{"graphiql/index.html": &fstest.MapFile{}, "graphiql/dist/README.md": &fstest.MapFile{}})
	w := do(t, http.HandlerFunc(x.page), "GET", "/graphiql", "")
	if w.Code != 503 || !strings.Contains(w.Body.String(), "make build") {
		t.Errorf("got %d %s", w.Code, w.Body)
	}
}

// TestExampleQueries executes the operations that GraphiQL starts with.
func TestExampleQueries(t *testing.T) {
	text, err := os.ReadFile("graphiql/start.js")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), "`")
	example, _, found := strings.Cut(rest, "\n`")
	if !found {
		t.Fatal("start.js has no example")
	}
	handler := New(Config{Store: newStore(t), Logger: silent})
	for _, name := range []string{"Parks", "Programs", "Search"} {
		body, err := json.Marshal(map[string]string{"query": example, "operationName": name})
		if err != nil {
			t.Fatal(err)
		}
		w := do(t, handler, "POST", "/graphql", string(body), "Content-Type", "application/json")
		if w.Code != 200 || strings.Contains(w.Body.String(), "errors") {
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
		}
	}
}

func listen(t *testing.T) net.Listener {
	t.Helper()
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return listener
}

// TestShutdown stops the server while a request is under way: that is
// answered, and no other is.
func TestShutdown(t *testing.T) {
	listener := listen(t)
	entered, release := make(chan struct{}), make(chan struct{})
	handler := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		close(entered)
		<-release
		_, _ = fmt.Fprint(w, "done")
	})
	ctx, stop := context.WithCancel(t.Context())
	served := make(chan error, 1)
	go func() { served <- Serve(ctx, listener, handler) }()

	answered := make(chan string, 1)
	go func() {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+listener.Addr().String(), nil)
		if err != nil {
			answered <- err.Error()
			return
		}
		response, err := http.DefaultClient.Do(r)
		if err != nil {
			answered <- err.Error()
			return
		}
		defer func() { _ = response.Body.Close() }()
		body, err := io.ReadAll(response.Body)
		answered <- fmt.Sprintf("%s %v", body, err)
	}()
	<-entered
	stop()
	for {
		connection, err := new(net.Dialer).DialContext(t.Context(), "tcp", listener.Addr().String())
		if err != nil {
			break // it takes no more
		}
		_ = connection.Close()
	}
	select {
	case err := <-served:
		t.Fatalf("did not wait for the request: %v", err)
	default:
	}
	close(release)
	if got := <-answered; got != "done <nil>" {
		t.Errorf("the request under way got %q", got)
	}
	if err := <-served; err != nil {
		t.Error(err)
	}
}

func TestShutdownCutsOff(t *testing.T) {
	listener := listen(t)
	entered := make(chan struct{})
	handler := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		close(entered)
		<-r.Context().Done()
	})
	ctx, stop := context.WithCancel(t.Context())
	served := make(chan error, 1)
	go func() { served <- serve(ctx, listener, handler, 0) }()
	failed := make(chan error, 1)
	go func() {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+listener.Addr().String(), nil)
		if err == nil {
			var response *http.Response
			if response, err = http.DefaultClient.Do(r); err == nil {
				_ = response.Body.Close()
			}
		}
		failed <- err
	}()
	<-entered
	stop()
	if err := <-served; err == nil || !strings.Contains(err.Error(), "cut off") {
		t.Errorf("got %v", err)
	}
	if err := <-failed; err == nil {
		t.Error("the request was answered")
	}
}

func TestServeFails(t *testing.T) {
	listener := listen(t)
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	if err := Serve(t.Context(), listener, http.NotFoundHandler()); err == nil || !strings.Contains(err.Error(), "cannot serve") {
		t.Errorf("got %v", err)
	}
}
