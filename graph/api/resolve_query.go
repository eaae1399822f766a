package api

import (
	"context"
	"slices"
	"strings"

	"github.com/lantu-kg/lantu/graph/api/generated"
	"github.com/lantu-kg/lantu/graph/api/model"
	"github.com/lantu-kg/lantu/schema"
)

// root hands out the resolvers, one for each GraphQL type that has fields to
// resolve.
type root struct{ service *Service }

func (root) Change() generated.ChangeResolver                     { return changeFields{} }
func (root) Check() generated.CheckResolver                       { return checkFields{} }
func (root) Claim() generated.ClaimResolver                       { return claimFields{} }
func (root) Enterprise() generated.EnterpriseResolver             { return enterpriseFields{} }
func (root) Event() generated.EventResolver                       { return eventFields{} }
func (root) Evidence() generated.EvidenceResolver                 { return evidenceFields{} }
func (root) Facility() generated.FacilityResolver                 { return facilityFields{} }
func (root) Industry() generated.IndustryResolver                 { return industryFields{} }
func (root) Job() generated.JobResolver                           { return jobFields{} }
func (root) JobFile() generated.JobFileResolver                   { return jobFileFields{} }
func (root) Mutation() generated.MutationResolver                 { return mutationFields{} }
func (root) Mention() generated.MentionResolver                   { return mentionFields{} }
func (root) Observation() generated.ObservationResolver           { return observationFields{} }
func (root) Organization() generated.OrganizationResolver         { return organizationFields{} }
func (root) Park() generated.ParkResolver                         { return parkFields{} }
func (root) Passage() generated.PassageResolver                   { return passageFields{} }
func (root) Person() generated.PersonResolver                     { return personFields{} }
func (root) Place() generated.PlaceResolver                       { return placeFields{} }
func (root) Program() generated.ProgramResolver                   { return programFields{} }
func (root) Project() generated.ProjectResolver                   { return projectFields{} }
func (root) Query() generated.QueryResolver                       { return queryFields{} }
func (root) Report() generated.ReportResolver                     { return reportFields{} }
func (root) ReportComparison() generated.ReportComparisonResolver { return comparisonFields{} }
func (root) Series() generated.SeriesResolver                     { return seriesFields{} }
func (root) ValueChange() generated.ValueChangeResolver           { return valueChangeFields{} }
func (root) Commitment() generated.CommitmentResolver             { return commitmentFields{} }
func (root) RegionFacet() generated.RegionFacetResolver           { return regionFacetFields{} }
func (root) StatusStep() generated.StatusStepResolver             { return statusStepFields{} }
func (root) Section() generated.SectionResolver                   { return sectionFields{} }
func (r root) Subscription() generated.SubscriptionResolver       { return subscriptionFields(r) }

type queryFields struct{}

func (queryFields) Node(ctx context.Context, id string) (model.Node, error) {
	return requestOf(ctx).node(ctx, id)
}

// maxIDs is how many nodes can be asked for at once.
const maxIDs = 100

func (queryFields) Nodes(ctx context.Context, ids []string) ([]model.Node, error) {
	if len(ids) > maxIDs {
		return nil, badInput("ids: %d are too many: ask for %d at a time", len(ids), maxIDs)
	}
	return requestOf(ctx).nodes(ctx, ids)
}

func (queryFields) Entity(ctx context.Context, id, name *string, kind *schema.Kind) (model.Entity, error) {
	rq := requestOf(ctx)
	switch {
	case id != nil && (name != nil || kind != nil):
		return nil, badInput("id: give either the id or the name, not both")
	case id != nil:
		return rq.entity(ctx, *id)
	case name == nil:
		return nil, badInput(`name: give the id or the name of the entity, as in entity(name: "望京科技园")`)
	}
	directory, err := rq.directory(ctx)
	if err != nil {
		return nil, err
	}
	var wanted schema.Kind
	if kind != nil {
		wanted = *kind
	}
	return model.NewEntity(directory.named(*name, wanted)), nil
}

