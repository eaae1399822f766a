package main

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"strings"
	"testing"
)

const module = "github.com/lantu-kg/lantu"

// floors gives each package its floor: imports go down only. A package of a
// lower floor never imports one of the same floor or above.
var floors = map[string]int{
	"schema": 0, "graph/pool": 0,
	"loaders/document": 1, "loaders/segment": 1, "loaders/gold": 1, "loaders/logit": 1, "graph/search": 1, "graph/links": 1, "graph/industry": 1, "graph/curate": 1, "access": 1,
	"loaders/extract": 2, "loaders/resolve": 2, "graph": 2,
	"loaders": 3, "graph/graphtest": 3, "graph/api": 3,
	"web": 4, "loaders/benchmark": 4, "graph/benchmark": 4,
	"cmd/lantu": 5, "web/clients/genqlient": 5,
}

// parts are packages that belong to another: they may be imported by it
// alone, and import what it may.
var parts = map[string]string{
	"graph/api/generated":              "graph/api",
	"loaders/extract/train":            "loaders/extract",
	"graph/api/model":                  "graph/api",
	"loaders/segment/gazetteer/build":  "loaders/segment",
	"loaders/segment/dictionary/build": "loaders/segment",
	"graph/search/traditional/build":   "graph/search",
	"web/explorer/vocabulary":          "web",
}

// keepers names the only packages that may import a library.
var keepers = map[string][]string{
	"github.com/cayleygraph/":     {"graph", "graph/graphtest"},
	"go.etcd.io/bbolt":            {"graph", "graph/graphtest"},
	"github.com/go-ego/gse":       {"loaders/segment", "loaders/benchmark"},
	"github.com/klippa-app/":      {"loaders/document"},
	"github.com/goccy/go-yaml":    {"loaders"},
	"github.com/mozillazg/":       {"graph/search"},
	"github.com/tetratelabs/":     {"loaders/document"},
	"github.com/coreos/go-oidc":   {"access"},
	"github.com/99designs/gqlgen": {"graph/api", "web"},
	"github.com/Khan/genqlient":   {"web/clients/genqlient"},
}

type pkg struct {
	ImportPath   string
	Imports      []string
	TestImports  []string
	XTestImports []string
}

func TestFloors(t *testing.T) {
	packages := listPackages(t)
	if len(packages) < len(floors) {
		t.Fatalf("only %d packages listed", len(packages))
	}
	for _, p := range packages {
		name := local(p.ImportPath)
		home := name
		if owner, ok := parts[name]; ok {
			home = owner
		}
		floor, ok := floors[home]
		if !ok {
			t.Errorf("%s has no floor: give it one in this test", name)
			continue
		}
		for _, i := range p.Imports {
			checkImport(t, name, home, floor, i)
		}
		// Tests may use what stands below their package, and its suites.
		for _, i := range append(p.TestImports, p.XTestImports...) {
			checkLibrary(t, name, home, i)
		}
	}
}

func checkImport(t *testing.T, name, home string, floor int, path string) {
	t.Helper()
	checkLibrary(t, name, home, path)
	if !strings.HasPrefix(path, module) {
		if home == "schema" && strings.Contains(strings.SplitN(path, "/", 2)[0], ".") {
			t.Errorf("schema imports %s: it may import the standard library only", path)
		}
		return
	}
	other := local(path)
	if owner, ok := parts[other]; ok {
		if home != owner {
			t.Errorf("%s imports %s, which belongs to %s", name, other, owner)
		}
		return
	}
	if other == home {
		return
	}
	if floors[other] >= floor {
		t.Errorf("%s (floor %d) imports %s (floor %d)", name, floor, other, floors[other])
	}
	if floor < 5 && strings.Split(home, "/")[0] == "loaders" && strings.Split(other, "/")[0] == "graph" ||
		strings.Split(home, "/")[0] == "graph" && strings.Split(other, "/")[0] == "loaders" {
		t.Errorf("%s imports %s: loaders and graph never meet", name, other)
	}
}

func checkLibrary(t *testing.T, name, home, path string) {
	t.Helper()
	for library, keeper := range keepers {
		if !strings.HasPrefix(path, library) {
			continue
		}
		allowed := false
		for _, k := range keeper {
			allowed = allowed || k == home
		}
		if !allowed {
			t.Errorf("%s imports %s, which only %s may", name, path, strings.Join(keeper, " and "))
		}
	}
}

func local(path string) string {
	return strings.TrimPrefix(strings.TrimPrefix(path, module), "/")
}

// listPackages gives every package of the module, as the go command sees it.
func listPackages(t *testing.T) []pkg {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports,TestImports,XTestImports", "./...")
	cmd.Dir = "../.."
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var packages []pkg
	d := json.NewDecoder(strings.NewReader(string(out)))
	for {
		var p pkg
		err := d.Decode(&p)
		if errors.Is(err, io.EOF) {
			return packages
		}
		if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
	}
}
