package api

import (
	"context"
	"iter"
	"slices"

	"github.com/lantu-kg/lantu/graph/api/model"
	"github.com/lantu-kg/lantu/graph/links"
	"github.com/lantu-kg/lantu/schema"
)

// Bounds on what is looked at for the ways between two entities.
const (
	maxPathSteps   = 200_000 // entities tried while ways are put together
	maxPathVisited = 20_000
	maxPathClaims  = 100_000 // claims followed
	widenBatch     = 256     // entities looked around at a time
	fewAtEdge      = 16      // entities whose claims are counted beforehand
)

func (queryFields) Paths(ctx context.Context, from, to string, relations []schema.Relation, ladder bool, confidenceAtLeast *float64, asOf *string, maxLength, first int) (*model.PathResult, error) {
	if err := (window{first: &first}).check(); err != nil {
		return nil, err
	}
	if maxLength < 1 || maxLength > maxHops {
		return nil, badInput("maxLength: %d is out of range: give 1 to %d", maxLength, maxHops)
	}
	rq := requestOf(ctx)
	for _, end := range []struct{ argument, id string }{{"from", from}, {"to", to}} {
		if _, err := rq.mustBeEntity(ctx, end.argument, end.id); err != nil {
			return nil, err
		}
	}
	if from == to {
		return nil, badInput("to: it is where the way begins: give another entity")
	}
	tests, err := rq.claimSourceTests(ctx, source{confidenceAtLeast: confidenceAtLeast, asOf: asOf})
	if err != nil {
		return nil, err
	}
	p := newPathFinder(rq, from, to)
	p.relations, p.ladder, p.tests = relations, ladder, tests
	ways, err := p.find(ctx, maxLength, first)
	if err != nil {
		return nil, err
	}
	result := &model.PathResult{Truncated: p.truncated, Visited: p.visited()}
	result.Nodes, err = rq.traces(ctx, ways)
	return result, err
}

// pathFinder finds the shortest ways between two entities. It looks around from
// both, one step at a time on the side with less at its edge, and puts ways of
// each length together as soon as every step of theirs is known.
type pathFinder struct {
	rq        *request
	relations []schema.Relation // nil for all
	tests     []test[*schema.Claim]
	ladder    bool
	sides     [2]*side
	around    map[string]*outlook // of the entities looked around
	common    []string            // reached from both sides
	most      int                 // entities that may be met
	left      int                 // claims that may still be followed
	tried     int                 // entities, while ways were put together
	truncated bool
}

func newPathFinder(rq *request, from, to string) *pathFinder {
	return &pathFinder{rq: rq, sides: [2]*side{reachFrom(from), reachFrom(to)}, around: map[string]*outlook{}, most: maxPathVisited, left: maxPathClaims}
}

// side is what was reached from one end.
type side struct {
	reached map[string]bool
	rings   [][]string // by how many steps it takes; the last is the edge
}

func reachFrom(id string) *side {
	return &side{map[string]bool{id: true}, [][]string{{id}}}
}

func (s *side) edge() []string { return s.rings[len(s.rings)-1] }

// looked is how many rings were looked around.
func (s *side) looked() int { return len(s.rings) - 1 }

// visited is how many entities were met.
func (p *pathFinder) visited() int {
	return len(p.sides[0].reached) + len(p.sides[1].reached) - len(p.common)
}

func (p *pathFinder) find(ctx context.Context, maxLength, most int) ([]*way, error) {
	var found []*way
	for length := 1; length <= maxLength && len(found) < most; length++ {
		if p.full() {
			p.truncated = true
			break
		}
		side, err := p.narrower(ctx)
		if err != nil {
			return nil, err
		}
		if err := p.widen(ctx, p.sides[side], p.sides[1-side]); err != nil {
			return nil, err
		}
		if len(p.common) == 0 {
			continue
		}
		ways, err := p.ways(ctx, length, most-len(found))
		if err != nil {
			return nil, err
		}
		found = append(found, ways...)
	}
	return found, nil
}

