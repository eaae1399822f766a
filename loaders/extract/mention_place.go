package extract

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/lantu-kg/lantu/loaders/segment"
	"github.com/lantu-kg/lantu/schema"
)

// placeHolders and roadHolders are the kinds whose names tell where they
// apply: a programme its region, a project its road.
var (
	placeHolders = []schema.Kind{schema.KindProgram}
	roadHolders  = []schema.Kind{schema.KindProject}
)

// findPlaces finds the places that the gazetteer knows.
func (f *finder) findPlaces() {
	f.places = f.x.gazetteer.Match(f.Runes, f.Report.RegionCode)
	matches := f.places
	for k := 0; k < len(matches); k++ {
		m := matches[k]
		if _, word := f.names.bounds[m.Name]; word || !f.aligned(m.Start, m.End) {
			continue
		}
		if !m.Ambiguous || f.Tokens[f.at[m.Start]].Tag == "ns" {
			f.markProper(m.Start, m.End)
			for i := f.at[m.Start]; i < len(f.Tokens) && f.Tokens[i].End <= m.End; i++ {
				f.class[i] = boundNone // 人和, 十八里店
			}
		}
		if m.Ambiguous || f.x.lexicon.Has(m.Name, "NO_PLACE") || f.inQuotes(m.Start, m.End) || f.attributive(m) || f.notVillage(m.Start, m.End) {
			continue
		}
		c := candidate{start: m.Start, end: m.End, kind: schema.KindPlace, rule: "place.gazetteer", weight: 0.8, inner: placeHolders}
		if f.own(m.Place.Code) {
			c.inner = nil // 朝阳区 in a plan of its own
		}
		if kind, ok := f.built(m); ok {
			c.kind, c.rule, c.inner = kind, ruleOf(kind, "head"), nil // 苏州工业园区
		}
		// 河北廊坊 is one name, 丹巴县基卡依村 two.
		if m.Place.Level == schema.LevelProvince || m.Place.Level == schema.LevelCity {
			for k+1 < len(matches) && matches[k+1].Start == c.end && matches[k+1].Place.Level != schema.LevelVillage &&
				f.x.gazetteer.Within(matches[k+1].Place.Code, m.Place.Code) {
				k++
				f.markProper(matches[k].Start, matches[k].End)
				c.aliases = append(c.aliases, schema.Span{Start: matches[k].Start, End: matches[k].End})
				c.end = matches[k].End
			}
		}
		f.add(c)
	}
}

// own reports whether a place is the report's region or holds it.
func (f *finder) own(code string) bool {
	return slices.ContainsFunc(f.Report.Ladder, func(p segment.Place) bool { return p.Code == code })
}

// inQuotes reports whether a span is a part of a quoted label or of a title.
func (f *finder) inQuotes(start, end int) bool {
	for i := start - 1; i >= 0 && start-i <= maxName; i-- {
		switch f.Runes[i] {
		case '《':
			return true
		case '“', '「':
			closing, ok := f.quoteAt[i+1]
			return ok && end <= closing && end-start < closing-i-1
		case '》', '”', '」', '。':
			return false
		}
	}
	return false
}

// attributive reports whether the region that holds the report's own only
// qualifies what follows: 北京市首批.
func (f *finder) attributive(m segment.PlaceMatch) bool {
	i := f.at[m.End]
	if i >= len(f.Tokens) || f.class[i] != boundNumber && !f.x.lexicon.Has(f.Tokens[i].Text, "AMOUNT") {
		return false
	}
	for k, p := range f.Report.Ladder {
		if k > 0 && p.Code == m.Place.Code {
			return true
		}
	}
	return false
}

// built returns the kind of a place that is a park or facility by the word
// that ends its name: 丹江口水库.
func (f *finder) built(m segment.PlaceMatch) (schema.Kind, bool) {
	head, ok := f.names.heading.LongestEndingAt(f.Runes, m.End)
	if !ok || head.Start < m.Start+2 || head.Extra == "weak" {
		return "", false
	}
	kind := f.names.kinds[head.Tag]
	return kind, kind == schema.KindPark || kind == schema.KindFacility
}

