package resolve

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/lantu-kg/lantu/schema"
)

// name is one thing of a report under its names.
type name struct {
	kind      schema.Kind
	name      string
	canonical canonical
	aliases   []string
	members   []int // positions of its mentions
	within    int   // position of a mention it lies in, or -1
	resolved  bool
}

// group unites the mentions that are one thing within the report.
func (w *work) group() []*name {
	mentions := w.mentions
	w.forms = make([]*canon, len(mentions))
	w.joined = make([]string, len(mentions))
	parent := make([]int, len(mentions))
	var find func(int) int
	find = func(i int) int {
		if parent[i] != i {
			parent[i] = find(parent[i])
		}
		return parent[i]
	}
	// join puts mention i and what is joined to it to mention j's.
	join := func(i, j int, rule string) {
		if find(i) != find(j) && !w.r.splits.has(mentions[i].Kind, mentions[i].Name, rule) {
			parent[find(i)] = find(j)
			w.joined[i] = rule
		}
	}
	spelt := map[string]int{}       // normal name -> first mention of it
	formed := map[canonical]int{}   // canonical form -> first mention of it
	said := map[canonical][]int{}   // without scope -> first mention of each form that says a region beyond the report's own
	cache := map[[2]string]*canon{} // by kind and name
	for i, m := range mentions {
		parent[i] = i
		key := [2]string{string(m.Kind), m.Name}
		if cache[key] == nil {
			cache[key] = w.r.canonicalOf(w.home, m.Kind, m.Name)
		}
		form := cache[key]
		w.forms[i] = form
		normal := schema.NormalName(m.Name)
		if j, ok := spelt[normal]; ok {
			join(i, j, ruleSameName)
		} else {
			spelt[normal] = i
		}
		if j, ok := formed[form.key()]; ok {
			if find(i) != find(j) {
				parent[find(i)] = find(j) // the form's own rules say why
			}
		} else {
			formed[form.key()] = i
			if form.scoped && !w.home.contains(form.scope) {
				bare := form.key()
				bare.scope = ""
				said[bare] = append(said[bare], i)
			}
		}
	}
	for i, m := range mentions {
		form := w.forms[i]
		if form.scoped || form.scope != w.home.scope || !mayLeaveRegion(m.Kind) {
			continue
		}
		bare := form.key()
		bare.scope = ""
		if regions := said[bare]; len(regions) == 1 {
			join(i, regions[0], ruleUnsaid)
		}
	}
	for i, m := range mentions {
		for _, a := range m.Aliases {
			j, ok := spelt[schema.NormalName(a)]
			// A label of the centre is not only its use here: 市委“十五五”规划.
			if ok && mentions[j].Kind == m.Kind && !w.r.words.Has(w.forms[j].text, "NATIONAL") {
				join(j, i, Alias)
			}
		}
	}
	starts := map[start][]int{}
	for i := range mentions {
		if formed[w.forms[i].key()] == i {
			s := w.forms[i].start()
			starts[s] = append(starts[s], i)
		}
	}
	for i := range mentions {
		if formed[w.forms[i].key()] == i {
			if j, ok := w.spelledOut(i, starts); ok {
				join(i, j, ruleAbbreviation)
			}
		}
	}
	byRoot := map[int]*name{}
	var groups []*name
	for i := range mentions {
		root := find(i)
		g := byRoot[root]
		if g == nil {
			g = &name{within: -1}
			byRoot[root] = g
			groups = append(groups, g)
		}
		g.members = append(g.members, i)
	}
	for _, g := range groups {
		g.settle(w)
	}
	return groups
}

// mayLeaveRegion reports whether a report that names a thing with a region
// other than its own may also name it without that. A district has a library, and so has
// its city.
func mayLeaveRegion(k schema.Kind) bool {
	return k != schema.KindOrganization && k != schema.KindFacility
}

// contains reports whether a scope is the report's region or inside it. A city
// may speak of 电子信息产业园 of its own beside that of a county.
func (h *home) contains(scope string) bool {
	return scope == "" || scope == h.scope || h.region.Code != "" && h.g.Within(scope, h.region.Code)
}

