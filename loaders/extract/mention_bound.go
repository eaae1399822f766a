package extract

import (
	"strings"
	"unicode/utf8"

	"github.com/lantu-kg/lantu/loaders/segment"
	"github.com/lantu-kg/lantu/schema"
)

// bound says what a word does to a name that it stands beside.
type bound uint8

const (
	boundNone     bound = iota // stands inside names
	boundStop                  // punctuation, adverbs, particles: never inside
	boundGovernor              // a verb that takes the name as its object
	boundLight                 // a verb that does so at the beginning of a phrase only
	boundGeneric               // too general to begin a name
	boundRegion                // our county, nationwide, provincial
	boundNumber                // a number
	boundMeasure               // the word that a number counts by
	boundJoint                 // 和 与 及 、
)

// vocabulary is the part of the lexicon that bounds and heads names.
type vocabulary struct {
	bounds map[string]bound
	heads  []string // tags
	kinds  map[string]schema.Kind

	// Parts of the lexicon that every token is looked up in.
	bounding, known, heading, placing, posts *segment.Lexicon
}

// headTags are the lexicon's tags of heads, with the kind of what they head.
var headTags = []struct {
	tag  string
	kind schema.Kind
}{
	{"HEAD_PARK", schema.KindPark},
	{"HEAD_FACILITY", schema.KindFacility},
	{"HEAD_ORGANIZATION", schema.KindOrganization},
	{"HEAD_ENTERPRISE", schema.KindEnterprise},
	{"HEAD_EVENT", schema.KindEvent},
	{"HEAD_PROJECT", schema.KindProject},
	{"HEAD_PROGRAM", schema.KindProgram},
}

// counters are the words that things are counted by, and units.
const counters = "个家条项座处所件批名位人户次场套台种类片块间栋幢支只头亩里元万亿吨度米%％步级天年月日余多"

func newVocabulary(l *segment.Lexicon) *vocabulary {
	v := &vocabulary{bounds: map[string]bound{}, kinds: map[string]schema.Kind{},
		bounding: l.Only("BOUND"), known: l.Only(knownTags...), placing: l.Only("HEAD_PLACE"), posts: l.Only("POST", "TITLE")}
	classes := map[string]bound{
		"verb": boundGovernor, "light": boundLight, "adverb": boundStop, "particle": boundStop,
		"generic": boundGeneric, "region": boundRegion,
	}
	for _, e := range l.Entries("BOUND") {
		v.bounds[e.Word] = classes[e.Extra]
	}
	for _, h := range headTags {
		v.heads = append(v.heads, h.tag)
		v.kinds[h.tag] = h.kind
	}
	v.heading = l.Only(v.heads...)
	return v
}

// classify tells what a token does to a name.
func (v *vocabulary) classify(t segment.Token) bound {
	switch t.Text {
	case "、", "和", "与", "及", "暨", "以及":
		return boundJoint
	}
	if t.Tag == "w" {
		return boundStop
	}
	if b, ok := v.bounds[t.Text]; ok {
		return b
	}
	if b, ok := v.compound(t.Text); ok {
		return b
	}
	switch t.Tag {
	case "m", "mq":
		return boundNumber
	case "q":
		return boundMeasure
	case "r", "p", "c", "u", "uj", "ul", "uv", "uz", "ud", "ug":
		if utf8.RuneCountInString(t.Text) > 1 {
			return boundStop
		}
	}
	return boundNone
}

// compound classifies a word that is made of two bounding ones: 深入实施.
func (v *vocabulary) compound(word string) (bound, bool) {
	if utf8.RuneCountInString(word) < 3 {
		return boundNone, false
	}
	for i := range word {
		first, ok := v.bounds[word[:i]]
		if !ok || first != boundGovernor && first != boundLight && first != boundStop {
			continue
		}
		if last, ok := v.bounds[word[i:]]; ok && (last == boundGovernor || last == boundLight) {
			return boundGovernor, true
		}
	}
	return boundNone, false
}

// edge is what a name's left side looks like.
type edge struct {
	start    int  // code point where the name may begin
	before   int  // the token before it, -1 at the beginning of the passage
	quantity bool // a counted amount stands before it (3个, 一批)
	governed bool // a verb or the beginning of a clause stands before it
	shorter  int  // where it begins without 重点 and 县级, 0 for the same
	honoured bool // it is what something was recognised as
	graded   bool // a grade stands before it: 省级
}

// innerMarks join the parts of one name: 北京CBD—天津港, 中国·高唐.
const innerMarks = "—-–·•/&~～－"

// maxName bounds a name's length in code points.
const maxName = 36

