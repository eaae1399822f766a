package extract

import (
	"sort"
	"strings"

	"github.com/lantu-kg/lantu/schema"
)

// whose finds whom the phrase at s, measured by a run of numbers, is about,
// and cuts the owner's name off the phrase. Object says that the phrase stands
// behind the number.
func (o *observer) whose(run []quantity, l leftContext, s schema.Span, object bool) measured {
	first, last := run[0], run[len(run)-1]
	if ref := o.ownerBehind(last); ref != None && (!object || o.rune(last.after) != '的') {
		return measured{s, ref}
	}
	if object {
		if m, ok := o.ofObject(first, last, l, s); ok {
			return m
		}
	} else if m, ok := o.ofPhrase(first, l, s); ok {
		return m
	}
	if ref := o.subject(first.Start, s); ref != None {
		return measured{s, ref}
	}
	return measured{s, o.inherited(first.Start, s)}
}

// ownerBehind finds what a number describes: 总投资10亿元的钼尾矿项目, also over
// a list of numbers: 投资4亿元、日供水10万吨的水厂.
func (o *observer) ownerBehind(q quantity) Ref {
	end := o.text.ClauseAt(q.Start).End
	after := o.quantities[sort.Search(len(o.quantities), func(k int) bool { return o.quantities[k].Start > q.Start }):]
	for _, next := range after {
		if next.Start >= end || o.rune(q.after) != '、' {
			break
		}
		q = next
	}
	if o.rune(q.after) != '的' {
		return None
	}
	ref, _ := o.mentionIn(schema.Span{Start: q.after + 1, End: min(end, q.after+16)})
	return ref
}

// ofPhrase looks for the owner in the measured phrase before the number.
func (o *observer) ofPhrase(q quantity, l leftContext, s schema.Span) (measured, bool) {
	counts := q.kind == "count" || q.kind == kindBare
	text := string(o.runes[s.Start:s.End])
	ref, at := o.mentionAt(s.Start)
	if ref != None && at.End >= s.End { // the name is all of it
		if k := o.mentions[ref].Kind; k == schema.KindPlace || k == schema.KindProject && !counts {
			return measured{s, ref}, true
		}
		return measured{s, Region}, true
	}
	if strings.Contains(text, "等") && ref != None {
		return measured{s, Region}, true
	}
	if ref != None {
		rest := o.afterName(at.End, s.End)
		if next := o.rune(at.End); strings.ContainsRune("、和与及", next) {
			return o.ofList(s, ref)
		}
		kind := o.mentions[ref].Kind
		switch {
		case rest.End-rest.Start < 2:
		case !counts:
			return measured{rest, ref}, true
		case kind == schema.KindProgram || kind == schema.KindIndustry || !o.opensClause(s.Start):
			// 服务业领军企业 names a sort, 白名单覆盖企业 says what it did.
			if kind == schema.KindProgram && o.opensClause(s.Start) && o.hasVerb(rest) {
				return measured{rest, ref}, true
			}
			if o.opensClause(s.Start) || l.verb.End == 0 {
				return measured{s, Region}, true
			}
		default:
			return measured{rest, ref}, true
		}
	}
	if !counts && ref == None {
		// The last name within: 享受“雨露计划”的毕业生就业率.
		for i := s.End - 1; i > s.Start; i-- {
			if ref, at := o.mentionAt(i); ref != None && at.End <= s.End && at.Start == i {
				if rest := o.afterName(at.End, s.End); rest.End > rest.Start {
					return measured{rest, ref}, true
				}
				return measured{s, ref}, true
			}
		}
	}
	return measured{}, false
}

// ofList handles a phrase that begins with a list of names: of 甲、乙经济总量 the
// number is about the first; any other list is only a part of the phrase.
func (o *observer) ofList(s schema.Span, first Ref) (measured, bool) {
	parts := o.parts(s, true)
	for i, p := range parts {
		ref, at := o.mentionAt(p.Start)
		if ref == None || o.mentions[ref].Kind == schema.KindIndustry {
			return measured{s, Region}, true
		}
		if i == len(parts)-1 {
			if rest := o.afterName(at.End, p.End); rest.End > rest.Start {
				return measured{rest, first}, true
			}
		}
	}
	return measured{s, Region}, true
}

