package graph

import (
	"context"
	"errors"
	"fmt"
	"math"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"

	"github.com/cayleygraph/quad"

	"github.com/lantu-kg/lantu/graph/curate"
	"github.com/lantu-kg/lantu/schema"
)

// Edit makes a change of claims, observations or entities and records it. What it
// gives is the change as recorded. The request says of the claim or observation
// only its id, or what an added claim says with its evidence; of entities their
// ids, or what new ones are; of Became and BecameObservation only what they shall
// say. A change that cannot be made is refused with a [curate.Refusal].
func (s *Store) Edit(ctx context.Context, request *schema.ChangeRecord) (made *schema.ChangeRecord, err error) {
	err = s.write(ctx, "change", func(r *reader, standing []*schema.ChangeRecord) (*change, error) {
		c := *request
		e := &editor{reader: r, change: &c, entities: map[string]*schema.Entity{}}
		for i := range c.Entities {
			e.entities[c.Entities[i].ID] = &c.Entities[i]
		}
		if err := e.prepare(); err != nil {
			return nil, err
		}
		reports, err := r.concerned(&c)
		if err != nil {
			return nil, err
		}
		if err := s.few(reports); err != nil {
			return nil, err
		}
		s.number(&c)
		ch := r.newChange()
		if err := r.settleAll(ch, reports, append(slices.Clip(standing), &c), &c); err != nil {
			return nil, err
		}
		if len(ch.edits) == 0 {
			return nil, curate.Refuse(curate.Conflict, "this changes nothing: it is so already")
		}
		made = &c
		return ch, r.record(ch, &recorded{change: &c})
	})
	if err != nil {
		return nil, err
	}
	return made, nil
}

// few refuses a change of too many reports: others wait for it to end.
func (s *Store) few(reports []string) error {
	if most := s.changeLimit; len(reports) > most {
		return curate.Refuse(curate.TooLarge, "this concerns %d reports, more than %d, and would hold up all other changes for too long: stop the server and make it with 'lantu query --edit'", len(reports), most)
	}
	return nil
}

// number gives a change the next number; the caller holds the turn to write.
func (s *Store) number(cs ...*schema.ChangeRecord) {
	s.journal.mu.Lock()
	defer s.journal.mu.Unlock()
	for i, c := range cs {
		c.Number = len(s.journal.changes) + 1 + i
		c.ID = fmt.Sprintf("change-%d", c.Number)
	}
}

// editor completes a change from the graph.
type editor struct {
	*reader
	change   *schema.ChangeRecord
	entities map[string]*schema.Entity // those the change holds
}

func (e *editor) prepare() error {
	c := e.change
	switch c.Kind {
	case schema.ConfirmClaim, schema.RejectClaim:
		if err := e.loadClaim(); err != nil {
			return err
		}
		return e.judge(c.Kind == schema.RejectClaim, c.Claim.Curation, c.Claim.SubjectID, c.Claim.ObjectID)
	case schema.ConfirmObservation, schema.RejectObservation:
		if err := e.loadObservation(); err != nil {
			return err
		}
		return e.judge(c.Kind == schema.RejectObservation, c.Observation.Curation, c.Observation.AboutID)
	case schema.CorrectObservation:
		return e.correctObservation()
	case schema.CorrectClaim:
		return e.correct()
	case schema.AddClaim:
		return e.add()
	case schema.AddAlias:
		c.Needs = []string{c.EntityID}
		if c.Alias == "" {
			return curate.Refuse(curate.Invalid, "alias: give a name")
		}
		return e.hold(c.EntityID)
	case schema.MergeEntities:
		return e.merge()
	case schema.SplitEntity:
		return e.split()
	default:
		return fmt.Errorf("%w: a change of kind %q", ErrInvalid, c.Kind)
	}
}

