package document

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"github.com/lantu-kg/lantu/schema"
)

// MaxSize is the largest file that is read, in bytes.
const MaxSize = 64 << 20

// format is a kind of file. Its detect says by the bytes whether a file is of
// this kind, its parse turns them into content.
type format struct {
	name       string
	extensions []string // usual ends of such files' names, in lower case
	detect     func(data []byte) bool
	parse      func(ctx context.Context, data []byte) (*content, error)
}

// formats are tried in this order. Text comes last: it takes whatever is not
// binary.
var formats = []format{
	{"pdf", []string{".pdf"}, isPDF, parsePDF},
	{"docx", []string{".docx"}, isDOCX, parseDOCX},
	{"html", []string{".html", ".htm", ".xhtml", ".shtml"}, isHTML, parseHTML},
	{"text", []string{".txt", ".text"}, isText, parseText},
}

// Usual reports whether a file is usually a report's by its name: what a folder
// of reports is searched for. What a file is, its content tells.
func Usual(name string) bool {
	extension := strings.ToLower(filepath.Ext(name))
	return slices.ContainsFunc(formats, func(f format) bool { return slices.Contains(f.extensions, extension) })
}

// content is what a format makes of a file.
type content struct {
	encoding string
	title    string // what the file's own metadata calls it
	lines    int    // lines of the file
	blocks   []block
}

// block is one paragraph, heading or other line of text.
type block struct {
	line  int // 0-based line of the file
	page  int // from 1; 0 where there are none
	text  string
	title bool // marked as a title by the format
	level int  // marked as a heading of this level, from 1, by the format

	columns []string // of a table row: what heads each of its cells
}

// ReadFile reads the report at path. It refuses folders and files of more than
// [MaxSize] bytes without reading them.
func ReadFile(ctx context.Context, path string) (*Document, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("document: %w", err)
	}
	if info.IsDir() {
		return nil, fmt.Errorf("document: %s is a folder: name the files in it", path)
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("document: %s: %w", path, ErrNoFile) // opening a pipe would wait for its other end
	}
	if info.Size() > MaxSize {
		return nil, fmt.Errorf("document: %s: %w", path, tooLarge(fmt.Sprintf("has %d bytes", info.Size())))
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("document: %w", err)
	}
	doc, err := Read(ctx, path, file)
	if closeErr := file.Close(); err == nil && closeErr != nil {
		return nil, fmt.Errorf("document: %w", closeErr)
	}
	return doc, err
}

// Read reads a report from r, at most [MaxSize] bytes of it. The format is told
// by the content; name only names the report in errors, and its base is the
// Report's File. It stops with the context's error once ctx is done.
func Read(ctx context.Context, name string, r io.Reader) (*Document, error) {
	doc, err := read(ctx, r)
	if err != nil {
		return nil, fmt.Errorf("document: %s: %w", name, err)
	}
	doc.Report.File = filepath.Base(name)
	return doc, nil
}