// ofObject looks for the owner around a phrase behind the number.
func (o *observer) ofObject(first, last quantity, l leftContext, s schema.Span) (measured, bool) {
	// 甲、乙等6个村: the names are some of those counted.
	end := l.span.End
	if l.verb.End == 0 && end > 0 && first.Start-end <= 3 {
		tail := string(o.runes[max(0, end-3):end])
		if strings.HasSuffix(tail, "等") || strings.HasSuffix(tail, "领域") || strings.HasSuffix(tail, "方面") || strings.HasSuffix(tail, "行业") || strings.HasSuffix(tail, "环节") {
			return measured{s, o.topic}, true
		}
		if ref, at := o.mentionEnding(end); ref != None {
			if strings.ContainsRune("、和及与", o.rune(o.nameStart(at)-1)) {
				return measured{s, o.topic}, true
			}
			if o.opensClause(o.nameStart(at)) || o.verbBefore(o.nameStart(at)) {
				return measured{s, ref}, true
			}
		}
	}
	// 完成15个村饮水安全巩固提升工程
	for i := s.Start + 1; i < s.End; i++ {
		ref, at := o.mentionAt(i)
		if ref == None || o.nameStart(at) == s.Start || o.nameStart(at) != i {
			continue
		}
		if k := o.mentions[ref].Kind; (k == schema.KindProgram || k == schema.KindProject) && o.endsNoun(s.Start, i) && !isStop(o.rune(first.Start-1)) {
			return measured{schema.Span{Start: s.Start, End: i}, ref}, true
		}
		break
	}
	// 超50家机构入驻国际数据产业园
	if m, ok := o.lexicon.LongestAt(o.runes, s.End, "STOP"); ok && settles[m.Word] {
		if ref, _ := o.mentionAt(m.End); ref != None {
			switch o.mentions[ref].Kind {
			case schema.KindPark, schema.KindFacility, schema.KindEvent:
				return measured{s, ref}, true
			}
		}
	}
	return measured{}, false
}

// endsNoun reports whether a noun of the dictionary ends at i, or what begins
// at start is a village or the like of one character.
func (o *observer) endsNoun(start, i int) bool {
	if i == start+1 && strings.ContainsRune("村县镇乡市区户校", o.runes[start]) {
		return true
	}
	for j := i - 1; j >= start; j-- {
		if o.words[j] {
			return strings.HasPrefix(o.tags[j], "n")
		}
	}
	return false
}

var settles = map[string]bool{"入驻": true, "进驻": true, "落户": true, "集聚": true, "聚集": true, "参加": true, "参与": true}

// subject finds the name that opens the clause of i and acts in it.
func (o *observer) subject(i int, s schema.Span) Ref {
	clause := o.text.ClauseAt(i)
	start := o.adverbs(clause.Start, i)
	ref, at := o.mentionAt(start)
	if ref == None || at.End > i || at.Start <= s.Start && s.Start < at.End {
		return None
	}
	if next := o.rune(o.closed(at.End)); strings.ContainsRune("、和与及等", next) {
		return None
	}
	// The last of stacked names acts: 文化产业“云园区”集聚企业.
	for {
		next, span := o.mentionAt(o.closed(at.End))
		if next == None || span.End > i {
			break
		}
		ref, at = next, span
	}
	if o.mentions[ref].Kind == schema.KindPerson {
		return None
	}
	return ref
}

// inherited finds whom a clause goes on about that tells an attribute without
// saying of whom (年营收, 增速): what the sentence's last number was about, or
// the one name that the clauses before it speak of.
func (o *observer) inherited(i int, s schema.Span) Ref {
	sentence := o.text.SentenceAt(i)
	clause := o.text.ClauseAt(i)
	start := max(clause.Start, o.consumed)
	if o.ownWords(start, i) || !o.attribute(s) {
		return o.topic
	}
	if k := len(o.found) - 1; k >= 0 && o.found[k].Span.Start >= sentence.Start {
		if ref := o.found[k].About; ref != Region {
			return ref
		}
		return o.topic
	}
	if clause.Start > sentence.Start {
		if ref := o.introduced(schema.Span{Start: sentence.Start, End: clause.Start}); ref != None {
			return ref
		}
	}
	return o.topic
}

// attribute reports whether a phrase is made of words for attributes only.
func (o *observer) attribute(s schema.Span) bool {
	if s.Start < s.End && o.runes[s.Start] == '占' {
		return true
	}
	for i := s.Start; i < s.End; {
		m, ok := o.lexicon.LongestAt(o.runes, i, "ATTRIBUTE")
		if !ok {
			return false
		}
		i = m.End
	}
	return true
}

// verbBefore reports whether a verb ends at i.
func (o *observer) verbBefore(i int) bool {
	_, ok := o.wordBefore(0, i, "VERB")
	return ok
}

// introduced finds the one name that a stretch without numbers speaks of.
func (o *observer) introduced(s schema.Span) Ref {
	found := None
	for _, m := range o.from(s.Start) {
		if m.at.End > s.End {
			break
		}
		if found != None && found != m.ref {
			return None
		}
		found = m.ref
	}
	return found
}

// ownWords reports whether the text names the region: 全区, 我县.
func (o *observer) ownWords(start, end int) bool {
	for i := start; i < end; i++ {
		if o.words[i] && (o.regionAt(i) > i || strings.ContainsRune("全", o.runes[i]) && strings.ContainsRune("市省县区州", o.rune(i+1))) {
			return true
		}
	}
	return false
}

// adverbs returns where a clause begins behind adverbs, times and the like.
func (o *observer) adverbs(i, end int) int {
	for i < end {
		if strings.ContainsRune(" 　、，,:：)）”；;。—-", o.runes[i]) {
			i++
			continue
		}
		if e := o.note(i); e > i {
			i = e
			continue
		}
		if ref, _ := o.mentionAt(i); ref != None {
			return i
		}
		if e := o.periodAt(i); e > i {
			i = e
			continue
		}
		if e := o.regionAt(i); e > i {
			i = e
			continue
		}
		m, ok := o.word(i, len(o.runes), "LEAD")
		if !ok {
			break
		}
		i = m.End
	}
	return i
}

