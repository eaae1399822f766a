package extract

import (
	"slices"
	"strings"

	"github.com/lantu-kg/lantu/schema"
)

const (
	tagCooperate = "VERB_COOPERATE" // 合作, 签约, 共建
	tagSupport   = "VERB_SUPPORT"   // 支持, 保障, 配合
)

// parties finds COOPERATES_WITH, RESPONSIBLE_FOR and SUPPORTS claims.
func (s *scene) parties() {
	for i := range s.clauses {
		s.cooperation(i)
		s.founders(i)
		s.support(i)
	}
	for k := range s.spots {
		s.owner(k)
	}
}

// isParty reports whether a kind is one that cooperates.
func isParty(k schema.Kind) bool {
	switch k {
	case schema.KindEnterprise, schema.KindOrganization, schema.KindPlace, schema.KindPark:
		return true
	}
	return false
}

// cooperation reads 与A、B合作: the region, or who stands before 与, cooperates
// with each.
func (s *scene) cooperation(i int) {
	c := &s.clauses[i]
	for at := 0; at < len(c.spots); at++ {
		p := s.spots[c.spots[at]]
		if !isParty(s.kind(p)) {
			continue
		}
		link := s.linkBefore(p)
		if link == "" {
			continue
		}
		to := at
		for to+1 < len(c.spots) && s.listed(s.spots[c.spots[to]], s.spots[c.spots[to+1]]) {
			to++
		}
		last := s.spots[c.spots[to]]
		q := s.cooperates(c, last.End, link)
		if q == nil {
			continue
		}
		subject := Region
		if at > 0 && (link == "与" || link == "和" || link == "同") {
			before := s.spots[c.spots[at-1]]
			if before.End == p.Start-1 {
				if !isParty(s.kind(before)) {
					continue
				}
				subject = before.mention
			}
		}
		for _, k := range c.spots[at : to+1] {
			m := s.spots[k]
			if isParty(s.kind(m)) {
				s.relation(subject, schema.CooperatesWith, m.mention, hull(p.Span, last.Span, *q), "cooperate.with")
				s.signedFor(c, m, last, *q)
			}
		}
		at = to
	}
}

// signedFor reads 与A签约B项目, 与A共同发布B项目: A builds or runs B.
func (s *scene) signedFor(c *clause, party, last spot, q schema.Span) {
	switch s.kind(party) {
	case schema.KindEnterprise, schema.KindOrganization:
	default:
		return
	}
	for _, k := range c.spots {
		p := s.spots[k]
		if p.Start >= q.End && p.Start >= last.End && p.Start-q.End <= 8 && s.kind(p) == schema.KindProject {
			s.relation(party.mention, schema.ResponsibleFor, p.mention, hull(party.Span, p.Span), "responsible.signed")
		}
	}
}

// linkBefore is the word that joins a party to the region: 与, 和, 同, 携手.
func (s *scene) linkBefore(p spot) string {
	before := s.text(max(0, p.Start-4), p.Start)
	before = strings.TrimRight(before, "“《")
	for _, link := range []string{"与", "同", "和", "携手", "联合", "聘请", "牵手", "对接"} {
		if strings.HasSuffix(before, link) {
			return link
		}
	}
	return ""
}

// cooperates finds the word of cooperation behind a list.
func (s *scene) cooperates(c *clause, from int, link string) *schema.Span {
	for i := range c.cues {
		q := &c.cues[i]
		if q.Start >= from && q.has(tagCooperate) && q.Start-from <= 16 {
			return &q.Span
		}
	}
	switch link {
	case "携手", "联合", "聘请", "牵手":
		return &schema.Span{Start: from, End: from}
	}
	return nil
}

// owner reads a company or body at the head of a project's name as the one
// who answers for it.
func (s *scene) owner(k int) {
	p := s.spots[k]
	if p.host < 0 || p.Start != s.spots[p.host].Start {
		return
	}
	host := s.spots[p.host]
	if kp, kh := s.kind(p), s.kind(host); kp != schema.KindEnterprise && kp != schema.KindOrganization ||
		kh != schema.KindProject && kh != schema.KindFacility {
		return
	}
	s.relation(p.mention, schema.ResponsibleFor, host.mention, host.Span, "responsible.in-name")
}

// founders reads A设立B, A举办B: who founded, held or issued something.
func (s *scene) founders(i int) {
	c := &s.clauses[i]
	if len(c.spots) < 2 {
		return
	}
	first := s.spots[c.spots[0]]
	kind := s.kind(first)
	if kind != schema.KindEnterprise && kind != schema.KindOrganization {
		return
	}
	lead := strings.Trim(s.text(c.Start, first.Start), "“由")
	if lead != "" {
		return
	}
	to := 0
	for to+1 < len(c.spots) && s.listed(s.spots[c.spots[to]], s.spots[c.spots[to+1]]) {
		to++
	}
	last := s.spots[c.spots[to]]
	for _, k := range c.spots[to+1:] {
		p := s.spots[k]
		v := s.verbBefore(c, p)
		if v == nil || v.spec == "" || v.Start < last.End {
			continue
		}
		for _, n := range c.spots[:to+1] {
			s.relation(s.spots[n].mention, schema.ResponsibleFor, p.mention, hull(first.Span, p.Span), "responsible.founder")
		}
	}
}

// support reads 支持A: the region, or the body before the verb, supports A.
func (s *scene) support(i int) {
	c := &s.clauses[i]
	for k := range c.cues {
		q := &c.cues[k]
		if !q.has(tagSupport) {
			continue
		}
		at := slices.IndexFunc(c.spots, func(n int) bool { return s.spots[n].Start >= q.End })
		if at < 0 {
			continue
		}
		p := s.spots[c.spots[at]]
		if strings.Trim(s.text(q.End, p.Start), "“《") != "" {
			continue
		}
		for ; ; at++ {
			p = s.spots[c.spots[at]]
			s.relation(Region, schema.Supports, p.mention, hull(q.Span, p.Span), "support.verb")
			if at+1 == len(c.spots) || !s.listed(p, s.spots[c.spots[at+1]]) {
				break
			}
		}
	}
}
