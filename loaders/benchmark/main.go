//go:build unix

// Benchmark measures how fast reports are read: Lantu's whole extraction beside
// segmentation alone, by gse with its stock dictionary, by gse with Lantu's, and
// by jieba's posseg, which also tags. All read the same files in the same run,
// each in processes of its own, turn by turn; the best pass counts.
//
//	go run ./loaders/benchmark -lantu bin/lantu reports/
package main

import (
	"bytes"
	"context"
	_ "embed"
	"errors"
	"flag"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/go-ego/gse"

	"github.com/lantu-kg/lantu/loaders"
	"github.com/lantu-kg/lantu/loaders/segment"
	"github.com/lantu-kg/lantu/schema"
)

//go:embed posseg.py
var posseg string

const (
	rounds     = 5
	inRow      = 4      // passes of a process; jieba, the slowest, makes one
	coldReport = 20_000 // size in bytes of the report for the cold start
)

// reader is a row of the table.
type reader struct {
	title string
	name  string // of a pass in passes, empty for jieba
	cores int
	once  []string // command that reads one report, a pass when nil

	seconds float64 // of the best pass over all files
	cold    float64 // seconds of a process that reads one report
	memory  float64 // MB of that process at its peak
	all     float64 // MB of the process that reads all files, at its peak
}

func main() {
	lantu := flag.String("lantu", "bin/lantu", "the lantu binary, for the cold start")
	python := flag.String("python", "", "the python3 that has jieba")
	name := flag.String("pass", "", "time this pass over the files; the other processes are started so")
	times := flag.Int("times", 1, "how many times")
	flag.Usage = func() {
		fmt.Fprintln(flag.CommandLine.Output(), "usage: benchmark [-lantu bin/lantu] [-python python3] FOLDER")
	}
	flag.Parse()
	ctx := context.Background()
	var err error
	switch {
	case *name != "":
		err = runPass(ctx, *name, *times, flag.Args())
	case flag.NArg() != 1:
		flag.Usage()
		os.Exit(2)
	default:
		err = compare(ctx, *lantu, *python, flag.Arg(0))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "benchmark:", err)
		os.Exit(1)
	}
}

// pass reads files once.
type pass func(ctx context.Context, files []string) error

// passes are what a process of this program can time: each prepares a reader
// and returns its pass over files.
var passes = map[string]func() (pass, error){
	"gse": func() (pass, error) {
		s := gse.Segmenter{SkipLog: true}
		if err := s.LoadDictEmbed("zh"); err != nil {
			return nil, err
		}
		return lines(func(line string) { s.Segment([]byte(line)) }), nil
	},
	"plain": func() (pass, error) {
		s := gse.Segmenter{SkipLog: true}
		if err := s.LoadDictEmbed("zh"); err != nil {
			return nil, err
		}
		return lines(func(line string) { s.Cut(line, false) }), nil
	},
	"cut": func() (pass, error) {
		s := gse.Segmenter{SkipLog: true}
		if err := s.LoadDictEmbed("zh"); err != nil {
			return nil, err
		}
		s.LoadModel()
		return lines(func(line string) { s.Cut(line, true) }), nil
	},
	"segment": func() (pass, error) {
		s, err := segment.New()
		if err != nil {
			return nil, err
		}
		return lines(func(line string) { s.Segment(line) }), nil
	},
	"lantu": func() (pass, error) {
		l, err := loaders.New()
		if err != nil {
			return nil, err
		}
		return func(ctx context.Context, files []string) error {
			var failed error
			sources, err := loaders.Input{}.Sources(ctx, files)
			if err != nil {
				return err
			}
			err = l.Load(ctx, sources,
				func(context.Context, ...*schema.Reading) error { return nil },
				func(r loaders.Result) { failed = errors.Join(failed, r.Err) })
			return errors.Join(err, failed)
		}, nil
	},
}

// lines returns a pass that reads files line by line.
func lines(read func(line string)) pass {
	return func(_ context.Context, files []string) error {
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				return err
			}
			for line := range strings.SplitSeq(string(text), "\n") {
				read(line)
			}
		}
		return nil
	}
}

// runPass prints the seconds of the best of some passes over files.
func runPass(ctx context.Context, name string, times int, files []string) error {
	prepare, ok := passes[name]
	if !ok {
		return fmt.Errorf("no pass %q", name)
	}
	read, err := prepare()
	if err != nil {
		return err
	}
	best := math.Inf(1)
	for range times {
		start := time.Now()
		if err := read(ctx, files); err != nil {
			return err
		}
		best = min(best, time.Since(start).Seconds())
	}
	fmt.Println(best)
	return nil
}

