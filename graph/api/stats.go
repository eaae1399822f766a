package api

import (
	"cmp"
	"context"
	"slices"

	"github.com/lantu-kg/lantu/graph/api/model"
	"github.com/lantu-kg/lantu/schema"
)

// confidenceBands is how many bands of confidence are told apart.
const confidenceBands = 10

func (queryFields) Stats(ctx context.Context) (*model.Stats, error) {
	directory, err := requestOf(ctx).directory(ctx)
	if err != nil {
		return nil, err
	}
	if asksFor(ctx, "statuses", "confidence") {
		return directory.stats(ctx)
	}
	return directory.counts(ctx)
}

// buildStats counts all there is, which takes the outlines of all that is said.
func buildStats(ctx context.Context, store Store, counts *model.Stats) (*model.Stats, error) {
	s := *counts
	for i := range confidenceBands {
		s.Confidence = append(s.Confidence, &model.ConfidenceBand{From: float64(i) / confidenceBands, To: float64(i+1) / confidenceBands})
	}
	band := func(evidence []schema.Evidence) *model.ConfidenceBand {
		return s.Confidence[min(int(schema.Confidence(evidence)*confidenceBands), confidenceBands-1)]
	}
	ids, err := store.ClaimIDs(ctx, "")
	if err != nil {
		return nil, err
	}
	statuses := map[schema.Status]int{}
	for claims, err := range ahead(ctx, ids, readBatch, store.ClaimOutlines) {
		if err != nil {
			return nil, err
		}
		for _, c := range existing(claims) {
			band(c.Evidence).Claims++
			if c.Relation == schema.HasStatus {
				statuses[schema.Status(c.Value)]++
			}
		}
	}
	for _, info := range schema.Statuses {
		if n := statuses[info.Status]; n > 0 {
			s.Statuses = append(s.Statuses, &model.StatusFacet{Status: info.Status, Count: n})
		}
	}
	if ids, err = store.ObservationIDs(ctx); err != nil {
		return nil, err
	}
	for observations, err := range ahead(ctx, ids, readBatch, store.ObservationOutlines) {
		if err != nil {
			return nil, err
		}
		for _, o := range existing(observations) {
			band(o.Evidence).Observations++
		}
	}
	return &s, nil
}

// countLists counts what is listed.
func countLists(ctx context.Context, store Store, byKind map[schema.Kind][]*schema.Entity) (*model.Stats, error) {
	s := &model.Stats{Entities: len(byKind[""])}
	for _, info := range schema.Kinds {
		if n := len(byKind[info.Kind]); n > 0 {
			s.Kinds = append(s.Kinds, &model.KindFacet{Kind: info.Kind, Count: n})
		}
	}
	if err := countReports(ctx, store, s); err != nil {
		return nil, err
	}
	for _, info := range schema.Relations {
		ids, err := store.ClaimIDs(ctx, info.Relation)
		if err != nil {
			return nil, err
		}
		if len(ids) > 0 {
			s.Claims += len(ids)
			s.Relations = append(s.Relations, &model.RelationFacet{Relation: info.Relation, Count: len(ids)})
		}
	}
	ids, err := store.ObservationIDs(ctx)
	if err != nil {
		return nil, err
	}
	s.Observations = len(ids)
	return s, nil
}

func countReports(ctx context.Context, store Store, s *model.Stats) error {
	ids, err := store.ReportIDs(ctx)
	if err != nil {
		return err
	}
	found, err := store.Reports(ctx, ids)
	if err != nil {
		return err
	}
	regions, years := map[string]int{}, map[string]int{}
	for _, r := range existing(found) {
		s.Reports++
		s.Passages += r.Passages
		if r.RegionID != "" {
			regions[r.RegionID]++
		}
		years[r.Date[:min(4, len(r.Date))]]++
	}
	for region, n := range regions {
		s.Regions = append(s.Regions, &model.RegionFacet{RegionID: region, Count: n})
	}
	for year, n := range years {
		facet := &model.YearFacet{Count: n}
		if year != "" {
			facet.Year = &year
		}
		s.Years = append(s.Years, facet)
	}
	slices.SortFunc(s.Regions, mostFirst)
	slices.SortFunc(s.Years, func(a, b *model.YearFacet) int { return cmp.Compare(deref(a.Year), deref(b.Year)) })
	return nil
}

func mostFirst(a, b *model.RegionFacet) int {
	return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.RegionID, b.RegionID))
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
