package api

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/lantu-kg/lantu/graph/api/generated"
	"github.com/lantu-kg/lantu/graph/api/model"
	"github.com/lantu-kg/lantu/schema"
)

func (queryFields) Compare(ctx context.Context, before, after string) (*model.ReportComparison, error) {
	rq := requestOf(ctx)
	earlier, err := rq.mustBeReport(ctx, "before", before)
	if err != nil {
		return nil, err
	}
	later, err := rq.mustBeReport(ctx, "after", after)
	if err != nil {
		return nil, err
	}
	if earlier.ID == later.ID {
		return nil, badInput("after: it is the report to compare with: give another one")
	}
	return &model.ReportComparison{Before: model.NewReport(earlier), After: model.NewReport(later)}, nil
}

// mustBeReport gives the report with an id or file name, the newest of several.
func (rq *request) mustBeReport(ctx context.Context, argument, report string) (*schema.Report, error) {
	reports, err := rq.allReports(ctx)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(reports, func(r *schema.Report) bool { return r.ID == report || r.File == report })
	if i < 0 {
		return nil, notFound("%s: no report has the id or file name %.60q: reports { nodes { id file } } lists them", argument, report)
	}
	return reports[i], nil
}

type comparisonFields struct{}

// facts gives what each of the two reports is evidence of.
func (comparisonFields) facts(ctx context.Context, obj *model.ReportComparison) (before, after schema.Facts, err error) {
	facts, err := loadAll(ctx, requestOf(ctx).reportFacts, []string{obj.Before.ID, obj.After.ID})
	if err != nil {
		return before, after, err
	}
	return facts[0], facts[1], nil
}

// onlyIn gives the ids that stand in a and not in b.
func onlyIn(a, b []string) []string {
	known := set(b)
	return slices.DeleteFunc(slices.Clone(a), func(id string) bool { return known[id] })
}

func (rq *request) entitiesByID(ctx context.Context, ids []string) ([]*schema.Entity, error) {
	entities, err := loadAll(ctx, rq.entities, ids)
	return sortEntities(entities), err
}

func (c comparisonFields) Appeared(ctx context.Context, obj *model.ReportComparison, f *filter, by *generated.EntityOrder, first *int, after *string, last *int, before *string) (*model.EntityConnection, error) {
	earlier, later, err := c.facts(ctx, obj)
	if err != nil {
		return nil, err
	}
	entities, err := requestOf(ctx).entitiesByID(ctx, onlyIn(later.Entities, earlier.Entities))
	if err != nil {
		return nil, err
	}
	return entityPage[model.Entity](ctx, entities, f, by, window{first, after, last, before})
}

func (c comparisonFields) Vanished(ctx context.Context, obj *model.ReportComparison, f *filter, by *generated.EntityOrder, first *int, after *string, last *int, before *string) (*model.EntityConnection, error) {
	earlier, later, err := c.facts(ctx, obj)
	if err != nil {
		return nil, err
	}
	entities, err := requestOf(ctx).entitiesByID(ctx, onlyIn(earlier.Entities, later.Entities))
	if err != nil {
		return nil, err
	}
	return entityPage[model.Entity](ctx, entities, f, by, window{first, after, last, before})
}

func (c comparisonFields) NewClaims(ctx context.Context, obj *model.ReportComparison, f *generated.ClaimFilter, by *generated.ClaimOrder, first *int, after *string, last *int, before *string) (*model.ClaimConnection, error) {
	earlier, later, err := c.facts(ctx, obj)
	if err != nil {
		return nil, err
	}
	return requestOf(ctx).claimsNotIn(ctx, later.Claims, earlier.Claims, f, by, window{first, after, last, before})
}

func (c comparisonFields) DroppedClaims(ctx context.Context, obj *model.ReportComparison, f *generated.ClaimFilter, by *generated.ClaimOrder, first *int, after *string, last *int, before *string) (*model.ClaimConnection, error) {
	earlier, later, err := c.facts(ctx, obj)
	if err != nil {
		return nil, err
	}
	return requestOf(ctx).claimsNotIn(ctx, earlier.Claims, later.Claims, f, by, window{first, after, last, before})
}

