// Command lantu reads government reports into a knowledge graph and answers
// questions about what they say, each answer with its sentence.
//
// Data go to standard output, words to standard error. The exit status is 0,
// 1 for input that failed, or 2 for wrong usage.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
)

// version is set by the Makefile.
var version = "dev"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// usageError is a mistake in how the command was called.
type usageError struct{ error }

// errReported ends a command whose failures were already told.
var errReported = errors.New("some input failed")

// run carries out one command line and gives its exit status.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	root := newRoot()
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	command, err := root.ExecuteContextC(ctx)
	var usage usageError
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errReported):
		return 1
	case errors.As(err, &usage):
		_, _ = fmt.Fprintf(stderr, "lantu: %v\nSee '%s --help'.\n", err, command.CommandPath())
		return 2
	default:
		_, _ = fmt.Fprintf(stderr, "lantu: %v\n", err)
		return 1
	}
}

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "lantu",
		Short: "Read government reports into a knowledge graph, every fact with its sentence",
		Long: `Lantu (蓝图) reads Chinese government reports and builds a knowledge graph of
parks, enterprises, programmes, projects, places, organisations, facilities,
events, industries, people and indicators, in which every fact opens the very
sentence it came from.`,
		Example: `  lantu demo
  lantu load report.txt
  lantu serve
  lantu query '{ parks { nodes { name enterprises { nodes { name } } } } }'`,
		Version:       version,
		SilenceErrors: true,
		SilenceUsage:  true,
		// cobra would print an unknown command's suggestion as a plain error.
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usageError{fmt.Errorf("unknown command %q", args[0])}
			}
			return nil
		},
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	root.CompletionOptions.HiddenDefaultCmd = true
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	root.AddCommand(
		newLoad(), newServe(), newDemo(), newQuery(), newExtract(), newEval(), newExport(),
		newRemove(), newReports(), newKey(), newLicences(), newVersion(),
	)
	return root
}

func newVersion() *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "Print the version",
		Example: "  lantu version",
		Args:    exactly(0, "version takes no argument"),
		RunE: func(c *cobra.Command, _ []string) error {
			_, err := fmt.Fprintln(c.OutOrStdout(), "lantu", version)
			return err
		},
	}
}

// exactly asks for n arguments, and otherwise says what was wanted.
func exactly(n int, wanted string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) != n {
			return usageError{errors.New(wanted)}
		}
		return nil
	}
}

// atLeastOne asks for one argument or more.
func atLeastOne(wanted string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) == 0 {
			return usageError{errors.New(wanted)}
		}
		return nil
	}
}

// dbFlag adds --db to a command.
func dbFlag(c *cobra.Command, dir *string) {
	c.Flags().StringVar(dir, "db", "lantu.db", "`folder` that holds the database")
}
