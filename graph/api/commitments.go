package api

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"unicode/utf8"

	"github.com/lantu-kg/lantu/graph/api/generated"
	"github.com/lantu-kg/lantu/graph/api/model"
	"github.com/lantu-kg/lantu/schema"
)

func (queryFields) Commitments(ctx context.Context, report, region, about *string, aboutMatches *generated.EntityFilter, period *generated.PeriodInput, confidenceAtLeast *float64, by *generated.CommitmentOrder, state *model.CommitmentState, first *int, after *string, last *int, before *string) (*model.CommitmentConnection, error) {
	w := window{first, after, last, before}
	if err := w.check(); err != nil {
		return nil, err
	}
	rq := requestOf(ctx)
	reports, err := rq.allReports(ctx)
	if err != nil {
		return nil, err
	}
	if report != nil || region != nil {
		ids, err := rq.reportsMeant(ctx, report, region, nil, nil)
		if err != nil {
			return nil, err
		}
		meant := set(ids)
		reports = all(reports, []test[*schema.Report]{func(r *schema.Report) bool { return meant[r.ID] }})
	}
	if about != nil {
		if _, err := rq.mustBeEntity(ctx, "about", *about); err != nil {
			return nil, err
		}
	}
	found, truncated, err := rq.promises(ctx, reports, about, maxPromising)
	if err != nil {
		return nil, err
	}
	aims := map[aimsKey]int{} // aims of one indicator in one report
	for _, c := range found {
		if c.Observation != nil {
			aims[aimKey(c)]++
		}
	}
	if found, err = rq.selectPromises(ctx, found, aboutMatches, period, confidenceAtLeast); err != nil {
		return nil, err
	}
	judged := func(promised []*model.Commitment) ([]*model.Commitment, error) {
		return promised, rq.judgePromises(ctx, promised, aims)
	}
	show := judged // only the page is judged, unless the state decides what is on it
	countStates := func() ([]*model.CommitmentStateFacet, error) {
		every := make([]*model.Commitment, len(found))
		for i, c := range found {
			one := model.Commitment{Report: c.Report, Claim: c.Claim, Observation: c.Observation, Evidence: c.Evidence}
			every[i] = &one
		}
		every, err := judged(every)
		return stateFacets(every), err
	}
	if state != nil {
		every, err := judged(found)
		if err != nil {
			return nil, err
		}
		facets := stateFacets(every)
		countStates = func() ([]*model.CommitmentStateFacet, error) { return facets, nil }
		found = all(found, []test[*model.Commitment]{func(c *model.Commitment) bool { return c.State == *state }})
		show = each(func(c *model.Commitment) *model.Commitment { return c })
	}
	found, o, at := orderCommitments(found, by)
	connection, err := connect(found, o, at, w, show)
	if err != nil {
		return nil, err
	}
	return &model.CommitmentConnection{Connection: *connection, Truncated: truncated, CountStates: sync.OnceValues(countStates)}, nil
}

// states are in the order of the schema.
var states = []model.CommitmentState{model.Fulfilled, model.UnderWay, model.Missed, model.Renewed, model.Unmentioned, model.Open}

// stateFacets counts promises that were judged.
func stateFacets(judged []*model.Commitment) []*model.CommitmentStateFacet {
	counts := map[model.CommitmentState]int{}
	for _, c := range judged {
		counts[c.State]++
	}
	facets := make([]*model.CommitmentStateFacet, len(states))
	for i, state := range states {
		facets[i] = &model.CommitmentStateFacet{State: state, Count: counts[state]}
	}
	return facets
}

// selectPromises gives those that pass what is given.
func (rq *request) selectPromises(ctx context.Context, promised []*model.Commitment, about *generated.EntityFilter, period *generated.PeriodInput, least *float64) ([]*model.Commitment, error) {
	shared, err := rq.sourceTests(ctx, source{confidenceAtLeast: least})
	if err != nil {
		return nil, err
	}
	tests := testsOf(shared, func(c *model.Commitment) said { return said{evidence: evidenceFor(c)} })
	if period != nil {
		if err := mustBePeriod(period); err != nil {
			return nil, err
		}
		tests = append(tests, func(c *model.Commitment) bool {
			if due := dueOf(c); due.From != "" || due.To != "" {
				return meets(due, period)
			}
			return meets(c.Report.Report.Aim, period)
		})
	}
	return whose(ctx, rq, all(promised, tests), about, subjectOf)
}

func evidenceFor(c *model.Commitment) []schema.Evidence {
	if c.Claim != nil {
		return c.Claim.Claim.Evidence
	}
	return c.Observation.Observation.Evidence
}

// dueOf gives the time stated for a promise.
func dueOf(c *model.Commitment) schema.Period {
	if c.Claim != nil {
		return c.Claim.Claim.Period
	}
	return c.Observation.Observation.Period
}

