// Package resolve gives names one identity: the mentions of a report become
// entities whose ids are the same in every report that speaks of the thing.
//
// Places resolve to the gazetteer with the report's region as context; what
// the gazetteer does not know, and every other kind, is known by its name
// within a scope. Rules, in the order in which they apply:
//
//   - one name is one thing within a report, of the kind it is most often
//     and most surely found as;
//   - a name given as another's alias is that other thing;
//   - an industry, a listed or foreign brand, a country or a province is the
//     same everywhere; other names are the report's region's own.
package resolve

import (
	"cmp"
	"slices"
	"strings"

	"github.com/lantu-kg/lantu/loaders/segment"
	"github.com/lantu-kg/lantu/schema"
)

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
	RegionID string          // the region's own entity, "" when it is unknown
}

// Resolver is safe for concurrent use.
type Resolver struct{ gazetteer *segment.Gazetteer }

// New returns a resolver over a gazetteer.
func New(g *segment.Gazetteer) *Resolver { return &Resolver{g} }

// Resolve gives each mention of one report its entity.
func (r *Resolver) Resolve(region Region, mentions []Mention) Resolved {
	w := &work{r: r, region: region, entities: map[string]*schema.Entity{}}
	regionID := w.addRegion()
	groups := group(mentions)
	of := make([]string, len(mentions))
	// Places first: other kinds may need them, and a place within another
	// needs that one's id.
	for _, g := range groups {
		if g.kind == schema.KindPlace {
			w.addPlace(g, groups, of, 0)
		}
	}
	for _, g := range groups {
		if g.kind != schema.KindPlace {
			w.addNamed(g, of)
		}
	}
	out := Resolved{Of: of, RegionID: regionID}
	for _, e := range w.entities {
		slices.Sort(e.Aliases)
		e.Aliases = slices.DeleteFunc(slices.Compact(e.Aliases), func(a string) bool { return a == e.Name })
		out.Entities = append(out.Entities, *e)
	}
	slices.SortFunc(out.Entities, func(a, b schema.Entity) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

// name is one thing of a report under its names.
type name struct {
	kind     schema.Kind
	name     string
	aliases  []string
	members  []int // positions of its mentions
	within   int   // position of a mention it lies in, or -1
	resolved bool
}

// group unites mentions of one normal name, and of a name with its aliases.
func group(mentions []Mention) []*name {
	parent := make([]int, len(mentions))
	var find func(int) int
	find = func(i int) int {
		if parent[i] != i {
			parent[i] = find(parent[i])
		}
		return parent[i]
	}
	first := map[string]int{} // normal name -> first mention of it
	for i, m := range mentions {
		parent[i] = i
		key := schema.NormalName(m.Name)
		if j, ok := first[key]; ok {
			parent[find(i)] = find(j)
		} else {
			first[key] = i
		}
	}
	for i, m := range mentions {
		for _, a := range m.Aliases {
			j, ok := first[schema.NormalName(a)]
			if ok && mentions[j].Kind == m.Kind {
				parent[find(j)] = find(i)
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
		g.settle(mentions)
	}
	return groups
}

// settle chooses a group's kind by weight of its mentions and its name: the
// longest, the most frequent of equals.
func (g *name) settle(mentions []Mention) {
	weight := map[schema.Kind]float64{}
	count := map[string]int{}
	for _, i := range g.members {
		m := mentions[i]
		weight[m.Kind] += m.Weight
		count[m.Name]++
		g.aliases = append(g.aliases, m.Name)
		g.aliases = append(g.aliases, m.Aliases...)
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
}

// work is the state of resolving one report.
type work struct {
	r        *Resolver
	region   Region
	regionID string
	scope    string
	entities map[string]*schema.Entity
}

// addRegion adds the report's own region and what it lies in.
func (w *work) addRegion() string {
	if w.region.Code != "" {
		w.scope = w.region.Code
		w.regionID = w.addLadder(w.region.Code)
		w.alias(w.regionID, w.region.Name)
		return w.regionID
	}
	if w.region.Name == "" {
		return ""
	}
	// The gazetteer does not know it: its name is its own scope, and a
	// stacked name (…市…区) tells its ladder.
	w.scope = w.region.Name
	parent, id := "", ""
	for _, part := range stack(w.region.Name) {
		id = w.add(schema.Entity{
			ID: schema.EntityID(schema.KindPlace, part, w.scope), Kind: schema.KindPlace, Name: part,
			Scope: w.scope, Level: LevelOf(part), ParentID: parent,
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

func (w *work) addPlace(g *name, groups []*name, of []string, depth int) {
	if g.resolved {
		return
	}
	g.resolved = true
	within, parent := w.region.Code, ""
	if g.within >= 0 && depth < deepest {
		for _, outer := range groups {
			if outer != g && outer.kind == schema.KindPlace && slices.Contains(outer.members, g.within) {
				w.addPlace(outer, groups, of, depth+1)
				parent = of[g.within]
			}
		}
	}
	if p := w.entities[parent]; p != nil && p.Code != "" {
		within = p.Code
	}
	var id string
	if place, ok := w.r.gazetteer.Resolve(g.name, within); ok {
		id = w.addLadder(place.Code)
		e := w.entities[id]
		// Reports and the gazetteer differ in what a township is called; the
		// report's own word is what its readers look for.
		if e.Level == schema.LevelStreet && LevelOf(g.name) == schema.LevelStreet && e.Name == place.Name {
			w.alias(id, e.Name)
			e.Name = g.name
		}
	} else if g.isRegion(w.region.Name) && w.regionID != "" {
		id = w.regionID
	} else {
		level := LevelOf(g.name)
		if parent == "" && onLadder(level) {
			parent = w.regionID
		}
		id = w.add(schema.Entity{
			ID: schema.EntityID(schema.KindPlace, g.name, w.scope), Kind: schema.KindPlace, Name: g.name,
			Scope: w.scope, Level: level, ParentID: parent,
		})
	}
	w.alias(id, g.aliases...)
	for _, i := range g.members {
		of[i] = id
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

func (w *work) addNamed(g *name, of []string) {
	scope := w.scope
	if universal(g.kind, g.name) {
		scope = ""
	}
	id := w.add(schema.Entity{
		ID: schema.EntityID(g.kind, g.name, scope), Kind: g.kind, Name: g.name, Scope: scope,
	})
	w.alias(id, g.aliases...)
	for _, i := range g.members {
		of[i] = id
	}
}

// universal reports whether a name means the same thing in every region's
// reports. An enterprise's does unless nothing in it is its own, as in
// 文旅集团, of which every county has one.
func universal(kind schema.Kind, name string) bool {
	switch kind {
	case schema.KindIndustry:
		return true
	case schema.KindEnterprise:
		core := []rune(name)
		for _, head := range []string{"有限责任公司", "股份有限公司", "有限公司", "集团公司", "集团", "公司"} {
			if c, ok := strings.CutSuffix(name, head); ok {
				core = []rune(c)
				break
			}
		}
		return !slices.Contains(common, string(core))
	default:
		return false
	}
}

// common are enterprise names that every region has one of.
var common = []string{
	"文旅", "城投", "城建", "建投", "交投", "水务", "农发", "国投", "国资", "产投", "金控", "文投", "旅投",
	"城市投资", "城市建设投资", "国有资产", "产业投资", "交通投资", "文化旅游", "农业发展", "供热", "公交", "自来水", "燃气",
}

// levels tells a place's level by the end of its name, longest first.
var levels = []struct {
	suffix string
	level  schema.PlaceLevel
}{
	{"特别行政区", schema.LevelProvince}, {"自治区", schema.LevelProvince}, {"自治州", schema.LevelCity}, {"自治县", schema.LevelDistrict},
	{"街道", schema.LevelStreet}, {"地区", schema.LevelStreet}, {"苏木", schema.LevelStreet}, {"社区", schema.LevelVillage},
	{"商圈", schema.LevelArea}, {"片区", schema.LevelArea}, {"新区", schema.LevelArea}, {"小区", schema.LevelArea}, {"景区", schema.LevelArea},
	{"大道", schema.LevelRoad}, {"高速", schema.LevelRoad}, {"公路", schema.LevelRoad}, {"水库", schema.LevelWater}, {"流域", schema.LevelWater},
	{"省", schema.LevelProvince}, {"市", schema.LevelCity}, {"盟", schema.LevelCity},
	{"县", schema.LevelDistrict}, {"旗", schema.LevelDistrict}, {"区", schema.LevelDistrict},
	{"乡", schema.LevelStreet}, {"镇", schema.LevelStreet},
	{"村", schema.LevelVillage}, {"庄", schema.LevelVillage}, {"屯", schema.LevelVillage},
	{"路", schema.LevelRoad}, {"街", schema.LevelRoad}, {"线", schema.LevelRoad}, {"巷", schema.LevelRoad}, {"胡同", schema.LevelRoad},
	{"河", schema.LevelWater}, {"湖", schema.LevelWater}, {"江", schema.LevelWater}, {"渠", schema.LevelWater}, {"海", schema.LevelWater}, {"淀", schema.LevelWater},
}

// LevelOf tells the level of a place that the gazetteer does not know, by the
// end of its name.
func LevelOf(name string) schema.PlaceLevel {
	for _, l := range levels {
		if strings.HasSuffix(name, l.suffix) {
			return l.level
		}
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
