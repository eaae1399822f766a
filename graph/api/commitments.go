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
	every, err := rq.promises(ctx, reports, about)
	if err != nil {
		return nil, err
	}
	found, err := rq.selectPromises(ctx, every, aboutMatches, period, confidenceAtLeast)
	if err != nil {
		return nil, err
	}
	judge := func(promised []*model.Commitment) ([]*model.Commitment, error) {
		aims, err := rq.aimsBeside(ctx, promised, every)
		if err != nil {
			return nil, err
		}
		return promised, rq.judgePromises(ctx, promised, aims)
	}
	readAll := func() ([]*model.Commitment, error) {
		return rq.readPromises(ctx, found[:min(len(found), rq.mostPromises)])
	}
	countStates := func() ([]*model.CommitmentStateFacet, error) {
		all, err := readAll()
		if err != nil {
			return nil, err
		}
		for i, c := range all { // those on the page are judged for themselves
			one := model.Commitment{Report: c.Report, Claim: c.Claim, Observation: c.Observation, Evidence: c.Evidence}
			all[i] = &one
		}
		all, err = judge(all)
		return stateFacets(all), err
	}
	truncated := len(found) > rq.mostPromises
	if by == nil && state == nil { // only the page is read and judged
		connection, err := rq.pageOfPromises(ctx, found, w, judge)
		if err != nil {
			return nil, err
		}
		truncated = truncated && asksFor(ctx, "states")
		return &model.CommitmentConnection{Connection: *connection, Truncated: truncated, CountStates: sync.OnceValues(countStates)}, nil
	}
	promised, err := readAll()
	if err != nil {
		return nil, err
	}
	show := judge
	if state != nil {
		if promised, err = judge(promised); err != nil {
			return nil, err
		}
		facets := stateFacets(promised)
		countStates = func() ([]*model.CommitmentStateFacet, error) { return facets, nil }
		promised = all(promised, []test[*model.Commitment]{func(c *model.Commitment) bool { return c.State == *state }})
		show = each(func(c *model.Commitment) *model.Commitment { return c })
	}
	promised, o, at := orderCommitments(promised, by)
	connection, err := connect(promised, o, at, w, show)
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

