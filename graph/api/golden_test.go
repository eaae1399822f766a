package api

import (
	"bytes"
	"encoding/json"
	"flag"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/lantu-kg/lantu/graph"
	"github.com/lantu-kg/lantu/schema"
)

var update = flag.Bool("update", false, "write the golden files anew")

// silent is a logger for services whose failures are expected.
var silent = slog.New(slog.DiscardHandler)

type answer struct {
	Data   map[string]any
	Errors []struct {
		Message    string
		Path       []any
		Extensions map[string]any
	}
}

// ask executes the query and returns what it answers.
func ask(t *testing.T, s *Service, query string, variables map[string]any) answer {
	t.Helper()
	response, hasErrors, err := s.Execute(t.Context(), query, variables)
	if err != nil {
		t.Fatal(err)
	}
	var a answer
	if err := json.Unmarshal(response, &a); err != nil {
		t.Fatalf("%v in %s", err, response)
	}
	if hasErrors != (len(a.Errors) > 0) {
		t.Errorf("says that it has errors: %v, but has %d", hasErrors, len(a.Errors))
	}
	return a
}

// data executes the query, which must succeed, and returns what stands at path
// in the data.
func data(t *testing.T, s *Service, query string, path ...string) any {
	t.Helper()
	a := ask(t, s, query, nil)
	for _, e := range a.Errors {
		t.Fatalf("%s: %s %v", query, e.Message, e.Path)
	}
	var at any = a.Data
	for _, step := range path {
		object, ok := at.(map[string]any)
		if !ok {
			t.Fatalf("%s: nothing at %v in %v", query, path, a.Data)
		}
		at = object[step]
	}
	return at
}

func newTestService(t *testing.T) *Service {
	return New(newFakeStore(report2024(t), report2025(t)), Options{})
}

// TestGolden executes each query of testdata and compares the answer. What is
// golden there has been checked against the reports by reading.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.graphql")
	if err != nil || len(files) == 0 {
		t.Fatalf("no queries in testdata: %v", err)
	}
	for name, store := range map[string]Store{"fake": newFakeStore(report2024(t), report2025(t)), "graph": newGraph(t)} {
		t.Run(name, func(t *testing.T) { compareGolden(t, New(store, Options{}), files) })
	}
}

// newGraph returns the real store, with the same reports.
func newGraph(t *testing.T) *graph.Store {
	store, err := graph.OpenMemory(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	for _, reading := range []*schema.Reading{report2024(t), report2025(t)} {
		if err := store.Put(t.Context(), reading); err != nil {
			t.Fatal(err)
		}
	}
	return store
}

func compareGolden(t *testing.T, s *Service, files []string) {
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".graphql"), func(t *testing.T) {
			query, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			response, hasErrors, err := s.Execute(t.Context(), string(query), nil)
			if err != nil || hasErrors {
				t.Fatalf("%v %s", err, response)
			}
			var got bytes.Buffer
			if err := json.Indent(&got, response, "", "  "); err != nil {
				t.Fatal(err)
			}
			got.WriteByte('\n')
			golden := strings.TrimSuffix(file, ".graphql") + ".json"
			if *update {
				if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got.Bytes(), want) {
				t.Errorf("differs from %s:\n%s", golden, got.Bytes())
			}
		})
	}
}
