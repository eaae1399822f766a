package api

import (
	"context"
	"maps"
	"slices"

	"github.com/lantu-kg/lantu/graph/api/model"
	"github.com/lantu-kg/lantu/graph/industry"
	"github.com/lantu-kg/lantu/schema"
)

// maxDerived bounds what is derived of one entity, maxChain how many claims
// one thing follows from.
const (
	maxDerived = 100
	maxChain   = 4
)

func (entityFields[E]) Derived(ctx context.Context, obj E, asOf *string) ([]*model.DerivedFact, error) {
	rq := requestOf(ctx)
	tests, err := rq.claimSourceTests(ctx, source{asOf: asOf})
	if err != nil {
		return nil, err
	}
	d := deriver{rq: rq, subject: obj, tests: tests, known: map[[2]string]bool{}}
	lists, err := d.say(ctx, []string{obj.NodeID()})
	if err != nil {
		return nil, err
	}
	said := lists[0]
	for _, c := range said {
		d.known[[2]string{string(c.Relation), c.ObjectID}] = true
	}
	if err := d.meet(ctx, said); err != nil {
		return nil, err
	}
	for _, derive := range []func(context.Context, []*schema.Claim) error{d.places, d.sites, d.wholes, d.industries} {
		if err := derive(ctx, said); err != nil {
			return nil, err
		}
	}
	return d.found[:min(len(d.found), maxDerived)], nil
}

// deriver finds what follows from what is said of an entity.
type deriver struct {
	rq      *request
	subject model.Entity
	tests   []test[*schema.Claim] // of claims that count
	known   map[[2]string]bool    // relation and object, said or derived
	found   []*model.DerivedFact
}

// say gives what is said of each entity, as subject.
func (d *deriver) say(ctx context.Context, ids []string) ([][]*schema.Claim, error) {
	ends := make([]end, len(ids))
	for i, id := range ids {
		ends[i] = end{id, model.Out}
	}
	lists, err := loadAll(ctx, d.rq.said, ends)
	for i, claims := range lists {
		lists[i] = all(claims, d.tests)
	}
	return lists, err
}

// meet reads the objects of claims, all at once.
func (d *deriver) meet(ctx context.Context, lists ...[]*schema.Claim) error {
	var ids []string
	for _, claims := range lists {
		for _, c := range claims {
			if isIn(c.Relation) || c.Relation == schema.PartOf || c.Relation == schema.Targets {
				ids = append(ids, c.ObjectID)
			}
		}
	}
	_, err := loadAll(ctx, d.rq.entities, union(ids))
	return err
}

// add notes a fact unless it is said, or known already; it reports whether it
// was new.
func (d *deriver) add(relation schema.Relation, object *schema.Entity, rule model.DerivationRule, from ...*schema.Claim) bool {
	key := [2]string{string(relation), object.ID}
	if d.known[key] || object.ID == d.subject.NodeID() {
		return false
	}
	d.known[key] = true
	fact := &model.DerivedFact{Subject: d.subject, Relation: relation, Object: model.NewEntity(object), Rule: rule}
	for _, c := range from {
		fact.From = append(fact.From, model.NewClaim(c))
	}
	d.found = append(d.found, fact)
	return true
}

// isIn are the relations by which a thing is in one place.
func isIn(r schema.Relation) bool { return r == schema.LocatedIn || r == schema.SettledIn }

// above adds the places over the one that claims lead to.
func (d *deriver) above(ctx context.Context, relation schema.Relation, placeID string, from ...*schema.Claim) error {
	place, err := d.rq.entities.Load(ctx, placeID)
	for range ladderSteps {
		if err != nil || place == nil || place.Kind != schema.KindPlace || place.ParentID == "" {
			return err
		}
		if place, err = d.rq.entities.Load(ctx, place.ParentID); place != nil {
			d.add(relation, place, model.PlaceAbove, from...)
		}
	}
	return err
}

func (d *deriver) places(ctx context.Context, said []*schema.Claim) error {
	for _, c := range said {
		if isIn(c.Relation) {
			if err := d.above(ctx, c.Relation, c.ObjectID, c); err != nil {
				return err
			}
		}
	}
	return nil
}

// sites follows where the parks and facilities are that the entity is in, and
// adds the places over these.
func (d *deriver) sites(ctx context.Context, said []*schema.Claim) error {
	return d.follow(ctx, said, isIn, schema.LocatedIn, model.ThroughSite, d.above)
}

// wholes follows the wholes that the entity is a part of.
func (d *deriver) wholes(ctx context.Context, said []*schema.Claim) error {
	isPart := func(r schema.Relation) bool { return r == schema.PartOf }
	return d.follow(ctx, said, isPart, schema.PartOf, model.PartOfPart,
		func(context.Context, schema.Relation, string, ...*schema.Claim) error { return nil })
}

