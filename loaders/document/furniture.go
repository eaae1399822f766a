package document

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// report is what is left of a page without its furniture.
type report struct {
	blocks    []block
	opening   int    // index of the block that opens the speech, after the head
	pageTitle string // what the page around the report calls it
}

// longestCue bounds the lines that are tried against the cues, in code points:
// longer ones are prose.
const longestCue = 160

// greets reports whether text begins by turning to the listeners.
func greets(text string) bool {
	return strings.ContainsRune("尊各全主副委代同领秘议列来会大人", first(text)) && salutation.MatchString(prefix(text, 60))
}

// salutation is how a report turns to its listeners.
var salutation = regexp.MustCompile(`^(?:(?:尊敬的|各位|全体|主任|副主任|主席团?|副主席|主席|委员|代表|同志们?|领导|秘书长|议长|列席|来宾|会议|大会|人员|们|的|和|及|、|，|,)+)[:：!！]`)

// openingSentence is how a report begins when nobody is greeted.
var openingSentence = regexp.MustCompile(`^(?:现在[,，]?)?(?:我?受.{1,30}委托|我?(?:谨)?代表.{1,40}(?:政府|委员会|局|院)).{0,20}(?:报告|汇报)`)

// cut takes the furniture away. A report runs from its head to its closing
// words; around it stand short lines that speak of the page.
//
//   - The opening is the first greeting, else the first sentence in which
//     somebody reports, else the first heading or paragraph.
//   - The head is the unbroken run of lines before the opening that are no
//     furniture. Above furniture only a title is taken, and only if the head
//     has none and the page gives no teaser of the text: a teaser shows with
//     what words the text itself begins.
//   - The tail begins at the first closing cue after which no paragraph of the
//     report follows, or where only titles and dates of other pages do.
func cut(blocks []block) report {
	p := newPage(blocks)
	opening := p.opening()
	if opening < 0 {
		return report{}
	}
	first, title := p.headStart(opening)
	end := p.tailStart(opening)
	r := report{pageTitle: p.pageTitle(opening)}
	if title >= 0 {
		r.blocks = append(r.blocks, blocks[title])
	}
	for i := first; i < end; i++ {
		if i == opening {
			r.opening = len(r.blocks)
		}
		// Furniture in the midst of the body goes line by line.
		if i == opening || !p.furniture[i] {
			r.blocks = append(r.blocks, blocks[i])
		}
	}
	if last := len(r.blocks) - 1; last >= r.opening {
		r.blocks[last].text = cutLink(r.blocks[last].text, r.pageTitle)
	}
	return r
}

// page is a file's lines with what is known of each.
type page struct {
	blocks    []block
	squeezed  []string // without white space
	furniture []bool
	closing   []bool // furniture that begins a tail
	paragraph []bool // long, with sentences in it
}

func newPage(blocks []block) *page {
	n := len(blocks)
	p := &page{blocks, make([]string, n), make([]bool, n), make([]bool, n), make([]bool, n)}
	value := false // the line is the value of a cue that ended with a colon
	for i, b := range blocks {
		length := utf8.RuneCountInString(b.text)
		p.paragraph[i] = length >= 40 && containsAny(b.text, "。", "；", "！")
		if length > 2*longestCue {
			value = false
			continue
		}
		s := squeeze(b.text)
		p.squeezed[i] = s
		if utf8.RuneCountInString(s) > longestCue {
			value = false
			continue
		}
		if numbering(s).style != styleNone {
			value = false
			continue
		}
		if strings.HasSuffix(s, "。") {
			p.closing[i] = matchAny(disclaimers, s)
			p.furniture[i], value = p.closing[i], false
			continue
		}
		p.closing[i] = matchAny(closingCues, s) || matchAny(disclaimers, s)
		p.furniture[i] = p.closing[i] || matchAny(furnitureCues, s) ||
			value && utf8.RuneCountInString(s) <= 16 && !greets(s) && !isHeadLine(s)
		value = p.furniture[i] && (strings.HasSuffix(s, "：") || strings.HasSuffix(s, ":"))
	}
	return p
}

