package api

import (
	"context"
	"slices"
	"strings"

	"github.com/lantu-kg/lantu/graph/api/generated"
	"github.com/lantu-kg/lantu/schema"
)

// test says whether a thing passes a filter.
type test[T any] func(T) bool

// all returns the things that pass every test.
func all[T any](things []T, tests []test[T]) []T {
	if len(tests) == 0 {
		return things
	}
	passed := make([]T, 0, len(things))
	for _, thing := range things {
		if !slices.ContainsFunc(tests, func(t test[T]) bool { return !t(thing) }) {
			passed = append(passed, thing)
		}
	}
	return passed
}

// selectEntities returns those of entities that pass f.
func (rq *request) selectEntities(ctx context.Context, entities []*schema.Entity, f *generated.EntityFilter) ([]*schema.Entity, error) {
	tests, err := rq.entityTests(ctx, f)
	if err != nil {
		return nil, err
	}
	return rq.siftEntities(ctx, all(entities, tests), f)
}

// entityTests returns the tests of f that need no reading of what is said of an entity.
func (rq *request) entityTests(ctx context.Context, f *generated.EntityFilter) ([]test[*schema.Entity], error) {
	if f == nil {
		return nil, nil
	}
	if f.ConfidenceAtLeast != nil {
		if err := mustBeShare("confidenceAtLeast", *f.ConfidenceAtLeast); err != nil {
			return nil, err
		}
	}
	directory, err := rq.directory(ctx)
	if err != nil {
		return nil, err
	}
	tests := directory.tests(f)
	if f.Report != nil || f.Region != nil || f.Period != nil || f.AsOf != nil {
		reports, err := rq.reportsMeant(ctx, f.Report, f.Region, f.AsOf, f.Period)
		if err != nil {
			return nil, err
		}
		named, err := rq.namedInAny(ctx, directory, reports)
		if err != nil {
			return nil, err
		}
		tests = append(tests, func(e *schema.Entity) bool { return named[e.ID] })
	}
	if f.Within != nil {
		within, err := rq.entitiesWithin(ctx, *f.Within)
		if err != nil {
			return nil, err
		}
		tests = append(tests, func(e *schema.Entity) bool { return within[e.ID] })
	}
	if f.Industry != nil {
		serving, err := rq.serving(ctx, *f.Industry)
		if err != nil {
			return nil, err
		}
		tests = append(tests, func(e *schema.Entity) bool { return serving[e.ID] })
	}
	if f.Relation != nil {
		partakers, err := rq.partakers.Load(ctx, *f.Relation)
		if err != nil {
			return nil, err
		}
		tests = append(tests, func(e *schema.Entity) bool { return partakers[e.ID] })
	}
	if f.Curated != nil {
		curated, err := rq.curatedEntities(ctx)
		if err != nil {
			return nil, err
		}
		tests = append(tests, func(e *schema.Entity) bool { return curated[e.ID] == *f.Curated })
	}
	return tests, nil
}

// namedInAny gives the entities that any of reports names.
func (rq *request) namedInAny(ctx context.Context, d *directory, reports []string) (map[string]bool, error) {
	named := map[string]bool{}
	if len(reports) <= indexBatch {
		facts, err := loadAll(ctx, rq.reportFacts, reports)
		for _, said := range facts {
			for _, id := range said.Entities {
				named[id] = true
			}
		}
		return named, err
	}
	admitted := set(reports)
	for batch := range slices.Chunk(d.byKind[""], readBatch) {
		ids := idsOf(batch)
		lists, err := rq.service.store.NamedIn(ctx, ids)
		if err != nil {
			return nil, err
		}
		for i, in := range lists {
			if slices.ContainsFunc(in, func(e schema.Evidence) bool { return admitted[e.ReportID] }) {
				named[ids[i]] = true
			}
		}
	}
	return named, nil
}

// readsEach reports whether siftEntities looks at what is said of each entity.
func readsEach(f *generated.EntityFilter) bool {
	return f != nil && (f.ConfidenceAtLeast != nil || f.Status != nil)
}

