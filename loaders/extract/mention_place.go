package extract

import "github.com/lantu-kg/lantu/schema"

// findPlaces finds the places that the gazetteer knows.
func (f *finder) findPlaces() {
	f.places = f.x.gazetteer.Match(f.Runes, f.Report.RegionCode)
	matches := f.places
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

// findPlaceNames finds places by the word that ends them: roads, rivers,
// villages and quarters that the gazetteer does not know.
func (f *finder) findPlaceNames() {
	for i, token := range f.Tokens {
		if f.class[i] == boundStop || f.class[i] == boundJoint {
			continue
		}
		head, ok := f.x.lexicon.LongestEndingAt(f.Runes, token.End, "HEAD_PLACE")
		if !ok {
			continue
		}
		f.placeName(i, head.Start, head.End, schema.PlaceLevel(head.Extra))
	}
}

func (f *finder) placeName(i, h, end int, level schema.PlaceLevel) {
	start := h
	short := end-h == 1
	e := f.left(h, schema.KindPlace)
	start = e.start
	if e.quantity || start == h && f.Tokens[i].Start >= h {
		return
	}
	// One character of a kind of place is distinctive only behind a short,
	// uncommon word.
	if short {
		start = f.shortName(h)
		if start < 0 {
			return
		}
	} else if p := f.profile(start, h); !p.proper() {
		return
	}
	if end-start > 14 || end-start < 3 && level != schema.LevelWater {
		return
	}
	f.add(candidate{start: start, end: end, kind: schema.KindPlace, rule: "place.head", confidence: 0.7})
}

// shortName returns where the name before a one-character ending at code
// point h begins, -1 when the words there are common ones.
func (f *finder) shortName(h int) int {
	i := f.at[h]
	token := f.Tokens[i]
	if token.Start < h {
		// One word with its ending: a place of the dictionary, or common.
		if token.Tag == "ns" && token.End-token.Start >= 3 {
			return token.Start
		}
		return -1
	}
	start, single := h, 0
	for k := i - 1; k >= 0 && h-f.Tokens[k].Start <= 4; k-- {
		t := f.Tokens[k]
		n := t.End - t.Start
		switch {
		case f.class[k] != boundNone && !(f.class[k] == boundNumber && n == 1):
			return f.long(start, h, single)
		case f.proper[k] || t.Tag == "ns" || t.Tag == "nr" || t.Tag == "nz" || t.Tag == "x":
			return t.Start
		case n == 1:
			single++
			start = t.Start
		default:
			if single > 0 {
				return f.long(start, h, single)
			}
			return -1
		}
	}
	return f.long(start, h, single)
}

func (f *finder) long(start, h, single int) int {
	if single >= 2 && h-start >= 2 {
		return start
	}
	return -1
}