// judge completes a change that confirms or rejects what has been judged so far as
// it says, and speaks of the entities.
func (e *editor) judge(reject bool, so schema.Curation, about ...string) error {
	wanted := schema.Confirmed
	if reject {
		wanted = schema.Rejected
	}
	id, _ := e.change.Judged()
	if so == wanted {
		return curate.Refuse(curate.Conflict, "%s is %s already", id, strings.ToLower(string(wanted)))
	}
	e.change.Needs = []string{id}
	e.change.Touches = e.change.Needs
	return e.hold(about...)
}

// loadClaim replaces the change's claim by the one with its id.
func (e *editor) loadClaim() (err error) {
	if e.change.Claim, err = judged(e, "claim", e.change.Claim.ID, loadClaims); err != nil {
		return err
	}
	return e.files()
}

// loadObservation replaces the change's observation by the one with its id.
func (e *editor) loadObservation() (err error) {
	if e.change.Observation, err = judged(e, "observation", e.change.Observation.ID, loadObservations); err != nil {
		return err
	}
	return e.files()
}

// judged gives the claim or observation with the id.
func judged[F any](e *editor, what, id string, load func(*reader, []string) ([]*F, error)) (*F, error) {
	found, err := load(e.reader, []string{id})
	if err == nil && found[0] == nil {
		err = curate.Refuse(curate.NotFound, "no %s has the id %.60q: it may have been corrected or its report removed meanwhile; look for it with %ss(filter: …)", what, id, what)
	}
	if err != nil {
		return nil, err
	}
	return found[0], nil
}

// files notes the files that the change's evidence stands in.
func (e *editor) files() error {
	c := e.change
	_, evidence := c.Judged()
	c.Files = make([]string, len(evidence))
	ids := make([]string, len(evidence))
	for i := range ids {
		ids[i] = evidence[i].ReportID
	}
	reports, err := loadReports(newReader(e.ctx, nil, e.snap), ids)
	if err != nil {
		return err
	}
	for i, r := range reports {
		if r == nil {
			return curate.Refuse(curate.NotFound, "the report %s of the evidence is not there", ids[i])
		}
		c.Files[i] = r.File
	}
	return nil
}

// hold puts entities, with the places above them, into the change. What lies in
// itself, since reports say so of each other's places, is cut off where it is met
// again.
func (e *editor) hold(ids ...string) error {
	for _, id := range ids {
		var above []*schema.Entity
		for id != "" && e.entities[id] == nil {
			found, err := loadEntities(newReader(e.ctx, nil, e.snap), []string{id})
			if err != nil {
				return err
			}
			if found[0] == nil {
				return curate.Refuse(curate.NotFound, "no entity has the id %.60q: it may have been merged meanwhile; look for it with entities(filter: {name: …})", id)
			}
			e.entities[id] = found[0]
			above = append(above, found[0])
			id = found[0].ParentID
		}
		if slices.ContainsFunc(above, func(a *schema.Entity) bool { return a.ID == id }) {
			above[len(above)-1].ParentID = ""
		}
		for _, a := range above {
			e.change.Entities = append(e.change.Entities, *a)
		}
	}
	return nil
}

