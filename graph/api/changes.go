package api

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/lantu-kg/lantu/graph/api/generated"
	"github.com/lantu-kg/lantu/graph/api/model"
	"github.com/lantu-kg/lantu/graph/curate"
	"github.com/lantu-kg/lantu/schema"
)

// change gives the change with the id, nil when there is none.
func (rq *request) change(ctx context.Context, id string) (*model.Change, error) {
	all, err := rq.changes(ctx)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(all, func(c *schema.ChangeRecord) bool { return c.ID == id })
	if i < 0 {
		return nil, nil
	}
	return model.NewChange(all[i]), nil
}

// judgements are the kinds of changes that settle what is made of a claim or an
// observation.
var judgements = []schema.ChangeKind{schema.ConfirmClaim, schema.RejectClaim, schema.CorrectClaim, schema.AddClaim,
	schema.ConfirmObservation, schema.RejectObservation, schema.CorrectObservation}

// judgedBy gives the last change, of those that stand, that judged or made the
// claim or observation.
func (rq *request) judgedBy(ctx context.Context, id string) (*model.Change, error) {
	all, err := rq.changes(ctx)
	if err != nil {
		return nil, err
	}
	for _, c := range slices.Backward(all) {
		if c.UndoneBy == "" && slices.Contains(judgements, c.Kind) && slices.Contains(factsOf(c), id) {
			return model.NewChange(c), nil
		}
	}
	return nil, nil
}

// factsOf gives the ids of the claims and observations that a change names.
func factsOf(c *schema.ChangeRecord) []string {
	ids := slices.Concat(c.Claims, c.Observations)
	for _, o := range []*schema.Observation{c.Observation, c.BecameObservation} {
		if o != nil {
			ids = append(ids, o.ID)
		}
	}
	for _, claim := range []*schema.Claim{c.Claim, c.Became} {
		if claim != nil {
			ids = append(ids, claim.ID)
		}
	}
	return ids
}

// entitiesOf gives the ids of the entities that a change names, "" among them.
func entitiesOf(c *schema.ChangeRecord) []string {
	ids := append([]string{c.EntityID, c.NewID}, c.Merged...)
	for _, claim := range []*schema.Claim{c.Claim, c.Became} {
		if claim != nil {
			ids = append(ids, claim.SubjectID, claim.ObjectID)
		}
	}
	for _, o := range []*schema.Observation{c.Observation, c.BecameObservation} {
		if o != nil {
			ids = append(ids, o.AboutID)
		}
	}
	return ids
}

// curatedEntities gives the entities that changes which stand named, merged or
// split.
func (rq *request) curatedEntities(ctx context.Context) (map[string]bool, error) {
	all, err := rq.changes(ctx)
	if err != nil {
		return nil, err
	}
	curated := map[string]bool{}
	for _, c := range all {
		if c.UndoneBy == "" && c.EntityID != "" {
			curated[c.EntityID], curated[c.NewID] = true, true
		}
	}
	return curated, nil
}

func (queryFields) Changes(ctx context.Context, f *generated.ChangeFilter, first *int, after *string, last *int, before *string) (*model.ChangeConnection, error) {
	changes, err := requestOf(ctx).changes(ctx)
	if err != nil {
		return nil, err
	}
	var tests []test[*schema.ChangeRecord]
	if f != nil {
		if tests, err = changeTests(changes, f); err != nil {
			return nil, err
		}
	}
	changes = all(changes, tests)
	if len(tests) == 0 {
		changes = slices.Clone(changes)
	}
	slices.Reverse(changes)
	return connect(changes, byNewest, changePosition, window{first, after, last, before}, each(model.NewChange))
}

func changePosition(c *schema.ChangeRecord) position {
	return position{fmt.Sprintf("%012d", c.Number), c.ID}
}

