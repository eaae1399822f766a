package web

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"

	"github.com/lantu-kg/lantu/access"
	"github.com/lantu-kg/lantu/graph/api"
	"github.com/lantu-kg/lantu/schema"
)

// gate is a Loader whose reports wait to be let through.
type gate chan struct{}

func (g gate) Open(name string, _ io.ReaderAt, _ int64) ([]api.Pending, error) {
	return []api.Pending{{Name: name, Load: func(ctx context.Context, _ schema.ChangeRecord) (api.Loaded, error) {
		select {
		case <-g:
			return api.Loaded{Entities: 1}, nil
		case <-ctx.Done():
			return api.Loaded{}, ctx.Err()
		}
	}}}, nil
}

// serving serves what config says until the test ends.
func serving(t *testing.T, config Config) (handler *Handler, url string) {
	t.Helper()
	config.Logger = silent
	if config.Store == nil {
		config.Store = newStore(t)
	}
	handler = New(config)
	server := httptest.NewServer(handler)
	t.Cleanup(func() {
		if err := handler.Close(); err != nil {
			t.Error(err)
		}
		server.Close()
	})
	return handler, server.URL + "/graphql"
}

// loading begins a job of n files.
func loading(t *testing.T, url string, n int) (id string) {
	t.Helper()
	names, places, nulls := []part{}, map[string][]string{}, make([]any, n)
	for i := range n {
		key := fmt.Sprint("f", i)
		names = append(names, part{key, key + ".txt", "报告"})
		places[key] = []string{fmt.Sprint("variables.f.", i)}
	}
	operations, err := json.Marshal(map[string]any{
		"query": "mutation ($f: [Upload!]!) { loadReport(input: {files: $f}) { id } }", "variables": map[string]any{"f": nulls},
	})
	if err != nil {
		t.Fatal(err)
	}
	mapped, err := json.Marshal(places)
	if err != nil {
		t.Fatal(err)
	}
	body, media := form(t, append([]part{{"operations", "", string(operations)}, {"map", "", string(mapped)}}, names...)...)
	response := post(t, url, body, "Content-Type", media)
	defer func() { _ = response.Body.Close() }()
	var answer struct {
		Data struct{ LoadReport struct{ ID string } }
	}
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil || answer.Data.LoadReport.ID == "" {
		t.Fatalf("%v: %+v", err, answer)
	}
	return answer.Data.LoadReport.ID
}

func post(t *testing.T, url, body string, headers ...string) *http.Response {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	return response
}

func asJSON(query string) string {
	text, err := json.Marshal(map[string]string{"query": query})
	if err != nil {
		panic(err)
	}
	return string(text)
}

// subscribe asks for server-sent events; next gives the data of the next one, ""
// when the stream is complete.
func subscribe(t *testing.T, url, query string, headers ...string) (next func() string, leave func()) {
	t.Helper()
	response := post(t, url, asJSON(query), append(headers, "Content-Type", "application/json", "Accept", "text/event-stream")...)
	leave = func() { _ = response.Body.Close() }
	t.Cleanup(leave)
	if response.StatusCode != http.StatusOK || response.Header.Get("Content-Type") != "text/event-stream" {
		t.Errorf("%d %v", response.StatusCode, response.Header)
	}
	lines := bufio.NewScanner(response.Body)
	return func() string {
		for lines.Scan() {
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				return data
			}
			if lines.Text() == "event: complete" {
				return ""
			}
		}
		return fmt.Sprintf("cut off: %v", lines.Err())
	}, leave
}

func TestServerSentEvents(t *testing.T) {
	g := make(gate)
	_, url := serving(t, Config{Access: openToAll, Loader: g})
	id := loading(t, url, 2)
	next, _ := subscribe(t, url, fmt.Sprintf(`subscription { jobProgress(id: %q) { state finished files { nodes { name state report { id } } } } }`, id))
	finished := -1
	last := ""
	for event := next(); event != ""; event = next() {
		last = event
		var answer struct {
			Data struct {
				JobProgress struct{ Finished int }
			}
		}
		if err := json.Unmarshal([]byte(event), &answer); err != nil {
			t.Fatalf("%v in %s", err, event)
		}
		if n := answer.Data.JobProgress.Finished; n > finished && n < 2 {
			finished = n
			g <- struct{}{}
		}
	}
	if !strings.Contains(last, `{"state":"DONE","finished":2,"files":{"nodes":[{"name":"f0.txt","state":"DONE","report":null},`) {
		t.Errorf("the last event is %s", last)
	}

	next, _ = subscribe(t, url, `subscription { jobProgress(id: "job-x") { id } }`)
	if event := next(); !strings.Contains(event, api.CodeNotFound) {
		t.Errorf("of no job: %s", event)
	}
	if event := next(); event != "" {
		t.Errorf("then %s", event)
	}
	next, _ = subscribe(t, url, `{ parks { nodes { name } } }`)
	if event := next(); !strings.Contains(event, "云江科技园") {
		t.Errorf("a query: %s", event)
	}
}

