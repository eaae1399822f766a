package search

import (
	_ "embed"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/lantu-kg/lantu/schema"
)

//go:generate go run ./traditional/build

// characters lists traditional characters with their simplified forms, one for
// one, so that a folded name has the length of the name.
//
//go:embed traditional/characters.tsv
var characters string

var simplified = sync.OnceValue(func() map[rune]rune {
	table := map[rune]rune{}
	for line := range strings.Lines(characters) {
		from, size := utf8.DecodeRuneInString(line)
		to, _ := utf8.DecodeRuneInString(line[size+1:])
		table[from] = to
	}
	return table
})

// fold returns the form under which texts are compared: a normal name in
// simplified characters.
func fold(s string) string {
	table := simplified()
	return strings.Map(func(r rune) rune {
		if simple, ok := table[r]; ok {
			return simple
		}
		return r
	}, schema.NormalName(s))
}

// foldRunes folds a text and tells from which of its code points each folded
// one comes.
func foldRunes(text []rune) (folded []rune, at []int) {
	for i, r := range text {
		for _, f := range fold(string(r)) {
			folded = append(folded, f)
			at = append(at, i)
		}
	}
	return folded, at
}
