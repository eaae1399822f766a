package api

import (
	"context"
	"strings"

	"github.com/lantu-kg/lantu/access"
	"github.com/lantu-kg/lantu/graph/api/model"
)

// node gives what has the id, nil when nothing has.
func (rq *request) node(ctx context.Context, id string) (model.Node, error) {
	return rq.nodeLater(ctx, id)()
}

// nodes gives what has the ids, in their order, nil where nothing has.
func (rq *request) nodes(ctx context.Context, ids []string) ([]model.Node, error) {
	later := make([]func() (model.Node, error), len(ids))
	for i, id := range ids {
		later[i] = rq.nodeLater(ctx, id)
	}
	nodes := make([]model.Node, len(ids))
	for i, node := range later {
		var err error
		if nodes[i], err = node(); err != nil {
			return nil, err
		}
	}
	return nodes, nil
}

// nodeLater asks for the node and returns what waits for it, so that many can
// be asked for before the first is waited for. An id begins with what it
// names.
func (rq *request) nodeLater(ctx context.Context, id string) func() (model.Node, error) {
	sort, _, _ := strings.Cut(id, "-")
	switch sort {
	case "claim":
		return nodeOf(rq.claims.LoadThunk(ctx, id), model.NewClaim)
	case "observation":
		return nodeOf(rq.observations.LoadThunk(ctx, id), model.NewObservation)
	case "change":
		return func() (model.Node, error) {
			c, err := rq.change(ctx, id)
			if err != nil || c == nil {
				return nil, err
			}
			return c, nil
		}
	case "report":
		return nodeOf(rq.reports.LoadThunk(ctx, id), model.NewReport)
	case "passage":
		return nodeOf(rq.passages.LoadThunk(ctx, id), model.NewPassage)
	case "section":
		return func() (model.Node, error) {
			report, ordinal, ok := model.ParseSectionID(id)
			if !ok {
				return nil, nil
			}
			section, err := rq.section(ctx, report, ordinal)
			if err != nil || section == nil {
				return nil, err
			}
			return section, nil
		}
	case "job":
		rq.passing.Store(true)
		return func() (model.Node, error) {
			if job, _ := rq.service.jobs.get(id); job != nil && Require(ctx, access.Admin, id) == nil {
				return job, nil
			}
			return nil, nil
		}
	default:
		thunk := rq.entities.LoadThunk(ctx, id)
		return func() (model.Node, error) {
			e, err := thunk()
			if entity := model.NewEntity(e); entity != nil {
				return entity, err
			}
			return nil, err
		}
	}
}

// nodeOf makes a node of what thunk gives: nil, not a nil pointer, of nil.
func nodeOf[V any, N model.Node](thunk func() (*V, error), wrap func(*V) N) func() (model.Node, error) {
	return func() (model.Node, error) {
		value, err := thunk()
		if err != nil || value == nil {
			return nil, err
		}
		return wrap(value), nil
	}
}
