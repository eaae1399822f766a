package api

import (
	"context"
	"slices"

	"github.com/lantu-kg/lantu/graph/api/generated"
	"github.com/lantu-kg/lantu/graph/api/model"
	"github.com/lantu-kg/lantu/schema"
)

// Each of the types below resolves fields that several kinds have.

// located is for what stands somewhere.
type located[E model.Entity] struct{}

func (located[E]) Location(ctx context.Context, obj E, asOf *string) (model.Entity, error) {
	rq := requestOf(ctx)
	ties, err := rq.ties(ctx, ids(obj), []link{out(schema.LocatedIn)}, source{asOf: asOf})
	if err != nil {
		return nil, err
	}
	joints := make([][]joint, len(ties))
	for i, t := range ties {
		joints[i] = t.joints
	}
	claims, err := rq.claimsBehind(ctx, joints)
	if err != nil {
		return nil, err
	}
	said := claimsAmong(slices.Concat(joints...), claims)
	if len(said) == 0 {
		return nil, nil
	}
	return rq.entity(ctx, said[0].ObjectID)
}

func (located[E]) Locations(ctx context.Context, obj E, f *filter, by *generated.EntityOrder, first *int, after *string, last *int, before *string) (*model.EntityConnection, error) {
	return linked[model.Entity](ctx, ids(obj), f, by, window{first, after, last, before}, out(schema.LocatedIn))
}

// targeting is for what serves industries.
type targeting[E model.Entity] struct{}

func (targeting[E]) Industries(ctx context.Context, obj E, f *filter, by *generated.EntityOrder, first *int, after *string, last *int, before *string) (*model.IndustryConnection, error) {
	return linked[*model.Industry](ctx, ids(obj), f, by, window{first, after, last, before}, out(schema.Targets))
}

// led is for what someone is responsible for.
type led[E model.Entity] struct{}

func (led[E]) Responsible(ctx context.Context, obj E, f *filter, by *generated.EntityOrder, first *int, after *string, last *int, before *string) (*model.EntityConnection, error) {
	return linked[model.Entity](ctx, ids(obj), f, by, window{first, after, last, before}, in(schema.ResponsibleFor))
}

// leading is for who is responsible for something.
type leading[E model.Entity] struct{}

func (leading[E]) ResponsibleFor(ctx context.Context, obj E, f *filter, by *generated.EntityOrder, first *int, after *string, last *int, before *string) (*model.EntityConnection, error) {
	return linked[model.Entity](ctx, ids(obj), f, by, window{first, after, last, before}, out(schema.ResponsibleFor))
}

// running is for who is responsible for projects.
type running[E model.Entity] struct{}

func (running[E]) Projects(ctx context.Context, obj E, f *filter, by *generated.EntityOrder, first *int, after *string, last *int, before *string) (*model.ProjectConnection, error) {
	return linked[*model.Project](ctx, ids(obj), f, by, window{first, after, last, before}, out(schema.ResponsibleFor))
}

// settling is for who settles somewhere.
type settling[E model.Entity] struct{}

func (settling[E]) SettledIn(ctx context.Context, obj E, f *filter, by *generated.EntityOrder, first *int, after *string, last *int, before *string) (*model.EntityConnection, error) {
	return linked[model.Entity](ctx, ids(obj), f, by, window{first, after, last, before}, out(schema.SettledIn))
}

// housing is for what enterprises settle in.
type housing[E model.Entity] struct{}

func (housing[E]) Enterprises(ctx context.Context, obj E, f *filter, by *generated.EntityOrder, first *int, after *string, last *int, before *string) (*model.EnterpriseConnection, error) {
	return linked[*model.Enterprise](ctx, ids(obj), f, by, window{first, after, last, before}, in(schema.SettledIn))
}

func (housing[E]) Organizations(ctx context.Context, obj E, f *filter, by *generated.EntityOrder, first *int, after *string, last *int, before *string) (*model.OrganizationConnection, error) {
	return linked[*model.Organization](ctx, ids(obj), f, by, window{first, after, last, before}, in(schema.SettledIn), in(schema.LocatedIn))
}

// supported is for what is supported.
type supported[E model.Entity] struct{}

func (supported[E]) SupportedBy(ctx context.Context, obj E, f *filter, by *generated.EntityOrder, first *int, after *string, last *int, before *string) (*model.EntityConnection, error) {
	return linked[model.Entity](ctx, ids(obj), f, by, window{first, after, last, before}, in(schema.Supports))
}

// supporting is for who supports.
type supporting[E model.Entity] struct{}

func (supporting[E]) Supports(ctx context.Context, obj E, f *filter, by *generated.EntityOrder, first *int, after *string, last *int, before *string) (*model.EntityConnection, error) {
	return linked[model.Entity](ctx, ids(obj), f, by, window{first, after, last, before}, out(schema.Supports))
}
