package extract

import (
	"regexp"
	"strings"

	"github.com/lantu-kg/lantu/schema"
)

// parts finds PART_OF claims.
func (s *scene) parts() {
	for i := range s.clauses {
		s.listedUnder(i)
		s.module(i)
		s.spelledOut(i)
		s.represented(i)
		s.projectsOf(i)
	}
	for _, p := range s.spots {
		s.phaseOf(p)
	}
	s.glossary()
}

// listedUnder reads A、B、C等D: members of a named group of their own kind, or
// industries that D serves; and A“B” of an event's part.
func (s *scene) listedUnder(i int) {
	c := &s.clauses[i]
	for at := 1; at < len(c.things); at++ {
		last, group := c.things[at-1], c.things[at]
		if group.Start-last.End > longestGap {
			continue
		}
		raw := stripNotes(s.text(last.End, group.Start))
		k, in := s.kind(last.spot), s.kind(group.spot)
		industries := k == schema.KindIndustry && in == k && groupGap.MatchString(raw)
		if raw == "“" && s.Runes[last.End-1] == '”' || raw != "“" && !etcetera.MatchString(strings.Trim(raw, "“”《》")) && !industries {
			continue
		}
		if raw == "“" && k == schema.KindEvent && in == k {
			s.relation(group.mention, schema.PartOf, last.mention, hull(last.Span, group.Span), "part.of-event")
			continue
		}
		if raw == "“" && last.first == last.last {
			continue
		}
		for _, p := range c.upTo(at - 1) {
			switch {
			case k == in && k != schema.KindPlace:
				s.relation(p.mention, schema.PartOf, group.mention, hull(p.Span, group.Span), "part.listed")
			case k == schema.KindIndustry:
				s.relation(group.mention, schema.Targets, p.mention, hull(p.Span, group.Span), "targets.listed")
			}
		}
	}
}

// projectsOf reads 推进A，B、C等6个项目开工 of a programme and its projects.
func (s *scene) projectsOf(i int) {
	if i == 0 || s.clauses[i].first {
		return
	}
	c, before := &s.clauses[i], &s.clauses[i-1]
	if len(before.things) != 1 || len(c.things) == 0 || c.things[0].Start != c.Start {
		return
	}
	programme := before.things[0]
	if s.kind(programme.spot) != schema.KindProgram || !workLead.MatchString(s.lead(before, programme.Start)) ||
		!bareTail.MatchString(s.tail(before, 0)) || !membersTail.MatchString(s.tail(c, 0)) {
		return
	}
	for _, p := range c.list(0) {
		if s.kind(p.spot) == schema.KindProject {
			s.relation(p.mention, schema.PartOf, programme.mention, hull(programme.Span, p.Span), "part.under-programme")
		}
	}
}

var (
	bareTail    = regexp.MustCompile(`^(项目|工程|行动|计划|公共基础设施|基础设施)?(建设|实施)?$`)
	membersTail = regexp.MustCompile(`^等[^，]{0,8}(项目|工程)`)
)

var (
	// etcetera ends a list, after members that are no mentions.
	etcetera = regexp.MustCompile(`^(、[^，、等]{1,6}){0,2}等$`)
	groupGap = regexp.MustCompile(`^等[0-9]+(余|多)?(个|大|条|类|项)(重点|新兴|优势|特色|主导)?$`)
)

// phaseOf reads X二期 beside a mention X inside its name.
func (s *scene) phaseOf(p spot) {
	if p.host < 0 {
		return
	}
	host := s.spots[p.host]
	if p.Start != host.Start || s.kind(p) == schema.KindPlace || s.kind(p) == schema.KindEnterprise || s.kind(p) == schema.KindOrganization {
		return
	}
	rest := strings.Trim(s.text(p.End, host.End), "（）()")
	if phaseTail.MatchString(rest) {
		s.relation(host.mention, schema.PartOf, p.mention, host.Span, "part.phase")
	}
}

// phaseTail is what a phase adds to the name of the whole.
var phaseTail = regexp.MustCompile(`^[（(]?第?[一二三四五六七八九十1-9、和]{1,5}期[）)]?(项目|工程|建设)?$`)

// module reads A上线B of a module of a system.
func (s *scene) module(i int) {
	c := &s.clauses[i]
	for at := 1; at < len(c.things); at++ {
		a, b := c.things[at-1], c.things[at]
		if s.kind(a.spot) == schema.KindFacility && s.kind(b.spot) == schema.KindFacility && s.text(a.End, b.Start) == "上线" {
			s.relation(b.mention, schema.PartOf, a.mention, hull(a.Span, b.Span), "part.module")
		}
	}
}