// listed gives the window of all entities of T's kind that pass f.
func listed[T model.Entity](ctx context.Context, f *filter, by *generated.EntityOrder, w window) (*model.Connection[T], error) {
	directory, err := requestOf(ctx).directory(ctx)
	if err != nil {
		return nil, err
	}
	kind := kindOf[T]()
	if f != nil && len(f.Kinds) == 1 && kind == "" {
		narrowed := *f
		kind, narrowed.Kinds = f.Kinds[0], nil
		f = &narrowed
	}
	return entityPage[T](ctx, directory.byKind[kind], f, by, w)
}

func (queryFields) Entities(ctx context.Context, f *filter, by *generated.EntityOrder, first *int, after *string, last *int, before *string) (*model.EntityConnection, error) {
	return listed[model.Entity](ctx, f, by, window{first, after, last, before})
}

func (queryFields) Parks(ctx context.Context, f *filter, by *generated.EntityOrder, first *int, after *string, last *int, before *string) (*model.ParkConnection, error) {
	return listed[*model.Park](ctx, f, by, window{first, after, last, before})
}

func (queryFields) Enterprises(ctx context.Context, f *filter, by *generated.EntityOrder, first *int, after *string, last *int, before *string) (*model.EnterpriseConnection, error) {
	return listed[*model.Enterprise](ctx, f, by, window{first, after, last, before})
}

func (queryFields) Programs(ctx context.Context, f *filter, by *generated.EntityOrder, first *int, after *string, last *int, before *string) (*model.ProgramConnection, error) {
	return listed[*model.Program](ctx, f, by, window{first, after, last, before})
}

func (queryFields) Projects(ctx context.Context, f *filter, by *generated.EntityOrder, first *int, after *string, last *int, before *string) (*model.ProjectConnection, error) {
	return listed[*model.Project](ctx, f, by, window{first, after, last, before})
}

func (queryFields) Places(ctx context.Context, f *filter, by *generated.EntityOrder, first *int, after *string, last *int, before *string) (*model.PlaceConnection, error) {
	return listed[*model.Place](ctx, f, by, window{first, after, last, before})
}

func (queryFields) Streets(ctx context.Context, f *filter, by *generated.EntityOrder, first *int, after *string, last *int, before *string) (*model.PlaceConnection, error) {
	directory, err := requestOf(ctx).directory(ctx)
	if err != nil {
		return nil, err
	}
	streets := all(directory.byKind[schema.KindPlace], []test[*schema.Entity]{func(e *schema.Entity) bool {
		return e.Level == schema.LevelStreet || e.Level == schema.LevelRoad
	}})
	return entityPage[*model.Place](ctx, streets, f, by, window{first, after, last, before})
}

func (queryFields) Organizations(ctx context.Context, f *filter, by *generated.EntityOrder, first *int, after *string, last *int, before *string) (*model.OrganizationConnection, error) {
	return listed[*model.Organization](ctx, f, by, window{first, after, last, before})
}

func (queryFields) Facilities(ctx context.Context, f *filter, by *generated.EntityOrder, first *int, after *string, last *int, before *string) (*model.FacilityConnection, error) {
	return listed[*model.Facility](ctx, f, by, window{first, after, last, before})
}

func (queryFields) Events(ctx context.Context, f *filter, by *generated.EntityOrder, first *int, after *string, last *int, before *string) (*model.EventConnection, error) {
	return listed[*model.Event](ctx, f, by, window{first, after, last, before})
}

func (queryFields) Industries(ctx context.Context, f *filter, by *generated.EntityOrder, first *int, after *string, last *int, before *string) (*model.IndustryConnection, error) {
	return listed[*model.Industry](ctx, f, by, window{first, after, last, before})
}

func (queryFields) People(ctx context.Context, f *filter, by *generated.EntityOrder, first *int, after *string, last *int, before *string) (*model.PersonConnection, error) {
	return listed[*model.Person](ctx, f, by, window{first, after, last, before})
}

