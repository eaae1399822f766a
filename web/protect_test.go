package web

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lantu-kg/lantu/graph/api"
)

// codeOf gives the code of a response's first error.
func codeOf(t *testing.T, w *httptest.ResponseRecorder) string {
	t.Helper()
	var answer struct {
		Errors []struct{ Extensions struct{ Code string } }
	}
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil {
		t.Fatalf("%v in %s", err, w.Body)
	}
	if len(answer.Errors) == 0 {
		return ""
	}
	return answer.Errors[0].Extensions.Code
}

func TestOrigins(t *testing.T) {
	const friend, stranger = "https://app.example.cn", "https://evil.example"
	closed, open := New(Config{Store: newStore(t)}), New(Config{Store: newStore(t), Origins: []string{friend}})
	for _, test := range []struct {
		name           string
		handler        http.Handler
		method, origin string
		site           string
		status         int
		allowed        string
	}{
		{"a program", closed, http.MethodPost, "", "", http.StatusOK, ""},
		{"a page of this server", closed, http.MethodPost, "http://example.com", "same-origin", http.StatusOK, ""},
		{"a stranger's page", closed, http.MethodPost, stranger, "cross-site", http.StatusForbidden, ""},
		{"an old browser's stranger", closed, http.MethodPost, stranger, "", http.StatusForbidden, ""},
		{"a friend's page", open, http.MethodPost, friend, "cross-site", http.StatusOK, friend},
		{"a stranger's page beside", open, http.MethodPost, stranger, "cross-site", http.StatusForbidden, ""},
	} {
		headers := []string{"Content-Type", "application/json"}
		if test.origin != "" {
			headers = append(headers, "Origin", test.origin)
		}
		if test.site != "" {
			headers = append(headers, "Sec-Fetch-Site", test.site)
		}
		w := do(t, test.handler, test.method, "/graphql", parksQuery, headers...)
		if w.Code != test.status || w.Header().Get("Access-Control-Allow-Origin") != test.allowed {
			t.Errorf("%s: status %d, allowed %q", test.name, w.Code, w.Header().Get("Access-Control-Allow-Origin"))
		}
		if w.Code == http.StatusForbidden && codeOf(t, w) != codeCrossOrigin {
			t.Errorf("%s: code %s", test.name, codeOf(t, w))
		}
	}
	preflight := []string{"Access-Control-Request-Method", "POST", "Access-Control-Request-Headers", "content-type"}
	if w := do(t, open, http.MethodOptions, "/graphql", "", append(preflight, "Origin", friend)...); w.Code/100 != 2 || w.Header().Get("Access-Control-Allow-Methods") != "POST" {
		t.Errorf("a friend's preflight: %d %v", w.Code, w.Header())
	}
	if w := do(t, open, http.MethodOptions, "/graphql", "", append(preflight, "Origin", stranger)...); w.Header().Get("Access-Control-Allow-Origin") != "" {
		t.Errorf("a stranger's preflight: %v", w.Header())
	}
	if err := CheckOrigin("app.example.cn"); err == nil {
		t.Error("an origin without a scheme is taken")
	}
}

func TestRateLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		handler := newLimiter(3).limit(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
		ask := func(from string) *httptest.ResponseRecorder {
			r := httptest.NewRequest(http.MethodGet, "/", nil)
			r.RemoteAddr = from
			w := httptest.NewRecorder()
			handler.ServeHTTP(w, r)
			return w
		}
		for left := 2; left >= 0; left-- {
			w := ask("10.0.0.1:1000")
			if want := fmt.Sprintf(`"minute";r=%d;t=%d`, left, 20*(3-left)); w.Code != http.StatusOK || w.Header().Get("RateLimit") != want || w.Header().Get("RateLimit-Policy") != `"minute";q=3;w=60` {
				t.Errorf("%d %v, want %s", w.Code, w.Header(), want)
			}
		}
		w := ask("10.0.0.1:1001") // the same client from another port
		if w.Code != http.StatusTooManyRequests || w.Header().Get("Retry-After") != "20" || codeOf(t, w) != codeRateLimited {
			t.Errorf("%d %v %s", w.Code, w.Header(), w.Body)
		}
		if w := ask("10.0.0.2:1000"); w.Code != http.StatusOK {
			t.Errorf("another client: %d", w.Code)
		}
		time.Sleep(20 * time.Second)
		if w := ask("10.0.0.1:1000"); w.Code != http.StatusOK {
			t.Errorf("after a while: %d", w.Code)
		}
	})
}