// siftEntities returns those of candidates, which pass the tests of f, that pass f.
func (rq *request) siftEntities(ctx context.Context, candidates []*schema.Entity, f *generated.EntityFilter) (passed []*schema.Entity, err error) {
	passed = candidates
	if f != nil && f.ConfidenceAtLeast != nil {
		if passed, err = rq.surelyNamed(ctx, passed, *f.ConfidenceAtLeast); err != nil {
			return nil, err
		}
	}
	if f != nil && f.Status != nil {
		return rq.atStatus(ctx, passed, *f.Status, f.AsOf)
	}
	return passed, nil
}

// surelyNamed returns the entities that some rule names so surely.
func (rq *request) surelyNamed(ctx context.Context, entities []*schema.Entity, least float64) ([]*schema.Entity, error) {
	named, err := loadAll(ctx, rq.namedIn, idsOf(entities))
	if err != nil {
		return nil, err
	}
	var sure []*schema.Entity
	for i, e := range entities {
		if len(named[i]) > 0 && schema.Confidence(named[i]) >= least {
			sure = append(sure, e)
		}
	}
	return sure, nil
}

func mustBeShare(argument string, x float64) error {
	if !(x >= 0 && x <= 1) {
		return badInput("%s: %g is out of range: give a number from 0 to 1", argument, x)
	}
	return nil
}

// entitiesWithin gives what lies in a place, a park or a facility, or is part
// of an industry.
func (rq *request) entitiesWithin(ctx context.Context, id string) (map[string]bool, error) {
	e, err := rq.entities.Load(ctx, id)
	switch {
	case err != nil:
		return nil, err
	case e == nil:
		return nil, notFound("within: no entity has the id %.60q: look for it with search(query: …) or entity(name: …)", id)
	}
	switch e.Kind {
	case schema.KindPlace, schema.KindPark, schema.KindFacility:
		return rq.within.Load(ctx, id)
	case schema.KindIndustry:
		return rq.industriesWithin(ctx, e)
	}
	return nil, badInput("within: nothing lies in %s (%s): give the id of a place, a park, a facility or an industry", e.Name, e.Kind)
}

// tests returns those tests of f that need nothing but the entity.
func (d *directory) tests(f *generated.EntityFilter) []test[*schema.Entity] {
	var tests []test[*schema.Entity]
	if f.Name != nil {
		name := schema.NormalName(*f.Name)
		tests = append(tests, func(e *schema.Entity) bool { return slices.Contains(d.names[e.ID], name) })
	}
	if f.NameContains != nil {
		part := schema.NormalName(*f.NameContains)
		tests = append(tests, func(e *schema.Entity) bool {
			return slices.ContainsFunc(d.names[e.ID], func(name string) bool { return strings.Contains(name, part) })
		})
	}
	if f.Kinds != nil {
		tests = append(tests, func(e *schema.Entity) bool { return slices.Contains(f.Kinds, e.Kind) })
	}
	if f.Levels != nil {
		tests = append(tests, func(e *schema.Entity) bool { return slices.Contains(f.Levels, e.Level) })
	}
	if f.Topmost != nil {
		tests = append(tests, func(e *schema.Entity) bool {
			return e.Kind == schema.KindPlace && (e.ParentID == "") == *f.Topmost
		})
	}
	return tests
}

// atStatus returns the entities whose step is status, now or as of a date.
func (rq *request) atStatus(ctx context.Context, entities []*schema.Entity, status schema.Status, asOf *string) ([]*schema.Entity, error) {
	steps, err := rq.statuses(ctx, idsOf(entities), asOf, rq.claimOutlines)
	if err != nil {
		return nil, err
	}
	var standing []*schema.Entity
	for i, e := range entities {
		if len(steps[i]) > 0 && steps[i][0].Status == status {
			standing = append(standing, e)
		}
	}
	return standing, nil
}

func idsOf(entities []*schema.Entity) []string {
	ids := make([]string, len(entities))
	for i, e := range entities {
		ids[i] = e.ID
	}
	return ids
}

