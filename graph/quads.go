package graph

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"github.com/lantu-kg/lantu/graph/pool"
	"github.com/lantu-kg/lantu/schema"
)

// The predicates; a claim's relation to an object is one too.
const (
	inReports              quad.IRI = "lantu:in"
	allReports             quad.IRI = "lantu:reports"
	hasReport              quad.IRI = "lantu:report"
	hasSections            quad.IRI = "lantu:sections"
	hasContents            quad.IRI = "lantu:contents"
	hasDigest              quad.IRI = "lantu:digest"
	hasPassage             quad.IRI = "lantu:passage"
	hasFacts               quad.IRI = "lantu:facts"
	hasEntity              quad.IRI = "lantu:entity"
	hasParent              quad.IRI = "lantu:parent"
	hasMentions            quad.IRI = "lantu:mentions"
	hasSubject             quad.IRI = "lantu:subject"
	hasClaim               quad.IRI = "lantu:claim"
	hasRejected            quad.IRI = "lantu:rejected"
	isAbout                quad.IRI = "lantu:about"
	hasObservation         quad.IRI = "lantu:observation"
	hasRejectedObservation quad.IRI = "lantu:rejectedObservation"
	relationsPrefix                 = "lantu:"
)

// relationPredicates are those of the relations between entities.
var relationPredicates = func() []quad.IRI {
	var all []quad.IRI
	for _, info := range schema.Relations {
		if info.Object == schema.ObjectEntity {
			all = append(all, quad.IRI(relationsPrefix+string(info.Relation)))
		}
	}
	return all
}()

// The literals. They hold what their quad's subject, object and label do not.
type (
	// spot is a schema.Evidence in the report that labels the quad.
	spot struct {
		Passage    int     `json:"p"` // ordinal
		Start      int     `json:"s"`
		End        int     `json:"e"`
		Name       string  `json:"n,omitempty"` // of a mention, where it is not the quote
		Rule       string  `json:"r,omitempty"`
		Confidence float64 `json:"c"`
		Merge      string  `json:"m,omitempty"` // of a mention
	}
	passageLiteral struct {
		Ordinal int      `json:"ordinal"`
		Line    int      `json:"line"`
		Page    int      `json:"page,omitempty"`
		Section int      `json:"section"`
		Heading bool     `json:"heading,omitempty"`
		Text    string   `json:"text"`
		Columns []string `json:"columns,omitempty"`
	}
	factsLiteral struct {
		Entities     []string `json:"entities,omitempty"`
		Claims       []string `json:"claims,omitempty"`
		Observations []string `json:"observations,omitempty"`
	}
	entityLiteral struct {
		Kind    schema.Kind       `json:"kind"`
		Name    string            `json:"name"`
		Aliases []string          `json:"aliases,omitempty"`
		Scope   string            `json:"scope,omitempty"`
		Level   schema.PlaceLevel `json:"level,omitempty"`
		Code    string            `json:"code,omitempty"`
	}
	claimLiteral struct {
		Relation schema.Relation  `json:"relation"`
		Value    string           `json:"value,omitempty"`
		Modality schema.Modality  `json:"modality"`
		Period   schema.Period    `json:"period,omitzero"`
		List     *schema.List     `json:"list,omitempty"`
		Rank     *schema.Standing `json:"rank,omitempty"`
		Evidence []spot           `json:"evidence"`
		Curation schema.Curation  `json:"curation,omitempty"`
		Was      string           `json:"was,omitempty"`
		// Of rejected claims, which nothing else points at.
		Subject string `json:"subject,omitempty"`
		Object  string `json:"object,omitempty"`
	}
	observationLiteral struct {
		Measure  string                 `json:"measure"`
		Value    float64                `json:"value"`
		Unit     string                 `json:"unit,omitempty"`
		Type     schema.ObservationType `json:"type"`
		Amount   float64                `json:"amount"`
		BaseUnit string                 `json:"baseUnit,omitempty"`
		Hedge    schema.Hedge           `json:"hedge,omitempty"`
		Basis    string                 `json:"basis,omitempty"`
		Period   schema.Period          `json:"period,omitzero"`
		Average  bool                   `json:"annualAverage,omitempty"`
		Modality schema.Modality        `json:"modality"`
		Derived  []schema.Derived       `json:"derived,omitempty"`
		Checks   []schema.Check         `json:"checks,omitempty"`
		Evidence []spot                 `json:"evidence"`
		Curation schema.Curation        `json:"curation,omitempty"`
		Was      string                 `json:"was,omitempty"`
		About    string                 `json:"about,omitempty"` // of rejected ones
	}
)

