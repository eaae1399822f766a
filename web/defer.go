package web

import (
	"context"
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/lantu-kg/lantu/graph/api"
)

// deferSpec is the form of answers in parts, as clients name it: that of
// 2022-08-24, with hasNext and incremental.
const deferSpec = "20220824"

const (
	partsBoundary = "-"
	partsAtOnce   = 64                   // at most in one message
	partsWithin   = 2 * time.Millisecond // of each other they go into one message
)

// takesParts reports whether answers in parts are accepted, in the form of
// deferSpec if one is named.
func takesParts(accept string) bool {
	for item := range strings.SplitSeq(accept, ",") {
		media, params, err := mime.ParseMediaType(item)
		if err == nil && media == "multipart/mixed" && quality(params) > 0 && params["incrementalspec"] == "" &&
			(params["deferspec"] == "" || params["deferspec"] == deferSpec) {
			return true
		}
	}
	return false
}

// inParts is a transport of single responses that gives what is deferred later,
// to whoever accepts that. gqlgen's own leaves out the path of parts at the root,
// which clients need.
type inParts struct{ graphql.Transport }

// Do answers a request.
func (p inParts) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	if !takesParts(r.Header.Get("Accept")) {
		p.Transport.Do(w, r, exec)
		return
	}
	ctx, cancel := context.WithCancel(api.WithParts(r.Context()))
	defer cancel()
	parts := &partsWriter{ResponseWriter: w, cancel: cancel}
	p.Transport.Do(parts, r.WithContext(ctx), delivering{exec, parts})
}

// delivering sends all responses when more than one follow.
type delivering struct {
	graphql.GraphExecutor
	parts *partsWriter
}

// DispatchOperation gives the first response of an operation, after all were sent
// if there are more.
func (d delivering) DispatchOperation(ctx context.Context, operation *graphql.OperationContext) (graphql.ResponseHandler, context.Context) {
	responses, ctx := d.GraphExecutor.DispatchOperation(ctx, operation)
	return func(ctx context.Context) *graphql.Response {
		first := responses(ctx)
		if first != nil && first.HasNext != nil {
			d.parts.deliver(ctx, first, responses)
		}
		return first
	}, ctx
}

// partsWriter writes the parts of an answer, and then nothing more.
type partsWriter struct {
	http.ResponseWriter
	cancel    context.CancelFunc // ends the operation
	delivered bool
}

func (w *partsWriter) Write(p []byte) (int, error) {
	if w.delivered {
		return len(p), nil
	}
	return w.ResponseWriter.Write(p)
}

// deliver sends the first response at once, and the others as they come: those
// that come at about the same time as one message.
func (w *partsWriter) deliver(ctx context.Context, first *graphql.Response, responses graphql.ResponseHandler) {
	w.Header().Set("Content-Type", fmt.Sprintf(`multipart/mixed; boundary="%s"; deferSpec=%s`, partsBoundary, deferSpec))
	w.send("--"+partsBoundary, first, true)
	coming := make(chan *graphql.Response, partsAtOnce)
	go func() {
		defer close(coming)
		for response := responses(ctx); response != nil; response = responses(ctx) {
			coming <- response
		}
	}()
	for response := range coming {
		message := laterParts{}
		together := time.After(partsWithin)
		for response != nil {
			message.add(response)
			response = nil
			if message.HasNext && len(message.Incremental) < partsAtOnce {
				select {
				case response = <-coming:
				case <-together:
				}
			}
		}
		w.send("", message, message.HasNext)
	}
	w.delivered = true
}

// send writes a message, and what tells that it ends: clients wait for that.
func (w *partsWriter) send(before string, message any, more bool) {
	body, err := json.Marshal(message)
	if err != nil {
		panic(err) // what was made here
	}
	end := ""
	if !more {
		end = "--"
	}
	if _, err = fmt.Fprintf(w, "%s\r\nContent-Type: application/json\r\n\r\n%s\r\n--%s%s", before, body, partsBoundary, end); err == nil {
		err = http.NewResponseController(w.ResponseWriter).Flush()
	}
	if err != nil {
		w.cancel() // nobody reads
	}
}

// laterParts is a message after the first.
type laterParts struct {
	Incremental []laterPart `json:"incremental,omitempty"`
	HasNext     bool        `json:"hasNext"`
}

type laterPart struct {
	Errors gqlerror.List   `json:"errors,omitempty"`
	Data   json.RawMessage `json:"data"`
	Label  string          `json:"label,omitempty"`
	Path   ast.Path        `json:"path"`
}

func (p *laterParts) add(response *graphql.Response) {
	p.HasNext = *response.HasNext
	if response.Data == nil && response.Errors == nil {
		return // the end and nothing else
	}
	path := response.Path
	if path == nil {
		path = ast.Path{}
	}
	p.Incremental = append(p.Incremental, laterPart{response.Errors, response.Data, response.Label, path})
}
