package api

import (
	"cmp"
	"context"
	"encoding/base64"
	"encoding/json"
	"slices"

	"github.com/99designs/gqlgen/graphql"

	"github.com/lantu-kg/lantu/graph/api/model"
)

// Pages hold defaultPage things unless told otherwise, never more than maxPage.
const (
	defaultPage = 20
	maxPage     = 100
)

// order is how a list is sorted. Its name stands in the cursors, so that a
// cursor of one list is refused by a list that is sorted otherwise.
type order struct {
	name   string
	newest bool // from the highest sort value to the lowest
}

var (
	byName     = order{name: "name"}
	byID       = order{name: "id"}
	byDate     = order{name: "date", newest: true}
	byPosition = order{name: "position"}
	byRank     = order{name: "rank"}
	byLength   = order{name: "ways"}
	byCount    = order{name: "count"}
	byNewest   = order{name: "newest", newest: true}
	// byMeasureName is the order of what is measured.
	byMeasureName = order{name: "measure"}
)

// position is where a thing stands in an order: by the sort value, then by
// what tells it from every other. It says nothing of the things around it, so
// a cursor stays right while these come and go.
type position struct{ sort, id string }

func (o order) compare(a, b position) int {
	sort := cmp.Compare(a.sort, b.sort)
	if o.newest {
		sort = -sort
	}
	return cmp.Or(sort, cmp.Compare(a.id, b.id))
}

func (o order) cursor(p position) string {
	text, err := json.Marshal([]string{o.name, p.sort, p.id})
	if err != nil {
		panic(err) // strings always marshal
	}
	return base64.RawURLEncoding.EncodeToString(text)
}

func (o order) parse(argument, cursor string) (position, error) {
	var parts []string
	text, err := base64.RawURLEncoding.DecodeString(cursor)
	if err == nil {
		err = json.Unmarshal(text, &parts)
	}
	if err != nil || len(parts) != 3 {
		return position{}, badInput("%s: %.40q is no cursor: give the cursor, startCursor or endCursor of an answer as it stands", argument, cursor)
	}
	if parts[0] != o.name {
		return position{}, badInput("%s: this cursor belongs to a list in another order (%.20q, this one is by %s): give one of this very list", argument, parts[0], o.name)
	}
	return position{parts[1], parts[2]}, nil
}

// window is the part of a list that was asked for.
type window struct {
	first  *int
	after  *string
	last   *int
	before *string
}

func (w window) check() error {
	if w.first != nil && w.last != nil {
		return badInput("first and last: give one of them, not both")
	}
	for argument, n := range map[string]*int{"first": w.first, "last": w.last} {
		if n != nil && (*n < 1 || *n > maxPage) {
			return badInput("%s: %d is out of range: ask for 1 to %d at a time and continue with the cursor of the page's end", argument, *n, maxPage)
		}
	}
	return nil
}

// cut returns the bounds of the window in all, which is sorted by o.
func cut[T any](all []T, o order, at func(T) position, w window) (start, end int, err error) {
	if err := w.check(); err != nil {
		return 0, 0, err
	}
	search := func(p position) (int, bool) {
		return slices.BinarySearchFunc(all, p, func(v T, p position) int { return o.compare(at(v), p) })
	}
	start, end = 0, len(all)
	if w.after != nil {
		p, err := o.parse("after", *w.after)
		if err != nil {
			return 0, 0, err
		}
		i, found := search(p)
		if found {
			i++
		}
		start = i
	}
	if w.before != nil {
		p, err := o.parse("before", *w.before)
		if err != nil {
			return 0, 0, err
		}
		i, _ := search(p)
		end = max(start, i)
	}
	switch {
	case w.last != nil:
		start = max(start, end-*w.last)
	case w.first != nil:
		end = min(end, start+*w.first)
	default:
		end = min(end, start+defaultPage)
	}
	return start, end, nil
}

// asksFor reports whether any of the fields is asked for of what is resolved, at once or
// later: of a connection, those that tell of more than its page.
func asksFor(ctx context.Context, fields ...string) bool {
	wanted := func(field string) bool { return slices.Contains(fields, field) }
	return slices.ContainsFunc(graphql.CollectAllFields(ctx), wanted) || slices.ContainsFunc(deferredFields(ctx), wanted)
}

// onlyPage reports whether nothing is asked of a connection but the first of the list
// or those behind a cursor, so that the rest of it need not be looked at.
func (w window) onlyPage(ctx context.Context) bool {
	return w.last == nil && w.before == nil && !asksFor(ctx, "totalCount")
}

// upToPage gives those of things, which are sorted by o, that pass, as far as an only
// page tells of them: the last one before it, those on it, and one behind it at least.
func upToPage[T, P any](things []T, o order, at func(T) position, w window, pass func([]T) ([]P, error)) ([]P, error) {
	if err := w.check(); err != nil {
		return nil, err
	}
	start := 0
	if w.after != nil {
		p, err := o.parse("after", *w.after)
		if err != nil {
			return nil, err
		}
		i, found := slices.BinarySearchFunc(things, p, func(thing T, p position) int { return o.compare(at(thing), p) })
		if start = i; found {
			start++
		}
	}
	var passed []P
	for end, size := start, 1; end > 0 && len(passed) == 0; size = min(4*size, readBatch) {
		some, err := pass(things[max(0, end-size):end])
		if err != nil {
			return nil, err
		}
		passed = some[max(0, len(some)-1):]
		end = max(0, end-size)
	}
	wanted := len(passed) + *cmp.Or(w.first, new(defaultPage)) + 1
	for size := wanted; start < len(things) && len(passed) < wanted; size = min(2*size, readBatch) {
		some, err := pass(things[start:min(start+size, len(things))])
		if err != nil {
			return nil, err
		}
		passed = append(passed, some...)
		start = min(start+size, len(things))
	}
	return passed, nil
}

// connect cuts the window out of all, which is sorted by o, and makes nodes
// of what is in it. Nodes that are nil, since they were removed while the
// query ran, are left out.
func connect[T any, N comparable](all []T, o order, at func(T) position, w window, nodes func([]T) ([]N, error)) (*model.Connection[N], error) {
	start, end, err := cut(all, o, at, w)
	if err != nil {
		return nil, err
	}
	page := all[start:end]
	made, err := nodes(page)
	if err != nil {
		return nil, err
	}
	connection := &model.Connection[N]{
		Edges:      make([]model.Edge[N], 0, len(page)),
		Nodes:      make([]N, 0, len(page)),
		PageInfo:   model.PageInfo{HasPreviousPage: start > 0, HasNextPage: end < len(all)},
		TotalCount: len(all),
	}
	var none N
	for i, node := range made {
		if node != none {
			connection.Nodes = append(connection.Nodes, node)
			connection.Edges = append(connection.Edges, model.Edge[N]{Node: node, Cursor: o.cursor(at(page[i]))})
		}
	}
	if n := len(page); n > 0 {
		first, last := o.cursor(at(page[0])), o.cursor(at(page[n-1]))
		connection.PageInfo.StartCursor, connection.PageInfo.EndCursor = &first, &last
	}
	return connection, nil
}

// each makes a function over a slice of one over its elements.
func each[T, N any](f func(T) N) func([]T) ([]N, error) {
	return func(values []T) ([]N, error) {
		made := make([]N, len(values))
		for i, v := range values {
			made[i] = f(v)
		}
		return made, nil
	}
}
