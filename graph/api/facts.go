package api

import (
	"cmp"
	"context"
	"reflect"
	"slices"

	"github.com/lantu-kg/lantu/graph/api/generated"
	"github.com/lantu-kg/lantu/graph/api/model"
	"github.com/lantu-kg/lantu/schema"
)

func idPosition(id string) position { return position{"", id} }

// factList is how claims or observations are narrowed, read and shown.
type factList[F any, N comparable] struct {
	load     *loader[string, *F]
	outlined *loader[string, *F]                           // what their outlines tell
	outlines func(context.Context, []string) ([]*F, error) // without keeping them
	rejected func(context.Context) ([]string, error)       // ids of those that were rejected
	id       func(*F) string
	show     func(*F) N
}

func (rq *request) claimList() factList[schema.Claim, *model.Claim] {
	return factList[schema.Claim, *model.Claim]{rq.claims, rq.claimOutlines, rq.service.store.ClaimOutlines, rq.service.store.RejectedClaimIDs,
		func(c *schema.Claim) string { return c.ID }, model.NewClaim}
}

func (rq *request) observationList() factList[schema.Observation, *model.Observation] {
	return factList[schema.Observation, *model.Observation]{rq.observations, rq.observationOutlines, rq.service.store.ObservationOutlines, rq.service.store.RejectedObservationIDs,
		func(o *schema.Observation) string { return o.ID }, model.NewObservation}
}

// page gives the window of the facts ids, by id. It reads only the window's.
func (l factList[F, N]) page(ctx context.Context, ids []string, w window) (*model.Connection[N], error) {
	return connect(ids, byID, idPosition, w, func(page []string) ([]N, error) { return l.shown(ctx, page) })
}

func (l factList[F, N]) shown(ctx context.Context, ids []string) ([]N, error) {
	facts, err := loadAll(ctx, l.load, ids)
	if err != nil {
		return nil, err
	}
	return each(l.show)(facts)
}

// sorted gives the window of facts or their outlines, which are sorted by o. It reads
// only the window's.
func (l factList[F, N]) sorted(ctx context.Context, facts []*F, o order, at func(*F) position, w window) (*model.Connection[N], error) {
	return connect(facts, o, at, w, func(page []*F) ([]N, error) {
		ids := make([]string, len(page))
		for i, fact := range page {
			ids[i] = l.id(fact)
		}
		return l.shown(ctx, ids)
	})
}

// sifter gives those of facts that pass a filter.
type sifter[F any] func(facts []*F) ([]*F, error)

// sifterOf makes a sifter of a test.
func sifterOf[F any](t test[*F]) sifter[F] {
	return func(facts []*F) ([]*F, error) { return all(facts, []test[*F]{t}), nil }
}

// passing gives the outlines of those of the facts ids that pass and, where rejected
// ones are asked for, those that belong and pass; all by id, or as far as only a page
// needs.
func (l factList[F, N]) passing(ctx context.Context, ids []string, belongs test[*F], asked []schema.Curation, pass sifter[F], only *window) (passed []*F, err error) {
	sift := func(some []string) (facts []*F, err error) {
		if len(some) < readBatch {
			facts, err = loadAll(ctx, l.outlined, some)
		} else {
			facts, err = l.outlines(ctx, some)
		}
		if err != nil {
			return nil, err
		}
		return pass(existing(facts))
	}
	withRejected := slices.Contains(asked, schema.Rejected)
	switch {
	case only != nil && !withRejected:
		return upToPage(ids, byID, idPosition, *only, sift)
	case len(ids) < readBatch:
		passed, err = sift(ids)
	default:
		for facts, failed := range ahead(ctx, ids, readBatch, l.outlines) {
			if err = failed; err == nil {
				facts, err = pass(existing(facts))
			}
			if err != nil {
				return nil, err
			}
			passed = append(passed, facts...)
		}
	}
	if err != nil || !withRejected {
		return passed, err
	}
	rejected, err := l.rejected(ctx)
	if err != nil {
		return nil, err
	}
	facts, err := loadAll(ctx, l.load, rejected)
	if err != nil {
		return nil, err
	}
	unsaid := func(fact *F) bool { // one that was rejected in one report only is among ids
		_, said := slices.BinarySearch(ids, l.id(fact))
		return !said
	}
	more, err := pass(all(existing(facts), []test[*F]{belongs, unsaid}))
	if err != nil {
		return nil, err
	}
	passed = append(passed, more...)
	slices.SortFunc(passed, func(a, b *F) int { return cmp.Compare(l.id(a), l.id(b)) })
	return passed, nil
}