// claimsNotIn gives those of claims that say what none of others says: the same
// ends and relation, whatever the time.
func (rq *request) claimsNotIn(ctx context.Context, claims, others []string, f *generated.ClaimFilter, by *generated.ClaimOrder, w window) (*model.ClaimConnection, error) {
	loaded, err := loadAll(ctx, rq.claimOutlines, slices.Concat(claims, others))
	if err != nil {
		return nil, err
	}
	content := func(c *schema.Claim) [4]string {
		return [4]string{c.SubjectID, string(c.Relation), c.ObjectID, c.Value}
	}
	known := map[[4]string]bool{}
	for _, c := range existing(loaded[len(claims):]) {
		known[content(c)] = true
	}
	var ids []string
	for _, c := range existing(loaded[:len(claims)]) {
		if !known[content(c)] {
			ids = append(ids, c.ID)
		}
	}
	nowhere := func(*schema.Claim) bool { return false } // what was rejected no report says
	return rq.claimPage(ctx, ids, nowhere, f, by, w)
}

func (c comparisonFields) StatusChanges(ctx context.Context, obj *model.ReportComparison, f *filter, by *generated.EntityOrder, first *int, after *string, last *int, before *string) (*model.StatusChangeConnection, error) {
	earlier, later, err := c.facts(ctx, obj)
	if err != nil {
		return nil, err
	}
	rq := requestOf(ctx)
	was, err := rq.standings(ctx, obj.Before, earlier.Claims)
	if err != nil {
		return nil, err
	}
	is, err := rq.standings(ctx, obj.After, later.Claims)
	if err != nil {
		return nil, err
	}
	var ids []string
	for id, step := range is {
		if old := was[id]; old != nil && old.Status != step.Status {
			ids = append(ids, id)
		}
	}
	entities, err := rq.entitiesByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	if entities, err = rq.selectEntities(ctx, entities, f); err != nil {
		return nil, err
	}
	entities, o, at, err := rq.orderEntities(ctx, entities, by)
	if err != nil {
		return nil, err
	}
	return connect(entities, o, at, window{first, after, last, before}, each(func(e *schema.Entity) *model.StatusChange {
		return &model.StatusChange{Entity: model.NewEntity(e), Before: was[e.ID], After: is[e.ID]}
	}))
}

// standings gives the step at which each thing stands by the claims of one
// report: facts before aims, then the highest.
func (rq *request) standings(ctx context.Context, report *model.Report, claims []string) (map[string]*model.StatusStep, error) {
	loaded, err := loadAll(ctx, rq.claims, claims)
	if err != nil {
		return nil, err
	}
	best := map[string]*schema.Claim{}
	for _, c := range existing(loaded) {
		if c.Relation != schema.HasStatus {
			continue
		}
		if old := best[c.SubjectID]; old == nil || cmp.Or(
			compareBool(c.Modality == schema.Aim, old.Modality == schema.Aim),
			cmp.Compare(statusOrder(schema.Status(old.Value)), statusOrder(schema.Status(c.Value))),
			cmp.Compare(c.ID, old.ID)) < 0 {
			best[c.SubjectID] = c
		}
	}
	steps := make(map[string]*model.StatusStep, len(best))
	for id, c := range best {
		steps[id] = stepIn(c, report)
	}
	return steps, nil
}

// stepIn shows a claim of a status as one report makes it.
func stepIn(c *schema.Claim, report *model.Report) *model.StatusStep {
	claim := model.NewClaim(c)
	step := &model.StatusStep{Status: schema.Status(c.Value), Claim: claim, Report: report, Date: report.Date()}
	for _, e := range claim.Evidence() {
		if e.ReportID == report.ID {
			step.Evidence = e
			break
		}
	}
	if step.Evidence == nil {
		step.Evidence = claim.Evidence()[0]
	}
	return step
}

