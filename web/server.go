// Package web serves the GraphQL API over HTTP, with the explorer and GraphiQL
// from inside the binary and health checks.
package web

import (
	"cmp"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"runtime/debug"
	"time"

	"github.com/lantu-kg/lantu/access"
	"github.com/lantu-kg/lantu/graph/api"
)

// Config says what to serve.
type Config struct {
	// Store is what queries are answered from.
	Store api.Store
	// Access decides who may do what; everyone may read when nil.
	Access *access.Policy
	// Logger takes what goes wrong; slog.Default when nil.
	Logger *slog.Logger
	// QueryTimeout bounds how long a query may take; 30 seconds when zero.
	QueryTimeout time.Duration
	// Origins are those whose pages may ask, such as https://app.example.cn,
	// beside pages of this server.
	Origins []string
	// Proxies are those that are believed when they say (in X-Forwarded-For) whom
	// they ask for.
	Proxies []netip.Prefix
	// RatePerMinute is how many requests a minute each client may make; without
	// a bound when zero.
	RatePerMinute int
	// Trusted are documents that are known beforehand.
	Trusted api.Trusted
	// BaseURL is where users find this server, such as https://lantu.example.cn:
	// permalinks begin with it.
	BaseURL string
	// Loader reads files that are sent; none are taken when nil.
	Loader api.Loader
	// MaxUpload bounds the bytes of a request that sends files; 256 MiB when zero.
	MaxUpload int64
	// AnswerBytes bounds the answers that are kept for when the same is asked again;
	// see [api.Options].
	AnswerBytes int
	// Streams is how many websockets and streams of server-sent events may be open
	// at a time, StreamsPerClient how many of one client; 1,000 and 100 when zero.
	Streams, StreamsPerClient int
}

const (
	defaultMaxUpload        = 256 << 20
	defaultStreams          = 1000
	defaultStreamsPerClient = 100
)

// Handler answers requests, and does what goes on between them.
type Handler struct {
	http.Handler
	service *api.Service
	streams *streams
}

// Close ends what goes on between requests, and waits for it.
func (h *Handler) Close() error {
	h.streams.close()
	h.service.Close()
	return nil
}

// Warm prepares for the first query, which otherwise waits longer than others.
func (h *Handler) Warm(ctx context.Context) error { return h.service.Warm(ctx) }

const readyTimeout = 5 * time.Second

// New returns a handler that serves
//
//	/          the explorer, and its other addresses; unbuilt, a page that links to the others
//	/graphql   GraphQL over HTTP, by GET and POST
//	/graphiql  GraphiQL, without a request to anywhere else
//	/report/ID where permalinks lead
//	/healthz   200 while the process is up
//	/readyz    200 while the store answers, else 503
//
// Close it when no more requests come.
func New(config Config) *Handler {
	if config.Logger == nil {
		config.Logger = slog.Default()
	}
	config.Access = cmp.Or(config.Access, openToRead)
	config.MaxUpload = cmp.Or(config.MaxUpload, defaultMaxUpload)
	config.Streams = cmp.Or(config.Streams, defaultStreams)
	config.StreamsPerClient = cmp.Or(config.StreamsPerClient, defaultStreamsPerClient)
	streams := newStreams(config)
	service := api.New(config.Store, api.Options{
		Logger: config.Logger, Timeout: config.QueryTimeout, Trusted: config.Trusted, BaseURL: config.BaseURL, Loader: config.Loader,
		AnswerBytes: config.AnswerBytes,
	})
	graphiql := newGraphiQL(graphiqlFiles)
	mux := http.NewServeMux()
	handler, err := handleExplorer(mux, explorerFiles)
	if err != nil {
		panic(err) // of a build that a test refuses
	}
	mux.Handle("/graphql", newGraphQL(config, service, streams))
	mux.HandleFunc("GET /graphiql", graphiql.page)
	mux.HandleFunc("GET /graphiql/{file}", graphiql.file)
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		writeJSON(w, http.StatusOK, health{Status: "ok"})
	})
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), readyTimeout)
		defer cancel()
		if _, err := config.Store.Version(ctx); err != nil {
			config.Logger.ErrorContext(ctx, "store does not answer", "error", err)
			writeJSON(w, http.StatusServiceUnavailable, health{"unavailable", "the store does not answer; the log says why"})
			return
		}
		writeJSON(w, http.StatusOK, health{Status: "ready"})
	})
	return &Handler{guard(config.Logger, behind(config.Proxies, handler)), service, streams}
}

