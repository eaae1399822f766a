package api

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/lantu-kg/lantu/access"
	"github.com/lantu-kg/lantu/graph/api/generated"
	"github.com/lantu-kg/lantu/graph/api/model"
	"github.com/lantu-kg/lantu/schema"
)

// Service answers GraphQL queries from a store. It is safe for concurrent use.
type Service struct {
	store   Store
	logger  *slog.Logger
	timeout time.Duration
	trusted Trusted
	baseURL string
	jobs    *jobs
	now     func() time.Time
	answers *answers // nil for none
	turns   *turns

	local func() *executor.Executor // answers without a server

	mu          sync.Mutex // guards the directory and its version
	directory   func(context.Context) (*directory, error)
	directoryOf uint64

	directories kept[*directory]
	searchables kept[*searchable]
	indicators  kept[map[string][]*measured]
	counts      kept[*model.Stats]
	stats       kept[*model.Stats]

	recounting sync.Mutex             // guards all below
	changes    []*schema.ChangeRecord // oldest first
	changesAt  uint64                 // the version of the graph that they are of
}

// Options are what a service can be told.
type Options struct {
	// Logger takes what goes wrong inside; slog.Default when nil.
	Logger *slog.Logger
	// Timeout bounds how long a query may take; 30 seconds when zero.
	Timeout time.Duration
	// Trusted are documents that are known beforehand.
	Trusted Trusted
	// BaseURL stands before the paths of permalinks, such as
	// https://lantu.example.cn; they are paths only when it is empty.
	BaseURL string
	// Loader reads files that are sent; none are taken when nil.
	Loader Loader
	// AnswerBytes bounds the answers that are kept while the graph stays as it is,
	// for when the same is asked again; none are when zero.
	AnswerBytes int
	// Now tells when a change is made; time.Now when nil.
	Now func() time.Time
}

const defaultTimeout = 30 * time.Second

// New returns a service over store.
func New(store Store, options Options) *Service {
	logger := cmp.Or(options.Logger, slog.Default())
	if options.Now == nil {
		options.Now = time.Now
	}
	s := &Service{
		store:   store,
		logger:  logger,
		jobs:    newJobs(options.Loader, logger, options.Now),
		timeout: cmp.Or(options.Timeout, defaultTimeout),
		trusted: options.Trusted,
		baseURL: strings.TrimSuffix(options.BaseURL, "/"),
		now:     options.Now,
		answers: newAnswers(options.AnswerBytes),
		turns:   newTurns(),
	}
	s.local = sync.OnceValue(func() *executor.Executor {
		host := executor.New(s.Schema())
		s.Install(host)
		return host
	})
	return s
}

// Close stops what goes on in the background and waits for it.
func (s *Service) Close() { s.jobs.close() }

// Schema returns the executable schema, for a gqlgen handler that
// [Service.Install] has prepared.
func (s *Service) Schema() graphql.ExecutableSchema {
	return generated.NewExecutableSchema(generated.Config{Resolvers: root{s}})
}

// Host is what gqlgen's HTTP handler and its executor have in common.
type Host interface {
	Use(graphql.HandlerExtension)
	AroundOperations(graphql.OperationMiddleware)
	AroundResponses(graphql.ResponseMiddleware)
	AroundRootFields(graphql.RootFieldMiddleware)
	SetErrorPresenter(graphql.ErrorPresenterFunc)
	SetRecoverFunc(graphql.RecoverFunc)
	SetQueryCache(graphql.Cache[*ast.QueryDocument])
	SetParserTokenLimit(int)
}

// How many parsed queries and persisted queries are kept.
const (
	queryCacheSize     = 200
	persistedCacheSize = 1000
)

// Install gives host everything that [Service.Schema] needs around it: limits,
// batches, stable errors.
func (s *Service) Install(host Host) {
	registerRefusals()
	host.SetErrorPresenter(s.present)
	host.SetRecoverFunc(func(ctx context.Context, panicked any) error {
		s.logger.ErrorContext(ctx, "query panicked", "panic", panicked, "stack", string(debug.Stack()))
		return failure(CodeInternal, "Lantu failed to answer this; its log says why. Please report it.")
	})
	host.SetQueryCache(lru.New[*ast.QueryDocument](queryCacheSize))
	host.SetParserTokenLimit(maxTokens)
	host.Use(sizeLimit{})
	host.Use(s.trusted)
	host.Use(extension.AutomaticPersistedQuery{Cache: lru.New[string](persistedCacheSize)})
	host.Use(extension.Introspection{})
	host.Use(roleCheck{})
	host.Use(costLimit{})
	host.AroundRootFields(s.afresh)
	host.Use(streamCheck{})
	host.AroundOperations(s.withRequest)
	host.AroundResponses(s.withEvent)
}

// localName is who asks without a server: whoever runs the program may do all.
const localName = "local"

// Execute answers one operation without a server: same schema, same limits.
// It returns the response as JSON and whether the response holds errors.
func (s *Service) Execute(ctx context.Context, operation string, variables map[string]any) (response []byte, hasErrors bool, err error) {
	host := s.local()
	if _, ok := access.CallerOf(ctx); !ok {
		ctx = access.WithCaller(ctx, access.Caller{Name: localName, Role: access.Admin})
	}
	ctx = graphql.StartOperationTrace(ctx)
	var answer *graphql.Response
	prepared, errs := host.CreateOperationContext(ctx, &graphql.RawParams{Query: operation, Variables: variables})
	if len(errs) > 0 {
		answer = host.DispatchError(graphql.WithOperationContext(ctx, prepared), errs)
	} else {
		handle, inner := host.DispatchOperation(ctx, prepared)
		answer = handle(inner)
	}
	if answer == nil {
		return nil, false, fmt.Errorf("api: the query was given up: %w", ctx.Err())
	}
	response, err = json.Marshal(answer)
	return response, len(answer.Errors) > 0, err
}
