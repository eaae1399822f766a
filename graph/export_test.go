package graph

import (
	"context"
	"encoding/json"

	"github.com/cayleygraph/quad"

	"github.com/lantu-kg/lantu/schema"
)

// AsEarlierBuilds makes a report's contents what builds kept that knew no outlines.
func (s *Store) AsEarlierBuilds(ctx context.Context, reportID string) error {
	return s.write(ctx, "contents", func(r *reader, _ []*schema.ChangeRecord) (*change, error) {
		all, err := r.out([]string{reportID}, hasContents)
		if err != nil {
			return nil, err
		}
		was := all[0][0].object
		var has contents
		if err := json.Unmarshal([]byte(was), &has); err != nil {
			return nil, err
		}
		has.Links, has.Abouts, has.Values, has.Measures, has.Amounts, has.Outlines, has.EntityOutlines, has.ClaimOutlines, has.ObservationOutlines = nil, nil, nil, nil, nil, nil, nil, nil, nil
		is, err := json.Marshal(has)
		if err != nil {
			return nil, err
		}
		of := func(text string) []quad.Quad {
			return []quad.Quad{{Subject: quad.IRI(reportID), Predicate: hasContents, Object: quad.String(text), Label: quad.IRI(reportID)}}
		}
		return r.newChange(), r.snap.apply(of(string(is)), of(was))
	})
}
