package extract

import (
	"slices"
	"strings"
	"unicode"

	"github.com/lantu-kg/lantu/schema"
)

// ruleTable finds the numbers of a table's row by what heads their cells.
const ruleTable = "observe.table"

// Rules that relate a row's name to another cell by what heads that.
const (
	ruleTableAt  = "location.table"
	ruleTableFor = "responsible.table"
)

// tableCell is a cell of a row and what heads it.
type tableCell struct {
	schema.Span
	head string
}

// tableCells gives the cells of a passage that is a table's row.
func tableCells(t *Text) []tableCell {
	var cells []tableCell
	start := 0
	for i := 0; i <= len(t.Runes); i++ {
		if i == len(t.Runes) || t.Runes[i] == '\t' {
			if len(cells) == len(t.Passage.Columns) {
				return nil
			}
			cells = append(cells, tableCell{schema.Span{Start: start, End: i}, t.Passage.Columns[len(cells)]})
			start = i + 1
		}
	}
	if len(cells) != len(t.Passage.Columns) {
		return nil
	}
	return cells
}

// rowName is the cell that says what a row is of: the first of words that is
// neither ordinal nor unit.
func rowName(t *Text, cells []tableCell) (schema.Span, bool) {
	for _, c := range cells {
		if !isUnitHead(c.head) && !isOrdinalHead(c.head) && c.End > c.Start && !isNumeral(t.Runes[c.Start]) && slices.ContainsFunc(t.Runes[c.Start:c.End], isHan) {
			return c.Span, true
		}
	}
	return schema.Span{}, false
}

// observeRow observes the numbers of a row: its name says what is measured or
// whose the numbers are, a cell under 单位 their unit, the heads their time,
// whether they are aims, and whether they are changes.
func (x *Extractor) observeRow(t *Text, mentions []Mention) []Observation {
	o := &observer{numbers: newNumbers(t, measureWords()), text: t, mentions: mentions}
	o.index(mentions)
	cells := tableCells(t)
	name, ok := rowName(t, cells)
	if !ok {
		return nil
	}
	measure, unit := bracketedUnit(t.Runes, name)
	changes := false
	for _, c := range cells {
		if isUnitHead(c.head) {
			unit = t.String(c.Span)
		}
		changes = changes || isChangeHead(c.head) && !isAnnualHead(c.head)
	}
	for _, c := range cells {
		if c.Start <= name.Start || isOrdinalHead(c.head) || isUnitHead(c.head) {
			continue
		}
		heading := x.heading(t, c.head)
		q, change, ok := o.cellQuantity(c.Span)
		if !ok {
			continue
		}
		heading.change = heading.change || change != 0
		if change < 0 {
			q.value = -q.value
		}
		if q.unit == "" {
			written := heading.unit
			if written == "" && heading.change {
				written = "%" // growth is told in per cent unless told otherwise
			}
			if written == "" && heading.modality == schema.Aim && changes {
				continue // of the total, or of its growth: it is not said
			}
			if written == "" {
				written = unit
			}
			if !x.unitOf(&q, written) {
				continue
			}
		}
		if ob, ok := o.cellObservation(measure, heading, q); ok {
			o.found = append(o.found, ob)
		}
	}
	return o.found
}

