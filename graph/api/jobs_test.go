package api

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/99designs/gqlgen/graphql"

	"github.com/lantu-kg/lantu/access"
	"github.com/lantu-kg/lantu/graph/api/model"
	"github.com/lantu-kg/lantu/schema"
)

// fakeLoader is a Loader that does what the content of a file says.
type fakeLoader struct {
	entered chan string   // gets the name of each report that is begun, unless nil
	release chan struct{} // is waited for before it ends, unless nil

	mu sync.Mutex
	by []schema.ChangeRecord
}

func (f *fakeLoader) Open(name string, content io.ReaderAt, size int64) ([]Pending, error) {
	text, err := io.ReadAll(io.NewSectionReader(content, 0, size))
	if err != nil {
		return nil, err
	}
	var pending []Pending
	for entry := range strings.FieldsSeq(string(text)) {
		switch entry {
		case "no-archive":
			return nil, NewUnreadable(FaultDamaged, errors.New(name+": the archive cannot be opened"))
		case "itself":
			pending = append(pending, Pending{name, func(ctx context.Context, by schema.ChangeRecord) (Loaded, error) {
				return f.load(ctx, name, entry, by)
			}})
		case "endless":
			pending = make([]Pending, maxJobFiles+1)
		default:
			pending = append(pending, Pending{name + "/" + entry, func(ctx context.Context, by schema.ChangeRecord) (Loaded, error) {
				return f.load(ctx, name, entry, by)
			}})
		}
	}
	return pending, nil
}

func (f *fakeLoader) load(ctx context.Context, name, entry string, by schema.ChangeRecord) (Loaded, error) {
	if f.entered != nil {
		select {
		case f.entered <- name:
		case <-ctx.Done(): // a job may begin in the instant in which the server stops
			return Loaded{}, ctx.Err()
		}
	}
	if f.release != nil {
		select {
		case <-f.release:
		case <-ctx.Done():
			return Loaded{}, ctx.Err()
		}
	}
	f.mu.Lock()
	f.by = append(f.by, by)
	f.mu.Unlock()
	switch entry {
	case "binary":
		return Loaded{}, NewUnreadable(FaultUnknownKind, errors.New(name+": binary file: send text"))
	case "broken":
		return Loaded{}, errors.New("the disk /var/secret is full")
	case "panic":
		panic("told to")
	}
	return Loaded{ReportID: entry, Entities: 3, Claims: 2, Observations: 1, Unchanged: entry == "again"}, nil
}

// fakeFile is a file that was sent; it counts who holds it.
type fakeFile struct {
	*strings.Reader
	mu   sync.Mutex
	held int
}

func (f *fakeFile) Hold() { f.mu.Lock(); f.held++; f.mu.Unlock() }

func (f *fakeFile) Close() error { f.mu.Lock(); f.held--; f.mu.Unlock(); return nil }

func (f *fakeFile) holds() int { f.mu.Lock(); defer f.mu.Unlock(); return f.held }

func files(contents ...string) (files []any, held []*fakeFile) {
	for i, content := range contents {
		f := &fakeFile{Reader: strings.NewReader(content)}
		held = append(held, f)
		files = append(files, graphql.Upload{File: f, Filename: fmt.Sprintf("r%d.txt", i), Size: int64(len(content))})
	}
	return files, held
}

const loadQuery = `mutation ($files: [Upload!]!, $why: String) { loadReport(input: {files: $files, reason: $why}) { id state total } }`

func load(t *testing.T, s *Service, files []any) (id string) {
	t.Helper()
	a := ask(t, s, loadQuery, map[string]any{"files": files, "why": "新报告"})
	if len(a.Errors) > 0 {
		t.Fatal(a.Errors[0].Message)
	}
	return a.Data["loadReport"].(map[string]any)["id"].(string)
}

// ended waits until a job has ended.
func ended(t *testing.T, s *Service, id string) *model.Job {
	t.Helper()
	for {
		job, changed := s.jobs.get(id)
		if job == nil {
			t.Fatalf("no job %s", id)
		}
		if job.State.Ended() {
			return job
		}
		select {
		case <-changed:
		case <-t.Context().Done():
			t.Fatalf("the job is %s still", job.State)
		}
	}
}

