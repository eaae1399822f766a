package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// recipe is a question of the cookbook.
type recipe struct {
	number, title, query string
	variables            map[string]string    // names of the entities whose ids they are
	unsure               map[string][2]string // "claim" or "observation", and the name of the entity: the least sure one about it
}

var (
	recipeHeading  = regexp.MustCompile(`(?m)^### (\d+)\. (.+)$`)
	recipeQuery    = regexp.MustCompile("(?s)```graphql\n(.*?)```")
	recipeUnsure   = regexp.MustCompile("`(\\w+)` is the least sure (claim|observation) about ([^\\s,]+)")
	recipeVariable = regexp.MustCompile("`(\\w+)` is the id of ([^\\s,]+)")
)

func recipes(t *testing.T) []recipe {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "api.md"))
	if err != nil {
		t.Fatal(err)
	}
	var all []recipe
	heads := recipeHeading.FindAllStringSubmatchIndex(string(text), -1)
	for i, at := range heads {
		end := len(text)
		if i+1 < len(heads) {
			end = heads[i+1][0]
		}
		body := string(text[at[1]:end])
		queries := recipeQuery.FindAllStringSubmatch(body, -1)
		if len(queries) != 1 {
			t.Fatalf("question %s has %d queries", text[at[2]:at[3]], len(queries))
		}
		r := recipe{number: string(text[at[2]:at[3]]), title: string(text[at[4]:at[5]]), query: queries[0][1], variables: map[string]string{}, unsure: map[string][2]string{}}
		for _, v := range recipeVariable.FindAllStringSubmatch(body, -1) {
			r.variables[v[1]] = v[2]
		}
		for _, v := range recipeUnsure.FindAllStringSubmatch(body, -1) {
			r.unsure[v[1]] = [2]string{v[2], v[3]}
		}
		all = append(all, r)
	}
	return all
}

// TestCookbook asks every question of docs/api.md of the demo's reports, and
// compares the answers with those that were looked at.
func TestCookbook(t *testing.T) {
	db, _ := demoDB(t)
	next := filepath.Join(t.TempDir(), demoNextFile)
	if err := os.WriteFile(next, demoNext, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, stderr, code := lantu(t, "load", "--db", db, next); code != 0 {
		t.Fatal(stderr)
	}
	all := recipes(t)
	if len(all) != 28 {
		t.Errorf("%d questions", len(all))
	}
	for _, r := range all {
		t.Run(r.title, func(t *testing.T) {
			variables := map[string]string{}
			for variable, name := range r.variables {
				variables[variable] = entityNamed(t, db, name)
			}
			for variable, of := range r.unsure {
				found := ask[struct{ Found nodes[struct{ ID string }] }](t, db,
					fmt.Sprintf(`{ found: %ss(filter: {about: %q}, orderBy: {field: CONFIDENCE}, first: 1) { nodes { id } } }`, of[0], entityNamed(t, db, of[1])))
				variables[variable] = found.Found.Nodes[0].ID
			}
			given, err := json.Marshal(variables)
			if err != nil {
				t.Fatal(err)
			}
			edit := fmt.Sprintf("--edit=%v", strings.HasPrefix(r.query, "mutation"))
			stdout, stderr, code := lantu(t, "query", "--db", db, edit, "--vars", string(given), r.query)
			if code != 0 {
				t.Fatalf("exit %d: %s%s", code, stdout, stderr)
			}
			var got bytes.Buffer
			if err := json.Indent(&got, []byte(stdout), "", "  "); err != nil {
				t.Fatal(err)
			}
			golden := filepath.Join("testdata", "cookbook", r.number+".json")
			if *update {
				if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got.String() != string(want) {
				t.Errorf("the answer is now\n%.3000s", got.String())
			}
			if !strings.Contains(got.String(), `"data"`) {
				t.Error("there is no answer")
			}
		})
	}
}

func entityNamed(t *testing.T, db, name string) string {
	t.Helper()
	found := ask[struct{ Entity *struct{ ID string } }](t, db, fmt.Sprintf(`{ entity(name: %q) { id } }`, name))
	if found.Entity == nil {
		t.Fatalf("there is no %s", name)
	}
	return found.Entity.ID
}
