package graphtest

import (
	"cmp"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/lantu-kg/lantu/schema"
)

// Shape is how much a generated report says.
type Shape struct {
	Passages, Entities, Mentions, Claims, Observations int
	// National is how many entities all reports know. Where there are some,
	// most claims lead to them, by Zipf's law: the first are hubs. Kinds and
	// relations are then as frequent as in real reports, but for those between
	// entities, which are more frequent.
	National int
}

// Usual is the shape of a district's work report.
var Usual = Shape{Passages: 120, Entities: 250, Mentions: 1000, Claims: 250, Observations: 150}

// Nation is the shape of a country's worth of reports that share entities.
var Nation = Shape{Passages: 80, Entities: 45, Mentions: 200, Claims: 300, Observations: 30, National: 1000}

// Small is a shape for tests.
var Small = Shape{Passages: 6, Entities: 24, Mentions: 60, Claims: 20, Observations: 10}

var (
	syllables = []rune("青禾柳溪云帆江北星河明远智谷繁东湖南山西岭平安金水玉泉石桥长兴永宁和顺太华文昌")
	suffixes  = map[schema.Kind]string{
		schema.KindPark: "产业园", schema.KindEnterprise: "科技", schema.KindProgram: "行动", schema.KindProject: "改造项目",
		schema.KindOrganization: "研究院", schema.KindFacility: "中心", schema.KindEvent: "论坛", schema.KindIndustry: "制造", schema.KindPerson: "",
	}
	verbs = map[schema.Relation]string{
		schema.SettledIn: "入驻", schema.LocatedIn: "位于", schema.PartOf: "属于", schema.Covers: "覆盖", schema.Targets: "面向",
		schema.CooperatesWith: "合作", schema.ResponsibleFor: "负责", schema.Supports: "支持", schema.RecognizedAs: "获评", schema.HasStatus: "已",
		schema.Ranked: "居于",
	}
	measures = []string{"增加值", "投资额", "企业数", "面积", "就业人数", "占比"}
	units    = []string{"亿元", "万家", "%", "平方米", "人", "个百分点"}
)

// Generate makes n readings of reports with the shape, always the same ones
// for a seed. Two reports stand for one region in two years: they share most
// of their entities and some of their claims.
func Generate(seed uint64, n int, shape Shape) []*schema.Reading {
	readings := make([]*schema.Reading, n)
	for i := range readings {
		readings[i] = GenerateOne(seed, i, shape)
	}
	return readings
}

// How frequent kinds and relations are, beside each other.
var (
	kindWeights = map[schema.Kind]int{
		schema.KindProgram: 40, schema.KindFacility: 10, schema.KindProject: 10, schema.KindIndustry: 8, schema.KindOrganization: 8,
		schema.KindPark: 6, schema.KindEvent: 5, schema.KindEnterprise: 10, schema.KindPerson: 1,
	}
	relationWeights = map[schema.Relation]int{
		schema.HasStatus: 30, schema.Targets: 15, schema.PartOf: 9, schema.CooperatesWith: 8, schema.Supports: 8, schema.Covers: 6,
		schema.LocatedIn: 6, schema.RecognizedAs: 5, schema.Ranked: 5, schema.ResponsibleFor: 4, schema.SettledIn: 4,
	}
)

// drawn gives a key as often as its weight says.
func drawn[K cmp.Ordered](g *generator, weights map[K]int) K {
	total := 0
	for _, weight := range weights {
		total += weight
	}
	n := g.IntN(total)
	keys := slices.Sorted(maps.Keys(weights))
	for _, key := range keys {
		if n -= weights[key]; n < 0 {
			return key
		}
	}
	return keys[0]
}

type generator struct {
	*rand.Rand
	text    []strings.Builder
	lengths []int
	pending []func(b *Builder)
	passage int
}

// say writes words into the passage at hand and gives their span.
func (g *generator) say(words string) schema.Span {
	start := g.lengths[g.passage]
	g.text[g.passage].WriteString(words)
	g.lengths[g.passage] += utf8.RuneCountInString(words)
	return schema.Span{Start: start, End: g.lengths[g.passage]}
}

func (g *generator) evidence(b *Builder, passage int, span schema.Span, rule string, confidence float64) schema.Evidence {
	p := &b.r.Passages[passage]
	return schema.Evidence{ReportID: p.ReportID, PassageID: p.ID, Span: span,
		Quote: string([]rune(p.Text)[span.Start:span.End]), Rule: rule, Confidence: confidence}
}

// mention writes an entity's name and remembers the mention.
func (g *generator) mention(e *schema.Entity) schema.Span {
	span, passage := g.say(e.Name), g.passage
	confidence := float64(50+g.IntN(50)) / 100
	g.pending = append(g.pending, func(b *Builder) {
		b.r.Mentions = append(b.r.Mentions, schema.Mention{EntityID: e.ID, Name: e.Name,
			Evidence: g.evidence(b, passage, span, "name."+strings.ToLower(string(e.Kind)), confidence)})
	})
	return span
}

