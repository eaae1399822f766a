package web

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/lantu-kg/lantu/access"
)

// TestRefusedRoles answers a mutation with the status that says why it is
// refused, under both media types, by POST and by GET.
func TestRefusedRoles(t *testing.T) {
	keys := access.OpenKeys(filepath.Join(t.TempDir(), access.KeysFile))
	key := map[access.Role]string{}
	for _, role := range []access.Role{access.Reader, access.Editor, access.Admin} {
		secret, _, err := keys.Add("某人", role, time.Unix(0, 0))
		if err != nil {
			t.Fatal(err)
		}
		key[role] = "Bearer " + secret
	}
	handler := New(Config{Store: newStore(t), Logger: silent, Access: &access.Policy{Anonymous: access.Reader, Keys: keys}})
	const undo = `mutation { undo(input: {change: \"change-1\"}) { change { id } } }`
	const remove = `mutation { removeReport(input: {report: \"report-x\"}) { removed } }`
	for _, media := range []string{"application/json", "application/graphql-response+json"} {
		for _, test := range []struct {
			what, query, key string
			status           int
			code             string
		}{
			{"no key", undo, "", 401, "UNAUTHENTICATED"},
			{"a reader's key", undo, key[access.Reader], 403, "FORBIDDEN"},
			{"an editor's key", undo, key[access.Editor], 200, "NOT_FOUND"},
			{"no key to remove", remove, "", 401, "UNAUTHENTICATED"},
			{"an editor's key to remove", remove, key[access.Editor], 403, "FORBIDDEN"},
			{"an admin's key to remove", remove, key[access.Admin], 200, "NOT_FOUND"},
		} {
			headers := []string{"Content-Type", "application/json", "Accept", media}
			if test.key != "" {
				headers = append(headers, "Authorization", test.key)
			}
			w := do(t, handler, http.MethodPost, "/graphql", `{"query": "`+test.query+`"}`, headers...)
			if w.Code != test.status || !strings.Contains(w.Body.String(), `"code":"`+test.code+`"`) {
				t.Errorf("%s, %s: %d %s", media, test.what, w.Code, w.Body)
			}
			if got := w.Header().Get("WWW-Authenticate"); (got == "Bearer") != (test.status == 401) {
				t.Errorf("%s, %s: WWW-Authenticate %q", media, test.what, got)
			}
			if got := w.Header().Get("Content-Type"); !strings.HasPrefix(got, media) {
				t.Errorf("%s: %s", media, got)
			}
			if test.status == 200 { // a link must not be able to change anything
				w := do(t, handler, http.MethodGet, "/graphql?query="+url.QueryEscape(strings.ReplaceAll(test.query, `\`, "")), "", headers...)
				if w.Code != 405 || w.Header().Get("Allow") != "POST" || !strings.Contains(w.Body.String(), "METHOD_NOT_ALLOWED") {
					t.Errorf("%s, GET, %s: %d %s", media, test.what, w.Code, w.Body)
				}
			}
		}
	}
}

func TestAccess(t *testing.T) {
	keys := access.OpenKeys(filepath.Join(t.TempDir(), access.KeysFile))
	reader, _, err := keys.Add("看板", access.Reader, time.Unix(0, 0))
	if err != nil {
		t.Fatal(err)
	}
	closed := New(Config{Store: newStore(t), Logger: silent, Access: &access.Policy{Keys: keys}})
	open := New(Config{Store: newStore(t), Logger: silent, Access: &access.Policy{Anonymous: access.Editor, LocalOnly: true, Keys: keys}})
	const viewer = `{"query": "{ viewer { name role } }"}`
	for _, test := range []struct {
		what      string
		handler   http.Handler
		host, key string
		status    int
		want      string
	}{
		{"no key", closed, "localhost", "", 401, `"code":"UNAUTHENTICATED","role":"READER"`},
		{"a key", closed, "localhost", "Bearer " + reader, 200, `{"name":"看板","role":"READER"}`},
		{"a wrong key", closed, "localhost", "Bearer lantu_x", 401, `"code":"UNAUTHENTICATED"`},
		{"no key, open", open, "localhost", "", 200, `{"name":"anonymous","role":"EDITOR"}`},
		{"a key, open", open, "localhost", "Bearer " + reader, 200, `"role":"READER"`},
		{"a wrong key, open", open, "localhost", "Bearer lantu_x", 401, `revoked`},
		{"by another name, open", open, "attacker.example", "", 401, `"code":"UNAUTHENTICATED"`},
		{"by another name with a key", open, "lantu.example", "Bearer " + reader, 200, `"role":"READER"`},
	} {
		t.Run(test.what, func(t *testing.T) {
			headers := []string{"Content-Type", "application/json"}
			if test.key != "" {
				headers = append(headers, "Authorization", test.key)
			}
			w := do(t, test.handler, http.MethodPost, "http://"+test.host+"/graphql", viewer, headers...)
			if w.Code != test.status || !strings.Contains(w.Body.String(), test.want) {
				t.Errorf("%d %s", w.Code, w.Body)
			}
			if (w.Code == 401) != (w.Header().Get("WWW-Authenticate") == "Bearer") {
				t.Errorf("WWW-Authenticate: %q", w.Header().Get("WWW-Authenticate"))
			}
		})
	}
}

// TestIssuerIsNotReached answers 503 and tells of the issuer in the log only.
func TestIssuerIsNotReached(t *testing.T) {
	var address string
	issuer := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		writeJSON(w, http.StatusOK, map[string]string{"issuer": address, "jwks_uri": address + "/keys"})
	}))
	address = issuer.URL
	checked, err := access.NewIssuer(t.Context(), access.IssuerConfig{URL: address, Audience: "lantu"})
	issuer.Close()
	if err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	handler := New(Config{Store: newStore(t), Logger: slog.New(slog.NewTextHandler(&log, nil)), Access: &access.Policy{Issuer: checked}})
	w := do(t, handler, http.MethodPost, "/graphql", `{"query": "{ viewer { name } }"}`, "Content-Type", "application/json", "Authorization", "Bearer eyJhbGciOiJSUzI1NiJ9.e30.AAAA")
	host := strings.TrimPrefix(address, "http://")
	if w.Code != http.StatusServiceUnavailable || strings.Contains(w.Body.String(), host) || !strings.Contains(log.String(), host) {
		t.Errorf("%d %s; log: %s", w.Code, w.Body, &log)
	}
}
