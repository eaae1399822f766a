package extract

import (
	"embed"
	"io/fs"
	"sort"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/lantu-kg/lantu/loaders/segment"
	"github.com/lantu-kg/lantu/schema"
)

// The words of the number grammar stand apart from the lexicon of names: most
// are everyday verbs and units, which the segmenter must go on tagging as such.
//
//go:embed measure/*.tsv
var measureFiles embed.FS

// measureWords reads them once. They are part of the program, so that a fault
// in them is a fault of the program, as with regexp.MustCompile.
var measureWords = sync.OnceValue(func() *segment.Lexicon {
	sub, err := fs.Sub(measureFiles, "measure")
	if err == nil {
		var words *segment.Lexicon
		if words, err = segment.NewLexicon(sub); err == nil {
			return words
		}
	}
	panic("extract: measure words: " + err.Error())
})

// Rules that find observations.
const (
	ruleLevel  = "observe.level"  // 新增公园35个
	ruleObject = "observe.object" // 建成8个联络站
	ruleCarry  = "observe.carry"  // …, 增长5.3%: of what was measured before
	ruleVerb   = "observe.verb"   // 帮扶42.6万人: only the verb says what
	ruleName   = "observe.name"   // a capacity inside a name
	ruleRank   = "observe.rank"
)

// observe finds the numbers of a passage that measure something.
func (x *Extractor) observe(t *Text, mentions []Mention) []Observation {
	if len(t.Runes) == 0 || t.Passage.Heading {
		return nil
	}
	if len(t.Passage.Columns) > 0 {
		return x.observeRow(t, mentions)
	}
	mentions = withPronouns(t, mentions)
	o := &observer{numbers: newNumbers(t, measureWords()), text: t, mentions: mentions}
	o.index(mentions)
	o.read()
	return o.found
}

// observer reads one passage.
type observer struct {
	*numbers
	text     *Text
	mentions []Mention
	found    []Observation

	starts, ends map[int]occurrence // the mentions by where they begin and end
	occurrences  []occurrence       // all of them in order

	times      []stated // in order
	cues       []int    // where words of aiming stand
	quantities []quantity
	sentence   schema.Span // of the last observation
	last       []measured  // what the last run of numbers measured
	consumed   int         // up to where the text has been used
	ranked     []measured  // what the ranks to come are of, one each
	topic      Ref         // whom the whole passage is about
}

// measured is a noun phrase that numbers measure, and whose it is.
type measured struct {
	span  schema.Span
	about Ref
}

func (o *observer) read() {
	o.topic = o.defined()
	o.times, o.cues = o.periods(), o.aims()
	for _, q := range o.numbers.quantities() {
		if o.admits(q) {
			o.quantities = append(o.quantities, q)
		}
	}
	for i := 0; i < len(o.quantities); {
		end := o.run(i)
		o.say(o.quantities[i:end])
		i = end
	}
	o.baselines()
}

// admits says whether a quantity measures at all where it stands.
func (o *observer) admits(q quantity) bool {
	if ref, _ := o.mentionOver(q.Span); ref != None {
		switch q.kind {
		case "power", "energy", "mass", "area", "length", "volume", "data":
			return o.mentions[ref].Kind == schema.KindProject || o.mentions[ref].Kind == schema.KindFacility
		}
		return false
	}
	next := o.rune(q.after)
	switch q.kind {
	case "money": // 10亿元以上企业 and 三千亿元城市 are thresholds
		if q.chinese && q.value != 1 && !isStop(next) {
			return false
		}
		if q.after > q.End && (unicode.Is(unicode.Han, next) || next == '“') && !o.stopsAt(q.after, false) {
			return false
		}
	case "time", "age":
		left := o.leftOf(o.clauseStart(q.Start), q.Start, q.kind)
		timed := q.kind == "time" && (o.endsWith(left.span.End, "时间") || o.endsWith(left.span.End, "时限") || o.endsWith(left.span.End, "时长") || o.endsWith(left.span.End, "天数") || o.endsWith(left.span.End, "工作日"))
		aged := q.kind == "age" && o.endsWith(left.span.End, "寿命")
		_, adverb := o.word(q.after, len(o.runes), "LEAD")
		finish := q.base == "天" && (o.verbAt(q.after) || adverb)
		return left.change != 0 || left.to || timed || aged || finish
	case "count":
		if q.chinese {
			return o.chineseCount(q)
		}
		if ahead := string(o.runes[q.after:min(len(o.runes), q.after+6)]); strings.HasPrefix(ahead, "方面") || strings.HasPrefix(ahead, "维度") || strings.HasPrefix(ahead, "层面") || strings.Contains(ahead, "台阶") {
			return false
		}
		if q.base == "类" && (isNumeral(next) || o.endsWith(q.End, "大类")) { // 12类45件实事
			return false
		}
		if next == '“' && q.after == q.End { // 6个“稳步提升”
			for j := q.after; j < min(len(o.runes), q.after+60); j++ {
				if o.runes[j] == '”' {
					named, _ := o.mentionAt(q.after)
					return !isStop(o.rune(j+1)) || named != None || o.rune(j+1) == '、' || o.endsWith(q.Start, "等")
				}
			}
		}
	}
	return true
}

