package web

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler/transport"
	"github.com/coder/websocket"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"golang.org/x/time/rate"

	"github.com/lantu-kg/lantu/access"
	"github.com/lantu-kg/lantu/graph/api"
)

// Bounds of streams, against clients that are slow or gone.
const (
	initTimeout   = 10 * time.Second // until a websocket says what it wants
	pingInterval  = 25 * time.Second // proxies cut what is silent for a minute
	writeWait     = 10 * time.Second // for each piece: who does not read is dropped
	maxOperations = 100              // of a websocket at a time
	wsProtocol    = "graphql-transport-ws"
	// closeUnauthorized ends a websocket for good: clients come back after others.
	closeUnauthorized = 4401
)

// streams are the connections over which answer comes after answer: websockets,
// and responses of server-sent events.
type streams struct {
	config Config
	life   context.Context // of all streams
	end    context.CancelFunc

	mu     sync.Mutex // guards all below
	counts map[string]int
	total  int
	open   sync.WaitGroup
}

func newStreams(config Config) *streams {
	s := &streams{config: config, counts: map[string]int{}}
	s.life, s.end = context.WithCancel(context.Background())
	return s
}

// close ends all streams and waits for them.
func (s *streams) close() {
	s.mu.Lock()
	s.end()
	s.mu.Unlock()
	s.wait()
}

// wait waits until no stream is open.
func (s *streams) wait() {
	s.mu.Lock()
	open := &s.open // the lock puts this after what was counted so far
	s.mu.Unlock()
	open.Wait()
}

// enter counts a stream of a client until leave is called.
func (s *streams) enter(client string) (leave func(), refused *refusal) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.life.Err() != nil:
		return nil, refuse(http.StatusServiceUnavailable, api.CodeUnavailable, "the server is stopping: ask again when it is back")
	case s.counts[client] >= s.config.StreamsPerClient:
		return nil, refuse(http.StatusTooManyRequests, codeTooManyStreams, "%d streams of yours are open: close some, or put several subscriptions on one websocket", s.config.StreamsPerClient)
	case s.total >= s.config.Streams:
		return nil, refuse(http.StatusServiceUnavailable, codeTooManyStreams, "%d streams are open, as many as this server bears: ask again later, or now and then instead", s.config.Streams)
	}
	s.counts[client]++
	s.total++
	s.open.Add(1)
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.counts[client]--; s.counts[client] == 0 {
			delete(s.counts, client)
		}
		s.total--
		s.open.Done()
	}, nil
}

// serve answers by a stream.
func (s *streams) serve(w http.ResponseWriter, r *http.Request, next http.Handler) {
	leave, refused := s.enter(clientOf(r))
	if refused != nil {
		if refused.status == http.StatusServiceUnavailable || refused.status == http.StatusTooManyRequests {
			w.Header().Set("Retry-After", "30")
		}
		refused.write(w)
		return
	}
	defer leave()
	caller, _ := access.CallerOf(r.Context())
	shown := &credential{config: s.config, header: r.Header.Get("Authorization"), caller: caller}
	ctx, cancel := context.WithCancel(context.WithValue(api.WithStream(r.Context()), credentialKey{}, shown))
	defer cancel()
	defer context.AfterFunc(s.life, cancel)()
	// The times of the server are meant for requests that are answered once.
	_ = http.NewResponseController(w).SetReadDeadline(time.Time{}) // what cannot be set holds on
	timely := &timelyWriter{ResponseWriter: w, life: s.life, check: func() error { return shown.check(ctx) }, end: cancel}
	defer timely.done()
	next.ServeHTTP(timely, r.WithContext(ctx))
	if revoked := timely.done(); (revoked || s.life.Err() != nil) && !timely.hijacked {
		// Cut off, not complete: clients come back, when the server does or to be
		// told that their key does not hold.
		panic(http.ErrAbortHandler)
	}
}

// credential is what a stream was opened with. It is looked at again whenever
// something goes over the stream: it may be taken away while the stream is open.
type credential struct {
	config Config

	mu     sync.Mutex // guards all below
	header string     // "" of who shows none, whose role does not change
	caller access.Caller
}

type credentialKey struct{}

var errRevoked = fmt.Errorf("%w any more", access.ErrCredential)

// ask tells whose a credential is.
func (c *credential) ask(ctx context.Context, header string) (access.Caller, error) {
	caller, err := c.config.Access.Credential(ctx, header)
	if err != nil && !errors.Is(err, access.ErrCredential) {
		c.config.Logger.ErrorContext(ctx, "cannot tell who asks", "error", err)
	}
	return caller, err
}

