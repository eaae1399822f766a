package graph

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/lantu-kg/lantu/graph/pool"
	"github.com/lantu-kg/lantu/schema"
)

// outline is what entities, claims or observations in a report have in common by which
// lists are narrowed and sorted: not what they connect, and no words.
type outline struct {
	Relation   schema.Relation `json:"-"`           // of a claim, under which it is listed
	Status     schema.Status   `json:"s,omitempty"` // of a claim of schema.HasStatus
	Modality   schema.Modality `json:"m,omitempty"`
	From       string          `json:"f,omitempty"` // of its period
	To         string          `json:"t,omitempty"`
	Curation   schema.Curation `json:"u,omitempty"`
	Confidence float64         `json:"c"`           // of its surest evidence
	More       int             `json:"x,omitempty"` // evidence than one, of claims and observations

	// Of observations.
	Type     schema.ObservationType `json:"y,omitempty"`
	Unit     string                 `json:"n,omitempty"`
	BaseUnit string                 `json:"b,omitempty"`
	Average  bool                   `json:"a,omitempty"`
	Hedge    schema.Hedge           `json:"h,omitempty"`
	Checks   checks                 `json:"k,omitempty"`

	leads bool // to an entity, in outlineRow
}

// checks says how an observation agrees with the numbers around it.
type checks int

const (
	unchecked checks = iota
	hold
	fail
)

func outlineOfClaim(c *schema.Claim) outline {
	o := outline{Modality: c.Modality, From: c.Period.From, To: c.Period.To, Curation: c.Curation, Confidence: schema.Confidence(c.Evidence), More: len(c.Evidence) - 1}
	if c.Relation == schema.HasStatus {
		o.Status = schema.Status(c.Value)
	}
	return o
}

func outlineOfObservation(x *schema.Observation) outline {
	o := outline{Modality: x.Modality, From: x.Period.From, To: x.Period.To, Curation: x.Curation, Confidence: schema.Confidence(x.Evidence), More: len(x.Evidence) - 1,
		Type: x.Type, Unit: x.Unit, BaseUnit: x.BaseUnit, Average: x.AnnualAverage, Hedge: x.Hedge}
	for _, c := range x.Checks {
		if o.Checks = max(o.Checks, hold); !c.OK {
			o.Checks = fail
		}
	}
	return o
}

// outlined is the outline of a claim, of an observation about its subject, or of an
// entity, which is its own, with what it connects, and with the claim's value or the
// observation's measure and amount.
type outlined struct {
	id, subject, object, words string
	amount                     float64
	outline
}

const (
	toWords = -1 // in place of the object of a claim that leads to words
	nowhere = -1 // in place of the outline of an entity that the report does not name
)

// mostEvidence is more than any report has for one thing.
const mostEvidence = 1 << 20