// outlinesOf gives the outlines among all that are of each of ids.
func (l factList[F, N]) outlinesOf(ctx context.Context, ids, all []string, of func(*F) string) (map[string][]*F, error) {
	asked := set(ids)
	found := make(map[string][]*F, len(ids))
	for facts, err := range ahead(ctx, all, readBatch, l.outlines) {
		if err != nil {
			return nil, err
		}
		for _, fact := range existing(facts) {
			if id := of(fact); asked[id] {
				found[id] = append(found[id], fact)
			}
		}
	}
	return found, nil
}

// position is where a fact stands among those by id.
func (l factList[F, N]) position(fact *F) position { return idPosition(l.id(fact)) }

// claimPage gives the window of the claims ids that pass f, by id or as asked. ids
// has no rejected claims; of these, those that belong pass too when f asks for them.
func (rq *request) claimPage(ctx context.Context, ids []string, belongs test[*schema.Claim], f *generated.ClaimFilter, by *generated.ClaimOrder, w window) (*model.ClaimConnection, error) {
	list := rq.claimList()
	if f == nil && by == nil {
		return list.page(ctx, ids, w)
	}
	pass, curation, err := rq.claimSifter(ctx, f)
	if err != nil {
		return nil, err
	}
	var only *window
	if by == nil && w.onlyPage(ctx) {
		only = &w
	}
	claims, err := list.passing(ctx, ids, belongs, curation, pass, only)
	if err != nil {
		return nil, err
	}
	o, at := byID, list.position
	if by != nil {
		if claims, o, at, err = rq.orderClaims(ctx, claims, by); err != nil {
			return nil, err
		}
	}
	return list.sorted(ctx, claims, o, at, w)
}

// observationPage gives the window of the observations ids that pass f, as claimPage
// does of claims.
func (rq *request) observationPage(ctx context.Context, ids []string, belongs test[*schema.Observation], f *generated.ObservationFilter, by *generated.ObservationOrder, w window) (*model.ObservationConnection, error) {
	list := rq.observationList()
	if f == nil && by == nil {
		return list.page(ctx, ids, w)
	}
	pass, curation, err := rq.observationSifter(ctx, f)
	if err != nil {
		return nil, err
	}
	var only *window
	if by == nil && w.onlyPage(ctx) {
		only = &w
	}
	observations, err := list.passing(ctx, ids, belongs, curation, pass, only)
	if err != nil {
		return nil, err
	}
	o, at := byID, list.position
	if by != nil {
		if observations, o, at, err = rq.orderObservations(ctx, observations, by); err != nil {
			return nil, err
		}
	}
	return list.sorted(ctx, observations, o, at, w)
}

// claimSifter gives what sifts claims by f, and of which curation f asks for some.
func (rq *request) claimSifter(ctx context.Context, f *generated.ClaimFilter) (sifter[schema.Claim], []schema.Curation, error) {
	if f == nil {
		f = &generated.ClaimFilter{}
	}
	tests, err := rq.claimSourceTests(ctx, source{f.Report, f.Region, f.Modality, f.ConfidenceAtLeast, f.Period, f.AsOf})
	if err != nil {
		return nil, nil, err
	}
	tests = claimTests(f, tests)
	if f.Within != nil {
		within, err := rq.entitiesWithin(ctx, *f.Within)
		if err != nil {
			return nil, nil, err
		}
		tests = append(tests, func(c *schema.Claim) bool { return within[c.SubjectID] || within[c.ObjectID] })
	}
	bySubject, err := whoseSifter(ctx, rq, f.SubjectMatches, func(c *schema.Claim) string { return c.SubjectID })
	if err != nil {
		return nil, nil, err
	}
	byObject, err := whoseSifter(ctx, rq, f.ObjectMatches, func(c *schema.Claim) string { return c.ObjectID })
	return func(claims []*schema.Claim) ([]*schema.Claim, error) {
		claims, err := bySubject(all(claims, tests))
		if err != nil {
			return nil, err
		}
		return byObject(claims)
	}, f.Curation, err
}

