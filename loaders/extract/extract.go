// Package extract finds what a report says, passage by passage: mentions of
// entities, claims about them, and observations.
//
// Rules stand in families, one file a family, each finding with its own rule
// id:
//
//	mention*.go   text -> Mention
//	relate*.go    mentions -> Claim
//	observe*.go   numbers -> Observation
//	check.go      Observation -> what follows from it and whether it agrees
//	pronoun.go    该园区 and the like, read as the names they stand for
//
// Findings refer to the passage's mentions by position; giving them one
// identity across passages and reports is package resolve's work.
package extract

import (
	"github.com/lantu-kg/lantu/loaders/document"
	"github.com/lantu-kg/lantu/loaders/gold"
	"github.com/lantu-kg/lantu/loaders/segment"
	"github.com/lantu-kg/lantu/schema"
)

// Ref points at a mention of the same passage, or is [Region].
type Ref int

// Region stands for the report's own region where it is the unspoken subject
// or place. None stands where nothing does.
const (
	Region Ref = -1
	None   Ref = -2
)

// Mention is a named thing of a passage, once a passage.
type Mention struct {
	Name       string // longest name as written, without enclosing quotes
	Kind       schema.Kind
	Spans      []schema.Span // every occurrence of Name, the first first
	Aliases    []Alias
	Rule       string
	Confidence float64
}

// Alias is a shorter name of a mention in the same passage.
type Alias struct {
	Name string
	Span schema.Span
}

// Claim relates two mentions, or holds a text or status.
type Claim struct {
	Subject    Ref
	Relation   schema.Relation
	Object     Ref    // None when Value is set
	Value      string // text of an honour, or a schema.Status
	Modality   schema.Modality
	Period     schema.Period // only where the sentence states one
	List       *schema.List  // where an end is named in a list that is cut short
	Rank       *schema.Standing
	Span       schema.Span // the words that say it: the clause, or the sentence
	Rule       string
	Confidence float64
}

// Observation is a measured number.
type Observation struct {
	About         Ref
	Measure       string
	MeasureSpan   schema.Span
	Value         float64
	Unit          string
	Type          schema.ObservationType
	Amount        float64 // value with the unit's scale multiplied in
	BaseUnit      string  // the unit without its scale
	Hedge         schema.Hedge
	Basis         string
	Period        schema.Period // stated, else the section's
	AnnualAverage bool          // see [schema.Observation]
	Modality      schema.Modality
	Span          schema.Span // the number and its unit
	Rule          string
	Confidence    float64
	Derived       []schema.Derived
	Checks        []Check
}

// Found is what stands in one passage.
type Found struct {
	Mentions     []Mention
	Claims       []Claim
	Observations []Observation
}

// Extractor reads reports. It is safe for concurrent use.
type Extractor struct {
	segmenter *segment.Segmenter
	lexicon   *segment.Lexicon
	gazetteer *segment.Gazetteer
	names     *vocabulary
	judge     *Judge           // nil leaves the rules to themselves
	relating  *segment.Lexicon // the part of the lexicon under relationTags
}

// New returns an extractor over Lantu's own dictionary, lexicon, gazetteer and
// judge.
func New() (*Extractor, error) {
	s, err := segment.Default()
	if err != nil {
		return nil, err
	}
	l, err := segment.DefaultLexicon()
	if err != nil {
		return nil, err
	}
	g, err := segment.DefaultGazetteer()
	if err != nil {
		return nil, err
	}
	j, err := builtinJudge()
	if err != nil {
		return nil, err
	}
	return &Extractor{segmenter: s, lexicon: l, gazetteer: g, names: newVocabulary(l), relating: l.Only(relationTags...), judge: j}, nil
}

// Extract finds what each passage of a report says; the result is parallel to
// doc.Passages.
func (x *Extractor) Extract(doc *document.Document) []Found {
	texts := x.texts(doc)
	found := make([]Found, len(texts))
	mentions := x.mentions(texts)
	x.refine(texts, mentions)
	for i, t := range texts {
		f := &found[i]
		f.Mentions = mentions[i]
		if x.judge != nil {
			f.Mentions = x.judge.judgeMentions(x, t, f.Mentions)
		}
		f.Claims = x.relate(t, f.Mentions)
		f.Observations = x.observe(t, f.Mentions)
		if x.judge != nil {
			x.judge.judgeClaims(t, f.Mentions, f.Claims)
			x.judge.judgeObservations(t, f.Mentions, f.Observations)
		}
		check(t, f.Observations)
		f.Claims = append(f.Claims, x.ranks(t, f.Mentions, f.Observations)...)
	}
	return found
}

// Gold gives a passage's findings in the form of a gold annotation.
func (f Found) Gold(p schema.Passage) gold.Passage {
	name := func(r Ref) string {
		if r == Region {
			return gold.Region
		}
		return f.Mentions[r].Name
	}
	span := func(s schema.Span) *schema.Span { return &s }
	out := gold.Passage{
		Line: p.Line, Text: p.Text,
		Entities:     make([]gold.Entity, 0, len(f.Mentions)),
		Claims:       make([]gold.Claim, 0, len(f.Claims)),
		Observations: make([]gold.Observation, 0, len(f.Observations)),
	}
	for _, m := range f.Mentions {
		e := gold.Entity{Name: m.Name, Kind: m.Kind,
			Found: gold.Found{Span: span(m.Spans[0]), Rule: m.Rule, Confidence: m.Confidence}}
		for _, a := range m.Aliases {
			e.Aliases = append(e.Aliases, a.Name)
		}
		out.Entities = append(out.Entities, e)
	}
	for _, c := range f.Claims {
		g := gold.Claim{Subject: name(c.Subject), Relation: c.Relation, Object: c.Value,
			Found: gold.Found{Span: span(c.Span), Rule: c.Rule, Confidence: c.Confidence}}
		if c.Value == "" {
			g.Object = name(c.Object)
		}
		if c.Relation == schema.Ranked {
			out.Ranks = append(out.Ranks, g)
		} else {
			out.Claims = append(out.Claims, g)
		}
	}
	runes := []rune(p.Text)
	for _, o := range f.Observations {
		out.Observations = append(out.Observations, gold.Observation{
			About: name(o.About), Measure: o.Measure, Value: o.Value, Unit: o.Unit, Type: o.Type,
			Quote: string(runes[o.Span.Start:o.Span.End]),
			Found: gold.Found{Span: span(o.Span), Rule: o.Rule, Confidence: o.Confidence},
		})
	}
	return out
}
