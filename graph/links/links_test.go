package links

import (
	"cmp"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/lantu-kg/lantu/graph/pool"
	"github.com/lantu-kg/lantu/schema"
)

// ordered gives the links of an entity as lists do, looking at all ends.
func ordered(all map[Ends]bool, direction Direction, id string) (links []schema.Link) {
	sizes := map[[2]string]int{}
	for e := range all {
		l, from := schema.Link{ClaimID: e.ClaimID, Relation: e.Relation, OtherID: e.ObjectID}, e.SubjectID
		if direction == FromObject {
			l.OtherID, from = e.SubjectID, e.ObjectID
		}
		if from == id {
			links = append(links, l)
			sizes[[2]string{string(l.Relation), l.OtherID}]++
		}
	}
	slices.SortFunc(links, func(a, b schema.Link) int {
		return cmp.Or(cmp.Compare(a.Relation, b.Relation),
			cmp.Compare(sizes[[2]string{string(b.Relation), b.OtherID}], sizes[[2]string{string(a.Relation), a.OtherID}]),
			cmp.Compare(a.OtherID, b.OtherID), cmp.Compare(a.ClaimID, b.ClaimID))
	})
	return links
}

// TestTableFollows changes a table at random, asks for some entities now and then, and
// compares with all that was said.
func TestTableFollows(t *testing.T) {
	g := rand.New(rand.NewPCG(1, 1))
	for range 30 {
		table := NewTable(new(pool.Numbers[string]))
		said := map[Ends]bool{}
		type given struct {
			list  List
			links []schema.Link
		}
		var before []given
		numbers := map[string]uint32{}
		for range 60 {
			var gone, added []Ends
			for _, e := range slices.SortedFunc(maps.Keys(said), func(a, b Ends) int { return cmp.Compare(a.ClaimID, b.ClaimID) }) {
				if g.IntN(8) == 0 {
					gone = append(gone, e)
					delete(said, e)
				}
			}
			for range g.IntN(12) {
				n := g.IntN(60) // a claim always connects the same
				e := Ends{fmt.Sprint("claim-", n), schema.Relations[n%3].Relation, fmt.Sprint("park-", n%2), fmt.Sprint("place-", n%4)}
				if n%5 == 0 {
					e.ObjectID = e.SubjectID
				}
				if !slices.Contains(gone, e) {
					added = append(added, e) // maybe told already, or twice
					said[e] = true
				}
			}
			table.Change(gone, added)
			for _, ends := range table.runs {
				for _, run := range ends {
					if len(run.links) == 0 && run.links != nil {
						t.Fatal("the room of links that are gone is kept")
					}
				}
			}
			for n := range 5 {
				for _, kind := range []string{"park-", "place-"} {
					for _, direction := range []Direction{FromSubject, FromObject} {
						if g.IntN(3) > 0 {
							continue
						}
						id := fmt.Sprint(kind, n)
						got, want := table.At(direction, id), ordered(said, direction, id)
						if links := slices.Collect(got.All()); !slices.Equal(links, want) {
							t.Fatalf("%s at %d:\n got %v\nwant %v", id, direction, links, want)
						}
						for other := range got.Others {
							if n, known := numbers[got.ID(other)]; known && n != other {
								t.Fatalf("%s is %d, and was %d", got.ID(other), other, n)
							}
							numbers[got.ID(other)] = other
						}
						before = append(before, given{got, want})
					}
				}
			}
		}
		table.Change(slices.Collect(maps.Keys(said)), nil)
		if len(table.runs) > 0 {
			t.Fatalf("of %d entities without links something is kept", len(table.runs))
		}
		for _, b := range before {
			if !slices.Equal(slices.Collect(b.list.All()), b.links) {
				t.Fatal("a list changed after it was given")
			}
		}
	}
}

