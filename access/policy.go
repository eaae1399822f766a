package access

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
)

// ErrCredential is returned for a credential that cannot be accepted; the
// message says why and what to do.
var ErrCredential = errors.New("not accepted")

// Policy decides who a caller is. The zero policy knows nobody.
type Policy struct {
	// Anonymous is the role of callers who show no credential.
	Anonymous Role
	// LocalOnly gives Anonymous only to requests that name this machine as their
	// host, so that a page elsewhere cannot reach it by a name of its own, and that
	// no proxy passed on.
	LocalOnly bool
	// Keys are the keys to accept; none when nil.
	Keys *Keys
	// Issuer checks bearer tokens; none are accepted when nil.
	Issuer *Issuer
}

// Request tells who sends the request. The error wraps [ErrCredential], unless
// keys or issuer could not be asked.
func (p *Policy) Request(r *http.Request) (Caller, error) {
	if header := r.Header.Get("Authorization"); header != "" {
		return p.Credential(r.Context(), header)
	}
	if p.LocalOnly && !isLocal(r) {
		return Caller{anonymous, None}, nil
	}
	return Caller{anonymous, p.Anonymous}, nil
}

// Credential tells whose credential it is: "Bearer " and a key or token.
func (p *Policy) Credential(ctx context.Context, header string) (Caller, error) {
	scheme, secret, _ := strings.Cut(header, " ")
	secret = strings.TrimSpace(secret)
	if !strings.EqualFold(scheme, "Bearer") || secret == "" {
		return Caller{}, fmt.Errorf("%w: send the header Authorization: Bearer KEY", ErrCredential)
	}
	if strings.HasPrefix(secret, keyPrefix) {
		if p.Keys != nil {
			key, ok, err := p.Keys.find(secret)
			if err != nil {
				return Caller{}, err
			}
			if ok {
				return Caller{key.Name, key.Role}, nil
			}
		}
		return Caller{}, fmt.Errorf("%w: the key is unknown or was revoked; ask who runs this server for another ('lantu key add')", ErrCredential)
	}
	if p.Issuer != nil {
		return p.Issuer.caller(ctx, secret)
	}
	return Caller{}, fmt.Errorf("%w: this is no key of Lantu (they begin with %s), and no issuer of tokens is set up here", ErrCredential, keyPrefix)
}

// proxied are the headers that proxies add to what they pass on.
var proxied = []string{"Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip"}

// isLocal reports whether a request names this machine as its host and came
// without a proxy. One that says nothing of itself is known by the old protocol
// that it speaks, which no browser does.
func isLocal(r *http.Request) bool {
	if !r.ProtoAtLeast(1, 1) || slices.ContainsFunc(proxied, func(header string) bool { return r.Header[header] != nil }) {
		return false
	}
	host := r.Host
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.Trim(host, "[]")
	if strings.EqualFold(host, "localhost") {
		return true
	}
	address, err := netip.ParseAddr(host)
	return err == nil && address.IsLoopback()
}

// IssuerConfig says whose tokens to accept.
type IssuerConfig struct {
	URL       string // where its configuration is found, and what tokens name as iss
	Audience  string // what tokens name as aud
	RoleClaim string // the claim that holds the role or a list of roles; lantu_role when empty
}

// Issuer checks the tokens of an OpenID Connect issuer.
type Issuer struct {
	verifier  *oidc.IDTokenVerifier
	roleClaim string
}

// issuerTimeout bounds how long the issuer is waited for.
const issuerTimeout = 10 * time.Second

// NewIssuer asks the issuer for its configuration. The keys that it signs with
// are asked for when a token comes.
func NewIssuer(ctx context.Context, config IssuerConfig) (*Issuer, error) {
	if config.Audience == "" {
		return nil, errors.New("access: an issuer needs an audience: whom its tokens are meant for")
	}
	if config.RoleClaim == "" {
		config.RoleClaim = "lantu_role"
	}
	ctx = oidc.ClientContext(ctx, &http.Client{Timeout: issuerTimeout})
	provider, err := oidc.NewProvider(ctx, config.URL)
	if err != nil {
		return nil, fmt.Errorf("access: the issuer %s cannot be asked for its configuration: %w", config.URL, err)
	}
	var metadata struct {
		Keys       string   `json:"jwks_uri"`
		Algorithms []string `json:"id_token_signing_alg_values_supported"`
	}
	if err := provider.Claims(&metadata); err != nil {
		return nil, fmt.Errorf("access: the issuer %s: its configuration cannot be read: %w", config.URL, err)
	}
	keys := keySet{oidc.NewRemoteKeySet(context.WithoutCancel(ctx), metadata.Keys)}
	verifier := oidc.NewVerifier(config.URL, keys, &oidc.Config{
		ClientID:             config.Audience,
		SupportedSigningAlgs: slices.DeleteFunc(metadata.Algorithms, func(a string) bool { return !slices.Contains(algorithms, a) }),
	})
	return &Issuer{verifier, config.RoleClaim}, nil
}

// algorithms are those by which tokens may be signed: all have a public key.
var algorithms = []string{oidc.RS256, oidc.RS384, oidc.RS512, oidc.ES256, oidc.ES384, oidc.ES512, oidc.PS256, oidc.PS384, oidc.PS512, oidc.EdDSA}

// keySet are the keys of an issuer. It notes why they could not be had, which
// the verifier tells no differently from a signature that does not hold.
type keySet struct{ *oidc.RemoteKeySet }

type unreachableKey struct{}

func (k keySet) VerifySignature(ctx context.Context, token string) ([]byte, error) {
	payload, err := k.RemoteKeySet.VerifySignature(ctx, token)
	if cause := errors.Unwrap(err); cause != nil { // only of fetching keys
		*ctx.Value(unreachableKey{}).(*error) = cause
	}
	return payload, err
}

func (i *Issuer) caller(ctx context.Context, token string) (Caller, error) {
	var unreachable error
	verified, err := i.verifier.Verify(context.WithValue(ctx, unreachableKey{}, &unreachable), token)
	if unreachable != nil {
		return Caller{}, fmt.Errorf("access: the issuer cannot be asked for its keys: %w", unreachable)
	}
	if err != nil {
		return Caller{}, fmt.Errorf("%w: the token does not hold: %w", ErrCredential, err)
	}
	claims := map[string]any{}
	if err := verified.Claims(&claims); err != nil {
		return Caller{}, fmt.Errorf("%w: the token's claims cannot be read: %w", ErrCredential, err)
	}
	name := verified.Subject
	if email, _ := claims["email"].(string); email != "" && claims["email_verified"] == true {
		name = email
	}
	return Caller{name, roleIn(claims[i.roleClaim])}, nil
}

// roleIn gives the highest role that a claim names.
func roleIn(claim any) Role {
	var names []any
	switch claim := claim.(type) {
	case string:
		for name := range strings.FieldsSeq(claim) {
			names = append(names, name)
		}
	case []any:
		names = claim
	}
	best := None
	for _, name := range names {
		if text, ok := name.(string); ok {
			if role, err := ParseRole(text); err == nil && role.Covers(best) {
				best = role
			}
		}
	}
	return best
}
