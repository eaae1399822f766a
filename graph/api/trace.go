package api

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/lantu-kg/lantu/graph/api/generated"
	"github.com/lantu-kg/lantu/graph/api/model"
	"github.com/lantu-kg/lantu/graph/links"
	"github.com/lantu-kg/lantu/schema"
)

// A walk looks at no more than this, and is cut off beyond.
const (
	maxVisited = 5_000 // entities
	maxWays    = 5_000 // ways of one length
)

// ladderRule names the rule that derives a step between a place and the next
// one up.
const ladderRule = "administrative-ladder"

// stage is the part of a way that a step belongs to. A way that reaches
// something goes along what is done first, then along where that is, and never
// back: what a district does elsewhere is not reached by a programme that is
// carried out in the district.
type stage int

const (
	doing    stage = iota // who does what, and what is part of that
	standing              // where it is
)

// step says how a way goes over a relation.
type step struct {
	link  link
	stage stage
	// asked is set for steps that are taken only when asked for by relation.
	asked bool
	// unless is the kind of whole over which a step of schema.PartOf does not
	// reach: a project is not everywhere its programme is, and the parts of a
	// place are not what it does.
	unless schema.Kind
}

// steps are all there are, for ways that reach something. Ways that are
// walked from what is reached take them backwards.
var steps = []step{
	{link: out(schema.ResponsibleFor), stage: doing},
	{link: out(schema.Supports), stage: doing},
	{link: in(schema.Targets), stage: doing},
	{link: in(schema.PartOf), stage: doing, unless: schema.KindPlace},
	{link: out(schema.CooperatesWith), stage: doing, asked: true},
	{link: in(schema.CooperatesWith), stage: doing, asked: true},
	{link: out(schema.Covers), stage: standing},
	{link: out(schema.SettledIn), stage: standing},
	{link: out(schema.LocatedIn), stage: standing},
	{link: out(schema.PartOf), stage: standing, unless: schema.KindProgram},
}

// backwards returns the step as it is walked from what is reached.
func (s step) backwards() step {
	if s.link.direction == model.Out {
		s.link.direction = model.In
	} else {
		s.link.direction = model.Out
	}
	return s
}

// joint is a claim that connects two entities.
type joint struct {
	claim    string
	relation schema.Relation
	subject  string
}

// jointOf gives the claim of a link that was followed from one of its ends.
func jointOf(l schema.Link, from end) joint {
	if from.direction == model.In {
		return joint{l.ClaimID, l.Relation, l.OtherID}
	}
	return joint{l.ClaimID, l.Relation, from.id}
}

// way is a walk so far. Longer ones share it.
type way struct {
	before *way // without the last step; nil where it begins
	end    *schema.Entity
	joints []joint // of the last step; none on the ladder
	length int
	stage  stage // of the last step
}

// then gives the way that goes on from w to an entity.
func (w *way) then(e *schema.Entity, joints []joint, stage stage) *way {
	return &way{before: w, end: e, joints: joints, length: w.length + 1, stage: stage}
}

// whole gives the entities that it passes, and what joins each and the next.
func (w *way) whole() (entities []*schema.Entity, joints [][]joint) {
	entities, joints = make([]*schema.Entity, w.length+1), make([][]joint, w.length)
	for ; w.before != nil; w = w.before {
		entities[w.length], joints[w.length-1] = w.end, w.joints
	}
	entities[0] = w.end
	return entities, joints
}

func (w *way) passes(id string) bool {
	for ; w != nil; w = w.before {
		if w.end.ID == id {
			return true
		}
	}
	return false
}

// wayPosition is where a way stands: by length, then by the name of the end, then by
// the ids of what it passes.
func wayPosition(w *way) position {
	entities, _ := w.whole()
	return position{string(rune('0'+w.length)) + " " + w.end.Name, strings.Join(idsOf(entities), " ")}
}