// contents are the ids of all that a report says, each list sorted.
type contents struct {
	Passages int                          `json:"passages"`
	Entities map[schema.Kind][]string     `json:"entities,omitempty"`
	Claims   map[schema.Relation][]string `json:"claims,omitempty"`
	// Ends are, for each claim of a relation, the places of its subject and object
	// among the entities, kind after kind; toWords stands for an object that is none.
	Ends                 map[schema.Relation][]int `json:"ends,omitempty"`
	Observations         []string                  `json:"observations,omitempty"`
	Abouts               []int                     `json:"abouts,omitempty"` // their places
	Measures             []string                  `json:"measures,omitempty"`
	Amounts              []float64                 `json:"amounts,omitempty"`
	Rejected             []string                  `json:"rejected,omitempty"` // claims
	RejectedObservations []string                  `json:"rejectedObservations,omitempty"`
	// Values are those of the claims of a relation that lead to words, but for statuses.
	Values map[schema.Relation][]string `json:"values,omitempty"`
	// Outlines are those of entities, claims and observations, each once; the others say
	// which of them each has.
	Outlines            []outline                 `json:"outlines,omitempty"`
	EntityOutlines      []int                     `json:"entityOutlines,omitempty"`
	ClaimOutlines       map[schema.Relation][]int `json:"claimOutlines,omitempty"`
	ObservationOutlines []int                     `json:"observationOutlines,omitempty"`
}

// pool keeps the ids side by side.
func (c *contents) pool(kept *pool.Strings) {
	for _, ids := range c.Entities {
		kept.KeepAll(ids)
	}
	for _, ids := range c.Claims {
		kept.KeepAll(ids)
	}
	kept.KeepAll(c.Observations)
	kept.KeepAll(c.Rejected)
	kept.KeepAll(c.RejectedObservations)
}

// encoding turns a reading into quads.
type encoding struct {
	label quad.IRI
	quads []quad.Quad
	err   error
}

func (e *encoding) node(subject string, predicate quad.IRI, object string) {
	e.quads = append(e.quads, quad.Quad{Subject: quad.IRI(subject), Predicate: predicate, Object: quad.IRI(object), Label: e.label})
}

func (e *encoding) literal(subject string, predicate quad.IRI, v any) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil && e.err == nil {
		e.err = fmt.Errorf("encode %s of %s: %w", predicate, subject, err)
	}
	text := strings.TrimSuffix(buf.String(), "\n")
	e.quads = append(e.quads, quad.Quad{Subject: quad.IRI(subject), Predicate: predicate, Object: quad.String(text), Label: e.label})
}

