package document

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"unicode"

	"github.com/klippa-app/go-pdfium"
	pdfiumerrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/structs"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
	"golang.org/x/text/unicode/norm"
)

// Bounds on a PDF: pages that are read, and the memory (64 KiB each) that
// unpacking one may take.
const (
	maxPages       = 5000
	pdfMemoryPages = 1 << 30 >> 16
)

// isPDF looks for the header where viewers do: near the beginning.
func isPDF(data []byte) bool {
	at := bytes.Index(data[:min(len(data), 1024)], []byte("%PDF-"))
	return at == 0 || at > 0 && bytes.Contains(data, []byte("%%EOF")) && !htmlTag.Match(data[:at])
}

// startPDFium compiles PDFium, which takes seconds, when the first PDF comes;
// the machine code is kept in the user's cache folder, where there is one.
// WebAssembly keeps a broken file from harming the process.
var startPDFium = sync.OnceValues(func() (pdfium.Pool, error) {
	config := wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithMemoryLimitPages(pdfMemoryPages).
		WithCloseOnContextDone(true)
	if dir, err := os.UserCacheDir(); err == nil {
		if cache, err := wazero.NewCompilationCacheWithDir(filepath.Join(dir, "lantu", "pdfium")); err == nil {
			config = config.WithCompilationCache(cache)
		}
	}
	return webassembly.Init(webassembly.Config{
		MaxTotal: runtime.GOMAXPROCS(0), RuntimeConfig: config,
		FSConfig: wazero.NewFSConfig(), // it sees no file
		Stdout:   io.Discard, Stderr: io.Discard,
	})
})

// parsePDF makes a block of every paragraph, joined over lines and pages.
func parsePDF(ctx context.Context, data []byte) (*content, error) {
	lines, images, err := readPDF(ctx, data)
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, err
	}
	pages := len(images)
	texts, scans := 0, 0
	for i, page := range lines {
		switch {
		case hasText(page):
			texts++
		case images[i]:
			scans++
		}
	}
	if scans > texts {
		return nil, fmt.Errorf("%w: %d of its %d pages are images without text: recognise its text (OCR) and load the result", ErrScanned, scans, pages)
	}
	if texts == 0 {
		return nil, fmt.Errorf("%w: none of its %d pages has text: print the report to PDF again, or save it as text", ErrNoContent, pages)
	}
	blocks, count := layOut(lines)
	return &content{encoding: "PDF", lines: count, blocks: blocks}, nil
}

// hasText reports whether a page has more text than a stamp or page number.
func hasText(lines []pageLine) bool {
	const least = 10
	n := 0
	for _, l := range lines {
		for _, r := range l.text {
			if unicode.IsLetter(r) {
				n++
			}
		}
	}
	return n >= least
}

// readPDF gives the lines of every page, and whether it holds an image.
func readPDF(ctx context.Context, data []byte) (lines [][]pageLine, images []bool, err error) {
	pool, err := startPDFium()
	if err != nil {
		return nil, nil, fmt.Errorf("the PDF reader does not start: %w", err)
	}
	instance, err := pool.GetInstanceWithContext(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("the PDF reader does not start: %w", err)
	}
	killed := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		defer close(killed)
		_ = instance.Kill()
	})
	defer func() {
		if stop() {
			// A file that broke the instance also breaks its closing; the
			// pool starts another one.
			_ = instance.Close()
		} else {
			<-killed
		}
	}()
	opened, err := instance.OpenDocument(&requests.OpenDocument{File: &data})
	switch {
	case errors.Is(err, pdfiumerrors.ErrPassword), errors.Is(err, pdfiumerrors.ErrSecurity):
		return nil, nil, fmt.Errorf("%w: the PDF asks for a password: save a copy without one", ErrEncrypted)
	case err != nil:
		return nil, nil, damagedPDF(err)
	}
	count, err := instance.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: opened.Document})
	if err != nil {
		return nil, nil, damagedPDF(err)
	}
	switch {
	case count.PageCount == 0:
		return nil, nil, fmt.Errorf("%w: the PDF has no pages", ErrDamaged)
	case count.PageCount > maxPages:
		return nil, nil, fmt.Errorf("%w: it has %d pages, the bound is %d: split it into its reports", ErrTooLarge, count.PageCount, maxPages)
	}
	lines, images = make([][]pageLine, count.PageCount), make([]bool, count.PageCount)
	for i := range lines {
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		p := pdfPage{instance: instance, number: i + 1}
		if lines[i], images[i], err = p.read(opened.Document); err != nil {
			return nil, nil, fmt.Errorf("page %d: %w", i+1, damagedPDF(err))
		}
	}
	return lines, images, nil
}

func damagedPDF(err error) error {
	return fmt.Errorf("%w: the PDF cannot be read (%w): get it again, or save it anew from a viewer that shows it", ErrDamaged, err)
}

// pdfPage reads one page.
type pdfPage struct {
	instance pdfium.Pdfium
	number   int
	rotation int // quarter turns clockwise at which it is shown
	width    float64
	height   float64
}