// sound refuses a claim that its relation does not admit.
func (e *editor) sound(c *schema.Claim) error {
	if err := e.hold(c.SubjectID, c.ObjectID); err != nil {
		return err
	}
	info, ok := c.Relation.Info()
	subject := e.entities[c.SubjectID]
	switch {
	case !ok:
		return curate.Refuse(curate.Invalid, "relation: %.40q is none", c.Relation)
	case subject == nil:
		return curate.Refuse(curate.Invalid, "subject: give the entity that the claim speaks of")
	case !info.AdmitsSubject(subject.Kind) && (!info.RegionSubject || subject.Kind != schema.KindPlace):
		return curate.Refuse(curate.Invalid, "subject: %s (%s) cannot be the subject of %s", subject.Name, subject.Kind, c.Relation)
	case info.Object == schema.ObjectEntity && (c.ObjectID == "" || c.Value != ""):
		return curate.Refuse(curate.Invalid, "object: %s needs an entity as its object, and no value", c.Relation)
	case info.Object == schema.ObjectEntity && c.ObjectID == c.SubjectID:
		return curate.Refuse(curate.Invalid, "object: the subject and the object are the same entity")
	case info.Object == schema.ObjectEntity && !info.AdmitsObject(e.entities[c.ObjectID].Kind):
		return curate.Refuse(curate.Invalid, "object: %s (%s) cannot be the object of %s", e.entities[c.ObjectID].Name, e.entities[c.ObjectID].Kind, c.Relation)
	case info.Object != schema.ObjectEntity && (c.Value == "" || c.ObjectID != ""):
		return curate.Refuse(curate.Invalid, "value: %s needs words as its object, and no entity", c.Relation)
	case info.Object == schema.ObjectStatus:
		if _, err := schema.ParseStatus(c.Value); err != nil {
			return curate.Refuse(curate.Invalid, "value: %v", err)
		}
	}
	if c.Relation != schema.Ranked {
		c.Rank = nil
	}
	c.ID = schema.ClaimID(c)
	return nil
}

func (e *editor) correct() error {
	c := e.change
	if err := e.loadClaim(); err != nil {
		return err
	}
	if err := e.hold(c.Claim.SubjectID, c.Claim.ObjectID); err != nil {
		return err
	}
	if err := e.stands(c.Claim.Curation); err != nil {
		return err
	}
	became := *c.Became
	became.List, became.Rank, became.Evidence, became.Curation, became.Was = c.Claim.List, c.Claim.Rank, nil, "", ""
	if err := e.sound(&became); err != nil {
		return err
	}
	c.Became = &became
	return e.replaced(became.ID, "the claim says that already: confirm it with confirmClaim", became.SubjectID, became.ObjectID)
}

func (e *editor) correctObservation() error {
	c := e.change
	if err := e.loadObservation(); err != nil {
		return err
	}
	was := c.Observation
	became := *c.BecameObservation
	if err := e.hold(was.AboutID, became.AboutID); err != nil {
		return err
	}
	if err := e.stands(was.Curation); err != nil {
		return err
	}
	scale, base := schema.Scale(became.Unit)
	if became.Unit == was.Unit && base != was.BaseUnit && was.Value != 0 {
		scale, base = was.Amount/was.Value, was.BaseUnit // by what the sentence says before its unit
	}
	became.Amount, became.BaseUnit = became.Value*scale, base
	// What was worked out of the wrong one does not follow from the right one.
	became.Derived, became.Checks, became.Evidence, became.Curation, became.Was = nil, nil, nil, "", ""
	switch {
	case math.IsInf(became.Amount, 0) || math.IsNaN(became.Amount):
		return curate.Refuse(curate.Invalid, "value: %g%s is too large", became.Value, became.Unit)
	case became.Measure == "":
		return curate.Refuse(curate.Invalid, "measure: give the words for what is measured")
	}
	became.ID = schema.ObservationID(&became)
	c.BecameObservation = &became
	return e.replaced(became.ID, "the observation says that already: confirm it with confirmObservation", became.AboutID)
}

// stands refuses to correct what was judged wrong already.
func (e *editor) stands(state schema.Curation) error {
	if state == schema.Rejected {
		id, _ := e.change.Judged()
		return curate.Refuse(curate.Conflict, "%s was rejected or corrected already: look into changes, and undo that or correct what stands in its place", id)
	}
	return nil
}

// replaced completes a change that puts what has the id, and speaks of the entities,
// in the place of what it judges. Where both are the same the change is refused.
func (e *editor) replaced(id, refusal string, about ...string) error {
	was, _ := e.change.Judged()
	if id == was {
		return curate.Refuse(curate.Conflict, "%s", refusal)
	}
	e.change.Needs = []string{was}
	e.change.Touches = []string{was, id}
	return e.ends(about...)
}

