package extract

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/lantu-kg/lantu/schema"
)

// Rules that find what is the first of its sort or stands at a rank.
const (
	ruleRankFirst = "rank.first" // 全市首个, 全国首创
	ruleRankLead  = "rank.lead"  // 在全市率先
	ruleRankFront = "rank.front" // 走在全省前列
	ruleRankOrder = "rank.order" // 居全省第一位
)

const scopeWords = `(?:全国|全省|全市|全区|全县|全州|全盟|全旗|全球|世界|亚洲|国内|省内|市内|区内|县内|我国|中国|我省|我市|行业|业内|` +
	`中部|西部|东部|东北|西北|西南|华北|华东|华南|华中|中西部|北方|南方|长三角|京津冀|珠三角|大湾区|长江经济带|黄河流域)` +
	`(?:地区|[三四五六七八九十]省|同类|副省级|省会|地级|县级|直辖|省辖|设区|城市|区县|县区|县域|各区|各县|各市|高新区|开发区|经开区){0,3}`

var (
	rankCue   = regexp.MustCompile(`首[个家座条例批创部支台单款张次艘架笔期所套项发列趟]|第一[个家座条例]|唯一|率先|前列|前茅|第一方阵|第一梯队`)
	scopeEnd  = regexp.MustCompile(scopeWords + `(?:范围内|内|中|的)?$`)
	scopeText = regexp.MustCompile(scopeWords)
	leadAhead = regexp.MustCompile(`^率先(?:在|于)?(` + scopeWords + `)`)
	frontVerb = regexp.MustCompile(`(?:居于|位居|居|走在|站在|位列|位于|处于|处在|跻身|进入|排名|排在|保持|保持在|稳居|名列|列|迈入)(?:全?国?)?$`)
	copula    = regexp.MustCompile(`^[”》）)]?(?:率先|成功|顺利|正式|已|均|又|分别|被){0,2}(?:成为|为|是|系|作为|打造成|打造为|建成为|获评|获批|入选|评为|认定为|确定为|列为|列入|：|——)?$`)
	ownVerb   = regexp.MustCompile(`^(?:成功|顺利|正式|已|均|又|也|并|被){0,2}(?:成为|为|是|系|作为|获评|获批|入选|评为|认定为|确定为|列为|列入)$`)
)

// ranks finds RANKED claims: the words that say so, with the scope.
func (x *Extractor) ranks(t *Text, mentions []Mention, observations []Observation) []Claim {
	ordered := false
	for i := range observations {
		ordered = ordered || observations[i].Type == schema.Rank
	}
	if t.Passage.Heading || !ordered && !mayRank(t.Runes) {
		return nil
	}
	s := x.newScene(t, withPronouns(t, mentions))
	for i := range s.clauses {
		c := &s.clauses[i]
		text := s.text(c.Start, c.End)
		for _, m := range rankCue.FindAllStringIndex(text, -1) {
			at := c.Start + utf8.RuneCountInString(text[:m[0]])
			s.ranked(i, schema.Span{Start: at, End: at + utf8.RuneCountInString(text[m[0]:m[1]])})
		}
	}
	for i := range observations {
		s.ordered(&observations[i])
	}
	return s.claims
}

// mayRank reports whether a word of rankCue may stand in a text.
func mayRank(runes []rune) bool {
	for i := 1; i < len(runes); i++ {
		switch runes[i-1] {
		case '首':
			return true
		case '第', '唯':
			if runes[i] == '一' {
				return true
			}
		case '率':
			if runes[i] == '先' {
				return true
			}
		case '前':
			if runes[i] == '列' || runes[i] == '茅' {
				return true
			}
		}
	}
	return false
}

