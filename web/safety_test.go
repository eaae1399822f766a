package web

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lantu-kg/lantu/graph/api"
)

// pipes is a listener whose connections are in memory: as many as are wanted,
// whatever the limit of open files.
type pipes chan net.Conn

func (p pipes) Accept() (net.Conn, error) {
	c, ok := <-p
	if !ok {
		return nil, net.ErrClosed
	}
	return c, nil
}

func (pipes) Close() error   { return nil }
func (pipes) Addr() net.Addr { return &net.UnixAddr{Name: "memory"} }

// connect opens a connection.
func (p pipes) connect() net.Conn {
	client, server := net.Pipe()
	p <- server
	return client
}

// memory gives what is in use, in bytes.
func memory() int {
	runtime.GC()
	runtime.GC() // what the first swept goes back
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc + m.StackInuse)
}

const subscribing = `{"query": "subscription { graphChanged { id } }"}`

func sseRequest(body string) string {
	return fmt.Sprintf("POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAccept: text/event-stream\r\nContent-Length: %d\r\n\r\n%s", len(body), body)
}

// TestIdleSubscriptions opens 10,000 subscriptions that wait for something to
// happen. It prints what each takes, the client's end of the pipe included.
func TestIdleSubscriptions(t *testing.T) {
	const n, bound = 10_000, 96 << 10
	handler := New(Config{Store: newStore(t), Logger: silent, Streams: n, StreamsPerClient: n})
	listener := make(pipes)
	server := newServer(handler)
	go func() { _ = server.Serve(listener) }()
	before := memory()
	var clients []net.Conn
	for range n {
		c := listener.connect()
		clients = append(clients, c)
		if _, err := io.WriteString(c, sseRequest(subscribing)); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range clients {
		lines := bufio.NewReaderSize(c, 16)
		for line := ""; !strings.HasPrefix(line, ":"); { // the stream is open
			text, err := lines.ReadString('\n')
			if err != nil {
				t.Fatal(err)
			}
			line = text
		}
	}
	each := (memory() - before) / n
	t.Logf("%d idle subscriptions take %d bytes each", n, each)
	if each > bound {
		t.Errorf("each takes %d bytes, more than %d", each, bound)
	}
	// One more is refused.
	c := listener.connect()
	if _, err := io.WriteString(c, sseRequest(subscribing)); err != nil {
		t.Fatal(err)
	}
	response, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		t.Fatal(err)
	}
	if body, _ := io.ReadAll(response.Body); response.StatusCode != http.StatusTooManyRequests || !strings.Contains(string(body), codeTooManyStreams) {
		t.Errorf("one more: %d %s", response.StatusCode, body)
	}
	_ = response.Body.Close()
	for _, c := range append(clients, c) {
		_ = c.Close()
	}
	handler.streams.wait()
	if err := handler.Close(); err != nil {
		t.Error(err)
	}
	close(listener)
	_ = server.Close()
	if left := memory() - before; left > n*each/2 {
		t.Errorf("%d bytes are left when all have gone", left)
	}
}

// TestSlowClients has clients that take their time, in a time of its own: each is
// let go, after the time that the server's bounds give it.
func TestSlowClients(t *testing.T) {
	const drip = "a"
	json := "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n"
	form := "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 100000\r\n\r\n--x\r\n"
	opening := "GET /graphql HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: " + wsProtocol + "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
	for _, test := range []struct {
		name, sends string
		drips       bool // goes on byte by byte
		reads       bool
		within      time.Duration
		says        string
	}{
		{"says nothing", "", false, true, headerTimeout, ""},
		{"headers byte by byte", "POST /graphql HTTP/1.1\r\nX-", true, true, headerTimeout, ""},
		{"a body byte by byte", json, true, true, readTimeout, codeBadRequest},
		{"a form byte by byte", form, true, true, uploadTimeout, codeBadRequest},
		{"asks and never reads", sseRequest(subscribing), false, false, writeWait, ""},
		{"a websocket that says nothing", opening, false, true, initTimeout + 5*time.Second, "101 Switching Protocols"},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				handler := New(Config{Store: newStore(t), Logger: silent, Access: openToAll, Loader: make(gate)})
				listener := make(pipes)
				server := newServer(handler)
				go func() { _ = server.Serve(listener) }()
				c := listener.connect()
				start := time.Now()
				var said bytes.Buffer
				over := make(chan struct{})
				go func() {
					defer close(over)
					_, _ = io.WriteString(c, test.sends)
					for test.drips {
						time.Sleep(time.Second)
						if _, err := io.WriteString(c, drip); err != nil {
							break
						}
					}
				}()
				if test.reads {
					_, _ = io.Copy(&said, c)
				} else {
					time.Sleep(time.Second)
					handler.streams.wait()
				}
				if took := time.Since(start); took > test.within+2*time.Second {
					t.Errorf("let go after %v", took)
				}
				if !strings.Contains(said.String(), test.says) {
					t.Errorf("was told %q", said.String())
				}
				_ = c.Close()
				<-over
				close(listener)
				if err := handler.Close(); err != nil {
					t.Error(err)
				}
				_ = server.Close()
			})
		})
	}
}