func set[K comparable](ids []K) map[K]bool {
	s := make(map[K]bool, len(ids))
	for _, id := range ids {
		s[id] = true
	}
	return s
}

// mustBePlace refuses an argument that is no place's id.
func (rq *request) mustBePlace(ctx context.Context, argument, id string) error {
	e, err := rq.entities.Load(ctx, id)
	if err != nil {
		return err
	}
	if e == nil {
		return notFound("%s: no place has the id %.60q: look for it with places(filter: {name: …})", argument, id)
	}
	if e.Kind != schema.KindPlace {
		return badInput("%s: %s (%s) is no place: give the id of a place", argument, e.Name, e.Kind)
	}
	return nil
}

// reportsMeant returns the ids of the reports that all arguments admit; one at
// least is given.
func (rq *request) reportsMeant(ctx context.Context, report, region, asOf *string, period *generated.PeriodInput) ([]string, error) {
	reports, err := rq.allReports(ctx)
	if err != nil {
		return nil, err
	}
	var tests []test[*schema.Report]
	if report != nil {
		tests = append(tests, func(r *schema.Report) bool { return r.ID == *report || r.File == *report })
		if len(all(reports, tests)) == 0 {
			return nil, notFound("report: no report has the id or file name %.60q: reports { nodes { id file } } lists them", *report)
		}
	}
	if region != nil {
		inRegion, err := rq.regionTest(ctx, *region)
		if err != nil {
			return nil, err
		}
		tests = append(tests, inRegion)
	}
	if asOf != nil {
		if err := mustBeDates(map[string]*string{"asOf": asOf}); err != nil {
			return nil, err
		}
		tests = append(tests, func(r *schema.Report) bool { return r.Date != "" && until(r.Date, *asOf) })
	}
	if period != nil {
		meets, err := reportMeets(period)
		if err != nil {
			return nil, err
		}
		tests = append(tests, meets)
	}
	var ids []string
	for _, r := range all(reports, tests) {
		ids = append(ids, r.ID)
	}
	return ids, nil
}

// regionTest passes reports on the region or one below it.
func (rq *request) regionTest(ctx context.Context, region string) (test[*schema.Report], error) {
	if err := rq.mustBePlace(ctx, "region", region); err != nil {
		return nil, err
	}
	below, err := rq.below.Load(ctx, region)
	if err != nil {
		return nil, err
	}
	regions := set(below)
	return func(r *schema.Report) bool { return regions[r.RegionID] }, nil
}

// saidBy passes evidence in reports of a date or earlier; any when that is nil.
func (rq *request) saidBy(ctx context.Context, asOf *string) (test[schema.Evidence], error) {
	if asOf == nil {
		return func(schema.Evidence) bool { return true }, nil
	}
	ids, err := rq.reportsMeant(ctx, nil, nil, asOf, nil)
	if err != nil {
		return nil, err
	}
	admitted := set(ids)
	return func(e schema.Evidence) bool { return admitted[e.ReportID] }, nil
}

// source is the part of a filter that claims and observations share.
type source struct {
	report, region    *string
	modality          *schema.Modality
	confidenceAtLeast *float64
	period            *generated.PeriodInput
	asOf              *string
}

// said is what a claim or observation has in common with any other.
type said struct {
	modality schema.Modality
	period   schema.Period
	evidence []schema.Evidence
}

// sourceTests returns the tests that f asks for.
func (rq *request) sourceTests(ctx context.Context, f source) ([]test[said], error) {
	var tests []test[said]
	if f.report != nil || f.region != nil || f.asOf != nil {
		reports, err := rq.reportsMeant(ctx, f.report, f.region, f.asOf, nil)
		if err != nil {
			return nil, err
		}
		admitted := set(reports)
		tests = append(tests, func(s said) bool {
			return slices.ContainsFunc(s.evidence, func(e schema.Evidence) bool { return admitted[e.ReportID] })
		})
	}
	if f.period != nil {
		meets, err := rq.timeTest(ctx, f.period)
		if err != nil {
			return nil, err
		}
		tests = append(tests, meets)
	}
	if f.modality != nil {
		tests = append(tests, func(s said) bool { return s.modality == *f.modality })
	}
	if f.confidenceAtLeast != nil {
		least := *f.confidenceAtLeast
		if err := mustBeShare("confidenceAtLeast", least); err != nil {
			return nil, err
		}
		tests = append(tests, func(s said) bool { return schema.Confidence(s.evidence) >= least })
	}
	return tests, nil
}

