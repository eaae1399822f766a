package loaders

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/lantu-kg/lantu/loaders/document"
	"github.com/lantu-kg/lantu/schema"
)

// What can be wrong with a folder or archive.
var (
	// ErrNoReports: it holds no report file.
	ErrNoReports = errors.New("no text, HTML, PDF or DOCX file in it: give what holds reports, or name the files themselves")
	// ErrTooMany: it holds more than is read at once.
	ErrTooMany = errors.New("too many reports")
	// ErrNested: an archive that lies in another.
	ErrNested = errors.New("an archive inside an archive")
)

// Source is one report, still to be read.
type Source struct {
	// Name is its path, its address, the path of an archive and the entry's
	// in it, or - for standard input.
	Name     string
	document func(context.Context) (*document.Document, error)
	reading  func(context.Context, *Loader) (*schema.Reading, error) // when it is no report but a table
}

func (s Source) read(ctx context.Context, l *Loader) (*schema.Reading, error) {
	if s.reading != nil {
		return s.reading(ctx, l)
	}
	doc, err := s.document(ctx)
	if err != nil {
		return nil, err
	}
	return l.reading(doc), nil
}

func fileSource(path string) Source {
	return Source{Name: path, document: func(ctx context.Context) (*document.Document, error) {
		return document.ReadFile(ctx, path)
	}}
}

// bytesSource is a report in memory; file is the name to remember it by.
func bytesSource(name, file string, data []byte) Source {
	return Source{Name: name, document: func(ctx context.Context) (*document.Document, error) {
		return readAs(ctx, name, file, bytes.NewReader(data))
	}}
}

func readAs(ctx context.Context, name, file string, r io.Reader) (*document.Document, error) {
	doc, err := document.Read(ctx, name, r)
	if err != nil {
		return nil, err
	}
	doc.Report.File = file
	return doc, nil
}

// Input is where sources may come from beside files.
type Input struct {
	Stdin io.Reader // what - reads
	// AllowPrivate admits addresses of this machine and of private networks,
	// and the proxy that the environment names.
	AllowPrivate bool
	// PassedOver is told the path of each file in a folder or archive that is left
	// out because its name is of no kind that is read; nobody is when nil.
	PassedOver func(path string)
}

func (in Input) passOver(path string) {
	if in.PassedOver != nil {
		in.PassedOver(path)
	}
}

// Sources lists the reports that names stand for, in their order:
//
//   - a file is itself, a ZIP archive the report files in it;
//   - a folder is the report files and archives in it and in its folders, by
//     their paths, sorted, hidden ones aside; links to folders are not followed;
//   - - is standard input;
//   - an http or https address is what it serves.
//
// Standard input and addresses are read at once. The error joins those of
// every name that cannot be listed; the sources of the others are still given.
func (in Input) Sources(ctx context.Context, names []string) ([]Source, error) {
	var sources []Source
	var errs []error
	for _, name := range names {
		var found []Source
		var err error
		switch {
		case name == "-":
			found, err = in.standard(ctx)
		case isAddress(name):
			found, err = in.fetched(ctx, name)
		default:
			found, err = in.files(name)
		}
		sources = append(sources, found...)
		if err != nil {
			errs = append(errs, err)
		}
	}
	listed := map[string]bool{}
	sources = slices.DeleteFunc(sources, func(s Source) bool {
		again := listed[s.Name] && s.Name != "-"
		listed[s.Name] = true
		return again
	})
	return sources, errors.Join(errs...)
}

// One gives the only report that a name stands for.
func (in Input) One(ctx context.Context, name string) (Source, error) {
	sources, err := in.Sources(ctx, []string{name})
	if err != nil {
		return Source{}, err
	}
	if len(sources) != 1 {
		return Source{}, fmt.Errorf("%s holds %d reports: name one of them, such as %s", name, len(sources), sources[0].Name)
	}
	return sources[0], nil
}

