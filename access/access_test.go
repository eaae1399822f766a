package access

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"
)

func TestRoles(t *testing.T) {
	roles := []Role{None, Reader, Editor, Admin}
	for i, has := range roles {
		for j, needed := range roles {
			if got, want := has.Covers(needed), i >= j; got != want {
				t.Errorf("%q covers %q: %v", has, needed, got)
			}
		}
	}
	for name, want := range map[string]Role{"none": None, "reader": Reader, "Editor": Editor, "ADMIN": Admin} {
		if got, err := ParseRole(name); err != nil || got != want {
			t.Errorf("%s: %q %v", name, got, err)
		}
	}
	for _, name := range []string{"", "owner", "readers"} {
		if got, err := ParseRole(name); err == nil {
			t.Errorf("%q is the role %q", name, got)
		}
	}
}

func TestKeys(t *testing.T) {
	path := filepath.Join(t.TempDir(), KeysFile)
	keys, server := OpenKeys(path), OpenKeys(path)
	made := time.Date(2025, 3, 1, 8, 0, 0, 0, time.UTC)
	if _, _, err := keys.Add(" ", Reader, made); err == nil {
		t.Error("a key of nobody was made")
	}
	if _, _, err := keys.Add("张敏", None, made); err == nil {
		t.Error("a key without a role was made")
	}
	secret, key, err := keys.Add("张敏", Editor, made)
	if err != nil {
		t.Fatal(err)
	}
	other, _, err := keys.Add("看板", Reader, made)
	if err != nil || other == secret {
		t.Fatal(err)
	}
	policy := &Policy{Keys: server}
	caller, err := policy.Credential(t.Context(), "Bearer "+secret)
	if err != nil || caller != (Caller{"张敏", Editor}) {
		t.Errorf("%+v %v", caller, err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(text), secret) || strings.Contains(string(text), secret[len(secret)-20:]) {
		t.Error("the file holds the key itself")
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file can be read by others: %v %v", info.Mode(), err)
	}
	list, err := server.List()
	if err != nil || len(list) != 2 || list[0] != key {
		t.Errorf("%+v %v", list, err)
	}
	if err := keys.Revoke(key.ID); err != nil {
		t.Fatal(err)
	}
	if err := keys.Revoke(key.ID); !errors.Is(err, ErrNoKey) {
		t.Errorf("revoked twice: %v", err)
	}
	for _, bad := range []string{"Bearer " + secret, "Bearer " + other + "x", "Bearer lantu_", "Bearer", "Basic " + other, "Bearer  ", "Bearer eyJh.x.y", other} {
		if caller, err := policy.Credential(t.Context(), bad); !errors.Is(err, ErrCredential) {
			t.Errorf("%s: %+v %v", bad, caller, err)
		}
	}
	if caller, err := policy.Credential(t.Context(), "bearer "+other); err != nil || caller.Role != Reader {
		t.Errorf("%+v %v", caller, err)
	}
	if err := os.WriteFile(path, []byte("[{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := policy.Credential(t.Context(), "Bearer "+other); err == nil || errors.Is(err, ErrCredential) {
		t.Errorf("a damaged file: %v", err)
	}
}

func TestAnonymous(t *testing.T) {
	for _, test := range []struct {
		policy Policy
		host   string
		want   Role
	}{
		{Policy{}, "127.0.0.1:8080", None},
		{Policy{Anonymous: Reader}, "lantu.example.gov.cn", Reader},
		{Policy{Anonymous: Editor, LocalOnly: true}, "127.0.0.1:8080", Editor},
		{Policy{Anonymous: Editor, LocalOnly: true}, "localhost", Editor},
		{Policy{Anonymous: Editor, LocalOnly: true}, "[::1]:8080", Editor},
		{Policy{Anonymous: Editor, LocalOnly: true}, "attacker.example:8080", None},
		{Policy{Anonymous: Editor, LocalOnly: true}, "127.0.0.1.attacker.example", None},
		{Policy{Anonymous: Editor, LocalOnly: true}, "", None},
	} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/graphql", nil)
		r.Host = test.host
		caller, err := test.policy.Request(r)
		if err != nil || caller.Role != test.want || !caller.Anonymous() {
			t.Errorf("%+v asked as %q: %+v %v", test.policy, test.host, caller, err)
		}
	}
}

// TestBehindProxy has a proxy on this machine pass on what others ask.
func TestBehindProxy(t *testing.T) {
	policy := &Policy{Anonymous: Editor, LocalOnly: true}
	for what, change := range map[string]func(*http.Request){
		"Forwarded":       func(r *http.Request) { r.Header.Set("Forwarded", "for=192.0.2.43") },
		"X-Forwarded-For": func(r *http.Request) { r.Header.Set("X-Forwarded-For", "192.0.2.43") },
		"an empty header": func(r *http.Request) { r.Header.Set("X-Forwarded-For", "") },
		"Via":             func(r *http.Request) { r.Header.Set("Via", "1.1 proxy") },
		"X-Real-IP":       func(r *http.Request) { r.Header.Set("X-Real-IP", "192.0.2.43") },
		"HTTP/1.0":        func(r *http.Request) { r.ProtoMinor = 0 },
	} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/graphql", nil)
		r.Host = "127.0.0.1:8080"
		if caller, err := policy.Request(r); err != nil || caller.Role != Editor {
			t.Fatalf("%+v %v", caller, err)
		}
		change(r)
		if caller, err := policy.Request(r); err != nil || caller.Role != None {
			t.Errorf("%s: %+v %v", what, caller, err)
		}
	}
}

