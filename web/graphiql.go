package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"sync"
)

// explorerPolicy lets GraphiQL load what lies beside it, style its editor and
// ask this server, and nothing else.
const explorerPolicy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
	"font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// The page, and beside it what `make build` makes.
//
//go:embed graphiql/index.html graphiql/page.css graphiql/start.js all:graphiql/dist
var explorerFiles embed.FS

// mediaTypes are those of the files that the explorer serves; it serves no
// others.
var mediaTypes = map[string]string{
	".html": "text/html; charset=utf-8",
	".css":  "text/css; charset=utf-8",
	".js":   "text/javascript; charset=utf-8",
	".txt":  "text/plain; charset=utf-8",
}

// explorerLibraries are the files without which the page does not work.
var explorerLibraries = []string{"react.production.min.js", "react-dom.production.min.js", "graphiql.min.js", "graphiql.min.css"}

// explorer serves GraphiQL from memory.
type explorer map[string]*asset

// asset is a file with what its responses need.
type asset struct {
	plain     []byte
	mediaType string
	tag       string
	zipped    func() []byte
}

// newExplorer serves the files of graphiql and graphiql/dist.
func newExplorer(files fs.FS) explorer {
	x := explorer{}
	for _, folder := range []string{"graphiql", "graphiql/dist"} {
		entries, err := fs.ReadDir(files, folder)
		if err != nil {
			continue // not built
		}
		for _, entry := range entries {
			mediaType := mediaTypes[path.Ext(entry.Name())]
			plain, err := fs.ReadFile(files, path.Join(folder, entry.Name()))
			if mediaType != "" && err == nil {
				x[entry.Name()] = newAsset(plain, mediaType)
			}
		}
	}
	return x
}

func newAsset(plain []byte, mediaType string) *asset {
	sum := sha256.Sum256(plain)
	return &asset{
		plain:     plain,
		mediaType: mediaType,
		tag:       `"` + hex.EncodeToString(sum[:12]) + `"`,
		zipped:    sync.OnceValue(func() []byte { return zip(plain) }),
	}
}

func zip(plain []byte) []byte {
	var zipped bytes.Buffer
	w := gzip.NewWriter(&zipped)
	// Neither fails: the buffer takes everything.
	_, _ = w.Write(plain)
	_ = w.Close()
	return zipped.Bytes()
}

func (x explorer) page(w http.ResponseWriter, r *http.Request) {
	for _, name := range explorerLibraries {
		if x[name] == nil {
			http.Error(w, "GraphiQL is not built into this binary: build it with `make build`.\n"+
				"Queries can be sent to /graphql all the same.", http.StatusServiceUnavailable)
			return
		}
	}
	x.serve(w, r, "index.html")
}

func (x explorer) file(w http.ResponseWriter, r *http.Request) {
	x.serve(w, r, r.PathValue("file"))
}

func (x explorer) serve(w http.ResponseWriter, r *http.Request, name string) {
	a := x[name]
	if a == nil {
		http.NotFound(w, r)
		return
	}
	header := w.Header()
	header.Set("Content-Type", a.mediaType)
	header.Set("Content-Security-Policy", explorerPolicy)
	header.Set("Cache-Control", "no-cache") // ask again, which the tag makes cheap
	header.Set("ETag", a.tag)
	header.Set("Vary", "Accept-Encoding")
	if r.Header.Get("If-None-Match") == a.tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	body := a.plain
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		header.Set("Content-Encoding", "gzip")
		body = a.zipped()
	}
	_, _ = w.Write(body) // an error here is the client gone
}
