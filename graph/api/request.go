package api

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/lantu-kg/lantu/graph/api/model"
	"github.com/lantu-kg/lantu/graph/links"
	"github.com/lantu-kg/lantu/schema"
)

// request answers one GraphQL request. What it has read it keeps, so the store
// is asked for each thing once, and for many things at a time.
type request struct {
	service *Service
	// passing is set when the answer tells of more than the graph, such as who asks.
	passing atomic.Bool

	entities            *loader[string, *schema.Entity]
	claims              *loader[string, *schema.Claim]
	observations        *loader[string, *schema.Observation]
	claimOutlines       *loader[string, *schema.Claim]
	observationOutlines *loader[string, *schema.Observation]
	reports             *loader[string, *schema.Report]
	passages            *loader[string, *schema.Passage]
	sections            *loader[string, []schema.Section]

	mentions          *loader[string, []schema.Mention]
	namedIn           *loader[string, []schema.Evidence]
	mentionsIn        *loader[string, []schema.Mention]
	claimsBySubject   *loader[string, []string]
	claimsByObject    *loader[string, []string]
	linksBySubject    *loader[string, links.List]
	linksByObject     *loader[string, links.List]
	observationsAbout *loader[string, []string]
	children          *loader[string, []string]
	passagesOf        *loader[string, []string]
	facts             *loader[string, schema.Facts]
	claimIDs          *loader[schema.Relation, []string] // "" for all

	// claimsTo gives the claims of some relations whose object an entity is.
	claimsTo *loader[incoming, []string]
	// said gives the claims, themselves, in which an entity stands at an end.
	said *loader[end, []*schema.Claim]
	// reportFacts gives what a whole report is evidence of.
	reportFacts *loader[string, schema.Facts]
	// below gives a place and every place below it on the ladder, sorted.
	below *loader[string, []string]
	// within gives the entities that lie in a place or below it.
	within *loader[string, map[string]bool]
	// partakers gives the entities at either end of a relation's claims.
	partakers *loader[schema.Relation, map[string]bool]

	changes        func(context.Context) ([]*schema.ChangeRecord, error) // oldest first
	allReports     func(context.Context) ([]*schema.Report, error)
	observationIDs func(context.Context) ([]string, error)
	directory      func(context.Context) (*directory, error)

	mostPromises int // that are judged to count or choose their states
}

// end is an entity at one end of its claims.
type end struct {
	id        string
	direction model.Direction
}

// incoming are the claims of a relation whose object is an entity.
type incoming struct {
	relation schema.Relation
	object   string
}

func newRequest(s *Service) *request {
	store := s.store
	rq := &request{
		service:             s,
		mostPromises:        maxPromising,
		claims:              newLoader(store.Claims),
		observations:        newLoader(store.Observations),
		claimOutlines:       newLoader(store.ClaimOutlines),
		observationOutlines: newLoader(store.ObservationOutlines),
		reports:             newLoader(store.Reports),
		passages:            newLoader(store.Passages),
		sections:            newLoader(store.Sections),
		mentions:            newLoader(store.Mentions),
		namedIn:             newLoader(store.NamedIn),
		mentionsIn:          newLoader(store.MentionsIn),
		claimsBySubject:     newLoader(store.ClaimsBySubject),
		claimsByObject:      newLoader(store.ClaimsByObject),
		linksBySubject:      newLoader(store.LinksBySubject),
		linksByObject:       newLoader(store.LinksByObject),
		observationsAbout:   newLoader(store.ObservationsAbout),
		children:            newLoader(store.Children),
		passagesOf:          newLoader(store.PassagesOf),
		facts:               newLoader(store.FactsIn),
	}
	rq.entities = newLoader(rq.loadEntities)
	rq.claimIDs = newLoader(rq.loadClaimIDs)
	rq.claimsTo = newLoader(rq.loadClaimsTo)
	rq.said = newLoader(rq.loadSaid)
	rq.reportFacts = newLoader(rq.loadReportFacts)
	rq.below = newLoader(rq.loadBelow)
	rq.within = newLoader(rq.loadWithin)
	rq.partakers = newLoader(rq.loadPartakers)
	rq.changes = once(store.Changes)
	rq.observationIDs = once(store.ObservationIDs)
	rq.allReports = once(rq.loadAllReports)
	rq.directory = once(s.currentDirectory)
	return rq
}

// directoryNow gives the directory where it is there, else nil: walks meet thousands
// of entities.
func (rq *request) directoryNow(ctx context.Context) (*directory, error) {
	version, err := rq.service.store.Version(ctx)
	if err != nil {
		return nil, err
	}
	d, _ := rq.service.directories.now(version)
	return d, nil
}

func (rq *request) loadEntities(ctx context.Context, ids []string) ([]*schema.Entity, error) {
	d, err := rq.directoryNow(ctx)
	if err != nil {
		return nil, err
	}
	if d == nil {
		return rq.service.store.Entities(ctx, ids)
	}
	entities := make([]*schema.Entity, len(ids))
	for i, id := range ids {
		entities[i] = d.byID[id]
	}
	return entities, nil
}

