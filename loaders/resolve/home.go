package resolve

import (
	"slices"
	"strings"

	"github.com/lantu-kg/lantu/loaders/segment"
	"github.com/lantu-kg/lantu/schema"
)

// home is a report's region as context of its names.
type home struct {
	g      *segment.Gazetteer
	region Region
	scope  string          // the region's code, else its name
	ladder []segment.Place // the region and those above it
	names  map[string]string
	units  map[rune]string // code of the nearest region of the ladder by its unit
}

func newHome(g *segment.Gazetteer, region Region) *home {
	h := &home{g: g, region: region, scope: region.Code, names: map[string]string{}, units: map[rune]string{}}
	if region.Code == "" {
		h.scope = region.Name
		parts := stack(region.Name)
		for i := len(parts) - 1; i >= 0; i-- {
			h.addUnit(parts[i], h.scope)
			if i == len(parts)-1 {
				h.names[parts[i]] = h.scope
			}
		}
		if region.Name != "" {
			h.names[region.Name] = h.scope
		}
		return h
	}
	h.ladder = g.Ladder(region.Code)
	for _, p := range h.ladder {
		h.addUnit(p.Name, p.Code)
		for _, name := range g.Names(p.Code) {
			if _, ok := h.names[name]; !ok {
				h.names[name] = p.Code
			}
		}
	}
	return h
}

func (h *home) addUnit(name, code string) {
	runes := []rune(name)
	if len(runes) == 0 {
		return
	}
	unit := runes[len(runes)-1]
	if _, ok := h.units[unit]; !ok && strings.ContainsRune("省市县区旗州盟", unit) {
		h.units[unit] = code
	}
}

// above gives the code of the ladder's place with so many digits, or the
// nearest there is.
func (h *home) above(digits int) string {
	for _, p := range h.ladder {
		if len(p.Code) <= digits {
			return p.Code
		}
	}
	return h.scope
}

// municipal reports whether the region is a municipality or a part of one.
func (h *home) municipal() bool {
	if len(h.ladder) == 0 {
		return false
	}
	top := h.ladder[len(h.ladder)-1]
	return top.Level == schema.LevelProvince && strings.HasSuffix(top.Name, "市")
}

// cutUnit cuts the bare unit of the report's region or one above it off a
// name: 县人民医院, 我市…. isUnit tells it from the beginning of a word, such as
// 市民中心.
func (h *home) cutUnit(name string, isUnit func(rest string) bool) (rest, code string) {
	runes := []rune(name)
	if len(runes) > 3 && (runes[0] == '我' || runes[0] == '本') {
		if code, ok := h.units[runes[1]]; ok {
			return string(runes[2:]), code
		}
	}
	if len(runes) < 3 {
		return name, ""
	}
	code, ok := h.units[runes[0]]
	if rest := string(runes[1:]); ok && isUnit(rest) {
		return rest, code
	}
	return name, ""
}

// longestPlace bounds the runes of a place in front of a name.
const longestPlace = 12

// cutPlace cuts the longest place off the front of a name: of the report's own
// ladder, inside its region, or inside the place with the code cut before.
func (h *home) cutPlace(name, within string, kind schema.Kind) (rest, code string, ok bool) {
	runes := []rune(name)
	for i := min(len(runes)-2, longestPlace); i >= 2; i-- {
		prefix := string(runes[:i])
		place, found := h.find(prefix, within)
		if !found {
			continue
		}
		full := place.Name == prefix
		if kind == schema.KindPlace && h.names[prefix] == "" {
			continue // 北京CBD, but not 上海路
		}
		if kind == schema.KindEnterprise && !full || kind == schema.KindProgram && !full {
			continue // 北京银行
		}
		return string(runes[i:]), place.Code, true
	}
	return "", "", false
}

// find gives the province, city or district that a name in front of another
// means.
func (h *home) find(name, within string) (segment.Place, bool) {
	if within == "" {
		if code, ok := h.names[name]; ok {
			if place, ok := h.g.ByCode(code); ok {
				return place, true
			}
			return segment.Place{Code: code, Name: name}, true
		}
	}
	var near, far []segment.Candidate
	for _, c := range h.g.Find(name) {
		large := c.Level == schema.LevelProvince || c.Level == schema.LevelCity
		if !large && c.Level != schema.LevelDistrict {
			continue
		}
		switch {
		case within != "":
			if c.Code != within && h.g.Within(c.Code, within) {
				near = append(near, c)
			}
		case h.region.Code != "" && h.g.Within(c.Code, h.region.Code):
			near = append(near, c)
		case c.Form != segment.Variant && (large || c.Form == segment.FullName && h.sibling(c.Code)):
			far = append(far, c)
		}
	}
	for _, list := range [][]segment.Candidate{near, far} {
		list = slices.DeleteFunc(list, func(c segment.Candidate) bool { return c.Form != list[0].Form })
		if len(list) == 0 {
			continue
		}
		if len(list) > 1 || list[0].Form == segment.Short && h.g.Common(name) {
			// 吉林 is the province rather than the city.
			if len(list) > 1 && list[0].Level == schema.LevelProvince && list[1].Level != schema.LevelProvince {
				return list[0].Place, true
			}
			return segment.Place{}, false
		}
		return list[0].Place, true
	}
	return segment.Place{}, false
}

// sibling reports whether a district lies in the region's own city.
func (h *home) sibling(code string) bool {
	return len(h.region.Code) >= 4 && strings.HasPrefix(code, h.region.Code[:4])
}

// lead gives the district, or larger place, in which a name begins that says
// it: 望京科技园 in 望京街道, whose report it stands in or not.
func (h *home) lead(name string) (string, bool) {
	runes := []rune(name)
	for i := min(len(runes)-2, longestPlace); i >= 2; i-- {
		prefix := string(runes[:i])
		if h.g.Common(prefix) {
			continue
		}
		found := map[string]bool{}
		inside := map[string]bool{}
		for _, c := range h.g.Find(prefix) {
			if c.Form == segment.Variant {
				continue
			}
			switch c.Level {
			case schema.LevelWater:
				return "", false // 淮河入海水道 is not in 淮河镇
			case schema.LevelRegion, schema.LevelCountry:
				return c.Code, true
			}
			code := c.Code
			if c.Level == schema.LevelStreet {
				code = code[:6]
			}
			found[code] = true
			if h.region.Code != "" && h.g.Within(code, h.region.Code) {
				inside[code] = true
			}
		}
		for _, codes := range []map[string]bool{inside, found} {
			// Two characters are too little to be sure of far away.
			if len(codes) != 1 || len(inside) == 0 && i < 3 {
				continue
			}
			for code := range codes {
				return code, true
			}
		}
	}
	return "", false
}
