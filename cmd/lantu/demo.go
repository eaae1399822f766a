package main

import (
	"bytes"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/lantu-kg/lantu/access"
	"github.com/lantu-kg/lantu/graph"
	"github.com/lantu-kg/lantu/loaders"
	"github.com/lantu-kg/lantu/web"
)

// demoReport and demoNext are two fictional years of a fictional district.
var (
	//go:embed demo/qingyu-2024.txt
	demoReport []byte
	//go:embed demo/qingyu-2025.txt
	demoNext []byte
)

const (
	demoFile     = "qingyu-2024.txt"
	demoNextFile = "qingyu-2025.txt"
)

const demoQuestions = `
Three questions to try in GraphiQL:

  Who settled in which park, and in which sentence does it stand?
    { parks { nodes { name enterprises { nodes { name } }
        claims(relation: SETTLED_IN) { nodes { evidence { sentence } } } } } }

  Which streets does the programme 里坊焕新 reach?
    { programs(filter: {name: "里坊焕新"}) { nodes { id name
        places { nodes { name level parent { name } } } } } }
    (and every way it takes, hop by hop: trace(from: "<its id>"))

  What did the first report promise, and what does the second say of it?
    { commitments(report: "qingyu-2024.txt") { nodes { about { name } state
        evidence { sentence } later { status evidence { sentence } } } } }

`

func newDemo() *cobra.Command {
	var dir, addr string
	var who accessFlags
	c := &cobra.Command{
		Use:   "demo [--db DIR] [--addr HOST:PORT]",
		Short: "Load the reports that ship with Lantu, and serve them",
		Long: `Demo loads the reports that ship with Lantu, two fictional years of a fictional
district, into a database of its own, and serves them.`,
		Example: `  lantu demo
  lantu demo --addr 127.0.0.1:9000`,
		Args: exactly(0, "demo takes no argument"),
		RunE: func(c *cobra.Command, _ []string) (err error) {
			policy, err := who.policy(c.Context(), dir, addr)
			if err != nil {
				return err
			}
			store, err := graph.Open(c.Context(), dir)
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, store.Close()) }()
			if err := loadDemo(c.Context(), store, c.ErrOrStderr()); err != nil {
				return err
			}
			return serve(c.Context(), web.Config{Store: store, Access: policy, Loader: newReceiver(store, ""), AnswerBytes: defaultAnswerMiB << 20}, addr, c.ErrOrStderr(), demoQuestions)
		},
	}
	c.Flags().StringVar(&dir, "db", "lantu-demo.db", "`folder` that holds the demo's own database")
	addrFlag(c, &addr)
	who.add(c, access.Admin)
	return c
}

func loadDemo(ctx context.Context, store *graph.Store, stderr io.Writer) error {
	loader, err := loaders.New()
	if err != nil {
		return err
	}
	for _, report := range []struct {
		file string
		text []byte
	}{{demoFile, demoReport}, {demoNextFile, demoNext}} {
		reading, err := loader.Read(ctx, report.file, bytes.NewReader(report.text))
		if err != nil {
			return err
		}
		if err := store.Put(ctx, reading); err != nil {
			return err
		}
		if _, err := fmt.Fprintf(stderr, "%s  %d entities  %d claims  %d observations\n",
			report.file, len(reading.Entities), len(reading.Claims), len(reading.Observations)); err != nil {
			return err
		}
	}
	_, err = fmt.Fprintln(stderr)
	return err
}