// relateRow relates the thing that a row is of to the places where it stands and
// to those who answer for it.
func (x *Extractor) relateRow(t *Text, mentions []Mention) []Claim {
	o := &observer{numbers: &numbers{runes: t.Runes}, text: t, mentions: mentions}
	o.index(mentions)
	cells := tableCells(t)
	name, ok := rowName(t, cells)
	if !ok {
		return nil
	}
	thing, at := o.mentionAt(name.Start)
	if thing == None || at.End != name.End {
		return nil
	}
	var claims []Claim
	for _, c := range cells {
		subject, object, relation, rule := thing, None, schema.LocatedIn, ruleTableAt
		switch {
		case c.Span == name || c.End == c.Start:
			continue
		case containsAny(c.head, "地点", "所在", "位置", "属地"):
			object = o.mentionIn(c.Span)
		case containsAny(c.head, "建设单位", "实施单位", "实施主体", "建设主体", "责任单位", "牵头单位", "投资方", "业主"):
			subject, object, relation, rule = o.mentionIn(c.Span), thing, schema.ResponsibleFor, ruleTableFor
		}
		if subject == None || object == None {
			continue
		}
		info, _ := relation.Info()
		if !slices.Contains(info.Subjects, mentions[subject].Kind) || !slices.Contains(info.Objects, mentions[object].Kind) {
			continue
		}
		claims = append(claims, Claim{Subject: subject, Relation: relation, Object: object, Modality: schema.Fact,
			Span: schema.Span{End: len(t.Runes)}, Rule: rule, Confidence: ruleConfidence[rule]})
	}
	return claims
}

// cellObservation is the observation of a quantity in a row of what is measured.
func (o *observer) cellObservation(measure schema.Span, heading tableHead, q quantity) (Observation, bool) {
	about := Region
	words := o.text.String(measure)
	if ref, at := o.mentionAt(measure.Start); ref != None {
		switch {
		case at.End == measure.End && o.mentions[ref].Kind != schema.KindIndustry && o.mentions[ref].Kind != schema.KindProgram:
			about, words = ref, heading.measure
		case at.End < measure.End:
			about, words = ref, strings.TrimPrefix(string(o.runes[at.End:measure.End]), "的")
		}
	}
	if words == "" {
		return Observation{}, false
	}
	ob := Observation{
		About: about, Measure: words, MeasureSpan: measure, Value: q.value, Unit: q.unit, Type: schema.Level,
		Amount: q.value * q.scale, BaseUnit: q.base, Hedge: q.hedge, Span: q.Span,
		Period: heading.period, AnnualAverage: heading.annual || isAnnualHead(words), Modality: heading.modality, Rule: ruleTable,
	}
	if ob.AnnualAverage && !severalYears(ob.Period) {
		ob.Period = schema.Period{}
	}
	switch {
	case heading.change:
		ob.Type = schema.Change
	case strings.HasSuffix(words, "率") || strings.HasSuffix(words, "比重") || strings.HasSuffix(words, "占比"):
		ob.Type = schema.Share
	}
	if about != Region {
		ob.Rule += ownerRule
	}
	ob.Confidence = measuredConfidence[ob.Rule]
	return ob, true
}

// cellQuantity reads the number that a cell consists of; change is 1 or -1 where
// a word before it makes it growth or a fall.
func (o *observer) cellQuantity(c schema.Span) (q quantity, change int, ok bool) {
	i := c.Start
	hedge := schema.Hedge("")
	for _, lead := range []struct {
		word   string
		hedge  schema.Hedge
		change int
	}{
		{"增长", "", 1}, {"提高", "", 1}, {"下降", "", -1}, {"降低", "", -1}, {"减少", "", -1}, {"达到", "", 0},
		{"近", schema.Nearly, 0}, {"超", schema.Over, 0}, {"约", schema.About, 0},
		{"≥", schema.AtLeast, 0}, {"≤", schema.AtMost, 0}, {"＞", schema.Over, 0}, {">", schema.Over, 0},
		{"+", "", 0}, {"＋", "", 0}, {"±", "", 0},
	} {
		if strings.HasPrefix(string(o.runes[i:c.End]), lead.word) {
			i += len([]rune(lead.word))
			hedge = lead.hedge
			if lead.change != 0 {
				change = lead.change
			}
		}
	}
	negative := i < c.End && strings.ContainsRune("-－−–", o.runes[i])
	if negative {
		i++
	}
	if i >= c.End || !isNumeral(o.runes[i]) {
		return q, 0, false
	}
	value, end, ok := o.decimal(i)
	if !ok || end > c.End {
		return q, 0, false
	}
	q = quantity{Span: schema.Span{Start: i, End: end}, numeral: end, after: end, value: value, scale: 1}
	if negative {
		q.Start, q.value = i-1, -value
	}
	if o.rune(end) == ' ' {
		end++
	}
	if end < c.End && !o.unit(&q, end) {
		q.after = o.hedgesAfter(&q, end)
	}
	if q.hedge == "" {
		q.hedge = hedge
	}
	// What goes on behind its number is no number but a text.
	return q, change, max(q.after, q.End) >= c.End
}

