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
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"

	"github.com/lantu-kg/lantu/access"
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

// closeWait is how long whoever is told that a websocket is closed has to say so too.
const closeWait = 5 * time.Second

const subscribing = `{"query": "subscription { graphChanged { id } }"}`

func sseRequest(body string) string {
	return fmt.Sprintf("POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAccept: text/event-stream\r\nContent-Length: %d\r\n\r\n%s", len(body), body)
}

const opening = "GET /graphql HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n" +
	"Sec-WebSocket-Protocol: " + wsProtocol + "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"

// frame gives a message of a client's websocket, of less than 126 bytes, masked
// with zeros.
func frame(message string) string {
	return "\x81" + string([]byte{0x80 | byte(len(message))}) + "\x00\x00\x00\x00" + message
}

var (
	connectionInit = frame(`{"type":"connection_init"}`)
	wsSubscribing  = frame(`{"type":"subscribe","id":"1","payload":` + subscribing + `}`)
	wsPong         = frame(`{"type":"pong"}`)
)

// read reads from a connection until what was read ends with end.
func read(t *testing.T, c io.Reader, end string) {
	t.Helper()
	var got []byte
	for b := make([]byte, 1<<10); !bytes.HasSuffix(got, []byte(end)); {
		n, err := c.Read(b)
		if err != nil {
			t.Fatalf("%v after %q", err, got)
		}
		got = append(got, b[:n]...)
	}
}

func write(t *testing.T, c io.Writer, text string) {
	t.Helper()
	if _, err := io.WriteString(c, text); err != nil {
		t.Fatal(err)
	}
}

// openSocket opens a websocket.
func openSocket(t *testing.T, c io.ReadWriter) {
	t.Helper()
	write(t, c, opening)
	read(t, c, "\r\n\r\n")
	write(t, c, connectionInit)
	read(t, c, `{"type":"connection_ack"}`)
}

// TestIdleSubscriptions opens 10,000 subscriptions that wait for something to
// happen. It prints what each takes, the client's end of the pipe included.
func TestIdleSubscriptions(t *testing.T) {
	for name, subscribe := range map[string]func(t *testing.T, c net.Conn){
		"server-sent events": func(t *testing.T, c net.Conn) {
			write(t, c, sseRequest(subscribing))
			read(t, c, "\r\n:\n\n\r\n")
		},
		"websockets": func(t *testing.T, c net.Conn) {
			openSocket(t, c)
			write(t, c, wsSubscribing)
		},
	} {
		t.Run(name, func(t *testing.T) { idle(t, subscribe) })
	}
}

func idle(t *testing.T, subscribe func(t *testing.T, c net.Conn)) {
	const n, bound = 10_000, 96 << 10
	store := waited{newStore(t), make(chan struct{}, n)}
	handler := New(Config{Store: store, Logger: silent, Streams: n, StreamsPerClient: n})
	listener := make(pipes)
	server := newServer(handler)
	go func() { _ = server.Serve(listener) }()
	before := memory()
	var clients []net.Conn
	for range n {
		c := listener.connect()
		clients = append(clients, c)
		subscribe(t, c)
		<-store.begins
	}
	each := (memory() - before) / n
	t.Logf("%d idle subscriptions take %d bytes each", n, each)
	if each > bound {
		t.Errorf("each takes %d bytes, more than %d", each, bound)
	}
	// One more is refused.
	c := listener.connect()
	write(t, c, sseRequest(subscribing))
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
	json := "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n"
	form := "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 100000\r\n\r\n--x\r\n"
	for _, test := range []struct {
		name, sends string
		drips       string // goes on with this every second
		stops       string // reads no more once it was told this
		within      time.Duration
		says        string
	}{
		{"says nothing", "", "", "", headerTimeout, ""},
		{"headers byte by byte", "POST /graphql HTTP/1.1\r\nX-", "a", "", headerTimeout, ""},
		{"a body byte by byte", json, "a", "", readTimeout, codeBadRequest},
		{"a form byte by byte", form, "a", "", uploadTimeout, codeBadRequest},
		{"asks and never reads", sseRequest(subscribing), "", "HTTP/1.1", writeWait, ""},
		{"a websocket that says nothing", opening, "", "", initTimeout + closeWait, "101 Switching Protocols"},
		{"a websocket that answers no ping", opening + connectionInit + wsSubscribing, "", "", 2 * pingInterval, `{"type":"ping"}`},
		{"a websocket that asks and never reads", opening + connectionInit, wsSubscribing + wsPong, "\r\n\r\n", writeWait, ""},
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
					for test.drips != "" {
						time.Sleep(time.Second)
						if _, err := io.WriteString(c, test.drips); err != nil {
							break
						}
					}
				}()
				if test.stops == "" {
					_, _ = io.Copy(&said, c)
				} else {
					read(t, iotest.OneByteReader(c), test.stops)
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

// TestRevokedIdleKey takes a key away by which nothing was asked for a while: at
// the next ping, in a time of its own, those who showed it are let go.
func TestRevokedIdleKey(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		keys := access.OpenKeys(filepath.Join(t.TempDir(), access.KeysFile))
		secret, key, err := keys.Add("看板", access.Reader, time.Unix(0, 0))
		if err != nil {
			t.Fatal(err)
		}
		handler := New(Config{Store: newStore(t), Logger: silent, Access: &access.Policy{Keys: keys}})
		listener := make(pipes)
		server := newServer(handler)
		go func() { _ = server.Serve(listener) }()
		authorization := "\r\nAuthorization: Bearer " + secret + "\r\n"
		said := map[string]*bytes.Buffer{}
		for name, sends := range map[string]string{
			"server-sent events": strings.Replace(sseRequest(subscribing), "\r\n", authorization, 1),
			"a websocket":        strings.Replace(opening, "\r\n", authorization, 1) + connectionInit + wsSubscribing,
		} {
			c, told := listener.connect(), new(bytes.Buffer)
			said[name] = told
			go func() { _, _ = io.Copy(told, c) }()
			write(t, c, sends)
		}
		synctest.Wait()
		if open := handler.streams.total; open != len(said) {
			t.Errorf("%d streams are open: %v", open, said)
		}
		if err := keys.Revoke(key.ID); err != nil {
			t.Fatal(err)
		}
		time.Sleep(pingInterval + closeWait)
		synctest.Wait()
		if open := handler.streams.total; open != 0 {
			t.Errorf("%d streams are open: %v", open, said)
		}
		if !strings.Contains(said["a websocket"].String(), "Unauthorized") {
			t.Errorf("the websocket was told %q", said["a websocket"])
		}
		close(listener)
		if err := handler.Close(); err != nil {
			t.Error(err)
		}
		_ = server.Close()
	})
}

