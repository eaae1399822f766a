package document

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/lantu-kg/lantu/schema"
)

// style is a way of numbering headings.
type style int

const (
	styleNone      style = iota
	stylePart            // 第一部分, 第一章
	styleHan             // 一、
	styleBracketed       // （一）, also 第一节
	styleArabic          // 1.
	styleArabicBracketed
)

// numbered is a line split at its number.
type numbered struct {
	style  style
	number string // as written
	text   string // what follows
}

var numberings = []struct {
	style   style
	pattern *regexp.Regexp
}{
	{stylePart, regexp.MustCompile(`^第[一二三四五六七八九十百]{1,3}(?:部分|章|篇|编)[：:、\s]*`)},
	{styleHan, regexp.MustCompile(`^(?:第[一二三四五六七八九十百]{1,3}节[：:、\s]*|[一二三四五六七八九十]{1,3}[、．.]\s*)`)},
	{styleBracketed, regexp.MustCompile(`^[（(]\s*[一二三四五六七八九十]{1,3}\s*[)）]\s*[、．.]?`)},
	{styleArabic, regexp.MustCompile(`^[0-9０-９]{1,2}(?:[、．]|[.]\s*)`)},
	{styleArabicBracketed, regexp.MustCompile(`^[（(]\s*[0-9０-９]{1,2}\s*[)）]`)},
}

// numbering splits the number off a heading.
func numbering(line string) numbered {
	if !mayBeNumbered(line) {
		return numbered{text: line}
	}
	for _, n := range numberings {
		number := n.pattern.FindString(line)
		if number == "" {
			continue
		}
		text := line[len(number):]
		// 3.5亿元 is a number, not the third point.
		if n.style == styleArabic && (text == "" || digit(first(text)) >= 0 && digit(first(text)) < 10 && !yearPattern.MatchString(prefix(text, 5))) {
			continue
		}
		return numbered{n.style, strings.TrimSpace(number), strings.TrimSpace(text)}
	}
	return numbered{text: line}
}

// mayBeNumbered sorts out nearly all lines at little cost.
func mayBeNumbered(line string) bool {
	switch r := first(line); {
	case r == '（' || r == '(':
		return true
	case r == '第':
		return strings.ContainsAny(prefix(line, 6), "部章篇编节")
	case digit(r) >= 0:
		return strings.ContainsAny(prefix(line, 5), "、．.")
	}
	return false
}

