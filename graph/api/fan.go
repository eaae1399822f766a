package api

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/lantu-kg/lantu/graph/api/model"
	"github.com/lantu-kg/lantu/schema"
)

// maxFanOut is how many links are followed at one end of an entity. Of a hub,
// which has more, those are chosen by where they lead.
const maxFanOut = 2_000

// fan is what connects an entity, at one of its ends, with others.
type fan struct {
	links  []schema.Link
	totals map[schema.Relation]int // entities that links lead to; of hubs only
	cut    bool                    // whether links were left out
}

// fans gives what connects entities at one end with others, over the links that
// keep admits. Of hubs those that lead to the entities most is said of come
// first, of all relations alike.
func (rq *request) fans(ctx context.Context, ids []string, direction model.Direction, keep test[schema.Link]) ([]fan, error) {
	lists, err := rq.links(ctx, ids, direction, keep)
	if err != nil {
		return nil, err
	}
	fans := make([]fan, len(ids))
	for i, links := range lists {
		if len(links) > maxFanOut {
			fans[i] = choose(links)
		} else {
			fans[i].links = links
		}
	}
	return fans, nil
}

// links gives where the claims lead that say something of entities at one end,
// over the links that keep admits.
func (rq *request) links(ctx context.Context, ids []string, direction model.Direction, keep test[schema.Link]) ([][]schema.Link, error) {
	ends := rq.linksBySubject
	if direction == model.In {
		ends = rq.linksByObject
	}
	lists, err := loadAll(ctx, ends, ids)
	for i, links := range lists {
		lists[i] = all(links, []test[schema.Link]{keep})
	}
	return lists, err
}

// sift keeps in each list the links of claims that pass the tests, which takes
// reading them.
func (rq *request) sift(ctx context.Context, lists [][]schema.Link, tests []test[*schema.Claim]) error {
	if len(tests) == 0 {
		return nil
	}
	var ids []string
	for _, l := range slices.Concat(lists...) {
		ids = append(ids, l.ClaimID)
	}
	claims, err := loadAll(ctx, rq.claims, ids)
	if err != nil {
		return err
	}
	for i, links := range lists {
		var passed []schema.Link
		for j, l := range links {
			if c := claims[j]; c != nil && len(all([]*schema.Claim{c}, tests)) > 0 {
				passed = append(passed, l)
			}
		}
		lists[i], claims = passed, claims[len(links):]
	}
	return nil
}

// choose takes some maxFanOut of links.
func choose(links []schema.Link) fan {
	type other struct {
		id    string
		links []schema.Link
	}
	others := map[schema.Relation]map[string]*other{}
	for _, l := range links {
		of := others[l.Relation]
		if of == nil {
			of = map[string]*other{}
			others[l.Relation] = of
		}
		if of[l.OtherID] == nil {
			of[l.OtherID] = &other{id: l.OtherID}
		}
		of[l.OtherID].links = append(of[l.OtherID].links, l)
	}
	f := fan{totals: map[schema.Relation]int{}}
	var queues [][]*other
	for _, info := range schema.Relations {
		if of := others[info.Relation]; len(of) > 0 {
			f.totals[info.Relation] = len(of)
			queues = append(queues, slices.SortedFunc(maps.Values(of), func(a, b *other) int {
				return cmp.Or(cmp.Compare(len(b.links), len(a.links)), cmp.Compare(a.id, b.id))
			}))
		}
	}
	for turn := 0; len(queues) > 0; turn++ {
		queues = slices.DeleteFunc(queues, func(queue []*other) bool { return turn >= len(queue) })
		for _, queue := range queues {
			if len(f.links) >= maxFanOut {
				f.cut = true
				return f
			}
			f.links = append(f.links, queue[turn].links...)
		}
	}
	return f
}

// kindOfID gives the kind of the entity with the id, which begins with it.
func kindOfID(id string) schema.Kind {
	kind, _, _ := strings.Cut(id, "-")
	return schema.Kind(strings.ToUpper(kind))
}
