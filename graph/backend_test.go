package graph_test

import (
	"testing"

	"github.com/lantu-kg/lantu/graph"
	"github.com/lantu-kg/lantu/graph/graphtest"
)

func opener(b graph.Backend) func(testing.TB) graphtest.Store {
	return func(tb testing.TB) graphtest.Store {
		s, err := b.Open(tb.Context(), tb.TempDir())
		if err != nil {
			tb.Fatal(err)
		}
		return s
	}
}

func TestBackends(t *testing.T) {
	for _, b := range graph.Backends {
		t.Run(b.Name, func(t *testing.T) { graphtest.Run(t, opener(b)) })
	}
}

func BenchmarkBackends(b *testing.B) {
	for _, backend := range graph.Backends {
		b.Run(backend.Name, func(b *testing.B) { graphtest.Benchmark(b, opener(backend)) })
	}
}