// testsOf makes tests of things of those of what they have in common with others.
func testsOf[T any](shared []test[said], says func(T) said) []test[T] {
	var tests []test[T]
	for _, t := range shared {
		tests = append(tests, func(thing T) bool { return t(says(thing)) })
	}
	return tests
}

// claimSourceTests returns the tests of claims that f asks for.
func (rq *request) claimSourceTests(ctx context.Context, f source) ([]test[*schema.Claim], error) {
	shared, err := rq.sourceTests(ctx, f)
	return testsOf(shared, func(c *schema.Claim) said { return said{c.Modality, c.Period, c.Evidence} }), err
}

func (rq *request) mentionTests(ctx context.Context, f *generated.MentionFilter) ([]test[*schema.Mention], error) {
	shared, err := rq.sourceTests(ctx, source{report: f.Report, region: f.Region, confidenceAtLeast: f.ConfidenceAtLeast, asOf: f.AsOf})
	if err != nil {
		return nil, err
	}
	tests := testsOf(shared, func(m *schema.Mention) said { return said{evidence: []schema.Evidence{m.Evidence}} })
	if f.Period != nil {
		reports, err := rq.reportsMeant(ctx, nil, nil, nil, f.Period)
		if err != nil {
			return nil, err
		}
		admitted := set(reports)
		tests = append(tests, func(m *schema.Mention) bool { return admitted[m.Evidence.ReportID] })
	}
	if f.NameContains != nil {
		part := schema.NormalName(*f.NameContains)
		tests = append(tests, func(m *schema.Mention) bool { return strings.Contains(schema.NormalName(m.Name), part) })
	}
	if f.Merged != nil {
		tests = append(tests, func(m *schema.Mention) bool { return (m.Merge != "") == *f.Merged })
	}
	return tests, nil
}

func (rq *request) passageTests(ctx context.Context, f *generated.PassageFilter) ([]test[*schema.Passage], error) {
	var tests []test[*schema.Passage]
	if f.TextContains != nil {
		tests = append(tests, func(p *schema.Passage) bool { return strings.Contains(p.Text, *f.TextContains) })
	}
	if f.Heading != nil {
		tests = append(tests, func(p *schema.Passage) bool { return p.Heading == *f.Heading })
	}
	if f.Names != nil {
		mentions, err := rq.mentions.Load(ctx, *f.Names)
		if err != nil {
			return nil, err
		}
		naming := map[string]bool{}
		for i := range mentions {
			naming[mentions[i].Evidence.PassageID] = true
		}
		tests = append(tests, func(p *schema.Passage) bool { return naming[p.ID] })
	}
	return tests, nil
}

// whose gives those of things of which the entity that of names passes f; all
// when f is nil.
func whose[T any](ctx context.Context, rq *request, things []T, f *generated.EntityFilter, of func(T) string) ([]T, error) {
	sift, err := whoseSifter(ctx, rq, f, of)
	if err != nil {
		return nil, err
	}
	return sift(things)
}

// whoseSifter gives what does so with some things after others.
func whoseSifter[T any](ctx context.Context, rq *request, f *generated.EntityFilter, of func(T) string) (func([]T) ([]T, error), error) {
	if f == nil {
		return func(things []T) ([]T, error) { return things, nil }, nil
	}
	matching, err := rq.matcher(ctx, f)
	return func(things []T) ([]T, error) {
		ids := make([]string, len(things))
		for i, thing := range things {
			ids[i] = of(thing)
		}
		matches, err := matching(ids)
		if err != nil {
			return nil, err
		}
		return all(things, []test[T]{func(thing T) bool { return matches(of(thing)) }}), nil
	}, err
}

