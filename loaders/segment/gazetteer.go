package segment

import (
	"archive/zip"
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/lantu-kg/lantu/schema"
)

var (
	//go:embed gazetteer/places.txt.gz
	placesFile []byte
	//go:embed gazetteer/villages.zip
	villagesFile []byte
	//go:embed gazetteer/regions.tsv
	regionsFile string
	//go:embed gazetteer/common.tsv
	commonFile string
)

// Place is a row of the gazetteer.
type Place struct {
	// Code is the administrative division code: 2 digits for a province, 4 for
	// a city, 6 for a district, 9 for a street, 12 for a village. Codes of
	// other places (countries, regions, new areas, waters) begin with "x-".
	Code   string
	Name   string // full name: 北京市, 朝阳区, 高碑店地区
	Level  schema.PlaceLevel
	Parent string // code of the next place up, "" at the top
}

// Form tells which of its names a place was found by.
type Form int

// The forms, the surest first.
const (
	FullName Form = iota // 朝阳区, 高碑店地区
	Short                // without its unit: 朝阳, 高碑店; or another name: 大湾区
	Variant              // with another unit: 高碑店乡 for 高碑店地区, 满城县 for 满城区
)

// Candidate is a place that a name may mean.
type Candidate struct {
	Place
	Form Form
}

// Gazetteer knows the places of China down to the township, the villages of
// each county (read when first asked for), and countries and regions. It is
// safe for concurrent use.
type Gazetteer struct {
	byCode   map[string]int32
	places   []Place
	names    map[string][]named
	divided  map[string]bool     // codes of the cities that have districts
	others   map[string][]string // other names of the places in regions.tsv, by code
	common   map[string]bool     // names that are words of the language too, whether in their own province
	national *trie               // names of provinces, cities, districts, regions
	villages *zip.Reader

	mu       sync.Mutex
	counties map[string]*county // by district code
	locals   map[string]*trie   // by region code, see local
}

// named is a place under one of its names.
type named struct {
	place int32
	form  Form
}

// county holds the villages of a district.
type county struct {
	places []Place // in order of code
	names  map[string][]named
}

// DefaultGazetteer returns the gazetteer that is part of the program, made
// once.
var DefaultGazetteer = sync.OnceValues(newGazetteer)

func newGazetteer() (*Gazetteer, error) {
	unpacked, err := gunzip(placesFile)
	if err != nil {
		return nil, fmt.Errorf("segment: places: %w", err)
	}
	g := &Gazetteer{divided: map[string]bool{}, others: map[string][]string{}, common: map[string]bool{}, counties: map[string]*county{}, locals: map[string]*trie{}}
	if g.villages, err = zip.NewReader(bytes.NewReader(villagesFile), int64(len(villagesFile))); err != nil {
		return nil, fmt.Errorf("segment: villages: %w", err)
	}
	text := string(unpacked)
	rows := strings.Count(text, "\n")
	g.places = make([]Place, 0, rows+512)
	g.byCode = make(map[string]int32, rows+512)
	g.names = make(map[string][]named, 2*rows)
	for line := range strings.Lines(text) {
		code, name, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if !ok {
			return nil, fmt.Errorf("segment: places: malformed row %q", line)
		}
		if len(code) == 6 {
			g.divided[code[:4]] = true
		}
		g.add(Place{Code: code, Name: name, Level: levelOf(code), Parent: g.above(code)}, shortNames(code, name)...)
	}
	if err := g.addRegions(); err != nil {
		return nil, err
	}
	if err := g.addCommon(); err != nil {
		return nil, err
	}
	national := make([]string, 0, 16000)
	for i := range g.places {
		if place := &g.places[i]; place.Level != schema.LevelStreet {
			national = append(national, place.Name)
		}
	}
	for name, all := range g.names {
		if slices.ContainsFunc(all, func(n named) bool { return g.places[n.place].Level != schema.LevelStreet }) {
			national = append(national, name)
		}
	}
	g.national = newTrie(national)
	return g, nil
}