func orderCommitments(found []*model.Commitment, by *generated.CommitmentOrder) ([]*model.Commitment, order, func(*model.Commitment) position) {
	if by == nil {
		slices.SortFunc(found, func(a, b *model.Commitment) int { return byDate.compare(commitmentPosition(a), commitmentPosition(b)) })
		return found, byDate, commitmentPosition
	}
	return ordered(found, string(by.Field), by.Direction, func(c *model.Commitment) position {
		at := commitmentPosition(c)
		switch by.Field {
		case generated.CommitmentOrderFieldDue:
			at.sort = dueOf(c).To
		case generated.CommitmentOrderFieldConfidence:
			at.sort = sortableShare(model.Confidence(evidenceFor(c)))
		}
		return at
	})
}

// commitmentPosition puts the promises of the latest report first, those of
// one report in the order of its text.
func commitmentPosition(c *model.Commitment) position {
	at := mentionPosition(&schema.Mention{Evidence: *c.Evidence.Evidence})
	return position{c.Report.Report.Date, at.sort + " " + at.id + " " + c.ID()}
}

// maxPromising is how many facts are looked at in search of promises.
const maxPromising = 100_000

// promises gives what reports, the newest first, promise about one entity or
// any, and whether something was left out, since more facts than most say it.
func (rq *request) promises(ctx context.Context, reports []*schema.Report, about *string, most int) (promised []*model.Commitment, truncated bool, err error) {
	statuses, err := rq.claimIDs.Load(ctx, schema.HasStatus)
	if err != nil {
		return nil, false, err
	}
	size := indexBatch
	if about != nil { // what is said of it is read once, whoever reports it
		size = max(len(reports), 1)
	}
	for batch := range slices.Chunk(reports, size) {
		facts, err := rq.promisingFacts(ctx, batch, about, statuses)
		if err != nil {
			return nil, false, err
		}
		if len(facts.Claims)+len(facts.Observations) > most {
			truncated = true
			facts.Claims = facts.Claims[:min(most, len(facts.Claims))]
			facts.Observations = facts.Observations[:min(most-len(facts.Claims), len(facts.Observations))]
		}
		most -= len(facts.Claims) + len(facts.Observations)
		claims, err := loadAll(ctx, rq.claims, facts.Claims)
		if err != nil {
			return nil, false, err
		}
		observations, err := loadAll(ctx, rq.observations, facts.Observations)
		if err != nil {
			return nil, false, err
		}
		byID := make(map[string]*schema.Report, len(batch))
		for _, r := range batch {
			byID[r.ID] = r
		}
		// One for each report that promises it.
		promise := func(c model.Commitment, evidence []*model.Evidence) {
			for i, e := range evidence {
				r := byID[e.ReportID]
				if r == nil || slices.ContainsFunc(evidence[:i], func(before *model.Evidence) bool { return before.ReportID == e.ReportID }) {
					continue
				}
				one := c
				one.Report, one.Evidence = model.NewReport(r), e
				promised = append(promised, &one)
			}
		}
		for _, c := range existing(claims) {
			if c.Modality == schema.Aim || c.Value == string(schema.StatusPlanned) {
				claim := model.NewClaim(c)
				promise(model.Commitment{Claim: claim}, claim.Evidence())
			}
		}
		for _, o := range existing(observations) {
			if o.Modality == schema.Aim {
				observation := model.NewObservation(o)
				promise(model.Commitment{Observation: observation}, observation.Evidence())
			}
		}
		if truncated {
			break
		}
	}
	return promised, truncated, nil
}

// promisingFacts gives what may be a promise: claims of a status, and
// observations, in reports or about one entity.
func (rq *request) promisingFacts(ctx context.Context, reports []*schema.Report, about *string, statuses []string) (facts schema.Facts, err error) {
	if about != nil {
		if facts.Claims, err = rq.claimsBySubject.Load(ctx, *about); err != nil {
			return facts, err
		}
		facts.Observations, err = rq.observationsAbout.Load(ctx, *about)
	} else {
		ids := make([]string, len(reports))
		for i, r := range reports {
			ids[i] = r.ID
		}
		var lists []schema.Facts
		lists, err = loadAll(ctx, rq.reportFacts, ids)
		facts = merge(lists)
	}
	facts.Claims = slices.DeleteFunc(slices.Clone(facts.Claims), func(id string) bool {
		_, is := slices.BinarySearch(statuses, id)
		return !is
	})
	return facts, err
}

