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
	d.remake(func(claim schema.Claim) []schema.Claim {
		claim.SubjectID, claim.ObjectID = become(claim.SubjectID), become(claim.ObjectID)
		if claim.SubjectID == claim.ObjectID {
			return nil // says nothing of one and the same
		}
		return []schema.Claim{claim}
	}, func(o schema.Observation) []schema.Observation {
		o.AboutID = become(o.AboutID)
		return []schema.Observation{o}
	})
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
	goes := func(listed bool, e schema.Evidence) bool {
		if listed {
			return true
		}
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
	used := false // whether anything is still said of the old one
	become := func(id string) string {
		if id == c.EntityID {
			return c.NewID
		}
		return id
	}
	concerns := moved || len(gone) > 0
	before := len(d.r.Claims) + len(d.r.Observations)
	remade := false
	d.remake(func(claim schema.Claim) []schema.Claim {
		if claim.SubjectID != c.EntityID && claim.ObjectID != c.EntityID {
			return []schema.Claim{claim}
		}
		going, staying := part(claim.Evidence, func(e schema.Evidence) bool { return goes(slices.Contains(c.Claims, claim.ID), e) })
		var made []schema.Claim
		if len(staying) > 0 {
			same := claim
			same.Evidence = staying
			made = append(made, same)
			used = true
		}
		if len(going) > 0 {
			remade = true
			other := claim
			other.SubjectID, other.ObjectID, other.Evidence = become(claim.SubjectID), become(claim.ObjectID), going
			made = append(made, other)
		}
		return made
	}, func(o schema.Observation) []schema.Observation {
		if o.AboutID != c.EntityID {
			return []schema.Observation{o}
		}
		going, staying := part(o.Evidence, func(e schema.Evidence) bool { return goes(slices.Contains(c.Observations, o.ID), e) })
		var made []schema.Observation
		if len(staying) > 0 {
			same := o
			same.Evidence = staying
			made = append(made, same)
			used = true
		}
		if len(going) > 0 {
			remade = true
			other := o
			other.AboutID, other.Evidence = c.NewID, going
			made = append(made, other)
		}
		return made
	})
	if !concerns && !remade && before == len(d.r.Claims)+len(d.r.Observations) {
		return false
	}
	d.need(c, c.NewID)
	at = d.entities[c.EntityID]
	old = &d.r.Entities[at]
	if d.r.Report.RegionID == old.ID || slices.ContainsFunc(d.r.Entities, func(e schema.Entity) bool { return e.ParentID == old.ID }) {
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

// part parts evidence by a test.
func part(all []schema.Evidence, test func(schema.Evidence) bool) (pass, fail []schema.Evidence) {
	for _, e := range all {
		if test(e) {
			pass = append(pass, e)
		} else {
			fail = append(fail, e)
		}
	}
	return pass, fail
}

// remake makes each claim and observation what the functions make of it, gives
// it the id of what it then says and joins those that say the same.
func (d *draft) remake(claim func(schema.Claim) []schema.Claim, observation func(schema.Observation) []schema.Observation) {
	claims, observations := d.r.Claims, d.r.Observations
	d.r.Claims = make([]schema.Claim, 0, len(claims))
	d.r.Observations = make([]schema.Observation, 0, len(observations))
	d.index()
	for _, c := range claims {
		for _, made := range claim(c) {
			made.ID = schema.ClaimID(&made)
			d.put(made)
		}
	}
	became := make(map[string]string)
	for _, o := range observations {
		for i, made := range observation(o) {
			made.ID = schema.ObservationID(&made)
			if i == 0 || made.AboutID == o.AboutID {
				became[o.ID] = made.ID
			}
			d.putObservation(made)
		}
	}
	for i := range d.r.Observations {
		o := &d.r.Observations[i]
		o.Checks = slices.Clone(o.Checks)
		for j := range o.Checks {
			with := slices.Clone(o.Checks[j].With)
			for k, id := range with {
				if now, ok := became[id]; ok {
					with[k] = now
				}
			}
			o.Checks[j].With = slices.DeleteFunc(with, func(id string) bool { _, there := d.observations[id]; return !there || id == o.ID })
		}
	}
}
