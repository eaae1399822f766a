package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/lantu-kg/lantu/graph"
	"github.com/lantu-kg/lantu/loaders"
)

func newLoad() *cobra.Command {
	var dir string
	var private bool
	var mapping string
	var splits string
	c := &cobra.Command{
		Use:   "load [--db DIR] SOURCE...",
		Short: "Read reports, files or folders of them, into the database",
		Long: `Load reads each report and stores what it says. A source is a file (text, HTML,
PDF with its text, DOCX), a ZIP archive or folder of such (with the folders in
it), - for standard input, or an http or https address; what a file is, its
content tells. Files of other
kinds in a folder or archive are passed over, and counted. A report is
stored whole or not at all; loading it again changes nothing. A report that
fails is named with its reason, the others are still loaded, and the exit status
is 1.

With --mapping, sources are CSV files: a register of enterprises, a list of
parks. The mapping, a YAML or JSON file, says what their columns mean; every row
is evidence of what it says. docs/csv.md describes it.`,
		Example: `  lantu load chaoyang-2024.txt plan.pdf work-report.docx
  lantu load --db beijing.db reports/ archive.zip
  lantu load https://www.example.gov.cn/report.html
  curl -s https://www.example.gov.cn/report.pdf | lantu load -
  lantu load --mapping register.yaml register.csv`,
		Args: atLeastOne("load takes one source or more: a file, folder, address, or - for standard input"),
		RunE: func(c *cobra.Command, names []string) error {
			in := loaders.Input{Stdin: c.InOrStdin(), AllowPrivate: private}
			return load(c.Context(), dir, splits, in, mapping, names, c.OutOrStdout(), c.ErrOrStderr())
		},
	}
	dbFlag(c, &dir)
	privateFlag(c, &private)
	c.Flags().StringVar(&mapping, "mapping", "", "read the sources as CSV by this mapping `file`")
	splitsFlag(c, &splits)
	return c
}

// privateFlag adds --allow-private to a command.
func privateFlag(c *cobra.Command, private *bool) {
	c.Flags().BoolVar(private, "allow-private", false, "also fetch addresses of this machine and of private networks, and use the environment's proxy")
}

func load(ctx context.Context, dir, splits string, in loaders.Input, mapping string, names []string, stdout, stderr io.Writer) (err error) {
	loader, err := newLoader(splits)
	if err != nil {
		return err
	}
	passed := map[string]int{} // by kind
	in.PassedOver = func(path string) { passed[strings.ToLower(filepath.Ext(path))]++ }
	sources, listErr := listSources(ctx, in, mapping, names)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if len(passed) > 0 {
		if _, err := fmt.Fprintln(stderr, passedOver(passed)); err != nil {
			return err
		}
	}
	failed := listErr != nil
	if failed {
		if _, err := fmt.Fprintln(stderr, listErr); err != nil {
			return err
		}
	}
	if len(sources) == 0 {
		return errReported
	}
	store, err := graph.Open(ctx, dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	bar := newBar(stderr, len(sources))
	var tellErr error
	stored := 0
	loadErr := loader.Load(ctx, sources, store.Put, func(r loaders.Result) {
		bar.clear()
		if errors.Is(r.Err, context.Canceled) {
			return // told once, at the end
		}
		if r.Err != nil {
			failed = true
			_, err := fmt.Fprintln(stderr, r.Err)
			tellErr = errors.Join(tellErr, err)
		} else {
			stored++
			_, err := fmt.Fprintf(stdout, "%s  %d entities  %d claims  %d observations\n",
				r.Reading.Report.File, len(r.Reading.Entities), len(r.Reading.Claims), len(r.Reading.Observations))
			tellErr = errors.Join(tellErr, err)
		}
		bar.step()
	})
	bar.clear()
	if ctx.Err() != nil {
		return errors.New("interrupted: the reports printed above are stored, the others are not")
	}
	if err := errors.Join(loadErr, tellErr); err != nil {
		return err
	}
	if stored == 0 && len(sources) > 1 {
		return fmt.Errorf("nothing was loaded: of %d reports none could be read; each is named above with what to do", len(sources))
	}
	if failed {
		return errReported
	}
	return nil
}

// passedOver says how many files of a folder or archive were left out, by the
// endings of their names, the most frequent first.
func passedOver(kinds map[string]int) string {
	endings := slices.SortedFunc(maps.Keys(kinds), func(a, b string) int {
		return cmp.Or(cmp.Compare(kinds[b], kinds[a]), strings.Compare(a, b))
	})
	total := 0
	for i, ending := range endings {
		total += kinds[ending]
		endings[i] = fmt.Sprintf("%d %s", kinds[ending], cmp.Or(ending, "without an ending"))
	}
	noun := "files"
	if total == 1 {
		noun = "file"
	}
	return fmt.Sprintf("passed over %d %s of kinds that are not read: %s (text, HTML, PDF, DOCX and ZIP are; name a file to have it read whatever its ending)",
		total, noun, strings.Join(endings, ", "))
}

// listSources gives the reports that names stand for, or the tables if there is a
// mapping.
func listSources(ctx context.Context, in loaders.Input, mapping string, names []string) ([]loaders.Source, error) {
	if mapping == "" {
		return in.Sources(ctx, names)
	}
	m, err := loaders.ReadMapping(mapping)
	if err != nil {
		return nil, err
	}
	return in.Tables(names, m), nil
}

// bar is a progress bar on a terminal, and nothing elsewhere.
type bar struct{ p *progressbar.ProgressBar }

func newBar(w io.Writer, total int) bar {
	f, ok := w.(*os.File)
	if !ok || total < 2 || !term.IsTerminal(int(f.Fd())) {
		return bar{}
	}
	return bar{progressbar.NewOptions(total, progressbar.OptionSetWriter(w),
		progressbar.OptionSetDescription("reading"), progressbar.OptionShowCount(),
		progressbar.OptionClearOnFinish())}
}

// A bar that cannot be drawn is no reason to stop loading.
func (b bar) clear() {
	if b.p != nil {
		_ = b.p.Clear()
	}
}

func (b bar) step() {
	if b.p != nil {
		_ = b.p.Add(1)
	}
}