// show takes another credential in place of the one before.
func (c *credential) show(ctx context.Context, header string) (access.Caller, error) {
	caller, err := c.ask(ctx, header)
	if err == nil {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.header, c.caller = header, caller
	}
	return caller, err
}

// check tells why the credential does not hold any more.
func (c *credential) check(ctx context.Context) error {
	c.mu.Lock()
	header, before := c.header, c.caller
	c.mu.Unlock()
	if header == "" {
		return nil
	}
	caller, err := c.ask(ctx, header)
	if err == nil && caller != before {
		err = errRevoked
	}
	return err
}

// timelyWriter gives each piece of a stream its time to be taken.
type timelyWriter struct {
	http.ResponseWriter
	life     context.Context
	check    func() error // tells why no more may be sent
	end      context.CancelFunc
	hijacked bool

	mu            sync.Mutex // guards all below
	over, revoked bool
}

var errOver = errors.New("the stream is over")

func (w *timelyWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// Write writes a piece, unless the stream is over: a late ping must not meet a
// connection that is used for something else.
func (w *timelyWriter) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.over || w.life.Err() != nil {
		return 0, errOver
	}
	if err := w.check(); err != nil {
		w.over, w.revoked = true, true
		w.end()
		return 0, err
	}
	_ = http.NewResponseController(w.ResponseWriter).SetWriteDeadline(time.Now().Add(writeWait))
	return w.ResponseWriter.Write(p)
}

// Flush sends what was written. If that fails, net/http ends the request's
// context, and the stream with it.
func (w *timelyWriter) Flush() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.over && w.life.Err() == nil {
		_ = http.NewResponseController(w.ResponseWriter).Flush()
	}
}

// done ends the stream, and tells whether its credential was taken away before.
func (w *timelyWriter) done() (revoked bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.over = true
	return w.revoked
}

// Hijack hands out the connection of a websocket.
func (w *timelyWriter) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	connection, buffers, err := http.NewResponseController(w.ResponseWriter).Hijack()
	if err != nil {
		return nil, nil, err
	}
	w.hijacked = true
	timely := timelyConn{connection}
	return timely, bufio.NewReadWriter(buffers.Reader, bufio.NewWriter(timely)), nil
}

// timelyConn gives each write its time. The first that is not taken in it ends the
// connection: what is read from it would be answered in vain.
type timelyConn struct{ net.Conn }

func (c timelyConn) Write(p []byte) (int, error) {
	if err := c.SetWriteDeadline(time.Now().Add(writeWait)); err != nil {
		return 0, err
	}
	n, err := c.Conn.Write(p)
	if err != nil {
		_ = c.Close()
	}
	return n, err
}

func isWebsocket(r *http.Request) bool {
	return strings.EqualFold(r.Header.Get("Upgrade"), "websocket")
}

// checkWebsocket refuses a websocket that could not be opened.
func checkWebsocket(r *http.Request) *refusal {
	protocols := strings.Split(strings.Join(r.Header.Values("Sec-WebSocket-Protocol"), ","), ",")
	switch {
	case r.Method != http.MethodGet || !r.ProtoAtLeast(1, 1) || !strings.Contains(strings.ToLower(r.Header.Get("Connection")), "upgrade") ||
		r.Header.Get("Sec-WebSocket-Version") != "13" || r.Header.Get("Sec-WebSocket-Key") == "":
		return refuse(http.StatusBadRequest, codeBadRequest, "this is no opening of a websocket (RFC 6455, version 13)")
	case !slices.ContainsFunc(protocols, func(p string) bool { return strings.TrimSpace(p) == wsProtocol }):
		return refuse(http.StatusBadRequest, codeBadRequest, "open the websocket with the protocol %s, as the npm package graphql-ws does", wsProtocol)
	}
	return nil
}

// newWebsocket answers over websockets, by the protocol graphql-transport-ws.
func newWebsocket(life context.Context) transport.Websocket {
	return transport.Websocket{
		Implementation:   acceptor{life},
		InitTimeout:      initTimeout,
		PingPongInterval: pingInterval,
		InitFunc: func(ctx context.Context, payload transport.InitPayload) (context.Context, *transport.InitPayload, error) {
			header := payload.Authorization()
			if header == "" {
				return ctx, nil, nil // who asks is who opened it
			}
			caller, err := ctx.Value(credentialKey{}).(*credential).show(ctx, header)
			if err != nil {
				return transport.AppendCloseReason(transport.WithWebsocketCloseCode(ctx, closeUnauthorized), "Unauthorized: the Authorization is not accepted"), nil, err
			}
			return access.WithCaller(ctx, caller), nil, nil
		},
	}
}

