package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"

	"github.com/spf13/cobra"

	"github.com/lantu-kg/lantu/access"
	"github.com/lantu-kg/lantu/graph"
	"github.com/lantu-kg/lantu/web"
)

func newServe() *cobra.Command {
	var dir, addr string
	var who accessFlags
	c := &cobra.Command{
		Use:   "serve [--db DIR] [--addr HOST:PORT] [--role ROLE]",
		Short: "Serve the graph over HTTP: GraphQL, and GraphiQL to explore it",
		Long: `Serve answers GraphQL at /graphql, shows GraphiQL at /graphiql, and tells how it
is at /healthz and /readyz. It stops gracefully on an interrupt.

On this machine's own address anyone may read, and do more by a key ('lantu key')
or by --role. On another address one needs a key, unless --open is given. Where
nobody can be an editor the database is opened for reading only, and 'lantu query'
may ask it meanwhile; 'lantu load' has to wait until the server stops.`,
		Example: `  lantu serve
  lantu serve --db beijing.db --addr 127.0.0.1:9000 --role editor
  lantu key add --role reader dashboard && lantu serve --addr 0.0.0.0:8080
  lantu serve --oidc-issuer https://login.example.gov.cn --oidc-audience lantu`,
		Args: exactly(0, "serve takes no argument"),
		RunE: func(c *cobra.Command, _ []string) (err error) {
			policy, err := who.policy(c.Context(), dir, addr)
			if err != nil {
				return err
			}
			edited, err := mayEdit(policy)
			if err != nil {
				return err
			}
			var opts []graph.Option
			if !edited {
				opts = append(opts, graph.ReadOnly())
			}
			store, err := graph.Open(c.Context(), dir, opts...)
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, store.Close()) }()
			return serve(c.Context(), store, policy, addr, c.ErrOrStderr(), "")
		},
	}
	dbFlag(c, &dir)
	addrFlag(c, &addr)
	who.add(c, access.Reader)
	return c
}

func addrFlag(c *cobra.Command, addr *string) {
	c.Flags().StringVar(addr, "addr", "127.0.0.1:8080", "`address` to listen on")
}

// serve serves a store until ctx ends; hint is printed once it listens.
func serve(ctx context.Context, store *graph.Store, policy *access.Policy, addr string, stderr io.Writer, hint string) error {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", addr)
	if err != nil {
		return fmt.Errorf("cannot listen on %s: %w; give another address with --addr", addr, err)
	}
	url := "http://" + listener.Addr().String()
	if _, err := fmt.Fprintf(stderr, "GraphQL   %s/graphql\nGraphiQL  %s/graphiql\n%s", url, url, hint); err != nil {
		return errors.Join(err, listener.Close())
	}
	logger := slog.New(slog.NewTextHandler(stderr, nil))
	return web.Serve(ctx, listener, web.New(web.Config{Store: store, Access: policy, Logger: logger}))
}