// prose reports whether line i is a paragraph: long, with sentences in it.
func (p *page) prose(i int) bool {
	return p.paragraph[i] && !p.furniture[i]
}

// opening returns the index of the line that opens the report's body, or -1.
func (p *page) opening() int {
	reporting, heading, paragraph := -1, -1, -1
	for i, s := range p.squeezed {
		if p.furniture[i] || least(reporting, heading, paragraph) < 0 && p.teaser(i) {
			continue
		}
		switch {
		case greets(s) || greets(p.blocks[i].text):
			// A greeting deep inside the body opens nothing.
			if paragraph >= 0 && p.proseBefore(i) > 2 {
				return least(reporting, heading, paragraph)
			}
			return i
		case reporting < 0 && strings.ContainsRune("现我受代谨", first(p.blocks[i].text)) && openingSentence.MatchString(prefix(p.blocks[i].text, 120)):
			reporting = i
		case heading < 0 && numbering(p.blocks[i].text).style != styleNone:
			heading = i
		}
		if paragraph < 0 && p.prose(i) && !meetingLine.MatchString(prefix(p.blocks[i].text, 120)) {
			paragraph = i
		}
	}
	if first := least(reporting, heading, paragraph); first >= 0 {
		return first
	}
	// No paragraph at all: whatever is no furniture.
	for i := range p.blocks {
		if !p.furniture[i] {
			return i
		}
	}
	return -1
}

func (p *page) proseBefore(end int) int {
	n := 0
	for i := range end {
		if p.prose(i) && !p.teaser(i) {
			n++
		}
	}
	return n
}

// least returns the smallest of the indices that are not negative, or -1.
func least(indices ...int) int {
	out := -1
	for _, i := range indices {
		if i >= 0 && (out < 0 || i < out) {
			out = i
		}
	}
	return out
}

// teaser reports whether line i gives away the beginning of what follows it.
func (p *page) teaser(i int) bool {
	const shortest, after = 30, 12
	s := strings.TrimRight(squeeze(prefix(p.blocks[i].text, 2000)), ".…")
	if utf8.RuneCountInString(s) < shortest {
		return false
	}
	for start := i + 1; start <= i+4 && start < len(p.blocks); start++ {
		rest := s
		for j := start; j < len(p.blocks) && j < start+after; j++ {
			next := squeeze(prefix(p.blocks[j].text, 2000))
			if len(next) >= len(rest) {
				if strings.HasPrefix(next, rest) && (j > start || len(next) > len(rest)) {
					return true
				}
				break
			}
			if !strings.HasPrefix(rest, next) {
				break
			}
			rest = rest[len(next):]
		}
	}
	return false
}

// headStart returns the first line of the report's head, and the line of a
// title that stands apart above furniture, or -1.
func (p *page) headStart(opening int) (first, title int) {
	first = opening
	for first > 0 && !p.furniture[first-1] && !p.teaser(first-1) {
		first--
	}
	// Names of menus and columns stand above the head's first line.
	for i := first; i < opening; i++ {
		if isHeadLine(p.squeezed[i]) || utf8.RuneCountInString(p.blocks[i].text) > 40 {
			first = i
			break
		}
		if i == opening-1 {
			first = opening
		}
	}
	for i := first; i < opening; i++ {
		if isTitle(p.squeezed[i]) {
			return first, -1
		}
	}
	for i := range first {
		if p.teaser(i) {
			return first, -1
		}
	}
	for i := first - 1; i >= 0; i-- {
		if !p.furniture[i] && isTitle(p.squeezed[i]) {
			return first, i
		}
	}
	return first, -1
}

var labelledTitle = regexp.MustCompile(`^(?:标题|信息名称|文章标题|名称)[:：](.{4,60})$`)

