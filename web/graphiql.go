package web

import (
	"embed"
	"io/fs"
	"net/http"
	"path"
)

// graphiqlPolicy lets GraphiQL load what lies beside it, style its editor and
// ask this server, and nothing else.
const graphiqlPolicy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
	"font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// The page, and beside it what `make build` makes.
//
//go:embed graphiql/index.html graphiql/page.css graphiql/start.js all:graphiql/dist
var graphiqlFiles embed.FS

// graphiqlLibraries are the files without which the page does not work.
var graphiqlLibraries = []string{"react.production.min.js", "react-dom.production.min.js", "graphiql.min.js", "graphiql.min.css"}

// graphiql serves GraphiQL from memory.
type graphiql map[string]*asset

// newGraphiQL serves the files of graphiql and graphiql/dist.
func newGraphiQL(files fs.FS) graphiql {
	g := graphiql{}
	for _, folder := range []string{"graphiql", "graphiql/dist"} {
		entries, err := fs.ReadDir(files, folder)
		if err != nil {
			continue // not built
		}
		for _, entry := range entries {
			if a := readAsset(files, path.Join(folder, entry.Name())); a != nil {
				g[entry.Name()] = a
			}
		}
	}
	return g
}

func (g graphiql) page(w http.ResponseWriter, r *http.Request) {
	for _, name := range graphiqlLibraries {
		if g[name] == nil {
			http.Error(w, "GraphiQL is not built into this binary: build it with `make build`.\n"+
				"Queries can be sent to /graphql all the same.", http.StatusServiceUnavailable)
			return
		}
	}
	g["index.html"].serve(w, r, graphiqlPolicy, cacheAsk)
}

func (g graphiql) file(w http.ResponseWriter, r *http.Request) {
	g[r.PathValue("file")].serve(w, r, graphiqlPolicy, cacheAsk)
}
