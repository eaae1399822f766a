package graphtest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"unicode/utf8"

	"github.com/lantu-kg/lantu/graph/links"
	"github.com/lantu-kg/lantu/schema"
)

// Store is what the suite tests.
type Store interface {
	Put(ctx context.Context, readings ...*schema.Reading) error
	Remove(ctx context.Context, reportID string) error
	Close() error

	Entities(ctx context.Context, ids []string) ([]*schema.Entity, error)
	Claims(ctx context.Context, ids []string) ([]*schema.Claim, error)
	Observations(ctx context.Context, ids []string) ([]*schema.Observation, error)
	NamedIn(ctx context.Context, entityIDs []string) ([][]schema.Evidence, error)
	ClaimOutlines(ctx context.Context, ids []string) ([]*schema.Claim, error)
	ObservationOutlines(ctx context.Context, ids []string) ([]*schema.Observation, error)
	Reports(ctx context.Context, ids []string) ([]*schema.Report, error)
	Passages(ctx context.Context, ids []string) ([]*schema.Passage, error)
	Sections(ctx context.Context, reportIDs []string) ([][]schema.Section, error)
	Mentions(ctx context.Context, entityIDs []string) ([][]schema.Mention, error)
	MentionsIn(ctx context.Context, passageIDs []string) ([][]schema.Mention, error)
	ClaimsBySubject(ctx context.Context, entityIDs []string) ([][]string, error)
	ClaimsByObject(ctx context.Context, entityIDs []string) ([][]string, error)
	LinksBySubject(ctx context.Context, entityIDs []string) ([]links.List, error)
	LinksByObject(ctx context.Context, entityIDs []string) ([]links.List, error)
	ClaimsTo(ctx context.Context, relation schema.Relation, entityIDs []string) ([][]string, error)
	ObservationsAbout(ctx context.Context, entityIDs []string) ([][]string, error)
	Children(ctx context.Context, placeIDs []string) ([][]string, error)
	PassagesOf(ctx context.Context, reportIDs []string) ([][]string, error)
	FactsIn(ctx context.Context, passageIDs []string) ([]schema.Facts, error)
	EntityIDs(ctx context.Context, kind schema.Kind) ([]string, error)
	ClaimIDs(ctx context.Context, relation schema.Relation) ([]string, error)
	ObservationIDs(ctx context.Context) ([]string, error)
	ReportIDs(ctx context.Context) ([]string, error)
	Version(ctx context.Context) (uint64, error)
}