// follow goes from the objects of those claims that begin a chain along the claims
// of a relation. It adds what is reached, as related by the first claim's relation,
// and calls reached for it.
func (d *deriver) follow(ctx context.Context, said []*schema.Claim, begins func(schema.Relation) bool, along schema.Relation, rule model.DerivationRule,
	reached func(ctx context.Context, relation schema.Relation, id string, from ...*schema.Claim) error,
) error {
	type chain struct {
		relation schema.Relation
		end      string
		from     []*schema.Claim
	}
	var chains []chain
	for _, c := range said {
		if begins(c.Relation) {
			chains = append(chains, chain{c.Relation, c.ObjectID, []*schema.Claim{c}})
		}
	}
	for range maxChain - 1 {
		ids := make([]string, len(chains))
		for i, ch := range chains {
			ids[i] = ch.end
		}
		lists, err := d.say(ctx, ids)
		if err != nil {
			return err
		}
		if err := d.meet(ctx, lists...); err != nil {
			return err
		}
		var next []chain
		for i, ch := range chains {
			for _, c := range lists[i] {
				if c.Relation != along {
					continue
				}
				object, err := d.rq.entities.Load(ctx, c.ObjectID)
				if err != nil {
					return err
				}
				from := append(slices.Clone(ch.from), c)
				if object == nil || !d.add(ch.relation, object, rule, from...) {
					continue
				}
				if err := reached(ctx, ch.relation, c.ObjectID, from...); err != nil {
					return err
				}
				next = append(next, chain{ch.relation, c.ObjectID, from})
			}
		}
		chains = next
	}
	return nil
}

func (d *deriver) industries(ctx context.Context, said []*schema.Claim) error {
	directory, err := d.rq.directory(ctx)
	if err != nil {
		return err
	}
	for _, c := range said {
		if c.Relation != schema.Targets {
			continue
		}
		e, err := d.rq.entities.Load(ctx, c.ObjectID)
		if err != nil {
			return err
		}
		if e == nil {
			continue
		}
		if term := termOf(e); term != nil {
			for _, above := range term.Above() {
				if broad := directory.industry(above); broad != nil {
					d.add(schema.Targets, broad, model.BroaderIndustry, c)
				}
			}
		}
	}
	return nil
}

// termOf gives the term of the taxonomy that an industry is, nil for none.
func termOf(e *schema.Entity) *industry.Term {
	return industry.Default().Find(append([]string{e.Name}, e.Aliases...)...)
}

// industry gives the industry of the graph that a term names, nil for none.
func (d *directory) industry(term *industry.Term) *schema.Entity {
	for _, name := range term.Names() {
		if e := d.named(name, schema.KindIndustry); e != nil {
			return e
		}
	}
	return nil
}

// industriesBelow gives the industries of the graph that are part of one, nearer
// ones first.
func (rq *request) industriesBelow(ctx context.Context, e *schema.Entity) ([]*schema.Entity, error) {
	directory, err := rq.directory(ctx)
	if err != nil {
		return nil, err
	}
	term := termOf(e)
	if term == nil {
		return nil, nil
	}
	var below []*schema.Entity
	for _, narrow := range term.Below() {
		for _, name := range narrow.Names() {
			if found := directory.named(name, schema.KindIndustry); found != nil && found.ID != e.ID && !slices.Contains(below, found) {
				below = append(below, found)
			}
		}
	}
	return below, nil
}

// industriesWithin gives an industry and those that are part of it.
func (rq *request) industriesWithin(ctx context.Context, e *schema.Entity) (map[string]bool, error) {
	below, err := rq.industriesBelow(ctx, e)
	if err != nil {
		return nil, err
	}
	within := map[string]bool{e.ID: true}
	for _, b := range below {
		within[b.ID] = true
	}
	return within, nil
}

// serving gives what serves an industry or one that is part of it.
func (rq *request) serving(ctx context.Context, id string) (map[string]bool, error) {
	e, err := rq.mustBeEntity(ctx, "industry", id)
	if err != nil {
		return nil, err
	}
	if e.Kind != schema.KindIndustry {
		return nil, badInput("industry: %s (%s) is none: give the id of an industry", e.Name, e.Kind)
	}
	within, err := rq.industriesWithin(ctx, e)
	if err != nil {
		return nil, err
	}
	lists, err := rq.links(ctx, slices.Collect(maps.Keys(within)), model.In)
	if err != nil {
		return nil, err
	}
	serving := map[string]bool{}
	for _, links := range lists {
		for l := range links.All() {
			if l.Relation == schema.Targets {
				serving[l.OtherID] = true
			}
		}
	}
	return serving, nil
}

func (industryFields) Broader(ctx context.Context, obj *model.Industry) ([]*model.IndustryTerm, error) {
	directory, err := requestOf(ctx).directory(ctx)
	if err != nil {
		return nil, err
	}
	term := termOf(obj.Entity)
	if term == nil {
		return nil, nil
	}
	var terms []*model.IndustryTerm
	for _, above := range term.Above() {
		shown := &model.IndustryTerm{Name: above.Name}
		if above.Code != "" {
			shown.Code = &above.Code
		}
		if e := directory.industry(above); e != nil {
			shown.Industry, _ = model.NewEntity(e).(*model.Industry)
		}
		terms = append(terms, shown)
	}
	return terms, nil
}

func (industryFields) Narrower(ctx context.Context, obj *model.Industry) ([]*model.Industry, error) {
	below, err := requestOf(ctx).industriesBelow(ctx, obj.Entity)
	if err != nil {
		return nil, err
	}
	var narrower []*model.Industry
	for _, e := range below {
		if n, ok := model.NewEntity(e).(*model.Industry); ok {
			narrower = append(narrower, n)
		}
	}
	return narrower, nil
}

func (industryFields) Code(_ context.Context, obj *model.Industry) (*string, error) {
	if term := termOf(obj.Entity); term != nil && term.Code != "" {
		return &term.Code, nil
	}
	return nil, nil
}
