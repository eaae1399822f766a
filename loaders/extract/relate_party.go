package extract

import (
	"regexp"
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
		s.builders(i)
		s.support(i)
	}
	for _, p := range s.spots {
		s.owner(p)
	}
}

// isParty reports whether a kind is one that cooperates.
func isParty(k schema.Kind) bool {
	switch k {
	case schema.KindEnterprise, schema.KindOrganization, schema.KindPlace, schema.KindPark, schema.KindFacility:
		return true
	}
	return false
}

// isBody reports whether a kind is one that builds, founds and runs.
func isBody(k schema.Kind) bool {
	return k == schema.KindEnterprise || k == schema.KindOrganization
}

// cooperation reads 与A、B合作: the region, or who stands before 与, cooperates
// with each.
func (s *scene) cooperation(i int) {
	c := &s.clauses[i]
	for at := 0; at < len(c.things); at++ {
		p := c.things[at]
		link := s.linkBefore(p.spot)
		if link == "" || !isParty(s.kind(p.spot)) {
			continue
		}
		list := c.from(at)
		last := list[len(list)-1]
		q := s.cooperates(c, last.End, link, s.kind(p.spot))
		if q == nil {
			continue
		}
		subject := Region
		if at > 0 && c.things[at-1].End >= p.Start-len([]rune(link)) {
			if before := c.things[at-1]; isParty(s.kind(before.spot)) {
				subject = before.mention
			} else {
				continue
			}
		} else if s.othersDeed(c, p.Start-len([]rune(link))) {
			continue
		}
		for _, m := range list {
			if isParty(s.kind(m.spot)) {
				s.relation(subject, schema.CooperatesWith, m.mention, hull(p.Span, last.Span, *q), "cooperate.with")
				s.signedFor(c, m.spot, last.End, *q)
			}
		}
		at += len(list) - 1
	}
}

// othersDeed reports whether words before a link name a party that is no
// mention: 某公司与A合作.
func (s *scene) othersDeed(c *clause, link int) bool {
	if c.cueBefore(link) >= 0 || c.thingBefore(link) >= 0 {
		return false
	}
	lead := strings.TrimLeft(s.text(c.Start, link), "“（")
	return len([]rune(lead)) >= 3 && !ownDeed.MatchString(lead) && !s.namesRegion(lead)
}

// ownDeed is how a clause may begin before 与 that speaks of the region's own deed.
var ownDeed = regexp.MustCompile(`(先后|分别|积极|成功|同时|主动|首次|全面|持续|深入|不断|通过|已|并|还|以|推进|推动|实现|开展|进一步|目前|今年|去年|年|月|日|我们|全县|全市|全省|全区)$`)

// signedFor reads 与A签约B项目, 与A共同发布B项目: A builds or runs B.
func (s *scene) signedFor(c *clause, party spot, from int, q schema.Span) {
	at := c.thingBehind(max(from, q.End))
	if at == len(c.things) {
		return
	}
	p := c.things[at]
	if k := s.kind(p.spot); p.Start-q.End <= 8 && (k == schema.KindProject || k == schema.KindFacility) {
		s.relation(party.mention, schema.ResponsibleFor, p.mention, hull(party.Span, p.Span), "responsible.signed")
	}
}

// linkBefore is the word that joins a party to the region: 与, 和, 同, 携手.
func (s *scene) linkBefore(p spot) string {
	before := strings.TrimRight(s.text(p.Start-4, p.Start), "“《")
	for _, link := range []string{"会同", "与", "同", "和", "携手", "联合", "聘请", "牵手", "对接", "联手"} {
		if strings.HasSuffix(before, link) {
			return link
		}
	}
	return ""
}

