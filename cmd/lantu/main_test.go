package main

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/lantu-kg/lantu/graph"
	"github.com/lantu-kg/lantu/loaders"
	"github.com/lantu-kg/lantu/loaders/gold"
	"github.com/lantu-kg/lantu/schema"
)

func TestHelpShowsExamples(t *testing.T) {
	for _, c := range newRoot().Commands() {
		if c.Hidden || c.Name() == "help" || c.Name() == "completion" {
			continue
		}
		stdout, _, code := lantu(t, c.Name(), "--help")
		if code != 0 || !strings.Contains(stdout, "Examples:") || !strings.Contains(stdout, "lantu "+c.Name()) {
			t.Errorf("%s --help: exit %d, %s", c.Name(), code, stdout)
		}
	}
}

func TestWrongUsage(t *testing.T) {
	for _, args := range [][]string{
		{"nosuch"}, {"load"}, {"load", "--nosuch", "x"}, {"query"}, {"query", "{a}", "{b}"},
		{"query", "--vars", "[1]", "{ reports { totalCount } }"}, {"extract"}, {"eval"},
		{"eval", "--rules-only", "--leave-one-region-out", "x.json"}, {"remove"}, {"version", "x"}, {"serve", "x"},
		{"serve", "--trusted-proxy", "proxy.example"}, {"serve", "--trusted-proxy", "10.0.0.0/33"},
	} {
		stdout, stderr, code := lantu(t, args...)
		if code != 2 || stdout != "" || !strings.Contains(stderr, "--help") {
			t.Errorf("%v: exit %d, stdout %q, stderr %q", args, code, stdout, stderr)
		}
	}
}

func TestVersion(t *testing.T) {
	for arg, want := range map[string]string{"version": "lantu dev\n", "--version": "lantu version dev\n"} {
		if stdout, _, code := lantu(t, arg); code != 0 || stdout != want {
			t.Errorf("%s: exit %d: %s", arg, code, stdout)
		}
	}
}

// demoDB loads the report that ships with Lantu.
func demoDB(t *testing.T) (db, file string) {
	t.Helper()
	dir := t.TempDir()
	db, file = filepath.Join(dir, "db"), filepath.Join(dir, demoFile)
	if err := os.WriteFile(file, demoReport, 0o644); err != nil {
		t.Fatal(err)
	}
	stdout, stderr, code := lantu(t, "load", "--db", db, file)
	if code != 0 {
		t.Fatalf("exit %d: %s", code, stderr)
	}
	if !regexp.MustCompile(`^` + demoFile + `  \d+ entities  \d+ claims  \d+ observations\n$`).MatchString(stdout) {
		t.Fatalf("load printed %q", stdout)
	}
	return db, file
}

// ask runs a query that must have no errors, and decodes its data.
func ask[T any](t *testing.T, db, query string) T {
	t.Helper()
	stdout, stderr, code := lantu(t, "query", "--db", db, query)
	if code != 0 {
		t.Fatalf("exit %d: %s%s", code, stdout, stderr)
	}
	var answer struct{ Data T }
	if err := json.Unmarshal([]byte(stdout), &answer); err != nil {
		t.Fatalf("%v in %s", err, stdout)
	}
	return answer.Data
}

type nodes[T any] struct{ Nodes []T }

type named struct{ Name string }

func names(ns []named) []string {
	var out []string
	for _, n := range ns {
		out = append(out, n.Name)
	}
	slices.Sort(out)
	return out
}

// everything asks for all there is, in one string that changes when anything
// does.
const everything = `{
  entities(first: 100) { totalCount nodes { id kind name aliases } }
  claims(first: 100) { totalCount nodes { id relation value evidence { quote start end rule confidence report { id } } } }
  observations(first: 100) { totalCount nodes { id measure value unit evidence { quote report { id } } } }
  reports(first: 100) { totalCount nodes { id file } }
}`

func TestLoadingTwiceChangesNothing(t *testing.T) {
	db, file := demoDB(t)
	before, _, _ := lantu(t, "query", "--db", db, everything)
	if _, stderr, code := lantu(t, "load", "--db", db, file); code != 0 {
		t.Fatal(stderr)
	}
	if after, _, _ := lantu(t, "query", "--db", db, everything); after != before {
		t.Errorf("was %.2000s\nis  %.2000s", before, after)
	}
}