// selectPromises gives those that pass what is given, which outlines tell.
func (rq *request) selectPromises(ctx context.Context, promised []*promise, about *generated.EntityFilter, period *generated.PeriodInput, least *float64) ([]*promise, error) {
	shared, err := rq.sourceTests(ctx, source{confidenceAtLeast: least})
	if err != nil {
		return nil, err
	}
	tests := testsOf(shared, func(p *promise) said { return said{evidence: evidenceFor(p.Commitment)} })
	if period != nil {
		if err := mustBePeriod(period); err != nil {
			return nil, err
		}
		tests = append(tests, func(p *promise) bool {
			if due := dueOf(p.Commitment); due.From != "" || due.To != "" {
				return meets(due, period)
			}
			return meets(p.Report.Report.Aim, period)
		})
	}
	return whose(ctx, rq, all(promised, tests), about, func(p *promise) string { return subjectOf(p.Commitment) })
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

// maxPromising is how many promises are read.
const maxPromising = 100_000

// promise is what a report promises, told by an outline until it is read.
type promise struct {
	*model.Commitment
	read bool
}

// promises gives what reports, the newest first, promise about one entity or any, one
// for each report that promises it.
func (rq *request) promises(ctx context.Context, reports []*schema.Report, about *string) ([]*promise, error) {
	var claimIDs, observationIDs []string
	var err error
	switch {
	case about != nil:
		if claimIDs, err = rq.claimsBySubject.Load(ctx, *about); err == nil {
			observationIDs, err = rq.observationsAbout.Load(ctx, *about)
		}
	case len(reports) <= indexBatch:
		ids := make([]string, len(reports))
		for i, r := range reports {
			ids[i] = r.ID
		}
		var facts []schema.Facts
		facts, err = loadAll(ctx, rq.reportFacts, ids)
		said := merge(facts)
		claimIDs, observationIDs = said.Claims, said.Observations
	default:
		if claimIDs, err = rq.claimIDs.Load(ctx, schema.HasStatus); err == nil {
			observationIDs, err = rq.observationIDs(ctx)
		}
	}
	if err != nil {
		return nil, err
	}
	byReport := make(map[string][]*promise, len(reports))
	meant := make(map[string]*schema.Report, len(reports))
	for _, r := range reports {
		meant[r.ID] = r
	}
	note := func(c model.Commitment, evidence []schema.Evidence) {
		for _, e := range evidence { // one for each report
			if r := meant[e.ReportID]; r != nil {
				one := c
				e.PassageID = schema.PassageID(r.ID, 0) // sorts it with others of the report
				one.Report, one.Evidence = model.NewReport(r), &model.Evidence{Evidence: &e}
				byReport[r.ID] = append(byReport[r.ID], &promise{Commitment: &one})
			}
		}
	}
	claims, err := rq.claimList().passing(ctx, claimIDs, nil, nil, sifterOf(func(c *schema.Claim) bool {
		return c.Relation == schema.HasStatus && (c.Modality == schema.Aim || c.Value == string(schema.StatusPlanned))
	}), nil)
	if err != nil {
		return nil, err
	}
	for _, c := range claims {
		note(model.Commitment{Claim: model.NewClaim(c)}, c.Evidence)
	}
	observations, err := rq.observationList().passing(ctx, observationIDs, nil, nil, sifterOf(func(o *schema.Observation) bool { return o.Modality == schema.Aim }), nil)
	if err != nil {
		return nil, err
	}
	for _, o := range observations {
		note(model.Commitment{Observation: model.NewObservation(o)}, o.Evidence)
	}
	var promised []*promise
	for _, r := range reports {
		promised = append(promised, byReport[r.ID]...)
	}
	return promised, nil
}

// readPromises reads what outlines told, and gives what of it is still there.
func (rq *request) readPromises(ctx context.Context, promised []*promise) ([]*model.Commitment, error) {
	var claimIDs, observationIDs []string
	for _, p := range promised {
		switch {
		case p.read:
		case p.Claim != nil:
			claimIDs = append(claimIDs, p.Claim.ID)
		default:
			observationIDs = append(observationIDs, p.Observation.ID)
		}
	}
	claims, err := loadAll(ctx, rq.claims, claimIDs)
	if err != nil {
		return nil, err
	}
	observations, err := loadAll(ctx, rq.observations, observationIDs)
	if err != nil {
		return nil, err
	}
	there := make([]*model.Commitment, 0, len(promised))
	for _, p := range promised {
		if !p.read {
			var evidence []*model.Evidence
			if p.Claim != nil {
				if claim := model.NewClaim(claims[0]); claim != nil {
					p.Claim, evidence = claim, claim.Evidence()
				}
				claims = claims[1:]
			} else {
				if observation := model.NewObservation(observations[0]); observation != nil {
					p.Observation, evidence = observation, observation.Evidence()
				}
				observations = observations[1:]
			}
			for _, e := range evidence { // the best first
				if e.ReportID == p.Report.ID {
					p.Evidence, p.read = e, true
					break
				}
			}
		}
		if p.read {
			there = append(there, p.Commitment)
		}
	}
	return there, nil
}

func promisePosition(p *promise) position { return commitmentPosition(p.Commitment) }

// pageOfPromises gives the window of promised, which are sorted by their reports. It
// reads and sorts only those of the reports on it.
func (rq *request) pageOfPromises(ctx context.Context, promised []*promise, w window, judge func([]*model.Commitment) ([]*model.Commitment, error)) (*model.Connection[*model.Commitment], error) {
	settle := func(start, end int) error { // and what else their reports promise
		if start >= end {
			return nil
		}
		first, last := promised[start].Report.ID, promised[end-1].Report.ID
		for start > 0 && promised[start-1].Report.ID == first {
			start--
		}
		for end < len(promised) && promised[end].Report.ID == last {
			end++
		}
		if _, err := rq.readPromises(ctx, promised[start:end]); err != nil {
			return err
		}
		sorted, _, _ := ordered(promised[start:end], byDate.name, generated.OrderDirectionDesc, promisePosition)
		copy(promised[start:end], sorted)
		return nil
	}
	for argument, cursor := range map[string]*string{"after": w.after, "before": w.before} {
		if cursor == nil {
			continue
		}
		p, err := byDate.parse(argument, *cursor)
		if err != nil {
			return nil, err
		}
		at, _ := slices.BinarySearchFunc(promised, p, func(c *promise, p position) int { return byDate.compare(promisePosition(c), p) })
		if err := settle(max(0, at-1), min(at+1, len(promised))); err != nil {
			return nil, err
		}
	}
	start, end, err := cut(promised, byDate, promisePosition, w)
	if err != nil {
		return nil, err
	}
	if err := settle(start, end); err != nil {
		return nil, err
	}
	return connect(promised, byDate, promisePosition, w, func(page []*promise) ([]*model.Commitment, error) {
		there, err := rq.readPromises(ctx, page)
		if err == nil {
			there, err = judge(there)
		}
		if err != nil {
			return nil, err
		}
		nodes := make([]*model.Commitment, len(page))
		for i, p := range page {
			if p.read {
				nodes[i], there = there[0], there[1:]
			}
		}
		return nodes, nil
	})
}

// aimsBeside counts the aims of one indicator in one report, of those reports and
// things of which promised are.
func (rq *request) aimsBeside(ctx context.Context, promised []*model.Commitment, every []*promise) (map[aimsKey]int, error) {
	type place struct{ report, about string }
	places := map[place]bool{}
	for _, c := range promised {
		if c.Observation != nil {
			places[place{c.Report.ID, subjectOf(c)}] = true
		}
	}
	beside := all(every, []test[*promise]{func(p *promise) bool {
		return p.Observation != nil && places[place{p.Report.ID, subjectOf(p.Commitment)}]
	}})
	there, err := rq.readPromises(ctx, beside)
	aims := map[aimsKey]int{}
	for _, c := range there {
		aims[aimKey(c)]++
	}
	return aims, err
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
	steps, err := rq.statuses(ctx, subjects, nil, rq.claims)
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
