package api

import (
	"context"
	"maps"
	"slices"

	"github.com/lantu-kg/lantu/graph/api/generated"
	"github.com/lantu-kg/lantu/graph/api/model"
	"github.com/lantu-kg/lantu/schema"
)

// link is a relation walked from one of its ends to the other.
type link struct {
	relation  schema.Relation
	direction model.Direction // the end walked from
}

func out(relation schema.Relation) link { return link{relation, model.Out} }
func in(relation schema.Relation) link  { return link{relation, model.In} }

// tie is an entity that claims connect with the one it was reached from.
type tie struct {
	entity *schema.Entity
	claims []*schema.Claim
}

// ties gives the entities that the links lead to from any of ids, over claims
// from the source, by name.
func (rq *request) ties(ctx context.Context, ids []string, links []link, from source) ([]tie, error) {
	var ends []end
	for _, id := range ids {
		for _, direction := range []model.Direction{model.Out, model.In} {
			if slices.ContainsFunc(links, func(l link) bool { return l.direction == direction }) {
				ends = append(ends, end{id, direction})
			}
		}
	}
	said, err := loadAll(ctx, rq.said, ends)
	if err != nil {
		return nil, err
	}
	tests, err := rq.claimSourceTests(ctx, from)
	if err != nil {
		return nil, err
	}
	reached := map[string][]*schema.Claim{}
	for i, claims := range said {
		for _, c := range all(claims, tests) {
			if slices.Contains(links, link{c.Relation, ends[i].direction}) {
				if other := otherEnd(c, ends[i].direction); other != "" {
					reached[other] = append(reached[other], c)
				}
			}
		}
	}
	entities, err := loadAll(ctx, rq.entities, slices.Sorted(maps.Keys(reached)))
	if err != nil {
		return nil, err
	}
	entities = sortEntities(entities)
	ties := make([]tie, len(entities))
	for i, e := range entities {
		claims := reached[e.ID]
		slices.SortFunc(claims, bestFirst)
		ties[i] = tie{e, slices.Compact(claims)}
	}
	return ties, nil
}

// otherEnd returns the entity at the end of c across from the given one, ""
// when words stand there.
func otherEnd(c *schema.Claim, from model.Direction) string {
	if from == model.Out {
		return c.ObjectID
	}
	return c.SubjectID
}

// linked gives the window of the entities of T's kind that the links lead to
// from any of ids and that pass f.
func linked[T model.Entity](ctx context.Context, ids []string, f *generated.EntityFilter, by *generated.EntityOrder, w window, links ...link) (*model.Connection[T], error) {
	rq := requestOf(ctx)
	var from source
	if f != nil {
		from = source{period: f.Period, asOf: f.AsOf}
	}
	ties, err := rq.ties(ctx, ids, links, from)
	if err != nil {
		return nil, err
	}
	kind := kindOf[T]()
	claims := make(map[string][]*schema.Claim, len(ties))
	var entities []*schema.Entity
	for _, t := range ties {
		if kind == "" || t.entity.Kind == kind {
			entities = append(entities, t.entity)
			claims[t.entity.ID] = t.claims
		}
	}
	connection, err := entityPage[T](ctx, entities, f, by, w)
	if err != nil {
		return nil, err
	}
	for i := range connection.Edges {
		edge := &connection.Edges[i]
		for _, c := range claims[edge.Node.NodeID()] {
			edge.Claims = append(edge.Claims, model.NewClaim(c))
		}
	}
	return connection, nil
}

// entityPage gives the window of those of entities, sorted by name, that pass
// f.
func entityPage[T model.Entity](ctx context.Context, entities []*schema.Entity, f *generated.EntityFilter, by *generated.EntityOrder, w window) (*model.Connection[T], error) {
	if err := w.check(); err != nil {
		return nil, err
	}
	rq := requestOf(ctx)
	entities, err := rq.selectEntities(ctx, entities, f)
	if err != nil {
		return nil, err
	}
	entities, o, at, err := rq.orderEntities(ctx, entities, by)
	if err != nil {
		return nil, err
	}
	connection, err := connect(entities, o, at, w, each(model.NewEntity))
	if err != nil {
		return nil, err
	}
	typed := &model.Connection[T]{
		Edges:      make([]model.Edge[T], len(connection.Edges)),
		Nodes:      make([]T, len(connection.Nodes)),
		PageInfo:   connection.PageInfo,
		TotalCount: connection.TotalCount,
	}
	for i, edge := range connection.Edges {
		node := edge.Node.(T)
		typed.Nodes[i] = node
		typed.Edges[i] = model.Edge[T]{Node: node, Cursor: edge.Cursor}
	}
	return typed, nil
}

// kindOf returns the kind whose Go type T is, "" for model.Entity.
func kindOf[T model.Entity]() schema.Kind {
	if _, isEntity := any(new(T)).(*model.Entity); isEntity {
		return ""
	}
	i := slices.IndexFunc(schema.Kinds, func(info schema.KindInfo) bool {
		_, is := model.NewEntity(&schema.Entity{Kind: info.Kind}).(T)
		return is
	})
	return schema.Kinds[i].Kind
}

// entity gives the entity with the id, nil when there is none.
func (rq *request) entity(ctx context.Context, id string) (model.Entity, error) {
	if id == "" {
		return nil, nil
	}
	e, err := rq.entities.Load(ctx, id)
	return model.NewEntity(e), err
}

// place gives the place with the id, nil when there is none.
func (rq *request) place(ctx context.Context, id string) (*model.Place, error) {
	e, err := rq.entity(ctx, id)
	if err != nil {
		return nil, err
	}
	place, _ := e.(*model.Place)
	return place, nil
}
