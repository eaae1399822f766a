package extract

import (
	"cmp"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/lantu-kg/lantu/loaders/segment"
	"github.com/lantu-kg/lantu/schema"
)

// relate finds the claims that a passage makes about its mentions, in the
// order in which they stand.
func (x *Extractor) relate(t *Text, mentions []Mention) []Claim {
	if len(t.Passage.Columns) > 0 {
		return x.relateRow(t, mentions)
	}
	s := x.newScene(t, withPronouns(t, mentions))
	if len(s.clauses) == 0 {
		return nil
	}
	s.statuses()
	s.honours()
	s.settling()
	s.locations()
	s.parts()
	s.coverage()
	s.targets()
	s.parties()
	slices.SortStableFunc(s.claims, func(a, b Claim) int {
		return cmp.Or(cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Span.End, b.Span.End),
			cmp.Compare(a.Relation, b.Relation), cmp.Compare(a.Subject, b.Subject),
			cmp.Compare(a.Object, b.Object), cmp.Compare(a.Value, b.Value))
	})
	return s.claims
}

// spot is a place of the text where a mention stands.
type spot struct {
	schema.Span
	mention Ref
	host    int // index among the spots of the name that this one stands inside, -1 for none
}

// cue is a word of the lexicon that stands outside every name.
type cue struct {
	schema.Span
	word    string
	entries []segment.Entry
}

// has reports whether the cue stands under a tag of the lexicon.
func (c *cue) has(tag string) bool {
	_, ok := c.entry(tag)
	return ok
}

func (c *cue) entry(tag string) (segment.Entry, bool) {
	return tagged(c.entries, tag)
}

// tagged picks the entry of a tag.
func tagged(entries []segment.Entry, tag string) (segment.Entry, bool) {
	for _, e := range entries {
		if e.Tag == tag {
			return e, true
		}
	}
	return segment.Entry{}, false
}

// thing is a name in a clause that stands inside no other name.
type thing struct {
	spot
	index       int // of its spot among the scene's
	first, last int // the list that it belongs to, by the clause's things
}

// clause is a clause with what stands in it, in text order.
type clause struct {
	schema.Span
	things   []thing
	cues     []cue
	sentence int  // ordinal of its sentence
	first    bool // of its sentence
	aim      int  // where the first word of intention stands, -1 for none
}

// list is the list that the thing at an index belongs to.
func (c *clause) list(at int) []thing { return c.things[c.things[at].first : c.things[at].last+1] }

// upTo is the list up to the thing at an index.
func (c *clause) upTo(at int) []thing { return c.things[c.things[at].first : at+1] }

// from is the list from the thing at an index on.
func (c *clause) from(at int) []thing { return c.things[at : c.things[at].last+1] }

// thingBefore is the index of the last thing that ends before a place, -1 for
// none.
func (c *clause) thingBefore(i int) int {
	return sort.Search(len(c.things), func(k int) bool { return c.things[k].End > i }) - 1
}

// thingBehind is the index of the first thing that starts at a place or behind
// it, the number of things for none.
func (c *clause) thingBehind(i int) int {
	return sort.Search(len(c.things), func(k int) bool { return c.things[k].Start >= i })
}

// cueBefore is the index of the last cue that ends before a place, -1 for none.
func (c *clause) cueBefore(i int) int {
	return sort.Search(len(c.cues), func(k int) bool { return c.cues[k].End > i }) - 1
}

// cueBehind is the index of the first cue that starts at a place or behind it,
// the number of cues for none.
func (c *clause) cueBehind(i int) int {
	return sort.Search(len(c.cues), func(k int) bool { return c.cues[k].Start >= i })
}

// crosses reports whether a cue stands between two places.
func (c *clause) crosses(from, to int) bool {
	k := c.cueBehind(from)
	return k < len(c.cues) && c.cues[k].End <= to
}

// aims reports whether a word of intention stands before a place.
func (c *clause) aims(i int) bool { return c.aim >= 0 && c.aim < i }

// mostCrossed is how many members of a list are related to each of another's.
const mostCrossed = 40

// some is a list without the members beyond mostCrossed.
func some[T any](list []T) []T { return list[:min(len(list), mostCrossed)] }

// refs are the mentions of things, and where they stand.
func refs(things []thing) ([]Ref, schema.Span) {
	if len(things) == 0 {
		return nil, schema.Span{}
	}
	out := make([]Ref, len(things))
	for i, p := range things {
		out[i] = p.mention
	}
	return out, schema.Span{Start: things[0].Start, End: things[len(things)-1].End}
}

// scene is a passage laid out for the relation rules.
type scene struct {
	*Text
	lexicon  *segment.Lexicon
	relating *segment.Lexicon // its part under relationTags
	mentions []Mention
	spots    []spot // by start, the longer first
	clauses  []clause
	clock    *observer          // reads words of time, nil until one is asked for
	times    map[int][]timeWord // by where the clause starts
	claims   []Claim
	lists    []cutList // those that count more than they name
	seen     map[claimKey]bool
}