func (in Input) standard(ctx context.Context) ([]Source, error) {
	data, err := in.readStandard(ctx)
	if err != nil {
		return nil, err
	}
	return in.inMemory("-", "-", data)
}

func (in Input) readStandard(ctx context.Context) ([]byte, error) {
	if in.Stdin == nil {
		return nil, errors.New("-: there is no standard input")
	}
	data, err := readBounded(ctx, in.Stdin)
	if err != nil {
		return nil, fmt.Errorf("standard input: %w", err)
	}
	return data, nil
}

// inMemory gives the reports in data that came from no file.
func (in Input) inMemory(name, file string, data []byte) ([]Source, error) {
	a, err := openArchive(name, file, bytes.NewReader(data), int64(len(data)))
	if a == nil && err == nil {
		return []Source{bytesSource(name, file, data)}, nil
	}
	if err != nil {
		return nil, err
	}
	return a.sources(in.passOver)
}

// Opened lists the reports in an open file: itself, or those in a ZIP archive.
// name is what they are remembered by. The content is read when the sources are.
func Opened(name string, content io.ReaderAt, size int64) ([]Source, error) {
	a, err := openArchive(name, name, content, size)
	if err != nil {
		return nil, err
	}
	if a != nil {
		return a.sources(Input{}.passOver)
	}
	return []Source{{Name: name, document: func(ctx context.Context) (*document.Document, error) {
		return readAs(ctx, name, name, io.NewSectionReader(content, 0, size))
	}}}, nil
}

// readBounded reads as much as a report may have.
func readBounded(ctx context.Context, r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(contextReader{ctx, r}, document.MaxSize+1))
	if err != nil {
		return nil, err
	}
	if len(data) > document.MaxSize {
		return nil, fmt.Errorf("%w: it goes on after the bound of %d bytes (64 MiB)", document.ErrTooLarge, int64(document.MaxSize))
	}
	return data, nil
}

// contextReader ends reading when its context is done.
type contextReader struct {
	ctx context.Context
	r   io.Reader
}

func (c contextReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}

// files lists the reports at a path.
func (in Input) files(path string) ([]Source, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return in.folder(path)
	}
	if !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "load", Path: path, Err: document.ErrNoFile}
	}
	return in.file(path, info.Size())
}

// file gives a file itself, or what is in it when it is an archive.
func (in Input) file(path string, size int64) ([]Source, error) {
	a, err := openArchive(path, filepath.Base(path), fileAt(path), size)
	if err != nil {
		return nil, err
	}
	if a == nil {
		return []Source{fileSource(path)}, nil
	}
	return a.sources(in.passOver)
}

// folder lists the reports in a folder and in the folders in it.
func (in Input) folder(root string) ([]Source, error) {
	var sources []Source
	var errs []error
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			errs = append(errs, err) // one that may not be read keeps none of the others
			return nil
		case path != root && hidden(entry.Name()):
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		case entry.IsDir():
			return nil
		case !document.Usual(entry.Name()) && !isArchiveName(entry.Name()):
			in.passOver(path)
			return nil
		}
		info, err := os.Stat(path)
		if err != nil || !info.Mode().IsRegular() {
			return nil //nolint:nilerr // a link to nothing is no report
		}
		found, err := in.file(path, info.Size())
		if sources = append(sources, found...); len(sources) > maxEntries {
			return fmt.Errorf("%s: %w: the folder holds more than %d: give its parts one by one", root, ErrTooMany, maxEntries)
		}
		if err != nil {
			errs = append(errs, err)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(sources)+len(errs) == 0 {
		errs = append(errs, &fs.PathError{Op: "load", Path: root, Err: ErrNoReports})
	}
	return sources, errors.Join(errs...)
}

// hidden reports whether a file or folder is none of its owner's reports:
// hidden ones, what macOS packs beside files, what Word keeps of open ones.
func hidden(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") || name == "__MACOSX"
}
