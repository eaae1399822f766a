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

// Bounds on what is drawn around an entity, and on the ways between two.
const (
	maxAwayFromCenter = 3
	maxAround         = 500
	maxPathSteps      = 200_000 // entities tried while ways are put together
	maxPathVisited    = 20_000
)

// bond is what connects two entities.
type bond struct {
	claims []*schema.Claim
	ladder bool // one is the other's next place up
}

// surroundings is the part of the graph that has been looked at.
type surroundings struct {
	rq        *request
	relations []schema.Relation // nil for all
	ladder    bool
	entities  map[string]*schema.Entity
	bonds     map[string]map[string]*bond // by either end, then the other
	known     map[string]bool             // ids whose bonds are all there
	truncated bool
}

func newSurroundings(rq *request, relations []schema.Relation, ladder bool) *surroundings {
	return &surroundings{rq: rq, relations: relations, ladder: ladder,
		entities: map[string]*schema.Entity{}, bonds: map[string]map[string]*bond{}, known: map[string]bool{}}
}

// bond gives what connects two entities, and makes it where there is none.
func (s *surroundings) bond(a, b string) *bond {
	for _, end := range []string{a, b} {
		if s.bonds[end] == nil {
			s.bonds[end] = map[string]*bond{}
		}
	}
	if s.bonds[a][b] == nil {
		s.bonds[a][b] = &bond{}
		s.bonds[b][a] = s.bonds[a][b]
	}
	return s.bonds[a][b]
}

// look finds the bonds of entities, at the ends given, and what they lead to.
func (s *surroundings) look(ctx context.Context, ids []string, directions ...model.Direction) error {
	found := map[string]bool{}
	for _, direction := range directions {
		list := s.rq.claimsBySubject
		if direction == model.In {
			list = s.rq.claimsByObject
		}
		lists, err := loadAll(ctx, list, ids)
		if err != nil {
			return err
		}
		for i, claims := range lists {
			if len(claims) > maxFanOut {
				lists[i] = claims[:maxFanOut]
				s.truncated = true
			}
		}
		claims, err := loadAll(ctx, s.rq.claims, slices.Concat(lists...))
		if err != nil {
			return err
		}
		for _, c := range existing(claims) {
			if c.ObjectID == "" || c.ObjectID == c.SubjectID || s.relations != nil && !slices.Contains(s.relations, c.Relation) {
				continue
			}
			b := s.bond(c.SubjectID, c.ObjectID)
			if !slices.ContainsFunc(b.claims, func(other *schema.Claim) bool { return other.ID == c.ID }) {
				b.claims = append(b.claims, c)
			}
			found[c.SubjectID], found[c.ObjectID] = true, true
		}
	}
	if err := s.meet(ctx, ids, found); err != nil || !s.ladder {
		return err
	}
	return s.climb(ctx, ids)
}

// meet loads entities that are not known yet.
func (s *surroundings) meet(ctx context.Context, ids []string, more map[string]bool) error {
	wanted := slices.DeleteFunc(union(ids, slices.Sorted(maps.Keys(more))), func(id string) bool { return s.entities[id] != nil })
	entities, err := loadAll(ctx, s.rq.entities, wanted)
	if err != nil {
		return err
	}
	for _, e := range existing(entities) {
		s.entities[e.ID] = e
	}
	return nil
}

// climb finds the places one step from entities on the administrative ladder.
func (s *surroundings) climb(ctx context.Context, ids []string) error {
	places := slices.DeleteFunc(slices.Clone(ids), func(id string) bool {
		return s.entities[id] == nil || s.entities[id].Kind != schema.KindPlace
	})
	below, err := loadAll(ctx, s.rq.children, places)
	if err != nil {
		return err
	}
	found := map[string]bool{}
	for i, id := range places {
		steps := below[i]
		if parent := s.entities[id].ParentID; parent != "" {
			steps = append(slices.Clone(steps), parent)
		}
		for _, other := range steps {
			s.bond(id, other).ladder = true
			found[other] = true
		}
	}
	return s.meet(ctx, nil, found)
}

