package curate

import (
	"slices"
	"strings"

	"github.com/lantu-kg/lantu/schema"
)

// merge makes one entity of several.
func (d *draft) merge(c *schema.ChangeRecord) bool {
	gone := make(map[string]bool, len(c.Merged))
	var names []string
	for _, id := range c.Merged {
		if i, ok := d.entities[id]; ok {
			gone[id] = true
			names = append(append(names, d.r.Entities[i].Name), d.r.Entities[i].Aliases...)
		}
	}
	if len(gone) == 0 {
		return false
	}
	d.need(c, c.EntityID)
	become := func(id string) string {
		if gone[id] {
			return c.EntityID
		}
		return id
	}
	for i := range d.r.Entities {
		e := &d.r.Entities[i]
		e.ParentID = become(e.ParentID)
		if e.ID != c.EntityID {
			continue
		}
		if e.ParentID == e.ID {
			e.ParentID = ""
		}
		e.Aliases = slices.Clone(e.Aliases)
		for _, name := range names {
			if name != e.Name && !slices.Contains(e.Aliases, name) {
				e.Aliases = append(e.Aliases, name)
			}
		}
		slices.Sort(e.Aliases)
	}
	d.r.Entities = slices.DeleteFunc(d.r.Entities, func(e schema.Entity) bool { return gone[e.ID] })
	d.r.Report.RegionID = become(d.r.Report.RegionID)
	for i := range d.r.Mentions {
		if m := &d.r.Mentions[i]; gone[m.EntityID] {
			m.EntityID = c.EntityID
			m.Merge = strings.TrimSpace(m.Merge + " " + Rule)
		}
	}
	d.index()
	d.claims.merge(become)
	d.recheck(d.observations.merge(become))
	return true
}

// split makes an entity of its own of some names of another. What is said where
// only these names stand goes with them, and so does what the change lists.
func (d *draft) split(c *schema.ChangeRecord) bool {
	at, ok := d.entities[c.EntityID]
	if !ok {
		return false
	}
	moves := make(map[string]bool, len(c.Names))
	for _, name := range c.Names {
		moves[schema.NormalName(name)] = true
	}
	old := &d.r.Entities[at]
	var gone, left []string
	for _, name := range append([]string{old.Name}, old.Aliases...) {
		if moves[schema.NormalName(name)] {
			gone = append(gone, name)
		} else {
			left = append(left, name)
		}
	}
	// Mentions of the entity by passage, as they were.
	type named struct {
		span  schema.Span
		moves bool
	}
	where := map[string][]named{}
	moved, stay := false, false
	for i := range d.r.Mentions {
		m := &d.r.Mentions[i]
		if m.EntityID != c.EntityID {
			continue
		}
		goes := moves[schema.NormalName(m.Name)]
		where[m.Evidence.PassageID] = append(where[m.Evidence.PassageID], named{m.Evidence.Span, goes})
		if goes {
			m.EntityID, moved = c.NewID, true
			m.Merge = strings.TrimSpace(m.Merge + " " + Rule)
		} else {
			stay = true
		}
	}
	goes := func(e schema.Evidence) bool {
		inside, around := 0, 0 // +1 for one that moves only when none stays
		for _, n := range where[e.PassageID] {
			in := n.span.Start >= e.Span.Start && n.span.End <= e.Span.End
			switch {
			case !n.moves && in:
				return false
			case !n.moves:
				around = -1
			case in:
				inside++
			case around >= 0:
				around++
			}
		}
		return inside > 0 || around > 0
	}
	_, claimWent, used := d.claims.split(c, goes) // used is whether anything is still said of the old one
	now, numberWent, numbered := d.observations.split(c, goes)
	d.recheck(now)
	if !moved && len(gone) == 0 && !claimWent && !numberWent {
		return false
	}
	d.need(c, c.NewID)
	at = d.entities[c.EntityID]
	old = &d.r.Entities[at]
	if numbered || d.r.Report.RegionID == old.ID || slices.ContainsFunc(d.r.Entities, func(e schema.Entity) bool { return e.ParentID == old.ID }) {
		used = true
	}
	fresh := &d.r.Entities[d.entities[c.NewID]]
	for _, name := range gone {
		if name != fresh.Name && !slices.Contains(fresh.Aliases, name) {
			fresh.Aliases = append(slices.Clone(fresh.Aliases), name)
		}
	}
	slices.Sort(fresh.Aliases)
	switch {
	case !stay && !used:
		d.r.Entities = slices.Delete(d.r.Entities, at, at+1)
		d.index()
	case len(left) == 0: // spoken of without a name of its own
		if e := entityOf(c, c.EntityID); e != nil {
			old.Name, old.Aliases = e.Name, nil
		}
	default:
		old.Name = left[0]
		old.Aliases = slices.Clone(left[1:])
	}
	return true
}