func (c comparisonFields) ValueChanges(ctx context.Context, obj *model.ReportComparison, measureContains *string, f *generated.ObservationFilter, by *generated.ValueChangeOrder, first *int, after *string, last *int, before *string) (*model.ValueChangeConnection, error) {
	earlier, later, err := c.facts(ctx, obj)
	if err != nil {
		return nil, err
	}
	rq := requestOf(ctx)
	was, err := rq.values(ctx, earlier.Observations)
	if err != nil {
		return nil, err
	}
	is, err := rq.values(ctx, later.Observations)
	if err != nil {
		return nil, err
	}
	nowhere := func(*schema.Observation) bool { return false } // what was rejected no report says
	pass, curation, err := rq.observationSifter(ctx, f)
	if err != nil {
		return nil, err
	}
	observations, err := rq.observationList().passing(ctx, later.Observations, nowhere, curation, pass, nil)
	if err != nil {
		return nil, err
	}
	passing := make(map[string]bool, len(observations))
	for _, o := range observations {
		passing[o.ID] = true
	}
	var changes []*model.ValueChange
	for key, o := range is {
		old := was[key]
		if old == nil || old.ID == o.ID || measureContains != nil && !strings.Contains(key.measure, schema.NormalName(*measureContains)) {
			continue
		}
		if !passing[o.ID] {
			continue
		}
		if change := (&model.ValueChange{Before: model.NewObservation(old), After: model.NewObservation(o)}); change.Difference() != 0 {
			changes = append(changes, change)
		}
	}
	changes, o, at := orderValueChanges(changes, by)
	return connect(changes, o, at, window{first, after, last, before}, each(func(v *model.ValueChange) *model.ValueChange { return v }))
}

func orderValueChanges(changes []*model.ValueChange, by *generated.ValueChangeOrder) ([]*model.ValueChange, order, func(*model.ValueChange) position) {
	if by == nil {
		slices.SortFunc(changes, func(a, b *model.ValueChange) int { return byMeasureName.compare(valuePosition(a), valuePosition(b)) })
		return changes, byMeasureName, valuePosition
	}
	return ordered(changes, string(by.Field), by.Direction, func(v *model.ValueChange) position {
		at := valuePosition(v)
		switch by.Field {
		case generated.ValueChangeOrderFieldDifference:
			at.sort = sortableNumber(v.Difference())
		case generated.ValueChangeOrderFieldGrowth:
			at.sort = ""
			if growth := v.Growth(); growth != nil {
				at.sort = sortableNumber(*growth)
			}
		}
		return at
	})
}

func valuePosition(v *model.ValueChange) position {
	return position{v.After.Measure, v.After.ID}
}

// valueKey names what is measured, of whom.
type valueKey struct {
	about string
	indicatorKey
}

// spanKey names what is measured, of whom, as a result or an aim, in which part
// of a year or over how many: a half year's is not compared with a whole one's.
type spanKey struct {
	valueKey
	aim  bool
	span string
}

// spanOf gives a period without the year that it is in.
func spanOf(p schema.Period) string {
	from, to := p.From[min(4, len(p.From)):], p.To[min(4, len(p.To)):]
	if len(p.From) < 4 || len(p.To) < 4 {
		return from + "/" + to
	}
	first, errFirst := strconv.Atoi(p.From[:4])
	last, errLast := strconv.Atoi(p.To[:4])
	if errFirst != nil || errLast != nil {
		return from + "/" + to
	}
	return fmt.Sprintf("%s/%s/%d", from, to, last-first)
}

// values gives the number of each indicator, as a result and as an aim, for the
// latest time: a report's own year. It is the surest of several, and there is none
// of measures too bare to be known again.
func (rq *request) values(ctx context.Context, ids []string) (map[spanKey]*schema.Observation, error) {
	loaded, err := loadAll(ctx, rq.observations, ids)
	if err != nil {
		return nil, err
	}
	best := map[spanKey]*schema.Observation{}
	for _, o := range existing(loaded) {
		if utf8.RuneCountInString(measureKey(o.Measure)) < shortestMeasure {
			continue
		}
		key := spanKey{valueKey{o.AboutID, indicatorOf(o)}, o.Modality == schema.Aim, spanOf(o.Period)}
		if old := best[key]; old == nil || cmp.Or(cmp.Compare(old.Period.To, o.Period.To), surestFirst(o, old)) < 0 {
			best[key] = o
		}
	}
	return best, nil
}

type valueChangeFields struct{}

func (valueChangeFields) About(ctx context.Context, obj *model.ValueChange) (model.Entity, error) {
	return requestOf(ctx).entity(ctx, obj.After.AboutID)
}