// cooperates finds the word of cooperation behind a list; some links need none.
func (s *scene) cooperates(c *clause, from int, link string, kind schema.Kind) *schema.Span {
	for k := c.cueBehind(from); k < len(c.cues) && c.cues[k].Start-from <= 16; k++ {
		if c.cues[k].has(tagCooperate) {
			return &c.cues[k].Span
		}
	}
	here := &schema.Span{Start: from, End: from}
	switch link {
	case "携手", "联合", "聘请", "牵手", "联手", "会同":
		return here
	case "对接":
		if kind != schema.KindFacility && (s.ends(from) || strings.ContainsAny(s.text(from, from+1), "”等")) {
			return here // 对接A, not 对接A的高校
		}
	case "与", "同":
		// 与A、B设置C: what is founded with others
		if k := c.cueBehind(from); k < len(c.cues) && c.cues[k].Start == from && c.cues[k].has(tagBefore) && s.hasObject(c, &c.cues[k]) {
			return &c.cues[k].Span
		}
	}
	return nil
}

// owner reads a company or body at the head of a project's name as the one
// who answers for it.
func (s *scene) owner(p spot) {
	if p.host < 0 || p.Start != s.spots[p.host].Start || !isBody(s.kind(p)) {
		return
	}
	host := s.spots[p.host]
	if phaseTail.MatchString(s.text(p.End, host.End)) {
		return // its own second phase
	}
	if k := s.kind(host); k == schema.KindProject || k == schema.KindFacility || k == schema.KindPark && s.kind(p) == schema.KindEnterprise {
		s.relation(p.mention, schema.ResponsibleFor, host.mention, host.Span, "responsible.in-name")
	}
}

// founders reads A、B设立C, A举办C at a clause's beginning: who founded, held,
// built or issued something.
func (s *scene) founders(i int) {
	c := &s.clauses[i]
	if len(c.things) < 2 || !isBody(s.kind(c.things[0].spot)) || strings.Trim(s.text(c.Start, c.things[0].Start), "“由") != "" {
		return
	}
	list := c.from(0)
	end := list[len(list)-1].End
	if next := len(list); next < len(c.things) && isBody(s.kind(c.things[next].spot)) && withOthers.MatchString(s.text(end, c.things[next].Start)) {
		list = append(slices.Clone(list), c.from(next)...)
		end = list[len(list)-1].End
	}
	for next := len(list); next < len(c.things); next = c.things[next].last + 1 {
		v := s.verbBefore(c, c.things[next].Start)
		if v == nil || v.spec == "" || v.Start < end {
			continue
		}
		for _, p := range some(c.from(next)) {
			for _, a := range some(list) {
				s.relation(a.mention, schema.ResponsibleFor, p.mention, hull(a.Span, p.Span), "responsible.founder")
			}
		}
		return
	}
}

var withOthers = regexp.MustCompile(`^(会同|联合|携手)$`)

// builders reads AB of a company directly before its project, A投资的B,
// 由A建设的B and B由A承办.
func (s *scene) builders(i int) {
	c := &s.clauses[i]
	for at, a := range c.things {
		if !isBody(s.kind(a.spot)) {
			continue
		}
		by := s.text(a.Start-1, a.Start) == "由"
		if at+1 < len(c.things) && c.things[at+1].Start-a.End <= longestGap {
			b := c.things[at+1]
			gap := s.text(a.End, b.Start)
			if s.kind(b.spot) == schema.KindProject && (gap == "" || gap == "投资" || gap == "投资建设" || gap == "承建") {
				s.relation(a.mention, schema.ResponsibleFor, b.mention, hull(a.Span, b.Span), "responsible.builder")
			}
			if investGap.MatchString(gap) || by && byGap.MatchString(gap) {
				s.relation(a.mention, schema.ResponsibleFor, b.mention, hull(a.Span, b.Span), "responsible.contractor")
			}
		}
		if by && at > 0 && c.things[at-1].End >= a.Start-2 && byVerb.MatchString(s.text(a.End, a.End+6)) {
			b := c.things[at-1]
			s.relation(a.mention, schema.ResponsibleFor, b.mention, hull(b.Span, a.Span), "responsible.contractor")
		}
	}
}