// ranked reads one word of being first.
func (s *scene) ranked(i int, cue schema.Span) {
	c := &s.clauses[i]
	k := s.spotFrom(cue.Start)
	if k < len(s.spots) && s.spots[k].Start < cue.Start && cue.End <= s.spots[k].End {
		return // inside a name
	}
	word := s.text(cue.Start, cue.End)
	claim := Claim{Relation: schema.Ranked, Object: None, Rank: &schema.Standing{Number: 1}}
	start := s.scopeBefore(c, cue.Start)
	scope := strings.TrimSuffix(strings.TrimSuffix(s.text(start, cue.Start), "的"), "范围内")
	switch {
	case word == "率先":
		end := min(c.End, cue.End+longestRanked)
		if m := leadAhead.FindStringSubmatch(s.text(cue.Start, c.End)); start == cue.Start && m != nil {
			scope = m[1]
		}
		if scope == "" || end-cue.End < 3 || s.Runes[cue.End] == '”' { // 8个“全市率先” counts them
			return
		}
		claim.Subject = Region
		if len(c.things) > 0 && s.lead(c, c.things[0].Start) == "" && c.things[0].End <= start && acts(s.kind(c.things[0].spot)) {
			claim.Subject = c.things[0].mention
		}
		if start > c.Start && s.Runes[start-1] == '在' {
			start--
		}
		claim.Rule, claim.Span = ruleRankLead, schema.Span{Start: start, End: end}
	case scope == "":
		return
	case strings.HasPrefix(word, "前") || strings.HasPrefix(word, "第一方") || strings.HasPrefix(word, "第一梯"):
		verb := frontVerb.FindString(s.text(c.Start, start))
		if verb == "" {
			return
		}
		claim.Rank.Number = 0
		claim.Rule, claim.Span = ruleRankFront, schema.Span{Start: max(c.Start, start-utf8.RuneCountInString(verb)), End: cue.End}
		claim.Subject = Region
		if at := c.thingBefore(claim.Span.Start); at >= 0 && s.lead(c, c.things[at].Start) == "" && acts(s.kind(c.things[at].spot)) {
			claim.Subject = c.things[at].mention
		}
		if claim.Subject == Region { // what stands so is part of what is said
			claim.Span.Start = s.rankedFrom(i, claim.Span.Start)
		}
	default:
		if word == "唯一" {
			claim.Rank.Number = 0
		}
		var end int
		claim.Subject, end = s.rankedThing(i, start, cue.End)
		claim.Rule, claim.Span = ruleRankFirst, schema.Span{Start: start, End: end}
	}
	claim.Rank.Scope = scope
	s.addRank(c, claim)
}

// acts reports whether a kind of thing does or is something by itself.
func acts(k schema.Kind) bool {
	return k != schema.KindIndustry && k != schema.KindPlace && k != schema.KindPerson
}

// addRank adds a claim with the words of its span as value.
func (s *scene) addRank(c *clause, claim Claim) {
	claim.Value = strings.Trim(stripNotes(s.text(claim.Span.Start, claim.Span.End)), " 　，,。；;：:、—")
	if n := utf8.RuneCountInString(claim.Value); n < 3 || n > 60 {
		return
	}
	if s.Mood != schema.MoodPlan && claim.Modality == "" && c.aims(claim.Span.Start) {
		claim.Modality = schema.Aim
	}
	claim.Period = s.period(c.Start, claim.Span.Start)
	s.claim(claim)
}

// scopeBefore is where the words for among whom begin that end at a place, the
// place itself where none do.
func (s *scene) scopeBefore(c *clause, end int) int {
	before := s.text(max(c.Start, end-24), end)
	if m := scopeEnd.FindString(before); m != "" {
		return end - utf8.RuneCountInString(m)
	}
	for k := s.spotFrom(end - 1); k < len(s.spots) && s.spots[k].Start < end; k++ {
		if p := s.spots[k]; p.End == end && s.kind(p) == schema.KindPlace {
			return p.Start
		}
	}
	if w := measureWords(); end > c.Start {
		if m, ok := w.LongestEndingAt(s.Runes, end, "SCOPE"); ok && m.Start >= c.Start && m.End-m.Start > 1 {
			return m.Start
		}
	}
	return end
}

