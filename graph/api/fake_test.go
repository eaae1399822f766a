package api

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"sync"

	"github.com/lantu-kg/lantu/graph/graphtest"
	"github.com/lantu-kg/lantu/graph/links"
	"github.com/lantu-kg/lantu/graph/pool"
	"github.com/lantu-kg/lantu/schema"
)

// fakeStore is a Store over readings, which counts its calls and can fail.
type fakeStore struct {
	Editor // none

	mu    sync.Mutex
	calls map[string]int // by method
	keys  map[string]int // how many keys they were given
	fail  error
	panic bool

	numbers      pool.Numbers[string] // in links
	version      uint64
	entities     map[string]*schema.Entity
	claims       map[string]*schema.Claim
	observations map[string]*schema.Observation
	reports      map[string]*schema.Report
	passages     map[string]*schema.Passage
	sections     map[string][]schema.Section
	mentions     map[string][]schema.Mention
}

func newFakeStore(readings ...*schema.Reading) *fakeStore {
	f := &fakeStore{
		calls:        map[string]int{},
		keys:         map[string]int{},
		entities:     map[string]*schema.Entity{},
		claims:       map[string]*schema.Claim{},
		observations: map[string]*schema.Observation{},
		reports:      map[string]*schema.Report{},
		passages:     map[string]*schema.Passage{},
		sections:     map[string][]schema.Section{},
		mentions:     map[string][]schema.Mention{},
	}
	for _, r := range readings {
		f.put(r)
	}
	return f
}

func (f *fakeStore) put(r *schema.Reading) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.version++
	f.reports[r.Report.ID] = &r.Report
	f.sections[r.Report.ID] = r.Sections
	for i := range r.Passages {
		f.passages[r.Passages[i].ID] = &r.Passages[i]
	}
	for i := range r.Entities {
		f.entities[r.Entities[i].ID] = &r.Entities[i]
	}
	for _, m := range r.Mentions {
		f.mentions[m.EntityID] = append(f.mentions[m.EntityID], m)
	}
	for i := range r.Claims {
		c := &r.Claims[i]
		if known := f.claims[c.ID]; known != nil {
			merged := *known
			merged.Evidence = append(slices.Clone(known.Evidence), c.Evidence...)
			c = &merged
		}
		f.claims[c.ID] = c
	}
	for i := range r.Observations {
		f.observations[r.Observations[i].ID] = &r.Observations[i]
	}
}

// count notes a call with n keys.
func (f *fakeStore) count(method string, n int) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls[method]++
	f.keys[method] += n
	if f.panic {
		panic("the fake store was told to panic")
	}
	return f.fail
}

// asked returns how many calls there were since it was last called.
func (f *fakeStore) asked() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	total := 0
	for _, n := range f.calls {
		total += n
	}
	f.calls = map[string]int{}
	return total
}

