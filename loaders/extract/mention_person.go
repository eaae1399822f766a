package extract

import (
	"slices"

	"github.com/lantu-kg/lantu/schema"
)

// findPeople finds persons behind a post and before a title.
func (f *finder) findPeople() {
	for _, token := range f.Tokens {
		if token.Tag == "nrfg" && token.End-token.Start == 3 && !f.theory(token.End) {
			f.add(candidate{start: token.Start, end: token.End, kind: schema.KindPerson, rule: "person.known", weight: 0.8})
		}
		title := f.names.posts.Has(token.Text, "TITLE")
		if title || f.names.posts.Has(token.Text, "POST") {
			f.personAfter(token.End)
		}
		if title {
			f.personBefore(token.Start)
		}
	}
}

// maxTheory bounds what stands between a person's name and the word for the
// theory that goes by it.
const maxTheory = 18

// theory reports whether a name that ends at code point end begins that of a
// theory: …思想.
func (f *finder) theory(end int) bool {
	for i := end; i+1 < len(f.Runes) && i < end+maxTheory && isHan(f.Runes[i]); i++ {
		if f.follows(i, "思想") {
			return true
		}
		if f.follows(i, "总书记") || f.follows(i, "主席") || f.follows(i, "同志") {
			return false
		}
	}
	return false
}

// personAfter finds 张三 in 市长 张三.
func (f *finder) personAfter(at int) {
	start := at
	for start < len(f.Runes) && (f.Runes[start] == ' ' || f.Runes[start] == '\u3000') {
		start++
	}
	if start < len(f.Runes) && f.class[f.at[start]] == boundJoint {
		return
	}
	n := f.surname(start, start > at)
	if n == 0 {
		return
	}
	if t := f.Tokens[f.at[start]]; t.End-t.Start > n && t.Tag != "nr" && t.Tag != "x" {
		return // a word
	}
	for length := n + 2; length > n; length-- {
		end := start + length
		if end > len(f.Runes) || !han(f.Runes[start:end]) {
			continue
		}
		if end == len(f.Runes) || !han(f.Runes[end:end+1]) || f.governs(end) {
			f.add(candidate{start: start, end: end, kind: schema.KindPerson, rule: "person.post", weight: 0.8})
			return
		}
	}
}

// governs reports whether a verb or other bounding word begins at code point i.
func (f *finder) governs(i int) bool {
	k := f.at[i]
	return f.Tokens[k].Start == i && (f.class[k] == boundGovernor || f.class[k] == boundStop || f.class[k] == boundLight)
}

// personBefore finds 张三 in 张三院士.
func (f *finder) personBefore(end int) {
	for _, length := range []int{3, 2} {
		start := end - length
		if start < 0 || !han(f.Runes[start:end]) || f.surname(start, false) == 0 {
			continue
		}
		if k := f.at[start]; f.Tokens[k].Start != start {
			continue
		}
		f.add(candidate{start: start, end: end, kind: schema.KindPerson, rule: "person.title", weight: 0.8})
		return
	}
}

// surname returns how long the family name at code point i is, 0 for none;
// rare ones count on demand only.
func (f *finder) surname(i int, rare bool) int {
	m, ok := f.x.lexicon.LongestAt(f.Runes, i, "SURNAME")
	if !ok || m.Extra == "" && m.End-m.Start == 1 && !rare {
		return 0
	}
	return m.End - m.Start
}

func han(runes []rune) bool {
	return !slices.ContainsFunc(runes, func(r rune) bool { return !isHan(r) })
}
