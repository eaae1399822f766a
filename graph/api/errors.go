package api

import (
	"context"
	"errors"
	"fmt"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/lantu-kg/lantu/graph/curate"
)

// The values of an error's extensions.code, beside GRAPHQL_PARSE_FAILED and
// GRAPHQL_VALIDATION_FAILED.
const (
	CodeBadUserInput    = "BAD_USER_INPUT"     // an argument cannot be used as it is
	CodeNotFound        = "NOT_FOUND"          // an argument names nothing in the graph
	CodeConflict        = "CONFLICT"           // a change does not go with what was changed before or after
	CodeReadOnly        = "READ_ONLY"          // the database is open for reading only
	CodeQueryTooLarge   = "QUERY_TOO_LARGE"    // the query's text is too long
	CodeQueryTooDeep    = "QUERY_TOO_DEEP"     // the query's selections nest too deep
	CodeQueryTooComplex = "QUERY_TOO_COMPLEX"  // the query asks for too much
	CodeUnauthenticated = "UNAUTHENTICATED"    // no credential was shown, or one that does not hold
	CodeForbidden       = "FORBIDDEN"          // the caller's role does not suffice
	CodeTimeout         = "TIMEOUT"            // the query was given up, or took too long
	CodeUntrusted       = "UNTRUSTED_DOCUMENT" // only documents that are known beforehand are answered
	CodeUnavailable     = "UNAVAILABLE"        // the server cannot do this, or not now
	CodeUnreadable      = "UNREADABLE"         // a file is not what Lantu reads
	CodeInternal        = "INTERNAL"           // Lantu failed; the log says why
)

const tookTooLong = "the query was given up or took too long: ask for smaller pages or fewer fields"

func failure(code, format string, args ...any) *gqlerror.Error {
	return &gqlerror.Error{
		Message:    fmt.Sprintf(format, args...),
		Extensions: map[string]any{"code": code},
	}
}

func badInput(format string, args ...any) error { return failure(CodeBadUserInput, format, args...) }

func notFound(format string, args ...any) error { return failure(CodeNotFound, format, args...) }

// refusals are the codes of changes that are not made.
var refusals = map[curate.Code]string{
	curate.Invalid: CodeBadUserInput, curate.NotFound: CodeNotFound, curate.Conflict: CodeConflict, curate.ReadOnly: CodeReadOnly,
	curate.TooLarge: CodeUnavailable,
}

// present gives every error a stable code, and keeps from the user what only
// the log should say.
func (s *Service) present(ctx context.Context, err error) *gqlerror.Error {
	shown := graphql.DefaultErrorPresenter(ctx, err)
	if shown.Extensions["code"] != nil {
		return shown
	}
	refused := new(curate.Refusal)
	code, message := CodeInternal, "Lantu failed to answer this; its log says why. Try again later."
	switch {
	case errors.As(err, &refused):
		code, message = refusals[refused.Code], refused.Message
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		code, message = CodeTimeout, tookTooLong
	case shown.Err == nil && errors.As(err, new(*gqlerror.Error)):
		// gqlgen's own words about what it was sent.
		code, message = CodeBadUserInput, shown.Message
	default:
		s.logger.ErrorContext(ctx, "query failed", "path", shown.Path.String(), "error", err)
	}
	if shown.Extensions == nil {
		shown.Extensions = map[string]any{}
	}
	shown.Message, shown.Extensions["code"] = message, code
	return shown
}
