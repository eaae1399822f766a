package document

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/lantu-kg/lantu/schema"
)

// The pieces of a head. All patterns are for text without white space.
const (
	numerals     = `0-9０-９〇○零Ｏ一二三四五六七八九十`
	regionSuffix = `(?:特别行政区|自治区|自治州|自治县|自治旗|开发区|高新区|新区|地区|省|市|县|区|旗|州|盟|镇|乡|街道)`
	headPost     = `(?:省长|市长|县长|区长|州长|盟长|旗长|镇长|乡长|专员)`
	otherPost    = `(?:主席|主任委员|主任|局长|厅长|处长|科长|书记|行长|部长|院长|检察长|会长|秘书长|组长)`
	personName   = `(?:\p{Han}{1,8}[·•．]\p{Han}{1,8}(?:[·•．]\p{Han}{1,8})?|\p{Han}{2,4}?)`
)

var (
	datePattern    = regexp.MustCompile(`([` + numerals + `]{4})年([` + numerals + `]{1,3})月([` + numerals + `]{1,3})日`)
	monthPattern   = regexp.MustCompile(`([` + numerals + `]{4})年([` + numerals + `]{1,3})月`)
	yearPattern    = regexp.MustCompile(`([` + numerals + `]{4})年`)
	meetingLine    = regexp.MustCompile(`在.{2,60}?(?:会议|大会|全会|全体会)上`)
	meetingEnd     = regexp.MustCompile(`^.*(?:会议|大会|全会|全体会)上`)
	meetingName    = regexp.MustCompile(`在([^在，。,；;：:（）()]{4,60}?(?:会议|大会|全会|全体会))上`)
	bareMeeting    = regexp.MustCompile(`([^在，。,；;：:（）()年月日—]{0,20}第?[` + numerals + `百]{1,4}届(?:人民代表大会|人大)[^在，。,；;：:（）()]{0,20}第?[` + numerals + `百]{1,4}次(?:全体)?会议)`)
	meetingRegion  = regexp.MustCompile(`^(\p{Han}*?` + regionSuffix + `)第?[` + numerals + `百]{1,4}届`)
	titleLine      = regexp.MustCompile(`^[《【]?([^。；！]{0,80}报告)[》】]?(?:[（(【\[](?:摘要|全文|草案|审议稿|送审稿|图文|实录|节选|摘登|文字版|全文版)[^）)]*[）)】\]])?$`)
	titleSeparator = regexp.MustCompile(`[_|｜\-–—]+`)
	delivered      = regexp.MustCompile(`作(?:了)?(?:政府)?工作报告`) // a caption, no title
	gluedTitle     = regexp.MustCompile(`^([^。；！—–（(]{0,60}?报告)(?:[—–\-]+|[（(]|在|[` + numerals + `]{4}年)`)
	postAndName    = regexp.MustCompile(`^[—–\-－（(]*(.*?)((?:代理?)?(?:常务)?副?` + headPost + `|(?:代理?)?(?:常务)?副?` + otherPost + `)[:：、]?(` + personName + `)(?:[（(][^）)]{1,12}[）)])?(?:同志.*|作.*|代表.*|向.*|[，。,].*)?[）)]?$`)
	nameAndPost    = regexp.MustCompile(`^[—–\-－（(]*(` + personName + `)[，、,]?(\p{Han}{2,20}?` + regionSuffix + `)(?:人民政府)?((?:代理?)?` + headPost + `)[）)]?$`)
	postOnly       = regexp.MustCompile(`^[—–\-－（(]*(.*?)((?:代理?)?(?:常务)?副?(?:` + headPost + `|` + otherPost + `))[）)]?$`)
	speakerLabel   = regexp.MustCompile(`^[—–\-（(]*(?:报告人|作报告人|主讲人|汇报人)[:：](.{2,40}?)[）)]?$`)
	nameOnly       = regexp.MustCompile(`^[—–\-－（(]*(\p{Han}{2,4}|\p{Han}{1,8}[·•]\p{Han}{1,8})[）)]?$`)
	innerGreeting  = regexp.MustCompile(`(?:各位代表|各位委员|各位同志|主任、各?位?副主任|主席、各?位?副主席|主任，各位)[^。]{0,30}?[:：!！]`)
	represented    = regexp.MustCompile(`(?:代表|受)(\p{Han}{0,20}?` + regionSuffix + `?)(?:人民政府|政府)`)
	reportedOn     = regexp.MustCompile(`(?:报告|汇报)((?:本?[^，,。]{0,6}(?:对|关于|落实|贯彻|[0-9]{4}年))?[^，,。]{6,120}?(?:情况|计划|预算|决算|方案))[，,。]`)
	regionBody     = regexp.MustCompile(`^(\p{Han}{1,20}?` + regionSuffix + `)(?:人民)?(?:政府)?$`)
	regionOfBody   = regexp.MustCompile(`^(\p{Han}+?(?:自治区|自治州|自治县|省|市|县|区|旗|州|盟)(?:\p{Han}+?(?:自治州|自治县|市|县|区|旗|州|盟))?(?:\p{Han}+?(?:新区|区|县|市))?)(?:\p{Han}*?(?:委员会|局|厅|办公室|办|院|部|政府))$`)
	unnamedRegion  = regexp.MustCompile(`^[全我各本该市省县区州旗]+(?:[省市县区州旗]|地区)$`)
	regionOfTitle  = regexp.MustCompile(`^(?:关于)?(?:[` + numerals + `]{4}年度?)?(\p{Han}{1,20}?` + regionSuffix + `)(?:人民政府|政府)?(?:[` + numerals + `]{4}年|工作报告|国民经济|人民政府|政府)`)
)

