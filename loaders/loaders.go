// Package loaders turns report files into readings and hands them to a sink.
// It knows no store.
package loaders

import (
	"context"
	"fmt"
	"io"
	"runtime"

	"golang.org/x/sync/errgroup"

	"github.com/lantu-kg/lantu/loaders/document"
	"github.com/lantu-kg/lantu/loaders/extract"
	"github.com/lantu-kg/lantu/loaders/gold"
	"github.com/lantu-kg/lantu/loaders/resolve"
	"github.com/lantu-kg/lantu/loaders/segment"
	"github.com/lantu-kg/lantu/schema"
)

// Loader reads reports. It is safe for concurrent use.
type Loader struct {
	extractor *extract.Extractor
	resolver  *resolve.Resolver
}

// Option changes how reports are read.
type Option func(*options)

type options struct{ splits *resolve.Splits }

// WithSplits undoes the merges of names that the splits name.
func WithSplits(s *resolve.Splits) Option { return func(o *options) { o.splits = s } }

// New returns a loader over Lantu's own dictionary, lexicon and gazetteer.
func New(opts ...Option) (*Loader, error) {
	var o options
	for _, opt := range opts {
		opt(&o)
	}
	x, err := extract.New()
	if err != nil {
		return nil, err
	}
	g, err := segment.DefaultGazetteer()
	if err != nil {
		return nil, err
	}
	s, err := segment.Default()
	if err != nil {
		return nil, err
	}
	r, err := resolve.New(g, s, o.splits)
	if err != nil {
		return nil, err
	}
	return &Loader{x, r}, nil
}

// Read reads one report; name is the file name to remember it by.
func (l *Loader) Read(ctx context.Context, name string, r io.Reader) (*schema.Reading, error) {
	doc, err := document.Read(ctx, name, r)
	if err != nil {
		return nil, err
	}
	return l.reading(doc), nil
}

// ReadFile reads the report at path.
func (l *Loader) ReadFile(ctx context.Context, path string) (*schema.Reading, error) {
	doc, err := document.ReadFile(ctx, path)
	if err != nil {
		return nil, err
	}
	return l.reading(doc), nil
}

// ReadSource reads a source.
func (l *Loader) ReadSource(ctx context.Context, s Source) (*schema.Reading, error) {
	return s.read(ctx, l)
}

// Passages gives what is found in the report at path, passage by passage, in
// the form of a gold annotation.
func (l *Loader) Passages(ctx context.Context, path string) ([]gold.Passage, error) {
	return l.PassagesOf(ctx, fileSource(path))
}

// PassagesOf gives what Passages gives, of any source of a report.
func (l *Loader) PassagesOf(ctx context.Context, s Source) ([]gold.Passage, error) {
	doc, err := s.document(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]gold.Passage, len(doc.Passages))
	for i, f := range l.extractor.Extract(doc) {
		out[i] = f.Gold(doc.Passages[i])
	}
	return out, nil
}

// Result is the outcome of one report.
type Result struct {
	Name    string          // of its source
	Reading *schema.Reading // nil when Err is set
	Err     error
}

// Load reads the sources and hands each reading to the sink. Reports are read
// in parallel, and handed on one at a time in the order of their sources; done
// is called after each. A report that fails does not stop the others: Load's
// error is only that of ctx.
func (l *Loader) Load(ctx context.Context, sources []Source, sink schema.Sink, done func(Result)) error {
	type slot struct {
		source Source
		result chan Result
	}
	slots := make([]slot, len(sources))
	for i, s := range sources {
		slots[i] = slot{s, make(chan Result, 1)}
	}
	group, ctx := errgroup.WithContext(ctx)
	// Readings wait to be handed on; the bound keeps few of them in memory.
	workers := runtime.GOMAXPROCS(0)
	ahead := make(chan struct{}, 2*workers)
	work := make(chan slot)
	group.Go(func() error {
		defer close(work)
		for _, s := range slots {
			select {
			case ahead <- struct{}{}:
			case <-ctx.Done():
				return ctx.Err()
			}
			select {
			case work <- s:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	})
	for range workers {
		group.Go(func() error {
			for s := range work {
				reading, err := s.source.read(ctx, l)
				s.result <- Result{s.source.Name, reading, err}
			}
			return nil
		})
	}
	group.Go(func() error {
		for _, s := range slots {
			var r Result
			select {
			case r = <-s.result:
			case <-ctx.Done():
				return ctx.Err()
			}
			<-ahead
			if r.Err == nil {
				if err := sink(ctx, r.Reading); err != nil {
					r.Reading, r.Err = nil, fmt.Errorf("%s: %w", s.source.Name, err)
				}
			}
			done(r)
		}
		return nil
	})
	return group.Wait()
}
