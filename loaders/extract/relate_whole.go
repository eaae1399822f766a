package extract

import (
	"regexp"
	"slices"
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
	}
	for k := range s.spots {
		s.phaseOf(k)
	}
	s.glossary()
}

// listedUnder reads A、B、C等D: members of a named group of their own kind.
func (s *scene) listedUnder(i int) {
	c := &s.clauses[i]
	for at := 1; at < len(c.spots); at++ {
		last, group := s.spots[c.spots[at-1]], s.spots[c.spots[at]]
		raw := stripNotes(s.text(last.End, group.Start))
		gap := strings.Trim(raw, "“”《》")
		if gap != "等" && (gap != "" || raw != "“") {
			continue
		}
		k, in := s.kind(last), s.kind(group)
		if raw == "“" && k == schema.KindEvent && in == k {
			s.relation(group.mention, schema.PartOf, last.mention, hull(last.Span, group.Span), "part.of-event")
			continue
		}
		refs, span := s.listEnding(c, c.spots[at-1])
		if gap == "" && len(refs) < 2 {
			continue
		}
		relation, rule := schema.PartOf, "part.listed"
		switch {
		case k == in && k != schema.KindPlace:
		case k == schema.KindIndustry && in != schema.KindPlace && in != schema.KindEnterprise:
			relation, rule = schema.Targets, "targets.listed"
		default:
			continue
		}
		for _, r := range refs {
			subject, object := r, group.mention
			if relation == schema.Targets {
				subject, object = object, subject
			}
			s.relation(subject, relation, object, hull(span, group.Span), rule)
		}
	}
}

// phaseOf reads X二期 beside a mention X inside its name.
func (s *scene) phaseOf(k int) {
	p := s.spots[k]
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
	for k := range c.cues {
		q := &c.cues[k]
		if q.word != "上线" || len(c.spots) < 2 {
			continue
		}
		a, b := s.spots[c.spots[0]], s.spots[c.spots[1]]
		if a.End <= q.Start && b.Start >= q.End && s.kind(a) == schema.KindFacility && s.kind(b) == schema.KindFacility {
			s.relation(b.mention, schema.PartOf, a.mention, hull(a.Span, b.Span), "part.module")
		}
	}
}

// spelledOut reads A：B、C、D of a programme and its parts.
func (s *scene) spelledOut(i int) {
	c := &s.clauses[i]
	if i+1 == len(s.clauses) || len(c.spots) == 0 || s.text(c.End-1, c.End) != "：" && s.text(c.End-1, c.End) != ":" {
		return
	}
	whole := s.spots[c.spots[len(c.spots)-1]]
	next := &s.clauses[i+1]
	if s.kind(whole) != schema.KindProgram || len([]rune(s.text(whole.End, c.End))) > 6 || len(next.spots) < 2 ||
		strings.Trim(s.text(next.Start, s.spots[next.spots[0]].Start), "“") != "" {
		return
	}
	for n, k := range next.spots {
		p := s.spots[k]
		if n > 0 && !s.listed(s.spots[next.spots[n-1]], p) {
			return
		}
		s.sameSort(p.mention, whole.mention, hull(whole.Span, p.Span), "part.spelled-out")
	}
}