var (
	investGap = regexp.MustCompile(`^(集团|公司)?(总)?(投资|投建|承建|建设|运营|开发|主办|承办|牵头|研发)[^，。；]{0,14}的$`)
	byGap     = regexp.MustCompile(`^(牵头|投资|投资建设|承建|建设|运营|开发|主办|承办|主导|负责)[^，。；]{0,6}的?$`)
	byVerb    = regexp.MustCompile(`^(牵头|投资|投资建设|承建|建设|运营|开发|主办|承办|主导|负责)`)
)

// support finds SUPPORTS claims of a clause.
func (s *scene) support(i int) {
	c := &s.clauses[i]
	for k := range c.cues {
		if c.cues[k].has(tagSupport) {
			s.supported(i, &c.cues[k])
		}
	}
	s.grown(c)
	s.servedFor(c)
	s.reliedOn(c)
}

// supported reads 支持A: the region supports A. A following clause that begins
// with other companies goes on with the list.
func (s *scene) supported(i int, q *cue) {
	c := &s.clauses[i]
	at := c.thingBehind(q.End)
	if at == len(c.things) || c.things[at].Start-q.End > longestGap || c.crosses(q.End, c.things[at].Start) ||
		!supportGap.MatchString(s.text(q.End, c.things[at].Start)) {
		return
	}
	s.supports(c.from(at), q.Span, "support.verb")
	if i+1 == len(s.clauses) || s.clauses[i+1].first || len(s.clauses[i+1].things) == 0 {
		return
	}
	next := &s.clauses[i+1]
	if p := next.things[0]; p.Start == next.Start && s.kind(p.spot) == schema.KindEnterprise && s.verbAfter(next, 0) == nil {
		s.supports(next.from(0), q.Span, "support.verb")
	}
}

// supportGap is what may stand between a verb of support and its object.
var supportGap = regexp.MustCompile(`^(“|[^，。；参争创承加开]{0,8}(企业|集团|园区|项目|院校|高校|机构|平台|龙头|的|国家级|省级|市级)?“?)$`)

// supports adds that the region supports each thing of a list.
func (s *scene) supports(list []thing, verb schema.Span, rule string) {
	for _, p := range list {
		s.relation(Region, schema.Supports, p.mention, hull(verb, p.Span), rule)
	}
}

// grown reads 推动A、B等企业做大做强 of companies.
func (s *scene) grown(c *clause) {
	for at, p := range c.things {
		if p.first == at && s.kind(p.spot) == schema.KindEnterprise &&
			growVerb.MatchString(s.text(max(c.Start, p.Start-10), p.Start)) && growTail.MatchString(s.tail(c, at)) {
			s.supports(c.list(at), p.Span, "support.grown")
		}
	}
}

var (
	growVerb = regexp.MustCompile(`(推动|促进|引导|助推|帮助|培育|壮大|做强|做大)[^，、]{0,4}“?$`)
	growTail = regexp.MustCompile(`^(等[^，]{0,12})?(做大做强|做优做强|做强做优|发展壮大|壮大|扩能|扩产|增资扩产|加快发展|高质量发展|提质增效|转型升级|发展)`)
)

// servedFor reads 为A提供服务.
func (s *scene) servedFor(c *clause) {
	for at, p := range c.things {
		if p.first == at && s.text(p.Start-1, p.Start) == "为" && servedTail.MatchString(s.tail(c, at)) {
			s.supports(c.list(at), p.Span, "support.served")
		}
	}
}

var servedTail = regexp.MustCompile(`^(等[^，]{0,10})?提供[^，]{0,12}(服务|保障|支持|支撑|帮助|融资|贷款|资金)`)

// reliedOn reads 依托A打造B of a body A: A supports B.
func (s *scene) reliedOn(c *clause) {
	for at := 1; at < len(c.things); at++ {
		a, b := c.things[at-1], c.things[at]
		if s.kind(a.spot) != schema.KindOrganization || s.text(a.Start-2, a.Start) != "依托" {
			continue
		}
		if v := s.verbBefore(c, b.Start); v != nil && v.spec != "" && v.Start >= a.End && v.Start-a.End <= 4 {
			s.relation(a.mention, schema.Supports, b.mention, hull(a.Span, b.Span), "support.relied-on")
		}
	}
}
