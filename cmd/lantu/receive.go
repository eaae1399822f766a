package main

import (
	"context"
	"errors"
	"io"
	"sync"

	"github.com/lantu-kg/lantu/graph"
	"github.com/lantu-kg/lantu/graph/api"
	"github.com/lantu-kg/lantu/loaders"
	"github.com/lantu-kg/lantu/loaders/document"
	"github.com/lantu-kg/lantu/schema"
)

// receiver loads what is sent to a server into its store.
type receiver struct {
	store  *graph.Store
	loader func() (*loaders.Loader, error)
}

// newReceiver returns a receiver that reads its dictionaries when the first
// report comes.
func newReceiver(store *graph.Store, splits string) receiver {
	return receiver{store, sync.OnceValues(func() (*loaders.Loader, error) { return newLoader(splits) })}
}

// Open lists the reports in a file, as 'lantu load' would.
func (r receiver) Open(name string, content io.ReaderAt, size int64) ([]api.Pending, error) {
	sources, err := loaders.Opened(name, content, size)
	if err != nil {
		return nil, unreadable(err)
	}
	pending := make([]api.Pending, len(sources))
	for i, source := range sources {
		pending[i] = api.Pending{Name: source.Name, Load: func(ctx context.Context, by schema.ChangeRecord) (api.Loaded, error) {
			return r.load(ctx, source, by)
		}}
	}
	return pending, nil
}

func (r receiver) load(ctx context.Context, source loaders.Source, by schema.ChangeRecord) (api.Loaded, error) {
	loader, err := r.loader()
	if err != nil {
		return api.Loaded{}, err
	}
	reading, err := loader.ReadSource(ctx, source)
	if err != nil {
		return api.Loaded{}, unreadable(err)
	}
	changes, err := r.store.Load(ctx, []*schema.Reading{reading}, by)
	if err != nil {
		return api.Loaded{}, err
	}
	return api.Loaded{
		ReportID: reading.Report.ID, Unchanged: len(changes) == 0,
		Entities: len(reading.Entities), Claims: len(reading.Claims), Observations: len(reading.Observations),
	}, nil
}

// faults are what the errors of a file tell of it; the first that fits counts.
var faults = []struct {
	err   error
	fault api.FileFault
}{
	{loaders.ErrTooMany, api.FaultTooMany},
	{loaders.ErrNested, api.FaultNestedArchive},
	{loaders.ErrNoReports, api.FaultNoReports},
	{document.ErrEmpty, api.FaultEmpty},
	{document.ErrTruncated, api.FaultTruncated}, // inside a character, it is one of encoding, too
	{document.ErrEncoding, api.FaultEncoding},
	{document.ErrBinary, api.FaultUnknownKind},
	{document.ErrTooLarge, api.FaultTooLarge},
	{document.ErrNotChinese, api.FaultNotChinese},
	{document.ErrScanned, api.FaultScanned},
	{document.ErrEncrypted, api.FaultEncrypted},
	{document.ErrDamaged, api.FaultDamaged},
	{document.ErrNoContent, api.FaultNoText},
}

// unreadable says what of a file is to blame for err.
func unreadable(err error) error {
	for _, f := range faults {
		if errors.Is(err, f.err) {
			return api.NewUnreadable(f.fault, err)
		}
	}
	return api.NewUnreadable(api.FaultOther, err)
}
