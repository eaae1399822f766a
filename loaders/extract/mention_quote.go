package extract

import (
	"sort"
	"strings"

	"github.com/lantu-kg/lantu/schema"
)

// maxMotto is the length in code points from which a label that begins with
// a verb rather exhorts than names.
const maxMotto = 8

// findQuoted finds what quotation marks name.
func (f *finder) findQuoted() {
	for _, q := range f.quotes {
		f.quotedName(q)
	}
}

// quotedName weighs what stands around and in a label.
func (f *finder) quotedName(q schema.Span) {
	label := string(f.Runes[q.Start:q.End])
	if q.End-q.Start > 24 || q.End-q.Start < 2 || strings.ContainsAny(label, "。；，,！？") {
		return
	}
	kind, score, tail := schema.KindProgram, 0, 0
	if f.figure(q) {
		return
	}
	if m, ok := f.x.lexicon.LongestAt(f.Runes, f.afterQuotes(q.End+1), "QUOTE_AFTER"); ok {
		if m.Extra == "none" {
			score -= 2
		} else {
			kind = schema.Kind(m.Extra)
			score += 2
			if m.Start == q.End+1 {
				tail = m.End
			}
		}
	}
	if end := f.tails[q.Start]; end > 0 {
		if head, ok := f.names.heading.LongestEndingAt(f.Runes, end); ok && score == 0 && head.Extra != "weak" {
			kind = f.names.kinds[head.Tag]
			if kind == schema.KindProject && strings.HasSuffix(head.Word, "工程") && !f.works(q.End, head.Start) {
				kind = schema.KindProgram
			}
			score += 2
		}
		tail = max(tail, end)
	}
	if f.partOfLabel(q) {
		return
	}
	if k, ok := f.listed[q.Start]; ok && score <= 0 {
		kind = k
		score += 2
	}
	if head, ok := f.names.heading.LongestEndingAt(f.Runes, q.End); ok && head.Start > q.Start && head.Extra != "weak" && head.Word != "项目" {
		if !strings.ContainsAny(label, "+＋") && !enumerates(label) {
			kind = f.names.kinds[head.Tag]
		}
		score += 3
	}
	if counts(label) {
		score++
	}
	if first := f.at[q.Start]; q.End-q.Start > maxMotto && (f.class[first] == boundGovernor || f.class[first] == boundLight) {
		score -= 2 // an exhortation
	}
	if n := q.End - q.Start; strings.HasSuffix(label, "产业") && n > 3 && n <= maxMotto {
		kind = schema.KindIndustry
		score += 2
	}
	if m, ok := f.x.lexicon.LongestEndingAt(f.Runes, q.End, "QUOTE_NONE_END"); ok && m.Start > q.Start {
		score -= 2
	}
	for _, e := range f.x.lexicon.Lookup(label) {
		if k, ok := knownKinds[e.Tag]; ok && e.Extra != "weak" {
			kind, score = k, 5
		}
	}
	switch before := f.beforeQuote(q.Start - 1); before {
	case "":
	case "none":
		score -= 4
	case string(schema.KindProgram):
		score++
	default:
		kind = schema.Kind(before)
		score++
	}
	if score < 1 || kind == schema.KindPark && strings.ContainsAny(label, "+＋") {
		return
	}
	c := candidate{start: q.Start, end: q.End, kind: kind, rule: ruleOf(kind, "quoted"), weight: min(0.9, 0.5+0.1*float64(score))}
	if tail > 0 {
		c.aliases = append(c.aliases, schema.Span{Start: q.Start - 1, End: tail})
	}
	f.add(c)
}

// figure reports whether a label is a known figure of speech or class of
// things: 三农, 空心村.
func (f *finder) figure(q schema.Span) bool {
	return f.x.lexicon.Has(f.String(q), "QUOTE_NONE")
}

