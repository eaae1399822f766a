package curate

import (
	"slices"

	"github.com/lantu-kg/lantu/schema"
)

// recheck makes the checks of the observations speak of what these became, by the
// ids that they had.
func (d *draft) recheck(now map[string]string) {
	for i := range d.r.Observations {
		o := &d.r.Observations[i]
		o.Checks = slices.Clone(o.Checks)
		for j := range o.Checks {
			with := slices.Clone(o.Checks[j].With)
			for k, id := range with {
				if became, ok := now[id]; ok {
					with[k] = became
				}
			}
			o.Checks[j].With = slices.DeleteFunc(with, func(id string) bool { _, there := d.observations.at[id]; return !there || id == o.ID })
		}
	}
}

// unsum takes from the observations the checks in whose sum one stands that was
// judged wrong, and what was worked out with one.
func (d *draft) unsum() {
	wrong := map[string]bool{}
	wrongIn := map[string][]*schema.Observation{} // by passage
	for i := range d.r.Observations {
		if o := &d.r.Observations[i]; o.Curation == schema.Rejected {
			wrong[o.ID] = true
			for _, e := range o.Evidence {
				wrongIn[e.PassageID] = append(wrongIn[e.PassageID], o)
			}
		}
	}
	texts := map[string][]rune{}
	for i := range d.r.Passages {
		if p := &d.r.Passages[i]; wrongIn[p.ID] != nil {
			texts[p.ID] = []rune(p.Text)
		}
	}
	for i := range d.r.Observations {
		o := &d.r.Observations[i]
		if wrong[o.ID] {
			continue
		}
		o.Checks = slices.DeleteFunc(slices.Clone(o.Checks), func(c schema.Check) bool {
			return slices.ContainsFunc(c.With, func(id string) bool { return wrong[id] })
		})
		for _, e := range o.Evidence {
			for _, w := range wrongIn[e.PassageID] {
				if w.AboutID == o.AboutID && countedIn(w) == countedIn(o) && share(texts[e.PassageID], e, w.Evidence) {
					o.Derived = nil
				}
			}
		}
	}
}

// countedIn gives the unit of an observation, one for shares and what they grow by.
func countedIn(o *schema.Observation) string {
	if o.BaseUnit == "个百分点" {
		return "%"
	}
	return o.BaseUnit
}

// share reports whether a piece of evidence stands in one sentence of a passage
// with any of others.
func share(text []rune, e schema.Evidence, others []schema.Evidence) bool {
	return slices.ContainsFunc(others, func(other schema.Evidence) bool {
		return other.PassageID == e.PassageID && schema.Sentence(text, other.Span) == schema.Sentence(text, e.Span)
	})
}