// spelledOut reads A：B、C、D of a programme and its parts.
func (s *scene) spelledOut(i int) {
	c := &s.clauses[i]
	if i+1 == len(s.clauses) || len(c.things) == 0 || !strings.ContainsAny(s.text(c.End-1, c.End), "：:") {
		return
	}
	whole, next := c.things[len(c.things)-1], &s.clauses[i+1]
	if s.kind(whole.spot) != schema.KindProgram || c.End-whole.End > 6 || len(next.things) < 2 ||
		next.things[0].last != len(next.things)-1 || s.lead(next, next.things[0].Start) != "" {
		return
	}
	for _, p := range next.things {
		s.sameSort(p.mention, whole.mention, hull(whole.Span, p.Span), "part.spelled-out")
	}
}

// represented reads 以A、B为代表的C, A包括B、C and A旗下B.
func (s *scene) represented(i int) {
	c := &s.clauses[i]
	for at := 1; at < len(c.things); at++ {
		a, b := c.things[at-1], c.things[at]
		if b.Start-a.End > 5 {
			continue
		}
		switch s.text(a.End, b.Start) {
		case "为代表的", "为重点的", "为主的", "为核心的":
			for _, p := range c.upTo(at - 1) {
				s.sameSort(p.mention, b.mention, hull(p.Span, b.Span), "part.represented")
			}
		case "旗下", "下属", "所属":
			s.sameSort(b.mention, a.mention, hull(a.Span, b.Span), "part.owned")
		case "包括", "包含", "涵盖", "下设", "（含", "分为":
			for _, p := range c.from(at) {
				s.sameSort(p.mention, a.mention, hull(a.Span, p.Span), "part.comprised")
			}
		}
	}
}

// sameSort adds that a thing is part of another of the same kind.
func (s *scene) sameSort(part, whole Ref, span schema.Span, rule string) {
	if s.mentions[part].Kind == s.mentions[whole].Kind {
		s.relation(part, schema.PartOf, whole, span, rule)
	}
}

// glossary reads a note that explains a name by its parts: A：B、C and D.
func (s *scene) glossary() {
	head, at := s.noteHead()
	if head == None {
		return
	}
	kind := s.mentions[head].Kind
	if kind != schema.KindProgram {
		return
	}
	end := len(s.Runes)
	whole, last := head, at // what the note explains here, and where the name before ends
	for _, p := range s.spots {
		if p.Start < at || p.host >= 0 || p.mention == head {
			continue
		}
		if strings.ContainsAny(s.text(last, p.Start), "；;。") {
			whole = head
		}
		last = p.End
		span := schema.Span{Start: 0, End: min(end, p.End)}
		member := memberLead.MatchString(s.text(max(at, p.Start-6), p.Start)) ||
			s.text(p.Start-1, p.Start) == "“" && labelEnd.MatchString(s.text(p.End, p.End+2))
		switch s.kind(p) {
		case kind:
			if subhead.MatchString(s.text(p.End, p.End+6)) {
				s.relation(p.mention, schema.PartOf, head, span, "part.glossary")
				whole = p.mention
			} else if member {
				s.relation(p.mention, schema.PartOf, whole, span, "part.glossary")
			}
		case schema.KindProject:
			if member {
				s.relation(p.mention, schema.PartOf, whole, span, "part.glossary")
			}
		case schema.KindIndustry:
			if member {
				s.relation(head, schema.Targets, p.mention, span, "targets.glossary")
			}
		case schema.KindPlace:
			if member || alongLead.MatchString(s.text(p.Start-2, p.Start)) {
				s.covers(head, []Ref{p.mention}, span, "covers.glossary")
			}
		}
	}
}

var (
	// memberLead ends what stands before a part that a note lists.
	memberLead = regexp.MustCompile(`(^|[：:、；;，（(]|指|即|建立|强化|落实|设立|构建|包括|包含|涵盖|和|及|与|实施|开展|推进|[一二三四五六七八九十]是|[0-9][.．])[“《 ]*$`)
	// alongLead stands before a place that a programme follows or reaches.
	alongLead = regexp.MustCompile(`(沿|以|在|至|到|从|由|连|连接|围绕|环)$`)
	// labelEnd follows a quoted part that ends its clause.
	labelEnd = regexp.MustCompile(`^”[，；;。、]?$`)
	// subhead follows a part that the note explains in its turn.
	subhead = regexp.MustCompile(`^”?([：:]|(是)?指|，(开展|实施|包括))`)
)

