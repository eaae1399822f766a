package web

import (
	"errors"
	"log/slog"
	"net/http"

	"github.com/lantu-kg/lantu/access"
	"github.com/lantu-kg/lantu/graph/api"
)

// openToRead is the policy unless another is given.
var openToRead = &access.Policy{Anonymous: access.Reader}

// identify tells next, by the request's context, who asks. It refuses a
// credential that does not hold rather than take its sender for nobody.
func identify(policy *access.Policy, logger *slog.Logger, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		caller, err := policy.Request(r)
		switch {
		case errors.Is(err, access.ErrCredential):
			challenge(w.Header())
			refuse(http.StatusUnauthorized, api.CodeUnauthenticated, "Authorization: %v", err).write(w)
		case err != nil:
			logger.ErrorContext(r.Context(), "cannot tell who asks", "error", err)
			refuse(http.StatusServiceUnavailable, api.CodeInternal, "Lantu cannot tell who asks; its log says why. Try again later.").write(w)
		default:
			next.ServeHTTP(w, r.WithContext(access.WithCaller(r.Context(), caller)))
		}
	})
}

// challenge tells, in the headers of a 401, how to show a credential.
func challenge(h http.Header) { h.Set("WWW-Authenticate", "Bearer") }
