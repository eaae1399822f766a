package main

import (
	"bytes"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/lantu-kg/lantu/graph"
	"github.com/lantu-kg/lantu/loaders"
)

// demoReport is a fictional year of a fictional district.
//
//go:embed demo/qingyu-2024.txt
var demoReport []byte

const demoFile = "qingyu-2024.txt"

const demoQuestions = `
Three questions to try in GraphiQL:

  Who settled in which park, and in which sentence does it stand?
    { parks { nodes { name enterprises { nodes { name } }
        claims(relation: SETTLED_IN) { nodes { evidence { sentence } } } } } }

  Which streets does the programme 里坊焕新 reach?
    { programs(filter: {name: "里坊焕新"}) { nodes { id name
        places { nodes { name level parent { name } } } } } }
    (and every way it takes, hop by hop: trace(from: "<its id>"))

  What was measured about the district?
    { observations(first: 50) { nodes { about { name } measure value unit type evidence { sentence } } } }

`

func newDemo() *cobra.Command {
	var dir, addr string
	c := &cobra.Command{
		Use:   "demo [--db DIR] [--addr HOST:PORT]",
		Short: "Load the report that ships with Lantu, and serve it",
		Long: `Demo loads the report that ships with Lantu, a fictional year of a fictional
district, into a database of its own, and serves it.`,
		Example: `  lantu demo
  lantu demo --addr 127.0.0.1:9000`,
		Args: exactly(0, "demo takes no argument"),
		RunE: func(c *cobra.Command, _ []string) (err error) {
			store, err := graph.Open(c.Context(), dir)
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, store.Close()) }()
			if err := loadDemo(c.Context(), store, c.ErrOrStderr()); err != nil {
				return err
			}
			return serve(c.Context(), store, addr, c.ErrOrStderr(), demoQuestions)
		},
	}
	c.Flags().StringVar(&dir, "db", "lantu-demo.db", "`folder` that holds the demo's own database")
	addrFlag(c, &addr)
	return c
}

func loadDemo(ctx context.Context, store *graph.Store, stderr io.Writer) error {
	loader, err := loaders.New()
	if err != nil {
		return err
	}
	reading, err := loader.Read(ctx, demoFile, bytes.NewReader(demoReport))
	if err != nil {
		return err
	}
	if err := store.Put(ctx, reading); err != nil {
		return err
	}
	_, err = fmt.Fprintf(stderr, "%s  %d entities  %d claims  %d observations\n\n",
		demoFile, len(reading.Entities), len(reading.Claims), len(reading.Observations))
	return err
}
