package loaders

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/lantu-kg/lantu/loaders/gold"
	"github.com/lantu-kg/lantu/schema"
)

// curator is the rule of what a person found, as the graph records it.
const curator = "curator"

// Annotation gives a reading in the form of a reader's annotation: all that its
// passages say, what was rejected left out. Unless whole is set it has only the
// passages in which somebody decided something. Left counts what the form cannot
// hold, since the passage does not name it.
func Annotation(r *schema.Reading, whole bool) (d *gold.Document, left int) {
	a := annotator{reading: r, entities: map[string]*schema.Entity{}, names: map[string]map[string][]string{}, decided: map[string]bool{}}
	for i := range r.Entities {
		a.entities[r.Entities[i].ID] = &r.Entities[i]
	}
	for i := range r.Mentions {
		a.mention(&r.Mentions[i])
	}
	claims, observations := map[string][]*schema.Claim{}, map[string][]*schema.Observation{}
	for i := range r.Claims {
		c := &r.Claims[i]
		for _, e := range c.Evidence {
			a.decided[e.PassageID] = a.decided[e.PassageID] || c.Curation != schema.Unreviewed
			if list := claims[e.PassageID]; c.Curation != schema.Rejected && !slices.Contains(list, c) {
				claims[e.PassageID] = append(list, c)
			}
		}
	}
	for i := range r.Observations {
		o := &r.Observations[i]
		for _, e := range o.Evidence {
			a.decided[e.PassageID] = a.decided[e.PassageID] || o.Curation != schema.Unreviewed
			if list := observations[e.PassageID]; o.Curation != schema.Rejected && !slices.Contains(list, o) {
				observations[e.PassageID] = append(list, o)
			}
		}
	}
	d = &gold.Document{Name: strings.TrimSuffix(r.Report.File, filepath.Ext(r.Report.File)), File: r.Report.File, Region: []string{}}
	if region := a.entities[r.Report.RegionID]; region != nil {
		d.Region = append([]string{region.Name}, region.Aliases...)
	}
	for i := range r.Passages {
		p := &r.Passages[i]
		if !whole && !a.decided[p.ID] {
			continue
		}
		annotated := gold.Passage{Line: p.Line, Text: p.Text, Entities: a.named(p), Claims: []gold.Claim{}, Observations: []gold.Observation{}}
		for _, c := range claims[p.ID] {
			switch said, ok := a.claim(p, c); {
			case !ok:
				left++
			case c.Relation == schema.Ranked:
				annotated.Ranks = append(annotated.Ranks, said)
			case !slices.Contains(annotated.Claims, said):
				annotated.Claims = append(annotated.Claims, said)
			}
		}
		for _, o := range observations[p.ID] {
			if measured, ok := a.observation(p, o); ok {
				annotated.Observations = append(annotated.Observations, measured)
			} else {
				left++
			}
		}
		d.Passages = append(d.Passages, annotated)
	}
	return d, left
}

// annotator knows by what names each passage calls entities.
type annotator struct {
	reading  *schema.Reading
	entities map[string]*schema.Entity
	names    map[string]map[string][]string // by passage and entity, in the order of the text
	decided  map[string]bool                // passages
}

func (a *annotator) mention(m *schema.Mention) {
	p := m.Evidence.PassageID
	if a.names[p] == nil {
		a.names[p] = map[string][]string{}
	}
	if list := a.names[p][m.EntityID]; !slices.Contains(list, m.Evidence.Quote) {
		a.names[p][m.EntityID] = append(list, m.Evidence.Quote)
	}
	a.decided[p] = a.decided[p] || slices.Contains(strings.Fields(m.Merge+" "+m.Evidence.Rule), curator)
}

// named gives the entities that a passage names, in the order of their ids.
func (a *annotator) named(p *schema.Passage) []gold.Entity {
	named := []gold.Entity{}
	for i := range a.reading.Entities {
		e := &a.reading.Entities[i]
		if names := a.names[p.ID][e.ID]; len(names) > 0 {
			named = append(named, gold.Entity{Name: names[0], Kind: e.Kind, Aliases: names[1:]})
		}
	}
	return named
}

// end gives the name by which a passage calls an entity at the end of a claim.
func (a *annotator) end(p *schema.Passage, id string, unspoken bool) (string, bool) {
	if names := a.names[p.ID][id]; len(names) > 0 {
		return names[0], true
	}
	return gold.Region, unspoken && id != "" && id == a.reading.Report.RegionID
}

func (a *annotator) claim(p *schema.Passage, c *schema.Claim) (gold.Claim, bool) {
	info, known := c.Relation.Info()
	subject, ok := a.end(p, c.SubjectID, info.RegionSubject)
	said := gold.Claim{Subject: subject, Relation: c.Relation, Object: c.Value}
	switch info.Object {
	case schema.ObjectEntity:
		var there bool
		said.Object, there = a.end(p, c.ObjectID, info.RegionObject)
		ok = ok && there
	case schema.ObjectText:
		ok = ok && strings.Contains(p.Text, c.Value)
	}
	return said, ok && known
}

func (a *annotator) observation(p *schema.Passage, o *schema.Observation) (gold.Observation, bool) {
	about, ok := a.end(p, o.AboutID, true)
	i := slices.IndexFunc(o.Evidence, func(e schema.Evidence) bool { return e.PassageID == p.ID })
	measured := gold.Observation{About: about, Measure: o.Measure, Value: o.Value, Unit: o.Unit, Type: o.Type, Quote: o.Evidence[i].Quote}
	return measured, ok && strings.Contains(p.Text, o.Measure) && (o.Unit == "位" || strings.Contains(p.Text, o.Unit))
}