// findPlaced finds companies that are called by a place and a word that no
// dictionary knows: 河北阜通.
func (f *finder) findPlaced() {
	for _, m := range f.places {
		if m.Place.Level == schema.LevelStreet || m.Place.Level == schema.LevelVillage || m.Ambiguous || !f.aligned(m.Start, m.End) {
			continue
		}
		i := f.at[m.End]
		k := i
		for ; k < len(f.Tokens) && f.class[k] == boundNone && f.Tokens[k].End-m.End <= 4; k++ {
			t := f.Tokens[k]
			trade := f.x.lexicon.Has(t.Text, "HEAD_ENTERPRISE")
			if t.End-t.Start > 1 && !trade && t.Tag != "nrt" && t.Tag != "x" {
				break
			}
			if trade && k > i {
				k++
				break
			}
		}
		if k < i+2 || k < len(f.Tokens) && f.class[k] != boundStop && f.class[k] != boundJoint && f.class[k] != boundGovernor {
			continue
		}
		if f.proper[i] || f.headEnds(f.Tokens[k-1].End) {
			continue
		}
		f.add(candidate{start: m.Start, end: f.Tokens[k-1].End, kind: schema.KindEnterprise, rule: "enterprise.placed", weight: 0.6})
	}
}

// headEnds reports whether a head other than a company's, or the ending of a
// place, ends at code point end.
func (f *finder) headEnds(end int) bool {
	if m, ok := f.names.heading.LongestEndingAt(f.Runes, end); ok && m.Tag != "HEAD_ENTERPRISE" {
		return true
	}
	_, ok := f.names.placing.LongestEndingAt(f.Runes, end)
	return ok
}

// findPlaceNames finds places by the word that ends them: roads, rivers,
// villages and quarters that the gazetteer does not know.
func (f *finder) findPlaceNames() {
	for i, token := range f.Tokens {
		if f.class[i] == boundStop || f.class[i] == boundJoint {
			continue
		}
		if f.ring(i) {
			continue
		}
		head, ok := f.names.placing.LongestEndingAt(f.Runes, token.End)
		if !ok {
			continue
		}
		f.placeName(i, head.Start, head.End, schema.PlaceLevel(head.Extra))
	}
}

// ringRoads are roads around a town, by the side that is meant.
var ringRoads = regexp.MustCompile(`[东西南北][二三四五六]环路?$`)

// ring finds the side of a ring road that ends with token i: 西三环.
func (f *finder) ring(i int) bool {
	end := f.Tokens[i].End
	if last := f.Runes[end-1]; last != '环' && last != '路' {
		return false
	}
	from := max(0, end-4)
	loc := ringRoads.FindString(string(f.Runes[from:end]))
	if loc == "" || f.follows(end, "路") {
		return false
	}
	start := end - utf8.RuneCountInString(loc)
	for _, g := range f.placesIn(max(0, start-6), start) {
		if g.End == start && !g.Ambiguous {
			start = g.Start
		}
	}
	f.markProper(start, end)
	f.add(candidate{start: start, end: end, kind: schema.KindPlace, rule: "place.head", weight: 0.7})
	return true
}

// sidedRoad returns where the name begins of a road whose word of the side or
// number is one with its ending: 新华西路, 经二路.
func (f *finder) sidedRoad(i int) (int, bool) {
	t := f.Tokens[i]
	if first := f.Runes[t.Start]; !strings.ContainsRune("东西南北中正一二三四五六七八九十", first) || i == 0 {
		return 0, false
	}
	k := i - 1
	before := f.Tokens[k]
	n := before.End - before.Start
	switch {
	case f.class[k] != boundNone && before.Text != "经" && before.Text != "纬" || n > 3:
		return 0, false
	case f.begins(k):
	case n == 1 && f.single(k-1) && f.begins(k-1):
		k--
	default:
		return 0, false
	}
	return f.Tokens[k].Start, true
}

