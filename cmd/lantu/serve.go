package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"

	"github.com/spf13/cobra"

	"github.com/lantu-kg/lantu/graph"
	"github.com/lantu-kg/lantu/web"
)

func newServe() *cobra.Command {
	var dir, addr string
	c := &cobra.Command{
		Use:   "serve [--db DIR] [--addr HOST:PORT]",
		Short: "Serve the graph over HTTP: GraphQL, and GraphiQL to explore it",
		Long: `Serve answers GraphQL at /graphql, shows GraphiQL at /graphiql, and tells how it
is at /healthz and /readyz. It only reads: 'lantu query' may ask the same database
meanwhile, 'lantu load' has to wait until it stops. It stops gracefully on an
interrupt.`,
		Example: `  lantu serve
  lantu serve --db beijing.db --addr 127.0.0.1:9000`,
		Args: exactly(0, "serve takes no argument"),
		RunE: func(c *cobra.Command, _ []string) (err error) {
			store, err := graph.Open(c.Context(), dir, graph.ReadOnly())
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, store.Close()) }()
			return serve(c.Context(), store, addr, c.ErrOrStderr(), "")
		},
	}
	dbFlag(c, &dir)
	addrFlag(c, &addr)
	return c
}

func addrFlag(c *cobra.Command, addr *string) {
	c.Flags().StringVar(addr, "addr", "127.0.0.1:8080", "`address` to listen on")
}

// serve serves a store until ctx ends; hint is printed once it listens.
func serve(ctx context.Context, store *graph.Store, addr string, stderr io.Writer, hint string) error {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", addr)
	if err != nil {
		return fmt.Errorf("cannot listen on %s: %w; give another address with --addr", addr, err)
	}
	url := "http://" + listener.Addr().String()
	if _, err := fmt.Fprintf(stderr, "GraphQL   %s/graphql\nGraphiQL  %s/graphiql\n%s", url, url, hint); err != nil {
		return errors.Join(err, listener.Close())
	}
	logger := slog.New(slog.NewTextHandler(stderr, nil))
	return web.Serve(ctx, listener, web.New(web.Config{Store: store, Logger: logger}))
}