// chineseCount says whether 两项 or 千名 counts: after a verb that takes an
// object, or closing a list of names.
func (o *observer) chineseCount(q quantity) bool {
	if isStop(o.rune(q.after)) || o.stopsAt(q.after, true) {
		return false
	}
	for _, label := range []string{"指标", "方面", "领域", "层面", "环节", "阶段", "级", "关系", "重点", "抓手", "定位", "目标", "导向", "原则", "维护", "意识", "自信", "确立"} {
		if strings.HasPrefix(string(o.runes[q.after:min(len(o.runes), q.after+6)]), label) {
			return false
		}
	}
	if m, ok := o.lexicon.LongestEndingAt(o.runes, q.Start, "VERB"); ok && o.words[m.Start] && (q.value == 2 || q.scale > 1) {
		return true
	}
	// 甲、乙、丙三个中心镇 closes a list of names.
	if ref, at := o.mentionEnding(q.Start); ref != None && at.End == q.Start && o.rune(at.Start-1) == '、' {
		return true
	}
	// 甲奖和乙奖两项殊荣 sums up a list.
	before := schema.Span{Start: o.clauseStart(q.Start), End: q.Start}
	return q.value == 2 && before.End > before.Start && len(o.parts(before, true)) == 2 && !o.endsWith(q.Start, "的") && !isStop(o.rune(q.Start-1))
}

func (o *observer) clauseStart(i int) int { return o.text.ClauseAt(i).Start }

// run returns the end of the run of quantities that begins at i: numbers of
// one unit that share what stands before them, 186家、25家 or 10%和12%.
func (o *observer) run(i int) int {
	end := i + 1
	for end < len(o.quantities) {
		a, b := o.quantities[end-1], o.quantities[end]
		if a.kind == kindRank || b.kind == kindRank || a.kind != b.kind || a.base != b.base && a.kind != "count" || b.Start-a.after > 1 {
			break
		}
		if b.Start-a.after == 1 && !strings.ContainsRune("、和及与", o.rune(a.after)) || b.Start == a.after && a.after == a.End {
			break
		}
		end++
	}
	return end
}

// leftContext is what stands before a number, taken apart from the number leftwards.
type leftContext struct {
	span   schema.Span // the rest: the noun phrase, if any
	change int         // 1 for growth, -1 for a fall
	from   int         // where the change word begins
	verb   schema.Span // the verb before the number, if any
	to     bool        // 提高到, 达到
	each   bool        // 均
	apart  bool        // 分别
	per    bool        // 各
	hedge  schema.Hedge
	basis  schema.Span // what it is compared with
	annual bool        // 年均, of several years
}

// improves are words of change that are also works done on so many things.
var improves = map[string]bool{"提升": true, "扩大": true, "提高": true, "优化": true, "改善": true, "延长": true}

// relative are the kinds of units in which such words do tell a change.
var relative = map[string]bool{"ratio": true, "times": true, "score": true, "money": true, "time": true, "age": true, "density": true, kindTenths: true, "": true}

// leftOf takes apart the text from start to end, which a number of some kind
// of unit follows.
func (o *observer) leftOf(start, end int, kind string) leftContext {
	l := leftContext{from: end, annual: kind != "density" && o.averaged(start, end)}
	for end > start {
		r := o.runes[end-1]
		if r == ' ' || r == '　' {
			end--
			continue
		}
		if m, ok := o.lexicon.LongestEndingAt(o.runes, end, "SCOPE"); ok && m.Start >= start && l.basis.End == 0 && o.compares(start, m.Start) {
			l.basis = schema.Span{Start: m.Start, End: end}
			end = m.Start
			continue
		}
		if streak := o.streak(start, end); streak < end {
			end = streak
			continue
		}
		if from := o.timeEnding(end - 1); r == '的' && from > start && from < end-1 && strings.ContainsRune("从由", o.runes[from-1]) { // 从2020年的
			end = from
			continue
		}
		if from := o.timeEnding(end); l.annual && from >= start && from < end { // 收入近三年|年均
			end = from
			continue
		}
		m, ok := o.wordBefore(start, end, "CHANGE", "HEDGE", "LINK")
		if !ok {
			break
		}
		switch {
		case m.Tag == "CHANGE" && improves[m.Word] && !relative[kind]:
			l.span = schema.Span{Start: start, End: end}
			return o.verbOf(l, start) // 农房风貌提升26万户
		case m.Tag == "CHANGE" && l.change == 0 && !l.to && l.verb.End == 0:
			l.change, l.from = 1, m.Start
			if strings.HasPrefix(m.Extra, "down") {
				l.change = -1
			}
			if strings.HasSuffix(m.Extra, "noun") { // 涨幅 is a part of what is measured
				l.span = schema.Span{Start: start, End: m.End}
				for _, total := range []string{"累计", "共", "合计", "总计"} {
					if o.endsWith(m.Start, total) {
						l.change = 0 // 累计增收
					}
				}
				return l
			}
		case m.Tag == "CHANGE":
			l.span = schema.Span{Start: start, End: end}
			return o.verbOf(l, start)
		case m.Tag == "HEDGE" && l.hedge == "":
			l.hedge = schema.Hedge(m.Extra)
		}
		switch m.Word {
		case "均", "都", "皆", "均达", "均为":
			l.each = true
		case "分别":
			l.apart = true
		case "各", "各达":
			l.per = true
		case "同比", "环比", "较上年", "比上年", "较去年", "比去年":
			l.basis = schema.Span{Start: m.Start, End: m.End}
		}
		if last := o.runes[m.End-1]; (last == '到' || last == '至' || last == '为' || last == '在' || m.Word == "达") && l.change == 0 {
			l.to = true
		}
		end = m.Start
	}
	l.span = schema.Span{Start: start, End: end}
	return o.verbOf(l, start)
}