func (queryFields) Claims(ctx context.Context, f *generated.ClaimFilter, by *generated.ClaimOrder, first *int, after *string, last *int, before *string) (*model.ClaimConnection, error) {
	rq := requestOf(ctx)
	candidates, rest, err := rq.claimCandidates(ctx, f)
	if err != nil {
		return nil, err
	}
	everywhere := func(*schema.Claim) bool { return true }
	return rq.claimPage(ctx, candidates, everywhere, rest, by, window{first, after, last, before})
}

func (queryFields) Observations(ctx context.Context, f *generated.ObservationFilter, by *generated.ObservationOrder, first *int, after *string, last *int, before *string) (*model.ObservationConnection, error) {
	rq := requestOf(ctx)
	candidates, err := rq.observationCandidates(ctx, f)
	if err != nil {
		return nil, err
	}
	everywhere := func(*schema.Observation) bool { return true }
	return rq.observationPage(ctx, candidates, everywhere, f, by, window{first, after, last, before})
}

func (queryFields) Reports(ctx context.Context, f *generated.ReportFilter, by *generated.ReportOrder, first *int, after *string, last *int, before *string) (*model.ReportConnection, error) {
	rq := requestOf(ctx)
	reports, err := rq.allReports(ctx)
	if err != nil {
		return nil, err
	}
	return rq.reportPage(ctx, reports, f, by, window{first, after, last, before})
}

func (rq *request) reportTests(ctx context.Context, f *generated.ReportFilter) ([]test[*schema.Report], error) {
	var tests []test[*schema.Report]
	if f.TitleContains != nil {
		part := schema.NormalName(*f.TitleContains)
		tests = append(tests, func(r *schema.Report) bool { return strings.Contains(schema.NormalName(r.Title), part) })
	}
	if f.File != nil {
		tests = append(tests, func(r *schema.Report) bool { return r.File == *f.File })
	}
	if f.Names != nil {
		naming, _, err := rq.reportsNaming(ctx, *f.Names)
		if err != nil {
			return nil, err
		}
		tests = append(tests, func(r *schema.Report) bool {
			return slices.ContainsFunc(naming, func(n *schema.Report) bool { return n.ID == r.ID })
		})
	}
	if f.Region != nil {
		inRegion, err := rq.regionTest(ctx, *f.Region)
		if err != nil {
			return nil, err
		}
		tests = append(tests, inRegion)
	}
	if f.Speaker != nil {
		name := schema.NormalName(*f.Speaker)
		tests = append(tests, func(r *schema.Report) bool { return schema.NormalName(r.Speaker) == name })
	}
	if err := mustBeDates(map[string]*string{"from": f.From, "to": f.To}); err != nil {
		return nil, err
	}
	if f.Period != nil {
		meets, err := reportMeets(f.Period)
		if err != nil {
			return nil, err
		}
		tests = append(tests, meets)
	}
	// Dates compare as texts; a shorter one stands for the whole of its time.
	if f.From != nil {
		tests = append(tests, func(r *schema.Report) bool {
			return r.Date != "" && r.Date >= (*f.From)[:min(len(*f.From), len(r.Date))]
		})
	}
	if f.To != nil {
		tests = append(tests, func(r *schema.Report) bool { return r.Date != "" && until(r.Date, *f.To) })
	}
	return tests, nil
}

func (queryFields) Report(ctx context.Context, id, file *string) (*model.Report, error) {
	rq := requestOf(ctx)
	switch {
	case (id == nil) == (file == nil):
		return nil, badInput(`id: give either the id of the report or the name of its file, as in report(file: "chaoyang-2024.txt")`)
	case id != nil:
		return rq.report(ctx, *id)
	}
	reports, err := rq.allReports(ctx)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(reports, func(r *schema.Report) bool { return r.File == *file })
	if i < 0 {
		return nil, nil
	}
	return model.NewReport(reports[i]), nil
}
