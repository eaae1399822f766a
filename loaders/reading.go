package loaders

import (
	"cmp"
	"slices"

	"github.com/lantu-kg/lantu/loaders/document"
	"github.com/lantu-kg/lantu/loaders/extract"
	"github.com/lantu-kg/lantu/loaders/resolve"
	"github.com/lantu-kg/lantu/schema"
)

// reading gives what a document says, in terms of entities.
func (l *Loader) reading(doc *document.Document) *schema.Reading {
	return l.assemble(doc, l.extractor.Extract(doc))
}

// assemble gives what was found in each passage of a document, in terms of
// entities.
func (l *Loader) assemble(doc *document.Document, found []extract.Found) *schema.Reading {
	region := resolve.Region{Name: doc.Report.Region}
	if place, ok := l.extractor.Region(doc); ok {
		region.Code = place.Code
	}

	// Mentions of all passages in one list; first[i] is where passage i's begin.
	var mentions []resolve.Mention
	first := make([]int, len(found))
	for i, f := range found {
		first[i] = len(mentions)
		for _, m := range f.Mentions {
			r := resolve.Mention{Kind: m.Kind, Name: m.Name, Within: -1, Weight: m.Confidence}
			for _, a := range m.Aliases {
				r.Aliases = append(r.Aliases, a.Name)
			}
			mentions = append(mentions, r)
		}
		for _, c := range f.Claims {
			if c.Relation == schema.LocatedIn && c.Subject >= 0 && c.Object >= 0 {
				mentions[first[i]+int(c.Subject)].Within = first[i] + int(c.Object)
			}
		}
	}
	resolved := l.resolver.Resolve(region, mentions)

	r := &schema.Reading{
		Report: doc.Report, Sections: doc.Sections, Passages: doc.Passages, Entities: resolved.Entities,
	}
	r.Report.RegionID = resolved.RegionID
	b := builder{reading: r, resolver: l.resolver, kinds: map[string]schema.Kind{}, claims: map[string]int{}, observations: map[string]int{}}
	for _, e := range resolved.Entities {
		b.kinds[e.ID] = e.Kind
	}
	for i, f := range found {
		b.passage(doc.Passages[i], f, resolved.Of[first[i]:first[i]+len(f.Mentions)], resolved.Merges[first[i]:first[i]+len(f.Mentions)])
	}
	slices.SortFunc(r.Claims, func(x, y schema.Claim) int { return cmp.Compare(x.ID, y.ID) })
	slices.SortFunc(r.Observations, func(x, y schema.Observation) int { return cmp.Compare(x.ID, y.ID) })
	return r
}

// builder gathers a reading's facts, each once with all its evidence.
type builder struct {
	reading      *schema.Reading
	resolver     *resolve.Resolver
	kinds        map[string]schema.Kind // by entity id
	claims       map[string]int         // position in reading.Claims by id
	observations map[string]int
}

// passage adds one passage's findings; of gives the entity of each mention, and
// merges the rules that led to it.
func (b *builder) passage(p schema.Passage, f extract.Found, of, merges []string) {
	runes := []rune(p.Text)
	evidence := func(s schema.Span, rule string, confidence float64) schema.Evidence {
		return schema.Evidence{
			ReportID: p.ReportID, PassageID: p.ID, Span: s, Quote: string(runes[s.Start:s.End]),
			Rule: rule, Confidence: confidence,
		}
	}
	entity := func(r extract.Ref) string {
		switch {
		case r == extract.Region:
			return b.reading.Report.RegionID
		case r >= 0:
			return of[r]
		default:
			return ""
		}
	}
	for i, m := range f.Mentions {
		for _, s := range m.Spans {
			b.reading.Mentions = append(b.reading.Mentions,
				schema.Mention{EntityID: of[i], Name: m.Name, Evidence: evidence(s, m.Rule, m.Confidence), Merge: merges[i]})
		}
		for _, a := range m.Aliases {
			if b.resolver.Apart(m.Kind, a.Name) {
				continue
			}
			b.reading.Mentions = append(b.reading.Mentions,
				schema.Mention{EntityID: of[i], Name: a.Name, Evidence: evidence(a.Span, m.Rule, m.Confidence), Merge: resolve.Alias})
		}
	}
	for _, c := range f.Claims {
		claim := schema.Claim{
			SubjectID: entity(c.Subject), Relation: c.Relation, ObjectID: entity(c.Object), Value: c.Value,
			Modality: c.Modality, Period: c.Period, List: c.List, Rank: c.Rank,
		}
		if !b.admits(claim) {
			continue
		}
		claim.ID = schema.ClaimID(&claim)
		i, ok := b.claims[claim.ID]
		if !ok {
			i = len(b.reading.Claims)
			b.claims[claim.ID] = i
			b.reading.Claims = append(b.reading.Claims, claim)
		}
		said := &b.reading.Claims[i]
		said.Evidence = append(said.Evidence, evidence(c.Span, c.Rule, c.Confidence))
	}
	ids := make([]string, len(f.Observations)) // "" where one has no subject
	for k, o := range f.Observations {
		observation := schema.Observation{
			AboutID: entity(o.About), Measure: o.Measure, Value: o.Value, Unit: o.Unit, Type: o.Type,
			Amount: o.Amount, BaseUnit: o.BaseUnit, Hedge: o.Hedge, Basis: o.Basis,
			Period: o.Period, AnnualAverage: o.AnnualAverage, Modality: o.Modality,
		}
		if observation.AboutID == "" {
			continue
		}
		observation.ID = schema.ObservationID(&observation)
		ids[k] = observation.ID
		i, ok := b.observations[observation.ID]
		if !ok {
			i = len(b.reading.Observations)
			b.observations[observation.ID] = i
			b.reading.Observations = append(b.reading.Observations, observation)
		}
		said := &b.reading.Observations[i]
		said.Evidence = append(said.Evidence, evidence(o.Span, o.Rule, o.Confidence))
	}
	for k, o := range f.Observations {
		if ids[k] == "" {
			continue
		}
		said := &b.reading.Observations[b.observations[ids[k]]]
		for _, d := range o.Derived {
			if !slices.Contains(said.Derived, d) {
				said.Derived = append(said.Derived, d)
			}
		}
		for _, c := range o.Checks {
			check := schema.Check{Rule: c.Rule, Message: c.Message, OK: c.OK}
			for _, n := range c.With {
				if id := ids[n]; id != "" && id != ids[k] && !slices.Contains(check.With, id) {
					check.With = append(check.With, id)
				}
			}
			if !slices.ContainsFunc(said.Checks, func(have schema.Check) bool { return have.Rule == check.Rule && have.Message == check.Message }) {
				said.Checks = append(said.Checks, check)
			}
		}
	}
}

// admits reports whether a claim still makes sense once its names have become
// entities: both ends known, not the same, and of kinds the relation takes.
func (b *builder) admits(c schema.Claim) bool {
	info, ok := c.Relation.Info()
	if !ok || c.SubjectID == "" {
		return false
	}
	if c.SubjectID != b.reading.Report.RegionID || !info.RegionSubject {
		if !info.AdmitsSubject(b.kinds[c.SubjectID]) {
			return false
		}
	}
	if info.Object != schema.ObjectEntity {
		return c.Value != ""
	}
	return c.ObjectID != "" && c.ObjectID != c.SubjectID && info.AdmitsObject(b.kinds[c.ObjectID])
}
