package document

import "errors"

// What can be wrong with a file. Errors of [Read] and [ReadFile] wrap one of
// these, or the reader's own error, or the context's.
var (
	// ErrNoFile: a pipe, socket or device.
	ErrNoFile = errors.New("no regular file: give what it holds on standard input, as -")
	// ErrEmpty: no bytes, or white space only.
	ErrEmpty = errors.New("empty file")
	// ErrBinary: not text of any kind that can be read here.
	ErrBinary = errors.New("binary file")
	// ErrTooLarge: more than [MaxSize] bytes.
	ErrTooLarge = errors.New("file too large")
	// ErrEncoding: the bytes are in no encoding that could be told with
	// certainty, or break the rules of the one that they are in.
	ErrEncoding = errors.New("broken or unknown text encoding")
	// ErrNotChinese: text, but with too few Chinese characters.
	ErrNotChinese = errors.New("not a Chinese text")
	// ErrScanned: a PDF whose pages are images without text.
	ErrScanned = errors.New("scanned document")
	// ErrEncrypted: it opens only with a password.
	ErrEncrypted = errors.New("encrypted document")
	// ErrDamaged: a PDF, DOCX or ZIP that breaks the rules of its format.
	ErrDamaged = errors.New("damaged file")
	// ErrTruncated: an HTML page that ends before its content does.
	ErrTruncated = errors.New("truncated file")
	// ErrNoContent: site furniture only; no paragraph of a report.
	ErrNoContent = errors.New("no report text")
)