// settle chooses a group's kind by weight of its mentions, and its name: the
// longest, the most frequent of equals, of a label the label; and the form it is known by: the
// longest, that which says its region of equals.
func (g *name) settle(w *work) {
	weight := map[schema.Kind]float64{}
	count := map[string]int{}
	for _, i := range g.members {
		m := w.mentions[i]
		weight[m.Kind] += m.Weight
		count[m.Name]++
		g.aliases = append(g.aliases, m.Name)
		for _, a := range m.Aliases {
			if !w.r.Apart(m.Kind, a) {
				g.aliases = append(g.aliases, a)
			}
		}
		if g.within < 0 && m.Within >= 0 && m.Within != i {
			g.within = m.Within
		}
	}
	best := -1.0
	for _, info := range schema.Kinds {
		if w, ok := weight[info.Kind]; ok && w > best {
			best, g.kind = w, info.Kind
		}
	}
	for n := range count {
		a, b := len([]rune(n)), len([]rune(g.name))
		if a > b || a == b && (count[n] > count[g.name] || count[n] == count[g.name] && n < g.name) {
			g.name = n
		}
	}
	g.name = schema.KnownName(g.kind, g.name, g.aliases)
	var chosen *canon
	for _, i := range g.members {
		form := w.forms[i]
		if class(form.kind) != class(g.kind) {
			continue
		}
		if chosen == nil || betterForm(form, chosen) {
			chosen = form
		}
	}
	g.canonical = chosen.key()
}

func betterForm(a, b *canon) bool {
	region := func(c *canon) int {
		if c.scoped {
			return 1
		}
		return 0
	}
	return cmp.Or(
		cmp.Compare(len([]rune(b.text)), len([]rune(a.text))),
		cmp.Compare(region(b), region(a)),
		strings.Compare(a.text, b.text), strings.Compare(a.scope, b.scope)) < 0
}

// shortest and longestAbbreviation bound the runes of an abbreviation.
const (
	shortestAbbreviation = 3
	longestAbbreviation  = 6
)

// start is what a name and its abbreviation have in common.
type start struct {
	kind  schema.Kind
	first rune
}

func (c *canon) start() start {
	first, _ := utf8.DecodeRuneInString(c.text)
	return start{c.kind, first}
}

// spelledOut finds the one longer name of the report whose words' first
// characters make the name of mention i, among the forms by their start.
func (w *work) spelledOut(i int, starts map[start][]int) (int, bool) {
	form := w.forms[i]
	short := []rune(form.text)
	switch form.kind {
	case schema.KindPlace, schema.KindPerson, schema.KindIndustry, schema.KindProgram:
		return 0, false
	}
	if len(short) < shortestAbbreviation || len(short) > longestAbbreviation {
		return 0, false
	}
	found := -1
	for _, j := range starts[form.start()] {
		long := w.forms[j].text
		if utf8.RuneCountInString(long) < len(short)+2 || strings.Contains(long, form.text) || !w.abbreviates(short, long) {
			continue
		}
		if found >= 0 {
			return 0, false
		}
		found = j
	}
	return found, found >= 0
}

// abbreviates reports whether short is made of the beginnings of long's words
// in order, the first and the last among them, two of them or more cut; of the
// last word the end will do.
func (w *work) abbreviates(short []rune, long string) bool {
	var words [][]rune
	for _, t := range w.r.segmenter.Segment(long) {
		words = append(words, []rune(t.Text))
	}
	if len(words) < 2 {
		return false
	}
	// reach tells whether short[s:] can be made of words[n:] with so many cut.
	var reach func(s, n, cut int) bool
	reach = func(s, n, cut int) bool {
		if n == len(words) {
			return false
		}
		word := words[n]
		// 学院 is 院 at the end.
		if s == len(short)-1 && n == len(words)-1 && short[s] == word[len(word)-1] && len(word) > 1 {
			return cut >= 1
		}
		for k := min(len(word), len(short)-s); k > 0; k-- {
			if !slices.Equal(short[s:s+k], word[:k]) {
				continue
			}
			cuts := cut
			if k < len(word) {
				cuts++
			}
			if s+k == len(short) {
				if n == len(words)-1 && cuts >= 2 {
					return true
				}
				continue
			}
			if reach(s+k, n+1, cuts) {
				return true
			}
		}
		return n > 0 && n < len(words)-1 && reach(s, n+1, cut)
	}
	return reach(0, 0, 0)
}
