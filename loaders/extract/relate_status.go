package extract

import (
	"regexp"
	"slices"
	"strings"

	"github.com/lantu-kg/lantu/schema"
)

// The tags of the lexicon that tell a thing's status.
const (
	tagBefore = "STATUS_BEFORE" // verb + thing, with the status in the second column
	tagAfter  = "STATUS_AFTER"  // thing + verb
	tagNone   = "STATUS_NONE"   // verbs that rule what follows and tell no status
	tagAim    = "STATUS_AIM"    // words of intention
	tagNoun   = "STATUS_NOUN"   // nouns that hold such a verb
)

// The rules that find a status.
const (
	ruleAfter     = "status.verb-after"
	ruleBefore    = "status.verb-before"
	ruleShared    = "status.verb-shared"
	ruleTrial     = "status.trial"
	ruleSupported = "status.supported"
)

// verb is a status word at work in a clause.
type verb struct {
	*cue
	spec string // the lexicon's second column, empty when it tells no status
}

// tells reports whether the verb gives a status to any kind.
func (v *verb) tells(st schema.Status) bool {
	return v != nil && strings.Contains(v.spec, string(st))
}

// statuses finds HAS_STATUS claims: a thing takes the status of the verb
// behind it, else of the nearest verb before it in its clause, else of a verb
// that the clause shares with its neighbours. The members of a list share all.
func (s *scene) statuses() {
	if head, _ := s.noteHead(); head != None {
		return // a note explains, it does not report
	}
	var going *verb // rules the end of the clause before
	for i := range s.clauses {
		c := &s.clauses[i]
		if c.first {
			going = nil
		}
		var shared *verb
		if s.onlyGoesOn(c) {
			shared = going
		}
		if shared == nil {
			shared = s.awaitedVerb(i)
		}
		for at, p := range c.things {
			if s.modifiesNext(c, at) {
				continue
			}
			s.status(c, at, p.spot, shared)
			for n := p.index + 1; n < len(s.spots) && s.spots[n].Start < p.End; n++ {
				in := s.spots[n]
				if in.host == p.index && s.kind(in) == s.kind(p.spot) && s.sharesName(in, p.spot) {
					s.status(c, at, in, shared)
				}
			}
		}
		if len(c.things) == 0 {
			going = nil
		} else if v := s.verbBefore(c, c.things[len(c.things)-1].Start); v != nil || len(c.cues) > 0 {
			going = v
		}
	}
}

// sharesName reports whether a name stands in a longer one only because both
// share a tail: 时风路 of 时风路、北湖路改造工程.
func (s *scene) sharesName(in, host spot) bool {
	for _, rest := range []string{s.text(host.Start, in.Start), s.text(in.End, host.End)} {
		if strings.Contains(rest, "、") || strings.Contains(rest, "”“") {
			return true
		}
	}
	return false
}

// modifiesNext reports whether a thing only says where or of what the name
// directly behind it is.
func (s *scene) modifiesNext(c *clause, at int) bool {
	if at+1 == len(c.things) {
		return false
	}
	gap := s.text(c.things[at].End, c.things[at+1].Start)
	return gap == "" || gap == "“" && s.kind(c.things[at].spot) == schema.KindEvent
}

// onlyGoesOn reports whether a clause only goes on with the list of the clause
// before: 推进A、B，C以及D等项目建设.
func (s *scene) onlyGoesOn(c *clause) bool {
	if c.first || len(c.things) == 0 {
		return false
	}
	lead := s.lead(c, c.things[0].Start)
	if lead != "" && lead != "以及" && lead != "及" && lead != "和" {
		return false
	}
	tail := s.tail(c, len(c.things)-1)
	return tail == "" && lead != "" || strings.HasPrefix(tail, "等") || bareNoun.MatchString(tail)
}

// bareNoun is what may follow a list and only name its members' sort.
var bareNoun = regexp.MustCompile(`^(改造|改扩建|扩建|续建|修复|整治|提升|改造提升|综合治理|治理|绿化|升级)?(项目|工程|建设|改造|扩建|修复|整治|提升)(建设)?$`)