func (g *Gazetteer) add(place Place, others ...string) {
	id := int32(len(g.places))
	g.places = append(g.places, place)
	g.byCode[place.Code] = id
	g.names[place.Name] = append(g.names[place.Name], named{id, FullName})
	for _, other := range others {
		g.names[other] = append(g.names[other], named{id, Short})
	}
}

// addRegions reads regions.tsv: code, level, parent, name, other names.
func (g *Gazetteer) addRegions() error {
	number := 0
	for line := range strings.Lines(regionsFile) {
		number++
		if strings.HasPrefix(line, "#") {
			continue
		}
		columns := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(columns) == 4 {
			columns = append(columns, "")
		}
		if len(columns) != 5 {
			return fmt.Errorf("segment: gazetteer/regions.tsv:%d: %d columns: want 4 or 5", number, len(columns))
		}
		place := Place{Code: columns[0], Level: schema.PlaceLevel(columns[1]), Parent: columns[2], Name: columns[3]}
		if _, ok := g.byCode[place.Code]; ok || place.Code == "" || place.Name == "" {
			return fmt.Errorf("segment: gazetteer/regions.tsv:%d: the code %q is taken, or a column is empty", number, place.Code)
		}
		if _, ok := g.byCode[place.Parent]; !ok && place.Parent != "" {
			return fmt.Errorf("segment: gazetteer/regions.tsv:%d: no place has the code %q", number, place.Parent)
		}
		var others []string
		if columns[4] != "" {
			others = strings.Split(columns[4], "|")
		}
		g.others[place.Code] = others
		g.add(place, others...)
	}
	return nil
}

// addCommon reads common.tsv: a name, and "far" if it is common outside its own
// province only.
func (g *Gazetteer) addCommon() error {
	number := 0
	for line := range strings.Lines(commonFile) {
		number++
		if strings.HasPrefix(line, "#") {
			continue
		}
		word, far, marked := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if _, ok := g.common[word]; ok || word == "" || marked && far != "far" {
			return fmt.Errorf("segment: gazetteer/common.tsv:%d: %q: want a word that is not there yet, and far or nothing", number, line)
		}
		g.common[word] = !marked
	}
	return nil
}

func levelOf(code string) schema.PlaceLevel {
	switch len(code) {
	case 2:
		return schema.LevelProvince
	case 4:
		return schema.LevelCity
	case 6:
		return schema.LevelDistrict
	case 9:
		return schema.LevelStreet
	}
	return schema.LevelVillage
}

// above returns the code of the nearest place above a division code. Steps
// that are in the codes only (市辖区) are no places.
func (g *Gazetteer) above(code string) string {
	for _, digits := range []int{9, 6, 4, 2} {
		if digits < len(code) {
			if _, ok := g.byCode[code[:digits]]; ok {
				return code[:digits]
			}
		}
	}
	return ""
}

// ByCode returns the place that has a code.
func (g *Gazetteer) ByCode(code string) (Place, bool) {
	if id, ok := g.byCode[code]; ok {
		return g.places[id], true
	}
	if len(code) != 12 {
		return Place{}, false
	}
	villages, err := g.Villages(code[:6])
	if err != nil {
		return Place{}, false
	}
	i, ok := slices.BinarySearchFunc(villages, code, func(p Place, code string) int { return strings.Compare(p.Code, code) })
	if !ok {
		return Place{}, false
	}
	return villages[i], true
}

// Ladder returns the place that has a code and those above it: village,
// street, district, city, province, as far as they exist. Pseudo levels such
// as 市辖区 are left out: 朝阳区 is followed by 北京市. An unknown code has an
// empty ladder.
func (g *Gazetteer) Ladder(code string) []Place {
	var ladder []Place
	for place, ok := g.ByCode(code); ok; place, ok = g.ByCode(place.Parent) {
		ladder = append(ladder, place)
	}
	return ladder
}

// Within reports whether the place with the first code is the other or lies
// inside it.
func (g *Gazetteer) Within(code, container string) bool {
	if isDivision(code) && isDivision(container) {
		return strings.HasPrefix(code, container)
	}
	for code != container {
		place, ok := g.ByCode(code)
		if !ok || place.Parent == "" {
			return false
		}
		code = place.Parent
	}
	return true
}

