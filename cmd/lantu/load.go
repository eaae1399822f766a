package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/lantu-kg/lantu/graph"
	"github.com/lantu-kg/lantu/loaders"
)

func newLoad() *cobra.Command {
	var dir string
	c := &cobra.Command{
		Use:   "load [--db DIR] PATH...",
		Short: "Read reports, files or folders of them, into the database",
		Long: `Load reads each report and stores what it says. A report is stored whole or not
at all; loading it again changes nothing. A report that fails is named with its
reason, the others are still loaded, and the exit status is 1.`,
		Example: `  lantu load chaoyang-2024.txt
  lantu load --db beijing.db reports/`,
		Args: atLeastOne("load takes one file or folder, or more"),
		RunE: func(c *cobra.Command, paths []string) error {
			return load(c.Context(), dir, paths, c.OutOrStdout(), c.ErrOrStderr())
		},
	}
	dbFlag(c, &dir)
	return c
}

func load(ctx context.Context, dir string, paths []string, stdout, stderr io.Writer) (err error) {
	files, listErr := loaders.Files(paths)
	failed := listErr != nil
	if failed {
		if _, err := fmt.Fprintln(stderr, listErr); err != nil {
			return err
		}
	}
	if len(files) == 0 {
		return errReported
	}
	store, err := graph.Open(ctx, dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	loader, err := loaders.New()
	if err != nil {
		return err
	}
	bar := newBar(stderr, len(files))
	var tellErr error
	loadErr := loader.Load(ctx, files, store.Put, func(r loaders.Result) {
		bar.clear()
		if errors.Is(r.Err, context.Canceled) {
			return // told once, at the end
		}
		if r.Err != nil {
			failed = true
			_, err := fmt.Fprintln(stderr, r.Err)
			tellErr = errors.Join(tellErr, err)
		} else {
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
	if failed {
		return errReported
	}
	return nil
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
