package extract

import (
	"regexp"
	"sort"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/lantu-kg/lantu/schema"
)

var (
	planYears = regexp.MustCompile(`^“?十([一二三四五六七八九])五”?(期间|时期|以来|期末|末)`)
	manyYears = regexp.MustCompile(`^(近|最近|过去|未来|今后)([两二三四五六七八九十]|[2-9]|10)年(?:来|间|内|期间)?`)
	yearsOn   = regexp.MustCompile(`^([两二三四五六七八九十]|[2-9]|10)年(?:来|间)`)
	yearsMean = regexp.MustCompile(`^([两二三四五六七八九十]|[2-9]|10)年(?:年均|年平均|平均)`)
	planName  = regexp.MustCompile(`^“十([一二三四五六七八九])五”`)
	yearRange = regexp.MustCompile(`^([12][0-9]{3})年?(?:-|－|—|–|~|～|至|到)([12][0-9]{3})年`)
)

// years reads words for several years: “十四五”期间, 近三年, 五年来,
// 2021—2025年. End is i where there are none.
func (o *observer) years(i int) (schema.Period, int) {
	switch r := o.runes[i]; r { // what they begin with
	default:
		if !isNumeral(r) && chineseDigit(r) == 0 || isNumeral(o.rune(i-1)) {
			return schema.Period{}, i
		}
	case '“', '十', '近', '最', '过', '未', '今':
	}
	if i > 0 && strings.ContainsRune("十百第", o.runes[i-1]) {
		return schema.Period{}, i
	}
	text := string(o.runes[i:min(len(o.runes), i+12)])
	p := schema.Period{}
	m := planYears.FindStringSubmatch(text)
	switch {
	case m != nil:
		last := planEnd(m[1])
		switch m[2] {
		case "期末", "末":
			p = yearsOf(last, last)
		case "以来":
			p = yearsOf(last-4, max(last-4, o.reportYear()))
		default:
			p = yearsOf(last-4, last)
		}
	default:
		var n int
		ahead := false
		if m = manyYears.FindStringSubmatch(text); m != nil {
			n, ahead = smallNumber(m[2]), m[1] == "未来" || m[1] == "今后"
		} else if m = yearsOn.FindStringSubmatch(text); m != nil {
			n = smallNumber(m[1])
		} else if m = yearsMean.FindStringSubmatch(text); m != nil {
			n, m[0] = smallNumber(m[1]), m[1]+"年"
		} else if m = yearRange.FindStringSubmatch(text); m != nil {
			first, _ := strconv.Atoi(m[1])
			last, _ := strconv.Atoi(m[2])
			if first < 1949 || last > 2100 || first > last {
				return p, i
			}
			p = yearsOf(first, last)
		}
		if year := o.reportYear(); n > 0 && !ahead && year > 0 {
			p = yearsOf(year-n+1, year)
		} else if year := o.sectionYear(); n > 0 && ahead && year > 0 {
			p = yearsOf(year, year+n-1)
		}
	}
	if !dated(p) {
		return p, i
	}
	return p, i + utf8.RuneCountInString(m[0])
}

// planEnd is the last year of the five-year plan that 十X五 names.
func planEnd(digit string) int {
	return 2005 + 5*chineseDigit([]rune(digit)[0]) // 十五 ended in 2005
}

func yearsOf(first, last int) schema.Period {
	return schema.Period{From: strconv.Itoa(first), To: strconv.Itoa(last)}
}

// smallNumber reads 三 or 3.
func smallNumber(s string) int {
	if s == "十" {
		return 10
	}
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	return chineseDigit([]rune(s)[0])
}

// dated reports whether a period has a beginning or an end.
func dated(p schema.Period) bool { return p.From != "" || p.To != "" }

// until is the time up to the last day of a month: 6月底前.
func until(year, month int) schema.Period {
	if year == 0 {
		return schema.Period{}
	}
	return schema.Period{To: time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)}
}

// before reports whether 前 and the like stand at i, and where they end.
func (o *observer) before(i int) (int, bool) {
	for _, word := range []string{"以前", "之前", "前"} {
		if strings.HasPrefix(string(o.runes[min(i, len(o.runes)):min(len(o.runes), i+2)]), word) {
			return i + utf8.RuneCountInString(word), true
		}
	}
	return i, false
}

// averaged reports whether the words from start to end, behind which a number
// stands, make it the average of several years: 年均增长, 两年平均吸引. 年均浓度 is
// what is measured.
func (o *observer) averaged(start, end int) bool {
	for i := start; i < end; i++ {
		for _, word := range []string{"年均", "年平均", "平均每年", "每年平均"} {
			if n := len([]rune(word)); i+n <= end && string(o.runes[i:i+n]) == word {
				if strings.HasPrefix(string(o.runes[i+n:end]), "复合") {
					n += 2
				}
				if _, ok := o.word(i+n, end, "CHANGE", "LINK", "HEDGE", "VERB"); ok || i+n == end {
					return true
				}
			}
		}
	}
	return false
}

// timeEnding returns the beginning of the words of time that end at end, end
// where there are none.
func (o *observer) timeEnding(end int) int {
	k := sort.Search(len(o.times), func(k int) bool { return o.times[k].End >= end })
	if k < len(o.times) && o.times[k].End == end {
		return o.times[k].Start
	}
	return end
}

// timeIn reports whether words of time begin in a span.
func (o *observer) timeIn(s schema.Span) bool {
	k := sort.Search(len(o.times), func(k int) bool { return o.times[k].Start >= s.Start })
	return k < len(o.times) && o.times[k].Start < s.End
}

// averagedOver finds the years of which the number at i is the average: the
// nearest that its sentence states before it or that open a clause before that, named
// rather than counted (2019—2021年 before 三年平均), else those of its section; none
// where that speaks of no more than a year.
func (o *observer) averagedOver(i int) schema.Period {
	var counted schema.Period
	sentence := o.text.SentenceAt(i)
	k := sort.Search(len(o.times), func(k int) bool { return o.times[k].End > i })
	for i--; i >= 0; i-- {
		var p schema.Period
		compared := i > 0 && (strings.ContainsRune("较比", o.runes[i-1]) || i < sentence.Start && !isStop(o.runes[i-1]))
		if k > 0 && o.times[k-1].Start == i {
			k--
			p, compared = o.times[k].period, compared || o.times[k].compared
		} else if m := planName.FindStringSubmatch(string(o.runes[i:min(i+5, len(o.runes))])); m != nil {
			last := planEnd(m[1])
			p = yearsOf(last-4, last)
			p.Text = m[0]
		}
		switch {
		case compared || !severalYears(p):
		case !isCount(p.Text):
			return p
		case !dated(counted):
			counted = p
		}
	}
	if dated(counted) {
		return counted
	}
	if severalYears(o.text.Period) {
		return o.text.Period
	}
	return schema.Period{}
}

// isCount reports whether words of time are but so many years: 三年.
func isCount(words string) bool {
	return yearsMean.MatchString(words + "平均")
}

func severalYears(p schema.Period) bool {
	return len(p.From) >= 4 && len(p.To) >= 4 && p.From[:4] < p.To[:4]
}
