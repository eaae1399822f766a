package extract

import (
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/lantu-kg/lantu/loaders/segment"
	"github.com/lantu-kg/lantu/schema"
)

// candidate is a span that a rule takes for a name.
type candidate struct {
	start, end int
	kind       schema.Kind
	rule       string
	weight     float64       // how strong the rule is among rules of spans as long
	aliases    []schema.Span // other names of the thing, overlapping the span
	inner      []schema.Kind // of longer names that it may stay inside of
}

func (c candidate) length() int { return c.end - c.start }

// finder finds the names of one passage.
type finder struct {
	*Text
	x       *Extractor
	names   *vocabulary
	class   []bound // by token
	at      []int   // by code point: the token that holds it
	quotes  []schema.Span
	quoteAt map[int]int         // where the label that begins here ends
	proper  []bool              // by token: a place, body or company known by name covers it
	listed  map[int]schema.Kind // by beginning of a label: what the list it stands in is of
	tails   map[int]int         // by beginning of a label: the end of the phrase that it begins
	places  []segment.PlaceMatch
	found   []candidate
}

func (x *Extractor) finder(t *Text) *finder {
	f := &finder{
		Text: t, x: x, names: x.names,
		class: make([]bound, len(t.Tokens)), at: make([]int, len(t.Runes)+1), proper: make([]bool, len(t.Tokens)), tails: map[int]int{}, quoteAt: map[int]int{}, listed: map[int]schema.Kind{},
	}
	for i, token := range t.Tokens {
		f.class[i] = f.names.classify(token)
		for k := token.Start; k < token.End; k++ {
			f.at[k] = i
		}
	}
	f.at[len(t.Runes)] = len(t.Tokens)
	f.reclassify()
	f.quotes = quoted(t.Runes)
	for _, q := range f.quotes {
		f.quoteAt[q.Start] = q.End
	}
	return f
}

// reclassify corrects what a word is by the words around it.
func (f *finder) reclassify() {
	f.rejoin()
	for i, token := range f.Tokens {
		if token.End-token.Start != 1 || token.Tag == "w" {
			continue
		}
		if f.class[i] == boundJoint {
			if i > 0 && f.Tokens[i-1].Text == "、" && token.Text != "、" {
				f.class[i] = boundNone // 、和谷产业园
			}
			if token.Text == "和" && f.single(i-1) && f.begins(i-1) && !oneOf(notBeforeJoint, f.Tokens[i-1].Text) {
				f.class[i] = boundNone // 恒和污水处理厂
			}
			continue
		}
		after := i > 0 && f.class[i-1] == boundNumber
		switch {
		case after && f.Tokens[i-1].Text[0] < utf8.RuneSelf && oneOf(counters, token.Text):
			f.class[i] = boundMeasure
		case f.class[i] == boundStop && oneOf(sideWords, token.Text) &&
			(f.single(i+1) && (f.begins(i) || f.single(i-1) || i > 0 && f.Tokens[i-1].Tag == "ns") ||
				f.single(i-1) && i+1 < len(f.Tokens) && strings.HasPrefix(f.Tokens[i+1].Tag, "HEAD_")):
			// 中新, 同福, 甬金衢上: no preposition inside a name.
			f.class[i] = boundNone
		case f.class[i] == boundLight && f.single(i+1),
			f.class[i] == boundMeasure && !after,
			token.Text == "能" && i > 0 && f.Tokens[i-1].Text == "赋":
			f.class[i] = boundNone
		}
	}
}

// rejoin gives the class of a bounding word to the tokens that it was cut
// into: 用|好, 获|批.
func (f *finder) rejoin() {
	for i := 0; i+1 < len(f.Tokens); i++ {
		if f.Tokens[i].Tag == "w" || f.class[i] == boundJoint || f.Tokens[i].End-f.Tokens[i].Start > 2 {
			continue
		}
		m, ok := f.names.bounding.LongestAt(f.Runes, f.Tokens[i].Start)
		if !ok || m.End <= f.Tokens[i].End || m.End != f.Tokens[i+1].End {
			continue
		}
		if c := f.names.bounds[m.Word]; c == boundGovernor || c == boundLight || c == boundStop {
			f.class[i], f.class[i+1] = c, c
		}
	}
}

// sideWords are prepositions and the like that also begin proper names.
const sideWords = "中上下内外前后里新同正未"

// notBeforeJoint are words of one character that 和 joins to others.
const notBeforeJoint = "国省市县区乡镇村人党水土江河湖山林我你他"

// single reports whether token i is one character that may stand in a name.
func (f *finder) single(i int) bool {
	return i >= 0 && i < len(f.Tokens) && f.class[i] == boundNone && f.Tokens[i].End-f.Tokens[i].Start == 1
}

// begins reports whether a name may begin with token i: a mark or verb
// stands before it.
func (f *finder) begins(i int) bool {
	if i == 0 {
		return true
	}
	switch f.class[i-1] {
	case boundGovernor, boundLight, boundJoint:
		return true
	case boundStop:
		return f.Tokens[i-1].Tag == "w" || f.Tokens[i-1].Text == "的"
	}
	return false
}

func (f *finder) add(c candidate) {
	if c.start < c.end {
		f.found = append(f.found, c)
	}
}

