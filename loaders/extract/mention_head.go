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
		if head, ok := f.x.lexicon.LongestEndingAt(f.Runes, token.End, f.names.heads...); ok {
			f.headed(head)
		}
	}
}

func (f *finder) headed(head segment.LexiconMatch) {
	kind := f.names.kinds[head.Tag]
	weak := head.Extra == "weak"
	if kind == schema.KindEnterprise && weak {
		return
	}
	e := f.left(head.Start, kind)
	p := f.profile(e.start, head.Start)
	if (e.quantity || f.counted(head.End)) && !p.proper() {
		return
	}
	c := candidate{start: e.start, end: head.End, kind: kind, confidence: 0.6}
	if p.proper() {
		c.confidence = 0.8
	}
	switch kind {
	case schema.KindProgram:
		if p.quote || p.content < 2 || weak && (!e.governed || p.content < 4) {
			return
		}
		if strings.HasSuffix(head.Word, "工程") && f.works(e.start, head.Start) {
			c.kind = schema.KindProject
		}
	case schema.KindProject:
		if !p.proper() && (weak || p.content < 4) {
			return
		}
	default:
		if !p.proper() && (weak || p.content < 2) {
			return
		}
	}
	c.rule = ruleOf(c.kind, "head")
	f.add(c)
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
	place, quote, label, known, odd bool
	content                         int // code points that are not general words
}

// proper reports whether a proper name is among the modifiers.
func (p profile) proper() bool { return p.place || p.quote || p.label || p.known || p.odd }

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
		case n > 1 && (token.Tag == "ns" || token.Tag == "nr" || token.Tag == "nt"):
			p.place = true
		case token.Tag == "nx", token.Tag == "m" && token.Text[0] < utf8.RuneSelf:
			p.label = true
		}
		if n == 1 && f.class[i] == boundNone && token.Tag != "m" && token.Tag != "nx" {
			single++
			p.odd = p.odd || single >= 2
		} else {
			single = 0
		}
		if f.class[i] != boundGeneric && f.class[i] != boundStop && f.class[i] != boundRegion {
			p.content += n
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
