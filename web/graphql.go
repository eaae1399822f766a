package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/transport"

	"github.com/lantu-kg/lantu/graph/api"
)

// maxBody is how many bytes a request may have.
const maxBody = 1 << 20

// The codes of requests that are refused before they are read as GraphQL, in
// the errors' extensions.code.
const (
	codeBadRequest       = "BAD_REQUEST"
	codeMethodNotAllowed = "METHOD_NOT_ALLOWED"
	codeBodyTooLarge     = "BODY_TOO_LARGE"
	codeUnsupportedMedia = "UNSUPPORTED_MEDIA_TYPE"
	codeCrossOrigin      = "CROSS_ORIGIN"
	codeRateLimited      = "RATE_LIMITED"
	codeTooManyStreams   = "TOO_MANY_STREAMS"
)

func newGraphQL(config Config, service *api.Service, streams *streams) http.Handler {
	server := handler.New(service.Schema())
	server.AddTransport(newWebsocket(streams.life))
	server.AddTransport(transport.SSE{KeepAlivePingInterval: pingInterval})
	server.AddTransport(precise{transport.GET{}})
	server.AddTransport(inParts{precise{transport.POST{}}})
	server.AddTransport(newUpload(config.MaxUpload, config.Logger))
	server.Use(perSocket{})
	service.Install(server)
	server.AroundResponses(api.ShowCost)
	replies := newReplies(service)
	return protect(config, identify(config.Access, config.Logger, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if wantsPage(r) {
			http.Redirect(w, r, "/graphiql", http.StatusSeeOther)
			return
		}
		if isWebsocket(r) {
			if refused := checkWebsocket(r); refused != nil {
				refused.write(w)
				return
			}
			streams.serve(w, r.WithContext(withOperations(r.Context(), bucketOf(r.Context()))), server)
			return
		}
		r.Header.Del("Upgrade") // nothing else is spoken here
		body, refused := readQuery(w, r)
		if refused != nil {
			refused.write(w)
			return
		}
		w.Header().Set("Cache-Control", "no-store")
		streamed := wantsStream(r.Header.Get("Accept"))
		var key requestKey
		mayBeKept := config.AnswerBytes > 0 && body != nil && !streamed
		if mayBeKept {
			if key = replyKey(r, body); replies.again(w, r, key) {
				return
			}
		}
		if refused := check(r, body); refused != nil {
			refused.write(w)
			return
		}
		if streamed {
			r.Header.Set("Accept", eventStream)
			streams.serve(w, r, server)
			return
		}
		r.Header.Set("Accept", strings.ReplaceAll(r.Header.Get("Accept"), eventStream, ""))
		if !mayBeKept {
			server.ServeHTTP(w, r)
			return
		}
		ctx, kept := api.WithKept(r.Context())
		server.ServeHTTP(w, r.WithContext(ctx))
		replies.note(key, *kept, w.Header().Get("Content-Type"))
	})))
}

const eventStream = "text/event-stream"

// wantsStream reports whether server-sent events are preferred: the first of equals
// is. Some clients accept them of every answer.
func wantsStream(accept string) bool {
	best, found := 0.0, false
	for item := range strings.SplitSeq(accept, ",") {
		media, params, err := mime.ParseMediaType(item)
		if err != nil {
			continue
		}
		if q := quality(params); q > best {
			best, found = q, media == eventStream
		}
	}
	return found
}

// quality is how much a media type is preferred, 0 for not at all.
func quality(params map[string]string) float64 {
	text, ok := params["q"]
	if !ok {
		return 1
	}
	q, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return 0
	}
	return q
}

// wantsPage reports whether a person came here with a browser, without a query.
func wantsPage(r *http.Request) bool {
	return r.Method == http.MethodGet && r.URL.RawQuery == "" && strings.Contains(r.Header.Get("Accept"), "text/html")
}

// refusal is why a request is not answered.
type refusal struct {
	status  int
	code    string
	message string
}

func refuse(status int, code, format string, args ...any) *refusal {
	return &refusal{status, code, fmt.Sprintf(format, args...)}
}

// write answers as GraphQL does.
func (f *refusal) write(w http.ResponseWriter) {
	type failure struct {
		Message    string            `json:"message"`
		Extensions map[string]string `json:"extensions"`
	}
	if f.status == http.StatusMethodNotAllowed {
		w.Header().Set("Allow", "GET, POST")
	}
	writeJSON(w, f.status, map[string][]failure{
		"errors": {{f.message, map[string]string{"code": f.code}}},
	})
}

// readQuery gives the body of a query in JSON, nil of other requests, and leaves it to be
// read again.
func readQuery(w http.ResponseWriter, r *http.Request) ([]byte, *refusal) {
	switch r.Method {
	case http.MethodGet:
		return nil, nil
	case http.MethodPost:
	default:
		return nil, refuse(http.StatusMethodNotAllowed, codeMethodNotAllowed, "%s is not allowed here: send queries by GET or POST", r.Method)
	}
	if isForm(r) {
		return nil, nil // the transport looks
	}
	media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || media != "application/json" {
		return nil, refuse(http.StatusUnsupportedMediaType, codeUnsupportedMedia, "send the query as Content-Type: application/json, or with files as multipart/form-data")
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		if tooLarge := new(http.MaxBytesError); errors.As(err, &tooLarge) {
			return nil, refuse(http.StatusRequestEntityTooLarge, codeBodyTooLarge, "the request has more than %d bytes", maxBody)
		}
		return nil, refuse(http.StatusBadRequest, codeBadRequest, "the request could not be read to its end")
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	return body, nil
}

// check refuses a request that cannot be understood, with better words than gqlgen
// has and without showing what was sent.
func check(r *http.Request, body []byte) *refusal {
	switch {
	case r.Method == http.MethodGet:
		return checkGet(r)
	case body != nil:
		return checkBody(body)
	default:
		return nil
	}
}

func checkGet(r *http.Request) *refusal {
	values, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return refuse(http.StatusBadRequest, codeBadRequest, "the address cannot be read: percent-encode the query")
	}
	for _, name := range []string{"variables", "extensions"} {
		if text := values.Get(name); text != "" {
			if err := decode([]byte(text), new(map[string]any)); err != nil {
				return refuse(http.StatusBadRequest, codeBadRequest, "%s is no JSON object: %v", name, err)
			}
		}
	}
	if values.Get("query") == "" && values.Get("extensions") == "" {
		return refuse(http.StatusBadRequest, codeBadRequest, "there is no query: give one as ?query=… or send it by POST")
	}
	return nil
}

func checkBody(body []byte) *refusal {
	var params struct {
		Query         string         `json:"query"`
		OperationName string         `json:"operationName"`
		Variables     map[string]any `json:"variables"`
		Extensions    map[string]any `json:"extensions"`
	}
	if err := decode(body, &params); err != nil {
		return refuse(http.StatusBadRequest, codeBadRequest, `the body is no request in JSON, such as {"query": "{ parks { totalCount } }"}: %v`, err)
	}
	if params.Query == "" && params.Extensions == nil {
		return refuse(http.StatusBadRequest, codeBadRequest, `there is no query: send {"query": "…"}`)
	}
	return nil
}

// decode reads text, all of it, into value.
func decode(text []byte, value any) error {
	decoder := json.NewDecoder(bytes.NewReader(text))
	if err := decoder.Decode(value); err != nil {
		return err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something follows after its end")
	}
	return nil
}