// afterQuotes returns where the text goes on behind a list of labels that
// begins behind the quotation mark before code point i.
func (f *finder) afterQuotes(i int) int {
	for range maxMembers {
		i = f.skipNotes(i)
		k := i
		if k < len(f.Runes) && strings.ContainsRune("、和与", f.Runes[k]) {
			k++
		}
		closing, ok := f.quoteAt[k+1]
		if !ok {
			break
		}
		i = closing + 1
	}
	return i
}

// maxLabels bounds the labels of a passage that are compared with each other.
const maxLabels = 200

// partOfLabel reports whether a label is a part of another of the passage:
// 一轴 of 一轴两带.
func (f *finder) partOfLabel(q schema.Span) bool {
	if len(f.quotes) > maxLabels {
		return false
	}
	label := f.String(q)
	for _, other := range f.quotes {
		if other.End-other.Start > q.End-q.Start && strings.Contains(f.String(other), label) {
			return true
		}
	}
	return false
}

// skipNotes skips a note mark such as [12], 〔2〕 and (5) at code point i.
func (f *finder) skipNotes(i int) int {
	if i >= len(f.Runes) || !strings.ContainsRune("[〔【(（", f.Runes[i]) {
		return i
	}
	for k := i + 1; k < len(f.Runes) && k < i+5; k++ {
		if strings.ContainsRune("]〕】)）", f.Runes[k]) {
			return k + 1
		}
		if !isDigit(f.Runes[k]) {
			break
		}
	}
	return i
}

// beforeQuote classifies what stands before a quotation mark, or before the
// list of labels that it closes.
func (f *finder) beforeQuote(open int) string {
	for n := 0; open > 0 && n < 2*maxMembers; n++ {
		if strings.ContainsRune("、和与", f.Runes[open-1]) {
			open--
			continue
		}
		last := f.quotesBefore(open)
		if last < 0 || f.skipNotes(f.quotes[last].End+1) != open {
			break
		}
		open = f.quotes[last].Start - 1
	}
	for i := f.at[open] - 1; i >= 0 && (f.class[i] == boundRegion || f.class[i] == boundGeneric); i-- {
		open = f.Tokens[i].Start
	}
	if m, ok := f.x.lexicon.LongestEndingAt(f.Runes, open, "QUOTE_BEFORE"); ok {
		return m.Extra
	}
	return ""
}

// counts reports whether a label has the form of a programme that counts its
// parts: 1+7, 三区同建.
func counts(label string) bool {
	return strings.ContainsAny(label, "+＋0123456789") ||
		strings.ContainsRune("一二三四五六七八九十百千万两双多", []rune(label)[0])
}

// enumerates reports whether a label counts twice or more: 一城一河一机场.
func enumerates(label string) bool {
	n := 0
	for _, r := range label {
		if strings.ContainsRune("一二三四五六七八九十两双多", r) {
			n++
		}
	}
	return n > 1 && counts(label)
}

// findTitles finds plans, schemes and rules named in 《》.
func (f *finder) findTitles() {
	open := -1
	for i, r := range f.Runes {
		switch {
		case r == '《':
			open = i + 1
		case r == '》' && open >= 0:
			if head, ok := f.x.lexicon.LongestEndingAt(f.Runes, i, "HEAD_PROGRAM", "DOCUMENT", "TITLE_HEAD"); ok && head.Start > open {
				f.add(candidate{start: open, end: i, kind: schema.KindProgram, rule: "program.title", weight: 0.9})
			}
			open = -1
		}
	}
}

// quotesIn returns the labels that stand within a span.
func (f *finder) quotesIn(start, end int) []schema.Span {
	i := sort.Search(len(f.quotes), func(i int) bool { return f.quotes[i].Start >= start })
	j := i
	for j < len(f.quotes) && f.quotes[j].End <= end {
		j++
	}
	return f.quotes[i:j]
}

// quotesBefore returns the last label that closes before code point i, -1 for
// none.
func (f *finder) quotesBefore(i int) int {
	return sort.Search(len(f.quotes), func(k int) bool { return f.quotes[k].End >= i }) - 1
}
