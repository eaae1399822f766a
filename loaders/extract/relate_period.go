package extract

import (
	"strings"

	"github.com/lantu-kg/lantu/schema"
)

// longestTime is how many code points a clause that only states a time may have.
const longestTime = 14

// period is the time that the text between two places states outside names,
// else the clause before, when that states a time and names nothing. It is
// zero when none is stated.
func (s *scene) period(from, to int) schema.Period {
	if s.Report == nil {
		return schema.Period{}
	}
	if s.clock == nil {
		s.clock = &observer{numbers: newNumbers(s.Text, measureWords()), text: s.Text, mentions: s.mentions}
	}
	if p := s.timeIn(from, to); !p.IsZero() {
		return p
	}
	before := s.ClauseAt(max(0, from-1))
	if before.End == from && from > 0 && before.End-before.Start <= longestTime && !strings.ContainsRune("。；！？;", s.Runes[from-1]) {
		return s.timeIn(before.Start, before.End)
	}
	return schema.Period{}
}

// timeIn is the first time stated between two places outside names.
func (s *scene) timeIn(from, to int) schema.Period {
	k := s.spotFrom(from)
	for i := from; i < to; i++ {
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
		if p, end := s.clock.period(i); end > i && end <= to && p.From != "" {
			return p
		}
	}
	return schema.Period{}
}