// streak steps back over 连续五年 and the like.
func (o *observer) streak(start, end int) int {
	if end-start < 4 || !strings.ContainsRune("年次届月", o.runes[end-1]) {
		return end
	}
	i := end - 1
	for i > start && end-i < 6 && (isNumeral(o.runes[i-1]) || strings.ContainsRune("一二三四五六七八九十两多个", o.runes[i-1])) {
		i--
	}
	if i-2 >= start && i < end-1 && o.endsWith(i, "连续") {
		return i - 2
	}
	return end
}

// compares reports whether a word of comparison ends at end: 高于, 比.
func (o *observer) compares(start, end int) bool {
	for _, word := range []string{"高于", "低于", "快于", "高出", "慢于", "高", "比", "较"} {
		if o.endsWith(end, word) && end-len([]rune(word)) >= start {
			return true
		}
	}
	return false
}

// verbOf takes the verb that ends the left context off it.
func (o *observer) verbOf(l leftContext, start int) leftContext {
	if l.change != 0 {
		// 增速比全市高, 增速高于…
		for i := l.span.End - 1; i >= l.span.Start && i > l.span.End-14; i-- {
			if (o.runes[i] == '比' || o.runes[i] == '较') && o.words[i] && !isStop(o.rune(i+1)) {
				l.basis = schema.Span{Start: i, End: l.span.End}
				l.span.End = i
				break
			}
		}
		return l
	}
	for l.span.End > start {
		m, ok := o.wordBefore(start, l.span.End, "VERB")
		if !ok {
			break
		}
		if l.verb.End == 0 {
			l.verb.End = m.End
		}
		l.verb.Start = m.Start
		l.span.End = m.Start
		if o.rune(l.span.End-1) == '、' && l.span.End-1 > start { // 新建、改建
			if _, ok := o.wordBefore(start, l.span.End-1, "VERB"); ok {
				l.span.End--
			}
		}
	}
	return l
}

// noun trims a stretch to the noun phrase that ends it.
func (o *observer) noun(s schema.Span) schema.Span {
	for s.Start < s.End {
		r := o.runes[s.End-1]
		if !strings.ContainsRune(" 　、，,:：（(“的由将把对和与及在达为至", r) || !o.words[s.End-1] {
			break
		}
		s.End--
	}
	// Of what a bracket holds only what stands in it counts.
	for i, depth := s.End-1, 0; i >= s.Start; i-- {
		switch o.runes[i] {
		case '）', ')':
			depth++
		case '（', '(':
			depth--
		}
		if depth < 0 {
			s.Start = i + 1
			break
		}
	}
	// 支持制造业发展、减免税费: another verb begins behind the mark.
	for i := s.End - 1; i > s.Start; i-- {
		if o.runes[i] != '、' {
			continue
		}
		m, ok := o.word(i+1, s.End, "VERB")
		if !ok || m.End >= s.End || o.heads(m.End, s.End) {
			continue
		}
		if v, ok := o.lexicon.LongestEndingAt(o.runes, i, "VERB"); ok && (v.Start <= s.Start || o.runes[v.Start-1] == '、') {
			continue // 新建、改建农村公路
		}
		if first, ok := o.lexicon.LongestAt(o.runes, o.adverbs(s.Start, s.End), "VERB"); ok && first.Start < i {
			s.Start = i + 1
			break
		}
	}
	s = o.lead(s)
	// What stands behind the last light verb: 带动商圈实现销售额.
	tokens := o.text.Tokens
	tokens = tokens[sort.Search(len(tokens), func(k int) bool { return tokens[k].Start > s.Start }):]
	for _, token := range tokens {
		if token.End >= s.End {
			break
		}
		if token.Start > s.Start && lightVerbs[token.Text] {
			if rest := o.lead(schema.Span{Start: token.End, End: s.End}); rest.End-rest.Start >= 2 {
				s = rest
			}
		}
	}
	return s
}

var lightVerbs = map[string]bool{"实现": true, "完成": true, "达成": true, "获得": true, "取得": true, "建成": true, "争取": true, "减免": true}

