package api_test

import (
	"testing"

	"github.com/lantu-kg/lantu/graph"
	"github.com/lantu-kg/lantu/graph/api"
	"github.com/lantu-kg/lantu/graph/graphtest"
	"github.com/lantu-kg/lantu/schema"
)

// benchReports is how many reports the graph has that the benchmarks ask.
const benchReports = 40

// BenchmarkQueries asks what graph/benchmark asks over HTTP, and what looks at all
// there is, of a small graph on disk.
func BenchmarkQueries(b *testing.B) {
	store, err := graph.Open(b.Context(), b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	defer func() {
		if err := store.Close(); err != nil {
			b.Error(err)
		}
	}()
	said, at := map[string]int{}, map[string]int{}
	var busy, hub, other string
	for _, r := range graphtest.Generate(1, benchReports, graphtest.Nation) {
		if err := store.Put(b.Context(), r); err != nil {
			b.Fatal(err)
		}
		for _, c := range r.Claims {
			if said[c.SubjectID]++; said[c.SubjectID] > said[busy] {
				busy, other = c.SubjectID, busy
			}
			if c.Relation == schema.Targets {
				if at[c.ObjectID]++; at[c.ObjectID] > at[hub] {
					hub = c.ObjectID
				}
			}
		}
	}
	service := api.New(store, api.Options{})
	for _, bench := range []struct {
		name, query string
		a, b        string
	}{
		{"entity", `query($a: ID!) { entity(id: $a) { name claims(direction: OUT, first: 20) { nodes { relation object { name } evidence { quote report { title } passage { ordinal } } } } } }`, busy, ""},
		{"page", `query($a: ID!) { claims(filter: {object: $a, relations: [TARGETS]}, first: 20) { nodes { id subject { name } evidence { quote } } } }`, hub, ""},
		{"search", `query($a: String!) { search(query: $a, kinds: [PROGRAM, PROJECT], first: 20) { nodes { node { id } matched } } }`, "青禾", ""},
		{"trace", `query($a: ID!) { trace(from: $a, maxHops: 5, first: 20) { nodes { to { id name } hops { to { name } claim { evidence { quote report { title } } } } } } }`, busy, ""},
		{"path", `query($a: ID!, $b: ID!) { paths(from: $a, to: $b, ladder: false, first: 1) { nodes { hops { to { name } claim { evidence { quote } } } } } }`, busy, other},
		{"count", `{ claims(filter: {confidenceAtLeast: 0.9}) { totalCount } }`, "", ""},
		{"order", `{ claims(orderBy: {field: DATE, direction: DESC}, first: 20) { nodes { id } } }`, "", ""},
		{"entities", `{ entities(filter: {confidenceAtLeast: 0.9}) { totalCount } }`, "", ""},
		{"commitments", `{ commitments(first: 20) { totalCount nodes { state } } }`, "", ""},
	} {
		b.Run(bench.name, func(b *testing.B) {
			b.ReportAllocs()
			before := store.Stats().Total()
			for b.Loop() {
				answer, hasErrors, err := service.Execute(b.Context(), bench.query, map[string]any{"a": bench.a, "b": bench.b})
				if err != nil || hasErrors {
					b.Fatalf("%s, %v", answer, err)
				}
			}
			b.ReportMetric(float64(store.Stats().Total()-before)/float64(b.N), "trips/op")
		})
	}
}
