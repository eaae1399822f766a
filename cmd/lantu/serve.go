package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/netip"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/lantu-kg/lantu/access"
	"github.com/lantu-kg/lantu/graph"
	"github.com/lantu-kg/lantu/graph/api"
	"github.com/lantu-kg/lantu/web"
)

func newServe() *cobra.Command {
	var dir, addr, splits string
	var who accessFlags
	var how serveFlags
	c := &cobra.Command{
		Use:   "serve [--db DIR] [--addr HOST:PORT] [--role ROLE]",
		Short: "Serve the graph over HTTP: the explorer, GraphQL and GraphiQL",
		Long: `Serve shows the explorer at /, answers GraphQL at /graphql, shows GraphiQL at
/graphiql, and tells how it is at /healthz and /readyz. It stops gracefully on
an interrupt.

On this machine's own address anyone may read, and do more by a key ('lantu key')
or by --role. On another address, or through a reverse proxy on this machine, one
needs a key, unless --open is given. Name the proxy by --trusted-proxy: otherwise
all who come through it share one rate limit. Where
nobody can be an editor the database is opened for reading only, and 'lantu query'
may ask it meanwhile; 'lantu load' has to wait until the server stops. Whoever has
the role admin loads reports through the server: by loadReport of the API.`,
		Example: `  lantu serve
  lantu serve --db beijing.db --addr 127.0.0.1:9000 --role editor
  lantu key add --role reader dashboard && lantu serve --addr 0.0.0.0:8080
  lantu serve --trusted-proxy 127.0.0.1 --base-url https://lantu.example.gov.cn
  lantu serve --origin https://app.example.gov.cn --rate 600
  lantu serve --trusted-documents queries.json --trusted-only
  lantu serve --oidc-issuer https://login.example.gov.cn --oidc-audience lantu`,
		Args: exactly(0, "serve takes no argument"),
		RunE: func(c *cobra.Command, _ []string) (err error) {
			policy, err := who.policy(c.Context(), dir, addr)
			if err != nil {
				return err
			}
			config, err := how.config()
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
			config.Store, config.Access = store, policy
			if edited {
				config.Loader = newReceiver(store, splits)
			}
			return serve(c.Context(), config, addr, c.ErrOrStderr(), "")
		},
	}
	dbFlag(c, &dir)
	addrFlag(c, &addr)
	who.add(c, access.Reader)
	how.add(c)
	splitsFlag(c, &splits)
	return c
}

const maxUploadMiB = 16 << 10 // what a file may have is bound by the loaders

// serveFlags say how requests are answered.
type serveFlags struct {
	origins     []string
	proxies     []string
	rate        int
	trusted     string
	trustedOnly bool
	baseURL     string
	maxUpload   int64
	streams     int
	perClient   int
	answers     int
}

func (f *serveFlags) add(c *cobra.Command) {
	flags := c.Flags()
	flags.StringSliceVar(&f.origins, "origin", nil, "let pages of this `origin` ask, such as https://app.example.gov.cn; may be given again")
	flags.StringSliceVar(&f.proxies, "trusted-proxy", nil, "believe a reverse proxy at this `address` or range (such as 10.0.0.0/8) who asks: by X-Forwarded-For; may be given again")
	flags.IntVar(&f.rate, "rate", 6000, "`requests` a minute that each client may make; 0 for any number")
	flags.StringVar(&f.trusted, "trusted-documents", "", "`file` of documents that may be asked for by their hash: {\"SHA-256\": \"QUERY\"}")
	flags.StringVar(&f.baseURL, "base-url", "", "`address` at which users find this server, such as https://lantu.example.gov.cn: permalinks begin with it")
	flags.Int64Var(&f.maxUpload, "max-upload", 256, "`MiB` of the files that can be sent at once")
	flags.IntVar(&f.streams, "streams", 1000, "`streams` (websockets, server-sent events) that may be open at a time")
	flags.IntVar(&f.perClient, "streams-per-client", 100, "`streams` that each client may have open at a time")
	flags.IntVar(&f.answers, "answer-cache", defaultAnswerMiB, "`MiB` of answers to keep while the graph does not change, for when the same is asked again; 0 for none")
	flags.BoolVar(&f.trustedOnly, "trusted-only", false, "answer no other documents")
}