func (f *finder) placeName(i, h, end int, level schema.PlaceLevel) {
	short := end-h == 1
	e := f.left(h, schema.KindPlace)
	start := e.start
	if e.quantity || start == h && f.Tokens[i].Start >= h {
		return
	}
	// One character of a kind of place is distinctive only behind a short,
	// uncommon word.
	if short {
		start = f.shortName(h, level)
		if start < 0 {
			return
		}
	} else if p := f.profile(start, h); !p.proper() || level == schema.LevelRoad && h-start > 5 && !p.place && !p.known || level == schema.LevelArea && (e.graded || !p.place && !p.known && !p.label && !p.quote && p.distinct < 3) {
		return
	}
	for k := f.at[start]; k < len(f.Tokens) && f.Tokens[k].End < h; k++ {
		if t := f.Tokens[k]; t.End-t.Start > 1 && oneOf("至到", string(f.Runes[t.End-1])) {
			start = t.End // 西二环北延至乐凯大街
		}
	}
	for _, g := range f.placesIn(start, end) {
		if g.End == end && !g.Ambiguous {
			return // the gazetteer knows better
		}
		if g.Start == start && g.End <= h-1 && g.Place.Level == schema.LevelStreet && level == schema.LevelVillage {
			start = g.End // 高碑店乡高井村 is two
		}
	}
	if f.follows(end, "区") && level == schema.LevelWater {
		return // 大湾区
	}
	if _, ok := f.labelIn(start, h); ok && !f.opens(f.at[start]) {
		return
	}
	if f.inQuotes(start, end) || f.notVillage(start, end) || start > 0 && f.opens(f.at[start-1]) {
		return
	}
	if f.x.lexicon.Has(string(f.Runes[start:end]), "NO_PLACE") || end-start > 14 || end-start < 3 && level != schema.LevelWater {
		return
	}
	f.markProper(start, end)
	c := candidate{start: start, end: end, kind: schema.KindPlace, rule: "place.head", weight: 0.7}
	if end-start > 2 {
		c.inner = roadHolders
	}
	f.add(c)
}

// notVillage reports whether a phrase that ends like a village or town is
// none: 撤乡改镇, 文明乡风.
func (f *finder) notVillage(start, end int) bool {
	if !strings.ContainsRune("村乡镇", f.Runes[end-1]) {
		return false
	}
	return end < len(f.Runes) && strings.ContainsRune("风村镇土愁情贤音亲级改", f.Runes[end]) ||
		strings.ContainsAny(string(f.Runes[start:end]), "撤改")
}

// shortName returns where the name before a one-character ending at code
// point h begins, -1 when the words there are common ones.
func (f *finder) shortName(h int, level schema.PlaceLevel) int {
	i := f.at[h]
	if token := f.Tokens[i]; token.Start < h {
		// One word with its ending: a place of the dictionary, or common.
		n := token.End - token.Start
		if start, ok := f.sidedRoad(i); ok && n == 2 && level == schema.LevelRoad {
			return start
		}
		if n == 2 && level == schema.LevelWater && token.Tag == "ns" && f.single(i-1) && f.begins(i-1) {
			return f.Tokens[i-1].Start // 亮|马河
		}
		if token.Tag == "ns" && (n >= 3 || level == schema.LevelWater) || n == 3 && level == schema.LevelWater && token.Tag != "n" {
			return token.Start
		}
		return -1
	}
	start, single := h, 0
	for k := i - 1; k >= 0 && h-f.Tokens[k].Start <= 4; k-- {
		t := f.Tokens[k]
		n := t.End - t.Start
		switch {
		case oneOf("沿指以至到", t.Text),
			f.class[k] != boundNone && (f.class[k] != boundNumber || n > 1) && t.Text != "经" && t.Text != "纬":
			return f.long(start, h, single)
		case f.proper[k]:
			for k > 0 && f.proper[k-1] && h-f.Tokens[k-1].Start <= 6 {
				k--
			}
			return f.side(k)
		case n > 1 && (t.Tag == "ns" || t.Tag == "nr" || t.Tag == "nz" || t.Tag == "x"):
			return f.side(k)
		case n == 1:
			single++
			start = t.Start
		case single == 0 && n == 2 && (level == schema.LevelRoad || level == schema.LevelWater) && f.begins(k) && strings.HasPrefix(t.Tag, "n"):
			return t.Start // 公园路
		default:
			return f.long(start, h, single)
		}
	}
	return f.long(start, h, single)
}

// sides are the words that tell a place from its namesake.
const sides = "小大东西南北新老前后上下"

// side takes a side word before token k into the name: 小鲁店, 新九龙.
func (f *finder) side(k int) int {
	if k > 0 && oneOf(sides, f.Tokens[k-1].Text) && f.class[k-1] != boundStop {
		return f.Tokens[k-1].Start
	}
	return f.Tokens[k].Start
}

func (f *finder) long(start, h, single int) int {
	if single >= 2 && h-start >= 2 {
		return start
	}
	return -1
}
