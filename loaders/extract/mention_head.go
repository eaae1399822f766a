package extract

import (
	"strings"
	"unicode/utf8"

	"github.com/lantu-kg/lantu/loaders/segment"
	"github.com/lantu-kg/lantu/schema"
)

// findHeaded finds names by the noun that they end with: a park by 产业园, a
// campaign by 行动.
func (f *finder) findHeaded() {
	for i, token := range f.Tokens {
		if f.class[i] == boundStop || f.class[i] == boundJoint {
			continue
		}
		head, ok := f.names.heading.LongestEndingAt(f.Runes, token.End)
		if !ok && token.End-token.Start > 2 && strings.HasSuffix(token.Text, "工作") {
			head, ok = f.names.heading.LongestEndingAt(f.Runes, token.End-2) // 试点工作
		}
		if ok {
			f.headed(head)
		}
	}
}

// longContent is how much a governed programme's modifiers must say for a vague
// word among them to do no harm: 智慧港口统筹协调机制.
const longContent = 6

func (f *finder) headed(head segment.LexiconMatch) {
	kind := f.names.kinds[head.Tag]
	weak := head.Extra == "weak"
	if kind == schema.KindEnterprise && weak {
		f.company(head)
		return
	}
	if head.End-head.Start == 1 && f.Tokens[f.at[head.Start]].Start < head.Start {
		return
	}
	if m, ok := f.x.lexicon.LongestAt(f.Runes, head.Start, "NOT_HEAD"); ok && m.End > head.End {
		return // 战略定位
	}
	if head.Extra == "place" {
		f.seat(head)
		return
	}
	e := f.left(head.Start, kind)
	if kind == schema.KindProgram && f.creates(head.Word) && e.start < head.Start {
		if t := f.Tokens[f.at[e.start]]; t.Start == e.start && f.x.lexicon.Has(t.Text, "VERB_CREATE") {
			e.start = min(t.End, head.Start)
		}
	}
	if kind == schema.KindProgram && f.issued(&e, head) {
		f.add(candidate{start: e.start, end: head.End, kind: kind, rule: "program.issued", weight: 0.8})
		return
	}
	instituted := kind == schema.KindProgram && f.instituted(&e, head)
	if kind == schema.KindEvent && f.held(&e, head) {
		f.add(candidate{start: e.start, end: head.End, kind: kind, rule: "event.held", weight: 0.8})
		return
	}
	if t := f.Tokens[f.at[e.start]]; t.Start == e.start && t.End == head.End && t.Tag == "n" {
		return // a common noun: 行业协会
	}
	p := f.profile(e.start, head.Start)
	if (e.quantity || f.counted(head.End)) && (kind == schema.KindProject || !p.place && !p.known) {
		return
	}
	governed := kind == schema.KindProgram && e.governed && p.content >= longContent
	if f.vague(head.Start-1) && !governed && (e.quantity || !p.proper() || kind == schema.KindProject && p.odd && !p.place && !p.known && !p.label && !p.quote) {
		return
	}
	if head.Extra == "short" && head.Start-e.start == 1 && f.Runes[e.start] == '第' {
		return
	}
	if kind == schema.KindProject && f.empty(head.Start-1) || head.Word == "段" && !f.onWay(e.start, head.Start) {
		return
	}
	if end, ok := f.phase(head.End); ok && (kind == schema.KindPark || kind == schema.KindProject) {
		f.add(candidate{start: e.start, end: end, kind: schema.KindProject, rule: "project.phase", weight: 0.7,
			aliases: []schema.Span{{Start: e.start, End: head.End}}})
		return
	}
	c := candidate{start: e.start, end: head.End, kind: kind, weight: 0.6}
	if e.shorter > 0 {
		c.aliases = append(c.aliases, schema.Span{Start: e.shorter, End: head.End})
	}
	if p.proper() {
		c.weight = 0.8
	}
	if len(f.quotesIn(e.start+1, head.Start-1)) > 1 && !f.opens(f.at[e.start]) {
		return // each label by itself
	}
	if q, ok := f.labelIn(e.start, head.Start); ok {
		if q.Start-1 == e.start || head.Word == "活动" {
			if _, more := f.labelIn(q.End+1, head.Start); more {
				return
			}
			f.tails[q.Start] = max(f.tails[q.Start], head.End)
			return
		}
		c.aliases = append(c.aliases, q)
	}
	switch kind {
	case schema.KindProgram:
		content := p.content + p.general
		if instituted {
			content = head.Start - e.start
		}
		if e.honoured || content < 3 && (head.Extra != "short" || content < 2) || weak && (!e.governed || content < 4) {
			return
		}
		if strings.HasSuffix(head.Word, "工程") && f.works(e.start, head.Start) {
			c.kind = schema.KindProject
		}
	case schema.KindProject:
		if strings.HasSuffix(head.Word, "工程") && !f.works(e.start, head.End) {
			if e.honoured || p.content < 3 {
				return
			}
			c.kind = schema.KindProgram
		} else if (!p.proper() || p.odd && p.content+p.general < 3) && (weak || p.content < 4 && (head.Extra != "short" || p.content < 2)) {
			return
		}
	default:
		if (e.honoured || e.graded || kind == schema.KindPark && f.aspires(e.before) || f.builds(e.before, kind)) && !p.place && !p.known || p.distinct < 2 && !p.place && !p.local && !p.quote && !p.label {
			return
		}
		if !p.proper() && (weak || p.content < 2) {
			return
		}
	}
	switch kind {
	case schema.KindEnterprise:
		c.inner = bodyHolders
	case schema.KindProject:
		if f.follows(head.End, "建设") {
			c.aliases = append(c.aliases, schema.Span{Start: e.start, End: head.End + 2})
		}
	}
	c.rule = ruleOf(c.kind, "head")
	if instituted {
		c.rule = ruleOf(c.kind, "instituted")
	}
	f.add(c)
}