// full reports whether no more may be looked at.
func (p *pathFinder) full() bool { return p.visited() >= p.most || p.left <= 0 }

// follows reports whether a relation is one of those asked for.
func (p *pathFinder) follows(r schema.Relation) bool {
	return p.relations == nil || slices.Contains(p.relations, r)
}

// narrower gives the side with less at its edge: fewer claims while it is a few
// entities, so that a hub at one end is met from the other.
func (p *pathFinder) narrower(ctx context.Context) (int, error) {
	edges := [2][]string{p.sides[0].edge(), p.sides[1].edge()}
	sizes := [2]int{len(edges[0]), len(edges[1])}
	if sizes[0] > 0 && sizes[1] > 0 && max(sizes[0], sizes[1]) <= fewAtEdge {
		for side, edge := range edges {
			for _, direction := range []model.Direction{model.Out, model.In} {
				lists, err := p.rq.links(ctx, edge, direction)
				if err != nil {
					return 0, err
				}
				for _, links := range lists {
					for relation, same := range links.ByRelation() {
						if p.follows(relation) {
							sizes[side] += same.Len()
						}
					}
				}
			}
		}
	}
	if sizes[1] < sizes[0] {
		return 1, nil
	}
	return 0, nil
}

// widen looks around the edge of a side, as long as it may.
func (p *pathFinder) widen(ctx context.Context, s, opposite *side) error {
	var next []string
	for batch := range slices.Chunk(s.edge(), widenBatch) {
		if p.full() {
			p.truncated = true
			break
		}
		if err := p.look(ctx, batch); err != nil {
			return err
		}
		for _, id := range batch {
			for other := range p.around[id].others {
				if s.reached[other] {
					continue
				}
				s.reached[other] = true
				next = append(next, other)
				if opposite.reached[other] {
					p.common = append(p.common, other)
				}
			}
		}
	}
	s.rings = append(s.rings, next)
	return nil
}

// look finds what entities are connected with.
func (p *pathFinder) look(ctx context.Context, ids []string) error {
	ids = slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return p.around[id] != nil })
	allowed := min(p.left, p.most-p.visited())
	for _, id := range ids {
		p.around[id] = &outlook{}
	}
	for _, direction := range []model.Direction{model.Out, model.In} {
		fans, err := p.rq.fans(ctx, ids, direction, choice{over: p.follows})
		if err != nil {
			return err
		}
		lists := make([]links.List, len(fans))
		for i, f := range fans {
			lists[i] = f.links.First(allowed)
			allowed -= lists[i].Len()
			p.left -= lists[i].Len()
			p.truncated = p.truncated || f.cut || lists[i].Len() < f.links.Len()
		}
		if err := p.rq.sift(ctx, lists, p.tests); err != nil {
			return err
		}
		for i, id := range ids {
			p.around[id].links = append(p.around[id].links, linksAt{end{id, direction}, lists[i]})
		}
	}
	if !p.ladder {
		return nil
	}
	places := slices.DeleteFunc(ids, func(id string) bool { return kindOfID(id) != schema.KindPlace })
	steps, err := p.rq.rungs(ctx, places)
	for i, id := range places {
		p.around[id].ladder = steps[i]
	}
	return err
}

// others yields the entities that an entity is connected with, and may yield one
// several times.
func (o *outlook) others(yield func(string) bool) {
	for _, at := range o.links {
		for i := range at.links.Len() {
			if id := at.links.OtherID(i); id != at.end.id && !yield(id) {
				return
			}
		}
	}
	for _, id := range o.ladder {
		if !yield(id) {
			return
		}
	}
}