// isTitle reports whether a line without white space is a report's title.
func isTitle(s string) bool {
	if utf8.RuneCountInString(s) > 100 || s == "工作报告" {
		return false
	}
	return titleLine.MatchString(s) && !delivered.MatchString(s) || gluedTitle.MatchString(s)
}

// isHeadLine reports whether a line without white space says what heads say.
func isHeadLine(s string) bool {
	if isTitle(s) || meetingLine.MatchString(s) || speakerLabel.MatchString(s) {
		return true
	}
	if utf8.RuneCountInString(s) > 40 {
		return false
	}
	return datePattern.MatchString(s) || postAndName.MatchString(s) || bareMeeting.MatchString(s) ||
		strings.HasPrefix(s, "关于") && !strings.Contains(s, "。")
}

// head is the lines above the opening, without white space.
type head struct {
	lines   []string
	all     string // lines joined: meetings and dates run over line ends
	opening string // the first sentences
}

func newHead(passages []schema.Passage, opening int) head {
	const bound = 400
	var h head
	for i, p := range passages[:min(opening+3, len(passages))] {
		line := squeeze(prefix(p.Text, bound))
		// All in one line: what stands before the greeting is head.
		if at := innerGreeting.FindStringIndex(line); h.opening == "" && at != nil && at[0] > 0 {
			h.lines = append(h.lines, line[:at[0]])
			h.opening = line[at[0]:]
		} else if h.opening != "" || i >= opening {
			h.opening += line
		} else {
			h.lines = append(h.lines, line)
		}
	}
	h.all = strings.Join(h.lines, "")
	return h
}

// readHead fills in what the head says. pageTitle is what the page around the
// report, or its metadata, calls it.
func readHead(doc *Document, opening int, pageTitle string) {
	h := newHead(doc.Passages, opening)
	pageTitle = cleanPageTitle(pageTitle)
	r := &doc.Report
	r.Date = h.date()
	r.Title = h.title()
	speaker := h.speaker()
	r.Speaker, r.Post = speaker.name, speaker.post
	r.Meeting = h.meeting()
	r.Region = h.region(r.Meeting, speaker.body, r.Title, pageTitle)
	if bare := meetingRegion.FindStringSubmatch(r.Meeting); bare != nil && utf8.RuneCountInString(bare[1]) == 1 && strings.HasSuffix(r.Region, bare[1]) {
		r.Meeting = r.Region + strings.TrimPrefix(r.Meeting, bare[1])
	}
	r.Issuer = h.issuer(speaker, r.Region)
	if r.Title == "" {
		r.Title = h.derivedTitle(pageTitle, r.Region, r.Date)
	}
	if r.Date == "" {
		for _, t := range []string{r.Title, pageTitle} {
			if m := yearPattern.FindStringSubmatch(t); m != nil {
				r.Date = year(m[1])
				break
			}
		}
	}
}

// date returns the first date of the head.
func (h head) date() string {
	for _, text := range []string{h.all, h.opening} {
		if m := datePattern.FindStringSubmatch(text); m != nil {
			month, day := number(m[2]), number(m[3])
			if y := year(m[1]); y != "" && 1 <= month && month <= 12 && 1 <= day && day <= 31 {
				return fmt.Sprintf("%s-%02d-%02d", y, month, day)
			}
		}
		if text == h.opening {
			break // a month alone in the first sentences dates something else
		}
		if m := monthPattern.FindStringSubmatch(text); m != nil {
			if y, month := year(m[1]), number(m[2]); y != "" && 1 <= month && month <= 12 {
				return fmt.Sprintf("%s-%02d", y, month)
			}
		}
	}
	return ""
}