// compareWays orders ways of one length as their positions do.
func compareWays(a, b *way) int {
	if c := cmp.Compare(a.end.Name, b.end.Name); c != 0 {
		return c
	}
	return compareIDs(a, b)
}

// compareIDs orders ways of one length by the ids of what they pass.
func compareIDs(a, b *way) int {
	if a == b { // or both are nil
		return 0
	}
	return cmp.Or(compareIDs(a.before, b.before), cmp.Compare(a.end.ID, b.end.ID))
}

// tracer walks from one entity, all ways of a length at a time.
type tracer struct {
	rq        *request
	backwards bool
	steps     []step
	tests     []test[*schema.Claim] // of claims that count
	offLadder bool                  // goes over claims only
	visited   map[string]*outlook
	truncated bool
}

func newTracer(rq *request, backwards bool, relations []schema.Relation) *tracer {
	t := &tracer{rq: rq, backwards: backwards, visited: map[string]*outlook{}}
	for _, s := range steps {
		if relations == nil && s.asked || relations != nil && !slices.Contains(relations, s.link.relation) {
			continue
		}
		if backwards {
			s = s.backwards()
		}
		t.steps = append(t.steps, s)
	}
	return t
}

// walk gives every simple way from start of up to maxHops steps, all of a length at
// a time, shorter ones first, as long as more are wanted.
func (t *tracer) walk(ctx context.Context, start *schema.Entity, maxHops int, wanted func([]*way) (more bool, err error)) error {
	first := &way{end: start}
	if t.backwards {
		first.stage = standing
	}
	for edge := []*way{first}; len(edge) > 0 && maxHops > 0; maxHops-- {
		next, err := t.extend(ctx, edge)
		if err != nil {
			return err
		}
		if more, err := wanted(next); err != nil || !more {
			return err
		}
		edge = next
	}
	return nil
}

// firstBatch is around how many ends is looked at first. Then it is twice as many each
// time, since a few may lead to all the ways that are kept.
const firstBatch = 16

// extend gives the ways that are one step longer.
func (t *tracer) extend(ctx context.Context, edge []*way) ([]*way, error) {
	var longer []*way
	for size, full := firstBatch, false; len(edge) > 0 && !full; size *= 2 {
		batch := edge[:min(size, len(edge))]
		edge = edge[len(batch):]
		if err := t.visit(ctx, batch); err != nil {
			return nil, err
		}
		longer, full = t.goOn(longer, batch)
		t.truncated = t.truncated || full
	}
	slices.SortFunc(longer, compareWays)
	return longer, nil
}

// goOn adds to longer the ways that are one step longer than those of edge, and reports
// whether there are more of them than are kept.
func (t *tracer) goOn(longer, edge []*way) (all []*way, full bool) {
	for _, w := range edge {
		for _, h := range t.hops(w.end) {
			joints, stage, may := t.after(w, &h)
			if !may || w.passes(h.to.ID) {
				continue
			}
			if len(longer) == maxWays {
				return longer, true
			}
			longer = append(longer, w.then(h.to, joints, stage))
		}
	}
	return longer, false
}

// after tells whether a hop may come next on a way, by which joints, and in which
// stage: of both, the one after which more may follow.
func (t *tracer) after(w *way, h *hop) (joints []joint, in stage, may bool) {
	for _, s := range []stage{doing, standing} {
		if !h.over[s] || !t.follows(s, w.stage) {
			continue
		}
		if !may || t.follows(in, s) {
			in = s
		}
		joints, may = merged(joints, h.joints[s]), true
	}
	return joints, in, may
}

// follows reports whether a step of the stage may come after one of last.
func (t *tracer) follows(next, last stage) bool {
	if t.backwards {
		return next <= last
	}
	return next >= last
}

// hop is a step from one entity to another.
type hop struct {
	to     *schema.Entity
	over   [standing + 1]bool    // by stage, whether it is a step in that
	joints [standing + 1][]joint // by stage; none on the ladder
}

