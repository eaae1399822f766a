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
	judgeAll := func() ([]*model.Commitment, error) { // by outlines, of which the page is not made
		judged := make([]*model.Commitment, min(len(found), rq.mostPromises))
		for i := range judged {
			one := found[i].outline
			judged[i] = &one
		}
		return judged, rq.judgePromises(ctx, judged, every, rq.outlined())
	}
	countStates := sync.OnceValues(func() ([]*model.CommitmentStateFacet, error) {
		judged, err := judgeAll()
		return stateFacets(judged), err
	})
	truncated := len(found) > rq.mostPromises
	if state != nil {
		judged, err := judgeAll()
		if err != nil {
			return nil, err
		}
		facets := stateFacets(judged)
		countStates = func() ([]*model.CommitmentStateFacet, error) { return facets, nil }
		var standing []*promise
		for i, c := range judged {
			if c.State == *state {
				standing = append(standing, found[i])
			}
		}
		found = standing
	}
	connection, err := rq.pageOfPromises(ctx, found, by, w, func(page []*model.Commitment) error {
		return rq.judgePromises(ctx, page, every, rq.told())
	})
	if err != nil {
		return nil, err
	}
	return &model.CommitmentConnection{Connection: *connection, Truncated: truncated, CountStates: countStates}, nil
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

// promiseOrder gives how promises are sorted: the newest first unless told.
func promiseOrder(by *generated.CommitmentOrder) (order, func(*promise) position) {
	at := func(p *promise) position { return commitmentPosition(p.Commitment) }
	if by == nil {
		return byDate, at
	}
	o := order{name: string(by.Field) + " " + string(by.Direction), newest: by.Direction == generated.OrderDirectionDesc}
	return o, func(p *promise) position {
		position := at(p)
		switch by.Field {
		case generated.CommitmentOrderFieldDue:
			position.sort = dueOf(p.Commitment).To
		case generated.CommitmentOrderFieldConfidence:
			position.sort = sortableShare(schema.Confidence(evidenceFor(p.Commitment)))
		}
		return position
	}
}

// commitmentPosition puts the promises of the latest report first, those of
// one report in the order of its text where they were read.
func commitmentPosition(c *model.Commitment) position {
	if c.Evidence == nil {
		return position{c.Report.Report.Date, passageSort(schema.PassageID(c.Report.ID, 0)) + " " + c.ID()}
	}
	at := mentionPosition(&schema.Mention{Evidence: *c.Evidence.Evidence})
	return position{c.Report.Report.Date, at.sort + " " + at.id + " " + c.ID()}
}

// maxPromising is how many promises are judged to count or choose their states.
const maxPromising = 500_000

