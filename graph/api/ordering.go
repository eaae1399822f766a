package api

import (
	"context"
	"fmt"
	"math"
	"slices"
	"unicode/utf8"

	"github.com/lantu-kg/lantu/graph/api/generated"
	"github.com/lantu-kg/lantu/graph/search"
	"github.com/lantu-kg/lantu/schema"
)

// ordered sorts things by what is asked for and returns the order with the
// place of each in it.
func ordered[T any](things []T, field string, direction generated.OrderDirection, at func(T) position) ([]T, order, func(T) position) {
	o := order{name: field + " " + string(direction), newest: direction == generated.OrderDirectionDesc}
	return sortedBy(things, o, at), o, at
}

// sortedBy gives things in an order. It places each once.
func sortedBy[T any](things []T, o order, at func(T) position) []T {
	type placed struct {
		thing T
		at    position
	}
	places := make([]placed, len(things))
	for i, thing := range things {
		places[i] = placed{thing, at(thing)}
	}
	slices.SortFunc(places, func(a, b placed) int { return o.compare(a.at, b.at) })
	all := make([]T, len(things))
	for i, p := range places {
		all[i] = p.thing
	}
	return all
}

// orderEntities sorts entities, which are sorted by name, as asked.
func (rq *request) orderEntities(ctx context.Context, entities []*schema.Entity, by *generated.EntityOrder) ([]*schema.Entity, order, func(*schema.Entity) position, error) {
	if by == nil {
		return entities, byName, entityPosition, nil
	}
	at := entityPosition
	switch by.Field {
	case generated.EntityOrderFieldKind:
		at = func(e *schema.Entity) position {
			return position{fmt.Sprintf("%02d %s", kindOrder(e.Kind), e.Name), e.ID}
		}
	case generated.EntityOrderFieldMentions:
		directory, err := rq.directory(ctx)
		if err != nil {
			return nil, order{}, nil, err
		}
		s, err := directory.search(ctx)
		if err != nil {
			return nil, order{}, nil, err
		}
		at = func(e *schema.Entity) position { return position{fmt.Sprintf("%09d", s.named[e.ID].paragraphs), e.ID} }
	}
	sorted, o, at := ordered(entities, string(by.Field), by.Direction, at)
	return sorted, o, at, nil
}

// reportDates gives the dates of reports by their ids.
func (rq *request) reportDates(ctx context.Context) (map[string]string, error) {
	reports, err := rq.allReports(ctx)
	if err != nil {
		return nil, err
	}
	dates := make(map[string]string, len(reports))
	for _, r := range reports {
		dates[r.ID] = r.Date
	}
	return dates, nil
}

// latestDate gives a function that tells the date of the latest report among evidence,
// "" when none of them has one.
func (rq *request) latestDate(ctx context.Context) (func([]schema.Evidence) string, error) {
	dates, err := rq.reportDates(ctx)
	if err != nil {
		return nil, err
	}
	return func(evidence []schema.Evidence) string {
		latest := ""
		for i := range evidence {
			latest = max(latest, dates[evidence[i].ReportID])
		}
		return latest
	}, nil
}

func sortableShare(x float64) string { return fmt.Sprintf("%.6f", x) }

// sortableNumber writes a number so that texts sort as the numbers do.
func sortableNumber(x float64) string {
	bits := math.Float64bits(x)
	if bits>>63 == 1 {
		bits = ^bits
	} else {
		bits |= 1 << 63
	}
	return fmt.Sprintf("%016x", bits)
}

func (rq *request) orderClaims(ctx context.Context, claims []*schema.Claim, by *generated.ClaimOrder) ([]*schema.Claim, order, func(*schema.Claim) position, error) {
	var sort func(*schema.Claim) string
	switch by.Field {
	case generated.ClaimOrderFieldConfidence:
		sort = func(c *schema.Claim) string { return sortableShare(schema.Confidence(c.Evidence)) }
	case generated.ClaimOrderFieldRelation:
		sort = func(c *schema.Claim) string { return fmt.Sprintf("%02d", relationOrder(c.Relation)) }
	case generated.ClaimOrderFieldDate:
		date, err := rq.latestDate(ctx)
		if err != nil {
			return nil, order{}, nil, err
		}
		sort = func(c *schema.Claim) string { return date(c.Evidence) }
	}
	sorted, o, at := ordered(claims, string(by.Field), by.Direction, func(c *schema.Claim) position { return position{sort(c), c.ID} })
	return sorted, o, at, nil
}

func relationOrder(r schema.Relation) int {
	return slices.IndexFunc(schema.Relations, func(info schema.RelationInfo) bool { return info.Relation == r })
}

func (rq *request) orderObservations(ctx context.Context, observations []*schema.Observation, by *generated.ObservationOrder) ([]*schema.Observation, order, func(*schema.Observation) position, error) {
	var sort func(*schema.Observation) string
	switch by.Field {
	case generated.ObservationOrderFieldConfidence:
		sort = func(o *schema.Observation) string { return sortableShare(schema.Confidence(o.Evidence)) }
	case generated.ObservationOrderFieldMeasure:
		sort = func(o *schema.Observation) string { return o.Measure }
	case generated.ObservationOrderFieldAmount:
		sort = func(o *schema.Observation) string { return sortableNumber(o.Amount) }
	case generated.ObservationOrderFieldPeriod:
		sort = func(o *schema.Observation) string { return o.Period.To + " " + o.Period.From }
	case generated.ObservationOrderFieldDate:
		date, err := rq.latestDate(ctx)
		if err != nil {
			return nil, order{}, nil, err
		}
		sort = func(o *schema.Observation) string { return date(o.Evidence) }
	}
	sorted, o, at := ordered(observations, string(by.Field), by.Direction, func(o *schema.Observation) position { return position{sort(o), o.ID} })
	return sorted, o, at, nil
}