// merged gives what is in either of sorted joints, which stay as they are.
func merged(a, b []joint) []joint {
	switch {
	case len(a) == 0:
		return b
	case len(b) == 0:
		return a
	}
	return eachOnce(slices.Concat(a, b))
}

// eachOnce sorts joints and gives each once.
func eachOnce(joints []joint) []joint {
	slices.SortFunc(joints, func(a, b joint) int { return cmp.Compare(a.claim, b.claim) })
	return slices.Compact(joints)
}

// outlook is what an entity is connected with.
type outlook struct {
	links  []linksAt
	ladder []string
	byID   map[string]*schema.Entity // those above, and maybe others
	hops   []hop                     // made of these when first asked for
	made   bool
}

// visit looks around the ends of ways, as long as it may.
func (t *tracer) visit(ctx context.Context, edge []*way) error {
	ends := map[string]*schema.Entity{}
	for _, w := range edge {
		end := w.end
		if t.visited[end.ID] != nil || ends[end.ID] != nil {
			continue
		}
		if len(t.visited)+len(ends) >= maxVisited {
			t.truncated = true
			continue
		}
		ends[end.ID] = end
	}
	ids := slices.Sorted(maps.Keys(ends))
	links, err := t.links(ctx, ids)
	if err != nil {
		return err
	}
	ladder, err := t.ladder(ctx, ends, ids)
	if err != nil {
		return err
	}
	byID, err := t.rq.knownEntities(ctx, func() (others []string) {
		for i := range ids {
			others = append(others, ladder[i]...)
			for _, at := range links[i] {
				for other := range at.links.Others {
					others = append(others, at.links.ID(other))
				}
			}
		}
		return others
	})
	for i, id := range ids {
		t.visited[id] = &outlook{links: links[i], ladder: ladder[i], byID: byID}
	}
	return err
}

// hops gives the hops from an entity in the order of its links, the ladder last; none
// from one that was not visited. What several claims say of the same two is one hop.
func (t *tracer) hops(from *schema.Entity) []hop {
	o := t.visited[from.ID]
	if o == nil {
		return nil
	}
	if !o.made {
		o.hops, o.made = t.hopsOver(from, o), true
	}
	return o.hops
}

// linksAt is where the claims lead that say something of an entity at one end.
type linksAt struct {
	end   end
	links links.List
}

// links gives the links at the ends of each entity that the steps go over.
func (t *tracer) links(ctx context.Context, ids []string) ([][]linksAt, error) {
	found := make([][]linksAt, len(ids))
	for _, direction := range []model.Direction{model.Out, model.In} {
		if !slices.ContainsFunc(t.steps, func(s step) bool { return s.link.direction == direction }) {
			continue
		}
		fans, err := t.rq.fans(ctx, ids, direction, choice{over: func(r schema.Relation) bool {
			return slices.ContainsFunc(t.steps, func(s step) bool { return s.link == link{r, direction} })
		}})
		if err != nil {
			return nil, err
		}
		lists := make([]links.List, len(fans))
		for i, f := range fans {
			t.truncated = t.truncated || f.cut
			lists[i] = f.links
		}
		if err := t.rq.sift(ctx, lists, t.tests); err != nil {
			return nil, err
		}
		for i, links := range lists {
			found[i] = append(found[i], linksAt{end{ids[i], direction}, links})
		}
	}
	return found, nil
}

// ladder gives the places one step from each entity on the administrative
// ladder.
func (t *tracer) ladder(ctx context.Context, from map[string]*schema.Entity, ids []string) ([][]string, error) {
	if t.backwards && !t.offLadder {
		return loadAll(ctx, t.rq.children, ids)
	}
	up := make([][]string, len(ids))
	for i, id := range ids {
		if !t.offLadder {
			up[i] = []string{from[id].ParentID}
		}
	}
	return up, nil
}

