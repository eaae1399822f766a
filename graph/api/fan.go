package api

import (
	"context"
	"slices"
	"strings"

	"github.com/lantu-kg/lantu/graph/api/model"
	"github.com/lantu-kg/lantu/graph/links"
	"github.com/lantu-kg/lantu/schema"
)

// maxFanOut is how many links are followed at one end of an entity. Of a hub,
// which has more, those are chosen by where they lead.
const maxFanOut = 2_000

// fan is what connects an entity, at one of its ends, with others.
type fan struct {
	links  links.List
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

// links gives where the claims lead that say something of entities at one end, in order.
func (rq *request) links(ctx context.Context, ids []string, direction model.Direction) ([]links.List, error) {
	if direction == model.Out {
		return loadAll(ctx, rq.linksBySubject, ids)
	}
	return loadAll(ctx, rq.linksByObject, ids)
}

// sift keeps in each list the links of claims whose outlines pass the tests.
func (rq *request) sift(ctx context.Context, lists []links.List, tests []test[*schema.Claim]) error {
	if len(tests) == 0 {
		return nil
	}
	var ids []string
	for _, list := range lists {
		for l := range list.All() {
			ids = append(ids, l.ClaimID)
		}
	}
	claims, err := loadAll(ctx, rq.claimOutlines, ids)
	if err != nil {
		return err
	}
	for i, list := range lists {
		lists[i] = list.Where(func(schema.Link) bool {
			c := claims[0]
			claims = claims[1:]
			return c != nil && len(all([]*schema.Claim{c}, tests)) > 0
		})
	}
	return nil
}

// choose takes some maxFanOut of the links of an entity.
func (c *choice) choose(all links.List) fan {
	type queue struct {
		relation schema.Relation
		links    links.List
	}
	var queues []queue
	admitted := 0
	for relation, same := range all.ByRelation() {
		if c.over(relation) {
			if some := c.admitted(same); some > 0 {
				queues = append(queues, queue{relation, same})
				admitted += some
			}
		}
	}
	if admitted <= maxFanOut {
		var parts []links.List
		for _, q := range queues {
			if c.kinds != nil {
				q.links = q.links.Where(c.admits)
			}
			parts = append(parts, q.links)
		}
		return fan{links: links.Concat(parts...)}
	}
	var f fan
	if c.counts {
		f.totals = make(map[schema.Relation]int, len(queues))
		for _, q := range queues {
			f.totals[q.relation] = c.others(q.links)
		}
	}
	var chosen []links.List
	taken := 0
	for taken < maxFanOut {
		for i := range queues {
			q := &queues[i].links
			for q.Len() > 0 && !c.admitsFirst(*q) {
				_, *q = q.Cut(q.SameOther())
			}
			if q.Len() > 0 && taken < maxFanOut {
				var same links.List
				same, *q = q.Cut(q.SameOther())
				chosen = append(chosen, same)
				taken += same.Len()
			}
		}
	}
	f.links, f.cut = links.Concat(chosen...), taken < admitted
	return f
}

func (c *choice) admits(l schema.Link) bool {
	return slices.Contains(c.kinds, kindOfID(l.OtherID))
}

// admitsFirst reports whether the links count that a list begins with and that lead to
// one entity. Of hubs, whether there are kinds is asked before who that is.
func (c *choice) admitsFirst(list links.List) bool { return c.kinds == nil || c.admits(list.At(0)) }

// admitted counts links of one relation.
func (c *choice) admitted(same links.List) int {
	if c.kinds == nil {
		return same.Len()
	}
	n := 0
	for l := range same.All() {
		if c.admits(l) {
			n++
		}
	}
	return n
}

// others counts the entities that links of one relation lead to.
func (c *choice) others(same links.List) int {
	n := 0
	for group := range same.ByOther() {
		if c.admitsFirst(group) {
			n++
		}
	}
	return n
}

// kindOfID gives the kind of the entity with the id, which begins with it.
func kindOfID(id string) schema.Kind {
	kind, _, _ := strings.Cut(id, "-")
	return schema.Kind(strings.ToUpper(kind))
}
