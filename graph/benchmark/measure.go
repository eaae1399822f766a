//go:build unix

package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// asking is a question about one thing as it is sent, and the answer that was
// checked.
type asking struct {
	url, body, media string
	answer           []byte
	ordered          bool // whether the answer is the same each time
}

// right reports whether an answer is the one that was checked, or has rows as
// that has where the system gives any of them that are enough.
func (a *asking) right(answer []byte) bool {
	if a.ordered {
		return bytes.Equal(answer, a.answer)
	}
	row := []byte("lantu:")
	return bytes.Contains(answer, row) == bytes.Contains(a.answer, row)
}

var client = &http.Client{Timeout: time.Minute, Transport: &http.Transport{MaxIdleConnsPerHost: 64, DisableCompression: true}}

func (a *asking) ask(ctx context.Context) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, a.url, strings.NewReader(a.body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", a.media)
	response, err := client.Do(request)
	if err != nil {
		return nil, err
	}
	defer func() { _ = response.Body.Close() }() // it was read to its end
	answer, err := io.ReadAll(response.Body)
	if err == nil && response.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %.300s", response.Status, answer)
	}
	return answer, err
}

// measurement is how fast one question was answered.
type measurement struct {
	p50, p99 time.Duration
	rate     float64 // requests a second
}

// measure asks with n clients, each at once again, until so many requests were
// answered or the time is over. Every answer must be the one that was checked.
func measure(ctx context.Context, askings []*asking, n, requests int, atMost time.Duration) (*measurement, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var (
		next  atomic.Int64
		group sync.WaitGroup
		took  = make([][]time.Duration, n)
	)
	begun := time.Now()
	for i := range n {
		group.Go(func() {
			for ctx.Err() == nil {
				number := int(next.Add(1)) - 1
				if number >= requests || number >= n && time.Since(begun) > atMost {
					return
				}
				a := askings[number%len(askings)]
				sent := time.Now()
				answer, err := a.ask(ctx)
				took[i] = append(took[i], time.Since(sent))
				if err == nil && !a.right(answer) {
					err = fmt.Errorf("another answer than before to %s: %.300s", a.body, answer)
				}
				if err != nil {
					cancel(err)
				}
			}
		})
	}
	group.Wait()
	if err := context.Cause(ctx); err != nil {
		return nil, err
	}
	seconds := time.Since(begun).Seconds()
	all := slices.Concat(took...)
	slices.Sort(all)
	return &measurement{p50: all[len(all)/2], p99: all[len(all)*99/100], rate: float64(len(all)) / seconds}, nil
}
