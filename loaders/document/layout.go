package document

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// pageLine is a line of text on a printed page. Lengths are in points, from
// the page's lower left.
type pageLine struct {
	page        int // from 1
	left, right float64
	y           float64 // of its lower edge
	em          float64 // width of a Chinese character in it
	guessed     bool    // em is, there being none in it
	height      float64 // of the page
	text        string
	number      int // among all lines of the file, from 0
}

// layOut turns the lines of printed pages into paragraphs: what stands at the
// edge of page after page goes, lines join as far as the next word did not fit
// on the line, over the ends of pages too. It also counts the lines.
func layOut(pages [][]pageLine) ([]block, int) {
	count := 0
	for i := range pages {
		pages[i] = joinRows(pages[i])
		for j := range pages[i] {
			pages[i][j].number = count
			count++
		}
	}
	pages = cutEdges(pages)
	p := newPrint(pages)
	for _, page := range pages {
		body, notes := p.splitNotes(page)
		for _, l := range body {
			p.add(l)
		}
		p.notes = append(p.notes, notes...)
	}
	p.flush()
	return p.blocks, count
}

// joinRows joins what stands beside each other on one line.
func joinRows(lines []pageLine) []pageLine {
	var out []pageLine
	for _, l := range lines {
		if n := len(out); n > 0 {
			last := &out[n-1]
			if math.Abs(last.y-l.y) < 0.3*min(last.em, l.em) && l.left >= last.right-0.3*l.em {
				switch gap := l.left - last.right; {
				case gap > l.em:
					last.text += "\t"
				case needsSpace(last.text, l.text):
					last.text += " "
				}
				last.text += l.text
				last.right = l.right
				continue
			}
		}
		out = append(out, l)
	}
	return out
}

// needsSpace reports whether two texts that were apart need a space between:
// letters or digits meet.
func needsSpace(a, b string) bool {
	last, _ := utf8.DecodeLastRuneInString(a)
	next, _ := utf8.DecodeRuneInString(b)
	narrow := func(r rune) bool { return r < 0x2E80 && (unicode.IsLetter(r) || unicode.IsDigit(r)) }
	return narrow(last) && narrow(next)
}

// pageNumber is one, alone on its line, without white space.
var pageNumber = regexp.MustCompile(`^(?:[-—–－―·•.~～|\[(（]*(?:\d{1,4}|[ivxlcIVXLC]{1,6})[-—–－―·•.~～|\])）]*|第?\d{1,4}页?[/,，]?(?:共|of|/)?\d{1,4}页?|第(?:\d{1,4}|[一二三四五六七八九十百]{1,5})页)$`)

var digits = regexp.MustCompile(`\d+|[一二三四五六七八九十百]+`)

// cutEdges takes page numbers away, and headers and footers: lines at the upper
// or lower edge that come again, numbers aside, at the same height.
func cutEdges(pages [][]pageLine) [][]pageLine {
	const deep = 3 // lines from an edge
	type edge struct {
		text   string
		bottom bool
	}
	type mark struct{ page, line int }
	type spot struct {
		mark
		y float64 // from the edge
	}
	at := map[edge][]spot{}
	cut := map[mark]bool{}
	for i, page := range pages {
		order := make([]int, len(page))
		for j := range order {
			order[j] = j
		}
		slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(page[b].y, page[a].y) })
		for _, bottom := range []bool{false, true} {
			outermost := true
			for k := range min(deep, len(order)) {
				j := order[k]
				if bottom {
					j = order[len(order)-1-k]
				}
				l := page[j]
				y := l.height - l.y
				if bottom {
					y = l.y
				}
				if y > 0.15*l.height {
					break
				}
				s := squeeze(l.text)
				if outermost && pageNumber.MatchString(s) {
					cut[mark{i, j}] = true
					continue
				}
				outermost = false
				if utf8.RuneCountInString(s) <= 60 {
					e := edge{digits.ReplaceAllString(s, "#"), bottom}
					at[e] = append(at[e], spot{mark{i, j}, y})
				}
			}
		}
	}
	full := 0
	for _, page := range pages {
		if len(page) > 0 {
			full++
		}
	}
	for _, spots := range at {
		for _, s := range spots {
			n := 0
			for _, other := range spots {
				if other.page != s.page && math.Abs(other.y-s.y) < 4 {
					n++
				}
			}
			// On even or odd pages only, or in one part of a report.
			if n+1 >= max(2, min(3, (full+1)/2)) && (n+1)*8 >= full {
				cut[s.mark] = true
			}
		}
	}
	out := make([][]pageLine, len(pages))
	for i, page := range pages {
		for j, l := range page {
			if !cut[mark{i, j}] {
				out[i] = append(out[i], l)
			}
		}
	}
	return out
}

// printed joins lines into paragraphs.
type printed struct {
	left, right map[int]float64 // edges of the text by page
	em          float64         // of the body
	pitch       float64         // from line to line, in ems
	blocks      []block
	open        []pageLine
	notes       []pageLine // at the foot of pages; they wait for the paragraph's end
}

