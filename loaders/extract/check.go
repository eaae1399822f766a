package extract

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/lantu-kg/lantu/schema"
)

// Rules of arithmetic. What does not agree is marked, never corrected.
const (
	ruleYearBefore  = "derive.before"     // 137个，较上年增加17个: 120 the year before
	ruleDifference  = "derive.difference" // 从39个到91个: 52 more
	checkDifference = "check.difference"  // 从39个增加到91个，增加52个
	checkParts      = "check.parts"       // 共8家，其中甲5家、乙3家
	checkShares     = "check.shares"      // 三次产业占比分别为5%、40%、55%
	checkEach       = "check.respectively"
)

// Check is a sum over observations of the same passage.
type Check struct {
	Rule    string
	Message string
	OK      bool
	With    []int // the other observations in the sum, by position
}

// check does the arithmetic that a passage allows its reader, and marks the
// observations with what follows and with what agrees or does not.
func check(t *Text, observations []Observation) {
	c := &checker{t, observations}
	for i := range observations {
		c.before(i)
		c.fromTo(i)
	}
	for _, sentence := range t.Sentences {
		c.among(sentence)
		c.altogether(sentence)
	}
	for i, r := range t.Runes {
		if r == '分' && i+1 < len(t.Runes) && t.Runes[i+1] == '别' {
			c.respectively(i)
		}
	}
}

type checker struct {
	*Text
	all []Observation
}

// between is the text between two observations, empty when they overlap.
func (c *checker) between(i, k int) string {
	from, to := c.all[i].Span.End, c.all[k].Span.Start
	if from >= to {
		return ""
	}
	return string(c.Runes[from:to])
}

// mark adds a check to each observation of the sum.
func (c *checker) mark(rule string, ok bool, sum []int, format string, args ...any) {
	for _, i := range sum {
		with := slices.DeleteFunc(slices.Clone(sum), func(k int) bool { return k == i })
		c.all[i].Checks = append(c.all[i].Checks, Check{rule, fmt.Sprintf(format, args...), ok, with})
	}
}

// step is half a unit of the last digit that a number is written with, nothing
// for plain counts: they are not rounded.
func (c *checker) step(o *Observation) float64 {
	quote := c.String(o.Span)
	decimals := 0
	if m := decimalText.FindStringSubmatch(quote); m != nil {
		decimals = len(m[1])
	}
	if decimals == 0 && scaleOf(o) == 1 && o.BaseUnit != "%" {
		return 0
	}
	return math.Pow10(-decimals) * scaleOf(o) / 2
}

var decimalText = regexp.MustCompile(`[0-9]\.([0-9]+)`)

// scaleOf is what a number's unit multiplies it by.
func scaleOf(o *Observation) float64 {
	if o.Value == 0 || o.Amount == 0 {
		return 1
	}
	return math.Abs(o.Amount / o.Value)
}

// agree reports whether a sum comes out at said within the rounding of all.
func (c *checker) agree(sum, said float64, of ...int) bool {
	slack := 1e-9 * math.Abs(said)
	for _, i := range of {
		slack += c.step(&c.all[i])
	}
	return math.Abs(sum-said) <= slack
}

func plainNumber(v float64) string { return strconv.FormatFloat(math.Round(v*1e6)/1e6, 'f', -1, 64) }

// tidy drops the noise of binary fractions.
func tidy(v float64) float64 { return math.Round(v*1e6) / 1e6 }

var lastYear = regexp.MustCompile(`上年|去年|上一年|同比`)

var basisYear = regexp.MustCompile(`([12][0-9]{3})年`)