// promise is what a report promises, told by an outline until it is read.
type promise struct {
	*model.Commitment
	outline model.Commitment
	read    bool
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
		for i := range evidence { // one for each report
			if r := meant[evidence[i].ReportID]; r != nil && (i == 0 || evidence[i-1].ReportID != r.ID) {
				c.Report = model.NewReport(r)
				p := &promise{outline: c}
				p.Commitment = &p.outline
				byReport[r.ID] = append(byReport[r.ID], p)
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

// readPromises reads what outlines told. What is gone stays unread.
func (rq *request) readPromises(ctx context.Context, promised []*promise) error {
	var unread []*promise
	var claimIDs, observationIDs []string
	for _, p := range promised {
		if p.read {
			continue
		}
		unread = append(unread, p)
		if p.Claim != nil {
			claimIDs = append(claimIDs, p.Claim.ID)
		} else {
			observationIDs = append(observationIDs, p.Observation.ID)
		}
	}
	claims, err := loadAll(ctx, rq.claims, claimIDs)
	if err != nil {
		return err
	}
	observations, err := loadAll(ctx, rq.observations, observationIDs)
	if err != nil {
		return err
	}
	for _, p := range unread {
		whole := model.Commitment{Report: p.Report}
		var evidence []*model.Evidence
		if p.Claim != nil {
			if whole.Claim = model.NewClaim(claims[0]); whole.Claim != nil {
				evidence = whole.Claim.Evidence()
			}
			claims = claims[1:]
		} else {
			if whole.Observation = model.NewObservation(observations[0]); whole.Observation != nil {
				evidence = whole.Observation.Evidence()
			}
			observations = observations[1:]
		}
		if i := slices.IndexFunc(evidence, func(e *model.Evidence) bool { return e.ReportID == p.Report.ID }); i >= 0 { // the best first
			whole.Evidence = evidence[i]
			p.Commitment, p.read = &whole, true
		}
	}
	return nil
}

// pageOfPromises gives the window of promised, whose reports are in the order of their
// dates. It reads and judges only those on it, and those beside which they stand by what
// an outline does not tell: the place in the report.
func (rq *request) pageOfPromises(ctx context.Context, promised []*promise, by *generated.CommitmentOrder, w window, judge func([]*model.Commitment) error) (*model.Connection[*model.Commitment], error) {
	o, at := promiseOrder(by)
	if promised = slices.Clone(promised); by != nil {
		promised = sortedBy(promised, o, at)
	}
	settle := func(start, end int) error {
		if start >= end {
			return nil
		}
		beside := func(i, j int) bool {
			return promised[i].Report.ID == promised[j].Report.ID && at(promised[i]).sort == at(promised[j]).sort
		}
		for start > 0 && beside(start-1, start) {
			start--
		}
		for end < len(promised) && beside(end, end-1) {
			end++
		}
		if err := rq.readPromises(ctx, promised[start:end]); err != nil {
			return err
		}
		copy(promised[start:end], sortedBy(promised[start:end], o, at))
		return nil
	}
	for argument, cursor := range map[string]*string{"after": w.after, "before": w.before} {
		if cursor == nil {
			continue
		}
		p, err := o.parse(argument, *cursor)
		if err != nil {
			return nil, err
		}
		i, _ := slices.BinarySearchFunc(promised, p, func(c *promise, p position) int { return o.compare(at(c), p) })
		if err := settle(max(0, i-1), min(i+1, len(promised))); err != nil {
			return nil, err
		}
	}
	start, end, err := cut(promised, o, at, w)
	if err != nil {
		return nil, err
	}
	if err := settle(start, end); err != nil {
		return nil, err
	}
	return connect(promised, o, at, w, func(page []*promise) ([]*model.Commitment, error) {
		nodes := make([]*model.Commitment, len(page))
		var there []*model.Commitment
		for i, p := range page {
			if p.read {
				nodes[i] = p.Commitment
				there = append(there, p.Commitment)
			}
		}
		return nodes, judge(there)
	})
}

// tellers give claims and observations as they are read, or their outlines.
type tellers struct {
	claims       *loader[string, *schema.Claim]
	observations *loader[string, *schema.Observation]
}

func (rq *request) told() tellers     { return tellers{rq.claims, rq.observations} }
func (rq *request) outlined() tellers { return tellers{rq.claimOutlines, rq.observationOutlines} }

// numbersOf gives what is measured of each thing.
func (rq *request) numbersOf(ctx context.Context, ids []string, from tellers) (map[string][]*schema.Observation, error) {
	if from == rq.outlined() && len(ids) >= readBatch { // of most things, which cost reading to list
		all, err := rq.observationIDs(ctx)
		if err != nil {
			return nil, err
		}
		return rq.observationList().outlinesOf(ctx, ids, all, func(o *schema.Observation) string { return o.AboutID })
	}
	of := make(map[string][]*schema.Observation, len(ids))
	lists, err := loadAll(ctx, rq.observationsAbout, ids)
	if err != nil {
		return nil, err
	}
	observations, err := loadAll(ctx, from.observations, slices.Concat(lists...))
	if err != nil {
		return nil, err
	}
	for i, id := range ids {
		of[id] = existing(observations[:len(lists[i])])
		observations = observations[len(lists[i]):]
	}
	return of, nil
}

// aimsBeside counts the aims of one indicator in one report among all that is promised,
// of those reports and things of which some are.
func aimsBeside(some []*model.Commitment, every []*promise) map[aimsKey]int {
	type place struct{ report, about string }
	places := map[place]bool{}
	for _, c := range some {
		if c.Observation != nil {
			places[place{c.Report.ID, subjectOf(c)}] = true
		}
	}
	aims := map[aimsKey]int{}
	for _, p := range every {
		if c := &p.outline; c.Observation != nil && places[place{c.Report.ID, subjectOf(c)}] {
			aims[aimKey(c)]++
		}
	}
	return aims
}

// judgePromises tells of some of all promises what later reports say of them.
func (rq *request) judgePromises(ctx context.Context, promised []*model.Commitment, every []*promise, from tellers) error {
	aims := aimsBeside(promised, every)
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
	steps, err := rq.statuses(ctx, subjects, nil, from.claims)
	if err != nil {
		return err
	}
	stepsOf := make(map[string][]*model.StatusStep, len(subjects))
	for i, id := range subjects {
		stepsOf[id] = steps[i]
	}
	numbersOf, err := rq.numbersOf(ctx, subjects, from)
	if err != nil {
		return err
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
