package api

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

type streamKey struct{}

// WithStream tells that answer after answer can be delivered to whoever asks with
// the context.
func WithStream(ctx context.Context) context.Context {
	return context.WithValue(ctx, streamKey{}, true)
}

// streamCheck refuses a subscription whose events cannot be delivered: the first
// alone would be worse than none.
type streamCheck struct{}

var _ graphql.OperationContextMutator = streamCheck{}

func (streamCheck) ExtensionName() string                   { return "StreamCheck" }
func (streamCheck) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationContext refuses a subscription without a stream.
func (streamCheck) MutateOperationContext(ctx context.Context, operation *graphql.OperationContext) *gqlerror.Error {
	if operation.Operation.Operation == ast.Subscription && ctx.Value(streamKey{}) == nil {
		return failure(CodeBadUserInput, "a subscription needs a stream: send it by POST with Accept: text/event-stream, or over a websocket with the protocol graphql-transport-ws")
	}
	return nil
}

// withRequest gives each operation a request of its own, and an end.
func (s *Service) withRequest(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	operation := graphql.GetOperationContext(ctx)
	var query asked
	switch operation.Operation.Operation {
	case ast.Subscription:
		return next(ctx) // see withEvent
	case ast.Query:
		query = s.asked(ctx, operation)
		if known := query.again(); known != nil {
			return graphql.OneShot(known)
		}
	}
	ending, cancel := context.WithTimeout(ctx, s.timeout)
	rq := newRequest(s)
	inside := context.WithValue(ending, requestKey{}, rq)
	responses := next(inside)
	delivery := deliveryOf(operation)
	gone := ctx.Done()
	answered := false
	return func(ctx context.Context) *graphql.Response {
		switch {
		case answered && delivery != nil:
			return delivery.next(gone, cancel)
		case answered:
			return nil
		}
		answered = true
		var response *graphql.Response
		if end, err := s.turns.take(ending); err == nil {
			defer end()
			if response = query.again(); response != nil { // another made it meanwhile
				delivery = nil
				cancel()
				return response
			}
			response = responses(ctx)
		}
		if response == nil && errors.Is(ending.Err(), context.DeadlineExceeded) {
			response = &graphql.Response{Errors: gqlerror.List{failure(CodeTimeout, "%s", tookTooLong)}} // before it began
		}
		if delivery != nil && response != nil && delivery.prepare(inside, s, response.Data) {
			response.HasNext = new(true)
		} else {
			delivery = nil
		}
		if response != nil && !rq.passing.Load() {
			query.keep(response)
		}
		if delivery == nil {
			cancel()
		}
		return response
	}
}

// withEvent gives each event of a subscription a request of its own, and an end
// some time after it has come.
func (s *Service) withEvent(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	if !graphql.HasOperationContext(ctx) {
		return next(ctx)
	}
	if operation := graphql.GetOperationContext(ctx).Operation; operation == nil || operation.Operation != ast.Subscription {
		return next(ctx)
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	e := &event{service: s, end: cancel}
	defer e.over()
	return next(context.WithValue(ctx, eventKey{}, e))
}

// event is what happens next in a subscription. Its request is made when it has
// come: until then there may be thousands that wait.
type event struct {
	service *Service
	end     context.CancelFunc

	once    sync.Once
	request *request
	timer   *time.Timer
}

type eventKey struct{}

// answer gives the request that answers the event.
func (e *event) answer() *request {
	e.once.Do(func() {
		e.request = newRequest(e.service)
		e.timer = time.AfterFunc(e.service.timeout, e.end)
	})
	return e.request
}

func (e *event) over() {
	if e.timer != nil {
		e.timer.Stop()
	}
}
