package api_test

import (
	"fmt"
	"testing"

	"github.com/lantu-kg/lantu/graph"
	"github.com/lantu-kg/lantu/graph/api"
	"github.com/lantu-kg/lantu/graph/graphtest"
	"github.com/lantu-kg/lantu/schema"
)

// BenchmarkHubs asks for one page of what names hubs, and for what lies in small and
// large places, of graphs of unlike size, by a server that has just started: where the
// cost is that of the page, it is alike.
func BenchmarkHubs(b *testing.B) {
	for _, reports := range []int{25, 100} {
		dir := b.TempDir()
		store, err := graph.Open(b.Context(), dir)
		if err != nil {
			b.Fatal(err)
		}
		var together []*schema.Reading
		var first *schema.Reading
		for i := range reports {
			r := graphtest.GenerateOne(1, i, graphtest.Usual)
			if i == 0 {
				first = r
			}
			if together = append(together, r); len(together) > i/8 || i == reports-1 {
				if err := store.Put(b.Context(), together...); err != nil {
					b.Fatal(err)
				}
				together = nil
			}
		}
		if err := store.Close(); err != nil {
			b.Fatal(err)
		}
		for _, bench := range []struct{ name, query string }{
			{"passages", fmt.Sprintf(`{ report(id: %q) { passages(first: 20) { nodes { mentions { name entity { id } } } } } }`, first.Report.ID)},
			{"district", fmt.Sprintf(`{ node(id: %q) { ... on Place { counts { entities claims observations reports } } } }`, first.Report.RegionID)},
			{"nation", fmt.Sprintf(`{ node(id: %q) { ... on Place { counts { entities claims observations reports } } } }`, schema.PlaceID("00"))},
			{"within", fmt.Sprintf(`{ parks(filter: {within: %q}, first: 20) { nodes { name } } }`, schema.PlaceID("00"))},
		} {
			b.Run(fmt.Sprintf("%s of %d reports", bench.name, reports), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					b.StopTimer()
					store, err := graph.Open(b.Context(), dir, graph.ReadOnly())
					if err != nil {
						b.Fatal(err)
					}
					service := api.New(store, api.Options{})
					if bench.name == "within" { // the names are read before
						if _, _, err := service.Execute(b.Context(), `{ parks(first: 1) { totalCount } }`, nil); err != nil {
							b.Fatal(err)
						}
					}
					b.StartTimer()
					answer, hasErrors, err := service.Execute(b.Context(), bench.query, nil)
					if err != nil || hasErrors {
						b.Fatalf("%s, %v", answer, err)
					}
					b.StopTimer()
					if err := store.Close(); err != nil {
						b.Fatal(err)
					}
					b.StartTimer()
				}
			})
		}
	}
}