// lead takes verbs, adverbs, times and the region's own names off the
// beginning of a stretch.
func (o *observer) lead(s schema.Span) schema.Span {
	for s.Start < s.End {
		i := s.Start
		r := o.runes[i]
		if strings.ContainsRune(" 　、，,:：)）”》;；。(（", r) {
			s.Start++
			continue
		}
		if end := o.note(i); end > i && end <= s.End {
			s.Start = end
			continue
		}
		if end := o.periodAt(i); end > i && end <= s.End {
			s.Start = end
			continue
		}
		if ref, at := o.mentionAt(i); ref != None && at.End > o.regionAt(i) {
			break
		}
		if end := o.regionAt(i); end > i && end < s.End {
			s.Start = end
			continue
		}
		m, ok := o.word(i, s.End, "LEAD", "VERB")
		if !ok {
			break
		}
		if m.End == s.End && (m.Tag == "VERB" || o.rune(s.End) == '的') {
			break
		}
		if m.Tag == "VERB" && m.Extra == "noun" {
			break
		}
		if o.lexicon.Has(m.Word, "VERB") && (o.heads(m.End, s.End) || s.End-m.End < 2) {
			break
		}
		s.Start = m.End
	}
	return s
}

// note returns the end of a footnote mark at i: [5], 〔2〕.
func (o *observer) note(i int) int {
	if !strings.ContainsRune("[【〔", o.runes[i]) {
		return i
	}
	for j := i + 1; j < len(o.runes) && j < i+5; j++ {
		if strings.ContainsRune("]】〕", o.runes[j]) {
			return j + 1
		}
	}
	return i
}

func (o *observer) regionAt(i int) int {
	best := i
	for _, name := range o.text.Report.RegionNames {
		w := []rune(name)
		if i+len(w) <= len(o.runes) && i+len(w) > best && string(o.runes[i:i+len(w)]) == name && o.words[i+len(w)] && !strings.ContainsRune("团籍队版产话牌大号", o.rune(i+len(w))) {
			best = i + len(w)
		}
	}
	return best
}

// heads reports whether the stretch is a bare head noun, which needs the verb
// before it to say what is measured: 出口|总额.
func (o *observer) heads(start, end int) bool {
	if start < end && strings.ContainsRune("率额量数费类性度型者", o.runes[start]) {
		return true
	}
	switch string(o.runes[start:end]) {
	case "总额", "总量", "收入", "面积", "规模", "金额", "总数", "数量", "占比", "比重", "能力", "资金", "余额", "产值", "总产值", "增加值", "次数", "人数", "支出", "成本", "周期", "时间", "时限", "价格":
		return true
	}
	return false
}

// right returns the noun phrase behind a quantity, empty where none is.
func (o *observer) right(q quantity, first bool) schema.Span {
	i := q.after
	if o.rune(i) == '的' {
		i++
	}
	s := schema.Span{Start: i, End: i}
	for i < len(o.runes) {
		r := o.runes[i]
		if r == '“' || r == '《' {
			closer := map[rune]rune{'“': '”', '《': '》'}[r]
			j := i + 1
			for j < len(o.runes) && j < i+40 && o.runes[j] != closer {
				j++
			}
			if o.rune(j) != closer {
				break
			}
			i = j + 1
			s.End = i
			continue
		}
		if (r == '（' || r == '(') && i > s.Start {
			j := i + 1
			for j < len(o.runes) && j < i+12 && o.runes[j] != '）' && o.runes[j] != ')' {
				j++
			}
			if c := o.rune(j); c != '）' && c != ')' {
				break
			}
			// A remark at the end is no part of the name.
			i = j + 1
			s.End = i
			continue
		}
		if end := o.note(i); end > i {
			i = end
			continue
		}
		if isStop(r) || r == '（' || r == '(' {
			break
		}
		if o.quantityAt(i) {
			break
		}
		if o.stopsAt(i, i == s.Start && first) {
			break
		}
		i++
		s.End = i
	}
	for s.End > s.Start && strings.ContainsRune("和及与、的", o.runes[s.End-1]) && o.words[s.End-1] {
		s.End--
	}
	return s
}

func (o *observer) quantityAt(i int) bool {
	k := sort.Search(len(o.quantities), func(k int) bool { return o.quantities[k].Start >= i })
	return k < len(o.quantities) && o.quantities[k].Start == i
}

// stopsAt reports whether a word begins at i that ends a noun phrase; at the
// beginning of one only those do that never belong to it.
func (o *observer) stopsAt(i int, beginning bool) bool {
	if i >= len(o.runes) {
		return true
	}
	m, ok := o.word(i, len(o.runes), "STOP")
	return ok && o.words[i] && (!beginning || m.Extra == "hard")
}

// verbAt reports whether a verb begins at i.
func (o *observer) verbAt(i int) bool {
	if i >= len(o.runes) {
		return false
	}
	_, ok := o.word(i, len(o.runes), "STOP", "VERB")
	return ok && o.words[i]
}

