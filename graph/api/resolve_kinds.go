package api

import (
	"context"
	"slices"

	"github.com/lantu-kg/lantu/graph/api/generated"
	"github.com/lantu-kg/lantu/graph/api/model"
	"github.com/lantu-kg/lantu/schema"
)

type parkFields struct {
	entityFields[*model.Park]
	housing[*model.Park]
	targeting[*model.Park]
	located[*model.Park]
	led[*model.Park]
	supported[*model.Park]
}

func (parkFields) Projects(ctx context.Context, obj *model.Park, f *filter, by *generated.EntityOrder, first *int, after *string, last *int, before *string) (*model.ProjectConnection, error) {
	return linked[*model.Project](ctx, ids(obj), f, by, window{first, after, last, before}, in(schema.LocatedIn))
}

func (parkFields) Facilities(ctx context.Context, obj *model.Park, f *filter, by *generated.EntityOrder, first *int, after *string, last *int, before *string) (*model.FacilityConnection, error) {
	return linked[*model.Facility](ctx, ids(obj), f, by, window{first, after, last, before}, in(schema.LocatedIn))
}

func (parkFields) Programs(ctx context.Context, obj *model.Park, f *filter, by *generated.EntityOrder, first *int, after *string, last *int, before *string) (*model.ProgramConnection, error) {
	return linked[*model.Program](ctx, ids(obj), f, by, window{first, after, last, before}, in(schema.Covers), in(schema.Supports))
}

type enterpriseFields struct {
	entityFields[*model.Enterprise]
	settling[*model.Enterprise]
	running[*model.Enterprise]
	leading[*model.Enterprise]
	supported[*model.Enterprise]
}

func (enterpriseFields) Parks(ctx context.Context, obj *model.Enterprise, f *filter, by *generated.EntityOrder, first *int, after *string, last *int, before *string) (*model.ParkConnection, error) {
	return linked[*model.Park](ctx, ids(obj), f, by, window{first, after, last, before}, out(schema.SettledIn))
}

type programFields struct {
	entityFields[*model.Program]
	targeting[*model.Program]
	led[*model.Program]
	supporting[*model.Program]
}

func (programFields) Places(ctx context.Context, obj *model.Program, f *filter, by *generated.EntityOrder, first *int, after *string, last *int, before *string) (*model.PlaceConnection, error) {
	return linked[*model.Place](ctx, ids(obj), f, by, window{first, after, last, before}, out(schema.Covers))
}

func (programFields) Covers(ctx context.Context, obj *model.Program, f *filter, by *generated.EntityOrder, first *int, after *string, last *int, before *string) (*model.EntityConnection, error) {
	return linked[model.Entity](ctx, ids(obj), f, by, window{first, after, last, before}, out(schema.Covers))
}

func (programFields) Parks(ctx context.Context, obj *model.Program, f *filter, by *generated.EntityOrder, first *int, after *string, last *int, before *string) (*model.ParkConnection, error) {
	return linked[*model.Park](ctx, ids(obj), f, by, window{first, after, last, before}, out(schema.Covers), out(schema.Supports))
}

func (programFields) Projects(ctx context.Context, obj *model.Program, f *filter, by *generated.EntityOrder, first *int, after *string, last *int, before *string) (*model.ProjectConnection, error) {
	return linked[*model.Project](ctx, ids(obj), f, by, window{first, after, last, before}, in(schema.PartOf), out(schema.Supports))
}

type projectFields struct {
	entityFields[*model.Project]
	located[*model.Project]
	led[*model.Project]
	targeting[*model.Project]
	supported[*model.Project]
}

func (projectFields) Programs(ctx context.Context, obj *model.Project, f *filter, by *generated.EntityOrder, first *int, after *string, last *int, before *string) (*model.ProgramConnection, error) {
	return linked[*model.Program](ctx, ids(obj), f, by, window{first, after, last, before}, out(schema.PartOf), in(schema.Supports))
}

