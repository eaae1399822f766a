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
	if ref := o.bracketed(first.Start); ref != None {
		return measured{s, ref}
	}
	if ref := o.paidFor(last, s); ref != None && !object {
		return measured{s, ref}
	}
	if object {
		if m, ok := o.ofObject(first, l, s); ok {
			return m
		}
	} else if m, ok := o.ofPhrase(first, l, s); ok {
		return m
	}
	if ref := o.subject(first.Start, s); ref != None {
		return measured{s, ref}
	}
	if o.rune(last.after) == '的' && !object { // of a thing without a name
		return measured{s, o.topic}
	}
	return measured{s, o.inherited(first, s)}
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
	ref := o.mentionIn(schema.Span{Start: q.after + 1, End: min(end, q.after+16)})
	return ref
}

// bracketed finds the name that the brackets around i explain: 云岭水厂（总投资3亿元）.
func (o *observer) bracketed(i int) Ref {
	for j := i - 1; j >= max(0, i-20); j-- {
		switch r := o.runes[j]; {
		case r == '（' || r == '(':
			ref, _ := o.mentionEnding(j)
			return ref
		case strings.ContainsRune("）)。；，,", r):
			return None
		}
	}
	return None
}

// paidFor finds what money is put into: 投资3亿元建设云岭水厂.
func (o *observer) paidFor(q quantity, s schema.Span) Ref {
	if q.kind != "money" || !o.endsWith(s.End, "投资") && !o.endsWith(s.End, "投入") && !o.endsWith(s.End, "资金") {
		return None
	}
	m, ok := o.word(q.after, len(o.runes), "VERB")
	if !ok || !invests[m.Word] {
		return None
	}
	ref := o.mentionIn(schema.Span{Start: m.End, End: min(m.End+3, len(o.runes))})
	if ref == None {
		return None
	}
	switch o.mentions[ref].Kind {
	case schema.KindProject, schema.KindPark, schema.KindFacility:
		return ref
	}
	return None
}

var invests = map[string]bool{"建设": true, "新建": true, "实施": true, "改造": true, "改建": true, "扩建": true, "改造提升": true, "打造": true,
	"完成": true, "启动": true, "修建": true, "建成": true}

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
			return o.ofList(s, ref, counts)
		}
		kind := o.mentions[ref].Kind
		switch {
		case rest.End-rest.Start < 2:
		case !counts:
			return measured{rest, ref}, true
		case kind == schema.KindProgram || kind == schema.KindIndustry || !o.opensClause(s.Start):
			// “千项万亿”重大项目 and 服务业领军企业 name a sort; 白名单覆盖企业
			// says what the programme did.
			if kind == schema.KindProgram && !o.sort(rest, q) {
				return measured{rest, ref}, true
			}
			if o.opensClause(s.Start) || l.verb.End == 0 {
				return measured{s, Region}, true
			}
		default:
			return measured{rest, ref}, true
		}
	}
	if ref == None {
		// The last name within: 享受“雨露计划”的毕业生就业率.
		for i := s.End - 1; i > s.Start; i-- {
			if ref, at := o.mentionAt(i); ref != None && at.End <= s.End && at.Start == i {
				if rest := o.afterName(at.End, s.End); counts && (o.mentions[ref].Kind != schema.KindProgram || o.sort(rest, q)) {
					break
				}
				if rest := o.afterName(at.End, s.End); rest.End > rest.Start {
					return measured{rest, ref}, true
				}
				return measured{s, ref}, true
			}
		}
	}
	return measured{}, false
}

// sort reports whether what follows a programme's name in a counted phrase only
// makes it the name of a sort of things: “两重”|项目.
func (o *observer) sort(rest schema.Span, q quantity) bool {
	if rest.End-rest.Start > 4 || q.base == "人" || q.base == "名" || q.base == "位" {
		return false
	}
	text := string(o.runes[rest.Start:rest.End])
	for _, head := range []string{"项目", "工程", "企业", "产品", "事项", "村", "镇", "县", "区", "点", "基地", "试点", "主体", "园区", "单位", "站", "店", "校", "案例", "品牌"} {
		if strings.HasSuffix(text, head) {
			return true
		}
	}
	return rest.End == rest.Start
}