// TestDelivery asks for what cannot be delivered: half an answer would be worse.
func TestDelivery(t *testing.T) {
	handler := New(Config{Store: newStore(t), Logger: silent, Access: openToAll})
	for _, test := range []struct{ query, accept, code string }{
		{`subscription { jobProgress(id: "job-x") { id } }`, "application/json", api.CodeBadUserInput},
		{`subscription { jobProgress(id: "job-x") { id } }`, "application/json, text/event-stream", api.CodeBadUserInput},
		{`{ parks { totalCount } }`, "application/json, text/event-stream, multipart/mixed", ""},
		{`{ parks { totalCount } }`, "text/event-stream;q=0.1, application/json", ""},
	} {
		w := do(t, handler, http.MethodPost, "/graphql", asJSON(test.query), "Content-Type", "application/json", "Accept", test.accept)
		if got := codeOf(t, w); got != test.code {
			t.Errorf("%s as %s: %d %s", test.query, test.accept, w.Code, w.Body)
		}
	}
}

// dial opens a websocket and says who asks.
func dial(t *testing.T, url string, init map[string]any, options *websocket.DialOptions) (socket *websocket.Conn, refusal string, err error) {
	t.Helper()
	if options == nil {
		options = &websocket.DialOptions{}
	}
	if options.Subprotocols == nil {
		options.Subprotocols = []string{wsProtocol}
	}
	socket, response, err := websocket.Dial(t.Context(), url, options)
	if err != nil {
		if response != nil {
			body, _ := io.ReadAll(response.Body)
			_ = response.Body.Close()
			refusal = fmt.Sprint(response.StatusCode, " ", string(body))
		}
		return nil, refusal, err
	}
	t.Cleanup(func() { _ = socket.CloseNow() })
	return socket, "", wsjson.Write(t.Context(), socket, map[string]any{"type": "connection_init", "payload": init})
}

func ask(t *testing.T, socket *websocket.Conn, id, query string) {
	t.Helper()
	if err := wsjson.Write(t.Context(), socket, map[string]any{"type": "subscribe", "id": id, "payload": map[string]any{"query": query}}); err != nil {
		t.Fatal(err)
	}
}

// told gives the next message, pings aside.
func told(t *testing.T, socket *websocket.Conn) (kind, id, payload string, err error) {
	t.Helper()
	for {
		var message struct {
			Type, ID string
			Payload  json.RawMessage
		}
		if err := wsjson.Read(t.Context(), socket, &message); err != nil {
			return "", "", "", err
		}
		if message.Type != "ping" {
			return message.Type, message.ID, string(message.Payload), nil
		}
	}
}

func expect(t *testing.T, socket *websocket.Conn, kind, id, says string) {
	t.Helper()
	gotKind, gotID, payload, err := told(t, socket)
	if err != nil || gotKind != kind || gotID != id || !strings.Contains(payload, says) {
		t.Fatalf("got %s %q %s (%v), want %s %q %s", gotKind, gotID, payload, err, kind, id, says)
	}
}

