package document

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/lantu-kg/lantu/schema"
)

// Words by which headings and paragraphs say whether they look back or ahead.
var (
	reviewWords    = regexp.MustCompile(`回顾|回眸|成绩|成就|成效|进展情况|总结|完成情况|执行情况|落实情况|办理情况|过去的?[一二三四五]年|以来|取得新|这[一五]年`)
	planWords      = regexp.MustCompile(`安排|总体要求|总体思路|目标|任务|重点工作|工作重点|重点任务|打算|今后|未来|下一步|下一阶段|下阶段|下半年|展望|主要考虑|工作思路|措施建议|工作建议|政策取向|今年|新的一年`)
	selfGovernment = regexp.MustCompile(`政府.{0,4}自身建设|服务型政府|人民满意的?.{0,6}政府`)

	reviewTopic = regexp.MustCompile(`回顾|成就|成绩|总结`)
	planTopic   = regexp.MustCompile(`目标|安排|总体要求|总体思路|任务|打算`)

	planTurn     = regexp.MustCompile(`今年|新的一年|今后[一二三四五]年|未来[一二三四五]年|下一步|下一阶段|下半年|做好.{0,12}工作`)
	planSubject  = regexp.MustCompile(`总体要求|总体思路|指导思想|预期目标|主要目标|奋斗目标|目标任务|重点抓好|重点做好|着力抓好|做好.{0,12}工作`)
	reviewProse  = regexp.MustCompile(`过去一年|过去的一年|一年来|五年来|过去五年|过去的五年|同比|比上年|较上年|初步统计|初步核算|预计全年|圆满完成|这一年|完成了`)
	planProse    = regexp.MustCompile(`总体要求|预期目标|新的一年|今后五年|力争|我们将|要坚持|要以`)
	fiveYears    = regexp.MustCompile(`(?:过去|这|近)的?五年|五年来|五年工作`)
	nextFive     = regexp.MustCompile(`(?:今后|未来)的?五年`)
	fiveYearPlan = regexp.MustCompile(`“?(十[一二三四五六七八九]|二十[一二三]?)五”?`)
	planYear     = regexp.MustCompile(`“?(十[一二三四五六七八九]|二十[一二三]?)五”?(?:时期|规划|实现|圆满|顺利|良好)*(开好局|开局|起好步|起步|第一年|收官)`)
	lastYear     = regexp.MustCompile(`过去的?一年|去年|一年来|上年`)
	thisYear     = regexp.MustCompile(`今年|新的一年`)
	executed     = regexp.MustCompile(`([0-9]{4})年(上半年|前三季度)?[^，。]{0,40}?(?:执行情况|落实情况|完成情况|审议意见|实施情况)`)
	drafted      = regexp.MustCompile(`([0-9]{4})年[^，。0-9]{0,30}?(?:计划|预算|草案|安排|打算)`)
	workReport   = regexp.MustCompile(`工作报告|报告(?:政府)?工作`)
)

// headingMood returns what a heading says of its section. A heading that says
// both says nothing.
func headingMood(heading string) schema.SectionMood {
	review, plan := reviewWords.MatchString(heading), planWords.MatchString(heading)
	switch {
	case review && !plan:
		return schema.MoodReview
	case plan && !review:
		return schema.MoodPlan
	}
	return schema.MoodUnknown
}

// times is what a report's words give away of the years it speaks of.
type times struct {
	review, plan int    // years, 0 when unknown
	half         string // -06 when only the year up to that month is reported on
	executing    bool   // reports how a plan was carried out
}

// readTimes fills in the moods and periods of sections and report.
func readTimes(doc *Document, opening int) {
	t := findTimes(doc, opening)
	setMoods(doc, opening, t)
	setPeriods(doc, t)
}