type organizationFields struct {
	entityFields[*model.Organization]
	located[*model.Organization]
	settling[*model.Organization]
	running[*model.Organization]
	leading[*model.Organization]
	targeting[*model.Organization]
	supporting[*model.Organization]
	supported[*model.Organization]
}

type facilityFields struct {
	entityFields[*model.Facility]
	located[*model.Facility]
	housing[*model.Facility]
	led[*model.Facility]
	targeting[*model.Facility]
	supported[*model.Facility]
}

func (facilityFields) Events(ctx context.Context, obj *model.Facility, f *filter, by *generated.EntityOrder, first *int, after *string, last *int, before *string) (*model.EventConnection, error) {
	return linked[*model.Event](ctx, ids(obj), f, by, window{first, after, last, before}, in(schema.LocatedIn))
}

func (facilityFields) Programs(ctx context.Context, obj *model.Facility, f *filter, by *generated.EntityOrder, first *int, after *string, last *int, before *string) (*model.ProgramConnection, error) {
	return linked[*model.Program](ctx, ids(obj), f, by, window{first, after, last, before}, in(schema.Covers))
}

type eventFields struct {
	entityFields[*model.Event]
	located[*model.Event]
	led[*model.Event]
	targeting[*model.Event]
}

type industryFields struct {
	entityFields[*model.Industry]
}

func (industryFields) Parks(ctx context.Context, obj *model.Industry, f *filter, by *generated.EntityOrder, first *int, after *string, last *int, before *string) (*model.ParkConnection, error) {
	return linked[*model.Park](ctx, ids(obj), f, by, window{first, after, last, before}, in(schema.Targets))
}

func (industryFields) Projects(ctx context.Context, obj *model.Industry, f *filter, by *generated.EntityOrder, first *int, after *string, last *int, before *string) (*model.ProjectConnection, error) {
	return linked[*model.Project](ctx, ids(obj), f, by, window{first, after, last, before}, in(schema.Targets))
}

func (industryFields) Programs(ctx context.Context, obj *model.Industry, f *filter, by *generated.EntityOrder, first *int, after *string, last *int, before *string) (*model.ProgramConnection, error) {
	return linked[*model.Program](ctx, ids(obj), f, by, window{first, after, last, before}, in(schema.Targets))
}

func (industryFields) Facilities(ctx context.Context, obj *model.Industry, f *filter, by *generated.EntityOrder, first *int, after *string, last *int, before *string) (*model.FacilityConnection, error) {
	return linked[*model.Facility](ctx, ids(obj), f, by, window{first, after, last, before}, in(schema.Targets))
}

func (industryFields) Events(ctx context.Context, obj *model.Industry, f *filter, by *generated.EntityOrder, first *int, after *string, last *int, before *string) (*model.EventConnection, error) {
	return linked[*model.Event](ctx, ids(obj), f, by, window{first, after, last, before}, in(schema.Targets))
}

func (industryFields) Organizations(ctx context.Context, obj *model.Industry, f *filter, by *generated.EntityOrder, first *int, after *string, last *int, before *string) (*model.OrganizationConnection, error) {
	return linked[*model.Organization](ctx, ids(obj), f, by, window{first, after, last, before}, in(schema.Targets))
}

type personFields struct {
	entityFields[*model.Person]
}

func (personFields) Speeches(ctx context.Context, obj *model.Person, f *generated.ReportFilter, by *generated.ReportOrder, first *int, after *string, last *int, before *string) (*model.ReportConnection, error) {
	rq := requestOf(ctx)
	reports, err := rq.allReports(ctx)
	if err != nil {
		return nil, err
	}
	names := normalNames(obj.Base())
	delivered := all(reports, []test[*schema.Report]{func(r *schema.Report) bool {
		return r.Speaker != "" && slices.Contains(names, schema.NormalName(r.Speaker))
	}})
	return rq.reportPage(ctx, delivered, f, by, window{first, after, last, before})
}
