package api

import (
	"cmp"
	"context"
	"strings"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// registerRefusals tells gqlgen that the limits refuse the request as such, as
// a parse error does, for the status over HTTP.
var registerRefusals = sync.OnceFunc(func() {
	for _, code := range []string{CodeQueryTooLarge, CodeQueryTooDeep, CodeQueryTooComplex, CodeUnauthenticated, CodeForbidden, CodeUntrusted} {
		errcode.RegisterErrorType(code, errcode.KindProtocol)
	}
})

// What a query may cost.
const (
	maxQueryBytes = 64 << 10
	maxTokens     = 2_000   // words and signs of its text: whether fields conflict is checked pair by pair
	maxDepth      = 24      // fields inside fields
	maxNodes      = 500_000 // objects that a query may ask for at most
	maxValues     = 10 * maxNodes
)

// sizeLimit refuses queries of too many bytes before they are parsed.
type sizeLimit struct{}

var _ graphql.OperationParameterMutator = sizeLimit{}

func (sizeLimit) ExtensionName() string                   { return "SizeLimit" }
func (sizeLimit) Validate(graphql.ExecutableSchema) error { return nil }

func (sizeLimit) MutateOperationParameters(_ context.Context, params *graphql.RawParams) *gqlerror.Error {
	if n := len(params.Query); n > maxQueryBytes {
		return failure(CodeQueryTooLarge, "the query has %d bytes, more than %d: split it, and put values into variables", n, maxQueryBytes)
	}
	return nil
}

// costLimit refuses queries that nest too deep or could ask for too many
// objects: a connection counts as often as its page is long, and what is
// selected inside it as often as that.
type costLimit struct{}

var _ graphql.OperationContextMutator = costLimit{}

func (costLimit) ExtensionName() string                   { return "CostLimit" }
func (costLimit) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationContext refuses an operation that costs too much.
func (costLimit) MutateOperationContext(ctx context.Context, operation *graphql.OperationContext) *gqlerror.Error {
	c := counter{variables: operation.Variables, fragments: map[string]cost{}}
	total := c.selection(operation.Operation.SelectionSet)
	if total.depth > maxDepth {
		return failure(CodeQueryTooDeep, "the query nests fields %d deep, deeper than %d: ask for the inner part on its own, with node(id:)", total.depth, maxDepth)
	}
	if total.nodes > maxNodes {
		return failure(CodeQueryTooComplex, "the query could ask for more than %d objects: ask for smaller pages (first) or fewer connections inside connections", maxNodes)
	}
	if total.values > maxValues {
		return failure(CodeQueryTooComplex, "the query could ask for more than %d values: ask for smaller pages (first), or for each field once", maxValues)
	}
	operation.Stats.SetExtension(costExtension, total)
	if c.deferred {
		return undefer(ctx, operation)
	}
	return nil
}

// costExtension is under what an operation's price is kept.
const costExtension = "cost"

// ShowCost tells in a response's extensions what the query may cost: the objects
// that it could ask for at most, how deep it nests, and the limits of both.
func ShowCost(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	total, ok := graphql.GetOperationContext(ctx).Stats.GetExtension(costExtension).(cost)
	if ok && graphql.GetExtension(ctx, costExtension) == nil {
		graphql.RegisterExtension(ctx, costExtension, map[string]int{
			"requested": total.nodes, "limit": maxNodes, "depth": total.depth, "depthLimit": maxDepth,
		})
	}
	return next(ctx)
}

// weights are the fields that are work even if nothing is selected inside
// them, in the objects that would be as much work.
var weights = map[string]int{"trace": 10_000, "search": 1_000, "suggest": 1_000, "neighborhood": 10_000, "paths": 20_000,
	"confirmClaim": 5_000, "rejectClaim": 5_000, "correctClaim": 5_000, "addClaim": 5_000, "addAlias": 5_000, "mergeEntities": 20_000,
	"splitEntity": 20_000, "undo": 20_000, "removeReport": 20_000, "changes": 1_000,
	"indicators": 1_000, "series": 2_000, "compare": 5_000, "commitments": 20_000, "stats": 1_000, "counts": 100}

// cost is what a selection can cost: how many objects and values it can give,
// counted no further than just past the limits, and how deep its fields nest.
type cost struct{ nodes, values, depth int }

func (c *cost) add(other cost) {
	c.nodes = min(c.nodes+other.nodes, maxNodes+1)
	c.values = min(c.values+other.values, maxValues+1)
	c.depth = max(c.depth, other.depth)
}

// counter counts costs, each fragment's once: a fragment that spreads another
// twice, and so on, must not take exponential time.
type counter struct {
	variables map[string]any
	fragments map[string]cost
	deferred  bool // something is
}

// selection counts what is selected. It ends, since in a valid query fragments
// are never cyclic.
func (c *counter) selection(selections ast.SelectionSet) cost {
	var total cost
	for _, selection := range selections {
		switch s := selection.(type) {
		case *ast.InlineFragment:
			total.add(c.deferral(s.Directives))
			total.add(c.selection(s.SelectionSet))
		case *ast.FragmentSpread:
			total.add(c.deferral(s.Directives))
			total.add(c.fragment(s))
		case *ast.Field:
			total.add(c.field(s))
		}
	}
	return total
}

// deferral counts what a fragment costs that is deferred, beside what is in it.
func (c *counter) deferral(directives ast.DirectiveList) cost {
	if directives.ForName(deferDirective) == nil {
		return cost{}
	}
	c.deferred = true
	return cost{nodes: deferWeight}
}

func (c *counter) fragment(s *ast.FragmentSpread) cost {
	known, ok := c.fragments[s.Name]
	if !ok && s.Definition != nil {
		known = c.selection(s.Definition.SelectionSet)
		c.fragments[s.Name] = known
	}
	return known
}

func (c *counter) field(f *ast.Field) cost {
	if len(f.SelectionSet) == 0 || f.Definition == nil {
		return cost{depth: depthOf(f)}
	}
	inside := c.selection(f.SelectionSet)
	values := map[string]bool{}
	leaves(f.SelectionSet, values, map[string]bool{})
	inside.values += len(values)
	inside.depth += depthOf(f)
	switch {
	case introspects(f):
		n := cmp.Or(introspectionLists[f.Name], 1)
		inside = inside.times(n).plus(n)
	case strings.HasSuffix(f.Definition.Type.Name(), "Connection"):
		inside = inside.times(c.pageLength(f)).plus(weights[f.Name])
	case f.Name == "edges" || f.Name == "pageInfo":
		return inside
	default:
		inside = inside.times(c.listLength(f)).plus(weights[f.Name])
	}
	return inside.plus(1)
}

// leaves puts the names into values by which a selection gives values, fragments
// that it spreads included.
func leaves(selections ast.SelectionSet, values, spread map[string]bool) {
	for _, selection := range selections {
		switch s := selection.(type) {
		case *ast.InlineFragment:
			leaves(s.SelectionSet, values, spread)
		case *ast.FragmentSpread:
			if !spread[s.Name] && s.Definition != nil {
				spread[s.Name] = true
				leaves(s.Definition.SelectionSet, values, spread)
			}
		case *ast.Field:
			if len(s.SelectionSet) == 0 {
				values[s.Alias] = true
			}
		}
	}
}

// introspects reports whether a field tells of the schema. The tools that ask so
// nest deep.
func introspects(f *ast.Field) bool {
	return strings.HasPrefix(f.Name, "__") || f.ObjectDefinition != nil && strings.HasPrefix(f.ObjectDefinition.Name, "__")
}

// introspectionLists are about how long the lists are that tell of the schema.
var introspectionLists = map[string]int{"types": 200, "fields": 12, "args": 3, "inputFields": 3, "enumValues": 3, "possibleTypes": 3, "interfaces": 2, "directives": 10}

func depthOf(f *ast.Field) int {
	if introspects(f) {
		return 0
	}
	return 1
}

// times counts a list of n.
func (c cost) times(n int) cost {
	return cost{min(c.nodes*n, maxNodes+1), min(c.values*n, maxValues+1), c.depth}
}

func (c cost) plus(nodes int) cost {
	c.add(cost{nodes: nodes})
	return c
}

// listLength is how many things a list gives at most that is no connection but
// has a bound of its own.
func (c *counter) listLength(f *ast.Field) int {
	for _, bound := range []string{"limit", "first"} {
		if value := f.ArgumentMap(c.variables)[bound]; value != nil {
			if n, err := graphql.UnmarshalInt(value); err == nil {
				return min(max(n, 1), maxAround)
			}
		}
	}
	ids := func(argument string) int {
		list, _ := f.ArgumentMap(c.variables)[argument].([]any)
		return len(list)
	}
	switch f.Name {
	case "links":
		return mostLinks(ids("of") + ids("with"))
	case "nodes":
		return max(ids("ids"), 1)
	}
	return 1
}

// pageLength is how many things a connection gives at most: what it is asked
// for, when that is in range; the resolver refuses what is not.
func (c *counter) pageLength(f *ast.Field) int {
	arguments := f.ArgumentMap(c.variables)
	for _, name := range []string{"first", "last"} {
		if value := arguments[name]; value != nil {
			n, err := graphql.UnmarshalInt(value)
			if err != nil {
				return maxPage
			}
			return min(max(n, 1), maxPage)
		}
	}
	return defaultPage
}
