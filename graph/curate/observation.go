package curate

import (
	"slices"

	"github.com/lantu-kg/lantu/schema"
)

// findObservation gives the position of the observation that a change speaks of:
// by its id, else by a sentence that was read anew, in which the same number was
// found of the same name.
func (d *draft) findObservation(c *schema.ChangeRecord) (int, bool) {
	if i, ok := d.observations[c.Observation.ID]; ok {
		return i, true
	}
	was := c.Observation
	for _, at := range d.standing(c) {
		for i := range d.r.Observations {
			o := &d.r.Observations[i]
			if o.Value == was.Value && o.Unit == was.Unit && o.Type == was.Type && o.Modality == was.Modality &&
				schema.NormalName(o.Measure) == schema.NormalName(was.Measure) && d.sameName(c, was.AboutID, o.AboutID) &&
				slices.ContainsFunc(o.Evidence, func(e schema.Evidence) bool { return e.PassageID == at.PassageID && e.Quote == at.Quote }) {
				return i, true
			}
		}
	}
	return 0, false
}

// judgeObservation sets what was made of an observation. One that was confirmed
// and is no longer found is put back.
func (d *draft) judgeObservation(c *schema.ChangeRecord, state schema.Curation) bool {
	i, ok := d.findObservation(c)
	if !ok {
		return state == schema.Confirmed && d.addObservation(c, *c.Observation, state)
	}
	d.r.Observations[i].Curation = state
	return true
}

// correctObservation puts another observation in the place of one, with the same
// evidence. What was corrected is kept as rejected.
func (d *draft) correctObservation(c *schema.ChangeRecord) bool {
	became := *c.BecameObservation
	became.Was = c.Observation.ID
	i, ok := d.findObservation(c)
	if !ok {
		return d.addObservation(c, became, schema.Corrected)
	}
	d.r.Observations[i].Curation = schema.Rejected
	became.Evidence, became.Curation = d.r.Observations[i].Evidence, schema.Corrected
	d.need(c, became.AboutID)
	d.mention(became.Evidence, became.AboutID)
	d.putObservation(became)
	return true
}

// addObservation puts in an observation with that of its evidence that stands in
// this reading. Of its checks, which are against what may be gone, none is left.
func (d *draft) addObservation(c *schema.ChangeRecord, o schema.Observation, state schema.Curation) bool {
	evidence := d.standing(c)
	if len(evidence) == 0 {
		return false
	}
	o.Evidence, o.Curation, o.Checks = evidence, state, nil
	d.need(c, o.AboutID)
	d.mention(evidence, o.AboutID)
	d.putObservation(o)
	return true
}

// putObservation adds an observation, or what is new of it to the one that says
// the same.
func (d *draft) putObservation(o schema.Observation) {
	i, ok := d.observations[o.ID]
	if !ok {
		d.observations[o.ID] = len(d.r.Observations)
		d.r.Observations = append(d.r.Observations, o)
		return
	}
	same := &d.r.Observations[i]
	same.Evidence = join(same.Evidence, o.Evidence)
	if decides(o.Curation, same.Curation) {
		same.Curation, same.Was = o.Curation, o.Was
	}
}
