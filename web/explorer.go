package web

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"regexp"
)

// explorerPolicy lets the explorer run its own scripts and ask this server,
// over WebSocket too, and nothing else. Its libraries set styles from scripts.
const explorerPolicy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; " +
	"font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

//go:generate go run ./explorer/vocabulary explorer/src/vocabulary.generated.ts

// What `make build` makes of explorer.
//
//go:embed all:explorer/dist
var explorerFiles embed.FS

// routeParameter is a part of an address that differs, such as :id.
var routeParameter = regexp.MustCompile(`:(\w+)`)

// handleExplorer serves the application built into explorer/dist: its page at
// each address that routes.json lists, and its files. The handler it returns
// answers what mux knows nothing of, too: browsers with the page, which says so.
// Without a build, it serves a page at / that links to the rest of the server,
// and shows in GraphiQL what permalinks lead to.
func handleExplorer(mux *http.ServeMux, files fs.FS) (http.Handler, error) {
	page := readAsset(files, "explorer/dist/index.html")
	if page == nil {
		mux.HandleFunc("GET /{$}", home)
		mux.HandleFunc("GET /report/{id}", openReport)
		return mux, nil
	}
	list, err := fs.ReadFile(files, "explorer/dist/routes.json")
	if err != nil {
		return nil, fmt.Errorf("web: the explorer's addresses: %w", err)
	}
	var routes []string
	if err := json.Unmarshal(list, &routes); err != nil {
		return nil, fmt.Errorf("web: the explorer's addresses: %w", err)
	}
	for _, route := range routes {
		if route == "/" {
			route = "/{$}"
		}
		mux.HandleFunc("GET "+routeParameter.ReplaceAllString(route, "{$1}"), func(w http.ResponseWriter, r *http.Request) {
			page.serve(w, r, explorerPolicy, cacheAsk)
		})
	}
	// Addresses without a hash of the content, and those with one.
	for folder, cache := range map[string]string{"": cacheAsk, "assets": cacheForever} {
		entries, err := fs.ReadDir(files, path.Join("explorer/dist", folder))
		if err != nil {
			return nil, fmt.Errorf("web: the explorer's files: %w", err)
		}
		for _, entry := range entries {
			name := path.Join(folder, entry.Name())
			file := readAsset(files, path.Join("explorer/dist", name))
			if file == nil || file == page || name == "index.html" {
				continue
			}
			mux.HandleFunc("GET /"+name, func(w http.ResponseWriter, r *http.Request) {
				file.serve(w, r, explorerPolicy, cache)
			})
		}
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		browses := (r.Method == http.MethodGet || r.Method == http.MethodHead) && accepts(r.Header.Get("Accept"), "text/html")
		if _, known := mux.Handler(r); known != "" || !browses {
			mux.ServeHTTP(w, r)
			return
		}
		page.answer(w, r, http.StatusNotFound, explorerPolicy, "no-store")
	}), nil
}
