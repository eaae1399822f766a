package loaders

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/lantu-kg/lantu/loaders/document"
	"github.com/lantu-kg/lantu/schema"
)

const report = `政府工作报告
——2024年1月9日在澜川市青屿区第三届人民代表大会第三次会议上
青屿区人民政府区长 陆望舒
各位代表：
一、2023年工作回顾
深入实施“里坊焕新”工程，盐埠镇东堰村先行开展试点。青屿数字健康产业园正式开园，云杉医疗、拓微科技等5家企业落地。地区生产总值增长6.1%%，新增企业%d家。
`

func write(t *testing.T, dir, name, content string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func fileSources(paths []string) []Source {
	var out []Source
	for _, p := range paths {
		out = append(out, fileSource(p))
	}
	return out
}

func sourceNames(sources []Source) []string {
	var out []string
	for _, s := range sources {
		out = append(out, s.Name)
	}
	return out
}

func newLoader(t *testing.T) *Loader {
	t.Helper()
	l, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestSourcesOfFolders(t *testing.T) {
	dir, empty := t.TempDir(), t.TempDir()
	b, a := write(t, dir, "b.txt", "x"), write(t, dir, "a.html", "x")
	write(t, dir, ".hidden.txt", "x")
	write(t, dir, "README.md", "x")
	for _, name := range []string{"inside", ".git", "__MACOSX"} {
		if err := os.Mkdir(filepath.Join(dir, name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	deep := filepath.Join(dir, "inside", "2024年")
	if err := os.Mkdir(deep, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(dir, filepath.Join(dir, "inside", "round")); err != nil {
		t.Fatal(err)
	}
	d, c := write(t, deep, "d.txt", "x"), write(t, filepath.Join(dir, "inside"), "c.PDF", "x")
	write(t, filepath.Join(dir, ".git"), "d.txt", "x")
	write(t, filepath.Join(dir, "__MACOSX"), "e.txt", "x")
	write(t, dir, "~$f.docx", "x")
	missing := filepath.Join(dir, "missing.txt")
	sources, err := Input{}.Sources(context.Background(), []string{dir, empty, missing, b})
	if got, want := sourceNames(sources), []string{a, b, d, c}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if !errors.Is(err, ErrNoReports) || !errors.Is(err, os.ErrNotExist) || !strings.Contains(err.Error(), missing) {
		t.Errorf("error %v", err)
	}
}

func TestLoadHandsOnInOrderAndGoesOnAfterAFailure(t *testing.T) {
	dir := t.TempDir()
	var paths []string
	for i := range 12 {
		content := fmt.Sprintf(report, i+1)
		if i == 5 {
			content = ""
		}
		paths = append(paths, write(t, dir, fmt.Sprintf("%02d.txt", i), content))
	}
	refused := errors.New("refused")
	var sunk []string
	sink := func(_ context.Context, readings ...*schema.Reading) error {
		var files []string
		for _, r := range readings {
			if r.Report.File == "07.txt" {
				return refused
			}
			files = append(files, r.Report.File)
		}
		sunk = append(sunk, files...)
		return nil
	}
	var told []string
	err := newLoader(t).Load(context.Background(), fileSources(paths), sink, func(r Result) {
		told = append(told, filepath.Base(r.Name))
		switch filepath.Base(r.Name) {
		case "05.txt":
			if !errors.Is(r.Err, document.ErrEmpty) {
				t.Errorf("05.txt: %v", r.Err)
			}
		case "07.txt":
			if !errors.Is(r.Err, refused) || !strings.Contains(r.Err.Error(), "07.txt") {
				t.Errorf("07.txt: %v", r.Err)
			}
		default:
			if r.Err != nil || r.Reading == nil {
				t.Errorf("%s: %v", r.Name, r.Err)
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(told) != 12 || !slices.IsSorted(told) || len(sunk) != 10 || !slices.IsSorted(sunk) {
		t.Errorf("told %v, sunk %v", told, sunk)
	}
}

func TestLoadHandsOnWhatIsReadyTogether(t *testing.T) {
	dir := t.TempDir()
	var paths []string
	for i := range 24 {
		paths = append(paths, write(t, dir, fmt.Sprintf("%02d.txt", i), fmt.Sprintf(report, i)))
	}
	l, isRead := newLoader(t), make(chan struct{})
	sources := fileSources(paths)
	last := sources[23].document
	sources[23].document = func(ctx context.Context) (*document.Document, error) {
		close(isRead)
		return last(ctx)
	}
	var together []int
	err := l.Load(context.Background(), sources, func(_ context.Context, readings ...*schema.Reading) error {
		if len(together) == 0 {
			<-isRead // most of the others are, too
		}
		together = append(together, len(readings))
		return nil
	}, func(r Result) {
		if r.Err != nil {
			t.Error(r.Err)
		}
	})
	sum := 0
	for i, n := range together {
		if sum += n; n > 1<<i {
			t.Errorf("%v: more than twice as many as before", together)
		}
	}
	if err != nil || sum != len(paths) || slices.Max(together) < 2 {
		t.Errorf("%v, %v", together, err)
	}
}

func TestLoadStopsWithItsContext(t *testing.T) {
	dir := t.TempDir()
	var paths []string
	for i := range 8 {
		paths = append(paths, write(t, dir, fmt.Sprintf("%d.txt", i), fmt.Sprintf(report, i)))
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	n := 0
	err := newLoader(t).Load(ctx, fileSources(paths), func(context.Context, ...*schema.Reading) error {
		n++
		cancel()
		return nil
	}, func(Result) {})
	if !errors.Is(err, context.Canceled) || n == 0 || n == len(paths) {
		t.Errorf("%d handed on, then %v", n, err)
	}
}

// TestReadingHoldsTogether checks what a store relies on: every id resolves,
// every quote is the text at its span, ids are what the content says.
func TestReadingHoldsTogether(t *testing.T) {
	r, err := newLoader(t).Read(context.Background(), "r.txt", strings.NewReader(fmt.Sprintf(report, 12)))
	if err != nil {
		t.Fatal(err)
	}
	entities := map[string]schema.Entity{}
	for _, e := range r.Entities {
		entities[e.ID] = e
	}
	passages := map[string]schema.Passage{}
	for _, p := range r.Passages {
		passages[p.ID] = p
	}
	check := func(what string, e schema.Evidence) {
		p, ok := passages[e.PassageID]
		if !ok || e.ReportID != r.Report.ID {
			t.Errorf("%s points at %s of %s", what, e.PassageID, e.ReportID)
			return
		}
		if runes := []rune(p.Text); string(runes[e.Span.Start:e.Span.End]) != e.Quote || e.Quote == "" {
			t.Errorf("%s quotes %q at %v", what, e.Quote, e.Span)
		}
	}
	for _, e := range r.Entities {
		if _, ok := entities[e.ParentID]; e.ParentID != "" && !ok {
			t.Errorf("%s lies in %s, which is not there", e.Name, e.ParentID)
		}
	}
	for _, m := range r.Mentions {
		if _, ok := entities[m.EntityID]; !ok {
			t.Errorf("%s mentions %s", m.Name, m.EntityID)
		}
		check(m.Name, m.Evidence)
	}
	relations := map[schema.Relation]bool{}
	for _, c := range r.Claims {
		relations[c.Relation] = true
		if c.ID != schema.ClaimID(&c) || len(c.Evidence) == 0 {
			t.Errorf("claim %+v", c)
		}
		for _, e := range c.Evidence {
			check(string(c.Relation), e)
		}
	}
	for _, want := range []schema.Relation{schema.SettledIn, schema.HasStatus, schema.Covers, schema.LocatedIn} {
		if !relations[want] {
			t.Errorf("no claim of %s", want)
		}
	}
	if len(r.Observations) < 3 {
		t.Errorf("observations %+v", r.Observations)
	}
	for _, o := range r.Observations {
		if o.ID != schema.ObservationID(&o) || len(o.Evidence) == 0 {
			t.Errorf("observation %+v", o)
		}
		for _, e := range o.Evidence {
			check(o.Measure, e)
		}
	}
	if region := entities[r.Report.RegionID]; region.Name != "青屿区" {
		t.Errorf("region %+v", region)
	}
}