// pageTitle returns the title that the page gives the report.
func (p *page) pageTitle(opening int) string {
	title := ""
	for i := range opening {
		if m := labelledTitle.FindStringSubmatch(p.squeezed[i]); m != nil {
			return m[1]
		}
		if !p.furniture[i] && isTitle(p.squeezed[i]) && utf8.RuneCountInString(p.squeezed[i]) > utf8.RuneCountInString(title) {
			title = p.squeezed[i]
		}
	}
	return title
}

// tailStart returns the index after the report's last line.
func (p *page) tailStart(opening int) int {
	end := len(p.blocks)
	rest, seen := p.rest(opening), 0
	for i := opening + 1; i < len(p.blocks); i++ {
		if p.prose(i) {
			seen++
		} else if p.closing[i] && rest[i]*20 <= max(seen, 1) {
			end = i
			break
		}
	}
	// Links without a cue: titles, dates and counters behind the last sentence.
	last, links := end, 0
	for last > opening+1 {
		s := p.squeezed[last-1]
		isLink := p.furniture[last-1] || matchAny(shortLeftovers, s) || linkTitle.MatchString(s) && numbering(s).style == styleNone
		if s == "" || !isLink {
			break
		}
		last--
		if !p.furniture[last] {
			links++
		}
	}
	if links >= 3 || links == 0 {
		end = last
	} else {
		for end > last && p.furniture[end-1] {
			end--
		}
	}
	return end
}

// rest counts for every line the paragraphs and headings of the report from
// there on. Pages describe themselves with the report's first words: near the
// end, sentences that the body began with are none.
func (p *page) rest(opening int) []int {
	const beginning, nearEnd = 4000, 50
	var b strings.Builder
	for i := opening; i < len(p.blocks) && b.Len() < beginning; i++ {
		b.WriteString(squeeze(prefix(p.blocks[i].text, beginning)))
	}
	begins := b.String()
	counts := make([]int, len(p.blocks)+1)
	paragraphs := 0
	for i := len(p.blocks) - 1; i > opening; i-- {
		counts[i] = counts[i+1]
		switch {
		case p.furniture[i]:
		case isAnnex(p.squeezed[i]) || numbering(p.blocks[i].text).style != styleNone:
			counts[i]++
		case p.paragraph[i]:
			paragraphs++
			if paragraphs > nearEnd || !strings.Contains(begins, strings.TrimRight(squeeze(prefix(p.blocks[i].text, beginning)), ".…")) {
				counts[i]++
			}
		}
	}
	return counts
}

// cutLink cuts a link off that is glued behind the last sentence: the page's
// title once more, or words in brackets that announce a picture or a file.
func cutLink(text, pageTitle string) string {
	at := strings.LastIndexAny(text, "。！？”")
	if at < 0 {
		return text
	}
	_, size := utf8.DecodeRuneInString(text[at:])
	tail := squeeze(text[at+size:])
	if tail == "" || utf8.RuneCountInString(tail) > 60 {
		return text
	}
	if gluedLink.MatchString(tail) || pageTitle != "" && strings.HasSuffix(tail, pageTitle) {
		return strings.TrimSpace(text[:at+size])
	}
	return text
}

var gluedLink = regexp.MustCompile(`^[（(【\[](?:图解|一图读懂|图文|视频|附件|相关|解读|点击|下载)[^）)】\]]{0,10}[）)】\]]`)

// squeeze takes out white space, what crawlers left of it, and characters that
// are not seen.
func squeeze(s string) string {
	if strings.Contains(s, "??") {
		s = strings.ReplaceAll(s, "??", "")
	}
	return strings.Map(func(r rune) rune {
		// Past the wide space stand nearly all characters of a Chinese text.
		if r <= '\u3000' && (unicode.IsSpace(r) || r == '\u200b') || r == '\ufeff' {
			return -1
		}
		return r
	}, s)
}

// prefix returns the first n code points of s.
func prefix(s string, n int) string {
	for i := range s {
		if n--; n < 0 {
			return s[:i]
		}
	}
	return s
}