// ofList handles a phrase that begins with a list of names: of 甲、乙经济总量 the
// number is about the first; any other list is only a part of the phrase.
func (o *observer) ofList(s schema.Span, first Ref, counts bool) (measured, bool) {
	parts := o.parts(s, true)
	for i, p := range parts {
		ref, at := o.mentionAt(p.Start)
		if ref == None || o.mentions[ref].Kind == schema.KindIndustry {
			break
		}
		if i == len(parts)-1 {
			if rest := o.afterName(at.End, p.End); rest.End > rest.Start {
				return measured{rest, first}, true
			}
		}
	}
	if !counts {
		// 以甲业、乙业为代表的丙领域占比
		for i := s.End - 1; i > s.Start; i-- {
			ref, at := o.mentionAt(i)
			if ref == None || at.Start != i || at.End > s.End {
				continue
			}
			if rest := o.afterName(at.End, s.End); o.runes[i-1] == '的' && o.attribute(rest) && rest.End > rest.Start {
				return measured{rest, ref}, true
			}
			break
		}
	}
	return measured{s, Region}, true
}

// ofObject looks for the owner around a phrase behind the number.
func (o *observer) ofObject(first quantity, l leftContext, s schema.Span) (measured, bool) {
	// 甲、乙等6个村: the names are some of those counted.
	end := l.span.End
	if l.verb.End == 0 && end > 0 && first.Start-end <= 3 {
		tail := string(o.runes[max(0, end-3):end])
		if strings.HasSuffix(tail, "等") || strings.HasSuffix(tail, "领域") || strings.HasSuffix(tail, "方面") || strings.HasSuffix(tail, "行业") || strings.HasSuffix(tail, "环节") {
			return measured{s, o.topic}, true
		}
		if ref, at := o.mentionEnding(end); ref != None {
			if strings.ContainsRune("、和及与”", o.rune(o.nameStart(at)-1)) {
				return measured{s, o.topic}, true
			}
			if start := o.nameStart(at); start < at.Start || o.opensClause(start) || o.verbBefore(start) {
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
	// 建成32公里云河快速路
	if ref, at := o.mentionAt(s.Start); ref != None && at.End <= s.End && first.kind != "count" && first.kind != kindBare {
		switch o.mentions[ref].Kind {
		case schema.KindProject, schema.KindFacility, schema.KindPlace:
			return measured{s, ref}, true
		}
	}
	// 87条“县城—重点村”发展轴
	if ref, at := o.mentionAt(s.Start); ref != None && o.mentions[ref].Kind == schema.KindProgram && at.Start > s.Start {
		if rest := o.afterName(at.End, s.End); rest.End > rest.Start && !o.sort(rest, first) {
			return measured{rest, ref}, true
		}
	}
	// 超50家机构入驻国际数据产业园
	if m, ok := o.lexicon.LongestAt(o.runes, s.End, "STOP"); ok && settles[m.Word] {
		if ref, _ := o.mentionAt(m.End); ref != None {
			switch o.mentions[ref].Kind {
			case schema.KindPark, schema.KindFacility, schema.KindEvent:
				return measured{s, ref}, true
			}
		} else if ref := o.introducedBefore(first.Start); ref != None && o.mentions[ref].Kind == schema.KindFacility {
			return measured{s, ref}, true // 新建政务服务中心，535项事项进驻
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
			return strings.HasPrefix(o.tag(j), "n")
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
	first := ref
	for at.End < i {
		end := o.closed(at.End)
		next, span := o.mentionAt(end)
		if next != None && span.End <= i { // stacked names: 文化产业“云园区”, the last acts
			if first == ref {
				first = next
			}
			ref, at = next, span
			continue
		}
		if end < i && strings.ContainsRune("、和与及", o.runes[end]) { // 甲园、乙园: the first stands for all
			if next, span := o.mentionAt(end + 1); next != None && span.End <= i {
				ref, at = next, span
				continue
			}
			return None
		}
		if end == i || o.runes[end] == '等' {
			return None
		}
		break
	}
	if o.mentions[first].Kind == schema.KindPerson {
		return None
	}
	return first
}

// inherited finds whom a clause goes on about that has no name of its own: what
// the sentence's last number was about, or the one name that the clauses before
// it speak of. It does where the phrase is an attribute that says not of whom
// (年营收, 增速), or where the clause tells an effect (带动, 惠及).
func (o *observer) inherited(q quantity, s schema.Span) Ref {
	sentence := o.text.SentenceAt(q.Start)
	clause := o.text.ClauseAt(q.Start)
	start := max(clause.Start, o.consumed)
	if o.ownWords(start, min(s.Start, q.Start)) {
		return o.topic
	}
	if k := len(o.found) - 1; k >= 0 && clause.Start+1 < len(o.runes) && o.runes[clause.Start] == '其' && o.runes[clause.Start+1] == '中' &&
		o.found[k].Span.Start >= sentence.Start && o.found[k].About != Region {
		return o.found[k].About // 园区入驻企业20家，其中规上企业5家
	}
	effect, operates := false, false
	opening := o.adverbs(clause.Start, q.Start)
	if m, ok := o.word(opening, len(o.runes), "VERB", "LEAD"); ok {
		effect = effects[m.Word] || m.Word == "拨付" && q.kind == "money"
		operates = operations[m.Word]
	}
	if k := len(o.found) - 1; k >= 0 && o.found[k].Span.Start >= sentence.Start {
		last := o.found[k]
		switch {
		case last.About != Region && (effect || o.attribute(s) || o.shortAttribute(s) || operates && o.runs(last.About)):
			return last.About
		case last.About == Region && o.attribute(s):
			// 实施“甲计划”项目12个，投资3亿元
			if ref := o.mentionIn(last.MeasureSpan); ref != None {
				switch o.mentions[ref].Kind {
				case schema.KindProgram, schema.KindProject, schema.KindPark, schema.KindFacility:
					return ref
				}
			}
		}
		return o.topic
	}
	ref := o.introducedBefore(q.Start)
	if ref == None {
		return o.topic
	}
	switch before := o.text.ClauseAt(clause.Start - 1); {
	case o.endsWith(before.End-1, "以来"), // 平台上线以来，…
		effect, o.attribute(s), q.base == "场", q.base == "场次", operates && o.runs(ref),
		opening == q.Start && o.runs(ref) && before.Start == o.placeOf(ref, clause.Start).Start:
		return ref
	}
	return o.topic
}

// runs reports whether a named thing is of a kind that serves, receives or
// brings in so many.
func (o *observer) runs(ref Ref) bool {
	if ref < 0 {
		return false
	}
	switch o.mentions[ref].Kind {
	case schema.KindPark, schema.KindFacility, schema.KindEvent, schema.KindEnterprise, schema.KindProject:
		return true
	}
	return false
}

// operations are verbs that tell what such a thing does.
var operations = map[string]bool{"服务": true, "接待": true, "吸引": true, "入驻": true, "集聚": true, "汇聚": true, "聚集": true, "孵化": true,
	"受理": true, "成交": true, "签约": true, "覆盖": true, "落户": true, "引进": true, "引入": true, "投资": true}

// placeOf returns the clause where a mention stands last before i.
func (o *observer) placeOf(ref Ref, i int) schema.Span {
	place := schema.Span{Start: -1, End: -1}
	for _, m := range o.from(o.text.SentenceAt(i - 1).Start) {
		if m.at.Start >= i {
			break
		}
		if m.ref == ref {
			place = o.text.ClauseAt(m.at.Start)
		}
	}
	return place
}

// effects are verbs that tell what the thing spoken of before brought about.
var effects = map[string]bool{"带动": true, "辐射带动": true, "拉动": true, "撬动": true, "惠及": true, "吸纳": true, "让": true, "使": true, "达成": true}

// shortAttribute reports whether a phrase of up to four characters ends like an
// attribute: 养殖收益.
func (o *observer) shortAttribute(s schema.Span) bool {
	text := string(o.runes[s.Start:s.End])
	if strings.HasSuffix(text, "增收") {
		return true
	}
	for _, head := range []string{"收益", "产值", "营收", "收入", "利润", "税收", "投资", "产量", "销量", "金额", "率", "占比", "比重", "能力", "规模", "面积", "人数"} {
		if s.End-s.Start <= 4 && strings.HasSuffix(text, head) {
			return true
		}
	}
	return false
}

// introducedBefore finds the one name that the clauses before i's clause speak
// of, in the same sentence.
func (o *observer) introducedBefore(i int) Ref {
	clause, sentence := o.text.ClauseAt(i), o.text.SentenceAt(i)
	if clause.Start <= sentence.Start {
		return None
	}
	return o.introduced(schema.Span{Start: sentence.Start, End: clause.Start})
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
func (o *observer) mentionIn(s schema.Span) Ref {
	for i := s.Start; i < s.End; i++ {
		if isStop(o.rune(i)) {
			break
		}
		if ref, _ := o.mentionAt(i); ref != None {
			return ref
		}
	}
	return None
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