func (e *editor) add() error {
	c := e.change
	claim := *c.Claim
	c.Claim = &claim
	if err := e.sound(&claim); err != nil {
		return err
	}
	passages, err := loadPassages(newReader(e.ctx, nil, e.snap), []string{claim.Evidence[0].PassageID})
	if err != nil {
		return err
	}
	p := passages[0]
	if p == nil {
		return curate.Refuse(curate.NotFound, "passage: no passage has the id %.60q: give the id of the passage that says so", claim.Evidence[0].PassageID)
	}
	quote, span := claim.Evidence[0].Quote, claim.Evidence[0].Span
	text := []rune(p.Text)
	if quote != "" {
		before, _, ok := strings.Cut(p.Text, quote)
		if !ok {
			return curate.Refuse(curate.Invalid, "quote: the passage does not say %.60q: copy the words that say so from its text", quote)
		}
		span.Start = len([]rune(before))
		span.End = span.Start + len([]rune(quote))
	}
	if span.Start < 0 || span.Start >= span.End || span.End > len(text) {
		return curate.Refuse(curate.Invalid, "start: the passage has %d code points, no span %d to %d", len(text), span.Start, span.End)
	}
	claim.Evidence = []schema.Evidence{{ReportID: p.ReportID, PassageID: p.ID, Quote: string(text[span.Start:span.End]), Span: span,
		Rule: curate.Rule, Confidence: 1}}
	c.Touches = []string{claim.ID}
	if err := e.ends(claim.SubjectID, claim.ObjectID); err != nil {
		return err
	}
	return e.files()
}

// ends notes that what is spoken of must be there, or is made by the change.
func (e *editor) ends(ids ...string) error {
	for _, id := range ids {
		if id == "" {
			continue
		}
		there, err := loadEntities(newReader(e.ctx, nil, e.snap), []string{id})
		if err != nil {
			return err
		}
		if there[0] != nil {
			e.change.Needs = append(e.change.Needs, id)
		} else {
			e.change.Touches = append(e.change.Touches, id)
		}
	}
	return nil
}

func (e *editor) merge() error {
	c := e.change
	if len(c.Merged) == 0 || slices.Contains(c.Merged, c.EntityID) {
		return curate.Refuse(curate.Invalid, "from: give the entities that shall become part of another, not that one itself")
	}
	if err := e.hold(append([]string{c.EntityID}, c.Merged...)...); err != nil {
		return err
	}
	into := e.entities[c.EntityID]
	for _, id := range c.Merged {
		if from := e.entities[id]; from.Kind != into.Kind {
			return curate.Refuse(curate.Invalid, "from: %s is a %s and %s a %s: only entities of one kind can be the same", from.Name, from.Kind, into.Name, into.Kind)
		}
	}
	for id := into.ParentID; id != ""; id = e.entities[id].ParentID {
		if slices.Contains(c.Merged, id) {
			return curate.Refuse(curate.Invalid, "from: %s lies in %s, they cannot be the same", into.Name, e.entities[id].Name)
		}
	}
	c.Needs = append([]string{c.EntityID}, c.Merged...)
	c.Touches = slices.Clone(c.Merged)
	return nil
}