func (t *tracer) hopsOver(from *schema.Entity, o *outlook) []hop {
	size := len(o.ladder)
	for _, at := range o.links {
		size += at.links.Len()
	}
	var (
		hops   = make([]hop, 0, size)
		place  = make(map[*schema.Entity]int, size)
		joints = make([]joint, 0, size) // of all
	)
	add := func(to *schema.Entity, in stage, said []joint) {
		i, known := place[to]
		if !known {
			i = len(hops)
			place[to] = i
			hops = append(hops, hop{to: to})
		}
		hops[i].over[in], hops[i].joints[in] = true, merged(hops[i].joints[in], said)
	}
	for _, at := range o.links {
		for same := range at.links.ByOther() {
			first := same.At(0)
			over, to := link{first.Relation, at.end.direction}, o.byID[first.OtherID]
			if to == nil {
				continue
			}
			start := len(joints)
			for l := range same.All() {
				joints = append(joints, jointOf(l, at.end))
			}
			for _, s := range t.steps {
				if s.link == over && (s.unless == "" || whole(from, to, over).Kind != s.unless) {
					add(to, s.stage, joints[start:len(joints):len(joints)])
				}
			}
		}
	}
	for _, id := range o.ladder {
		if to := o.byID[id]; to != nil {
			add(to, standing, nil)
		}
	}
	return hops
}

// whole returns the one of the two that has the other as its part.
func whole(from, to *schema.Entity, l link) *schema.Entity {
	if l.direction == model.Out {
		return to
	}
	return from
}

// claimsBehind gives the claims of joints, by id.
func (rq *request) claimsBehind(ctx context.Context, lists [][]joint) (map[string]*schema.Claim, error) {
	var ids []string
	for _, j := range slices.Concat(lists...) {
		ids = append(ids, j.claim)
	}
	claims, err := loadAll(ctx, rq.claims, union(ids))
	byID := make(map[string]*schema.Claim, len(claims))
	for _, c := range existing(claims) {
		byID[c.ID] = c
	}
	return byID, err
}

// claimsAlong gives the claims that join ways, by id.
func (rq *request) claimsAlong(ctx context.Context, ways []*way) (map[string]*schema.Claim, error) {
	var joints [][]joint
	for _, w := range ways {
		_, along := w.whole()
		joints = append(joints, along...)
	}
	return rq.claimsBehind(ctx, joints)
}

// traces shows ways.
func (rq *request) traces(ctx context.Context, ways []*way) ([]*model.Trace, error) {
	claims, err := rq.claimsAlong(ctx, ways)
	if err != nil {
		return nil, err
	}
	return each(func(w *way) *model.Trace { return w.show(claims) })(ways)
}

func (w *way) show(claims map[string]*schema.Claim) *model.Trace {
	passed, joined := w.whole()
	entities := make([]model.Entity, len(passed))
	for i, e := range passed {
		entities[i] = model.NewEntity(e)
	}
	trace := &model.Trace{From: entities[0], To: entities[len(entities)-1]}
	for i, joints := range joined {
		h := &model.TraceHop{From: entities[i], To: entities[i+1], Direction: model.Out}
		if len(joints) == 0 {
			rule := ladderRule
			h.Rule = &rule
			if passed[i].ParentID != passed[i+1].ID {
				h.Direction = model.In
			}
		} else {
			first := joints[0]
			said := claimsAmong(joints, claims)
			if len(said) > 0 { // not taken away meanwhile
				first = joint{said[0].ID, said[0].Relation, said[0].SubjectID}
			}
			h.Relation = &first.relation
			if first.subject != h.From.NodeID() {
				h.Direction = model.In
			}
			for _, c := range said {
				h.Claims = append(h.Claims, model.NewClaim(c))
			}
		}
		trace.Hops = append(trace.Hops, h)
	}
	return trace
}

// claimsAmong gives the claims of joints, the best first.
func claimsAmong(joints []joint, claims map[string]*schema.Claim) []*schema.Claim {
	var found []*schema.Claim
	for _, j := range joints {
		if c := claims[j.claim]; c != nil {
			found = append(found, c)
		}
	}
	slices.SortFunc(found, bestFirst)
	return found
}

