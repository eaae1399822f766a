//go:build unix

package main

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/lantu-kg/lantu/graph"
	"github.com/lantu-kg/lantu/graph/api"
)

// TestQuestionsHaveAnswers asks Lantu every question about its samples.
func TestQuestionsHaveAnswers(t *testing.T) {
	g, err := prepare(t.Context(), t.TempDir(), 300)
	if err != nil {
		t.Fatal(err)
	}
	again, err := prepare(t.Context(), g.dir, 300)
	if err != nil || again.Shape != g.Shape {
		t.Errorf("prepared again: %q, %v", again.Shape, err)
	}
	if err := again.writeQuads(); err != nil {
		t.Fatal(err)
	}
	quads, err := os.ReadFile(g.quads())
	if err != nil || !strings.Contains(string(quads), "> <lantu:subject> <lantu:") || strings.Contains(string(quads), "<lantu:passage>") {
		t.Errorf("quads: %.200s, %v", quads, err)
	}
	store, err := graph.Open(t.Context(), g.database())
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	}()
	lantu := &system{name: "Lantu"}
	service := api.New(store, api.Options{})
	for _, q := range questions {
		found := 0
		for _, s := range g.Samples[q.name][:20] {
			answer, hasErrors, err := service.Execute(t.Context(), q.graphql, map[string]any{"a": s.A, "b": s.B})
			if err != nil || hasErrors {
				t.Fatalf("%s: %s, %v", q.name, answer, err)
			}
			rows, err := q.found(lantu, answer)
			if err != nil {
				t.Fatalf("%s: %v", q.name, err)
			}
			found += len(rows)
		}
		if found == 0 {
			t.Errorf("%s: no rows", q.name)
		}
	}
}

func TestRowsOfEachSystem(t *testing.T) {
	q := &questions[0]
	for name, answer := range map[string]string{
		"Lantu":    `{"data":{"entity":{"claims":{"nodes":[{"id":"claim-b"},{"id":"claim-a"}]}}}}`,
		"Cayley":   `{"data":{"nodes":{"rows":[{"id":"lantu:claim-b"},{"id":["lantu:claim-a","lantu:claim-a"]},{"id":"lantu:claim-b"}]}}}`,
		"Oxigraph": `{"results":{"bindings":[{"row":{"value":"lantu:claim-b"}},{"row":{"value":"lantu:claim-a"}}]}}`,
	} {
		rows, err := q.found(&system{name: name}, []byte(answer))
		if err != nil || strings.Join(rows, " ") != "claim-a claim-b" {
			t.Errorf("%s: %v, %v", name, rows, err)
		}
	}
	if _, err := q.found(&system{name: "Lantu"}, []byte(`{"errors":[{"message":"no"}]}`)); err == nil {
		t.Error("an error passes for an answer")
	}
}

func TestMeasureRefusesAnotherAnswer(t *testing.T) {
	answer := "right"
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(answer)) }))
	defer server.Close()
	askings := []*asking{{host: server.Listener.Addr().String(), path: "/", answer: []byte("right"), ordered: true}}
	m, err := measure(t.Context(), askings, 3, settings{requests: 30, atMost: time.Hour})
	if err != nil || m.p50 <= 0 || m.p99 < m.p50 || m.rate <= 0 {
		t.Errorf("%+v, %v", m, err)
	}
	if m, err = measure(t.Context(), askings, 3, settings{requests: 30, atMost: time.Hour, pause: time.Microsecond}); err != nil || m.p50 <= 0 {
		t.Errorf("with pauses: %+v, %v", m, err)
	}
	answer = "wrong"
	if _, err := measure(t.Context(), askings, 3, settings{requests: 30, atMost: time.Hour}); err == nil || !strings.Contains(err.Error(), "wrong") {
		t.Errorf("another answer: %v", err)
	}
}

func TestBesideTheBetter(t *testing.T) {
	p50 := func(m *measurement) time.Duration { return m.p50 }
	all := []*measurement{{p50: 3}, {p50: 12}, {p50: 6}}
	if got := beside(all, p50); got != "0.50" {
		t.Errorf("beside: %s", got)
	}
	if got := beside(all[:1], p50); got != "" {
		t.Errorf("beside nothing: %s", got)
	}
}

// TestServerThatDies starts what ends at once: it is not waited for any longer.
func TestServerThatDies(t *testing.T) {
	lantu := filepath.Join(t.TempDir(), "lantu")
	if err := os.WriteFile(lantu, []byte("#!/bin/sh\necho no such database >&2\nexit 1\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	systems, err := start(t.Context(), settings{lantu: lantu, port: 1}, &prepared{dir: t.TempDir()})
	if !errors.Is(err, errEnded) || !strings.Contains(err.Error(), "no such database") {
		t.Error(err)
	}
	for _, s := range systems {
		if err := s.stop(); err != nil {
			t.Error(err)
		}
	}
}
