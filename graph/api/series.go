package api

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/lantu-kg/lantu/graph/api/generated"
	"github.com/lantu-kg/lantu/graph/api/model"
	"github.com/lantu-kg/lantu/schema"
)

// ownRegion are words by which a report calls its own region in front of what
// is measured there.
var ownRegion = []string{"全省", "全市", "全县", "全区", "全州", "全盟", "全旗", "我省", "我市", "我县", "我区", "本省", "本市", "本县", "本区"}

// inFull are measures by what reports call them in short.
var inFull = map[string]string{"生产总值": "地区生产总值"}

// measureKey is the form under which two measures are the same.
func measureKey(measure string) string {
	key := schema.NormalName(measure)
	for _, word := range ownRegion {
		if rest, ok := strings.CutPrefix(key, word); ok && rest != "" {
			key = rest
			break
		}
	}
	if whole, ok := inFull[key]; ok {
		return whole
	}
	return key
}

// indicatorKey names what can be told over time in one unit.
type indicatorKey struct {
	measure string // its key
	kind    schema.ObservationType
	unit    string
	average bool // of a year, over several
}

func indicatorOf(o *schema.Observation) indicatorKey {
	return indicatorKey{measureKey(o.Measure), o.Type, o.BaseUnit, o.AnnualAverage}
}

// measured is all that is known of an indicator.
type measured struct {
	key      indicatorKey
	shown    string          // the measure as written most often
	ids      []string        // of its observations, sorted
	entities map[string]bool // it is measured of
	periods  map[schema.Period]bool
}