func (e *editor) split() error {
	c := e.change
	if err := e.hold(c.EntityID); err != nil {
		return err
	}
	old := e.entities[c.EntityID]
	names := append([]string{old.Name}, old.Aliases...)
	if len(c.Names) == 0 {
		return curate.Refuse(curate.Invalid, "names: give the names that belong to another entity")
	}
	c.Names = slices.Clone(c.Names)
	for i, name := range c.Names {
		at := slices.IndexFunc(names, func(n string) bool { return schema.NormalName(n) == schema.NormalName(name) })
		if at < 0 {
			return curate.Refuse(curate.Invalid, "names: %s has no name %.40q: it has %s", old.Name, name, strings.Join(names, "、"))
		}
		c.Names[i] = names[at] // as it is written
	}
	if !slices.ContainsFunc(names, func(n string) bool {
		return !slices.ContainsFunc(c.Names, func(name string) bool { return schema.NormalName(n) == schema.NormalName(name) })
	}) {
		return curate.Refuse(curate.Invalid, "names: all names of %s are given, none would be left for it", old.Name)
	}
	fresh := schema.Entity{ID: schema.EntityID(old.Kind, c.Names[0], old.Scope), Kind: old.Kind, Name: c.Names[0],
		Scope: old.Scope, Level: old.Level, ParentID: old.ParentID}
	if fresh.ID == old.ID {
		return curate.Refuse(curate.Invalid, "names: %s is known by the name %s: split the others off instead", old.ID, c.Names[0])
	}
	for name, list := range map[string][]string{"claims": c.Claims, "observations": c.Observations} {
		for _, id := range list {
			if err := e.speaksOf(name, id); err != nil {
				return err
			}
		}
	}
	c.NewID = fresh.ID
	there, err := loadEntities(newReader(e.ctx, nil, e.snap), []string{fresh.ID})
	if err != nil {
		return err
	}
	if there[0] != nil {
		fresh = *there[0]
		if err := e.hold(fresh.ParentID); err != nil {
			return err
		}
	}
	c.Entities = append(c.Entities, fresh)
	c.Needs = slices.Concat([]string{c.EntityID}, c.Claims, c.Observations)
	c.Touches = []string{c.NewID}
	return nil
}

// speaksOf refuses an id of no claim or observation of the entity to split.
func (e *editor) speaksOf(argument, id string) error {
	var said bool
	if argument == "claims" {
		found, err := loadClaims(newReader(e.ctx, nil, e.snap), []string{id})
		if err != nil {
			return err
		}
		said = found[0] != nil && (found[0].SubjectID == e.change.EntityID || found[0].ObjectID == e.change.EntityID)
	} else {
		found, err := loadObservations(newReader(e.ctx, nil, e.snap), []string{id})
		if err != nil {
			return err
		}
		said = found[0] != nil && found[0].AboutID == e.change.EntityID
	}
	if !said {
		return curate.Refuse(curate.NotFound, "%s: %.60q speaks not of %s", argument, id, e.entities[e.change.EntityID].Name)
	}
	return nil
}

// concerned gives the reports in which a change of claims, observations or entities
// may have an effect: those that say what it judges, name its entities or were changed
// by it.
func (r *reader) concerned(c *schema.ChangeRecord) ([]string, error) {
	ids := slices.Concat(c.Claims, c.Observations, c.Merged, c.Touches)
	if c.EntityID != "" {
		ids = append(ids, c.EntityID)
	}
	reports := slices.Clone(c.Reports)
	if id, evidence := c.Judged(); id != "" {
		ids = append(ids, id)
		for _, e := range evidence {
			reports = append(reports, e.ReportID)
		}
	}
	said, err := newReader(r.ctx, nil, r.snap).out(ids, hasEntity, hasClaim, hasRejected, hasObservation, hasRejectedObservation)
	if err != nil {
		return nil, err
	}
	for _, list := range said {
		for _, st := range list {
			reports = append(reports, st.label)
		}
	}
	slices.Sort(reports)
	return slices.Compact(reports), nil
}

