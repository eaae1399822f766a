package main

import (
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/lantu-kg/lantu/loaders"
	"github.com/lantu-kg/lantu/loaders/gold"
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

func newEval() *cobra.Command {
	var byKind, misses bool
	c := &cobra.Command{
		Use:   "eval GOLD.json...",
		Short: "Score extraction against reports annotated by readers",
		Long: `Eval extracts the report of each annotation file, found beside it or in the
folder reports beside its folder, and prints precision, recall and F1 over all of
them: of entities by name and kind and by name alone, of claims, and of
observations whole and by number alone.`,
		Example: `  lantu eval gold/*.json
  lantu eval --by-kind gold/chaoyang-2024.json
  lantu eval --errors gold/chaoyang-2024.json`,
		Args: atLeastOne("eval takes one annotation file or more"),
		RunE: func(c *cobra.Command, paths []string) error {
			loader, err := loaders.New()
			if err != nil {
				return err
			}
			score := gold.NewScore()
			score.KeepMisses = misses
			for _, path := range paths {
				annotated, err := gold.ReadFile(path)
				if err != nil {
					return err
				}
				report, err := annotated.ReportFile(path)
				if err != nil {
					return err
				}
				found, err := loader.Passages(c.Context(), report)
				if err != nil {
					return err
				}
				score.Add(annotated, found)
			}
			for _, m := range score.Misses {
				thing, err := json.Marshal(m.Thing)
				if err != nil {
					return err
				}
				word := "missed"
				if m.Extra {
					word = "extra"
				}
				if _, err := fmt.Fprintf(c.OutOrStdout(), "%-6s %s %s line %d: %s\n", word, m.Measure, m.Doc, m.Line, thing); err != nil {
					return err
				}
			}
			return score.Write(c.OutOrStdout(), byKind)
		},
	}
	c.Flags().BoolVar(&byKind, "by-kind", false, "also print a row a kind, relation and type")
	c.Flags().BoolVar(&misses, "errors", false, "also print what was missed and what was found too much")
	return c
}
