package extract

import (
	"github.com/lantu-kg/lantu/schema"
)

// whose finds whom the phrase at s, measured by a run of numbers, is about,
// and cuts the owner's name off the phrase.
func (o *observer) whose(run []quantity, l left, s schema.Span, object bool) measured {
	first, last := run[0], run[len(run)-1]
	clause := o.text.ClauseAt(first.Start)
	// 总投资10亿元的钼尾矿综合利用项目
	if o.rune(last.after) == '的' && !object {
		if ref, _ := o.mentionIn(schema.Span{Start: last.after + 1, End: min(clause.End, last.after+16)}); ref != None {
			return measured{s, ref}
		}
	}
	// 泸州经济总量, 金融业增加值
	if !object {
		if ref, at := o.mentionAt(s.Start); ref != None && at.End < s.End {
			rest := s
			rest.Start = at.End
			if o.rune(rest.Start) == '”' {
				rest.Start++
			}
			if rest = o.lead(schema.Span{Start: rest.Start, End: s.End}); o.rune(rest.Start) == '的' {
				rest.Start++
			}
			if rest.End > rest.Start {
				return measured{rest, ref}
			}
		}
	}
	// The clause's subject: 国际科技组织集聚区入驻12家…
	start := o.lead(schema.Span{Start: clause.Start, End: first.Start}).Start
	if ref, at := o.mentionAt(start); ref != None && at.End <= first.Start {
		switch o.mentions[ref].Kind {
		case schema.KindPark, schema.KindFacility, schema.KindEnterprise, schema.KindEvent, schema.KindPlace, schema.KindOrganization, schema.KindIndustry:
			return measured{s, ref}
		}
	}
	return measured{s, Region}
}

// mentionAt returns the longest mention that begins at i.
func (o *observer) mentionAt(i int) (Ref, schema.Span) {
	if r := o.rune(i); r == '“' || r == '《' {
		i++
	}
	best, at := None, schema.Span{}
	for k, m := range o.mentions {
		for _, s := range m.Spans {
			if s.Start == i && s.End > at.End {
				best, at = Ref(k), s
			}
		}
	}
	return best, at
}

// mentionIn returns the first mention that begins within s, the longest there.
func (o *observer) mentionIn(s schema.Span) (Ref, schema.Span) {
	for i := s.Start; i < s.End; i++ {
		if isStop(o.rune(i)) {
			break
		}
		if ref, at := o.mentionAt(i); ref != None && at.Start == i {
			return ref, at
		}
	}
	return None, schema.Span{}
}