// How many MiB of answers are kept. The most keeps their bytes within an int, also
// where that has 32 bits.
const (
	defaultAnswerMiB = 64
	maxAnswerMiB     = 2047
)

func (f *serveFlags) config() (web.Config, error) {
	config := web.Config{Origins: f.origins, RatePerMinute: f.rate, Trusted: api.Trusted{Only: f.trustedOnly}, BaseURL: f.baseURL, MaxUpload: f.maxUpload << 20,
		Streams: f.streams, StreamsPerClient: f.perClient, AnswerBytes: f.answers << 20}
	for _, origin := range f.origins {
		if err := web.CheckOrigin(origin); err != nil {
			return config, usageError{fmt.Errorf("--origin: %w; give scheme, host and port, such as https://app.example.gov.cn", err)}
		}
	}
	for _, text := range f.proxies {
		proxy, err := netip.ParsePrefix(text)
		if address, single := netip.ParseAddr(text); single == nil {
			proxy, err = address.Prefix(address.BitLen())
		}
		if err != nil {
			return config, usageError{fmt.Errorf("--trusted-proxy: %w; give an address or a range, such as 127.0.0.1 or 10.0.0.0/8", err)}
		}
		config.Proxies = append(config.Proxies, proxy)
	}
	if f.baseURL != "" {
		if err := web.CheckOrigin(strings.TrimSuffix(f.baseURL, "/")); err != nil {
			return config, usageError{fmt.Errorf("--base-url: %w; give scheme, host and port, such as https://lantu.example.gov.cn", err)}
		}
	}
	switch {
	case f.rate < 0:
		return config, usageError{fmt.Errorf("--rate: %d is below 0", f.rate)}
	case f.answers < 0 || f.answers > maxAnswerMiB:
		return config, usageError{fmt.Errorf("--answer-cache: %d is not from 0 to %d", f.answers, maxAnswerMiB)}
	case f.streams < 1 || f.perClient < 1:
		return config, usageError{errors.New("--streams, --streams-per-client: give 1 or more")}
	case f.maxUpload < 1 || f.maxUpload > maxUploadMiB:
		return config, usageError{fmt.Errorf("--max-upload: %d is not from 1 to %d", f.maxUpload, maxUploadMiB)}
	case f.trusted == "" && f.trustedOnly:
		return config, usageError{errors.New("--trusted-only: give the documents with --trusted-documents")}
	case f.trusted == "":
		return config, nil
	}
	text, err := os.ReadFile(f.trusted)
	if err != nil {
		return config, err
	}
	if config.Trusted.Documents, err = api.ParseTrusted(text); err != nil {
		return config, fmt.Errorf("%s: %w", f.trusted, err)
	}
	return config, nil
}

func addrFlag(c *cobra.Command, addr *string) {
	c.Flags().StringVar(addr, "addr", "127.0.0.1:8080", "`address` to listen on")
}

// serve serves what config says until ctx ends; hint is printed once it listens.
func serve(ctx context.Context, config web.Config, addr string, stderr io.Writer, hint string) error {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", addr)
	if err != nil {
		return fmt.Errorf("cannot listen on %s: %w; give another address with --addr", addr, err)
	}
	url := "http://" + listener.Addr().String()
	if _, err := fmt.Fprintf(stderr, "Explorer  %s\nGraphQL   %s/graphql\nGraphiQL  %s/graphiql\n%s", url, url, url, hint); err != nil {
		return errors.Join(err, listener.Close())
	}
	config.Logger = slog.New(slog.NewTextHandler(stderr, nil))
	handler := web.New(config)
	go func() { _ = handler.Warm(ctx) }() // a query meets the same error
	return web.Serve(ctx, listener, handler)
}
