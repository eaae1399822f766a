package graph

import (
	"context"
	"maps"
	"slices"

	"github.com/cayleygraph/quad"

	"github.com/lantu-kg/lantu/graph/links"
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

// leading gives the ends of those of claims that lead to entities and are listed.
func leading(claims []outlined, listed map[schema.Relation][]string) (ends []links.Ends) {
	for i := range claims {
		c := &claims[i]
		if c.object == "" {
			continue
		}
		if _, is := slices.BinarySearch(listed[c.Relation], c.id); is {
			ends = append(ends, links.Ends{ClaimID: c.id, Relation: c.Relation, SubjectID: c.subject, ObjectID: c.object})
		}
	}
	return ends
}

// leading gives the ends of all claims that lead to entities.
func (s *settled) leading() (ends []links.Ends) {
	for i, id := range s.ids {
		row := s.of(i)[0] // all reports say the same
		if kind := &s.kinds[row.kind]; kind.leads {
			ends = append(ends, links.Ends{ClaimID: id, Relation: kind.Relation, SubjectID: s.names[row.subject], ObjectID: s.names[row.what]})
		}
	}
	return ends
}

// LinksBySubject gives where the claims lead whose subject each entity is, in
// the order of [links.Table.At]; those that lead to words are left out.
func (s *Store) LinksBySubject(ctx context.Context, entityIDs []string) ([]links.List, error) {
	return s.links(ctx, "LinksBySubject", links.FromSubject, entityIDs)
}

// LinksByObject gives where the claims lead whose object each entity is.
func (s *Store) LinksByObject(ctx context.Context, entityIDs []string) ([]links.List, error) {
	return s.links(ctx, "LinksByObject", links.FromObject, entityIDs)
}

// LinkNumbers gives the number that each entity has in [links.List.Others], a new one
// where it has none: it must be in the graph.
func (s *Store) LinkNumbers(ctx context.Context, entityIDs []string) ([]uint32, error) {
	numbers := make([]uint32, len(entityIDs))
	err := s.listed(ctx, "LinkNumbers", func(c *catalogue) {
		for i, id := range entityIDs {
			numbers[i] = c.names.Number(id)
		}
	})
	return numbers, err
}

func (s *Store) links(ctx context.Context, method string, direction links.Direction, ids []string) ([]links.List, error) {
	lists := make([]links.List, len(ids))
	err := s.listed(ctx, method, func(c *catalogue) {
		for i, id := range ids {
			lists[i] = c.links.At(direction, id)
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
				for l := range c.links.At(links.FromObject, id).All() {
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