// noteHead is the name that a note explains, and where the explanation begins.
func (s *scene) noteHead() (Ref, int) {
	if len(s.spots) == 0 {
		return None, 0
	}
	p := s.spots[0]
	lead := strings.Trim(s.text(0, p.Start), "“《 ")
	number := strings.Trim(lead, "[]【】〔〕［］（）()0123456789.．、 注*①②③④⑤⑥⑦⑧⑨⑩：")
	if number != "" || p.Start > 8 {
		return None, 0
	}
	rest := s.Runes[p.End:]
	if s.Mood != schema.MoodUnknown && !strings.ContainsAny(firstRunes(lead, 1), "[【〔［（(") {
		return None, 0 // 1.A：… of the report itself
	}
	if lead == "" && !meansTail.MatchString(string(rest[:min(len(rest), 20)])) {
		return None, 0
	}
	for i, r := range rest {
		if i > 12 {
			break
		}
		if r == '：' || r == ':' {
			return p.mention, p.End + i + 1
		}
		if strings.ContainsRune("。；，", r) {
			break
		}
	}
	return None, 0
}

// meansTail is how an explanation goes on that has no number: A：指….
var meansTail = regexp.MustCompile(`^”?[^，。；：]{0,8}：?(是指|指|即)`)

// coverage finds COVERS claims: a place inside a programme's name, 在A实施B,
// A、B等村实施C and C覆盖A.
func (s *scene) coverage() {
	for i := range s.clauses {
		s.carriedOut(i)
		s.reaches(i)
	}
	for _, p := range s.spots {
		if p.host < 0 || s.kind(p) != schema.KindPlace {
			continue
		}
		host := s.spots[p.host]
		if s.ownRegion(s.text(p.Start, p.End)) || hasAnySuffix(s.text(host.Start, host.End), []string{"备忘录", "协议"}) {
			continue
		}
		s.relation(host.mention, schema.Covers, p.mention, host.Span, "covers.in-name")
	}
}

// carriedOut reads the places where a clause says a programme is carried out.
func (s *scene) carriedOut(i int) {
	c := &s.clauses[i]
	for at, p := range c.things {
		if !houses(s.kind(p.spot)) || p.last != at {
			continue
		}
		places, span := refs(c.list(at))
		if at+1 < len(c.things) {
			q := c.things[at+1]
			in := placedLead.MatchString(s.text(max(c.Start, span.Start-2), span.Start))
			if s.kind(q.spot) == schema.KindProgram && countedPlaces.MatchString(s.text(p.End, q.Start)) {
				s.covers(q.mention, places, hull(span, q.Span), "covers.counted")
			}
			if s.kind(q.spot) == schema.KindProgram && (in || span.Start == c.Start && s.kind(p.spot) == schema.KindPlace) {
				if v := s.verbBefore(c, q.Start); (v.tells(schema.StatusStarted) || v.tells(schema.StatusTrial) || v.tells(schema.StatusUnderConstruction)) && v.Start >= p.End {
					s.covers(q.mention, places, hull(span, q.Span), "covers.carried-out")
				}
			}
		}
		if p.first > 0 {
			q := c.things[p.first-1]
			if s.kind(q.spot) == schema.KindProgram && span.Start-q.End < longestGap && coverGap.MatchString(s.text(q.End, span.Start)) {
				s.covers(q.mention, places, hull(span, q.Span), "covers.reached")
			}
		}
	}
}

var (
	placedLead    = regexp.MustCompile(`(在|支持|推动|推进|鼓励|指导|允许)$`)
	countedPlaces = regexp.MustCompile(`^等[0-9]+(余|多)?个(乡镇|镇街|街道|社区|镇|乡|村|县|市|区)“?$`)
)

var coverGap = regexp.MustCompile(`^”?[^，、]{0,8}(覆盖|惠及|在|扩大到|延伸到|拓展到|推广到)(全部)?$`)