// tell notes the ends and outlines of what is listed already, in its order: what says
// the same has the same contents.
func (c *contents) tell(mentions []schema.Mention, claims []schema.Claim, observations []schema.Observation) {
	ids := c.named()
	at := make(map[string]int, len(ids))
	for i, id := range ids {
		at[id] = i
	}
	places := make(map[outline]int)
	place := func(o outline) int {
		i, known := places[o]
		if !known {
			i = len(c.Outlines)
			places[o] = i
			c.Outlines = append(c.Outlines, o)
		}
		return i
	}
	named := make(map[string]outline)
	for i := range mentions {
		m := &mentions[i]
		named[m.EntityID] = outline{Confidence: max(named[m.EntityID].Confidence, m.Evidence.Confidence)}
	}
	for _, id := range ids {
		if o, is := named[id]; is {
			c.EntityOutlines = append(c.EntityOutlines, place(o))
		} else {
			c.EntityOutlines = append(c.EntityOutlines, nowhere)
		}
	}
	claimOf := make(map[string]*schema.Claim, len(claims))
	for i := range claims {
		claimOf[claims[i].ID] = &claims[i]
	}
	c.Ends, c.ClaimOutlines = make(map[schema.Relation][]int), make(map[schema.Relation][]int)
	for _, relation := range slices.Sorted(maps.Keys(c.Claims)) {
		var values []string
		for _, id := range c.Claims[relation] {
			claim, object := claimOf[id], toWords
			switch {
			case claim.ObjectID != "":
				object = at[claim.ObjectID]
			case relation != schema.HasStatus: // whose outlines tell it
				values = append(values, claim.Value)
			}
			c.Ends[relation] = append(c.Ends[relation], at[claim.SubjectID], object)
			c.ClaimOutlines[relation] = append(c.ClaimOutlines[relation], place(outlineOfClaim(claim)))
		}
		if values != nil {
			if c.Values == nil {
				c.Values = make(map[schema.Relation][]string)
			}
			c.Values[relation] = values
		}
	}
	observationOf := make(map[string]*schema.Observation, len(observations))
	for i := range observations {
		observationOf[observations[i].ID] = &observations[i]
	}
	for _, id := range c.Observations {
		o := observationOf[id]
		c.Abouts = append(c.Abouts, at[o.AboutID])
		c.Measures, c.Amounts = append(c.Measures, o.Measure), append(c.Amounts, o.Amount)
		c.ObservationOutlines = append(c.ObservationOutlines, place(outlineOfObservation(o)))
	}
}

// tells reports whether the contents have ends and outlines. Those that were kept by
// earlier builds have none.
func (c *contents) tells() bool {
	return len(c.EntityOutlines) > 0 || len(c.Entities) == 0
}

// entitiesTold gives the outlines of all entities that are named.
func (c *contents) entitiesTold() (told []outlined, err error) {
	ids := c.named()
	if len(c.EntityOutlines) != len(ids) {
		return nil, fmt.Errorf("%w: %d outlines of %d entities", ErrDamaged, len(c.EntityOutlines), len(ids))
	}
	told = make([]outlined, 0, len(ids))
	for i, place := range c.EntityOutlines {
		if place == nowhere {
			continue
		}
		entity, err := c.outlined(ids, ids[i], i, toWords, place)
		if err != nil {
			return nil, err
		}
		told = append(told, entity)
	}
	return told, nil
}

// claimsTold gives the outlines of all claims, relation after relation.
func (c *contents) claimsTold() (told []outlined, err error) {
	ids, n := c.named(), 0
	for _, claims := range c.Claims {
		n += len(claims)
	}
	told = make([]outlined, 0, n)
	for relation, claims := range c.Claims {
		links, outlines, values := c.Ends[relation], c.ClaimOutlines[relation], c.Values[relation]
		if len(links) != 2*len(claims) || len(outlines) != len(claims) {
			return nil, fmt.Errorf("%w: %d ends and %d outlines of %d claims", ErrDamaged, len(links), len(outlines), len(claims))
		}
		for i, id := range claims {
			claim, err := c.outlined(ids, id, links[2*i], links[2*i+1], outlines[i])
			if err != nil {
				return nil, err
			}
			claim.Relation = relation
			if claim.object == "" && relation != schema.HasStatus {
				if len(values) == 0 {
					return nil, fmt.Errorf("%w: %s has no value", ErrDamaged, id)
				}
				claim.words, values = values[0], values[1:]
			}
			told = append(told, claim)
		}
	}
	return told, nil
}

// observationsTold gives the outlines of all observations.
func (c *contents) observationsTold() (told []outlined, err error) {
	ids := c.named()
	for _, n := range []int{len(c.Abouts), len(c.Measures), len(c.Amounts), len(c.ObservationOutlines)} {
		if n != len(c.Observations) {
			return nil, fmt.Errorf("%w: outlines tell %d of %d observations", ErrDamaged, n, len(c.Observations))
		}
	}
	told = make([]outlined, 0, len(c.Observations))
	for i, id := range c.Observations {
		observation, err := c.outlined(ids, id, c.Abouts[i], toWords, c.ObservationOutlines[i])
		if err != nil {
			return nil, err
		}
		observation.words, observation.amount = c.Measures[i], c.Amounts[i]
		told = append(told, observation)
	}
	return told, nil
}

