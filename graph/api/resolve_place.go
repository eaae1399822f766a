package api

import (
	"context"
	"maps"
	"slices"

	"github.com/lantu-kg/lantu/graph/api/generated"
	"github.com/lantu-kg/lantu/graph/api/model"
	"github.com/lantu-kg/lantu/schema"
)

type placeFields struct {
	entityFields[*model.Place]
	located[*model.Place]
	leading[*model.Place]
	supporting[*model.Place]
}

func (placeFields) Parent(ctx context.Context, obj *model.Place) (*model.Place, error) {
	return requestOf(ctx).place(ctx, obj.ParentID)
}

func (f placeFields) Ancestors(ctx context.Context, obj *model.Place) ([]*model.Place, error) {
	ancestors := []*model.Place{}
	passed := map[string]bool{obj.ID: true}
	for {
		parent, err := f.Parent(ctx, obj)
		if err != nil || parent == nil || passed[parent.ID] {
			return ancestors, err
		}
		passed[parent.ID] = true
		ancestors = append(ancestors, parent)
		obj = parent
	}
}

func (placeFields) Children(ctx context.Context, obj *model.Place, f *filter, by *generated.EntityOrder, first *int, after *string, last *int, before *string) (*model.PlaceConnection, error) {
	rq := requestOf(ctx)
	children, err := rq.children.Load(ctx, obj.ID)
	if err != nil {
		return nil, err
	}
	entities, err := loadAll(ctx, rq.entities, children)
	if err != nil {
		return nil, err
	}
	return entityPage[*model.Place](ctx, sortEntities(entities), f, by, window{first, after, last, before})
}

// Counts counts what the filters within would let pass.
func (placeFields) Counts(ctx context.Context, obj *model.Place) (*model.PlaceCounts, error) {
	rq := requestOf(ctx)
	inside, err := rq.within.Load(ctx, obj.ID)
	if err != nil {
		return nil, err
	}
	ids := slices.Sorted(maps.Keys(inside))
	counts, kinds := &model.PlaceCounts{}, map[schema.Kind]int{}
	for _, id := range ids {
		if id != obj.ID {
			counts.Entities++
			kinds[kindOfID(id)]++
		}
	}
	for _, info := range schema.Kinds {
		if n := kinds[info.Kind]; n > 0 {
			counts.Kinds = append(counts.Kinds, &model.KindFacet{Kind: info.Kind, Count: n})
		}
	}
	subjects, err := loadAll(ctx, rq.claimsBySubject, ids)
	if err != nil {
		return nil, err
	}
	objects, err := loadAll(ctx, rq.claimsByObject, ids)
	if err != nil {
		return nil, err
	}
	counts.Claims = len(union(slices.Concat(subjects, objects)...))
	observations, err := loadAll(ctx, rq.observationsAbout, ids)
	if err != nil {
		return nil, err
	}
	counts.Observations = len(union(observations...))
	reports, err := rq.allReports(ctx)
	if err != nil {
		return nil, err
	}
	below, err := rq.below.Load(ctx, obj.ID)
	if err != nil {
		return nil, err
	}
	for _, r := range reports {
		if _, found := slices.BinarySearch(below, r.RegionID); found {
			counts.Reports++
		}
	}
	return counts, nil
}

// inPlace is like linked, from the place or, if told so, from the places below
// it too.
func inPlace[T model.Entity](ctx context.Context, obj *model.Place, below *bool, f *filter, by *generated.EntityOrder, w window, links ...link) (*model.Connection[T], error) {
	if err := w.check(); err != nil {
		return nil, err
	}
	places := ids(obj)
	if below != nil && *below {
		var err error
		if places, err = requestOf(ctx).below.Load(ctx, obj.ID); err != nil {
			return nil, err
		}
	}
	return linked[T](ctx, places, f, by, w, links...)
}

func (placeFields) Places(ctx context.Context, obj *model.Place, below *bool, f *filter, by *generated.EntityOrder, first *int, after *string, last *int, before *string) (*model.PlaceConnection, error) {
	return inPlace[*model.Place](ctx, obj, below, f, by, window{first, after, last, before}, in(schema.LocatedIn))
}

func (placeFields) Parks(ctx context.Context, obj *model.Place, below *bool, f *filter, by *generated.EntityOrder, first *int, after *string, last *int, before *string) (*model.ParkConnection, error) {
	return inPlace[*model.Park](ctx, obj, below, f, by, window{first, after, last, before}, in(schema.LocatedIn))
}

func (placeFields) Projects(ctx context.Context, obj *model.Place, below *bool, f *filter, by *generated.EntityOrder, first *int, after *string, last *int, before *string) (*model.ProjectConnection, error) {
	return inPlace[*model.Project](ctx, obj, below, f, by, window{first, after, last, before}, in(schema.LocatedIn))
}

func (placeFields) Facilities(ctx context.Context, obj *model.Place, below *bool, f *filter, by *generated.EntityOrder, first *int, after *string, last *int, before *string) (*model.FacilityConnection, error) {
	return inPlace[*model.Facility](ctx, obj, below, f, by, window{first, after, last, before}, in(schema.LocatedIn))
}

func (placeFields) Events(ctx context.Context, obj *model.Place, below *bool, f *filter, by *generated.EntityOrder, first *int, after *string, last *int, before *string) (*model.EventConnection, error) {
	return inPlace[*model.Event](ctx, obj, below, f, by, window{first, after, last, before}, in(schema.LocatedIn))
}

func (placeFields) Organizations(ctx context.Context, obj *model.Place, below *bool, f *filter, by *generated.EntityOrder, first *int, after *string, last *int, before *string) (*model.OrganizationConnection, error) {
	return inPlace[*model.Organization](ctx, obj, below, f, by, window{first, after, last, before}, in(schema.LocatedIn), in(schema.SettledIn))
}

func (placeFields) Enterprises(ctx context.Context, obj *model.Place, below *bool, f *filter, by *generated.EntityOrder, first *int, after *string, last *int, before *string) (*model.EnterpriseConnection, error) {
	return inPlace[*model.Enterprise](ctx, obj, below, f, by, window{first, after, last, before}, in(schema.SettledIn))
}

func (placeFields) Programs(ctx context.Context, obj *model.Place, below *bool, f *filter, by *generated.EntityOrder, first *int, after *string, last *int, before *string) (*model.ProgramConnection, error) {
	return inPlace[*model.Program](ctx, obj, below, f, by, window{first, after, last, before}, in(schema.Covers))
}

func (placeFields) ReportsOn(ctx context.Context, obj *model.Place, f *generated.ReportFilter, by *generated.ReportOrder, first *int, after *string, last *int, before *string) (*model.ReportConnection, error) {
	rq := requestOf(ctx)
	reports, err := rq.allReports(ctx)
	if err != nil {
		return nil, err
	}
	own := all(reports, []test[*schema.Report]{func(r *schema.Report) bool { return r.RegionID == obj.ID }})
	return rq.reportPage(ctx, own, f, by, window{first, after, last, before})
}