// settleAll settles reports anew, those that are there, as many at a time as there are
// processors: so however many there are, few are held. It notes in c where c had an
// effect, and what it made there.
func (r *reader) settleAll(ch *change, reports []string, standing []*schema.ChangeRecord, c *schema.ChangeRecord) error {
	for some := range slices.Chunk(reports, runtime.GOMAXPROCS(0)) {
		settled := make([]*settlement, len(some))
		errs := make([]error, len(some))
		var all sync.WaitGroup
		for i, id := range some {
			read, err := newReader(r.ctx, nil, r.snap).asRead(id)
			if err != nil {
				errs[i] = err
				break
			}
			all.Go(func() {
				defer func() {
					if p := recover(); p != nil {
						errs[i] = fmt.Errorf("settle %s: panic: %v\n%s", id, p, debug.Stack())
					}
				}()
				if base, err := read.base(); base == nil {
					errs[i] = err
				} else if settled[i], errs[i] = settle(base, standing); errs[i] == nil {
					settled[i].said = read.said
				}
			})
		}
		all.Wait()
		if err := errors.Join(errs...); err != nil {
			return err
		}
		for _, s := range settled {
			if s == nil {
				continue
			}
			e, err := newReader(r.ctx, nil, r.snap).keep(ch, s)
			if err != nil {
				return err
			}
			if c != nil && slices.Contains(s.applied, c.Number) {
				c.Reports = append(c.Reports, s.report)
				c.Touches = append(c.Touches, e.made()...)
			}
		}
	}
	if c != nil {
		// What it names anyway it may merely have brought into another report.
		slices.Sort(c.Touches)
		judged, _ := c.Judged()
		c.Touches = slices.DeleteFunc(slices.Compact(c.Touches), func(id string) bool {
			return slices.Contains(c.Needs, id) && id != judged && !slices.Contains(c.Merged, id)
		})
	}
	return nil
}

// Load puts readings, all of them or none, and records a change for each that is
// new or read otherwise than before. by says who does so, and why.
func (s *Store) Load(ctx context.Context, readings []*schema.Reading, by schema.ChangeRecord) (made []*schema.ChangeRecord, err error) {
	for _, reading := range readings {
		if err := Validate(reading); err != nil {
			return nil, err
		}
	}
	err = s.write(ctx, "reports", func(r *reader, standing []*schema.ChangeRecord) (*change, error) {
		made = nil
		var settled []*settlement
		var records []*recorded
		for _, reading := range readings {
			next, err := settle(reading, standing)
			if err != nil {
				return nil, err
			}
			before, same, err := r.before(reading)
			if err != nil {
				return nil, err
			}
			settled = append(settled, next)
			if same {
				continue
			}
			c := by
			c.Kind, c.ReportID, c.File = schema.LoadReport, reading.Report.ID, reading.Report.File
			records = append(records, &recorded{&c, before})
			made = append(made, &c)
		}
		s.number(made...)
		return r.commit(settled, records)
	})
	if err != nil {
		return nil, err
	}
	return made, nil
}

// before gives, packed, how the report of a reading was read so far, and whether
// that was the same.
func (r *reader) before(reading *schema.Reading) (packed string, same bool, err error) {
	had, err := newReader(r.ctx, nil, r.snap).base(reading.Report.ID)
	if err != nil || had == nil {
		return "", false, err
	}
	_, _, was, err := encode(had)
	if err != nil {
		return "", false, err
	}
	_, _, is, err := encode(reading)
	if err != nil || was == is {
		return "", true, err
	}
	packed, err = pack(had)
	return packed, false, err
}

// RemoveRecorded takes a report away as [Store.Remove] does, and records that.
func (s *Store) RemoveRecorded(ctx context.Context, reportID string, by schema.ChangeRecord) (made *schema.ChangeRecord, err error) {
	err = s.write(ctx, "report "+reportID, func(r *reader, _ []*schema.ChangeRecord) (*change, error) {
		base, err := r.base(reportID)
		if err != nil {
			return nil, err
		}
		if base == nil || base.Report.ID != reportID { // not of another named graph
			return nil, curate.Refuse(curate.NotFound, "no report has the id %.60q: reports { nodes { id file } } lists them", reportID)
		}
		c := by
		c.Kind, c.ReportID, c.File = schema.RemoveReport, reportID, base.Report.File
		before, err := pack(base)
		if err != nil {
			return nil, err
		}
		s.number(&c)
		made = &c
		return r.commit([]*settlement{{report: reportID}}, []*recorded{{&c, before}})
	})
	if err != nil {
		return nil, err
	}
	return made, nil
}

