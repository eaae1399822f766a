package gold

import (
	"fmt"
	"io"
	"strings"

	"github.com/lantu-kg/lantu/schema"
)

// Cause is why a thing of the gold was missed. Each missed thing has one: the
// first that holds, in the order of [causesOf].
type Cause string

// The causes.
const (
	// Of entities.
	CauseOtherKind Cause = "found as another kind"
	CauseInside    Cause = "only inside a longer name"
	CauseCut       Cause = "found, but cut otherwise" // a name that overlaps it by half
	CauseUnseen    Cause = "not seen at all"

	// Of claims. An end that is words or a step of the status ladder is no name.
	CauseNoEnd         Cause = "an end was not found"
	CauseOtherObject   Cause = "another status or object" // of the same subject and relation, by words
	CauseOtherRelation Cause = "another relation between the two"
	CauseUnrelated     Cause = "both found, but not related"

	// Of observations.
	CauseNoNumber     Cause = "number not found"
	CauseNoOwner      Cause = "owner was not found"
	CauseOtherOwner   Cause = "given to another owner"
	CauseOtherMeasure Cause = "another measure"
)

// causesOf are the causes of each measure, in the order in which they are shown.
var causesOf = []struct {
	measure Measure
	causes  []Cause
}{
	{MeasureEntity, []Cause{CauseOtherKind, CauseInside, CauseCut, CauseUnseen}},
	{MeasureClaim, []Cause{CauseNoEnd, CauseOtherObject, CauseOtherRelation, CauseUnrelated}},
	{MeasureObservation, []Cause{CauseNoNumber, CauseNoOwner, CauseOtherOwner, CauseOtherMeasure}},
}

// Causes counts why things of the gold were missed.
type Causes map[Measure]map[Cause]int

// count notes a cause for each thing that was not hit.
func (c Causes) count(measure Measure, hit []bool, why func(i int) Cause) {
	if c[measure] == nil {
		c[measure] = map[Cause]int{}
	}
	for i, ok := range hit {
		if !ok {
			c[measure][why(i)]++
		}
	}
}

// entity tells why the gold's i-th entity was missed.
func (m *matcher) entity(i int) Cause {
	cut := false
	for j := range m.p.Entities {
		if m.sameName(i, j) {
			return CauseOtherKind // or one more of the name than there is of it
		}
	}
	for gold := range m.gn[i] {
		for j := range m.p.Entities {
			for found := range m.pn[j] {
				if strings.Contains(found, gold) {
					return CauseInside
				}
				cut = cut || strings.Contains(gold, found) || dice(gold, found) >= alike
			}
		}
	}
	if cut {
		return CauseCut
	}
	return CauseUnseen
}

// claim tells why the gold's i-th claim was missed.
func (m *matcher) claim(i int) Cause {
	c := m.g.Claims[i]
	info, _ := c.Relation.Info()
	named := info.Object == schema.ObjectEntity
	if !m.isFound(c.Subject) || named && !m.isFound(c.Object) {
		return CauseNoEnd
	}
	subject, object := m.names.name(c.Subject), m.names.name(c.Object)
	for _, p := range m.p.Claims {
		from, to := m.names.name(p.Subject), m.names.name(p.Object)
		switch {
		case !named && p.Relation == c.Relation && from == subject:
			return CauseOtherObject
		case named && (from == subject && to == object || from == object && to == subject):
			return CauseOtherRelation // or the other way round
		}
	}
	return CauseUnrelated
}

// observation tells why the gold's i-th observation was missed.
func (m *matcher) observation(i int) Cause {
	o := m.g.Observations[i]
	number, owner := false, false
	for j, p := range m.p.Observations {
		if m.sameNumber(i, j) {
			number = true
			owner = owner || m.names.name(o.About) == m.names.name(p.About)
		}
	}
	switch {
	case !number:
		return CauseNoNumber
	case owner:
		return CauseOtherMeasure
	case !m.isFound(o.About):
		return CauseNoOwner
	}
	return CauseOtherOwner
}

// isFound reports whether a name is an entity's that was found, or stands for
// the region.
func (m *matcher) isFound(name string) bool {
	want := m.names.name(name)
	if want == "region" || normal(name) == normal(Region) {
		return true
	}
	for j := range m.p.Entities {
		for found := range m.pn[j] {
			if m.names.name(found) == want {
				return true
			}
		}
	}
	return false
}

// WriteCauses writes a row a cause, with the part of all that the gold has.
func (s *Score) WriteCauses(w io.Writer) error {
	var b strings.Builder
	for _, of := range causesOf {
		total := s.Totals[of.measure]
		fmt.Fprintf(&b, "%s: %d of %d missed\n", of.measure, total.Gold-total.Hit, total.Gold)
		for _, cause := range of.causes {
			n := s.Causes[of.measure][cause]
			fmt.Fprintf(&b, "  %-34s %5d  %4.1f %%\n", cause, n, 100*ratio(n, total.Gold))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}