// awaitedVerb is the verb of the clause behind, when the clause names a thing
// and no more: 总投资3亿元的A，投资5亿元的B竣工投产.
func (s *scene) awaitedVerb(i int) *verb {
	c := &s.clauses[i]
	if len(c.things) == 0 || len(c.cues) > 0 || s.tail(c, len(c.things)-1) != "" ||
		strings.ContainsAny(s.lead(c, c.things[0].Start), "是为在与对") {
		return nil
	}
	if i+1 == len(s.clauses) || s.clauses[i+1].first || len(s.clauses[i+1].things) == 0 {
		return nil
	}
	next := &s.clauses[i+1]
	if s.verbBefore(next, next.things[0].Start) != nil {
		return nil
	}
	return s.verbAfter(next, 0)
}

// verbBefore is the nearest verb before a place in its clause, nil when there
// is none. Of verbs in a row that of intention, issue or trial rules:
// 谋划推进A, 出台推进A政策.
func (s *scene) verbBefore(c *clause, i int) *verb {
	for k := c.cueBefore(i); k >= 0; k-- {
		q := &c.cues[k]
		if e, ok := q.entry(tagBefore); ok {
			if s.closes(q.End) && s.rulesEarlier(c, k) {
				continue // a noun: 推进公园创建和A建设
			}
			if k > 0 && c.cues[k-1].End == q.Start {
				if before := &c.cues[k-1]; before.has(tagNone) && seeks(before.word) {
					return &verb{before, ""}
				}
				if e, ok := c.cues[k-1].entry(tagBefore); ok {
					u := &verb{&c.cues[k-1], e.Extra}
					if u.tells(schema.StatusPlanned) || u.tells(schema.StatusIssued) || u.tells(schema.StatusTrial) {
						return u
					}
				}
			}
			return &verb{q, e.Extra}
		}
		if q.has(tagNone) && !q.has(tagAfter) && s.closes(q.End) {
			continue // a noun: 科技提升、A
		}
		if q.has(tagNone) || q.has(tagAfter) || q.has(tagSupport) || q.has(tagSettle) || q.has(tagHonour) {
			return &verb{q, ""}
		}
	}
	return nil
}

// rulesEarlier reports whether a verb stands before the cue at an index and
// rules it.
func (s *scene) rulesEarlier(c *clause, k int) bool {
	return k > 0 && c.cues[k-1].has(tagBefore) && c.cues[k-1].End < c.cues[k].Start &&
		!strings.ContainsAny(s.text(c.cues[k-1].End, c.cues[k].Start), "、和及与")
}

// seeks reports whether a verb without a status takes that of the verb behind
// it: 探索构建, 围绕构建.
func seeks(word string) bool { return hasAnySuffix(word, []string{"探索", "围绕", "聚焦"}) }

// closes reports whether what ends at a place has nothing behind it to rule.
func (s *scene) closes(i int) bool {
	return i < len(s.Runes) && strings.ContainsRune("、”等及和", s.Runes[i])
}

// verbAfter is the first verb behind a thing in its clause that speaks of it,
// nil when there is none.
func (s *scene) verbAfter(c *clause, at int) *verb {
	for k := c.cueBehind(c.things[at].End); k < len(c.cues); k++ {
		q := &c.cues[k]
		e, after := q.entry(tagAfter)
		switch {
		case q.has(tagBefore) && (!after || s.hasObject(c, q)):
			if q.word != "建设" {
				return nil
			}
			// a noun here: A建设全面启动
		case after:
			if s.text(q.Start-1, q.Start) == "的" || !s.isSubject(c, at, q) {
				return nil
			}
			return &verb{q, e.Extra}
		case q.has(tagNone) && !q.has(tagHonour):
			return nil
		}
	}
	return nil
}

// hasObject reports whether a verb that may stand on either side of its thing
// has it behind.
func (s *scene) hasObject(c *clause, q *cue) bool {
	if at := c.thingBehind(q.End); at < len(c.things) {
		return !strings.Contains(s.text(q.End, min(c.things[at].Start, q.End+longestGap)), "、")
	}
	rest := strings.TrimRight(s.text(q.End, min(c.End, q.End+8)), "，,。；;：:、！ ”")
	return len([]rune(rest)) > 2
}

// isSubject reports whether a thing belongs to the list that ends before a
// verb; an industry between them only says of what sort the list is.
func (s *scene) isSubject(c *clause, at int, q *cue) bool {
	for n := c.things[at].last + 1; n < len(c.things) && c.things[n].Start < q.Start; n++ {
		if s.kind(c.things[n].spot) != schema.KindIndustry {
			return false
		}
	}
	return true
}

