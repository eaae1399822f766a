package web

import (
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/lantu-kg/lantu/access"
)

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
		{"no key", closed, "localhost", "", 422, `"code":"UNAUTHENTICATED","role":"READER"`},
		{"a key", closed, "localhost", "Bearer " + reader, 200, `{"name":"看板","role":"READER"}`},
		{"a wrong key", closed, "localhost", "Bearer lantu_x", 401, `"code":"UNAUTHENTICATED"`},
		{"no key, open", open, "localhost", "", 200, `{"name":"anonymous","role":"EDITOR"}`},
		{"a key, open", open, "localhost", "Bearer " + reader, 200, `"role":"READER"`},
		{"a wrong key, open", open, "localhost", "Bearer lantu_x", 401, `revoked`},
		{"by another name, open", open, "attacker.example", "", 422, `"code":"UNAUTHENTICATED"`},
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