func TestTrustedProxy(t *testing.T) {
	proxies := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("::1/128")}
	var client string
	handler := behind(proxies, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { client = clientOf(r) }))
	for _, test := range []struct {
		from string
		says []string
		want string
	}{
		{"192.0.2.1:7", nil, "192.0.2.1"},
		{"192.0.2.1:7", []string{"198.51.100.1"}, "192.0.2.1"}, // says so itself
		{"10.0.0.1:7", nil, "10.0.0.1"},
		{"10.0.0.1:7", []string{"198.51.100.1"}, "198.51.100.1"},
		{"[::ffff:10.0.0.1]:7", []string{"198.51.100.1"}, "198.51.100.1"},
		{"[::1]:7", []string{"2001:db8::1"}, "2001:db8::1"},
		{"10.0.0.1:7", []string{"203.0.113.9, 198.51.100.1"}, "198.51.100.1"}, // the first is made up
		{"10.0.0.1:7", []string{"10.9.9.9,198.51.100.1 , 10.0.0.2"}, "198.51.100.1"},
		{"10.0.0.1:7", []string{"203.0.113.9", "198.51.100.1"}, "198.51.100.1"},
		{"10.0.0.1:7", []string{"203.0.113.9, unknown"}, "10.0.0.1"},
		{"10.0.0.1:7", []string{"203.0.113.9, unknown, 10.0.0.2"}, "10.0.0.2"},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = test.from
		r.Header["X-Forwarded-For"] = test.says
		handler.ServeHTTP(httptest.NewRecorder(), r)
		if client != test.want {
			t.Errorf("%s says %q: %s, want %s", test.from, test.says, client, test.want)
		}
	}
}

// TestProxiedClientsAreToldApart asks through a proxy: each client has a rate limit
// of its own.
func TestProxiedClientsAreToldApart(t *testing.T) {
	handler := New(Config{Store: newStore(t), Logger: silent, RatePerMinute: 1, Proxies: []netip.Prefix{netip.MustParsePrefix("192.0.2.1/32")}})
	for _, test := range []struct {
		client string
		status int
	}{{"198.51.100.1", http.StatusOK}, {"198.51.100.1", http.StatusTooManyRequests}, {"198.51.100.2", http.StatusOK}} {
		w := do(t, handler, http.MethodPost, "/graphql", `{"query": "{ parks { totalCount } }"}`, "Content-Type", "application/json", "X-Forwarded-For", test.client)
		if w.Code != test.status {
			t.Errorf("%s: %d, want %d", test.client, w.Code, test.status)
		}
	}
}

func TestRateLimitForgetsClients(t *testing.T) {
	l := newLimiter(1)
	for i := range maxClients + 10 {
		l.of(fmt.Sprint(i))
	}
	if n := l.clients.Len(); n != maxClients {
		t.Errorf("%d clients are kept", n)
	}
}

func TestCostIsShown(t *testing.T) {
	w := do(t, New(Config{Store: newStore(t)}), http.MethodPost, "/graphql", `{"query": "{ parks(first: 10) { nodes { name } } }"}`, "Content-Type", "application/json")
	var answer struct {
		Extensions struct {
			Cost struct{ Requested, Limit, Depth, DepthLimit int }
		}
	}
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil {
		t.Fatal(err)
	}
	if c := answer.Extensions.Cost; c.Requested != 11 || c.Limit != 500_000 || c.Depth != 3 || c.DepthLimit != 24 {
		t.Errorf("%+v in %s", c, w.Body)
	}
}

func TestTrustedDocuments(t *testing.T) {
	const known, unknown = "{ parks { totalCount } }", "{ reports { totalCount } }"
	hash := func(text string) string {
		sum := sha256.Sum256([]byte(text))
		return hex.EncodeToString(sum[:])
	}
	documents, err := api.ParseTrusted([]byte(fmt.Sprintf("{%q: %q}", hash(known), known)))
	if err != nil {
		t.Fatal(err)
	}
	post := func(handler http.Handler, query, sha string) *httptest.ResponseRecorder {
		body := map[string]any{}
		if query != "" {
			body["query"] = query
		}
		if sha != "" {
			body["extensions"] = map[string]any{"persistedQuery": map[string]any{"version": 1, "sha256Hash": sha}}
		}
		text, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		return do(t, handler, http.MethodPost, "/graphql", string(text), "Content-Type", "application/json")
	}
	beside := New(Config{Store: newStore(t), Trusted: api.Trusted{Documents: documents}})
	only := New(Config{Store: newStore(t), Trusted: api.Trusted{Documents: documents, Only: true}})
	for _, test := range []struct {
		name       string
		handler    http.Handler
		query, sha string
		code       string
	}{
		{"known by its hash", beside, "", hash(known), ""},
		{"known by its hash, others refused", only, "", hash(known), ""},
		{"known by its text", only, known, "", ""},
		{"unknown beside", beside, unknown, "", ""},
		{"unknown", only, unknown, "", api.CodeUntrusted},
		{"unknown with its hash", only, unknown, hash(unknown), api.CodeUntrusted},
		{"unknown hash", only, "", hash(unknown), api.CodeUntrusted},
		{"unknown hash beside", beside, "", hash(unknown), "PERSISTED_QUERY_NOT_FOUND"},
	} {
		if got := codeOf(t, post(test.handler, test.query, test.sha)); got != test.code {
			t.Errorf("%s: code %q, want %q", test.name, got, test.code)
		}
	}
	extensions := url.QueryEscape(`{"persistedQuery":{"version":1,"sha256Hash":"` + hash(known) + `"}}`)
	if w := do(t, only, http.MethodGet, "/graphql?extensions="+extensions, ""); w.Code != http.StatusOK {
		t.Errorf("by GET: %d %s", w.Code, w.Body)
	}
	for text, want := range map[string]string{"[]": "no JSON object", `{"abc": "{ a }"}`: "SHA-256"} {
		if _, err := api.ParseTrusted([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", text, err)
		}
	}
}