func findTimes(doc *Document, opening int) times {
	var t times
	r := &doc.Report
	h := newHead(doc.Passages, opening)
	for _, text := range []string{r.Title, prefix(h.opening, 200)} {
		m := executed.FindStringSubmatch(text)
		if m == nil {
			continue
		}
		t.executing = true
		t.review, _ = strconv.Atoi(m[1])
		if m[2] != "" {
			t.half = map[string]string{"上半年": "-06", "前三季度": "-09"}[m[2]]
		}
		// …执行情况与2023年…计划草案: the second year is the planned one.
		rest := text[strings.Index(text, m[0])+len(m[0]):]
		if d := drafted.FindStringSubmatch(rest); d != nil {
			t.plan, _ = strconv.Atoi(d[1])
		}
		return t
	}
	for _, s := range doc.Sections {
		if s.Level > levelTop {
			continue
		}
		heading := squeeze(s.Heading)
		y := lastYearIn(heading)
		if y == 0 {
			continue
		}
		switch mood := headingMood(heading); {
		case mood == schema.MoodReview && t.review == 0:
			t.review = y
		case mood == schema.MoodPlan && t.plan == 0:
			t.plan = y
		}
	}
	date, _ := strconv.Atoi(prefix(r.Date, 4))
	month, _ := strconv.Atoi(strings.TrimPrefix(r.Date[min(len(r.Date), 4):min(len(r.Date), 7)], "-"))
	switch {
	case t.review != 0 && t.plan == 0 && (date == t.review+1 || month >= 11):
		t.plan = t.review + 1
	case t.plan != 0 && t.review == 0:
		t.review = t.plan - 1
	case t.review == 0 && date != 0 && (workReport.MatchString(r.Title) || workReport.MatchString(prefix(h.opening, 200))):
		// Congresses hear work reports at the turn of the year.
		t.review, t.plan = date-1, date
		if month >= 11 {
			t.review, t.plan = date, date+1
		}
	}
	return t
}

// lastYearIn returns the last year that text names, or 0.
func lastYearIn(text string) int {
	y := 0
	for _, m := range yearPattern.FindAllStringSubmatch(text, -1) {
		if n, err := strconv.Atoi(year(m[1])); err == nil {
			y = n
		}
	}
	return y
}

// setMoods gives every section its mood: what its heading says, else its
// parent's; main sections that say nothing are judged by their paragraphs and
// by their place, for plans follow reviews.
func setMoods(doc *Document, opening int, t times) {
	planned, annex := false, false
	begins := beginnings(doc)
	for i := range doc.Sections {
		s := &doc.Sections[i]
		heading := squeeze(s.Heading)
		annex = annex && s.Parent >= 0 || s.Number == "" && isAnnex(heading)
		if s.Parent >= 0 {
			s.Mood = doc.Sections[s.Parent].Mood
		}
		if s.Level > levelTop || s.Parent >= 0 && s.Mood != schema.MoodUnknown {
			continue
		}
		s.Mood = headingMood(heading)
		if s.Mood == schema.MoodUnknown {
			switch y := lastYearIn(heading); {
			case y != 0 && y == t.plan:
				s.Mood = schema.MoodPlan
			case y != 0 && y == t.review && !planWords.MatchString(heading):
				s.Mood = schema.MoodReview
			case annex:
			case planned:
				s.Mood = schema.MoodPlan
			default:
				s.Mood = proseMood(doc, i, begins[i], t)
			}
		}
		planned = planned || s.Mood == schema.MoodPlan && !annex
	}
	if !planned {
		splitAtTurn(doc, opening, t)
	}
	const most = 4 // a report has one such heading, if any
	for i, split := 0, 0; i < len(doc.Sections) && split < most; i++ {
		heading := squeeze(prefix(doc.Sections[i].Heading, longestHeading))
		if doc.Sections[i].Level <= levelTop && reviewTopic.MatchString(heading) && planTopic.MatchString(heading) {
			split++
			splitSection(doc, i, t)
		}
	}
}

// splitSection divides a main section whose heading announces a review and a
// plan at the paragraph that turns to the plan.
func splitSection(doc *Document, section int, t times) {
	start, turn, end := -1, -1, len(doc.Passages)
	for i, p := range doc.Passages {
		if p.Section < 0 || !within(doc.Sections, p.Section, section) {
			if start >= 0 {
				end = i
				break
			}
			continue
		}
		if p.Section == section && !p.Heading && p.Line != doc.Sections[section].Line {
			if start < 0 {
				start = i
			} else if turn < 0 && (isTurn(p.Text, t) || t.plan != 0 && planStarting(prefix(p.Text, 8)) >= t.plan) {
				turn = i
			}
		}
	}
	if start < 0 || turn < 0 {
		return
	}
	doc.Sections[section].Mood = schema.MoodUnknown
	turnLine := doc.Passages[turn].Line
	for i := section + 1; i < len(doc.Sections) && within(doc.Sections, i, section); i++ {
		doc.Sections[i].Mood = schema.MoodReview
		if doc.Sections[i].Line > turnLine {
			doc.Sections[i].Mood = schema.MoodPlan
		}
	}
	// The later one first: inserting moves the ordinals behind it.
	doc.insertSection(turn, ownRun(doc.Passages, turn, end), schema.MoodPlan)
	doc.insertSection(start, ownRun(doc.Passages, start, turn), schema.MoodReview)
}

