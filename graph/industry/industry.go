// Package industry knows which industry is part of which: a taxonomy built on
// the national classification (GB/T 4754-2017) and on the terms that reports
// use, in which a term may have several broader ones.
package industry

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/lantu-kg/lantu/schema"
)

//go:embed taxonomy.tsv
var file string

// Term is an industry by its names.
type Term struct {
	Name    string
	Also    []string // other names of the same
	Code    string   // in GB/T 4754-2017: the letter of the section, then digits; "" for terms that it does not have
	broader []*Term
	below   []*Term
}

// Taxonomy is what is part of what. It is not changed after it is built.
type Taxonomy struct {
	terms   []*Term
	byName  map[string]*Term // by the names as they stand
	byShort map[string]*Term // by the names without what ends any industry's
}

// Default returns the built-in taxonomy. It is a part of the program, so that a
// fault in it is a fault of the program.
var Default = sync.OnceValue(func() *Taxonomy {
	t, err := Parse(file)
	if err != nil {
		panic("industry: taxonomy: " + err.Error())
	}
	return t
})

// Parse reads a taxonomy: lines of names, broader terms and a code, parted by
// tabs, several of one sort by |. It refuses names that stand twice, broader
// terms that are none, and circles.
func Parse(text string) (*Taxonomy, error) {
	t := &Taxonomy{byName: map[string]*Term{}, byShort: map[string]*Term{}}
	broader := map[*Term][]string{}
	for n, line := range strings.Split(text, "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		columns := append(strings.Split(line, "\t"), "", "")
		names := strings.Split(columns[0], "|")
		term := &Term{Name: names[0], Also: names[1:], Code: columns[2]}
		for _, name := range names {
			key := schema.NormalName(name)
			short, cut := shortened(key)
			if key == "" || t.byName[key] != nil || cut && t.byShort[short] != nil && t.byShort[short] != term {
				return nil, fmt.Errorf("line %d: %q is no new name", n+1, name)
			}
			t.byName[key] = term
			if cut {
				t.byShort[short] = term
			}
		}
		if columns[1] != "" {
			broader[term] = strings.Split(columns[1], "|")
		}
		t.terms = append(t.terms, term)
	}
	for _, term := range t.terms {
		for _, name := range broader[term] {
			above := t.byName[schema.NormalName(name)]
			if above == nil {
				return nil, fmt.Errorf("%s: no term is named %q", term.Name, name)
			}
			term.broader = append(term.broader, above)
			above.below = append(above.below, term)
		}
	}
	for _, term := range t.terms {
		if slices.Contains(reach(term, func(t *Term) []*Term { return t.broader }), term) {
			return nil, fmt.Errorf("%s is a part of itself", term.Name)
		}
	}
	return t, nil
}

// shortened cuts what ends the name of any industry off a normal name, and
// reports whether something was cut.
func shortened(key string) (string, bool) {
	for _, tail := range []string{"产业", "行业"} {
		if rest, ok := strings.CutSuffix(key, tail); ok && rest != "" {
			return rest, true
		}
	}
	return key, false
}

// Find returns the term of the first of names that is one, nil for none. 产业
// or 行业 at the end does not count, unless a term has just that name.
func (t *Taxonomy) Find(names ...string) *Term {
	for _, name := range names {
		key := schema.NormalName(name)
		short, _ := shortened(key)
		for _, term := range []*Term{t.byName[key], t.byName[short], t.byShort[short]} {
			if term != nil {
				return term
			}
		}
	}
	return nil
}

// Above returns all broader terms, nearer ones first.
func (t *Term) Above() []*Term { return reach(t, func(t *Term) []*Term { return t.broader }) }

// Below returns all narrower terms, nearer ones first.
func (t *Term) Below() []*Term { return reach(t, func(t *Term) []*Term { return t.below }) }

// Names returns all names of the term.
func (t *Term) Names() []string { return append([]string{t.Name}, t.Also...) }

func reach(from *Term, next func(*Term) []*Term) []*Term {
	var found []*Term
	for edge := next(from); len(edge) > 0; {
		var after []*Term
		for _, term := range edge {
			if !slices.Contains(found, term) {
				found = append(found, term)
				after = append(after, next(term)...)
			}
		}
		edge = after
	}
	return found
}
