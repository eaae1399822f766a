package extract

import (
	"slices"
	"sort"
	"strings"

	"github.com/lantu-kg/lantu/schema"
)

// pronouns are the nouns behind 该 and 此 that stand for the last name of their
// kinds.
var pronouns = []struct {
	noun  string
	kinds []schema.Kind
}{
	{"产业园区", []schema.Kind{schema.KindPark}},
	{"产业园", []schema.Kind{schema.KindPark}},
	{"园区", []schema.Kind{schema.KindPark}},
	{"开发区", []schema.Kind{schema.KindPark}},
	{"示范区", []schema.Kind{schema.KindPark}},
	{"基地", []schema.Kind{schema.KindPark, schema.KindFacility}},
	{"中心", []schema.Kind{schema.KindFacility, schema.KindPark}},
	{"平台", []schema.Kind{schema.KindFacility, schema.KindProgram}},
	{"系统", []schema.Kind{schema.KindFacility}},
	{"实验室", []schema.Kind{schema.KindFacility, schema.KindOrganization}},
	{"项目", []schema.Kind{schema.KindProject, schema.KindPark, schema.KindFacility}},
	{"工程", []schema.Kind{schema.KindProject, schema.KindProgram}},
	{"企业", []schema.Kind{schema.KindEnterprise}},
	{"公司", []schema.Kind{schema.KindEnterprise}},
	{"集团", []schema.Kind{schema.KindEnterprise}},
	{"计划", []schema.Kind{schema.KindProgram}},
	{"行动", []schema.Kind{schema.KindProgram}},
	{"机制", []schema.Kind{schema.KindProgram}},
	{"政策", []schema.Kind{schema.KindProgram}},
	{"活动", []schema.Kind{schema.KindEvent}},
	{"论坛", []schema.Kind{schema.KindEvent}},
	{"医院", []schema.Kind{schema.KindOrganization}},
	{"学校", []schema.Kind{schema.KindOrganization}},
	{"机构", []schema.Kind{schema.KindOrganization}},
	{"产业", []schema.Kind{schema.KindIndustry}},
	{"行业", []schema.Kind{schema.KindIndustry}},
	{"领域", []schema.Kind{schema.KindIndustry}},
	{"街道", []schema.Kind{schema.KindPlace}},
	{"社区", []schema.Kind{schema.KindPlace}},
	{"乡", []schema.Kind{schema.KindPlace}},
	{"镇", []schema.Kind{schema.KindPlace}},
	{"村", []schema.Kind{schema.KindPlace}},
}

// withPronouns gives the mentions with 该园区 and the like among the places
// where they stand, so that every rule reads them as the name that they stand
// for: the last of their kind in the same sentence or the one before. The
// mentions given stay as they are.
func withPronouns(t *Text, mentions []Mention) []Mention {
	if !strings.Contains(t.Passage.Text, "该") && !strings.Contains(t.Passage.Text, "此") || len(mentions) == 0 {
		return mentions
	}
	out := mentions
	for i, r := range t.Runes {
		if r != '该' && r != '此' || i > 0 && strings.ContainsRune("应因据彼如对为从", t.Runes[i-1]) {
			continue
		}
		span, kinds := pronounAt(t, i)
		if kinds == nil {
			continue
		}
		ref := lastOf(t, out, kinds, i)
		if ref == None {
			continue
		}
		if &out[0] == &mentions[0] {
			out = slices.Clone(mentions)
		}
		m := &out[ref]
		m.Spans = append(slices.Clone(m.Spans), span)
		sort.Slice(m.Spans, func(a, b int) bool { return m.Spans[a].Start < m.Spans[b].Start })
	}
	return out
}

func pronounAt(t *Text, i int) (schema.Span, []schema.Kind) {
	ahead := string(t.Runes[i+1 : min(len(t.Runes), i+6)])
	for _, p := range pronouns {
		if strings.HasPrefix(ahead, p.noun) {
			return schema.Span{Start: i, End: i + 1 + len([]rune(p.noun))}, p.kinds
		}
	}
	return schema.Span{}, nil
}

// lastOf is the mention of one of the kinds that stands last before i, in the
// sentence of i or the one before; a kind named first is preferred.
func lastOf(t *Text, mentions []Mention, kinds []schema.Kind, i int) Ref {
	from := t.SentenceAt(i).Start
	if from > 0 {
		from = t.SentenceAt(from - 1).Start
	}
	for _, kind := range kinds {
		best, at := None, from-1
		for k, m := range mentions {
			if m.Kind != kind {
				continue
			}
			for _, s := range m.Spans {
				if s.End <= i && s.Start > at {
					best, at = Ref(k), s.Start
				}
			}
		}
		if best != None {
			return best
		}
	}
	return None
}
