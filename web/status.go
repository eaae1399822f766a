package web

import (
	"context"
	"net/http"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/lantu-kg/lantu/graph/api"
)

// precise is a transport of single responses that answers a refused operation
// with the status that says why, whatever the media type.
type precise struct{ graphql.Transport }

// Do answers a request.
func (p precise) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	a := &answer{ResponseWriter: w}
	p.Transport.Do(a, r, watched{exec, r.Method, a})
}

// answer sends the status of the refusal, when there is one that has its own.
type answer struct {
	http.ResponseWriter
	refused bool
	code    string // of the first error, when it has one
}

// WriteHeader sends a status. Nothing was executed of what is refused: under the
// media type of GraphQL that is never 200.
func (a *answer) WriteHeader(status int) {
	switch a.code {
	case api.CodeUnauthenticated:
		challenge(a.Header())
		status = http.StatusUnauthorized
	case api.CodeForbidden:
		status = http.StatusForbidden
	case codeMethodNotAllowed:
		a.Header().Set("Allow", http.MethodPost)
		status = http.StatusMethodNotAllowed
	default:
		if a.refused && status == http.StatusOK && a.Header().Get("Content-Type") == "application/graphql-response+json" {
			status = http.StatusBadRequest
		}
	}
	a.ResponseWriter.WriteHeader(status)
}

// watched notes why an operation is refused, and lets GET change nothing.
type watched struct {
	graphql.GraphExecutor
	method string
	answer *answer
}

// CreateOperationContext reads an operation.
func (x watched) CreateOperationContext(ctx context.Context, params *graphql.RawParams) (*graphql.OperationContext, gqlerror.List) {
	operation, refused := x.GraphExecutor.CreateOperationContext(ctx, params)
	if len(refused) == 0 && x.method == http.MethodGet && operation.Operation.Operation != ast.Query {
		refused = gqlerror.List{{
			Message:    "GET changes nothing: send the mutation by POST",
			Extensions: map[string]any{"code": codeMethodNotAllowed},
		}}
	}
	if len(refused) > 0 {
		x.answer.refused = true
		x.answer.code, _ = refused[0].Extensions["code"].(string)
	}
	return operation, refused
}
