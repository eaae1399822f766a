package api

import (
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
	lists, err := rq.links(ctx, ids, direction)
	fans := make([]fan, len(lists))
	for i, links := range lists {
		fans[i] = choose(links, keep)
	}
	return fans, err
}

// links gives where the claims lead that say something of entities at one end, as
// schema.SortLinks orders them. They are shared and must not be changed.
func (rq *request) links(ctx context.Context, ids []string, direction model.Direction) ([][]schema.Link, error) {
	if direction == model.Out {
		return loadAll(ctx, rq.linksBySubject, ids)
	}
	return loadAll(ctx, rq.linksByObject, ids)
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

// choose takes some maxFanOut of sorted links that keep admits, which must admit all
// or none of those that lead to the same entity over the same relation.
func choose(links []schema.Link, keep test[schema.Link]) fan {
	totals := map[schema.Relation]int{}
	admitted := 0
	var queues [][]schema.Link // by relation
	for rest := links; len(rest) > 0; {
		n := schema.SameOther(rest)
		if keep(rest[0]) {
			if totals[rest[0].Relation] == 0 {
				queues = append(queues, rest)
			}
			totals[rest[0].Relation]++
			admitted += n
		}
		rest = rest[n:]
	}
	if admitted <= maxFanOut {
		f := fan{links: make([]schema.Link, 0, admitted)}
		for _, l := range links {
			if keep(l) {
				f.links = append(f.links, l)
			}
		}
		return f
	}
	f := fan{totals: totals, cut: true, links: make([]schema.Link, 0, maxFanOut)}
	left := maps.Clone(totals)
	for len(queues) > 0 {
		for i, queue := range queues {
			for !keep(queue[0]) {
				queue = queue[schema.SameOther(queue):]
			}
			n := schema.SameOther(queue)
			left[queue[0].Relation]--
			f.links = append(f.links, queue[:n]...)
			if len(f.links) >= maxFanOut {
				f.cut = len(f.links) < admitted
				return f
			}
			if left[queue[0].Relation] == 0 {
				n = len(queue)
			}
			queues[i] = queue[n:]
		}
		queues = slices.DeleteFunc(queues, func(queue []schema.Link) bool { return len(queue) == 0 })
	}
	return f
}

// kindOfID gives the kind of the entity with the id, which begins with it.
func kindOfID(id string) schema.Kind {
	kind, _, _ := strings.Cut(id, "-")
	return schema.Kind(strings.ToUpper(kind))
}