func TestLoadReport(t *testing.T) {
	loader := &fakeLoader{}
	store := newFakeStore(report2024(t))
	s := New(store, Options{Loader: loader, Logger: slog.New(slog.DiscardHandler)})
	var report string
	for report = range store.reports {
	}
	sent, held := files(report+" binary", "no-archive", "broken", "panic again", "endless")
	id := load(t, s, sent)
	job := ended(t, s, id)
	if job.State != model.Done || job.Total != 7 || job.Finished != 7 || job.Failed != 5 {
		t.Errorf("%+v", job)
	}
	for i, f := range held {
		if f.holds() != 0 {
			t.Errorf("file %d is held %d times", i, f.holds())
		}
	}
	if by := loader.by[0]; by.Who != localName || by.Why != "新报告" || by.When == "" {
		t.Errorf("recorded by %+v", by)
	}
	query := fmt.Sprintf(`{ job(id: %q) { state startedBy reason createdAt startedAt endedAt
		files { totalCount nodes { name state report { id } unchanged entityCount claimCount observationCount error { code fault message } } }
		failed: files(states: [FAILED], first: 2) { totalCount nodes { name } pageInfo { endCursor hasNextPage } } } node(id: %q) { id } }`, id, id)
	shown := data(t, s, query, "job").(map[string]any)
	if shown["startedBy"] != localName || shown["reason"] != "新报告" || shown["startedAt"] == nil || shown["endedAt"] == nil {
		t.Errorf("%v", shown)
	}
	var got []string
	for _, node := range shown["files"].(map[string]any)["nodes"].([]any) {
		f := node.(map[string]any)
		line := fmt.Sprint(f["name"], " ", f["state"], " ", f["entityCount"], f["unchanged"])
		if f["report"] != nil {
			line += " report"
		}
		if e, ok := f["error"].(map[string]any); ok {
			line += fmt.Sprint(" ", e["code"], " ", e["fault"], " ", e["message"])
		}
		got = append(got, line)
	}
	const internal = ": Lantu failed to load this; its log says why. Send it again later."
	want := []string{
		"r0.txt/" + report + " DONE 3 false report",
		"r0.txt/binary FAILED <nil> false UNREADABLE UNKNOWN_KIND r0.txt: binary file: send text",
		"r1.txt FAILED <nil> false UNREADABLE DAMAGED r1.txt: the archive cannot be opened",
		"r2.txt/broken FAILED <nil> false INTERNAL <nil> r2.txt/broken" + internal,
		"r3.txt/panic FAILED <nil> false INTERNAL <nil> r3.txt/panic" + internal,
		"r3.txt/again DONE 3 true",
		"r4.txt FAILED <nil> false UNREADABLE TOO_MANY r4.txt: with the 10001 reports in it the job would read more than 10000: send it on its own, or split it",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	failed := shown["failed"].(map[string]any)
	cursor := failed["pageInfo"].(map[string]any)["endCursor"]
	next := data(t, s, fmt.Sprintf(`{ job(id: %q) { files(states: [FAILED], first: 2, after: %q) { nodes { name } } } }`, id, cursor), "job", "files", "nodes").([]any)
	if failed["totalCount"].(float64) != 5 || next[0].(map[string]any)["name"] != "r2.txt/broken" {
		t.Errorf("%v, then %v", failed, next)
	}
	if node := data(t, s, query, "node", "id"); node != id {
		t.Errorf("node is %v", node)
	}
	reader := access.WithCaller(t.Context(), access.Caller{Name: "r", Role: access.Reader})
	response, _, err := s.Execute(reader, fmt.Sprintf(`{ node(id: %q) { id } }`, id), nil)
	if err != nil || string(response) != `{"data":{"node":null}}` {
		t.Errorf("a reader is told %s (%v)", response, err)
	}
	s.Close()
}

func TestCancelJob(t *testing.T) {
	loader := &fakeLoader{entered: make(chan string), release: make(chan struct{})}
	s := New(newFakeStore(), Options{Loader: loader, Logger: slog.New(slog.DiscardHandler)})
	sent, held := files("a b c")
	first := load(t, s, sent)
	<-loader.entered
	loader.release <- struct{}{}
	<-loader.entered // b
	sent, waiting := files("d")
	second := load(t, s, sent)
	if got := data(t, s, fmt.Sprintf(`mutation { cancelJob(id: %q) { state } }`, second), "cancelJob", "state"); got != "CANCELLED" || waiting[0].holds() != 0 {
		t.Errorf("the waiting job is %v, its file held %d times", got, waiting[0].holds())
	}
	data(t, s, fmt.Sprintf(`mutation { cancelJob(id: %q) { state } }`, first))
	job := ended(t, s, first)
	var states []string
	for _, f := range job.List() {
		states = append(states, string(f.State))
	}
	if got := fmt.Sprint(job.State, states, held[0].holds()); got != "CANCELLED[DONE CANCELLED CANCELLED] 0" {
		t.Errorf("got %s", got)
	}
	if got := data(t, s, fmt.Sprintf(`mutation { cancelJob(id: %q) { state } }`, first), "cancelJob", "state"); got != "CANCELLED" {
		t.Errorf("cancelled again, it is %v", got)
	}
	jobs := data(t, s, `{ jobs { nodes { id } } queued: jobs(states: [QUEUED]) { totalCount } }`).(map[string]any)
	if nodes := jobs["jobs"].(map[string]any)["nodes"].([]any); len(nodes) != 2 || nodes[0].(map[string]any)["id"] != second {
		t.Errorf("%v", jobs)
	}

	// With the server, all ends.
	sent, held = files("e")
	third := load(t, s, sent)
	<-loader.entered
	sent, waiting = files("f")
	fourth := load(t, s, sent)
	s.Close()
	for _, id := range []string{third, fourth} {
		if job, _ := s.jobs.get(id); job.State != model.Cancelled {
			t.Errorf("%s is %s", id, job.State)
		}
	}
	if held[0].holds()+waiting[0].holds() != 0 {
		t.Error("files are held")
	}
	sent, _ = files("g")
	if a := ask(t, s, loadQuery, map[string]any{"files": sent}); len(a.Errors) != 1 || a.Errors[0].Extensions["code"] != CodeUnavailable {
		t.Errorf("%v", a.Errors)
	}
}

// TestCursorsWhileArchivesAreOpened reads a job's files to a row and, when the job
// has ended, on from there: whatever archives were opened meanwhile, no row comes
// twice, and none is lost but those of an archive that was passed unopened, as one row.
func TestCursorsWhileArchivesAreOpened(t *testing.T) {
	loader := &fakeLoader{entered: make(chan string), release: make(chan struct{})}
	s := New(newFakeStore(), Options{Loader: loader, Logger: slog.New(slog.DiscardHandler)})
	defer s.Close()
	sent, _ := files("itself", "a b c", "no-archive", "itself", "d", "e f")
	id := load(t, s, sent)
	type row struct{ name, cursor string }
	page := func(arguments string) (rows []row) {
		for _, edge := range data(t, s, fmt.Sprintf(`{ job(id: %q) { files(%s) { edges { cursor node { name } } } } }`, id, arguments), "job", "files", "edges").([]any) {
			edge := edge.(map[string]any)
			rows = append(rows, row{edge["node"].(map[string]any)["name"].(string), edge["cursor"].(string)})
		}
		return rows
	}
	var moments [][]row
	for range 8 { // reports
		<-loader.entered
		moments = append(moments, page("first: 100"))
		loader.release <- struct{}{}
	}
	ended(t, s, id)
	end := page("first: 100")
	var names []string
	for _, r := range end {
		names = append(names, r.name)
	}
	if got := strings.Join(names, " "); got != "r0.txt r1.txt/a r1.txt/b r1.txt/c r2.txt r3.txt r4.txt/d r5.txt/e r5.txt/f" || len(moments[0]) != len(sent) {
		t.Fatalf("%v in the end, %v at first", got, moments[0])
	}
	for turn, rows := range append(moments, end) {
		for i, r := range rows {
			came, back := map[string]int{}, map[string]int{}
			for _, read := range append(rows[:i+1:i+1], page(fmt.Sprintf("first: 100, after: %q", r.cursor))...) {
				came[read.name]++
			}
			for _, read := range append(rows[i:len(rows):len(rows)], page(fmt.Sprintf("last: 100, before: %q", r.cursor))...) {
				back[read.name]++
			}
			for _, name := range names {
				archive, _, _ := strings.Cut(name, "/")
				passed := slices.IndexFunc(rows, func(r row) bool { return r.name == archive })
				wantCame, wantBack := 1, 1
				if archive != name && passed >= 0 {
					if passed < i {
						wantCame = 0
					} else {
						wantBack = 0
					}
				}
				if came[name] != wantCame || back[name] != wantBack {
					t.Errorf("turn %d, at %s: %s comes %d times on from there, %d times back", turn, r.name, name, came[name], back[name])
				}
			}
		}
	}
}

func TestJobsAreBounded(t *testing.T) {
	loader := &fakeLoader{entered: make(chan string), release: make(chan struct{})}
	s := New(newFakeStore(), Options{Loader: loader, Logger: slog.New(slog.DiscardHandler)})
	defer s.Close()
	var ids []string
	for range maxWaiting + 1 {
		sent, _ := files("a")
		ids = append(ids, load(t, s, sent))
		if len(ids) == 1 {
			<-loader.entered // it waits no more
		}
	}
	sent, held := files("a")
	if a := ask(t, s, loadQuery, map[string]any{"files": sent}); len(a.Errors) != 1 || a.Errors[0].Extensions["code"] != CodeUnavailable || held[0].holds() != 0 {
		t.Errorf("%v, held %d times", a.Errors, held[0].holds())
	}
	go func() {
		for range loader.entered {
		}
	}()
	close(loader.release)
	last := ids[len(ids)-1]
	ended(t, s, last)
	for range maxKeptJobs {
		sent, _ := files("a")
		last = load(t, s, sent)
		ended(t, s, last)
	}
	if total := data(t, s, `{ jobs { totalCount } }`, "jobs", "totalCount"); total != float64(maxKeptJobs) {
		t.Errorf("%v jobs are kept", total)
	}
	if job := data(t, s, fmt.Sprintf(`{ job(id: %q) { id } }`, ids[0]), "job"); job != nil {
		t.Errorf("the oldest is %v", job)
	}
}

func TestLoadReportErrors(t *testing.T) {
	s := New(newFakeStore(), Options{Loader: &fakeLoader{}})
	many, _ := files(make([]string, MaxUploads+1)...)
	one, _ := files("a")
	for _, test := range []struct {
		name      string
		variables map[string]any
		code      string
	}{
		{"none", map[string]any{"files": []any{}}, CodeBadUserInput},
		{"too many", map[string]any{"files": many}, CodeBadUserInput},
		{"a reason that turns the line round", map[string]any{"files": one, "why": "\u202e由此"}, CodeBadUserInput},
		{"a book of reasons", map[string]any{"files": one, "why": strings.Repeat("因", maxReason+1)}, CodeBadUserInput},
		{"no file", map[string]any{"files": []any{"a"}}, CodeBadUserInput},
	} {
		if a := ask(t, s, loadQuery, test.variables); len(a.Errors) != 1 || a.Errors[0].Extensions["code"] != test.code {
			t.Errorf("%s: %v", test.name, a.Errors)
		}
	}
	if a := ask(t, New(newFakeStore(), Options{}), loadQuery, map[string]any{"files": one}); a.Errors[0].Extensions["code"] != CodeUnavailable {
		t.Errorf("without a loader: %v", a.Errors)
	}
	if a := ask(t, s, `mutation { cancelJob(id: "job-x") { id } }`, nil); a.Errors[0].Extensions["code"] != CodeNotFound {
		t.Errorf("%v", a.Errors)
	}
	editor := access.WithCaller(t.Context(), access.Caller{Name: "e", Role: access.Editor})
	for _, query := range []string{`mutation { cancelJob(id: "job-x") { id } }`, `{ jobs { totalCount } }`, `{ job(id: "job-x") { id } }`} {
		if response, _, err := s.Execute(editor, query, nil); err != nil || !strings.Contains(string(response), CodeForbidden) {
			t.Errorf("%s: an editor is told %s (%v)", query, response, err)
		}
	}
}

func TestFileName(t *testing.T) {
	for sent, want := range map[string]string{
		"report.txt":                           "report.txt",
		"../../etc/passwd":                     "passwd",
		`C:\文件\报告.docx`:                        "报告.docx",
		"a\x00b\n\u202ec.txt":                  "abc.txt",
		"..":                                   "upload",
		"":                                     "upload",
		"/":                                    "upload",
		"\xff\xfe.txt":                         "\ufffd.txt",
		strings.Repeat("长", 300) + ".txt":      strings.Repeat("长", 65) + ".txt",
		"a." + strings.Repeat("b", 300):        "a." + strings.Repeat("b", 198),
		"https://www.example.cn/r.html?a=../b": "b",
	} {
		if got := fileName(&graphql.Upload{Filename: sent}); got != want {
			t.Errorf("%q: got %q, want %q", sent, got, want)
		}
	}
}
