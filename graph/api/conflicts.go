package api

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/lantu-kg/lantu/graph/api/model"
	"github.com/lantu-kg/lantu/schema"
)

func (claimFields) Conflicts(ctx context.Context, obj *model.Claim) ([]*model.ClaimConflict, error) {
	return requestOf(ctx).conflictsOf(ctx, obj.Claim)
}

type statusStepFields struct{}

func (statusStepFields) Conflicting(ctx context.Context, obj *model.StatusStep) (bool, error) {
	conflicts, err := requestOf(ctx).conflictsOf(ctx, obj.Claim.Claim)
	return len(conflicts) > 0, err
}

// conflictsOf gives the claims that cannot hold beside c.
func (rq *request) conflictsOf(ctx context.Context, c *schema.Claim) ([]*model.ClaimConflict, error) {
	kind := kindOfID(c.SubjectID)
	var rule model.ConflictRule
	var contradict func(context.Context, *schema.Claim, *schema.Claim) (bool, error)
	switch {
	case c.Relation == schema.HasStatus && (kind == schema.KindProject || kind == schema.KindFacility):
		rule, contradict = model.StepBack, rq.stepsBack
	case c.Relation == schema.LocatedIn && kind == schema.KindFacility:
		rule, contradict = model.TwoPlaces, rq.standsApart
	default:
		return nil, nil
	}
	said, err := rq.said.Load(ctx, end{c.SubjectID, model.Out})
	if err != nil {
		return nil, err
	}
	var conflicts []*model.ClaimConflict
	for _, other := range said {
		if other.Relation != c.Relation || other.ID == c.ID {
			continue
		}
		wrong, err := contradict(ctx, c, other)
		if err != nil {
			return nil, err
		}
		if wrong {
			conflicts = append(conflicts, &model.ClaimConflict{Claim: model.NewClaim(other), Rule: rule})
		}
	}
	return conflicts, nil
}

// stepsBack reports whether one of two steps was reached before the other was
// still to come.
func (rq *request) stepsBack(ctx context.Context, a, b *schema.Claim) (bool, error) {
	for _, pair := range [][2]*schema.Claim{{a, b}, {b, a}} {
		back, err := rq.wentBack(ctx, pair[0], pair[1])
		if back || err != nil {
			return back, err
		}
	}
	return false, nil
}

// wentBack reports whether a report says that a thing was built or opened, and
// a later one that it came to a lower step after that, or is still to be built
// or opened.
func (rq *request) wentBack(ctx context.Context, reached, later *schema.Claim) (bool, error) {
	step, next := schema.Status(reached.Value), schema.Status(later.Value)
	if reached.Modality != schema.Fact || step != schema.StatusCompleted && step != schema.StatusOpened || statusOrder(next) > statusOrder(step) {
		return false, nil
	}
	var ids []string
	for _, c := range []*schema.Claim{reached, later} {
		for _, e := range c.Evidence {
			ids = append(ids, e.ReportID)
		}
	}
	reports, err := loadAll(ctx, rq.reports, ids)
	if err != nil {
		return false, err
	}
	said, since := "", "" // when it was first said, and for which time
	for _, r := range existing(reports[:len(reached.Evidence)]) {
		if r.Date != "" && (said == "" || r.Date < said) {
			said, since = r.Date, cmp.Or(reached.Period.To, r.Period.To, r.Date)
		}
	}
	if said == "" {
		return false, nil
	}
	after := func(date string) bool { return date != "" && !until(date, since) }
	return slices.ContainsFunc(existing(reports[len(reached.Evidence):]), func(r *schema.Report) bool {
		switch {
		case r.Date <= said:
			return false
		case later.Modality == schema.Aim:
			return later.Period.To == "" || after(later.Period.To)
		case statusOrder(next) > statusOrder(schema.StatusUnderConstruction):
			return false // built after it was opened, as it is told
		case later.Period.From != "" || later.Period.To != "":
			return after(later.Period.From)
		}
		return after(r.Period.From)
	}), nil
}

// standsApart reports whether two claims put a thing in two places of the same
// level.
func (rq *request) standsApart(ctx context.Context, a, b *schema.Claim) (bool, error) {
	if a.Modality != schema.Fact || b.Modality != schema.Fact || a.ObjectID == b.ObjectID || a.Period != b.Period {
		return false, nil
	}
	places, err := loadAll(ctx, rq.entities, []string{a.ObjectID, b.ObjectID})
	if err != nil || places[0] == nil || places[1] == nil {
		return false, err
	}
	return places[0].Level == places[1].Level && slices.Contains(ladderLevels, places[0].Level), nil
}

// ladderLevels are the levels of which a building has one place each.
var ladderLevels = []schema.PlaceLevel{schema.LevelProvince, schema.LevelCity, schema.LevelDistrict, schema.LevelStreet, schema.LevelVillage}

func (observationFields) Conflicts(ctx context.Context, obj *model.Observation) ([]*model.Observation, error) {
	o := obj.Observation
	if !mustAgree(o) {
		return nil, nil
	}
	rq := requestOf(ctx)
	ids, err := rq.observationsAbout.Load(ctx, o.AboutID)
	if err != nil {
		return nil, err
	}
	found, err := loadAll(ctx, rq.observations, ids)
	if err != nil {
		return nil, err
	}
	reports, err := rq.allReports(ctx)
	if err != nil {
		return nil, err
	}
	regions := make(map[string]string, len(reports))
	for _, r := range reports {
		regions[r.ID] = r.RegionID
	}
	return each(model.NewObservation)(all(existing(found), []test[*schema.Observation]{func(other *schema.Observation) bool {
		return mustAgree(other) && indicatorOf(other) == indicatorOf(o) && other.Basis == o.Basis && saidElsewhere(o, other, regions) &&
			other.Period.From == o.Period.From && other.Period.To == o.Period.To && apart(rangeOf(o), rangeOf(other))
	}}))
}

// saidElsewhere reports whether other reports on the same region give the
// numbers: one report does not contradict itself, it speaks of several things.
func saidElsewhere(a, b *schema.Observation, regions map[string]string) bool {
	sameRegion := false
	for _, x := range a.Evidence {
		for _, y := range b.Evidence {
			if x.ReportID == y.ReportID {
				return false
			}
			sameRegion = sameRegion || regions[x.ReportID] == regions[y.ReportID]
		}
	}
	return sameRegion
}

// mustAgree reports whether another number for the same must be the same: not
// of aims, which may change, nor of what is measured of many things.
func mustAgree(o *schema.Observation) bool {
	return o.Modality != schema.Aim && o.Period.To != "" && utf8.RuneCountInString(measureKey(o.Measure)) >= shortestMeasure
}

// rangeOf gives what a number may be by its last digit and its hedge.
func rangeOf(o *schema.Observation) (bounds [2]float64) {
	digits := strconv.FormatFloat(o.Value, 'f', -1, 64)
	_, decimals, _ := strings.Cut(digits, ".")
	half := 0.5 * math.Pow10(-len(decimals))
	if o.Value != 0 {
		half *= math.Abs(o.Amount / o.Value)
	}
	low, high := o.Amount-half, o.Amount+half
	near := math.Abs(o.Amount) / 10 // what 约 and 近 may be off
	switch o.Hedge {
	case schema.About:
		low, high = low-near, high+near
	case schema.Nearly:
		low -= near
	case schema.Over, schema.AtLeast:
		high = math.Inf(1)
	case schema.AtMost:
		low = math.Inf(-1)
	}
	return [2]float64{low, high}
}

func apart(a, b [2]float64) bool { return a[1] < b[0] || b[1] < a[0] }