func isDivision(code string) bool { return code != "" && code[0] >= '0' && code[0] <= '9' }

// Places returns all places of a level above the village, in order of code.
func (g *Gazetteer) Places(level schema.PlaceLevel) []Place {
	var places []Place
	for _, place := range g.places {
		if place.Level == level {
			places = append(places, place)
		}
	}
	return places
}

// Names returns the names that the place with a code goes by, the full name
// first, and none for an unknown code.
func (g *Gazetteer) Names(code string) []string {
	place, ok := g.ByCode(code)
	if !ok {
		return nil
	}
	if others, ok := g.others[code]; ok {
		return append([]string{place.Name}, others...)
	}
	return append([]string{place.Name}, shortNames(code, place.Name)...)
}

// Common reports whether the name of a place is a word of the language too,
// such as 和平 or 资源.
func (g *Gazetteer) Common(name string) bool {
	_, ok := g.common[name]
	return ok
}

// Villages returns the villages and communities of a district, in order of
// code.
func (g *Gazetteer) Villages(district string) ([]Place, error) {
	c, err := g.county(district)
	if err != nil {
		return nil, err
	}
	return c.places, nil
}

func (g *Gazetteer) county(district string) (*county, error) {
	if id, ok := g.byCode[district]; !ok || g.places[id].Level != schema.LevelDistrict && len(district) != 4 {
		return nil, fmt.Errorf("segment: villages of %q: not the code of a district", district)
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if c, ok := g.counties[district]; ok {
		return c, nil
	}
	c, err := g.readCounty(district)
	if err != nil {
		return nil, fmt.Errorf("segment: villages of %q: %w", district, err)
	}
	g.counties[district] = c
	return c, nil
}

func (g *Gazetteer) readCounty(district string) (*county, error) {
	c := &county{names: map[string][]named{}}
	err := g.eachVillage(district[:4], func(code, name string) {
		if !strings.HasPrefix(code, district) {
			return
		}
		id := int32(len(c.places))
		c.places = append(c.places, Place{Code: code, Name: name, Level: schema.LevelVillage, Parent: g.above(code)})
		c.names[name] = append(c.names[name], named{id, FullName})
		for _, short := range shortNames(code, name) {
			c.names[short] = append(c.names[short], named{id, Short})
		}
	})
	return c, err
}

// eachVillage reads the villages of a prefecture: each line is a name, its
// code the one before it plus one, unless the line begins with the rest of the
// code and a tab.
func (g *Gazetteer) eachVillage(prefecture string, found func(code, name string)) error {
	f, err := g.villages.Open(prefecture)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // 三沙市 has none
	}
	if err != nil {
		return err
	}
	data, err := io.ReadAll(f)
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	code := int64(-1)
	for line := range strings.Lines(string(data)) {
		name := strings.TrimSuffix(line, "\n")
		code++
		if digits, rest, ok := strings.Cut(name, "\t"); ok {
			if code, err = strconv.ParseInt(prefecture+digits, 10, 64); err != nil {
				return err
			}
			name = rest
		}
		found(strconv.FormatInt(code, 10), name)
	}
	return nil
}

// district returns the code of the district that holds a place, "" when the
// place is larger or no division.
func (g *Gazetteer) district(code string) string {
	if !isDivision(code) || len(code) < 6 {
		return ""
	}
	if _, ok := g.byCode[code[:6]]; ok {
		return code[:6]
	}
	return "" // 东莞市 has towns but no districts
}

// holdsStreets reports whether a region is so small that its streets go by
// their short names: a district, what lies in one, or a city without.
func (g *Gazetteer) holdsStreets(region string) bool {
	return g.district(region) != "" || isDivision(region) && len(region) >= 4 && !g.divided[region]
}

// Find returns all places down to the township that a name may mean, by full
// name, short name or another unit, the surest form first: 高碑店乡, 高碑店街道
// and 高碑店 all find 高碑店地区, the last finds 高碑店市 too.
func (g *Gazetteer) Find(name string) []Candidate {
	return g.candidates(name, "")
}