// say makes the observations of a run of quantities.
func (o *observer) say(run []quantity) {
	first, last := run[0], run[len(run)-1]
	clause := o.text.ClauseAt(first.Start)
	sentence := o.text.SentenceAt(first.Start)
	start := max(clause.Start, o.consumed)
	if sentence != o.sentence {
		o.last, o.ranked = nil, nil
	}
	o.sentence = sentence

	if ref, at := o.mentionOver(first.Span); ref != None {
		o.sayName(run, ref, at)
		return
	}
	if first.kind == kindRank {
		o.sayRank(first, start)
		o.shareRanks(first)
		return
	}
	l := o.leftOf(start, first.Start, first.kind)
	what, rule := o.what(run, l)
	o.consumed = last.after
	if rule == ruleObject {
		o.consumed = max(o.consumed, what[len(what)-1].span.End)
	}
	for i, q := range run {
		m := what[min(i, len(what)-1)]
		o.add(q, l, m, o.typeOf(q, l, m), rule, i == 0)
	}
	if len(run) == 1 && len(what) > 1 { // A、B均达100%
		for _, m := range what[1:] {
			o.add(first, l, m, o.typeOf(first, l, m), rule, true)
		}
	}
	o.last = what
}

// what says what a run of quantities measures: one thing for all, or one each.
func (o *observer) what(run []quantity, l leftContext) ([]measured, string) {
	first, last := run[0], run[len(run)-1]
	if first.kind == "times" && l.change == 0 { // 是“十三五”末的1.5倍
		for i := l.span.Start; i < l.span.End; i++ {
			if o.words[i] && strings.ContainsRune("是为", o.runes[i]) {
				l.basis = schema.Span{Start: i, End: l.span.End}
				l.span.End = i
			}
		}
	}
	noun := o.noun(l.span)
	hasNoun := noun.End > noun.Start
	if hasNoun && l.verb.End > 0 && strings.ContainsRune("为对向给与同", o.runes[l.span.Start]) && o.words[l.span.Start+1] {
		hasNoun = false // 为退役军人提供5万个岗位
	}
	for _, tail := range []string{"等", "领域", "方面", "行业", "环节"} {
		hasNoun = hasNoun && (first.kind != "count" || !o.endsWith(noun.End, tail) || l.verb.End > 0)
	}
	whole := noun // the verb is a part of the noun phrase: 固定资产投资
	if hasNoun && l.verb.End > 0 && !o.light(l.verb) {
		whole.End = l.verb.End
	}
	right := o.right(last, !hasNoun || l.verb.End > 0)
	if first.kind == "time" && l.change == 0 && !l.to && !isStop(o.rune(last.after)) { // 仅用27天圆满完成征迁任务
		from := o.lead(schema.Span{Start: last.after, End: o.text.ClauseAt(last.Start).End})
		right = o.right(quantity{after: from.Start}, true)
	}
	hasRight := right.End > right.Start
	if ref, at := o.mentionAt(noun.Start); hasNoun && hasRight && ref != None && o.closed(at.End) >= noun.End && l.change == 0 && o.opensClause(noun.Start) {
		hasNoun = false // only a subject: 甲中心实现400P算力供应
	}
	of := o.rune(last.after) == '的'
	verbFirst := hasRight && o.stopsAt(right.Start, false)
	if k := len(o.found); k > 0 && (first.base == "户" || first.base == "人") && first.Start == o.consumed {
		// 3户8人: of the same, or of nothing else
		if strings.HasPrefix(o.found[k-1].Rule, ruleObject) {
			return o.with(run, l, []schema.Span{{Start: first.numeral, End: first.End}}, true), ruleObject
		}
		return o.last, ruleCarry
	}

	var object bool
	switch first.kind {
	case "place":
		s := schema.Span{Start: last.numeral, End: last.End}
		return o.with(run, l, []schema.Span{s}, true), ruleObject
	case "count", kindBare:
		object = hasRight && (!hasNoun || l.verb.End > 0 || !verbFirst)
		if of && hasNoun && l.verb.End == 0 {
			object = false
		}
	case "ratio", kindTenths, kindFraction:
		object = hasRight && !hasNoun
	default:
		object = hasRight && !of && (!hasNoun || l.verb.End > 0) && !o.verbAt(right.Start)
	}
	if l.change != 0 {
		object = false
	}
	switch {
	case object:
		if strings.HasPrefix(first.base, "次") { // 6次举办集中开工活动
			right = o.lead(right)
		}
		return o.with(run, l, []schema.Span{right}, true), ruleObject
	case hasNoun:
		if totals[string(o.runes[noun.Start:noun.End])] && len(o.last) > 0 {
			return o.last, ruleCarry
		}
		return o.with(run, l, o.split(whole, len(run), l), false), ruleLevel
	}
	verb := l.verb
	if rest := o.lead(verb); rest.End > rest.Start {
		verb = rest
	}
	carry := len(o.last) > 0
	// 加装电梯108部、完工152部 goes on about the same; another unit does not.
	if k := len(o.found); verb.End > 0 && carry && (first.kind != "count" || k == 0 || o.found[k-1].BaseUnit != first.base) {
		carry = false
	}
	if l.apart && len(run) > 1 { // 户数与金额，分别增长2%和4%
		if s, ok := o.previousClause(l.span.Start); ok && s.End+1 == o.clauseStart(first.Start) && s.Start >= o.consumed {
			if parts := o.split(s, len(run), l); len(parts) == len(run) {
				return o.with(run, l, parts, false), ruleCarry
			}
		}
	}
	if carry {
		return o.last, ruleCarry
	}
	if verb.End > 0 && first.kind != "count" && first.kind != "length" && first.kind != "area" {
		return o.with(run, l, []schema.Span{verb}, false), ruleVerb
	}
	if s, ok := o.served(first); ok {
		return o.with(run, l, []schema.Span{s}, false), ruleObject
	}
	if s, ok := o.previousClause(l.span.Start); ok && (verb.End == 0 || builds[string(o.runes[verb.Start:verb.End])]) {
		return o.with(run, l, []schema.Span{s}, false), ruleCarry
	}
	if verb.End > 0 {
		return o.with(run, l, []schema.Span{verb}, false), ruleVerb
	}
	if hasRight {
		return o.with(run, l, []schema.Span{right}, true), ruleObject
	}
	return o.with(run, l, []schema.Span{{Start: first.Start, End: first.End}}, false), ruleVerb
}

