package web

import (
	"context"
	"fmt"
	"math"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/hashicorp/golang-lru/v2/simplelru"
	"github.com/rs/cors"
	"golang.org/x/time/rate"
)

// protect lets the pages of the origins named ask, refuses those of others to
// send anything that a browser would send unasked, and bounds how often each
// client may ask.
func protect(config Config, next http.Handler) http.Handler {
	if config.RatePerMinute > 0 {
		next = newLimiter(config.RatePerMinute).limit(next)
	}
	same := http.NewCrossOriginProtection()
	for _, origin := range config.Origins {
		if err := same.AddTrustedOrigin(origin); err != nil {
			config.Logger.Error("an origin cannot be used", "origin", origin, "error", err)
		}
	}
	same.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		refuse(http.StatusForbidden, codeCrossOrigin, "pages of other origins may not ask here: whoever runs this server allows yours with --origin").write(w)
	}))
	next = openingAsPost(same, next)
	if len(config.Origins) == 0 {
		return next
	}
	inner := next
	return cors.New(cors.Options{
		AllowedOrigins: config.Origins,
		AllowedMethods: []string{http.MethodGet, http.MethodPost},
		AllowedHeaders: []string{"Accept", "Authorization", "Content-Type"},
		ExposedHeaders: []string{"RateLimit", "RateLimit-Policy", "Retry-After"},
		MaxAge:         int((10 * time.Minute).Seconds()),
	}).Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if w.Header().Get("Access-Control-Allow-Origin") != "" {
			w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
		}
		inner.ServeHTTP(w, r)
	}))
}

// openingAsPost applies the protection to websockets as well: they are opened by
// GET, which it lets through.
func openingAsPost(same *http.CrossOriginProtection, next http.Handler) http.Handler {
	protected := same.Handler(next)
	socket := same.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		opening := *r
		opening.Method = http.MethodGet
		next.ServeHTTP(w, &opening)
	}))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if isWebsocket(r) && r.Method == http.MethodGet {
			opening := *r
			opening.Method = http.MethodPost
			socket.ServeHTTP(w, &opening)
			return
		}
		protected.ServeHTTP(w, r)
	})
}

// CheckOrigin tells what is wrong with an origin, nil when it can be used.
func CheckOrigin(origin string) error {
	return http.NewCrossOriginProtection().AddTrustedOrigin(origin)
}

// maxClients is how many clients are told apart at a time; of more, those that
// have been silent longest are forgotten.
const maxClients = 10_000

// limiter bounds how often each client asks, by token buckets that hold a
// minute's worth.
type limiter struct {
	perMinute int
	mu        sync.Mutex // guards clients
	clients   *simplelru.LRU[string, *rate.Limiter]
}

func newLimiter(perMinute int) *limiter {
	clients, err := simplelru.NewLRU[string, *rate.Limiter](maxClients, nil)
	if err != nil {
		panic(err) // of a size below 1
	}
	return &limiter{perMinute: perMinute, clients: clients}
}

func (l *limiter) of(client string) *rate.Limiter {
	l.mu.Lock()
	defer l.mu.Unlock()
	bucket, ok := l.clients.Get(client)
	if !ok {
		bucket = rate.NewLimiter(rate.Limit(float64(l.perMinute)/60), l.perMinute)
		l.clients.Add(client, bucket)
	}
	return bucket
}

// limit tells in each response what is left (RateLimit and RateLimit-Policy, of
// the IETF's draft-ietf-httpapi-ratelimit-headers) and refuses what is too much.
func (l *limiter) limit(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		bucket := l.of(clientOf(r))
		allowed := bucket.Allow()
		left := max(bucket.Tokens(), 0)
		full := math.Ceil((float64(l.perMinute) - left) * 60 / float64(l.perMinute))
		w.Header().Set("RateLimit-Policy", fmt.Sprintf(`"minute";q=%d;w=60`, l.perMinute))
		w.Header().Set("RateLimit", fmt.Sprintf(`"minute";r=%d;t=%.0f`, int(left), full))
		if !allowed {
			wait := max(math.Ceil((1-left)*60/float64(l.perMinute)), 1)
			w.Header().Set("Retry-After", fmt.Sprintf("%.0f", wait))
			refuse(http.StatusTooManyRequests, codeRateLimited, "more than %d requests a minute: go on in %.0f seconds, and ask for more at a time", l.perMinute, wait).write(w)
			return
		}
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), bucketKey{}, bucket)))
	})
}

type bucketKey struct{}

// bucketOf gives the bucket of whoever asks, nil when there is no bound.
func bucketOf(ctx context.Context) *rate.Limiter {
	bucket, _ := ctx.Value(bucketKey{}).(*rate.Limiter)
	return bucket
}

// clientOf gives the address of whoever asks.
func clientOf(r *http.Request) string {
	client, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return client
}

// behind gives next each request as from the client that a proxy asks for: the
// last address of X-Forwarded-For that is none of the proxies. What stands before
// it anybody can have written.
func behind(proxies []netip.Prefix, next http.Handler) http.Handler {
	isProxy := func(client netip.Addr) bool {
		return slices.ContainsFunc(proxies, func(p netip.Prefix) bool { return p.Contains(client) })
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		client, err := netip.ParseAddr(clientOf(r))
		client = client.Unmap()
		if err != nil || !isProxy(client) {
			next.ServeHTTP(w, r)
			return
		}
		hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
		for _, hop := range slices.Backward(hops) {
			before, err := netip.ParseAddr(strings.TrimSpace(hop))
			if err != nil {
				break
			}
			if client = before.Unmap(); !isProxy(client) {
				break
			}
		}
		request := *r
		request.RemoteAddr = client.String()
		next.ServeHTTP(w, &request)
	})
}
