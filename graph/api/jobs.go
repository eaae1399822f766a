package api

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/lantu-kg/lantu/graph/api/model"
	"github.com/lantu-kg/lantu/schema"
)

// Loader reads files and keeps what they say in the graph.
type Loader interface {
	// Open lists the reports in a file: itself, or those in an archive. It does
	// not read them yet. Its error is an [Unreadable] when the file is to blame.
	Open(name string, content io.ReaderAt, size int64) ([]Pending, error)
}

// Pending is a report that can be read and kept.
type Pending struct {
	// Name is the file's, an archive's with the entry's behind it.
	Name string
	// Load reads the report and keeps it, all of it or nothing; by says who
	// wants that, when and why. Its error is an [Unreadable] when the file is to
	// blame.
	Load func(ctx context.Context, by schema.ChangeRecord) (Loaded, error)
}

// Loaded is what a report gave.
type Loaded struct {
	ReportID                       string
	Unchanged                      bool // it was there already, read just so
	Entities, Claims, Observations int
}

// FileFault tells what is wrong with a file.
type FileFault = model.FileFault

// What can be wrong with a file.
const (
	FaultEmpty         FileFault = "EMPTY"
	FaultUnknownKind   FileFault = "UNKNOWN_KIND"
	FaultTooLarge      FileFault = "TOO_LARGE"
	FaultTooMany       FileFault = "TOO_MANY"
	FaultEncoding      FileFault = "ENCODING"
	FaultNotChinese    FileFault = "NOT_CHINESE"
	FaultScanned       FileFault = "SCANNED"
	FaultEncrypted     FileFault = "ENCRYPTED"
	FaultDamaged       FileFault = "DAMAGED"
	FaultTruncated     FileFault = "TRUNCATED"
	FaultNoText        FileFault = "NO_TEXT"
	FaultNoReports     FileFault = "NO_REPORTS"
	FaultNestedArchive FileFault = "NESTED_ARCHIVE"
	FaultOther         FileFault = "OTHER"
)

// Unreadable is an error of a file, in words for whoever sent it.
type Unreadable struct {
	error
	fault FileFault
}

// NewUnreadable says that a file is to blame for err, and what is wrong with it.
func NewUnreadable(fault FileFault, err error) Unreadable { return Unreadable{err, fault} }

// Fault tells what is wrong with the file.
func (u Unreadable) Fault() FileFault { return u.fault }

// Unwrap gives the error itself.
func (u Unreadable) Unwrap() error { return u.error }

// Spooled is a file that was sent along with a request, which ends with it
// unless it is held.
type Spooled interface {
	io.ReaderAt
	// Hold keeps the file until Close is called once for it.
	Hold()
	io.Closer
}

// upload is a file that a job is to read.
type upload struct {
	name    string
	size    int64
	content Spooled
}

// Bounds of what jobs take up.
const (
	maxWaiting   = 20     // jobs that have not begun
	maxKeptJobs  = 100    // jobs that have ended
	maxKeptFiles = 50_000 // files of all jobs that have ended
	maxJobFiles  = 10_000 // files of one job
)

// jobs reads what is sent, one job after the other, in the background.
type jobs struct {
	loader Loader
	logger *slog.Logger
	now    func() string   // the time, as the record of changes has it
	life   context.Context // of all jobs
	end    context.CancelFunc

	mu      sync.Mutex // guards all below, and the jobs
	byID    map[string]*job
	all     []*job // by number
	queue   []*job
	number  int
	working bool
	idle    chan struct{} // closed while nothing is at work
}

// job is one call of loadReport.
type job struct {
	shown   model.Job // without its List
	files   []*model.JobFile
	uploads []upload
	ctx     context.Context
	cancel  context.CancelFunc
	changed chan struct{} // closed at the next change
}

func newJobs(loader Loader, logger *slog.Logger, now func() time.Time) *jobs {
	js := &jobs{loader: loader, logger: logger, now: func() string { return now().UTC().Format(time.RFC3339) }, byID: map[string]*job{}, idle: make(chan struct{})}
	close(js.idle)
	js.life, js.end = context.WithCancel(context.Background())
	return js
}

// close stops all jobs and waits until nothing is at work.
func (js *jobs) close() {
	js.end()
	js.mu.Lock()
	for _, j := range js.queue {
		js.stop(j)
	}
	js.queue = nil
	idle := js.idle
	js.mu.Unlock()
	<-idle
}