// builds are verbs that leave what was built to the clause before.
var builds = map[string]bool{"开工": true, "新开工": true, "完工": true, "竣工": true, "建成": true, "新建": true, "改建": true,
	"新改建": true, "新（改）建": true, "新(改)建": true, "改造": true, "交付": true, "投产": true, "投用": true, "启动": true, "新增": true,
	"认定": true, "新认定": true, "获批": true, "入选": true, "签约": true, "新签约": true, "落地": true, "办结": true, "解决": true}

// served finds what people were given: 为2万人次提供撮合服务.
func (o *observer) served(q quantity) (schema.Span, bool) {
	if !o.endsWith(q.Start, "为") && !o.endsWith(q.Start, "向") && !o.endsWith(q.Start, "给") {
		return schema.Span{}, false
	}
	m, ok := o.lexicon.LongestAt(o.runes, q.after, "STOP", "VERB")
	if !ok {
		return schema.Span{}, false
	}
	s := o.right(quantity{after: m.End}, true)
	return s, s.End > s.Start
}

var totals = map[string]bool{"总数": true, "总量": true, "数量": true, "总数量": true, "总计": true, "总共": true}

// light reports whether a verb says nothing of what is measured.
func (o *observer) light(s schema.Span) bool {
	return lightVerbs[string(o.runes[s.Start:s.End])]
}

// previousClause gives the noun phrase of the clause before i in the same
// sentence.
func (o *observer) previousClause(i int) (schema.Span, bool) {
	sentence := o.text.SentenceAt(i)
	start := o.clauseStart(i)
	if start <= sentence.Start {
		return schema.Span{}, false
	}
	s := o.text.ClauseAt(start - 1)
	s.End = start - 1
	s = o.noun(s)
	return s, s.End > s.Start
}

// split cuts a coordination into as many parts as there are numbers. A list
// with 均 or 各 and one number is cut into all its parts. The whole stands
// where that does not come out even.
func (o *observer) split(s schema.Span, n int, l leftContext) []schema.Span {
	all := n == 1 && (l.each || l.per)
	if n == 1 && !all {
		return []schema.Span{s}
	}
	parts := o.parts(s, false)
	if len(parts) < n || all {
		parts = o.parts(s, true)
	}
	if all || len(parts) == n {
		return o.tails(parts)
	}
	return []schema.Span{s}
}

// parts cuts at 、 and, when asked, at 和 and its like.
func (o *observer) parts(s schema.Span, and bool) []schema.Span {
	var parts []schema.Span
	start, depth := s.Start, 0
	for i := s.Start; i < s.End; i++ {
		switch r := o.runes[i]; {
		case r == '（' || r == '(' || r == '《':
			depth++
		case r == '）' || r == ')' || r == '》':
			depth--
		case depth > 0 || i == start:
		case r == '“' && o.runes[i-1] == '”':
			parts = append(parts, schema.Span{Start: start, End: i})
			start = i
		case r == '、' || and && o.words[i] && o.words[i+1] && strings.ContainsRune("和及与", r):
			parts = append(parts, schema.Span{Start: start, End: i})
			start = i + 1
		case and && r == '以' && o.rune(i+1) == '及' && o.words[i]:
			parts = append(parts, schema.Span{Start: start, End: i})
			start = i + 2
			i++
		}
	}
	if start < s.End {
		parts = append(parts, schema.Span{Start: start, End: s.End})
	}
	return parts
}

// tails trims the parts.
func (o *observer) tails(parts []schema.Span) []schema.Span {
	for i, p := range parts {
		parts[i] = o.lead(p)
	}
	return parts
}

// with says whose each measured phrase is.
func (o *observer) with(run []quantity, l leftContext, spans []schema.Span, object bool) []measured {
	out := make([]measured, len(spans))
	for i, s := range spans {
		out[i] = o.whose(run, l, s, object)
	}
	// 甲、乙产业增加值分别…: the last part holds what of the first is measured.
	for i, s := range spans[:len(spans)-1] {
		ref, at := o.mentionAt(s.Start)
		if last := out[len(out)-1]; ref != None && o.closed(at.End) >= s.End && last.about != Region && last.span != spans[len(spans)-1] {
			out[i] = measured{last.span, ref}
		}
	}
	return out
}

