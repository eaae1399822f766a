package main

import (
	"encoding/json"

	"github.com/spf13/cobra"

	"github.com/lantu-kg/lantu/loaders"
)

func newExtract() *cobra.Command {
	var private bool
	c := &cobra.Command{
		Use:   "extract SOURCE",
		Short: "Print what is found in a report, passage by passage, as JSON Lines",
		Long: `Extract prints one JSON object a passage: its line (from 0), text, entities,
claims and observations, each found thing with its span (code points of the
text), the rule that found it and how sure that rule is. REGION stands for the
report's own region. Nothing is stored. The source is one report, of any sort
that load takes.`,
		Example: `  lantu extract chaoyang-2024.txt > chaoyang-2024.jsonl
  lantu extract plan.pdf
  lantu extract chaoyang-2024.txt | jq -c '.claims[] | select(.relation == "SETTLED_IN")'`,
		Args: exactly(1, "extract takes one source: a file, an address, or - for standard input"),
		RunE: func(c *cobra.Command, args []string) error {
			source, err := loaders.Input{Stdin: c.InOrStdin(), AllowPrivate: private}.One(c.Context(), args[0])
			if err != nil {
				return err
			}
			loader, err := loaders.New()
			if err != nil {
				return err
			}
			passages, err := loader.PassagesOf(c.Context(), source)
			if err != nil {
				return err
			}
			e := json.NewEncoder(c.OutOrStdout())
			e.SetEscapeHTML(false)
			for _, p := range passages {
				if err := e.Encode(p); err != nil {
					return err
				}
			}
			return nil
		},
	}
	privateFlag(c, &private)
	return c
}