func pick[V any](f *fakeStore, method string, from map[string]V, ids []string) ([]V, error) {
	if err := f.count(method, len(ids)); err != nil {
		return nil, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	values := make([]V, len(ids))
	for i, id := range ids {
		values[i] = from[id]
	}
	return values, nil
}

// collect gives, for each id, the sorted keys of from that pass.
func collect[V any](f *fakeStore, method string, from map[string]V, ids []string, passes func(id string, v V) bool) ([][]string, error) {
	if err := f.count(method, len(ids)); err != nil {
		return nil, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	lists := make([][]string, len(ids))
	for i, id := range ids {
		for key, v := range from {
			if passes(id, v) {
				lists[i] = append(lists[i], key)
			}
		}
		slices.Sort(lists[i])
	}
	return lists, nil
}

func (f *fakeStore) Entities(_ context.Context, ids []string) ([]*schema.Entity, error) {
	return pick(f, "Entities", f.entities, ids)
}

func (f *fakeStore) Claims(_ context.Context, ids []string) ([]*schema.Claim, error) {
	return pick(f, "Claims", f.claims, ids)
}

func (f *fakeStore) Observations(_ context.Context, ids []string) ([]*schema.Observation, error) {
	return pick(f, "Observations", f.observations, ids)
}

func (f *fakeStore) ClaimOutlines(_ context.Context, ids []string) ([]*schema.Claim, error) {
	claims, err := pick(f, "ClaimOutlines", f.claims, ids)
	for i, c := range claims {
		claims[i] = graphtest.ClaimOutline(c)
	}
	return claims, err
}

func (f *fakeStore) ObservationOutlines(_ context.Context, ids []string) ([]*schema.Observation, error) {
	observations, err := pick(f, "ObservationOutlines", f.observations, ids)
	for i, o := range observations {
		observations[i] = graphtest.ObservationOutline(o)
	}
	return observations, err
}

func (f *fakeStore) Reports(_ context.Context, ids []string) ([]*schema.Report, error) {
	return pick(f, "Reports", f.reports, ids)
}

func (f *fakeStore) Passages(_ context.Context, ids []string) ([]*schema.Passage, error) {
	return pick(f, "Passages", f.passages, ids)
}

func (f *fakeStore) Sections(_ context.Context, ids []string) ([][]schema.Section, error) {
	return pick(f, "Sections", f.sections, ids)
}

func (f *fakeStore) Mentions(_ context.Context, ids []string) ([][]schema.Mention, error) {
	return pick(f, "Mentions", f.mentions, ids)
}

func (f *fakeStore) NamedIn(_ context.Context, ids []string) ([][]schema.Evidence, error) {
	mentions, err := pick(f, "NamedIn", f.mentions, ids)
	reports := make([][]schema.Evidence, len(mentions))
	for i, m := range mentions {
		sorted := slices.Clone(m)
		slices.SortFunc(sorted, func(a, b schema.Mention) int { return cmp.Compare(a.Evidence.ReportID, b.Evidence.ReportID) })
		reports[i] = graphtest.NamedIn(sorted)
	}
	return reports, err
}

func (f *fakeStore) ClaimsBySubject(_ context.Context, ids []string) ([][]string, error) {
	return collect(f, "ClaimsBySubject", f.claims, ids, func(id string, c *schema.Claim) bool { return c.SubjectID == id })
}

func (f *fakeStore) ClaimsTo(_ context.Context, relation schema.Relation, ids []string) ([][]string, error) {
	return collect(f, "ClaimsTo", f.claims, ids, func(id string, c *schema.Claim) bool { return c.ObjectID == id && c.Relation == relation })
}

func (f *fakeStore) ClaimsByObject(_ context.Context, ids []string) ([][]string, error) {
	return collect(f, "ClaimsByObject", f.claims, ids, func(id string, c *schema.Claim) bool { return c.ObjectID == id })
}

func (f *fakeStore) LinksBySubject(ctx context.Context, ids []string) ([]links.List, error) {
	return f.links(ctx, f.ClaimsBySubject, ids, func(c *schema.Claim) string { return c.ObjectID })
}

func (f *fakeStore) LinksByObject(ctx context.Context, ids []string) ([]links.List, error) {
	return f.links(ctx, f.ClaimsByObject, ids, func(c *schema.Claim) string { return c.SubjectID })
}

func (f *fakeStore) LinkNumbers(_ context.Context, ids []string) ([]uint32, error) {
	if err := f.count("LinkNumbers", len(ids)); err != nil {
		return nil, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	numbers := make([]uint32, len(ids))
	for i, id := range ids {
		numbers[i] = f.numbers.Number(id)
	}
	return numbers, nil
}

func (f *fakeStore) links(ctx context.Context, claims func(context.Context, []string) ([][]string, error), ids []string, other func(*schema.Claim) string) ([]links.List, error) {
	lists, err := claims(ctx, ids)
	found := make([]links.List, len(ids))
	for i, list := range lists {
		var leading []schema.Link
		for _, id := range list {
			if c := f.claims[id]; other(c) != "" {
				leading = append(leading, schema.Link{ClaimID: id, Relation: c.Relation, OtherID: other(c)})
			}
		}
		f.mu.Lock()
		found[i] = links.Of(&f.numbers, leading)
		f.mu.Unlock()
	}
	return found, err
}

func (f *fakeStore) ObservationsAbout(_ context.Context, ids []string) ([][]string, error) {
	return collect(f, "ObservationsAbout", f.observations, ids, func(id string, o *schema.Observation) bool { return o.AboutID == id })
}

func (f *fakeStore) Children(_ context.Context, ids []string) ([][]string, error) {
	return collect(f, "Children", f.entities, ids, func(id string, e *schema.Entity) bool { return e.ParentID == id })
}

func (f *fakeStore) PassagesOf(_ context.Context, ids []string) ([][]string, error) {
	lists, err := collect(f, "PassagesOf", f.passages, ids, func(id string, p *schema.Passage) bool { return p.ReportID == id })
	for _, list := range lists {
		slices.SortFunc(list, func(a, b string) int { return cmp.Compare(f.passages[a].Ordinal, f.passages[b].Ordinal) })
	}
	return lists, err
}

func (f *fakeStore) MentionsIn(_ context.Context, ids []string) ([][]schema.Mention, error) {
	if err := f.count("MentionsIn", len(ids)); err != nil {
		return nil, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	found := make([][]schema.Mention, len(ids))
	for i, id := range ids {
		for _, mentions := range f.mentions {
			for _, m := range mentions {
				if m.Evidence.PassageID == id {
					found[i] = append(found[i], m)
				}
			}
		}
		slices.SortFunc(found[i], func(a, b schema.Mention) int {
			return cmp.Or(cmp.Compare(a.Evidence.Span.Start, b.Evidence.Span.Start), cmp.Compare(b.Evidence.Span.End, a.Evidence.Span.End), cmp.Compare(a.EntityID, b.EntityID))
		})
	}
	return found, nil
}

func (f *fakeStore) FactsIn(_ context.Context, ids []string) ([]schema.Facts, error) {
	if err := f.count("FactsIn", len(ids)); err != nil {
		return nil, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	facts := make([]schema.Facts, len(ids))
	stands := func(id string, evidence []schema.Evidence) bool {
		return slices.ContainsFunc(evidence, func(e schema.Evidence) bool { return e.PassageID == id })
	}
	for i, id := range ids {
		for entity, mentions := range f.mentions {
			if slices.ContainsFunc(mentions, func(m schema.Mention) bool { return m.Evidence.PassageID == id }) {
				facts[i].Entities = append(facts[i].Entities, entity)
			}
		}
		for _, c := range f.claims {
			if stands(id, c.Evidence) {
				facts[i].Claims = append(facts[i].Claims, c.ID)
			}
		}
		for _, o := range f.observations {
			if stands(id, o.Evidence) {
				facts[i].Observations = append(facts[i].Observations, o.ID)
			}
		}
		slices.Sort(facts[i].Entities)
		slices.Sort(facts[i].Claims)
		slices.Sort(facts[i].Observations)
	}
	return facts, nil
}

// sorted gives the sorted keys of from that pass.
func sorted[V any](f *fakeStore, method string, from map[string]V, passes func(V) bool) ([]string, error) {
	if err := f.count(method, 0); err != nil {
		return nil, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	ids := slices.Sorted(maps.Keys(from))
	return slices.DeleteFunc(ids, func(id string) bool { return !passes(from[id]) }), nil
}

func (f *fakeStore) EntityIDs(_ context.Context, kind schema.Kind) ([]string, error) {
	return sorted(f, "EntityIDs", f.entities, func(e *schema.Entity) bool { return kind == "" || e.Kind == kind })
}

func (f *fakeStore) ClaimIDs(_ context.Context, relation schema.Relation) ([]string, error) {
	return sorted(f, "ClaimIDs", f.claims, func(c *schema.Claim) bool { return relation == "" || c.Relation == relation })
}

func (f *fakeStore) ObservationIDs(context.Context) ([]string, error) {
	return sorted(f, "ObservationIDs", f.observations, func(*schema.Observation) bool { return true })
}

func (f *fakeStore) ReportIDs(context.Context) ([]string, error) {
	return sorted(f, "ReportIDs", f.reports, func(*schema.Report) bool { return true })
}

func (f *fakeStore) Version(context.Context) (uint64, error) {
	return f.version, f.count("Version", 0)
}

func (f *fakeStore) RejectedClaimIDs(context.Context) ([]string, error) {
	return nil, f.count("RejectedClaimIDs", 0)
}

func (f *fakeStore) RejectedObservationIDs(context.Context) ([]string, error) {
	return nil, f.count("RejectedObservationIDs", 0)
}

func (f *fakeStore) Changes(context.Context) ([]*schema.ChangeRecord, error) {
	return nil, f.count("Changes", 0)
}

func (f *fakeStore) Changed() <-chan struct{} { return nil }

func (f *fakeStore) Touched(uint64) (schema.Touched, bool) { return schema.Touched{}, false }
