package web

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/lantu-kg/lantu/access"
	"github.com/lantu-kg/lantu/graph/api"
	"github.com/lantu-kg/lantu/schema"
)

// echo is a Loader that tells what it is given.
type echo chan string

func (e echo) Open(name string, content io.ReaderAt, size int64) ([]api.Pending, error) {
	text, err := io.ReadAll(io.NewSectionReader(content, 0, size))
	if err != nil {
		return nil, err
	}
	e <- fmt.Sprintf("%s: %d bytes, %.20s", name, len(text), text)
	return []api.Pending{{Name: name, Load: func(context.Context, schema.ChangeRecord) (api.Loaded, error) { return api.Loaded{}, nil }}}, nil
}

var openToAll = &access.Policy{Anonymous: access.Admin}

const (
	loadOne  = `{"query": "mutation ($f: Upload!) { loadReport(input: {files: [$f]}) { total } }", "variables": {"f": null}}`
	loadMany = `{"query": "mutation ($i: LoadReportInput!) { loadReport(input: $i) { total } }", "variables": {"i": {"files": [null, null]}}}`
)

// part is a part of a form: a file when it has a file name.
type part struct{ name, file, content string }

func form(t *testing.T, parts ...part) (body, media string) {
	t.Helper()
	var text bytes.Buffer
	w := multipart.NewWriter(&text)
	for _, p := range parts {
		var inner io.Writer
		var err error
		if p.file != "" {
			inner, err = w.CreateFormFile(p.name, p.file)
		} else {
			inner, err = w.CreateFormField(p.name)
		}
		if err == nil {
			_, err = inner.Write([]byte(p.content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return text.String(), w.FormDataContentType()
}

// inFolder gives the names in the folder for temporary files.
func inFolder(t *testing.T, folder string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestUpload(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	got := make(echo)
	handler := New(Config{Store: newStore(t), Logger: silent, Access: openToAll, Loader: got})
	large := strings.Repeat("很", formMemory)
	body, media := form(t, part{"operations", "", loadMany}, part{"map", "", `{"a": ["variables.i.files.1"], "b": ["variables.i.files.0"]}`},
		part{"a", "../大.txt", large}, part{"b", "小.txt", "小"})
	w := do(t, handler, "POST", "/graphql", body, "Content-Type", media)
	if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), `{"data":{"loadReport":{"total":2}}`) {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	if names := inFolder(t, folder); len(names) != 1 || strings.Contains(names[0], "txt") {
		t.Errorf("spooled as %q", names)
	}
	if first, second := <-got, <-got; first != "小.txt: 3 bytes, 小" || second != fmt.Sprintf("大.txt: %d bytes, %.20s", len(large), large) {
		t.Errorf("%s; %s", first, second)
	}
	if err := handler.Close(); err != nil {
		t.Fatal(err)
	}
	if names := inFolder(t, folder); len(names) != 0 {
		t.Errorf("%q are left", names)
	}
}

// TestRefusedUpload has the status that the same operation has without files.
func TestRefusedUpload(t *testing.T) {
	handler := New(Config{Store: newStore(t), Logger: silent, Access: openToAll, Loader: make(echo)})
	for _, query := range []string{"mutation ($f: Upload!) { nothing(f: $f) }", "subscription { graphChanged { id } }", "{ parks { totalCount } }"} {
		operation := fmt.Sprintf(`{"query": %q, "variables": {"f": null}}`, query)
		body, media := form(t, part{"operations", "", operation}, part{"map", "", `{"a": ["variables.f"]}`}, part{"a", "a.txt", "a"})
		for _, accept := range []string{"", "application/json", "application/graphql-response+json", "application/graphql-response+json, application/json;q=0.9"} {
			got := do(t, handler, "POST", "/graphql", body, "Content-Type", media, "Accept", accept)
			want := do(t, handler, "POST", "/graphql", operation, "Content-Type", "application/json", "Accept", accept)
			if got.Code != want.Code || got.Body.String() != want.Body.String() || got.Header().Get("Content-Type") != want.Header().Get("Content-Type") {
				t.Errorf("%s, %s: %d %v %s, want %d %v %s", query, accept, got.Code, got.Header(), got.Body, want.Code, want.Header(), want.Body)
			}
		}
	}
}

func TestUploadIsForAdmins(t *testing.T) {
	body, media := form(t, part{"operations", "", loadOne}, part{"map", "", `{"a": ["variables.f"]}`}, part{"a", "a.txt", "a"})
	for role, want := range map[access.Role]int{access.Reader: http.StatusUnauthorized, access.Editor: http.StatusUnauthorized, access.Admin: http.StatusOK} {
		handler := New(Config{Store: newStore(t), Logger: silent, Access: &access.Policy{Anonymous: role}, Loader: make(echo, 1)})
		w := do(t, handler, "POST", "/graphql", body, "Content-Type", media)
		if w.Code != want || want != http.StatusOK && codeOf(t, w) != api.CodeUnauthenticated {
			t.Errorf("%s: %d %s", role, w.Code, w.Body)
		}
		_ = handler.Close()
	}
}

// TestUploadAcrossOrigins has a stranger's page send a form, as browsers do without
// asking first: no file of it is looked at.
func TestUploadAcrossOrigins(t *testing.T) {
	got := make(echo, 1)
	handler := New(Config{Store: newStore(t), Logger: silent, Access: openToAll, Loader: got, Origins: []string{"https://app.example.cn"}})
	body, media := form(t, part{"operations", "", loadOne}, part{"map", "", `{"a": ["variables.f"]}`}, part{"a", "a.txt", "a"})
	for _, headers := range [][]string{
		{"Origin", "https://evil.example"},
		{"Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site"},
		{"Origin", "http://app.example.cn"}, // not that scheme
		{"Origin", "null"},                  // of a frame in a sandbox
		{"Sec-Fetch-Site", "same-site"},
	} {
		w := do(t, handler, "POST", "/graphql", body, append(headers, "Content-Type", media)...)
		if w.Code != http.StatusForbidden || codeOf(t, w) != codeCrossOrigin {
			t.Errorf("%q: %d %s", headers, w.Code, w.Body)
		}
	}
	if err := handler.Close(); err != nil || len(got) > 0 {
		t.Errorf("a file was looked at, or %v", err)
	}
}

// TestMalformedUpload sends what is no GraphQL multipart request: each is refused
// with a code, and nothing is left on disk.
func TestMalformedUpload(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	const limit = 8 << 20
	handler := New(Config{Store: newStore(t), Logger: silent, Access: openToAll, Loader: make(echo), MaxUpload: limit})
	operations, mapped := part{"operations", "", loadOne}, part{"map", "", `{"a": ["variables.f"]}`}
	file := part{"a", "a.txt", strings.Repeat("a", 2*formMemory)}
	mapTo := func(paths string) part { return part{"map", "", `{"a": ` + paths + `}`} }
	many := []part{{"operations", "", loadMany}, {"map", "", "{" + strings.TrimSuffix(strings.Repeat(`"a": ["variables.f"], `, 2), ", ") + "}"}}
	names := map[string][]string{}
	for i := range api.MaxUploads + 1 {
		names[fmt.Sprint(i)] = []string{"variables.f"}
	}
	tooMany, err := json.Marshal(names)
	if err != nil {
		t.Fatal(err)
	}
	deep := `{"query": "{ a }", "variables": ` + strings.Repeat(`{"a":`, 20_000) + "1" + strings.Repeat("}", 20_000) + "}"
	for _, test := range []struct {
		name  string
		parts []part
		code  string
	}{
		{"nothing", nil, codeBadRequest},
		{"no operations", []part{mapped, file}, codeBadRequest},
		{"operations twice", []part{operations, operations, mapped, file}, codeBadRequest},
		{"operations no JSON", []part{{"operations", "", "mutation { a }"}, mapped, file}, codeBadRequest},
		{"operations a list", []part{{"operations", "", "[" + loadOne + "]"}, mapped, file}, codeBadRequest},
		{"operations a number", []part{{"operations", "", "1"}, mapped, file}, codeBadRequest},
		{"operations nest deep", []part{{"operations", "", deep}, mapped, file}, codeBadRequest},
		{"operations a file", []part{{"operations", "o.json", loadOne}, mapped, file}, codeBadRequest},
		{"no map", []part{operations, file}, codeBadRequest},
		{"map no JSON", []part{operations, {"map", "", "a"}, file}, codeBadRequest},
		{"map null", []part{operations, {"map", "", "null"}, file}, codeBadRequest},
		{"map of strings", []part{operations, mapTo(`"variables.f"`), file}, codeBadRequest},
		{"map leads out", []part{operations, mapTo(`["query"]`), file}, codeBadRequest},
		{"map leads to an unknown", []part{operations, mapTo(`["variables.g"]`), file}, codeBadRequest},
		{"map leads through a null", []part{operations, mapTo(`["variables.f.0"]`), file}, codeBadRequest},
		{"map leads past a list", []part{many[0], mapTo(`["variables.i.files.2"]`), file}, codeBadRequest},
		{"map leads before a list", []part{many[0], mapTo(`["variables.i.files.-1"]`), file}, codeBadRequest},
		{"map names a list's field", []part{many[0], mapTo(`["variables.i.files.x"]`), file}, codeBadRequest},
		{"map leads to a value", []part{many[0], mapTo(`["variables.i"]`), file}, codeBadRequest},
		{"map leads twice to one", []part{operations, mapTo(`["variables.f", "variables.f"]`), file}, codeBadRequest},
		{"map of nothing", []part{operations, {"map", "", "{}"}}, codeBadRequest},
		{"map of too many", []part{operations, {"map", "", string(tooMany)}, file}, codeBadRequest},
		{"a file not there", []part{operations, mapped}, codeBadRequest},
		{"a file not in the map", []part{operations, mapped, file, {"b", "b.txt", "b"}}, codeBadRequest},
		{"a file twice", []part{operations, mapped, file, file}, codeBadRequest},
		{"a field for a file", []part{operations, mapped, {"a", "", "a"}}, codeBadRequest},
		{"no query", []part{{"operations", "", `{"variables": {"f": null}}`}, mapped, file}, "GRAPHQL_VALIDATION_FAILED"},
		{"a file too few", []part{many[0], mapTo(`["variables.i.files.0"]`), file}, "GRAPHQL_VALIDATION_FAILED"},
		{"giant operations", []part{{"operations", "", loadOne + strings.Repeat(" ", maxBody)}, mapped, file}, codeBodyTooLarge},
		{"giant field", []part{operations, mapped, {"x", "", strings.Repeat("x", limit)}}, codeBodyTooLarge},
		{"giant file", []part{operations, mapped, {"a", "a.txt", strings.Repeat("x", limit)}}, codeBodyTooLarge},
		{"too many parts", append([]part{operations, mapped, file}, make([]part, 2000)...), codeBodyTooLarge},
	} {
		body, media := form(t, test.parts...)
		for _, chunked := range []bool{false, true} {
			r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/graphql", strings.NewReader(body))
			if chunked {
				r.ContentLength = -1
			}
			r.Header.Set("Content-Type", media)
			w := httptest.NewRecorder()
			handler.ServeHTTP(w, r)
			if got := codeOf(t, w); got != test.code || w.Code/100 != 4 {
				t.Errorf("%s: %d %s %.300s", test.name, w.Code, got, w.Body)
			}
		}
	}
	body, media := form(t, operations, mapped, file)
	for name, request := range map[string][2]string{
		"truncated":     {body[:len(body)/2], media},
		"no end":        {strings.TrimSuffix(body, "--\r\n"), media},
		"no boundary":   {body, "multipart/form-data"},
		"bad boundary":  {body, "multipart/form-data; boundary=other"},
		"broken header": {strings.Replace(body, "Content-Disposition", "Content-\x00Disposition", 1), media},
	} {
		w := do(t, handler, "POST", "/graphql", request[0], "Content-Type", request[1])
		if w.Code != http.StatusBadRequest || codeOf(t, w) != codeBadRequest {
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
		}
	}
	if left := inFolder(t, folder); len(left) != 0 {
		t.Errorf("%q are left", left)
	}
}

// TestUploadsAtOnce sends a file while as many others as may be are under way.
func TestUploadsAtOnce(t *testing.T) {
	u := newUpload(1<<20, silent)
	for range maxUploadsAtOnce {
		u.turns <- struct{}{}
	}
	body, media := form(t, part{"operations", "", loadOne})
	r := httptest.NewRequestWithContext(access.WithCaller(t.Context(), access.Caller{Role: access.Admin}), http.MethodPost, "/graphql", strings.NewReader(body))
	r.Header.Set("Content-Type", media)
	w := httptest.NewRecorder()
	u.Do(w, r, nil)
	if w.Code != http.StatusServiceUnavailable || codeOf(t, w) != api.CodeUnavailable || w.Header().Get("Retry-After") == "" {
		t.Errorf("%d %v %s", w.Code, w.Header(), w.Body)
	}
}
