package api

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/lantu-kg/lantu/graph/api/model"
	"github.com/lantu-kg/lantu/graph/links"
	"github.com/lantu-kg/lantu/schema"
)

// Bounds on what is drawn around an entity.
const (
	maxAwayFromCenter = 3
	maxAround         = 500
	maxLinked         = 10_000
	maxAroundClaims   = 100_000
)

// bond is what connects two entities.
type bond struct {
	joints []joint
	ladder bool // one is the other's next place up
}

// surroundings is the part of the graph that has been looked at.
type surroundings struct {
	rq        *request
	relations []schema.Relation // nil for all
	kinds     []schema.Kind     // of what hubs lead to; nil for all
	tests     []test[*schema.Claim]
	ladder    bool
	budget    int // claims that may still be followed
	entities  map[string]*schema.Entity
	bonds     map[string]map[string]*bond // by either end, then the other
	claims    map[string]*schema.Claim    // of the bonds, where weigh has read them
	known     map[string]bool             // ids whose bonds are all there
	counts    bool                        // whether totals are wanted
	totals    map[cutKey]int              // entities that the links of hubs lead to
	truncated bool
}

func (rq *request) newSurroundings(ctx context.Context, relations []schema.Relation, ladder bool, from source) (*surroundings, error) {
	tests, err := rq.claimSourceTests(ctx, from)
	return &surroundings{rq: rq, relations: relations, tests: tests, ladder: ladder, entities: map[string]*schema.Entity{},
		bonds: map[string]map[string]*bond{}, known: map[string]bool{}, totals: map[cutKey]int{}}, err
}

// follows reports whether a relation is one of those asked for.
func (s *surroundings) follows(r schema.Relation) bool {
	return s.relations == nil || slices.Contains(s.relations, r)
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
		fans, err := s.rq.fans(ctx, ids, direction, choice{s.follows, s.kinds, s.counts})
		if err != nil {
			return err
		}
		lists := make([]links.List, len(fans))
		for i, f := range fans {
			lists[i] = f.links.First(s.budget)
			s.budget -= lists[i].Len()
			s.truncated = s.truncated || f.cut || lists[i].Len() < f.links.Len()
			for relation, n := range f.totals {
				s.totals[cutKey{ids[i], link{relation, direction}}] = n
			}
		}
		if err := s.add(ctx, ids, direction, lists, found); err != nil {
			return err
		}
	}
	if err := s.meet(ctx, ids, found); err != nil || !s.ladder {
		return err
	}
	return s.climb(ctx, ids)
}

// add makes bonds of the links at an end of entities, and notes where they lead.
func (s *surroundings) add(ctx context.Context, ids []string, direction model.Direction, lists []links.List, found map[string]bool) error {
	if err := s.rq.sift(ctx, lists, s.tests); err != nil {
		return err
	}
	for i, links := range lists {
		for l := range links.All() {
			if l.OtherID == ids[i] {
				continue
			}
			b, j := s.bond(ids[i], l.OtherID), jointOf(l, end{ids[i], direction})
			if !slices.Contains(b.joints, j) {
				b.joints = append(b.joints, j)
			}
			found[l.OtherID] = true
		}
	}
	return nil
}

// join finds what claims say of entities, at the ends given, and those of among.
func (s *surroundings) join(ctx context.Context, ids []string, among map[string]bool, directions ...model.Direction) error {
	for _, direction := range directions {
		lists, err := s.rq.links(ctx, ids, direction)
		if err != nil {
			return err
		}
		for i, links := range lists {
			lists[i] = links.Where(func(l schema.Link) bool { return among[l.OtherID] && s.follows(l.Relation) })
		}
		if err := s.add(ctx, ids, direction, lists, map[string]bool{}); err != nil {
			return err
		}
	}
	if !s.ladder {
		return nil
	}
	return s.climb(ctx, ids)
}

// weigh reads the claims of all bonds.
func (s *surroundings) weigh(ctx context.Context) error {
	var joints [][]joint
	for id, others := range s.bonds {
		for other, b := range others {
			if id < other {
				joints = append(joints, b.joints)
			}
		}
	}
	var err error
	s.claims, err = s.rq.claimsBehind(ctx, joints)
	return err
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
	steps, err := s.rq.rungs(ctx, places)
	if err != nil {
		return err
	}
	found := map[string]bool{}
	for i, id := range places {
		for _, other := range steps[i] {
			s.bond(id, other).ladder = true
			found[other] = true
		}
	}
	return s.meet(ctx, nil, found)
}