// add queues a job over uploads, which it holds.
func (js *jobs) add(who string, reason *string, uploads []upload) (*model.Job, error) {
	js.mu.Lock()
	defer js.mu.Unlock()
	switch {
	case js.life.Err() != nil:
		return nil, failure(CodeUnavailable, "the server is stopping: send the files again when it is back")
	case len(js.queue) >= maxWaiting:
		return nil, failure(CodeUnavailable, "%d jobs wait already: send the files again when some of them have ended (jobs lists them)", len(js.queue))
	}
	js.number++
	j := &job{
		shown: model.Job{
			ID: "job-" + strings.ToLower(rand.Text()), State: model.Queued, StartedBy: who, Reason: reason,
			CreatedAt: js.now(), Total: len(uploads), Number: js.number,
		},
		uploads: uploads,
		changed: make(chan struct{}),
	}
	j.ctx, j.cancel = context.WithCancel(js.life)
	for i, u := range uploads {
		u.content.Hold()
		j.files = append(j.files, &model.JobFile{Name: u.name, State: model.Queued, Place: model.JobPlace{Upload: i}})
	}
	js.byID[j.shown.ID] = j
	js.all = append(js.all, j)
	js.queue = append(js.queue, j)
	if !js.working {
		js.working, js.idle = true, make(chan struct{})
		go js.work(js.idle)
	}
	return js.show(j), nil
}

// show gives the job as it stands; the caller holds the lock.
func (js *jobs) show(j *job) *model.Job {
	shown := j.shown
	shown.List = func() []*model.JobFile {
		js.mu.Lock()
		defer js.mu.Unlock()
		return slices.Clone(j.files)
	}
	return &shown
}

// get gives the job with the id as it stands and what is closed when that
// changes, nil when there is no such job.
func (js *jobs) get(id string) (*model.Job, <-chan struct{}) {
	js.mu.Lock()
	defer js.mu.Unlock()
	j := js.byID[id]
	if j == nil {
		return nil, nil
	}
	return js.show(j), j.changed
}

// list gives all jobs, newest first.
func (js *jobs) list() []*model.Job {
	js.mu.Lock()
	defer js.mu.Unlock()
	shown := make([]*model.Job, 0, len(js.all))
	for _, j := range slices.Backward(js.all) {
		shown = append(shown, js.show(j))
	}
	return shown
}

// stopJob stops the job with the id and gives it as it then stands, nil when there is
// none. One that waits ends at once. One at work is told to end: it goes on to read
// nothing, and is shown as running until the report that it is at is kept or given up.
func (js *jobs) stopJob(id string) *model.Job {
	js.mu.Lock()
	defer js.mu.Unlock()
	j := js.byID[id]
	if j == nil {
		return nil
	}
	if j.shown.State == model.Queued {
		js.queue = slices.DeleteFunc(js.queue, func(queued *job) bool { return queued == j })
		js.stop(j)
	}
	j.cancel()
	return js.show(j)
}

// stop ends a job that has not begun; the caller holds the lock.
func (js *jobs) stop(j *job) {
	j.cancel()
	js.finish(j)
}

// change makes a change of a job known.
func (js *jobs) change(j *job, f func()) {
	js.mu.Lock()
	defer js.mu.Unlock()
	f()
	j.tell()
}

func (j *job) tell() {
	close(j.changed)
	j.changed = make(chan struct{})
}

// work does what is queued.
func (js *jobs) work(idle chan struct{}) {
	for {
		js.mu.Lock()
		if len(js.queue) == 0 {
			js.working = false
			close(idle)
			js.mu.Unlock()
			return
		}
		j := js.queue[0]
		js.queue = js.queue[1:]
		at := js.now()
		j.shown.State, j.shown.StartedAt = model.Running, &at
		j.tell()
		js.mu.Unlock()
		js.run(j)
		js.mu.Lock()
		js.finish(j)
		js.mu.Unlock()
	}
}

