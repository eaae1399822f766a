package extract

import (
	"sort"
	"strings"

	"github.com/lantu-kg/lantu/loaders/document"
	"github.com/lantu-kg/lantu/loaders/segment"
	"github.com/lantu-kg/lantu/schema"
)

// Text is a passage prepared for the rules.
type Text struct {
	Passage   schema.Passage
	Runes     []rune // of Passage.Text; every span indexes these
	Tokens    []segment.Token
	Sentences []schema.Span // up to and including 。！？； and the like
	Clauses   []schema.Span // up to and including ，、 excluded: commas and sentence ends
	Mood      schema.SectionMood
	Period    schema.Period // the time the passage's section speaks of, where known
	Report    *Context
}

// Context is what is known of the whole report while reading its passages.
type Context struct {
	Report      schema.Report
	RegionCode  string            // division code of the report's region, "" when unknown
	RegionLevel schema.PlaceLevel // its level
	RegionNames []string          // the names it goes by: 高唐县 高唐 我县 全县
	Ladder      []segment.Place   // the region and what it lies in, nearest first
	Headings    map[int]string    // heading by section ordinal
}

// String returns the text at a span.
func (t *Text) String(s schema.Span) string { return string(t.Runes[s.Start:s.End]) }

// SentenceAt returns the sentence that holds position i.
func (t *Text) SentenceAt(i int) schema.Span { return holding(t.Sentences, i) }

// ClauseAt returns the clause that holds position i.
func (t *Text) ClauseAt(i int) schema.Span { return holding(t.Clauses, i) }

// tokensIn returns the tokens that lie between two positions.
func (t *Text) tokensIn(start, end int) []segment.Token {
	from := sort.Search(len(t.Tokens), func(k int) bool { return t.Tokens[k].Start >= start })
	to := sort.Search(len(t.Tokens), func(k int) bool { return t.Tokens[k].End > end })
	return t.Tokens[from:max(from, to)]
}

// holding returns the span of consecutive, sorted spans that holds i.
func holding(spans []schema.Span, i int) schema.Span {
	k := sort.Search(len(spans), func(k int) bool { return spans[k].End > i })
	if k == len(spans) {
		return schema.Span{Start: i, End: i}
	}
	return spans[k]
}

// texts prepares a report's passages.
func (x *Extractor) texts(doc *document.Document) []*Text {
	c := x.context(doc)
	texts := make([]*Text, len(doc.Passages))
	for i, p := range doc.Passages {
		t := &Text{Passage: p, Runes: []rune(p.Text), Tokens: x.segmenter.Segment(p.Text), Report: c}
		t.Sentences = split(t.Runes, "。！？；!?;\t")
		t.Clauses = split(t.Runes, "。！？；!?;，,：:\t")
		if p.Section >= 0 && p.Section < len(doc.Sections) {
			t.Mood, t.Period = doc.Sections[p.Section].Mood, doc.Sections[p.Section].Period
		}
		if t.Period.IsZero() {
			t.Period = doc.Report.Period
			if t.Mood == schema.MoodPlan && !doc.Report.Aim.IsZero() {
				t.Period = doc.Report.Aim
			}
		}
		texts[i] = t
	}
	return texts
}

func (x *Extractor) context(doc *document.Document) *Context {
	c := &Context{Report: doc.Report, Headings: map[int]string{}}
	for _, s := range doc.Sections {
		c.Headings[s.Ordinal] = s.Heading
	}
	if place, ok := x.Region(doc); ok {
		c.RegionCode, c.RegionLevel = place.Code, place.Level
		c.Ladder = x.gazetteer.Ladder(place.Code)
	}
	c.RegionNames = regionNames(doc.Report.Region, c.Ladder)
	return c
}

// Region resolves the report's region, false when the gazetteer does not know
// it. Of homonyms it is the one whose province or city the report names most.
func (x *Extractor) Region(doc *document.Document) (segment.Place, bool) {
	if place, ok := x.gazetteer.Resolve(doc.Report.Region, ""); ok {
		return place, true
	}
	var best segment.Place
	most := 0
	for _, c := range x.gazetteer.Find(doc.Report.Region) {
		if c.Form != segment.FullName {
			continue
		}
		named := 0
		for _, above := range x.gazetteer.Ladder(c.Code)[1:] {
			for _, p := range doc.Passages {
				named += strings.Count(p.Text, above.Name)
			}
		}
		if named > most {
			best, most = c.Place, named
		}
	}
	return best, most > 0
}

// regionNames gives the names by which a report calls its own region: stacked
// with the region above, full, short, and 我区 and 全区 of the same suffix.
func regionNames(region string, ladder []segment.Place) []string {
	var names []string
	add := func(n string) {
		for _, have := range names {
			if have == n {
				return
			}
		}
		if n != "" {
			names = append(names, n)
		}
	}
	add(region)
	own := region
	if len(ladder) > 0 {
		own = ladder[0].Name
		add(own)
		if len(ladder) > 1 {
			add(ladder[1].Name + own)
		}
	}
	rs := []rune(own)
	for _, suffix := range []string{"特别行政区", "自治区", "自治州", "自治县", "省", "市", "区", "县", "州", "盟", "旗"} {
		short, cut := strings.CutSuffix(own, suffix)
		if !cut {
			continue
		}
		if len([]rune(short)) >= 2 {
			add(short)
		}
		last := string(rs[len(rs)-1])
		add("我" + last)
		add("全" + last)
		break
	}
	return names
}

// split cuts runes into consecutive spans, each ending with one of the marks.
// A mark between two digits (a thousands separator, a time) or inside a pair
// of brackets or quotes does not cut.
func split(runes []rune, marks string) []schema.Span {
	var spans []schema.Span
	start, depth := 0, 0
	for i, r := range runes {
		if isHan(r) { // most of a text
			continue
		}
		switch r {
		case '（', '(', '《':
			depth++
		case '）', ')', '》':
			depth = max(0, depth-1)
		}
		if !strings.ContainsRune(marks, r) || depth > 0 {
			continue
		}
		if i > 0 && i+1 < len(runes) && isDigit(runes[i-1]) && isDigit(runes[i+1]) {
			continue
		}
		spans = append(spans, schema.Span{Start: start, End: i + 1})
		start = i + 1
	}
	if start < len(runes) {
		spans = append(spans, schema.Span{Start: start, End: len(runes)})
	}
	return spans
}

func isHan(r rune) bool { return r >= 0x4e00 && r <= 0x9fff }

func isDigit(r rune) bool { return r >= '0' && r <= '9' }
