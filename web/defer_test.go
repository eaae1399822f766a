package web

import (
	"context"
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"strings"
	"testing"

	"github.com/lantu-kg/lantu/graph/api"
	"github.com/lantu-kg/lantu/schema"
)

const deferring = `{ parks { nodes { name ... @defer(label: "claims") { claims { totalCount } ... @defer(label: "inner") { aliases } } } } ... @defer { reports { totalCount } } }`

// TestDefer asks for what is deferred, by what clients accept.
func TestDefer(t *testing.T) {
	_, url := serving(t, Config{Access: openToAll})
	const whole = `{"data":{"parks":{"nodes":[{"name":"云江科技园","claims":{"totalCount":0},"aliases":[]}]},"reports":{"totalCount":1}}`
	for accept, inParts := range map[string]bool{
		"multipart/mixed;deferSpec=20220824,application/graphql-response+json,application/json;q=0.9": true, // @apollo/client 4
		"multipart/mixed;deferSpec=20220824,application/json":                                         true, // 3
		"application/graphql-response+json, application/json, text/event-stream, multipart/mixed":     true, // urql
		"multipart/mixed;incrementalSpec=v0.2, application/json":                                      false,
		"multipart/mixed;deferSpec=20210101, application/json":                                        false,
		"multipart/mixed;q=0, application/json":                                                       false,
		"multipart/mixed;q=, application/json":                                                        false,
		"application/json":                                                                            false,
		"*/*":                                                                                         false,
	} {
		response := post(t, url, asJSON(deferring), "Content-Type", "application/json", "Accept", accept)
		body, err := io.ReadAll(response.Body)
		_ = response.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		media, params, err := mime.ParseMediaType(response.Header.Get("Content-Type"))
		if err != nil || (media == "multipart/mixed") != inParts {
			t.Errorf("%s: %s %v", accept, media, err)
		}
		if !inParts {
			if !strings.HasPrefix(string(body), whole) {
				t.Errorf("%s: %s", accept, body)
			}
			continue
		}
		if params["boundary"] != "-" || params["deferspec"] != deferSpec {
			t.Errorf("%s: %v", accept, params)
		}
		checkParts(t, string(body))
	}
}

// checkParts holds the messages of an answer to what clients read: one after the
// other, each ended at once, and the order of what was deferred inside.
func checkParts(t *testing.T, body string) {
	t.Helper()
	const head = "\r\nContent-Type: application/json\r\n\r\n"
	body, ended := strings.CutSuffix(body, "\r\n-----")
	body, begun := strings.CutPrefix(body, "---"+head)
	if !ended || !begun {
		t.Fatalf("not begun or ended well: %q", body)
	}
	messages := strings.Split(body, "\r\n---"+head)
	if !strings.HasPrefix(messages[0], `{"data":{"parks":{"nodes":[{"name":"云江科技园"}]}},"hasNext":true,"extensions":{"cost":`) {
		t.Errorf("first %s", messages[0])
	}
	var parts []string
	for i, text := range messages[1:] {
		var message struct {
			Incremental []json.RawMessage
			HasNext     bool
		}
		if err := json.Unmarshal([]byte(text), &message); err != nil {
			t.Fatal(err)
		}
		if message.HasNext != (i+2 < len(messages)) {
			t.Errorf("message %d of %d: %s", i+1, len(messages), text)
		}
		for _, part := range message.Incremental {
			parts = append(parts, string(part))
		}
	}
	got := strings.Join(parts, "\n")
	for _, want := range []string{`{"data":{"reports":{"totalCount":1}},"path":[]}`, `{"data":{"claims":{"totalCount":0}},"label":"claims","path":["parks","nodes",0]}`, `{"data":{"aliases":[]},"label":"inner","path":["parks","nodes",0]}`} {
		if !strings.Contains(got, want) {
			t.Errorf("%s does not come, but %s", want, got)
		}
	}
	if len(parts) != 3 || strings.Index(got, "claims") > strings.Index(got, "inner") {
		t.Errorf("parts %s", got)
	}
}

