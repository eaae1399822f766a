// Package api answers GraphQL queries about the graph: hand-written resolvers
// over the store interfaces declared here. The SDL is in package schema's
// folder, gqlgen's output in generated.
package api

//go:generate go tool gqlgen generate

import (
	"context"

	"github.com/lantu-kg/lantu/graph/links"
	"github.com/lantu-kg/lantu/schema"
)

// Store is what the resolvers read from and change. Every reading method takes a batch and
// answers in the batch's order; a nil pointer or empty slice stands where
// nothing is known. Nothing returned may be changed by the caller.
type Store interface {
	Entities(ctx context.Context, ids []string) ([]*schema.Entity, error)
	Claims(ctx context.Context, ids []string) ([]*schema.Claim, error)
	Observations(ctx context.Context, ids []string) ([]*schema.Observation, error)
	// ClaimOutlines and ObservationOutlines give what lists are narrowed and sorted by:
	// of claims the ends, relation and value, of observations what they are about, measure,
	// amount, type, units, hedge, whether it is an average of years, and one check that
	// says whether all hold; of both the modality, the bounds of the period, curation, and
	// of the evidence, which is sorted by it, the report and the highest confidence there.
	// They have nothing else and cost no reading.
	ClaimOutlines(ctx context.Context, ids []string) ([]*schema.Claim, error)
	ObservationOutlines(ctx context.Context, ids []string) ([]*schema.Observation, error)
	Reports(ctx context.Context, ids []string) ([]*schema.Report, error)
	Passages(ctx context.Context, ids []string) ([]*schema.Passage, error)
	// Sections gives each report's sections in order.
	Sections(ctx context.Context, reportIDs []string) ([][]schema.Section, error)

	// Mentions gives each entity's mentions, by report, passage and start.
	Mentions(ctx context.Context, entityIDs []string) ([][]schema.Mention, error)
	// NamedIn gives the reports that name each entity as evidence, sorted, each with its
	// highest confidence and nothing else. It costs no reading.
	NamedIn(ctx context.Context, entityIDs []string) ([][]schema.Evidence, error)
	// MentionsIn gives the mentions in each passage, by start.
	MentionsIn(ctx context.Context, passageIDs []string) ([][]schema.Mention, error)
	// ClaimsBySubject and ClaimsByObject give the ids of the claims in which
	// each entity stands at that end, sorted.
	ClaimsBySubject(ctx context.Context, entityIDs []string) ([][]string, error)
	ClaimsByObject(ctx context.Context, entityIDs []string) ([][]string, error)
	// LinksBySubject and LinksByObject give where those claims lead that lead to
	// entities, as [links.Table.At] orders them. An entity has one number in all lists.
	// They cost no reading.
	LinksBySubject(ctx context.Context, entityIDs []string) ([]links.List, error)
	LinksByObject(ctx context.Context, entityIDs []string) ([]links.List, error)
	// LinkNumbers gives the number that each entity has among the others in links.
	LinkNumbers(ctx context.Context, entityIDs []string) ([]uint32, error)
	// ClaimsTo gives the ids of the claims with a relation between entities whose
	// object each entity is, sorted.
	ClaimsTo(ctx context.Context, relation schema.Relation, entityIDs []string) ([][]string, error)
	// ObservationsAbout gives the ids of the observations about each entity, sorted.
	ObservationsAbout(ctx context.Context, entityIDs []string) ([][]string, error)
	// Children gives the ids of the places directly under each place, sorted.
	Children(ctx context.Context, placeIDs []string) ([][]string, error)
	// PassagesOf gives the ids of each report's passages in order.
	PassagesOf(ctx context.Context, reportIDs []string) ([][]string, error)
	// FactsIn gives the ids of the entities, claims and observations that
	// each passage is evidence of.
	FactsIn(ctx context.Context, passageIDs []string) ([]schema.Facts, error)

	// The lists give every id of a sort, sorted; EntityIDs takes a kind or ""
	// for all kinds, ClaimIDs a relation or "".
	EntityIDs(ctx context.Context, kind schema.Kind) ([]string, error)
	ClaimIDs(ctx context.Context, relation schema.Relation) ([]string, error)
	ObservationIDs(ctx context.Context) ([]string, error)
	ReportIDs(ctx context.Context) ([]string, error)
	// RejectedClaimIDs gives the ids of the claims that were rejected in some
	// report, sorted. ClaimIDs has those of them, too, that another report says.
	RejectedClaimIDs(ctx context.Context) ([]string, error)
	// RejectedObservationIDs gives those of observations.
	RejectedObservationIDs(ctx context.Context) ([]string, error)

	// Changes gives every change that people made, oldest first.
	Changes(ctx context.Context) ([]*schema.ChangeRecord, error)

	// Version grows whenever the graph changes; what was built from the graph
	// is brought up to date then.
	Version(ctx context.Context) (uint64, error)
	// Touched gives what the changes since a version touched, those that
	// Version tells of at least; false when that is not known any more.
	Touched(since uint64) (schema.Touched, bool)
	// Changed gives a channel that is closed when the graph next changes.
	Changed() <-chan struct{}

	Editor
}

// Editor is what changes are made with. Each gives the change as it was
// recorded, or refuses it with a [curate.Refusal].
type Editor interface {
	// Edit makes a change of claims, observations or entities.
	Edit(ctx context.Context, request *schema.ChangeRecord) (*schema.ChangeRecord, error)
	// Undo undoes the change with the id; by says who does so, when and why.
	Undo(ctx context.Context, id string, by schema.ChangeRecord) (*schema.ChangeRecord, error)
	// RemoveRecorded takes a report away.
	RemoveRecorded(ctx context.Context, reportID string, by schema.ChangeRecord) (*schema.ChangeRecord, error)
}
