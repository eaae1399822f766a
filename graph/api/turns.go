package api

import (
	"context"
	"runtime"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"
)

// turns lets few operations be at work at a time and the others wait in the order
// in which they came. Side by side all of them would end late, and what each has
// made so far would have to be kept and looked through by the collector.
type turns struct{ free *semaphore.Weighted }

// turnsPerProcessor leaves work for when some wait for the disk.
const turnsPerProcessor = 2

// longestTurn is after how long another operation begins beside one that takes
// long, so that what is answered at once never waits for what takes seconds.
const longestTurn = 10 * time.Millisecond

func newTurns() *turns {
	return &turns{semaphore.NewWeighted(int64(turnsPerProcessor * runtime.GOMAXPROCS(0)))}
}

// take waits for a turn. Whoever took it ends it when the work is done.
func (t *turns) take(ctx context.Context) (end func(), err error) {
	if err := t.free.Acquire(ctx, 1); err != nil {
		return nil, err
	}
	pass := sync.OnceFunc(func() { t.free.Release(1) })
	timer := time.AfterFunc(longestTurn, pass)
	return func() {
		timer.Stop()
		pass()
	}, nil
}
