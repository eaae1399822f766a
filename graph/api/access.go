package api

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/lantu-kg/lantu/access"
)

// roleCheck refuses an operation before anything of it is done, unless the
// caller may use every field at its root. It is the one place that looks.
type roleCheck struct{}

var _ graphql.OperationContextMutator = roleCheck{}

func (roleCheck) ExtensionName() string                   { return "RoleCheck" }
func (roleCheck) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationContext refuses the operation of a caller who may not do it.
func (roleCheck) MutateOperationContext(ctx context.Context, operation *graphql.OperationContext) *gqlerror.Error {
	needed, field := neededRole(operation.Operation.SelectionSet, access.Reader, "", map[string]bool{})
	return Require(ctx, needed, field)
}

// Require gives the error of a caller whose role does not cover needed; what is
// that which needs it.
func Require(ctx context.Context, needed access.Role, what string) *gqlerror.Error {
	caller, _ := access.CallerOf(ctx)
	if caller.Role.Covers(needed) {
		return nil
	}
	if what == "" {
		what = "this server"
	}
	var refused *gqlerror.Error
	if caller.Name == "" || caller.Anonymous() {
		refused = failure(CodeUnauthenticated, "%s needs the role %s: send the header Authorization: Bearer KEY, with a key of that role ('lantu key add' makes one)", what, needed)
	} else {
		has := string(caller.Role)
		if has == "" {
			has = "none"
		}
		refused = failure(CodeForbidden, "%s needs the role %s, %.40q has %s: ask who runs this server for a key of that role", what, needed, caller.Name, has)
	}
	refused.Extensions["role"] = string(needed)
	return refused
}

// neededRole gives the highest role that the fields at the root need, and the
// field that does. It looks at each fragment once: one that spreads another twice,
// and so on, must not take exponential time.
func neededRole(selections ast.SelectionSet, needed access.Role, field string, seen map[string]bool) (access.Role, string) {
	for _, selection := range selections {
		switch s := selection.(type) {
		case *ast.InlineFragment:
			needed, field = neededRole(s.SelectionSet, needed, field, seen)
		case *ast.FragmentSpread:
			if s.Definition != nil && !seen[s.Name] {
				seen[s.Name] = true
				needed, field = neededRole(s.Definition.SelectionSet, needed, field, seen)
			}
		case *ast.Field:
			if s.Definition == nil {
				continue
			}
			role := access.Reader
			if directive := s.Definition.Directives.ForName("role"); directive != nil {
				role = access.Role(directive.Arguments.ForName("needs").Value.Raw)
			}
			if role.Covers(needed) && role != needed {
				needed, field = role, s.Name
			}
		}
	}
	return needed, field
}

// Viewer gives who asks.
func (queryFields) Viewer(ctx context.Context) (*access.Caller, error) {
	requestOf(ctx).passing.Store(true)
	caller, _ := access.CallerOf(ctx)
	return &caller, nil
}