// title returns the title line, or several that make one.
func (h head) title() string {
	for i, line := range h.lines {
		if m := titleLine.FindStringSubmatch(line); m != nil && !delivered.MatchString(line) {
			title := m[1]
			// 关于… may run over lines before the one that ends with 报告.
			for j := i - 1; j >= 0 && i-j <= 3 && !strings.HasPrefix(title, "关于") && utf8.RuneCountInString(h.lines[j]) <= 60; j-- {
				if strings.HasPrefix(h.lines[j], "关于") || strings.Contains(h.lines[j], "关于") && !meetingLine.MatchString(h.lines[j]) {
					title = strings.Join(h.lines[j:i], "") + title
					break
				}
			}
			// A title in two lines: the region's government, then 工作报告.
			if title == "工作报告" && i > 0 && regionBody.MatchString(h.lines[i-1]) {
				title = h.lines[i-1] + title
			}
			return strings.Trim(title, "《》")
		}
		if m := gluedTitle.FindStringSubmatch(line); m != nil {
			return m[1]
		}
	}
	return ""
}

// derivedTitle names a report whose head has no title.
func (h head) derivedTitle(pageTitle, region, date string) string {
	if pageTitle != "" {
		return pageTitle
	}
	if m := reportedOn.FindStringSubmatch(h.opening); m != nil && !strings.Contains(m[1], "请") {
		return "关于" + strings.TrimPrefix(m[1], "关于") + "的报告"
	}
	// Only a head of government reports on the government's work.
	if len(date) >= 4 && region != "" && represented.MatchString(h.opening) && regexp.MustCompile(`报告(?:政府)?工作|作(?:政府)?工作报告`).MatchString(h.opening) {
		return region + date[:4] + "年政府工作报告"
	}
	return ""
}

func (h head) meeting() string {
	for _, text := range []string{h.all, h.opening} {
		if m := meetingName.FindStringSubmatch(text); m != nil {
			return m[1]
		}
		if m := bareMeeting.FindStringSubmatch(text); m != nil && text == h.all {
			return m[1]
		}
	}
	return ""
}

// speaker is who delivers the report.
type speaker struct {
	name, post string
	body       string // what stands before the post: 高唐县人民政府
	governor   bool   // heads a government
}

func newSpeaker(name, body, post string) speaker {
	s := speaker{name: strings.ReplaceAll(name, "．", "·"), body: body, post: post}
	s.body = strings.TrimLeft(s.body, "—–-－（(")
	s.governor = regexp.MustCompile(headPost+`$`).MatchString(post) && !strings.Contains(post, "副") ||
		strings.HasSuffix(post, "主席") && (strings.HasSuffix(body, "自治区") || strings.HasSuffix(body, "人民政府"))
	if !s.governor {
		s.post = s.body + post
	}
	return s
}

// speaker finds the speaker in the lines of the head.
func (h head) speaker() speaker {
	lines := make([]string, 0, len(h.lines))
	for _, line := range h.lines {
		// In heads of one line the speaker stands behind the meeting.
		if at := meetingEnd.FindStringIndex(line); at != nil {
			line = line[at[1]:]
		} else if isTitle(line) {
			continue
		}
		if m := speakerLabel.FindStringSubmatch(line); m != nil {
			line = m[1]
		}
		line = datePattern.ReplaceAllString(line, "")
		line = strings.Trim(strings.NewReplacer("（）", "", "()", "").Replace(line), "—–- ")
		if line != "" {
			lines = append(lines, line)
		}
	}
	var alone []string
	for i, line := range lines {
		if m := postAndName.FindStringSubmatch(line); m != nil && isName(m[3]) {
			return newSpeaker(m[3], m[1], m[2])
		}
		if m := nameAndPost.FindStringSubmatch(line); m != nil && isName(m[1]) {
			return newSpeaker(m[1], m[2], m[3])
		}
		m := nameOnly.FindStringSubmatch(line)
		if m == nil || !isName(m[1]) {
			continue
		}
		for _, j := range []int{i - 1, i + 1} {
			if 0 <= j && j < len(lines) {
				if post := postOnly.FindStringSubmatch(lines[j]); post != nil {
					return newSpeaker(m[1], post[1], post[2])
				}
			}
		}
		alone = append(alone, m[1])
	}
	if len(alone) == 0 {
		return speaker{}
	}
	// A name alone: a caption or the page may say the post.
	with := regexp.MustCompile(`((?:代理?)?` + headPost + `)` + regexp.QuoteMeta(alone[0]))
	for _, line := range append(lines, h.opening) {
		if m := with.FindStringSubmatch(line); m != nil {
			return newSpeaker(alone[0], "", m[1])
		}
	}
	return speaker{name: alone[0]}
}

