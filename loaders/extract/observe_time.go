package extract

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/lantu-kg/lantu/schema"
)

// period reads words of time that begin at i: 2023年, 前三季度, 1-10月,
// 上半年, 今年. End is i where there are none.
func (o *observer) period(i int) (schema.Period, int) {
	start := i
	for _, word := range []string{"截至", "截止", "到", "至"} {
		if strings.HasPrefix(string(o.runes[i:min(len(o.runes), i+2)]), word) {
			if p, end := o.time(i + len([]rune(word))); end > i+len([]rune(word)) {
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
	{"全年", 0, 0}, {"年内", 0, 0}, {"年末", 12, 12}, {"年底前", 12, 12}, {"年底", 12, 12},
}

func (o *observer) time(i int) (schema.Period, int) {
	year, end := o.year(i)
	stated := end > i
	if !stated {
		year = o.reportYear()
	}
	from, to := 0, 0
	rest := string(o.runes[min(end, len(o.runes)):min(len(o.runes), end+6)])
	for _, s := range seasons {
		if strings.HasPrefix(rest, s.word) {
			from, to = s.from, s.to
			end += len([]rune(s.word))
			return monthsOf(year, from, to), end
		}
	}
	// 1-10月, 10月底
	if value, last, ok := o.decimal(min(end, len(o.runes))); ok && value >= 1 && value <= 12 && value == float64(int(value)) {
		from, to = int(value), int(value)
		if strings.ContainsRune("-－—–~～至到", o.rune(last)) {
			if second, last2, ok := o.decimal(last + 1); ok && second >= value && second <= 12 {
				to, last = int(second), last2
			}
		}
		if o.rune(last) == '月' {
			last++
			if o.rune(last) == '份' || o.rune(last) == '底' || o.rune(last) == '末' {
				last++
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
	for word, off := range map[string]int{"今年": 0, "本年": 0, "去年": -1, "上年": -1, "明年": 1} {
		if strings.HasPrefix(string(o.runes[i:min(len(o.runes), i+2)]), word) {
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

// periodOf finds the time that the sentence states before position i, the
// nearest first, else the section's.
func (o *observer) periodOf(i int) schema.Period {
	sentence := o.text.SentenceAt(i)
	for j := i - 1; j >= sentence.Start; j-- {
		if !o.words[j] && !isNumeral(o.runes[j]) {
			continue
		}
		if isNumeral(o.runes[j]) && isNumeral(o.rune(j-1)) {
			continue
		}
		if j > 0 && strings.ContainsRune("较比", o.runes[j-1]) {
			continue
		}
		if p, end := o.period(j); end > j && end <= i && p.From != "" {
			return p
		}
	}
	return o.text.Period
}

// modality tells an aim from a fact: by the section, or by a word of the
// clause or its sentence before the number.
func (o *observer) modality(i int) schema.Modality {
	if o.text.Mood == schema.MoodPlan {
		return schema.Aim
	}
	clause := o.text.ClauseAt(i)
	text := string(o.runes[clause.Start:i])
	for _, cue := range []string{"力争", "争取", "确保", "目标", "计划", "预期", "将", "拟"} {
		if strings.Contains(text, cue) {
			return schema.Aim
		}
	}
	return schema.Fact
}
