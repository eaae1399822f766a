//go:build unix

package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// asking is a question about one thing as it is sent, and the answer that was
// checked.
type asking struct {
	host, path, body, media string
	answer                  []byte
	ordered                 bool // whether the answer is the same each time
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

// asker is a client with a connection of its own. It does what HTTP/1.1 asks of a
// client and no more: what askers take, the servers on the same processors lack.
type asker struct {
	host    string
	conn    net.Conn // nil when there is none
	answers *bufio.Reader
	answer  bytes.Buffer
}

// longestAsking is how long an answer is waited for.
const longestAsking = time.Minute

// connect opens a connection to the host, unless it is there.
func (c *asker) connect(ctx context.Context, host string) (err error) {
	if c.conn != nil && c.host != host {
		c.close()
	}
	if c.conn == nil {
		if c.conn, err = new(net.Dialer).DialContext(ctx, "tcp", host); err == nil {
			c.host, c.answers = host, bufio.NewReader(c.conn)
		}
	}
	return err
}

// ask sends what is asked and returns the answer, which is there until the next.
func (c *asker) ask(ctx context.Context, a *asking) (answer []byte, err error) {
	if err := c.connect(ctx, a.host); err != nil {
		return nil, err
	}
	conn := c.conn
	if err := conn.SetDeadline(time.Now().Add(longestAsking)); err != nil {
		return nil, err
	}
	stop := context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) }) // which ends reading and writing
	defer stop()
	defer func() {
		if err != nil { // what else comes over the connection belongs to this asking
			err = errors.Join(err, ctx.Err())
			c.close()
		}
	}()
	if _, err := fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s", a.path, a.host, a.media, len(a.body), a.body); err != nil {
		return nil, err
	}
	response, err := http.ReadResponse(c.answers, nil)
	if err != nil {
		return nil, err
	}
	defer func() { _ = response.Body.Close() }() // it was read to its end
	c.answer.Reset()
	if _, err := c.answer.ReadFrom(response.Body); err != nil {
		return nil, err
	}
	answer = c.answer.Bytes()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %.300s", response.Status, answer)
	}
	if response.Close {
		c.close()
	}
	return answer, nil
}

func (c *asker) close() {
	if c.conn != nil {
		_ = c.conn.Close() // nothing is left to be said
		c.conn = nil
	}
}

// measurement is how fast one question was answered.
type measurement struct {
	p50, p99 time.Duration
	rate     float64 // requests a second
}

// measure asks with n clients, each connected and at once again or after a pause, until
// so many requests were answered or the time is over. Every answer must be the one that
// was checked.
func measure(ctx context.Context, askings []*asking, n int, s settings) (*measurement, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var (
		next   atomic.Int64
		group  sync.WaitGroup
		took   = make([][]time.Duration, n)
		askers = make([]asker, n)
	)
	for i := range askers {
		defer askers[i].close()
		if err := askers[i].connect(ctx, askings[0].host); err != nil {
			return nil, err
		}
	}
	begun := time.Now()
	for i := range n {
		group.Go(func() {
			c := &askers[i]
			for ctx.Err() == nil {
				if s.pause > 0 { // exponential, so that clients do not fall into step
					select {
					case <-time.After(time.Duration(rand.ExpFloat64() * float64(s.pause))):
					case <-ctx.Done():
						return
					}
				}
				number := int(next.Add(1)) - 1
				if number >= s.requests || number >= n && time.Since(begun) > s.atMost {
					return
				}
				a := askings[number%len(askings)]
				sent := time.Now()
				answer, err := c.ask(ctx, a)
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
	times := slices.Concat(took...)
	slices.Sort(times)
	return &measurement{p50: times[len(times)/2], p99: times[len(times)*99/100], rate: float64(len(times)) / seconds}, nil
}
