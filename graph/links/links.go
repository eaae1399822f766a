// Package links keeps which claims connect which entities, so that following links
// takes no reading. They are kept as numbers: these take a quarter of the memory that
// their ids would, and the garbage collector need not look into them.
package links

import (
	"cmp"
	"iter"
	"slices"

	"github.com/lantu-kg/lantu/graph/pool"
	"github.com/lantu-kg/lantu/schema"
)

// Ends are what a claim connects.
type Ends struct {
	ClaimID             string
	Relation            schema.Relation
	SubjectID, ObjectID string
}

// Direction is the end of an entity's links at which it stands.
type Direction int

// The directions.
const (
	FromSubject Direction = iota
	FromObject
)

// Table has the links of all entities. It is not safe for concurrent use; the lists
// that it gives are.
type Table struct {
	numbers *pool.Numbers[string] // of entities and relations, among others
	runs    map[uint32]*[2]run    // by entity and direction
	names   *names                // replaced, never changed
}

// NewTable gives a table without links, which numbers entities among numbers.
func NewTable(numbers *pool.Numbers[string]) *Table {
	return &Table{numbers: numbers, runs: make(map[uint32]*[2]run), names: new(names)}
}

// run is what is said of an entity at one end, in order once it was asked for; then it
// is shared, and replaced rather than changed.
type run struct {
	links  []link
	sorted bool
}

// link has numbers in place of the words of a [schema.Link].
type link struct{ claim, relation, other uint32 }

// names are what the numbers stand for. A claim has a new number each time it is added;
// those that are no longer used stay as long as the table.
type names struct {
	ids    []string // of entities and relations, among others
	claims []string
}

// Change takes links away and adds others.
func (t *Table) Change(gone, added []Ends) {
	type place struct {
		entity    uint32
		direction Direction
	}
	dead := map[place]map[string]bool{}
	fresh := map[place][]link{}
	next := *t.names
	for _, e := range gone {
		for direction, id := range [2]string{e.SubjectID, e.ObjectID} {
			at := place{t.numbers.Number(id), Direction(direction)}
			if dead[at] == nil {
				dead[at] = map[string]bool{}
				fresh[at] = nil
			}
			dead[at][e.ClaimID] = true
		}
	}
	next.claims = slices.Grow(next.claims, len(added))
	for _, e := range added {
		claim, relation := uint32(len(next.claims)), t.numbers.Number(string(e.Relation))
		next.claims = append(next.claims, e.ClaimID)
		subject, object := t.numbers.Number(e.SubjectID), t.numbers.Number(e.ObjectID)
		from, to := place{subject, FromSubject}, place{object, FromObject}
		fresh[from] = append(fresh[from], link{claim, relation, object})
		fresh[to] = append(fresh[to], link{claim, relation, subject})
	}
	next.ids = t.numbers.Keys()
	t.names = &next
	for at, links := range fresh {
		ends := t.runs[at.entity]
		if ends == nil {
			ends = new([2]run)
			t.runs[at.entity] = ends
		}
		was := &ends[at.direction]
		if was.sorted {
			was.links = next.change(was.links, dead[at], links)
		} else {
			was.links = append(slices.DeleteFunc(was.links, func(l link) bool { return dead[at][next.claims[l.claim]] }), links...)
		}
		if len(was.links) == 0 {
			*was = run{} // not the room of many
		}
		if len(ends[FromSubject].links)+len(ends[FromObject].links) == 0 {
			delete(t.runs, at.entity)
		}
	}
}

// At gives the links of an entity at one of its ends: by relation, then those to the
// same entity together, the one first that most claims lead to.
func (t *Table) At(direction Direction, entityID string) List {
	n, known := t.numbers.Find(entityID)
	if !known || t.runs[n] == nil {
		return List{}
	}
	at := &t.runs[n][direction]
	if !at.sorted {
		*at = run{t.names.sort(at.links), true}
	}
	return List{at.links, t.names}
}

// Of gives a list of links, in order, as a table would that numbers entities among
// numbers.
func Of(numbers *pool.Numbers[string], links []schema.Link) List {
	const entity = "entity"
	t := NewTable(numbers)
	var ends []Ends
	for _, l := range links {
		ends = append(ends, Ends{l.ClaimID, l.Relation, entity, l.OtherID})
	}
	t.Change(nil, ends)
	return t.At(FromSubject, entity)
}

func (n *names) compare(a, b link) int {
	if a.relation != b.relation {
		return cmp.Compare(n.ids[a.relation], n.ids[b.relation])
	}
	if a.other != b.other {
		return cmp.Compare(n.ids[a.other], n.ids[b.other])
	}
	return cmp.Compare(n.claims[a.claim], n.claims[b.claim])
}

// sort gives each link once, in order.
func (n *names) sort(links []link) []link {
	slices.SortFunc(links, n.compare)
	links = slices.CompactFunc(links, func(a, b link) bool { return n.compare(a, b) == 0 })
	groups := make([][]link, 0, len(links))
	for rest := links; len(rest) > 0; {
		same := rest[:sameOther(rest)]
		groups, rest = append(groups, same), rest[len(same):]
	}
	if len(groups) == len(links) {
		return links
	}
	slices.SortFunc(groups, n.compareGroups)
	return slices.Concat(groups...)
}