// outlined puts an outline together of places among the entities ids and the outlines.
func (c *contents) outlined(ids []string, id string, subject, object, place int) (o outlined, err error) {
	if subject < 0 || subject >= len(ids) || object < toWords || object >= len(ids) || place < 0 || place >= len(c.Outlines) {
		return o, fmt.Errorf("%w: no ends or no outline of %s", ErrDamaged, id)
	}
	if more := c.Outlines[place].More; more < 0 || more > mostEvidence {
		return o, fmt.Errorf("%w: %s has %d pieces of evidence more than one", ErrDamaged, id, more)
	}
	o = outlined{id: id, subject: ids[subject], outline: c.Outlines[place]}
	if object != toWords {
		o.object = ids[object]
	}
	return o, nil
}

// tellings are the outlines that a report tells, or told before.
type tellings struct{ entities, claims, observations []outlined }

func (c *contents) tellings() (told tellings, err error) {
	if c == nil {
		return told, nil
	}
	if told.entities, err = c.entitiesTold(); err != nil {
		return told, err
	}
	if told.claims, err = c.claimsTold(); err != nil {
		return told, err
	}
	told.observations, err = c.observationsTold()
	return told, err
}

// retold is what a report tells otherwise than before: the ids of what it no longer
// tells so, and what it tells instead or besides.
type retold struct {
	gone []string
	told []outlined
}

func retelling(before, now []outlined) (r retold) {
	said := make(map[string]outlined, len(before))
	for _, o := range before {
		said[o.id] = o
	}
	for _, o := range now {
		if said[o.id] != o {
			r.told = append(r.told, o)
		}
		delete(said, o.id)
	}
	for id := range said {
		r.gone = append(r.gone, id)
	}
	return r
}

// outlines keeps the outlines of all entities, claims or observations, so that lists are
// narrowed and sorted without reading. Names, words and outlines are numbered, since the
// collector need not look into numbers; those that nothing tells any more are kept until
// the graph is opened again. What is settled is replaced, never changed.
type outlines struct {
	settled  settled
	waiting  []telling
	kinds    pool.Numbers[outline]
	names    *pool.Numbers[string] // of entities, reports and measures, among others
	values   []string
	pool     pool.Strings // what is in values
	measures []measure
}

// settled are the rows of things by their ids, which are sorted, each with one row
// for each report, by the report's id.
type settled struct {
	ids      []string
	first    []uint32 // the first row of each, and the number of rows
	rows     []outlineRow
	kinds    []outline
	names    []string
	values   []string
	measures []measure
}

// outlineRow has numbers in place of what an outline tells: what is that of a claim's
// object or value, or of an observation's measure and amount.
type outlineRow struct{ report, subject, what, kind uint32 }

type measure struct {
	name   uint32
	amount float64
}

// telling is what a report tells of a thing now, or no longer.
type telling struct {
	id   string
	row  outlineRow
	turn uint32 // later ones count
	gone bool
}

// mostWaiting is how many tellings wait at most once the graph was read.
const mostWaiting = 1 << 16

// follow does what note does after the graph was read, where nobody may ask for long.
func (t *outlines) follow(report string, r retold) {
	if t.note(report, r); len(t.waiting) > mostWaiting {
		t.now()
	}
}

