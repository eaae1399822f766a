package document

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html/charset"
)

const zipMagic = "PK\x03\x04"

// wordPart is the name of a DOCX's main part.
var wordPart = regexp.MustCompile(`^word/document\d*\.xml$`)

// isDOCX tells a ZIP archive that holds a Word document, cut off ones too.
func isDOCX(data []byte) bool {
	if !bytes.HasPrefix(data, []byte(zipMagic)) {
		return false
	}
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return bytes.Contains(data, []byte("word/document.xml"))
	}
	for _, f := range archive.File {
		if wordPart.MatchString(f.Name) {
			return true
		}
	}
	return false
}

// parseDOCX makes a block of every paragraph and table row. A line is one
// line of its text: a DOCX has no lines of its own.
func parseDOCX(ctx context.Context, data []byte) (*content, error) {
	return readDOCX(ctx, data, MaxSize)
}

// readDOCX reads a DOCX that unpacks to bound bytes at most.
func readDOCX(ctx context.Context, data []byte, bound int64) (*content, error) {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, damagedDOCX("", err)
	}
	d := &docx{ctx: ctx, archive: archive, bound: bound, left: bound, styles: map[string]wordStyle{}, numbers: map[string]map[int]wordLevel{}, notes: map[string][]string{}}
	main := ""
	for _, f := range archive.File {
		if wordPart.MatchString(f.Name) {
			main = f.Name
			break
		}
	}
	for _, part := range []struct {
		name string
		read func(*xml.Decoder) error
	}{
		{"docProps/core.xml", d.readTitle},
		{"word/styles.xml", d.readStyles},
		{"word/numbering.xml", d.readNumbering},
		{"word/footnotes.xml", d.readNotes},
		{"word/endnotes.xml", d.readNotes},
		{main, d.readBody},
	} {
		if err := d.part(part.name, part.read); err != nil {
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			if errors.Is(err, ErrTooLarge) {
				return nil, err
			}
			return nil, damagedDOCX(part.name, err)
		}
	}
	if len(d.body.blocks) == 0 {
		return nil, fmt.Errorf("%w: the document has no paragraph with text: if its pages are images, recognise their text (OCR) first", ErrNoContent)
	}
	return &content{encoding: encodingUTF8, title: d.title, lines: d.line, blocks: d.body.blocks}, nil
}

func damagedDOCX(part string, err error) error {
	where := ""
	if part != "" {
		where = " in its part " + part
	}
	return fmt.Errorf("%w: the DOCX cannot be read%s (%w): get it again, or save it anew from Word or WPS", ErrDamaged, where, err)
}

// docx is a Word document while it is read.
type docx struct {
	ctx     context.Context
	archive *zip.Reader
	bound   int64 // bytes that may be unpacked
	left    int64 // and those that still may

	title   string
	styles  map[string]wordStyle
	numbers map[string]map[int]wordLevel // by list
	counts  map[string][]int             // of each list's levels
	notes   map[string][]string          // lines by sort and id
	body    wordBody
	line    int
}

// wordStyle is what a paragraph style gives its paragraphs.
type wordStyle struct {
	parent  string
	outline int // from 1; 0 for none
	list    string
	level   int
}

// wordLevel is how a level of a list is numbered.
type wordLevel struct {
	format, text string
	start        int
}

// part reads a part of the archive, if it is there.
func (d *docx) part(name string, read func(*xml.Decoder) error) error {
	for _, f := range d.archive.File {
		if f.Name != name {
			continue
		}
		r, err := f.Open()
		if err != nil {
			return err
		}
		bounded := &io.LimitedReader{R: contextReader{d.ctx, r}, N: d.left + 1}
		x := xml.NewDecoder(bounded)
		x.CharsetReader = charset.NewReaderLabel
		err = read(x)
		if d.left = bounded.N - 1; d.left < 0 {
			err = fmt.Errorf("%w: it unpacks to more than %d bytes, which no report does", ErrTooLarge, d.bound)
		}
		if closeErr := r.Close(); err == nil {
			err = closeErr
		}
		return err
	}
	return nil
}