// left extends a name whose head begins at code point h to the left, over
// all that may stand inside a name of the kind.
func (f *finder) left(h int, kind schema.Kind) edge {
	e := edge{start: h, before: -1}
	i := len(f.Tokens) - 1
	if h < len(f.Runes) {
		i = f.at[h]
		if f.Tokens[i].Start < h {
			e.start = f.Tokens[i].Start
		}
		i--
	}
	last := i
scan:
	for ; i >= 0 && h-f.Tokens[i].Start <= maxName; i-- {
		token := f.Tokens[i]
		switch f.class[i] {
		case boundLight:
			if kind != schema.KindProgram && kind != schema.KindProject && f.endsName(token.Start) {
				break scan // 华南理工大学共建…
			}
			if f.builds(i, kind) {
				break scan
			}
			e.start = token.Start
		case boundNone, boundGeneric, boundRegion:
			e.start = token.Start
		case boundStop:
			if open, ok := f.opening(token); ok {
				e.start = open
				i = f.at[open]
				continue
			}
			if open, ok := f.placeNote(i); ok {
				i = open
				continue
			}
			if kind == schema.KindProgram && i > 0 && (f.class[i-1] == boundNone || f.class[i-1] == boundGeneric) && f.x.lexicon.Has(token.Text, "INNER") {
				e.start = token.Start
				continue
			}
			if !f.bridges(i, last) {
				break scan
			}
			e.start = token.Start
		case boundNumber:
			if !f.labels(i) {
				break scan
			}
			e.start = token.Start
		case boundMeasure:
			if i > 0 && f.class[i-1] == boundNumber && !f.labels(i-1) {
				break scan
			}
			e.start = token.Start
		case boundJoint:
			if !f.joins(i, kind) {
				break scan
			}
			e.start = token.Start
		default:
			if f.bridges(i, last) {
				e.start = token.Start
				continue
			}
			if kind == schema.KindProgram && i > 0 && f.class[i-1] == boundNone && f.x.lexicon.Has(token.Text, "INNER") {
				e.start = token.Start
				continue
			}
			break scan
		}
	}
	f.strip(&e, h, kind)
	return e
}

// endsName reports whether a strong head ends at code point end.
func (f *finder) endsName(end int) bool {
	m, ok := f.names.heading.LongestEndingAt(f.Runes, end)
	return ok && m.Extra == "" && m.End-m.Start > 1 && m.Tag != "HEAD_PROGRAM" && m.Tag != "HEAD_PROJECT"
}

// placeNote returns the token that opens the bracket closed by token i, where
// it only tells more of the place before it: 金华（义乌）.
func (f *finder) placeNote(i int) (int, bool) {
	open, ok := f.bracket(i)
	if !ok || open == 0 || i-open < 2 {
		return 0, false
	}
	for k := open - 1; k < i; k++ {
		if k != open && f.Tokens[k].Tag != "ns" && !f.proper[k] && f.class[k] != boundJoint {
			return 0, false
		}
	}
	return open, true
}

// builds reports whether token i is a verb whose subject is the place before
// it and whose object is a park or facility: 武汉建设…枢纽.
func (f *finder) builds(i int, kind schema.Kind) bool {
	if kind != schema.KindPark && kind != schema.KindFacility || i <= 0 {
		return false
	}
	return oneOf("建设、创建", f.Tokens[i].Text) && (f.proper[i-1] || f.Tokens[i-1].Tag == "ns")
}

// bridges reports whether the mark at token i joins two parts of one name.
func (f *finder) bridges(i, last int) bool {
	token := f.Tokens[i]
	if i == 0 || i+1 >= len(f.Tokens) {
		return false
	}
	switch token.Text {
	case "至", "到": // 德城至高唐段
		return (f.proper[i-1] || f.Tokens[i-1].Tag == "ns") && (f.proper[i+1] || f.Tokens[i+1].Tag == "ns")
	case "·": // 11·28
		if f.class[i-1] == boundNumber {
			return true
		}
	}
	return token.End-token.Start == 1 && oneOf(innerMarks, token.Text) && f.class[i-1] == boundNone && i <= last
}

// opening returns where the quotation that the token closes begins.
func (f *finder) opening(token segment.Token) (int, bool) {
	if i := f.quotesBefore(token.End); i >= 0 && f.quotes[i].End == token.Start {
		return f.quotes[i].Start - 1, true
	}
	return 0, false
}

// labels reports whether the number at token i is part of a name (第二届,
// 三年, 5G, 1200兆瓦) rather than a count.
func (f *finder) labels(i int) bool {
	token := f.Tokens[i]
	next := ""
	if i+1 < len(f.Tokens) {
		next = f.Tokens[i+1].Text
	}
	if strings.HasPrefix(token.Text, "第") {
		return true
	}
	if token.Text[0] < utf8.RuneSelf {
		if next == "·" {
			return true
		}
		if first, _ := utf8.DecodeRuneInString(next); strings.ContainsRune("个家条项座所处大", first) {
			return false
		}
		return next != "" && !oneOf(counters, next) && !f.x.lexicon.Has(next, "UNIT")
	}
	switch token.Text {
	case "三年", "五年", "两年", "十年":
		return true
	}
	if last, _ := utf8.DecodeLastRuneInString(token.Text); strings.ContainsRune("届次期", last) && utf8.RuneCountInString(token.Text) > 1 {
		return true // 四次会议
	}
	return utf8.RuneCountInString(token.Text) == 1 && !oneOf(counters, next) && next != "大"
}