func first(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// Levels of sections. Numbers give 1 to 4; a part that holds a row of 一、
// of its own stands above them.
const (
	levelPart = 0
	levelTop  = 1
)

var levelOf = map[style]int{stylePart: levelPart, styleHan: 1, styleBracketed: 2, styleArabic: 3, styleArabicBracketed: 4}

var annexHeading = regexp.MustCompile(`^[※【\[（(]*(?:附件?[一二三四五六七八九十0-9]{0,2}(?:[:：]|$)|(?:附件?[:：]?)?(?:《?政府工作报告》?)?(?:有关)?(?:名词|用语|名词术语|专业术语|相关名词|部分名词)?(?:解释|注释|释义|说明)[:：]?[※】\]）)]*$)`)

// isAnnex reports whether a line without white space begins an annex.
func isAnnex(s string) bool {
	return utf8.RuneCountInString(s) <= 40 && annexHeading.MatchString(s)
}

// glossaryHeading is an annex whose numbered lines are entries, not headings.
var glossaryHeading = regexp.MustCompile(`解释|注释|释义|说明`)

// outline builds the sections while it goes through the passages.
type outline struct {
	doc      *Document
	levels   []int // by passage: of headings that the format marks, from 1
	open     []int // ordinals of the sections that are open, outermost first
	parts    bool  // un-numbered headings hold rows of 一、
	glossary bool
	annex    bool
}

// readOutline finds the sections of the passages from opening on, then what
// time they speak of.
func readOutline(doc *Document, opening int, levels []int) {
	o := &outline{doc: doc, levels: levels, parts: hasParts(doc.Passages, opening)}
	for i := opening; i < len(doc.Passages); i++ {
		o.take(i)
	}
	readTimes(doc, opening)
}

// hasParts reports whether an un-numbered heading that names a time stands
// before the first 一、.
func hasParts(passages []schema.Passage, opening int) bool {
	for i := opening; i < len(passages); i++ {
		n := numbering(passages[i].Text)
		if n.style == stylePart {
			return true
		}
		if n.style == styleHan {
			return false
		}
		if n.style == styleNone && isPlainHeading(passages, i) && isPartHeading(squeeze(passages[i].Text)) {
			return true
		}
	}
	return false
}

// isPartHeading tells the heading of a main part from those of its points: it
// names its topic and no more.
func isPartHeading(squeezed string) bool {
	return !strings.ContainsAny(squeezed, "，,") && utf8.RuneCountInString(squeezed) <= 24 &&
		headingMood(squeezed) != schema.MoodUnknown
}

func (o *outline) take(i int) {
	p := &o.doc.Passages[i]
	squeezed := squeeze(prefix(p.Text, 2*longestHeading))
	if isAnnex(squeezed) {
		o.glossary = glossaryHeading.MatchString(squeezed)
		o.annex = true
		o.begin(p, levelPart, "", p.Text)
		p.Heading = true
		return
	}
	n := numbering(p.Text)
	switch {
	case o.glossary:
	case n.style != styleNone:
		heading, whole := headingText(n)
		o.begin(p, levelOf[n.style], n.number, heading)
		p.Heading = whole
		return
	case o.levels[i] > 0 && utf8.RuneCountInString(p.Text) <= longestHeading:
		o.begin(p, min(o.levels[i], levelOf[styleArabicBracketed]), "", p.Text)
		p.Heading = true
		return
	case isPlainHeading(o.doc.Passages, i):
		level := o.depth() + 1
		switch {
		case o.annex && o.doc.Passages[i-1].Heading && isAnnex(squeeze(o.doc.Passages[i-1].Text)):
			level = levelPart // the title of annex 1
		case o.parts && (isPartHeading(squeezed) || selfGovernment.MatchString(squeezed)):
			level = levelPart
		}
		o.begin(p, level, "", p.Text)
		p.Heading = true
		return
	case greets(p.Text) || strings.HasPrefix(p.Text, "各位代表"):
		// Turning to the listeners ends the points under a main heading.
		for len(o.open) > 0 && o.doc.Sections[o.open[len(o.open)-1]].Level > levelTop {
			o.open = o.open[:len(o.open)-1]
		}
	}
	p.Section = o.innermost()
}

func (o *outline) innermost() int {
	if len(o.open) == 0 {
		return -1
	}
	return o.open[len(o.open)-1]
}

// depth is the level of the innermost section that un-numbered headings nest
// in: a numbered one, or a part.
func (o *outline) depth() int {
	for i := len(o.open) - 1; i >= 0; i-- {
		if s := o.doc.Sections[o.open[i]]; s.Number != "" || s.Level == levelPart {
			return s.Level
		}
	}
	return levelPart
}

// begin opens a section at a passage and closes those that it ends.
func (o *outline) begin(p *schema.Passage, level int, number, heading string) {
	for len(o.open) > 0 && o.doc.Sections[o.open[len(o.open)-1]].Level >= level {
		o.open = o.open[:len(o.open)-1]
	}
	s := schema.Section{
		Ordinal: len(o.doc.Sections), Level: level, Parent: o.innermost(),
		Heading: heading, Number: number, Line: p.Line,
	}
	o.doc.Sections = append(o.doc.Sections, s)
	o.open = append(o.open, s.Ordinal)
	p.Section = s.Ordinal
}

const longestHeading = 60

// topicHeading is a main heading: it ends with its topic; what follows in the
// same line is text.
var topicHeading = regexp.MustCompile(`^[^。；：！？]{0,30}?` + topicWord + `(?:(?:[和及与、]|以及)[^。，；：！？]{0,14}?` + topicWord + `)*`)

const topicWord = `(?:工作回顾|主要工作|工作总结|回顾|总体要求|总体思路|指导思想|主要预期目标|预期目标|主要目标任务|目标任务|主要目标|奋斗目标|发展目标|主要任务|重点任务|重点工作安排|重点工作|工作安排|工作任务|工作重点|工作目标|主要成绩|主要成就|发展成就|政府自身建设)`

// headingText returns the heading that a numbered line holds, and whether it
// is the whole line. A heading ends with its sentence; main headings that run
// into the text end with the words that name their topic.
func headingText(n numbered) (heading string, whole bool) {
	text := n.text
	sentence := text
	if end := strings.IndexAny(text, "。！？；"); end >= 0 {
		sentence = text[:end]
	}
	rest := strings.TrimLeft(text[len(sentence):], "。！？；")
	topic := ""
	if n.style <= styleBracketed {
		topic = topicHeading.FindString(sentence)
	}
	// A sentence behind the topic is text; a heading has no full stop, or goes
	// on with a comma or a dash.
	glued := strings.HasSuffix(sentence, "：") || strings.HasSuffix(sentence, ":") ||
		topic != "" && len(text) > len(sentence) && continuesText(sentence[len(topic):])
	if rest == "" && !glued && utf8.RuneCountInString(sentence) <= longestHeading {
		return sentence, true
	}
	if topic != "" {
		return topic, false
	}
	if utf8.RuneCountInString(sentence) <= longestHeading {
		return strings.TrimRight(sentence, "：:"), rest == ""
	}
	// Too long for a heading: its first clauses.
	heading = prefix(sentence, longestHeading)
	if end := strings.LastIndexAny(heading, "，,：:"); end > 0 {
		heading = heading[:end]
	}
	return heading, false
}

// continuesText reports whether what stands behind a heading's topic is a
// sentence of its own.
func continuesText(s string) bool {
	r := first(s)
	return s != "" && r != '和' && r != '及' && r != '与' && (isHan(r) || digit(r) >= 0 || r == '“')
}

var (
	endsSentence = regexp.MustCompile(`[。！？：；!?:;”）)》]$`)
	endsOpen     = regexp.MustCompile(`[，、,…—的和与及在为对是]$`)
	caption      = regexp.MustCompile(`(?:记者|通讯员|摄影?$|摄）$|^图[为：]|^（图)`)
)

// isPlainHeading reports whether passage i is a heading without number: a
// short line that is no sentence, after something that is whole, before a
// longer paragraph.
func isPlainHeading(passages []schema.Passage, i int) bool {
	text := passages[i].Text
	if len(text) > 40*utf8.UTFMax {
		return false
	}
	length := utf8.RuneCountInString(text)
	if length < 4 || length > 40 || strings.ContainsAny(text, "。！？：；!?:;…\t") || endsOpen.MatchString(text) {
		return false
	}
	squeezed := squeeze(text)
	if strings.HasPrefix(text, "——") || isHeadLine(squeezed) || caption.MatchString(squeezed) || hanShare(squeezed) < 0.6 {
		return false
	}
	if i > 0 {
		before := passages[i-1].Text
		if !passages[i-1].Heading && !endsSentence.MatchString(before) && numbering(before).style == styleNone {
			return false
		}
	}
	if i+1 >= len(passages) {
		return false
	}
	after := passages[i+1].Text
	if numbering(after).style != styleNone {
		return true
	}
	return utf8.RuneCountInString(after) > length && (endsSentence.MatchString(after) || utf8.RuneCountInString(after) <= 40) &&
		!strings.HasPrefix(after, "是")
}

// hanShare is the share of Chinese characters, years and other numbers aside.
func hanShare(s string) float64 {
	han, all := 0, 0
	for _, r := range s {
		if digit(r) >= 0 && !isHan(r) {
			continue
		}
		all++
		if isHan(r) {
			han++
		}
	}
	return float64(han) / float64(max(all, 1))
}