// Diff compares every answer of the store with what the readings say, and
// gives an error that tells the first difference.
func Diff(ctx context.Context, s Store, readings ...*schema.Reading) error {
	readings = slices.Clone(readings)
	slices.SortFunc(readings, func(a, b *schema.Reading) int { return cmp.Compare(a.Report.ID, b.Report.ID) })
	d := &differ{}
	var passages, reports []string
	entities := map[string]*schema.Entity{}
	names := map[string][]string{}
	mentions := map[string][]schema.Mention{}
	claims := map[string]*schema.Claim{}
	observations := map[string]*schema.Observation{}
	bySubject, byObject, about, children := idSets{}, idSets{}, idSets{}, idSets{}
	inPassage := map[string]*[3]map[string]bool{}
	note := func(e schema.Evidence, sort int, id string) {
		if inPassage[e.PassageID] == nil {
			inPassage[e.PassageID] = &[3]map[string]bool{{}, {}, {}}
		}
		inPassage[e.PassageID][sort][id] = true
	}
	for _, r := range readings {
		reports = append(reports, r.Report.ID)
		for _, p := range r.Passages {
			passages = append(passages, p.ID)
		}
		for _, e := range r.Entities {
			names[e.ID] = append(append(names[e.ID], e.Name), e.Aliases...)
			m := entities[e.ID]
			if m == nil {
				m = &schema.Entity{ID: e.ID, Kind: e.Kind}
				entities[e.ID] = m
			}
			if a, b := utf8.RuneCountInString(e.Name), utf8.RuneCountInString(m.Name); a > b || a == b && e.Name < m.Name {
				m.Name = e.Name
			}
			m.Scope, m.Level, m.Code = cmp.Or(m.Scope, e.Scope), cmp.Or(m.Level, e.Level), cmp.Or(m.Code, e.Code)
			m.ParentID = cmp.Or(m.ParentID, e.ParentID)
			children.add(e.ParentID, e.ID)
		}
		for _, m := range r.Mentions {
			mentions[m.EntityID] = append(mentions[m.EntityID], m)
			note(m.Evidence, 0, m.EntityID)
		}
		for _, c := range r.Claims {
			bySubject.add(c.SubjectID, c.ID)
			byObject.add(c.ObjectID, c.ID)
			for _, e := range c.Evidence {
				note(e, 1, c.ID)
			}
			if m := claims[c.ID]; m != nil {
				m.Evidence = append(m.Evidence, c.Evidence...)
				m.Period.Text = cmp.Or(m.Period.Text, c.Period.Text)
				m.List, m.Rank = cmp.Or(m.List, c.List), cmp.Or(m.Rank, c.Rank)
				continue
			}
			c.Evidence = slices.Clone(c.Evidence)
			claims[c.ID] = &c
		}
		for _, o := range r.Observations {
			about.add(o.AboutID, o.ID)
			for _, e := range o.Evidence {
				note(e, 2, o.ID)
			}
			if m := observations[o.ID]; m != nil {
				m.Evidence = append(m.Evidence, o.Evidence...)
				m.Period.Text = cmp.Or(m.Period.Text, o.Period.Text)
				m.Derived, m.Checks = append(m.Derived, o.Derived...), append(m.Checks, o.Checks...)
				continue
			}
			o.Evidence = slices.Clone(o.Evidence)
			o.Derived, o.Checks = slices.Clone(o.Derived), slices.Clone(o.Checks)
			observations[o.ID] = &o
		}
	}
	ordinals := map[string]int{}
	for i, id := range passages {
		ordinals[id] = i
	}
	byPlace := func(a, b schema.Evidence) int {
		return cmp.Or(cmp.Compare(ordinals[a.PassageID], ordinals[b.PassageID]), cmp.Compare(a.Span.Start, b.Span.Start),
			cmp.Compare(a.Span.End, b.Span.End), cmp.Compare(a.Rule, b.Rule))
	}
	for id, e := range entities {
		slices.Sort(names[id])
		e.Aliases = slices.DeleteFunc(slices.Compact(names[id]), func(n string) bool { return n == e.Name })
		if len(e.Aliases) == 0 {
			e.Aliases = nil
		}
		slices.SortFunc(mentions[id], func(a, b schema.Mention) int {
			return cmp.Or(byPlace(a.Evidence, b.Evidence), cmp.Compare(a.Name, b.Name))
		})
	}
	standing := map[string][]schema.Mention{}
	for id := range entities {
		for _, m := range mentions[id] {
			standing[m.Evidence.PassageID] = append(standing[m.Evidence.PassageID], m)
		}
	}
	for _, list := range standing {
		slices.SortFunc(list, func(a, b schema.Mention) int {
			return cmp.Or(cmp.Compare(a.Evidence.Span.Start, b.Evidence.Span.Start),
				cmp.Compare(b.Evidence.Span.End, a.Evidence.Span.End), cmp.Compare(a.EntityID, b.EntityID))
		})
	}
	for _, c := range claims {
		slices.SortFunc(c.Evidence, byPlace)
	}
	for _, o := range observations {
		slices.SortFunc(o.Evidence, byPlace)
	}

	// The lists.
	same(d, "report ids", reports)(s.ReportIDs(ctx))
	entityIDs := slices.Sorted(maps.Keys(entities))
	claimIDs := slices.Sorted(maps.Keys(claims))
	observationIDs := slices.Sorted(maps.Keys(observations))
	same(d, "entity ids", entityIDs)(s.EntityIDs(ctx, ""))
	same(d, "claim ids", claimIDs)(s.ClaimIDs(ctx, ""))
	same(d, "observation ids", observationIDs)(s.ObservationIDs(ctx))
	for _, k := range schema.Kinds {
		same(d, "ids of "+string(k.Kind), where(entityIDs, func(id string) bool { return entities[id].Kind == k.Kind }))(s.EntityIDs(ctx, k.Kind))
	}
	for _, k := range schema.Relations {
		same(d, "ids of "+string(k.Relation), where(claimIDs, func(id string) bool { return claims[id].Relation == k.Relation }))(s.ClaimIDs(ctx, k.Relation))
	}

	// The things.
	each(d, "entity", s.Entities, ctx, entityIDs, func(id string) *schema.Entity { return entities[id] })
	each(d, "mentions", s.Mentions, ctx, entityIDs, func(id string) []schema.Mention { return mentions[id] })
	each(d, "mentions in passages", s.MentionsIn, ctx, passages, func(id string) []schema.Mention { return standing[id] })
	each(d, "claims by subject", s.ClaimsBySubject, ctx, entityIDs, bySubject.sorted)
	each(d, "claims by object", s.ClaimsByObject, ctx, entityIDs, byObject.sorted)
	each(d, "links by subject", linked(s.LinksBySubject), ctx, entityIDs, func(id string) []schema.Link {
		return leading(claims, bySubject.sorted(id), func(c *schema.Claim) string { return c.ObjectID })
	})
	each(d, "links by object", linked(s.LinksByObject), ctx, entityIDs, func(id string) []schema.Link {
		return leading(claims, byObject.sorted(id), func(c *schema.Claim) string { return c.SubjectID })
	})
	for _, k := range schema.Relations {
		to := func(ctx context.Context, ids []string) ([][]string, error) { return s.ClaimsTo(ctx, k.Relation, ids) }
		each(d, "claims to, "+string(k.Relation), to, ctx, entityIDs, func(id string) []string {
			return where(byObject.sorted(id), func(id string) bool { return claims[id].Relation == k.Relation })
		})
	}
	each(d, "observations about", s.ObservationsAbout, ctx, entityIDs, about.sorted)
	each(d, "children", s.Children, ctx, entityIDs, children.sorted)
	each(d, "claim", s.Claims, ctx, claimIDs, func(id string) *schema.Claim { return claims[id] })
	each(d, "observation", s.Observations, ctx, observationIDs, func(id string) *schema.Observation { return observations[id] })
	each(d, "named in", s.NamedIn, ctx, entityIDs, func(id string) []schema.Evidence { return NamedIn(mentions[id]) })
	each(d, "outline of claim", s.ClaimOutlines, ctx, claimIDs, func(id string) *schema.Claim { return ClaimOutline(claims[id]) })
	each(d, "outline of observation", s.ObservationOutlines, ctx, observationIDs, func(id string) *schema.Observation {
		return ObservationOutline(observations[id])
	})
	each(d, "facts", s.FactsIn, ctx, passages, func(id string) schema.Facts {
		if in := inPassage[id]; in != nil {
			return schema.Facts{Entities: keys(in[0]), Claims: keys(in[1]), Observations: keys(in[2])}
		}
		return schema.Facts{}
	})
	for _, r := range readings {
		one := []string{r.Report.ID}
		ids := make([]string, len(r.Passages))
		texts := make([]*schema.Passage, len(r.Passages))
		for i := range r.Passages {
			ids[i], texts[i] = r.Passages[i].ID, &r.Passages[i]
		}
		same(d, "report", []*schema.Report{&r.Report})(s.Reports(ctx, one))
		same(d, "sections", [][]schema.Section{r.Sections})(s.Sections(ctx, one))
		same(d, "passage ids", [][]string{ids})(s.PassagesOf(ctx, one))
		same(d, "passages", texts)(s.Passages(ctx, ids))
	}
	return d.err
}

