package model

import (
	"cmp"
	"slices"

	"github.com/lantu-kg/lantu/schema"
)

// Claim is one statement.
type Claim struct{ *schema.Claim }

// NewClaim wraps c: nil for nil.
func NewClaim(c *schema.Claim) *Claim {
	if c == nil {
		return nil
	}
	return &Claim{c}
}

// NodeID returns the claim's id.
func (c *Claim) NodeID() string { return c.ID }

// Value returns the words at the object, nil when the object is an entity.
func (c *Claim) Value() *string { return known(c.Claim.Value) }

// Status returns the step that a claim of schema.HasStatus speaks of.
func (c *Claim) Status() *schema.Status {
	if c.Relation != schema.HasStatus {
		return nil
	}
	return known(schema.Status(c.Claim.Value))
}

// Period returns the time the sentence states.
func (c *Claim) Period() *Period { return NewPeriod(c.Claim.Period) }

// List returns the list that an end of it is named in, nil when that is whole.
func (c *Claim) List() *ClaimList {
	if c.Claim.List == nil {
		return nil
	}
	return &ClaimList{*c.Claim.List}
}

// Rank returns the rank that a claim of schema.Ranked speaks of.
func (c *Claim) Rank() *ClaimRank {
	if c.Claim.Rank == nil {
		return nil
	}
	return &ClaimRank{*c.Claim.Rank}
}

// Evidence returns every sentence that says so, best first.
func (c *Claim) Evidence() []*Evidence { return bestFirst(c.Claim.Evidence) }

// Confidence returns how sure the best evidence is.
func (c *Claim) Confidence() float64 { return schema.Confidence(c.Claim.Evidence) }

// ClaimConflict is a claim that cannot hold beside another.
type ClaimConflict struct {
	Claim *Claim
	Rule  ConflictRule
}

// ConflictRule is why two claims cannot both hold.
type ConflictRule string

// The rules.
const (
	StepBack  ConflictRule = "STEP_BACK"
	TwoPlaces ConflictRule = "TWO_PLACES"
)

// ClaimList is an enumeration that says how many it is of.
type ClaimList struct{ schema.List }

// ClaimRank is a position in an order and among whom it is held.
type ClaimRank struct{ schema.Standing }

// Number returns the rank, nil when none is said.
func (r *ClaimRank) Number() *int { return known(r.Standing.Number) }

// Scope returns among whom it is held.
func (r *ClaimRank) Scope() *string { return known(r.Standing.Scope) }

// Observation is one measured number.
type Observation struct{ *schema.Observation }

// NewObservation wraps o: nil for nil.
func NewObservation(o *schema.Observation) *Observation {
	if o == nil {
		return nil
	}
	return &Observation{o}
}

// NodeID returns the observation's id.
func (o *Observation) NodeID() string { return o.ID }

// Basis returns what the number is compared with.
func (o *Observation) Basis() *string { return known(o.Observation.Basis) }

// Period returns the time it holds for.
func (o *Observation) Period() *Period { return NewPeriod(o.Observation.Period) }

// Derived returns what follows from it by arithmetic.
func (o *Observation) Derived() []*DerivedValue {
	all := make([]*DerivedValue, len(o.Observation.Derived))
	for i := range all {
		all[i] = &DerivedValue{&o.Observation.Derived[i]}
	}
	return all
}

// Checks returns how it agrees with the numbers around it.
func (o *Observation) Checks() []*Check {
	all := make([]*Check, len(o.Observation.Checks))
	for i := range all {
		all[i] = &Check{&o.Observation.Checks[i]}
	}
	return all
}

// DerivedValue is a number that follows from those a sentence says.
type DerivedValue struct{ *schema.Derived }

// Period returns the time it holds for.
func (d *DerivedValue) Period() *Period { return NewPeriod(d.Derived.Period) }

// Check is the arithmetic that a sentence lets its reader do.
type Check struct{ *schema.Check }

// Evidence returns every sentence that says so, best first.
func (o *Observation) Evidence() []*Evidence { return bestFirst(o.Observation.Evidence) }

// Confidence returns how sure the best evidence is.
func (o *Observation) Confidence() float64 { return schema.Confidence(o.Observation.Evidence) }

// Evidence is where a fact stands.
type Evidence struct{ *schema.Evidence }

// Start returns where the quote begins, in code points.
func (e *Evidence) Start() int { return e.Span.Start }

// End returns where the quote ends, in code points.
func (e *Evidence) End() int { return e.Span.End }

// Mention is one occurrence of an entity's name.
type Mention struct{ *schema.Mention }

// Evidence returns where the name stands.
func (m *Mention) Evidence() *Evidence { return &Evidence{&m.Mention.Evidence} }

func bestFirst(evidence []schema.Evidence) []*Evidence {
	all := make([]*Evidence, len(evidence))
	for i := range evidence {
		all[i] = &Evidence{&evidence[i]}
	}
	slices.SortStableFunc(all, func(a, b *Evidence) int {
		return cmp.Or(
			cmp.Compare(b.Confidence, a.Confidence),
			cmp.Compare(a.PassageID, b.PassageID),
			cmp.Compare(a.Span.Start, b.Span.Start),
		)
	})
	return all
}

// StatusStep is a step at which something was said to stand.
type StatusStep struct {
	Status   schema.Status
	Date     *string
	Claim    *Claim
	Evidence *Evidence
	Report   *Report
}

// Modality tells a fact from an aim.
func (s *StatusStep) Modality() schema.Modality { return s.Claim.Modality }

// Period returns the time the sentence states.
func (s *StatusStep) Period() *Period { return s.Claim.Period() }

// DerivedFact is what follows from claims by a rule.
type DerivedFact struct {
	Subject  Entity
	Relation schema.Relation
	Object   Entity
	Rule     DerivationRule
	From     []*Claim
}

// DerivationRule is how something follows from claims.
type DerivationRule string

// The rules.
const (
	PlaceAbove      DerivationRule = "PLACE_ABOVE"
	ThroughSite     DerivationRule = "THROUGH_SITE"
	PartOfPart      DerivationRule = "PART_OF_PART"
	BroaderIndustry DerivationRule = "BROADER_INDUSTRY"
)

// IndustryTerm is a term of the taxonomy of industries.
type IndustryTerm struct {
	Name     string
	Code     *string
	Industry *Industry
}
