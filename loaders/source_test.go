package loaders

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/lantu-kg/lantu/loaders/document"
)

// zipOf packs names and contents in turn. A name that is not UTF-8 is packed
// as it is, without saying what it is in.
func zipOf(t testing.TB, parts ...string) []byte {
	t.Helper()
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	for i := 0; i < len(parts); i += 2 {
		f, err := w.CreateHeader(&zip.FileHeader{Name: parts[i], Method: zip.Deflate})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(parts[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// reportOf is a small report that differs by n.
func reportOf(n int) string { return fmt.Sprintf(report, n) }

func TestArchives(t *testing.T) {
	gbName, err := simplifiedchinese.GB18030.NewEncoder().String("青屿区/2024年.txt")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	path := write(t, dir, "reports.zip", string(zipOf(t,
		"b/c/deep.txt", reportOf(1), gbName, reportOf(2), "../../out.txt", reportOf(3),
		"__MACOSX/b/._deep.txt", "x", ".hidden/a.txt", "x", "README.md", "x", "b/", "", "inner.zip", string(zipOf(t, "a.txt", reportOf(4))),
		"broken.txt", "")))
	var passed []string
	in := Input{PassedOver: func(path string) { passed = append(passed, path) }}
	sources, err := in.Sources(context.Background(), []string{dir})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(passed, []string{path + "/README.md"}) {
		t.Errorf("passed over %q", passed)
	}
	got := sourceNames(sources)
	want := []string{path + "/b/c/deep.txt", path + "/broken.txt", path + "/inner.zip", path + "/out.txt", path + "/青屿区/2024年.txt"}
	if !slices.Equal(got, want) {
		t.Fatalf("got %q", got)
	}
	fails := map[string]error{"broken.txt": document.ErrEmpty, "inner.zip": ErrNested}
	for _, s := range sources {
		doc, err := s.document(context.Background())
		inner := strings.TrimPrefix(s.Name, path+"/")
		if want := fails[inner]; want != nil {
			if !errors.Is(err, want) || !strings.Contains(err.Error(), "reports.zip/"+inner) {
				t.Errorf("%s: %v", s.Name, err)
			}
			continue
		}
		if err != nil || doc.Report.File != "reports.zip/"+inner || doc.Report.Region != "澜川市青屿区" {
			t.Errorf("%s: %+v, %v", s.Name, doc, err)
		}
	}
}

func TestArchiveErrors(t *testing.T) {
	good := zipOf(t, "a.txt", reportOf(1))
	bomb := zipOf(t, "a.txt", strings.Repeat(" ", 3<<20))
	locked := bytes.Clone(good)
	central := bytes.LastIndex(locked, []byte("PK\x01\x02"))
	locked[central+8] |= 1
	lying := bytes.Clone(bomb)
	central = bytes.LastIndex(lying, []byte("PK\x01\x02"))
	binary.LittleEndian.PutUint32(lying[central+24:], 100)
	many := make([]string, 0, 2*maxEntries+2)
	for i := range maxEntries + 1 {
		many = append(many, fmt.Sprintf("%d.txt", i), "")
	}
	for name, test := range map[string]struct {
		data []byte
		want error
		says string
	}{
		"bomb":    {bomb, document.ErrTooLarge, "times its size"},
		"lying":   {lying, document.ErrDamaged, "unpacked"},
		"locked":  {locked, document.ErrEncrypted, "password"},
		"cut":     {good[:len(good)-10], document.ErrDamaged, "again"},
		"nothing": {zipOf(t, "a.md", "x"), ErrNoReports, "holds reports"},
		"many":    {zipOf(t, many...), ErrTooMany, "10001 entries"},
	} {
		t.Run(name, func(t *testing.T) {
			path := write(t, t.TempDir(), "x.zip", string(test.data))
			sources, err := Input{}.Sources(context.Background(), []string{path})
			if err == nil {
				_, err = sources[0].document(context.Background())
			}
			if !errors.Is(err, test.want) || !strings.Contains(err.Error(), test.says) || !strings.Contains(err.Error(), path) {
				t.Errorf("error %v", err)
			}
		})
	}
}

// A document that is an archive is no archive of reports.
func TestDocumentsAreNoArchives(t *testing.T) {
	data, err := os.ReadFile("document/testdata/report.docx")
	if err != nil {
		t.Fatal(err)
	}
	path := write(t, t.TempDir(), "report.docx", string(data))
	sources, err := Input{}.Sources(context.Background(), []string{path, path})
	if err != nil || len(sources) != 1 || sources[0].Name != path {
		t.Fatalf("%v, %v", sourceNames(sources), err)
	}
	if doc, err := sources[0].document(context.Background()); err != nil || doc.Report.Format != "docx" || doc.Report.File != "report.docx" {
		t.Errorf("%+v, %v", doc, err)
	}
}

func TestStandardInput(t *testing.T) {
	s, err := Input{Stdin: strings.NewReader(reportOf(1))}.One(context.Background(), "-")
	if err != nil {
		t.Fatal(err)
	}
	if doc, err := s.document(context.Background()); err != nil || doc.Report.File != "-" {
		t.Errorf("%+v, %v", doc, err)
	}
	packed := Input{Stdin: bytes.NewReader(zipOf(t, "a.txt", reportOf(1), "b.txt", reportOf(2)))}
	if _, err := packed.One(context.Background(), "-"); err == nil || !strings.Contains(err.Error(), "2 reports") || !strings.Contains(err.Error(), "-/a.txt") {
		t.Errorf("error %v", err)
	}
	if _, err := (Input{}).One(context.Background(), "-"); err == nil {
		t.Error("no standard input, no error")
	}
	endless := Input{Stdin: endlessReader{}}
	if _, err := endless.One(context.Background(), "-"); !errors.Is(err, document.ErrTooLarge) {
		t.Errorf("error %v", err)
	}
}

type endlessReader struct{}

func (endlessReader) Read(p []byte) (int, error) { return len(p), nil }

// site serves reports, and ways to go wrong.
func site(t *testing.T) string {
	t.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("/zf/report.txt", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "image/png") // content decides
		_, _ = w.Write([]byte(reportOf(1)))
	})
	mux.HandleFunc("/moved", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/zf/report.txt", http.StatusFound) })
	mux.HandleFunc("/circle", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/circle", http.StatusFound) })
	mux.HandleFunc("/elsewhere", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "ftp://example.org/a", http.StatusFound)
	})
	mux.HandleFunc("/large", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", fmt.Sprint(document.MaxSize+1))
	})
	mux.HandleFunc("/endless", func(w http.ResponseWriter, _ *http.Request) {
		for part := make([]byte, 1<<20); ; {
			if _, err := w.Write(part); err != nil {
				return
			}
		}
	})
	mux.HandleFunc("/cut", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000")
		_, _ = w.Write([]byte("各位代表"))
	})
	mux.HandleFunc("/zip", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write(zipOf(t, "a.txt", reportOf(1), "b.txt", reportOf(2)))
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL
}

func TestAddresses(t *testing.T) {
	base := site(t)
	in := Input{AllowPrivate: true}
	for _, name := range []string{"/zf/report.txt", "/moved"} {
		s, err := in.One(context.Background(), base+name)
		if err != nil {
			t.Fatal(err)
		}
		if doc, err := s.document(context.Background()); err != nil || doc.Report.File != filepath.Base(name) || s.Name != base+name {
			t.Errorf("%s: %+v, %v", s.Name, doc, err)
		}
	}
	if sources, err := in.Sources(context.Background(), []string{base + "/zip"}); err != nil || !slices.Equal(sourceNames(sources), []string{base + "/zip/a.txt", base + "/zip/b.txt"}) {
		t.Errorf("%v, %v", sourceNames(sources), err)
	}
	for name, want := range map[string]struct {
		err  error
		says string
	}{
		base + "/missing":   {ErrFetch, "404"},
		base + "/circle":    {ErrFetch, "more than 5 redirects"},
		base + "/elsewhere": {ErrFetch, "no web address"},
		base + "/large":     {document.ErrTooLarge, "64 MiB"},
		base + "/endless":   {document.ErrTooLarge, "64 MiB"},
		base + "/cut":       {ErrFetch, "EOF"},
		"http://":           {ErrFetch, "https://host/path"},
	} {
		if _, err := in.One(context.Background(), name); !errors.Is(err, want.err) || !strings.Contains(err.Error(), want.says) || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
	secret := strings.Replace(base, "http://", "http://user:geheim@", 1) + "/missing"
	if _, err := in.One(context.Background(), secret); err == nil || strings.Contains(err.Error(), "geheim") {
		t.Errorf("error %v", err)
	}
}

func TestPrivateAddressesAreRefused(t *testing.T) {
	base := site(t)
	for _, name := range []string{base + "/zf/report.txt", strings.Replace(base, "127.0.0.1", "localhost", 1) + "/zf/report.txt"} {
		_, err := Input{}.One(context.Background(), name)
		if !errors.Is(err, ErrPrivateAddress) || !strings.Contains(err.Error(), "--allow-private") {
			t.Errorf("%s: %v", name, err)
		}
	}
	for address, public := range map[string]bool{
		"127.0.0.1:80": false, "10.1.2.3:80": false, "172.16.0.1:80": false, "192.168.1.1:80": false, "169.254.169.254:80": false,
		"100.64.0.1:80": false, "0.0.0.0:80": false, "224.0.0.1:80": false, "255.255.255.255:80": false, "[::1]:80": false,
		"[::]:80": false, "[fe80::1%eth0]:80": false, "[fd00::1]:80": false, "[::ffff:10.0.0.1]:80": false, "[64:ff9b::7f00:1]:80": false,
		"[2002:7f00:1::]:80": false, "[::127.0.0.1]:80": false, "nonsense": false,
		"114.114.114.114:80": true, "[2400:3200::1]:443": true, "172.15.0.1:80": true, "[::ffff:114.114.114.114]:80": true,
	} {
		if err := checkPublic(address); (err == nil) != public || err != nil && !errors.Is(err, ErrPrivateAddress) {
			t.Errorf("%s: %v", address, err)
		}
	}
}

func TestFetchingStopsWithItsContext(t *testing.T) {
	asked := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		close(asked)
		<-r.Context().Done()
	}))
	defer server.Close()
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		<-asked
		cancel()
	}()
	if _, err := (Input{AllowPrivate: true}).One(ctx, server.URL); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

// FuzzArchive holds that no bytes make listing or reading an archive panic.
func FuzzArchive(f *testing.F) {
	f.Add(zipOf(f, "b/a.txt", reportOf(1), "x.zip", "y"))
	f.Add(zipOf(f, "\xc7\xe0.txt", "县"))
	f.Fuzz(func(t *testing.T, data []byte) {
		sources, err := Input{Stdin: bytes.NewReader(data)}.Sources(context.Background(), []string{"-"})
		if err != nil && len(sources) > 0 {
			t.Fatalf("%v, %v", sources, err)
		}
		for _, s := range sources {
			if !strings.HasPrefix(s.Name, "-") || slices.Contains(strings.Split(s.Name, "/"), "..") {
				t.Fatalf("name %q", s.Name)
			}
			doc, err := s.document(context.Background())
			if (doc == nil) == (err == nil) {
				t.Fatalf("%v, %v", doc, err)
			}
		}
	})
}
