package main

import (
	"context"
	"errors"
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/lantu-kg/lantu/graph"
	"github.com/lantu-kg/lantu/schema"
)

func newReports() *cobra.Command {
	var dir string
	c := &cobra.Command{
		Use:     "reports [--db DIR]",
		Short:   "List the reports in the database",
		Example: "  lantu reports --db beijing.db",
		Args:    exactly(0, "reports takes no argument"),
		RunE: func(c *cobra.Command, _ []string) (err error) {
			store, err := graph.Open(c.Context(), dir, graph.ReadOnly())
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, store.Close()) }()
			reports, err := allReports(c.Context(), store)
			if err != nil {
				return err
			}
			w := tabwriter.NewWriter(c.OutOrStdout(), 0, 0, 2, ' ', 0)
			for _, r := range reports {
				_, err = fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", r.ID, r.File, r.Date, r.Region, r.Title)
				if err != nil {
					return err
				}
			}
			return w.Flush()
		},
	}
	dbFlag(c, &dir)
	return c
}

func newRemove() *cobra.Command {
	var dir string
	c := &cobra.Command{
		Use:   "remove [--db DIR] REPORT",
		Short: "Remove a report, by its id or file name, and what only it says",
		Example: `  lantu remove chaoyang-2024.txt
  lantu remove --db beijing.db report-abcdefghijklmnop`,
		Args: exactly(1, "remove takes one report: its id or file name, as 'lantu reports' lists them"),
		RunE: func(c *cobra.Command, args []string) (err error) {
			store, err := graph.Open(c.Context(), dir, graph.MustExist())
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, store.Close()) }()
			report, err := findReport(c.Context(), store, args[0])
			if err != nil {
				return err
			}
			if err := store.Remove(c.Context(), report.ID); err != nil {
				return err
			}
			_, err = fmt.Fprintf(c.ErrOrStderr(), "removed %s (%s)\n", report.File, report.ID)
			return err
		},
	}
	dbFlag(c, &dir)
	return c
}

func allReports(ctx context.Context, store *graph.Store) ([]*schema.Report, error) {
	ids, err := store.ReportIDs(ctx)
	if err != nil {
		return nil, err
	}
	return store.Reports(ctx, ids)
}

// findReport finds the one report with an id or file name.
func findReport(ctx context.Context, store *graph.Store, name string) (*schema.Report, error) {
	reports, err := allReports(ctx, store)
	if err != nil {
		return nil, err
	}
	var found []*schema.Report
	for _, r := range reports {
		if r.ID == name {
			return r, nil
		}
		if r.File == name {
			found = append(found, r)
		}
	}
	switch len(found) {
	case 0:
		return nil, fmt.Errorf("no report %q in the database: 'lantu reports' lists those that are", name)
	case 1:
		return found[0], nil
	default:
		return nil, fmt.Errorf("%d reports are called %q: give one's id, as 'lantu reports' lists them", len(found), name)
	}
}