func (o *observer) opensClause(i int) bool {
	return o.adverbs(o.text.ClauseAt(i).Start, i+1) == i
}

// closed steps over a closing quote or a note behind a name.
func (o *observer) closed(i int) int {
	for i < len(o.runes) {
		if o.runes[i] == '”' || o.runes[i] == '》' {
			i++
		} else if e := o.note(i); e > i {
			i = e
		} else {
			break
		}
	}
	return i
}

func (o *observer) nameStart(at schema.Span) int {
	if r := o.rune(at.Start - 1); r == '“' || r == '《' {
		return at.Start - 1
	}
	return at.Start
}

// afterName gives what of a phrase follows a name that ends at i.
func (o *observer) afterName(i, end int) schema.Span {
	i = o.closed(i)
	if o.rune(i) == '的' {
		i++
	}
	if i >= end {
		return schema.Span{Start: end, End: end}
	}
	return o.lead(schema.Span{Start: i, End: end})
}

// hasVerb reports whether a word of the lexicon's verbs begins in s, its last
// word aside.
func (o *observer) hasVerb(s schema.Span) bool {
	for i := s.Start; i < s.End; i++ {
		if !o.words[i] {
			continue
		}
		if m, ok := o.word(i, s.End, "VERB"); ok && m.End < s.End {
			return true
		}
	}
	return false
}

// occurrence is where a mention stands.
type occurrence struct {
	ref Ref
	at  schema.Span
}

// index sorts the mentions by where they begin and where they end, of several
// the longest.
func (o *observer) index(mentions []Mention) {
	o.starts, o.ends = map[int]occurrence{}, map[int]occurrence{}
	put := func(ref Ref, s schema.Span) {
		if have, ok := o.starts[s.Start]; !ok || s.End > have.at.End {
			o.starts[s.Start] = occurrence{ref, s}
		}
		if have, ok := o.ends[s.End]; !ok || s.Start < have.at.Start {
			o.ends[s.End] = occurrence{ref, s}
		}
		o.occurrences = append(o.occurrences, occurrence{ref, s})
	}
	for k, m := range mentions {
		for _, s := range m.Spans {
			put(Ref(k), s)
		}
		for _, a := range m.Aliases {
			put(Ref(k), a.Span)
		}
	}
	sort.SliceStable(o.occurrences, func(i, j int) bool { return o.occurrences[i].at.Start < o.occurrences[j].at.Start })
}

// longestName bounds how far before a place a name that holds it may begin.
const longestName = 80

// from returns the occurrences that begin at i or later.
func (o *observer) from(i int) []occurrence {
	return o.occurrences[sort.Search(len(o.occurrences), func(k int) bool { return o.occurrences[k].at.Start >= i }):]
}

// mentionAt returns the longest mention that begins at i, behind a quote too.
func (o *observer) mentionAt(i int) (Ref, schema.Span) {
	if r := o.rune(i); r == '“' || r == '《' {
		i++
	}
	if found, ok := o.starts[i]; ok {
		return found.ref, found.at
	}
	return None, schema.Span{}
}

// mentionEnding returns the longest mention that ends at i, before a closing
// quote too.
func (o *observer) mentionEnding(i int) (Ref, schema.Span) {
	if r := o.rune(i - 1); r == '”' || r == '》' {
		i--
	}
	if found, ok := o.ends[i]; ok {
		return found.ref, found.at
	}
	return None, schema.Span{}
}

// mentionOver returns the mention whose name holds s.
func (o *observer) mentionOver(s schema.Span) (Ref, schema.Span) {
	for _, m := range o.from(s.Start - longestName) {
		if m.at.Start > s.Start {
			break
		}
		if s.End <= m.at.End {
			return m.ref, m.at
		}
	}
	return None, schema.Span{}
}

// mentionIn returns the first mention that begins within s before any stop.
func (o *observer) mentionIn(s schema.Span) (Ref, schema.Span) {
	for i := s.Start; i < s.End; i++ {
		if isStop(o.rune(i)) {
			break
		}
		if ref, at := o.mentionAt(i); ref != None {
			return ref, at
		}
	}
	return None, schema.Span{}
}

// defined returns the name that a passage explains: a note such as
// [3]“1432”工作机制：…, or Region.
func (o *observer) defined() Ref {
	i := 0
	for i < len(o.runes) && (isNumeral(o.runes[i]) || strings.ContainsRune("[]【】〔〕.．、()（） ①②③④⑤⑥⑦⑧⑨⑩", o.runes[i])) {
		i++
	}
	ref, at := o.mentionAt(i)
	if i == 0 || ref == None {
		return Region
	}
	for j := at.End; j < len(o.runes) && j < at.End+16; j++ {
		switch {
		case strings.ContainsRune("：:", o.runes[j]):
			return ref
		case strings.ContainsRune("。，；", o.runes[j]):
			return Region
		}
	}
	return Region
}
