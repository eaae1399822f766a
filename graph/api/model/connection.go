package model

import "github.com/lantu-kg/lantu/schema"

// PageInfo says where a page lies in the whole list.
type PageInfo struct {
	HasNextPage     bool
	HasPreviousPage bool
	StartCursor     *string
	EndCursor       *string
}

// Edge is one thing of a page with its cursor and, where it was reached from
// an entity, the claims that connect the two.
type Edge[T any] struct {
	Node   T
	Cursor string
	Claims []*Claim
}

// Connection is a page of things.
type Connection[T any] struct {
	Edges      []Edge[T]
	Nodes      []T
	PageInfo   PageInfo
	TotalCount int
}

// A connection and its edge for each sort of node.
type (
	// EntityConnection is a page of Entity.
	EntityConnection = Connection[Entity]
	// EntityEdge is one of such a page.
	EntityEdge = Edge[Entity]
	// ParkConnection is a page of *Park.
	ParkConnection = Connection[*Park]
	// ParkEdge is one of such a page.
	ParkEdge = Edge[*Park]
	// EnterpriseConnection is a page of *Enterprise.
	EnterpriseConnection = Connection[*Enterprise]
	// EnterpriseEdge is one of such a page.
	EnterpriseEdge = Edge[*Enterprise]
	// ProgramConnection is a page of *Program.
	ProgramConnection = Connection[*Program]
	// ProgramEdge is one of such a page.
	ProgramEdge = Edge[*Program]
	// ProjectConnection is a page of *Project.
	ProjectConnection = Connection[*Project]
	// ProjectEdge is one of such a page.
	ProjectEdge = Edge[*Project]
	// PlaceConnection is a page of *Place.
	PlaceConnection = Connection[*Place]
	// PlaceEdge is one of such a page.
	PlaceEdge = Edge[*Place]
	// OrganizationConnection is a page of *Organization.
	OrganizationConnection = Connection[*Organization]
	// OrganizationEdge is one of such a page.
	OrganizationEdge = Edge[*Organization]
	// FacilityConnection is a page of *Facility.
	FacilityConnection = Connection[*Facility]
	// FacilityEdge is one of such a page.
	FacilityEdge = Edge[*Facility]
	// EventConnection is a page of *Event.
	EventConnection = Connection[*Event]
	// EventEdge is one of such a page.
	EventEdge = Edge[*Event]
	// IndustryConnection is a page of *Industry.
	IndustryConnection = Connection[*Industry]
	// IndustryEdge is one of such a page.
	IndustryEdge = Edge[*Industry]
	// PersonConnection is a page of *Person.
	PersonConnection = Connection[*Person]
	// PersonEdge is one of such a page.
	PersonEdge = Edge[*Person]
	// ClaimConnection is a page of *Claim.
	ClaimConnection = Connection[*Claim]
	// ClaimEdge is one of such a page.
	ClaimEdge = Edge[*Claim]
	// ObservationConnection is a page of *Observation.
	ObservationConnection = Connection[*Observation]
	// ObservationEdge is one of such a page.
	ObservationEdge = Edge[*Observation]
	// MentionConnection is a page of *Mention.
	MentionConnection = Connection[*Mention]
	// MentionEdge is one of such a page.
	MentionEdge = Edge[*Mention]
	// ChangeConnection is a page of *Change.
	ChangeConnection = Connection[*Change]
	// ChangeEdge is one of such a page.
	ChangeEdge = Edge[*Change]
	// ReportConnection is a page of *Report.
	ReportConnection = Connection[*Report]
	// ReportEdge is one of such a page.
	ReportEdge = Edge[*Report]
	// PassageConnection is a page of *Passage.
	PassageConnection = Connection[*Passage]
	// PassageEdge is one of such a page.
	PassageEdge = Edge[*Passage]
	// SearchEdge is one of such a page.
	SearchEdge = Edge[*SearchHit]
	// TraceEdge is one of a TraceConnection.
	TraceEdge = Edge[*Trace]
)

// SearchConnection is a page of hits, with how all of them are spread.
type SearchConnection struct {
	Connection[*SearchHit]
	Facets *SearchFacets
}

// SearchFacets is how the hits of a search are spread.
type SearchFacets struct {
	Kinds    []*KindFacet
	Regions  []*RegionFacet
	Passages int
}

// KindFacet is how many hits are entities of a kind.
type KindFacet struct {
	Kind  schema.Kind
	Count int
}

// RegionFacet is how many hits stand in the reports of a region.
type RegionFacet struct {
	RegionID string
	Count    int
}

// TraceConnection is a page of ways, with what the walk cost.
type TraceConnection struct {
	Connection[*Trace]
	Truncated bool
	Visited   int
}

// Direction is the end of a claim at which an entity stands.
type Direction string

// The ends.
const (
	Out Direction = "OUT" // the subject
	In  Direction = "IN"  // the object
)

// Trace is a way from one entity to another.
type Trace struct {
	From, To Entity
	Hops     []*TraceHop
}

// Length returns how many hops the way has.
func (t *Trace) Length() int { return len(t.Hops) }

// TraceHop is one step of a way.
type TraceHop struct {
	From, To  Entity
	Relation  *schema.Relation
	Direction Direction
	Rule      *string
	Claims    []*Claim
}

// Derived reports whether the step follows from a rule instead of a claim.
func (h *TraceHop) Derived() bool { return h.Rule != nil }

// Claim returns the step's best claim, nil for a derived step.
func (h *TraceHop) Claim() *Claim {
	if len(h.Claims) == 0 {
		return nil
	}
	return h.Claims[0]
}

// Neighborhood is a part of the graph around an entity.
type Neighborhood struct {
	Center   Entity
	Entities []Entity
	Links    []*GraphLink
	CutOff   []*CutOff
	// Truncated is set where anything was left out, also what is not counted.
	Truncated bool
}

// GraphLink is all that connects one entity with another by one relation, or
// by a rule.
type GraphLink struct {
	From, To Entity
	Relation *schema.Relation
	Rule     *string
	Claims   []*Claim
}

// Derived reports whether the link follows from a rule instead of a claim.
func (l *GraphLink) Derived() bool { return l.Rule != nil }

// CutOff says of which links of an entity not all are shown.
type CutOff struct {
	Entity    Entity
	Relation  schema.Relation
	Direction Direction
	Shown     int
	Total     int
}

// PathResult is the shortest ways between two entities.
type PathResult struct {
	Nodes     []*Trace
	Truncated bool
	Visited   int
}
