package main

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/lantu-kg/lantu/graph"
	"github.com/lantu-kg/lantu/loaders"
)

func newExport() *cobra.Command {
	var dir string
	var whole bool
	c := &cobra.Command{
		Use:   "export [--db DIR] [--whole] REPORT",
		Short: "Write what people corrected of a report as an annotation",
		Long: `Export writes a report as people corrected it in the form of a reader's
annotation: of each passage in which somebody decided something, all that it says
now. What nobody has decided on there counts as right, so decide on all of a
passage before you score with it. Put the report's text beside the annotation to
score with 'lantu eval'.`,
		Example: `  lantu export chaoyang-2024.txt > chaoyang-2024.json
  lantu eval chaoyang-2024.json
  lantu export --whole report-abcdefghijklmnop > whole.json`,
		Args: exactly(1, "export takes one report: its id or file name, as 'lantu reports' lists them"),
		RunE: func(c *cobra.Command, args []string) (err error) {
			store, err := graph.Open(c.Context(), dir, graph.ReadOnly())
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, store.Close()) }()
			report, err := findReport(c.Context(), store, args[0])
			if err != nil {
				return err
			}
			reading, err := store.Reading(c.Context(), report.ID)
			if err != nil {
				return err
			}
			annotation, left := loaders.Annotation(reading, whole)
			if len(annotation.Passages) == 0 {
				return fmt.Errorf("nobody has decided on anything in %s: correct it first (docs/api.md, \"For those who curate\"), or give --whole", report.File)
			}
			out := json.NewEncoder(c.OutOrStdout())
			out.SetEscapeHTML(false)
			out.SetIndent("", " ")
			if err := out.Encode(annotation); err != nil {
				return err
			}
			_, err = fmt.Fprintf(c.ErrOrStderr(), "%s: %d passages; %d facts left out, of what their passages do not name\n", report.File, len(annotation.Passages), left)
			return err
		},
	}
	dbFlag(c, &dir)
	c.Flags().BoolVar(&whole, "whole", false, "write every passage, also those that nobody has decided on")
	return c
}
