package extract

import (
	"strings"

	"github.com/lantu-kg/lantu/schema"
)

// longestTime is how many code points a clause that only states a time may have.
const longestTime = 14

// timeWord is a time and where the words that state it end.
type timeWord struct {
	schema.Period
	end int
}

// period is the first time that the clause at from states before to, outside
// names, else the one of the clause before when that does nothing but state a
// time. It is zero when none is stated.
func (s *scene) period(from, to int) schema.Period {
	if s.Report == nil {
		return schema.Period{}
	}
	c := s.ClauseAt(from)
	if times := s.timesOf(c); len(times) > 0 && times[0].end <= to {
		return times[0].Period
	}
	if c.Start == 0 || strings.ContainsRune("。！？；!?;", s.Runes[c.Start-1]) {
		return schema.Period{}
	}
	if before := s.ClauseAt(c.Start - 1); before.End-before.Start <= longestTime {
		if times := s.timesOf(before); len(times) > 0 {
			return times[0].Period
		}
	}
	return schema.Period{}
}

// timesOf is the first time that a clause states outside names, if any.
func (s *scene) timesOf(c schema.Span) []timeWord {
	if times, ok := s.times[c.Start]; ok {
		return times
	}
	s.times[c.Start] = nil
	clock := s.reader()
	k := s.spotFrom(c.Start)
	for i := c.Start; i < c.End; i++ {
		for k < len(s.spots) && s.spots[k].End <= i {
			k++
		}
		if k < len(s.spots) && s.spots[k].Start <= i {
			i = s.spots[k].End - 1
			continue
		}
		if isNumeral(s.Runes[i]) && i > 0 && isNumeral(s.Runes[i-1]) {
			continue
		}
		if p, end := clock.period(i); end > i && end <= c.End && dated(p) {
			s.times[c.Start] = []timeWord{{p, end}}
			break
		}
	}
	return s.times[c.Start]
}

// reader reads numbers and times of the passage.
func (s *scene) reader() *observer {
	if s.clock == nil {
		s.clock = &observer{numbers: newNumbers(s.Text, measureWords()), text: s.Text, mentions: s.mentions}
	}
	return s.clock
}