// encode gives the quads of a valid reading, the same ones in the same order
// for readings that say the same, what they contain, and their digest.
func encode(r *schema.Reading) ([]quad.Quad, *contents, string, error) {
	e := &encoding{label: quad.IRI(r.Report.ID)}
	has := &contents{Passages: len(r.Passages), Entities: map[schema.Kind][]string{}, Claims: map[schema.Relation][]string{}}
	facts := make([]factsLiteral, len(r.Passages))
	ordinals := make(map[string]int, len(r.Passages))
	for i := range r.Passages {
		ordinals[r.Passages[i].ID] = i
	}
	spots := func(evidence []schema.Evidence) []spot {
		list := make([]spot, len(evidence))
		for i, ev := range evidence {
			list[i] = newSpot(ordinals, ev)
		}
		return sortSpots(list)
	}

	e.node(r.Report.ID, inReports, string(allReports))
	e.literal(r.Report.ID, hasReport, r.Report)
	if len(r.Sections) > 0 {
		e.literal(r.Report.ID, hasSections, r.Sections)
	}
	for i := range r.Passages {
		p := &r.Passages[i]
		e.literal(p.ID, hasPassage, passageLiteral{p.Ordinal, p.Line, p.Page, p.Section, p.Heading, p.Text, p.Columns})
	}

	mentions := make(map[string][]spot)
	for _, m := range r.Mentions {
		s := newSpot(ordinals, m.Evidence)
		if m.Name != m.Evidence.Quote {
			s.Name = m.Name
		}
		s.Merge = m.Merge
		mentions[m.EntityID] = append(mentions[m.EntityID], s)
		f := &facts[s.Passage].Entities
		*f = append(*f, m.EntityID)
	}
	for i := range r.Entities {
		n := &r.Entities[i]
		has.Entities[n.Kind] = append(has.Entities[n.Kind], n.ID)
		aliases := slices.Clone(n.Aliases)
		slices.Sort(aliases)
		e.literal(n.ID, hasEntity, entityLiteral{n.Kind, n.Name, slices.Compact(aliases), n.Scope, n.Level, n.Code})
		if n.ParentID != "" {
			e.node(n.ID, hasParent, n.ParentID)
		}
		if spots := mentions[n.ID]; len(spots) > 0 {
			e.literal(n.ID, hasMentions, sortSpots(spots))
		}
	}
	for i := range r.Claims {
		c := &r.Claims[i]
		lit := claimLiteral{Relation: c.Relation, Value: c.Value, Modality: c.Modality, Period: c.Period, List: c.List, Rank: c.Rank,
			Evidence: spots(c.Evidence), Curation: c.Curation, Was: c.Was}
		if c.Curation == schema.Rejected {
			has.Rejected = append(has.Rejected, c.ID)
			lit.Subject, lit.Object = c.SubjectID, c.ObjectID
			e.literal(c.ID, hasRejected, lit)
			continue
		}
		has.Claims[c.Relation] = append(has.Claims[c.Relation], c.ID)
		e.node(c.ID, hasSubject, c.SubjectID)
		if c.ObjectID != "" {
			e.node(c.ID, quad.IRI(relationsPrefix+string(c.Relation)), c.ObjectID)
		}
		e.literal(c.ID, hasClaim, lit)
		for _, s := range lit.Evidence {
			f := &facts[s.Passage].Claims
			*f = append(*f, c.ID)
		}
	}
	for i := range r.Observations {
		o := &r.Observations[i]
		lit := observationLiteral{o.Measure, o.Value, o.Unit, o.Type, o.Amount, o.BaseUnit,
			o.Hedge, o.Basis, o.Period, o.AnnualAverage, o.Modality, o.Derived, o.Checks, spots(o.Evidence), o.Curation, o.Was, ""}
		if o.Curation == schema.Rejected {
			has.RejectedObservations = append(has.RejectedObservations, o.ID)
			lit.About = o.AboutID
			e.literal(o.ID, hasRejectedObservation, lit)
			continue
		}
		has.Observations = append(has.Observations, o.ID)
		e.node(o.ID, isAbout, o.AboutID)
		e.literal(o.ID, hasObservation, lit)
		for _, s := range lit.Evidence {
			f := &facts[s.Passage].Observations
			*f = append(*f, o.ID)
		}
	}
	for i, f := range facts {
		if len(f.Entities)+len(f.Claims)+len(f.Observations) == 0 {
			continue
		}
		for _, list := range []*[]string{&f.Entities, &f.Claims, &f.Observations} {
			slices.Sort(*list)
			*list = slices.Compact(*list)
		}
		e.literal(r.Passages[i].ID, hasFacts, f)
	}
	for _, list := range has.Entities {
		slices.Sort(list)
	}
	for _, list := range has.Claims {
		slices.Sort(list)
	}
	slices.Sort(has.Observations)
	slices.Sort(has.Rejected)
	slices.Sort(has.RejectedObservations)
	has.tell(r.Mentions, r.Claims, r.Observations)
	e.literal(r.Report.ID, hasContents, has)

	digest := e.digest()
	e.quads = append(e.quads, quad.Quad{Subject: e.label, Predicate: hasDigest, Object: quad.String(digest), Label: e.label})
	return e.quads, has, digest, e.err
}

// digest sorts the quads and names their content.
func (e *encoding) digest() string {
	slices.SortFunc(e.quads, compareQuads)
	h := sha256.New()
	var buf []byte
	for _, q := range e.quads {
		buf = fmt.Appendf(buf[:0], "%q %q %q\n", plain(q.Subject), plain(q.Predicate), plain(q.Object))
		_, _ = h.Write(buf)
	}
	return hex.EncodeToString(h.Sum(nil))
}

func compareQuads(a, b quad.Quad) int {
	return cmp.Or(
		cmp.Compare(plain(a.Subject), plain(b.Subject)),
		cmp.Compare(plain(a.Predicate), plain(b.Predicate)),
		cmp.Compare(plain(a.Object), plain(b.Object)))
}

// plain gives the text of an IRI or string.
func plain(v quad.Value) string {
	switch v := v.(type) {
	case quad.IRI:
		return string(v)
	case quad.String:
		return string(v)
	}
	return quad.StringOf(v)
}

func newSpot(ordinals map[string]int, e schema.Evidence) spot {
	return spot{Passage: ordinals[e.PassageID], Start: e.Span.Start, End: e.Span.End, Rule: e.Rule, Confidence: e.Confidence}
}

// sortSpots orders spots as they stand in the report and drops repeated ones.
func sortSpots(spots []spot) []spot {
	slices.SortFunc(spots, func(a, b spot) int {
		return cmp.Or(cmp.Compare(a.Passage, b.Passage), cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End),
			cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Confidence, b.Confidence), cmp.Compare(a.Merge, b.Merge))
	})
	return slices.Compact(spots)
}
