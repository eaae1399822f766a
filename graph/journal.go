package graph

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"sync"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"github.com/lantu-kg/lantu/graph/curate"
	"github.com/lantu-kg/lantu/schema"
)

// The journal has a named graph of its own:
//
//	change    lantu:change    {schema.ChangeRecord}
//	change    lantu:before    the reading that it replaced or removed, packed
//	report    lantu:original  the reading as it was read, packed
//	report    lantu:applied   [numbers of the changes that it differs from that by]
const (
	journalLabel quad.IRI = "lantu:journal"
	hasChange    quad.IRI = "lantu:change"
	hasBefore    quad.IRI = "lantu:before"
	hasOriginal  quad.IRI = "lantu:original"
	hasApplied   quad.IRI = "lantu:applied"
)

// journal keeps all changes in memory; they are made by hand, and few.
type journal struct {
	mu      sync.Mutex
	built   bool
	changes []*schema.ChangeRecord // by number; never changed
}

// all gives the changes, reading them when they are first asked for.
func (j *journal) all(r *reader) ([]*schema.ChangeRecord, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.built {
		return slices.Clip(j.changes), nil
	}
	refs, err := r.snap.refs(r.ctx, []quad.Value{journalLabel, hasChange})
	if err != nil {
		return nil, err
	}
	var changes []*schema.ChangeRecord
	if refs[0] != nil {
		found, err := r.snap.quads(r.ctx, quad.Label, refs[0], nil)
		if err != nil {
			return nil, err
		}
		for _, ref := range found {
			if r.snap.qs.QuadDirection(ref, quad.Predicate) != refs[1] {
				continue
			}
			q := r.snap.qs.Quad(ref)
			if !q.IsValid() {
				return nil, fmt.Errorf("%w: a change is not whole", ErrDamaged)
			}
			c := new(schema.ChangeRecord)
			if err := json.Unmarshal([]byte(plain(q.Object)), c); err != nil {
				return nil, fmt.Errorf("%w: %s: %w", ErrDamaged, plain(q.Subject), err)
			}
			changes = append(changes, c)
		}
	}
	slices.SortFunc(changes, func(a, b *schema.ChangeRecord) int { return cmp.Compare(a.Number, b.Number) })
	for i, c := range changes {
		if c.Number != i+1 {
			return nil, fmt.Errorf("%w: change %d of the journal is missing", ErrDamaged, i+1)
		}
	}
	j.built, j.changes = true, changes
	return slices.Clip(changes), nil
}

func (j *journal) add(records []*schema.ChangeRecord) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.changes = append(j.changes, records...)
}

// Changes gives every change that people made to the graph, oldest first.
func (s *Store) Changes(ctx context.Context) (changes []*schema.ChangeRecord, err error) {
	err = s.view(ctx, "Changes", func(r *reader) error {
		all, err := s.journal.all(r)
		if err != nil {
			return err
		}
		_, undoneBy := curate.Standing(all)
		changes = make([]*schema.ChangeRecord, len(all))
		for i, c := range all {
			shown := *c
			shown.UndoneBy = undoneBy[c.ID]
			changes[i] = &shown
		}
		return nil
	})
	return changes, err
}

// pack makes a literal of a reading.
func pack(r *schema.Reading) (string, error) {
	var buf bytes.Buffer
	zip := gzip.NewWriter(&buf)
	if err := json.NewEncoder(zip).Encode(r); err != nil {
		return "", fmt.Errorf("pack report %s: %w", r.Report.ID, err)
	}
	if err := zip.Close(); err != nil {
		return "", fmt.Errorf("pack report %s: %w", r.Report.ID, err)
	}
	return base64.StdEncoding.EncodeToString(buf.Bytes()), nil
}

func unpack(text string) (*schema.Reading, error) {
	data, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil, fmt.Errorf("%w: a packed reading: %w", ErrDamaged, err)
	}
	zip, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("%w: a packed reading: %w", ErrDamaged, err)
	}
	plain, err := io.ReadAll(zip)
	if err != nil {
		return nil, fmt.Errorf("%w: a packed reading: %w", ErrDamaged, err)
	}
	r := new(schema.Reading)
	if err := json.Unmarshal(plain, r); err != nil {
		return nil, fmt.Errorf("%w: a packed reading: %w", ErrDamaged, err)
	}
	return r, nil
}

// note gives the text that the journal holds of a subject, "" for none.
func (r *reader) note(subject string, predicate quad.IRI) (string, error) {
	said, err := newReader(r.ctx, nil, r.snap).out([]string{subject}, predicate)
	if err != nil || len(said[0]) == 0 {
		return "", err
	}
	return said[0][0].object, nil
}