// visitor is called for the elements of a part, by their local names: Word,
// WPS and the strict form differ in name spaces. What is nil is not called.
type visitor struct {
	start func(e xml.StartElement) (skip bool) // skip leaves out what is in it
	end   func(name string)
	text  func(text string)
}

func (v visitor) walk(x *xml.Decoder) error {
	const deepest = 500
	depth := 0
	for {
		token, err := x.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if v.start(t) {
				if err := x.Skip(); err != nil {
					return err
				}
				continue
			}
			if depth++; depth > deepest {
				line, _ := x.InputPos()
				return fmt.Errorf("line %d: elements nest deeper than %d", line, deepest)
			}
		case xml.EndElement:
			depth--
			if v.end != nil {
				v.end(t.Name.Local)
			}
		case xml.CharData:
			if v.text != nil {
				v.text(string(t))
			}
		}
	}
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func intAttribute(e xml.StartElement, name string) int {
	n, err := strconv.Atoi(attribute(e, name))
	if err != nil {
		return 0
	}
	return n
}

func (d *docx) readTitle(x *xml.Decoder) error {
	inTitle := false
	return visitor{
		start: func(e xml.StartElement) bool { inTitle = e.Name.Local == "title"; return false },
		end:   func(string) { inTitle = false },
		text: func(text string) {
			if inTitle {
				d.title += strings.TrimSpace(text)
			}
		},
	}.walk(x)
}

var headingStyle = regexp.MustCompile(`(?i)^(?:heading|标题)\s*([1-9])$`)

func (d *docx) readStyles(x *xml.Decoder) error {
	id := ""
	return visitor{start: func(e xml.StartElement) bool {
		s := d.styles[id]
		switch e.Name.Local {
		case "style":
			id = attribute(e, "styleId")
			return false
		case "name":
			if m := headingStyle.FindStringSubmatch(attribute(e, "val")); m != nil && s.outline == 0 {
				s.outline = int(m[1][0] - '0')
			}
		case "basedOn":
			s.parent = attribute(e, "val")
		case "outlineLvl":
			s.outline = outlineLevel(e)
		case "numId":
			s.list = attribute(e, "val")
		case "ilvl":
			s.level = intAttribute(e, "val")
		default:
			return false
		}
		d.styles[id] = s
		return false
	}}.walk(x)
}

// outlineLevel gives the level from 1, and 0 for body text, which is level 9.
func outlineLevel(e xml.StartElement) int {
	if n := intAttribute(e, "val") + 1; n >= 1 && n <= 9 {
		return n
	}
	return 0
}

// style gives what a style says, what it is based on included.
func (d *docx) style(id string) wordStyle {
	s := d.styles[id]
	for parent, steps := s.parent, 0; parent != "" && steps < 16; steps++ {
		p := d.styles[parent]
		if s.outline == 0 {
			s.outline = p.outline
		}
		if s.list == "" {
			s.list, s.level = p.list, p.level
		}
		parent = p.parent
	}
	return s
}

func (d *docx) readNumbering(x *xml.Decoder) error {
	abstract := map[string]map[int]wordLevel{}
	d.counts = map[string][]int{}
	var levels map[int]wordLevel
	list, level := "", 0
	return visitor{start: func(e xml.StartElement) bool {
		val := attribute(e, "val")
		l := levels[level]
		switch e.Name.Local {
		case "abstractNum":
			levels = map[int]wordLevel{}
			abstract[attribute(e, "abstractNumId")] = levels
			return false
		case "num":
			list, levels = attribute(e, "numId"), nil
			return false
		case "abstractNumId":
			d.numbers[list] = abstract[val]
			return false
		case "lvl":
			level = intAttribute(e, "ilvl")
			l = wordLevel{start: 1}
		case "start":
			l.start = intAttribute(e, "val")
		case "numFmt":
			l.format = val
		case "lvlText":
			l.text = val
		default:
			return false
		}
		if levels != nil && level >= 0 && level < 9 {
			levels[level] = l
		}
		return false
	}}.walk(x)
}