// rankedFrom is where the words begin that say what stands at a rank whose
// verb is at a place: its clause, or the one before where that says nothing
// else: 新建公园8个，居全省前列.
func (s *scene) rankedFrom(i, verb int) int {
	c := &s.clauses[i]
	if strings.Trim(s.text(c.Start, verb), "均都也皆并分别数量总其") == "" && !c.first {
		return s.clauses[i-1].Start
	}
	return c.Start
}

// longestRanked is how many code points the words behind 首个 may have.
const longestRanked = 36

// rankedNoun is where the words end that begin at a place and say what is the
// first: before the next verb of note, else with the clause.
func (s *scene) rankedNoun(c *clause, i int) int {
	end := c.End
	if k := c.cueBehind(i + 2); k < len(c.cues) {
		end = c.cues[k].Start
	}
	end = min(max(end, s.reader().right(quantity{after: i}, true).End), c.End, i+longestRanked)
	for end > i && strings.ContainsRune("，,。；;：:、 ", s.Runes[end-1]) {
		end--
	}
	return end
}

// rankedThing is what the words from start on call the first, and where they
// end; they go on behind from.
func (s *scene) rankedThing(i, start, from int) (Ref, int) {
	c := &s.clauses[i]
	end := s.rankedNoun(c, from)
	// the name behind: 全国首个数据交易平台“甲”上线
	for at := c.thingBehind(from); at < len(c.things); at++ {
		p := c.things[at]
		if p.Start-from > 24 || c.crosses(from, p.Start) || strings.ContainsAny(s.text(from, p.Start), "在于由与为对向从将被至让使，") {
			break
		}
		if !acts(s.kind(p.spot)) {
			continue
		}
		after := p.End
		if s.text(after, after+1) == "”" {
			after++
		}
		if k := c.cueBehind(after); end > after+1 && (k == len(c.cues) || c.cues[k].Start != after) {
			break // the name only tells of what sort
		}
		if what := strings.TrimRight(s.text(from, p.Start), "“《— 的"); utf8.RuneCountInString(what) >= 2 {
			return p.mention, from + utf8.RuneCountInString(what)
		}
		return p.mention, p.End
	}
	// the name before: 甲成为全市首个…
	if at := c.thingBefore(start); at >= 0 && acts(s.kind(c.things[at].spot)) && copula.MatchString(s.text(c.things[at].End, start)) {
		return c.things[at].mention, end
	}
	if ownVerb.MatchString(s.lead(c, start)) {
		if r, _, ok := s.sentenceSubject(i); ok && acts(s.mentions[r].Kind) {
			return r, end
		}
	}
	return Region, end
}

// ordered says the rank that a number gives: 粮食单产居全省第一位.
func (s *scene) ordered(o *Observation) {
	if o.Type != schema.Rank {
		return
	}
	span := s.ClauseAt(o.Span.Start)
	k := 0
	for k < len(s.clauses)-1 && s.clauses[k].Start != span.Start {
		k++
	}
	c := &s.clauses[k]
	scope := scopeText.FindString(o.Basis)
	if scope == "" {
		scope = strings.TrimPrefix(o.Basis, "在")
	}
	start := o.MeasureSpan.Start
	if o.MeasureSpan.End > o.Span.Start || start < s.SentenceAt(o.Span.Start).Start || o.Span.End-start > 60 {
		start = s.rankedFrom(k, o.Span.Start) // 全省第一大行业, and what is measured far before
	}
	if scope == "" { // 在全市平原县排名第二, 分居全省第一、第二
		if all := scopeText.FindAllString(s.text(start, o.Span.Start), -1); len(all) > 0 {
			scope = all[len(all)-1]
		}
	}
	if scope == "" {
		return
	}
	s.addRank(c, Claim{Subject: o.About, Relation: schema.Ranked, Object: None, Modality: o.Modality,
		Rank: &schema.Standing{Number: int(o.Value), Scope: scope}, Rule: ruleRankOrder, Span: schema.Span{Start: start, End: o.Span.End}})
}