// TestUnreadWebsocket asks more and more over a websocket and never reads: the
// server takes no more of it, and keeps no more, than what it answers at a time.
func TestUnreadWebsocket(t *testing.T) {
	const most, bound = 100 * maxOperations, 64 << 20
	handler := New(Config{Store: newStore(t), Logger: silent})
	listener := make(pipes)
	server := newServer(handler)
	go func() { _ = server.Serve(listener) }()
	c := listener.connect()
	openSocket(t, c)
	before := memory()
	taken := 0
	for ; taken <= most; taken++ {
		// A test on a slow machine gives up sooner than it must, and passes.
		if err := c.SetWriteDeadline(time.Now().Add(500 * time.Millisecond)); err != nil {
			t.Fatal(err)
		}
		ask := fmt.Sprintf(`{"type":"subscribe","id":"%d","payload":{"query":"{ __schema { types { name description } } }"}}`, taken)
		if _, err := io.WriteString(c, frame(ask)); err != nil {
			break
		}
	}
	took := memory() - before
	t.Logf("took %d questions, and %d bytes for them", taken, took)
	if taken > most || took > bound {
		t.Errorf("took %d questions, and %d bytes for them", taken, took)
	}
	_ = c.Close()
	close(listener)
	if err := handler.Close(); err != nil {
		t.Error(err)
	}
	_ = server.Close()
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
		{"hundreds of aliases", "{" + repeat(320, "a%d: parks { totalCount } ") + "}", nil, ""},
		{"hundreds of aliases of work", "{" + repeat(320, "a%d: commitments { totalCount } ") + "}", nil, api.CodeQueryTooComplex},
		{"aliases of values in lists", "{ entities(first: 100) { nodes { claims(first: 100) { nodes { " + repeat(600, "a%d: id ") + "} } } } }", nil, api.CodeQueryTooComplex},
		{"lists in lists", "{ parks(first: 100) { nodes { enterprises(first: 100) { nodes { claims(first: 100) { nodes { id } } } } } } }", nil, api.CodeQueryTooComplex},
		{"deep", "{ places { nodes " + strings.Repeat("{ parent ", 200) + "{ id }" + strings.Repeat("}", 200) + "} }", nil, api.CodeQueryTooDeep},
		{"deeper than can be read", strings.Repeat("{ a ", 12_000), nil, "GRAPHQL_PARSE_FAILED"},
		{"a cycle of fragments", "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }", nil, "GRAPHQL_VALIDATION_FAILED"},
		{"fragments twice in each other", laughs, nil, api.CodeQueryTooComplex},
		{"a long query", "{ parks { totalCount } } #" + strings.Repeat("x", 100_000), nil, api.CodeQueryTooLarge},
		{"many words", "{" + strings.Repeat(" a", 20_000) + "}", nil, "GRAPHQL_PARSE_FAILED"},
		{"one field again and again", "{ parks { nodes { " + strings.Repeat("id ", 9_990) + "} } }", nil, "GRAPHQL_PARSE_FAILED"},
		{"one field as often as can be", "{ parks { nodes { " + strings.Repeat("id ", 1_990) + "} } }", nil, ""},
		{"many directives", "{ parks " + strings.Repeat("@include(if: true) ", 250) + "{ totalCount } }", nil, "GRAPHQL_VALIDATION_FAILED"},
		{"a giant variable", "query ($q: String!) { search(query: $q) { totalCount } }", map[string]any{"q": strings.Repeat("园", 300_000)}, api.CodeBadUserInput},
		{"a variable beyond all bounds", "query ($q: String!) { search(query: $q) { totalCount } }", map[string]any{"q": strings.Repeat("x", maxBody)}, codeBodyTooLarge},
		{"a long list", "query ($i: [ID!]!) { nodes(ids: $i) { id } }", map[string]any{"i": list(300_000)}, api.CodeBadUserInput},
		{"a deep variable", "query ($i: [ID!]!) { nodes(ids: $i) { id } }", map[string]any{"i": nested}, "GRAPHQL_VALIDATION_FAILED"},
		{"introspection", "{" + introspection + "}", nil, ""},
		{"an introspection storm", "{" + repeat(60, "a%d: "+introspection+" ") + "}", nil, api.CodeQueryTooComplex},
		{"a storm inside", "{ __schema { " + repeat(140, "a%d: types { fields { args { name } } } ") + "} }", nil, api.CodeQueryTooComplex},
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