// knownEntities gives the entities with the ids, and maybe others, by id.
func (rq *request) knownEntities(ctx context.Context, ids func() []string) (map[string]*schema.Entity, error) {
	d, err := rq.directoryNow(ctx)
	if err != nil {
		return nil, err
	}
	if d != nil {
		return d.byID, nil
	}
	entities, err := loadAll(ctx, rq.entities, slices.DeleteFunc(union(ids()), func(id string) bool { return id == "" }))
	byID := make(map[string]*schema.Entity, len(entities))
	for _, e := range existing(entities) {
		byID[e.ID] = e
	}
	return byID, err
}

// once keeps what f first gave without an error. f must not wait for a batch:
// those who could fill it may be waiting for f.
func once[V any](f func(context.Context) (V, error)) func(context.Context) (V, error) {
	var (
		mu    sync.Mutex
		known bool
		value V
	)
	return func(ctx context.Context) (V, error) {
		mu.Lock()
		defer mu.Unlock()
		if known {
			return value, nil
		}
		var err error
		value, err = f(ctx)
		known = err == nil
		return value, err
	}
}

type requestKey struct{}

// afresh gives each field at the root of a mutation a request of its own, which
// has kept nothing of how things were before the field's change.
func (s *Service) afresh(ctx context.Context, next graphql.RootResolver) graphql.Marshaler {
	if graphql.GetOperationContext(ctx).Operation.Operation == ast.Mutation {
		ctx = context.WithValue(ctx, requestKey{}, newRequest(s))
	}
	return next(ctx)
}

// requestOf gives the request that a field is resolved for.
func requestOf(ctx context.Context) *request {
	if rq, ok := ctx.Value(requestKey{}).(*request); ok {
		return rq
	}
	return ctx.Value(eventKey{}).(*event).answer()
}

func (rq *request) loadClaimIDs(ctx context.Context, relations []schema.Relation) ([][]string, error) {
	lists := make([][]string, len(relations))
	for i, relation := range relations {
		var err error
		if lists[i], err = rq.service.store.ClaimIDs(ctx, relation); err != nil {
			return nil, err
		}
	}
	return lists, nil
}

func (rq *request) loadClaimsTo(ctx context.Context, wanted []incoming) ([][]string, error) {
	objects, at := map[schema.Relation][]string{}, map[schema.Relation][]int{}
	for i, w := range wanted {
		objects[w.relation] = append(objects[w.relation], w.object)
		at[w.relation] = append(at[w.relation], i)
	}
	claims := make([][]string, len(wanted))
	for relation, ids := range objects {
		lists, err := rq.service.store.ClaimsTo(ctx, relation, ids)
		if err != nil {
			return nil, err
		}
		for i, list := range lists {
			claims[at[relation][i]] = list
		}
	}
	return claims, nil
}

// claimsLeading gives the ids of the claims whose object the entity is, only
// those of some relations unless these are nil.
func (rq *request) claimsLeading(ctx context.Context, relations []schema.Relation, id string) ([]string, error) {
	if relations == nil {
		return rq.claimsByObject.Load(ctx, id)
	}
	if len(relations) == 1 { // whose list is sorted, however long
		return rq.claimsTo.Load(ctx, incoming{relations[0], id})
	}
	wanted := make([]incoming, len(relations))
	for i, relation := range relations {
		wanted[i] = incoming{relation, id}
	}
	lists, err := loadAll(ctx, rq.claimsTo, wanted)
	return union(lists...), err
}

func (rq *request) loadPartakers(ctx context.Context, relations []schema.Relation) ([]map[string]bool, error) {
	lists, err := loadAll(ctx, rq.claimIDs, relations)
	if err != nil {
		return nil, err
	}
	partakers := make([]map[string]bool, len(relations))
	for i, ids := range lists {
		partakers[i] = map[string]bool{}
		for claims, err := range ahead(ctx, ids, readBatch, rq.service.store.ClaimOutlines) {
			if err != nil {
				return nil, err
			}
			for _, c := range existing(claims) {
				partakers[i][c.SubjectID], partakers[i][c.ObjectID] = true, true
			}
		}
	}
	return partakers, nil
}

func (rq *request) loadSaid(ctx context.Context, ends []end) ([][]*schema.Claim, error) {
	ids := make([][]string, len(ends))
	for direction, list := range map[model.Direction]func(context.Context, []string) ([][]string, error){
		model.Out: rq.service.store.ClaimsBySubject,
		model.In:  rq.service.store.ClaimsByObject,
	} {
		var at []int
		var entities []string
		for i, e := range ends {
			if e.direction == direction {
				at = append(at, i)
				entities = append(entities, e.id)
			}
		}
		if len(at) == 0 {
			continue
		}
		lists, err := list(ctx, entities)
		if err != nil {
			return nil, err
		}
		for i, list := range lists {
			ids[at[i]] = list
		}
	}
	all := union(ids...)
	if len(all) == 0 {
		return make([][]*schema.Claim, len(ends)), nil
	}
	claims, err := rq.service.store.Claims(ctx, all)
	if err != nil {
		return nil, err
	}
	byID := make(map[string]*schema.Claim, len(all))
	for i, c := range claims {
		if c != nil {
			byID[all[i]] = c
			rq.claims.Prime(all[i], c)
		}
	}
	said := make([][]*schema.Claim, len(ends))
	for i, list := range ids {
		for _, id := range list {
			if c := byID[id]; c != nil {
				said[i] = append(said[i], c)
			}
		}
	}
	return said, nil
}