func (g *generator) name(kind schema.Kind) string {
	name := make([]rune, 2+g.IntN(3))
	for i := range name {
		name[i] = syllables[g.IntN(len(syllables))]
	}
	return string(name) + suffixes[kind]
}

// region makes a region's places, the district first, and its other entities.
func region(seed uint64, number int, shape Shape) (places, others []schema.Entity) {
	count := shape.Entities
	g := &generator{Rand: rand.New(rand.NewPCG(seed, uint64(number)))}
	code := fmt.Sprintf("98%02d%02d", number/99%99, number%99)
	district := schema.PlaceID(code)
	places = []schema.Entity{
		{ID: district, Kind: schema.KindPlace, Name: g.name(schema.KindPerson) + "区", Level: schema.LevelDistrict, Code: code, ParentID: schema.PlaceID(code[:4])},
		{ID: schema.PlaceID("00"), Kind: schema.KindPlace, Name: "中国", Level: schema.LevelCountry, Code: "00"},
		{ID: schema.PlaceID(code[:4]), Kind: schema.KindPlace, Name: "第" + code[2:4] + "市", Level: schema.LevelCity, Code: code[:4], ParentID: schema.PlaceID("00")},
	}
	for i := range max(count/8, 2) {
		street := fmt.Sprintf("%s%03d", code, i)
		places = append(places, schema.Entity{ID: schema.PlaceID(street), Kind: schema.KindPlace, Name: g.name(schema.KindPerson) + "街道",
			Level: schema.LevelStreet, Code: street, ParentID: district})
	}
	return places, g.named(count, code, shape.National > 0)
}

// named makes entities with names of their own in a scope, of all kinds alike
// or by their weights.
func (g *generator) named(count int, scope string, weighed bool) (entities []schema.Entity) {
	kinds := slices.Sorted(maps.Keys(suffixes))
	seen := make(map[string]bool)
	for len(entities) < count {
		kind := kinds[len(entities)%len(kinds)]
		if weighed {
			kind = drawn(g, kindWeights)
		}
		e := schema.Entity{Kind: kind, Name: g.name(kind), Scope: scope}
		e.ID = schema.EntityID(kind, e.Name, e.Scope)
		if !seen[e.ID] {
			seen[e.ID] = true
			entities = append(entities, e)
		}
	}
	return entities
}

// hubs are the entities that all reports know, by kind.
type hubs struct {
	g      *generator
	byKind map[schema.Kind][]schema.Entity
	used   map[string]schema.Entity
}

func newHubs(seed uint64, g *generator, count int) *hubs {
	h := &hubs{g: g, byKind: make(map[schema.Kind][]schema.Entity), used: make(map[string]schema.Entity)}
	all := &generator{Rand: rand.New(rand.NewPCG(seed, 1<<32))}
	for _, e := range all.named(count, "", true) {
		h.byKind[e.Kind] = append(h.byKind[e.Kind], e)
	}
	return h
}

// pick gives an entity of one of the kinds, the first ones most often; nil when
// there is none.
func (h *hubs) pick(kinds []schema.Kind) *schema.Entity {
	kinds = slices.DeleteFunc(slices.Clone(kinds), func(k schema.Kind) bool { return len(h.byKind[k]) == 0 })
	if len(kinds) == 0 {
		return nil
	}
	entities := h.byKind[kinds[h.g.IntN(len(kinds))]]
	const exponent = 1.5
	e := entities[rand.NewZipf(h.g.Rand, exponent, 1, uint64(len(entities)-1)).Uint64()]
	h.used[e.ID] = e
	return &e
}

