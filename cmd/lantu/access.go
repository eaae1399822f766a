package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"

	"github.com/spf13/cobra"

	"github.com/lantu-kg/lantu/access"
)

// accessFlags say who may do what.
type accessFlags struct {
	role   string
	open   bool
	issuer access.IssuerConfig
}

func (f *accessFlags) add(c *cobra.Command, role access.Role) {
	flags := c.Flags()
	flags.StringVar(&f.role, "role", strings.ToLower(string(role)), "`role` of who shows no key: none, reader, editor or admin")
	flags.BoolVar(&f.open, "open", false, "give --role to anyone who reaches the server, from other machines or through a proxy on this one")
	flags.StringVar(&f.issuer.URL, "oidc-issuer", "", "accept bearer tokens of the OpenID Connect issuer at this `URL`")
	flags.StringVar(&f.issuer.Audience, "oidc-audience", "", "`audience` that its tokens must name")
	flags.StringVar(&f.issuer.RoleClaim, "oidc-role-claim", "lantu_role", "`claim` of its tokens that holds the role")
}

// errClosed refuses an address on which nobody could ask.
var errClosed = errors.New("nobody may ask there: make a key ('lantu key add'), accept tokens (--oidc-issuer), or open it to everyone with --open")

// policy settles who may do what on an address, for the database in dir.
func (f *accessFlags) policy(ctx context.Context, dir, addr string) (*access.Policy, error) {
	role, err := access.ParseRole(f.role)
	if err != nil {
		return nil, usageError{fmt.Errorf("--role: %w", err)}
	}
	p := &access.Policy{Anonymous: role, LocalOnly: isLoopback(addr) && !f.open, Keys: keysIn(dir)}
	if f.issuer.URL != "" {
		if p.Issuer, err = access.NewIssuer(ctx, f.issuer); err != nil {
			return nil, err
		}
	}
	if isLoopback(addr) {
		return p, nil
	}
	if !f.open {
		p.Anonymous = access.None
	}
	keys, err := p.Keys.List()
	if err != nil {
		return nil, err
	}
	if p.Anonymous == access.None && p.Issuer == nil && len(keys) == 0 {
		return nil, fmt.Errorf("%s can be reached from other machines, and %w", addr, errClosed)
	}
	return p, nil
}

// mayEdit reports whether anyone can be an editor under the policy.
func mayEdit(p *access.Policy) (bool, error) {
	if p.Anonymous.Covers(access.Editor) || p.Issuer != nil {
		return true, nil
	}
	keys, err := p.Keys.List()
	for _, k := range keys {
		if k.Role.Covers(access.Editor) {
			return true, err
		}
	}
	return false, err
}

// isLoopback reports whether only this machine reaches the address.
func isLoopback(addr string) bool {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return false
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