// represented reads 以A、B为代表的C, A包括B、C and A（B、C）.
func (s *scene) represented(i int) {
	c := &s.clauses[i]
	for at := 1; at < len(c.spots); at++ {
		a, b := s.spots[c.spots[at-1]], s.spots[c.spots[at]]
		gap := s.text(a.End, b.Start)
		switch {
		case gap == "为代表的" || gap == "为重点的" || gap == "为主的" || gap == "为核心的":
			refs, span := s.listEnding(c, c.spots[at-1])
			for _, r := range refs {
				s.sameSort(r, b.mention, hull(span, b.Span), "part.represented")
			}
		case gap == "旗下" || gap == "下属" || gap == "所属":
			s.sameSort(b.mention, a.mention, hull(a.Span, b.Span), "part.owned")
		case gap == "包括" || gap == "包含" || gap == "涵盖" || gap == "下设" || gap == "（含" || gap == "分为":
			for n := at; n < len(c.spots); n++ {
				p := s.spots[c.spots[n]]
				s.sameSort(p.mention, a.mention, hull(a.Span, p.Span), "part.comprised")
				if n+1 == len(c.spots) || !s.listed(p, s.spots[c.spots[n+1]]) {
					break
				}
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
	for _, p := range s.spots {
		if p.Start < at || p.host >= 0 || p.mention == head {
			continue
		}
		switch s.kind(p) {
		case kind:
			s.relation(p.mention, schema.PartOf, head, schema.Span{Start: 0, End: min(end, p.End)}, "part.glossary")
		case schema.KindPlace:
			s.relation(head, schema.Covers, p.mention, schema.Span{Start: 0, End: min(end, p.End)}, "covers.glossary")
		}
	}
}

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
	}
	for _, p := range s.spots {
		if p.host < 0 || s.kind(p) != schema.KindPlace {
			continue
		}
		host := s.spots[p.host]
		if s.ownRegion(s.text(p.Start, p.End)) {
			continue
		}
		s.relation(host.mention, schema.Covers, p.mention, host.Span, "covers.in-name")
	}
}

// carriedOut reads the places where a clause says a programme is carried out.
func (s *scene) carriedOut(i int) {
	c := &s.clauses[i]
	for at, k := range c.spots {
		p := s.spots[k]
		if !houses(s.kind(p)) {
			continue
		}
		refs, span := s.listEnding(c, k)
		if at+1 < len(c.spots) {
			q := s.spots[c.spots[at+1]]
			in := s.text(span.Start-1, span.Start) == "在"
			if s.kind(q) == schema.KindProgram && (in || span.Start == c.Start && s.kind(p) == schema.KindPlace) && !s.listed(p, q) {
				if v := s.verbBefore(c, q); v.tells(schema.StatusStarted) && v.Start >= p.End {
					s.covers(q.mention, refs, hull(span, q.Span), "covers.carried-out")
				}
			}
		}
		if at > 0 {
			first := slices.Index(c.spots, k) - len(refs)
			if first < 0 {
				continue
			}
			q := s.spots[c.spots[first]]
			gap := s.text(q.End, span.Start)
			if s.kind(q) == schema.KindProgram && coverGap.MatchString(gap) {
				s.covers(q.mention, refs, hull(span, q.Span), "covers.reached")
			}
		}
	}
}

var coverGap = regexp.MustCompile(`^”?[^，、]{0,8}(覆盖|惠及|在|扩大到|延伸到|拓展到|推广到)(全部)?$`)

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
// projects and facilities of its other clauses.
func (s *scene) topic(i int) {
	c := &s.clauses[i]
	industries := s.topicIndustries(c)
	if len(industries) == 0 {
		return
	}
	for k := i + 1; k < len(s.clauses) && s.clauses[k].sentence == c.sentence; k++ {
		next := &s.clauses[k]
		if len(s.topicIndustries(next)) > 0 {
			return
		}
		for _, n := range next.spots {
			p := s.spots[n]
			switch s.kind(p) {
			case schema.KindPark, schema.KindProject, schema.KindFacility:
				for _, industry := range industries {
					s.relation(p.mention, schema.Targets, industry.mention, hull(industry.Span, p.Span), "targets.heading")
				}
			}
		}
	}
}

// topicIndustries are the industries that a short clause speaks of and of
// nothing else; a programme for an industry speaks of that.
func (s *scene) topicIndustries(c *clause) []spot {
	if len(c.spots) == 0 || c.End-c.Start > 30 {
		return nil
	}
	var industries []spot
	for n, k := range c.spots {
		p := s.spots[k]
		if s.kind(p) == schema.KindProgram && len(c.spots) == 1 {
			for in := k + 1; in < len(s.spots) && s.spots[in].Start < p.End; in++ {
				if s.kind(s.spots[in]) == schema.KindIndustry {
					return append(industries, s.spots[in])
				}
			}
		}
		if s.kind(p) != schema.KindIndustry || n > 0 && !s.listed(s.spots[c.spots[n-1]], p) {
			return nil
		}
		industries = append(industries, p)
	}
	return industries
}

// aimedAt reads industries that a clause names as the field of the one thing
// beside it: 实施A，紧盯B、C等领域; 围绕B、C，实施A; A聚焦B.
func (s *scene) aimedAt(i int) {
	c := &s.clauses[i]
	for at, k := range c.spots {
		p := s.spots[k]
		if s.kind(p) != schema.KindIndustry || at > 0 && s.kind(s.spots[c.spots[at-1]]) == schema.KindIndustry {
			continue
		}
		word := fieldWord.FindString(s.text(max(c.Start, p.Start-8), p.Start))
		if word == "" {
			continue
		}
		to := at
		for to+1 < len(c.spots) && s.listed(s.spots[c.spots[to]], s.spots[c.spots[to+1]]) {
			to++
		}
		host := s.besideField(i, at, to)
		if host == nil {
			continue
		}
		for _, n := range c.spots[at : to+1] {
			if q := s.spots[n]; s.kind(q) == schema.KindIndustry {
				s.relation(host.mention, schema.Targets, q.mention, hull(host.Span, q.Span), "targets.field")
			}
		}
	}
}

var fieldWord = regexp.MustCompile(`(紧盯|聚焦|围绕|面向|瞄准|主攻|重点发展|主导产业为|紧扣|突出|以|吸引|集聚|赋能|支撑)[^，、]{0,2}$`)

// besideField is the thing that a clause with a field speaks of: before the
// field in its clause, else alone in the clause before, else alone behind.
func (s *scene) besideField(i, from, to int) *spot {
	c := &s.clauses[i]
	aims := func(p spot) bool {
		switch s.kind(p) {
		case schema.KindProgram, schema.KindPark, schema.KindFacility, schema.KindProject:
			return true
		}
		return false
	}
	if from > 0 {
		if p := s.spots[c.spots[from-1]]; aims(p) {
			return &p
		}
		return nil
	}
	if to+1 < len(c.spots) {
		if p := s.spots[c.spots[to+1]]; aims(p) {
			return &p
		}
		return nil
	}
	if i > 0 && s.clauses[i-1].sentence == c.sentence && len(s.clauses[i-1].spots) == 1 {
		if p := s.spots[s.clauses[i-1].spots[0]]; aims(p) {
			return &p
		}
		return nil
	}
	if i+1 < len(s.clauses) && s.clauses[i+1].sentence == c.sentence && len(s.clauses[i+1].spots) == 1 {
		if p := s.spots[s.clauses[i+1].spots[0]]; aims(p) {
			return &p
		}
	}
	return nil
}

// qualified reads an industry directly before the name it qualifies, and
// A、B等C项目 of projects in an industry C.
func (s *scene) qualified(i int) {
	c := &s.clauses[i]
	for at, k := range c.spots {
		p := s.spots[k]
		if s.kind(p) != schema.KindIndustry {
			continue
		}
		if at+1 < len(c.spots) {
			q := s.spots[c.spots[at+1]]
			gap := s.text(p.End, q.Start)
			if gap == "" || gap == "“" || gap == "产业“" || gap == "领域“" || gap == "产业" || fieldTail.MatchString(gap) && s.kind(q) == schema.KindProgram {
				refs, span := s.listEnding(c, k)
				for _, r := range refs {
					s.relation(q.mention, schema.Targets, r, hull(span, q.Span), "targets.qualified")
				}
			}
		}
		if at > 0 && projectTail.MatchString(s.text(p.End, c.End)) {
			last := s.spots[c.spots[at-1]]
			if ofMany.MatchString(s.text(last.End, p.Start)) {
				refs, span := s.listEnding(c, c.spots[at-1])
				for _, r := range refs {
					s.relation(r, schema.Targets, p.mention, hull(span, p.Span), "targets.sort")
				}
			}
		}
	}
}

var (
	fieldTail   = regexp.MustCompile(`^(等)?(重点|关键)?(领域|行业|产业)(实施|开展|推行|启动|推进)“?$`)
	projectTail = regexp.MustCompile(`^(产业|领域|类|行业)?(重点|重大|标志性)?(项目|园区|基地|平台|工程|载体|集群)`)
	ofMany      = regexp.MustCompile(`^”?(等)?([0-9]+|一批)?(余|多)?(个|家|项)?(重点|重大)?$`)
)
