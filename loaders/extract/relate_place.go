package extract

import (
	"slices"
	"strings"

	"github.com/lantu-kg/lantu/schema"
)

const tagSettle = "VERB_SETTLE" // 入驻, 引进: before its thing, after it or both

// settling finds SETTLED_IN claims: who came to which park, place or building.
func (s *scene) settling() {
	for i := range s.clauses {
		c := &s.clauses[i]
		for k := range c.cues {
			q := &c.cues[k]
			if e, ok := q.entry(tagSettle); ok && !c.hasBefore(tagAim, q) {
				s.settled(i, q, e.Extra)
			}
		}
	}
}

// settled reads one verb of settling.
func (s *scene) settled(i int, q *cue, side string) {
	c := &s.clauses[i]
	if side != "before" {
		if settlers, span := s.settlersBefore(c, q); len(settlers) > 0 {
			place := s.placeBehind(c, q)
			if place == None && s.elsewhere(c, q) {
				return // 迁入 a place that is not named
			}
			if place == None {
				place = s.hostOfSentence(i)
			}
			for _, r := range settlers {
				s.relation(r, schema.SettledIn, place, hull(span, q.Span), "settle.verb-after")
			}
			return
		}
	}
	if side == "after" {
		return
	}
	if settlers, span := s.settlersBehind(c, q); len(settlers) > 0 {
		place := s.placeBefore(c, q)
		if place == None {
			place = s.hostOfSentence(i)
		}
		for _, r := range settlers {
			s.relation(r, schema.SettledIn, place, hull(q.Span, span), "settle.verb-before")
		}
	}
}

// settler is the party at a spot that may settle somewhere: itself, or the
// enterprise that its name begins with.
func (s *scene) settler(k int) Ref {
	p := s.spots[k]
	switch s.kind(p) {
	case schema.KindEnterprise, schema.KindOrganization:
		return p.mention
	}
	for n := k + 1; n < len(s.spots) && s.spots[n].Start < p.End; n++ {
		in := s.spots[n]
		if in.Start == p.Start && in.host == k && s.kind(in) == schema.KindEnterprise {
			return in.mention
		}
	}
	return None
}

// settlersBefore are the parties of the list that ends before a verb.
func (s *scene) settlersBefore(c *clause, q *cue) ([]Ref, schema.Span) {
	for at := len(c.spots) - 1; at >= 0; at-- {
		p := s.spots[c.spots[at]]
		if p.End > q.Start {
			continue
		}
		if gap := stripNotes(s.text(p.End, q.Start)); len([]rune(gap)) > 16 || s.crosses(c, p.End, q.Start) {
			return nil, q.Span
		}
		var refs []Ref
		span := p.Span
		for ; ; at-- {
			if r := s.settler(c.spots[at]); r != None {
				refs = append(refs, r)
			}
			span = hull(span, s.spots[c.spots[at]].Span)
			if at == 0 || !s.listed(s.spots[c.spots[at-1]], s.spots[c.spots[at]]) {
				break
			}
		}
		slices.Reverse(refs)
		return refs, span
	}
	return nil, q.Span
}

// crosses reports whether a cue stands between two places of a clause.
func (s *scene) crosses(c *clause, from, to int) bool {
	for i := range c.cues {
		if c.cues[i].Start >= from && c.cues[i].End <= to {
			return true
		}
	}
	return false
}

// settlersBehind are the parties of the list that follows a verb.
func (s *scene) settlersBehind(c *clause, q *cue) ([]Ref, schema.Span) {
	for at, k := range c.spots {
		p := s.spots[k]
		if p.Start < q.End {
			continue
		}
		if p.Start-q.End > 12 || s.crosses(c, q.End, p.Start) {
			return nil, q.Span
		}
		var refs []Ref
		span := p.Span
		for ; ; at++ {
			if r := s.settler(c.spots[at]); r != None {
				refs = append(refs, r)
			}
			span = hull(span, s.spots[c.spots[at]].Span)
			if at+1 == len(c.spots) || !s.listed(s.spots[c.spots[at]], s.spots[c.spots[at+1]]) {
				break
			}
		}
		return refs, span
	}
	return nil, q.Span
}

// stands reports whether a kind of thing is one that stands or is held somewhere.
func stands(k schema.Kind) bool {
	return k == schema.KindPark || k == schema.KindProject || k == schema.KindFacility || k == schema.KindEvent
}

// houses reports whether a kind of thing is one that parties settle in.
func houses(k schema.Kind) bool {
	return k == schema.KindPark || k == schema.KindPlace || k == schema.KindFacility
}

// elsewhere reports whether a verb of settling has a place behind it that is
// no mention.
func (s *scene) elsewhere(c *clause, q *cue) bool {
	if hasAnySuffix(q.word, []string{"落地", "建设", "投产", "运营", "加盟", "生根"}) {
		return false
	}
	rest := strings.TrimRight(s.text(q.End, c.End), "，,。；;：:、！ ”")
	return len([]rune(rest)) >= 2 && !s.namesRegion(rest)
}

// placeBehind is the place that directly follows a verb: 入驻A.
func (s *scene) placeBehind(c *clause, q *cue) Ref {
	for _, k := range c.spots {
		p := s.spots[k]
		if p.Start >= q.End {
			if p.Start-q.End <= 4 && houses(s.kind(p)) {
				return p.mention
			}
			return None
		}
	}
	return None
}

// placeBefore is the park, place or building that is the subject of a verb:
// A引进B.
func (s *scene) placeBefore(c *clause, q *cue) Ref {
	for at := len(c.spots) - 1; at >= 0; at-- {
		p := s.spots[c.spots[at]]
		if p.End <= q.Start {
			if houses(s.kind(p)) && s.text(c.Start, p.Start) == "" {
				return p.mention
			}
			return None
		}
	}
	return None
}

