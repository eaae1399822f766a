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

// The connections and edges by their GraphQL names.
type (
	EntityConnection       = Connection[Entity]
	EntityEdge             = Edge[Entity]
	ParkConnection         = Connection[*Park]
	ParkEdge               = Edge[*Park]
	EnterpriseConnection   = Connection[*Enterprise]
	EnterpriseEdge         = Edge[*Enterprise]
	ProgramConnection      = Connection[*Program]
	ProgramEdge            = Edge[*Program]
	ProjectConnection      = Connection[*Project]
	ProjectEdge            = Edge[*Project]
	PlaceConnection        = Connection[*Place]
	PlaceEdge              = Edge[*Place]
	OrganizationConnection = Connection[*Organization]
	OrganizationEdge       = Edge[*Organization]
	FacilityConnection     = Connection[*Facility]
	FacilityEdge           = Edge[*Facility]
	EventConnection        = Connection[*Event]
	EventEdge              = Edge[*Event]
	IndustryConnection     = Connection[*Industry]
	IndustryEdge           = Edge[*Industry]
	PersonConnection       = Connection[*Person]
	PersonEdge             = Edge[*Person]

	ClaimConnection       = Connection[*Claim]
	ClaimEdge             = Edge[*Claim]
	ObservationConnection = Connection[*Observation]
	ObservationEdge       = Edge[*Observation]
	MentionConnection     = Connection[*Mention]
	MentionEdge           = Edge[*Mention]
	ReportConnection      = Connection[*Report]
	ReportEdge            = Edge[*Report]
	PassageConnection     = Connection[*Passage]
	PassageEdge           = Edge[*Passage]
	SearchConnection      = Connection[*SearchHit]
	SearchEdge            = Edge[*SearchHit]
	TraceEdge             = Edge[*Trace]
)

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