// acceptor opens websockets. Whose page asks was looked at before.
type acceptor struct{ life context.Context }

// Accept opens a websocket.
func (a acceptor) Accept(w http.ResponseWriter, r *http.Request, _ transport.WebsocketAcceptOptions) (transport.WebsocketConn, error) {
	opened, err := transport.CoderWebsocketImplementation{AcceptOptions: websocket.AcceptOptions{InsecureSkipVerify: true}}.Accept(w, r,
		transport.WebsocketAcceptOptions{Subprotocols: []string{wsProtocol}})
	if err != nil {
		return nil, err
	}
	return socket{opened.(bounded), r.Context(), a.life}, nil
}

// bounded is a websocket whose reading has bounds.
type bounded interface {
	transport.WebsocketConn
	transport.WebsocketReadLimiter
	transport.WebsocketReadDeadliner
}

// socket is a websocket that is closed when its credential does not hold any more,
// and tells its client to come back when the server does.
type socket struct {
	bounded
	ctx  context.Context // of who asks
	life context.Context
}

func (s socket) NextReader() (int, io.Reader, error) {
	kind, reader, err := s.bounded.NextReader()
	if err == nil {
		err = s.check()
	}
	return kind, reader, err
}

func (s socket) WriteJSON(v any) error {
	if err := s.check(); err != nil {
		return err
	}
	return s.bounded.WriteJSON(v)
}

func (s socket) check() error {
	err := s.ctx.Value(credentialKey{}).(*credential).check(s.ctx)
	switch {
	case errors.Is(err, access.ErrCredential):
		_ = s.WriteClose(closeUnauthorized, "Unauthorized: the Authorization is not accepted any more")
	case err != nil:
		_ = s.WriteClose(int(websocket.StatusTryAgainLater), "cannot tell who asks")
	}
	return err
}

func (s socket) WriteClose(code int, reason string) error {
	if s.life.Err() != nil {
		code, reason = int(websocket.StatusGoingAway), "the server is stopping"
	}
	return s.bounded.WriteClose(code, reason)
}

// operations bounds what is asked over one websocket, as requests are bounded.
type operations struct {
	bucket *rate.Limiter // nil for any rate

	mu     sync.Mutex // guards active
	active int
}

type operationsKey struct{}

func withOperations(ctx context.Context, bucket *rate.Limiter) context.Context {
	return context.WithValue(ctx, operationsKey{}, &operations{bucket: bucket})
}

// perSocket applies the bounds of a websocket's operations.
type perSocket struct{}

var (
	_ graphql.OperationParameterMutator = perSocket{}
	_ graphql.OperationInterceptor      = perSocket{}
)

func (perSocket) ExtensionName() string                   { return "PerSocket" }
func (perSocket) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationParameters refuses what comes too fast, before it is parsed.
func (perSocket) MutateOperationParameters(ctx context.Context, _ *graphql.RawParams) *gqlerror.Error {
	o, ok := ctx.Value(operationsKey{}).(*operations)
	if !ok || o.bucket == nil || o.bucket.Allow() {
		return nil
	}
	return failure(codeRateLimited, "too many operations a minute: go on more slowly, and ask for more at a time")
}

// InterceptOperation refuses what is too much at a time.
func (perSocket) InterceptOperation(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	o, ok := ctx.Value(operationsKey{}).(*operations)
	if !ok {
		return next(ctx)
	}
	o.mu.Lock()
	tooMany := o.active >= maxOperations
	if !tooMany {
		o.active++
	}
	o.mu.Unlock()
	if tooMany {
		return graphql.OneShot(&graphql.Response{Errors: gqlerror.List{
			failure(codeTooManyStreams, "%d operations are under way on this websocket: end some first", maxOperations),
		}})
	}
	context.AfterFunc(ctx, func() {
		o.mu.Lock()
		defer o.mu.Unlock()
		o.active--
	})
	return next(ctx)
}

func failure(code, format string, args ...any) *gqlerror.Error {
	err := gqlerror.Errorf(format, args...)
	err.Extensions = map[string]any{"code": code}
	return err
}
