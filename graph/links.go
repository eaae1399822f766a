package graph

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/cayleygraph/quad"

	"github.com/lantu-kg/lantu/schema"
)

// named gives all entities, kind after kind.
func (c *contents) named() []string {
	var ids []string
	for _, kind := range slices.Sorted(maps.Keys(c.Entities)) {
		ids = append(ids, c.Entities[kind]...)
	}
	return ids
}

// link notes the ends of the claims, which the contents list already.
func (c *contents) link(claims []schema.Claim) {
	at := make(map[string]int)
	for i, id := range c.named() {
		at[id] = i
	}
	for i := range claims {
		claim := &claims[i]
		place, found := slices.BinarySearch(c.Claims[claim.Relation], claim.ID)
		if !found || claim.ObjectID == "" {
			continue // rejected, or it leads to words
		}
		if c.Links == nil {
			c.Links = make(map[schema.Relation][]int)
		}
		if c.Links[claim.Relation] == nil {
			c.Links[claim.Relation] = make([]int, 2*len(c.Claims[claim.Relation]))
		}
		c.Links[claim.Relation][2*place], c.Links[claim.Relation][2*place+1] = at[claim.SubjectID], at[claim.ObjectID]
	}
}

// ends is what a claim connects.
type ends struct {
	claim           string
	relation        schema.Relation
	subject, object string
}

// links gives the ends of those of claims that lead to entities; the contents
// list them all.
func (c *contents) links(claims map[schema.Relation][]string) ([]ends, error) {
	ids := c.named()
	var links []ends
	for relation, wanted := range claims {
		at := c.Links[relation]
		if at == nil {
			continue
		}
		all := c.Claims[relation]
		if len(at) != 2*len(all) {
			return nil, fmt.Errorf("%w: %d ends of %d claims", ErrDamaged, len(at), len(all))
		}
		for _, claim := range wanted {
			place, found := slices.BinarySearch(all, claim)
			if !found || max(at[2*place], at[2*place+1]) >= len(ids) || min(at[2*place], at[2*place+1]) < 0 {
				return nil, fmt.Errorf("%w: no ends of %s", ErrDamaged, claim)
			}
			links = append(links, ends{claim, relation, ids[at[2*place]], ids[at[2*place+1]]})
		}
	}
	return links, nil
}

// edge is a claim at one of its ends, as adjacency keeps it.
type edge struct {
	claim    string
	other    uint32 // the entity at the other end
	relation uint8  // its place among schema.Relations
}

// adjacency keeps which claims connect which entities. Following links by it
// takes no reading.
type adjacency struct {
	numbers  map[string]uint32
	entities []string    // by number
	edges    [2][][]edge // from the subject and from the object, by number, then by claim; replaced, never changed
}

const (
	fromSubject = iota
	fromObject
)

func (a *adjacency) number(id string) uint32 {
	n, known := a.numbers[id]
	if !known {
		if a.numbers == nil {
			a.numbers = make(map[string]uint32)
		}
		n = uint32(len(a.entities))
		a.numbers[id] = n
		a.entities = append(a.entities, id)
		a.edges[fromSubject] = append(a.edges[fromSubject], nil)
		a.edges[fromObject] = append(a.edges[fromObject], nil)
	}
	return n
}

var relationNumbers = func() map[schema.Relation]uint8 {
	numbers := make(map[schema.Relation]uint8)
	for i, info := range schema.Relations {
		numbers[info.Relation] = uint8(i)
	}
	return numbers
}()

// change takes links away and adds others.
func (a *adjacency) change(gone, added []ends) {
	type change struct {
		gone  map[string]bool
		added []edge
	}
	changes := [2]map[uint32]*change{{}, {}}
	at := func(direction int, id string) *change {
		n := a.number(id)
		if changes[direction][n] == nil {
			changes[direction][n] = &change{gone: map[string]bool{}}
		}
		return changes[direction][n]
	}
	for _, l := range gone {
		at(fromSubject, l.subject).gone[l.claim] = true
		at(fromObject, l.object).gone[l.claim] = true
	}
	for _, l := range added {
		s, o, relation := a.number(l.subject), a.number(l.object), relationNumbers[l.relation]
		for direction, e := range [2]edge{{l.claim, o, relation}, {l.claim, s, relation}} {
			c := at(direction, [2]string{l.subject, l.object}[direction])
			c.added = append(c.added, e)
		}
	}
	for direction, changed := range changes {
		for n, c := range changed {
			byClaim := func(x, y edge) int { return cmp.Compare(x.claim, y.claim) }
			slices.SortFunc(c.added, byClaim)
			old := a.edges[direction][n]
			merged := make([]edge, 0, len(old)+len(c.added))
			for _, e := range old {
				if c.gone[e.claim] {
					continue
				}
				for len(c.added) > 0 && c.added[0].claim < e.claim {
					merged = append(merged, c.added[0])
					c.added = c.added[1:]
				}
				merged = append(merged, e)
			}
			merged = append(merged, c.added...)
			a.edges[direction][n] = slices.CompactFunc(merged, func(x, y edge) bool { return x.claim == y.claim })
		}
	}
}

