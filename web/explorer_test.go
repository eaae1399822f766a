package web

import (
	"bytes"
	"compress/gzip"
	"io"
	"io/fs"
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

const explorerPage = `<!doctype html><script type="module" src="/assets/index-0a1b.js"></script>`

// builtExplorer is a build in miniature.
var builtExplorer = fstest.MapFS{
	"explorer/dist/README.md":               {Data: []byte("notes")},
	"explorer/dist/index.html":              {Data: []byte(explorerPage)},
	"explorer/dist/index.html.br":           {Data: []byte("page in brotli")},
	"explorer/dist/routes.json":             {Data: []byte(`["/", "/search", "/entity/:id", "/report/:id", "/report/:file/with/:other"]`)},
	"explorer/dist/licences.txt":            {Data: []byte("MIT")},
	"explorer/dist/lantu.svg":               {Data: []byte("<svg/>")},
	"explorer/dist/assets/index-0a1b.js":    {Data: []byte("console.log(1)")},
	"explorer/dist/assets/index-0a1b.js.br": {Data: []byte("script in brotli")},
	"explorer/dist/assets/index-2c3d.css":   {Data: []byte("a{}")},
}

func serveExplorer(t *testing.T, files fs.FS) http.Handler {
	t.Helper()
	handler, err := handleExplorer(http.NewServeMux(), files)
	if err != nil {
		t.Fatal(err)
	}
	return guard(silent, handler)
}

func TestExplorer(t *testing.T) {
	handler := serveExplorer(t, builtExplorer)
	for _, test := range []struct {
		method, target string
		status         int
		says, caching  string
	}{
		{"GET", "/", 200, explorerPage, "no-cache"},
		{"GET", "/search?q=%E5%9B%AD", 200, explorerPage, "no-cache"},
		{"GET", "/entity/abc", 200, explorerPage, "no-cache"},
		{"GET", "/report/a.txt", 200, explorerPage, "no-cache"},
		{"GET", "/report/a.txt/with/b.txt", 200, explorerPage, "no-cache"},
		{"HEAD", "/entity/abc", 200, explorerPage, "no-cache"},
		{"GET", "/assets/index-0a1b.js", 200, "console.log(1)", "public, max-age=31536000, immutable"},
		{"GET", "/assets/index-2c3d.css", 200, "a{}", "public, max-age=31536000, immutable"},
		{"GET", "/licences.txt", 200, "MIT", "no-cache"},
		{"GET", "/lantu.svg", 200, "<svg/>", "no-cache"},
		{"GET", "/nowhere", 404, "", ""},
		{"GET", "/entity", 404, "", ""},
		{"GET", "/entity/", 404, "", ""},
		{"GET", "/entity/abc/def", 404, "", ""},
		{"GET", "/assets", 404, "", ""},
		{"GET", "/assets/", 404, "", ""},
		{"GET", "/assets/index-9999.js", 404, "", ""},
		{"GET", "/assets/index-0a1b.js.br", 404, "", ""},
		{"GET", "/assets/..%2froutes.json", 404, "", ""},
		{"GET", "/index.html", 404, "", ""},
		{"GET", "/routes.json", 404, "", ""},
		{"GET", "/README.md", 404, "", ""},
		{"POST", "/", 405, "", ""},
		{"POST", "/search", 405, "", ""},
		{"PUT", "/assets/index-0a1b.js", 405, "", ""},
		{"OPTIONS", "/entity/abc", 405, "", ""},
	} {
		t.Run(test.method+" "+test.target, func(t *testing.T) {
			w := do(t, handler, test.method, test.target, "")
			header := w.Header()
			if w.Code != test.status || header.Get("Cache-Control") != test.caching {
				t.Errorf("got %d, Cache-Control %q", w.Code, header.Get("Cache-Control"))
			}
			if test.status == 405 && header.Get("Allow") != "GET, HEAD" {
				t.Errorf("Allow is %q", header.Get("Allow"))
			}
			if test.status != 200 {
				return
			}
			if w.Body.String() != test.says {
				t.Errorf("says %q", w.Body)
			}
			for _, want := range []string{"default-src 'none'", "script-src 'self';", "connect-src 'self'", "frame-ancestors 'none'"} {
				if policy := header.Get("Content-Security-Policy"); !strings.Contains(policy, want) {
					t.Errorf("policy %q lacks %q", policy, want)
				}
			}
			if header.Get("X-Content-Type-Options") != "nosniff" || header.Get("Vary") != "Accept-Encoding" {
				t.Errorf("headers are %v", header)
			}
			again := do(t, handler, test.method, test.target, "", "If-None-Match", header.Get("ETag"))
			if again.Code != 304 || again.Body.Len() != 0 {
				t.Errorf("asked again: %d and %d bytes", again.Code, again.Body.Len())
			}
		})
	}
}

// TestExplorerNowhere checks that browsers are told in the explorer that an
// address is none, and programs in a line.
func TestExplorerNowhere(t *testing.T) {
	handler := serveExplorer(t, builtExplorer)
	const browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
	for _, test := range []struct {
		method, target, accept string
		status                 int
		says                   string
	}{
		{"GET", "/nowhere", browser, 404, explorerPage},
		{"HEAD", "/nowhere", browser, 404, explorerPage},
		{"GET", "/entity/abc/def?x=1", browser, 404, explorerPage},
		{"GET", "/assets/index-9999.js", browser, 404, explorerPage},
		{"GET", "/nowhere", "*/*", 404, "404 page not found\n"},
		{"GET", "/nowhere", "application/json, text/html;q=0", 404, "404 page not found\n"},
		{"GET", "/nowhere", "", 404, "404 page not found\n"},
		{"POST", "/nowhere", browser, 404, "404 page not found\n"},
		{"POST", "/search", browser, 405, "Method Not Allowed\n"},
		{"GET", "/search", browser, 200, explorerPage},
	} {
		w := do(t, handler, test.method, test.target, "", "Accept", test.accept)
		if w.Code != test.status || w.Body.String() != test.says {
			t.Errorf("%s %s for %q: %d %q", test.method, test.target, test.accept, w.Code, w.Body)
		}
		if policy := w.Header().Get("Content-Security-Policy"); test.says == explorerPage && !strings.Contains(policy, "script-src 'self';") {
			t.Errorf("%s %s: the page may not run under %q", test.method, test.target, policy)
		}
	}
	w := do(t, handler, "GET", "/nowhere", "", "Accept", browser)
	if again := do(t, handler, "GET", "/nowhere", "", "Accept", browser, "If-None-Match", w.Header().Get("ETag")); again.Code != 404 {
		t.Errorf("asked again: %d", again.Code)
	}
}

func TestExplorerEncodings(t *testing.T) {
	handler := serveExplorer(t, builtExplorer)
	for _, test := range []struct{ target, accept, encoding string }{
		{"/", "gzip, deflate, br", "br"},
		{"/", "gzip, br;q=0", "gzip"},
		{"/", "br;q=0.5, gzip", "br"},
		{"/", "", ""},
		{"/", "identity, gzip;q=0.0", ""},
		{"/assets/index-0a1b.js", "br", "br"},
		{"/assets/index-2c3d.css", "br, gzip", "gzip"}, // was not compressed beforehand
		{"/assets/index-2c3d.css", "br", ""},
	} {
		w := do(t, handler, "GET", test.target, "", "Accept-Encoding", test.accept)
		if got := w.Header().Get("Content-Encoding"); got != test.encoding {
			t.Errorf("%s for %q is %q, want %q", test.target, test.accept, got, test.encoding)
			continue
		}
		plain := builtExplorer["explorer/dist"+strings.Replace(test.target, "/index.html", "/", 1)]
		if test.target == "/" {
			plain = builtExplorer["explorer/dist/index.html"]
		}
		body := w.Body.Bytes()
		switch test.encoding {
		case "br":
			if !strings.HasSuffix(w.Body.String(), "in brotli") {
				t.Errorf("%s in brotli is %q", test.target, body)
			}
		case "gzip":
			reader, err := gzip.NewReader(w.Body)
			if err != nil {
				t.Fatal(err)
			}
			if body, err = io.ReadAll(reader); err != nil || !bytes.Equal(body, plain.Data) {
				t.Errorf("%s zipped is %q (%v)", test.target, body, err)
			}
		default:
			if !bytes.Equal(body, plain.Data) {
				t.Errorf("%s is %q", test.target, body)
			}
		}
	}
}

// TestExplorerNotBuilt checks that a binary without the explorer says where
// else to go.
func TestExplorerNotBuilt(t *testing.T) {
	handler := serveExplorer(t, fstest.MapFS{"explorer/dist/README.md": {}})
	w := do(t, handler, "GET", "/", "")
	if w.Code != 200 || !strings.Contains(w.Body.String(), `href="/graphiql"`) {
		t.Errorf("got %d %s", w.Code, w.Body)
	}
	if w := do(t, handler, "GET", "/search", ""); w.Code != 404 {
		t.Errorf("/search: %d", w.Code)
	}
	w = do(t, handler, "GET", "/report/report-a?passage=passage-a-1&start=0&end=2", "")
	if target := w.Header().Get("Location"); w.Code != 303 || !strings.HasPrefix(target, "/graphiql?") || !strings.Contains(target, "passage-a-1") {
		t.Errorf("a permalink leads to %d %s", w.Code, target)
	}
}

func TestExplorerHalfBuilt(t *testing.T) {
	for name, file := range map[string]*fstest.MapFile{"missing": nil, "no JSON": {Data: []byte(`["/"`)}} {
		files := fstest.MapFS{"explorer/dist/index.html": {Data: []byte(explorerPage)}}
		if file != nil {
			files["explorer/dist/routes.json"] = file
		}
		if _, err := handleExplorer(http.NewServeMux(), files); err == nil || !strings.Contains(err.Error(), "addresses") {
			t.Errorf("routes.json %s: %v", name, err)
		}
	}
}

// TestBuiltExplorerStaysInside checks the build that this binary holds: its
// page loads what is there, and nothing else.
func TestBuiltExplorerStaysInside(t *testing.T) {
	page, err := explorerFiles.ReadFile("explorer/dist/index.html")
	if os.IsNotExist(err) {
		t.Skip("the explorer is not built: make build")
	}
	if err != nil {
		t.Fatal(err)
	}
	handler := New(Config{Store: newStore(t), Logger: silent})
	links := regexp.MustCompile(`(?:src|href)="([^"]*)"`).FindAllSubmatch(page, -1)
	if len(links) < 3 {
		t.Fatalf("the page links only to %q", links)
	}
	for _, link := range links {
		if w := do(t, handler, "GET", string(link[1]), ""); w.Code != 200 {
			t.Errorf("%s: %d", link[1], w.Code)
		}
	}
}
