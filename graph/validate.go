package graph

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"unicode/utf8"

	"github.com/lantu-kg/lantu/schema"
)

// problems collects what is wrong with a reading, up to a readable number.
type problems struct {
	errs []error
	more int
}

func (p *problems) addf(format string, args ...any) {
	if len(p.errs) < 8 {
		p.errs = append(p.errs, fmt.Errorf(format, args...))
	} else {
		p.more++
	}
}

// Validate reports what makes a reading unfit to be kept: identifiers that do
// not derive from the content, references to what is not in the reading, and
// evidence that does not stand where it says. The error wraps [ErrInvalid].
func Validate(r *schema.Reading) error {
	if r == nil {
		return fmt.Errorf("%w: there is none", ErrInvalid)
	}
	p := &problems{}
	v := &validation{problems: p, reading: r,
		kinds: make(map[string]schema.Kind, len(r.Entities)), texts: make(map[string][]rune, len(r.Passages))}
	v.passages()
	v.sections()
	v.entities()
	v.mentions()
	v.claims()
	v.observations()
	if len(p.errs) == 0 {
		return nil
	}
	if p.more > 0 {
		p.errs = append(p.errs, fmt.Errorf("and %d more", p.more))
	}
	return fmt.Errorf("%w of %q: %w", ErrInvalid, r.Report.File, errors.Join(p.errs...))
}

type validation struct {
	*problems
	reading *schema.Reading
	kinds   map[string]schema.Kind
	texts   map[string][]rune
}

func (v *validation) passages() {
	r := v.reading
	if len(r.Passages) == 0 {
		v.addf("the report has no passages")
		return
	}
	if want := schema.ReportID(r.Passages); r.Report.ID != want {
		v.addf("the report's id is %q, its passages make it %s", r.Report.ID, want)
	}
	if r.Report.Passages != len(r.Passages) {
		v.addf("the report counts %d passages and has %d", r.Report.Passages, len(r.Passages))
	}
	for i := range r.Passages {
		p := &r.Passages[i]
		if want := schema.PassageID(r.Report.ID, i); p.ID != want || p.Ordinal != i || p.ReportID != r.Report.ID {
			v.addf("passage %d: has id %q, ordinal %d and report %q, should be %s", i, p.ID, p.Ordinal, p.ReportID, want)
		}
		if p.Section < -1 || p.Section >= len(r.Sections) {
			v.addf("passage %d: its section %d is none of the %d", i, p.Section, len(r.Sections))
		}
		if p.Page < 0 {
			v.addf("passage %d: its page %d is negative; pages count from 1, 0 means none", i, p.Page)
		}
		if !utf8.ValidString(p.Text) {
			v.addf("passage %d: its text is not UTF-8", i)
		}
		v.texts[p.ID] = []rune(p.Text)
	}
}

func (v *validation) sections() {
	for i, s := range v.reading.Sections {
		if s.Ordinal != i || s.Parent < -1 || s.Parent >= i {
			v.addf("section %d: has ordinal %d and parent %d", i, s.Ordinal, s.Parent)
		}
	}
}

func (v *validation) entities() {
	r := v.reading
	parents := make(map[string]string)
	for i := range r.Entities {
		e := &r.Entities[i]
		switch {
		case !e.Kind.Valid():
			v.addf("entity %q: unknown kind %q", e.ID, e.Kind)
		case !goodID(e.ID, strings.ToLower(string(e.Kind))):
			v.addf("entity %q: no id of a %s; make it with schema.EntityID or PlaceID", e.ID, e.Kind)
		case e.Name == "" || !utf8.ValidString(e.Name):
			v.addf("entity %s: its name %q is empty or not UTF-8", e.ID, e.Name)
		}
		if _, twice := v.kinds[e.ID]; twice {
			v.addf("entity %s: is there twice", e.ID)
		}
		v.kinds[e.ID] = e.Kind
		if e.ParentID != "" {
			parents[e.ID] = e.ParentID
		}
	}
	for _, e := range r.Entities {
		if e.ParentID != "" && v.kinds[e.ParentID] != schema.KindPlace {
			v.addf("entity %s: its parent %q is no place of the reading", e.ID, e.ParentID)
		}
		steps := 0
		for id := e.ID; id != ""; id = parents[id] {
			if steps++; steps > len(r.Entities) {
				v.addf("entity %s: its parents go round in a circle", e.ID)
				break
			}
		}
	}
	if id := r.Report.RegionID; id != "" && v.kinds[id] != schema.KindPlace {
		v.addf("the report's region %q is no place of the reading", id)
	}
}