// buildIndicators gathers the observations of the graph by what they measure.
func buildIndicators(ctx context.Context, store Store) (map[string][]*measured, error) {
	ids, err := store.ObservationIDs(ctx)
	if err != nil {
		return nil, err
	}
	found := map[indicatorKey]*measured{}
	written := map[indicatorKey]map[string]int{}
	for observations, err := range ahead(ctx, ids, readBatch, store.ObservationOutlines) {
		if err != nil {
			return nil, err
		}
		for _, o := range existing(observations) {
			key := indicatorOf(o)
			m := found[key]
			if m == nil {
				m = &measured{key: key, entities: map[string]bool{}, periods: map[schema.Period]bool{}}
				found[key], written[key] = m, map[string]int{}
			}
			m.ids = append(m.ids, o.ID)
			m.entities[o.AboutID] = true
			m.periods[schema.Period{From: o.Period.From, To: o.Period.To}] = true
			written[key][o.Measure]++
		}
	}
	byMeasure := map[string][]*measured{}
	for key, m := range found {
		forms := slices.SortedFunc(maps.Keys(written[key]), func(a, b string) int {
			return cmp.Or(cmp.Compare(written[key][b], written[key][a]), cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
		})
		m.shown = forms[0]
		byMeasure[key.measure] = append(byMeasure[key.measure], m)
	}
	return byMeasure, nil
}

// indicatorPosition puts what is measured most often first.
func indicatorPosition(m *measured) position {
	id := fmt.Sprintf("%s %s %s", m.key.measure, m.key.kind, m.key.unit)
	if m.key.average {
		id += " average"
	}
	return position{fmt.Sprintf("%09d", 999_999_999-len(m.ids)), id}
}

func (queryFields) Indicators(ctx context.Context, measureContains, about *string, aboutMatches *generated.EntityFilter, types []schema.ObservationType, by *generated.IndicatorOrder, first *int, after *string, last *int, before *string) (*model.IndicatorConnection, error) {
	rq := requestOf(ctx)
	directory, err := rq.directory(ctx)
	if err != nil {
		return nil, err
	}
	byMeasure, err := directory.indicators(ctx)
	if err != nil {
		return nil, err
	}
	tests := []test[*measured]{func(m *measured) bool { return len(m.ids) > 1 }}
	if measureContains != nil {
		part := schema.NormalName(*measureContains)
		tests = append(tests, func(m *measured) bool { return strings.Contains(m.key.measure, part) })
	}
	if about != nil {
		if _, err := rq.mustBeEntity(ctx, "about", *about); err != nil {
			return nil, err
		}
		tests = append(tests, func(m *measured) bool { return m.entities[*about] })
	}
	if types != nil {
		tests = append(tests, func(m *measured) bool { return slices.Contains(types, m.key.kind) })
	}
	indicators := all(slices.Concat(slices.Collect(maps.Values(byMeasure))...), tests)
	if aboutMatches != nil {
		matching, err := rq.matcher(ctx, aboutMatches)
		if err != nil {
			return nil, err
		}
		var ids []string
		for _, m := range indicators {
			ids = slices.AppendSeq(ids, maps.Keys(m.entities))
		}
		matches, err := matching(ids)
		if err != nil {
			return nil, err
		}
		indicators = all(indicators, []test[*measured]{func(m *measured) bool {
			return slices.ContainsFunc(slices.Collect(maps.Keys(m.entities)), matches)
		}})
	}
	indicators, o, at := orderIndicators(indicators, by)
	return connect(indicators, o, at, window{first, after, last, before}, each(func(m *measured) *model.Indicator {
		return &model.Indicator{Measure: m.shown, Type: m.key.kind, BaseUnit: m.key.unit, AnnualAverage: m.key.average,
			Observations: len(m.ids), Entities: len(m.entities), Periods: len(m.periods)}
	}))
}

func orderIndicators(indicators []*measured, by *generated.IndicatorOrder) ([]*measured, order, func(*measured) position) {
	if by == nil {
		slices.SortFunc(indicators, func(a, b *measured) int { return byCount.compare(indicatorPosition(a), indicatorPosition(b)) })
		return indicators, byCount, indicatorPosition
	}
	return ordered(indicators, string(by.Field), by.Direction, func(m *measured) position {
		at := indicatorPosition(m)
		switch by.Field {
		case generated.IndicatorOrderFieldMeasure:
			at.sort = m.shown
		case generated.IndicatorOrderFieldEntities:
			at.sort = fmt.Sprintf("%09d", len(m.entities))
		case generated.IndicatorOrderFieldPeriods:
			at.sort = fmt.Sprintf("%09d", len(m.periods))
		default:
			at.sort = fmt.Sprintf("%09d", len(m.ids))
		}
		return at
	})
}

func (queryFields) Series(ctx context.Context, measure string, about []string, region *string, kind *schema.ObservationType, modality *schema.Modality, period *generated.PeriodInput, asOf *string, first int) ([]*model.Series, error) {
	if err := (window{first: &first}).check(); err != nil {
		return nil, err
	}
	if len(about) > maxPage {
		return nil, badInput("about: %d ids are more than %d: ask for fewer at a time", len(about), maxPage)
	}
	rq := requestOf(ctx)
	directory, err := rq.directory(ctx)
	if err != nil {
		return nil, err
	}
	byMeasure, err := directory.indicators(ctx)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, m := range byMeasure[measureKey(measure)] {
		if kind == nil || m.key.kind == *kind {
			ids = append(ids, m.ids...)
		}
	}
	shared, err := rq.sourceTests(ctx, source{region: region, modality: modality, period: period, asOf: asOf})
	if err != nil {
		return nil, err
	}
	found, err := loadAll(ctx, rq.observations, ids)
	if err != nil {
		return nil, err
	}
	type seriesKey struct {
		about    string
		kind     schema.ObservationType
		unit     string
		average  bool
		modality schema.Modality
	}
	gathered := map[seriesKey][]*schema.Observation{}
	for _, o := range existing(found) {
		if about != nil && !slices.Contains(about, o.AboutID) || slices.ContainsFunc(shared, func(t test[said]) bool { return !t(said{o.Modality, o.Period, o.Evidence}) }) {
			continue
		}
		key := seriesKey{o.AboutID, o.Type, o.BaseUnit, o.AnnualAverage, o.Modality}
		gathered[key] = append(gathered[key], o)
	}
	var series []*model.Series
	for key, observations := range gathered {
		s := &model.Series{AboutID: key.about, Type: key.kind, Unit: key.unit, AnnualAverage: key.average, Modality: key.modality, Points: points(observations)}
		last := s.Points[len(s.Points)-1]
		s.Measure = last.Observations[0].Measure
		series = append(series, s)
	}
	slices.SortFunc(series, func(a, b *model.Series) int {
		return cmp.Or(cmp.Compare(len(b.Points), len(a.Points)), cmp.Compare(a.AboutID, b.AboutID), cmp.Compare(a.Type, b.Type),
			cmp.Compare(a.Unit, b.Unit), compareBool(a.AnnualAverage, b.AnnualAverage), cmp.Compare(b.Modality, a.Modality))
	})
	return series[:min(first, len(series))], nil
}

// points puts observations of one series by their periods, earlier ones first.
func points(observations []*schema.Observation) []*model.SeriesPoint {
	byPeriod := map[schema.Period][]*schema.Observation{}
	for _, o := range observations {
		key := schema.Period{From: o.Period.From, To: o.Period.To}
		byPeriod[key] = append(byPeriod[key], o)
	}
	periods := slices.SortedFunc(maps.Keys(byPeriod), func(a, b schema.Period) int {
		return cmp.Or(cmp.Compare(cmp.Or(a.To, a.From), cmp.Or(b.To, b.From)), cmp.Compare(a.From, b.From))
	})
	all := make([]*model.SeriesPoint, len(periods))
	for i, p := range periods {
		same := byPeriod[p]
		slices.SortFunc(same, surestFirst)
		point := &model.SeriesPoint{Period: model.NewPeriod(same[0].Period)}
		for _, o := range same {
			point.Observations = append(point.Observations, model.NewObservation(o))
		}
		all[i] = point
	}
	return all
}

// surestFirst puts the surest observations first, then those with most
// evidence.
func surestFirst(a, b *schema.Observation) int {
	return cmp.Or(cmp.Compare(schema.Confidence(b.Evidence), schema.Confidence(a.Evidence)),
		cmp.Compare(len(b.Evidence), len(a.Evidence)), cmp.Compare(a.ID, b.ID))
}

type seriesFields struct{}

func (seriesFields) About(ctx context.Context, obj *model.Series) (model.Entity, error) {
	return requestOf(ctx).entity(ctx, obj.AboutID)
}