// aspires reports whether token i tells of a title that is striven for:
// 争创国家数字贸易示范区.
func (f *finder) aspires(i int) bool {
	return i >= 0 && oneOf("争创创建申创获建培育创建", f.Tokens[i].Text) && f.Tokens[i].End-f.Tokens[i].Start > 1
}

// creates reports whether a head names a way of working, which 创新 and 探索
// take as their object.
func (f *finder) creates(word string) bool {
	for _, way := range []string{"模式", "机制", "制度", "清单"} {
		if strings.HasSuffix(word, way) {
			return true
		}
	}
	return false
}

// seat finds a committee or government with the place whose it is: 保定市委.
func (f *finder) seat(head segment.LexiconMatch) {
	start := head.Start
	for _, g := range f.placesIn(head.Start-maxName, head.Start+1) {
		if g.Start < head.Start && g.End >= head.Start && !g.Ambiguous {
			start = g.Start
		}
	}
	if start == head.Start && start > 0 && f.Runes[start-1] == '全' {
		return // 全县政府系统
	}
	f.add(candidate{start: start, end: head.End, kind: schema.KindOrganization, rule: "organization.seat", weight: 0.8})
}

// company finds a company by a word of its trade behind an uncommon one:
// 宏腾科技.
func (f *finder) company(head segment.LexiconMatch) {
	i := f.at[head.End]
	if i < len(f.Tokens) && f.class[i] == boundNone || f.Tokens[f.at[head.Start]].Start != head.Start {
		return
	}
	start, k := head.Start, f.at[head.Start]-1
	singles := 0
	for ; k >= 0 && head.Start-f.Tokens[k].Start <= 4; k-- {
		t := f.Tokens[k]
		if f.class[k] != boundNone && (f.class[k] != boundNumber || t.End-t.Start > 1) {
			break
		}
		if t.End-t.Start != 1 && !f.proper[k] && t.Tag != "nr" && t.Tag != "nz" && t.Tag != "x" {
			break
		}
		singles += t.End - t.Start
		start = t.Start
	}
	if strings.HasSuffix(head.Word, "造") && len(f.placesIn(start-1, head.Start)) > 0 {
		return // 清苑制造
	}
	if singles < 2 || singles > 3 || k >= 0 && f.class[k] != boundStop && f.class[k] != boundJoint && f.class[k] != boundGovernor && f.class[k] != boundLight {
		return
	}
	f.add(candidate{start: start, end: head.End, kind: schema.KindEnterprise, rule: "enterprise.trade", weight: 0.6})
}

// vague reports whether the word that ends at code point i names a class of
// things when it stands right before a head: 投资项目.
func (f *finder) vague(i int) bool {
	return i >= 0 && f.x.lexicon.Has(f.Tokens[f.at[i]].Text, "VAGUE")
}

// empty reports whether the word that ends at code point i says nothing of
// what follows: 重大项目, 主体工程.
func (f *finder) empty(i int) bool {
	return i >= 0 && (f.x.lexicon.Has(f.Tokens[f.at[i]].Text, "EMPTY") || f.Tokens[f.at[i]].Text == "主体")
}

// onWay reports whether a span names a road or railway.
func (f *finder) onWay(start, end int) bool {
	for _, way := range []string{"高速", "公路", "铁路", "高铁", "路", "街"} {
		if strings.Contains(string(f.Runes[start:end]), way) {
			return true
		}
	}
	return false
}