func newPrint(pages [][]pageLine) *printed {
	p := &printed{left: map[int]float64{}, right: map[int]float64{}}
	// The type in which most of the text is set.
	weight := map[float64]int{}
	var lefts, rights, pitches []float64
	for _, page := range pages {
		for i, l := range page {
			weight[math.Round(2*l.em)/2] += utf8.RuneCountInString(l.text)
			if i > 0 && page[i-1].y > l.y {
				pitches = append(pitches, (page[i-1].y-l.y)/l.em)
			}
		}
	}
	best := 0
	for em, n := range weight {
		if n > best || n == best && em < p.em {
			best, p.em = n, em
		}
	}
	p.pitch = median(pitches, 1.8)
	for _, page := range pages {
		left, right := math.Inf(1), math.Inf(-1)
		for _, l := range page {
			left, right = min(left, l.left), max(right, l.right-hanging(l))
		}
		if len(page) > 0 {
			lefts, rights = append(lefts, left), append(rights, right)
			p.left[page[0].page], p.right[page[0].page] = left, right
		}
	}
	// A page of few or short lines does not show its edges.
	left, right := median(lefts, 0), median(rights, 0)
	for page := range p.left {
		if width := right - left; p.right[page]-p.left[page] < 0.9*width {
			p.left[page], p.right[page] = min(p.left[page], left), max(p.right[page], right)
		}
	}
	return p
}

// hanging is how far the sign at a line's end may stand out of the text.
func hanging(l pageLine) float64 {
	if last, _ := utf8.DecodeLastRuneInString(l.text); strings.ContainsRune("，。、；：", last) {
		return l.em
	}
	return 0
}

func median(values []float64, otherwise float64) float64 {
	if len(values) == 0 {
		return otherwise
	}
	slices.Sort(values)
	return values[len(values)/2]
}

var noteMark = regexp.MustCompile(`^(?:[\[【〔(（]?\d{1,3}[\]】〕)）]?|[①-⑳㉑-㊿*＊※])`)

// splitNotes separates the notes at a page's foot: smaller type, with a mark.
func (p *printed) splitNotes(page []pageLine) (body, notes []pageLine) {
	start := len(page)
	for start > 0 && page[start-1].em < 0.9*p.em {
		start--
	}
	if start == 0 || start == len(page) || !noteMark.MatchString(page[start].text) {
		return page, nil
	}
	return page[:start], page[start:]
}

func (p *printed) add(l pageLine) {
	if n := len(p.open); n > 0 && !p.joins(p.open[n-1], l) {
		p.flush()
	}
	p.open = append(p.open, l)
}

// joins reports whether next goes on with the paragraph of l.
func (p *printed) joins(l, next pageLine) bool {
	if !l.guessed && !next.guessed && math.Abs(l.em-next.em) > 0.12*max(l.em, next.em) || strings.Contains(l.text, "\t") || strings.Contains(next.text, "\t") {
		return false
	}
	indented := next.left > p.left[next.page]+1.2*next.em
	block := len(p.open) > 1 && math.Abs(next.left-l.left) < 0.5*next.em
	centred := math.Abs(next.left+next.right-l.left-l.right) < next.em && !endsSentence.MatchString(l.text)
	if indented && !block && !centred {
		return false
	}
	if l.page == next.page {
		if drop := (l.y - next.y) / l.em; drop <= 0 || drop > max(1.45*p.pitch, 1.2) {
			return false
		}
	}
	if numbering(next.text).style != styleNone && endsSentence.MatchString(l.text) {
		return false
	}
	return p.right[l.page]-l.right < firstWord(next.text)*l.em+0.3*l.em
}

// firstWord is the width, in ems, of what a line cannot be broken inside of:
// the first character or word, with the signs around it.
func firstWord(s string) float64 {
	const opening, closing = "（(《“‘【〔「『", "，。、；：！？）)》”’】〕」』…—%％·"
	width, word := 0.0, false
	for _, r := range s {
		narrow := r < 0x2E80 && !strings.ContainsRune(opening+closing, r)
		switch {
		case r == ' ' || r == '\t':
			return width
		case strings.ContainsRune(opening, r) && width == 0:
			width++
		case strings.ContainsRune(closing, r):
			width++
			word = true
		case narrow && (!word || width < 20):
			width += 0.6
			if !word {
				word = true
			}
		default:
			if word {
				return width
			}
			width++
			word = true
		}
		if width >= 20 {
			return width
		}
	}
	return width
}

// flush ends the open paragraph, and writes the notes that waited for it.
func (p *printed) flush() {
	p.write(p.open)
	p.open = nil
	notes := p.notes
	p.notes = nil
	for start := 0; start < len(notes); {
		end := start + 1
		for end < len(notes) && !noteMark.MatchString(notes[end].text) {
			end++
		}
		p.write(notes[start:end])
		start = end
	}
}

func (p *printed) write(lines []pageLine) {
	if len(lines) == 0 {
		return
	}
	var b strings.Builder
	for _, l := range lines {
		if b.Len() > 0 && needsSpace(b.String()[max(0, b.Len()-utf8.UTFMax):], l.text) {
			b.WriteByte(' ')
		}
		b.WriteString(l.text)
	}
	p.blocks = append(p.blocks, block{line: lines[0].number, page: lines[0].page, text: b.String()})
}
