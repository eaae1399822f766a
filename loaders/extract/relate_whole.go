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
		s.phaseAfterThing(i)
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

// phaseAfterThing reads A上线B of a module of a system, and 举办A“B”.
func (s *scene) phaseAfterThing(i int) {
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
	number := strings.Trim(lead, "[]【】〔〕（）()0123456789.．、 ")
	if number != "" || lead == "" || p.Start > 8 {
		return None, 0
	}
	rest := s.Runes[p.End:]
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

// coverage finds COVERS claims: a place inside a programme's name, and
// 在A实施B.
func (s *scene) coverage() {
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
	}
}

// topic gives the industry of a sentence's heading clause to the parks,
// projects and facilities of its other clauses.
func (s *scene) topic(i int) {
	c := &s.clauses[i]
	industry := s.topicIndustry(c)
	if industry == nil {
		return
	}
	for k := i + 1; k < len(s.clauses) && s.clauses[k].sentence == c.sentence; k++ {
		for _, n := range s.clauses[k].spots {
			p := s.spots[n]
			switch s.kind(p) {
			case schema.KindPark, schema.KindProject, schema.KindFacility:
				s.relation(p.mention, schema.Targets, industry.mention, hull(industry.Span, p.Span), "targets.heading")
			}
		}
	}
}

// topicIndustry is the one industry that a heading clause speaks of.
func (s *scene) topicIndustry(c *clause) *spot {
	if len(c.spots) != 1 || c.End-c.Start > 24 {
		return nil
	}
	p := s.spots[c.spots[0]]
	if s.kind(p) != schema.KindIndustry {
		return nil
	}
	return &p
}