// before derives what a number was before the change that follows it.
func (c *checker) before(i int) {
	o := &c.all[i]
	if o.Type != schema.Level && o.Type != schema.Share || o.Hedge != schema.Exact {
		return
	}
	for k := i + 1; k < len(c.all) && k <= i+2; k++ {
		d := &c.all[k]
		if d.Type != schema.Change || d.About != o.About || d.MeasureSpan != o.MeasureSpan || c.SentenceAt(d.Span.Start) != c.SentenceAt(o.Span.Start) {
			return
		}
		points := o.BaseUnit == "%" && d.BaseUnit == "个百分点"
		if d.Hedge != schema.Exact || d.BaseUnit != o.BaseUnit && !points || d.BaseUnit == "%" {
			continue
		}
		var period schema.Period
		if m := basisYear.FindStringSubmatch(d.Basis); m != nil {
			period = schema.Period{From: m[1], To: m[1], Text: d.Basis}
		} else if lastYear.MatchString(d.Basis) {
			period = yearEarlier(o.Period)
			period.Text = d.Basis
		} else {
			return
		}
		was := tidy((o.Amount - d.Amount) / scaleOf(o))
		if was < 0 {
			c.mark(checkDifference, false, []int{i, k}, "%s less %s leaves %s, and a count cannot have been below nought",
				plainNumber(o.Amount), plainNumber(d.Amount), plainNumber(o.Amount-d.Amount))
			return
		}
		o.Derived = append(o.Derived, schema.Derived{Value: was, Unit: o.Unit, Period: period, Rule: ruleYearBefore})
		return
	}
}

// yearEarlier is the same time of the year before.
func yearEarlier(p schema.Period) schema.Period {
	shift := func(date string) string {
		if len(date) < 4 {
			return date
		}
		y, err := strconv.Atoi(date[:4])
		if err != nil {
			return date
		}
		return strconv.Itoa(y-1) + date[4:]
	}
	return schema.Period{From: shift(p.From), To: shift(p.To)}
}

var (
	fromText = regexp.MustCompile(`(?:从|由)[^，。；、]{0,10}$`)
	toText   = regexp.MustCompile(`^(?:家|个|人)?(?:[^，。；、0-9]{0,4}(?:增加|增长|提高|提升|上升|下降|降低|减少|压减|压缩|缩短|扩大|拓展|跃升|攀升|发展|升|降|增))?(?:到|至|为)[^，。；、0-9]{0,6}$`)
)

// fromTo derives the change between two values, and holds a change that is
// also stated to it.
func (c *checker) fromTo(i int) {
	if i+1 >= len(c.all) {
		return
	}
	a, b := &c.all[i], &c.all[i+1]
	if a.BaseUnit != b.BaseUnit || a.Type == schema.Rank || a.Type != b.Type || a.Hedge != schema.Exact || b.Hedge != schema.Exact ||
		a.Span.End > b.Span.Start || !toText.MatchString(c.between(i, i+1)) ||
		!fromText.MatchString(string(c.Runes[c.ClauseAt(a.Span.Start).Start:a.Span.Start])) {
		return
	}
	unit := b.Unit
	if unit == "%" {
		unit = "个百分点"
	}
	grown := b.Amount - a.Amount
	b.Derived = append(b.Derived, schema.Derived{Value: tidy(grown / scaleOf(b)), Unit: unit, Rule: ruleDifference})
	k := i + 2
	if k >= len(c.all) {
		return
	}
	d := &c.all[k]
	gap := c.between(i+1, k)
	if d.Type != schema.Change || d.Hedge != schema.Exact || d.About != b.About || d.MeasureSpan != b.MeasureSpan || utf8.RuneCountInString(gap) > 8 ||
		strings.Contains(c.String(c.ClauseAt(d.Span.Start)), "均") {
		return
	}
	sum := []int{i, i + 1, k}
	switch {
	case d.BaseUnit == b.BaseUnit && b.BaseUnit != "%", b.BaseUnit == "%" && d.BaseUnit == "个百分点":
		c.mark(checkDifference, c.agree(grown, d.Amount, sum...), sum, "from %s to %s is %s, said %s",
			plainNumber(a.Amount), plainNumber(b.Amount), plainNumber(grown), plainNumber(d.Amount))
	case d.BaseUnit == "%" && a.Amount > 0 && b.BaseUnit != "元": // money grows by comparable prices
		percent := grown / a.Amount * 100
		slack := c.step(d) + 100*(c.step(a)+c.step(b))/a.Amount
		c.mark(checkDifference, math.Abs(percent-d.Amount) <= slack+0.06, sum, "from %s to %s is %.1f%%, said %s%%",
			plainNumber(a.Amount), plainNumber(b.Amount), percent, plainNumber(d.Amount))
	}
}

