package extract

import (
	"fmt"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/lantu-kg/lantu/schema"
)

// period reads words of time that begin at i: 2023年, 前三季度, 1-10月,
// 上半年, 今年. End is i where there are none.
func (o *observer) period(i int) (schema.Period, int) {
	start := i
	if i >= len(o.runes) || !opensTime(o.runes[i]) {
		return schema.Period{}, i
	}
	if p, end := o.years(i); end > i {
		p.Text = string(o.runes[start:end])
		return p, end
	}
	for _, word := range []string{"截至", "截止", "到", "至"} {
		if strings.HasPrefix(string(o.runes[i:min(len(o.runes), i+2)]), word) {
			if p, end := o.time(i + len([]rune(word))); end > i+len([]rune(word)) {
				if (word == "到" || word == "至") && dated(p) { // by then, not only in it
					p.From = ""
				}
				p.Text = string(o.runes[start:end])
				return p, end
			}
			return schema.Period{}, i
		}
	}
	p, end := o.time(i)
	if end > i {
		p.Text = string(o.runes[start:end])
	}
	return p, end
}

// quarters and the like, by the months they span.
var seasons = []struct {
	word     string
	from, to int
}{
	{"前三季度", 1, 9}, {"前3季度", 1, 9}, {"上半年", 1, 6}, {"下半年", 7, 12}, {"一季度", 1, 3}, {"第一季度", 1, 3},
	{"二季度", 4, 6}, {"三季度", 7, 9}, {"四季度", 10, 12}, {"前两个月", 1, 2}, {"前两月", 1, 2},
	{"全年", 0, 0}, {"年内", 0, 0}, {"年末", 12, 12}, {"年底", 12, 12},
}

// opensTime reports whether words of time may begin with r.
func opensTime(r rune) bool {
	switch r {
	case '前', '上', '五', '六', '七', '八', '九', '两', '十', '“', '近', '最', '过', '未', '下', '一', '二', '三', '四', '第', '全', '年', '今', '本', '去', '明', '截', '到', '至':
		return true
	}
	return isNumeral(r)
}

func (o *observer) time(i int) (schema.Period, int) {
	year, end := o.year(i)
	stated := end > i
	if !stated {
		year = o.reportYear()
	}
	rest := string(o.runes[min(end, len(o.runes)):min(len(o.runes), end+6)])
	for _, s := range seasons {
		last := end + len([]rune(s.word))
		switch {
		case strings.HasPrefix(rest, s.word):
		case stated && strings.HasPrefix("年"+rest, s.word): // 2024年|底
			last--
		default:
			continue
		}
		if behind, ok := o.before(last); ok && s.from == 12 {
			return until(year, 12), behind
		}
		return monthsOf(year, s.from, s.to), last
	}
	// 1-10月, 10月底
	if value, last, ok := o.decimal(min(end, len(o.runes))); ok && value >= 1 && value <= 12 && value == float64(int(value)) {
		from, to := int(value), int(value)
		if strings.ContainsRune("-－—–~～至到", o.rune(last)) {
			if second, last2, ok := o.decimal(last + 1); ok && second >= value && second <= 12 {
				to, last = int(second), last2
			}
		}
		if o.rune(last) == '月' {
			last++
			if r := o.rune(last); r == '份' || r == '底' || r == '末' {
				last++
				if behind, ok := o.before(last); ok && r != '份' {
					return until(year, to), behind
				}
			}
			if r := o.rune(last); (r == '至' || r == '到') && to == from { // 1月至6月
				if second, last2, ok := o.decimal(last + 1); ok && second > value && second <= 12 && o.rune(last2) == '月' {
					return monthsOf(year, from, int(second)), last2 + 1
				}
			}
			return monthsOf(year, from, to), last
		}
	}
	if stated {
		return monthsOf(year, 0, 0), end
	}
	return schema.Period{}, i
}

// year reads a year: 2024年, 2021-2025年, 今年, 去年.
func (o *observer) year(i int) (year, end int) {
	if i >= len(o.runes) {
		return 0, i
	}
	if o.rune(i+1) == '年' {
		off, ok := map[rune]int{'今': 0, '本': 0, '去': -1, '上': -1, '明': 1}[o.runes[i]]
		if ok {
			base := o.sectionYear()
			if base == 0 {
				return 0, i
			}
			return base + off, i + 2
		}
	}
	if !isNumeral(o.runes[i]) || isNumeral(o.rune(i-1)) {
		return 0, i
	}
	value, end, ok := o.decimal(i)
	if !ok || end != i+4 || value < 1949 || value > 2100 || o.rune(end) != '年' {
		return 0, i
	}
	return int(value), end + 1
}

// monthsOf is a period of months of a year, of the whole year when from is 0.
func monthsOf(year, from, to int) schema.Period {
	switch {
	case year == 0:
		return schema.Period{}
	case from == 0:
		return schema.Period{From: strconv.Itoa(year), To: strconv.Itoa(year)}
	}
	return schema.Period{From: fmt.Sprintf("%d-%02d", year, from), To: fmt.Sprintf("%d-%02d", year, to)}
}