// run reads a job's files.
func (js *jobs) run(j *job) {
	at := 0 // in files
	for number, u := range j.uploads {
		if j.ctx.Err() != nil {
			return
		}
		pending, err := js.open(j, u)
		if err != nil {
			js.change(j, func() { j.settle(at, js.failed(u.name, err)) })
			at++
			continue
		}
		js.change(j, func() {
			queued := make([]*model.JobFile, len(pending))
			for i, p := range pending {
				place := model.JobPlace{Upload: number, Entry: i + 1}
				if p.Name == u.name {
					place.Entry = 0 // it is no archive
				}
				queued[i] = &model.JobFile{Name: p.Name, State: model.Queued, Place: place}
			}
			j.files = slices.Replace(j.files, at, at+1, queued...)
			j.shown.Total = len(j.files)
		})
		for _, p := range pending {
			if j.ctx.Err() != nil {
				return
			}
			js.change(j, func() { j.put(at, &model.JobFile{Name: p.Name, State: model.Running}) })
			loaded, err := js.load(j, p)
			if j.ctx.Err() != nil && err != nil {
				return
			}
			js.change(j, func() {
				if err != nil {
					j.settle(at, js.failed(p.Name, err))
					return
				}
				j.settle(at, &model.JobFile{
					Name: p.Name, State: model.Done, ReportID: loaded.ReportID, Unchanged: loaded.Unchanged,
					EntityCount: &loaded.Entities, ClaimCount: &loaded.Claims, ObservationCount: &loaded.Observations,
				})
			})
			at++
		}
	}
}

func (js *jobs) open(j *job, u upload) (pending []Pending, err error) {
	defer js.recovered(u.name, &err)
	pending, err = js.loader.Open(u.name, u.content, u.size)
	if err == nil && len(pending)+len(j.files)-1 > maxJobFiles {
		return nil, NewUnreadable(FaultTooMany, fmt.Errorf("%s: with the %d reports in it the job would read more than %d: send it on its own, or split it", u.name, len(pending), maxJobFiles))
	}
	return pending, err
}

func (js *jobs) load(j *job, p Pending) (loaded Loaded, err error) {
	defer js.recovered(p.Name, &err)
	return p.Load(j.ctx, schema.ChangeRecord{Who: j.shown.StartedBy, When: js.now(), Why: deref(j.shown.Reason)})
}

// recovered makes an error of a panic: a file that Lantu stumbles over ends
// neither the job nor the server.
func (js *jobs) recovered(name string, err *error) {
	if panicked := recover(); panicked != nil {
		js.logger.Error("reading panicked", "file", name, "panic", panicked)
		*err = errors.New("panicked")
	}
}

// failed is a file that was not kept.
func (js *jobs) failed(name string, err error) *model.JobFile {
	var unreadable Unreadable
	shown := &model.JobError{Code: CodeUnreadable}
	if errors.As(err, &unreadable) {
		shown.Fault, shown.Message = &unreadable.fault, unreadable.Error()
	} else {
		js.logger.Error("a file could not be loaded", "file", name, "error", err)
		shown.Code, shown.Message = CodeInternal, name+": Lantu failed to load this; its log says why. Send it again later."
	}
	return &model.JobFile{Name: name, State: model.Failed, Error: shown}
}

// put shows a file otherwise, in its place.
func (j *job) put(at int, f *model.JobFile) {
	f.Place = j.files[at].Place
	j.files[at] = f
}

// settle puts in what became of a file.
func (j *job) settle(at int, f *model.JobFile) {
	j.put(at, f)
	j.shown.Finished++
	if f.State == model.Failed {
		j.shown.Failed++
	}
}

// finish ends a job: what is not done is cancelled. The caller holds the lock.
func (js *jobs) finish(j *job) {
	at := js.now()
	j.shown.EndedAt = &at
	j.shown.State = model.Done
	for i, f := range j.files {
		if !f.State.Ended() {
			j.shown.State = model.Cancelled
			j.put(i, &model.JobFile{Name: f.Name, State: model.Cancelled})
		}
	}
	if j.shown.State == model.Done && j.shown.Failed == j.shown.Total {
		j.shown.State = model.Failed
	}
	j.cancel()
	for _, u := range j.uploads {
		if err := u.content.Close(); err != nil {
			js.logger.Error("an uploaded file could not be removed", "error", err)
		}
	}
	j.uploads = nil
	j.tell()
	js.forget()
}

// forget forgets the oldest of too many jobs that have ended, but never the last.
func (js *jobs) forget() {
	var ended []*job
	files := 0
	for _, j := range js.all {
		if j.shown.State.Ended() {
			ended = append(ended, j)
			files += len(j.files)
		}
	}
	for len(ended) > maxKeptJobs || files > maxKeptFiles && len(ended) > 1 {
		old := ended[0]
		ended = ended[1:]
		files -= len(old.files)
		delete(js.byID, old.shown.ID)
		js.all = slices.DeleteFunc(js.all, func(j *job) bool { return j == old })
	}
}