// TestDeferAnswersAtOnce asks for what has no later parts, and what is refused.
func TestDeferAnswersAtOnce(t *testing.T) {
	handler := New(Config{Store: newStore(t), Logger: silent})
	for query, want := range map[string]string{
		`{ parks { totalCount } }`: `{"data":{"parks":{"totalCount":1}},"extensions"`,
		`{ parks { totalCount ... @defer(if: false) { truncated: totalCount } } }`:                     `{"data":{"parks":{"totalCount":1,"truncated":1}},"extensions"`,
		`{ node(id: "park-x") { ... @defer { id } } }`:                                                 `{"data":{"node":null},"extensions"`,
		`{ parks { ... @defer { nothing } } }`:                                                         `GRAPHQL_VALIDATION_FAILED`,
		`{ ... @defer { jobs { totalCount } } }`:                                                       api.CodeUnauthenticated,
		`{ parks(first: 100) { nodes { claims(first: 100) { nodes { ... @defer { relation } } } } } }`: api.CodeQueryTooComplex,
	} {
		w := do(t, handler, http.MethodPost, "/graphql", asJSON(query), "Content-Type", "application/json", "Accept", "multipart/mixed, application/json")
		if !strings.Contains(w.Body.String(), want) || w.Header().Get("Content-Type") != "application/json" {
			t.Errorf("%s: %d %v %s", query, w.Code, w.Header(), w.Body)
		}
		if want == api.CodeUnauthenticated && w.Code != http.StatusUnauthorized {
			t.Errorf("%s: %d", query, w.Code)
		}
	}
	w := do(t, handler, http.MethodGet, "/graphql?query=%7Bparks%7B...@defer%7BtotalCount%7D%7D%7D", "", "Accept", "multipart/mixed, application/json")
	if !strings.Contains(w.Body.String(), `{"data":{"parks":{"totalCount":1}}`) {
		t.Errorf("by GET: %d %s", w.Code, w.Body)
	}
}

// heldStore gives no mentions before it is let.
type heldStore struct {
	api.Store
	asked chan struct{}
	let   chan struct{}
	gone  chan struct{}
}

func (h heldStore) Mentions(ctx context.Context, ids []string) ([][]schema.Mention, error) {
	close(h.asked)
	select {
	case <-h.let:
		return h.Store.Mentions(ctx, ids)
	case <-ctx.Done():
		close(h.gone)
		return nil, ctx.Err()
	}
}

const heldQuery = `{ parks { nodes { name ... @defer { mentions { totalCount } } } } }`

// TestDeferComesLater reads the first part while the other is held back.
func TestDeferComesLater(t *testing.T) {
	for name, leave := range map[string]bool{"stays": false, "goes": true} {
		t.Run(name, func(t *testing.T) {
			store := heldStore{newStore(t), make(chan struct{}), make(chan struct{}), make(chan struct{})}
			_, url := serving(t, Config{Access: openToAll, Store: store})
			response := post(t, url, asJSON(heldQuery), "Content-Type", "application/json", "Accept", "multipart/mixed")
			defer func() { _ = response.Body.Close() }()
			var first strings.Builder
			for !strings.HasSuffix(first.String(), "\r\n---") {
				var b [1]byte
				if _, err := io.ReadFull(response.Body, b[:]); err != nil {
					t.Fatal(err)
				}
				first.WriteByte(b[0])
			}
			if !strings.Contains(first.String(), `{"name":"云江科技园"}`) {
				t.Errorf("first %s", &first)
			}
			<-store.asked
			if leave { // the work ends
				_ = response.Body.Close()
				<-store.gone
				return
			}
			close(store.let)
			rest, err := io.ReadAll(response.Body)
			if err != nil || !strings.Contains(string(rest), `{"incremental":[{"data":{"mentions":{"totalCount":1}},"path":["parks","nodes",0]}],"hasNext":false}`) {
				t.Errorf("%v: %s", err, rest)
			}
		})
	}
}
