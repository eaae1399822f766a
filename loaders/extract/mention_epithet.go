package extract

import (
	"strings"

	"github.com/lantu-kg/lantu/loaders/segment"
	"github.com/lantu-kg/lantu/schema"
)

// findEpithets finds programmes that an epithet of a region names: 平安云溪,
// 绿色云溪建设. Epithets that are but adjectives need their like beside them
// or the word for what is made of them behind.
func (f *finder) findEpithets() {
	epithets := make([]segment.LexiconMatch, 0, 4)
	var places []segment.PlaceMatch
	for _, place := range f.places {
		m, ok := f.x.lexicon.LongestEndingAt(f.Runes, place.Start, "EPITHET")
		if ok && f.isRegion(place) && f.opensName(m.Start) {
			epithets, places = append(epithets, m), append(places, place)
		}
	}
	for i, m := range epithets {
		end := places[i].End
		if m.Extra == "weak" && !f.follows(end, "建设") && !f.follows(end, "战略") &&
			(i == 0 || !f.joined(places[i-1].End, m.Start)) &&
			(i+1 == len(epithets) || !f.joined(end, epithets[i+1].Start)) {
			continue
		}
		c := candidate{start: m.Start, end: end, kind: schema.KindProgram, rule: "program.epithet", weight: 0.75}
		if f.follows(end, "建设") {
			c.aliases = append(c.aliases, schema.Span{Start: m.Start, End: end + 2})
		}
		f.add(c)
	}
}

// isRegion reports whether a place is a province, the report's region or what
// that lies in. Others are too often words: 合作, 振兴.
func (f *finder) isRegion(p segment.PlaceMatch) bool {
	return p.Place.Level == schema.LevelProvince || f.own(p.Place.Code)
}

// opensName reports whether a token begins at code point i, and none before it
// that belongs to the same name.
func (f *finder) opensName(i int) bool {
	k := f.at[i]
	return f.Tokens[k].Start == i && (f.begins(k) || f.class[k-1] == boundRegion || f.class[k-1] == boundGeneric)
}

// joined reports whether the names that end and begin there are members of one
// list.
func (f *finder) joined(end, start int) bool {
	return start == end+1 && strings.ContainsRune("、和与", f.Runes[end])
}