// TestEarlyDatabase opens a database of the demo's report that the first builds
// wrote, before pages, merges and lists were kept: it answers, is brought up to
// what is read today by loading again, and lets its report go.
func TestEarlyDatabase(t *testing.T) {
	packed, err := os.Open("testdata/early.bolt.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer packed.Close()
	z, err := gzip.NewReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	db := t.TempDir()
	if err := os.WriteFile(filepath.Join(db, "graph.bolt"), data, 0o600); err != nil {
		t.Fatal(err)
	}
	early := ask[map[string]struct{ TotalCount int }](t, db, `{ entities { totalCount } claims { totalCount } observations { totalCount } reports { totalCount } }`)
	for what, want := range map[string]int{"entities": 69, "claims": 65, "observations": 49, "reports": 1} {
		if early[what].TotalCount != want {
			t.Errorf("%d %s, want %d", early[what].TotalCount, what, want)
		}
	}
	// Its contents do not list what claims connect.
	type claims struct {
		Nodes []struct {
			ID     string
			Object *struct{ ID string }
		}
	}
	connected := ask[struct {
		Claims   claims
		Entities struct {
			Nodes []struct {
				ID     string
				Claims claims
			}
		}
	}](t, db, `{ claims(first: 100) { nodes { id object { id } } } entities(first: 100) { nodes { id claims(direction: IN, first: 100) { nodes { id } } } } }`)
	var want, led []string
	for _, c := range connected.Claims.Nodes {
		if c.Object != nil {
			want = append(want, c.ID+" "+c.Object.ID)
		}
	}
	for _, e := range connected.Entities.Nodes {
		for _, c := range e.Claims.Nodes {
			led = append(led, c.ID+" "+e.ID)
		}
	}
	slices.Sort(want)
	slices.Sort(led)
	if len(want) == 0 || !slices.Equal(led, want) {
		t.Errorf("claims lead to entities so: %v\nwant %v", led, want)
	}
	fresh, file := demoDB(t)
	if _, stderr, code := lantu(t, "load", "--db", db, file); code != 0 {
		t.Fatal(stderr)
	}
	got, _, _ := lantu(t, "query", "--db", db, everything)
	if want, _, _ := lantu(t, "query", "--db", fresh, everything); got != want {
		t.Errorf("loaded again it is %.2000s\nwant %.2000s", got, want)
	}
	if _, stderr, code := lantu(t, "remove", "--db", db, demoFile); code != 0 {
		t.Error(stderr)
	}
}

func TestRemove(t *testing.T) {
	db, _ := demoDB(t)
	stdout, _, code := lantu(t, "reports", "--db", db)
	if code != 0 || !strings.Contains(stdout, demoFile) || !strings.Contains(stdout, "2025-01-09") {
		t.Fatalf("exit %d: %s", code, stdout)
	}
	if _, stderr, code := lantu(t, "remove", "--db", db, "other.txt"); code != 1 || !strings.Contains(stderr, "lantu reports") {
		t.Errorf("removing what is not there: exit %d, %s", code, stderr)
	}
	if _, stderr, code := lantu(t, "remove", "--db", db, demoFile); code != 0 {
		t.Fatal(stderr)
	}
	left := ask[map[string]struct{ TotalCount int }](t, db, `{ entities { totalCount } claims { totalCount } observations { totalCount } reports { totalCount } }`)
	for what, l := range left {
		if l.TotalCount != 0 {
			t.Errorf("%d %s are left", l.TotalCount, what)
		}
	}
}

func TestDemoReportHoldsEveryKindAndRelation(t *testing.T) {
	loader, err := loaders.New()
	if err != nil {
		t.Fatal(err)
	}
	r, err := loader.Read(context.Background(), demoFile, bytes.NewReader(demoReport))
	if err != nil {
		t.Fatal(err)
	}
	kinds, relations, types := map[schema.Kind]bool{}, map[schema.Relation]bool{}, map[schema.ObservationType]bool{}
	for _, m := range r.Mentions {
		i := slices.IndexFunc(r.Entities, func(e schema.Entity) bool { return e.ID == m.EntityID })
		kinds[r.Entities[i].Kind] = true
	}
	for _, c := range r.Claims {
		relations[c.Relation] = true
	}
	for _, o := range r.Observations {
		types[o.Type] = true
	}
	for _, k := range schema.Kinds {
		if !kinds[k.Kind] {
			t.Errorf("no %s", k.Kind)
		}
	}
	for _, rel := range schema.Relations {
		if !relations[rel.Relation] {
			t.Errorf("no %s", rel.Relation)
		}
	}
	if len(types) != 4 {
		t.Errorf("types %v", types)
	}
	want := schema.Report{Region: "澜川市青屿区", Date: "2025-01-09", Speaker: "陆望舒"}
	if got := (schema.Report{Region: r.Report.Region, Date: r.Report.Date, Speaker: r.Report.Speaker}); got != want {
		t.Errorf("head: %+v", got)
	}
}

func TestDemoAnswers(t *testing.T) {
	db, _ := demoDB(t)
	parks := ask[struct {
		Parks nodes[struct {
			Name        string
			Enterprises nodes[named]
		}]
	}](t, db, `{ parks(filter: {name: "青屿数字健康产业园"}) { nodes { name enterprises { nodes { name } } } } }`)
	if len(parks.Parks.Nodes) != 1 {
		t.Fatalf("%+v", parks)
	}
	got := names(parks.Parks.Nodes[0].Enterprises.Nodes)
	for _, want := range []string{"云杉医疗", "拓微科技"} {
		if !slices.Contains(got, want) {
			t.Errorf("%s is not in %v", want, got)
		}
	}
	places := ask[struct {
		Programs nodes[struct {
			Places nodes[struct {
				Name   string
				Parent named
			}]
		}]
	}](t, db, `{ programs(filter: {name: "里坊焕新"}) { nodes { places { nodes { name parent { name } } } } } }`)
	var reached []string
	for _, p := range places.Programs.Nodes {
		for _, n := range p.Places.Nodes {
			reached = append(reached, n.Name+" in "+n.Parent.Name)
		}
	}
	for _, want := range []string{"石桥社区 in 望潮街道", "东堰村 in 盐埠镇"} {
		if !slices.Contains(reached, want) {
			t.Errorf("%s is not in %v", want, reached)
		}
	}
}

func TestQueryWithErrorsFails(t *testing.T) {
	db, _ := demoDB(t)
	stdout, _, code := lantu(t, "query", "--db", db, "{ nosuch }")
	if code != 1 || !strings.Contains(stdout, `"errors"`) {
		t.Errorf("exit %d: %s", code, stdout)
	}
}

func TestQueryFromStandardInput(t *testing.T) {
	db, _ := demoDB(t)
	var out, errs bytes.Buffer
	code := run(context.Background(), []string{"query", "--db", db, "-"}, strings.NewReader("{ reports { totalCount } }"), &out, &errs)
	if code != 0 || !strings.Contains(out.String(), `"totalCount":1`) {
		t.Errorf("exit %d: %s%s", code, out.String(), errs.String())
	}
}

func TestExtractPrintsSpansOfTheText(t *testing.T) {
	_, file := demoDB(t)
	stdout, stderr, code := lantu(t, "extract", file)
	if code != 0 {
		t.Fatal(stderr)
	}
	found := 0
	for line := range strings.Lines(stdout) {
		var p gold.Passage
		if err := json.Unmarshal([]byte(line), &p); err != nil {
			t.Fatalf("%v in %s", err, line)
		}
		runes := []rune(p.Text)
		for _, e := range p.Entities {
			found++
			if e.Span == nil || string(runes[e.Span.Start:e.Span.End]) != e.Name || e.Rule == "" || e.Confidence <= 0 {
				t.Errorf("entity %+v of %s", e, p.Text)
			}
		}
		for _, o := range p.Observations {
			found++
			if o.Span == nil || string(runes[o.Span.Start:o.Span.End]) != o.Quote || o.Rule == "" {
				t.Errorf("observation %+v of %s", o, p.Text)
			}
		}
		for _, c := range p.Claims {
			found++
			if c.Span == nil || c.Span.Start >= c.Span.End || c.Span.End > len(runes) || c.Rule == "" {
				t.Errorf("claim %+v of %s", c, p.Text)
			}
		}
	}
	if found < 100 {
		t.Errorf("only %d things found", found)
	}
}

func TestEvalOfAnAnnotationItWroteItselfIsPerfect(t *testing.T) {
	_, file := demoDB(t)
	stdout, _, _ := lantu(t, "extract", file)
	d := gold.Document{Name: "demo", File: demoFile}
	for line := range strings.Lines(stdout) {
		var p gold.Passage
		if err := json.Unmarshal([]byte(line), &p); err != nil {
			t.Fatal(err)
		}
		d.Passages = append(d.Passages, p)
	}
	data, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(filepath.Dir(file), "demo.json")
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
	stdout, stderr, code := lantu(t, "eval", path)
	if code != 0 || !strings.Contains(stdout, "claim                            P 1.000  R 1.000  F1 1.000") {
		t.Errorf("exit %d: %s%s", code, stdout, stderr)
	}
	for name, content := range map[string]string{"empty.json": "{}", "no.json": "no", "lost.json": `{"doc":"x","passages":[{"line":0}]}`} {
		bad := filepath.Join(filepath.Dir(file), name)
		if err := os.WriteFile(bad, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, stderr, code := lantu(t, "eval", bad); code != 1 || !strings.Contains(stderr, name) {
			t.Errorf("%s: exit %d, %s", name, code, stderr)
		}
	}
}

func TestBadInputsAreNamedAndTheOthersLoad(t *testing.T) {
	dir := t.TempDir()
	write := func(name string, data []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	huge := filepath.Join(dir, "huge.txt")
	f, err := os.Create(huge)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Truncate(100 << 20); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	// GBK bytes in a page that claims to be UTF-8: what they are is clear, but
	// one of them is cut in two.
	gbk := append([]byte("\xef\xbb\xbf"), bytes.Repeat([]byte("\xd5\xfe\xb8\xae\xb9\xa4\xd7\xf7\xb1\xa8\xb8\xe6\xff\xff\n"), 20)...)
	empty := filepath.Join(dir, "folder")
	if err := os.Mkdir(empty, 0o755); err != nil {
		t.Fatal(err)
	}
	bad := []string{
		write("empty.txt", nil),
		write("picture.txt", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00")),
		write("cut.html", []byte("<!DOCTYPE html><html><head><meta charset=utf-8><title>政府工作报告</title></head><body><div><p>各位代表：现在，我代表区人民政府，向大会报告工作。</p><p class=\"te")),
		write("gbk.txt", gbk),
		write("english.txt", []byte(strings.Repeat("A report about nothing Chinese.\n", 50))),
		huge, empty, filepath.Join(dir, "missing.txt"),
	}
	good := write(demoFile, demoReport)
	db := filepath.Join(dir, "db")
	stdout, stderr, code := lantu(t, append([]string{"load", "--db", db, good}, bad...)...)
	if code != 1 || !strings.HasPrefix(stdout, demoFile) || strings.Count(stdout, "\n") != 1 {
		t.Errorf("exit %d: %s", code, stdout)
	}
	for _, path := range bad {
		if !strings.Contains(stderr, filepath.Base(path)) {
			t.Errorf("%s is not named in:\n%s", filepath.Base(path), stderr)
		}
	}
	if lines := strings.Count(stderr, "\n"); lines != len(bad) {
		t.Errorf("%d lines for %d bad inputs:\n%s", lines, len(bad), stderr)
	}
	if n := ask[struct{ Reports struct{ TotalCount int } }](t, db, "{ reports { totalCount } }"); n.Reports.TotalCount != 1 {
		t.Errorf("%d reports stored", n.Reports.TotalCount)
	}
}

func TestADatabaseThatIsHeld(t *testing.T) {
	db, file := demoDB(t)
	store, err := graph.Open(context.Background(), db)
	if err != nil {
		t.Fatal(err)
	}
	_, stderr, code := lantu(t, "load", "--db", db, file)
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	if code != 1 || !strings.Contains(stderr, db) {
		t.Errorf("exit %d: %s", code, stderr)
	}
	if _, stderr, code := lantu(t, "load", "--db", db, file); code != 0 {
		t.Errorf("after it was let go: exit %d: %s", code, stderr)
	}
}

func TestQueryOfNoDatabase(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "none")
	_, stderr, code := lantu(t, "query", "--db", dir, "{ reports { totalCount } }")
	if code != 1 || !strings.Contains(stderr, dir) || !strings.Contains(stderr, "load a report") {
		t.Errorf("exit %d: %s", code, stderr)
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("asking made a database")
	}
}

// TestDemoServes runs the demo as a user does, asks it over HTTP, and stops it.
func TestDemoServes(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	out, in := io.Pipe()
	done := make(chan int, 1)
	go func() {
		done <- run(ctx, []string{"demo", "--db", filepath.Join(t.TempDir(), "db"), "--addr", "127.0.0.1:0"}, strings.NewReader(""), io.Discard, in)
		_ = in.Close()
	}()
	buffer, said := make([]byte, 4096), ""
	address := regexp.MustCompile(`http://[0-9.:]+`)
	for !strings.Contains(said, "/graphiql") {
		n, err := out.Read(buffer)
		said += string(buffer[:n])
		if err != nil {
			t.Fatalf("%v after %s", err, said)
		}
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	url := address.FindString(said)
	for path, want := range map[string]string{
		"/healthz": "", "/readyz": "", "/graphql?query=" + "%7Breports%7BtotalCount%7D%7D": `"totalCount":2`,
	} {
		res, err := http.Get(url + path)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(res.Body)
		_ = res.Body.Close()
		if err != nil || res.StatusCode != http.StatusOK || !strings.Contains(string(body), want) {
			t.Errorf("%s: %s %s %v", path, res.Status, body, err)
		}
	}
	stop()
	if code := <-done; code != 0 {
		t.Errorf("exit %d", code)
	}
}

func TestServeOfNoDatabase(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "none")
	_, stderr, code := lantu(t, "serve", "--db", dir, "--addr", "127.0.0.1:0")
	if code != 1 || !strings.Contains(stderr, dir) {
		t.Errorf("exit %d: %s", code, stderr)
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("serving made a database")
	}
}

func TestServeSaysWhatIsWrongWithAnAddress(t *testing.T) {
	db, _ := demoDB(t)
	_, stderr, code := lantu(t, "serve", "--db", db, "--addr", "127.0.0.1:99999")
	if code != 1 || !strings.Contains(stderr, "--addr") {
		t.Errorf("exit %d: %s", code, stderr)
	}
}

func TestServeSaysWhatIsWrongWithABaseURL(t *testing.T) {
	db, _ := demoDB(t)
	for _, url := range []string{"lantu.example.gov.cn", "https://example.gov.cn/lantu"} {
		_, stderr, code := lantu(t, "serve", "--db", db, "--addr", "127.0.0.1:0", "--base-url", url)
		if code != 2 || !strings.Contains(stderr, "--base-url") {
			t.Errorf("%s: exit %d: %s", url, code, stderr)
		}
	}
}

func ExampleMain() {
	fmt.Println(run(context.Background(), []string{"version"}, strings.NewReader(""), os.Stdout, os.Stderr))
	// Output:
	// lantu dev
	// 0
}

func TestLoadFromStandardInputArchivesAndAddresses(t *testing.T) {
	db := filepath.Join(t.TempDir(), "db")
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(demoReport) }))
	defer server.Close()
	var packed, out, errs bytes.Buffer
	w := zip.NewWriter(&packed)
	f, err := w.Create("2024/" + demoFile)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Write(demoReport); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if code := run(context.Background(), []string{"load", "--db", db, "-"}, &packed, &out, &errs); code != 0 || !strings.HasPrefix(out.String(), "-/2024/"+demoFile+"  ") {
		t.Fatalf("exit %d: %s%s", code, out.String(), errs.String())
	}
	if _, stderr, code := lantu(t, "load", "--db", db, server.URL+"/report"); code != 1 || !strings.Contains(stderr, "--allow-private") {
		t.Errorf("exit %d: %s", code, stderr)
	}
	if stdout, stderr, code := lantu(t, "load", "--db", db, "--allow-private", server.URL+"/report"); code != 0 || !strings.HasPrefix(stdout, "report  ") {
		t.Errorf("exit %d: %s%s", code, stdout, stderr)
	}
	if stdout, stderr, code := lantu(t, "extract", "--allow-private", server.URL+"/report"); code != 0 || !strings.Contains(stdout, `"line":0`) {
		t.Errorf("exit %d: %.200s%s", code, stdout, stderr)
	}
}

