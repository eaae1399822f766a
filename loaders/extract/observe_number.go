package extract

import (
	"math"
	"sort"
	"strings"
	"unicode"

	"github.com/lantu-kg/lantu/loaders/segment"
	"github.com/lantu-kg/lantu/schema"
)

// quantity is a number that may measure something, with its unit.
type quantity struct {
	schema.Span         // the number and its unit
	numeral     int     // where the number itself ends
	after       int     // where hedges behind the unit end: 以上, 左右
	value       float64 // as written
	unit        string  // as written, 余 and 多 inside it too
	base        string  // the unit without its scale
	scale       float64
	kind        string // the unit's kind in unit.tsv, or one of the kinds below
	hedge       schema.Hedge
	chinese     bool // written in Chinese numerals
}

// Kinds of quantities besides those of unit.tsv.
const (
	kindRank     = "rank"     // 第一, 前三
	kindFraction = "fraction" // 三分之二, 1∶3.4
	kindTenths   = "tenths"   // 两成
	kindBare     = "bare"     // 7.6万 before a noun
	kindPending  = "pending"  // a number that takes the unit of the next: 3.4、2.8个百分点
)

// numbers reads the quantities of a text.
type numbers struct {
	runes   []rune
	lexicon *segment.Lexicon
	quoted  []bool // inside a short pair of quotes
	words   []bool // where a word begins, and the end of the text
	tokens  []segment.Token
}

// longestLabel is how many code points a quoted text may have to be taken for
// a label, whose numbers measure nothing.
const longestLabel = 24

func newNumbers(t *Text, lexicon *segment.Lexicon) *numbers {
	n := &numbers{runes: t.Runes, lexicon: lexicon,
		quoted: labels(t.Runes), words: make([]bool, len(t.Runes)+1), tokens: t.Tokens}
	n.words[len(t.Runes)] = true
	for _, token := range t.Tokens {
		if token.Start < len(n.words) {
			n.words[token.Start] = true
		}
	}
	return n
}

// tag is the tag of the word that begins at i, "" where none does.
func (n *numbers) tag(i int) string {
	k := sort.Search(len(n.tokens), func(k int) bool { return n.tokens[k].Start >= i })
	if k < len(n.tokens) && n.tokens[k].Start == i {
		return n.tokens[k].Tag
	}
	return ""
}

// labels marks the insides of short quotations.
func labels(runes []rune) []bool {
	marks := make([]bool, len(runes))
	open := -1
	for i, r := range runes {
		switch {
		case isHan(r): // most of a text
		case r == '“' || r == '"' && open < 0:
			open = i
		case (r == '”' || r == '"') && open >= 0:
			for j := open; j <= i && i-open <= longestLabel+1; j++ {
				marks[j] = true
			}
			open = -1
		case strings.ContainsRune("。；！？", r):
			open = -1
		}
	}
	return marks
}

// quantities returns the quantities of the text in order, without overlaps.
func (n *numbers) quantities() []quantity {
	var found []quantity
	for i := 0; i < len(n.runes); {
		q, end, ok := n.at(i)
		if ok {
			found = append(found, q)
		}
		i = max(end, i+1)
	}
	return n.settle(found)
}

// at reads the quantity that begins at i. End is where reading goes on, also
// where there is none.
func (n *numbers) at(i int) (q quantity, end int, ok bool) {
	r := n.runes[i]
	switch {
	case n.quoted[i]:
		return q, i + 1, false
	case isNumeral(r):
		return n.arabic(i)
	case r == '第' || r == '前':
		return n.rank(i)
	case r == '首' || r == '榜':
		return n.first(i)
	case r == '破' || r == '超' || r == '上' || r == '跨' || r == '过':
		return n.milestone(i)
	case chineseDigit(r) > 0 || r == '十' || r == '百' || r == '千' || r == '万' || r == '几' || r == '数':
		return n.chinese(i)
	}
	return q, i + 1, false
}