// typeOf tells how a number measures.
func (o *observer) typeOf(q quantity, l leftContext, m measured) schema.ObservationType {
	switch {
	case l.change != 0, strings.HasSuffix(q.base, "百分点"):
		return schema.Change
	case q.kind == "ratio" || q.kind == kindTenths:
		what := string(o.runes[m.span.Start:m.span.End])
		for _, tail := range []string{"增速", "增幅", "涨幅", "降幅", "增长率", "增长"} {
			if strings.HasSuffix(what, tail) {
				return schema.Change
			}
		}
		if k := len(o.found); k > 0 && o.found[k-1].Type == schema.Change && strings.Contains(what, "目标") {
			return schema.Change
		}
		return schema.Share
	case q.kind == kindFraction && q.chinese:
		return schema.Share
	case q.kind == kindRank:
		return schema.Rank
	case o.cuts(m) < 0:
		return schema.Change
	}
	return schema.Level
}

// cuts gives -1 where the clause's verb takes something away: 调减玉米种植1万亩.
func (o *observer) cuts(m measured) int {
	for _, word := range []string{"削减", "调减", "压减", "压缩", "核减", "缩减", "减少"} {
		if o.endsWith(m.span.Start, word) {
			return -1
		}
	}
	return 1
}

func (o *observer) add(q quantity, l leftContext, m measured, kind schema.ObservationType, rule string, head bool) {
	ob := Observation{
		About: m.about, Measure: string(o.runes[m.span.Start:m.span.End]), MeasureSpan: m.span,
		Value: q.value, Unit: q.unit, Type: kind, Amount: q.value * q.scale, BaseUnit: q.base,
		Hedge: q.hedge, Span: q.Span, Rule: rule,
	}
	if m.about != Region {
		ob.Rule += ownerRule
	}
	ob.Confidence = measuredConfidence[ob.Rule]
	if ob.Hedge == "" {
		ob.Hedge = l.hedge
	}
	if kind == schema.Change {
		sign := float64(1)
		if l.change < 0 || l.change == 0 && o.cuts(m) < 0 {
			sign = -1
		}
		ob.Value *= sign
		ob.Amount *= sign
		if head && l.change != 0 {
			ob.Span.Start = l.from
		} else if head && kind == schema.Change && sign < 0 {
			ob.Span.Start = m.span.Start - 2 // the verb: 调减玉米种植1万亩
		}
	}
	if l.basis.End > l.basis.Start {
		ob.Basis = string(o.runes[l.basis.Start:l.basis.End])
	}
	ob.AnnualAverage = l.annual
	if k := len(o.found); k > 0 && !ob.AnnualAverage && strings.HasPrefix(rule, ruleCarry) && ob.Basis != "" && o.found[k-1].MeasureSpan == m.span {
		ob.AnnualAverage = o.found[k-1].AnnualAverage // 年均增长5.8%、高于全省1个百分点
	}
	if ob.AnnualAverage {
		ob.Period = o.averagedOver(q.Start)
	} else {
		ob.Period = o.periodOf(q.Start)
	}
	ob.Modality = o.modality(q.Start, ob.Period)
	if o.text.Mood == schema.MoodPlan && o.timeIn(m.span) {
		ob.Modality = schema.Aim // 结转2024年农田建设: what is measured names the year
	}
	if rule == ruleName || o.tellsOfPlan(q, m) {
		ob.Modality = schema.Fact
	}
	o.found = append(o.found, ob)
}

// tellsOfPlan reports whether a number counts what the plan itself is made of,
// which is no aim: 提出22项主要指标.
func (o *observer) tellsOfPlan(q quantity, m measured) bool {
	if q.kind != "count" || m.span.Start < q.End {
		return false
	}
	measure := string(o.runes[m.span.Start:m.span.End])
	if !hasAnySuffix(measure, []string{"指标", "任务", "举措", "措施", "目标"}) || len([]rune(measure)) > 6 {
		return false
	}
	before := string(o.runes[max(o.clauseStart(q.Start), q.Start-8):q.Start])
	return containsAny(before, "提出", "设置", "设定", "明确", "确定", "细化", "部署", "分为", "包括") || strings.HasSuffix(before, "类")
}

// ownerRule marks a rule's findings about a named thing, which are less sure
// than those about the region.
const ownerRule = ".owner"

// measuredConfidence is how often a rule's findings agree with the readers'
// annotations, by their own entities found, as (right+1)/(found+2).
var measuredConfidence = map[string]float64{
	ruleLevel: 0.94, ruleLevel + ownerRule: 0.86,
	ruleObject: 0.91, ruleObject + ownerRule: 0.79,
	ruleCarry: 0.81, ruleCarry + ownerRule: 0.75,
	ruleVerb: 0.76, ruleVerb + ownerRule: 0.6,
	ruleRank: 0.94, ruleRank + ownerRule: 0.6,
	ruleName + ownerRule: 0.83,
	ruleTable:            0.9, ruleTable + ownerRule: 0.8, // not measured: no report annotated has tables
}

