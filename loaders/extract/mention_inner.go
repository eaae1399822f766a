package extract

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/lantu-kg/lantu/schema"
)

// kindsByName is the kind of every name that some passage of a report mentions.
type kindsByName map[string]schema.Kind

// refine looks into the names that were found: it cuts names that are two, and
// adds the names inside names that claims need.
func (x *Extractor) refine(texts []*Text, mentions [][]Mention) {
	known := kindsByName{}
	for _, list := range mentions {
		for _, m := range list {
			if _, ok := known[m.Name]; !ok {
				known[m.Name] = m.Kind
			}
		}
	}
	for i, t := range texts {
		r := refiner{Text: t, x: x, known: known, index: map[mentionKey]int{}, settles: map[int]bool{}}
		for _, m := range mentions[i] {
			if !r.cut(m) {
				r.keep(m)
			}
		}
		for _, m := range slices.Clone(r.out) {
			r.phase(m)
			r.company(m)
		}
		slices.SortStableFunc(r.out, func(a, b Mention) int {
			if a.Spans[0].Start != b.Spans[0].Start {
				return a.Spans[0].Start - b.Spans[0].Start
			}
			return b.Spans[0].End - a.Spans[0].End
		})
		mentions[i] = r.out
	}
}

// refiner refines the names of one passage.
type refiner struct {
	*Text
	x     *Extractor
	known kindsByName
	out   []Mention
	index map[mentionKey]int
	// settles tells by a clause's beginning whether somebody settles in it.
	settles map[int]bool
}

// mentionKey tells the mentions of a passage apart.
type mentionKey struct {
	name string
	kind schema.Kind
}

// keep adds a mention, to the one of its name and kind where there is one.
func (r *refiner) keep(m Mention) {
	key := mentionKey{m.Name, m.Kind}
	i, ok := r.index[key]
	if !ok {
		r.index[key] = len(r.out)
		r.out = append(r.out, m)
		return
	}
	o := &r.out[i]
	o.Spans = append(o.Spans, m.Spans...)
	slices.SortFunc(o.Spans, func(a, b schema.Span) int { return a.Start - b.Start })
	o.Spans = slices.Compact(o.Spans)
	for _, a := range m.Aliases {
		if a.Name != o.Name && !slices.ContainsFunc(o.Aliases, func(b Alias) bool { return b.Name == a.Name }) {
			o.Aliases = append(o.Aliases, a)
		}
	}
	o.Confidence = max(o.Confidence, m.Confidence)
}

// part adds the part of a mention's spans between two places of its name. A
// place before the name's beginning is negative.
func (r *refiner) part(m Mention, from, to int, kind schema.Kind, rule string) {
	p := Mention{Kind: kind, Rule: rule, Confidence: m.Confidence}
	if rule != m.Rule {
		p.Confidence = nameConfidence[rule]
	}
	for _, s := range m.Spans {
		span := schema.Span{Start: s.Start + from, End: s.Start + to}
		if span.Start < 0 {
			continue
		}
		name := r.String(span)
		if p.Name == "" {
			p.Name = name
		}
		if name == p.Name {
			p.Spans = append(p.Spans, span)
		}
	}
	if len(p.Spans) > 0 {
		r.keep(p)
	}
}

// cut keeps the parts of a mention that is not the name that it seems.
func (r *refiner) cut(m Mention) bool {
	name := []rune(m.Name)
	switch m.Kind {
	case schema.KindPlace:
		return r.cutStack(m, name)
	case schema.KindProject, schema.KindProgram:
		if r.cutMain(m, name) {
			return true
		}
	}
	return r.cutJoint(m, name)
}

// townEnds are the ends of names of townships and the like.
var townEnds = []string{"街道", "地区", "镇", "乡"}

// cutStack cuts a village or road from the township before it: 望江镇柳林村.
func (r *refiner) cutStack(m Mention, name []rune) bool {
	if m.Rule != "place.head" || slices.ContainsFunc(name, func(c rune) bool { return !unicode.Is(unicode.Han, c) }) {
		return false
	}
	for _, end := range townEnds {
		if rest, ok := strings.CutPrefix(m.Name, end); ok {
			return r.cutFront(m, len([]rune(end)), len([]rune(rest)))
		}
	}
	for i := 3; i+2 <= len(name); i++ {
		if !hasAnySuffix(string(name[:i]), townEnds) {
			continue
		}
		head, ok := r.x.lexicon.LongestEndingAt(name, len(name), "HEAD_PLACE")
		if !ok || head.Start <= i || strings.ContainsRune("村镇乡", name[i]) {
			continue
		}
		r.part(m, 0, i, schema.KindPlace, "place.stacked")
		r.part(m, i, len(name), schema.KindPlace, "place.stacked")
		return true
	}
	return false
}

// longestTown is how many code points the name of a township has before its
// ending.
const longestTown = 3

// cutFront finds the township whose ending a place's name begins with.
func (r *refiner) cutFront(m Mention, end, rest int) bool {
	if rest < 2 {
		return false
	}
	at := m.Spans[0].Start
	size := 0
	for n := 1; n <= longestTown+1 && at-n >= 0; n++ {
		if strings.ContainsRune("，。；：、“”（）和及在与", r.Runes[at-n]) {
			if n-1 <= longestTown {
				size = n - 1
			}
			break
		}
		if at-n == 0 {
			size = n
		}
		if r.known[string(r.Runes[at-n:at+end])] == schema.KindPlace {
			size = n
			break
		}
	}
	if size == 0 {
		return false
	}
	r.part(m, -size, end, schema.KindPlace, "place.stacked")
	r.part(m, end, end+rest, schema.KindPlace, "place.stacked")
	return true
}