func isNumeral(r rune) bool { return isDigit(r) || r >= '０' && r <= '９' }

func digitOf(r rune) rune {
	if r >= '０' && r <= '９' {
		return r - '０' + '0'
	}
	return r
}

func isLatin(r rune) bool { return r < unicode.MaxLatin1 && unicode.IsLetter(r) }

func (n *numbers) rune(i int) rune {
	if i < 0 || i >= len(n.runes) {
		return 0
	}
	return n.runes[i]
}

// decimal reads an Arabic number: 12, 3.5, 1,234, 1，234, full-width digits.
func (n *numbers) decimal(i int) (value float64, end int, ok bool) {
	var whole float64
	digits := func(j int) int {
		for j < len(n.runes) && isNumeral(n.runes[j]) {
			j++
		}
		return j
	}
	end = digits(i)
	if end == i || end-i > 15 {
		return 0, end, false
	}
	add := func(from, to int) {
		for ; from < to; from++ {
			whole = whole*10 + float64(digitOf(n.runes[from])-'0')
		}
	}
	add(i, end)
	if end-i <= 3 && n.runes[i] != '0' {
		for (n.rune(end) == ',' || n.rune(end) == '，') && digits(end+1) == end+4 {
			add(end+1, end+4)
			end += 4
		}
	}
	if point := n.rune(end); (point == '.' || point == '．') && digits(end+1) > end+1 {
		last := digits(end + 1)
		unit := 1.0
		for j := end + 1; j < last && j < end+16; j++ {
			unit *= 10
			whole = whole*10 + float64(digitOf(n.runes[j])-'0')
		}
		whole /= unit
		end = last
		if n.rune(end) == '.' && isNumeral(n.rune(end+1)) {
			return 0, digits(end + 1), false // a version: 1.2.3
		}
	}
	return whole, end, true
}

// arabic reads a quantity that begins with an Arabic digit.
func (n *numbers) arabic(i int) (q quantity, end int, ok bool) {
	value, end, ok := n.decimal(i)
	if !ok {
		return q, end, false
	}
	before, next := n.rune(i-1), n.rune(end)
	if isLatin(before) || before == '+' || before == '_' || next == '+' || next == '×' || before == '×' || strings.ContainsRune("[【〔", before) {
		return q, end, false
	}
	for _, road := range []string{"国道", "省道", "县道", "连续", "高速"} {
		if n.endsWith(i, road) { // a road's number, a streak
			return q, end, false
		}
	}
	if next == '/' && isNumeral(n.rune(end+1)) {
		return n.slash(i, end, value)
	}
	if before == '/' && isNumeral(n.rune(i-2)) {
		return q, end, false
	}
	if (next == '∶' || next == ':' || next == '：') && isNumeral(n.rune(end+1)) {
		second, last, ok := n.decimal(end + 1)
		ratio := n.endsWith(i, "比例达到") || n.endsWith(i, "比例达") || n.endsWith(i, "比例为") || n.endsWith(i, "比为") || n.endsWith(i, "比达") || n.endsWith(i, "比达到")
		if ok && ratio {
			return quantity{Span: schema.Span{Start: i, End: last}, numeral: last, after: last, value: second,
				scale: 1, kind: kindFraction}, last, true
		}
		return q, last, false
	}
	q = quantity{Span: schema.Span{Start: i}, value: value}
	if sign := before; (sign == '-' || sign == '－' || sign == '−') && unicode.Is(unicode.Han, n.rune(i-2)) && !strings.ContainsRune("年月日第号", n.rune(i-2)) {
		q.value, q.Start = -value, i-1
	}
	// The second number of a range only moves the end: 2-3个.
	if strings.ContainsRune("-－—–~～至", next) {
		j := end + 1
		if n.rune(j) == next { // ——
			j++
		}
		if isNumeral(n.rune(j)) {
			if _, last, ok := n.decimal(j); ok {
				end = last
			}
		}
	}
	q.numeral = end
	if n.rune(end) == ' ' && n.rune(end+1) == '%' {
		end++
	}
	if n.unit(&q, end) {
		// 5%-6%, 5%至6%
		if strings.ContainsRune("-－—–~～至", n.rune(q.End)) && isNumeral(n.rune(q.End+1)) {
			if _, last, ok := n.decimal(q.End + 1); ok {
				second := quantity{}
				if n.unit(&second, last) && second.unit == q.unit {
					q.End, q.after = second.End, second.after
				}
			}
		}
		return q, q.End, true
	}
	if m := n.rune(end); (m == '、' || m == '和' || m == ',' || m == '，') && isNumeral(n.rune(end+1)) {
		q.kind, q.End, q.after, q.scale = kindPending, end, end, 1
		return q, end, true
	}
	return q, end, false
}