// observationSifter does of observations what claimSifter does of claims.
func (rq *request) observationSifter(ctx context.Context, f *generated.ObservationFilter) (sifter[schema.Observation], []schema.Curation, error) {
	if f == nil {
		f = &generated.ObservationFilter{}
	}
	shared, err := rq.sourceTests(ctx, source{f.Report, f.Region, f.Modality, f.ConfidenceAtLeast, f.Period, f.AsOf})
	if err != nil {
		return nil, nil, err
	}
	tests := observationTests(f, shared)
	if f.Within != nil {
		within, err := rq.entitiesWithin(ctx, *f.Within)
		if err != nil {
			return nil, nil, err
		}
		tests = append(tests, func(o *schema.Observation) bool { return within[o.AboutID] })
	}
	byAbout, err := whoseSifter(ctx, rq, f.AboutMatches, func(o *schema.Observation) string { return o.AboutID })
	return func(observations []*schema.Observation) ([]*schema.Observation, error) {
		return byAbout(all(observations, tests))
	}, f.Curation, err
}

// existing leaves out what was removed while the query ran.
func existing[T any](things []*T) []*T {
	return slices.DeleteFunc(slices.Clone(things), func(thing *T) bool { return thing == nil })
}

// claimCandidates gives the fewest claims, by id, among which all that pass f
// are, and what is left of f to pass; nil when that is nothing.
func (rq *request) claimCandidates(ctx context.Context, f *generated.ClaimFilter) (ids []string, rest *generated.ClaimFilter, err error) {
	if f == nil {
		ids, err = rq.claimIDs.Load(ctx, "")
		return ids, nil, err
	}
	left := *f
	switch {
	case f.Subject != nil:
		left.Subject = nil
		ids, err = rq.claimsBySubject.Load(ctx, *f.Subject)
	case f.Object != nil:
		left.Object, left.Relations = nil, nil
		ids, err = rq.claimsLeading(ctx, f.Relations, *f.Object)
	case f.About != nil:
		left.About = nil
		ids, err = rq.claimsAtEither(ctx, *f.About)
	case f.Report != nil || f.Region != nil:
		var facts schema.Facts
		facts, err = rq.factsMeant(ctx, f.Report, f.Region)
		ids = facts.Claims
	case f.Status != nil:
		ids, err = rq.claimIDs.Load(ctx, schema.HasStatus)
	case f.Relations != nil:
		left.Relations = nil
		var lists [][]string
		lists, err = loadAll(ctx, rq.claimIDs, f.Relations)
		ids = union(lists...)
	default:
		ids, err = rq.claimIDs.Load(ctx, "")
	}
	switch {
	case f.Curation != nil: // rejected claims are none of ids
		return ids, f, err
	case reflect.DeepEqual(left, generated.ClaimFilter{}):
		return ids, nil, err
	}
	return ids, &left, err
}

// observationCandidates gives the fewest observations, by id, among which all that
// pass f are.
func (rq *request) observationCandidates(ctx context.Context, f *generated.ObservationFilter) ([]string, error) {
	switch {
	case f != nil && f.About != nil:
		return rq.observationsAbout.Load(ctx, *f.About)
	case f != nil && (f.Report != nil || f.Region != nil):
		facts, err := rq.factsMeant(ctx, f.Report, f.Region)
		return facts.Observations, err
	default:
		return rq.observationIDs(ctx)
	}
}

func (rq *request) factsMeant(ctx context.Context, report, region *string) (schema.Facts, error) {
	reports, err := rq.reportsMeant(ctx, report, region, nil, nil)
	if err != nil {
		return schema.Facts{}, err
	}
	facts, err := loadAll(ctx, rq.reportFacts, reports)
	return merge(facts), err
}

// claimsAtEither gives the ids of the claims in which the entity stands at
// either end.
func (rq *request) claimsAtEither(ctx context.Context, id string) ([]string, error) {
	subject := rq.claimsBySubject.LoadThunk(ctx, id)
	object := rq.claimsByObject.LoadThunk(ctx, id)
	asSubject, err := subject()
	if err != nil {
		return nil, err
	}
	asObject, err := object()
	return union(asSubject, asObject), err
}