// neighbors gives the entities that bonds lead to from one, by name.
func (s *surroundings) neighbors(id string) []*schema.Entity {
	var others []*schema.Entity
	for other := range s.bonds[id] {
		if e := s.entities[other]; e != nil {
			others = append(others, e)
		}
	}
	return sortEntities(others)
}

func (queryFields) Neighborhood(ctx context.Context, of string, depth int, relations []schema.Relation, kinds []schema.Kind, perRelation, limit int) (*model.Neighborhood, error) {
	for _, bound := range []struct {
		argument string
		n, most  int
	}{{"depth", depth, maxAwayFromCenter}, {"perRelation", perRelation, maxPage}, {"limit", limit, maxAround}} {
		if bound.n < 1 || bound.n > bound.most {
			return nil, badInput("%s: %d is out of range: give 1 to %d", bound.argument, bound.n, bound.most)
		}
	}
	rq := requestOf(ctx)
	center, err := rq.mustBeEntity(ctx, "of", of)
	if err != nil {
		return nil, err
	}
	a := around{surroundings: newSurroundings(rq, relations, true), kinds: kinds, perRelation: perRelation, limit: limit,
		shown: []*schema.Entity{center}, isShown: map[string]bool{of: true}, totals: map[cutKey]*tally{}}
	edge := []string{of}
	for step := 0; step < depth && len(edge) > 0; step++ {
		if err := a.look(ctx, edge, model.Out, model.In); err != nil {
			return nil, err
		}
		edge = a.add(edge)
	}
	// What connects those at the rim with each other.
	if err := a.look(ctx, edge, model.Out); err != nil {
		return nil, err
	}
	return a.draw(center), nil
}

// around chooses what is shown around an entity.
type around struct {
	*surroundings
	kinds              []schema.Kind
	perRelation, limit int
	shown              []*schema.Entity
	isShown            map[string]bool
	totals             map[cutKey]*tally
}

// cutKey names the links of an entity over one relation in one direction.
type cutKey struct {
	entity string
	link   link
}

// tally counts the entities that links lead to.
type tally struct{ others []string }

// add shows what lies around the entities of the edge and returns what is new.
func (a *around) add(edge []string) []string {
	var added []string
	for _, id := range edge {
		byLink := map[link][]*schema.Entity{}
		for _, e := range a.neighbors(id) {
			if a.kinds != nil && !slices.Contains(a.kinds, e.Kind) && !a.isShown[e.ID] {
				continue
			}
			for _, l := range linksOf(a.bonds[id][e.ID], id) {
				byLink[l] = append(byLink[l], e)
			}
		}
		for _, info := range schema.Relations {
			for _, direction := range []model.Direction{model.Out, model.In} {
				l := link{info.Relation, direction}
				others := byLink[l]
				if len(others) == 0 {
					continue
				}
				slices.SortStableFunc(others, func(x, y *schema.Entity) int {
					return cmp.Compare(weight(a.bonds[id][y.ID]), weight(a.bonds[id][x.ID]))
				})
				t := &tally{}
				for i, e := range others {
					t.others = append(t.others, e.ID)
					if !a.isShown[e.ID] && i < a.perRelation && len(a.shown) < a.limit {
						a.isShown[e.ID] = true
						a.shown = append(a.shown, e)
						added = append(added, e.ID)
					}
				}
				a.totals[cutKey{id, l}] = t
			}
		}
	}
	return added
}

// linksOf gives the relations of a bond with the direction they have from one
// of its ends.
func linksOf(b *bond, from string) []link {
	var links []link
	for _, c := range b.claims {
		l := link{c.Relation, model.Out}
		if c.SubjectID != from {
			l.direction = model.In
		}
		if !slices.Contains(links, l) {
			links = append(links, l)
		}
	}
	return links
}

