package document

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

var (
	htmlTag     = regexp.MustCompile(`(?i)<(?:!doctype\s+html|html|head|body|div|p|meta|title|script|style|table|span|article|section|br|h[1-6])\b`)
	htmlStart   = regexp.MustCompile(`(?i)^\s*<(?:!|\?xml|[a-z])`)
	metaCharset = regexp.MustCompile(`(?i)<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]+)`)
)

// isHTML tells a page by its tags: it begins with one, or the tags of a whole
// page stand near its beginning.
func isHTML(data []byte) bool {
	const near = 4 << 10
	head := data[:min(len(data), near)]
	if bytes.HasPrefix(head, []byte(bomUTF16LE)) || bytes.HasPrefix(head, []byte(bomUTF16BE)) {
		// The tags are ASCII: without the NULs they read as such.
		head = bytes.ReplaceAll(head[2:], []byte{0}, nil)
	} else if _, order := guessUTF16(data); order != nil {
		head = bytes.ReplaceAll(head, []byte{0}, nil)
	}
	head = bytes.TrimPrefix(head, []byte(bomUTF8))
	if !htmlTag.Match(head) || bytes.IndexByte(head, 0) >= 0 {
		return false
	}
	return htmlStart.Match(head) || bytes.Contains(bytes.ToLower(head), []byte("<html")) || bytes.Contains(bytes.ToLower(head), []byte("<body"))
}

// parseHTML finds the main content of a page and makes a block of every
// paragraph, heading and table row in it.
func parseHTML(_ context.Context, data []byte) (*content, error) {
	claim := ""
	if m := metaCharset.FindSubmatch(data[:min(len(data), 8<<10)]); m != nil {
		claim = string(m[1])
	}
	text, encoding, err := decode(data, claim)
	if err != nil {
		return nil, err
	}
	tree, err := parseTree(text)
	if err != nil {
		return nil, err
	}
	tree.root.weigh(false)
	main := tree.root.main()
	w := writer{main: main}
	w.walk(tree.root, false)
	w.flush()
	c := &content{encoding: encoding, title: tree.title, lines: countLines(text) + 1, blocks: w.mainBlocks()}
	if main.prose == 0 || len(c.blocks) == 0 {
		return nil, fmt.Errorf("%w: the page has no main content: save it with its text, after it has loaded in the browser", ErrNoContent)
	}
	return c, nil
}

// node is an element of a page, or a text in it.
type node struct {
	tag      atom.Atom // 0 for a text, and for elements of unknown name
	name     string    // of such an element
	text     string
	line     int // of the text's or element's beginning
	skip     bool
	children []*node
	prose    int  // code points of text outside links
	links    int  // code points of text in links
	rows     bool // table rows are in it

	wide, high int // columns and rows that it covers, of a cell
}

// tree is a parsed page.
type tree struct {
	root  *node
	title string
}

// maxDepth bounds how deep elements nest; deeper ones are taken for their
// parents. Pages stay well below it.
const maxDepth = 256

