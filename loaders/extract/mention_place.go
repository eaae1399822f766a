package extract

import "github.com/lantu-kg/lantu/schema"

// findPlaces finds the places that the gazetteer knows.
func (f *finder) findPlaces() {
	matches := f.x.gazetteer.Match(f.Runes, f.Report.RegionCode)
	for k := 0; k < len(matches); k++ {
		m := matches[k]
		f.markProper(m.Start, m.End)
		if m.Ambiguous {
			continue
		}
		c := candidate{start: m.Start, end: m.End, kind: schema.KindPlace, rule: "place.gazetteer", confidence: 0.8}
		// 河北廊坊 is one name, 丹巴县基卡依村 two.
		if m.Place.Level == schema.LevelProvince || m.Place.Level == schema.LevelCity {
			for k+1 < len(matches) && matches[k+1].Start == c.end && matches[k+1].Place.Level != schema.LevelVillage &&
				f.x.gazetteer.Within(matches[k+1].Place.Code, m.Place.Code) {
				k++
				f.markProper(matches[k].Start, matches[k].End)
				c.aliases = append(c.aliases, schema.Span{Start: matches[k].Start, End: matches[k].End})
				c.end = matches[k].End
			}
		}
		f.add(c)
	}
}
