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

// maxFanOut is how many claims are read at one end of an entity. Of a hub,
// which has more, those are chosen by where they lead before they are read.
const maxFanOut = 2_000

// fan is what is said of an entity at one of its ends.
type fan struct {
	claims []string
	totals map[schema.Relation]int // entities that claims lead to; of hubs only
	cut    bool                    // whether claims were left out
}

// fans gives what is said of entities at one end, for the object's end by claims
// of some relations unless these are nil. Of hubs only claims that keep
// admits count, and those that lead to the entities most is said of come first,
// of all relations alike.
func (rq *request) fans(ctx context.Context, ids []string, direction model.Direction, relations []schema.Relation, keep test[schema.Link]) ([]fan, error) {
	links := rq.service.store.LinksBySubject
	if direction == model.In {
		links = rq.service.store.LinksByObject
	}
	lists, err := rq.claimsAt(ctx, direction, relations, ids)
	if err != nil {
		return nil, err
	}
	fans := make([]fan, len(ids))
	var hubs []int
	for i, claims := range lists {
		fans[i].claims = claims
		if len(claims) > maxFanOut {
			hubs = append(hubs, i)
		}
	}
	for _, i := range hubs { // one at a time: together they may be many
		found, err := links(ctx, ids[i:i+1])
		if err != nil {
			return nil, err
		}
		fans[i] = choose(all(found[0], []test[schema.Link]{keep}))
	}
	return fans, nil
}

// choose takes up to maxFanOut claims of links.
func choose(links []schema.Link) fan {
	type other struct {
		id     string
		claims []string
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
		of[l.OtherID].claims = append(of[l.OtherID].claims, l.ClaimID)
	}
	f := fan{totals: map[schema.Relation]int{}}
	var queues [][]*other
	for _, info := range schema.Relations {
		if of := others[info.Relation]; len(of) > 0 {
			f.totals[info.Relation] = len(of)
			queues = append(queues, slices.SortedFunc(maps.Values(of), func(a, b *other) int {
				return cmp.Or(cmp.Compare(len(b.claims), len(a.claims)), cmp.Compare(a.id, b.id))
			}))
		}
	}
	for turn := 0; len(queues) > 0; turn++ {
		queues = slices.DeleteFunc(queues, func(queue []*other) bool { return turn >= len(queue) })
		for _, queue := range queues {
			if len(f.claims) >= maxFanOut {
				f.cut = true
				return f
			}
			f.claims = append(f.claims, queue[turn].claims...)
		}
	}
	return f
}

// kindOfID gives the kind of the entity with the id, which begins with it.
func kindOfID(id string) schema.Kind {
	kind, _, _ := strings.Cut(id, "-")
	return schema.Kind(strings.ToUpper(kind))
}
