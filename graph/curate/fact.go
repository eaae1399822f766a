package curate

import (
	"slices"

	"github.com/lantu-kg/lantu/schema"
)

// facts are the claims or the observations of a draft.
type facts[F any] struct {
	nature[F]
	draft *draft
	list  *[]F
	at    map[string]int // positions by id
}

// nature is what tells claims and observations apart.
type nature[F any] struct {
	parts func(*F) parts
	id    func(*F) string // of what it says
	// alike reports whether two say the same of whatever they speak of.
	alike func(was, is *F) bool
	// changed gives what a change judges and what it makes of that.
	changed func(*schema.ChangeRecord) (was, became *F)
	// listed gives the ids of those that a change moves to the entity that it splits off.
	listed func(*schema.ChangeRecord) []string
	// bare takes from one what may not hold any more when it is put back.
	bare func(*F)
}

// parts are those of a fact that every fact has.
type parts struct {
	id, was  *string
	ends     []*string // ids of the entities that it speaks of
	evidence *[]schema.Evidence
	curation *schema.Curation
}

// about gives the ids of the entities that the fact speaks of.
func (p parts) about() []string {
	ids := make([]string, len(p.ends))
	for i, end := range p.ends {
		ids[i] = *end
	}
	return ids
}

var claimNature = nature[schema.Claim]{
	parts: func(c *schema.Claim) parts {
		return parts{&c.ID, &c.Was, []*string{&c.SubjectID, &c.ObjectID}, &c.Evidence, &c.Curation}
	},
	id: schema.ClaimID,
	alike: func(was, is *schema.Claim) bool {
		return is.Relation == was.Relation && is.Value == was.Value && is.Modality == was.Modality
	},
	changed: func(c *schema.ChangeRecord) (was, became *schema.Claim) { return c.Claim, c.Became },
	listed:  func(c *schema.ChangeRecord) []string { return c.Claims },
	bare:    func(*schema.Claim) {},
}

var observationNature = nature[schema.Observation]{
	parts: func(o *schema.Observation) parts {
		return parts{&o.ID, &o.Was, []*string{&o.AboutID}, &o.Evidence, &o.Curation}
	},
	id: schema.ObservationID,
	alike: func(was, is *schema.Observation) bool {
		return is.Value == was.Value && is.Unit == was.Unit && is.Type == was.Type && is.Modality == was.Modality &&
			schema.NormalName(is.Measure) == schema.NormalName(was.Measure)
	},
	changed: func(c *schema.ChangeRecord) (was, became *schema.Observation) {
		return c.Observation, c.BecameObservation
	},
	listed: func(c *schema.ChangeRecord) []string { return c.Observations },
	bare:   func(o *schema.Observation) { o.Checks = nil }, // against what may be gone
}

func (fs *facts[F]) index() {
	fs.at = make(map[string]int, len(*fs.list))
	for i := range *fs.list {
		fs.at[*fs.parts(&(*fs.list)[i]).id] = i
	}
}

// find gives the fact that a change speaks of: by its id, else by a sentence that
// was read anew, in which the same was found of the same names. It is nil when
// there is none.
func (fs *facts[F]) find(c *schema.ChangeRecord) *F {
	was, _ := fs.changed(c)
	of := fs.parts(was)
	if i, ok := fs.at[*of.id]; ok {
		return &(*fs.list)[i]
	}
	for _, at := range fs.draft.standing(c) {
		for i := range *fs.list {
			is := &(*fs.list)[i]
			other := fs.parts(is)
			if fs.alike(was, is) && fs.draft.sameNames(c, of.about(), other.about()) &&
				slices.ContainsFunc(*other.evidence, func(e schema.Evidence) bool { return e.PassageID == at.PassageID && e.Quote == at.Quote }) {
				return is
			}
		}
	}
	return nil
}

// judge sets what was made of a fact. One that was confirmed and is no longer
// found is put back.
func (fs *facts[F]) judge(c *schema.ChangeRecord, state schema.Curation) bool {
	if found := fs.find(c); found != nil {
		*fs.parts(found).curation = state
		return true
	}
	return state == schema.Confirmed && fs.restore(c, state)
}