// parseTree builds the tree with its own stack instead of html.Parse, which
// forgets where in the file a text stood.
func parseTree(source string) (*tree, error) {
	t := &tree{root: &node{tag: atom.Html}}
	stack := []*node{t.root}
	z := html.NewTokenizer(strings.NewReader(source))
	line, offset := 0, 0
	sawBody, closedBody := false, false
	for {
		kind := z.Next()
		raw := z.Raw()
		at := line
		line += countLines(string(raw))
		offset += len(raw)
		switch kind {
		case html.ErrorToken:
			if !errors.Is(z.Err(), io.EOF) {
				return nil, fmt.Errorf("%w: line %d: %w", ErrEncoding, at+1, z.Err())
			}
			return t, truncation(source, offset-len(raw), at, stack, sawBody, closedBody)
		case html.TextToken:
			parent := stack[len(stack)-1]
			if parent.tag == atom.Title && t.title == "" {
				t.title = strings.TrimSpace(string(z.Text()))
				continue
			}
			if !parent.skip {
				parent.children = append(parent.children, &node{text: string(z.Text()), line: at})
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			tag, name, attributes := readTag(z)
			if tag == atom.Body || tag == atom.Frameset {
				sawBody = true
			}
			if tag == atom.Meta {
				if name := strings.ToLower(attributes["name"]); (name == "articletitle" || name == "og:title") && attributes["content"] != "" {
					t.title = strings.TrimSpace(attributes["content"])
				}
				continue
			}
			stack = closeImplied(stack, tag)
			parent := stack[len(stack)-1]
			n := &node{tag: tag, name: name, line: at, skip: parent.skip || isSkipped(tag, attributes)}
			if tag == atom.Td || tag == atom.Th {
				n.wide, n.high = count(attributes["colspan"]), count(attributes["rowspan"])
			}
			parent.children = append(parent.children, n)
			if kind == html.StartTagToken && !isVoid[tag] && len(stack) < maxDepth {
				stack = append(stack, n)
			}
		case html.EndTagToken:
			written, _ := z.TagName()
			tag, name := atom.Lookup(written), ""
			if tag == 0 {
				name = string(written)
			}
			if tag == atom.Body || tag == atom.Html {
				closedBody = true
				continue // what follows still belongs to the page
			}
			for i := len(stack) - 1; i > 0; i-- {
				if stack[i].tag == tag && stack[i].name == name {
					stack = stack[:i]
					break
				}
				// A stray end tag closes nothing outside its cell.
				if stack[i].tag == atom.Td && tag != atom.Tr && tag != atom.Tbody && tag != atom.Table {
					break
				}
			}
		}
	}
}

// readTag returns a start tag: its atom, or its name when it has none.
func readTag(z *html.Tokenizer) (tag atom.Atom, name string, attributes map[string]string) {
	written, more := z.TagName()
	if tag = atom.Lookup(written); tag == 0 {
		name = string(written)
	}
	attributes = map[string]string{}
	for more {
		var key, value []byte
		key, value, more = z.TagAttr()
		attributes[string(key)] = string(value)
	}
	return tag, name, attributes
}

// count reads a number of columns or rows, 1 where there is none.
func count(s string) int {
	n, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil {
		return 1
	}
	return n
}

var isVoid = map[atom.Atom]bool{
	atom.Br: true, atom.Hr: true, atom.Img: true, atom.Input: true, atom.Link: true, atom.Meta: true, atom.Area: true,
	atom.Base: true, atom.Col: true, atom.Embed: true, atom.Param: true, atom.Source: true, atom.Track: true, atom.Wbr: true,
}

// closers are elements whose end tag may be left out, with the start tags that
// end them.
var closers = map[atom.Atom]func(next atom.Atom) bool{
	atom.P:      func(next atom.Atom) bool { return isBlock[next] && next != atom.Br },
	atom.Li:     func(next atom.Atom) bool { return next == atom.Li },
	atom.Dt:     func(next atom.Atom) bool { return next == atom.Dt || next == atom.Dd },
	atom.Dd:     func(next atom.Atom) bool { return next == atom.Dt || next == atom.Dd },
	atom.Td:     func(next atom.Atom) bool { return next == atom.Td || next == atom.Th || next == atom.Tr },
	atom.Th:     func(next atom.Atom) bool { return next == atom.Td || next == atom.Th || next == atom.Tr },
	atom.Tr:     func(next atom.Atom) bool { return next == atom.Tr },
	atom.Option: func(next atom.Atom) bool { return next == atom.Option },
	atom.Head:   func(next atom.Atom) bool { return next == atom.Body },
}

// closeImplied closes the open elements that a start tag ends.
func closeImplied(stack []*node, next atom.Atom) []*node {
	for len(stack) > 1 {
		ends := closers[stack[len(stack)-1].tag]
		if ends == nil || !ends(next) {
			return stack
		}
		stack = stack[:len(stack)-1]
	}
	return stack
}

var isBlock = map[atom.Atom]bool{
	atom.Address: true, atom.Article: true, atom.Aside: true, atom.Blockquote: true, atom.Body: true, atom.Br: true,
	atom.Caption: true, atom.Center: true, atom.Dd: true, atom.Div: true, atom.Dl: true, atom.Dt: true,
	atom.Fieldset: true, atom.Figcaption: true, atom.Figure: true, atom.Footer: true, atom.Form: true,
	atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true, atom.Header: true,
	atom.Hr: true, atom.Html: true, atom.Li: true, atom.Main: true, atom.Nav: true, atom.Ol: true, atom.P: true,
	atom.Pre: true, atom.Section: true, atom.Table: true, atom.Tbody: true, atom.Td: true, atom.Tfoot: true,
	atom.Th: true, atom.Thead: true, atom.Tr: true, atom.Ul: true,
}

var skippedTags = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Template: true, atom.Nav: true, atom.Footer: true,
	atom.Aside: true, atom.Select: true, atom.Button: true, atom.Iframe: true, atom.Svg: true, atom.Canvas: true,
	atom.Object: true, atom.Textarea: true, atom.Audio: true, atom.Video: true, atom.Map: true,
	atom.Noframes: true, atom.Datalist: true,
}