// Undo undoes a change, of an undo too, and records that. It is refused when
// later changes rest on what the change did.
func (s *Store) Undo(ctx context.Context, id string, by schema.ChangeRecord) (made *schema.ChangeRecord, err error) {
	err = s.write(ctx, "change", func(r *reader, _ []*schema.ChangeRecord) (*change, error) {
		all, err := s.journal.all(r)
		if err != nil {
			return nil, err
		}
		at := slices.IndexFunc(all, func(c *schema.ChangeRecord) bool { return c.ID == id })
		if at < 0 {
			return nil, curate.Refuse(curate.NotFound, "no change has the id %.60q: changes { nodes { id kind } } lists them", id)
		}
		target := all[at]
		_, undoneBy := curate.Standing(all)
		if undone := undoneBy[id]; undone != "" {
			return nil, curate.Refuse(curate.Conflict, "%s is undone already, by %s: undo that to do it again", id, undone)
		}
		if later := curate.Dependents(all, target); len(later) > 0 {
			return nil, curate.Refuse(curate.Conflict, "%s rests on %s: undo it first", strings.Join(later, " and "), id)
		}
		c := by
		c.Kind, c.Undoes = schema.Undo, id
		s.number(&c)
		made = &c
		standing, _ := curate.Standing(append(all, &c))
		if target.ReportID != "" {
			return r.putBack(&c, target, standing)
		}
		root := curate.Root(all, target)
		reports, err := r.concerned(root)
		if err != nil {
			return nil, err
		}
		applied, err := r.appliedIn(root.Number)
		if err != nil {
			return nil, err
		}
		reports = append(reports, applied...)
		slices.Sort(reports)
		reports = slices.Compact(reports)
		if err := s.few(reports); err != nil {
			return nil, err
		}
		ch := r.newChange()
		if err := r.settleAll(ch, reports, standing, nil); err != nil {
			return nil, err
		}
		c.Reports = root.Reports
		return ch, r.record(ch, &recorded{change: &c})
	})
	if err != nil {
		return nil, err
	}
	return made, nil
}

// putBack makes a report what it was before the target, or removes it.
func (r *reader) putBack(c, target *schema.ChangeRecord, standing []*schema.ChangeRecord) (*change, error) {
	c.ReportID, c.File = target.ReportID, target.File
	now, err := newReader(r.ctx, nil, r.snap).base(target.ReportID)
	if err != nil {
		return nil, err
	}
	rec := &recorded{change: c}
	if now != nil {
		if rec.before, err = pack(now); err != nil {
			return nil, err
		}
	}
	before, err := r.note(target.ID, hasBefore)
	if err != nil {
		return nil, err
	}
	back := &settlement{report: target.ReportID}
	if before != "" {
		base, err := unpack(before)
		if err != nil {
			return nil, err
		}
		if back, err = settle(base, standing); err != nil {
			return nil, err
		}
	}
	return r.commit([]*settlement{back}, []*recorded{rec})
}

// appliedIn gives the reports in which the change with the number has an effect
// as they stand.
func (r *reader) appliedIn(number int) ([]string, error) {
	refs, err := r.snap.refs(r.ctx, []quad.Value{journalLabel, hasApplied})
	if err != nil || refs[0] == nil || refs[1] == nil {
		return nil, err
	}
	found, err := r.snap.quads(r.ctx, quad.Label, refs[0], nil)
	if err != nil {
		return nil, err
	}
	var reports []string
	for _, ref := range found {
		if r.snap.qs.QuadDirection(ref, quad.Predicate) != refs[1] {
			continue
		}
		q := r.snap.qs.Quad(ref)
		st := statement{subject: plain(q.Subject), predicate: string(hasApplied), object: plain(q.Object)}
		var numbers []int
		if err := st.decode(&numbers); err != nil {
			return nil, err
		}
		if slices.Contains(numbers, number) {
			reports = append(reports, st.subject)
		}
	}
	return reports, nil
}