// bestFirst puts facts before aims, then the surest claims, then those with
// most evidence.
func bestFirst(a, b *schema.Claim) int {
	return cmp.Or(
		compareBool(a.Modality == schema.Aim, b.Modality == schema.Aim),
		cmp.Compare(schema.Confidence(b.Evidence), schema.Confidence(a.Evidence)),
		cmp.Compare(len(b.Evidence), len(a.Evidence)),
		cmp.Compare(a.ID, b.ID),
	)
}

// statuses gives, for each entity, every step it was said to stand at, by a
// date if one is given: the latest report first, facts before aims, then the
// higher step. It takes claims or their outlines.
func (rq *request) statuses(ctx context.Context, ids []string, asOf *string, from *loader[string, *schema.Claim]) ([][]*model.StatusStep, error) {
	said, err := rq.statusClaims(ctx, ids, from)
	if err != nil {
		return nil, err
	}
	known, err := rq.saidBy(ctx, asOf)
	if err != nil {
		return nil, err
	}
	var sources []string
	for _, claims := range said {
		for _, c := range claims {
			for i := range c.Evidence {
				sources = append(sources, c.Evidence[i].ReportID)
			}
		}
	}
	sources = union(sources)
	found, err := loadAll(ctx, rq.reports, sources)
	if err != nil {
		return nil, err
	}
	reports := make(map[string]*schema.Report, len(found))
	for _, r := range existing(found) {
		reports[r.ID] = r
	}
	steps := make([][]*model.StatusStep, len(ids))
	for i, claims := range said {
		for _, c := range claims {
			if slices.ContainsFunc(c.Evidence, known) {
				steps[i] = append(steps[i], statusStep(c, known, reports))
			}
		}
		slices.SortFunc(steps[i], func(a, b *model.StatusStep) int {
			return cmp.Or(
				cmp.Compare(dateOf(b.Report), dateOf(a.Report)),
				compareBool(a.Modality() == schema.Aim, b.Modality() == schema.Aim),
				cmp.Compare(statusOrder(b.Status), statusOrder(a.Status)),
				cmp.Compare(a.Claim.ID, b.Claim.ID),
			)
		})
	}
	return steps, nil
}

// statusClaims gives the claims that tell at which steps each entity stands. Of what
// else is said of it none is read.
func (rq *request) statusClaims(ctx context.Context, ids []string, from *loader[string, *schema.Claim]) ([][]*schema.Claim, error) {
	steps, err := rq.claimIDs.Load(ctx, schema.HasStatus)
	if err != nil {
		return nil, err
	}
	if from == rq.claimOutlines && len(ids) >= readBatch { // of most things, which cost reading to list
		of, err := rq.claimList().outlinesOf(ctx, ids, steps, func(c *schema.Claim) string { return c.SubjectID })
		said := make([][]*schema.Claim, len(ids))
		for i, id := range ids {
			said[i] = of[id]
		}
		return said, err
	}
	lists, err := loadAll(ctx, rq.claimsBySubject, ids)
	if err != nil {
		return nil, err
	}
	telling := make([][]string, len(ids))
	for i, list := range lists {
		for _, id := range list {
			if _, found := slices.BinarySearch(steps, id); found {
				telling[i] = append(telling[i], id)
			}
		}
	}
	claims, err := loadAll(ctx, from, slices.Concat(telling...))
	if err != nil {
		return nil, err
	}
	said := make([][]*schema.Claim, len(ids))
	for i, list := range telling {
		said[i] = existing(claims[:len(list)])
		claims = claims[len(list):]
	}
	return said, nil
}

// statusStep shows a claim by the latest report known that makes it.
func statusStep(c *schema.Claim, known test[schema.Evidence], reports map[string]*schema.Report) *model.StatusStep {
	claim := model.NewClaim(c)
	step := &model.StatusStep{Status: schema.Status(c.Value), Claim: claim}
	for _, e := range claim.Evidence() {
		if !known(*e.Evidence) {
			continue
		}
		report := model.NewReport(reports[e.ReportID])
		if step.Evidence == nil || dateOf(report) > dateOf(step.Report) {
			step.Evidence, step.Report = e, report
		}
	}
	if step.Report != nil {
		step.Date = step.Report.Date()
	}
	return step
}

func dateOf(r *model.Report) string {
	if r == nil {
		return ""
	}
	return r.Report.Date
}

func statusOrder(s schema.Status) int {
	return slices.IndexFunc(schema.Statuses, func(info schema.StatusInfo) bool { return info.Status == s })
}