// note takes in what a report tells otherwise than before.
func (t *outlines) note(report string, r retold) {
	in := t.names.Number(report)
	for _, id := range r.gone {
		t.waiting = append(t.waiting, telling{id, outlineRow{report: in}, uint32(len(t.waiting)), true})
	}
	for i := range r.told {
		o := &r.told[i]
		kind := o.outline
		kind.leads = o.object != ""
		row := outlineRow{report: in, subject: t.names.Number(o.subject), kind: t.kinds.Number(kind)}
		switch {
		case o.Type != "":
			row.what = uint32(len(t.measures))
			t.measures = append(t.measures, measure{t.names.Number(o.words), o.amount})
		case kind.leads:
			row.what = t.names.Number(o.object)
		case o.words != "":
			row.what = uint32(len(t.values))
			t.values = append(t.values, t.pool.Keep(o.words))
		}
		t.waiting = append(t.waiting, telling{o.id, row, uint32(len(t.waiting)), false})
	}
}

// now gives the rows as they are.
func (t *outlines) now() settled {
	if len(t.waiting) == 0 {
		return t.settled
	}
	names := t.names.Keys()
	slices.SortFunc(t.waiting, func(a, b telling) int {
		if c := cmp.Compare(a.id, b.id); c != 0 {
			return c
		}
		return cmp.Compare(a.turn, b.turn)
	})
	old, n := t.settled, len(t.settled.ids)+len(t.waiting)
	next := settled{
		ids: make([]string, 0, n), first: make([]uint32, 0, n+1), rows: make([]outlineRow, 0, len(old.rows)+len(t.waiting)),
		kinds: t.kinds.Keys(), names: names, values: t.values, measures: t.measures,
	}
	enter := func(id string, rows []outlineRow) {
		if len(rows) > 0 {
			next.ids, next.first = append(next.ids, id), append(next.first, uint32(len(next.rows)))
			next.rows = append(next.rows, rows...)
		}
	}
	at := 0
	upTo := func(end int) {
		for ; at < end; at++ {
			enter(old.ids[at], old.of(at))
		}
	}
	for rest := t.waiting; len(rest) > 0; {
		n := 1
		for n < len(rest) && rest[n].id == rest[0].id {
			n++
		}
		id := rest[0].id
		place, found := slices.BinarySearch(old.ids[at:], id)
		upTo(at + place)
		var rows []outlineRow
		if found {
			rows = slices.Clone(old.of(at))
			at++
		}
		for _, told := range rest[:n] {
			place, found := slices.BinarySearchFunc(rows, told.row, func(a, b outlineRow) int { return cmp.Compare(names[a.report], names[b.report]) })
			if found {
				rows = slices.Delete(rows, place, place+1)
			}
			if !told.gone {
				rows = slices.Insert(rows, place, told.row)
			}
		}
		enter(id, rows)
		rest = rest[n:]
	}
	upTo(len(old.ids))
	next.first = append(next.first, uint32(len(next.rows)))
	t.settled, t.waiting = next, nil
	return next
}

// of gives the rows of the thing at a place.
func (s *settled) of(place int) []outlineRow { return s.rows[s.first[place]:s.first[place+1]] }

// places gives where each id stands, -1 where it does not.
func (s *settled) places(ids []string) []int {
	places := make([]int, len(ids))
	next := 0 // often the ids follow each other
	for i, id := range ids {
		place, found := next, next < len(s.ids) && s.ids[next] == id
		if !found {
			place, found = slices.BinarySearch(s.ids, id)
		}
		if places[i] = -1; found {
			places[i] = place
			next = place + 1
		}
	}
	return places
}

// outlinesOf gives a thing of each id as its outlines tell, nil where no report tells of
// it. take takes what one report tells, the first by id first.
func outlinesOf[F any](s *settled, ids []string, evidence func(*F) *[]schema.Evidence, take func(thing *F, o *outlined)) []*F {
	found := make([]*F, len(ids))
	o := new(outlined) // the same for all, since take may keep parts of it only
	for i, place := range s.places(ids) {
		if place < 0 {
			continue
		}
		var one struct { // most have one piece of evidence; each by itself, since few of many may be kept
			thing    F
			evidence [1]schema.Evidence
		}
		all := one.evidence[:0]
		for _, row := range s.of(place) {
			*o = outlined{id: ids[i], subject: s.names[row.subject], outline: s.kinds[row.kind]}
			switch {
			case o.Type != "":
				o.words, o.amount = s.names[s.measures[row.what].name], s.measures[row.what].amount
			case o.leads:
				o.object, o.leads = s.names[row.what], false
			case o.Relation != "" && o.Status == "":
				o.words = s.values[row.what]
			}
			take(&one.thing, o)
			for range 1 + o.More {
				all = append(all, schema.Evidence{ReportID: s.names[row.report], Confidence: o.Confidence})
			}
		}
		found[i] = &one.thing
		*evidence(found[i]) = slices.Clip(all)
	}
	return found
}