// reportYear is the year that the passage's section speaks of, 0 if unknown.
func (o *observer) reportYear() int { return yearOf(o.text.Period) }

// sectionYear is the year that 今年 means: the report's aim in a work report,
// which looks back on last year, else the year it was given.
func (o *observer) sectionYear() int {
	r := o.text.Report.Report
	if len(r.Date) >= 4 {
		if y, err := strconv.Atoi(r.Date[:4]); err == nil {
			return y
		}
	}
	if !r.Aim.IsZero() {
		return yearOf(r.Aim)
	}
	return yearOf(o.text.Period)
}

func yearOf(p schema.Period) int {
	if len(p.To) < 4 {
		return 0
	}
	y, err := strconv.Atoi(p.To[:4])
	if err != nil {
		return 0
	}
	return y
}

// stated is a time that the text states somewhere.
type stated struct {
	schema.Span
	period   schema.Period
	compared bool // what something is compared with: 较2021年, 是2021年的2倍
}

// periods finds the times that the text states, in order and apart.
func (o *observer) periods() []stated {
	var found []stated
	for i := 0; i < len(o.runes); i++ {
		// 年底 alone says too little here.
		if isNumeral(o.runes[i]) && i > 0 && isNumeral(o.runes[i-1]) || o.runes[i] == '年' {
			continue
		}
		if p, end := o.period(i); end > i {
			compared := i > 0 && (strings.ContainsRune("较比", o.runes[i-1]) || strings.ContainsRune("是为", o.runes[i-1]) && o.rune(end) == '的')
			found = append(found, stated{schema.Span{Start: i, End: end}, p, compared})
			i = end - 1
		}
	}
	return found
}

// periodAt returns the end of the words of time that begin at i, i where there
// are none.
func (o *observer) periodAt(i int) int {
	k := sort.Search(len(o.times), func(k int) bool { return o.times[k].Start >= i })
	if k < len(o.times) && o.times[k].Start == i {
		return o.times[k].End
	}
	return i
}

// periodOf finds the time that the sentence states before position i, the
// nearest first, else the section's.
func (o *observer) periodOf(i int) schema.Period {
	sentence := o.text.SentenceAt(i)
	k := sort.Search(len(o.times), func(k int) bool { return o.times[k].End > i })
	for k--; k >= 0 && o.times[k].Start >= sentence.Start; k-- {
		if t := o.times[k]; !t.compared && dated(t.period) {
			return t.period
		}
	}
	return o.text.Period
}

// aimCues are words that tell an aim from a fact. 争取 and 将 do not: reports
// also say so of what was done.
var aimCues = []string{"力争", "确保", "预期目标", "预期增", "预期达", "预期实现", "预期完成", "目标是", "目标为", "目标：", "计划完成", "计划投资", "计划总投资", "计划新增", "计划实施", "计划建设", "计划新建",
	"将达到", "将完成", "将实现", "将建成", "将新增", "拟建", "拟投资", "拟新建"}

// aims returns where such words stand, in order.
func (o *observer) aims() []int {
	var found []int
	for i, r := range o.runes {
		switch r { // what the cues begin with
		default:
			continue
		case '力', '确', '预', '目', '计', '将', '拟':
		}
		ahead := string(o.runes[i:min(len(o.runes), i+5)])
		for _, cue := range aimCues {
			if strings.HasPrefix(ahead, cue) {
				found = append(found, i)
				break
			}
		}
	}
	return found
}

// modality tells an aim from a fact: by the section, or by a word before the
// number in its sentence. What holds for a time before the plan's is no aim.
func (o *observer) modality(i int, p schema.Period) schema.Modality {
	if o.text.Mood == schema.MoodPlan {
		if len(p.To) >= 4 && p.To[:4] < o.text.Report.Report.Aim.From {
			return schema.Fact
		}
		return schema.Aim
	}
	k := sort.SearchInts(o.cues, i)
	if k > 0 && o.cues[k-1] >= o.text.SentenceAt(i).Start {
		return schema.Aim
	}
	return schema.Fact
}

// baselines parts values from which something grows from those to which it does:
// of 从2020年的80岁提高到82岁, 2020 is the time of the first alone, and where none
// is stated the first is before the time of its section.
func (o *observer) baselines() {
	for i := range len(o.found) - 1 {
		a, b := &o.found[i], &o.found[i+1]
		clause := o.text.ClauseAt(a.Span.Start)
		if a.Type == schema.Change || a.Span.End > b.Span.Start || o.text.ClauseAt(b.Span.Start) != clause ||
			!toText.MatchString(string(o.runes[a.Span.End:b.Span.Start])) {
			continue
		}
		m := fromText.FindString(string(o.runes[clause.Start:a.Span.Start]))
		if m == "" {
			continue
		}
		from := a.Span.Start - utf8.RuneCountInString(m)
		a.Modality = schema.Fact
		if k := sort.Search(len(o.times), func(k int) bool { return o.times[k].Start >= from }); k == len(o.times) || o.times[k].Start >= a.Span.Start {
			a.Period = schema.Period{}
		}
		b.Period = o.periodOf(from)
		b.Modality = o.modality(b.Span.Start, b.Period)
	}
}
