package main

import (
	"errors"
	"os"

	"github.com/spf13/cobra"

	"github.com/lantu-kg/lantu/loaders"
	"github.com/lantu-kg/lantu/loaders/resolve"
)

// splitsFlag adds --splits to a command.
func splitsFlag(c *cobra.Command, file *string) {
	c.Flags().StringVar(file, "splits", "", "`file` of merges to undo: kind, name, rule (* for all) and why, parted by tabs")
}

// newLoader returns a loader that keeps the merges in a file of splits apart;
// "" is no file.
func newLoader(splits string) (_ *loaders.Loader, err error) {
	if splits == "" {
		return loaders.New()
	}
	f, err := os.Open(splits)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	s, err := resolve.ReadSplits(f, splits)
	if err != nil {
		return nil, err
	}
	return loaders.New(loaders.WithSplits(s))
}