// claimKey is what a claim says, wherever it does.
type claimKey struct {
	subject  string // the name, so that one that was found as two kinds says a thing once
	relation schema.Relation
	object   string
	value    string
}

// relationTags are the tags of the words that relation rules look for.
var relationTags = []string{
	tagBefore, tagAfter, tagNone, tagAim, tagNoun, tagHonour, tagSettle, tagCooperate, tagSupport,
}

func (x *Extractor) newScene(t *Text, mentions []Mention) *scene {
	s := &scene{Text: t, lexicon: x.lexicon, relating: x.relating, mentions: mentions, seen: map[claimKey]bool{}, times: map[int][]timeWord{}}
	s.findSpots()
	for _, span := range t.Clauses {
		if span.Start >= 0 && span.Start < span.End && span.End <= len(t.Runes) {
			s.clauses = append(s.clauses, clause{Span: span})
		}
	}
	s.fillClauses()
	s.cutShort()
	return s
}

// findSpots lists every place where a mention is named, leaving out a
// mention's alias inside its own name.
func (s *scene) findSpots() {
	add := func(r int, span schema.Span) {
		if span.Start >= 0 && span.Start < span.End && span.End <= len(s.Runes) {
			s.spots = append(s.spots, spot{span, Ref(r), -1})
		}
	}
	for r, m := range s.mentions {
		for _, span := range m.Spans {
			add(r, span)
		}
		for _, a := range m.Aliases {
			add(r, a.Span)
		}
	}
	slices.SortStableFunc(s.spots, func(a, b spot) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
	})
	kept := s.spots[:0]
	var open []int // the names that hold the current place, the widest first
	for _, p := range s.spots {
		for len(open) > 0 && kept[open[len(open)-1]].End <= p.Start {
			open = open[:len(open)-1]
		}
		own := false
		for _, i := range open {
			own = own || kept[i].mention == p.mention
		}
		if own {
			continue
		}
		if len(open) > 0 {
			p.host = open[len(open)-1]
		}
		kept = append(kept, p)
		open = append(open, len(kept)-1)
	}
	s.spots = kept
}

// spotFrom is the index of the first spot that ends behind a place.
func (s *scene) spotFrom(i int) int {
	k := sort.Search(len(s.spots), func(k int) bool { return s.spots[k].Start >= i })
	for k > 0 && s.spots[k-1].End > i {
		k--
	}
	return k
}

// fillClauses gives every clause its outer spots and cues.
func (s *scene) fillClauses() {
	next := 0 // first spot that may stand in the clause
	at := 0   // text before it is read
	for i := range s.clauses {
		c := &s.clauses[i]
		c.sentence = sort.Search(len(s.Sentences), func(k int) bool { return s.Sentences[k].End > c.Start })
		c.first = i == 0 || s.clauses[i-1].sentence != c.sentence
		at = max(at, c.Start)
		for ; next < len(s.spots) && s.spots[next].Start < c.End; next++ {
			p := s.spots[next]
			if p.host >= 0 {
				continue
			}
			c.cues = s.scan(c.cues, at, p.Start)
			if p.Start >= c.Start {
				c.things = append(c.things, thing{spot: p, index: next})
			}
			at = max(at, p.End)
		}
		c.cues = s.scan(c.cues, at, c.End)
		at = max(at, c.End)
		c.aim = -1
		if k := slices.IndexFunc(c.cues, func(q cue) bool { return q.has(tagAim) }); k >= 0 {
			c.aim = c.cues[k].Start
		}
		s.findLists(c)
	}
}

// findLists tells each thing of a clause the list that it belongs to.
func (s *scene) findLists(c *clause) {
	for at := range c.things {
		c.things[at].first = at
		if at > 0 && s.listed(c.things[at-1].spot, c.things[at].spot) {
			c.things[at].first = c.things[at-1].first
		}
	}
	for at := len(c.things) - 1; at >= 0; at-- {
		c.things[at].last = at
		if at+1 < len(c.things) && c.things[at+1].first != at+1 {
			c.things[at].last = c.things[at+1].last
		}
	}
}

// scan appends the cues between two places of the text.
func (s *scene) scan(cues []cue, from, to int) []cue {
	if from >= to {
		return cues
	}
	for _, m := range s.relating.Scan(s.Runes[from:to]) {
		if m.Tag == tagNoun {
			continue
		}
		q := cue{
			Span: schema.Span{Start: from + m.Start, End: from + m.End},
			word: m.Word, entries: s.lexicon.Lookup(m.Word),
		}
		if q.has(tagAfter) && !q.has(tagBefore) {
			// 全面实施 also rules what follows, as 实施 does
			rs := []rune(m.Word)
			for i := 1; i < len(rs); i++ {
				if e, ok := tagged(s.lexicon.Lookup(string(rs[i:])), tagBefore); ok {
					q.entries = append(q.entries, e)
					break
				}
			}
		}
		cues = append(cues, q)
	}
	return cues
}

// kind is the kind of the mention at a spot.
func (s *scene) kind(p spot) schema.Kind { return s.mentions[p.mention].Kind }