// status adds what a clause says of the status of the mention at p, which is
// the thing at an index or stands inside its name.
func (s *scene) status(c *clause, at int, p spot, shared *verb) {
	kind, outer := s.kind(p), c.things[at].spot
	tail := s.tail(c, at)
	before, v, rule := s.verbBefore(c, outer.Start), s.verbAfter(c, at), ruleAfter
	if v != nil && before != nil && before.spec == "" && !before.has(tagAfter) && !v.tells(schema.StatusPlanned) &&
		(s.Mood == schema.MoodPlan || !s.ends(v.End)) {
		v = nil // 保障A稳定运营, 紧抓A开放机遇
	}
	if v == nil {
		if v, rule = before, ruleBefore; v == nil {
			v, rule = shared, ruleShared
		}
	}
	if v == nil {
		return
	}
	if s.defines(c) {
		return
	}
	aim := c.aims(c.End)
	past := s.isPast(v)
	add := func(st schema.Status, rule string) {
		modality := schema.Fact
		if (s.Mood == schema.MoodPlan || aim) && !past || st == schema.StatusPlanned {
			modality = schema.Aim
		}
		s.claim(Claim{Subject: p.mention, Relation: schema.HasStatus, Object: None, Value: string(st),
			Modality: modality, Span: hull(outer.Span, v.Span), Rule: rule})
	}
	if s.trial(kind, outer, v, tail) {
		add(schema.StatusTrial, ruleTrial)
		if !strings.HasPrefix(v.word, "启动") {
			return
		}
	}
	if v.spec == "" && v == before && builtTail.MatchString(tail) && v.supports() {
		v.spec, rule = string(schema.StatusUnderConstruction), ruleSupported // 加强A建设, 保障A等项目建设
	}
	if v.spec == "" || !s.bears(kind, c, at, v, tail, rule) {
		return
	}
	for _, st := range statusesOf(v.spec, kind) {
		add(s.settle(st, kind, p, v, tail, rule, aim, past), rule)
	}
}

// isPast reports whether a verb says that something was done, whatever the section
// plans: 已出台, 先后出台了.
func (s *scene) isPast(v *verb) bool {
	return s.text(v.End, v.End+1) == "了" || pastLead.MatchString(s.text(v.Start-4, v.Start))
}

var pastLead = regexp.MustCompile(`(已|已经|先后|相继|现已|均已)$`)

// defines reports whether a clause says what a time is or must be, and not what is
// done: 是实施“十四五”规划的关键一年.
func (s *scene) defines(c *clause) bool {
	return definesTime.MatchString(s.text(c.Start, c.End))
}

var definesTime = regexp.MustCompile(`是.{0,60}(之年|一年|时期|之要|关键期|机遇期|攻坚期)[，,。；;]?$`)

// ends reports whether a clause or a part of it ends at a place.
func (s *scene) ends(i int) bool {
	return i >= len(s.Runes) || strings.ContainsRune("，,。；;、", s.Runes[i])
}

// builtTail is what says of a thing supported that it is being built.
var builtTail = regexp.MustCompile(`^(建设|等[^，]{0,12}(项目|工程)(建设|实施))$`)

// supports reports whether a verb without a status of its own says that works go on.
func (v *verb) supports() bool {
	return v.word == "加强" || v.has(tagSupport) && (strings.HasSuffix(v.word, "保障") || strings.HasSuffix(v.word, "配合"))
}

// hasStatus adds one claim.
// trial reports whether a programme is spoken of as a trial: 开展A试点.
func (s *scene) trial(kind schema.Kind, p spot, v *verb, tail string) bool {
	if kind != schema.KindProgram || v.has(tagHonour) {
		return false
	}
	for _, st := range statusesOf(v.spec, kind) {
		switch st {
		case schema.StatusApproved, schema.StatusPlanned, schema.StatusCompleted:
			return false
		}
	}
	return strings.HasSuffix(s.text(p.Start, p.End), "试点") || trialTail.MatchString(tail)
}

var trialTail = regexp.MustCompile(`^(等[^，]{0,4})?(改革|工作|第[一二三]批|建设)?试点(示范|工作|验收|验收工作|任务|建设)?$`)

// longestTail is how many code points behind a list are looked at.
const longestTail = 60

// tail is what stands behind the list of a thing, to the clause's end or the
// next thing.
func (s *scene) tail(c *clause, at int) string {
	last := c.things[at].last
	end := c.End
	if last+1 < len(c.things) {
		end = c.things[last+1].Start
	}
	from := c.things[last].End
	return strings.Trim(stripNotes(s.text(from, min(end, from+longestTail))), "，,。；;”》 ")
}