// reaches reads what a clause says of the programme that the clause before it
// is about: 实施A，B、C开展试点; 深化A，向B、C拓展.
func (s *scene) reaches(i int) {
	if i == 0 || s.clauses[i].first || len(s.clauses[i].things) == 0 {
		return
	}
	c, before := &s.clauses[i], &s.clauses[i-1]
	if len(before.things) == 0 {
		return
	}
	programme := before.things[len(before.things)-1]
	if s.kind(programme.spot) != schema.KindProgram || programme.first != programme.last || !workLead.MatchString(s.lead(before, programme.Start)) {
		return
	}
	lead := s.lead(c, c.things[0].Start)
	towards := lead == "向" || lead == "往"
	if !towards && lead != "" && lead != "在" {
		return
	}
	last := 0
	for last+1 < len(c.things) && houses(s.kind(c.things[last+1].spot)) &&
		(c.things[last+1].Start == c.things[last].End || s.listed(c.things[last].spot, c.things[last+1].spot)) {
		last++
	}
	tail := reachTail
	if towards {
		tail = spreadTail
	}
	if !tail.MatchString(s.text(c.things[last].End, c.End)) {
		return
	}
	for at, p := range c.things[:last+1] {
		if at < last && c.things[at+1].Start == p.End {
			continue // the township of a village
		}
		if houses(s.kind(p.spot)) {
			s.covers(programme.mention, []Ref{p.mention}, hull(programme.Span, p.Span), "covers.next-clause")
		}
	}
}

var (
	// workLead ends what stands before a programme that a clause says is carried out.
	workLead = regexp.MustCompile(`(实施|开展|推进|聚焦|围绕|落实|深化|推行|启动|推广|依托|按照|对照|紧扣)$`)
	// reachTail is what places do with the programme of the clause before.
	reachTail = regexp.MustCompile(`^(等[^，。；]{0,12}?)?(积极|率先|先行先试|先行|全面|稳步|同步|持续|扎实|有序|深入|首批|成功|已|率先|纳入|列入|作为)*(开展|试点|启动|推进|实施|创建|纳入|列入|推行|先行|建成|完成)`)
	// spreadTail is how a programme goes on to other places.
	spreadTail = regexp.MustCompile(`^(等[^，。；]{0,12}?)?(拓展|延伸|推广|扩展|扩面|覆盖|铺开|扩大)`)
)

// covers adds the places of a programme, the report's own region apart.
func (s *scene) covers(programme Ref, places []Ref, span schema.Span, rule string) {
	for _, r := range places {
		if r >= 0 && !s.ownRegion(s.mentions[r].Name) {
			s.relation(programme, schema.Covers, r, span, rule)
		}
	}
}

// targets finds TARGETS claims: an industry inside a name, and one that the
// sentence's heading clause speaks of.
func (s *scene) targets() {
	for _, p := range s.spots {
		if p.host < 0 || s.kind(p) != schema.KindIndustry {
			continue
		}
		host := s.spots[p.host]
		s.relation(host.mention, schema.Targets, p.mention, host.Span, "targets.in-name")
	}
	for i := range s.clauses {
		if s.clauses[i].first {
			s.topic(i)
		}
		s.aimedAt(i)
		s.qualified(i)
	}
}

// topic gives the industries of a sentence's heading clause to the parks,
// projects and facilities of its other clauses, up to the next such clause.
func (s *scene) topic(i int) {
	industries := s.topicIndustries(&s.clauses[i])
	if len(industries) == 0 {
		return
	}
	for k := i + 1; k < len(s.clauses) && !s.clauses[k].first; k++ {
		next := &s.clauses[k]
		if len(s.topicIndustries(next)) > 0 {
			return
		}
		for _, p := range next.things {
			switch s.kind(p.spot) {
			case schema.KindPark, schema.KindProject, schema.KindFacility:
				for _, industry := range some(industries) {
					s.relation(p.mention, schema.Targets, industry.mention, hull(industry.Span, p.Span), "targets.heading")
				}
			}
		}
	}
}

// mostHeading is how many industries a heading clause may speak of.
const mostHeading = 2

// otherTopic ends a clause that speaks of what belongs to an industry.
var otherTopic = regexp.MustCompile(`(机制|体系|样板|制度|人才|标准)$`)

// longestHeading is how many code points a heading clause may have.
const longestHeading = 30

// topicIndustries are the industries that a short clause speaks of and of
// nothing else; a programme for an industry speaks of that.
func (s *scene) topicIndustries(c *clause) []spot {
	if len(c.things) == 0 || c.End-c.Start > longestHeading {
		return nil
	}
	if p := c.things[0]; len(c.things) == 1 && s.kind(p.spot) == schema.KindProgram {
		for in := p.index + 1; in < len(s.spots) && s.spots[in].Start < p.End; in++ {
			if s.kind(s.spots[in]) == schema.KindIndustry {
				return s.spots[in : in+1]
			}
		}
	}
	var industries []spot
	for _, p := range c.things {
		if s.kind(p.spot) != schema.KindIndustry || p.first != 0 {
			return nil
		}
		industries = append(industries, p.spot)
	}
	if len(industries) > mostHeading || otherTopic.MatchString(s.tail(c, 0)) {
		return nil
	}
	return industries
}

