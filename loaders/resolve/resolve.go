// Package resolve gives names one identity: the mentions of a report become
// entities whose ids are the same in every report that speaks of the thing.
//
// Places resolve to the gazetteer with the report's region as context. Every
// other name, and what the gazetteer does not know, is brought to a canonical
// form by [Rules], each with its reason, and is known by that form within a
// scope: the region that it says, the one it stands in, or, for what is the
// same everywhere, none. A report is read alone and ids derive from content, so
// what is one across reports is decided by name and scope; only names that the
// same report gives together are joined otherwise (an alias, an abbreviation).
//
// Each mention keeps the rules that joined its name to its entity, and
// [Splits] take them away again.
package resolve

import (
	"cmp"
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"github.com/lantu-kg/lantu/loaders/segment"
	"github.com/lantu-kg/lantu/schema"
)

//go:embed lexicon/*.tsv
var lexiconFiles embed.FS

var lexicon = sync.OnceValues(func() (*segment.Lexicon, error) {
	sub, err := fs.Sub(lexiconFiles, "lexicon")
	if err != nil {
		return nil, fmt.Errorf("resolve: lexicon: %w", err)
	}
	words, err := segment.NewLexicon(sub)
	if err != nil {
		return nil, fmt.Errorf("resolve: lexicon: %w", err)
	}
	return words, nil
})

// Mention is a name found in a report.
type Mention struct {
	Kind    schema.Kind
	Name    string
	Aliases []string
	// Within is the position, among the report's mentions, of the place this
	// one is said to lie in, or -1.
	Within int
	Weight float64 // confidence that Kind is right
}

// Region is the region that a report is about.
type Region struct {
	Name string // as the report's head gives it
	Code string // its division code, "" when the gazetteer does not know it
}

// Resolved is the outcome.
type Resolved struct {
	Entities []schema.Entity // sorted by id; what ladders need included
	Of       []string        // entity id by position of the mention
	Merges   []string        // ids of the rules that led from the mention's name there, parted by blanks
	RegionID string          // the region's own entity, "" when it is unknown
}

// Resolver is safe for concurrent use.
type Resolver struct {
	gazetteer *segment.Gazetteer
	segmenter *segment.Segmenter
	words     *segment.Lexicon
	splits    *Splits
}

// New returns a resolver over a gazetteer and a segmenter. The splits, which
// may be nil, are added to those that are part of the program.
func New(g *segment.Gazetteer, s *segment.Segmenter, splits *Splits) (*Resolver, error) {
	words, err := lexicon()
	if err != nil {
		return nil, err
	}
	own, err := ReadSplits(strings.NewReader(ownSplits), "resolve/splits.tsv")
	if err != nil {
		return nil, err
	}
	return &Resolver{g, s, words, own.with(splits)}, nil
}

// Apart reports whether splits keep a name from being another's alias.
func (r *Resolver) Apart(kind schema.Kind, alias string) bool {
	return r.splits.has(kind, alias, Alias)
}

