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
		s.builder(i)
		s.contractor(i)
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
		if at > 0 {
			before := s.spots[c.spots[at-1]]
			if before.End >= p.Start-len([]rune(link)) {
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
	for _, k := range c.spots {
		p := s.spots[k]
		if p.Start >= q.End && p.Start >= last.End && p.Start-q.End <= 8 &&
			(s.kind(p) == schema.KindProject || s.kind(p) == schema.KindFacility) {
			s.relation(party.mention, schema.ResponsibleFor, p.mention, hull(party.Span, p.Span), "responsible.signed")
		}
	}
}

// linkBefore is the word that joins a party to the region: 与, 和, 同, 携手.
func (s *scene) linkBefore(p spot) string {
	before := s.text(max(0, p.Start-4), p.Start)
	before = strings.TrimRight(before, "“《")
	for _, link := range []string{"与", "同", "和", "携手", "联合", "聘请", "牵手", "对接", "联手"} {
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
	case "对接":
		if rest := s.text(from, c.End); rest != "" && !strings.ContainsAny(firstRunes(rest, 1), "，,。；;”等、") {
			return nil // 对接京津高校
		}
		return &schema.Span{Start: from, End: from}
	case "携手", "联合", "聘请", "牵手", "联手":
		return &schema.Span{Start: from, End: from}
	case "与", "同":
		// 与A、B设置C: what is founded with others
		for i := range c.cues {
			q := &c.cues[i]
			if q.Start == from && q.has(tagBefore) && s.hasObject(c, q) {
				return &q.Span
			}
		}
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

// builder reads a company or body directly before the project that it builds.
func (s *scene) builder(i int) {
	c := &s.clauses[i]
	for at := 1; at < len(c.spots); at++ {
		a, b := s.spots[c.spots[at-1]], s.spots[c.spots[at]]
		if ka := s.kind(a); ka != schema.KindEnterprise && ka != schema.KindOrganization || s.kind(b) != schema.KindProject {
			continue
		}
		if gap := s.text(a.End, b.Start); gap == "" || gap == "投资" || gap == "投资建设" || gap == "承建" {
			s.relation(a.mention, schema.ResponsibleFor, b.mention, hull(a.Span, b.Span), "responsible.builder")
		}
	}
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

// contractor reads A投资的B, 由A建设的B and B由A承办.
func (s *scene) contractor(i int) {
	c := &s.clauses[i]
	for at, k := range c.spots {
		a := s.spots[k]
		if kind := s.kind(a); kind != schema.KindEnterprise && kind != schema.KindOrganization {
			continue
		}
		by := s.text(a.Start-1, a.Start) == "由"
		if at+1 < len(c.spots) {
			b := s.spots[c.spots[at+1]]
			gap := s.text(a.End, b.Start)
			if investTail.MatchString(gap) || by && byTail.MatchString(gap) {
				s.relation(a.mention, schema.ResponsibleFor, b.mention, hull(a.Span, b.Span), "responsible.contractor")
			}
		}
		if by && at > 0 && byVerb.MatchString(s.text(a.End, c.End)) {
			b := s.spots[c.spots[at-1]]
			if b.End >= a.Start-2 {
				s.relation(a.mention, schema.ResponsibleFor, b.mention, hull(b.Span, a.Span), "responsible.contractor")
			}
		}
	}
}

var (
	investTail = regexp.MustCompile(`^(集团|公司)?(总)?(投资|投建|承建|建设|运营|开发|主办|承办|牵头|研发)[^，。；]{0,14}的$`)
	byTail     = regexp.MustCompile(`^(牵头|投资|投资建设|承建|建设|运营|开发|主办|承办|主导|负责)[^，。；]{0,6}的?$`)
	byVerb     = regexp.MustCompile(`^(牵头|投资|投资建设|承建|建设|运营|开发|主办|承办|主导|负责)`)
)

// support reads 支持A: the region supports A. A following clause that begins
// with other parties goes on with the list.
func (s *scene) support(i int) {
	c := &s.clauses[i]
	for k := range c.cues {
		q := &c.cues[k]
		if !q.has(tagSupport) {
			continue
		}
		at := slices.IndexFunc(c.spots, func(n int) bool { return s.spots[n].Start >= q.End })
		if at < 0 || s.crosses(c, q.End, s.spots[c.spots[at]].Start) ||
			!supportGap.MatchString(s.text(q.End, s.spots[c.spots[at]].Start)) {
			continue
		}
		s.supported(c, at, q.Span)
		if i+1 < len(s.clauses) {
			next := &s.clauses[i+1]
			if next.sentence == c.sentence && len(next.spots) > 0 && s.spots[next.spots[0]].Start == next.Start {
				if p := s.spots[next.spots[0]]; s.kind(p) == schema.KindEnterprise && s.verbAfter(next, p) == nil {
					s.supported(next, 0, q.Span)
				}
			}
		}
	}
	s.grown(c)
	s.servedFor(c)
	s.reliedOn(c)
}

// supportGap is what may stand between a verb of support and its object.
var supportGap = regexp.MustCompile(`^(“|[^，。；参争创承加开]{0,8}(企业|集团|园区|项目|院校|高校|机构|平台|龙头|的|国家级|省级|市级)?“?)$`)

// supported adds the list that begins with spot at of a clause.
func (s *scene) supported(c *clause, at int, verb schema.Span) {
	for ; ; at++ {
		p := s.spots[c.spots[at]]
		s.relation(Region, schema.Supports, p.mention, hull(verb, p.Span), "support.verb")
		if at+1 == len(c.spots) || !s.listed(p, s.spots[c.spots[at+1]]) {
			return
		}
	}
}

// grown reads 推动A、B等企业做大做强 of companies.
func (s *scene) grown(c *clause) {
	for at, k := range c.spots {
		p := s.spots[k]
		if s.kind(p) != schema.KindEnterprise || at > 0 && s.listed(s.spots[c.spots[at-1]], p) {
			continue
		}
		if growVerb.MatchString(s.text(max(c.Start, p.Start-10), p.Start)) && growTail.MatchString(s.tail(c, p)) {
			s.supported(c, at, p.Span)
		}
	}
}

var (
	growVerb = regexp.MustCompile(`(推动|促进|引导|助推|帮助|培育|壮大|做强|做大)[^，、]{0,4}“?$`)
	growTail = regexp.MustCompile(`^(等[^，]{0,12})?(做大做强|做优做强|做强做优|发展壮大|壮大|扩能|扩产|增资扩产|加快发展|高质量发展|提质增效|转型升级|发展)`)
)

// servedFor reads 为A提供服务.
func (s *scene) servedFor(c *clause) {
	for _, k := range c.spots {
		p := s.spots[k]
		if s.text(p.Start-1, p.Start) != "为" || !servesTail.MatchString(s.tail(c, p)) {
			continue
		}
		for n := slices.Index(c.spots, k); n < len(c.spots); n++ {
			q := s.spots[c.spots[n]]
			s.relation(Region, schema.Supports, q.mention, hull(p.Span, q.Span), "support.served")
			if n+1 == len(c.spots) || !s.listed(q, s.spots[c.spots[n+1]]) {
				break
			}
		}
	}
}

var servesTail = regexp.MustCompile(`^(等[^，]{0,10})?提供[^，]{0,12}(服务|保障|支持|支撑|帮助|融资|贷款|资金)`)

// reliedOn reads 依托A打造B of a body A: A supports B.
func (s *scene) reliedOn(c *clause) {
	for at := 1; at < len(c.spots); at++ {
		a, b := s.spots[c.spots[at-1]], s.spots[c.spots[at]]
		if s.kind(a) != schema.KindOrganization || s.text(a.Start-2, a.Start) != "依托" {
			continue
		}
		if v := s.verbBefore(c, b); v != nil && v.spec != "" && v.Start >= a.End && v.Start-a.End <= 4 {
			s.relation(a.mention, schema.Supports, b.mention, hull(a.Span, b.Span), "support.relied-on")
		}
	}
}