// matcher gives what tells which of the entities ids pass f.
func (rq *request) matcher(ctx context.Context, f *generated.EntityFilter) (func(ids []string) (test[string], error), error) {
	tests, err := rq.entityTests(ctx, f)
	return func(ids []string) (test[string], error) {
		entities, err := rq.entitiesByID(ctx, slices.DeleteFunc(union(ids), func(id string) bool { return id == "" }))
		if err != nil {
			return nil, err
		}
		passed, err := rq.siftEntities(ctx, all(entities, tests), f)
		if err != nil {
			return nil, err
		}
		matching := map[string]bool{}
		for _, e := range passed {
			matching[e.ID] = true
		}
		return func(id string) bool { return matching[id] }, nil
	}, err
}

// claimTests adds to tests those of f that need nothing but the claim.
func claimTests(f *generated.ClaimFilter, tests []test[*schema.Claim]) []test[*schema.Claim] {
	if f.Relations != nil {
		tests = append(tests, func(c *schema.Claim) bool { return slices.Contains(f.Relations, c.Relation) })
	}
	if f.Subject != nil {
		tests = append(tests, func(c *schema.Claim) bool { return c.SubjectID == *f.Subject })
	}
	if f.Object != nil {
		tests = append(tests, func(c *schema.Claim) bool { return c.ObjectID == *f.Object })
	}
	if f.About != nil {
		tests = append(tests, func(c *schema.Claim) bool { return c.SubjectID == *f.About || c.ObjectID == *f.About })
	}
	if f.Status != nil {
		tests = append(tests, func(c *schema.Claim) bool {
			return c.Relation == schema.HasStatus && c.Value == string(*f.Status)
		})
	}
	if f.Curation != nil {
		tests = append(tests, func(c *schema.Claim) bool { return slices.Contains(f.Curation, c.Curation) })
	}
	if f.ValueContains != nil {
		part := schema.NormalName(*f.ValueContains)
		tests = append(tests, func(c *schema.Claim) bool {
			return c.Value != "" && strings.Contains(schema.NormalName(c.Value), part)
		})
	}
	return tests
}

// observationTests adds to the shared tests those of f that need nothing but the
// observation.
func observationTests(f *generated.ObservationFilter, shared []test[said]) []test[*schema.Observation] {
	tests := testsOf(shared, func(o *schema.Observation) said { return said{o.Modality, o.Period, o.Evidence} })
	if f.About != nil {
		tests = append(tests, func(o *schema.Observation) bool { return o.AboutID == *f.About })
	}
	if f.Measure != nil {
		measure := schema.NormalName(*f.Measure)
		tests = append(tests, func(o *schema.Observation) bool { return schema.NormalName(o.Measure) == measure })
	}
	if f.MeasureContains != nil {
		part := schema.NormalName(*f.MeasureContains)
		tests = append(tests, func(o *schema.Observation) bool {
			return strings.Contains(schema.NormalName(o.Measure), part)
		})
	}
	if f.Types != nil {
		tests = append(tests, func(o *schema.Observation) bool { return slices.Contains(f.Types, o.Type) })
	}
	if f.ChecksHold != nil {
		tests = append(tests, func(o *schema.Observation) bool {
			failed := slices.ContainsFunc(o.Checks, func(c schema.Check) bool { return !c.OK })
			return len(o.Checks) > 0 && failed != *f.ChecksHold
		})
	}
	if f.Curation != nil {
		tests = append(tests, func(o *schema.Observation) bool { return slices.Contains(f.Curation, o.Curation) })
	}
	if f.AnnualAverage != nil {
		tests = append(tests, func(o *schema.Observation) bool { return o.AnnualAverage == *f.AnnualAverage })
	}
	if f.Unit != nil {
		tests = append(tests, func(o *schema.Observation) bool { return o.Unit == *f.Unit || o.BaseUnit == *f.Unit })
	}
	return tests
}
