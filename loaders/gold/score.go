package gold

import (
	"fmt"
	"io"
	"math"
	"sort"
	"strings"
)

// Measure names what is counted.
type Measure string

// The measures. Each counts within a passage, one to one.
const (
	MeasureEntity      Measure = "entity"      // name (or an alias) and kind agree
	MeasureEntityName  Measure = "entity-name" // name (or an alias) agrees
	MeasureClaim       Measure = "claim"       // subject, relation and object agree, names up to alias
	MeasureObservation Measure = "observation" // about, value, unit and type agree, the measure is alike
	MeasureNumber      Measure = "obs-number"  // value, unit and type agree
)

// Measures lists the measures in the order in which they are shown.
var Measures = []Measure{MeasureEntity, MeasureEntityName, MeasureClaim, MeasureObservation, MeasureNumber}

// alike is how similar, by bigram Dice coefficient, two measures' names must
// be to count as the same.
const alike = 0.5

// Count is how many things were right, in the gold, and found.
type Count struct{ Hit, Gold, Found int }

func (c *Count) add(d Count) { c.Hit += d.Hit; c.Gold += d.Gold; c.Found += d.Found }

// Precision is the part of what was found that is right, 0 when nothing was.
func (c Count) Precision() float64 { return ratio(c.Hit, c.Found) }

// Recall is the part of the gold that was found, 0 when there is none.
func (c Count) Recall() float64 { return ratio(c.Hit, c.Gold) }

// F1 is the harmonic mean of precision and recall.
func (c Count) F1() float64 {
	p, r := c.Precision(), c.Recall()
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}

func ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

// Miss is a gold thing that was not found, or a found thing that the gold
// lacks (Extra).
type Miss struct {
	Measure Measure
	Doc     string
	Line    int
	Extra   bool
	Cause   Cause // "" when Extra
	Thing   any   // Entity, Claim or Observation
}

// Score adds up over the passages of any number of reports.
type Score struct {
	Totals map[Measure]*Count
	// Kinds counts per entity kind, claim relation and observation type.
	Kinds map[Measure]map[string]*Count
	// Causes counts why things of the gold were missed.
	Causes Causes
	// Misses is filled when KeepMisses is set.
	Misses     []Miss
	KeepMisses bool
}

// NewScore returns an empty score.
func NewScore() *Score {
	s := &Score{Totals: map[Measure]*Count{}, Kinds: map[Measure]map[string]*Count{}, Causes: Causes{}}
	for _, m := range Measures {
		s.Totals[m] = &Count{}
		s.Kinds[m] = map[string]*Count{}
	}
	return s
}

// Add scores a report's findings against its gold. Passages that the gold
// does not annotate are ignored; those it annotates and found lacks count as
// nothing found.
func (s *Score) Add(gold *Document, found []Passage) {
	byLine := map[int]Passage{}
	for _, p := range found {
		byLine[p.Line] = p
	}
	for _, g := range gold.Passages {
		s.addPassage(gold, g, byLine[g.Line])
	}
}

