package loaders

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/lantu-kg/lantu/loaders/document"
)

// Bounds on an archive. Texts pack to a tenth or so; what packs a thousand
// times over is no report.
const (
	maxEntries  = 10_000
	maxUnpacked = 2 << 30 // bytes of all reports together
	maxRatio    = 200
	smallEntry  = 1 << 20 // below this any ratio will do
)

func isArchiveName(name string) bool { return strings.EqualFold(path.Ext(name), ".zip") }

// archive is a ZIP archive of reports.
type archive struct {
	name   string // for results and errors
	file   string // for the reports in it
	reader *zip.Reader
}

// openArchive opens a ZIP archive, and gives nil for any other file: documents
// that are ZIP archives themselves are such.
func openArchive(name, file string, r io.ReaderAt, size int64) (*archive, error) {
	magic := make([]byte, 4)
	if _, err := r.ReadAt(magic, 0); err != nil || !bytes.Equal(magic, []byte("PK\x03\x04")) && !bytes.Equal(magic, []byte("PK\x05\x06")) {
		return nil, nil //nolint:nilerr,nilnil // whatever it is, it is no archive
	}
	reader, err := zip.NewReader(r, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		if !isArchiveName(name) {
			return nil, nil //nolint:nilnil // a cut off DOCX: its own reader says so
		}
		return nil, fmt.Errorf("%s: %w: the archive cannot be opened (%w): get it again", name, document.ErrDamaged, err)
	}
	for _, f := range reader.File {
		switch f.Name {
		case "[Content_Types].xml", "mimetype", "OFD.xml":
			return nil, nil //nolint:nilnil // a document
		}
	}
	return &archive{name, file, reader}, nil
}

// sources lists the reports in an archive by their names, sorted. Archives
// inside it are sources that fail; passOver is told of the files that are left out.
func (a *archive) sources(passOver func(path string)) ([]Source, error) {
	if n := len(a.reader.File); n > maxEntries {
		return nil, fmt.Errorf("%s: %w: the archive has %d entries, the bound is %d: split it", a.name, ErrTooMany, n, maxEntries)
	}
	var sources []Source
	total := uint64(0)
	for _, f := range a.reader.File {
		inner := entryName(f)
		name := a.name + "/" + inner
		switch {
		case f.FileInfo().IsDir() || slices.ContainsFunc(strings.Split(inner, "/"), hidden):
			continue
		case !document.Usual(inner) && !isArchiveName(inner):
			passOver(name)
			continue
		}
		if total += f.UncompressedSize64; total > maxUnpacked || f.UncompressedSize64 > maxUnpacked {
			return nil, fmt.Errorf("%s: %w: the archive unpacks to more than %d bytes: split it", a.name, document.ErrTooLarge, int64(maxUnpacked))
		}
		sources = append(sources, Source{Name: name, document: func(ctx context.Context) (*document.Document, error) {
			return readEntry(ctx, name, a.file+"/"+inner, f)
		}})
	}
	if len(sources) == 0 {
		return nil, &fs.PathError{Op: "load", Path: a.name, Err: ErrNoReports}
	}
	slices.SortStableFunc(sources, func(x, y Source) int { return strings.Compare(x.Name, y.Name) })
	return sources, nil
}

// readEntry reads a report in an archive.
func readEntry(ctx context.Context, name, file string, f *zip.File) (doc *document.Document, err error) {
	switch {
	case isArchiveName(name):
		return nil, fmt.Errorf("%s: %w: unpack the outer one first", name, ErrNested)
	case f.Flags&1 != 0:
		return nil, fmt.Errorf("%s: %w: the archive asks for a password: unpack it first", name, document.ErrEncrypted)
	case f.UncompressedSize64 > document.MaxSize:
		return nil, fmt.Errorf("%s: %w: it unpacks to %d bytes, the bound is %d (64 MiB)", name, document.ErrTooLarge, f.UncompressedSize64, int64(document.MaxSize))
	case f.UncompressedSize64 > smallEntry && f.UncompressedSize64/maxRatio > f.CompressedSize64:
		return nil, fmt.Errorf("%s: %w: it unpacks to %d times its size, the bound is %d", name, document.ErrTooLarge, f.UncompressedSize64/max(f.CompressedSize64, 1), maxRatio)
	}
	r, err := f.Open()
	if err != nil {
		return nil, damagedEntry(name, err)
	}
	// The sizes that were checked are those that the archive claims.
	data, err := io.ReadAll(io.LimitReader(contextReader{ctx, r}, int64(f.UncompressedSize64)+1))
	err = errors.Join(err, r.Close())
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil:
		return nil, damagedEntry(name, err)
	case uint64(len(data)) != f.UncompressedSize64:
		return nil, damagedEntry(name, fmt.Errorf("it claims to have %d bytes", f.UncompressedSize64))
	}
	return readAs(ctx, name, file, bytes.NewReader(data))
}

func damagedEntry(name string, err error) error {
	return fmt.Errorf("%s: %w: the entry cannot be unpacked (%w): get the archive again", name, document.ErrDamaged, err)
}

// entryName gives an entry's name, slashes between its folders. Archives packed
// in China give names in GB18030 without saying so.
func entryName(f *zip.File) string {
	name := f.Name
	if !utf8.ValidString(name) {
		if decoded, err := simplifiedchinese.GB18030.NewDecoder().String(name); err == nil {
			name = decoded
		}
	}
	name = strings.Map(func(r rune) rune {
		if r == '\\' {
			return '/'
		}
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(name, "\ufffd"))
	return strings.TrimPrefix(path.Clean("/"+name), "/")
}

// fileAt reads a file at offsets and keeps it closed between, so that nobody
// need close it.
type fileAt string

func (f fileAt) ReadAt(p []byte, offset int64) (n int, err error) {
	file, err := os.Open(string(f))
	if err != nil {
		return 0, err
	}
	n, err = file.ReadAt(p, offset)
	if closeErr := file.Close(); err == nil {
		err = closeErr
	}
	return n, err
}
