package api

import (
	"fmt"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"github.com/lantu-kg/lantu/access"
)

// TestNeededRole finds what an operation needs wherever a field of its root is
// hidden, and of the fields that need most the first.
func TestNeededRole(t *testing.T) {
	sdl := parseSDL(t)
	const undo, remove = `undo(input: {change: "c"}) { change { id } }`, `removeReport(input: {report: "r"}) { removed }`
	for _, test := range []struct {
		name, query string
		role        access.Role
		field       string
	}{
		{"what needs nothing", `{ parks { totalCount } __typename }`, access.Reader, ""},
		{"a query", `{ parks { totalCount } jobs { totalCount } }`, access.Admin, "jobs"},
		{"a subscription", `subscription { jobProgress(id: "j") { id } }`, access.Admin, "jobProgress"},
		{"alone", `mutation { ` + undo + ` }`, access.Editor, "undo"},
		{"by another name", `mutation { viewer: ` + undo + ` }`, access.Editor, "undo"},
		{"the higher first", `mutation { ` + remove + undo + ` }`, access.Admin, "removeReport"},
		{"the higher last", `mutation { ` + undo + remove + ` }`, access.Admin, "removeReport"},
		{"the first of equals", `{ job(id: "j") { id } jobs { totalCount } }`, access.Admin, "job"},
		{"inline", `mutation { ... { ... on Mutation { ` + undo + ` } } }`, access.Editor, "undo"},
		{"in a fragment", `mutation { ...a } fragment a on Mutation { ` + undo + ` }`, access.Editor, "undo"},
		{"in a fragment in a fragment", `mutation { ...a } fragment a on Mutation { __typename ... { ...b } } fragment b on Mutation { ` + remove + ` }`, access.Admin, "removeReport"},
		{"in a fragment used twice", `mutation { ...a ...a } fragment a on Mutation { ` + undo + ` }`, access.Editor, "undo"},
		{"behind a fragment seen before", `mutation { ...a ...b ...c } fragment a on Mutation { ...b } fragment b on Mutation { ` + undo + ` } fragment c on Mutation { ...a ` + remove + ` }`, access.Admin, "removeReport"},
		{"a fragment that needs nothing", `{ parks { totalCount } ...a } fragment a on Query { parks { totalCount } }`, access.Reader, ""},
		{"passed over at run time", `mutation { ... @skip(if: true) { ` + undo + ` } }`, access.Editor, "undo"},
	} {
		document, errs := gqlparser.LoadQueryWithRules(sdl, test.query, rules.NewDefaultRules())
		if len(errs) > 0 {
			t.Errorf("%s: %v", test.name, errs)
			continue
		}
		role, field := neededRole(document.Operations[0].SelectionSet, access.Reader, "", map[string]bool{})
		if role != test.role || field != test.field {
			t.Errorf("%s: %s for %q, want %s for %q", test.name, role, field, test.role, test.field)
		}
	}
}

// TestNeededRoleEnds looks at fragments that spread each other in a circle, and at
// those that would take exponential time, which are refused elsewhere.
func TestNeededRoleEnds(t *testing.T) {
	var laughs strings.Builder
	for i := range 60 {
		fmt.Fprintf(&laughs, "fragment f%d on Mutation { ...f%d ...f%d } ", i, i+1, i+1)
	}
	for name, fragments := range map[string]string{
		"of itself": `fragment f0 on Mutation { ...f0 undo }`,
		"a circle":  `fragment f0 on Mutation { ...f1 } fragment f1 on Mutation { ... { ...f2 } } fragment f2 on Mutation { ...f0 undo }`,
		"laughs":    laughs.String() + `fragment f60 on Mutation { undo }`,
	} {
		document, err := parser.ParseQuery(&ast.Source{Input: `mutation { ...f0 } ` + fragments})
		if err != nil {
			t.Fatal(err)
		}
		undo := parseSDL(t).Mutation.Fields.ForName("undo")
		for _, fragment := range document.Fragments {
			define(fragment.SelectionSet, document, undo)
		}
		operation := document.Operations[0].SelectionSet
		define(operation, document, undo)
		if role, field := neededRole(operation, access.Reader, "", map[string]bool{}); role != access.Editor || field != "undo" {
			t.Errorf("%s: %s for %q", name, role, field)
		}
	}
}

// define gives fields and fragments their definitions, as validation does to what it
// lets through.
func define(selections ast.SelectionSet, document *ast.QueryDocument, field *ast.FieldDefinition) {
	for _, selection := range selections {
		switch s := selection.(type) {
		case *ast.Field:
			s.Definition = field
		case *ast.FragmentSpread:
			s.Definition = document.Fragments.ForName(s.Name)
		case *ast.InlineFragment:
			define(s.SelectionSet, document, field)
		}
	}
}