// NamedIn gives the reports of an entity's mentions.
func NamedIn(mentions []schema.Mention) []schema.Evidence {
	evidence := make([]schema.Evidence, len(mentions))
	for i := range mentions {
		evidence[i] = mentions[i].Evidence
	}
	evidence = surest(evidence)
	return slices.CompactFunc(evidence, func(a, b schema.Evidence) bool { return a.ReportID == b.ReportID })
}

// ClaimOutline gives what the outline of a claim tells; nil of none.
func ClaimOutline(c *schema.Claim) *schema.Claim {
	if c == nil {
		return nil
	}
	return &schema.Claim{ID: c.ID, SubjectID: c.SubjectID, Relation: c.Relation, ObjectID: c.ObjectID, Value: c.Value, Modality: c.Modality,
		Period: schema.Period{From: c.Period.From, To: c.Period.To}, Evidence: surest(c.Evidence), Curation: c.Curation}
}

// ObservationOutline gives what the outline of an observation tells; nil of none.
func ObservationOutline(o *schema.Observation) *schema.Observation {
	if o == nil {
		return nil
	}
	outline := &schema.Observation{ID: o.ID, AboutID: o.AboutID, Measure: o.Measure, Amount: o.Amount, Type: o.Type, Unit: o.Unit, BaseUnit: o.BaseUnit,
		AnnualAverage: o.AnnualAverage, Hedge: o.Hedge, Modality: o.Modality,
		Period: schema.Period{From: o.Period.From, To: o.Period.To}, Evidence: surest(o.Evidence), Curation: o.Curation}
	if len(o.Checks) > 0 {
		outline.Checks = []schema.Check{{OK: !slices.ContainsFunc(o.Checks, func(c schema.Check) bool { return !c.OK })}}
	}
	return outline
}