// sayName observes a capacity inside a name.
func (o *observer) sayName(run []quantity, ref Ref, at schema.Span) {
	for _, q := range run {
		right := o.right(q, true)
		right.End = min(right.End, at.End)
		for _, tail := range []string{"项目", "工程"} {
			if o.endsWith(right.End, tail) && right.End-right.Start > 2 {
				right.End -= 2
			}
		}
		if right.End <= right.Start {
			continue
		}
		o.add(q, leftContext{}, measured{right, ref}, schema.Level, ruleName, true)
		o.consumed = q.after
	}
}

// sayRank observes a place in an order.
func (o *observer) sayRank(q quantity, start int) {
	o.consumed = q.after
	if len(o.ranked) > 0 {
		o.add(q, leftContext{}, o.ranked[0], schema.Rank, ruleRank, true)
		o.found[len(o.found)-1].Basis = o.found[len(o.found)-2].Basis
		o.ranked = o.ranked[1:]
		return
	}
	l := leftContext{}
	end := q.Start
	cut := -1
	for i := end; i > start; i-- {
		if !o.words[i] && i != end {
			continue
		}
		m, ok := o.lexicon.LongestEndingAt(o.runes, i, "RANK")
		if ok && m.Start >= start {
			cut = m.Start
			if i < end {
				l.basis = schema.Span{Start: i, End: end}
			}
			break
		}
	}
	if cut < 0 {
		cut = end
	}
	if m, ok := o.lexicon.LongestEndingAt(o.runes, cut, "SCOPE"); ok && m.Start >= start {
		cut = m.Start
		if l.basis.End == 0 {
			l.basis = schema.Span{Start: m.Start, End: m.End}
		}
	}
	each := cut > start && strings.ContainsRune("均都皆", o.runes[cut-1])
	if each {
		cut--
	}
	inner := o.leftOf(start, cut, kindRank)
	l.each, l.apart = inner.each || each, inner.apart
	if inner.verb.End > 0 {
		inner.span.End = inner.verb.End
	}
	if o.rune(q.End-1) == '大' { // 第一大行业
		if right := o.right(q, false); right.End > right.Start {
			m := o.whose([]quantity{q}, inner, right, true)
			o.add(q, l, m, schema.Rank, ruleRank, true)
			o.last = []measured{m}
		}
		return
	}
	noun := o.noun(inner.span)
	if parts := o.parts(noun, false); len(parts) > 1 { // 49家医院获评A级、数量全国第一
		if p := parts[len(parts)-1]; totals[string(o.runes[p.Start:p.End])] {
			noun = p
		}
	}
	var what []measured
	text := string(o.runes[noun.Start:noun.End])
	switch {
	case noun.End-noun.Start < 2 || totals[text] || strings.Contains(text, "项指标") && noun.End-noun.Start <= 5:
		n := 1
		if l.each {
			n = 2
		}
		what = o.recent(n)
	default:
		if i := strings.Index(text, "项指标"); i > 0 {
			noun.End = noun.Start + utf8.RuneCountInString(text[:i]) - 1
		}
		parts := o.tails(o.parts(noun, l.each || l.apart))
		what = o.with([]quantity{q}, inner, parts, false)
	}
	if len(what) == 0 { // 产权制度改革完成任务，位列全省第一
		s, ok := o.previousClause(start)
		if !ok {
			return
		}
		m := measured{s, o.topic}
		if ref, at := o.mentionAt(s.Start); ref != None {
			m = measured{at, ref}
		}
		what = []measured{m}
	}
	for _, m := range what {
		o.add(q, l, m, schema.Rank, ruleRank, true)
	}
	o.last = what
}

// shareRanks gives the ranks that follow one, of as many things as there are
// ranks, to one thing each: 肉、蛋、奶产量分居全省第一、第五、第二.
func (o *observer) shareRanks(first quantity) {
	n := len(o.last)
	from := len(o.found) - n
	if n < 2 || len(o.ranked) > 0 || from < 0 || o.found[from].Span != o.found[len(o.found)-1].Span {
		return
	}
	k := sort.Search(len(o.quantities), func(k int) bool { return o.quantities[k].Start >= first.Start })
	chain := 1
	for at := first.after; k+chain < len(o.quantities) && o.quantities[k+chain].kind == kindRank && o.quantities[k+chain].Start == at+1 && strings.ContainsRune("、和", o.rune(at)); chain++ {
		at = o.quantities[k+chain].after
	}
	if chain == n {
		o.found, o.ranked = o.found[:from+1], o.last[1:]
	}
}

// recent gives what was measured last in this sentence: the last run; or where
// more than one thing is meant, all of the last clause that has several, else
// the last n different phrases.
func (o *observer) recent(n int) []measured {
	if len(o.last) >= n {
		return o.last
	}
	var out []measured
	for i := len(o.found) - 1; i >= 0; i-- {
		ob := o.found[i]
		if ob.Span.Start < o.sentence.Start {
			break
		}
		same := o.text.ClauseAt(ob.Span.Start) == o.text.ClauseAt(o.found[len(o.found)-1].Span.Start)
		if len(out) >= n && (n == 1 || !same) {
			break
		}
		if len(out) > 0 && out[0].span == ob.MeasureSpan {
			continue
		}
		out = append([]measured{{ob.MeasureSpan, ob.About}}, out...)
	}
	return out
}