func TestWebsocket(t *testing.T) {
	keys := access.OpenKeys(filepath.Join(t.TempDir(), access.KeysFile))
	admin, _, err := keys.Add("部署", access.Admin, time.Unix(0, 0))
	if err != nil {
		t.Fatal(err)
	}
	g := make(gate)
	const friend = "https://app.example.cn"
	handler, url := serving(t, Config{Access: &access.Policy{Anonymous: access.Reader, Keys: keys}, Loader: g, Origins: []string{friend}})

	socket, _, err := dial(t, url, map[string]any{"Authorization": "Bearer " + admin}, nil)
	if err != nil {
		t.Fatal(err)
	}
	expect(t, socket, "connection_ack", "", "")
	ask(t, socket, "a", `{ viewer { name role } parks { nodes { name } } }`)
	expect(t, socket, "next", "a", `{"viewer":{"name":"部署","role":"ADMIN"},"parks":{"nodes":[{"name":"云江科技园"}]}}`)
	expect(t, socket, "complete", "a", "")
	ask(t, socket, "b", `subscription { jobProgress(id: "job-x") { id } }`)
	if kind, _, payload, err := told(t, socket); err != nil || !strings.Contains(payload, api.CodeNotFound) {
		t.Errorf("%s %s %v", kind, payload, err)
	}

	plain, _, err := dial(t, url, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	expect(t, plain, "connection_ack", "", "")
	ask(t, plain, "a", `subscription { jobProgress(id: "job-x") { id } }`)
	expect(t, plain, "error", "a", api.CodeUnauthenticated)

	wrong, _, err := dial(t, url, map[string]any{"Authorization": "Bearer lantu_x"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, _, err := told(t, wrong); websocket.CloseStatus(err) != closeUnauthorized {
		t.Errorf("a wrong key: %v", err)
	}
	for name, options := range map[string]*websocket.DialOptions{
		codeCrossOrigin:         {HTTPHeader: http.Header{"Origin": {"https://evil.example"}}},
		codeBadRequest:          {Subprotocols: []string{"graphql-ws"}},
		api.CodeUnauthenticated: {HTTPHeader: http.Header{"Authorization": {"Bearer lantu_x"}}},
	} {
		if _, refusal, err := dial(t, url, nil, options); err == nil || !strings.Contains(refusal, name) {
			t.Errorf("%v, %s, want %s", err, refusal, name)
		}
	}
	if page, _, err := dial(t, url, nil, &websocket.DialOptions{HTTPHeader: http.Header{"Origin": {friend}}}); err != nil {
		t.Errorf("a friend's page: %v", err)
	} else {
		_ = page.CloseNow()
	}

	// When the server stops, clients are told to come back.
	closed := make(chan error)
	go func() { closed <- handler.Close() }()
	for {
		if _, _, _, err = told(t, socket); err != nil {
			break
		}
	}
	if websocket.CloseStatus(err) != websocket.StatusGoingAway {
		t.Errorf("closed by %v", err)
	}
	_ = plain.CloseNow()
	if err := <-closed; err != nil {
		t.Error(err)
	}
	if _, refusal, err := dial(t, url, nil, nil); err == nil || !strings.Contains(refusal, api.CodeUnavailable) {
		t.Errorf("opened after the end: %s %v", refusal, err)
	}
}

func TestStreamsAreBounded(t *testing.T) {
	g := make(gate)
	handler, url := serving(t, Config{Access: openToAll, Loader: g, StreamsPerClient: 2, RatePerMinute: 300})
	query := fmt.Sprintf(`subscription { jobProgress(id: %q) { state } }`, loading(t, url, 1))
	next, leave := subscribe(t, url, query)
	next()
	socket, _, err := dial(t, url, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	expect(t, socket, "connection_ack", "", "")
	response := post(t, url, asJSON(query), "Content-Type", "application/json", "Accept", "text/event-stream")
	body, _ := io.ReadAll(response.Body)
	_ = response.Body.Close()
	if response.StatusCode != http.StatusTooManyRequests || !strings.Contains(string(body), codeTooManyStreams) || response.Header.Get("Retry-After") == "" {
		t.Errorf("a third stream: %d %s", response.StatusCode, body)
	}
	for i := range maxOperations {
		ask(t, socket, fmt.Sprint(i), query)
		expect(t, socket, "next", fmt.Sprint(i), "RUNNING")
	}
	ask(t, socket, "more", query)
	expect(t, socket, "next", "more", codeTooManyStreams)
	expect(t, socket, "complete", "more", "")
	if err := wsjson.Write(t.Context(), socket, map[string]any{"type": "complete", "id": "0"}); err != nil {
		t.Fatal(err)
	}
	expect(t, socket, "complete", "0", "")
	// Operations over a websocket count as requests do.
	refused := false
	for i := range 1000 {
		ask(t, socket, fmt.Sprint("q", i), `{ viewer { name } }`)
		_, _, payload, err := told(t, socket)
		if err != nil {
			t.Fatal(err)
		}
		if refused = strings.Contains(payload, codeRateLimited); refused {
			break
		}
	}
	if !refused {
		t.Error("the rate is without a bound")
	}
	// Who goes makes room.
	leave()
	_ = socket.CloseNow()
	handler.streams.wait()
	handler.streams.mu.Lock()
	defer handler.streams.mu.Unlock()
	if handler.streams.total != 0 || len(handler.streams.counts) != 0 {
		t.Errorf("%d streams are counted, of %v", handler.streams.total, handler.streams.counts)
	}
}

// waited is a store that tells when somebody begins to wait for changes.
type waited struct {
	api.Store
	begins chan struct{}
}

func (w waited) Changed() <-chan struct{} {
	changed := w.Store.Changed()
	w.begins <- struct{}{}
	return changed
}

// TestRevokedKey takes the key away by which streams were opened: nothing more
// goes over them.
func TestRevokedKey(t *testing.T) {
	file := filepath.Join(t.TempDir(), access.KeysFile)
	keys, others := access.OpenKeys(file), access.OpenKeys(file) // of another process
	store := waited{newStore(t), make(chan struct{}, 10)}
	_, url := serving(t, Config{Store: store, Access: &access.Policy{Anonymous: access.Reader, Keys: keys}})
	add := func(role access.Role) (header, id string) {
		t.Helper()
		secret, key, err := others.Add("看板", role, time.Unix(0, 0))
		if err != nil {
			t.Fatal(err)
		}
		return "Bearer " + secret, key.ID
	}
	connect := func(init map[string]any, options *websocket.DialOptions) *websocket.Conn {
		t.Helper()
		socket, _, err := dial(t, url, init, options)
		if err != nil {
			t.Fatal(err)
		}
		expect(t, socket, "connection_ack", "", "")
		return socket
	}
	closed := func(socket *websocket.Conn) {
		t.Helper()
		if kind, _, payload, err := told(t, socket); websocket.CloseStatus(err) != closeUnauthorized {
			t.Errorf("not closed: %s %s, %v", kind, payload, err)
		}
	}
	editor, _ := add(access.Editor)
	rename := func(alias string) string {
		return fmt.Sprintf(`mutation { addAlias(input: {entity: %q, alias: %q}) { change { id } } }`, schema.EntityID(schema.KindPark, "云江科技园", ""), alias)
	}
	const changed = `subscription { graphChanged { id } }`

	// What is asked next is not done, wherever the key was shown.
	header, id := add(access.Editor)
	first := connect(map[string]any{"Authorization": header}, nil)
	second := connect(nil, &websocket.DialOptions{HTTPHeader: http.Header{"Authorization": {header}}})
	ask(t, first, "a", `{ viewer { role } }`)
	expect(t, first, "next", "a", "EDITOR")
	expect(t, first, "complete", "a", "")
	if err := others.Revoke(id); err != nil {
		t.Fatal(err)
	}
	for _, socket := range []*websocket.Conn{first, second} {
		ask(t, socket, "b", rename("云科"))
		closed(socket)
	}

	// What happens is not told to who may not know of it any more.
	header, id = add(access.Reader)
	gone := connect(map[string]any{"Authorization": header}, nil)
	stays := connect(nil, nil)
	for _, socket := range []*websocket.Conn{gone, stays} {
		ask(t, socket, "a", changed)
		<-store.begins
	}
	next, _ := subscribe(t, url, changed, "Authorization", header)
	<-store.begins
	if err := others.Revoke(id); err != nil {
		t.Fatal(err)
	}
	response := post(t, url, asJSON(rename("云科园")), "Content-Type", "application/json", "Authorization", editor)
	body, _ := io.ReadAll(response.Body)
	_ = response.Body.Close()
	if !strings.Contains(string(body), `"change-1"`) {
		t.Fatalf("%s", body)
	}
	closed(gone)
	if event := next(); !strings.HasPrefix(event, "cut off") {
		t.Errorf("was told %s", event)
	}
	expect(t, stays, "next", "a", "change-1")

	// As long as nobody can tell who asks, nobody is answered who showed a key.
	header, _ = add(access.Reader)
	socket := connect(map[string]any{"Authorization": header}, nil)
	if err := os.WriteFile(file, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	ask(t, socket, "a", `{ viewer { role } }`)
	if kind, _, payload, err := told(t, socket); websocket.CloseStatus(err) != websocket.StatusTryAgainLater {
		t.Errorf("not closed: %s %s, %v", kind, payload, err)
	}
}

// TestStreamsAtShutdown stops a server with a stream open: it does not wait for it.
func TestStreamsAtShutdown(t *testing.T) {
	handler := New(Config{Store: newStore(t), Logger: silent, Access: openToAll, Loader: make(gate)})
	listener := listen(t)
	ctx, stop := context.WithCancel(t.Context())
	served := make(chan error, 1)
	go func() { served <- Serve(ctx, listener, handler) }()
	url := "http://" + listener.Addr().String() + "/graphql"
	next, _ := subscribe(t, url, fmt.Sprintf(`subscription { jobProgress(id: %q) { state } }`, loading(t, url, 1)))
	next()
	stop()
	for event := next(); ; event = next() {
		if event == "" {
			t.Fatal("the stream says that it is complete: clients would not come back")
		}
		if strings.HasPrefix(event, "cut off") {
			break
		}
	}
	if err := <-served; err != nil {
		t.Error(err)
	}
}

// TestSlowReader writes to who does not read: after a while the stream is over.
func TestSlowReader(t *testing.T) {
	w := &timelyWriter{ResponseWriter: httptest.NewRecorder(), life: t.Context(), check: func() error { return nil }}
	if _, err := w.Write([]byte("a")); err != nil {
		t.Error(err)
	}
	w.done()
	if _, err := w.Write([]byte("b")); !errors.Is(err, errOver) {
		t.Errorf("a late ping: %v", err)
	}
	w.Flush()
}