// slash reads a fraction such as 1/3.
func (n *numbers) slash(i, end int, value float64) (q quantity, last int, ok bool) {
	whole, last, ok := n.decimal(end + 1)
	if !ok || value < 1 || whole <= value || whole > 100 || value != math.Trunc(value) || n.rune(last) == '/' || !unicode.Is(unicode.Han, n.rune(i-1)) {
		return q, last, false
	}
	q = quantity{Span: schema.Span{Start: i, End: last}, numeral: last, value: math.Round(value/whole*1000) / 1000,
		scale: 1, kind: kindFraction, chinese: true}
	q.after = n.hedgesAfter(&q, last)
	return q, last, true
}

func (n *numbers) endsWith(end int, word string) bool {
	w := []rune(word)
	return end >= len(w) && string(n.runes[end-len(w):end]) == word
}

var scales = map[rune]float64{'十': 1e1, '百': 1e2, '千': 1e3, '万': 1e4, '亿': 1e8}

// unit reads scale and unit from i into q, and the hedges around them.
func (n *numbers) unit(q *quantity, i int) bool {
	q.scale = 1
	start := i // of the unit as written
	more := func(j int) bool { return strings.ContainsRune("余多来", n.rune(j)) }
	if more(i) { // 8000余项: outside the unit
		q.hedge = schema.Over
		i++
		start = i
	}
	m, ok := n.lexicon.LongestAt(n.runes, i, "UNIT")
	if !ok {
		for !ok && scales[n.rune(i)] > 0 {
			q.scale *= scales[n.runes[i]]
			i++
			_, ok = n.lexicon.LongestAt(n.runes, i, "UNIT") // 千瓦, not a thousand
		}
		if i > start && more(i) { // 3万余件: inside it
			q.hedge = schema.Over
			i++
		}
		m, ok = n.lexicon.LongestAt(n.runes, i, "UNIT")
	}
	scaled := q.scale > 1
	if n.rune(i) == '成' && !scaled { // 占全国9成
		if next := n.rune(i + 1); isStop(next) || strings.ContainsRune("以左的多", next) {
			q.End, q.unit, q.base, q.kind = i+1, "成", "成", kindTenths
			q.after = n.hedgesAfter(q, i+1)
			return true
		}
		return false
	}
	switch {
	case ok && !n.inWord(m):
		q.End, q.kind = m.End, m.Extra
		n.alternative(q)
		n.per(q)
	case n.tag(i) == "q" && !n.quoted[i] && unicode.Is(unicode.Han, n.rune(i)):
		q.End, q.kind = i+1, "count"
		for q.End < len(n.runes) && !n.words[q.End] {
			q.End++
		}
	case scaled && n.rune(i) != '级' && (unicode.Is(unicode.Han, n.rune(i)) || n.rune(i) == '“' || isStop(n.rune(i))):
		q.End, q.kind = i, kindBare
	default:
		return false
	}
	q.base = string(n.runes[i:q.End])
	q.unit = strings.TrimSpace(string(n.runes[start:q.End]))
	q.after = n.hedgesAfter(q, q.End)
	return true
}