// unitOf gives a quantity the unit that stands in another cell or a head.
func (x *Extractor) unitOf(q *quantity, written string) bool {
	n := newNumbers(&Text{Runes: []rune(written), Tokens: x.segmenter.Segment(written)}, measureWords())
	hedge := q.hedge
	u := quantity{}
	if written == "" || !n.unit(&u, 0) || u.End != len(n.runes) {
		return false
	}
	q.unit, q.base, q.scale, q.kind, q.hedge = u.unit, u.base, u.scale, u.kind, hedge
	return true
}

// tableHead is what a cell's head says of the number under it.
type tableHead struct {
	measure  string // without time and unit
	unit     string
	period   schema.Period
	modality schema.Modality
	change   bool
	annual   bool // an average of several years: 年均增长
}

func (x *Extractor) heading(t *Text, head string) tableHead {
	runes := []rune(head)
	span, unit := bracketedUnit(runes, schema.Span{End: len(runes)})
	h := tableHead{unit: unit, period: t.Period, modality: schema.Fact, change: isChangeHead(head), annual: isAnnualHead(head)}
	if t.Mood == schema.MoodPlan && !containsAny(head, "完成", "实际", "实绩") {
		h.modality = schema.Aim
	}
	if containsAny(head, "目标", "预期", "计划", "预计", "安排") && !containsAny(head, "完成", "占") {
		h.modality = schema.Aim
		if aim := t.Report.Report.Aim; !aim.IsZero() {
			h.period = aim
		}
	}
	sub := &Text{Passage: t.Passage, Runes: runes, Tokens: x.segmenter.Segment(head), Mood: t.Mood, Period: t.Period, Report: t.Report}
	sub.Sentences = []schema.Span{{End: len(runes)}}
	sub.Clauses = sub.Sentences
	o := &observer{numbers: newNumbers(sub, measureWords()), text: sub}
	for i := 0; i < span.End; i++ {
		p, end := o.period(i)
		if end <= i || i > 0 && (runes[i-1] == '比' || runes[i-1] == '较') {
			h.measure += string(runes[i])
			continue
		}
		if dated(p) {
			h.period = p
		}
		i = end - 1
	}
	return h
}

// bracketedUnit parts words from the unit in brackets behind them: 总投资（亿元）.
func bracketedUnit(runes []rune, s schema.Span) (words schema.Span, unit string) {
	for s.Start < s.End && unicode.IsSpace(runes[s.Start]) {
		s.Start++
	}
	if s.End == s.Start || runes[s.End-1] != '）' && runes[s.End-1] != ')' {
		return s, ""
	}
	for i := s.End - 1; i > s.Start; i-- {
		if runes[i] == '（' || runes[i] == '(' {
			return schema.Span{Start: s.Start, End: i}, strings.TrimPrefix(string(runes[i+1:s.End-1]), "单位：")
		}
	}
	return s, ""
}

func isUnitHead(head string) bool {
	return slices.Contains([]string{"单位", "计量单位", "数量单位"}, strings.ReplaceAll(head, " ", ""))
}

func isChangeHead(head string) bool {
	return containsAny(head, "增长", "增幅", "增速", "同比", "±", "升降")
}

// isAnnualHead reports whether a number under it is the average of several years.
func isAnnualHead(head string) bool {
	return isChangeHead(head) && containsAny(head, "年均", "年平均") && !strings.Contains(head, "浓度")
}

func isOrdinalHead(head string) bool { return containsAny(head, "序号", "编号", "排序") }

func containsAny(s string, words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(s, w) })
}
