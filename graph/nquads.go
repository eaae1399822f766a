package graph

import (
	"io"

	"github.com/cayleygraph/quad"
	"github.com/cayleygraph/quad/nquads"

	"github.com/lantu-kg/lantu/schema"
)

// idPrefix makes an IRI of an id, for other programs.
const idPrefix = relationsPrefix

// WriteNQuads writes the quads of a valid reading as N-Quads, those of the
// entities, claims and observations only when factsOnly. Ids are written as
// IRIs that begin with "lantu:", as the predicates do.
func WriteNQuads(w io.Writer, reading *schema.Reading, factsOnly bool) error {
	quads, _, _, err := encode(reading)
	if err != nil {
		return err
	}
	facts := map[quad.Value]bool{hasEntity: true, hasParent: true, hasSubject: true, hasClaim: true, isAbout: true, hasObservation: true}
	for _, predicate := range relationPredicates {
		facts[predicate] = true
	}
	out := nquads.NewWriter(w)
	for _, q := range quads {
		if factsOnly && !facts[q.Predicate] {
			continue
		}
		q.Subject, q.Object, q.Label = absolute(q.Subject), absolute(q.Object), absolute(q.Label)
		if err := out.WriteQuad(q); err != nil {
			return err
		}
	}
	return out.Close()
}

func absolute(v quad.Value) quad.Value {
	if id, ok := v.(quad.IRI); ok && id != allReports {
		return quad.IRI(idPrefix) + id
	}
	return v
}