// change returns links that are in order, which stay as they are, without those of some
// claims and with others. It goes through them once, where sort would sort them anew.
func (n *names) change(sorted []link, gone map[string]bool, added []link) []link {
	isGone := func(l link) bool { return gone[n.claims[l.claim]] }
	to := make(map[uint32]bool, len(added))
	for _, l := range added {
		to[l.other] = true
	}
	changed := slices.Clone(added)
	same := make([][]link, 0, len(sorted)) // the groups that stay
	for rest := sorted; len(rest) > 0; {
		group := rest[:sameOther(rest)]
		rest = rest[len(group):]
		if to[group[0].other] || len(gone) > 0 && slices.ContainsFunc(group, isGone) {
			changed = append(changed, slices.DeleteFunc(slices.Clone(group), isGone)...)
		} else {
			same = append(same, group)
		}
	}
	merged := make([]link, 0, len(sorted)+len(added))
	for rest := n.sort(changed); len(rest) > 0; {
		group := rest[:sameOther(rest)]
		rest = rest[len(group):]
		for len(same) > 0 && n.compareGroups(same[0], group) < 0 {
			merged, same = append(merged, same[0]...), same[1:]
		}
		merged = append(merged, group...)
	}
	for _, group := range same {
		merged = append(merged, group...)
	}
	return merged
}

func (n *names) compareGroups(a, b []link) int {
	return cmp.Or(cmp.Compare(n.ids[a[0].relation], n.ids[b[0].relation]), cmp.Compare(len(b), len(a)), cmp.Compare(n.ids[a[0].other], n.ids[b[0].other]))
}

// sameOther tells how many links, from the first on, lead to the same entity over the
// same relation.
func sameOther(links []link) int {
	n := 1
	for n < len(links) && links[n].other == links[0].other && links[n].relation == links[0].relation {
		n++
	}
	return n
}

// List is some of the links at one end of an entity. The zero value is empty.
type List struct {
	links []link
	names *names
}

// Len tells how many links there are.
func (l List) Len() int { return len(l.links) }

// At gives the link at a place.
func (l List) At(i int) schema.Link {
	of := l.links[i]
	return schema.Link{ClaimID: l.names.claims[of.claim], Relation: l.relation(of), OtherID: l.names.ids[of.other]}
}

func (l List) relation(of link) schema.Relation { return schema.Relation(l.names.ids[of.relation]) }

// All yields the links.
func (l List) All() iter.Seq[schema.Link] {
	return func(yield func(schema.Link) bool) {
		for i := range l.links {
			if !yield(l.At(i)) {
				return
			}
		}
	}
}

// First gives the first n links, or all where there are fewer.
func (l List) First(n int) List {
	return List{l.links[:min(n, len(l.links))], l.names}
}

// Cut gives the first n links and the others.
func (l List) Cut(n int) (first, rest List) {
	return l.First(n), List{l.links[n:], l.names}
}

// Concat puts parts of one list together, one after the other.
func Concat(lists ...List) (all List) {
	if len(lists) == 1 {
		return lists[0]
	}
	n := 0
	for _, l := range lists {
		n += l.Len()
	}
	all.links = make([]link, 0, n)
	for _, l := range lists {
		all.links, all.names = append(all.links, l.links...), cmp.Or(all.names, l.names)
	}
	return all
}

// Where gives the links that pass, which are asked about in their order.
func (l List) Where(passes func(schema.Link) bool) List {
	some := List{names: l.names}
	for i, of := range l.links {
		if passes(l.At(i)) {
			some.links = append(some.links, of)
		}
	}
	return some
}

// Others yields the entities that links lead to, once where those to the same stand
// together, by the number that they have in the table's numbering.
func (l List) Others(yield func(uint32) bool) {
	for i, of := range l.links {
		if i > 0 && of.other == l.links[i-1].other {
			continue
		}
		if !yield(of.other) {
			return
		}
	}
}

// Other gives the number of the entity that the first link leads to.
func (l List) Other() uint32 { return l.links[0].other }

// ID gives the id of one of the others.
func (l List) ID(other uint32) string { return l.names.ids[other] }

// SameOther tells how many links, from the first on, lead to the same entity over the
// same relation.
func (l List) SameOther() int { return sameOther(l.links) }

// ByOther yields what is between two entities over one relation, of links in order.
func (l List) ByOther() iter.Seq[List] {
	return func(yield func(List) bool) {
		for rest := l; rest.Len() > 0; {
			var same List
			if same, rest = rest.Cut(rest.SameOther()); !yield(same) {
				return
			}
		}
	}
}

// ByRelation yields the links of each relation, of links in order, without looking at
// all.
func (l List) ByRelation() iter.Seq2[schema.Relation, List] {
	return func(yield func(schema.Relation, List) bool) {
		for rest := l; rest.Len() > 0; {
			relation := l.relation(rest.links[0])
			n, _ := slices.BinarySearchFunc(rest.links, relation, func(of link, relation schema.Relation) int {
				if l.relation(of) > relation {
					return 1
				}
				return -1
			})
			var same List
			if same, rest = rest.Cut(n); !yield(relation, same) {
				return
			}
		}
	}
}