// orderMentions sorts mentions as asked, by position unless told.
func (rq *request) orderMentions(ctx context.Context, mentions []*schema.Mention, by *generated.MentionOrder) ([]*schema.Mention, order, func(*schema.Mention) position, error) {
	if by == nil {
		sorted := slices.Clone(mentions)
		slices.SortFunc(sorted, func(a, b *schema.Mention) int { return byPosition.compare(mentionPosition(a), mentionPosition(b)) })
		return sorted, byPosition, mentionPosition, nil
	}
	sort := func(m *schema.Mention) string { return m.Name }
	switch by.Field {
	case generated.MentionOrderFieldConfidence:
		sort = func(m *schema.Mention) string { return sortableShare(m.Evidence.Confidence) }
	case generated.MentionOrderFieldDate:
		date, err := rq.latestDate(ctx)
		if err != nil {
			return nil, order{}, nil, err
		}
		sort = func(m *schema.Mention) string { return date([]schema.Evidence{m.Evidence}) }
	}
	sorted, o, at := ordered(mentions, string(by.Field), by.Direction, func(m *schema.Mention) position {
		at := mentionPosition(m)
		return position{sort(m), at.sort + " " + at.id}
	})
	return sorted, o, at, nil
}

func orderReports(reports []*schema.Report, by *generated.ReportOrder) ([]*schema.Report, order, func(*schema.Report) position) {
	if by == nil {
		return reports, byDate, reportPosition
	}
	return ordered(reports, string(by.Field), by.Direction, func(r *schema.Report) position {
		switch by.Field {
		case generated.ReportOrderFieldTitle:
			return position{r.Title, r.ID}
		case generated.ReportOrderFieldRegion:
			return position{r.Region, r.ID}
		default:
			return position{r.Date, r.ID}
		}
	})
}

// orderPassages sorts passages as asked, by position unless told.
func (rq *request) orderPassages(ctx context.Context, ids []string, by *generated.PassageOrder) ([]string, order, func(string) position, error) {
	if by == nil {
		sorted := slices.Clone(ids)
		slices.SortFunc(sorted, func(a, b string) int { return byPosition.compare(passagePosition(a), passagePosition(b)) })
		return sorted, byPosition, passagePosition, nil
	}
	sort := func(id string) string { return passagePosition(id).sort }
	if by.Field == generated.PassageOrderFieldLength {
		passages, err := loadAll(ctx, rq.passages, ids)
		if err != nil {
			return nil, order{}, nil, err
		}
		length := make(map[string]int, len(ids))
		for _, p := range existing(passages) {
			length[p.ID] = utf8.RuneCountInString(p.Text)
		}
		sort = func(id string) string { return fmt.Sprintf("%09d", length[id]) }
	}
	sorted, o, at := ordered(ids, string(by.Field), by.Direction, func(id string) position {
		at := passagePosition(id)
		return position{sort(id), at.sort + " " + at.id}
	})
	return sorted, o, at, nil
}

// orderHits sorts what was found, which is sorted by rank, as asked.
func (rq *request) orderHits(ctx context.Context, s *searchable, hits []search.Hit, by *generated.SearchOrder) ([]search.Hit, order, func(search.Hit) position, error) {
	if by == nil {
		return hits, byRank, hitPosition, nil
	}
	sort := search.Hit.Name
	switch by.Field {
	case generated.SearchOrderFieldMentions:
		sort = func(hit search.Hit) string {
			if hit.Kind == "" {
				return fmt.Sprintf("%09d", 1)
			}
			return fmt.Sprintf("%09d", s.named[hit.ID].paragraphs)
		}
	case generated.SearchOrderFieldDate:
		dates, err := rq.reportDates(ctx)
		if err != nil {
			return nil, order{}, nil, err
		}
		sort = func(hit search.Hit) string {
			latest := ""
			for _, report := range s.reportsOf(hit) {
				latest = max(latest, dates[report])
			}
			return latest
		}
	}
	sorted, o, at := ordered(hits, string(by.Field), by.Direction, func(hit search.Hit) position { return position{sort(hit), hit.Rank()} })
	return sorted, o, at, nil
}

// orderWays sorts ways, which are sorted by length, as asked.
func (rq *request) orderWays(ctx context.Context, ways []*way, by *generated.TraceOrder) ([]*way, order, func(*way) position, error) {
	if by == nil {
		return ways, byLength, wayPosition, nil
	}
	var claims map[string]*schema.Claim
	if by.Field == generated.TraceOrderFieldConfidence {
		var err error
		if claims, err = rq.claimsAlong(ctx, ways); err != nil {
			return nil, order{}, nil, err
		}
	}
	ways, o, at := ordered(ways, string(by.Field), by.Direction, func(w *way) position {
		at := wayPosition(w)
		sort := fmt.Sprint(w.length)
		switch by.Field {
		case generated.TraceOrderFieldConfidence:
			sort = sortableShare(w.confidence(claims))
		case generated.TraceOrderFieldEnd:
			sort = w.end.Name
		}
		return position{sort, at.sort + " " + at.id}
	})
	return ways, o, at, nil
}

// confidence gives that of the least sure hop.
func (w *way) confidence(claims map[string]*schema.Claim) float64 {
	least := 1.0
	for ; w.before != nil; w = w.before {
		if len(w.joints) == 0 {
			continue // on the ladder
		}
		best := 0.0
		for _, c := range claimsAmong(w.joints, claims) {
			best = max(best, schema.Confidence(c.Evidence))
		}
		least = min(least, best)
	}
	return least
}