// ways gives ways of a length, no more than most, by the names on them. All that
// stand on such a way as its first were reached from one side, its last from the
// other, and one between them from both.
func (p *pathFinder) ways(ctx context.Context, length, most int) ([]*way, error) {
	start, goal := p.sides[0].rings[0][0], p.sides[1].rings[0][0]
	w := weaver{next: make([]map[string]*fork, length), most: most, tried: p.tried}
	for side, s := range p.sides {
		layer := set(p.common)
		for at := s.looked() - 1; at >= 0; at-- {
			nearer := map[string]bool{}
			for id, other := range p.between(s.rings[:at+1], layer) {
				position, from, to := at, id, other
				if side == 1 {
					position, from, to = length-at-1, other, id
				}
				// No way comes back to where it begins, or passes where it ends.
				if (from == start) != (position == 0) || (to == goal) != (position == length-1) {
					continue
				}
				nearer[id] = true
				w.step(position, from, to)
			}
			layer = nearer
		}
	}
	var err error
	if w.byID, err = p.rq.knownEntities(ctx, w.all); err != nil {
		return nil, err
	}
	if w.byID[start] != nil {
		w.weave([]string{start})
	}
	p.tried = w.tried
	p.truncated = p.truncated || p.tried >= maxPathSteps
	ways := make([]*way, len(w.found))
	for i, ids := range w.found {
		ways[i] = &way{end: w.byID[ids[0]]}
		for j, id := range ids[1:] {
			ways[i] = ways[i].then(w.byID[id], p.joints(ids[j], id), doing)
		}
	}
	return ways, nil
}

// between yields who in the rings is connected with whom in a layer.
func (p *pathFinder) between(rings [][]string, layer map[string]bool) iter.Seq2[string, string] {
	return func(yield func(id, other string) bool) {
		for _, id := range slices.Concat(rings...) {
			if p.around[id] == nil {
				continue // there was too much to look at
			}
			for other := range p.around[id].others {
				if layer[other] && !yield(id, other) {
					return
				}
			}
		}
	}
}

// joints gives the claims that connect two entities, none when it is the ladder.
func (p *pathFinder) joints(a, b string) []joint {
	var joints []joint
	for _, pair := range [][2]string{{a, b}, {b, a}} {
		if p.around[pair[0]] == nil {
			continue
		}
		for _, at := range p.around[pair[0]].links {
			for i := range at.links.Len() {
				if at.links.OtherID(i) == pair[1] {
					joints = append(joints, jointOf(at.links.At(i), at.end))
				}
			}
		}
	}
	return eachOnce(joints)
}

// weaver puts ways together.
type weaver struct {
	next  []map[string]*fork // by how many steps have been taken, and where they led
	byID  map[string]*schema.Entity
	most  int
	tried int // entities, of shorter ways too
	found [][]string
}

// fork is where a way may go on to.
type fork struct {
	ids    []string
	sorted bool
}

// step notes that a way may go on from one entity to another.
func (w *weaver) step(position int, from, to string) {
	if w.next[position] == nil {
		w.next[position] = map[string]*fork{}
	}
	if w.next[position][from] == nil {
		w.next[position][from] = &fork{}
	}
	w.next[position][from].ids = append(w.next[position][from].ids, to)
}

// all gives the entities that may stand on ways, some of them several times.
func (w *weaver) all() (ids []string) {
	for _, step := range w.next {
		for id, fork := range step {
			ids = append(append(ids, id), fork.ids...)
		}
	}
	return ids
}

// weave goes on from the end of a way by the names of where it may lead, so that ways
// are found in their order.
func (w *weaver) weave(passed []string) {
	position := len(passed) - 1
	if position == len(w.next) {
		w.found = append(w.found, slices.Clone(passed))
		return
	}
	f := w.next[position][passed[position]]
	if f == nil {
		return
	}
	if !f.sorted {
		f.ids = slices.DeleteFunc(f.ids, func(id string) bool { return w.byID[id] == nil }) // removed meanwhile
		slices.SortFunc(f.ids, func(a, b string) int { return compareEntities(w.byID[a], w.byID[b]) })
		f.ids, f.sorted = slices.Compact(f.ids), true
	}
	for _, id := range f.ids {
		if len(w.found) == w.most || w.tried >= maxPathSteps {
			return
		}
		if w.tried++; !slices.Contains(passed, id) {
			w.weave(append(passed, id))
		}
	}
}
