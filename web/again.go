package web

import (
	"crypto/sha256"
	"encoding/json"
	"net/http"
	"strconv"
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"

	"github.com/lantu-kg/lantu/access"
	"github.com/lantu-kg/lantu/graph/api"
)

// mostReplies is how many requests are remembered whose answers are kept.
const mostReplies = 1 << 14

// replies answers what was asked before, byte for byte, without reading the query
// anew.
type replies struct {
	service *api.Service
	mu      sync.Mutex // guards known
	known   *simplelru.LRU[requestKey, reply]
}

// requestKey is the hash of all that an answer depends on beside the graph.
type requestKey [sha256.Size]byte

// reply is where the answer is kept, and as what it was sent.
type reply struct {
	kept  api.Kept
	media string
}

func newReplies(service *api.Service) *replies {
	known, err := simplelru.NewLRU[requestKey, reply](mostReplies, nil)
	if err != nil {
		panic(err) // of a size below 1
	}
	return &replies{service: service, known: known}
}

// replyKey names a request: by what it says, what it accepts, and what whoever sends
// it may do.
func replyKey(r *http.Request, body []byte) requestKey {
	caller, _ := access.CallerOf(r.Context())
	hash := sha256.New()
	for _, part := range append([]string{string(caller.Role)}, r.Header.Values("Accept")...) {
		_, _ = hash.Write(strconv.AppendQuote(nil, part)) // it never fails
	}
	_, _ = hash.Write([]byte("\n")) // which no quoted part has
	_, _ = hash.Write(body)
	var key requestKey
	hash.Sum(key[:0])
	return key
}

// again answers if the answer is kept, and reports whether it is.
func (a *replies) again(w http.ResponseWriter, r *http.Request, key requestKey) bool {
	a.mu.Lock()
	known, _ := a.known.Get(key)
	a.mu.Unlock()
	response := a.service.Again(r.Context(), known.kept)
	if response == nil || len(response.Extensions) == 0 {
		return false
	}
	body, err := json.Marshal(response.Extensions)
	if err != nil {
		return false // as whoever makes it anew will find
	}
	const data, extensions, end = `{"data":`, `,"extensions":`, "}"
	w.Header().Set("Content-Type", known.media)
	w.Header().Set("Content-Length", strconv.Itoa(len(data)+len(response.Data)+len(extensions)+len(body)+len(end)))
	for _, part := range [][]byte{[]byte(data), response.Data, []byte(extensions), body, []byte(end)} {
		_, _ = w.Write(part) // an error is the client gone
	}
	return true
}

// note remembers a request whose answer is kept.
func (a *replies) note(key requestKey, kept api.Kept, media string) {
	if kept == (api.Kept{}) {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.known.Add(key, reply{kept, media})
}