// at gives the edges of each entity at one of their ends.
func (a *adjacency) at(direction int, ids []string) [][]edge {
	lists := make([][]edge, len(ids))
	for i, id := range ids {
		if n, known := a.numbers[id]; known {
			lists[i] = a.edges[direction][n]
		}
	}
	return lists
}

// LinksBySubject gives where the claims lead whose subject each entity is,
// sorted by claim; those that lead to words are left out.
func (s *Store) LinksBySubject(ctx context.Context, entityIDs []string) ([][]schema.Link, error) {
	return s.links(ctx, "LinksBySubject", fromSubject, entityIDs)
}

// LinksByObject gives where the claims lead whose object each entity is.
func (s *Store) LinksByObject(ctx context.Context, entityIDs []string) ([][]schema.Link, error) {
	return s.links(ctx, "LinksByObject", fromObject, entityIDs)
}

func (s *Store) links(ctx context.Context, method string, direction int, ids []string) ([][]schema.Link, error) {
	lists, names, err := s.edges(ctx, method, direction, ids)
	if err != nil {
		return nil, err
	}
	found := make([][]schema.Link, len(ids))
	for i, edges := range lists {
		found[i] = make([]schema.Link, len(edges))
		for j, e := range edges {
			found[i][j] = schema.Link{ClaimID: e.claim, Relation: schema.Relations[e.relation].Relation, OtherID: names[e.other]}
		}
	}
	return found, nil
}

// edges gives the edges of each entity, and the names that they are numbers of.
func (s *Store) edges(ctx context.Context, method string, direction int, ids []string) (lists [][]edge, names []string, err error) {
	err = s.listed(ctx, method, func(c *catalogue) {
		lists, names = c.links.at(direction, ids), c.links.entities
	})
	return lists, names, err
}

// ClaimsByObject gives the ids of the claims whose object each entity is, sorted.
func (s *Store) ClaimsByObject(ctx context.Context, entityIDs []string) ([][]string, error) {
	return s.leading(ctx, "ClaimsByObject", entityIDs, func(edge) bool { return true })
}

// ClaimsTo gives the ids of the claims with the relation whose object each
// entity is, sorted.
func (s *Store) ClaimsTo(ctx context.Context, relation schema.Relation, entityIDs []string) ([][]string, error) {
	wanted, known := relationNumbers[relation]
	return s.leading(ctx, "ClaimsTo", entityIDs, func(e edge) bool { return known && e.relation == wanted })
}

func (s *Store) leading(ctx context.Context, method string, ids []string, wanted func(edge) bool) ([][]string, error) {
	lists, _, err := s.edges(ctx, method, fromObject, ids)
	if err != nil {
		return nil, err
	}
	found := make([][]string, len(ids))
	for i, edges := range lists {
		for _, e := range edges {
			if wanted(e) {
				found[i] = append(found[i], e.claim)
			}
		}
	}
	return found, nil
}

// linksOf gives the ends of the claims that a report's contents list, from the
// claims themselves where it is of the first builds.
func (r *reader) linksOf(has *contents) ([]ends, error) {
	if has.Links != nil {
		return has.links(has.Claims)
	}
	var links []ends
	for relation, claims := range has.Claims {
		if info, _ := relation.Info(); info.Object != schema.ObjectEntity {
			continue
		}
		to := quad.IRI(relationsPrefix + string(relation))
		said, err := r.out(claims, hasSubject, to)
		if err != nil {
			return nil, err
		}
		for i, claim := range claims {
			l := ends{claim: claim, relation: relation}
			for _, st := range said[i] {
				if st.predicate == string(to) {
					l.object = st.object
				} else {
					l.subject = st.object
				}
			}
			if l.subject == "" || l.object == "" {
				return nil, fmt.Errorf("%w: %s has no ends", ErrDamaged, claim)
			}
			links = append(links, l)
		}
	}
	return links, nil
}