// setNote makes the journal hold the text of a subject; "" takes it away.
func (r *reader) setNote(subject string, predicate quad.IRI, text string) error {
	had, err := r.note(subject, predicate)
	if err != nil || had == text {
		return err
	}
	of := func(text string) []quad.Quad {
		if text == "" {
			return nil
		}
		return []quad.Quad{{Subject: quad.IRI(subject), Predicate: predicate, Object: quad.String(text), Label: journalLabel}}
	}
	var dead []cayley.Ref
	if had != "" {
		refs, err := r.snap.refs(r.ctx, []quad.Value{quad.IRI(subject), predicate})
		if err != nil {
			return err
		}
		if dead, err = r.snap.quads(r.ctx, quad.Subject, refs[0], refs[1]); err != nil {
			return err
		}
	}
	if err := r.snap.apply(of(text), of(had)); err != nil {
		return err
	}
	return r.snap.prune(r.ctx, dead)
}

// settlement is what a report shall say: how it was read, and what the changes
// that stand make of it. Without quads the report is removed.
type settlement struct {
	report   string
	said     *said // what it says so far, nil where that was not read
	quads    []quad.Quad
	has      *contents
	digest   string
	original string // packed, when changes had an effect
	applied  []int
}

// settle does the changes that stand to a reading.
func settle(base *schema.Reading, standing []*schema.ChangeRecord) (*settlement, error) {
	curated, applied := curate.Apply(base, standing)
	s := &settlement{report: base.Report.ID, applied: applied}
	var err error
	if len(applied) > 0 {
		if err := Validate(curated); err != nil {
			return nil, err
		}
		if s.original, err = pack(base); err != nil {
			return nil, err
		}
	}
	s.quads, s.has, s.digest, err = encode(curated)
	return s, err
}

func (r *reader) newChange() *change { return &change{version: r.snap.version + 1} }

// commit makes the reports say what was settled, and records changes. It gives
// nil when nothing is different.
func (r *reader) commit(settled []*settlement, records []*recorded) (*change, error) {
	ch := r.newChange()
	for _, s := range settled {
		if _, err := newReader(r.ctx, nil, r.snap).keep(ch, s); err != nil {
			return nil, err
		}
	}
	if err := r.record(ch, records...); err != nil {
		return nil, err
	}
	if len(ch.edits)+len(ch.records) == 0 {
		return nil, nil
	}
	return ch, nil
}

// keep makes a report say what was settled. It gives nil when that is the same.
func (r *reader) keep(ch *change, s *settlement) (*edit, error) {
	e, err := r.replace(s)
	if err != nil {
		return nil, err
	}
	if e != nil {
		ch.edits = append(ch.edits, e)
	}
	applied := ""
	if len(s.applied) > 0 {
		text, err := json.Marshal(s.applied)
		if err != nil {
			return nil, err
		}
		applied = string(text)
	}
	if err := r.setNote(s.report, hasOriginal, s.original); err != nil {
		return nil, err
	}
	return e, r.setNote(s.report, hasApplied, applied)
}

// record records changes.
func (r *reader) record(ch *change, records ...*recorded) error {
	for _, rec := range records {
		text, err := json.Marshal(rec.change)
		if err != nil {
			return err
		}
		if err := r.setNote(rec.change.ID, hasChange, string(text)); err != nil {
			return err
		}
		if err := r.setNote(rec.change.ID, hasBefore, rec.before); err != nil {
			return err
		}
		ch.records = append(ch.records, rec.change)
	}
	return nil
}

// recorded is a change with the reading that it replaced, packed.
type recorded struct {
	change *schema.ChangeRecord
	before string
}

// asRead is what the graph holds of a report as it was read, before any change: that
// itself, packed, or what it says now where no change had an effect.
type asRead struct {
	report   string
	original string
	said     *said
}

func (r *reader) asRead(reportID string) (read asRead, err error) {
	read.report = reportID
	if read.original, err = r.note(reportID, hasOriginal); err == nil && read.original == "" {
		read.said, err = r.said(reportID)
	}
	return read, err
}

// base gives the reading, nil when it is not in the graph.
func (read asRead) base() (*schema.Reading, error) {
	if read.original != "" {
		return unpack(read.original)
	}
	return read.said.reading(read.report)
}

// base gives a report as it was read, before any change, nil when it is not in
// the graph.
func (r *reader) base(reportID string) (*schema.Reading, error) {
	read, err := r.asRead(reportID)
	if err != nil {
		return nil, err
	}
	return read.base()
}

// said is all that a report says.
type said struct {
	refs  []cayley.Ref
	quads []quad.Quad // one for each of refs
}