func TestLists(t *testing.T) {
	var all []schema.Link
	for i := range 100 {
		all = append(all, schema.Link{ClaimID: fmt.Sprintf("claim-%02d", i), Relation: schema.Relations[i*i%5].Relation, OtherID: fmt.Sprint("place-", i%7)})
	}
	list := Of(new(pool.Numbers[string]), all)
	links := slices.Collect(list.All())
	if len(links) != len(all) || list.Len() != len(all) {
		t.Fatalf("%d links of %d", len(links), len(all))
	}
	for i, l := range links {
		if list.At(i) != l {
			t.Errorf("%d: %v, want %v", i, list.At(i), l)
		}
	}
	var parts []List
	for relation, same := range list.ByRelation() {
		if len(parts) > 0 && same.At(0).Relation <= parts[len(parts)-1].At(0).Relation {
			t.Errorf("%s comes late or twice", relation)
		}
		size := 0
		for group := range same.ByOther() {
			if want := same.Where(func(l schema.Link) bool { return l.OtherID == group.At(0).OtherID }); group.Len() != want.Len() || group.At(0).Relation != relation {
				t.Errorf("%s to %s: %d links, want %d", relation, group.At(0).OtherID, group.Len(), want.Len())
			}
			if group.ID(group.Other()) != group.At(0).OtherID {
				t.Errorf("the group to %s leads to %s", group.At(0).OtherID, group.ID(group.Other()))
			}
			if size > 0 && group.Len() > size {
				t.Errorf("%d links after %d", group.Len(), size)
			}
			size = group.Len()
		}
		parts = append(parts, same)
	}
	if again := slices.Collect(Concat(parts...).All()); !slices.Equal(again, links) {
		t.Errorf("relation after relation: %v, want %v", again, links)
	}
	var others []string
	for _, l := range links {
		others = append(others, l.OtherID)
	}
	var got []string
	for other := range list.Others {
		got = append(got, list.ID(other))
	}
	if !slices.Equal(got, slices.Compact(others)) {
		t.Errorf("they lead to %v, want %v", got, slices.Compact(others))
	}
	if one := Concat(list.First(1), List{}); one.Len() != 1 || one.At(0) != links[0] {
		t.Errorf("one link and none are %v", slices.Collect(one.All()))
	}
	first, rest := list.Cut(30)
	if !slices.Equal(slices.Collect(first.All()), links[:30]) || !slices.Equal(slices.Collect(rest.All()), links[30:]) {
		t.Error("cut otherwise")
	}
	if list.First(200).Len() != 100 || list.First(3).Len() != 3 {
		t.Error("the first are not as many")
	}
	odd := func(l schema.Link) bool { return l.ClaimID[len(l.ClaimID)-1]%2 == 1 }
	if got, want := slices.Collect(list.Where(odd).All()), slices.DeleteFunc(slices.Clone(links), func(l schema.Link) bool { return !odd(l) }); !slices.Equal(got, want) {
		t.Errorf("those that pass: %v, want %v", got, want)
	}
	for _, empty := range []List{{}, Of(new(pool.Numbers[string]), nil), NewTable(new(pool.Numbers[string])).At(FromObject, "place-1"), Concat(), list.First(0)} {
		if empty.Len() != 0 || len(slices.Collect(empty.All())) != 0 {
			t.Error("an empty list has links")
		}
	}
}

// BenchmarkChange changes a hub's links by a report's.
func BenchmarkChange(b *testing.B) {
	var hub, added []Ends
	for i := range 40_000 {
		hub = append(hub, Ends{fmt.Sprintf("claim-%016x", i*7919), schema.Relations[i%5].Relation, fmt.Sprintf("enterprise-%016x", i/3*104729), "place-1"})
	}
	for i := range 10 {
		added = append(added, Ends{fmt.Sprintf("claim-%x", i), schema.Relations[i%5].Relation, fmt.Sprintf("enterprise-%016x", i*104729), "place-1"})
	}
	b.Run("changed", func(b *testing.B) {
		table := NewTable(new(pool.Numbers[string]))
		table.Change(nil, hub)
		table.At(FromObject, "place-1")
		for b.Loop() {
			table.Change(nil, added)
			table.Change(added, nil)
		}
	})
	b.Run("made anew", func(b *testing.B) {
		for b.Loop() {
			table := NewTable(new(pool.Numbers[string]))
			table.Change(nil, hub)
			table.At(FromObject, "place-1")
		}
	})
}
