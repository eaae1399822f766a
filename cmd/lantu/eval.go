package main

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/lantu-kg/lantu/loaders"
)

func newEval() *cobra.Command {
	var e loaders.Evaluation
	var byKind, causes, calibration bool
	c := &cobra.Command{
		Use:   "eval GOLD.json...",
		Short: "Score extraction against reports annotated by readers",
		Long: `Eval extracts the report of each annotation file, found beside it or in the
folder reports beside its folder, and prints precision, recall and F1 over all of
them: of entities by name and kind and by name alone, of claims, and of
observations whole and by number alone.

What is learned from annotations must not be scored on them: with
--leave-one-region-out, each region is scored with what is learned from the
others.`,
		Example: `  lantu eval gold/*.json
  lantu eval --by-kind gold/chaoyang-2024.json
  lantu eval --errors gold/chaoyang-2024.json
  lantu eval --causes gold/*.json
  lantu eval --leave-one-region-out --calibration gold/*.json`,
		PreRunE: func(*cobra.Command, []string) error {
			if e.RulesOnly && e.LeaveOneRegionOut {
				return usageError{errors.New("--rules-only learns nothing: give it or --leave-one-region-out, not both")}
			}
			return nil
		},
		Args: atLeastOne("eval takes one annotation file or more"),
		RunE: func(c *cobra.Command, paths []string) error {
			loader, err := loaders.New()
			if err != nil {
				return err
			}
			e.Annotations = paths
			score, calibrated, err := loader.Evaluate(c.Context(), e)
			if err != nil {
				return err
			}
			for _, m := range score.Misses {
				thing, err := json.Marshal(m.Thing)
				if err != nil {
					return err
				}
				word, why := "missed", " ("+string(m.Cause)+")"
				if m.Extra {
					word, why = "extra", ""
				}
				if _, err := fmt.Fprintf(c.OutOrStdout(), "%-6s %s %s line %d%s: %s\n", word, m.Measure, m.Doc, m.Line, why, thing); err != nil {
					return err
				}
			}
			if err := score.Write(c.OutOrStdout(), byKind); err != nil {
				return err
			}
			if causes {
				if err := score.WriteCauses(c.OutOrStdout()); err != nil {
					return err
				}
			}
			if !calibration {
				return nil
			}
			return calibrated.Write(c.OutOrStdout())
		},
	}
	f := c.Flags()
	f.BoolVar(&byKind, "by-kind", false, "also print a row a kind, relation and type")
	f.BoolVar(&e.KeepMisses, "errors", false, "also print what was missed and what was found too much")
	f.BoolVar(&causes, "causes", false, "also print why things were missed: no entity at an end of a claim, another status, another owner of a number …")
	f.BoolVar(&calibration, "calibration", false, "also print how often what was found is right, by confidence")
	f.StringVar(&e.Reports, "reports", "", "`folder` of the reports, when they are not beside the annotations")
	f.BoolVar(&e.RulesOnly, "rules-only", false, "leave out what was learned from annotations")
	f.BoolVar(&e.LeaveOneRegionOut, "leave-one-region-out", false, "score each region with what is learned from the others")
	f.StringSliceVar(&e.Learn, "learn", nil, "with --leave-one-region-out: more annotation `files` to learn from, not scored")
	f.StringSliceVar(&e.HoldOut, "hold-out", nil, "with --leave-one-region-out: `names` of annotations, or how they begin, never to learn from")
	return c
}