// aimedAt reads industries that a clause names as the field of the one thing
// beside it: 实施A，紧盯B、C等领域; 围绕B、C，实施A; A聚焦B.
func (s *scene) aimedAt(i int) {
	c := &s.clauses[i]
	for at, p := range c.things {
		if p.first != at || s.kind(p.spot) != schema.KindIndustry || !fieldWord.MatchString(s.text(max(c.Start, p.Start-8), p.Start)) {
			continue
		}
		host := s.besideField(i, at)
		if host == nil {
			continue
		}
		for _, q := range c.list(at) {
			if s.kind(q.spot) == schema.KindIndustry {
				s.relation(host.mention, schema.Targets, q.mention, hull(host.Span, q.Span), "targets.field")
			}
		}
	}
}

var fieldWord = regexp.MustCompile(`(紧盯|聚焦|围绕|面向|瞄准|主攻|重点发展|主导产业为|紧扣|突出|以|吸引|集聚|赋能|支撑)[^，、]{0,2}$`)

// besideField is the thing that a clause with a field speaks of: before the
// field in its clause, else behind it, else alone in the clause before, else
// alone in the clause behind.
func (s *scene) besideField(i, at int) *thing {
	c := &s.clauses[i]
	alone := func(k int) *thing {
		if k < 0 || k >= len(s.clauses) || s.clauses[k].sentence != c.sentence || len(s.clauses[k].things) != 1 {
			return nil
		}
		return &s.clauses[k].things[0]
	}
	var host *thing
	switch last := c.things[at].last; {
	case at > 0:
		host = &c.things[at-1]
	case last+1 < len(c.things):
		host = &c.things[last+1]
	default:
		if host = alone(i - 1); host == nil {
			host = alone(i + 1)
		}
	}
	if host == nil {
		return nil
	}
	switch s.kind(host.spot) {
	case schema.KindProgram, schema.KindPark, schema.KindFacility, schema.KindProject:
		return host
	}
	return nil
}

// qualified reads an industry directly before the name it qualifies, and
// A、B等C项目 of projects in an industry C.
func (s *scene) qualified(i int) {
	c := &s.clauses[i]
	for at, p := range c.things {
		if s.kind(p.spot) != schema.KindIndustry {
			continue
		}
		if at+1 < len(c.things) && p.last == at && c.things[at+1].Start-p.End <= 12 {
			q := c.things[at+1]
			gap := s.text(p.End, q.Start)
			if directly.MatchString(gap) && s.kind(q.spot) != schema.KindOrganization || s.kind(q.spot) == schema.KindProgram && inField.MatchString(gap) {
				for _, r := range c.list(at) {
					s.relation(q.mention, schema.Targets, r.mention, hull(r.Span, q.Span), "targets.qualified")
				}
			}
		}
		if at > 0 && s.text(c.things[at-1].End, p.Start) == "”" && labelledTail.MatchString(s.text(p.End, min(c.End, p.End+12))) {
			q := c.things[at-1] // “A”数字经济论坛
			s.relation(q.mention, schema.Targets, p.mention, hull(q.Span, p.Span), "targets.qualified")
		}
		if at > 0 && p.Start-c.things[at-1].End <= 12 && ofMany.MatchString(s.text(c.things[at-1].End, p.Start)) &&
			projectTail.MatchString(s.text(p.End, min(c.End, p.End+12))) {
			for _, r := range c.upTo(at - 1) {
				s.relation(r.mention, schema.Targets, p.mention, hull(r.Span, p.Span), "targets.sort")
			}
		}
	}
}

var (
	directly = regexp.MustCompile(`^(产业|领域)?“?$`)
	inField  = regexp.MustCompile(`^(等)?(重点|关键)?(领域|行业|产业)(实施|开展|推行|启动|推进)“?$`)
	// labelledTail closes the name of an event or programme whose label stands before its field.
	labelledTail = regexp.MustCompile(`^(产业|领域|行业)?[^，]{0,6}(活动|论坛|大会|峰会|展|对接会|行动|计划|工程|赛)`)
	projectTail  = regexp.MustCompile(`^(产业|领域|类|行业)?(重点|重大|标志性)?(项目|园区|基地|平台|工程|载体|集群)`)
	ofMany       = regexp.MustCompile(`^”?(等)?([0-9]+|一批)?(余|多)?(个|家|项)?(重点|重大)?$`)
)
