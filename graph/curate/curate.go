// Package curate does what people decided to what was read: it judges and
// corrects claims and observations, merges and splits entities. It works on
// readings and knows no store, so that the same decisions are made again when a
// report is read anew.
package curate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/lantu-kg/lantu/schema"
)

// Rule is the rule of evidence and of merges that a person gave.
const Rule = "curator"

// Code tells refusals apart.
type Code string

// The codes of refusals.
const (
	NotFound Code = "NOT_FOUND" // names nothing in the graph
	Invalid  Code = "INVALID"   // cannot be as it is
	Conflict Code = "CONFLICT"  // does not go with what was changed before or after
	ReadOnly Code = "READ_ONLY" // nothing can be changed
	TooLarge Code = "TOO_LARGE" // would take too long while others wait
)

// Refusal is why a change is not made; its text is for whoever asked for it.
type Refusal struct {
	Code    Code
	Message string
}

func (r *Refusal) Error() string { return r.Message }

// Refuse makes a refusal.
func Refuse(code Code, format string, args ...any) error {
	return &Refusal{code, fmt.Sprintf(format, args...)}
}

// Standing gives those of all changes, in order, that stand, which neither undo
// nor are undone; and of each that is undone the id of the change that undid it.
func Standing(all []*schema.ChangeRecord) (standing []*schema.ChangeRecord, undoneBy map[string]string) {
	undoneBy = map[string]string{}
	// An undo that was itself undone undoes nothing, and only later ones undo it.
	for _, c := range slices.Backward(all) {
		if c.Kind == schema.Undo && undoneBy[c.ID] == "" {
			undoneBy[c.Undoes] = c.ID
		}
	}
	for _, c := range all {
		if undoneBy[c.ID] == "" && c.Kind != schema.Undo {
			standing = append(standing, c)
		}
	}
	return standing, undoneBy
}

// Apply does the changes, in order, to a copy of a reading, and gives the
// numbers of those that had an effect. A change that finds nothing to do in this
// reading does nothing. When none has an effect the reading itself is given back.
func Apply(r *schema.Reading, changes []*schema.ChangeRecord) (*schema.Reading, []int) {
	var applied []int
	var d *draft
	for _, c := range changes {
		if d == nil {
			d = newDraft(r)
		}
		if d.apply(c) {
			applied = append(applied, c.Number)
		}
	}
	if len(applied) == 0 {
		return r, nil
	}
	return d.done(), applied
}

// draft is a reading under change.
type draft struct {
	r            schema.Reading
	entities     map[string]int // positions by id
	claims       facts[schema.Claim]
	observations facts[schema.Observation]
}

func newDraft(r *schema.Reading) *draft {
	d := &draft{r: *r}
	d.r.Entities = slices.Clone(r.Entities)
	d.r.Mentions = slices.Clone(r.Mentions)
	d.r.Claims = slices.Clone(r.Claims)
	d.r.Observations = slices.Clone(r.Observations)
	d.index()
	d.claims = facts[schema.Claim]{nature: claimNature, draft: d, list: &d.r.Claims}
	d.claims.index()
	d.observations = facts[schema.Observation]{nature: observationNature, draft: d, list: &d.r.Observations}
	d.observations.index()
	return d
}

// index notes where the entities are.
func (d *draft) index() {
	d.entities = make(map[string]int, len(d.r.Entities))
	for i := range d.r.Entities {
		d.entities[d.r.Entities[i].ID] = i
	}
}

func (d *draft) done() *schema.Reading {
	d.unsum()
	return &d.r
}

func (d *draft) apply(c *schema.ChangeRecord) bool {
	switch c.Kind {
	case schema.ConfirmClaim:
		return d.claims.judge(c, schema.Confirmed)
	case schema.RejectClaim:
		return d.claims.judge(c, schema.Rejected)
	case schema.CorrectClaim:
		return d.claims.correct(c)
	case schema.AddClaim:
		return d.claims.restore(c, schema.Confirmed)
	case schema.ConfirmObservation:
		return d.observations.judge(c, schema.Confirmed)
	case schema.RejectObservation:
		return d.observations.judge(c, schema.Rejected)
	case schema.CorrectObservation:
		return d.observations.correct(c)
	case schema.AddAlias:
		return d.alias(c.EntityID, c.Alias)
	case schema.MergeEntities:
		return d.merge(c)
	case schema.SplitEntity:
		return d.split(c)
	default: // of whole reports, which the store holds
		return false
	}
}

// sameNames reports whether the entities that are now spoken of have the names of
// those that were, one by one.
func (d *draft) sameNames(c *schema.ChangeRecord, then, now []string) bool {
	return slices.EqualFunc(then, now, func(then, now string) bool { return d.sameName(c, then, now) })
}

