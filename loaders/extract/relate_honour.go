package extract

import (
	"regexp"
	"slices"
	"strings"

	"github.com/lantu-kg/lantu/schema"
)

const (
	tagHonour    = "VERB_HONOUR" // verbs of award and selection
	tagHonourEnd = "HONOUR_END"  // the last words of an honour's name
)

// honours finds RECOGNIZED_AS claims: who received which honour, as written.
func (s *scene) honours() {
	for i := range s.clauses {
		c := &s.clauses[i]
		for k := range c.cues {
			if e, ok := c.cues[k].entry(tagHonour); ok {
				s.honour(i, &c.cues[k], e.Extra == "weak")
			}
		}
		s.received(i)
		s.counted(i)
		s.passed(i)
		s.named(i)
	}
}

// honour reads the honour behind a verb of award.
func (s *scene) honour(i int, q *cue, weak bool) {
	c := &s.clauses[i]
	if s.Mood == schema.MoodPlan || c.aims(q.Start) {
		return
	}
	texts := s.honourTexts(q.End, s.honourEnd(c, q), weak)
	if len(texts) == 0 {
		return
	}
	subjects, span := s.honoured(i, q, texts[0])
	if q.word == "建成" && slices.Contains(subjects, Region) {
		return
	}
	for k, value := range texts {
		for n, r := range subjects {
			if len(texts) == len(subjects) && n != k && strings.Contains(s.text(span.End, q.Start), "分别") {
				continue
			}
			s.claim(Claim{Subject: r, Relation: schema.RecognizedAs, Object: None, Value: value,
				Period: s.period(c.Start, q.Start), Rule: honourRule(weak, r),
				Span: hull(span, schema.Span{Start: q.Start, End: s.honourEnd(c, q)})})
		}
	}
}

func honourRule(weak bool, subject Ref) string {
	switch {
	case subject == Region:
		return "honour.region"
	case weak:
		return "honour.became"
	}
	return "honour.awarded"
}

// received reads 获 alone, which is too short a word to look for everywhere.
func (s *scene) received(i int) {
	c := &s.clauses[i]
	text := s.text(c.Start, c.End)
	at := strings.Index(text, "获")
	if at < 0 {
		return
	}
	from := c.Start + len([]rune(text[:at]))
	q := &cue{Span: schema.Span{Start: from, End: from + 1}, word: "获"}
	if k := c.cueBehind(from+1) - 1; k >= 0 && c.cues[k].End >= from {
		return // 获批, 荣获
	}
	if at := c.thingBehind(from+1) - 1; at >= 0 && c.things[at].End > from {
		return // inside a name
	}
	if !receivedText.MatchString(text[at:]) || strings.HasPrefix(text[at:], "获得感") {
		return
	}
	s.honour(i, q, true)
}

var receivedText = regexp.MustCompile(`(荣誉|称号|奖|金奖|通报|激励|表彰|认证|示范|品牌|殊荣|单位|先进|第一)[^，。；]{0,4}[，。；;,]?$`)

// counted reads 新增A、B等3家国家级专精特新企业: what the listed things have
// become, when it is an honour.
func (s *scene) counted(i int) {
	c := &s.clauses[i]
	if s.Mood == schema.MoodPlan {
		return
	}
	for at, p := range c.things {
		if p.last != at {
			continue
		}
		refs, span := refs(c.list(at))
		if !hasAnySuffix(s.text(max(c.Start, span.Start-6), span.Start), []string{"新增", "新认定", "培育", "新培育", "认定", "新获批", "评选", "打造", "创建", "新增“", "打造“"}) {
			continue
		}
		m := countedHonour.FindStringSubmatch(stripNotes(s.text(p.End, c.End)))
		if m == nil || !s.endsAsHonour(m[2]) {
			continue
		}
		for _, r := range refs {
			s.claim(Claim{Subject: r, Relation: schema.RecognizedAs, Object: None, Value: m[2],
				Span: c.Span, Rule: "honour.counted"})
		}
	}
}

var countedHonour = regexp.MustCompile(`^”?等?([0-9一二两三四五六七八九十]+(?:家|个|项|处|户|条))?((?:[^，。；、]*(?:国家级|省级|市级|全国|全省|示范|小巨人|单项冠军|瞪羚|独角兽|总部))[^，。；、]*?)[，。；,;]?$`)

// honourEnd is where the words of an honour end: at the clause's end, or before
// the next verb of award.
func (s *scene) honourEnd(c *clause, q *cue) int {
	for k := c.cueBehind(q.End + 2); k < len(c.cues); k++ {
		if c.cues[k].has(tagHonour) && s.text(c.cues[k].Start-1, c.cues[k].Start) == "、" {
			return c.cues[k].Start - 1
		}
	}
	return c.End
}