// labelIn returns the first quoted label in a span, if there is one.
func (f *finder) labelIn(start, end int) (schema.Span, bool) {
	if in := f.quotesIn(start+1, end-1); len(in) > 0 {
		return in[0], true
	}
	return schema.Span{}, false
}

// issued extends the name of a document over all words back to the verb that
// issues it: 出台…方案. It reports false for heads of other programmes and
// where no such verb stands in the clause.
func (f *finder) issued(e *edge, head segment.LexiconMatch) bool {
	if !f.x.lexicon.Has(head.Word, "DOCUMENT") {
		return false
	}
	clause := f.ClauseAt(head.Start)
	for i := f.at[head.Start] - 1; i >= 0 && f.Tokens[i].Start >= clause.Start && head.End-f.Tokens[i].End <= 48; i-- {
		token := f.Tokens[i]
		if !f.x.lexicon.Has(token.Text, "VERB_ISSUE") {
			continue
		}
		if i+1 < len(f.Tokens) && f.opens(i+1) {
			return false // by its label
		}
		start := token.End
		for k := i + 1; k < len(f.Tokens) && f.Tokens[k].Start < head.Start; k++ {
			if !f.precedes(k) {
				break
			}
			if f.class[k] == boundNumber && !f.labels(k) || f.x.lexicon.Has(f.Tokens[k].Text, "AMOUNT") {
				return false
			}
			start = f.Tokens[k].End
		}
		if head.Start-start < 3 || strings.ContainsAny(string(f.Runes[start:head.End]), "，,、；《》") {
			return false
		}
		e.start = start
		return true
	}
	return false
}

// maxInstituted bounds the length of a programme's name that runs back to the
// verb that institutes it.
const maxInstituted = 18

// instituted extends the name of a programme over verbs and adverbs back to
// the verb that institutes it: 实施全面节约战略. It reports false where no such
// verb stands near, and where only what may stand in any name is between.
func (f *finder) instituted(e *edge, head segment.LexiconMatch) bool {
	clause := f.ClauseAt(head.Start)
	start := head.Start
	for i := f.at[head.Start] - 1; i >= 0 && f.Tokens[i].Start >= clause.Start && head.End-f.Tokens[i].Start <= maxInstituted; i-- {
		token := f.Tokens[i]
		if f.x.lexicon.Has(token.Text, "VERB_INSTITUTE") {
			k := i + 1
			for ; f.Tokens[k].End < head.Start && f.introduces(k); k++ {
				start = f.Tokens[k].End
			}
			if start >= e.start || head.Start-start < 4 || f.class[k] == boundRegion || f.x.lexicon.Has(f.Tokens[k].Text, "AMOUNT") {
				return false
			}
			e.start, e.governed, e.quantity, e.honoured, e.graded, e.shorter = start, true, false, false, false, 0
			return true
		}
		switch f.class[i] {
		case boundNumber, boundMeasure:
			return false
		case boundJoint:
			if token.Text == "、" || f.follows(token.End, "其") || f.endsWork(token.Start) {
				return false
			}
		case boundStop:
			if token.Tag == "w" || token.Tag == "u" || token.Tag == "r" || token.End-token.Start == 1 {
				return false
			}
		}
		start = token.Start
	}
	return false
}

// introduces reports whether token k stands between the verb that institutes a
// programme and its name: 好, 更加, 重点.
func (f *finder) introduces(k int) bool {
	word := f.Tokens[k].Text
	switch f.class[k] {
	case boundStop:
		return !f.x.lexicon.Has(word, "INNER")
	case boundGeneric:
		return f.x.lexicon.Has(word, "EMPTY")
	}
	return word == "好" || f.x.lexicon.Has(word, "VERB_CREATE")
}

// endsWork reports whether the head of a programme, project or event ends at
// code point end.
func (f *finder) endsWork(end int) bool {
	m, ok := f.names.heading.LongestEndingAt(f.Runes, end)
	if !ok || m.End-m.Start == 1 {
		return false
	}
	switch f.names.kinds[m.Tag] {
	case schema.KindProgram, schema.KindProject, schema.KindEvent:
		return true
	}
	return false
}