// GenerateOne makes the reading with the number, of those that [Generate] makes.
func GenerateOne(seed uint64, number int, shape Shape) *schema.Reading {
	places, pool := region(seed, number/2, shape)
	g := &generator{Rand: rand.New(rand.NewPCG(seed+1, uint64(number))),
		text: make([]strings.Builder, shape.Passages), lengths: make([]int, shape.Passages)}
	g.Shuffle(len(pool), func(i, j int) { pool[i], pool[j] = pool[j], pool[i] })
	pool = pool[:max(shape.Entities-len(places), 1)]
	entities := append(slices.Clone(places), pool...)
	byKind := make(map[schema.Kind][]*schema.Entity)
	for i := range entities {
		e := &entities[i]
		if g.IntN(4) == 0 && e.Kind != schema.KindPlace {
			e.Aliases = []string{string([]rune(e.Name)[:2])}
		}
		byKind[e.Kind] = append(byKind[e.Kind], e)
	}
	pick := func(kinds []schema.Kind) *schema.Entity {
		var all []*schema.Entity
		for _, k := range kinds {
			all = append(all, byKind[k]...)
		}
		if len(all) == 0 {
			return &entities[g.IntN(len(entities))]
		}
		return all[g.IntN(len(all))]
	}

	national := newHubs(seed, g, shape.National)

	for i := range g.text {
		g.passage = i
		g.say(fmt.Sprintf("(%d)第%d份报告说:", i+1, number+1))
	}
	for i := range shape.Claims {
		g.passage = i % shape.Passages
		info := schema.Relations[g.IntN(len(schema.Relations))]
		if shape.National > 0 {
			info, _ = drawn(g, relationWeights).Info()
		}
		subject := pick(info.Subjects)
		start := g.mention(subject).Start
		g.say(verbs[info.Relation])
		var object string
		var end int
		switch info.Object {
		case schema.ObjectEntity:
			e := pick(info.Objects)
			if shape.National > 0 && g.IntN(4) > 0 {
				e = cmp.Or(national.pick(info.Objects), e)
			}
			object, end = e.ID, g.mention(e).End
		case schema.ObjectText:
			object = fmt.Sprintf("第%d批示范单位", g.IntN(40)+1)
			end = g.say(object).End
		case schema.ObjectStatus:
			s := schema.Statuses[g.IntN(len(schema.Statuses))]
			object = string(s.Status)
			end = g.say(s.Chinese).End
		}
		g.say("。")
		passage, aim, confidence := g.passage, g.IntN(3) == 0, float64(50+g.IntN(50))/100
		g.pending = append(g.pending, func(b *Builder) {
			b.Claim(subject.ID, info.Relation, object,
				g.evidence(b, passage, schema.Span{Start: start, End: end}, strings.ToLower(string(info.Relation)), confidence), func(c *schema.Claim) {
					if aim {
						c.Modality = schema.Aim
						c.Period = schema.Period{From: "2024", To: "2024", Text: "2024年"}
					}
				})
		})
	}
	for i := range shape.Observations {
		g.passage = i % shape.Passages
		about := &entities[g.IntN(len(entities))]
		g.mention(about)
		k := g.IntN(len(measures))
		o := schema.Observation{AboutID: about.ID, Measure: measures[k], Value: float64(g.IntN(10000)) / 10, Unit: units[k],
			Type:   []schema.ObservationType{schema.Level, schema.Change, schema.Share, schema.Rank}[g.IntN(4)],
			Period: schema.Period{From: "2023", To: "2023"}}
		g.say(o.Measure + "达到")
		span, passage := g.say(fmt.Sprintf("%g%s", o.Value, o.Unit)), g.passage
		g.say(",")
		g.pending = append(g.pending, func(b *Builder) { b.Observation(o, g.evidence(b, passage, span, "number", 0.95)) })
	}
	for i := 0; len(g.pending) < shape.Mentions+shape.Claims+shape.Observations; i++ {
		g.passage = i % shape.Passages
		g.mention(&entities[i%len(entities)])
		g.say("、")
	}

	var texts []string
	for i := range g.text {
		texts = append(texts, g.text[i].String())
	}
	for _, id := range slices.Sorted(maps.Keys(national.used)) {
		entities = append(entities, national.used[id])
	}
	b := NewBuilder(fmt.Sprintf("report-%04d.txt", number), texts...)
	b.r.Sections = []schema.Section{{Parent: -1, Level: 1, Heading: "工作回顾", Number: "一、", Mood: schema.MoodReview}}
	for i := range entities {
		e := entities[i]
		b.Entity(e.Kind, e.Name, func(n *schema.Entity) { *n = e })
	}
	for _, add := range g.pending {
		add(b)
	}
	rep := b.Report()
	rep.Title, rep.Region, rep.RegionID, rep.Date = "政府工作报告", places[0].Name, places[0].ID, fmt.Sprintf("20%02d-01-10", 20+number%2)
	return b.Reading()
}

// Thin gives the same report read less well: a part of its mentions, claims and
// observations, with the entities that these need.
func Thin(r *schema.Reading, seed uint64) *schema.Reading {
	g := rand.New(rand.NewPCG(seed, 7))
	thin := *r
	thin.Mentions, thin.Claims, thin.Observations, thin.Entities = nil, nil, nil, nil
	needed := map[string]bool{r.Report.RegionID: true}
	for _, m := range r.Mentions {
		if g.IntN(3) > 0 {
			thin.Mentions = append(thin.Mentions, m)
			needed[m.EntityID] = true
		}
	}
	for _, c := range r.Claims {
		if g.IntN(3) > 0 {
			thin.Claims = append(thin.Claims, c)
			needed[c.SubjectID], needed[c.ObjectID] = true, true
		}
	}
	for _, o := range r.Observations {
		if g.IntN(3) > 0 {
			thin.Observations = append(thin.Observations, o)
			needed[o.AboutID] = true
		}
	}
	parents := make(map[string]string)
	for _, e := range r.Entities {
		parents[e.ID] = e.ParentID
	}
	for _, id := range slices.Collect(maps.Keys(needed)) {
		for ; id != ""; id = parents[id] {
			needed[id] = true
		}
	}
	for _, e := range r.Entities {
		if needed[e.ID] {
			thin.Entities = append(thin.Entities, e)
		}
	}
	return &thin
}