// number counts a paragraph of a list on, and gives its number as shown.
func (d *docx) number(list string, level int) string {
	levels := d.numbers[list]
	l, ok := levels[level]
	if !ok || level < 0 || level >= 9 {
		return ""
	}
	counts := d.counts[list]
	if counts == nil {
		counts = make([]int, 9)
		for i := range counts {
			counts[i] = levels[i].start - 1
		}
		d.counts[list] = counts
	}
	counts[level]++
	for i := level + 1; i < len(counts); i++ {
		counts[i] = levels[i].start - 1
	}
	shown := l.text
	for i := range level + 1 {
		place := "%" + strconv.Itoa(i+1)
		if strings.Contains(shown, place) {
			n := max(counts[i], 1)
			written, ok := writeNumber(levels[i].format, n)
			if !ok {
				return "" // a bullet, or a way of counting that is not known
			}
			shown = strings.ReplaceAll(shown, place, written)
		}
	}
	if shown == l.text {
		return ""
	}
	return shown
}

// writeNumber writes n, from 1, in one of Word's formats.
func writeNumber(format string, n int) (string, bool) {
	switch format {
	case "decimal", "decimalFullWidth", "decimalHalfWidth", "":
		return strconv.Itoa(n), true
	case "chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital", "taiwaneseCounting", "taiwaneseCountingThousand":
		return hanNumber(n), n < 100
	case "decimalEnclosedCircle", "decimalEnclosedCircleChinese":
		return string(rune('①' + n - 1)), n <= 20
	case "upperLetter", "lowerLetter":
		first := 'A'
		if format == "lowerLetter" {
			first = 'a'
		}
		return string(first + rune(n) - 1), n <= 26
	}
	return "", false
}

// hanNumber writes a number from 1 to 99.
func hanNumber(n int) string {
	ones := []rune("零一二三四五六七八九")
	if n >= 100 {
		return strconv.Itoa(n)
	}
	s := ""
	if n >= 20 {
		s = string(ones[n/10])
	}
	if n >= 10 {
		s += "十"
	}
	if n%10 > 0 {
		s += string(ones[n%10])
	}
	return s
}

func (d *docx) readNotes(x *xml.Decoder) error {
	b := wordBody{docx: d}
	key := ""
	v := b.visitor()
	return visitor{text: v.text, start: func(e xml.StartElement) bool {
		if sort := e.Name.Local; sort == "footnote" || sort == "endnote" {
			b.blocks = nil
			if key = sort + attribute(e, "id"); attribute(e, "type") != "" {
				key = "" // the line above the notes
			}
			return false
		}
		return v.start(e)
	}, end: func(name string) {
		v.end(name)
		if (name == "footnote" || name == "endnote") && key != "" {
			for _, n := range b.blocks {
				d.notes[key] = append(d.notes[key], n.text)
			}
		}
	}}.walk(x)
}

func (d *docx) readBody(x *xml.Decoder) error {
	d.body.docx = d
	err := d.body.visitor().walk(x)
	// Lines are counted last: rows of tables join paragraphs.
	for i := range d.body.blocks {
		d.body.blocks[i].line = i
	}
	d.line = len(d.body.blocks)
	return err
}

// wordBody turns a part's elements into blocks.
type wordBody struct {
	docx   *docx
	blocks []block
	tables []*grid    // that are open, outermost first
	rows   []*wordRow // of them
	open   []*wordParagraph
	inText bool
}

// wordRow is a row of a table.
type wordRow struct{ cells []wordCell }

// wordCell is what stands in a cell, and over how many columns.
type wordCell struct {
	blocks []block
	wide   int
}

// wordParagraph is a paragraph that is open; text boxes nest them.
type wordParagraph struct {
	text    strings.Builder
	done    []string // lines before a break
	style   string
	outline int
	list    string
	level   int
	listed  bool // list and level are its own
	notes   []string
}

func (b *wordBody) visitor() visitor {
	return visitor{start: b.start, end: b.end, text: b.add}
}