// held extends the name of an event over all words back to the verb that
// holds it: 召开…大会. It reports false where no such verb stands in the clause.
func (f *finder) held(e *edge, head segment.LexiconMatch) bool {
	if head.Word == "活动" || head.Word == "会议" {
		return false
	}
	clause := f.ClauseAt(head.Start)
	for i := f.at[head.Start] - 1; i >= 0 && f.Tokens[i].Start >= clause.Start && head.End-f.Tokens[i].End <= maxName; i-- {
		if f.Tokens[i].Text == "、" || f.Tokens[i].Text == "的" {
			return false
		}
		if !f.x.lexicon.Has(f.Tokens[i].Text, "VERB_HOLD") {
			continue
		}
		k := i + 1
		for ; k < len(f.Tokens) && f.Tokens[k].End <= head.Start; k++ {
			if f.class[k] == boundMeasure || f.class[k] == boundNumber && !f.labels(k) || f.x.lexicon.Has(f.Tokens[k].Text, "AMOUNT") {
				return false
			}
			if f.class[k] != boundStop && !f.x.lexicon.Has(f.Tokens[k].Text, "VERB_HOLD") || f.opens(k) || f.class[k] == boundNumber {
				break
			}
		}
		if k >= len(f.Tokens) || f.opens(k) || head.End-f.Tokens[k].Start < 5 || f.Tokens[k].Start >= head.Start {
			return false
		}
		e.start = f.Tokens[k].Start
		return true
	}
	return false
}

// precedes reports whether token k stands between the verb that issues a
// document and the document's name.
func (f *finder) precedes(k int) bool {
	word := f.Tokens[k].Text
	switch f.class[k] {
	case boundStop, boundNumber, boundMeasure:
		return true
	case boundGeneric:
		return word != "重点"
	case boundRegion:
		return !strings.HasSuffix(word, "级") && !keepsRegion(word, schema.KindProgram)
	}
	return f.issues(word)
}

// issues reports whether a word tells that a document is made or carried out.
func (f *finder) issues(word string) bool {
	return word == "实施" || word == "推进" || f.x.lexicon.Has(word, "VERB_ISSUE")
}

// phase returns where a bracketed phase of works at code point i ends: （一期）.
func (f *finder) phase(i int) (int, bool) {
	if i+4 <= len(f.Runes) && (f.Runes[i] == '（' || f.Runes[i] == '(') && f.Runes[i+2] == '期' && (f.Runes[i+3] == '）' || f.Runes[i+3] == ')') {
		return i + 4, true
	}
	return 0, false
}

// works reports whether a word of building works stands in the span.
func (f *finder) works(start, end int) bool {
	return len(f.x.lexicon.Scan(f.Runes[start:end], "WORKS")) > 0
}

// counted reports whether a count follows: 服务中心3个.
func (f *finder) counted(end int) bool {
	i := f.at[end]
	return i < len(f.Tokens) && f.Tokens[i].Start == end && f.class[i] == boundNumber && f.Tokens[i].Tag == "m"
}

// profile is what the modifiers of a head are made of.
type profile struct {
	place, local, quote, label, known, odd bool
	content                                int // code points that are not general words
	general                                int // code points of general words that qualify
	distinct                               int // those of the content that set a name apart
}

// proper reports whether a proper name is among the modifiers.
func (p profile) proper() bool { return p.place || p.local || p.quote || p.label || p.known || p.odd }

func (f *finder) profile(start, end int) profile {
	var p profile
	single := 0
	for i := f.at[start]; i < len(f.Tokens) && f.Tokens[i].Start < end; i++ {
		token := f.Tokens[i]
		n := min(token.End, end) - token.Start
		switch {
		case f.opens(i):
			p.quote = true
		case f.proper[i]:
			p.known = true
		case n > 1 && (token.Tag == "ns" || token.Tag == "nt"):
			p.place = true
		case n > 1 && token.Tag == "nr":
			p.odd = true
		case token.Start == start && oneOf("省市县区", token.Text):
			p.local = true
		case token.Tag == "nx", token.Tag == "m" && token.Text[0] < utf8.RuneSelf, strings.HasPrefix(token.Text, "第"):
			p.label = true
		}
		if n == 1 && f.class[i] == boundNone && token.Tag != "m" && token.Tag != "nx" {
			single++
			p.odd = p.odd || single >= 2
		} else {
			single = 0
		}
		switch f.class[i] {
		case boundGeneric:
			if !f.x.lexicon.Has(token.Text, "EMPTY") {
				p.general += n
			}
		case boundNone, boundNumber, boundMeasure, boundLight:
			p.content += n
			if !f.x.lexicon.Has(token.Text, "COMMON") {
				p.distinct += n
			}
		}
	}
	return p
}

var ruleNames = map[schema.Kind]string{
	schema.KindPark: "park", schema.KindEnterprise: "enterprise", schema.KindProgram: "program",
	schema.KindProject: "project", schema.KindPlace: "place", schema.KindOrganization: "organization",
	schema.KindFacility: "facility", schema.KindEvent: "event", schema.KindIndustry: "industry",
	schema.KindPerson: "person",
}

// ruleOf names a rule: program.head.
func ruleOf(kind schema.Kind, family string) string { return ruleNames[kind] + "." + family }
