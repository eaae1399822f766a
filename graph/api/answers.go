package api

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"math"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// answers keeps what queries were answered, of the newest version of the graph
// that was asked about. All goes when the graph changes: an answer does not tell
// what it was made of.
type answers struct {
	mu      sync.Mutex
	lru     *simplelru.LRU[answerKey, *graphql.Response]
	version uint64
	bytes   int
	most    int // of bytes
}

// answerKey is the hash of a document, an operation's name and its variables.
type answerKey [sha256.Size]byte

const (
	// answerOverhead is about what an answer takes beside its bytes.
	answerOverhead = 512
	// answerShare is how many of the largest answers fit at least.
	answerShare = 64
)

// newAnswers keeps answers of so many bytes; nil for none.
func newAnswers(most int) *answers {
	if most <= 0 {
		return nil
	}
	a := &answers{most: most}
	lru, err := simplelru.NewLRU(math.MaxInt, func(_ answerKey, response *graphql.Response) { a.bytes -= sizeOf(response) })
	if err != nil { // only for a size below 1
		panic(err)
	}
	a.lru = lru
	return a
}

func sizeOf(response *graphql.Response) int { return len(response.Data) + answerOverhead }

func (a *answers) get(version uint64, key answerKey) *graphql.Response {
	a.mu.Lock()
	defer a.mu.Unlock()
	if version != a.version {
		return nil
	}
	response, _ := a.lru.Get(key)
	return response
}

// add keeps the answer to a query that was asked when the graph had a version. It
// may tell of a later one, never of an earlier.
func (a *answers) add(version uint64, key answerKey, response *graphql.Response) {
	size := sizeOf(response)
	if size > a.most/answerShare {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if version < a.version {
		return
	}
	if version > a.version {
		a.lru.Purge()
		a.version = version
	}
	a.lru.Remove(key)
	a.lru.Add(key, response)
	for a.bytes += size; a.bytes > a.most; {
		a.lru.RemoveOldest()
	}
}

func keyOf(operation *graphql.OperationContext) (answerKey, error) {
	text, err := json.Marshal([]any{operation.RawQuery, operation.OperationName, operation.Variables})
	return sha256.Sum256(text), err
}

// Kept tells by what an answer is kept, if it is.
type Kept struct {
	is      bool
	version uint64
	key     answerKey
}

type keptKey struct{}

// WithKept gives a context in which an operation notes whether its answer is kept.
func WithKept(ctx context.Context) (context.Context, *Kept) {
	k := new(Kept)
	return context.WithValue(ctx, keptKey{}, k), k
}

// Again gives an answer that was kept, nil if the graph is no longer what it was
// answered of, or it was not kept.
func (s *Service) Again(ctx context.Context, k Kept) *graphql.Response {
	if !k.is {
		return nil
	}
	if version, err := s.store.Version(ctx); err != nil || version != k.version {
		return nil
	}
	return s.answers.get(k.version, k.key)
}

// asked is a query of a version of the graph, whose answer may be kept.
type asked struct {
	answers *answers // nil when none is
	version uint64
	key     answerKey
	noted   *Kept // nil when nobody wants to know
}

func (s *Service) asked(ctx context.Context, operation *graphql.OperationContext) asked {
	if s.answers == nil {
		return asked{}
	}
	version, err := s.store.Version(ctx)
	if err != nil {
		return asked{} // as every resolver will tell
	}
	key, err := keyOf(operation)
	if err != nil {
		return asked{}
	}
	noted, _ := ctx.Value(keptKey{}).(*Kept)
	return asked{s.answers, version, key, noted}
}

// again gives the answer if the graph is still what it was answered of.
func (q asked) again() *graphql.Response {
	if q.answers == nil {
		return nil
	}
	response := q.answers.get(q.version, q.key)
	if response == nil {
		return nil
	}
	q.note()
	again := *response
	return &again
}

// keep keeps an answer that is whole, as it is sent.
func (q asked) keep(response *graphql.Response) {
	if q.answers == nil || response.Data == nil || len(response.Errors) > 0 || response.HasNext != nil {
		return
	}
	data, err := json.Marshal(response.Data)
	if err != nil {
		return // as whoever sends it will find
	}
	kept := *response
	kept.Data = data
	q.answers.add(q.version, q.key, &kept)
	q.note()
}

func (q asked) note() {
	if q.noted != nil {
		*q.noted = Kept{true, q.version, q.key}
	}
}
