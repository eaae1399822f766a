//go:build unix

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// system is a server that is asked.
type system struct {
	name    string
	first   string // path that is answered when it is ready
	host    string // and port
	ready   time.Duration
	process *exec.Cmd
	ended   chan struct{} // closed when the process has ended
	log     bytes.Buffer  // to be read then
}

// start starts Lantu and what it is measured beside, and waits until each
// answers. Those that it started it returns, with an error too.
func start(ctx context.Context, s settings, g *prepared) (systems []*system, err error) {
	begin := func(name string, port int, first string, command ...string) error {
		system := &system{name: name, first: first, host: fmt.Sprintf("127.0.0.1:%d", port)}
		system.process = exec.CommandContext(ctx, command[0], command[1:]...)
		system.process.Stdout, system.process.Stderr = &system.log, &system.log
		started := time.Now()
		if err := system.process.Start(); err != nil {
			return err
		}
		system.ended = make(chan struct{})
		go func() {
			defer close(system.ended)
			_ = system.process.Wait() // how it ended is in its log
		}()
		systems = append(systems, system)
		if err := system.wait(ctx); err != nil {
			err = errors.Join(err, system.stop())
			return fmt.Errorf("%s does not answer: %w\n%s", name, err, system.log.String())
		}
		system.ready = time.Since(started)
		return nil
	}
	if err := begin("Lantu", s.port, firstSearch, s.lantu, "serve", "--db", g.database(), "--addr", fmt.Sprintf("127.0.0.1:%d", s.port), "--rate", "0", "--answer-cache", strconv.Itoa(s.answers)); err != nil {
		return systems, err
	}
	if s.cayley+s.oxigraph != "" {
		if err := g.writeQuads(); err != nil {
			return systems, err
		}
	}
	if s.cayley != "" {
		if err := loadCayley(ctx, s.cayley, g); err != nil {
			return systems, err
		}
		if err := begin("Cayley", s.port+1, cayleyGraphQL, s.cayley, "http", "-d", "bbolt", "-a", g.cayley(), "--read_only", "--host", fmt.Sprintf("127.0.0.1:%d", s.port+1)); err != nil {
			return systems, err
		}
	}
	if s.oxigraph != "" {
		if err := begin("Oxigraph", s.port+2, "/", "node", filepath.Join(s.oxigraph, "server.js"), g.quads(), strconv.Itoa(s.port+2)); err != nil {
			return systems, err
		}
	}
	return systems, nil
}

// loadCayley fills Cayley's own database, unless it is there.
func loadCayley(ctx context.Context, cayley string, g *prepared) error {
	done := g.cayley() + ".loaded"
	if _, err := os.Stat(done); err == nil {
		return nil
	}
	if err := os.RemoveAll(g.cayley()); err != nil {
		return err
	}
	config := g.cayley() + ".json"
	text := fmt.Sprintf(`{"store": {"backend": "bbolt", "address": %q, "options": {"nosync": true}}, "load": {"batch": 50000}}`, g.cayley())
	if err := os.WriteFile(config, []byte(text), 0o644); err != nil {
		return err
	}
	begun := time.Now()
	out, err := exec.CommandContext(ctx, cayley, "load", "--init", "-c", config, "-i", g.quads()).CombinedOutput()
	if err != nil {
		return fmt.Errorf("cayley load: %w\n%s", err, out)
	}
	say("Cayley loaded in %.0f s", time.Since(begun).Seconds())
	return os.WriteFile(done, nil, 0o644)
}

// cayleyGraphQL answers questions. (What Cayley shows at / it lacks where it was built
// outside its own folder.)
const cayleyGraphQL = "/api/v1/query/graphql"

// firstSearch is answered when the index is there.
const firstSearch = "/graphql?query=%7Bsearch(query:%22%E5%9B%AD%22,first:1)%7BtotalCount%7D%7D"

const startTimeout = time.Hour // of ten million claims, which are read for the index

var errEnded = errors.New("it has ended")

func (s *system) wait(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	for {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+s.host+s.first, nil)
		if err != nil {
			return err
		}
		if response, err := http.DefaultClient.Do(request); err == nil {
			answer, err := io.ReadAll(response.Body)
			if err = errors.Join(err, response.Body.Close()); err != nil || !bytes.Contains(answer, []byte(`"errors"`)) {
				return err
			}
		}
		select {
		case <-s.ended:
			return errEnded
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(50 * time.Millisecond):
		}
	}
}

func (s *system) stop() error {
	if err := s.process.Process.Signal(syscall.SIGTERM); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	<-s.ended
	return nil
}

// memory gives the megabytes that the system holds of its own, and with the
// pages of files that are mapped; 0 where the operating system does not tell.
func (s *system) memory() (own, mapped float64) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.process.Process.Pid))
	if err != nil {
		return 0, 0
	}
	for line := range strings.Lines(string(text)) {
		fields := strings.Fields(line)
		if len(fields) < 2 {
			continue
		}
		kibibytes, err := strconv.ParseFloat(fields[1], 64)
		switch {
		case err != nil:
		case fields[0] == "RssAnon:":
			own = kibibytes * 1024 / 1e6
		case fields[0] == "VmRSS:":
			mapped = kibibytes * 1024 / 1e6
		}
	}
	return own, mapped
}