var (
	// a count of unnamed things that were honoured: 企业3家
	counted      = regexp.MustCompile(`[0-9０-９一二两三四五六七八九十百余多]+(家|个|项|人|件|名|款|种|处|所|户|条|批|篇|部|次|座|位|类|支)(（[^）]*）|\([^)]*\))?$`)
	honourTail   = regexp.MustCompile(`(等)?([两二三四五六七八九十]|\d+)?(余|多)?(项|个)?(省级以上|省级及以上|省级|国家级|市级|国家)?(荣誉称号|荣誉|称号|殊荣|桂冠|美誉|认证|认定|评定|等称号|等荣誉)$`)
	honourLead   = regexp.MustCompile(`^(了|为|成为|到|过)`)
	rankTail     = regexp.MustCompile(`、(均|数量)?(位)?居[^、]*$`)
	rankEnd      = regexp.MustCompile(`(首位|前列|前茅|第[一二三四五六七八九十0-9]+位)$`)
	numberAtHead = regexp.MustCompile(`^[0-9]+(个|项|家|件|人|名|款)`)
)

// honourTexts reads the honours that stand between two places, each as
// written, without the quotes around it and words such as 称号.
func (s *scene) honourTexts(from, to int, weak bool) []string {
	text := strings.TrimRight(s.text(from, to), "，,。；;！：: ")
	text = strings.TrimSpace(honourLead.ReplaceAllString(text, ""))
	text = honourTail.ReplaceAllString(text, "")
	text = unquote(text)
	text = rankTail.ReplaceAllString(text, "")
	if rankEnd.MatchString(text) || counted.MatchString(text) || numberAtHead.MatchString(text) {
		return nil
	}
	var out []string
	for _, part := range splitHonours(text, s.endsAsHonour) {
		part = unquote(strings.TrimSpace(part))
		n := len([]rune(part))
		if n < 2 || n > 60 || weak && !s.endsAsHonour(part) {
			continue
		}
		out = append(out, part)
	}
	return out
}

func (s *scene) endsAsHonour(text string) bool {
	rs := []rune(strings.TrimRight(text, "”》’\"）)"))
	_, ok := s.lexicon.LongestEndingAt(rs, len(rs), tagHonourEnd)
	return ok
}

// unquote takes away quotes that enclose all of text.
func unquote(text string) string {
	for _, pair := range []string{"“”", "《》", "\"\"", "‘’"} {
		q := []rune(pair)
		inner, ok := strings.CutPrefix(text, string(q[0]))
		if !ok {
			continue
		}
		inner, ok = strings.CutSuffix(inner, string(q[1]))
		if ok && !strings.ContainsRune(inner, q[0]) {
			return inner
		}
	}
	return text
}

// splitHonours splits a list of honours, when every part of it ends as an
// honour does.
func splitHonours(text string, whole func(string) bool) []string {
	var parts []string
	depth, start := 0, 0
	rs := []rune(text)
	if strings.HasPrefix(text, "“") && strings.HasSuffix(text, "”") && strings.Contains(text, "”“") && !strings.Contains(text, "、") {
		return strings.Split(strings.ReplaceAll(text, "”“", "”\n“"), "\n")
	}
	for i, r := range rs {
		switch r {
		case '“', '（', '(', '《', '〔':
			depth++
		case '”', '）', ')', '》', '〕':
			depth--
		case '、', '和', '及':
			if depth == 0 {
				parts = append(parts, string(rs[start:i]))
				start = i + 1
			}
		}
	}
	parts = append(parts, string(rs[start:]))
	if len(parts) == 1 {
		return parts
	}
	for _, p := range parts {
		if len([]rune(p)) < 4 || !whole(p) || unquote(p) != p {
			return []string{text}
		}
	}
	return parts
}

// adverbial is what may stand before a verb of award whose subject is not
// spoken.
var adverbial = regexp.MustCompile(`^(“|并|也|还|均|又|再|再次|成功|连续|先后|双双|一举|首次|首批|连年|相继|陆续|新|顺利|率先|同时|已|已经|被|我们|分别|荣|[0-9一二两三四五六七八九十]+(年|次|度|届)|全年|今年|去年|其中|为|累计|同步|正式|光荣|喜|继续|再度|以来|持续|巩固|获|全市唯一|年内|[0-9]{4}年)*$`)

// regional are the ends of honours that only a region receives.
var regional = []string{"县", "市", "区", "省份", "城市", "城", "五连冠”", "三连冠”", "四连冠”", "强省"}