// TestKeysOfManyAtOnce changes the file as that many processes would: each opens
// it for itself.
func TestKeysOfManyAtOnce(t *testing.T) {
	const n = 20
	path := filepath.Join(t.TempDir(), KeysFile)
	_, revoked, err := OpenKeys(path).Add("看板", Reader, time.Unix(0, 0))
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() {
			if _, _, err := OpenKeys(path).Add("张敏", Editor, time.Unix(0, 0)); err != nil {
				t.Error(err)
			}
			if i == n/2 {
				if err := OpenKeys(path).Revoke(revoked.ID); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	list, err := OpenKeys(path).List()
	if err != nil || len(list) != n || slices.ContainsFunc(list, func(k Key) bool { return k.ID == revoked.ID }) {
		t.Errorf("%d keys, want %d: %+v %v", len(list), n, list, err)
	}
}

// issuer is an OpenID Connect issuer on this machine.
type issuer struct {
	url    string
	signer jose.Signer
	down   atomic.Bool // its keys cannot be had
}

func newIssuer(t *testing.T) *issuer {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	jwk := jose.JSONWebKey{Key: key, KeyID: "one", Algorithm: string(jose.RS256), Use: "sig"}
	i := &issuer{}
	if i.signer, err = jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: jwk}, nil); err != nil {
		t.Fatal(err)
	}
	answer := func(w http.ResponseWriter, body any) {
		w.Header().Set("Content-Type", "application/json")
		if err := json.NewEncoder(w).Encode(body); err != nil {
			t.Error(err)
		}
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, map[string]any{"issuer": i.url, "jwks_uri": i.url + "/keys", "authorization_endpoint": i.url + "/a",
			"token_endpoint": i.url + "/t", "id_token_signing_alg_values_supported": []string{"RS256"}})
	})
	mux.HandleFunc("GET /keys", func(w http.ResponseWriter, _ *http.Request) {
		if i.down.Load() {
			http.Error(w, "down", http.StatusBadGateway)
			return
		}
		answer(w, jose.JSONWebKeySet{Keys: []jose.JSONWebKey{jwk.Public()}})
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	i.url = server.URL
	return i
}

func (i *issuer) token(t *testing.T, claims map[string]any) string {
	t.Helper()
	all := map[string]any{"iss": i.url, "aud": "lantu", "sub": "u1", "exp": time.Now().Add(time.Hour).Unix()}
	for name, value := range claims {
		all[name] = value
	}
	token, err := jwt.Signed(i.signer).Claims(all).Serialize()
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// TestIssuerThatIsDown takes neither a token for bad nor its sender for nobody
// while its keys cannot be had.
func TestIssuerThatIsDown(t *testing.T) {
	i := newIssuer(t)
	checked, err := NewIssuer(t.Context(), IssuerConfig{URL: i.url, Audience: "lantu"})
	if err != nil {
		t.Fatal(err)
	}
	policy := &Policy{Issuer: checked}
	token := "Bearer " + i.token(t, map[string]any{"lantu_role": "reader"})
	i.down.Store(true)
	if caller, err := policy.Credential(t.Context(), token); err == nil || errors.Is(err, ErrCredential) {
		t.Errorf("%+v %v", caller, err)
	}
	if _, err := policy.Credential(t.Context(), "Bearer abc"); !errors.Is(err, ErrCredential) {
		t.Errorf("what is bad by itself: %v", err)
	}
	i.down.Store(false)
	if caller, err := policy.Credential(t.Context(), token); err != nil || caller.Role != Reader {
		t.Errorf("%+v %v", caller, err)
	}
	i.down.Store(true) // the keys are known now
	if caller, err := policy.Credential(t.Context(), token); err != nil || caller.Role != Reader {
		t.Errorf("%+v %v", caller, err)
	}
}

func TestTokens(t *testing.T) {
	i, other := newIssuer(t), newIssuer(t)
	checked, err := NewIssuer(t.Context(), IssuerConfig{URL: i.url, Audience: "lantu"})
	if err != nil {
		t.Fatal(err)
	}
	policy := &Policy{Issuer: checked}
	for _, test := range []struct {
		claims map[string]any
		want   Caller
	}{
		{nil, Caller{"u1", None}},
		{map[string]any{"lantu_role": "editor"}, Caller{"u1", Editor}},
		{map[string]any{"lantu_role": []string{"staff", "reader", "admin"}}, Caller{"u1", Admin}},
		{map[string]any{"lantu_role": "owner"}, Caller{"u1", None}},
		{map[string]any{"lantu_role": 7}, Caller{"u1", None}},
		{map[string]any{"lantu_role": "reader", "email": "zhang@example.gov.cn", "email_verified": true}, Caller{"zhang@example.gov.cn", Reader}},
		{map[string]any{"lantu_role": "reader", "email": "boss@example.gov.cn"}, Caller{"u1", Reader}},
	} {
		caller, err := policy.Credential(t.Context(), "Bearer "+i.token(t, test.claims))
		if err != nil || caller != test.want {
			t.Errorf("%v: %+v %v", test.claims, caller, err)
		}
	}
	for what, token := range map[string]string{
		"of another issuer":     other.token(t, map[string]any{"lantu_role": "admin"}),
		"signed by another":     other.token(t, map[string]any{"iss": i.url, "lantu_role": "admin"}),
		"for another audience":  i.token(t, map[string]any{"aud": "else", "lantu_role": "admin"}),
		"expired":               i.token(t, map[string]any{"exp": time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC).Unix()}),
		"no token":              "abc",
		"a token with no proof": "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ1MSJ9.",
	} {
		if caller, err := policy.Credential(t.Context(), "Bearer "+token); !errors.Is(err, ErrCredential) {
			t.Errorf("%s: %+v %v", what, caller, err)
		}
	}
	if _, err := NewIssuer(t.Context(), IssuerConfig{URL: i.url}); err == nil {
		t.Error("an issuer without an audience was accepted")
	}
	if _, err := NewIssuer(t.Context(), IssuerConfig{URL: i.url + "/none", Audience: "lantu"}); err == nil {
		t.Error("an issuer that is not there was accepted")
	}
}