func (p *pdfPage) read(doc references.FPDF_DOCUMENT) (lines []pageLine, image bool, err error) {
	loaded, err := p.instance.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: doc, Index: p.number - 1})
	if err != nil {
		return nil, false, err
	}
	page := requests.Page{ByReference: &loaded.Page}
	defer func() {
		_, closeErr := p.instance.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: loaded.Page})
		err = errors.Join(err, closeErr)
	}()
	turned, err := p.instance.FPDFPage_GetRotation(&requests.FPDFPage_GetRotation{Page: page})
	if err != nil {
		return nil, false, err
	}
	width, err := p.instance.FPDF_GetPageWidthF(&requests.FPDF_GetPageWidthF{Page: page})
	if err != nil {
		return nil, false, err
	}
	height, err := p.instance.FPDF_GetPageHeightF(&requests.FPDF_GetPageHeightF{Page: page})
	if err != nil {
		return nil, false, err
	}
	p.rotation, p.width, p.height = int(turned.PageRotation), float64(width.PageWidth), float64(height.PageHeight)
	text, err := p.instance.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: page})
	if err != nil {
		return nil, false, err
	}
	defer func() {
		_, closeErr := p.instance.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: text.TextPage})
		err = errors.Join(err, closeErr)
	}()
	if lines, err = p.lines(text.TextPage); err != nil {
		return nil, false, err
	}
	if !hasText(lines) {
		image, err = p.hasImage(page)
	}
	return lines, image, err
}

// lines reads the characters, and where those stand that matter: boxes cost
// several calls each.
func (p *pdfPage) lines(text references.FPDF_TEXTPAGE) ([]pageLine, error) {
	count, err := p.instance.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: text})
	if err != nil {
		return nil, err
	}
	chars := make([]rune, 0, count.Count+1)
	for i := range count.Count {
		unicoded, err := p.instance.FPDFText_GetUnicode(&requests.FPDFText_GetUnicode{TextPage: text, Index: i})
		if err != nil {
			return nil, err
		}
		chars = append(chars, plainRune(rune(uint32(unicoded.Unicode))))
	}
	chars = append(chars, '\n')
	var lines []pageLine
	w := lineWriter{page: p.number, height: p.height}
	for i, r := range chars {
		switch {
		case r == 0:
		case r == '\r' || r == '\n':
			if l, ok := w.line(); ok {
				lines = append(lines, l)
			}
		case unicode.IsSpace(r):
			generated, err := p.instance.FPDFText_IsGenerated(&requests.FPDFText_IsGenerated{TextPage: text, Index: i})
			if err != nil {
				return nil, err
			}
			w.space(generated.IsGenerated)
		case w.wantsBox(r) || unicode.IsSpace(chars[i+1]):
			b, err := p.instance.FPDFText_GetLooseCharBox(&requests.FPDFText_GetLooseCharBox{TextPage: text, Index: i})
			if err != nil {
				// PDFium has no box for a character without glyph.
				w.put(r, w.last)
				continue
			}
			w.put(r, p.turn(b.Rect))
		default:
			w.write(r)
		}
	}
	return lines, nil
}

// turn gives a box as the page is shown.
func (p *pdfPage) turn(r structs.FPDF_FS_RECTF) charBox {
	left, right, bottom, top := float64(r.Left), float64(r.Right), float64(r.Bottom), float64(r.Top)
	b := charBox{left, right, bottom, top}
	switch p.rotation {
	case 1:
		b = charBox{bottom, top, p.height - right, p.height - left}
	case 2:
		b = charBox{p.width - right, p.width - left, p.height - top, p.height - bottom}
	case 3:
		b = charBox{p.width - top, p.width - bottom, left, right}
	}
	for _, v := range []float64{b.left, b.right, b.bottom, b.top} {
		if math.IsNaN(v) || math.Abs(v) > 1e6 {
			return charBox{}
		}
	}
	return b
}

// maxObjects bounds how many things of a page are looked at for an image.
const maxObjects = 2000

func (p *pdfPage) hasImage(page requests.Page) (bool, error) {
	const imageObject, formObject = 3, 5
	objects, err := p.instance.FPDFPage_CountObjects(&requests.FPDFPage_CountObjects{Page: page})
	if err != nil {
		return false, err
	}
	for i := range min(objects.Count, maxObjects) {
		object, err := p.instance.FPDFPage_GetObject(&requests.FPDFPage_GetObject{Page: page, Index: i})
		if err != nil {
			return false, err
		}
		sort, err := p.instance.FPDFPageObj_GetType(&requests.FPDFPageObj_GetType{PageObject: object.PageObject})
		if err != nil {
			return false, err
		}
		// Scanners wrap images into forms.
		if sort.Type == imageObject || sort.Type == formObject {
			return true, nil
		}
	}
	return false, nil
}