func (s *Score) addPassage(doc *Document, g, p Passage) {
	m := newMatcher(doc.Region, g, p)
	kinds := func(m Measure, gs []string, ps []string, hitG, hitP []bool, why func(i int) Cause, things func(gold bool, i int) any) {
		for i, key := range gs {
			c := s.kind(m, key)
			c.Gold++
			if hitG[i] {
				c.Hit++
			} else if s.KeepMisses {
				s.Misses = append(s.Misses, Miss{m, doc.Name, g.Line, false, why(i), things(true, i)})
			}
		}
		for i, key := range ps {
			s.kind(m, key).Found++
			if !hitP[i] && s.KeepMisses {
				s.Misses = append(s.Misses, Miss{m, doc.Name, g.Line, true, "", things(false, i)})
			}
		}
	}

	hitG, hitP := m.entities()
	s.total(MeasureEntity, hitG, hitP)
	s.Causes.count(MeasureEntity, hitG, m.entity)
	kinds(MeasureEntity,
		each(g.Entities, func(e Entity) string { return string(e.Kind) }),
		each(p.Entities, func(e Entity) string { return string(e.Kind) }), hitG, hitP, m.entity,
		func(gold bool, i int) any {
			if gold {
				return g.Entities[i]
			}
			return p.Entities[i]
		})
	hitG, hitP = match(len(g.Entities), len(p.Entities), m.sameName)
	s.total(MeasureEntityName, hitG, hitP)

	hitG, hitP = m.claims()
	s.total(MeasureClaim, hitG, hitP)
	s.Causes.count(MeasureClaim, hitG, m.claim)
	kinds(MeasureClaim,
		each(g.Claims, func(c Claim) string { return string(c.Relation) }),
		each(p.Claims, func(c Claim) string { return string(c.Relation) }), hitG, hitP, m.claim,
		func(gold bool, i int) any {
			if gold {
				return g.Claims[i]
			}
			return p.Claims[i]
		})

	hitG, hitP = m.observations()
	s.total(MeasureObservation, hitG, hitP)
	s.Causes.count(MeasureObservation, hitG, m.observation)
	kinds(MeasureObservation,
		each(g.Observations, func(o Observation) string { return string(o.Type) }),
		each(p.Observations, func(o Observation) string { return string(o.Type) }), hitG, hitP, m.observation,
		func(gold bool, i int) any {
			if gold {
				return g.Observations[i]
			}
			return p.Observations[i]
		})
	hitG, hitP = match(len(g.Observations), len(p.Observations), m.sameNumber)
	s.total(MeasureNumber, hitG, hitP)
}

func (s *Score) kind(m Measure, key string) *Count {
	c := s.Kinds[m][key]
	if c == nil {
		c = &Count{}
		s.Kinds[m][key] = c
	}
	return c
}

func (s *Score) total(m Measure, hitG, hitP []bool) {
	hits := 0
	for _, h := range hitG {
		if h {
			hits++
		}
	}
	s.Totals[m].add(Count{Hit: hits, Gold: len(hitG), Found: len(hitP)})
}