// mainWorks are words for the part of a project that its report speaks of.
var mainWorks = []string{"主体工程", "主体结构", "主体建设", "主体"}

// cutMain takes the words for its main works off the name of a project.
func (r *refiner) cutMain(m Mention, name []rune) bool {
	for _, end := range mainWorks {
		if !strings.HasSuffix(m.Name, end) {
			continue
		}
		n := len(name) - len([]rune(end))
		if n < 3 {
			return false
		}
		kind := schema.KindProject
		if k, ok := r.known[string(name[:n])]; ok && k != schema.KindPlace {
			kind = k
		}
		r.part(m, 0, n, kind, m.Rule)
		return true
	}
	return false
}

// cutJoint cuts the name of what is founded together from the name of who
// founds it: 与江海大学共建海洋实验室.
func (r *refiner) cutJoint(m Mention, name []rune) bool {
	before, behind, ok := strings.Cut(m.Name, "共建")
	n := len([]rune(before))
	if !ok || n < 2 || len([]rune(behind)) < 4 || m.Kind == schema.KindProgram {
		return false
	}
	kind, ok := r.known[before]
	if !ok || !isParty(kind) {
		kind, ok = r.party(name[:n])
	}
	if !ok {
		return false
	}
	r.part(m, 0, n, kind, m.Rule)
	r.part(m, n+2, len(name), m.Kind, m.Rule)
	return true
}

// party tells a place or body by its name.
func (r *refiner) party(name []rune) (schema.Kind, bool) {
	for _, p := range r.x.gazetteer.Match(name, r.Report.RegionCode) {
		if p.Start == 0 && p.End == len(name) && !p.Ambiguous {
			return schema.KindPlace, true
		}
	}
	head, ok := r.x.lexicon.LongestEndingAt(name, len(name), "HEAD_ORGANIZATION", "HEAD_ENTERPRISE")
	if !ok || head.Start < 2 {
		return "", false
	}
	if head.Tag == "HEAD_ENTERPRISE" {
		return schema.KindEnterprise, true
	}
	return schema.KindOrganization, true
}

// phase adds the whole that a phase is of, where the report names it: X of
// X二期.
func (r *refiner) phase(m Mention) {
	switch m.Kind {
	case schema.KindProject, schema.KindPark, schema.KindFacility:
	default:
		return
	}
	loc := phaseEnd.FindStringIndex(m.Name)
	if loc == nil {
		return
	}
	whole := m.Name[:loc[0]]
	n := len([]rune(whole))
	kind, ok := r.known[whole]
	if !ok || n < 3 {
		return
	}
	switch kind {
	case schema.KindProject, schema.KindPark, schema.KindFacility:
		r.part(m, 0, n, kind, "inner.phase")
	}
}

var phaseEnd = regexp.MustCompile(`[（(]?第?[一二三四五六七八九十1-9、和]{1,5}期[）)]?(项目|工程|建设)?$`)

// company adds the company that the name of a thing begins with, where the
// clause says that it settles: 引进安泰制药滨江研发中心.
func (r *refiner) company(m Mention) {
	switch m.Kind {
	case schema.KindProject, schema.KindFacility:
	default:
		return
	}
	c := r.ClauseAt(m.Spans[0].Start)
	settles, ok := r.settles[c.Start]
	if !ok {
		settles = len(r.x.lexicon.Scan(r.Runes[c.Start:c.End], tagSettle)) > 0
		r.settles[c.Start] = settles
	}
	if !settles {
		return
	}
	if n := r.companyEnd([]rune(m.Name)); n > 0 {
		r.part(m, 0, n, schema.KindEnterprise, "inner.company")
	}
}

// companyEnd is where the name of a company ends that a name begins with, 0
// when there is none: it is known by name, or a place follows it.
func (r *refiner) companyEnd(name []rune) int {
	if known, ok := r.x.lexicon.LongestAt(name, 0, "ENTERPRISE"); ok && known.End < len(name) {
		return known.End
	}
	for n := len(name) - 2; n >= 3; n-- {
		if r.known[string(name[:n])] == schema.KindEnterprise {
			return n
		}
		head, ok := r.x.lexicon.LongestEndingAt(name, n, "HEAD_ENTERPRISE")
		if ok && head.Start >= 2 && r.placed(name[n:]) {
			return n
		}
	}
	return 0
}

// placed reports whether a name begins with that of a place.
func (r *refiner) placed(name []rune) bool {
	for _, own := range r.Report.RegionNames {
		if i := strings.LastIndexAny(own, "省市州盟"); i >= 0 && i+len("市") < len(own) {
			own = own[i+len("市"):] // 青屿 of a city that no gazetteer knows
		}
		if strings.HasPrefix(string(name), own) {
			return true
		}
	}
	places := r.x.gazetteer.Match(name, r.Report.RegionCode)
	return len(places) > 0 && places[0].Start == 0 && !places[0].Ambiguous
}