// ownRun returns the end of the run of passages that are in the same section.
func ownRun(passages []schema.Passage, start, bound int) int {
	end := start + 1
	for end < bound && passages[end].Section == passages[start].Section {
		end++
	}
	return end
}

// beginnings returns for each section the index of its first passage.
func beginnings(doc *Document) []int {
	out := make([]int, len(doc.Sections))
	next := 0
	for i, p := range doc.Passages {
		if p.Section == next && next < len(out) {
			out[next] = i
			next++
		}
	}
	return out
}

// proseMood judges a section by its paragraphs, those of its own points too;
// begin is its first passage.
func proseMood(doc *Document, section, begin int, t times) schema.SectionMood {
	review, plan := 0, 0
	for _, p := range doc.Passages[begin:] {
		if !within(doc.Sections, p.Section, section) {
			break
		}
		if isTurn(p.Text, t) {
			plan += 3
		}
		if reviewProse.MatchString(p.Text) {
			review++
		}
		if planProse.MatchString(p.Text) {
			plan++
		}
	}
	switch {
	case review > plan:
		return schema.MoodReview
	case plan > review:
		return schema.MoodPlan
	case t.executing:
		return schema.MoodReview
	}
	return schema.MoodUnknown
}

// within reports whether section inner is outer or nests in it.
func within(sections []schema.Section, inner, outer int) bool {
	for inner >= 0 && inner != outer {
		inner = sections[inner].Parent
	}
	return inner == outer
}

// isTurn reports whether a paragraph turns from what was done to what shall be.
func isTurn(text string, t times) bool {
	start := prefix(text, 80)
	if lead := prefix(text, 300); !containsAny(lead, "要求", "目标", "思", "好") || !planSubject.MatchString(lead) {
		return false
	}
	if planTurn.MatchString(start) {
		return true
	}
	if t.plan != 0 && strings.Contains(start, strconv.Itoa(t.plan)+"年") {
		return true
	}
	return t.plan != 0 && planStarting(start) >= t.plan
}

func containsAny(s string, words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(s, w) })
}

// planStarting returns the first year of the five-year plan that text names
// first, or 0. The twelfth began in 2011.
func planStarting(text string) int {
	m := fiveYearPlan.FindStringSubmatch(text)
	if m == nil {
		return 0
	}
	return 2011 + 5*(number(m[1])-12)
}

// splitAtTurn makes sections without heading where a report turns to its plan
// and no heading says so: one for the review before the turn when there are no
// sections at all, one for the plan from the turn on.
func splitAtTurn(doc *Document, opening int, t times) {
	turn := -1
	for i := opening + 1; i < len(doc.Passages); i++ {
		p := &doc.Passages[i]
		if p.Section >= 0 && doc.Sections[p.Section].Number == "" && isAnnex(squeeze(doc.Sections[p.Section].Heading)) {
			break
		}
		if !p.Heading && isTurn(p.Text, t) {
			turn = i
			break
		}
	}
	if len(doc.Sections) == 0 {
		if turn < 0 && !t.executing && t.review == 0 {
			return
		}
		end := turn
		if turn < 0 {
			end = len(doc.Passages)
		}
		start := min(opening+1, len(doc.Passages)-1)
		if greets(doc.Passages[opening].Text) && start+1 < end && represented.MatchString(doc.Passages[start].Text) {
			start++
		}
		if start < end {
			doc.insertSection(start, end, schema.MoodReview)
		}
	}
	if turn < 0 {
		return
	}
	doc.insertSection(turn, ownRun(doc.Passages, turn, len(doc.Passages)), schema.MoodPlan)
	// Whatever main section follows the turn plans too.
	for i := range doc.Sections {
		s := &doc.Sections[i]
		if s.Line > doc.Passages[turn].Line && s.Mood == schema.MoodUnknown && !isAnnex(squeeze(s.Heading)) {
			s.Mood = schema.MoodPlan
		}
	}
}

// insertSection adds a section without heading over the passages from start to
// end, inside the section that they are in, and keeps ordinals in order.
func (d *Document) insertSection(start, end int, mood schema.SectionMood) {
	parent := d.Passages[start].Section
	at := len(d.Sections)
	for i, s := range d.Sections {
		if s.Line > d.Passages[start].Line {
			at = i
			break
		}
	}
	for i := range d.Sections {
		if d.Sections[i].Parent >= at {
			d.Sections[i].Parent++
		}
	}
	for i := range d.Passages {
		if d.Passages[i].Section >= at {
			d.Passages[i].Section++
		}
	}
	level := levelTop
	if parent >= 0 {
		level = d.Sections[parent].Level + 1
	}
	s := schema.Section{Level: level, Parent: parent, Line: d.Passages[start].Line, Mood: mood}
	d.Sections = append(d.Sections[:at], append([]schema.Section{s}, d.Sections[at:]...)...)
	for i := range d.Sections {
		d.Sections[i].Ordinal = i
	}
	for i := start; i < end; i++ {
		d.Passages[i].Section = at
	}
}