// in gives the observations of a range, in order.
func (c *checker) in(s schema.Span) []int {
	var found []int
	for i := range c.all {
		if at := c.all[i].Span; at.Start >= s.Start && at.End <= s.End {
			found = append(found, i)
		}
	}
	return found
}

// amountsAlike leaves of a list its first numbers of one unit and type.
func (c *checker) amountsAlike(list []int, like *Observation) []int {
	for n, i := range list {
		o := &c.all[i]
		if o.BaseUnit != like.BaseUnit || o.Type != schema.Level || o.Modality != like.Modality || n > 0 && o.Span == c.all[list[n-1]].Span {
			return list[:n]
		}
	}
	return list
}

// bounds reports whether a hedge leaves a number open upwards.
func bounds(h schema.Hedge) bool {
	return h == schema.Over || h == schema.AtLeast || h == schema.Nearly
}

var listGap = regexp.MustCompile(`^[^，。；：]{0,24}$`)

// among holds the parts that 其中 opens to the total before it: none may be
// more than the total, nor may a list of them.
func (c *checker) among(sentence schema.Span) {
	text := c.String(sentence)
	for from := 0; ; {
		at := strings.Index(text[from:], "其中")
		if at < 0 {
			return
		}
		at += from
		from = at + len("其中")
		here := sentence.Start + utf8.RuneCountInString(text[:at])
		before := c.in(schema.Span{Start: sentence.Start, End: here})
		end := sentence.End
		if next := strings.Index(text[from:], "其中"); next >= 0 {
			end = sentence.Start + utf8.RuneCountInString(text[:from+next])
		}
		k := len(before) - 1
		for k >= 0 && c.all[before[k]].Type != schema.Level { // 50亿元、增长5%，其中
			k--
		}
		if k < 0 {
			continue
		}
		total := &c.all[before[k]]
		parts := c.amountsAlike(c.in(schema.Span{Start: here, End: end}), total)
		if len(parts) == 0 || bounds(total.Hedge) || total.Type != schema.Level {
			continue
		}
		sum, listed := 0.0, true
		for n, i := range parts {
			o := &c.all[i]
			sum += o.Amount
			listed = listed && (n == 0 || listGap.MatchString(c.between(parts[n-1], i)) && strings.Contains(c.between(parts[n-1], i), "、"))
			if o.Amount > total.Amount+c.step(total)+c.step(o) {
				c.mark(checkParts, false, []int{before[k], i}, "a part of %s is more than the total of %s", plainNumber(o.Amount), plainNumber(total.Amount))
				sum, listed = math.NaN(), false
				break
			}
		}
		members := append([]int{before[k]}, parts...)
		switch {
		case math.IsNaN(sum):
		case c.agree(sum, total.Amount, members...):
			c.mark(checkParts, true, members, "the parts make %s of %s", plainNumber(sum), plainNumber(total.Amount))
		case sum < total.Amount:
			c.mark(checkParts, true, members, "the parts named make %s of %s", plainNumber(sum), plainNumber(total.Amount))
		case listed && len(parts) > 1:
			c.mark(checkParts, false, members, "the parts make %s, more than the total of %s", plainNumber(sum), plainNumber(total.Amount))
		}
	}
}

var altogetherText = regexp.MustCompile(`^(?:总计|合计|共计|共|总共)$`)