// weight is how much is said of a bond: the sentences.
func weight(b *bond) int {
	n := 0
	for _, c := range b.claims {
		n += len(c.Evidence)
	}
	return n
}

// draw makes what is answered: entities, the links between them, and what was
// left out.
func (a *around) draw(center *schema.Entity) *model.Neighborhood {
	n := &model.Neighborhood{Center: model.NewEntity(center)}
	at := make(map[string]int, len(a.shown))
	for i, e := range a.shown {
		at[e.ID] = i
		n.Entities = append(n.Entities, model.NewEntity(e))
	}
	for i, e := range a.shown {
		for _, other := range a.neighbors(e.ID) {
			if at[other.ID] > i {
				n.Links = append(n.Links, a.linksBetween(e, other)...)
			}
		}
		for _, info := range schema.Relations {
			for _, direction := range []model.Direction{model.Out, model.In} {
				t := a.totals[cutKey{e.ID, link{info.Relation, direction}}]
				if t == nil {
					continue
				}
				shown := 0
				for _, id := range t.others {
					if a.isShown[id] {
						shown++
					}
				}
				if shown < len(t.others) {
					n.CutOff = append(n.CutOff, &model.CutOff{Entity: model.NewEntity(e), Relation: info.Relation, Direction: direction, Shown: shown, Total: len(t.others)})
				}
			}
		}
	}
	n.Truncated = a.truncated || len(n.CutOff) > 0
	return n
}

// linksBetween gives the links between two entities: one for each relation and
// direction, and one for a step of the ladder.
func (a *around) linksBetween(x, y *schema.Entity) []*model.GraphLink {
	b := a.bonds[x.ID][y.ID]
	byEnds := map[link][]*schema.Claim{}
	for _, c := range b.claims {
		l := link{c.Relation, model.Out}
		if c.SubjectID != x.ID {
			l.direction = model.In
		}
		byEnds[l] = append(byEnds[l], c)
	}
	var links []*model.GraphLink
	between := func(up bool) *model.GraphLink {
		if up {
			return &model.GraphLink{From: model.NewEntity(x), To: model.NewEntity(y)}
		}
		return &model.GraphLink{From: model.NewEntity(y), To: model.NewEntity(x)}
	}
	for _, info := range schema.Relations {
		for _, direction := range []model.Direction{model.Out, model.In} {
			claims := byEnds[link{info.Relation, direction}]
			if len(claims) == 0 {
				continue
			}
			slices.SortFunc(claims, bestFirst)
			shown := between(direction == model.Out)
			shown.Relation = &info.Relation
			for _, c := range claims {
				shown.Claims = append(shown.Claims, model.NewClaim(c))
			}
			links = append(links, shown)
		}
	}
	if b.ladder {
		rule := ladderRule
		shown := between(x.ParentID == y.ID)
		shown.Rule = &rule
		links = append(links, shown)
	}
	return links
}

func (queryFields) Paths(ctx context.Context, from, to string, relations []schema.Relation, ladder bool, maxLength, first int) (*model.PathResult, error) {
	if err := (window{first: &first}).check(); err != nil {
		return nil, err
	}
	if maxLength < 1 || maxLength > maxHops {
		return nil, badInput("maxLength: %d is out of range: give 1 to %d", maxLength, maxHops)
	}
	rq := requestOf(ctx)
	start, err := rq.mustBeEntity(ctx, "from", from)
	if err != nil {
		return nil, err
	}
	end, err := rq.mustBeEntity(ctx, "to", to)
	if err != nil {
		return nil, err
	}
	if from == to {
		return nil, badInput("to: it is where the way begins: give another entity")
	}
	p := pathFinder{surroundings: newSurroundings(rq, relations, ladder)}
	p.entities[from], p.entities[to] = start, end
	ways, err := p.find(ctx, from, to, maxLength, first)
	if err != nil {
		return nil, err
	}
	result := &model.PathResult{Truncated: p.truncated, Visited: len(p.entities)}
	for _, w := range ways {
		result.Nodes = append(result.Nodes, w.show())
	}
	return result, nil
}

