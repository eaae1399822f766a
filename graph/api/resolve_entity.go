package api

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/lantu-kg/lantu/graph/api/generated"
	"github.com/lantu-kg/lantu/graph/api/model"
	"github.com/lantu-kg/lantu/schema"
)

// filter narrows a list of entities.
type filter = generated.EntityFilter

// entityFields resolves the fields that every kind has.
type entityFields[E model.Entity] struct{}

func (entityFields[E]) Region(ctx context.Context, obj E) (*model.Place, error) {
	rq := requestOf(ctx)
	reports, mentions, err := rq.reportsNaming(ctx, obj.NodeID())
	if err != nil {
		return nil, err
	}
	count := map[string]int{}
	for _, r := range reports {
		if r.RegionID != "" {
			count[r.RegionID] += mentions[r.ID]
		}
	}
	if len(count) == 0 {
		return nil, nil
	}
	regions := slices.SortedFunc(maps.Keys(count), func(a, b string) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a, b))
	})
	return rq.place(ctx, regions[0])
}

// reportsNaming gives the reports that name the entity, newest first, and how
// often each does.
func (rq *request) reportsNaming(ctx context.Context, id string) ([]*schema.Report, map[string]int, error) {
	mentions, err := rq.mentions.Load(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	count := map[string]int{}
	for i := range mentions {
		count[mentions[i].Evidence.ReportID]++
	}
	reports, err := loadAll(ctx, rq.reports, slices.Sorted(maps.Keys(count)))
	return newestFirst(reports), count, err
}

func (f entityFields[E]) Status(ctx context.Context, obj E, asOf *string) (*model.StatusStep, error) {
	steps, err := f.Statuses(ctx, obj, asOf)
	if err != nil || len(steps) == 0 {
		return nil, err
	}
	return steps[0], nil
}

func (entityFields[E]) Statuses(ctx context.Context, obj E, asOf *string) ([]*model.StatusStep, error) {
	steps, err := requestOf(ctx).statuses(ctx, []string{obj.NodeID()}, asOf, requestOf(ctx).claims)
	if err != nil {
		return nil, err
	}
	return steps[0], nil
}

func (entityFields[E]) PartOf(ctx context.Context, obj E, f *filter, by *generated.EntityOrder, first *int, after *string, last *int, before *string) (*model.EntityConnection, error) {
	return linked[model.Entity](ctx, ids(obj), f, by, window{first, after, last, before}, out(schema.PartOf))
}

func (entityFields[E]) Parts(ctx context.Context, obj E, f *filter, by *generated.EntityOrder, first *int, after *string, last *int, before *string) (*model.EntityConnection, error) {
	return linked[model.Entity](ctx, ids(obj), f, by, window{first, after, last, before}, in(schema.PartOf))
}

func (entityFields[E]) Partners(ctx context.Context, obj E, f *filter, by *generated.EntityOrder, first *int, after *string, last *int, before *string) (*model.EntityConnection, error) {
	return linked[model.Entity](ctx, ids(obj), f, by, window{first, after, last, before}, out(schema.CooperatesWith), in(schema.CooperatesWith))
}

func (entityFields[E]) Related(ctx context.Context, obj E, relations []schema.Relation, direction *model.Direction, f *filter, by *generated.EntityOrder, first *int, after *string, last *int, before *string) (*model.EntityConnection, error) {
	var links []link
	for _, info := range schema.Relations {
		if relations != nil && !slices.Contains(relations, info.Relation) {
			continue
		}
		for _, d := range []model.Direction{model.Out, model.In} {
			if direction == nil || *direction == d {
				links = append(links, link{info.Relation, d})
			}
		}
	}
	return linked[model.Entity](ctx, ids(obj), f, by, window{first, after, last, before}, links...)
}

func (entityFields[E]) Claims(ctx context.Context, obj E, relation *schema.Relation, direction *model.Direction, f *generated.ClaimFilter, by *generated.ClaimOrder, first *int, after *string, last *int, before *string) (*model.ClaimConnection, error) {
	rq := requestOf(ctx)
	claims, err := rq.claimsOf(ctx, obj.NodeID(), direction)
	if err != nil {
		return nil, err
	}
	if relation != nil {
		f = narrowed(f, *relation)
	}
	atEnd := func(c *schema.Claim) bool {
		return c.SubjectID == obj.NodeID() && (direction == nil || *direction == model.Out) ||
			c.ObjectID == obj.NodeID() && (direction == nil || *direction == model.In)
	}
	return rq.claimPage(ctx, claims, atEnd, f, by, window{first, after, last, before})
}

// narrowed is a filter that passes claims of the relation only.
func narrowed(f *generated.ClaimFilter, relation schema.Relation) *generated.ClaimFilter {
	narrow := generated.ClaimFilter{}
	if f != nil {
		narrow = *f
	}
	relations := []schema.Relation{relation}
	if narrow.Relations != nil && !slices.Contains(narrow.Relations, relation) {
		relations = []schema.Relation{} // none is both
	}
	narrow.Relations = relations
	return &narrow
}

// claimsOf gives the ids of the claims in which the entity stands at the end,
// at either when that is nil.
func (rq *request) claimsOf(ctx context.Context, id string, direction *model.Direction) ([]string, error) {
	switch {
	case direction == nil:
		return rq.claimsAtEither(ctx, id)
	case *direction == model.Out:
		return rq.claimsBySubject.Load(ctx, id)
	default:
		return rq.claimsByObject.Load(ctx, id)
	}
}

func (entityFields[E]) Recognitions(ctx context.Context, obj E, f *generated.ClaimFilter, by *generated.ClaimOrder, first *int, after *string, last *int, before *string) (*model.ClaimConnection, error) {
	return claimsSaying(ctx, obj, schema.RecognizedAs, f, by, window{first, after, last, before})
}

func (entityFields[E]) Ranks(ctx context.Context, obj E, f *generated.ClaimFilter, by *generated.ClaimOrder, first *int, after *string, last *int, before *string) (*model.ClaimConnection, error) {
	return claimsSaying(ctx, obj, schema.Ranked, f, by, window{first, after, last, before})
}

// claimsSaying gives the claims of a relation in which the entity is the
// subject.
func claimsSaying(ctx context.Context, obj model.Entity, relation schema.Relation, f *generated.ClaimFilter, by *generated.ClaimOrder, w window) (*model.ClaimConnection, error) {
	rq := requestOf(ctx)
	claims, err := rq.claimsBySubject.Load(ctx, obj.NodeID())
	if err != nil {
		return nil, err
	}
	f = narrowed(f, relation)
	ofIt := func(c *schema.Claim) bool { return c.SubjectID == obj.NodeID() }
	return rq.claimPage(ctx, claims, ofIt, f, by, w)
}

func (entityFields[E]) Observations(ctx context.Context, obj E, f *generated.ObservationFilter, by *generated.ObservationOrder, first *int, after *string, last *int, before *string) (*model.ObservationConnection, error) {
	rq := requestOf(ctx)
	observations, err := rq.observationsAbout.Load(ctx, obj.NodeID())
	if err != nil {
		return nil, err
	}
	ofIt := func(o *schema.Observation) bool { return o.AboutID == obj.NodeID() }
	return rq.observationPage(ctx, observations, ofIt, f, by, window{first, after, last, before})
}

func (entityFields[E]) Mentions(ctx context.Context, obj E, f *generated.MentionFilter, by *generated.MentionOrder, first *int, after *string, last *int, before *string) (*model.MentionConnection, error) {
	rq := requestOf(ctx)
	mentions, err := rq.mentions.Load(ctx, obj.NodeID())
	if err != nil {
		return nil, err
	}
	pointers := make([]*schema.Mention, len(mentions))
	for i := range mentions {
		pointers[i] = &mentions[i]
	}
	if f != nil {
		tests, err := rq.mentionTests(ctx, f)
		if err != nil {
			return nil, err
		}
		pointers = all(pointers, tests)
	}
	pointers, o, at, err := rq.orderMentions(ctx, pointers, by)
	if err != nil {
		return nil, err
	}
	return connect(pointers, o, at, window{first, after, last, before},
		each(func(m *schema.Mention) *model.Mention { return &model.Mention{Mention: m} }))
}

// mentionPosition puts mentions in the order of the text.
func mentionPosition(m *schema.Mention) position {
	at := m.Evidence
	return position{passageSort(at.PassageID), fmt.Sprintf("%08d %08d %s", at.Span.Start, at.Span.End, at.Rule)}
}

func (entityFields[E]) Reports(ctx context.Context, obj E, f *generated.ReportFilter, by *generated.ReportOrder, first *int, after *string, last *int, before *string) (*model.ReportConnection, error) {
	rq := requestOf(ctx)
	reports, _, err := rq.reportsNaming(ctx, obj.NodeID())
	if err != nil {
		return nil, err
	}
	return rq.reportPage(ctx, reports, f, by, window{first, after, last, before})
}

// reportPage gives the window of those of reports, newest first, that pass f.
func (rq *request) reportPage(ctx context.Context, reports []*schema.Report, f *generated.ReportFilter, by *generated.ReportOrder, w window) (*model.ReportConnection, error) {
	if f != nil {
		tests, err := rq.reportTests(ctx, f)
		if err != nil {
			return nil, err
		}
		reports = all(reports, tests)
	}
	reports, o, at := orderReports(reports, by)
	return connect(reports, o, at, w, each(model.NewReport))
}

func ids(entities ...model.Entity) []string {
	all := make([]string, len(entities))
	for i, e := range entities {
		all[i] = e.NodeID()
	}
	return all
}