// joins reports whether 和, 与, 及 or 、 at token i stands inside a name.
func (f *finder) joins(i int, kind schema.Kind) bool {
	switch f.Tokens[i].Text {
	case "暨":
		return kind == schema.KindProgram || kind == schema.KindProject || kind == schema.KindEvent
	case "与":
		return kind == schema.KindProgram || kind == schema.KindProject || kind == schema.KindEvent
	case "及":
		return kind == schema.KindProgram || kind == schema.KindProject
	}
	return false
}

// strip takes from the left edge what does not begin a name, and describes
// what stands before it.
func (f *finder) strip(e *edge, h int, kind schema.Kind) {
	i := f.at[min(e.start, len(f.Runes)-1)]
	if t := f.Tokens[i]; kind != schema.KindProgram && t.Text == "服务" && t.End < h && f.proper[i+1] {
		e.start = t.End // 服务京津冀…基地
		i++
	}
	for ; e.start < h && f.Tokens[i].End <= h; i++ {
		if !f.drops(i, kind) || kind == schema.KindProgram && f.class[i] == boundLight && i > 0 && f.x.lexicon.Has(f.Tokens[i-1].Text, "VERB_INSTITUTE") {
			break
		}
		e.start = f.Tokens[i].End
	}
	f.describe(e, i-1, h)
	// 新一轮…行动 goes by both names.
	if token := f.Tokens[i]; kind == schema.KindProgram && token.Start == e.start && token.Text == "新一轮" && token.End < h {
		e.shorter = token.End
	}
	// A programme's grade may be a part of its name: 县级国土空间规划.
	if j := i - 1; kind == schema.KindProgram && j > 0 && f.Tokens[j].End == e.start && !e.quantity &&
		(f.class[j] == boundRegion && strings.HasSuffix(f.Tokens[j].Text, "级") || f.Tokens[j].Text == "重点") {
		e.shorter, e.start = e.start, f.Tokens[j].Start
	}
}

// describe tells what stands before a name: token before and what it belongs
// to.
func (f *finder) describe(e *edge, before, h int) {
	e.before = before
	if before < 0 {
		e.governed = true
		return
	}
	token := f.Tokens[before]
	switch f.class[before] {
	case boundGovernor, boundLight:
		e.governed = true
	case boundMeasure, boundNumber:
		e.quantity = true
	case boundStop:
		e.governed = true
		e.quantity = f.x.lexicon.Has(token.Text, "AMOUNT")
	}
	// 15个村饮水安全工程: the count is of the villages.
	if first := before + 1; e.quantity && oneOf("村乡镇县市户", f.Tokens[first].Text) && f.Tokens[first].End < h {
		e.start, e.quantity, e.before = f.Tokens[first].End, false, first
	}
	for ; before >= 0; before-- {
		token = f.Tokens[before]
		if c := f.class[before]; c == boundRegion || c == boundGeneric || c == boundNumber || c == boundMeasure || f.x.lexicon.Has(token.Text, "AMOUNT") {
			e.graded = e.graded || strings.HasSuffix(token.Text, "级")
			continue
		}
		break
	}
	e.honoured = before >= 0 && f.honours(f.Tokens[before].End)
}

// honours reports whether the verb that ends at code point end recognises
// something as something.
func (f *finder) honours(end int) bool {
	m, ok := f.x.lexicon.LongestEndingAt(f.Runes, end, "VERB_HONOUR")
	return ok && m.Extra != "weak"
}

// drops reports whether the token at a name's left edge is no part of it.
func (f *finder) drops(i int, kind schema.Kind) bool {
	switch f.class[i] {
	case boundLight, boundGovernor:
		return true
	case boundGeneric:
		return f.x.lexicon.Has(f.Tokens[i].Text, "EMPTY")
	case boundRegion:
		return !keepsRegion(f.Tokens[i].Text, kind)
	case boundJoint:
		return true
	case boundNumber:
		return strings.HasPrefix(f.Tokens[i].Text, "第") && strings.HasSuffix(f.Tokens[i].Text, "批")
	case boundStop:
		return !f.opens(i)
	}
	return false
}

// oneOf reports whether a word is, or stands in, a string of words.
func oneOf(words, word string) bool { return strings.Contains(words, word) }

// opens reports whether token i is an opening quotation mark.
func (f *finder) opens(i int) bool {
	switch f.Tokens[i].Text {
	case "“", "「", "\"":
		return true
	}
	return false
}

// keepsRegion reports whether a word for some region begins names of a kind.
func keepsRegion(word string, kind schema.Kind) bool {
	switch word {
	case "国家", "世界", "全球", "国际", "城乡", "海外", "境外", "中央":
		return true
	case "全县", "全省", "全市", "全区", "全国":
		return kind == schema.KindEvent
	}
	return false
}
