package model

import (
	"strconv"

	"github.com/lantu-kg/lantu/schema"
)

// Connections and edges of what is made of facts.
type (
	// IndicatorConnection is a page of *Indicator.
	IndicatorConnection = Connection[*Indicator]
	// IndicatorEdge is one of such a page.
	IndicatorEdge = Edge[*Indicator]
	// StatusChangeConnection is a page of *StatusChange.
	StatusChangeConnection = Connection[*StatusChange]
	// StatusChangeEdge is one of such a page.
	StatusChangeEdge = Edge[*StatusChange]
	// ValueChangeConnection is a page of *ValueChange.
	ValueChangeConnection = Connection[*ValueChange]
	// ValueChangeEdge is one of such a page.
	ValueChangeEdge = Edge[*ValueChange]
	// CommitmentEdge is one of such a page.
	CommitmentEdge = Edge[*Commitment]
)

// CommitmentConnection is a page of promises.
type CommitmentConnection struct {
	Connection[*Commitment]
	Truncated bool
	// CountStates tells how many stand how; it judges all of them.
	CountStates func() ([]*CommitmentStateFacet, error)
}

// States returns how many stand how, in the order of the states.
func (c *CommitmentConnection) States() ([]*CommitmentStateFacet, error) { return c.CountStates() }

// CommitmentStateFacet is how many promises stand so.
type CommitmentStateFacet struct {
	State CommitmentState
	Count int
}

// Indicator is a measure of which more than one number is known.
type Indicator struct {
	Measure       string
	Type          schema.ObservationType
	BaseUnit      string
	AnnualAverage bool
	Observations  int
	Entities      int
	Periods       int
}

// Series is one indicator of one entity over time, in one unit.
type Series struct {
	AboutID       string
	Measure       string
	Type          schema.ObservationType
	Unit          string
	AnnualAverage bool
	Modality      schema.Modality
	Points        []*SeriesPoint
}

// SeriesPoint is what an indicator was in one period.
type SeriesPoint struct {
	Period       *Period
	Observations []*Observation
}

// Amount returns the number in the unit of the series.
func (p *SeriesPoint) Amount() float64 { return rounded(p.Observations[0].Amount) }

// Conflicting reports whether the observations say different numbers.
func (p *SeriesPoint) Conflicting() bool {
	for _, o := range p.Observations[1:] {
		if o.Amount != p.Observations[0].Amount {
			return true
		}
	}
	return false
}

// ReportComparison is what two reports say, beside each other.
type ReportComparison struct{ Before, After *Report }

// StatusChange is where something stood and where it stands.
type StatusChange struct {
	Entity        Entity
	Before, After *StatusStep
}

// ValueChange is what two reports say of one indicator.
type ValueChange struct{ Before, After *Observation }

// Measure returns the noun phrase measured, as the later report writes it.
func (v *ValueChange) Measure() string { return v.After.Measure }

// Unit returns the unit of the difference.
func (v *ValueChange) Unit() string { return v.After.BaseUnit }

// Difference returns how much more it is than before.
func (v *ValueChange) Difference() float64 {
	return rounded(rounded(v.After.Amount) - rounded(v.Before.Amount))
}

// rounded drops what only comes of counting in binary: reports give no more
// than ten digits.
func rounded(x float64) float64 {
	short, err := strconv.ParseFloat(strconv.FormatFloat(x, 'g', 10, 64), 64)
	if err != nil {
		return x
	}
	return short
}

// Growth returns by how many per cent a level grew.
func (v *ValueChange) Growth() *float64 {
	if v.After.Type != schema.Level || v.Before.Amount == 0 {
		return nil
	}
	growth := rounded(v.Difference() / v.Before.Amount * 100)
	return &growth
}

// Commitment is what a report promised, and what later reports say of it.
type Commitment struct {
	Report      *Report
	Claim       *Claim
	Observation *Observation
	Evidence    *Evidence
	State       CommitmentState
	Later       []*StatusStep
	Result      *Observation
}

// ID names the promise by what promises it.
func (c *Commitment) ID() string {
	if c.Claim != nil {
		return "commitment-" + c.Claim.ID + "-" + c.Report.ID
	}
	return "commitment-" + c.Observation.ID + "-" + c.Report.ID
}

// CommitmentState is how a promise stands.
type CommitmentState string

// The states.
const (
	Fulfilled   CommitmentState = "FULFILLED"
	UnderWay    CommitmentState = "UNDER_WAY"
	Missed      CommitmentState = "MISSED"
	Renewed     CommitmentState = "RENEWED"
	Unmentioned CommitmentState = "UNMENTIONED"
	Open        CommitmentState = "OPEN"
)

// Stats is how much there is of what.
type Stats struct {
	Reports, Passages, Entities, Claims, Observations int

	Kinds      []*KindFacet
	Relations  []*RelationFacet
	Statuses   []*StatusFacet
	Regions    []*RegionFacet
	Years      []*YearFacet
	Confidence []*ConfidenceBand
}

// RelationFacet is how many claims are of a relation.
type RelationFacet struct {
	Relation schema.Relation
	Count    int
}

// StatusFacet is how many claims say that something stands at a step.
type StatusFacet struct {
	Status schema.Status
	Count  int
}

// YearFacet is how many reports are of a year.
type YearFacet struct {
	Year  *string
	Count int
}

// ConfidenceBand is how many facts are so sure.
type ConfidenceBand struct {
	From, To             float64
	Claims, Observations int
}

// PlaceCounts is how much lies in a place or below it.
type PlaceCounts struct {
	Entities, Claims, Observations, Reports int

	Kinds []*KindFacet
}