// surest gives of evidence the report and the highest confidence there.
func surest(evidence []schema.Evidence) []schema.Evidence {
	best := map[string]float64{}
	for _, e := range evidence {
		best[e.ReportID] = max(best[e.ReportID], e.Confidence)
	}
	all := make([]schema.Evidence, len(evidence))
	for i, e := range evidence {
		all[i] = schema.Evidence{ReportID: e.ReportID, Confidence: best[e.ReportID]}
	}
	return all
}

// linked gives the links of lists.
func linked(ask func(context.Context, []string) ([]links.List, error)) func(context.Context, []string) ([][]schema.Link, error) {
	return func(ctx context.Context, ids []string) (all [][]schema.Link, err error) {
		lists, err := ask(ctx, ids)
		for _, l := range lists {
			all = append(all, slices.Collect(l.All()))
		}
		return all, err
	}
}

// leading gives where claims lead that lead to an entity, in the order of lists.
func leading(claims map[string]*schema.Claim, ids []string, other func(*schema.Claim) string) (all []schema.Link) {
	type group struct {
		relation schema.Relation
		other    string
	}
	sizes := map[group]int{}
	for _, id := range ids {
		if c := claims[id]; other(c) != "" {
			all = append(all, schema.Link{ClaimID: id, Relation: c.Relation, OtherID: other(c)})
			sizes[group{c.Relation, other(c)}]++
		}
	}
	slices.SortFunc(all, func(a, b schema.Link) int {
		return cmp.Or(cmp.Compare(a.Relation, b.Relation), cmp.Compare(sizes[group{b.Relation, b.OtherID}], sizes[group{a.Relation, a.OtherID}]),
			cmp.Compare(a.OtherID, b.OtherID), cmp.Compare(a.ClaimID, b.ClaimID))
	})
	return all
}

type differ struct{ err error }

// same notes a difference between what is wanted and an answer of the store.
func same[T any](d *differ, what string, want T) func(T, error) {
	return func(got T, err error) {
		switch {
		case d.err != nil:
		case err != nil:
			d.err = fmt.Errorf("%s: %w", what, err)
		case !reflect.DeepEqual(got, want) && !bothEmpty(got, want):
			d.err = fmt.Errorf("%s:\n got %+v\nwant %+v", what, got, want)
		}
	}
}

func bothEmpty(a, b any) bool {
	x, y := reflect.ValueOf(a), reflect.ValueOf(b)
	return x.Kind() == reflect.Slice && x.Len() == 0 && y.Len() == 0
}

// each asks for all the ids at once and compares the answers one by one.
func each[T any](d *differ, what string, ask func(context.Context, []string) ([]T, error), ctx context.Context, ids []string, want func(string) T) {
	got, err := ask(ctx, ids)
	if err == nil && len(got) != len(ids) {
		err = errors.New("the answers are not as many as the ids")
	}
	if err != nil {
		same(d, what, got)(got, err)
		return
	}
	for i, id := range ids {
		same(d, what+" of "+id, want(id))(got[i], nil)
	}
}

type idSets map[string]map[string]bool

func (s idSets) add(key, id string) {
	if s[key] == nil {
		s[key] = map[string]bool{}
	}
	s[key][id] = true
}

func (s idSets) sorted(key string) []string { return keys(s[key]) }

// keys gives the sorted keys, nil when there are none.
func keys(set map[string]bool) []string { return slices.Sorted(maps.Keys(set)) }

func where(ids []string, keep func(string) bool) []string {
	var out []string
	for _, id := range ids {
		if keep(id) {
			out = append(out, id)
		}
	}
	return out
}