func (rq *request) loadReportFacts(ctx context.Context, reports []string) ([]schema.Facts, error) {
	passages, err := loadAll(ctx, rq.passagesOf, reports)
	if err != nil {
		return nil, err
	}
	facts, err := rq.service.store.FactsIn(ctx, slices.Concat(passages...))
	if err != nil {
		return nil, err
	}
	all := make([]schema.Facts, len(reports))
	for i, list := range passages {
		all[i] = merge(facts[:len(list)])
		facts = facts[len(list):]
	}
	return all, nil
}

// merge returns what all of facts together hold.
func merge(facts []schema.Facts) schema.Facts {
	var entities, claims, observations [][]string
	for _, f := range facts {
		entities = append(entities, f.Entities)
		claims = append(claims, f.Claims)
		observations = append(observations, f.Observations)
	}
	return schema.Facts{Entities: union(entities...), Claims: union(claims...), Observations: union(observations...)}
}

// union returns what stands in any of lists, sorted.
func union(lists ...[]string) []string {
	if len(lists) == 1 && slices.IsSorted(lists[0]) {
		return lists[0]
	}
	all := slices.Concat(lists...)
	slices.Sort(all)
	return slices.Compact(all)
}

// ladderSteps is more than the administrative ladder has.
const ladderSteps = 12

func (rq *request) loadBelow(ctx context.Context, places []string) ([][]string, error) {
	found := make([]map[string]bool, len(places))
	edge := make([][]string, len(places)) // found last
	for i, place := range places {
		found[i] = map[string]bool{place: true}
		edge[i] = []string{place}
	}
	for range ladderSteps {
		all := union(edge...)
		if len(all) == 0 {
			break
		}
		lists, err := rq.service.store.Children(ctx, all)
		if err != nil {
			return nil, err
		}
		children := make(map[string][]string, len(all))
		for i, id := range all {
			children[id] = lists[i]
		}
		for i := range places {
			var next []string
			for _, id := range edge[i] {
				for _, child := range children[id] {
					if !found[i][child] {
						found[i][child] = true
						next = append(next, child)
					}
				}
			}
			edge[i] = next
		}
	}
	below := make([][]string, len(places))
	for i := range places {
		below[i] = slices.Sorted(maps.Keys(found[i]))
	}
	return below, nil
}

// loadWithin follows the claims that say where a thing is: into the places,
// and from there into the parks and facilities that stand in them.
func (rq *request) loadWithin(ctx context.Context, places []string) ([]map[string]bool, error) {
	below, err := loadAll(ctx, rq.below, places)
	if err != nil {
		return nil, err
	}
	within := make([]map[string]bool, len(places))
	edge := make([][]string, len(places))
	for i, ids := range below {
		within[i] = map[string]bool{}
		edge[i] = ids
		for _, id := range ids {
			within[i][id] = true
		}
	}
	for range ladderSteps {
		all := union(edge...)
		if len(all) == 0 {
			break
		}
		lists, err := rq.links(ctx, all, model.In)
		if err != nil {
			return nil, err
		}
		inside := make(map[string][]string, len(all))
		for i, links := range lists {
			for l := range links.All() {
				if liesIn[l.Relation] || l.Relation == schema.PartOf && isPark(l.OtherID) && isPark(all[i]) {
					inside[all[i]] = append(inside[all[i]], l.OtherID)
				}
			}
		}
		for i := range places {
			var next []string
			for _, id := range edge[i] {
				for _, subject := range inside[id] {
					if !within[i][subject] {
						within[i][subject] = true
						next = append(next, subject)
					}
				}
			}
			edge[i] = next
		}
	}
	return within, nil
}

// liesIn are the relations that put their subject where the object is.
var liesIn = map[schema.Relation]bool{schema.LocatedIn: true, schema.SettledIn: true, schema.Covers: true}

// isPark tells by the id, which begins with the kind.
func isPark(id string) bool { return strings.HasPrefix(id, "park-") }

// loadAllReports gives every report, newest first.
func (rq *request) loadAllReports(ctx context.Context) ([]*schema.Report, error) {
	ids, err := rq.service.store.ReportIDs(ctx)
	if err != nil {
		return nil, err
	}
	reports, err := rq.service.store.Reports(ctx, ids)
	if err != nil {
		return nil, err
	}
	for i, r := range reports {
		rq.reports.Prime(ids[i], r)
	}
	return newestFirst(reports), nil
}

func reportPosition(r *schema.Report) position { return position{r.Date, r.ID} }

// newestFirst sorts reports by date and leaves out those that are gone.
func newestFirst(reports []*schema.Report) []*schema.Report {
	sorted := existing(reports)
	slices.SortFunc(sorted, func(a, b *schema.Report) int { return byDate.compare(reportPosition(a), reportPosition(b)) })
	return sorted
}
