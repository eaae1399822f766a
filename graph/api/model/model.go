// Package model holds the Go types behind the GraphQL types: package schema's,
// wrapped so that each GraphQL type has a Go type of its own, and connections.
// A GraphQL field that is no field or method here gets a resolver in package
// api.
package model

import "github.com/lantu-kg/lantu/schema"

// Node is anything with a lasting id.
type Node interface {
	NodeID() string
}

// Entity is an entity of any kind.
type Entity interface {
	Node
	// Base returns the entity without its kind's Go type.
	Base() *schema.Entity
}

type entity struct{ *schema.Entity }

func (e entity) NodeID() string       { return e.ID }
func (e entity) Base() *schema.Entity { return e.Entity }

// One type a kind, since GraphQL tells types apart by their Go types.
type (
	// Park is an entity of kind PARK.
	Park struct{ entity }
	// Enterprise is an entity of kind ENTERPRISE.
	Enterprise struct{ entity }
	// Program is an entity of kind PROGRAM.
	Program struct{ entity }
	// Project is an entity of kind PROJECT.
	Project struct{ entity }
	// Place is an entity of kind PLACE.
	Place struct{ entity }
	// Organization is an entity of kind ORGANIZATION.
	Organization struct{ entity }
	// Facility is an entity of kind FACILITY.
	Facility struct{ entity }
	// Event is an entity of kind EVENT.
	Event struct{ entity }
	// Industry is an entity of kind INDUSTRY.
	Industry struct{ entity }
	// Person is an entity of kind PERSON.
	Person struct{ entity }
)

// Level returns the place's level, nil when it has none.
func (p *Place) Level() *schema.PlaceLevel { return known(p.Entity.Level) }

// Code returns the place's division code, nil when it has none.
func (p *Place) Code() *string { return known(p.Entity.Code) }

var wrappers = map[schema.Kind]func(entity) Entity{
	schema.KindPark:         func(e entity) Entity { return &Park{e} },
	schema.KindEnterprise:   func(e entity) Entity { return &Enterprise{e} },
	schema.KindProgram:      func(e entity) Entity { return &Program{e} },
	schema.KindProject:      func(e entity) Entity { return &Project{e} },
	schema.KindPlace:        func(e entity) Entity { return &Place{e} },
	schema.KindOrganization: func(e entity) Entity { return &Organization{e} },
	schema.KindFacility:     func(e entity) Entity { return &Facility{e} },
	schema.KindEvent:        func(e entity) Entity { return &Event{e} },
	schema.KindIndustry:     func(e entity) Entity { return &Industry{e} },
	schema.KindPerson:       func(e entity) Entity { return &Person{e} },
}

// NewEntity gives e the Go type of its kind: nil for nil and for an unknown
// kind.
func NewEntity(e *schema.Entity) Entity {
	if e == nil {
		return nil
	}
	wrap, ok := wrappers[e.Kind]
	if !ok {
		return nil
	}
	return wrap(entity{e})
}

// known returns a pointer to v, nil when v is empty: what no report says is
// null.
func known[T comparable](v T) *T {
	var empty T
	if v == empty {
		return nil
	}
	return &v
}

// Period is the time something holds for.
type Period struct{ schema.Period }

// NewPeriod wraps p, nil when nothing is known of it.
func NewPeriod(p schema.Period) *Period {
	if p.IsZero() {
		return nil
	}
	return &Period{p}
}

// From returns the first day, month or year.
func (p *Period) From() *string { return known(p.Period.From) }

// To returns the last day, month or year.
func (p *Period) To() *string { return known(p.Period.To) }

// Text returns the words that say so.
func (p *Period) Text() *string { return known(p.Period.Text) }