// mentions finds the names of a report's passages; the result is parallel to
// texts. A name that one passage makes sure of is found in the others too.
func (x *Extractor) mentions(texts []*Text) [][]Mention {
	finders := make([]*finder, len(texts))
	for i, t := range texts {
		finders[i] = x.finder(t)
		finders[i].find()
	}
	names := establish(finders)
	mentions := make([][]Mention, len(texts))
	for i, f := range finders {
		f.findEstablished(names)
		mentions[i] = f.settle()
	}
	return mentions
}

// find gathers the candidates of a passage. Later rules lean on the earlier:
// heads on places and known names, labels on heads and lists.
func (f *finder) find() {
	f.findPlaces()
	f.findKnown()
	f.findEconomies()
	f.findPlaced()
	f.findPlaceNames()
	f.findEpithets()
	f.findHeaded()
	f.findLists()
	f.findQuoted()
	f.findTitles()
	f.findPeople()
	f.findSubjects()
	f.mergeKnown()
}

// settle chooses among overlapping candidates, the longest first, and gathers
// them by name.
func (f *finder) settle() []Mention {
	slices.SortStableFunc(f.found, func(a, b candidate) int {
		switch {
		case a.length() != b.length():
			return b.length() - a.length()
		case a.weight > b.weight:
			return -1
		case a.weight < b.weight:
			return 1
		}
		return a.start - b.start
	})
	var kept []candidate
	owner := make([]int, len(f.Runes)) // the last kept that covers it, plus one
	holder := []int{0}                 // by kept, plus one: what it stands inside of
	for _, c := range f.found {
		first := owner[c.start]
		if first > 0 && kept[first-1].start == c.start && kept[first-1].end == c.end {
			kept[first-1].aliases = append(kept[first-1].aliases, c.aliases...)
			continue
		}
		if !f.fits(c, kept, owner, holder) {
			continue
		}
		kept = append(kept, c)
		holder = append(holder, first)
		for i := c.start; i < c.end; i++ {
			owner[i] = len(kept)
		}
	}
	slices.SortFunc(kept, func(a, b candidate) int {
		if a.start != b.start {
			return a.start - b.start
		}
		return b.end - a.end
	})
	return f.gather(kept)
}

// fits reports whether a candidate may stand beside and inside those kept.
func (f *finder) fits(c candidate, kept []candidate, owner, holder []int) bool {
	first := owner[c.start]
	for i := c.start; i < c.end; i++ {
		if owner[i] != first {
			return false
		}
	}
	for k := first; k > 0; k = holder[k] {
		if outer := kept[k-1]; !slices.Contains(c.inner, outer.kind) || outer.length() == c.length() {
			return false
		}
	}
	return true
}

// placesIn returns the places of the gazetteer that begin within a span.
func (f *finder) placesIn(start, end int) []segment.PlaceMatch {
	i := sort.Search(len(f.places), func(i int) bool { return f.places[i].Start >= start })
	j := i
	for j < len(f.places) && f.places[j].Start < end {
		j++
	}
	return f.places[i:j]
}

// mergeKnown makes a phrase that only adds a head to a known programme another
// name of it: 消费品以旧换新政策.
func (f *finder) mergeKnown() {
	longer := map[int]int{}
	for i, c := range f.found {
		if c.rule == "program.head" {
			longer[c.start] = i
		}
	}
	drop := map[int]bool{}
	for k := range f.found {
		known := &f.found[k]
		if i, ok := longer[known.start]; ok && known.rule == "program.known" && known.end < f.found[i].end {
			known.aliases = append(known.aliases, schema.Span{Start: known.start, End: f.found[i].end})
			drop[i] = true
		}
	}
	kept := f.found[:0]
	for i, c := range f.found {
		if !drop[i] {
			kept = append(kept, c)
		}
	}
	f.found = kept
}

// gather makes one mention of the candidates of a name.
func (f *finder) gather(kept []candidate) []Mention {
	type key struct {
		name string
		kind schema.Kind
	}
	index := map[key]int{}
	var mentions []Mention
	for _, c := range kept {
		span := schema.Span{Start: c.start, End: c.end}
		k := key{f.String(span), c.kind}
		i, ok := index[k]
		if !ok {
			i = len(mentions)
			index[k] = i
			mentions = append(mentions, Mention{Name: k.name, Kind: c.kind, Rule: c.rule, Confidence: nameConfidence[c.rule]})
		}
		m := &mentions[i]
		m.Spans = append(m.Spans, span)
		if own := nameConfidence[c.rule]; own > m.Confidence {
			m.Rule, m.Confidence = c.rule, own
		}
		for _, a := range c.aliases {
			name := f.String(a)
			if name != m.Name && !slices.ContainsFunc(m.Aliases, func(b Alias) bool { return b.Name == name }) {
				m.Aliases = append(m.Aliases, Alias{Name: name, Span: a})
			}
		}
	}
	return mentions
}

// quoted returns the spans inside quotation marks, of the outermost pairs.
func quoted(runes []rune) []schema.Span {
	var spans []schema.Span
	open, straight := -1, false
	closing := func(i int) {
		if i > open+1 {
			spans = append(spans, schema.Span{Start: open + 1, End: i})
		}
		open = -1
	}
	for i, r := range runes {
		switch {
		case isHan(r): // most of a text
		case r == '“' || r == '「':
			open, straight = i, false
		case r == '”' || r == '」':
			if open >= 0 && !straight {
				closing(i)
			}
		case r == '"' && open >= 0 && straight:
			closing(i)
		case r == '"':
			open, straight = i, true
		case strings.ContainsRune("。！？", r):
			open = -1
		}
	}
	return spans
}