// statusesOf reads a lexicon row's status words for a kind.
func statusesOf(spec string, kind schema.Kind) []schema.Status {
	var all, own []schema.Status
	special := false
	for _, word := range strings.Fields(spec) {
		k, st, ok := strings.Cut(word, ":")
		switch {
		case !ok:
			all = append(all, schema.Status(word))
		case k == string(kind):
			special = true
			if st != "-" {
				own = append(own, schema.Status(st))
			}
		}
	}
	if special {
		return own
	}
	return all
}

var (
	countAhead = regexp.MustCompile(`^[0-9.]+(余|多)?(万|亿)?(公里|平方米|亩|个|座|条|处|家|所|米|户|千米|项)|^(不少于|不低于|超过|累计|达到)[0-9]`)
	quantified = regexp.MustCompile(`(^|[^第])([0-9]+(余|多)?(个|家|处|所|座|批|条)|一批|一个)[^、，]{0,4}“?$`)
	otherHead  = regexp.MustCompile(`(资金|机遇|红利|经验|额度|指标|名额|经营主体|样板|先行区|研发中心)$|^”?(的)?背景下`)
	workTail   = regexp.MustCompile(`^[、和及][^，]{2,20}(建设|改造|修复|施工|工程|项目|扩建|整治)$|^(等|建设|改造|修复|施工|工程|项目|任务|工作|主体|提升|整治|治理|安置|续建|扩建|新建|新改建|新[(（]改[)）]建|扫尾|收尾|更新|修缮|绿化|拆迁|验收|投资|征|$)`)
)

// bears reports whether a thing of a kind can bear the status that v tells,
// standing where it does.
func (s *scene) bears(kind schema.Kind, c *clause, at int, v *verb, tail, rule string) bool {
	before := rule != ruleAfter
	if kind != schema.KindProgram && spirit.MatchString(tail) || kind == schema.KindEvent && before && hasAnySuffix(v.word, obeys) {
		return false
	}
	built := v.tells(schema.StatusUnderConstruction) || v.tells(schema.StatusCompleted) || v.tells(schema.StatusPlanned)
	if before {
		if otherHead.MatchString(tail) {
			return false
		}
		if strings.Contains(v.word, "完成") && !workTail.MatchString(tail) {
			return false // 完成A托管
		}
		if strings.HasSuffix(v.word, "推动") && kind != schema.KindProgram && !workTail.MatchString(tail) {
			return false // 推动A提质增效
		}
		if v.tells(schema.StatusPlanned) && strings.Contains(s.text(v.Start-2, v.End), "成功") {
			return false // 成功创建A: an honour that was given
		}
		if v.tells(schema.StatusPlanned) && s.drives(tail) {
			return false // 推动A纳入规划
		}
	}
	switch kind {
	case schema.KindProgram:
		if strings.Contains(firstRunes(tail, 8), "项目") {
			return false // the projects under a programme are not the programme
		}
		if before && built && (countAhead.MatchString(tail) || quantified.MatchString(s.text(max(v.End, c.things[at].Start-longestGap), c.things[at].Start))) {
			return false // 建设“四好农村路”100公里, 创建50个“一村一品”示范村
		}
		return true
	case schema.KindPlace:
		if before && countAhead.MatchString(tail) {
			return false
		}
		return s.isWork(c, at, tail, before)
	case schema.KindEnterprise, schema.KindOrganization:
		if !before || v.tells(schema.StatusOpened) {
			return true
		}
		if kind == schema.KindOrganization && hasAnySuffix(v.word, []string{"打造", "建设", "新建", "筹建", "建成"}) {
			return true
		}
		return strings.Contains(tail, "项目") || strings.Contains(tail, "建设")
	case schema.KindProject, schema.KindFacility, schema.KindPark, schema.KindEvent:
		return true
	}
	return false
}

// spirit is what a meeting or body gave that is carried out, not the meeting:
// 落实省委全会精神, 确保党中央决策部署落地见效.
var spirit = regexp.MustCompile(`^(的)?(各项|重要|重大|决策|工作|总体|具体|有关)*(部署|精神|要求)`)

// obeys are verbs of doing as a meeting said.
var obeys = []string{"落实", "贯彻", "执行", "学习", "宣传"}

