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
	joints []joint
}

// ties gives the entities that the links lead to from any of ids, over claims
// from the source, by name.
func (rq *request) ties(ctx context.Context, ids []string, links []link, from source) ([]tie, error) {
	tests, err := rq.claimSourceTests(ctx, from)
	if err != nil {
		return nil, err
	}
	reached := map[string][]joint{}
	for _, direction := range []model.Direction{model.Out, model.In} {
		if !slices.ContainsFunc(links, func(l link) bool { return l.direction == direction }) {
			continue
		}
		lists, err := rq.links(ctx, ids, direction)
		if err != nil {
			return nil, err
		}
		for i, list := range lists {
			lists[i] = list.Where(func(l schema.Link) bool { return slices.Contains(links, link{l.Relation, direction}) })
		}
		if err := rq.sift(ctx, lists, tests); err != nil {
			return nil, err
		}
		for i, list := range lists {
			for l := range list.All() {
				reached[l.OtherID] = append(reached[l.OtherID], jointOf(l, end{ids[i], direction}))
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
		ties[i] = tie{e, eachOnce(reached[e.ID])}
	}
	return ties, nil
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
	joints := make(map[string][]joint, len(ties))
	var entities []*schema.Entity
	for _, t := range ties {
		if kind == "" || t.entity.Kind == kind {
			entities = append(entities, t.entity)
			joints[t.entity.ID] = t.joints
		}
	}
	connection, err := entityPage[T](ctx, entities, f, by, w)
	if err != nil {
		return nil, err
	}
	var shown [][]joint
	for _, edge := range connection.Edges {
		shown = append(shown, joints[edge.Node.NodeID()])
	}
	claims, err := rq.claimsBehind(ctx, shown)
	if err != nil {
		return nil, err
	}
	for i, said := range shown {
		for _, c := range claimsAmong(said, claims) {
			connection.Edges[i].Claims = append(connection.Edges[i].Claims, model.NewClaim(c))
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
	tests, err := rq.entityTests(ctx, f)
	if err != nil {
		return nil, err
	}
	entities = all(entities, tests)
	sift := func(some []*schema.Entity) ([]*schema.Entity, error) { return rq.siftEntities(ctx, some, f) }
	if by == nil && readsEach(f) && w.onlyPage(ctx) {
		entities, err = upToPage(entities, byName, entityPosition, w, sift)
	} else {
		entities, err = sift(entities)
	}
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