// goodID reports whether id is prefix, a hyphen and letters, digits or hyphens.
func goodID(id, prefix string) bool {
	rest, ok := strings.CutPrefix(id, prefix+"-")
	return ok && rest != "" && !strings.ContainsFunc(rest, func(r rune) bool {
		return r != '-' && (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
}

func (v *validation) mentions() {
	for i := range v.reading.Mentions {
		m := &v.reading.Mentions[i]
		what := fmt.Sprintf("mention %d of %q", i, m.Name)
		v.entity(what, "entity", m.EntityID)
		v.evidence(what, []schema.Evidence{m.Evidence})
		if m.Name == "" || !utf8.ValidString(m.Name) {
			v.addf("%s: its name is empty or not UTF-8", what)
		}
	}
}

func (v *validation) claims() {
	seen := make(map[string]bool, len(v.reading.Claims))
	for i := range v.reading.Claims {
		c := &v.reading.Claims[i]
		what := v.fact("claim", c.ID, schema.ClaimID(c), c.Modality, c.Evidence, seen)
		v.entity(what, "subject", c.SubjectID)
		info, ok := c.Relation.Info()
		switch {
		case !ok:
			v.addf("%s: unknown relation %q", what, c.Relation)
		case (c.ObjectID == "") == (c.Value == ""):
			v.addf("%s: has an object and a value, or neither", what)
		case (c.ObjectID != "") != (info.Object == schema.ObjectEntity):
			v.addf("%s: the object of %s is of the wrong sort", what, c.Relation)
		case info.Object == schema.ObjectStatus:
			if _, err := schema.ParseStatus(c.Value); err != nil {
				v.addf("%s: %w", what, err)
			}
		}
		if c.ObjectID != "" {
			v.entity(what, "object", c.ObjectID)
		}
		if !utf8.ValidString(c.Value) {
			v.addf("%s: its value is not UTF-8", what)
		}
		if l := c.List; l != nil && (l.Named < 1 || l.Named > l.Size || !utf8.ValidString(l.Noun)) {
			v.addf("%s: its list names %d of %d %q", what, l.Named, l.Size, l.Noun)
		}
		if r := c.Rank; r != nil && (c.Relation != schema.Ranked || r.Number < 0 || !utf8.ValidString(r.Scope)) {
			v.addf("%s: its rank is %+v; only claims %s have one, from 1", what, *r, schema.Ranked)
		}
	}
}

func (v *validation) observations() {
	seen := make(map[string]bool, len(v.reading.Observations))
	all := make(map[string]bool, len(v.reading.Observations))
	for i := range v.reading.Observations {
		all[v.reading.Observations[i].ID] = true
	}
	for i := range v.reading.Observations {
		o := &v.reading.Observations[i]
		what := v.fact("observation", o.ID, schema.ObservationID(o), o.Modality, o.Evidence, seen)
		v.entity(what, "thing observed", o.AboutID)
		switch o.Type {
		case schema.Level, schema.Change, schema.Share, schema.Rank:
		default:
			v.addf("%s: unknown type %q", what, o.Type)
		}
		for _, f := range []float64{o.Value, o.Amount} {
			if math.IsNaN(f) || math.IsInf(f, 0) {
				v.addf("%s: %v is no number", what, f)
			}
		}
		for _, d := range o.Derived {
			if math.IsNaN(d.Value) || math.IsInf(d.Value, 0) || d.Rule == "" || !utf8.ValidString(d.Unit) {
				v.addf("%s: what is derived, %+v, is no number by a rule", what, d)
			}
		}
		for _, c := range o.Checks {
			if c.Rule == "" || !utf8.ValidString(c.Message) {
				v.addf("%s: its check %+v says nothing", what, c)
			}
			for _, id := range c.With {
				if !all[id] {
					v.addf("%s: is checked with %q, which is not in the reading", what, id)
				}
			}
		}
		if !utf8.ValidString(o.Measure + o.Unit + o.BaseUnit + o.Basis) {
			v.addf("%s: its words are not UTF-8", what)
		}
	}
}

func (v *validation) entity(what, role, id string) {
	if _, ok := v.kinds[id]; !ok {
		v.addf("%s: its %s %q is not among the entities", what, role, id)
	}
}

// fact validates what claims and observations have in common and gives what to call it.
func (v *validation) fact(sort, id, want string, m schema.Modality, evidence []schema.Evidence, seen map[string]bool) (what string) {
	what = sort + " " + id
	if id != want {
		v.addf("%s %q: its content makes the id %s", sort, id, want)
	}
	if seen[id] {
		v.addf("%s: is there twice; give it both pieces of evidence", what)
	}
	seen[id] = true
	if m != schema.Fact && m != schema.Aim {
		v.addf("%s: unknown modality %q", what, m)
	}
	v.evidence(what, evidence)
	return what
}

func (v *validation) evidence(what string, evidence []schema.Evidence) {
	if len(evidence) == 0 {
		v.addf("%s: has no evidence", what)
	}
	for _, e := range evidence {
		text, ok := v.texts[e.PassageID]
		switch {
		case e.ReportID != v.reading.Report.ID:
			v.addf("%s: its evidence is of the report %q", what, e.ReportID)
		case !ok:
			v.addf("%s: its evidence is in passage %q, which is not in the reading", what, e.PassageID)
		case e.Span.Start < 0 || e.Span.Start >= e.Span.End || e.Span.End > len(text):
			v.addf("%s: %s has %d code points, no span %d to %d", what, e.PassageID, len(text), e.Span.Start, e.Span.End)
		case e.Quote != string(text[e.Span.Start:e.Span.End]):
			v.addf("%s: quotes %q where %s says %q", what, e.Quote, e.PassageID, string(text[e.Span.Start:e.Span.End]))
		case !(e.Confidence >= 0 && e.Confidence <= 1): // so that NaN fails too
			v.addf("%s: its confidence %v is not between 0 and 1", what, e.Confidence)
		case !utf8.ValidString(e.Rule):
			v.addf("%s: its rule %q is not UTF-8", what, e.Rule)
		}
	}
}
