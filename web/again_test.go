package web

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/lantu-kg/lantu/access"
)

// TestAskedAgain asks the same again: it gets the very answer, for which nothing but
// the version of the graph is read, until that changes.
func TestAskedAgain(t *testing.T) {
	store := newStore(t)
	handler := New(Config{Store: store, Logger: silent, AnswerBytes: 1 << 20})
	never := New(Config{Store: store, Logger: silent})
	const query = `{"query": "query($a: String) { parks(filter: {nameContains: $a}) { totalCount nodes { id name } } __typename }", "variables": {"a": %q}}`
	ask := func(handler http.Handler, body, accept string) (*httptest.ResponseRecorder, uint64) {
		t.Helper()
		before := store.Stats().Total()
		w := do(t, handler, http.MethodPost, "/graphql", body, "Content-Type", "application/json", "Accept", accept)
		return w, store.Stats().Total() - before
	}
	for _, accept := range []string{"", "application/json", "application/graphql-response+json", "multipart/mixed, application/json", "*/*"} {
		for _, name := range []string{"云", "<&>"} {
			body := fmt.Sprintf(query, name)
			made, _ := ask(never, body, accept)
			first, _ := ask(handler, body, accept)
			again, reads := ask(handler, body, accept)
			if reads != 1 {
				t.Errorf("Accept %q: %d reads of the store", accept, reads)
			}
			again.Header().Del("Content-Length") // which others leave to net/http
			for _, other := range []*httptest.ResponseRecorder{first, again} {
				if other.Code != http.StatusOK || other.Body.String() != made.Body.String() || !reflect.DeepEqual(other.Header(), made.Header()) {
					t.Errorf("Accept %q: %d %v %s\nmade %v %s", accept, other.Code, other.Header(), other.Body, made.Header(), made.Body)
				}
			}
		}
	}
	for _, body := range []string{
		fmt.Sprintf(query, "云")[1:],
		`{"query": "{ nothing }"}`,
		`{"query": "{ parks(first: 0) { totalCount } }"}`,
		`{"query": "{ viewer { name role } }"}`,
	} {
		first, _ := ask(handler, body, "")
		again, _ := ask(handler, body, "")
		if again.Header().Get("Content-Length") != "" || again.Code != first.Code || again.Body.String() != first.Body.String() {
			t.Errorf("%s: %d %s\nat first %d %s", body, again.Code, again.Body, first.Code, first.Body)
		}
	}
	ids, err := store.ReportIDs(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := store.Remove(t.Context(), ids[0]); err != nil {
		t.Fatal(err)
	}
	if now, _ := ask(handler, fmt.Sprintf(query, "云"), ""); !strings.Contains(now.Body.String(), `"totalCount":0`) {
		t.Errorf("without the report: %s", now.Body)
	}
}

// TestAskedAgainByOthers refuses those who may not ask what others were answered.
func TestAskedAgainByOthers(t *testing.T) {
	keys := access.OpenKeys(filepath.Join(t.TempDir(), access.KeysFile))
	secret, _, err := keys.Add("某人", access.Reader, time.Unix(0, 0))
	if err != nil {
		t.Fatal(err)
	}
	handler := New(Config{Store: newStore(t), Logger: silent, AnswerBytes: 1 << 20, Access: &access.Policy{Keys: keys}})
	for range 3 {
		if w := do(t, handler, http.MethodPost, "/graphql", parksQuery, "Content-Type", "application/json", "Authorization", "Bearer "+secret); w.Code != http.StatusOK {
			t.Fatalf("with a key: %d %s", w.Code, w.Body)
		}
		if w := do(t, handler, http.MethodPost, "/graphql", parksQuery, "Content-Type", "application/json"); w.Code != http.StatusUnauthorized {
			t.Fatalf("without: %d %s", w.Code, w.Body)
		}
	}
}