// said reads all that a report says, naming each node once.
func (r *reader) said(reportID string) (*said, error) {
	label, err := r.snap.refs(r.ctx, []quad.Value{quad.IRI(reportID)})
	if err != nil || label[0] == nil {
		return &said{}, err
	}
	refs, err := r.snap.quads(r.ctx, quad.Label, label[0], nil)
	if err != nil {
		return nil, err
	}
	if err := r.name(refs); err != nil {
		return nil, err
	}
	all := &said{refs, make([]quad.Quad, len(refs))}
	for i, ref := range refs {
		node := func(d quad.Direction) quad.Value { return r.names[r.snap.qs.QuadDirection(ref, d)] }
		q := quad.Quad{Subject: node(quad.Subject), Predicate: node(quad.Predicate), Object: node(quad.Object), Label: quad.IRI(reportID)}
		if !q.IsValid() {
			return nil, fmt.Errorf("%w: a quad of %s is not whole", ErrDamaged, reportID)
		}
		all.quads[i] = q
	}
	return all, nil
}

// reading puts together what the report says, nil when that is nothing.
func (s *said) reading(reportID string) (*schema.Reading, error) {
	if len(s.quads) == 0 {
		return nil, nil
	}
	b := readingBuilder{label: reportID, reading: &schema.Reading{}, parents: map[string]string{},
		claims: newFactsOf(&claims), observations: newFactsOf(&observations)}
	for _, q := range s.quads {
		if err := b.add(statement{plain(q.Subject), plain(q.Predicate), plain(q.Object), reportID}); err != nil {
			return nil, err
		}
	}
	return b.done()
}

// readingBuilder puts a reading together again of its quads.
type readingBuilder struct {
	label        string
	reading      *schema.Reading
	parents      map[string]string
	claims       factsOf[schema.Claim, claimLiteral]
	observations factsOf[schema.Observation, observationLiteral]
}

func (b *readingBuilder) add(st statement) error {
	r := b.reading
	switch quad.IRI(st.predicate) {
	case hasReport:
		return st.decode(&r.Report)
	case hasSections:
		return st.decode(&r.Sections)
	case hasPassage:
		var lit passageLiteral
		if err := st.decode(&lit); err != nil {
			return err
		}
		r.Passages = append(r.Passages, lit.passage(&st))
	case hasEntity:
		var lit entityLiteral
		if err := st.decode(&lit); err != nil {
			return err
		}
		r.Entities = append(r.Entities, schema.Entity{ID: st.subject, Kind: lit.Kind, Name: lit.Name, Aliases: lit.Aliases,
			Scope: lit.Scope, Level: lit.Level, Code: lit.Code})
	case hasParent:
		b.parents[st.subject] = st.object
	case hasMentions:
		var spots []spot
		if err := st.decode(&spots); err != nil {
			return err
		}
		evidence := newQuotes().append(nil, b.label, spots)
		for i, s := range spots {
			r.Mentions = append(r.Mentions, schema.Mention{EntityID: st.subject, Name: s.Name, Merge: s.Merge, Evidence: evidence[i]})
		}
	case hasClaim, hasRejected:
		_, _, err := b.claims.add(&st)
		return err
	case hasObservation, hasRejectedObservation:
		o, lit, err := b.observations.add(&st)
		if err != nil {
			return err
		}
		o.Derived, o.Checks = lit.Derived, lit.Checks // as they were read
	case isAbout:
		b.observations.end(&st)
	case inReports, hasContents, hasDigest, hasFacts: // follow from the rest
	default:
		b.claims.end(&st)
	}
	return nil
}

// done joins what stands in different quads.
func (b *readingBuilder) done() (*schema.Reading, error) {
	r := b.reading
	slices.SortFunc(r.Passages, func(x, y schema.Passage) int { return cmp.Compare(x.Ordinal, y.Ordinal) })
	texts := make(passageTexts, len(r.Passages))
	for i := range r.Passages {
		texts[r.Passages[i].ID] = []rune(r.Passages[i].Text)
	}
	for i := range r.Entities {
		r.Entities[i].ParentID = b.parents[r.Entities[i].ID]
	}
	for i := range r.Mentions {
		m := &r.Mentions[i]
		if err := texts.quote(&m.Evidence); err != nil {
			return nil, err
		}
		m.Name = cmp.Or(m.Name, m.Evidence.Quote)
	}
	slices.SortFunc(r.Entities, func(x, y schema.Entity) int { return cmp.Compare(x.ID, y.ID) })
	var err error
	if r.Claims, err = b.claims.done(texts); err != nil {
		return nil, err
	}
	r.Observations, err = b.observations.done(texts)
	return r, err
}

// Reading gives all that a report says, as it was curated, nil when it is not in
// the graph.
func (s *Store) Reading(ctx context.Context, reportID string) (reading *schema.Reading, err error) {
	err = s.view(ctx, "Reading", func(r *reader) error {
		all, err := r.said(reportID)
		if err == nil {
			reading, err = all.reading(reportID)
		}
		return err
	})
	return reading, err
}
