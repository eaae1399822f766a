package extract

import (
	"slices"
	"strings"

	"github.com/lantu-kg/lantu/loaders/segment"
	"github.com/lantu-kg/lantu/schema"
)

// findLists finds the members of enumerations that a general noun closes:
// A、B等4个项目, A、B、C3个文化站.
func (f *finder) findLists() {
	for i, token := range f.Tokens {
		switch {
		case token.Text == "等" || token.Text == "等等":
			f.list(i, i+1, 1)
		case f.class[i] == boundNumber && i > 0 && f.class[i-1] != boundStop && f.class[i-1] != boundJoint:
			f.list(i, i, 2)
		}
	}
}

// list reads the enumeration that ends before token end and whose closing
// noun begins at token noun; fewer members than least are none.
func (f *finder) list(end, noun, least int) {
	kind, word, ok := f.closing(noun)
	if !ok {
		return
	}
	members := f.members(end)
	if len(members) < least || strings.HasSuffix(word, "领域") && !f.industries(members) {
		return
	}
	for _, m := range members {
		f.member(m, kind)
	}
}

// industries reports whether a list of fields is one of industries: one of
// its members must be known as one, for 就业、教育等领域 are public duties.
func (f *finder) industries(members []schema.Span) bool {
	for _, m := range members {
		if e, ok := f.x.lexicon.LongestEndingAt(f.Runes, m.End, "INDUSTRY"); ok && !f.x.lexicon.Has(e.Word, "SOCIAL") {
			return true
		}
	}
	return false
}

// closing returns the kind that the noun phrase at token i, with or without
// a count, closes a list of, and the noun.
func (f *finder) closing(i int) (schema.Kind, string, bool) {
	counted := false
	if i+1 < len(f.Tokens) && f.opens(i) && greatest(f.Tokens[i+1].Text) {
		i++ // 等“十大产业项目”
	}
	for ; i < len(f.Tokens); i++ {
		if c := f.class[i]; c == boundNumber || c == boundMeasure || greatest(f.Tokens[i].Text) || f.x.lexicon.Has(f.Tokens[i].Text, "AMOUNT") {
			counted = true
			continue
		}
		break
	}
	if i >= len(f.Tokens) {
		return "", "", false
	}
	start := f.Tokens[i].Start
	if counted {
		if m, ok := f.x.lexicon.LongestAt(f.Runes, start, "LIST_NOUN"); ok && f.ends(m.End) {
			return schema.Kind(m.Extra), m.Word, true
		}
	}
	kind, word := schema.Kind(""), ""
	for ; i < len(f.Tokens) && f.Tokens[i].End-start <= 14; i++ {
		c := f.class[i]
		if c != boundNone && c != boundGeneric && c != boundRegion {
			break
		}
		if m, ok := f.x.lexicon.LongestEndingAt(f.Runes, f.Tokens[i].End, "LIST_NOUN"); ok && m.Start >= start && f.Tokens[f.at[m.Start]].Start == m.Start {
			kind, word = schema.Kind(m.Extra), m.Word
		}
	}
	if kind == schema.KindPlace && i < len(f.Tokens) {
		if m, ok := f.names.heading.LongestEndingAt(f.Runes, f.Tokens[i-1].End); ok && m.Start > start && m.Word != word {
			return "", "", false // 等城市联赛
		}
	}
	return kind, word, kind != ""
}

// greatest reports whether a word counts the great ones of a kind: 十大.
func greatest(word string) bool {
	count, ok := strings.CutSuffix(word, "大")
	return ok && count != "" && strings.Trim(count, "两三四五六七八九十百") == ""
}

// ends reports whether a token ends at code point end.
func (f *finder) ends(end int) bool {
	return end >= len(f.Runes) || f.Tokens[f.at[end]].Start == end
}

// maxMember and maxMembers bound what is read as a list.
const (
	maxMember  = 26
	maxMembers = 40
)

// members returns the members of the enumeration that ends before token i,
// from the last to the first.
func (f *finder) members(i int) []schema.Span {
	var spans []schema.Span
	end := f.Tokens[i].Start
	start := end
	flush := func() {
		if start < end {
			spans = append(spans, schema.Span{Start: start, End: end})
		}
	}
	k := i - 1
	for ; k >= 0 && len(spans) < maxMembers; k-- {
		token := f.Tokens[k]
		if end-token.Start > maxMember && f.class[k] != boundJoint {
			return spans
		}
		switch f.class[k] {
		case boundJoint:
			if token.Text == "与" && len(spans) > 0 {
				break
			}
			flush()
			end, start = token.Start, token.Start
			continue
		case boundStop:
			if open, ok := f.opening(token); ok {
				start = open
				k = f.at[open]
				continue
			}
			if open, ok := f.bracket(k); ok {
				k = open
				start = f.Tokens[k].Start
				continue
			}
			if oneOf(innerMarks, token.Text) && start == token.End || token.Tag == "w" && strings.TrimSpace(token.Text) == "" {
				start = token.Start
				continue
			}
		case boundGovernor:
		case boundNumber:
			if f.labels(k) || start == end {
				start = token.Start
				continue
			}
		case boundMeasure:
			if k == 0 || f.class[k-1] != boundNumber || f.labels(k-1) {
				start = token.Start
				continue
			}
		default:
			start = token.Start
			continue
		}
		break
	}
	flush()
	// The first members lose what stands before the name: 新建、改建甲路.
	for n := len(spans) - 1; n >= 0; n-- {
		m := &spans[n]
		for j := f.at[m.Start]; m.Start < m.End && f.drops(j, schema.KindProject); j++ {
			m.Start = min(f.Tokens[j].End, m.End)
		}
		if m.Start < m.End {
			break
		}
		spans = spans[:n]
	}
	return spans
}

