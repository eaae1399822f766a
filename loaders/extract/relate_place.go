package extract

import (
	"regexp"
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
			if e, ok := q.entry(tagSettle); ok && !c.aims(q.Start) {
				s.settled(i, q, e.Extra)
			}
		}
	}
}

// settled reads one verb of settling.
func (s *scene) settled(i int, q *cue, side string) {
	c := &s.clauses[i]
	if side != "before" {
		s.builtAt(c, q)
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

// builtAt reads A落户B of a project or facility A.
func (s *scene) builtAt(c *clause, q *cue) {
	place, at := s.placeBehind(c, q), c.thingBefore(q.Start)
	if place == None || at < 0 || q.Start-c.things[at].End > longestLink || c.crosses(c.things[at].End, q.Start) ||
		s.ownRegion(s.mentions[place].Name) {
		return
	}
	for _, p := range c.upTo(at) {
		if k := s.kind(p.spot); k == schema.KindProject || k == schema.KindFacility {
			s.relation(p.mention, schema.LocatedIn, place, hull(p.Span, q.Span, c.things[c.thingBehind(q.End)].Span), "location.settled")
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
	at := c.thingBefore(q.Start)
	if at < 0 || q.Start-c.things[at].End > longestLink || c.crosses(c.things[at].End, q.Start) {
		return nil, q.Span
	}
	return s.settlers(c.upTo(at))
}

// settlersBehind are the parties of the list that follows a verb.
func (s *scene) settlersBehind(c *clause, q *cue) ([]Ref, schema.Span) {
	at := c.thingBehind(q.End)
	if at == len(c.things) || c.things[at].Start-q.End > 12 || c.crosses(q.End, c.things[at].Start) {
		return nil, q.Span
	}
	return s.settlers(c.from(at))
}

// settlers are the parties among things.
func (s *scene) settlers(list []thing) ([]Ref, schema.Span) {
	var out []Ref
	for _, p := range list {
		if r := s.settler(p.index); r != None {
			out = append(out, r)
		}
	}
	_, span := refs(list)
	return out, span
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
	at := c.thingBehind(q.End)
	if at < len(c.things) && c.things[at].Start-q.End <= 4 && houses(s.kind(c.things[at].spot)) {
		return c.things[at].mention
	}
	return None
}

// placeBefore is the park, place or building that is the subject of a verb:
// A引进B.
func (s *scene) placeBefore(c *clause, q *cue) Ref {
	at := c.thingBefore(q.Start)
	if at >= 0 && houses(s.kind(c.things[at].spot)) && c.things[at].Start == c.Start {
		return c.things[at].mention
	}
	return None
}

// parkEnds are the ends of names of places that may house enterprises.
var parkEnds = []string{"中心", "园", "园区", "基地", "小镇", "港", "谷", "大厦", "集聚区"}

// hostOfSentence is the park that an earlier clause of the sentence speaks of,
// or the place that it begins with, else a building that may house companies,
// else the region.
func (s *scene) hostOfSentence(i int) Ref {
	host := Region
	for k := i - 1; k >= max(0, i-reach) && s.clauses[k].sentence == s.clauses[i].sentence; k-- {
		c := &s.clauses[k]
		if len(c.things) == 0 {
			continue
		}
		p := c.things[len(c.things)-1]
		switch s.kind(p.spot) {
		case schema.KindPark:
			return p.mention
		case schema.KindPlace:
			if p.Start == c.Start {
				return p.mention
			}
		case schema.KindFacility:
			if host == Region && hasAnySuffix(s.name(p.spot), parkEnds) {
				host = p.mention
			}
		}
	}
	return host
}

// locations finds LOCATED_IN claims.
func (s *scene) locations() {
	for k, p := range s.spots {
		if k+1 < len(s.spots) && s.stackedInName(p, s.spots[k+1]) {
			continue
		}
		s.nestedPlace(p)
	}
	for i := range s.clauses {
		s.stacked(i)
		s.foundedAt(i)
		s.broughtIn(i)
	}
}

// stacked reads 高碑店乡高井村: a place directly before what stands in it.
func (s *scene) stacked(i int) {
	c := &s.clauses[i]
	for at := 1; at < len(c.things); at++ {
		p, q := c.things[at-1].spot, c.things[at].spot
		if q.Start != p.End || s.kind(p) != schema.KindPlace || !hasAnySuffix(s.name(p), divisions) || s.ownRegion(s.name(p)) {
			continue
		}
		switch s.kind(q) {
		case schema.KindPlace, schema.KindFacility, schema.KindPark:
			s.relation(q.mention, schema.LocatedIn, p.mention, hull(p.Span, q.Span), "location.stacked")
		}
	}
}

// stackedInName reads 高碑店乡高井村 inside a longer name.
func (s *scene) stackedInName(p, q spot) bool {
	if p.host < 0 || p.host != q.host || q.Start != p.End || s.kind(p) != schema.KindPlace || s.kind(q) != schema.KindPlace ||
		!hasAnySuffix(s.name(p), divisions) || s.ownRegion(s.name(p)) {
		return false
	}
	s.relation(q.mention, schema.LocatedIn, p.mention, hull(p.Span, q.Span), "location.stacked")
	return true
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
func (s *scene) nestedPlace(p spot) {
	if p.host < 0 {
		return
	}
	host := s.spots[p.host]
	if s.wide(s.name(p)) || s.wide(s.text(p.Start, p.End)) || p.Start > 0 && s.Runes[p.Start-1] == '环' {
		return
	}
	rest := s.text(p.End, host.End)
	if stretchTail.MatchString(rest) || p.Start == host.Start && worksTail.MatchString(rest) && hasAnySuffix(s.text(p.Start, p.End), lineEnds) {
		return // a stretch of a road is the road, and works on it are no other thing
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

// stretchTail is what the name of a stretch adds to the name of its road.
var stretchTail = regexp.MustCompile(`^([^，]{0,6}段|再?[东南西北]延|延伸|延长线|连接线|支线|[东南西北]延(段|工程|项目|至.*)|[^，]{0,6}段及其支线(工程)?)$`)

// worksTail is what the name of works on a road or river adds to its name.
var worksTail = regexp.MustCompile(`^(中段|段|内涝|雨污分流|综合|生态|环境|管网|河道|水系){0,2}(改造|治理|整治|修复|扩建|改扩建|拓宽|大修|绿化|提升|改造提升|综合整治|综合治理)?(工程|项目)?$`)

// lineEnds are the ends of names of roads and waters.
var lineEnds = []string{"路", "街", "大道", "高速", "河", "江", "渠", "溪", "湖"}

// foundedAt reads 在A设立B, 在A举办B, B在A揭牌, B位于A.
func (s *scene) foundedAt(i int) {
	c := &s.clauses[i]
	for at, p := range c.things {
		if !houses(s.kind(p.spot)) {
			continue
		}
		if at > 0 && hasAnySuffix(s.text(max(c.Start, p.Start-3), p.Start), []string{"位于", "坐落于", "地处", "选址"}) {
			if b := c.things[at-1]; p.Start-b.End <= 5 {
				s.relation(b.mention, schema.LocatedIn, p.mention, hull(b.Span, p.Span), "location.stands-at")
			}
			continue
		}
		k := c.cueBehind(p.End)
		if s.text(p.Start-1, p.Start) != "在" || k == len(c.cues) || c.cues[k].Start-p.End > 8 {
			continue
		}
		q := &c.cues[k]
		if at > 0 && q.has(tagAfter) && stands(s.kind(c.things[at-1].spot)) && p.Start-c.things[at-1].End <= 6 {
			b := c.things[at-1]
			s.relation(b.mention, schema.LocatedIn, p.mention, hull(b.Span, q.Span), "location.held-at")
		}
		if at+1 < len(c.things) && q.has(tagBefore) && c.things[at+1].Start >= q.End {
			for _, b := range c.from(at + 1) {
				s.relation(b.mention, schema.LocatedIn, p.mention, hull(p.Span, b.Span), "location.founded-at")
			}
		}
	}
}

// broughtIn reads A开园,引进B of a facility B.
func (s *scene) broughtIn(i int) {
	c := &s.clauses[i]
	for k := range c.cues {
		q := &c.cues[k]
		if e, ok := q.entry(tagSettle); !ok || e.Extra == "after" {
			continue
		}
		at := c.thingBehind(q.End)
		if at == len(c.things) || s.kind(c.things[at].spot) != schema.KindFacility || c.things[at].Start-q.End > 6 {
			continue
		}
		if host := s.hostOfSentence(i); host != Region {
			s.relation(c.things[at].mention, schema.LocatedIn, host, hull(q.Span, c.things[at].Span), "location.brought-in")
		}
	}
}
