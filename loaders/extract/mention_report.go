package extract

import (
	"slices"

	"github.com/lantu-kg/lantu/schema"
)

// established are names that some passage of a report makes sure of, by their
// first two code points, the longest first.
type established map[[2]rune][]establishedName

type establishedName struct {
	name []rune
	kind schema.Kind
}

// minEstablished is how many code points a name must have to be looked for in
// the rest of the report.
const minEstablished = 3

// sure is the weight from which a candidate makes its name sure.
const sure = 0.8

// establish gathers the names that the passages' candidates make sure of. A
// name of two kinds keeps the first.
func establish(finders []*finder) established {
	names, seen := established{}, map[string]bool{}
	for _, f := range finders {
		for _, c := range f.found {
			if c.weight < sure || c.length() < minEstablished || !travels(c.kind) || c.rule == ruleOf(c.kind, "known") {
				continue
			}
			name := f.Runes[c.start:c.end]
			if seen[string(name)] {
				continue
			}
			seen[string(name)] = true
			key := [2]rune{name[0], name[1]}
			names[key] = append(names[key], establishedName{name, c.kind})
		}
	}
	for _, list := range names {
		slices.SortStableFunc(list, func(a, b establishedName) int { return len(b.name) - len(a.name) })
	}
	return names
}

// travels reports whether names of a kind mean the same throughout a report.
// Places come from the gazetteer, and industries have their words.
func travels(kind schema.Kind) bool {
	switch kind {
	case schema.KindPlace, schema.KindIndustry, schema.KindPerson:
		return false
	}
	return true
}

// findEstablished finds names that another passage of the report made sure of.
func (f *finder) findEstablished(names established) {
	for _, token := range f.Tokens {
		i := token.Start
		if i+1 >= len(f.Runes) {
			break
		}
		for _, n := range names[[2]rune{f.Runes[i], f.Runes[i+1]}] {
			end := i + len(n.name)
			if end > len(f.Runes) || !slices.Equal(f.Runes[i:end], n.name) || !f.aligned(i, end) {
				continue
			}
			f.add(candidate{start: i, end: end, kind: n.kind, rule: ruleOf(n.kind, "again"), weight: 0.7})
			break
		}
	}
}