// judgePromises tells of each promise what later reports say of it.
func (rq *request) judgePromises(ctx context.Context, promised []*model.Commitment, aims map[aimsKey]int) error {
	var subjects []string
	for _, c := range promised {
		subjects = append(subjects, subjectOf(c))
	}
	subjects = union(subjects)
	reports, err := rq.allReports(ctx)
	if err != nil {
		return err
	}
	byID := make(map[string]*schema.Report, len(reports))
	latest := map[string]string{} // date of the latest report on a region
	for _, r := range reports {
		byID[r.ID] = r
		latest[r.RegionID] = max(latest[r.RegionID], r.Date)
	}
	steps, err := rq.statuses(ctx, subjects, nil)
	if err != nil {
		return err
	}
	measured, err := loadAll(ctx, rq.observationsAbout, subjects)
	if err != nil {
		return err
	}
	observations, err := loadAll(ctx, rq.observations, slices.Concat(measured...))
	if err != nil {
		return err
	}
	stepsOf, numbersOf := map[string][]*model.StatusStep{}, map[string][]*schema.Observation{}
	for i, id := range subjects {
		stepsOf[id] = steps[i]
		numbersOf[id] = existing(observations[:len(measured[i])])
		observations = observations[len(measured[i]):]
	}
	for _, c := range promised {
		isLater := func(r *schema.Report) bool {
			return r != nil && r.Date > c.Report.Report.Date && r.RegionID == c.Report.RegionID
		}
		switch {
		case c.Claim != nil:
			for _, s := range stepsOf[c.Claim.SubjectID] {
				if s.Report != nil && isLater(s.Report.Report) {
					c.Later = append(c.Later, s)
				}
			}
			slices.Reverse(c.Later) // the newest came first
			c.State = stateOfSteps(schema.Status(c.Claim.Claim.Value), c.Later)
		default:
			if aims[aimKey(c)] == 1 {
				c.Result = resultOf(c.Observation.Observation, numbersOf[c.Observation.AboutID],
					func(e schema.Evidence) bool { return isLater(byID[e.ReportID]) })
			}
			c.State = stateOfNumber(c.Observation.Observation, c.Result)
		}
		if c.State == model.Unmentioned && latest[c.Report.RegionID] <= c.Report.Report.Date {
			c.State = model.Open
		}
	}
	return nil
}

// aimsKey names what a report aims at.
type aimsKey struct {
	report string
	valueKey
}

func aimKey(c *model.Commitment) aimsKey {
	o := c.Observation.Observation
	return aimsKey{c.Report.ID, valueKey{o.AboutID, indicatorOf(o)}}
}

// shortestMeasure is how many characters a measure must have to be known again
// in another report: 投资 and 项目 are of many things.
const shortestMeasure = 3

// ends are the steps at which what was promised is done.
var ends = []schema.Status{schema.StatusCompleted, schema.StatusOpened, schema.StatusIssued, schema.StatusHeld, schema.StatusListed}

// stateOfSteps tells how a promise stands, of which later reports give steps.
func stateOfSteps(aim schema.Status, later []*model.StatusStep) model.CommitmentState {
	state := model.Unmentioned
	for _, s := range later {
		switch {
		case s.Modality() == schema.Aim || s.Status == schema.StatusPlanned:
			if state == model.Unmentioned {
				state = model.Renewed
			}
		case slices.Contains(ends, s.Status), s.Status == aim:
			return model.Fulfilled
		default:
			state = model.UnderWay
		}
	}
	return state
}

// resultOf gives the fact that answers an aim: the same indicator, of the same
// thing, for the time aimed at, from a later report.
func resultOf(aim *schema.Observation, numbers []*schema.Observation, isLater func(schema.Evidence) bool) *model.Observation {
	if utf8.RuneCountInString(measureKey(aim.Measure)) < shortestMeasure {
		return nil
	}
	var best *schema.Observation
	for _, o := range numbers {
		if o.Modality == schema.Aim || indicatorOf(o) != indicatorOf(aim) || !slices.ContainsFunc(o.Evidence, isLater) ||
			!sameTime(o.Period.To, aim.Period.To) || aim.Period.From != "" && !sameTime(o.Period.From, aim.Period.From) {
			continue
		}
		if best == nil || surestFirst(o, best) < 0 {
			best = o
		}
	}
	return model.NewObservation(best)
}

// sameTime reports whether one of two dates is the other or a part of it:
// 2024 and 2024-12.
func sameTime(a, b string) bool {
	n := min(len(a), len(b))
	return n > 0 && a[:n] == b[:n]
}

// stateOfNumber tells whether an aim was reached.
func stateOfNumber(aim *schema.Observation, result *model.Observation) model.CommitmentState {
	if result == nil {
		return model.Unmentioned
	}
	got, want := result.Amount, aim.Amount
	// A bound from above, a fall and a rank are reached from the other side.
	if aim.Hedge == schema.AtMost || want < 0 || aim.Type == schema.Rank {
		got, want = want, got
	}
	if cmp.Compare(got, want) >= 0 {
		return model.Fulfilled
	}
	return model.Missed
}

// subjectOf gives the id of what is promised of.
func subjectOf(c *model.Commitment) string {
	if c.Claim != nil {
		return c.Claim.SubjectID
	}
	return c.Observation.AboutID
}

type commitmentFields struct{}

func (commitmentFields) About(ctx context.Context, obj *model.Commitment) (model.Entity, error) {
	return requestOf(ctx).entity(ctx, subjectOf(obj))
}