// candidates are the places that name may mean, with the villages of a
// district if its code is given.
func (g *Gazetteer) candidates(name, district string) []Candidate {
	var found []Candidate
	collect := func(places []Place, names map[string][]named) {
		for _, n := range names[name] {
			found = append(found, Candidate{places[n.place], n.form})
		}
		stem, levels := splitUnit(name)
		if stem == "" {
			return
		}
		for _, n := range names[stem] {
			place := places[n.place]
			if n.form == Short && place.Name != name && slices.Contains(levels, place.Level) {
				found = append(found, Candidate{place, Variant})
			}
		}
	}
	collect(g.places, g.names)
	if district != "" {
		// A damaged file of villages shows in Villages.
		if c, err := g.county(district); err == nil {
			collect(c.places, c.names)
		}
	}
	slices.SortStableFunc(found, func(a, b Candidate) int { return int(a.Form) - int(b.Form) })
	return found
}

// Resolve returns the place that a name means in a report of the region with
// the given code ("" for no region): the region itself, one inside it, else
// one beside it in the same city or province, else the only one of the
// country. Stacked names (保定市满城区, 河北廊坊, 高碑店乡高井村) resolve from
// left to right. It reports false rather than guess between homonyms, and
// trusts that the name is a place's: whether 合作 is 合作市 is for Match to doubt.
func (g *Gazetteer) Resolve(name, withinCode string) (Place, bool) {
	name = strings.Join(strings.Fields(name), "")
	if place, ok := g.choose(g.candidates(name, g.district(withinCode)), withinCode); ok {
		return place.Place, true
	}
	runes := []rune(name)
	if len(runes) > maxPlaceRunes {
		return Place{}, false
	}
	for i := len(runes) - 2; i >= 2; i-- {
		var inner []Candidate
		for _, outer := range g.candidates(string(runes[:i]), g.district(withinCode)) {
			if place, ok := g.inside(runes[i:], outer.Code); ok {
				inner = append(inner, Candidate{place, outer.Form})
			}
		}
		if place, ok := g.choose(inner, withinCode); ok {
			return place.Place, true
		}
	}
	return Place{}, false
}

// maxPlaceRunes bounds the work on what cannot be a name.
const maxPlaceRunes = 40

// inside resolves a name, stacked or not, strictly inside a place.
func (g *Gazetteer) inside(name []rune, container string) (Place, bool) {
	if place, ok := g.choose(g.strictlyInside(string(name), container), container); ok {
		return place.Place, true
	}
	for i := len(name) - 2; i >= 2; i-- {
		if outer, ok := g.choose(g.strictlyInside(string(name[:i]), container), container); ok {
			if place, ok := g.inside(name[i:], outer.Code); ok {
				return place, true
			}
		}
	}
	return Place{}, false
}

func (g *Gazetteer) strictlyInside(name, container string) []Candidate {
	found := g.candidates(name, g.district(container))
	return slices.DeleteFunc(found, func(c Candidate) bool {
		return c.Code == container || !g.Within(c.Code, container)
	})
}

// distance is how many steps up from the region one has to go to reach a
// place that contains the candidate; nationwide says there is none.
func (g *Gazetteer) distance(code string, ladder []Place) int {
	for steps, container := range ladder {
		if g.Within(code, container.Code) {
			return steps
		}
	}
	return nationwide
}

const nationwide = 9

var levelOrder = []schema.PlaceLevel{
	schema.LevelCountry, schema.LevelRegion, schema.LevelProvince, schema.LevelCity,
	schema.LevelDistrict, schema.LevelArea, schema.LevelWater, schema.LevelStreet, schema.LevelVillage,
}

