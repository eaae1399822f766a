package graph

import (
	"context"
	"encoding/json"

	"github.com/cayleygraph/quad"

	"github.com/lantu-kg/lantu/schema"
)

// BuildAnew has the catalogue built anew when it is asked next.
func (s *Store) BuildAnew() {
	s.catalogue.mu.Lock()
	defer s.catalogue.mu.Unlock()
	s.catalogue.built = false
}

// AsEarlierBuilds makes a report's contents what builds kept that knew no outlines.
func (s *Store) AsEarlierBuilds(ctx context.Context, reportID string) error {
	return s.write(ctx, "contents", func(r *reader, _ []*schema.ChangeRecord) (*change, error) {
		all, err := r.out([]string{reportID}, hasContents, hasDigest)
		if err != nil {
			return nil, err
		}
		said := map[string]string{}
		for _, st := range all[0] {
			said[st.predicate] = st.object
		}
		was := said[string(hasContents)]
		var has contents
		if err := json.Unmarshal([]byte(was), &has); err != nil {
			return nil, err
		}
		has.Ends, has.Abouts, has.Values, has.Measures, has.Amounts, has.Outlines, has.EntityOutlines, has.ClaimOutlines, has.ObservationOutlines = nil, nil, nil, nil, nil, nil, nil, nil, nil
		is, err := json.Marshal(has)
		if err != nil {
			return nil, err
		}
		of := func(contents, digest string) []quad.Quad {
			report := quad.IRI(reportID)
			return []quad.Quad{
				{Subject: report, Predicate: hasContents, Object: quad.String(contents), Label: report},
				{Subject: report, Predicate: hasDigest, Object: quad.String(digest), Label: report},
			}
		}
		return r.newChange(), r.snap.apply(of(string(is), "another"), of(was, said[string(hasDigest)]))
	})
}

// TellsOutlines reports whether the contents of a report tell outlines.
func (s *Store) TellsOutlines(ctx context.Context, reportID string) (tells bool, err error) {
	err = s.view(ctx, "contents", func(r *reader) error {
		all, err := loadLiterals[contents](r, []string{reportID}, hasContents)
		if err == nil {
			tells = all[0].tells()
		}
		return err
	})
	return tells, err
}