// TestLoadFolderOfMany says which files of a folder are left out, and ends in
// failure when none can be read.
func TestLoadFolderOfMany(t *testing.T) {
	folder, db := t.TempDir(), filepath.Join(t.TempDir(), "db")
	put := func(name string, content []byte) {
		path := filepath.Join(folder, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, content, 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"a.xlsx", "b/c.XLSX", "b/plan.doc", "notes"} {
		put(name, []byte("x"))
	}
	const passed = "passed over 4 files of kinds that are not read: 2 .xlsx, 1 without an ending, 1 .doc ("
	if _, stderr, code := lantu(t, "load", "--db", db, folder); code != 1 || !strings.HasPrefix(stderr, passed) || !strings.Contains(stderr, "no text, HTML, PDF or DOCX file in it") {
		t.Errorf("without reports: exit %d: %s", code, stderr)
	}
	put("empty.txt", nil)
	put("picture.txt", []byte("\x89PNG\r\n\x1a\n"))
	if _, stderr, code := lantu(t, "load", "--db", db, folder); code != 1 || !strings.Contains(stderr, "nothing was loaded: of 2 reports none could be read") {
		t.Errorf("none readable: exit %d: %s", code, stderr)
	}
	put(demoFile, demoReport)
	stdout, stderr, code := lantu(t, "load", "--db", db, folder)
	if code != 1 || !strings.HasPrefix(stderr, passed) || !strings.HasPrefix(stdout, demoFile) || strings.Contains(stderr, "nothing was loaded") {
		t.Errorf("one readable: exit %d: %s%s", code, stdout, stderr)
	}
	if _, stderr, code := lantu(t, "load", "--db", db, filepath.Join(folder, demoFile)); code != 0 || stderr != "" {
		t.Errorf("a file: exit %d: %s", code, stderr)
	}
}

func TestPagesReachTheAnswer(t *testing.T) {
	db := filepath.Join(t.TempDir(), "db")
	if _, stderr, code := lantu(t, "load", "--db", db, "../../loaders/document/testdata/report.pdf"); code != 0 {
		t.Fatal(stderr)
	}
	answer := ask[struct {
		Claims nodes[struct {
			Evidence []struct{ Passage struct{ Page int } }
		}]
	}](t, db, `{ claims(first: 100) { nodes { evidence { passage { page } } } } }`)
	pages := map[int]bool{}
	for _, c := range answer.Claims.Nodes {
		for _, e := range c.Evidence {
			pages[e.Passage.Page] = true
		}
	}
	if !pages[2] || !pages[4] || pages[0] {
		t.Errorf("evidence on pages %v", pages)
	}
}

func TestLoadTable(t *testing.T) {
	db, _ := demoDB(t)
	const register = "../../loaders/testdata/register"
	stdout, stderr, code := lantu(t, "load", "--db", db, "--mapping", register+".yaml", register+".csv")
	if code != 0 || !strings.HasPrefix(stdout, "register.csv  ") {
		t.Fatalf("exit %d: %s%s", code, stdout, stderr)
	}
	parks := ask[struct {
		Parks nodes[struct {
			Enterprises nodes[named]
		}]
	}](t, db, `{ parks(filter: {name: "青屿数字健康产业园"}) { nodes { enterprises { nodes { name } } } } }`)
	if len(parks.Parks.Nodes) != 1 || !slices.Contains(names(parks.Parks.Nodes[0].Enterprises.Nodes), "拓微科技有限公司") {
		t.Errorf("%+v", parks)
	}
	if _, stderr, code := lantu(t, "load", "--db", db, "--mapping", register+".csv", register+".csv"); code != 1 || !strings.Contains(stderr, "wrong mapping") {
		t.Errorf("exit %d: %s", code, stderr)
	}
}
