package graphtest

import (
	"context"
	"testing"

	"github.com/lantu-kg/lantu/schema"
)

// Benchmark measures the stores that open makes, each new and empty, with the
// reports of a province's worth of districts.
func Benchmark(b *testing.B, open func(tb testing.TB) Store) {
	readings := Generate(1, 31, Usual)
	claims := 0
	for _, r := range readings {
		claims += len(r.Claims)
	}
	b.Run("put", func(b *testing.B) {
		for b.Loop() {
			b.StopTimer()
			s := open(b)
			b.StartTimer()
			put(b, s, readings...)
			b.StopTimer()
			closeStore(b, s)
			b.StartTimer()
		}
		b.ReportMetric(float64(claims*b.N)/b.Elapsed().Seconds(), "claims/s")
		b.ReportMetric(float64(len(readings)*b.N)/b.Elapsed().Seconds(), "reports/s")
	})

	s := open(b)
	defer closeStore(b, s)
	put(b, s, readings...)
	b.Run("put again", func(b *testing.B) {
		for b.Loop() {
			put(b, s, readings[0])
		}
	})
	places, err := s.EntityIDs(b.Context(), schema.KindPlace)
	if err != nil {
		b.Fatal(err)
	}
	firms, err := s.EntityIDs(b.Context(), schema.KindEnterprise)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("entity with claims", func(b *testing.B) {
		b.ReportAllocs()
		n, i := 0, 0
		for b.Loop() {
			n += hop(b, s, firms[i%len(firms):i%len(firms)+1], nil)
			i++
		}
		b.ReportMetric(float64(n)/float64(b.N), "claims/op")
	})
	b.Run("one hop", func(b *testing.B) {
		i := 0
		for b.Loop() {
			if _, err := s.ClaimsByObject(b.Context(), places[i%len(places):i%len(places)+1]); err != nil {
				b.Fatal(err)
			}
			i++
		}
	})
	b.Run("two hops with claims", func(b *testing.B) {
		n, i := 0, 0
		for b.Loop() {
			next := map[string]bool{}
			hop(b, s, places[i%len(places):i%len(places)+1], next)
			n += hop(b, s, keys(next), nil)
			i++
		}
		b.ReportMetric(float64(n)/float64(b.N), "claims/op")
	})
	b.Run("list of claims", func(b *testing.B) {
		for b.Loop() {
			if _, err := s.ClaimIDs(b.Context(), schema.SettledIn); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// hop reads the entities, the claims at both their ends and what these lead
// to, and gives the number of claims.
func hop(tb testing.TB, s Store, ids []string, next map[string]bool) int {
	if _, err := s.Entities(tb.Context(), ids); err != nil {
		tb.Fatal(err)
	}
	var all []string
	for _, ask := range []func(context.Context, []string) ([][]string, error){s.ClaimsBySubject, s.ClaimsByObject} {
		lists, err := ask(tb.Context(), ids)
		if err != nil {
			tb.Fatal(err)
		}
		for _, list := range lists {
			all = append(all, list...)
		}
	}
	claims, err := s.Claims(tb.Context(), all)
	if err != nil {
		tb.Fatal(err)
	}
	if next != nil {
		for _, c := range claims {
			next[c.SubjectID] = true
			if c.ObjectID != "" {
				next[c.ObjectID] = true
			}
		}
	}
	return len(claims)
}

func closeStore(tb testing.TB, s Store) {
	if err := s.Close(); err != nil {
		tb.Fatal(err)
	}
}