// bracket returns the token that opens the short bracket closed by token k.
func (f *finder) bracket(k int) (int, bool) {
	if t := f.Tokens[k].Text; t != "）" && t != ")" {
		return 0, false
	}
	for j := k - 1; j >= 0 && f.Tokens[k].End-f.Tokens[j].Start <= 14; j-- {
		if t := f.Tokens[j].Text; t == "（" || t == "(" {
			return j, true
		}
	}
	return 0, false
}

// member adds a member of a list that a noun of the kind closes: its own head
// may tell another kind.
func (f *finder) member(m schema.Span, kind schema.Kind) {
	labels := f.quotesIn(m.Start+1, m.End-1)
	for _, q := range labels {
		f.listed[q.Start] = kind
	}
	if n := len(labels); n > 0 && labels[n-1].End+1 == m.End {
		return // by their labels
	}
	length := m.End - m.Start
	if length < 2 || length > maxMember {
		return
	}
	p := f.profile(m.Start, m.End)
	switch head, ok := f.names.heading.LongestEndingAt(f.Runes, m.End); {
	case ok && head.Extra != "weak" && head.Start > m.Start && kind != schema.KindIndustry && kind != schema.KindPlace && kind != schema.KindProgram:
		kind = f.names.kinds[head.Tag]
	case kind == schema.KindProject && f.street(m.End):
		kind = schema.KindPlace
	case kind == schema.KindIndustry:
		if length > 10 || p.content < 2 || f.x.lexicon.Has(f.String(m), "SOCIAL") {
			return
		}
	case kind == schema.KindPlace && ok && head.Tag == "HEAD_PROJECT" && head.Extra == "short":
		kind = schema.KindProject // 华建路西延
	case kind == schema.KindPlace:
		f.placeMember(m)
		return
	case kind == schema.KindProgram:
		if p.content < 4 {
			return
		}
	case kind == schema.KindProject:
		if ok && head.Tag == "HEAD_ENTERPRISE" && p.proper() && length <= 6 {
			kind = schema.KindEnterprise
		} else if !p.proper() && p.content < 3 {
			return
		}
	case kind == schema.KindPark || kind == schema.KindFacility:
		if !p.proper() {
			return
		}
	case kind == schema.KindEnterprise || kind == schema.KindOrganization:
		if p.content < 2 || f.general(m) {
			return
		}
	}
	c := candidate{start: m.Start, end: m.End, kind: kind, rule: ruleOf(kind, "list"), weight: 0.75}
	if kind == schema.KindFacility && f.landmark(m) {
		c.weight = 0.85 // 白石山、涞源湖等景区
	}
	f.add(c)
}

// landmark reports whether a name is that of a natural place.
func (f *finder) landmark(m schema.Span) bool {
	return slices.ContainsFunc(f.placesIn(m.Start, m.End), func(g segment.PlaceMatch) bool {
		return g.Start == m.Start && g.End == m.End && (g.Place.Level == schema.LevelWater || g.Place.Level == schema.LevelArea)
	})
}

// street reports whether a name that ends at code point end is of a street.
func (f *finder) street(end int) bool {
	m, ok := f.x.lexicon.LongestEndingAt(f.Runes, end, "HEAD_PLACE")
	return ok && f.Tokens[f.at[m.Start]].Start == m.Start && m.Extra == string(schema.LevelRoad) && (m.End-m.Start == 1 || m.Word == "大道" || m.Word == "大街")
}

// general reports whether a phrase ends in a word that names a class: 企业.
func (f *finder) general(m schema.Span) bool {
	last := f.at[m.End-1]
	return f.class[last] == boundGeneric || f.x.lexicon.Has(f.Tokens[last].Text, "LIST_NOUN")
}

// placeMember adds a member of a list of places, in two where a town stands
// before its village: 十八里店小武基.
func (f *finder) placeMember(m schema.Span) {
	if m.End-m.Start > 12 || f.general(m) {
		return
	}
	c := candidate{start: m.Start, end: m.End, kind: schema.KindPlace, rule: "place.list", weight: 0.8}
	for _, g := range f.placesIn(m.Start, m.End) {
		if g.Start == m.Start+1 && !strings.ContainsRune(sides, f.Runes[m.Start]) {
			c.start = g.Start // the end of a verb: 对|标
		}
		if g.Start == m.Start && g.End < m.End && m.End-g.End >= 2 && g.Place.Level == schema.LevelStreet {
			f.add(candidate{start: g.Start, end: g.End, kind: schema.KindPlace, rule: "place.list", weight: 0.8})
			c.start = g.End
		}
	}
	f.add(c)
}