// Ways are as long as defaultHops unless told otherwise, never longer than
// maxHops.
const (
	defaultHops = 4
	maxHops     = 6
)

func (queryFields) Trace(ctx context.Context, from string, to *string, direction *generated.TraceDirection, relations []schema.Relation, kinds []schema.Kind, endMatches *generated.EntityFilter, levels []schema.PlaceLevel, report *string, ladder bool, confidenceAtLeast *float64, asOf *string, hops *int, by *generated.TraceOrder, first *int, after *string, last *int, before *string) (*model.TraceConnection, error) {
	w := window{first, after, last, before}
	if err := w.check(); err != nil {
		return nil, err
	}
	length := defaultHops
	if hops != nil {
		length = *hops
	}
	if length < 1 || length > maxHops {
		return nil, badInput("maxHops: %d is out of range: give 1 to %d", length, maxHops)
	}
	rq := requestOf(ctx)
	start, err := rq.mustBeEntity(ctx, "from", from)
	if err != nil {
		return nil, err
	}
	if to != nil {
		if _, err := rq.mustBeEntity(ctx, "to", *to); err != nil {
			return nil, err
		}
	}
	t := newTracer(rq, direction != nil && *direction == generated.TraceDirectionReachedBy, relations)
	t.offLadder = !ladder
	if t.tests, err = rq.claimSourceTests(ctx, source{report: report, confidenceAtLeast: confidenceAtLeast, asOf: asOf}); err != nil {
		return nil, err
	}
	onlyPage := by == nil && !asksFor(ctx, "totalCount")
	tests := t.endTests(to, kinds, levels)
	sift, err := whoseSifter(ctx, rq, endMatches, func(w *way) string { return w.end.ID })
	if err != nil {
		return nil, err
	}
	var ways []*way
	err = t.walk(ctx, start, length, func(longer []*way) (more bool, err error) {
		longer, err = sift(all(longer, tests))
		ways = append(ways, longer...)
		if err != nil || !onlyPage {
			return true, err
		}
		_, end, err := cut(ways, byLength, wayPosition, w)
		return end == len(ways), err // else there is one behind the page
	})
	if err != nil {
		return nil, err
	}
	ways, o, at, err := rq.orderWays(ctx, ways, by)
	if err != nil {
		return nil, err
	}
	connection, err := connect(ways, o, at, w, func(page []*way) ([]*model.Trace, error) { return rq.traces(ctx, page) })
	if err != nil {
		return nil, err
	}
	return &model.TraceConnection{Connection: *connection, Truncated: t.truncated, Visited: len(t.visited)}, nil
}

// endTests say where a way may end: at places when that is what it reaches,
// at anything else when it is walked from a place, unless told.
func (t *tracer) endTests(to *string, kinds []schema.Kind, levels []schema.PlaceLevel) []test[*way] {
	var tests []test[*way]
	if to != nil {
		tests = append(tests, func(w *way) bool { return w.end.ID == *to })
	}
	switch {
	case kinds != nil:
		tests = append(tests, func(w *way) bool { return slices.Contains(kinds, w.end.Kind) })
	case to == nil && levels == nil:
		tests = append(tests, func(w *way) bool { return (w.end.Kind == schema.KindPlace) != t.backwards })
	}
	if levels != nil {
		tests = append(tests, func(w *way) bool { return slices.Contains(levels, w.end.Level) })
	}
	return tests
}

// mustBeEntity gives the entity, and refuses an argument that is no entity's
// id.
func (rq *request) mustBeEntity(ctx context.Context, argument, id string) (*schema.Entity, error) {
	e, err := rq.entities.Load(ctx, id)
	if err != nil {
		return nil, err
	}
	if e == nil {
		return nil, notFound("%s: no entity has the id %.60q: look for it with search(query: …) or entity(name: …)", argument, id)
	}
	return e, nil
}
