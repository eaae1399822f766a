package api

import (
	"context"
	"encoding/json"
	"reflect"
	"slices"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// gqlgen's own @defer is not used: it puts null into the first part in place of
// what comes later, defers nothing at the root, and waits forever when a field is
// deferred twice or the context ends. Here what is deferred is taken out of the
// operation, and asked for by an operation of its own for each object that it
// belongs to. The fields that lead to the object are not resolved again.

type partsKey struct{}

// WithParts tells that whoever asks with the context takes an answer in parts:
// after the first response, whose HasNext is true, others follow with a path.
// Without it, and in mutations and subscriptions, @defer changes nothing.
func WithParts(ctx context.Context) context.Context {
	return context.WithValue(ctx, partsKey{}, true)
}

const (
	deferDirective = "defer"
	// deferWeight is how much a deferred part costs as such, in objects.
	deferWeight = 100
	// maxDeferred is how many fragments a query may defer, each counted as often
	// as it is spread.
	maxDeferred = 100
)

// part is a deferred fragment.
type part struct {
	label     string
	names     []string // of the fields that lead to its objects
	operation *graphql.OperationContext
	parts     []*part // that are deferred inside it
}

// undefer takes the deferred fragments out of an operation, and keeps them for
// [Service.withRequest] if they can be delivered later; else they stay in it as
// if they were not deferred. The document is left as it is: it is shared.
func undefer(ctx context.Context, operation *graphql.OperationContext) *gqlerror.Error {
	later := ctx.Value(partsKey{}) != nil && operation.Operation.Operation == ast.Query
	s := splitter{operation: operation, document: operation.Doc, later: later, deferring: map[string]bool{}}
	whole, first := &part{}, *operation.Operation
	first.SelectionSet = s.split(first.SelectionSet, nil, whole)
	if s.deferred > maxDeferred {
		return failure(CodeQueryTooComplex, "the query defers more than %d fragments, each counted as often as it is spread: defer fewer, larger ones", maxDeferred)
	}
	operation.Operation = &first
	operation.Doc = s.documentOf(&first)
	if len(whole.parts) > 0 {
		d := &delivery{names: s.names, parts: whole.parts, arrived: make(chan struct{}, 1)}
		operation.ResolverMiddleware = d.recalling(operation.ResolverMiddleware)
		s.prepare(whole.parts, d)
		operation.Stats.SetExtension(deferDirective, d)
	}
	return nil
}

// splitter splits an operation into what is answered at once and its parts.
type splitter struct {
	operation *graphql.OperationContext
	document  *ast.QueryDocument
	later     bool
	deferring map[string]bool // fragments, by whether anything in them is deferred
	deferred  int
	names     map[string]bool // of fields that lead to parts
}

func (s *splitter) documentOf(operation *ast.OperationDefinition) *ast.QueryDocument {
	return &ast.QueryDocument{Operations: ast.OperationList{operation}, Fragments: s.document.Fragments}
}

// prepare gives each part what its operation is executed with.
func (s *splitter) prepare(parts []*part, d *delivery) {
	o := s.operation
	for _, p := range parts {
		p.operation.RawQuery, p.operation.OperationName, p.operation.Variables = o.RawQuery, o.OperationName, o.Variables
		p.operation.Extensions, p.operation.Headers = o.Extensions, o.Headers
		p.operation.DisableIntrospection, p.operation.RecoverFunc = o.DisableIntrospection, o.RecoverFunc
		p.operation.ResolverMiddleware, p.operation.RootResolverMiddleware = o.ResolverMiddleware, o.RootResolverMiddleware
		p.operation.Stats.SetExtension(deferDirective, d)
		s.prepare(p.parts, d)
	}
}

// split gives what of selections is not deferred, and adds what is to the parts of
// inside; trail leads to the selections.
func (s *splitter) split(selections ast.SelectionSet, trail []ast.Selection, inside *part) ast.SelectionSet {
	rest := make(ast.SelectionSet, 0, len(selections))
	for _, selection := range selections {
		if s.deferred > maxDeferred {
			break
		}
		if !s.defers(ast.SelectionSet{selection}) {
			rest = append(rest, selection)
			continue
		}
		if field, ok := selection.(*ast.Field); ok {
			kept := *field
			kept.SelectionSet = s.split(field.SelectionSet, append(slices.Clip(trail), field), inside)
			rest = append(rest, &kept)
			continue
		}
		fragment := inline(selection)
		deferral := fragment.Directives.ForName(deferDirective)
		fragment.Directives = slices.DeleteFunc(slices.Clone(fragment.Directives), func(d *ast.Directive) bool { return d == deferral })
		if deferral != nil {
			s.deferred++
		}
		along, into := append(slices.Clip(trail), fragment), inside
		deferred := deferral != nil && s.later && argument(deferral, "if", s.operation.Variables) != false
		if deferred {
			into = &part{names: namesOf(trail)}
			into.label, _ = argument(deferral, "label", s.operation.Variables).(string)
			inside.parts = append(inside.parts, into)
		}
		kept := *fragment
		kept.SelectionSet = s.split(fragment.SelectionSet, along, into)
		if !deferred {
			rest = append(rest, &kept)
			continue
		}
		s.lead(into, trail, &kept)
	}
	return rest
}

// lead makes the operation of a part, which asks for the selection at the end of
// the trail and nothing else.
func (s *splitter) lead(p *part, trail []ast.Selection, selection ast.Selection) {
	for _, step := range slices.Backward(trail) {
		switch step := step.(type) {
		case *ast.Field:
			one := *step
			one.SelectionSet = ast.SelectionSet{selection}
			selection = &one
		case *ast.InlineFragment:
			one := *step
			one.SelectionSet = ast.SelectionSet{selection}
			selection = &one
		}
	}
	alone := *s.operation.Operation
	alone.SelectionSet = ast.SelectionSet{selection}
	p.operation = &graphql.OperationContext{Operation: &alone, Doc: s.documentOf(&alone)}
	if s.names == nil {
		s.names = map[string]bool{}
	}
	for _, name := range p.names {
		s.names[name] = true
	}
}

// defers reports whether anything in selections is deferred.
func (s *splitter) defers(selections ast.SelectionSet) bool {
	return slices.ContainsFunc(selections, func(selection ast.Selection) bool {
		switch selection := selection.(type) {
		case *ast.Field:
			return s.defers(selection.SelectionSet)
		case *ast.InlineFragment:
			return selection.Directives.ForName(deferDirective) != nil || s.defers(selection.SelectionSet)
		case *ast.FragmentSpread:
			if selection.Directives.ForName(deferDirective) != nil {
				return true
			}
			known, ok := s.deferring[selection.Name]
			if !ok {
				known = s.defers(selection.Definition.SelectionSet)
				s.deferring[selection.Name] = known
			}
			return known
		}
		return false
	})
}

// inline gives a fragment, a named one in the place where it is spread.
func inline(selection ast.Selection) *ast.InlineFragment {
	if spread, ok := selection.(*ast.FragmentSpread); ok {
		return &ast.InlineFragment{
			TypeCondition: spread.Definition.TypeCondition, Directives: spread.Directives, SelectionSet: spread.Definition.SelectionSet,
			Position: spread.Position, ObjectDefinition: spread.ObjectDefinition,
		}
	}
	fragment := *selection.(*ast.InlineFragment)
	return &fragment
}

func argument(directive *ast.Directive, name string, variables map[string]any) any {
	if a := directive.Arguments.ForName(name); a != nil {
		if value, err := a.Value.Value(variables); err == nil {
			return value
		}
	}
	return nil
}

func namesOf(trail []ast.Selection) (names []string) {
	for _, step := range trail {
		if field, ok := step.(*ast.Field); ok {
			names = append(names, field.Alias)
		}
	}
	return names
}

// deferredFields gives the names of the fields that deferred parts ask for of what is
// resolved.
func deferredFields(ctx context.Context) (names []string) {
	d := deliveryOf(graphql.GetOperationContext(ctx))
	if d == nil {
		return nil
	}
	var path []string
	for _, step := range graphql.GetFieldContext(ctx).Path() {
		if name, ok := step.(ast.PathName); ok {
			path = append(path, string(name))
		}
	}
	var ask func(parts []*part)
	ask = func(parts []*part) {
		for _, p := range parts {
			names = append(names, p.fields(path)...)
			ask(p.parts)
		}
	}
	ask(d.parts)
	return names
}

// fields gives the names of what a part asks for of what path leads to.
func (p *part) fields(path []string) (names []string) {
	if len(path) < len(p.names) {
		return nil
	}
	var follow func(ast.SelectionSet, []string)
	follow = func(selections ast.SelectionSet, path []string) {
		// gqlgen remembers selections by their address: none are put together here.
		for _, field := range graphql.CollectFields(p.operation, selections, nil) {
			if len(path) == 0 {
				names = append(names, field.Name)
			} else if field.Alias == path[0] {
				follow(field.Selections, path[1:])
			}
		}
	}
	follow(p.operation.Operation.SelectionSet, path)
	return names
}

// delivery gives the parts of an answer, each when it is there.
type delivery struct {
	service *Service
	ctx     context.Context // that the parts are resolved with
	names   map[string]bool // of fields that lead to parts
	values  sync.Map        // what these gave, by path
	parts   []*part

	open  []func() // resolve those that the first response leaves open
	begun sync.Once

	mu      sync.Mutex // guards all below
	ready   []*graphql.Response
	pending int           // parts that are being resolved
	over    bool          // whether the last response was given
	arrived chan struct{} // tells that ready or pending changed
}

// deliveryOf gives how the parts of an operation are delivered, nil if nothing is
// deferred.
func deliveryOf(operation *graphql.OperationContext) *delivery {
	d, _ := operation.Stats.GetExtension(deferDirective).(*delivery)
	return d
}

type objectKey struct{}

// recalling resolves the fields that lead to parts once. For a part, a list on
// the way to its object is that of the one element that leads there.
func (d *delivery) recalling(middleware graphql.FieldMiddleware) graphql.FieldMiddleware {
	return func(ctx context.Context, resolve graphql.Resolver) (any, error) {
		field := graphql.GetFieldContext(ctx)
		if !d.names[field.Field.Alias] {
			return middleware(ctx, resolve)
		}
		object, _ := ctx.Value(objectKey{}).(ast.Path)
		path := placed(field.Path(), object)
		key := path.String()
		value, known := d.values.Load(key)
		if !known {
			var err error
			if value, err = middleware(ctx, resolve); err != nil {
				return value, err
			}
			value, _ = d.values.LoadOrStore(key, value)
		}
		if len(path) < len(object) {
			if i, ok := object[len(path)].(ast.PathIndex); ok {
				return reflect.ValueOf(value).Slice(int(i), int(i)+1).Interface(), nil
			}
		}
		return value, nil
	}
}

// placed gives the path in the whole answer of what has a path in the answer to
// an object's part.
func placed(path, object ast.Path) ast.Path {
	for i := range min(len(path), len(object)) {
		path[i] = object[i]
	}
	return path
}

// prepare finds the parts that the first response leaves open, and reports whether
// there are any. They are resolved with ctx after it was sent, so that it does
// not wait for them.
func (d *delivery) prepare(ctx context.Context, s *Service, first json.RawMessage) bool {
	d.service, d.ctx = s, ctx
	d.open = d.find(d.parts, nil, nil, first)
	d.pending = len(d.open)
	return d.pending > 0
}

// find gives what resolves parts for the objects in data, to which names and
// object lead.
func (d *delivery) find(parts []*part, names []string, object ast.Path, data json.RawMessage) (found []func()) {
	for _, p := range parts {
		objectsAt(data, p.names[len(names):], object, func(at ast.Path, there json.RawMessage) {
			if there[0] == '{' {
				found = append(found, func() { d.answer(p, at) })
			}
		})
	}
	return found
}

// answer resolves a part for an object.
func (d *delivery) answer(p *part, object ast.Path) {
	ctx := context.WithValue(d.ctx, objectKey{}, object)
	ctx = graphql.WithOperationContext(ctx, p.operation)
	ctx = graphql.WithResponseContext(ctx, d.service.present, p.operation.RecoverFunc)
	response := &graphql.Response{Path: object, Label: p.label}
	data := d.execute(ctx)
	found := false
	objectsAt(data, p.names, nil, func(_ ast.Path, there json.RawMessage) {
		found, response.Data = true, there
	})
	for _, err := range graphql.GetErrors(ctx) {
		err.Path = placed(err.Path, object)
		response.Errors = append(response.Errors, err)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.pending--
	if found && string(response.Data) != "{}" || len(response.Errors) > 0 {
		d.ready = append(d.ready, response)
	}
	if found && !d.over { // what is inside comes after it
		for _, inside := range d.find(p.parts, p.names, object, response.Data) {
			d.pending++
			go inside()
		}
	}
	select {
	case d.arrived <- struct{}{}:
	default:
	}
}

func (d *delivery) execute(ctx context.Context) (data json.RawMessage) {
	defer func() {
		if panicked := recover(); panicked != nil {
			graphql.AddError(ctx, graphql.Recover(ctx, panicked))
			data = json.RawMessage("null")
		}
	}()
	return d.service.Schema().Exec(ctx)(ctx).Data
}

// next waits for a response after the first: nil after the last, and when gone is
// over and nothing is under way any more.
func (d *delivery) next(gone <-chan struct{}, cancel context.CancelFunc) *graphql.Response {
	d.begun.Do(func() {
		for _, resolve := range d.open {
			go resolve()
		}
	})
	for {
		response, wait := d.take()
		if !wait {
			if response == nil || !*response.HasNext {
				cancel()
			}
			return response
		}
		select {
		case <-d.arrived:
		case <-gone:
			cancel()
			gone = nil
			d.mu.Lock()
			d.over = true
			d.mu.Unlock()
		}
	}
}

func (d *delivery) take() (response *graphql.Response, wait bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	more := true
	switch {
	case d.over:
		return nil, d.pending > 0
	case len(d.ready) > 0:
		response = d.ready[0]
		d.ready = d.ready[1:]
		more = len(d.ready) > 0 || d.pending > 0
	case d.pending > 0:
		return nil, true
	default: // what came last had nothing to tell
		response, more = &graphql.Response{}, false
	}
	d.over = !more
	response.HasNext = &more
	return response, false
}

// objectsAt calls each for all to which names lead from data, through lists, with
// its path; for null on the way, instead, with that.
func objectsAt(data json.RawMessage, names []string, path ast.Path, each func(ast.Path, json.RawMessage)) {
	switch {
	case len(data) == 0:
	case data[0] == '[':
		var elements []json.RawMessage
		_ = json.Unmarshal(data, &elements) // what was just marshalled
		for i, element := range elements {
			objectsAt(element, names, append(slices.Clip(path), ast.PathIndex(i)), each)
		}
	case len(names) == 0 || data[0] != '{':
		each(path, data)
	default:
		var fields map[string]json.RawMessage
		_ = json.Unmarshal(data, &fields)
		objectsAt(fields[names[0]], names[1:], append(slices.Clip(path), ast.PathName(names[0])), each)
	}
}