// Resolve gives each mention of one report its entity.
func (r *Resolver) Resolve(region Region, mentions []Mention) Resolved {
	w := &work{
		r: r, region: region, home: newHome(r.gazetteer, region), mentions: mentions,
		entities: map[string]*schema.Entity{},
		of:       make([]string, len(mentions)), merges: make([]string, len(mentions)),
	}
	regionID := w.addRegion()
	groups := w.group()
	// Places first: other kinds may need them, and a place within another
	// needs that one's id.
	for _, g := range groups {
		if g.kind == schema.KindPlace {
			w.addPlace(g, groups, 0)
		}
	}
	for _, g := range groups {
		if g.kind != schema.KindPlace {
			w.addNamed(g)
		}
	}
	out := Resolved{Of: w.of, Merges: w.merges, RegionID: regionID}
	for _, e := range w.entities {
		slices.Sort(e.Aliases)
		e.Aliases = slices.DeleteFunc(slices.Compact(e.Aliases), func(a string) bool { return a == e.Name })
		out.Entities = append(out.Entities, *e)
	}
	slices.SortFunc(out.Entities, func(a, b schema.Entity) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

// work is the state of resolving one report.
type work struct {
	r        *Resolver
	region   Region
	home     *home
	regionID string
	mentions []Mention
	forms    []*canon // of the mentions' names
	joined   []string // the rule that joined a mention to a group of another form
	entities map[string]*schema.Entity
	of       []string
	merges   []string
}

// addRegion adds the report's own region and what it lies in.
func (w *work) addRegion() string {
	if w.region.Code != "" {
		w.regionID = w.addLadder(w.region.Code)
		w.alias(w.regionID, w.region.Name)
		return w.regionID
	}
	if w.region.Name == "" {
		return ""
	}
	// The gazetteer does not know it: its name is its own scope, and a
	// stacked name (…市…区) tells its ladder.
	parent, id := "", ""
	for _, part := range stack(w.region.Name) {
		id = w.add(schema.Entity{
			ID: schema.EntityID(schema.KindPlace, part, w.home.scope), Kind: schema.KindPlace, Name: part,
			Scope: w.home.scope, Level: LevelOf(part), ParentID: parent,
		})
		parent = id
	}
	w.regionID = id
	w.alias(id, w.region.Name)
	return id
}

// stack cuts a stacked name of divisions into its parts: 某市某区 -> 某市, 某区.
func stack(region string) []string {
	var parts []string
	start, rs := 0, []rune(region)
	for i, r := range rs {
		last := i == len(rs)-1
		if last || i-start >= 2 && strings.ContainsRune("省市州县", r) {
			parts = append(parts, string(rs[start:i+1]))
			start = i + 1
		}
	}
	return parts
}

// addLadder adds a gazetteer place and all above it, and gives its id.
func (w *work) addLadder(code string) string {
	ladder := w.r.gazetteer.Ladder(code)
	parent := ""
	for _, p := range slices.Backward(ladder) {
		parent = w.add(schema.Entity{
			ID: schema.PlaceID(p.Code), Kind: schema.KindPlace, Name: p.Name,
			Level: p.Level, Code: p.Code, ParentID: parent,
		})
	}
	return parent
}

func (w *work) add(e schema.Entity) string {
	if _, ok := w.entities[e.ID]; !ok {
		w.entities[e.ID] = &e
	}
	return e.ID
}

func (w *work) alias(id string, names ...string) {
	if e := w.entities[id]; e != nil {
		for _, n := range names {
			if n != "" {
				e.Aliases = append(e.Aliases, n)
			}
		}
	}
}

// deepest bounds how far a chain of places within places is followed.
const deepest = 8

func (w *work) addPlace(g *name, groups []*name, depth int) {
	if g.resolved {
		return
	}
	g.resolved = true
	within, parent := w.region.Code, ""
	if g.within >= 0 && depth < deepest {
		for _, outer := range groups {
			if outer != g && outer.kind == schema.KindPlace && slices.Contains(outer.members, g.within) {
				w.addPlace(outer, groups, depth+1)
				parent = w.of[g.within]
			}
		}
	}
	if p := w.entities[parent]; p != nil && p.Code != "" {
		within = p.Code
	}
	var id, rule string
	known := !w.r.splits.has(schema.KindPlace, g.name, ruleGazetteer)
	if place, ok := w.r.gazetteer.Resolve(g.name, within); ok && known && near(place, within, g.name) {
		id, rule = w.addLadder(place.Code), ruleGazetteer
		e := w.entities[id]
		// Reports and the gazetteer differ in what a township is called; the
		// report's own word is what its readers look for.
		if e.Level == schema.LevelStreet && LevelOf(g.name) == schema.LevelStreet && e.Name == place.Name {
			w.alias(id, e.Name)
			e.Name = g.name
		}
	} else if g.isRegion(w.region.Name) && w.regionID != "" {
		id, rule = w.regionID, ruleOwnRegion
	} else {
		level := LevelOf(g.name)
		if parent == "" && onLadder(level) {
			parent = w.regionID
		}
		id = w.add(schema.Entity{
			ID: schema.EntityID(schema.KindPlace, g.canonical.text, g.canonical.scope), Kind: schema.KindPlace, Name: g.name,
			Scope: g.canonical.scope, Level: level, ParentID: parent,
		})
	}
	w.alias(id, g.aliases...)
	w.settle(g, id, rule)
}

// near reports whether a place may be meant by a name said within a region. A
// town or village of another region has to be named with what it lies in: every
// region has an 青山街道 of its own, which the gazetteer may not know yet.
func near(place segment.Place, within, name string) bool {
	small := place.Level == schema.LevelStreet || place.Level == schema.LevelVillage
	return !small || within != "" && strings.HasPrefix(place.Code, within) || len(stack(name)) > 1
}

// settle gives a group's mentions their entity and the rules that led to it:
// the one by which the entity was found, else those that made the name's form.
func (w *work) settle(g *name, id, rule string) {
	for _, i := range g.members {
		w.of[i] = id
		steps := w.forms[i].steps
		if rule != "" {
			steps = nil
			if schema.NormalName(w.mentions[i].Name) != schema.NormalName(w.entities[id].Name) {
				steps = []string{rule}
			}
		}
		if w.joined[i] != "" && w.forms[i].key() != g.canonical {
			steps = append(slices.Clone(steps), w.joined[i])
		}
		w.merges[i] = strings.Join(steps, " ")
	}
}

// isRegion reports whether a group names the report's own region.
func (g *name) isRegion(region string) bool {
	parts := stack(region)
	if len(parts) == 0 {
		return false
	}
	own := parts[len(parts)-1]
	return slices.ContainsFunc(g.aliases, func(a string) bool {
		return a == region || a == own || len([]rune(own)) > 2 && a == strings.TrimRight(own, "省市区县")
	})
}

func (w *work) addNamed(g *name) {
	id := w.add(schema.Entity{
		ID: schema.EntityID(g.kind, g.canonical.text, g.canonical.scope), Kind: g.kind, Name: g.name, Scope: g.canonical.scope,
	})
	w.alias(id, g.aliases...)
	w.settle(g, id, "")
}

// LevelOf tells the level of a place that the gazetteer does not know, by the
// end of its name.
func LevelOf(name string) schema.PlaceLevel {
	words, err := lexicon()
	if err != nil {
		return schema.LevelArea // New has reported it
	}
	runes := []rune(name)
	if m, ok := words.LongestEndingAt(runes, len(runes), "LEVEL_END"); ok {
		return schema.PlaceLevel(m.Extra)
	}
	return schema.LevelArea
}

// onLadder reports whether a place of the level lies in its report's region.
func onLadder(level schema.PlaceLevel) bool {
	switch level {
	case schema.LevelStreet, schema.LevelVillage, schema.LevelArea:
		return true
	default:
		return false
	}
}