// choose returns the candidate meant in a report of the region, if one alone
// comes first.
func (g *Gazetteer) choose(found []Candidate, region string) (Candidate, bool) {
	if len(found) == 0 {
		return Candidate{}, false
	}
	ladder := g.Ladder(region)
	own := func(c Candidate) bool {
		return slices.ContainsFunc(ladder, func(p Place) bool { return p.Code == c.Code })
	}
	exact := slices.ContainsFunc(found, func(c Candidate) bool {
		return c.Form == FullName && c.Level != schema.LevelStreet && c.Level != schema.LevelVillage
	})
	best, rank, ties := Candidate{}, [4]int{}, 0
	for _, c := range found {
		distance := g.distance(c.Code, ladder)
		small := c.Level == schema.LevelStreet || c.Level == schema.LevelVillage
		switch {
		case small && c.Form == Short && (distance > 0 || !g.holdsStreets(region)),
			small && c.Form == Variant && distance > 1,
			!small && c.Form == Variant && exact:
			continue
		}
		level := slices.Index(levelOrder, c.Level)
		// 吉林 is the province, but in reports of 吉林市.
		if level <= slices.Index(levelOrder, schema.LevelProvince) {
			distance = 0
		}
		// A district of a municipality is as well known as a city.
		if distance == nationwide && c.Form == Short && c.Level == schema.LevelDistrict && len(c.Parent) == 2 {
			level = slices.Index(levelOrder, schema.LevelCity)
		}
		r := [4]int{1, distance, int(c.Form), level}
		if own(c) {
			r[0] = 0
		}
		switch order := slices.Compare(r[:], rank[:]); {
		case ties == 0 || order < 0:
			best, rank, ties = c, r, 1
		case order == 0 && c.Code != best.Code:
			ties++
		}
	}
	return best, ties == 1
}

// PlaceMatch is a place name in a text.
type PlaceMatch struct {
	Start, End int // half-open range of code points
	Name       string
	// Place is the place meant, its Code empty when homonyms leave it open.
	Place Place
	Form  Form
	// Candidates are all places that bear the name.
	Candidates []Candidate
	// Ambiguous tells that the name may be no place here, or another: it is a
	// word of the language too, stays open between homonyms, or is too short
	// to be sure of outside its own province.
	Ambiguous bool
}

// Match returns the place names in a text of the region with the given code
// (""  for none), the longest at each place, from left to right without
// overlaps. Countries, regions, provinces, cities and districts are found
// everywhere; streets and villages of the region only. A name right behind
// another (保定市|满城区) is looked for inside that one first.
func (g *Gazetteer) Match(text []rune, withinCode string) []PlaceMatch {
	local := g.local(withinCode)
	var matches []PlaceMatch
	for i := 0; i < len(text); {
		end := 0
		longest := func(e int, _ int32) { end = max(end, e) }
		g.national.each(text, i, longest)
		local.each(text, i, longest)
		if end == 0 {
			i++
			continue
		}
		match := g.match(text, i, end, withinCode)
		if last := len(matches) - 1; last >= 0 && matches[last].End == i {
			g.stack(&matches[last], &match, withinCode)
		}
		matches = append(matches, match)
		i = end
	}
	return matches
}

func (g *Gazetteer) match(text []rune, start, end int, region string) PlaceMatch {
	m := PlaceMatch{Start: start, End: end, Name: string(text[start:end])}
	m.Candidates = g.candidates(m.Name, g.district(region))
	chosen, ok := g.choose(m.Candidates, region)
	if !ok {
		m.Ambiguous = true
		return m
	}
	m.Place, m.Form = chosen.Place, chosen.Form
	m.Ambiguous = g.ambiguous(m, region)
	return m
}

// ambiguous reports whether a name that has a first reading may mean
// something else.
func (g *Gazetteer) ambiguous(m PlaceMatch, region string) bool {
	if m.Place.Code == region {
		return false
	}
	if own, ok := g.common[m.Name]; ok && (own || !sameProvince(m.Place.Code, region)) {
		return true
	}
	two := m.End-m.Start == 2
	switch m.Place.Level {
	case schema.LevelVillage:
		return m.Form == Short && (two || g.names[m.Name] != nil)
	case schema.LevelDistrict:
		if m.Form == FullName { // 示范县 ends in 范县
			return two && (len(region) < 4 || m.Place.Code[:4] != region[:4])
		}
		return two && !sameProvince(m.Place.Code, region)
	}
	return false
}

func sameProvince(a, b string) bool {
	return len(a) >= 2 && len(b) >= 2 && isDivision(a) && a[:2] == b[:2]
}

