// Package access says who asks and what they may do: roles, keys kept hashed,
// and bearer tokens of an OpenID Connect issuer.
package access

import (
	"context"
	"fmt"
	"strings"
)

// Role is what a caller may do. Each may also do what those before it may.
type Role string

// The roles.
const (
	None   Role = "" // nothing
	Reader Role = "READER"
	Editor Role = "EDITOR" // judges claims, names, merges and splits entities
	Admin  Role = "ADMIN"  // loads and removes reports
)

var order = map[Role]int{None: 0, Reader: 1, Editor: 2, Admin: 3}

// Covers reports whether the role may do what needed may.
func (r Role) Covers(needed Role) bool { return order[r] >= order[needed] }

// ParseRole reads a role from its name in any case; none is [None].
func ParseRole(name string) (Role, error) {
	role := Role(strings.ToUpper(name))
	if role == "NONE" {
		return None, nil
	}
	if order[role] == 0 {
		return None, fmt.Errorf("%.20q is no role: give reader, editor or admin", name)
	}
	return role, nil
}

// Caller is who asks.
type Caller struct {
	Name string
	Role Role
}

// anonymous stands in the record of changes for who showed no credential.
const anonymous = "anonymous"

// Anonymous reports whether the caller showed no credential.
func (c Caller) Anonymous() bool { return c.Name == anonymous }

type callerKey struct{}

// WithCaller tells whoever takes the context who asks.
func WithCaller(ctx context.Context, c Caller) context.Context {
	return context.WithValue(ctx, callerKey{}, c)
}

// CallerOf tells who asks; ok is false when nobody has said.
func CallerOf(ctx context.Context) (c Caller, ok bool) {
	c, ok = ctx.Value(callerKey{}).(Caller)
	return c, ok
}
