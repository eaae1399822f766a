package api

import (
	"cmp"
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
	p, err := newPathFinder(ctx, rq, from, to)
	if err != nil {
		return nil, err
	}
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
// each length together as soon as every step of theirs is known. Entities go by the
// numbers that they have in links: looking for ids among a million would take most of
// the time.
type pathFinder struct {
	rq        *request
	relations []schema.Relation // nil for all
	tests     []test[*schema.Claim]
	ladder    bool
	sides     [2]*side
	around    map[uint32]*vicinity // of the entities looked around
	common    []uint32             // reached from both sides
	most      int                  // entities that may be met
	left      int                  // claims that may still be followed
	tried     int                  // entities, while ways were put together
	truncated bool
}

// newPathFinder starts at two entities, each in the graph.
func newPathFinder(ctx context.Context, rq *request, from, to string) (*pathFinder, error) {
	p := &pathFinder{rq: rq, around: map[uint32]*vicinity{}, most: maxPathVisited, left: maxPathClaims}
	numbers, err := rq.service.store.LinkNumbers(ctx, []string{from, to})
	if err != nil {
		return nil, err
	}
	for i, id := range []string{from, to} {
		p.sides[i] = &side{map[uint32]string{numbers[i]: id}, [][]uint32{{numbers[i]}}}
	}
	return p, nil
}

// vicinity is what an entity is connected with.
type vicinity struct {
	links  []linksAt
	ladder []rung
}

// rung is a place on the administrative ladder.
type rung struct {
	number uint32
	id     string
}

// others yields the entities, and may yield one several times, maybe itself.
func (v *vicinity) others(yield func(uint32) bool) {
	for _, at := range v.links {
		for other := range at.links.Others {
			if !yield(other) {
				return
			}
		}
	}
	for _, other := range v.ladder {
		if !yield(other.number) {
			return
		}
	}
}

// side is what was reached from one end.
type side struct {
	reached map[uint32]string // ids
	rings   [][]uint32        // by how many steps it takes; the last is the edge
}

func (s *side) edge() []uint32 { return s.rings[len(s.rings)-1] }

// ids gives the ids of some that were reached.
func (s *side) ids(some []uint32) []string {
	ids := make([]string, len(some))
	for i, n := range some {
		ids[i] = s.reached[n]
	}
	return ids
}

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
	edges := [2][]uint32{p.sides[0].edge(), p.sides[1].edge()}
	sizes := [2]int{len(edges[0]), len(edges[1])}
	if sizes[0] > 0 && sizes[1] > 0 && max(sizes[0], sizes[1]) <= fewAtEdge {
		for side, edge := range edges {
			for _, direction := range []model.Direction{model.Out, model.In} {
				lists, err := p.rq.links(ctx, p.sides[side].ids(edge), direction)
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
	var next []uint32
	meet := func(other uint32, id string) {
		s.reached[other] = id
		next = append(next, other)
		if opposite.reached[other] != "" {
			p.common = append(p.common, other)
		}
	}
	for batch := range slices.Chunk(s.edge(), widenBatch) {
		if p.full() {
			p.truncated = true
			break
		}
		if err := p.look(ctx, s, batch); err != nil {
			return err
		}
		for _, n := range batch {
			v := p.around[n]
			for _, at := range v.links {
				for other := range at.links.Others {
					if s.reached[other] == "" {
						meet(other, at.links.ID(other))
					}
				}
			}
			for _, other := range v.ladder {
				if s.reached[other.number] == "" {
					meet(other.number, other.id)
				}
			}
		}
	}
	s.rings = append(s.rings, next)
	return nil
}

// look finds what entities are connected with that a side has reached.
func (p *pathFinder) look(ctx context.Context, s *side, some []uint32) error {
	some = slices.DeleteFunc(slices.Clone(some), func(n uint32) bool { return p.around[n] != nil })
	ids := s.ids(some)
	allowed := min(p.left, p.most-p.visited())
	for _, n := range some {
		p.around[n] = &vicinity{}
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
		for i, n := range some {
			p.around[n].links = append(p.around[n].links, linksAt{end{ids[i], direction}, lists[i]})
		}
	}
	if !p.ladder {
		return nil
	}
	return p.climb(ctx, some, ids)
}

// climb finds the places one step from those of some on the administrative ladder.
func (p *pathFinder) climb(ctx context.Context, some []uint32, ids []string) error {
	var places []string
	var at []uint32
	for i, id := range ids {
		if kindOfID(id) == schema.KindPlace {
			places, at = append(places, id), append(at, some[i])
		}
	}
	if len(places) == 0 {
		return nil
	}
	steps, err := p.rq.rungs(ctx, places)
	if err != nil {
		return err
	}
	others := slices.Concat(steps...)
	numbers, err := p.rq.service.store.LinkNumbers(ctx, others)
	if err != nil {
		return err
	}
	for i, step := range steps {
		v := p.around[at[i]]
		for _, id := range step {
			v.ladder = append(v.ladder, rung{numbers[0], id})
			numbers = numbers[1:]
		}
	}
	return nil
}

// ways gives ways of a length, no more than most, by the names on them. All that
// stand on such a way as its first were reached from one side, its last from the
// other, and one between them from both.
func (p *pathFinder) ways(ctx context.Context, length, most int) ([]*way, error) {
	start, goal := p.sides[0].rings[0][0], p.sides[1].rings[0][0]
	w := weaver{next: make([]map[uint32]*fork, length), most: most, tried: p.tried}
	for side, s := range p.sides {
		layer := set(p.common)
		for at := s.looked() - 1; at >= 0; at-- {
			nearer := map[uint32]bool{}
			for n, other := range p.between(s.rings[:at+1], layer) {
				position, from, to := at, n, other
				if side == 1 {
					position, from, to = length-at-1, other, n
				}
				// No way comes back to where it begins, or passes where it ends.
				if (from == start) != (position == 0) || (to == goal) != (position == length-1) {
					continue
				}
				nearer[n] = true
				w.step(position, from, to)
			}
			layer = nearer
		}
	}
	byID, err := p.rq.knownEntities(ctx, func() (ids []string) {
		for _, n := range w.all() {
			ids = append(ids, p.id(n))
		}
		return ids
	})
	if err != nil {
		return nil, err
	}
	w.entity = func(n uint32) *schema.Entity { return byID[p.id(n)] }
	if w.entity(start) != nil {
		w.weave([]uint32{start})
	}
	p.tried = w.tried
	p.truncated = p.truncated || p.tried >= maxPathSteps
	ways := make([]*way, len(w.found))
	for i, passed := range w.found {
		ways[i] = &way{end: w.entity(passed[0])}
		for j, n := range passed[1:] {
			ways[i] = ways[i].then(w.entity(n), p.joints(passed[j], n), doing)
		}
	}
	return ways, nil
}

// id gives the id of an entity that was reached.
func (p *pathFinder) id(n uint32) string {
	return cmp.Or(p.sides[0].reached[n], p.sides[1].reached[n])
}

// between yields who in the rings is connected with whom in a layer.
func (p *pathFinder) between(rings [][]uint32, layer map[uint32]bool) iter.Seq2[uint32, uint32] {
	return func(yield func(n, other uint32) bool) {
		for _, n := range slices.Concat(rings...) {
			if p.around[n] == nil {
				continue // there was too much to look at
			}
			for other := range p.around[n].others {
				if other != n && layer[other] && !yield(n, other) {
					return
				}
			}
		}
	}
}

// joints gives the claims that connect two entities, none when it is the ladder.
func (p *pathFinder) joints(a, b uint32) []joint {
	var joints []joint
	for _, pair := range [][2]uint32{{a, b}, {b, a}} {
		if p.around[pair[0]] == nil {
			continue
		}
		for _, at := range p.around[pair[0]].links {
			for same := range at.links.ByOther() {
				if same.Other() != pair[1] {
					continue
				}
				for l := range same.All() {
					joints = append(joints, jointOf(l, at.end))
				}
			}
		}
	}
	return eachOnce(joints)
}

// weaver puts ways together.
type weaver struct {
	next   []map[uint32]*fork // by how many steps have been taken, and where they led
	entity func(uint32) *schema.Entity
	most   int
	tried  int // entities, of shorter ways too
	found  [][]uint32
}

// fork is where a way may go on to.
type fork struct {
	to     []uint32
	sorted bool
}

// step notes that a way may go on from one entity to another.
func (w *weaver) step(position int, from, to uint32) {
	if w.next[position] == nil {
		w.next[position] = map[uint32]*fork{}
	}
	f := w.next[position][from]
	if f == nil {
		f = new(fork)
		w.next[position][from] = f
	}
	f.to = append(f.to, to)
}

// all gives the entities that may stand on ways, some of them several times.
func (w *weaver) all() (all []uint32) {
	for _, step := range w.next {
		for from, fork := range step {
			all = append(append(all, from), fork.to...)
		}
	}
	return all
}

// weave goes on from the end of a way by the names of where it may lead, so that ways
// are found in their order.
func (w *weaver) weave(passed []uint32) {
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
		w.sort(f)
	}
	for _, n := range f.to {
		if len(w.found) == w.most || w.tried >= maxPathSteps {
			return
		}
		if w.tried++; !slices.Contains(passed, n) {
			w.weave(append(passed, n))
		}
	}
}

// sort orders where a way may go on to by name, each once.
func (w *weaver) sort(f *fork) {
	type stop struct {
		n      uint32
		entity *schema.Entity
	}
	stops := make([]stop, 0, len(f.to))
	for _, n := range f.to {
		if e := w.entity(n); e != nil { // not removed meanwhile
			stops = append(stops, stop{n, e})
		}
	}
	slices.SortFunc(stops, func(a, b stop) int { return compareEntities(a.entity, b.entity) })
	f.to, f.sorted = f.to[:0], true
	for _, s := range slices.Compact(stops) {
		f.to = append(f.to, s.n)
	}
}
