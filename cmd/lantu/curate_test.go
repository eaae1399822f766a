package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/lantu-kg/lantu/access"
	"github.com/lantu-kg/lantu/graph"
	"github.com/lantu-kg/lantu/loaders"
	"github.com/lantu-kg/lantu/loaders/gold"
	"github.com/lantu-kg/lantu/schema"
	"github.com/lantu-kg/lantu/web"
)

// office is a server over a database on disk.
type office struct {
	t      *testing.T
	db     string
	loader *loaders.Loader
	store  *graph.Store
	server *httptest.Server
}

func (o *office) open() {
	o.t.Helper()
	var err error
	if o.store, err = graph.Open(o.t.Context(), o.db); err != nil {
		o.t.Fatal(err)
	}
	o.server = httptest.NewServer(web.New(web.Config{Store: o.store, Access: &access.Policy{Anonymous: access.Editor}}))
}

func (o *office) close() {
	o.t.Helper()
	o.server.Close()
	if err := o.store.Close(); err != nil {
		o.t.Fatal(err)
	}
}

// load reads the demo's report.
func (o *office) load() {
	o.t.Helper()
	reading, err := o.loader.Read(o.t.Context(), demoFile, bytes.NewReader(demoReport))
	if err != nil {
		o.t.Fatal(err)
	}
	if err := o.store.Put(o.t.Context(), reading); err != nil {
		o.t.Fatal(err)
	}
}

// ask asks over HTTP and gives the data as text.
func (o *office) ask(query string) string {
	o.t.Helper()
	body, err := json.Marshal(map[string]string{"query": query})
	if err != nil {
		o.t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(o.t.Context(), http.MethodPost, o.server.URL+"/graphql", bytes.NewReader(body))
	if err != nil {
		o.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		o.t.Fatal(err)
	}
	var answer struct {
		Data   json.RawMessage
		Errors []struct{ Message string }
	}
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		o.t.Fatal(err)
	}
	if err := response.Body.Close(); err != nil {
		o.t.Fatal(err)
	}
	if len(answer.Errors) > 0 {
		o.t.Fatalf("%s: %v", query, answer.Errors)
	}
	return string(answer.Data)
}