// setPeriods gives sections and report the time that they speak of.
func setPeriods(doc *Document, t times) {
	r := &doc.Report
	if t.review != 0 {
		r.Period = years(t.review, t.review)
		if t.half != "" {
			r.Period = schema.Period{From: strconv.Itoa(t.review) + "-01", To: strconv.Itoa(t.review) + t.half}
		}
	}
	if t.plan != 0 {
		r.Aim = years(t.plan, t.plan)
	}
	reviewed, planned := r.Period, r.Aim
	begins := beginnings(doc)
	for i := range doc.Sections {
		s := &doc.Sections[i]
		switch {
		case s.Mood == schema.MoodUnknown:
			continue
		case s.Level > levelTop && s.Parent >= 0 && s.Heading != "":
			s.Period = doc.Sections[s.Parent].Period
			continue
		}
		heading := squeeze(s.Heading)
		if s.Heading == "" {
			// No heading: the first words say what time it is about.
			heading = prefix(firstProse(doc, i, begins[i]), 20)
		}
		s.Period = headingPeriod(heading, s.Mood, t)
		if s.Period.IsZero() && s.Parent >= 0 {
			s.Period = doc.Sections[s.Parent].Period
		}
		if s.Period.IsZero() && s.Mood == schema.MoodReview {
			s.Period = reviewed
		} else if s.Period.IsZero() {
			s.Period = planned
		}
		if wide := planStarting(firstProse(doc, i, begins[i])); s.Mood == schema.MoodPlan && s.Period == planned && t.plan != 0 && wide >= t.plan && s.Level <= levelTop && s.Parent < 0 {
			s.Period = years(wide, wide+4)
		}
		// A report that looks back on several years says so in a heading.
		if wide := widest(heading, t); s.Mood == schema.MoodReview && wide != 0 && wide < t.review && t.half == "" {
			r.Period = years(wide, t.review)
		}
	}
}

// firstProse returns the beginning of the first paragraph of section i, whose
// first passage is begin.
func firstProse(doc *Document, i, begin int) string {
	for _, p := range doc.Passages[begin:] {
		if p.Section != i {
			break
		}
		if !p.Heading && (p.Line != doc.Sections[i].Line || doc.Sections[i].Heading == "") {
			return prefix(p.Text, 30)
		}
	}
	return ""
}

func years(from, to int) schema.Period {
	return schema.Period{From: strconv.Itoa(from), To: strconv.Itoa(to)}
}

// headingPeriod returns the period that a heading names. One that names a year
// beside a longer time is about the year first: its figures are the year's.
func headingPeriod(heading string, mood schema.SectionMood, t times) schema.Period {
	named := func(p schema.Period, words string) schema.Period {
		p.Text = words
		return p
	}
	for _, m := range yearPattern.FindAllStringSubmatch(heading, -1) {
		if y, err := strconv.Atoi(year(m[1])); err == nil {
			return named(years(y, y), m[0])
		}
	}
	if words := fiveYears.FindString(heading); words != "" && mood == schema.MoodReview && t.review != 0 {
		return named(years(t.review-4, t.review), words)
	}
	if words := nextFive.FindString(heading); words != "" && t.plan != 0 {
		return named(years(t.plan, t.plan+4), words)
	}
	if m := planYear.FindStringSubmatch(heading); m != nil {
		y := 2011 + 5*(number(m[1])-12)
		if m[2] == "收官" {
			y += 4
		}
		return named(years(y, y), m[0])
	}
	if start := planStarting(heading); start != 0 && (mood == schema.MoodReview) == (start < t.plan || t.plan == 0) {
		return named(years(start, start+4), fiveYearPlan.FindString(heading))
	}
	if words := lastYear.FindString(heading); words != "" && t.review != 0 {
		return named(years(t.review, t.review), words)
	}
	if words := thisYear.FindString(heading); words != "" && t.plan != 0 {
		return named(years(t.plan, t.plan), words)
	}
	return schema.Period{}
}

// widest returns the first of several years that a review's heading names, or
// 0.
func widest(heading string, t times) int {
	if t.review == 0 {
		return 0
	}
	if fiveYears.MatchString(heading) {
		return t.review - 4
	}
	if start := planStarting(heading); start != 0 && start <= t.review && t.review <= start+4 {
		return start
	}
	return 0
}
