package api

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
)

// loader answers for keys, many at a time and each once: whoever asks while
// others are about to ask for the like waits for them.
type loader[K comparable, V any] struct {
	fetch func(context.Context, []K) ([]V, error)

	mu    sync.Mutex // guards known, open and open's keys
	known map[K]place[K, V]
	open  *batch[K, V] // takes keys, nil when there is none
}

// batch is what is fetched together.
type batch[K comparable, V any] struct {
	keys   []K
	done   chan struct{} // closed when what follows is there
	values []V
	err    error
}

// place is where the value of a key is, or will be.
type place[K comparable, V any] struct {
	batch *batch[K, V] // nil when value is known
	at    int
	value V
}

// newLoader makes a loader of fetch, which answers in the order of its keys.
func newLoader[K comparable, V any](fetch func(context.Context, []K) ([]V, error)) *loader[K, V] {
	return &loader[K, V]{fetch: fetch, known: map[K]place[K, V]{}}
}

// Load gives the value of a key.
func (l *loader[K, V]) Load(ctx context.Context, key K) (V, error) {
	return l.LoadThunk(ctx, key)()
}

// LoadThunk asks for the value of a key and returns what waits for it.
func (l *loader[K, V]) LoadThunk(ctx context.Context, key K) func() (V, error) {
	l.mu.Lock()
	p := l.place(ctx, key)
	l.mu.Unlock()
	return p.wait
}

// loadAll gives the values of keys; the first error ends it.
func loadAll[K comparable, V any](ctx context.Context, l *loader[K, V], keys []K) ([]V, error) {
	places := make([]place[K, V], len(keys))
	l.mu.Lock()
	for i, key := range keys {
		places[i] = l.place(ctx, key)
	}
	l.mu.Unlock()
	values := make([]V, len(keys))
	for i := range places {
		var err error
		if values[i], err = places[i].wait(); err != nil {
			return nil, err
		}
	}
	return values, nil
}

// Prime notes a value that is known already.
func (l *loader[K, V]) Prime(key K, value V) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if _, ok := l.known[key]; !ok {
		l.known[key] = place[K, V]{value: value}
	}
}

func (p place[K, V]) wait() (V, error) {
	if p.batch == nil {
		return p.value, nil
	}
	<-p.batch.done
	if p.batch.err != nil {
		return p.value, p.batch.err
	}
	return p.batch.values[p.at], nil
}

func (l *loader[K, V]) place(ctx context.Context, key K) place[K, V] {
	if p, ok := l.known[key]; ok {
		return p
	}
	if l.open == nil {
		l.open = &batch[K, V]{done: make(chan struct{})}
		go l.run(ctx, l.open)
	}
	p := place[K, V]{batch: l.open, at: len(l.open.keys)}
	l.open.keys = append(l.open.keys, key)
	l.known[key] = p
	return p
}

// run fetches a batch when nobody joins it any more.
func (l *loader[K, V]) run(ctx context.Context, b *batch[K, V]) {
	defer close(b.done)
	defer func() {
		if panicked := recover(); panicked != nil {
			b.err = fmt.Errorf("panic: %v\n%s", panicked, debug.Stack())
		}
	}()
	l.settle(b)
	b.values, b.err = l.fetch(ctx, b.keys)
	if b.err == nil && len(b.values) != len(b.keys) {
		b.err = fmt.Errorf("%d values for %d keys", len(b.values), len(b.keys))
	}
}

// quietYields is how often the processor is left to others, none of whom joins,
// before a batch is closed. A timer would be simpler, but sleeps a millisecond
// at least for each level of a query.
const quietYields = 16

// settle waits for those who are about to ask, and closes the batch.
func (l *loader[K, V]) settle(b *batch[K, V]) {
	size := 0
	for quiet := 0; quiet < quietYields; quiet++ {
		runtime.Gosched()
		l.mu.Lock()
		if len(b.keys) > size {
			size, quiet = len(b.keys), 0
		}
		l.mu.Unlock()
	}
	l.mu.Lock()
	l.open = nil
	l.mu.Unlock()
}