// changeTests returns the tests that f asks for. What is undone is looked at
// where an undoing is.
func changeTests(all []*schema.ChangeRecord, f *generated.ChangeFilter) ([]test[*schema.ChangeRecord], error) {
	var tests []test[*schema.ChangeRecord]
	of := func(id string, ids func(*schema.ChangeRecord) []string) {
		tests = append(tests, func(c *schema.ChangeRecord) bool { return slices.Contains(ids(curate.Root(all, c)), id) })
	}
	if f.Kinds != nil {
		tests = append(tests, func(c *schema.ChangeRecord) bool { return slices.Contains(f.Kinds, c.Kind) })
	}
	if f.Who != nil {
		tests = append(tests, func(c *schema.ChangeRecord) bool { return c.Who == *f.Who })
	}
	if f.Entity != nil && *f.Entity != "" {
		of(*f.Entity, entitiesOf)
	}
	if f.Claim != nil {
		of(*f.Claim, factsOf)
	}
	if f.Observation != nil {
		of(*f.Observation, factsOf)
	}
	if f.Report != nil {
		of(*f.Report, func(c *schema.ChangeRecord) []string { return append(slices.Clone(c.Reports), c.ReportID) })
	}
	if f.Since != nil {
		since := *f.Since
		if at, err := time.Parse(time.RFC3339, since); err == nil {
			since = at.UTC().Format(time.RFC3339)
		} else if !isDate(since) {
			return nil, badInput("since: %.40q is no time: write YYYY, YYYY-MM, YYYY-MM-DD or 2025-03-01T08:00:00Z", since)
		}
		// Times compare as texts; a shorter one stands for its beginning.
		tests = append(tests, func(c *schema.ChangeRecord) bool { return c.When >= since })
	}
	if f.Standing != nil {
		tests = append(tests, func(c *schema.ChangeRecord) bool { return (c.UndoneBy == "") == *f.Standing })
	}
	return tests, nil
}

type changeFields struct{}

func (changeFields) Before(ctx context.Context, obj *model.Change) (*string, error) {
	before, _, err := requestOf(ctx).words(ctx, obj)
	return filled(before), err
}

func (changeFields) After(ctx context.Context, obj *model.Change) (*string, error) {
	_, after, err := requestOf(ctx).words(ctx, obj)
	return filled(after), err
}

func filled(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

// words tells how it was before a change and afterwards. An undoing puts back
// what was before what it undid.
func (rq *request) words(ctx context.Context, c *model.Change) (before, after string, err error) {
	all, err := rq.changes(ctx)
	if err != nil {
		return "", "", err
	}
	back := false
	for r := c.ChangeRecord; r.Kind == schema.Undo; back = !back {
		undone := r.Undoes
		r = all[slices.IndexFunc(all, func(other *schema.ChangeRecord) bool { return other.ID == undone })]
	}
	before, after = model.NewChange(curate.Root(all, c.ChangeRecord)).Words()
	if back {
		before, after = after, before
	}
	return before, after, nil
}

func (changeFields) Claim(ctx context.Context, obj *model.Change) (*model.Claim, error) {
	return requestOf(ctx).claimNow(ctx, obj.Claim)
}

func (changeFields) Became(ctx context.Context, obj *model.Change) (*model.Claim, error) {
	return requestOf(ctx).claimNow(ctx, obj.Became)
}

// claimNow gives a claim that stands in a change as it is now.
func (rq *request) claimNow(ctx context.Context, was *schema.Claim) (*model.Claim, error) {
	if was == nil {
		return nil, nil
	}
	claim, err := rq.claims.Load(ctx, was.ID)
	return model.NewClaim(claim), err
}

func (changeFields) Observation(ctx context.Context, obj *model.Change) (*model.Observation, error) {
	return requestOf(ctx).observationNow(ctx, obj.Observation)
}

func (changeFields) BecameObservation(ctx context.Context, obj *model.Change) (*model.Observation, error) {
	return requestOf(ctx).observationNow(ctx, obj.BecameObservation)
}

// observationNow gives an observation that stands in a change as it is now.
func (rq *request) observationNow(ctx context.Context, was *schema.Observation) (*model.Observation, error) {
	if was == nil {
		return nil, nil
	}
	observation, err := rq.observations.Load(ctx, was.ID)
	return model.NewObservation(observation), err
}

func (changeFields) Entity(ctx context.Context, obj *model.Change) (model.Entity, error) {
	return requestOf(ctx).entity(ctx, obj.EntityID)
}

func (changeFields) SplitOff(ctx context.Context, obj *model.Change) (model.Entity, error) {
	return requestOf(ctx).entity(ctx, obj.NewID)
}

func (changeFields) Report(ctx context.Context, obj *model.Change) (*model.Report, error) {
	if obj.ReportID == "" {
		return nil, nil
	}
	return requestOf(ctx).report(ctx, obj.ReportID)
}

func (changeFields) Undoes(ctx context.Context, obj *model.Change) (*model.Change, error) {
	return requestOf(ctx).change(ctx, obj.Undoes)
}

func (changeFields) UndoneBy(ctx context.Context, obj *model.Change) (*model.Change, error) {
	return requestOf(ctx).change(ctx, obj.UndoneBy)
}