// honoured is who receives an honour: the list before the verb, else the
// sentence's subject, else the region.
func (s *scene) honoured(i int, q *cue, honour string) ([]Ref, schema.Span) {
	c := &s.clauses[i]
	if at := c.thingBefore(q.Start); at >= 0 {
		group, span := refs(c.upTo(at))
		first := c.things[0]
		lead := s.lead(c, span.Start)
		switch {
		case strings.Contains(lead, "在") && s.namesRegion(lead): // 我县在A评估中获评B
			return []Ref{Region}, schema.Span{Start: c.Start, End: q.End}
		case strings.Contains(lead, "在") && first.Start == c.Start && first.mention != c.things[at].mention: // C在A中获评B
			return []Ref{first.mention}, first.Span
		case strings.Contains(lead, "在"):
			return nil, q.Span
		case hasAnySuffix(lead, []string{"被", "获", "经", "由"}): // B is who awards
			if k := c.things[at].first - 1; k >= 0 && s.text(c.things[k].End, span.Start) == "被" {
				return refs(c.upTo(k))
			}
			return []Ref{Region}, q.Span
		case q.Start-span.End <= longestLink:
			return group, span
		}
		return nil, q.Span
	}
	lead := s.text(c.Start, q.Start)
	if s.namesRegion(lead) {
		return []Ref{Region}, schema.Span{Start: c.Start, End: q.End}
	}
	if !adverbial.MatchString(lead) && !strings.HasPrefix(lead, "作为") && !strings.HasPrefix(lead, "被") {
		return nil, q.Span
	}
	if !hasAnySuffix(honour, regional) {
		if r, span, ok := s.sentenceSubject(i); ok {
			return []Ref{r}, span
		}
	}
	return []Ref{Region}, q.Span
}

// longestLink is how many code points may part a subject from its verb of award.
const longestLink = 18

// namesRegion reports whether a clause's beginning names the report's region.
func (s *scene) namesRegion(lead string) bool {
	if s.Report == nil {
		return false
	}
	return slices.ContainsFunc(s.Report.RegionNames, func(n string) bool {
		return !strings.HasPrefix(n, "全") && strings.HasPrefix(lead, n)
	}) || slices.ContainsFunc([]string{"我县", "我市", "我区", "我省", "我州", "我旗"}, func(n string) bool {
		return strings.HasPrefix(lead, n)
	})
}

// reach is how many clauses back a sentence's subject is looked for.
const reach = 8

// sentenceSubject is the thing that begins a clause before clause i in its
// sentence, the nearest such.
func (s *scene) sentenceSubject(i int) (Ref, schema.Span, bool) {
	for k := i - 1; k >= max(0, i-reach) && s.clauses[k].sentence == s.clauses[i].sentence; k-- {
		if c := &s.clauses[k]; len(c.things) > 0 && s.lead(c, c.things[0].Start) == "" {
			return c.things[0].mention, c.things[0].Span, true
		}
	}
	return None, schema.Span{}, false
}

// soughtText is 通过…验收 and 巩固…创建成果 of an honour that a region sought.
var soughtText = regexp.MustCompile(`通过(.{4,40}(?:县|市|区|城市|示范区|基地|单位))(?:验收|复审|复核|评估|命名|考核)|巩固(?:拓展|提升)?(.{4,30})创建成果$`)

// passed reads 顺利通过…验收 of an honour of the region.
func (s *scene) passed(i int) {
	c := &s.clauses[i]
	if s.Mood == schema.MoodPlan || c.End-c.Start > 2*longestTail {
		return
	}
	text := strings.TrimRight(s.text(c.Start, c.End), "，,。；;")
	if !strings.Contains(text, "通过") && !strings.Contains(text, "巩固") { // spares most clauses the expression
		return
	}
	m := soughtText.FindStringSubmatch(text)
	if m == nil {
		return
	}
	if before, _, _ := strings.Cut(text, m[0]); !adverbial.MatchString(before) {
		return
	}
	s.claim(Claim{Subject: Region, Relation: schema.RecognizedAs, Object: None, Value: unquote(m[1] + m[2]),
		Period: s.period(c.Start, c.End), Span: c.Span, Rule: "honour.sought"})
}

// named reads 命名A为B, 认定A为B.
func (s *scene) named(i int) {
	c := &s.clauses[i]
	for at, p := range c.things {
		from := p.End
		if s.text(from, from+1) == "”" {
			from++
		}
		if p.last != at || s.text(from, from+1) != "为" {
			continue
		}
		refs, span := refs(c.list(at))
		if !hasAnySuffix(s.lead(c, span.Start), []string{"命名", "认定", "授予", "评定", "确定", "评选", "推选"}) {
			continue
		}
		for _, value := range s.honourTexts(from+1, c.End, false) {
			for _, r := range refs {
				s.claim(Claim{Subject: r, Relation: schema.RecognizedAs, Object: None, Value: value,
					Span: c.Span, Rule: "honour.named"})
			}
		}
	}
}
