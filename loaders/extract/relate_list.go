package extract

import (
	"strings"
	"unicode/utf8"

	"github.com/lantu-kg/lantu/schema"
)

// cutList is a list of names that counts more than it names: A、B等6个项目.
type cutList struct {
	schema.Span // from the first name to the last
	refs        []Ref
	list        schema.List
}

// longestCounted is how many code points may stand between 等 and the number.
const longestCounted = 10

// cutShort finds the passage's lists that count more than they name.
func (s *scene) cutShort() {
	for i := range s.clauses {
		c := &s.clauses[i]
		for at, p := range c.things {
			end := p.End
			if r := s.text(end, end+1); r == "”" || r == "》" {
				end++
			}
			if s.text(end, end+1) != "等" {
				continue
			}
			first := at
			for first > p.first && !strings.Contains(s.text(c.things[first-1].End, c.things[first].Start), "等") {
				first--
			}
			if size, noun := s.listSize(c, end+1); size > 0 {
				l := cutList{list: schema.List{Size: size, Named: s.membersNamed(c, first, at), Noun: noun}}
				l.refs, l.Span = refs(c.things[first : at+1])
				if l.list.Named < size {
					s.lists = append(s.lists, l)
				}
			}
		}
	}
}

// listSize reads the number behind 等 and what it counts: 等6个项目, 等企业35家.
func (s *scene) listSize(c *clause, from int) (int, string) {
	clock := s.reader()
	limit := min(c.End, from+longestCounted)
	for i := from; i < limit; i++ {
		r := s.Runes[i]
		if i > from && (isStop(r) || c.crosses(from, i)) {
			return 0, ""
		}
		q, _, ok := clock.at(i)
		if !ok {
			continue
		}
		if q.kind != "count" || q.value != float64(int(q.value)) || q.value*q.scale > 1e6 {
			return 0, ""
		}
		size := int(q.value * q.scale)
		if i == from || strings.Trim(s.text(from, i), "约近超共在内的") == "" {
			noun := clock.right(q, true)
			for k := c.cueBefore(noun.End); k >= 0 && c.cues[k].End == noun.End && c.cues[k].Start > noun.Start; k-- {
				noun.End = c.cues[k].Start // 项目|开工
			}
			if noun.End == noun.Start {
				return size, q.base
			}
			return size, s.text(noun.Start, noun.End)
		}
		if !isStop(clock.rune(q.after)) {
			return 0, ""
		}
		return size, s.text(from, i)
	}
	return 0, ""
}

// membersNamed counts the members of a list from one thing to another, with those
// that have no name of their own.
func (s *scene) membersNamed(c *clause, first, last int) int {
	n := 1
	for at := first + 1; at <= last; at++ {
		gap := s.text(c.things[at-1].End, c.things[at].Start)
		n += max(1, strings.Count(gap, "、"))
	}
	if c.things[first].first != first {
		return n // 甲等3个项目、乙等
	}
	// 甲 in 甲、乙路、丙路等, where 甲 is no name.
	before := s.text(max(c.Start, c.things[first].Start-longestGap), c.things[first].Start)
	before = strings.TrimRight(before, "“《")
	for strings.HasSuffix(before, "、") {
		n++
		before = strings.TrimSuffix(before, "、")
		k := strings.LastIndex(before, "、")
		if k < 0 || utf8.RuneCountInString(before[k:]) < 3 {
			break
		}
		before = before[:k+len("、")]
	}
	return n
}

// cutFor is the list that an end of a claim is named in, nil for none.
func (s *scene) cutFor(c Claim) *schema.List {
	if c.Rule == "location.stacked" || c.Rule == "location.in-name" { // said by a name alone
		return nil
	}
	for _, end := range []Ref{c.Subject, c.Object} {
		for i := range s.lists {
			l := &s.lists[i]
			if l.Start >= c.Span.End || l.End <= c.Span.Start {
				continue
			}
			for _, r := range l.refs {
				if r == end {
					list := l.list
					return &list
				}
			}
		}
	}
	return nil
}