// NamedIn gives the reports that name each entity as evidence, each with its highest
// confidence and nothing else. It costs no reading.
func (s *Store) NamedIn(ctx context.Context, entityIDs []string) ([][]schema.Evidence, error) {
	told, err := s.outlines(ctx, "NamedIn", func(c *catalogue) *outlines { return &c.toldEntities })
	type evidence = []schema.Evidence
	return lists(outlinesOf(&told, entityIDs, func(e *evidence) *evidence { return e }, func(*evidence, *outlined) {}), err)
}

// ClaimOutlines gives of each claim what lists are narrowed and sorted by: its ends or
// value, relation, modality, the bounds of its period, its curation, and of its evidence
// the report and the highest confidence there; nil for what no report says. It costs no
// reading.
func (s *Store) ClaimOutlines(ctx context.Context, ids []string) ([]*schema.Claim, error) {
	told, err := s.outlines(ctx, "ClaimOutlines", func(c *catalogue) *outlines { return &c.toldClaims })
	return outlinesOf(&told, ids, claims.evidence, takeClaim), err
}

// takeClaim and takeObservation take what a report's outline tells, as where it is read.
func takeClaim(c *schema.Claim, o *outlined) {
	c.ID, c.SubjectID, c.ObjectID = o.id, o.subject, o.object
	c.Relation = o.Relation
	c.Value = cmp.Or(c.Value, o.words, string(o.Status))
	c.Modality = cmp.Or(c.Modality, o.Modality)
	c.Period.From, c.Period.To = cmp.Or(c.Period.From, o.From), cmp.Or(c.Period.To, o.To)
	c.Curation = cmp.Or(c.Curation, o.Curation)
}

// ObservationOutlines does of observations what [Store.ClaimOutlines] does of claims:
// each has what it is about, its measure, amount, type, units, hedge, modality, the bounds
// of its period, its curation, whether it is an average of years, and one check, which
// says whether its checks hold.
func (s *Store) ObservationOutlines(ctx context.Context, ids []string) ([]*schema.Observation, error) {
	told, err := s.outlines(ctx, "ObservationOutlines", func(c *catalogue) *outlines { return &c.toldObservations })
	return outlinesOf(&told, ids, observations.evidence, takeObservation), err
}

func takeObservation(x *schema.Observation, o *outlined) {
	x.ID, x.AboutID = o.id, o.subject
	if x.Type == "" {
		x.Measure, x.Amount, x.Type, x.Unit, x.BaseUnit = o.words, o.amount, o.Type, o.Unit, o.BaseUnit
		x.AnnualAverage, x.Hedge, x.Modality = o.Average, o.Hedge, o.Modality
	}
	x.Period.From, x.Period.To = cmp.Or(x.Period.From, o.From), cmp.Or(x.Period.To, o.To)
	x.Curation = cmp.Or(x.Curation, o.Curation)
	if o.Checks != unchecked {
		x.Checks = []schema.Check{{OK: o.Checks == hold && (len(x.Checks) == 0 || x.Checks[0].OK)}}
	}
}

func (s *Store) outlines(ctx context.Context, method string, which func(*catalogue) *outlines) (told settled, err error) {
	err = s.listed(ctx, method, func(c *catalogue) { told = which(c).now() })
	return told, err
}
