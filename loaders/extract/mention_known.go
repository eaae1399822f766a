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
	sure := !weak || !f.x.lexicon.Has(f.String(schema.Span{Start: c.start, End: c.end}), "SOCIAL") && f.grown(c.start, c.end)
	for _, tail := range []string{"产业", "行业"} {
		if end := c.end + 2; f.follows(c.end, tail) && (end >= len(f.Runes) || !strings.ContainsRune("园化集强带基", f.Runes[end])) {
			c.aliases = append(c.aliases, schema.Span{Start: c.start, End: end})
			sure = true
		}
	}
	return sure
}

// maxGrown bounds how far before an industry the verb of its list stands.
const maxGrown = 30

// grown reports whether the industry named by a span is what the clause says
// is grown, alone or among others of its list: 发展水运、航运.
func (f *finder) grown(start, end int) bool {
	if j := f.at[end]; j < len(f.Tokens) && f.class[j] != boundJoint && f.class[j] != boundStop {
		return false
	}
	i := f.at[start] - 1
	if i < 0 {
		return false
	}
	for listed := f.class[i] == boundJoint; listed && i >= 0 && start-f.Tokens[i].Start <= maxGrown; i-- {
		if f.class[i] != boundJoint && f.class[i] != boundNone {
			break
		}
	}
	return i >= 0 && f.x.lexicon.Has(f.Tokens[i].Text, "VERB_GROW")
}

// findEconomies finds industries that are called an economy of something where
// they are what is grown: 发展夜游经济.
func (f *finder) findEconomies() {
	for i, token := range f.Tokens {
		if !strings.HasSuffix(token.Text, "经济") {
			continue
		}
		start := token.Start
		if token.End-token.Start == 2 {
			if i == 0 || f.class[i-1] != boundNone || f.Tokens[i-1].End-f.Tokens[i-1].Start < 2 {
				continue
			}
			start = f.Tokens[i-1].Start
		}
		if f.x.lexicon.Has(string(f.Runes[start:token.End]), "NO_INDUSTRY") || !f.grown(start, token.End) {
			continue
		}
		f.add(candidate{start: start, end: token.End, kind: schema.KindIndustry, rule: "industry.grown", weight: 0.7, inner: industryHolders})
	}
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
