//go:build unix

// Benchmark measures how fast questions are answered over HTTP: by Lantu, and
// beside it in the same run by Cayley's own GraphQL and by Oxigraph's SPARQL,
// all of one generated graph. It prints a table in Markdown.
//
//	go run ./graph/benchmark -lantu bin/lantu -cayley bin/tools/cayley -claims 1000000
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"time"
)

type settings struct {
	lantu, cayley, oxigraph string
	claims                  int
	dir                     string
	port                    int
	requests                int
	atMost, pause           time.Duration
	only                    string
	answers                 int
}

func main() {
	var s settings
	flag.StringVar(&s.lantu, "lantu", "bin/lantu", "the lantu binary")
	flag.StringVar(&s.cayley, "cayley", "", "the cayley binary; without it its columns are left out")
	flag.StringVar(&s.oxigraph, "oxigraph", "", "the folder of Oxigraph's server.js; without it its columns are left out")
	flag.IntVar(&s.claims, "claims", 1_000_000, "how many claims the graph has")
	flag.StringVar(&s.dir, "dir", "", "folder that keeps the graphs for the next run; a temporary one when empty")
	flag.IntVar(&s.port, "port", 18120, "the first of three ports on loopback")
	flag.IntVar(&s.requests, "requests", 20_000, "how many requests a measurement has at most")
	flag.DurationVar(&s.atMost, "at-most", 3*time.Second, "how long a measurement takes at most")
	flag.DurationVar(&s.pause, "pause", 0, "how long a client waits at the mean before it asks again")
	flag.StringVar(&s.only, "only", "", "only these questions, parted by commas")
	flag.IntVar(&s.answers, "answer-cache", 64, "MiB of answers that Lantu keeps, as lantu serve does; with 0 it makes each, however often it is asked")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := compare(ctx, s)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "benchmark:", err)
		os.Exit(1)
	}
}

func say(format string, args ...any) { fmt.Fprintf(os.Stderr, "benchmark: "+format+"\n", args...) }

// clients are how many ask at a time.
var clients = []int{1, 16, 64}

func compare(ctx context.Context, s settings) (err error) {
	dir := s.dir
	if dir == "" {
		if dir, err = os.MkdirTemp("", "lantu-benchmark"); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	}
	g, err := prepare(ctx, filepath.Join(dir, fmt.Sprint(s.claims)), s.claims)
	if err != nil {
		return err
	}
	// From here on little is kept, so that the collector would run all the time, on the
	// processors that the servers need.
	debug.SetGCPercent(1000)
	systems, err := start(ctx, s, g)
	defer func() {
		for _, system := range systems {
			err = errors.Join(err, system.stop())
		}
	}()
	if err != nil {
		return err
	}
	fmt.Printf("%s; %s, %d cores, %s\n\n", g.Shape, processor(), runtime.NumCPU(), runtime.Version())
	head := []string{"question", "clients"}
	for _, system := range systems {
		head = append(head, system.name+" p50", "p99", "requests/s")
	}
	row(append(head, "p50 of the better", "p99 of the better")...)
	fmt.Println(strings.Repeat("|---", 2) + strings.Repeat("|---:", len(head)) + "|")
	for _, q := range questions {
		if s.only != "" && !strings.Contains(","+s.only+",", ","+q.name+",") {
			continue
		}
		asked, err := check(ctx, q, systems, g.Samples[q.name])
		if err != nil {
			return fmt.Errorf("%s: %w", q.name, err)
		}
		failed := map[string]bool{} // by fewer clients, so it is by more
		for _, n := range clients {
			cells := []string{q.title, fmt.Sprint(n)}
			var all []*measurement
			for _, system := range systems {
				switch {
				case asked[system.name] == nil:
					cells = append(cells, "", "", "")
					continue
				case failed[system.name]:
					cells = append(cells, "fails", "", "")
					continue
				}
				m, err := measure(ctx, asked[system.name], n, s)
				if err != nil && ctx.Err() == nil && system.name != "Lantu" {
					say("%s, %d clients, %s: %.300v", q.name, n, system.name, err)
					cells = append(cells, "fails", "", "")
					failed[system.name] = true
					if err := system.wait(ctx); err != nil { // it may still do what nobody waits for
						return fmt.Errorf("%s, %s: %w", q.name, system.name, err)
					}
					continue
				}
				if err != nil {
					return fmt.Errorf("%s, %s: %w", q.name, system.name, err)
				}
				cells = append(cells, milliseconds(m.p50), milliseconds(m.p99), fmt.Sprintf("%.0f", m.rate))
				all = append(all, m)
			}
			row(append(cells, beside(all, func(m *measurement) time.Duration { return m.p50 }),
				beside(all, func(m *measurement) time.Duration { return m.p99 }))...)
		}
	}
	fmt.Print("\n| | ready after | memory | with mapped files |\n|---|---:|---:|---:|\n")
	for _, system := range systems {
		own, mapped := system.memory()
		row(system.name, fmt.Sprintf("%.1f s", system.ready.Seconds()), fmt.Sprintf("%.0f MB", own), fmt.Sprintf("%.0f MB", mapped))
	}
	return nil
}

func row(cells ...string) { fmt.Println("| " + strings.Join(cells, " | ") + " |") }

func milliseconds(d time.Duration) string { return fmt.Sprintf("%.2f ms", d.Seconds()*1e3) }

// beside gives the share that the first measurement has of the best other one.
func beside(all []*measurement, of func(*measurement) time.Duration) string {
	if len(all) < 2 {
		return ""
	}
	best := of(all[1])
	for _, m := range all[2:] {
		best = min(best, of(m))
	}
	return fmt.Sprintf("%.2f", of(all[0]).Seconds()/best.Seconds())
}

// processor names the processor where the system tells.
func processor() string {
	info, err := os.ReadFile("/proc/cpuinfo")
	if err == nil {
		for line := range strings.Lines(string(info)) {
			if key, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(key) == "model name" {
				return strings.TrimSpace(value)
			}
		}
	}
	return runtime.GOARCH
}
