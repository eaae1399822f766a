package main

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/lantu-kg/lantu/graph"
	"github.com/lantu-kg/lantu/graph/api"
	"github.com/lantu-kg/lantu/schema"
)

// TestReceive loads what may be sent to a server: what 'lantu load' reads.
func TestReceive(t *testing.T) {
	store, err := graph.OpenMemory(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	}()
	var archive bytes.Buffer
	w := zip.NewWriter(&archive)
	for _, entry := range []struct {
		name    string
		content []byte
	}{{"旧/" + demoFile, demoReport}, {"picture.txt", []byte("\x89PNG\r\n\x1a\n\x00\x00")}, {"notes.bin", nil}, {demoNextFile, demoNext}} {
		inner, err := w.Create(entry.name)
		if err == nil {
			_, err = inner.Write(entry.content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	r := newReceiver(store, "")
	open := func(name string, content []byte) ([]api.Pending, error) {
		return r.Open(name, bytes.NewReader(content), int64(len(content)))
	}
	by := schema.ChangeRecord{Who: "张敏", When: "2025-01-02T03:04:05Z", Why: "年度报告"}

	pending, err := open("all.zip", archive.Bytes())
	if err != nil || len(pending) != 3 {
		t.Fatalf("%v, %v", pending, err)
	}
	for _, p := range pending {
		loaded, err := p.Load(t.Context(), by)
		if p.Name == "all.zip/picture.txt" {
			if !errors.As(err, new(api.Unreadable)) || !strings.Contains(err.Error(), p.Name+": binary file") {
				t.Errorf("%s: %v", p.Name, err)
			}
			continue
		}
		if err != nil || loaded.Unchanged || loaded.Entities == 0 || loaded.Claims == 0 || loaded.Observations == 0 {
			t.Errorf("%s: %+v, %v", p.Name, loaded, err)
		}
	}
	changes, err := store.Changes(t.Context())
	if err != nil || len(changes) != 2 || changes[0].Who != by.Who || changes[0].Why != by.Why || changes[0].Kind != schema.LoadReport {
		t.Errorf("recorded %+v, %v", changes, err)
	}

	pending, err = open("all.zip/"+demoNextFile, demoNext)
	if err != nil || len(pending) != 1 {
		t.Fatalf("%v, %v", pending, err)
	}
	if loaded, err := pending[0].Load(t.Context(), by); err != nil || !loaded.Unchanged {
		t.Errorf("loaded again: %+v, %v", loaded, err)
	}
	if _, err := open("cut.zip", archive.Bytes()[:archive.Len()/2]); !errors.As(err, new(api.Unreadable)) {
		t.Errorf("a cut off archive: %v", err)
	}
	// What a server holds on disk is read there.
	if _, err := r.Open("a.txt", failing{}, 10); err != nil {
		t.Error(err)
	} else if pending, _ := r.Open("a.txt", failing{}, 10); len(pending) != 1 {
		t.Errorf("%v", pending)
	} else if _, err := pending[0].Load(t.Context(), by); !errors.As(err, new(api.Unreadable)) {
		t.Errorf("a file that cannot be read again: %v", err)
	}
}

// TestFaults checks that what is wrong with a file is told in a word.
func TestFaults(t *testing.T) {
	zipped := func(names ...string) []byte {
		var b bytes.Buffer
		w := zip.NewWriter(&b)
		for _, name := range names {
			if _, err := w.Create(name); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	r := newReceiver(nil, "")
	for name, test := range map[string]struct {
		content []byte
		want    api.FileFault
		says    string
	}{
		"empty.txt":   {[]byte(" \n"), api.FaultEmpty, "2 bytes"},
		"picture.txt": {[]byte("\x89PNG\r\n\x1a\n\x00"), api.FaultUnknownKind, "PNG"},
		"old.doc":     {[]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\x00"), api.FaultUnknownKind, "old Office document"},
		"mixed.txt":   {[]byte("\xef\xbb\xbf政府工作报告\n\xff\xff\n全区"), api.FaultEncoding, "line 2"},
		"cut.txt":     {[]byte("\xef\xbb\xbf政府工作报告\xe5\x85"), api.FaultTruncated, "offset 21"},
		"english.txt": {[]byte("Report on the work of the government\n"), api.FaultNotChinese, "letters"},
		"broken.pdf":  {[]byte("%PDF-1.7\nnothing"), api.FaultDamaged, "PDF"},
		"cut.html":    {[]byte("<html><body><script>政府工作报告"), api.FaultTruncated, "line 1"},
		"inner.zip":   {zipped("inside.zip"), api.FaultNestedArchive, "inner.zip/inside.zip"},
		"others.zip":  {zipped("a.xlsx", "b.png"), api.FaultNoReports, "DOCX"},
		"cut.zip":     {zipped("a.txt")[:40], api.FaultDamaged, "archive"},
	} {
		pending, err := r.Open(name, bytes.NewReader(test.content), int64(len(test.content)))
		if err == nil {
			_, err = pending[0].Load(t.Context(), schema.ChangeRecord{})
		}
		var u api.Unreadable
		if !errors.As(err, &u) || u.Fault() != test.want || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: %v, want %s", name, err, test.want)
		}
	}
}

// failing is content that cannot be read.
type failing struct{}

func (failing) ReadAt([]byte, int64) (int, error) { return 0, io.ErrUnexpectedEOF }