// hostOfSentence is the park or building that an earlier clause of the
// sentence speaks of as opened or built, else the region.
func (s *scene) hostOfSentence(i int) Ref {
	for k := i - 1; k >= 0 && s.clauses[k].sentence == s.clauses[i].sentence; k-- {
		c := &s.clauses[k]
		if len(c.spots) == 0 {
			continue
		}
		p := s.spots[c.spots[len(c.spots)-1]]
		if s.kind(p) == schema.KindPark || s.kind(p) == schema.KindPlace && s.text(c.Start, p.Start) == "" {
			return p.mention
		}
	}
	return Region
}

// locations finds LOCATED_IN claims.
func (s *scene) locations() {
	for k := range s.spots {
		s.stacked(k)
		s.nestedPlace(k)
	}
	for i := range s.clauses {
		s.foundedAt(i)
		s.openedWithin(i)
	}
}

// stacked reads 高碑店乡高井村: a place directly before what stands in it.
func (s *scene) stacked(k int) {
	p := s.spots[k]
	if p.host >= 0 || s.kind(p) != schema.KindPlace || !hasAnySuffix(s.name(p), divisions) {
		return
	}
	next := k + 1
	for next < len(s.spots) && s.spots[next].host >= 0 {
		next++
	}
	if next >= len(s.spots) || s.spots[next].Start != p.End {
		return
	}
	switch s.kind(s.spots[next]) {
	case schema.KindPlace, schema.KindFacility, schema.KindPark:
		q := s.spots[next]
		s.relation(q.mention, schema.LocatedIn, p.mention, hull(p.Span, q.Span), "location.stacked")
	}
}

// divisions are the ends of the full names of administrative divisions.
var divisions = []string{"省", "市", "区", "县", "旗", "州", "盟", "乡", "镇", "街道", "地区"}

// wide reports whether a place is no location: the report's own region, the
// country or several provinces together.
func (s *scene) wide(name string) bool {
	if s.ownRegion(name) {
		return true
	}
	switch name {
	case "中国", "全国", "国家", "京津冀", "长三角", "珠三角", "粤港澳", "粤港澳大湾区", "成渝", "中部", "西部", "东部", "京津", "川渝":
		return true
	}
	return false
}

// nestedPlace reads a place inside the name of what stands in it.
func (s *scene) nestedPlace(k int) {
	p := s.spots[k]
	if p.host < 0 {
		return
	}
	host := s.spots[p.host]
	if s.wide(s.name(p)) || s.wide(s.text(p.Start, p.End)) || p.Start > 0 && s.Runes[p.Start-1] == '环' {
		return
	}
	switch s.kind(p) {
	case schema.KindPlace:
	case schema.KindFacility:
		if s.kind(host) != schema.KindProject || phaseTail.MatchString(s.text(p.End, host.End)) {
			return
		}
	default:
		return
	}
	switch s.kind(host) {
	case schema.KindProgram, schema.KindEnterprise, schema.KindIndustry, schema.KindPerson, schema.KindEvent:
		return
	case schema.KindPlace:
		if p.Start != host.Start || !hasAnySuffix(s.text(p.Start, p.End), divisions) {
			return
		}
	}
	s.relation(host.mention, schema.LocatedIn, p.mention, host.Span, "location.in-name")
}

// foundedAt reads 在A设立B, 在A举办B, B在A揭牌, B位于A.
func (s *scene) foundedAt(i int) {
	c := &s.clauses[i]
	for at, k := range c.spots {
		p := s.spots[k]
		if !houses(s.kind(p)) {
			continue
		}
		if at > 0 && hasAnySuffix(s.text(p.Start-3, p.Start), []string{"位于", "坐落于", "地处", "选址"}) {
			b := s.spots[c.spots[at-1]]
			if len([]rune(s.text(b.End, p.Start))) <= 4 {
				s.relation(b.mention, schema.LocatedIn, p.mention, hull(b.Span, p.Span), "location.stands-at")
			}
			continue
		}
		if s.text(p.Start-1, p.Start) != "在" {
			continue
		}
		rest := c.cues
		for len(rest) > 0 && rest[0].Start < p.End {
			rest = rest[1:]
		}
		if len(rest) == 0 || rest[0].Start-p.End > 8 {
			continue
		}
		q := rest[0]
		if at > 0 && q.has(tagAfter) && stands(s.kind(s.spots[c.spots[at-1]])) && s.spots[c.spots[at-1]].End >= p.Start-6 {
			e := s.spots[c.spots[at-1]]
			s.relation(e.mention, schema.LocatedIn, p.mention, hull(e.Span, q.Span), "location.held-at")
		}
		for _, n := range c.spots[at+1:] {
			t := s.spots[n]
			if t.Start >= q.End && q.has(tagBefore) {
				s.relation(t.mention, schema.LocatedIn, p.mention, hull(p.Span, t.Span), "location.founded-at")
			}
		}
	}
}

// openedWithin reads A开园,引进B of a facility B, and A设立B窗口 of two
// facilities.
func (s *scene) openedWithin(i int) {
	c := &s.clauses[i]
	for k := range c.cues {
		q := &c.cues[k]
		e, ok := q.entry(tagSettle)
		if !ok || e.Extra == "after" {
			continue
		}
		for _, n := range c.spots {
			p := s.spots[n]
			if p.Start < q.End || s.kind(p) != schema.KindFacility || p.Start-q.End > 6 {
				continue
			}
			if host := s.hostOfSentence(i); host != Region {
				s.relation(p.mention, schema.LocatedIn, host, hull(q.Span, p.Span), "location.brought-in")
			}
		}
	}
}