// inWord reports whether the unit is the beginning of a longer word that is
// none: 国道, 县级, 人工.
func (n *numbers) inWord(m segment.LexiconMatch) bool {
	next := n.rune(m.End)
	switch m.Word {
	case "国":
		return next == '道' || next == '家' || next == '际'
	case "县", "市", "区", "村", "镇", "省", "乡":
		return strings.ContainsRune("级道委长域区镇民政场内外", next)
	case "人":
		return next == '民' || next == '工' || next == '才' || next == '口' || next == '员'
	case "方":
		return next == '案' || next == '面' || next == '式' || next == '向'
	case "片":
		return next == '区'
	case "头":
		return next == '部'
	case "度":
		return next == '假'
	case "口":
		return next == '岸' || next == '径'
	case "部":
		return next == '门' || next == '分'
	case "分":
		return next == '类' || next == '级' || next == '之'
	case "对":
		return next == '接'
	case "名", "位", "本", "面", "班":
		return strings.ContainsRune("单品级地向置数", next)
	case "里":
		return next == '程'
	case "个":
		return next == '月'
	case "升":
		return next == '级'
	case "P", "T", "t", "KV", "KW":
		return isLatin(next)
	}
	return false
}

// alternative takes in a second unit in brackets: 8条（个）.
func (n *numbers) alternative(q *quantity) {
	open := n.rune(q.End)
	if open != '（' && open != '(' {
		return
	}
	m, ok := n.lexicon.LongestAt(n.runes, q.End+1, "UNIT")
	if end := n.rune(m.End); ok && m.Extra == q.kind && (end == '）' || end == ')') {
		q.End = m.End + 1
	}
}

func (n *numbers) hedgesAfter(q *quantity, end int) int {
	for _, word := range []string{"及以上", "以上", "以下", "以内", "左右", "上下", "有余", "之内", "多", "余"} {
		w := []rune(word)
		if end+len(w) <= len(n.runes) && string(n.runes[end:end+len(w)]) == word {
			if len(w) == 1 && unicode.Is(unicode.Han, n.rune(end+1)) {
				continue // 多元, 余下
			}
			for _, e := range n.lexicon.Lookup(word) {
				if e.Tag == "HEDGE" {
					q.hedge = schema.Hedge(e.Extra)
				}
			}
			return end + len(w)
		}
	}
	return end
}

func isStop(r rune) bool {
	return r == 0 || strings.ContainsRune("，。；：、！？,;:!?）)”》 　", r)
}

// word returns the longest word under tags that begins at i, ends where a word
// of the segmenter ends, and not behind limit.
func (n *numbers) word(i, limit int, tags ...string) (segment.LexiconMatch, bool) {
	m, ok := n.lexicon.LongestAt(n.runes[:limit], i, tags...)
	for ok && !n.words[m.End] {
		m, ok = n.lexicon.LongestAt(n.runes[:m.End-1], i, tags...)
	}
	return m, ok
}

// wordBefore returns the longest word under tags that ends at end, begins where
// a word of the segmenter begins, and not before limit.
func (n *numbers) wordBefore(limit, end int, tags ...string) (segment.LexiconMatch, bool) {
	if limit >= end {
		return segment.LexiconMatch{}, false
	}
	from := max(limit, end-12)
	for {
		m, ok := n.lexicon.LongestEndingAt(n.runes[from:end], end-from, tags...)
		if !ok {
			return m, false
		}
		m.Start, m.End = m.Start+from, end
		if n.words[m.Start] || strings.ContainsRune("达超近约为", n.runes[m.Start]) && m.Start > limit && strings.ContainsRune("比率额量数值积重", n.runes[m.Start-1]) {
			return m, true
		}
		from = m.Start + 1
	}
}

// per takes what a unit is counted by: 人/百亿元, 公里/百平方公里.
func (n *numbers) per(q *quantity) {
	if n.rune(q.End) != '/' {
		return
	}
	i := q.End + 1
	for scales[n.rune(i)] > 0 {
		i++
	}
	if m, ok := n.lexicon.LongestAt(n.runes, i, "UNIT"); ok {
		q.End, q.kind = m.End, "density"
	}
}