// Write writes the table: with byKind a row a kind, relation and type first,
// then a row a measure.
func (s *Score) Write(w io.Writer, byKind bool) error {
	var b strings.Builder
	row := func(name string, c *Count) {
		fmt.Fprintf(&b, "%-32s P %.3f  R %.3f  F1 %.3f  (%d of %d gold, %d found)\n",
			name, c.Precision(), c.Recall(), c.F1(), c.Hit, c.Gold, c.Found)
	}
	if byKind {
		for _, m := range []Measure{MeasureClaim, MeasureEntity, MeasureObservation} {
			keys := make([]string, 0, len(s.Kinds[m]))
			for k := range s.Kinds[m] {
				keys = append(keys, k)
			}
			sort.Strings(keys)
			for _, k := range keys {
				row(string(m)+" "+k, s.Kinds[m][k])
			}
		}
	}
	for _, m := range Measures {
		row(string(m), s.Totals[m])
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// match pairs gold things with found ones greedily in order, one to one.
func match(gold, found int, same func(i, j int) bool) (hitG, hitP []bool) {
	hitG, hitP = make([]bool, gold), make([]bool, found)
	for i := range hitG {
		for j := range hitP {
			if !hitP[j] && same(i, j) {
				hitG[i], hitP[j] = true, true
				break
			}
		}
	}
	return hitG, hitP
}

// Right tells which of the things found in a passage its annotation has.
func Right(region []string, gold, found Passage) (entities, claims, observations []bool) {
	m := newMatcher(region, gold, found)
	_, entities = m.entities()
	_, claims = m.claims()
	_, observations = m.observations()
	return entities, claims, observations
}

// matcher pairs the things of one passage.
type matcher struct {
	g, p   Passage
	names  resolver
	gn, pn []map[string]bool // normal names by entity
}

func newMatcher(region []string, g, p Passage) *matcher {
	sets := func(es []Entity) []map[string]bool {
		sets := make([]map[string]bool, len(es))
		for i, e := range es {
			sets[i] = map[string]bool{normal(e.Name): true}
			for _, a := range e.Aliases {
				sets[i][normal(a)] = true
			}
		}
		return sets
	}
	return &matcher{g, p, newResolver(region, g, p), sets(g.Entities), sets(p.Entities)}
}

func (m *matcher) sameName(i, j int) bool {
	for n := range m.gn[i] {
		if m.pn[j][n] {
			return true
		}
	}
	return false
}

func (m *matcher) entities() (hitG, hitP []bool) {
	return match(len(m.g.Entities), len(m.p.Entities), func(i, j int) bool {
		return m.g.Entities[i].Kind == m.p.Entities[j].Kind && m.sameName(i, j)
	})
}

func (m *matcher) claims() (hitG, hitP []bool) {
	return match(len(m.g.Claims), len(m.p.Claims), func(i, j int) bool {
		a, b := m.g.Claims[i], m.p.Claims[j]
		return a.Relation == b.Relation && m.names.name(a.Subject) == m.names.name(b.Subject) &&
			m.names.name(a.Object) == m.names.name(b.Object)
	})
}

func (m *matcher) sameNumber(i, j int) bool {
	a, b := m.g.Observations[i], m.p.Observations[j]
	return math.Abs(a.Value-b.Value) < 1e-9 && normal(a.Unit) == normal(b.Unit) && a.Type == b.Type
}

func (m *matcher) observations() (hitG, hitP []bool) {
	return match(len(m.g.Observations), len(m.p.Observations), func(i, j int) bool {
		a, b := m.g.Observations[i], m.p.Observations[j]
		return m.sameNumber(i, j) && m.names.name(a.About) == m.names.name(b.About) && dice(a.Measure, b.Measure) >= alike
	})
}

// resolver maps the names of one passage to one representative each.
type resolver struct{ gold, found map[string]string }

func newResolver(region []string, g, p Passage) resolver {
	return resolver{representatives(region, g.Entities), representatives(region, p.Entities)}
}

func representatives(region []string, entities []Entity) map[string]string {
	rep := map[string]string{}
	put := func(name, r string) {
		if _, ok := rep[normal(name)]; !ok {
			rep[normal(name)] = r
		}
	}
	for _, e := range entities {
		r := normal(e.Name)
		put(e.Name, r)
		for _, a := range e.Aliases {
			put(a, r)
		}
	}
	for _, n := range region {
		rep[normal(n)] = "region"
	}
	return rep
}

func (r resolver) name(n string) string {
	n = normal(n)
	if m, ok := r.gold[n]; ok {
		return m
	}
	if m, ok := r.found[n]; ok {
		n = m
	}
	if m, ok := r.gold[n]; ok {
		return m
	}
	return n
}

// normal is the form in which names, units and measures are compared.
func normal(s string) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \u3000“”\"‘’'《》〈〉「」()（）", r) {
			return -1
		}
		return r
	}, s))
}

// dice is the similarity of two phrases: 1 when equal, 0.75 when one holds the
// other, else the Sørensen–Dice coefficient of their character bigrams.
func dice(x, y string) float64 {
	x, y = normal(x), normal(y)
	if x == y {
		return 1
	}
	if x != "" && y != "" && (strings.Contains(x, y) || strings.Contains(y, x)) {
		return 0.75
	}
	a, na := bigrams(x)
	b, nb := bigrams(y)
	if na+nb == 0 {
		return 0
	}
	common := 0
	for g, n := range a {
		common += min(n, b[g])
	}
	return 2 * float64(common) / float64(na+nb)
}

func bigrams(s string) (counts map[[2]rune]int, total int) {
	rs := []rune(s)
	counts = map[[2]rune]int{}
	for i := 0; i+1 < len(rs); i++ {
		counts[[2]rune{rs[i], rs[i+1]}]++
		total++
	}
	return counts, total
}

func each[T any](xs []T, f func(T) string) []string {
	out := make([]string, len(xs))
	for i, x := range xs {
		out[i] = f(x)
	}
	return out
}