// compare measures all readers on the reports of a folder and prints the table.
func compare(ctx context.Context, lantu, python, folder string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	files, size, err := texts(folder)
	if err != nil {
		return err
	}
	one, oneSize := nearest(files, coldReport)
	readers := []*reader{
		{title: "gse with its stock dictionary: `Cut` without HMM", name: "plain", cores: 1},
		{title: "the same, guessing unknown words (HMM)", name: "cut", cores: 1},
		{title: "the same: `Segment`, its fastest", name: "gse", cores: 1},
		{title: "gse with Lantu's dictionary: segments and tags", name: "segment", cores: 1},
		{title: "**Lantu, one core: extracts**", name: "lantu", cores: 1, once: []string{lantu, "extract", one}},
	}
	if cores := runtime.NumCPU(); cores > 1 {
		readers = append(readers, &reader{title: fmt.Sprintf("Lantu, %d cores: extracts", cores), name: "lantu", cores: cores, once: []string{lantu, "extract", one}})
	}
	if python = withJieba(ctx, python); python != "" {
		readers = append(readers, &reader{title: "jieba posseg: segments and tags", cores: 1})
	} else {
		fmt.Fprintln(os.Stderr, "benchmark: no python3 with jieba: its row is left out; on Debian: apt-get install python3-jieba")
	}
	command := func(r *reader, times int, files ...string) []string {
		if r.name == "" {
			return append([]string{python, "-c", posseg}, files...)
		}
		return append([]string{self, "-pass", r.name, "-times", strconv.Itoa(times)}, files...)
	}
	for round := range rounds {
		fmt.Fprintf(os.Stderr, "benchmark: round %d of %d\n", round+1, rounds)
		for _, r := range readers {
			out, _, memory, err := run(ctx, command(r, inRow, files...), r.cores)
			if err != nil {
				return err
			}
			seconds, err := strconv.ParseFloat(strings.TrimSpace(out), 64)
			if err != nil {
				return fmt.Errorf("%s: %w", r.title, err)
			}
			r.seconds, r.all = least(r.seconds, seconds), least(r.all, memory)
			once := r.once
			if once == nil {
				once = command(r, 1, one)
			}
			_, cold, memory, err := run(ctx, once, r.cores)
			if err != nil {
				return err
			}
			r.cold, r.memory = least(r.cold, cold), least(r.memory, memory)
		}
	}
	fmt.Printf("%d reports, %.2f MB of UTF-8; cold: a new process reads one of %.1f KB; %s, %d cores, %s\n\n",
		len(files), float64(size)/1e6, float64(oneSize)/1e3, processor(), runtime.NumCPU(), runtime.Version())
	fmt.Println("| | MB/s | of gse | cold start | peak memory, one report | peak memory, all |")
	fmt.Println("|---|---:|---:|---:|---:|---:|")
	for _, r := range readers {
		fmt.Printf("| %s | %.2f | %.2f | %.2f s | %.0f MB | %.0f MB |\n",
			r.title, float64(size)/1e6/r.seconds, readers[0].seconds/r.seconds, r.cold, r.memory, r.all)
	}
	return nil
}

// least returns the smaller of two measurements, 0 standing for none yet.
func least(a, b float64) float64 {
	if a == 0 {
		return b
	}
	return min(a, b)
}

// texts returns the .txt files of a folder, and their size in bytes.
func texts(folder string) (files []string, size int64, err error) {
	if files, err = filepath.Glob(filepath.Join(folder, "*.txt")); err != nil {
		return nil, 0, err
	}
	for _, file := range files {
		info, err := os.Stat(file)
		if err != nil {
			return nil, 0, err
		}
		size += info.Size()
	}
	if size == 0 {
		return nil, 0, fmt.Errorf("no .txt file in %s: give a folder of reports in UTF-8", folder)
	}
	return files, size, nil
}

// nearest returns the file whose size is nearest to size, and its own.
func nearest(files []string, size int64) (string, int64) {
	var best string
	var own int64
	for _, file := range files {
		if info, err := os.Stat(file); err == nil && (best == "" || abs(info.Size()-size) < abs(own-size)) {
			best, own = file, info.Size()
		}
	}
	return best, own
}

func abs(n int64) int64 { return max(n, -n) }

// withJieba returns the python that has jieba, "" for none.
func withJieba(ctx context.Context, asked string) string {
	candidates := []string{"python3", "/usr/bin/python3"}
	if asked != "" {
		candidates = []string{asked}
	}
	for _, python := range candidates {
		if exec.CommandContext(ctx, python, "-c", "import jieba.posseg").Run() == nil {
			return python
		}
	}
	return ""
}

// run runs a command on a number of cores and returns what it prints, how many
// seconds it takes from start to end, and its peak memory in MB.
func run(ctx context.Context, command []string, cores int) (out string, seconds, memory float64, err error) {
	c := exec.CommandContext(ctx, command[0], command[1:]...)
	c.Env = append(os.Environ(), "GOMAXPROCS="+strconv.Itoa(cores))
	var printed, complaint bytes.Buffer
	c.Stdout, c.Stderr = &printed, &complaint
	start := time.Now()
	if err := c.Run(); err != nil {
		return "", 0, 0, fmt.Errorf("%s: %w\n%s", command[0], err, complaint.String())
	}
	seconds = time.Since(start).Seconds()
	usage, ok := c.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		return "", 0, 0, errors.New("this system does not tell the memory of a process")
	}
	memory = float64(usage.Maxrss) / 1e3 // kilobytes
	if runtime.GOOS == "darwin" {
		memory /= 1e3 // bytes
	}
	return printed.String(), seconds, memory, nil
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