// settle gives pending numbers the unit of the number after them and drops
// those that have none.
func (n *numbers) settle(found []quantity) []quantity {
	for i := len(found) - 1; i >= 0; i-- {
		q := &found[i]
		if q.kind == kindBare && i+1 < len(found) && found[i+1].Start == q.after+1 && found[i+1].scale == q.scale && n.rune(q.after) == '、' {
			// 1409万、1305万人次
			q.unit, q.base, q.kind = found[i+1].unit, found[i+1].base, found[i+1].kind
		}
		if q.kind != kindPending {
			continue
		}
		if i+1 == len(found) || found[i+1].Start != q.End+1 || found[i+1].kind == kindPending || found[i+1].kind == kindRank || found[i+1].kind == "place" {
			found = append(found[:i], found[i+1:]...)
			continue
		}
		next := found[i+1]
		q.unit, q.base, q.scale, q.kind = next.unit, next.base, next.scale, next.kind
	}
	return found
}

func chineseDigit(r rune) int {
	if r == '两' {
		return 2
	}
	if i := strings.IndexRune("零一二三四五六七八九", r); i > 0 {
		return i / len("零")
	}
	return 0
}

// chineseNumber reads a number below a hundred million: 三, 十二, 两千三百.
func (n *numbers) chineseNumber(i int) (value float64, end int) {
	var section, digit float64
	for end = i; end < len(n.runes); end++ {
		r := n.runes[end]
		switch d := chineseDigit(r); {
		case d > 0:
			digit = float64(d)
		case r == '十' || r == '百' || r == '千':
			if digit == 0 {
				digit = 1
			}
			section += digit * scales[r]
			digit = 0
		case r == '零' && end > i:
		default:
			return section + digit, end
		}
	}
	return section + digit, end
}

// chinese reads a quantity in Chinese numerals.
func (n *numbers) chinese(i int) (q quantity, end int, ok bool) {
	if before := n.rune(i - 1); before == '第' || before == '十' || chineseDigit(before) > 0 {
		return q, i + 1, false
	}
	value, end := n.chineseNumber(i)
	if end == i || end == i+1 && scales[n.runes[i]] >= 100 {
		return n.scaleAlone(i)
	}
	q = quantity{Span: schema.Span{Start: i}, numeral: end, value: value, scale: 1, chinese: true}
	// 三分之二
	if n.rune(end) == '分' && n.rune(end+1) == '之' {
		part, last := n.chineseNumber(end + 2)
		if part > 0 && value > 1 && part < value {
			q.value = math.Round(part/value*1000) / 1000
			q.End, q.kind, q.numeral = last, kindFraction, last
			q.after = n.hedgesAfter(&q, last)
			return q, last, true
		}
		return q, end + 2, false
	}
	// 两成
	if n.rune(end) == '成' && value <= 10 && value >= 1 {
		next := n.rune(end + 1)
		if isStop(next) || strings.ContainsRune("以左的多由为是", next) {
			q.End, q.unit, q.base, q.kind = end+1, "成", "成", kindTenths
			q.after = n.hedgesAfter(&q, end+1)
			return q, q.End, true
		}
		return q, end + 1, false
	}
	// 两项殊荣: from two on, before a noun. 一个 is an article.
	if value < 2 || !n.words[i] {
		return q, end, false
	}
	if !n.unit(&q, end) || q.kind != "count" && q.kind != "money" {
		return q, end, false
	}
	return q, q.End, true
}

// scaleAlone reads 千项 and 万名: one thousand, ten thousand.
func (n *numbers) scaleAlone(i int) (q quantity, end int, ok bool) {
	if scales[n.rune(i)] < 100 || scales[n.rune(i-1)] > 0 || !n.words[i] {
		return q, i + 1, false
	}
	q = quantity{Span: schema.Span{Start: i}, numeral: i, value: 1, chinese: true}
	if !n.unit(&q, i) || q.kind != "count" || q.scale < 100 || n.rune(q.after) == '万' || !unicode.Is(unicode.Han, n.rune(q.after)) {
		return q, i + 1, false
	}
	return q, q.End, true
}