// rungs gives the places one step from places on the administrative ladder.
func (rq *request) rungs(ctx context.Context, places []string) ([][]string, error) {
	below, err := loadAll(ctx, rq.children, places)
	if err != nil {
		return nil, err
	}
	entities, err := loadAll(ctx, rq.entities, places)
	if err != nil {
		return nil, err
	}
	steps := make([][]string, len(places))
	for i, e := range entities {
		if steps[i] = below[i]; e != nil && e.ParentID != "" {
			steps[i] = append(slices.Clone(below[i]), e.ParentID)
		}
	}
	return steps, nil
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

func (queryFields) Neighborhood(ctx context.Context, of string, depth int, relations []schema.Relation, kinds []schema.Kind, confidenceAtLeast *float64, asOf *string, perRelation, limit int) (*model.Neighborhood, error) {
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
	s, err := rq.newSurroundings(ctx, relations, true, source{confidenceAtLeast: confidenceAtLeast, asOf: asOf})
	if err != nil {
		return nil, err
	}
	s.kinds, s.counts, s.budget = kinds, true, maxAroundClaims
	a := around{surroundings: s, perRelation: perRelation, limit: limit,
		shown: []*schema.Entity{center}, isShown: map[string]bool{of: true}, cuts: map[cutKey]int{}}
	edge := []string{of}
	for step := 0; step < depth && len(edge) > 0; step++ {
		if err := a.look(ctx, edge, model.Out, model.In); err != nil {
			return nil, err
		}
		if err := a.weigh(ctx); err != nil {
			return nil, err
		}
		edge = a.choose(edge)
	}
	// What connects those at the rim with each other, and hubs with all.
	hubs := make([]string, 0, len(a.totals))
	for key := range a.totals {
		hubs = append(hubs, key.entity)
	}
	if err := a.join(ctx, union(edge, hubs), a.isShown, model.Out); err != nil {
		return nil, err
	}
	if err := a.weigh(ctx); err != nil {
		return nil, err
	}
	return a.draw(center), nil
}

// around chooses what is shown around an entity.
type around struct {
	*surroundings
	perRelation, limit int
	shown              []*schema.Entity
	isShown            map[string]bool
	cuts               map[cutKey]int // how many entities the links lead to
}

// cutKey names the links of an entity over one relation in one direction.
type cutKey struct {
	entity string
	link   link
}

// choose shows what lies around the entities of the edge and returns what is new.
func (a *around) choose(edge []string) []string {
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
					return cmp.Compare(a.weight(a.bonds[id][y.ID]), a.weight(a.bonds[id][x.ID]))
				})
				for i, e := range others {
					if !a.isShown[e.ID] && i < a.perRelation && len(a.shown) < a.limit {
						a.isShown[e.ID] = true
						a.shown = append(a.shown, e)
						added = append(added, e.ID)
					}
				}
				a.cuts[cutKey{id, l}] = max(len(others), a.totals[cutKey{id, l}])
			}
		}
	}
	return added
}

// linksOf gives the relations of a bond with the direction they have from one
// of its ends.
func linksOf(b *bond, from string) []link {
	var links []link
	for _, j := range b.joints {
		l := link{j.relation, model.Out}
		if j.subject != from {
			l.direction = model.In
		}
		if !slices.Contains(links, l) {
			links = append(links, l)
		}
	}
	return links
}

// weight is how much is said of a bond: the sentences.
func (s *surroundings) weight(b *bond) int {
	n := 0
	for _, c := range claimsAmong(b.joints, s.claims) {
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
		shown := map[link]int{}
		for _, other := range a.neighbors(e.ID) {
			if !a.isShown[other.ID] {
				continue
			}
			for _, l := range linksOf(a.bonds[e.ID][other.ID], e.ID) {
				shown[l]++
			}
			if at[other.ID] > i {
				n.Links = append(n.Links, a.linksBetween(e, other)...)
			}
		}
		for _, info := range schema.Relations {
			for _, direction := range []model.Direction{model.Out, model.In} {
				l := link{info.Relation, direction}
				if total := a.cuts[cutKey{e.ID, l}]; shown[l] < total {
					n.CutOff = append(n.CutOff, &model.CutOff{Entity: model.NewEntity(e), Relation: info.Relation, Direction: direction, Shown: shown[l], Total: total})
				}
			}
		}
	}
	n.Truncated = a.truncated || len(n.CutOff) > 0
	return n
}

// linksBetween gives the links between two entities: one for each relation and
// direction, and one for a step of the ladder.
func (s *surroundings) linksBetween(x, y *schema.Entity) []*model.GraphLink {
	b := s.bonds[x.ID][y.ID]
	byEnds := map[link][]*schema.Claim{}
	for _, c := range claimsAmong(b.joints, s.claims) {
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

// mostLinks is how many links between so many entities are given: many more than
// reports tell of, but no square of their number.
func mostLinks(entities int) int { return 100 + 8*entities }

func (queryFields) Links(ctx context.Context, of, with []string) ([]*model.GraphLink, error) {
	for _, ids := range []struct {
		argument string
		n, most  int
	}{{"of", len(of), maxAround}, {"with", len(with), maxLinked}} {
		if ids.n > ids.most {
			return nil, badInput("%s: %d ids are too many: give up to %d", ids.argument, ids.n, ids.most)
		}
	}
	s, err := requestOf(ctx).newSurroundings(ctx, nil, true, source{})
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	for _, id := range slices.Concat(of, with) {
		known[id] = true
	}
	// Climbing must know which are places.
	if err := s.meet(ctx, of, nil); err != nil {
		return nil, err
	}
	if err := s.join(ctx, of, known, model.Out, model.In); err != nil {
		return nil, err
	}
	if err := s.meet(ctx, slices.Sorted(maps.Keys(s.bonds)), nil); err != nil {
		return nil, err
	}
	if err := s.weigh(ctx); err != nil {
		return nil, err
	}
	var links []*model.GraphLink
	most := mostLinks(len(of) + len(with))
	drawn := map[string]bool{}
	for _, id := range of {
		if drawn[id] || s.entities[id] == nil {
			continue
		}
		drawn[id] = true
		for _, other := range s.neighbors(id) {
			if known[other.ID] && !drawn[other.ID] {
				links = append(links, s.linksBetween(s.entities[id], other)...)
			}
			if len(links) > most {
				return nil, failure(CodeQueryTooComplex, "of: more than %d links connect these %d entities: ask about fewer at a time", most, len(known))
			}
		}
	}
	return links, nil
}