// radicals are characters that fonts give the code of a radical, each followed
// by the character meant; those that Unicode itself folds are not among them.
const radicals = "⺠民⺟母⻁虎⻄西⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻬齐⻮齿⻰龙⻳龟⺎兀⺒巳⺝月⺡氵⺮竹⺼肉⺾艹⻌辶⻏阝⻖阝⻗雨⻱龟"

var radicalOf = func() map[rune]rune {
	of := map[rune]rune{}
	rs := []rune(radicals)
	for i := 0; i+1 < len(rs); i += 2 {
		of[rs[i]] = rs[i+1]
	}
	return of
}()

// plainRune gives the character meant, 0 for what is not seen: fonts in PDFs
// give radicals for characters (⼈ for 人), and codes of their own for bullets.
func plainRune(r rune) rune {
	switch {
	case r == '\r' || r == '\n':
		return r
	case r == 2: // a hyphen at a line's end
		return '-'
	case r == '\u200b' || r == '\ufeff' || r == '\u00ad':
		return 0
	case unicode.IsSpace(r):
		return ' '
	case r < 0x20 || r > unicode.MaxRune || 0xD800 <= r && r <= 0xDFFF || !unicode.IsGraphic(r) || unicode.Is(unicode.Co, r):
		return 0
	case 0x2E80 <= r && r <= 0x2FDF || 0xF900 <= r && r <= 0xFAFF:
		if plain, ok := radicalOf[r]; ok {
			return plain
		}
		if folded := []rune(norm.NFKC.String(string(r))); len(folded) == 1 {
			return folded[0]
		}
	}
	return r
}

// charBox is where a character stands: points from the page's lower left.
type charBox struct{ left, right, bottom, top float64 }

// lineWriter gathers the characters of one line.
type lineWriter struct {
	page   int
	height float64

	text             strings.Builder
	first, last      charBox
	lastRune         rune
	waiting          bool    // a space before the next character
	generated        bool    // it was not in the file
	ems, wide        float64 // count and width of Chinese characters with a box
	bottoms, heights float64 // of all with a box
	count            float64
}

func (w *lineWriter) space(generated bool) {
	if w.text.Len() == 0 {
		return
	}
	w.generated = generated && (w.generated || !w.waiting)
	w.waiting = true
}

// wantsBox reports whether it matters where the next character stands: at the
// ends of runs, for what may be raised, and until the size of type is known.
func (w *lineWriter) wantsBox(r rune) bool {
	const enough = 4
	return w.text.Len() == 0 || w.waiting || w.count < enough || isHan(r) && w.ems < enough ||
		w.lastRune >= 0x2E80 && mayBeNoteMark(r)
}

// put adds a character that stands at b. Spaces that layout put beside wide
// characters are none; wide gaps stand between the cells of a table.
func (w *lineWriter) put(r rune, b charBox) {
	if w.isNoteMark(r, b) {
		return
	}
	if w.text.Len() == 0 {
		w.first = b
	} else if w.waiting {
		cellGap := 3.0 // ems
		if w.generated {
			cellGap = 1
		}
		switch {
		case b.left-w.last.right > cellGap*w.em():
			w.text.WriteByte('\t')
		case !w.generated || r < 0x2E80 && w.lastRune < 0x2E80:
			w.text.WriteByte(' ')
		}
	}
	w.waiting, w.generated = false, false
	if isHan(r) {
		w.wide += b.right - b.left
		w.ems++
	}
	w.bottoms += b.bottom
	w.heights += b.top - b.bottom
	w.count++
	w.last = b
	w.write(r)
}

func (w *lineWriter) write(r rune) {
	w.text.WriteRune(r)
	w.lastRune = r
}

func mayBeNoteMark(r rune) bool {
	return '0' <= r && r <= '9' || strings.ContainsRune("[]()〔〕", r) || 0x2460 <= r && r <= 0x2473
}

// isNoteMark tells the raised number of a note behind a Chinese word.
func (w *lineWriter) isNoteMark(r rune, b charBox) bool {
	if w.count == 0 || w.lastRune < 0x2E80 || !mayBeNoteMark(r) {
		return false
	}
	height, bottom := w.heights/w.count, w.bottoms/w.count
	return b.top > b.bottom && b.top-b.bottom < 0.8*height && b.bottom > bottom+0.1*height
}

// em is the width of a Chinese character: the size of the type.
func (w *lineWriter) em() float64 {
	if w.ems > 0 && w.wide > 0 {
		return w.wide / w.ems
	}
	return max(w.heights/max(w.count, 1)*0.85, 1)
}

// line returns what was gathered and begins anew.
func (w *lineWriter) line() (pageLine, bool) {
	l := pageLine{
		page: w.page, left: w.first.left, right: w.last.right, y: w.bottoms / max(w.count, 1), em: w.em(), guessed: w.ems == 0,
		height: w.height, text: strings.TrimSpace(w.text.String()),
	}
	*w = lineWriter{page: w.page, height: w.height}
	return l, visible(l.text)
}