// name is the name of the mention at a spot.
func (s *scene) name(p spot) string { return s.mentions[p.mention].Name }

// lead is what stands in a clause before a place, without an opening mark.
func (s *scene) lead(c *clause, i int) string {
	return strings.TrimRight(s.text(c.Start, i), "“《 ")
}

// text is the text of a range, empty when the range is.
func (s *scene) text(from, to int) string {
	from, to = max(from, 0), min(to, len(s.Runes))
	if from >= to {
		return ""
	}
	return string(s.Runes[from:to])
}

// longestGap is how many code points may part two members of a list.
const longestGap = 40

// listed reports whether two names follow each other in a list: between them
// stands nothing but a mark or word that joins, quotes, notes, the 等N个 that
// closes one part of the list, or an unnamed member.
func (s *scene) listed(a, b spot) bool {
	if b.Start-a.End > longestGap {
		return false
	}
	gap := stripNotes(s.text(a.End, b.Start))
	gap = strings.Trim(gap, "“”\"‘’《》「」 ")
	if gap == "" {
		return a.End < b.Start // “A”“B”
	}
	switch gap {
	case "、", "和", "及", "以及", "与", "或":
		return true
	}
	// A等3个项目、B
	for _, glue := range []string{"、", "及", "和", "以及", "与"} {
		head, ok := strings.CutSuffix(gap, glue)
		if ok && strings.HasPrefix(head, "等") && utf8.RuneCountInString(head) <= 14 {
			return true
		}
	}
	// A、an unnamed member、B
	rs := []rune(gap)
	return len(rs) <= 30 && strings.ContainsRune("、和及", rs[0]) && strings.ContainsRune("、和及与", rs[len(rs)-1]) &&
		!strings.ContainsAny(gap, "，。；：")
}

// stripNotes takes out the numbers of notes: [3] (4) 〔5〕 【6】.
func stripNotes(text string) string {
	if !strings.ContainsAny(text, "[(〔【（［") {
		return text
	}
	var b strings.Builder
	rs := []rune(text)
	for i := 0; i < len(rs); i++ {
		if strings.ContainsRune("[(〔【（［", rs[i]) {
			j := i + 1
			for j < len(rs) && (isDigit(rs[j]) || rs[j] == '注') {
				j++
			}
			if j > i+1 && j < len(rs) && strings.ContainsRune("])〕】）］", rs[j]) {
				i = j
				continue
			}
		}
		b.WriteRune(rs[i])
	}
	return b.String()
}

// nameOf is the name that a reference stands for, "" for none and the region.
func (s *scene) nameOf(r Ref) string {
	if r < 0 {
		return ""
	}
	return s.mentions[r].Name
}

// claim adds a claim unless its kinds do not admit it or it is there already.
func (s *scene) claim(c Claim) {
	info, ok := c.Relation.Info()
	if !ok || !s.admits(info, c) || c.Subject == c.Object {
		return
	}
	key := claimKey{s.nameOf(c.Subject), c.Relation, s.nameOf(c.Object), c.Value}
	if s.seen[key] {
		return
	}
	s.seen[key] = true
	if c.Modality == "" {
		c.Modality = schema.Fact
		if s.Mood == schema.MoodPlan {
			c.Modality = schema.Aim
		}
	}
	switch c.Relation {
	case schema.HasStatus, schema.SettledIn, schema.CooperatesWith, schema.Supports:
		c.Period = s.period(c.Span.Start, c.Span.End)
	}
	for c.Span.End > c.Span.Start+1 && strings.ContainsRune("，,。；;：: 、", s.Runes[c.Span.End-1]) {
		c.Span.End--
	}
	c.List = s.cutFor(c)
	c.Confidence = s.confidence(c)
	s.claims = append(s.claims, c)
}

// admits reports whether a claim's ends are of kinds that its relation takes.
func (s *scene) admits(info schema.RelationInfo, c Claim) bool {
	end := func(r Ref, region bool, admits func(schema.Kind) bool) bool {
		if r == Region {
			return region
		}
		return r >= 0 && int(r) < len(s.mentions) && admits(s.mentions[r].Kind)
	}
	if !end(c.Subject, info.RegionSubject, info.AdmitsSubject) {
		return false
	}
	if info.Object != schema.ObjectEntity {
		return c.Value != "" && c.Object == None
	}
	return c.Value == "" && end(c.Object, info.RegionObject, info.AdmitsObject)
}

// relation adds a claim between two things that a range of the text states.
func (s *scene) relation(subject Ref, relation schema.Relation, object Ref, span schema.Span, rule string) {
	s.claim(Claim{Subject: subject, Relation: relation, Object: object, Span: span, Rule: rule})
}

// ownRegion reports whether a name is one of the report's own region.
func (s *scene) ownRegion(name string) bool {
	return s.Report != nil && slices.Contains(s.Report.RegionNames, name)
}

// hull is the least span that holds all of the given ones.
func hull(first schema.Span, rest ...schema.Span) schema.Span {
	for _, s := range rest {
		first.Start, first.End = min(first.Start, s.Start), max(first.End, s.End)
	}
	return first
}