// drives reports whether the thing behind a verb such as 推动 is itself the
// subject of a verb that tells no status.
func (s *scene) drives(tail string) bool {
	if strings.HasSuffix(tail, "化") || drivenTail.MatchString(tail) {
		return true // 推动A常态化
	}
	_, ok := s.lexicon.LongestAt([]rune(tail), 0, tagNone, tagHonour)
	return ok
}

// drivenTail is what a thing does that a verb such as 推动 has it do.
var drivenTail = regexp.MustCompile(`^(反馈|督察|协同发展|融合发展|提质增效|[^，、]{0,10}常态化)`)

// isWork reports whether a place stands for works on it: it is a road or a
// quarter, or the words behind its list say so.
func (s *scene) isWork(c *clause, at int, tail string, before bool) bool {
	if hasAnySuffix(s.text(c.things[at].Start, c.things[at].End), workEnds) {
		return true
	}
	if before {
		return hasAnySuffix(tail, workEnds)
	}
	last := c.things[c.things[at].last]
	return strings.Contains(tail, "项目") || strings.Contains(tail, "控规") || strings.Contains(tail, "安置") ||
		hasAnySuffix(s.text(last.Start, last.End), []string{"路", "线", "高速"})
}

var workEnds = []string{
	"路", "街", "大道", "公路", "高速", "线", "段", "大桥", "隧道", "环线", "道路", "快速路",
	"片区", "推进区", "集中区", "风貌带", "示范带", "街区", "都市圈", "城市群", "廊道",
}

// settle turns what a verb says into the status that it gives to a kind in a
// section of this mood.
func (s *scene) settle(st schema.Status, kind schema.Kind, p spot, v *verb, tail, rule string, aim, past bool) schema.Status {
	if strings.Contains(tail, "续建") {
		return schema.StatusUnderConstruction
	}
	if st == schema.StatusUnderConstruction && s.text(v.End, v.End+1) == "了" {
		st = schema.StatusCompleted // 打造了
	}
	switch kind {
	case schema.KindProgram:
		if st == schema.StatusUnderConstruction {
			st = schema.StatusStarted
		}
		if st == schema.StatusCompleted && isDocument(s.name(p)) && strings.HasSuffix(v.word, "形成") {
			st = schema.StatusIssued
		}
		if st == schema.StatusIssued && !isDocument(s.name(p)) && strings.HasSuffix(v.word, "推出") {
			st = schema.StatusStarted
		}
	case schema.KindEvent:
		if st == schema.StatusStarted || st == schema.StatusOpened || st == schema.StatusCompleted {
			st = schema.StatusHeld
		}
	}
	if s.Mood != schema.MoodPlan && !aim || past {
		return st
	}
	switch st {
	case schema.StatusCompleted, schema.StatusOpened, schema.StatusHeld, schema.StatusIssued,
		schema.StatusSigned, schema.StatusApproved, schema.StatusListed:
		return schema.StatusPlanned
	case schema.StatusUnderConstruction:
		if v.word == "建设" {
			return schema.StatusPlanned
		}
	case schema.StatusStarted:
		if rule == ruleAfter && kind != schema.KindProgram || v.tells(schema.StatusOpened) || kind != schema.KindProgram && s.hoped(v.Start) {
			return schema.StatusPlanned
		}
	}
	return st
}

// hoped reports whether the words before a verb leave open when it happens.
func (s *scene) hoped(i int) bool {
	return hopedLead.MatchString(s.text(i-6, i))
}

var hopedLead = regexp.MustCompile(`(争取|力争|适时|择机|早日|尽早|尽快)(尽快|尽早|早日)?$`)

// isDocument reports whether a programme's name is that of a paper.
func isDocument(name string) bool {
	return hasAnySuffix(name, []string{
		"方案", "计划", "意见", "办法", "清单", "条例", "规划", "措施", "政策", "目录", "细则", "规定",
		"指引", "标准", "指南", "规范", "条", "版", "通知", "预案", "导则", "纲要", "公约", "制度", "举措", "礼包",
	})
}

func hasAnySuffix(s string, suffixes []string) bool {
	return slices.ContainsFunc(suffixes, func(x string) bool { return strings.HasSuffix(s, x) })
}

// firstRunes is the beginning of s, at most n code points.
func firstRunes(s string, n int) string {
	rs := []rune(s)
	return string(rs[:min(n, len(rs))])
}