// pathFinder finds the shortest ways between two entities. It looks around from
// both, one step at a time on the side with less at its edge, and puts ways of
// each length together as soon as every step of theirs is known.
type pathFinder struct {
	*surroundings
	steps int // tried so far
}

func (p *pathFinder) find(ctx context.Context, from, to string, maxLength, most int) ([]*way, error) {
	edges := [2][]string{{from}, {to}}
	looked := 0
	var found []*way
	for length := 1; length <= maxLength && len(found) < most; length++ {
		if looked < length {
			side := 0
			if len(edges[1]) < len(edges[0]) {
				side = 1
			}
			if len(edges[side]) == 0 {
				side = 1 - side
			}
			if len(p.entities) > maxPathVisited {
				p.truncated = true
				break
			}
			next, err := p.widen(ctx, edges[side])
			if err != nil {
				return nil, err
			}
			edges[side] = next
			looked++
		}
		distance := p.distances(to, length)
		first := &way{entities: []*schema.Entity{p.entities[from]}}
		var ways []*way
		p.extend(first, length, distance, &ways)
		slices.SortFunc(ways, func(a, b *way) int { return strings.Compare(wayNames(a), wayNames(b)) })
		found = append(found, ways...)
	}
	return found[:min(most, len(found))], nil
}

// widen looks around the entities of an edge and returns the new ones.
func (p *pathFinder) widen(ctx context.Context, edge []string) ([]string, error) {
	edge = slices.DeleteFunc(slices.Clone(edge), func(id string) bool { return p.known[id] })
	if err := p.look(ctx, edge, model.Out, model.In); err != nil {
		return nil, err
	}
	next := map[string]bool{}
	for _, id := range edge {
		p.known[id] = true
		for other := range p.bonds[id] {
			next[other] = true
		}
	}
	return slices.DeleteFunc(slices.Sorted(maps.Keys(next)), func(id string) bool { return p.known[id] || p.entities[id] == nil }), nil
}

// distances gives how many steps entities are from one, up to a length.
func (p *pathFinder) distances(to string, length int) map[string]int {
	distance := map[string]int{to: 0}
	edge := []string{to}
	for step := 1; step <= length; step++ {
		var next []string
		for _, id := range edge {
			for other := range p.bonds[id] {
				if _, seen := distance[other]; !seen {
					distance[other] = step
					next = append(next, other)
				}
			}
		}
		edge = next
	}
	return distance
}

// extend adds to ways those that go on from one over exactly left steps.
func (p *pathFinder) extend(w *way, left int, distance map[string]int, ways *[]*way) {
	if p.steps++; p.steps > maxPathSteps || len(*ways) > maxWays {
		p.truncated = true
		return
	}
	end := w.end()
	if left == 0 {
		*ways = append(*ways, w)
		return
	}
	for _, other := range slices.Sorted(maps.Keys(p.bonds[end.ID])) { // the same ways each time, when cut off too
		b := p.bonds[end.ID][other]
		steps, reaches := distance[other]
		e := p.entities[other]
		if !reaches || steps > left-1 || left > 1 && steps == 0 || e == nil || w.passes(other) {
			continue
		}
		claims := slices.Clone(b.claims)
		slices.SortFunc(claims, bestFirst)
		p.extend(&way{entities: append(slices.Clone(w.entities), e), claims: append(slices.Clone(w.claims), claims)}, left-1, distance, ways)
	}
}

func wayNames(w *way) string {
	var names []string
	for _, e := range w.entities {
		names = append(names, e.Name, e.ID)
	}
	return strings.Join(names, "\x00")
}