func read(ctx context.Context, r io.Reader) (*Document, error) {
	data, err := readAll(ctx, r)
	if err != nil {
		return nil, err
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return nil, fmt.Errorf("%w: %d bytes, no text in them", ErrEmpty, len(data))
	}
	for _, f := range formats {
		if !f.detect(data) {
			continue
		}
		c, err := f.parse(ctx, data)
		if err != nil {
			return nil, err
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		doc, err := build(c)
		if err != nil {
			return nil, err
		}
		doc.Report.Format = f.name
		return doc, nil
	}
	return nil, binaryError(data)
}

// build makes the document out of a file's content.
func build(c *content) (*Document, error) {
	// Repairing may leave nothing: a line of lost no-break spaces.
	c.blocks = slices.DeleteFunc(c.blocks, func(b block) bool { return !visible(b.text) })
	if err := checkChinese(c.blocks); err != nil {
		return nil, err
	}
	kept := cut(c.blocks)
	if len(kept.blocks) == 0 {
		return nil, fmt.Errorf("%w: of %d lines all are navigation, links and the like: save the page of the report itself",
			ErrNoContent, len(c.blocks))
	}
	doc := &Document{Passages: make([]schema.Passage, len(kept.blocks))}
	levels := make([]int, len(kept.blocks))
	for i, b := range kept.blocks {
		levels[i] = b.level
		doc.Passages[i] = schema.Passage{Ordinal: i, Line: b.line, Page: b.page, Text: b.text, Columns: b.columns, Section: -1}
		doc.Report.Chars += len([]rune(b.text))
	}
	id := schema.ReportID(doc.Passages)
	for i := range doc.Passages {
		doc.Passages[i].ID = schema.PassageID(id, i)
		doc.Passages[i].ReportID = id
	}
	doc.Report.ID = id
	doc.Report.Encoding = c.encoding
	doc.Report.Passages = len(doc.Passages)
	pageTitle := kept.pageTitle
	if pageTitle == "" {
		pageTitle = c.title
	}
	readHead(doc, kept.opening, pageTitle)
	readOutline(doc, kept.opening, levels)
	return doc, nil
}

func tooLarge(what string) error {
	return fmt.Errorf("%w: it %s, the bound is %d (64 MiB): split it into its reports", ErrTooLarge, what, int64(MaxSize))
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

func readAll(ctx context.Context, r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(contextReader{ctx, r}, MaxSize+1))
	if err != nil {
		if errors.Is(err, ctx.Err()) {
			return nil, err
		}
		return nil, fmt.Errorf("reading stopped after %d bytes: %w", len(data), err)
	}
	if len(data) > MaxSize {
		return nil, tooLarge("goes on after the bound")
	}
	return data, nil
}

// checkChinese refuses texts in which Chinese is not the main script.
func checkChinese(blocks []block) error {
	han, letters, kana := 0, 0, 0
	for _, b := range blocks {
		for _, r := range b.text {
			switch {
			case r < 0x80:
				if 'a' <= r|0x20 && r|0x20 <= 'z' {
					letters++
				}
			case isHan(r):
				han++
				letters++
			case unicode.In(r, unicode.Hiragana, unicode.Katakana):
				kana++
				letters++
			case unicode.IsLetter(r):
				letters++
			}
		}
	}
	if letters == 0 && han == 0 {
		return fmt.Errorf("%w: no letters in it", ErrNotChinese)
	}
	// Chinese reports are nearly all Han; a fifth leaves room for tables of
	// names and codes. Japanese mixes in kana, which Chinese never does.
	if han*5 < letters || kana*10 > letters {
		return fmt.Errorf("%w: %d of %d letters are Chinese characters: if it is a scan, recognise its text (OCR) first",
			ErrNotChinese, han, letters)
	}
	return nil
}

// isHan reports whether r is a Chinese character. The common block is tested
// first because it holds nearly all of them.
func isHan(r rune) bool {
	return 0x4E00 <= r && r <= 0x9FFF || r >= 0x3400 && unicode.Is(unicode.Han, r)
}

// signatures tell files that are no text by their first bytes.
var signatures = []struct {
	magic string
	sort  string
}{
	{"\x89PNG", "a PNG image"},
	{"\xFF\xD8\xFF", "a JPEG image"},
	{"GIF8", "a GIF image"},
	{"BM", "a BMP image"},
	{"II*\x00", "a TIFF image"},
	{"MM\x00*", "a TIFF image"},
	{"PK\x03\x04", "a ZIP archive (XLSX, PPTX and OFD are such)"},
	{"PK\x05\x06", "an empty ZIP archive"},
	{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old Office document (DOC, XLS, WPS)"},
	{"{\\rtf", "an RTF document"},
	{"\x1F\x8B", "a gzip archive"},
	{"Rar!\x1A\x07", "a RAR archive"},
	{"7z\xBC\xAF\x27\x1C", "a 7z archive"},
	{"BZh", "a bzip2 archive"},
	{"\xFD7zXZ\x00", "an xz archive"},
	{"\x7FELF", "a program"},
	{"MZ", "a program"},
	{"SQLite format 3\x00", "an SQLite database"},
	{"AT&TFORM", "a DjVu document"},
}

// binarySort names the sort of a binary file, "" when its first bytes are none
// of the known ones.
func binarySort(data []byte) string {
	for _, s := range signatures {
		if !bytes.HasPrefix(data, []byte(s.magic)) {
			continue
		}
		// Two letters may well begin a text; a header is followed by NULs.
		if len(s.magic) == 2 && bytes.IndexByte(data[:min(len(data), 64)], 0) < 0 && s.magic[0] < 0x80 {
			continue
		}
		return s.sort
	}
	return ""
}

func binaryError(data []byte) error {
	const advice = "save the report as text, HTML, PDF or DOCX"
	if bytes.HasPrefix(data, []byte("\xD0\xCF\x11\xE0")) && bytes.Contains(data, []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")) {
		return fmt.Errorf("%w: the Office document asks for a password: save a copy without one", ErrEncrypted)
	}
	if sort := binarySort(data); sort != "" {
		return fmt.Errorf("%w: it is %s: %s", ErrBinary, sort, advice)
	}
	if at := bytes.IndexByte(data, 0); at >= 0 {
		return fmt.Errorf("%w: a NUL byte at offset %d (line %d): %s", ErrBinary, at, 1+bytes.Count(data[:at], []byte("\n")), advice)
	}
	return fmt.Errorf("%w: %d control characters in %d bytes: %s", ErrBinary, controls(data), len(data), advice)
}

// controls counts bytes that no text holds.
func controls(data []byte) int {
	n := 0
	for _, b := range data {
		if b < 0x20 && !strings.ContainsRune("\t\n\v\f\r\x1a\x1b\x1c\x1d\x1e\x1f", rune(b)) {
			n++
		}
	}
	return n
}
