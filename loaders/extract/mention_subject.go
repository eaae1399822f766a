package extract

import "github.com/lantu-kg/lantu/schema"

// findSubjects finds companies that no word tells but what they do: an
// uncommon word at the beginning of a clause before 荣获, 落户, 产值.
func (f *finder) findSubjects() {
	for i := range f.Tokens {
		if f.class[i] != boundNone || !f.begins(i) {
			continue
		}
		k, singles := i, 0
		for ; k < len(f.Tokens) && f.class[k] == boundNone && !f.proper[k] && f.Tokens[k].End-f.Tokens[i].Start <= 4; k++ {
			t := f.Tokens[k]
			if f.does(t.Start) {
				break
			}
			if t.End-t.Start == 1 {
				singles++
			} else if t.Tag != "nr" && t.Tag != "nz" && t.Tag != "x" {
				break
			}
		}
		if k == i || k >= len(f.Tokens) || singles < 2 && f.Tokens[k-1].End-f.Tokens[i].Start < 3 {
			continue
		}
		if f.does(f.Tokens[k].Start) {
			f.add(candidate{start: f.Tokens[i].Start, end: f.Tokens[k-1].End, kind: schema.KindEnterprise, rule: "enterprise.subject", weight: 0.5})
		}
	}
}

// does reports whether what stands at code point i is said of a company
// before it.
func (f *finder) does(i int) bool {
	m, ok := f.x.lexicon.LongestAt(f.Runes, i, "VERB_HONOUR", "VERB_SETTLE", "COMPANY_DOES")
	return ok && m.Extra != "weak" && m.Extra != "before"
}