func (b *wordBody) start(e xml.StartElement) (skip bool) {
	switch e.Name.Local {
	case "Fallback", "pPrChange", "rPrChange", "instrText", "delText":
		return true // said twice, or no longer
	case "tabs":
		return true // the stops of a paragraph
	case "tbl":
		b.tables = append(b.tables, &grid{})
		return false
	case "tr":
		b.rows = append(b.rows, &wordRow{})
		return false
	case "tc":
		if n := len(b.rows); n > 0 {
			b.rows[n-1].cells = append(b.rows[n-1].cells, wordCell{})
		}
		return false
	case "gridSpan":
		if cell := b.cell(); cell != nil {
			cell.wide = intAttribute(e, "val")
		}
		return false
	case "p":
		b.open = append(b.open, &wordParagraph{})
		return false
	}
	if len(b.open) == 0 {
		return false
	}
	p := b.open[len(b.open)-1]
	switch e.Name.Local {
	case "pStyle":
		p.style = attribute(e, "val")
	case "outlineLvl":
		p.outline = outlineLevel(e)
	case "numId":
		p.list, p.listed = attribute(e, "val"), true
	case "ilvl":
		p.level = intAttribute(e, "val")
	case "t":
		b.inText = true
	case "tab", "ptab":
		p.text.WriteByte(' ')
	case "noBreakHyphen":
		p.text.WriteByte('-')
	case "br", "cr":
		p.done = append(p.done, p.text.String())
		p.text.Reset()
	case "footnoteReference", "endnoteReference":
		p.notes = append(p.notes, strings.TrimSuffix(e.Name.Local, "Reference")+attribute(e, "id"))
	}
	return false
}

var sourceSpace = strings.NewReplacer("\n", " ", "\r", " ", "\t", " ")

func (b *wordBody) add(text string) {
	if b.inText && len(b.open) > 0 {
		b.open[len(b.open)-1].text.WriteString(sourceSpace.Replace(text))
	}
}

func (b *wordBody) end(name string) {
	switch name {
	case "t":
		b.inText = false
	case "p":
		if n := len(b.open); n > 0 {
			p := b.open[n-1]
			b.open = b.open[:n-1]
			b.paragraph(p)
		}
	case "tr":
		if n := len(b.rows); n > 0 {
			row := b.rows[n-1]
			b.rows = b.rows[:n-1]
			b.row(row)
		}
	case "tbl":
		b.tables = b.tables[:max(len(b.tables)-1, 0)]
	}
}

// paragraph writes the lines of a paragraph, then its notes.
func (b *wordBody) paragraph(p *wordParagraph) {
	style := b.docx.style(p.style)
	if p.outline > 0 {
		style.outline = p.outline
	}
	if p.listed {
		style.list, style.level = p.list, p.level
	}
	p.done = append(p.done, p.text.String())
	numbered := false
	for _, line := range p.done {
		if line = strings.TrimSpace(line); !visible(line) {
			continue
		}
		if !numbered && style.list != "" && style.list != "0" {
			line = b.docx.number(style.list, style.level) + line
		}
		numbered = true
		b.put(block{text: repair(line), level: style.outline})
	}
	for _, key := range p.notes {
		for _, note := range b.docx.notes[key] {
			b.put(block{text: note})
		}
		delete(b.docx.notes, key)
	}
}

// cell is the cell that is open, nil for none.
func (b *wordBody) cell() *wordCell {
	if n := len(b.rows); n > 0 && len(b.rows[n-1].cells) > 0 {
		return &b.rows[n-1].cells[len(b.rows[n-1].cells)-1]
	}
	return nil
}

func (b *wordBody) put(written ...block) {
	if cell := b.cell(); cell != nil {
		cell.blocks = append(cell.blocks, written...)
		return
	}
	b.blocks = append(b.blocks, written...)
}

// row writes a row of a data table as one block, cells apart by a tab; rows
// that lay out a page hold paragraphs, and give those.
func (b *wordBody) row(row *wordRow) {
	var cells []cell
	var all []block
	layout := false
	for _, c := range row.cells {
		var lines []string
		for _, line := range c.blocks {
			lines = append(lines, line.text)
			layout = layout || strings.Contains(line.text, "\t")
		}
		layout = layout || len(c.blocks) > 3
		cells = append(cells, cell{text: strings.Join(lines, " "), wide: c.wide})
		all = append(all, c.blocks...)
	}
	table := &grid{} // of a row without its table
	if n := len(b.tables); n > 0 {
		table = b.tables[n-1]
	}
	if written, ok := table.rowBlock(cells); ok && !layout {
		b.put(written)
		return
	}
	b.put(all...)
}
