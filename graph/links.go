package graph

import (
	"context"
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

// ends is what a claim connects.
type ends struct {
	claim           string
	relation        schema.Relation
	subject, object string
}

// leading gives the ends of those of claims that lead to entities and are listed.
func leading(claims []outlined, listed map[schema.Relation][]string) (links []ends) {
	for i := range claims {
		c := &claims[i]
		if c.object == "" {
			continue
		}
		if _, is := slices.BinarySearch(listed[c.Relation], c.id); is {
			links = append(links, ends{c.id, c.Relation, c.subject, c.object})
		}
	}
	return links
}

// adjacency keeps which claims connect which entities, so that following links
// takes no reading.
type adjacency map[string]*[2]linkList

const (
	fromSubject = iota
	fromObject
)

// linkList is what is said of an entity at one end, as schema.SortLinks orders it
// once it was asked for; then it is shared, and replaced rather than changed.
type linkList struct {
	links  []schema.Link
	sorted bool
}

// change takes links away and adds others.
func (a adjacency) change(gone, added []ends) {
	type key struct {
		id        string
		direction int
	}
	dead := map[key]map[string]bool{}
	fresh := map[key][]schema.Link{}
	for _, l := range gone {
		for direction, id := range [2]string{l.subject, l.object} {
			k := key{id, direction}
			if dead[k] == nil {
				dead[k] = map[string]bool{}
				fresh[k] = nil
			}
			dead[k][l.claim] = true
		}
	}
	for _, l := range added {
		from, to := key{l.subject, fromSubject}, key{l.object, fromObject}
		fresh[from] = append(fresh[from], schema.Link{ClaimID: l.claim, Relation: l.relation, OtherID: l.object})
		fresh[to] = append(fresh[to], schema.Link{ClaimID: l.claim, Relation: l.relation, OtherID: l.subject})
	}
	for k, links := range fresh {
		if a[k.id] == nil {
			a[k.id] = new([2]linkList)
		}
		list := &a[k.id][k.direction]
		if list.sorted {
			*list = linkList{schema.ChangeLinks(list.links, dead[k], links), true}
		} else {
			changed := make([]schema.Link, 0, len(list.links)+len(links))
			for _, l := range list.links {
				if !dead[k][l.ClaimID] {
					changed = append(changed, l)
				}
			}
			*list = linkList{links: append(changed, links...)}
		}
		if len(a[k.id][fromSubject].links)+len(a[k.id][fromObject].links) == 0 {
			delete(a, k.id)
		} else if len(list.links) == 0 {
			*list = linkList{}
		}
	}
}

// at gives the links of an entity at one of its ends.
func (a adjacency) at(direction int, id string) []schema.Link {
	if a[id] == nil {
		return nil
	}
	list := &a[id][direction]
	if !list.sorted {
		*list = linkList{schema.SortLinks(list.links), true}
	}
	return list.links
}

// LinksBySubject gives where the claims lead whose subject each entity is, as
// [schema.SortLinks] orders them; those that lead to words are left out.
func (s *Store) LinksBySubject(ctx context.Context, entityIDs []string) ([][]schema.Link, error) {
	return s.links(ctx, "LinksBySubject", fromSubject, entityIDs)
}

// LinksByObject gives where the claims lead whose object each entity is.
func (s *Store) LinksByObject(ctx context.Context, entityIDs []string) ([][]schema.Link, error) {
	return s.links(ctx, "LinksByObject", fromObject, entityIDs)
}

func (s *Store) links(ctx context.Context, method string, direction int, ids []string) ([][]schema.Link, error) {
	lists := make([][]schema.Link, len(ids))
	err := s.listed(ctx, method, func(c *catalogue) {
		for i, id := range ids {
			lists[i] = c.links.at(direction, id)
		}
	})
	return lists, err
}

// ClaimsByObject gives the ids of the claims whose object each entity is, sorted.
func (s *Store) ClaimsByObject(ctx context.Context, entityIDs []string) ([][]string, error) {
	return s.leading(ctx, "ClaimsByObject", anyRelation, entityIDs, func(schema.Relation) bool { return true })
}

// ClaimsTo gives the ids of the claims with the relation whose object each
// entity is, sorted.
func (s *Store) ClaimsTo(ctx context.Context, relation schema.Relation, entityIDs []string) ([][]string, error) {
	return s.leading(ctx, "ClaimsTo", quad.IRI(relationsPrefix+string(relation)), entityIDs, func(r schema.Relation) bool { return r == relation })
}

// leading gives the claims that lead to each id, which the cache knows as of.
func (s *Store) leading(ctx context.Context, method string, of quad.IRI, ids []string, wanted func(schema.Relation) bool) ([][]string, error) {
	return lists(read(ctx, s, method, of, ids, func(r *reader, ids []string) ([]*[]string, error) {
		found := make([]*[]string, len(ids))
		err := r.listed(&s.catalogue, func(c *catalogue) {
			for i, id := range ids {
				var claims []string
				for _, l := range c.links.at(fromObject, id) {
					if wanted(l.Relation) {
						claims = append(claims, l.ClaimID)
					}
				}
				slices.Sort(claims)
				found[i] = &claims
			}
		})
		return found, err
	}))
}