// altogether holds a total to the parts listed in the clause before it:
// 甲5家、乙3家，共8家.
func (c *checker) altogether(sentence schema.Span) {
	list := c.in(sentence)
	for n, i := range list {
		o := &c.all[i]
		clause := c.ClauseAt(o.Span.Start)
		if n < 2 || o.Type != schema.Level || clause.Start <= sentence.Start || o.Hedge != schema.Exact ||
			!altogetherText.MatchString(string(c.Runes[clause.Start:o.Span.Start])) {
			continue
		}
		parts := c.in(c.ClauseAt(clause.Start - 1))
		if alike := c.amountsAlike(parts, o); len(alike) != len(parts) || len(parts) < 2 {
			continue
		}
		sum, whole := 0.0, true
		for m, k := range parts {
			sum += c.all[k].Amount
			whole = whole && c.all[k].Hedge == schema.Exact && (m == 0 || strings.Contains(c.between(parts[m-1], k), "、"))
		}
		if whole {
			members := append(slices.Clone(parts), i)
			c.mark(checkParts, c.agree(sum, o.Amount, members...), members, "the parts make %s, said %s", plainNumber(sum), plainNumber(o.Amount))
		}
	}
}

var (
	eachGap   = regexp.MustCompile(`^(?:、|和|及|与|以及|，)$`)
	wholeText = regexp.MustCompile(`三次产业|一二三产|一、二、三|(?:结构|构成)$`)
)

// respectively holds the list before 分别 to the numbers behind it, and the
// shares of the three sectors to the whole.
func (c *checker) respectively(at int) {
	clause := c.ClauseAt(at)
	list := c.in(schema.Span{Start: at, End: clause.End})
	var run []int
	for _, i := range list {
		if k := len(run); k > 0 && c.all[run[k-1]].Span == c.all[i].Span {
			return // one number for two things
		} else if k > 0 && !eachGap.MatchString(c.between(run[k-1], i)) {
			break
		}
		run = append(run, i)
	}
	if len(run) < 2 {
		return
	}
	if len(run) < len(list) || c.continued(c.all[run[len(run)-1]].Span.End) {
		return // of several units, or with a number that was not read
	}
	start := clause.Start
	for _, i := range c.in(schema.Span{Start: clause.Start, End: at}) {
		start = c.all[i].Span.End
	}
	names := string(c.Runes[start:at])
	least, most := members(names)
	if most > 1 {
		c.mark(checkEach, least <= len(run) && len(run) <= most, run, "%d members before 分别, %d numbers behind it", least, len(run))
	}
	if wholeText.MatchString(names) || strings.Contains(names, "三次产业") {
		sum, share := 0.0, true
		for _, i := range run {
			sum += c.all[i].Amount
			share = share && c.all[i].Type == schema.Share && c.all[i].BaseUnit == "%"
		}
		if share && len(run) == 3 {
			c.mark(checkShares, c.agree(sum, 100, run...), run, "the shares make %s%%", plainNumber(sum))
		}
	}
}

// continued reports whether a list of numbers goes on at a place.
func (c *checker) continued(i int) bool {
	return i+1 < len(c.Runes) && strings.ContainsRune("、和及与", c.Runes[i]) && isNumeral(c.Runes[i+1])
}

// members counts the members of a list, at least and at most: 和 may stand
// inside a member.
func members(text string) (least, most int) {
	least, depth := 1, 0
	rs := []rune(text)
	maybe := 0
	for i, r := range rs {
		switch {
		case strings.ContainsRune("（(《“", r):
			depth++
		case strings.ContainsRune("）)》”", r):
			depth--
		case depth > 0 || i == 0 || i == len(rs)-1:
		case r == '、':
			least++
		case strings.ContainsRune("和及与", r) && !strings.ContainsRune("以和及与", rs[i-1]):
			maybe++
		}
	}
	return least, least + maybe
}