// region returns the fullest name of the region that the head gives.
func (h head) region(meeting, body, title, pageTitle string) string {
	var found []string
	add := func(pattern *regexp.Regexp, text string) {
		if m := pattern.FindStringSubmatch(text); m != nil && isRegion(m[1]) {
			found = append(found, m[1])
		}
	}
	add(meetingRegion, meeting)
	add(regionBody, body)
	add(regionOfBody, body)
	add(represented, h.opening)
	add(regionOfTitle, title)
	add(regionOfTitle, pageTitle)
	if len(found) == 0 {
		return ""
	}
	region := found[0]
	for _, f := range found[1:] {
		if strings.HasSuffix(f, region) {
			region = f
		}
	}
	return region
}

// isRegion tells a region's name from words that merely end like one.
func isRegion(s string) bool {
	if utf8.RuneCountInString(s) < 2 {
		return false
	}
	if unnamedRegion.MatchString(s) {
		return false
	}
	return !strings.Contains(s, "政府") && !strings.Contains(s, "代表")
}

// issuer returns the body that answers for the report.
func (h head) issuer(s speaker, region string) string {
	if s.governor || s.post == "" {
		if region != "" && (s.governor || represented.MatchString(h.opening)) {
			return region + "人民政府"
		}
		return ""
	}
	if regionBody.MatchString(s.body) && region != "" {
		return region + "人民政府"
	}
	return s.body
}

// cleanPageTitle takes the site's name off a page's title.
func cleanPageTitle(title string) string {
	title = squeeze(title)
	for _, part := range append(titleSeparator.Split(title, -1), title) {
		if isTitle(part) {
			return titleText(part)
		}
	}
	return ""
}

func titleText(s string) string {
	if m := titleLine.FindStringSubmatch(s); m != nil {
		return strings.Trim(m[1], "《》")
	}
	return gluedTitle.FindStringSubmatch(s)[1]
}

// year returns a year of four numerals in ASCII digits, "" when it is none.
func year(s string) string {
	var b strings.Builder
	for _, r := range s {
		d := digit(r)
		if d < 0 || d > 9 {
			return ""
		}
		b.WriteByte(byte('0' + d))
	}
	if y := b.String(); y >= "1900" && y <= "2199" {
		return y
	}
	return ""
}

// number returns the value of a numeral up to 99, or -1.
func number(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	total, last := 0, -1
	digits := true
	for _, r := range s {
		d := digit(r)
		if d < 0 {
			return -1
		}
		if d == 10 {
			digits = false
			total += 10 * max(last, 1)
			if last == 0 {
				total -= 10
			}
			last = -1
			continue
		}
		if digits && last >= 0 {
			last = last*10 + d
		} else {
			last = d
		}
	}
	if last > 0 {
		total += last
	}
	return total
}

// digit returns the value of a numeral, 10 for 十, or -1.
func digit(r rune) int {
	switch {
	case '0' <= r && r <= '9':
		return int(r - '0')
	case '０' <= r && r <= '９':
		return int(r - '０')
	}
	switch r {
	case '〇', '○', '零', 'Ｏ':
		return 0
	}
	for i, n := range []rune("一二三四五六七八九十") {
		if r == n {
			return i + 1
		}
	}
	return -1
}

// isName reports whether s can be a person's name: it begins with a family
// name, or is a transcribed one with a dot.
func isName(s string) bool {
	if strings.ContainsAny(s, "·•．") {
		return true
	}
	runes := []rune(s)
	if len(runes) < 2 || len(runes) > 4 {
		return false
	}
	return len(runes) <= 3 && strings.ContainsRune(familyNames, runes[0]) || strings.Contains(doubleFamilyNames, string(runes[:2]))
}

// familyNames are the common single ones, doubleFamilyNames those of two
// characters, each followed by a space.
const (
	familyNames = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤殷晏施温康牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤时穆农司古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀胥南班储原栗燕楚鄢扬晋阎肇闻郗郁逄计水云扎才多普次嘎索央"

	doubleFamilyNames = "欧阳 上官 司马 诸葛 夏侯 东方 皇甫 尉迟 公孙 慕容 长孙 宇文 司徒 令狐 端木 百里 呼延 南宫 独孤 完颜 赫连 澹台 拓跋 "
)