// stack reads two adjacent names as one inside the other where that fits and
// is no play of words (同心同德).
func (g *Gazetteer) stack(outer, inner *PlaceMatch, region string) {
	if g.Common(outer.Name) {
		return
	}
	containers := outer.Candidates
	if outer.Place.Code != "" {
		containers = []Candidate{{outer.Place, outer.Form}}
	}
	var container, found Candidate
	fits := 0
	for _, c := range containers {
		place, ok := g.choose(g.strictlyInside(inner.Name, c.Code), c.Code)
		if ok && (place.Form != Short || len(place.Code) <= 6 || g.Within(place.Code, region)) {
			container, found = c, place
			fits++
		}
	}
	if fits == 1 {
		outer.Place, outer.Form, outer.Ambiguous = container.Place, container.Form, false
		inner.Place, inner.Form, inner.Ambiguous = found.Place, found.Form, false
	}
}

// local returns the names of the streets of a region and, when it is a
// district or smaller, of its villages.
func (g *Gazetteer) local(region string) *trie {
	if district := g.district(region); district != "" {
		region = district
	} else if _, ok := g.byCode[region]; !ok {
		region = ""
	}
	var villages *county
	if g.district(region) != "" {
		villages, _ = g.county(region)
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if known, ok := g.locals[region]; ok {
		return known
	}
	var names []string
	if isDivision(region) {
		for i := range g.places {
			if p := &g.places[i]; strings.HasPrefix(p.Code, region) && len(p.Code) == 9 {
				names = addLocal(names, *p, len(region) == 6)
			} else if len(p.Code) == 6 && len(region) >= 4 && p.Code[:4] == region[:4] {
				names = addLocal(names, *p, false)
			}
		}
	}
	if villages != nil {
		for _, p := range villages.places {
			names = addLocal(names, p, true)
		}
	}
	local := newTrie(names)
	g.locals[region] = local
	return local
}

// addLocal appends the names of a place: its full name, the same with other
// units, and its short name if asked for.
func addLocal(names []string, p Place, short bool) []string {
	names = append(names, p.Name)
	for _, stem := range shortNames(p.Code, p.Name) {
		if short {
			names = append(names, stem)
		}
		for _, unit := range units[p.Level] {
			names = append(names, stem+unit)
		}
	}
	return names
}

// units are those that a place of a level may be written with.
var units = map[schema.PlaceLevel][]string{
	schema.LevelDistrict: {"县", "区", "市"},
	schema.LevelStreet:   {"街道办事处", "地区办事处", "街道", "镇", "乡"},
	schema.LevelVillage:  {"村", "社区"},
}

// unitLevels are the levels that a unit stands for, the longer units first.
var unitLevels = []struct {
	unit   string
	levels []schema.PlaceLevel
}{
	{"街道办事处", []schema.PlaceLevel{schema.LevelStreet}},
	{"地区办事处", []schema.PlaceLevel{schema.LevelStreet}},
	{"街道", []schema.PlaceLevel{schema.LevelStreet}},
	{"地区", []schema.PlaceLevel{schema.LevelCity, schema.LevelStreet}},
	{"镇", []schema.PlaceLevel{schema.LevelStreet}},
	{"乡", []schema.PlaceLevel{schema.LevelStreet}},
	{"社区", []schema.PlaceLevel{schema.LevelVillage}},
	{"村", []schema.PlaceLevel{schema.LevelVillage}},
	{"市", []schema.PlaceLevel{schema.LevelCity, schema.LevelDistrict}},
	{"新区", []schema.PlaceLevel{schema.LevelDistrict}},
	{"县", []schema.PlaceLevel{schema.LevelDistrict}},
	{"区", []schema.PlaceLevel{schema.LevelDistrict}},
}

// splitUnit splits the unit off a name and tells which levels it stands for.
func splitUnit(name string) (stem string, levels []schema.PlaceLevel) {
	for _, u := range unitLevels {
		if stem, ok := strings.CutSuffix(name, u.unit); ok && utf8.RuneCountInString(stem) >= 2 {
			return stem, u.levels
		}
	}
	return "", nil
}
