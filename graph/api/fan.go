package api

import (
	"context"
	"iter"
	"slices"
	"sort"
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
	totals map[schema.Relation]int // entities that links lead to; of hubs only, if they are counted
	cut    bool                    // whether links were left out
}

// choice says which links count at an end.
type choice struct {
	over   test[schema.Relation]
	kinds  []schema.Kind // of what they lead to; nil for all
	counts bool          // how many entities hubs lead to, which takes looking at all their links
}

// fans gives what connects entities at one end with others. Of hubs the links come
// first that lead to the entities most is said of, of all relations alike.
func (rq *request) fans(ctx context.Context, ids []string, direction model.Direction, which choice) ([]fan, error) {
	lists, err := rq.links(ctx, ids, direction)
	fans := make([]fan, len(lists))
	for i, links := range lists {
		fans[i] = which.choose(links)
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

// sift keeps in each list the links of claims whose outlines pass the tests.
func (rq *request) sift(ctx context.Context, lists [][]schema.Link, tests []test[*schema.Claim]) error {
	if len(tests) == 0 {
		return nil
	}
	var ids []string
	for _, l := range slices.Concat(lists...) {
		ids = append(ids, l.ClaimID)
	}
	claims, err := loadAll(ctx, rq.claimOutlines, ids)
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

// byRelation yields the links of each relation of sorted ones, without looking at all.
func byRelation(links []schema.Link) iter.Seq[[]schema.Link] {
	return func(yield func([]schema.Link) bool) {
		for rest := links; len(rest) > 0; {
			relation := rest[0].Relation
			n := sort.Search(len(rest), func(i int) bool { return rest[i].Relation > relation })
			if !yield(rest[:n]) {
				return
			}
			rest = rest[n:]
		}
	}
}

// choose takes some maxFanOut of sorted links.
func (c *choice) choose(links []schema.Link) fan {
	var queues [][]schema.Link // by relation
	admitted := 0
	for same := range byRelation(links) {
		if c.over(same[0].Relation) {
			if some := c.admitted(same); some > 0 {
				queues = append(queues, same)
				admitted += some
			}
		}
	}
	if len(queues) == 1 && c.kinds == nil && admitted <= maxFanOut {
		return fan{links: slices.Clip(queues[0])} // which are shared
	}
	f := fan{links: make([]schema.Link, 0, min(admitted, maxFanOut))}
	if admitted <= maxFanOut {
		for _, l := range slices.Concat(queues...) {
			if c.admits(l) {
				f.links = append(f.links, l)
			}
		}
		return f
	}
	if c.counts {
		f.totals = make(map[schema.Relation]int, len(queues))
		for _, queue := range queues {
			f.totals[queue[0].Relation] = c.others(queue)
		}
	}
	for len(f.links) < maxFanOut {
		for i, queue := range queues {
			for len(queue) > 0 && !c.admits(queue[0]) {
				queue = queue[schema.SameOther(queue):]
			}
			if len(queue) > 0 && len(f.links) < maxFanOut {
				n := schema.SameOther(queue)
				f.links = append(f.links, queue[:n]...)
				queue = queue[n:]
			}
			queues[i] = queue
		}
	}
	f.cut = len(f.links) < admitted
	return f
}

func (c *choice) admits(l schema.Link) bool {
	return c.kinds == nil || slices.Contains(c.kinds, kindOfID(l.OtherID))
}

// admitted counts links of one relation.
func (c *choice) admitted(links []schema.Link) int {
	if c.kinds == nil {
		return len(links)
	}
	n := 0
	for _, l := range links {
		if c.admits(l) {
			n++
		}
	}
	return n
}

// others counts the entities that links of one relation lead to.
func (c *choice) others(links []schema.Link) int {
	n := 0
	for len(links) > 0 {
		if c.admits(links[0]) {
			n++
		}
		links = links[schema.SameOther(links):]
	}
	return n
}

// kindOfID gives the kind of the entity with the id, which begins with it.
func kindOfID(id string) schema.Kind {
	kind, _, _ := strings.Cut(id, "-")
	return schema.Kind(strings.ToUpper(kind))
}
