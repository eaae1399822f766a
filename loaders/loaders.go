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

// mostTogether is how many readings are handed on at once at most.
const mostTogether = 32

// Load reads the sources and hands the readings to the sink. Reports are read in
// parallel, and handed on in the order of their sources, as many at once as are
// ready, since a store takes them in faster together; twice as many each time at
// most, because that holds only for a store that has much already. done is called
// for each. A report that fails does not stop the others: Load's error is only
// that of ctx.
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
	ahead := make(chan struct{}, max(2*workers, mostTogether))
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
		left := slots
		for most := 1; len(left) > 0; most = min(2*most, mostTogether) {
			var ready []Result
			select {
			case r := <-left[0].result:
				ready = append(ready, r)
			case <-ctx.Done():
				return ctx.Err()
			}
			for isReady := true; isReady && len(ready) < min(most, len(left)); {
				select {
				case r := <-left[len(ready)].result:
					ready = append(ready, r)
				default:
					isReady = false
				}
			}
			left = left[len(ready):]
			for range ready {
				<-ahead
			}
			handOn(ctx, sink, ready)
			for _, r := range ready {
				done(r)
			}
		}
		return nil
	})
	return group.Wait()
}

// handOn gives the sink what could be read, all at once or, where that fails, one by
// one, and notes in the results what it refuses.
func handOn(ctx context.Context, sink schema.Sink, results []Result) {
	var readings []*schema.Reading
	for _, r := range results {
		if r.Err == nil {
			readings = append(readings, r.Reading)
		}
	}
	if len(readings) > 1 && sink(ctx, readings...) == nil {
		return
	}
	for i := range results {
		r := &results[i]
		if r.Err != nil {
			continue
		}
		if err := sink(ctx, r.Reading); err != nil {
			r.Reading, r.Err = nil, fmt.Errorf("%s: %w", r.Name, err)
		}
	}
}