// TestHostileRequests asks for too much, or what never ends. Each is refused with
// a code, or answered in bounds; the memory that it takes is measured.
func TestHostileRequests(t *testing.T) {
	handler := New(Config{Store: newStore(t), Logger: silent})
	repeat := func(n int, format string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	laughs := "{ ...f0 } fragment f30 on Query { parks { totalCount } } "
	for i := range 30 {
		laughs += fmt.Sprintf("fragment f%d on Query { a%d: parks { nodes { region { id } } } ...f%d ...f%d } ", i, i, i+1, i+1)
	}
	introspection := `__schema { types { name fields { name args { name type { name } } type { name ofType { name } } } } }`
	list := func(n int) []string { return make([]string, n) }
	nested := any("x")
	for range 5000 {
		nested = []any{nested}
	}
	const bound = 128 << 20 // of all that is allocated, one after the other
	for _, test := range []struct {
		name, query string
		variables   map[string]any
		code        string // "" when it is answered
	}{
		{"a thousand aliases", "{" + repeat(1000, "a%d: parks { totalCount } ") + "}", nil, ""},
		{"a thousand aliases of work", "{" + repeat(1000, "a%d: commitments { totalCount } ") + "}", nil, api.CodeQueryTooComplex},
		{"aliases of values in lists", "{ entities(first: 100) { nodes { claims(first: 100) { nodes { " + repeat(2500, "a%d: id ") + "} } } } }", nil, api.CodeQueryTooComplex},
		{"lists in lists", "{ parks(first: 100) { nodes { enterprises(first: 100) { nodes { claims(first: 100) { nodes { id } } } } } } }", nil, api.CodeQueryTooComplex},
		{"deep", "{ places { nodes " + strings.Repeat("{ parent ", 200) + "{ id }" + strings.Repeat("}", 200) + "} }", nil, api.CodeQueryTooDeep},
		{"deeper than can be read", strings.Repeat("{ a ", 12_000), nil, "GRAPHQL_PARSE_FAILED"},
		{"a cycle of fragments", "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }", nil, "GRAPHQL_VALIDATION_FAILED"},
		{"fragments twice in each other", laughs, nil, api.CodeQueryTooComplex},
		{"a long query", "{ parks { totalCount } } #" + strings.Repeat("x", 100_000), nil, api.CodeQueryTooLarge},
		{"many words", "{" + strings.Repeat(" a", 20_000) + "}", nil, "GRAPHQL_PARSE_FAILED"},
		{"many directives", "{ parks " + strings.Repeat("@include(if: true) ", 900) + "{ totalCount } }", nil, "GRAPHQL_VALIDATION_FAILED"},
		{"a giant variable", "query ($q: String!) { search(query: $q) { totalCount } }", map[string]any{"q": strings.Repeat("园", 300_000)}, api.CodeBadUserInput},
		{"a variable beyond all bounds", "query ($q: String!) { search(query: $q) { totalCount } }", map[string]any{"q": strings.Repeat("x", maxBody)}, codeBodyTooLarge},
		{"a long list", "query ($i: [ID!]!) { nodes(ids: $i) { id } }", map[string]any{"i": list(300_000)}, api.CodeBadUserInput},
		{"a deep variable", "query ($i: [ID!]!) { nodes(ids: $i) { id } }", map[string]any{"i": nested}, "GRAPHQL_VALIDATION_FAILED"},
		{"introspection", "{" + introspection + "}", nil, ""},
		{"an introspection storm", "{" + repeat(200, "a%d: "+introspection+" ") + "}", nil, api.CodeQueryTooComplex},
		{"a storm inside", "{ __schema { " + repeat(200, "a%d: types { fields { args { name } } } ") + "} }", nil, api.CodeQueryTooComplex},
		{"deep introspection", "{ __schema { types { fields { type { fields { type { fields { type { name } } } } } } } } }", nil, "GRAPHQL_VALIDATION_FAILED"},
	} {
		body, err := json.Marshal(map[string]any{"query": test.query, "variables": test.variables})
		if err != nil {
			t.Fatal(err)
		}
		ask := func() *httptest.ResponseRecorder {
			return do(t, handler, http.MethodPost, "/graphql", string(body), "Content-Type", "application/json")
		}
		ask() // builds what is kept for later
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		w := ask()
		runtime.ReadMemStats(&after)
		took := after.TotalAlloc - before.TotalAlloc
		t.Logf("%s: %d bytes of answer, %d bytes of memory", test.name, w.Body.Len(), took)
		if got := codeOf(t, w); got != test.code {
			t.Errorf("%s: code %q, want %q: %.200s", test.name, got, test.code, w.Body)
		}
		if took > bound {
			t.Errorf("%s: takes %d bytes", test.name, took)
		}
	}
}