var (
	skippedRole  = regexp.MustCompile(`^(?:navigation|banner|contentinfo|complementary|search|menu|menubar|toolbar)$`)
	skippedClass = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|crumbs?|footer|foot|sidebar|sidenav|share|bdsharebuttonbox|toolbar|copyright|pagination|pager|login|qrcode)(?:[\s_-]|$)`)
	hiddenStyle  = regexp.MustCompile(`(?i)(?:display\s*:\s*none|visibility\s*:\s*hidden)`)
)

// isSkipped reports whether an element is none of the page's content.
func isSkipped(tag atom.Atom, attributes map[string]string) bool {
	if skippedTags[tag] {
		return true
	}
	if _, hidden := attributes["hidden"]; hidden || attributes["aria-hidden"] == "true" || hiddenStyle.MatchString(attributes["style"]) {
		return true
	}
	if skippedRole.MatchString(attributes["role"]) {
		return true
	}
	// The page's outermost elements carry the names of whole layouts.
	return tag != atom.Body && tag != atom.Html && tag != atom.Form &&
		(skippedClass.MatchString(attributes["class"]) || skippedClass.MatchString(attributes["id"]))
}

// mustClose are the containers that a whole page never leaves open.
var mustClose = map[atom.Atom]string{
	atom.Div: "div", atom.Table: "table", atom.Article: "article", atom.Section: "section", atom.Main: "main",
	atom.Script: "script", atom.Style: "style", atom.Title: "title",
}

// truncation tells a page that was cut off: inside a tag, a comment or a
// script, before its body's end, or, of a part of a page, inside a container.
func truncation(source string, offset, line int, stack []*node, sawBody, closedBody bool) error {
	cut := func(where string) error {
		return fmt.Errorf("%w: the page ends at byte %d (line %d) %s: save it again, whole", ErrTruncated, len(source), countLines(source)+1, where)
	}
	if closedBody {
		return nil
	}
	if offset < len(source) {
		return cut(fmt.Sprintf("inside a tag that begins on line %d", line+1))
	}
	if open := strings.LastIndexByte(source, '<'); open > strings.LastIndexByte(source, '>') && open+1 < len(source) &&
		(source[open+1] == '/' || source[open+1] == '!' || isLetter(source[open+1])) {
		return cut(fmt.Sprintf("inside a tag that begins on line %d", 1+countLines(source[:open])))
	}
	if sawBody || strings.Contains(strings.ToLower(prefix(source, 2000)), "<html") {
		return cut("before the end of its body")
	}
	for i := len(stack) - 1; i > 0; i-- {
		if name := mustClose[stack[i].tag]; name != "" {
			return cut(fmt.Sprintf("inside the <%s> of line %d", name, stack[i].line+1))
		}
	}
	return nil
}

func isLetter(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' }

// weigh counts the text below a node.
func (n *node) weigh(inLink bool) {
	if n.skip {
		return
	}
	inLink = inLink || n.tag == atom.A
	if n.text != "" {
		size := 0
		for _, r := range n.text {
			if isHan(r) {
				size++
			}
		}
		if inLink {
			n.links = size
		} else {
			n.prose = size
		}
		return
	}
	for _, c := range n.children {
		c.weigh(inLink)
		n.prose += c.prose
		n.links += c.links
		n.rows = n.rows || c.rows || c.tag == atom.Tr
	}
}

// main walks down to the element that holds nearly all the text of the page.
func (n *node) main() *node {
	const nearlyAll = 0.75
	for {
		next := n
		for _, c := range n.children {
			if !c.skip && c.text == "" && isContainer[c.tag] && float64(c.prose) >= nearlyAll*float64(n.prose) && c.prose > 0 {
				next = c
			}
		}
		if next == n {
			return n
		}
		n = next
	}
}

var isContainer = map[atom.Atom]bool{
	atom.Html: true, atom.Body: true, atom.Div: true, atom.Article: true, atom.Section: true, atom.Main: true,
	atom.Table: true, atom.Tbody: true, atom.Tr: true, atom.Td: true, atom.Form: true, atom.Center: true,
	atom.Span: true, atom.Font: true, 0: true,
}

// space is white space that waits for the character behind it.
type space int

const (
	noSpace space = iota
	blank
	lineEnd // of the source: none between wide characters
	meant   // &nbsp; or a wide space
)

// writer turns a tree into blocks.
type writer struct {
	main   *node
	blocks []block
	inMain []bool // of each block

	text   strings.Builder // of the open block
	line   int             // where it begins
	links  int             // bytes of it in links
	title  bool
	within bool  // inside main
	passed bool  // behind main
	space  space // white space before the next character
	table  *grid // the innermost that is open
}

var isTitleTag = map[atom.Atom]bool{atom.H1: true, atom.H2: true, atom.H3: true}

func (w *writer) walk(n *node, inLink bool) {
	if n.skip {
		return
	}
	if n.tag == 0 && n.text != "" {
		w.add(n.text, n.line, inLink)
		return
	}
	if n == w.main {
		w.flush()
		w.within = true
	}
	switch {
	case n.tag == atom.Br:
		w.flush()
	case n.tag == atom.Tr && w.row(n):
	case n.tag == atom.Pre:
		w.flush()
		w.pre(n)
		w.flush()
	default:
		block := isBlock[n.tag]
		if block {
			w.flush()
		}
		if isTitleTag[n.tag] {
			w.title = true
		}
		outer := w.table
		if n.tag == atom.Table {
			w.table = &grid{}
		}
		for _, c := range n.children {
			w.walk(c, inLink || n.tag == atom.A)
		}
		if block {
			w.flush()
		}
		w.table = outer
		w.title = w.title && !isTitleTag[n.tag]
	}
	if n == w.main {
		w.flush()
		w.within, w.passed = false, true
	}
}

// add appends a text, its white space collapsed as browsers do; a line end
// between two wide characters is none.
func (w *writer) add(text string, line int, inLink bool) {
	for _, r := range text {
		if r == '\n' {
			line++
		}
		switch {
		case r == '\u200b' || r == '\ufeff' || r == '\u00ad' || unicode.IsControl(r) && !unicode.IsSpace(r):
		case unicode.IsSpace(r):
			switch {
			case r == '\n' && w.space == noSpace:
				w.space = lineEnd
			case !strings.ContainsRune(" \t\r\n\f", r):
				w.space = meant
			case w.space == noSpace:
				w.space = blank
			}
		default:
			if w.text.Len() == 0 {
				w.line = line
			} else if w.space == blank || w.space == meant || w.space == lineEnd && (r < 0x2E80 || !w.wideEnd()) {
				w.text.WriteByte(' ')
			}
			w.space = noSpace
			w.text.WriteRune(r)
			if inLink {
				w.links += utf8.RuneLen(r)
			}
		}
	}
}

// wideEnd reports whether the open block ends with a wide character.
func (w *writer) wideEnd() bool {
	r, _ := utf8.DecodeLastRuneInString(w.text.String()[max(0, w.text.Len()-utf8.UTFMax):])
	return r >= 0x2E80
}

// flush ends the open block.
func (w *writer) flush() {
	text := w.text.String()
	links := w.links
	w.text.Reset()
	w.links, w.space = 0, noSpace
	if !visible(text) || w.passed {
		return
	}
	// A line of links is navigation; a link in a sentence is not.
	if links*2 > len(text) && (utf8.RuneCountInString(text) < 60 || !strings.ContainsAny(text, "。；")) && !isTitle(squeeze(text)) {
		return
	}
	w.put(block{line: w.line, text: repair(text), title: w.title})
}

func (w *writer) put(b block) {
	w.blocks = append(w.blocks, b)
	w.inMain = append(w.inMain, w.within)
}

// row writes a row of a data table as one block, cells apart by a tab, and
// reports whether the row was one: rows that lay out a page hold paragraphs.
func (w *writer) row(tr *node) bool {
	var cells []cell
	line := -1
	for _, td := range tr.children {
		if td.skip || td.tag != atom.Td && td.tag != atom.Th {
			continue
		}
		if td.rows || td.prose > longestCell {
			return false
		}
		inner := writer{within: true}
		for _, c := range td.children {
			inner.walk(c, false)
		}
		inner.flush()
		if len(inner.blocks) > 3 {
			return false
		}
		var texts []string
		for _, b := range inner.blocks {
			if line < 0 {
				line = b.line
			}
			texts = append(texts, b.text)
		}
		cells = append(cells, cell{strings.Join(texts, " "), td.wide, td.high, td.tag == atom.Th})
	}
	if w.table == nil {
		w.table = &grid{} // a row without its table
	}
	b, ok := w.table.rowBlock(cells)
	if !ok {
		return false
	}
	w.flush()
	if !w.passed {
		b.line = line
		w.put(b)
	}
	return true
}

// pre writes preformatted text line by line.
func (w *writer) pre(n *node) {
	if n.skip {
		return
	}
	if n.tag == 0 && n.text != "" {
		for i, line := range strings.Split(n.text, "\n") {
			if i > 0 {
				w.flush()
			}
			w.add(line, n.line+i, false)
		}
		return
	}
	if n.tag == atom.Br {
		w.flush()
	}
	for _, c := range n.children {
		w.pre(c)
	}
}

// mainBlocks returns the blocks of the main content, and of what stands before
// it the lines that belong to a report's head.
func (w *writer) mainBlocks() []block {
	var out []block
	for i, b := range w.blocks {
		if !w.inMain[i] {
			squeezed := squeeze(prefix(b.text, longestCue))
			if (!b.title || !isTitle(squeezed)) && !meetingLine.MatchString(squeezed) {
				continue
			}
		}
		out = append(out, b)
	}
	return out
}