func (d *draft) sameName(c *schema.ChangeRecord, then, now string) bool {
	if then == now {
		return true
	}
	i, ok := d.entities[now]
	was := entityOf(c, then)
	if !ok || was == nil {
		return false
	}
	is := &d.r.Entities[i]
	names := append([]string{is.Name}, is.Aliases...)
	return slices.ContainsFunc(names, func(name string) bool { return schema.NormalName(name) == schema.NormalName(was.Name) })
}

func entityOf(c *schema.ChangeRecord, id string) *schema.Entity {
	i := slices.IndexFunc(c.Entities, func(e schema.Entity) bool { return e.ID == id })
	if i < 0 {
		return nil
	}
	return &c.Entities[i]
}

// locate gives the nth piece of the change's evidence as it stands in this reading:
// as it was in the same text, else where the same file says the same words.
func (d *draft) locate(c *schema.ChangeRecord, n int) (schema.Evidence, bool) {
	_, evidence := c.Judged()
	e := evidence[n]
	if e.ReportID == d.r.Report.ID {
		return e, true
	}
	if n >= len(c.Files) || c.Files[n] != d.r.Report.File {
		return e, false
	}
	for i := range d.r.Passages {
		p := &d.r.Passages[i]
		before, _, ok := strings.Cut(p.Text, e.Quote)
		if !ok || e.Quote == "" {
			continue
		}
		start := len([]rune(before))
		e.ReportID, e.PassageID = d.r.Report.ID, p.ID
		e.Span = schema.Span{Start: start, End: start + len([]rune(e.Quote))}
		return e, true
	}
	return e, false
}

// standing gives that of the change's evidence that stands in this reading.
func (d *draft) standing(c *schema.ChangeRecord) (evidence []schema.Evidence) {
	_, all := c.Judged()
	for n := range all {
		if e, ok := d.locate(c, n); ok {
			evidence = append(evidence, e)
		}
	}
	return evidence
}

// need sees to it that entities of the change are in the reading, with the
// places above them.
func (d *draft) need(c *schema.ChangeRecord, ids ...string) {
	for _, id := range ids {
		for id != "" {
			if _, ok := d.entities[id]; ok {
				break
			}
			e := entityOf(c, id)
			if e == nil {
				break
			}
			d.entities[id] = len(d.r.Entities)
			d.r.Entities = append(d.r.Entities, *e)
			id = e.ParentID
		}
	}
}

// mention notes where the evidence names entities that its passage is not yet
// known to name.
func (d *draft) mention(evidence []schema.Evidence, ids ...string) {
	for _, id := range ids {
		at, ok := d.entities[id]
		if !ok {
			continue
		}
		e := d.r.Entities[at]
		for _, ev := range evidence {
			if slices.ContainsFunc(d.r.Mentions, func(m schema.Mention) bool {
				return m.EntityID == id && m.Evidence.PassageID == ev.PassageID
			}) {
				continue
			}
			for _, name := range append([]string{e.Name}, e.Aliases...) {
				before, _, ok := strings.Cut(ev.Quote, name)
				if !ok {
					continue
				}
				start := ev.Span.Start + len([]rune(before))
				found := ev
				found.Span = schema.Span{Start: start, End: start + len([]rune(name))}
				found.Quote, found.Rule, found.Confidence = name, Rule, 1
				d.r.Mentions = append(d.r.Mentions, schema.Mention{EntityID: id, Name: name, Evidence: found})
				break
			}
		}
	}
}

func (d *draft) alias(id, alias string) bool {
	i, ok := d.entities[id]
	if !ok {
		return false
	}
	e := &d.r.Entities[i]
	if e.Name == alias || slices.Contains(e.Aliases, alias) {
		return false
	}
	e.Aliases = append(slices.Clone(e.Aliases), alias)
	slices.Sort(e.Aliases)
	return true
}

// Root gives the change that a chain of undoing is about: itself when it is no
// undo.
func Root(all []*schema.ChangeRecord, c *schema.ChangeRecord) *schema.ChangeRecord {
	for c.Kind == schema.Undo {
		i := slices.IndexFunc(all, func(other *schema.ChangeRecord) bool { return other.ID == c.Undoes })
		c = all[i] // an undo always follows what it undoes
	}
	return c
}

// Dependents gives the ids of the changes after c that rest on what it did.
func Dependents(all []*schema.ChangeRecord, c *schema.ChangeRecord) []string {
	_, undoneBy := Standing(all)
	root := Root(all, c)
	var ids []string
	for _, later := range all {
		if later.Number <= c.Number || undoneBy[later.ID] != "" || later.Kind == schema.Undo && later.ReportID == "" {
			continue
		}
		rests := slices.ContainsFunc(later.Needs, func(id string) bool { return slices.Contains(root.Touches, id) })
		if c.ReportID != "" {
			rests = later.ReportID == c.ReportID || later.ReportID == "" && slices.Contains(later.Reports, c.ReportID)
		}
		if rests {
			ids = append(ids, later.ID)
		}
	}
	return ids
}
