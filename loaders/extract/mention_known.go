package extract

import (
	"strings"

	"github.com/lantu-kg/lantu/schema"
)

// knownTags are the lexicon's tags of names known throughout the country.
var knownTags = []string{"PROGRAM", "INDUSTRY", "ENTERPRISE", "ORGANIZATION", "FACILITY", "EVENT"}

var knownKinds = map[string]schema.Kind{
	"PROGRAM": schema.KindProgram, "INDUSTRY": schema.KindIndustry, "ENTERPRISE": schema.KindEnterprise,
	"ORGANIZATION": schema.KindOrganization, "FACILITY": schema.KindFacility, "EVENT": schema.KindEvent,
}

// industryHolders are the kinds whose names tell the industry that they serve.
var industryHolders = []schema.Kind{schema.KindPark, schema.KindProgram, schema.KindFacility}

// bodyHolders are the kinds whose names tell the body or company behind them.
var bodyHolders = []schema.Kind{schema.KindPark, schema.KindProject, schema.KindFacility}

// findKnown finds names that the lexicon holds.
func (f *finder) findKnown() {
	end := 0
	for _, token := range f.Tokens {
		if token.Start < end {
			continue
		}
		m, ok := f.names.known.LongestAt(f.Runes, token.Start)
		if !ok || !f.ends(m.End) {
			continue
		}
		end = m.End
		kind := knownKinds[m.Tag]
		if i := f.at[m.Start]; kind == schema.KindProgram && i > 0 && (f.class[i-1] == boundMeasure || f.class[i-1] == boundNumber) {
			continue
		}
		c := candidate{start: m.Start, end: m.End, kind: kind, rule: ruleOf(kind, "known"), weight: 0.8}
		if kind == schema.KindIndustry {
			if !f.industry(&c, m.Extra == "weak") {
				continue
			}
		} else {
			f.markProper(m.Start, m.End)
			if kind == schema.KindOrganization {
				c.inner = bodyHolders
			}
		}
		f.add(c)
	}
}

// industry settles whether a word of an industry names one here: a weak one
// does only with 产业 or the like behind it, which makes a second name.
func (f *finder) industry(c *candidate, weak bool) bool {
	if !weak {
		c.inner = industryHolders
	}
	sure := !weak
	for _, tail := range []string{"产业", "行业"} {
		if end := c.end + 2; f.follows(c.end, tail) && (end >= len(f.Runes) || !strings.ContainsRune("园化集强带基", f.Runes[end])) {
			c.aliases = append(c.aliases, schema.Span{Start: c.start, End: end})
			sure = true
		}
	}
	return sure
}

// follows reports whether word stands at code point i.
func (f *finder) follows(i int, word string) bool {
	for _, r := range word {
		if i >= len(f.Runes) || f.Runes[i] != r {
			return false
		}
		i++
	}
	return true
}

// aligned reports whether a span begins and ends with tokens.
func (f *finder) aligned(start, end int) bool {
	i, j := f.at[start], f.at[end]
	return f.Tokens[i].Start == start && (j >= len(f.Tokens) || f.Tokens[j].Start == end)
}

func (f *finder) markProper(start, end int) {
	for i := f.at[start]; i < len(f.Tokens) && f.Tokens[i].Start < end; i++ {
		f.proper[i] = true
	}
}
