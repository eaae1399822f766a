package graph

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/cayleygraph/quad"

	"github.com/lantu-kg/lantu/schema"
)

// factKind is how the claims or the observations stand in the graph: F is one of
// them, L what a report's literal says of it.
type factKind[F, L any] struct {
	said, rejected quad.IRI
	named          func(id string) *F
	evidence       func(*F) *[]schema.Evidence
	spots          func(*L) []spot
	// take takes what one report says; the first report's words stand.
	take func(*F, *L)
	// end takes the entity that a statement leads to, if it leads to one.
	end func(*F, *statement)
	// ends takes the entities of a rejected one, to which no statement leads.
	ends func(*F, *L)
	// lacks says what is missing of one, "" for nothing.
	lacks func(*F) string
}

var claims = factKind[schema.Claim, claimLiteral]{
	said: hasClaim, rejected: hasRejected,
	named:    func(id string) *schema.Claim { return &schema.Claim{ID: id} },
	evidence: func(c *schema.Claim) *[]schema.Evidence { return &c.Evidence },
	spots:    func(lit *claimLiteral) []spot { return lit.Evidence },
	take: func(c *schema.Claim, lit *claimLiteral) {
		c.Relation = cmp.Or(c.Relation, lit.Relation)
		c.Value = cmp.Or(c.Value, lit.Value)
		c.Modality = cmp.Or(c.Modality, lit.Modality)
		c.Period = mergePeriods(c.Period, lit.Period)
		c.List, c.Rank = cmp.Or(c.List, lit.List), cmp.Or(c.Rank, lit.Rank)
		c.Curation, c.Was = cmp.Or(c.Curation, lit.Curation), cmp.Or(c.Was, lit.Was)
	},
	end: func(c *schema.Claim, st *statement) {
		switch p := quad.IRI(st.predicate); {
		case p == hasSubject:
			c.SubjectID = st.object
		case slices.Contains(relationPredicates, p):
			c.ObjectID = st.object
		}
	},
	ends: func(c *schema.Claim, lit *claimLiteral) { c.SubjectID, c.ObjectID = lit.Subject, lit.Object },
	lacks: func(c *schema.Claim) string {
		if c.SubjectID == "" {
			return "has no subject"
		}
		return ""
	},
}

var observations = factKind[schema.Observation, observationLiteral]{
	said: hasObservation, rejected: hasRejectedObservation,
	named:    func(id string) *schema.Observation { return &schema.Observation{ID: id} },
	evidence: func(o *schema.Observation) *[]schema.Evidence { return &o.Evidence },
	spots:    func(lit *observationLiteral) []spot { return lit.Evidence },
	take: func(o *schema.Observation, lit *observationLiteral) {
		if o.Type == "" {
			o.Measure, o.Value, o.Unit, o.Type, o.Amount, o.BaseUnit = lit.Measure, lit.Value, lit.Unit, lit.Type, lit.Amount, lit.BaseUnit
			o.Hedge, o.Basis, o.AnnualAverage, o.Modality = lit.Hedge, lit.Basis, lit.Average, lit.Modality
		}
		o.Period = mergePeriods(o.Period, lit.Period)
		for _, d := range lit.Derived {
			if !slices.Contains(o.Derived, d) {
				o.Derived = append(o.Derived, d)
			}
		}
		for _, c := range lit.Checks {
			if !slices.ContainsFunc(o.Checks, func(have schema.Check) bool { return have.Rule == c.Rule && have.Message == c.Message }) {
				o.Checks = append(o.Checks, c)
			}
		}
		o.Curation, o.Was = cmp.Or(o.Curation, lit.Curation), cmp.Or(o.Was, lit.Was)
	},
	end: func(o *schema.Observation, st *statement) {
		if st.predicate == string(isAbout) {
			o.AboutID = st.object
		}
	},
	ends: func(o *schema.Observation, lit *observationLiteral) { o.AboutID = lit.About },
	lacks: func(o *schema.Observation) string {
		if o.AboutID == "" {
			return "is about nothing"
		}
		return ""
	},
}

func mergePeriods(a, b schema.Period) schema.Period {
	return schema.Period{From: cmp.Or(a.From, b.From), To: cmp.Or(a.To, b.To), Text: cmp.Or(a.Text, b.Text)}
}

// add adds what a report says of a fact.
func (k *factKind[F, L]) add(fact *F, st *statement) (*L, error) {
	lit := new(L)
	if err := st.decode(lit); err != nil {
		return nil, err
	}
	k.take(fact, lit)
	evidence := k.evidence(fact)
	*evidence = newQuotes().append(*evidence, st.label, k.spots(lit))
	return lit, nil
}

// loadFacts puts each fact together of what the reports say of it.
func loadFacts[F, L any](r *reader, ids []string, k *factKind[F, L]) ([]*F, error) {
	said, err := r.out(ids)
	if err != nil {
		return nil, err
	}
	quotes := newQuotes()
	found := make([]*F, len(ids))
	for i, id := range ids {
		fact := k.named(id)
		evidence := k.evidence(fact)
		var rejected []statement
		for _, st := range said[i] {
			switch st.predicate {
			case string(k.said):
				if _, err := k.add(fact, &st); err != nil {
					return nil, err
				}
			case string(k.rejected):
				rejected = append(rejected, st)
			default:
				k.end(fact, &st)
			}
		}
		if *evidence == nil { // unless some report still says it, it is as it was rejected
			for _, st := range rejected {
				lit, err := k.add(fact, &st)
				if err != nil {
					return nil, err
				}
				k.ends(fact, lit)
			}
		}
		if *evidence == nil {
			continue
		}
		if lacks := k.lacks(fact); lacks != "" {
			return nil, fmt.Errorf("%w: %s %s", ErrDamaged, id, lacks)
		}
		quotes.want(*evidence)
		found[i] = fact
	}
	return found, quotes.fill(r)
}

// factsOf are the facts of one report, put together again of its quads.
type factsOf[F, L any] struct {
	kind *factKind[F, L]
	byID map[string]*F
}

func newFactsOf[F, L any](k *factKind[F, L]) factsOf[F, L] {
	return factsOf[F, L]{k, make(map[string]*F)}
}

func (fs *factsOf[F, L]) fact(id string) *F {
	if fs.byID[id] == nil {
		fs.byID[id] = fs.kind.named(id)
	}
	return fs.byID[id]
}

// add takes the literal of a fact, end what leads from it to an entity.
func (fs *factsOf[F, L]) add(st *statement) (*F, *L, error) {
	fact := fs.fact(st.subject)
	lit, err := fs.kind.add(fact, st)
	if err == nil && st.predicate == string(fs.kind.rejected) {
		fs.kind.ends(fact, lit)
	}
	return fact, lit, err
}

func (fs *factsOf[F, L]) end(st *statement) { fs.kind.end(fs.fact(st.subject), st) }

// done gives the facts by id, with the quotes of their evidence.
func (fs *factsOf[F, L]) done(texts passageTexts) (list []F, err error) {
	for _, id := range slices.Sorted(maps.Keys(fs.byID)) {
		evidence := *fs.kind.evidence(fs.byID[id])
		for i := range evidence {
			if err := texts.quote(&evidence[i]); err != nil {
				return nil, err
			}
		}
		if evidence != nil {
			list = append(list, *fs.byID[id])
		}
	}
	return list, nil
}