type health struct {
	Status string `json:"status"`
	Reason string `json:"reason,omitempty"`
}

func writeJSON(w http.ResponseWriter, status int, body any) {
	text, err := json.Marshal(body)
	if err != nil {
		panic(err) // what is written here always marshals
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(append(text, '\n')) // an error here is the client gone
}

//go:embed home.html
var homePage []byte

func home(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
	_, _ = w.Write(homePage)
}

// reportQuery shows what a permalink leads to.
const reportQuery = `query Permalink($report: ID!, $passage: ID!) {
  node(id: $passage) { ... on Passage { before text after section { heading } } }
  report(id: $report) { title date file }
}`

// openReport shows a passage of a report in GraphiQL.
func openReport(w http.ResponseWriter, r *http.Request) {
	variables, err := json.Marshal(map[string]string{"report": r.PathValue("id"), "passage": r.FormValue("passage")})
	if err != nil {
		panic(err) // strings always marshal
	}
	http.Redirect(w, r, "/graphiql?"+url.Values{"query": {reportQuery}, "variables": {string(variables)}}.Encode(), http.StatusSeeOther)
}

// guard sets the headers that every response has, and turns a panic into a
// 500.
func guard(logger *slog.Logger, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("X-Frame-Options", "DENY")
		header.Set("Referrer-Policy", "no-referrer")
		header.Set("Cross-Origin-Opener-Policy", "same-origin")
		header.Set("Cross-Origin-Resource-Policy", "same-origin")
		header.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		defer func() {
			panicked := recover()
			if panicked == nil {
				return
			}
			if err, ok := panicked.(error); ok && errors.Is(err, http.ErrAbortHandler) {
				panic(panicked)
			}
			logger.ErrorContext(r.Context(), "request panicked", "path", r.URL.Path, "panic", panicked, "stack", string(debug.Stack()))
			http.Error(w, "Lantu failed to answer this; its log says why.", http.StatusInternalServerError)
		}()
		next.ServeHTTP(w, r)
	})
}

// Bounds of a connection, against clients that are slow or idle on purpose.
const (
	headerTimeout = 10 * time.Second
	readTimeout   = 30 * time.Second
	writeTimeout  = 90 * time.Second
	idleTimeout   = 2 * time.Minute
	maxHeader     = 64 << 10
	drainTimeout  = 10 * time.Second
)

// Serve answers the connections of listener until ctx is done. Then it takes
// no more, closes a handler that can be closed, waits up to ten seconds for it and
// for the requests under way and returns nil, or an error that says that some had
// to be cut off.
func Serve(ctx context.Context, listener net.Listener, handler http.Handler) error {
	return serve(ctx, listener, handler, drainTimeout)
}

// newServer gives a server with bounds for each connection.
func newServer(handler http.Handler) *http.Server {
	return &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeader,
	}
}

func serve(ctx context.Context, listener net.Listener, handler http.Handler, drain time.Duration) error {
	server := newServer(handler)
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return fmt.Errorf("web: cannot serve on %s: %w", listener.Addr(), err)
	case <-ctx.Done():
	}
	draining, cancel := context.WithTimeout(context.WithoutCancel(ctx), drain)
	defer cancel()
	closed := make(chan error, 1)
	go func() {
		if closer, ok := handler.(io.Closer); ok {
			closed <- closer.Close()
		} else {
			closed <- nil
		}
	}()
	err := server.Shutdown(draining)
	select {
	case closeErr := <-closed:
		err = errors.Join(err, closeErr)
	case <-draining.Done():
		err = draining.Err()
	}
	if err != nil {
		_ = server.Close() // whatever is left is cut off; that it was is the error
		return fmt.Errorf("web: requests still under way after %v were cut off: %w", drain, err)
	}
	return nil
}