// milestone reads 破亿 and 超百亿元: one of the scale.
func (n *numbers) milestone(i int) (q quantity, end int, ok bool) {
	j := i + 1
	if scales[n.rune(j)] < 100 {
		return q, i + 1, false
	}
	q = quantity{Span: schema.Span{Start: i, End: j}, numeral: j, value: 1, chinese: true}
	if n.runes[i] == '破' && n.rune(i-1) == '突' {
		q.Start--
	}
	if !n.unit(&q, j) || q.scale < 100 {
		return q, i + 1, false
	}
	next := n.rune(q.after)
	if q.kind == kindBare && !isStop(next) || q.kind == "count" && !unicode.Is(unicode.Han, next) && !isStop(next) {
		return q, i + 1, false
	}
	if q.kind == "money" && !isStop(next) && next != '的' {
		return q, i + 1, false // 超百亿元企业
	}
	q.hedge = schema.Over
	return q, q.End, true
}

// rank reads 第一位, 第9名, 前三 where they give a place in an order.
func (n *numbers) rank(i int) (q quantity, end int, ok bool) {
	j := i + 1
	var value float64
	if isNumeral(n.rune(j)) {
		if value, end, ok = n.decimal(j); !ok || value != math.Trunc(value) {
			return q, end, false
		}
	} else if value, end = n.chineseNumber(j); end == j {
		return q, i + 1, false
	}
	q = quantity{Span: schema.Span{Start: i, End: end}, numeral: end, value: value, unit: "位", base: "位", scale: 1,
		kind: kindRank, chinese: !isNumeral(n.rune(j))}
	if value < 1 || value > 1000 {
		return q, end, false
	}
	switch next := n.rune(end); {
	case next == '位' && n.rune(end+1) != '数', next == '名' && n.rune(end+1) != '单':
		q.End = end + 1
	case next == '大' && n.runes[i] == '第':
		q.End = end + 1
	case isStop(next) || next == '的' && n.runes[i] == '第' || next == '和' || next == '（' || next == '(':
		if n.runes[i] == '第' && next == '，' && n.opens(i) {
			return q, end, false // 第一，… counts off
		}
	default:
		return q, end, false
	}
	if n.rune(end) == '、' && n.rune(end+1) == '第' && n.runes[i] == '第' { // 第一、第四中学
		if _, last := n.chineseNumber(end + 2); last > end+2 && unicode.Is(unicode.Han, n.rune(last)) && !strings.ContainsRune("位名", n.rune(last)) {
			return q, last, false
		}
	}
	q.after = q.End
	return q, q.End, true
}

// opens reports whether a sentence or clause begins at i.
func (n *numbers) opens(i int) bool { return i == 0 || isStop(n.runes[i-1]) && n.runes[i-1] != '、' }

// first reads 首位, 榜首 and 之首.
func (n *numbers) first(i int) (q quantity, end int, ok bool) {
	q = quantity{Span: schema.Span{Start: i, End: i + 2}, numeral: i + 2, after: i + 2, value: 1, unit: "位", base: "位", scale: 1,
		kind: kindRank, chinese: true}
	switch {
	case n.runes[i] == '首' && n.rune(i+1) == '位':
		// 放在首位 and 首位产业 tell no order.
		if unicode.Is(unicode.Han, n.rune(i+2)) || n.rune(i-1) == '在' {
			return q, i + 2, false
		}
	case n.runes[i] == '榜' && n.rune(i+1) == '首':
	case n.runes[i] == '首' && n.rune(i-1) == '之':
		q.Start, q.End, q.after, q.numeral = i-1, i+1, i+1, i+1
	default:
		return q, i + 1, false
	}
	return q, q.End, true
}