// TestCorrectionsLast corrects over HTTP, loads the report again, opens the
// database again, exports what was corrected, and undoes it.
func TestCorrectionsLast(t *testing.T) {
	loader, err := loaders.New()
	if err != nil {
		t.Fatal(err)
	}
	o := &office{t: t, db: filepath.Join(t.TempDir(), "db"), loader: loader}
	o.open()
	o.load()
	const settled = `{ claims(filter: {relations: [SETTLED_IN]}) { nodes { id subject { name } object { name } modality curation { state } } } }`
	const all = `{ stats { entities claims observations } claims(first: 100, filter: {curation: [UNREVIEWED, CONFIRMED, CORRECTED, REJECTED]}) { nodes { id curation { state } } } observations(first: 100, filter: {curation: [CONFIRMED, CORRECTED, REJECTED]}) { nodes { id amount curation { state } } } entities(first: 100) { nodes { id name aliases } } }`
	before := o.ask(all)
	var found struct {
		Claims struct {
			Nodes []struct {
				ID      string
				Subject struct{ Name string }
			}
		}
	}
	if err := json.Unmarshal([]byte(o.ask(settled)), &found); err != nil || len(found.Claims.Nodes) < 2 {
		t.Fatal(err, found)
	}
	first, second := found.Claims.Nodes[0], found.Claims.Nodes[1]
	var counted struct {
		Observations struct {
			Nodes []struct {
				ID, Measure, Unit string
				Value             float64
			}
		}
	}
	if err := json.Unmarshal([]byte(o.ask(`{ observations(filter: {measureContains: "生产总值", types: [LEVEL]}) { nodes { id measure unit value } } }`)), &counted); err != nil || len(counted.Observations.Nodes) == 0 {
		t.Fatal(err, counted)
	}
	number := counted.Observations.Nodes[0]
	o.ask(fmt.Sprintf(`mutation {
		correctClaim(input: {claim: %q, modality: AIM, reason: "只是计划"}) { change { id } }
		rejectClaim(input: {claim: %q}) { change { id } }
		correctObservation(input: {observation: %q, value: %v}) { change { id } }
		addAlias(input: {entity: %q, alias: "新名"}) { change { id } }
	}`, first.ID, second.ID, number.ID, number.Value+1, strings.Split(strings.Split(o.ask(`{ parks(first: 1) { nodes { id } } }`), `"id":"`)[1], `"`)[0]))
	after := o.ask(all)
	if after == before || !strings.Contains(after, "新名") || !strings.Contains(after, "CORRECTED") || strings.Count(after, "REJECTED") != 3 {
		t.Fatalf("nothing changed: %s", after)
	}
	o.load()
	if got := o.ask(all); got != after {
		t.Errorf("loading again lost the corrections:\n%s\n%s", after, got)
	}
	o.close()
	o.open()
	if got := o.ask(all); got != after {
		t.Errorf("opening again lost the corrections:\n%s\n%s", after, got)
	}
	o.load()
	o.close()

	dir := t.TempDir()
	stdout, stderr, code := lantu(t, "export", "--db", o.db, demoFile)
	if code != 0 || !strings.Contains(stderr, "passages") {
		t.Fatalf("exit %d: %s", code, stderr)
	}
	annotated := stdout
	file := filepath.Join(dir, "gold", "qingyu.json")
	for path, text := range map[string][]byte{file: []byte(annotated), filepath.Join(dir, "reports", demoFile): demoReport} {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	annotation, err := gold.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	claims, corrected := 0, 0
	for _, p := range annotation.Passages {
		for _, c := range p.Claims {
			claims++
			if c.Relation == "SETTLED_IN" && c.Subject == second.Subject.Name {
				t.Errorf("what was rejected is in line %d", p.Line)
			}
		}
		for _, o := range p.Observations {
			switch {
			case o.Measure != number.Measure || o.Unit != number.Unit:
			case o.Value == number.Value+1:
				corrected++
			case o.Value == number.Value:
				t.Errorf("the number that was corrected is in line %d", p.Line)
			}
		}
	}
	if claims == 0 || corrected == 0 || annotation.File != demoFile || len(annotation.Region) == 0 {
		t.Errorf("%+v", annotation)
	}
	// What the rules find too much, by the corrections, shows in the score.
	stdout, stderr, code = lantu(t, "eval", "--errors", file)
	if code != 0 || !strings.Contains(stdout, "extra  claim") || !strings.Contains(stdout, "SETTLED_IN") || !strings.Contains(stdout, "extra  observation") {
		t.Errorf("exit %d: %s%s", code, stdout, stderr)
	}
	whole, stderr, code := lantu(t, "export", "--whole", "--db", o.db, demoFile)
	if code != 0 || len(whole) <= len(annotated) {
		t.Errorf("exit %d, %d bytes: %s", code, len(whole), stderr)
	}
	if err := os.WriteFile(filepath.Join(dir, "whole.json"), []byte(whole), 0o644); err != nil {
		t.Fatal(err)
	}
	checkAnnotations(t, file, filepath.Join(dir, "whole.json"))

	o.open()
	defer o.close()
	for _, id := range []string{"change-4", "change-3", "change-2", "change-1"} {
		o.ask(fmt.Sprintf(`mutation { undo(input: {change: %q}) { change { id } } }`, id))
	}
	if got := o.ask(all); got != before {
		t.Errorf("not undone:\n%s\n%s", before, got)
	}
	o.load()
	if got := o.ask(all); got != before {
		t.Errorf("what was undone came back:\n%s\n%s", before, got)
	}
}

// checkAnnotations asks the readers' own check.
func checkAnnotations(t *testing.T, files ...string) {
	t.Helper()
	t.Run("check", func(t *testing.T) {
		check := shared(t, "gold", "check.py")
		out, err := exec.CommandContext(t.Context(), "python3", append([]string{check}, files...)...).CombinedOutput()
		if errors.Is(err, exec.ErrNotFound) && os.Getenv("CI") == "" {
			t.Skip("no python3 to run the check with")
		}
		if err != nil {
			t.Errorf("%v\n%s", err, out)
		}
	})
}

// TestScales holds that a unit which is corrected is read as the rules read it.
func TestScales(t *testing.T) {
	loader, err := loaders.New()
	if err != nil {
		t.Fatal(err)
	}
	reading, err := loader.Read(t.Context(), demoFile, bytes.NewReader(demoReport))
	if err != nil || len(reading.Observations) == 0 {
		t.Fatal(err)
	}
	for _, o := range reading.Observations {
		if scale, base := schema.Scale(o.Unit); base != o.BaseUnit || math.Abs(o.Value*scale-o.Amount) > 1e-9*math.Abs(o.Amount) {
			t.Errorf("%v%s is %v%s, not %v%s", o.Value, o.Unit, o.Amount, o.BaseUnit, o.Value*scale, base)
		}
	}
}

func TestExportNothing(t *testing.T) {
	db, _ := demoDB(t)
	if _, stderr, code := lantu(t, "export", "--db", db, demoFile); code != 1 || !strings.Contains(stderr, "--whole") {
		t.Errorf("exit %d: %s", code, stderr)
	}
	if _, stderr, code := lantu(t, "export", "--db", db, "none.txt"); code != 1 || !strings.Contains(stderr, "none.txt") {
		t.Errorf("exit %d: %s", code, stderr)
	}
	missing := filepath.Join(t.TempDir(), "typing-error.db")
	for _, command := range [][]string{{"query", "--edit", "{ reports { totalCount } }"}, {"remove", demoFile}} {
		if _, stderr, code := lantu(t, append(command, "--db", missing)...); code != 1 || !strings.Contains(stderr, missing) {
			t.Errorf("%v: exit %d: %s", command, code, stderr)
		}
		if _, err := os.Stat(missing); err == nil {
			t.Fatalf("%v made a database", command)
		}
	}
	mutation := `mutation { undo(input: {change: "change-1"}) { change { id } } }`
	if stdout, _, code := lantu(t, "query", "--db", db, mutation); code != 1 || !strings.Contains(stdout, "READ_ONLY") || !strings.Contains(stdout, "--edit") {
		t.Errorf("exit %d: %s", code, stdout)
	}
	if stdout, _, code := lantu(t, "query", "--edit", "--db", db, mutation); code != 1 || !strings.Contains(stdout, "NOT_FOUND") {
		t.Errorf("exit %d: %s", code, stdout)
	}
}
