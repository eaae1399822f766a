package model

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/lantu-kg/lantu/schema"
)

// Change is one thing that someone did to the graph.
type Change struct{ *schema.ChangeRecord }

// NewChange wraps c: nil for nil.
func NewChange(c *schema.ChangeRecord) *Change {
	if c == nil {
		return nil
	}
	return &Change{c}
}

// NodeID returns the change's id.
func (c *Change) NodeID() string { return c.ID }

// Why returns the reason that was given.
func (c *Change) Why() *string { return known(c.ChangeRecord.Why) }

// File returns the file of the report that was loaded or removed.
func (c *Change) File() *string { return known(c.ChangeRecord.File) }

// Words tells, in words, how it was before a change, which is no undoing, and
// how it was afterwards: "" where there was nothing.
func (c *Change) Words() (before, after string) {
	r := c.ChangeRecord
	switch r.Kind {
	case schema.ConfirmClaim:
		return c.statement(r.Claim), c.statement(r.Claim)
	case schema.RejectClaim:
		return c.statement(r.Claim), ""
	case schema.CorrectClaim:
		return c.statement(r.Claim), c.statement(r.Became)
	case schema.AddClaim:
		return "", c.statement(r.Claim)
	case schema.ConfirmObservation:
		return c.measurement(r.Observation), c.measurement(r.Observation)
	case schema.RejectObservation:
		return c.measurement(r.Observation), ""
	case schema.CorrectObservation:
		return c.measurement(r.Observation), c.measurement(r.BecameObservation)
	case schema.AddAlias:
		names := c.names(r.EntityID)
		return together(names), together(append(names, r.Alias))
	case schema.MergeEntities:
		all := []string{together(c.names(r.EntityID))}
		var names []string
		for _, id := range r.Merged {
			all = append(all, together(c.names(id)))
			names = append(names, c.names(id)...)
		}
		return strings.Join(all, " + "), together(append(c.names(r.EntityID), names...))
	case schema.SplitEntity:
		names := c.names(r.EntityID)
		var left, gone []string
		for _, name := range names {
			if slices.ContainsFunc(r.Names, func(n string) bool { return schema.NormalName(n) == schema.NormalName(name) }) {
				gone = append(gone, name)
			} else {
				left = append(left, name)
			}
		}
		return together(names), together(left) + " + " + together(gone)
	case schema.LoadReport:
		return "", r.File
	case schema.RemoveReport:
		return r.File, ""
	default:
		return "", ""
	}
}

// together writes the names of one entity.
func together(names []string) string {
	var once []string
	for _, name := range names {
		if !slices.Contains(once, name) {
			once = append(once, name)
		}
	}
	return strings.Join(once, " = ")
}

// names gives the names that the entity had when the change was made.
func (c *Change) names(id string) []string {
	i := slices.IndexFunc(c.Entities, func(e schema.Entity) bool { return e.ID == id })
	if i < 0 {
		return []string{id}
	}
	return append([]string{c.Entities[i].Name}, c.Entities[i].Aliases...)
}

// statement writes what a claim says.
func (c *Change) statement(claim *schema.Claim) string {
	object := claim.Value
	if claim.ObjectID != "" {
		object = c.names(claim.ObjectID)[0]
	}
	return said([]string{c.names(claim.SubjectID)[0], string(claim.Relation), object}, claim.Modality, claim.Period)
}

// measurement writes what an observation says.
func (c *Change) measurement(o *schema.Observation) string {
	number := strconv.FormatFloat(o.Value, 'f', -1, 64) + o.Unit
	words := []string{c.names(o.AboutID)[0], o.Measure, strings.ToUpper(string(o.Type)), number}
	if o.AnnualAverage {
		words = append(words, "ANNUAL_AVERAGE")
	}
	return said(words, o.Modality, o.Period)
}

// said adds to words in what mood and of what time they are said.
func said(words []string, m schema.Modality, p schema.Period) string {
	if m == schema.Aim {
		words = append(words, "("+string(m)+")")
	}
	if p.From != "" || p.To != "" {
		words = append(words, cmp.Or(p.From, "…")+"–"+cmp.Or(p.To, "…"))
	}
	return strings.Join(words, " ")
}

// ClaimCuration is what people made of a claim or an observation.
type ClaimCuration struct {
	State  schema.Curation
	Change *Change // nil when nobody has decided
}