// correct puts another fact in the place of one, with the same evidence. What was
// corrected is kept as rejected.
func (fs *facts[F]) correct(c *schema.ChangeRecord) bool {
	was, became := fs.changed(c)
	made := *became
	of := fs.parts(&made)
	*of.was, *of.curation = *fs.parts(was).id, schema.Corrected
	if found := fs.find(c); found != nil {
		corrected := fs.parts(found)
		*corrected.curation = schema.Rejected
		*of.evidence = *corrected.evidence
	} else {
		*of.evidence = fs.draft.standing(c)
	}
	return fs.add(c, made)
}

// restore puts in the fact of the change, with that of its evidence that stands in
// this reading.
func (fs *facts[F]) restore(c *schema.ChangeRecord, state schema.Curation) bool {
	was, _ := fs.changed(c)
	fact := *was
	of := fs.parts(&fact)
	*of.evidence, *of.curation = fs.draft.standing(c), state
	fs.bare(&fact)
	return fs.add(c, fact)
}

// add puts in a fact, with what it speaks of, unless nothing is evidence of it.
func (fs *facts[F]) add(c *schema.ChangeRecord, fact F) bool {
	of := fs.parts(&fact)
	if len(*of.evidence) == 0 {
		return false
	}
	fs.draft.need(c, of.about()...)
	fs.draft.mention(*of.evidence, of.about()...)
	fs.put(fact)
	return true
}

// put adds a fact, or what is new of it to the one that says the same.
func (fs *facts[F]) put(fact F) {
	of := fs.parts(&fact)
	i, ok := fs.at[*of.id]
	if !ok {
		fs.at[*of.id] = len(*fs.list)
		*fs.list = append(*fs.list, fact)
		return
	}
	same := fs.parts(&(*fs.list)[i])
	*same.evidence = join(*same.evidence, *of.evidence)
	if decides(*of.curation, *same.curation) {
		*same.curation, *same.was = *of.curation, *of.was
	}
}

// merge makes the facts speak of what their entities became. It gives their ids
// by those that they had.
func (fs *facts[F]) merge(become func(id string) string) (now map[string]string) {
	return fs.remake(func(fact F) []F {
		ends := fs.parts(&fact).ends
		for _, end := range ends {
			*end = become(*end)
		}
		if len(ends) == 2 && *ends[0] == *ends[1] {
			return nil // says nothing of one and the same
		}
		return []F{fact}
	})
}

// split parts what is said of the change's entity: what the change lists, and else
// the evidence that goes, is then of the new one. It gives the ids of the facts by
// those that they had, and whether any of them went and any stayed.
func (fs *facts[F]) split(c *schema.ChangeRecord, goes func(schema.Evidence) bool) (now map[string]string, went, stayed bool) {
	listed := fs.listed(c)
	now = fs.remake(func(fact F) []F {
		of := fs.parts(&fact)
		if !slices.Contains(of.about(), c.EntityID) {
			return []F{fact}
		}
		going, staying := part(*of.evidence, func(e schema.Evidence) bool { return slices.Contains(listed, *of.id) || goes(e) })
		var made []F
		if len(staying) > 0 {
			*of.evidence = staying
			made = append(made, fact)
			stayed = true
		}
		if len(going) > 0 {
			*of.evidence = going
			for _, end := range of.ends {
				if *end == c.EntityID {
					*end = c.NewID
				}
			}
			made = append(made, fact)
			went = true
		}
		return made
	})
	return now, went, stayed
}

// remake makes each fact what f makes of it, gives that the id of what it then
// says and joins those that say the same. It gives the id of the first that was
// made by the id of what it was made of.
func (fs *facts[F]) remake(f func(F) []F) (now map[string]string) {
	before := *fs.list
	now = make(map[string]string, len(before))
	*fs.list = make([]F, 0, len(before))
	fs.index()
	for _, fact := range before {
		for i, made := range f(fact) {
			of := fs.parts(&made)
			*of.id = fs.id(&made)
			if i == 0 {
				now[*fs.parts(&fact).id] = *of.id
			}
			fs.put(made)
		}
	}
	return now
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

// join gives the evidence of both, each piece once.
func join(a, b []schema.Evidence) []schema.Evidence {
	all := slices.Clone(a)
	for _, e := range b {
		if !slices.Contains(all, e) {
			all = append(all, e)
		}
	}
	return all
}

// decides reports whether what was made of one decides over what was made of another
// that says the same. Of one that was rejected and one that was not the latter does:
// that something is said wrongly at one place does not make it wrong elsewhere.
func decides(one, other schema.Curation) bool {
	return other == schema.Rejected || one != schema.Unreviewed && one != schema.Rejected
}
