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
	ruleInherited = "status.verb-inherited"
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
// behind it, else of the nearest verb before it in its clause. The members of
// a list share both.
func (s *scene) statuses() {
	if head, _ := s.noteHead(); head != None {
		return // a note explains, it does not report
	}
	for i := range s.clauses {
		c := &s.clauses[i]
		inherited := s.inheritedVerb(i)
		if inherited == nil {
			inherited = s.awaitedVerb(i)
		}
		for _, k := range c.spots {
			p := s.spots[k]
			if s.modifiesNext(k) {
				continue
			}
			s.status(c, p, p, inherited)
			for n := k + 1; n < len(s.spots) && s.spots[n].Start < p.End; n++ {
				// 时风路 of 时风路、北湖路改造工程
				in := s.spots[n]
				if in.host == k && s.kind(in) == s.kind(p) && strings.Contains(s.text(in.End, p.End), "、") {
					s.status(c, in, p, inherited)
				}
			}
		}
	}
}

// modifiesNext reports whether the name at spot k only says where or of what
// the name directly behind it is.
func (s *scene) modifiesNext(k int) bool {
	for n := k + 1; n < len(s.spots); n++ {
		if s.spots[n].host < 0 {
			gap := s.text(s.spots[k].End, s.spots[n].Start)
			return gap == "" || gap == "“" && s.kind(s.spots[k]) == schema.KindEvent
		}
	}
	return false
}

// inheritedVerb is the verb of the clause before, when the clause only goes on
// with its list: 推进A、B，C以及D等项目建设.
func (s *scene) inheritedVerb(i int) *verb {
	c := &s.clauses[i]
	if c.first || len(c.spots) == 0 {
		return nil
	}
	lead := strings.Trim(s.text(c.Start, s.spots[c.spots[0]].Start), "“《\" ")
	if lead != "" && lead != "以及" && lead != "及" && lead != "和" {
		return nil
	}
	last := s.spots[c.spots[len(c.spots)-1]]
	tail := stripNotes(strings.Trim(s.text(last.End, c.End), "，,。；;”》 "))
	if !(tail == "" && lead != "") && !strings.HasPrefix(tail, "等") && !bareNoun.MatchString(tail) {
		return nil
	}
	for k := i - 1; k >= 0; k-- {
		p := &s.clauses[k]
		if p.sentence != c.sentence || len(p.spots) == 0 {
			return nil
		}
		if v := s.verbBefore(p, s.spots[p.spots[len(p.spots)-1]]); v != nil {
			return v
		}
		if len(p.cues) > 0 || p.first {
			return nil
		}
	}
	return nil
}

// awaitedVerb is the verb of the clause behind, when the clause names a thing
// and no more: 总投资3亿元的A，投资5亿元的B竣工投产.
func (s *scene) awaitedVerb(i int) *verb {
	c := &s.clauses[i]
	if len(c.spots) == 0 || len(c.cues) > 0 {
		return nil
	}
	last := s.spots[c.spots[len(c.spots)-1]]
	if strings.Trim(stripNotes(s.text(last.End, c.End)), "，,”》 ") != "" || strings.ContainsAny(s.text(c.Start, s.spots[c.spots[0]].Start), "是为在与对") {
		return nil
	}
	if i+1 == len(s.clauses) || s.clauses[i+1].sentence != c.sentence {
		return nil
	}
	next := &s.clauses[i+1]
	if len(next.spots) == 0 {
		return nil
	}
	if v := s.verbAfter(next, s.spots[next.spots[0]]); v != nil && s.verbBefore(next, s.spots[next.spots[0]]) == nil {
		return v
	}
	return nil
}

// bareNoun is what may follow a list and only name its members' sort.
var bareNoun = regexp.MustCompile(`^(改造|改扩建|扩建|续建|修复|整治|提升|改造提升|综合治理|治理|绿化|升级)?(项目|工程|建设|改造|扩建|修复|整治|提升)(建设)?$`)

// verbBefore is the nearest verb before a spot in its clause, nil when there
// is none. Of verbs in a row that of intention or issue rules: 谋划推进A,
// 出台推进A政策.
func (s *scene) verbBefore(c *clause, p spot) *verb {
	for i := len(c.cues) - 1; i >= 0; i-- {
		q := &c.cues[i]
		if q.End > p.Start {
			continue
		}
		if e, ok := q.entry(tagBefore); ok {
			v := &verb{q, e.Extra}
			if i > 0 && c.cues[i-1].End == q.Start {
				if e, ok := c.cues[i-1].entry(tagBefore); ok {
					u := &verb{&c.cues[i-1], e.Extra}
					if u.tells(schema.StatusPlanned) || u.tells(schema.StatusIssued) || u.tells(schema.StatusTrial) {
						return u
					}
				}
			}
			return v
		}
		if q.has(tagNone) || q.has(tagAfter) || q.has(tagSupport) || q.has(tagSettle) {
			return &verb{q, ""}
		}
	}
	return nil
}

// verbAfter is the first verb behind a spot in its clause that speaks of it,
// nil when there is none.
func (s *scene) verbAfter(c *clause, p spot) *verb {
	for i := range c.cues {
		q := &c.cues[i]
		if q.Start < p.End {
			continue
		}
		e, after := q.entry(tagAfter)
		if q.has(tagBefore) && (!after || s.hasObject(c, q)) {
			if q.word == "建设" {
				continue // a noun here: A建设全面启动
			}
			return nil
		}
		if after {
			if s.text(q.Start-1, q.Start) == "的" || !s.isSubject(c, p, q) {
				return nil
			}
			return &verb{q, e.Extra}
		}
		if q.has(tagNone) && !q.has(tagHonour) {
			return nil
		}
	}
	return nil
}

// hasObject reports whether a verb that may stand on either side of its thing
// has it behind.
func (s *scene) hasObject(c *clause, q *cue) bool {
	for _, k := range c.spots {
		if s.spots[k].Start >= q.End {
			return !strings.Contains(s.text(q.End, s.spots[k].Start), "、")
		}
	}
	rest := strings.TrimRight(s.text(q.End, c.End), "，,。；;：:、！ ”")
	return len([]rune(rest)) > 2
}

// isSubject reports whether the thing at p belongs to the list that ends
// before the verb at q.
func (s *scene) isSubject(c *clause, p spot, q *cue) bool {
	last := p
	for _, k := range c.spots {
		n := s.spots[k]
		if n.Start < p.End || n.Start >= q.Start || s.kind(n) == schema.KindIndustry {
			continue
		}
		if !s.listed(last, n) {
			return false
		}
		last = n
	}
	return true
}

// status adds what a clause says of the status of the thing at p, which
// stands in the text as at.
func (s *scene) status(c *clause, p, at spot, inherited *verb) {
	kind := s.kind(p)
	before, after := s.verbBefore(c, at), s.verbAfter(c, at)
	v, rule := after, ruleAfter
	tail := s.tail(c, at)
	if v != nil && before != nil && before.spec == "" && !before.has(tagAfter) && !v.tells(schema.StatusPlanned) &&
		(s.Mood == schema.MoodPlan || s.text(v.End, v.End+1) != "" && !strings.Contains("，,。；;、", s.text(v.End, v.End+1))) {
		v = nil // 保障A稳定运营, 紧抓A开放机遇
	}
	if v == nil {
		if v, rule = before, ruleBefore; v == nil {
			v, rule = inherited, ruleInherited
		}
	}
	if v == nil {
		return
	}
	if s.trial(kind, at, v, tail) {
		s.hasStatus(p, schema.StatusTrial, v, rule == ruleTrial, ruleTrial, at)
		if !v.tells(schema.StatusStarted) || !strings.HasPrefix(v.word, "启动") {
			return
		}
	}
	if v.spec == "" && v == before && builtTail.MatchString(tail) && supports(v) {
		v.spec, rule = string(schema.StatusUnderConstruction), ruleSupported // 加强A建设, 保障A等项目建设
	}
	if v.spec == "" || !s.bears(kind, at, v, tail, rule) {
		return
	}
	aim := c.hasBefore(tagAim, &cue{Span: schema.Span{Start: c.End}})
	for _, st := range statusesOf(v.spec, kind) {
		s.hasStatus(p, s.settle(st, kind, p, v, tail, rule, aim), v, aim, rule, at)
	}
}

// builtTail is what says of a thing supported that it is being built.
var builtTail = regexp.MustCompile(`^(建设|等[^，]{0,12}(项目|工程)(建设|实施))$`)

// supports reports whether a verb without a status of its own says that works go on.
func supports(v *verb) bool {
	return v.word == "加强" || v.has(tagSupport) && (strings.HasSuffix(v.word, "保障") || strings.HasSuffix(v.word, "配合"))
}

// hasStatus adds one claim.
func (s *scene) hasStatus(p spot, st schema.Status, v *verb, aim bool, rule string, at spot) {
	modality := schema.Fact
	if s.Mood == schema.MoodPlan || aim || st == schema.StatusPlanned {
		modality = schema.Aim
	}
	s.claim(Claim{Subject: p.mention, Relation: schema.HasStatus, Object: None, Value: string(st),
		Modality: modality, Span: hull(at.Span, v.Span), Rule: rule})
}

// trial reports whether a programme is spoken of as a trial: 开展A试点.
func (s *scene) trial(kind schema.Kind, p spot, v *verb, tail string) bool {
	if kind != schema.KindProgram || v.tells(schema.StatusApproved) {
		return false
	}
	return strings.HasSuffix(s.text(p.Start, p.End), "试点") || trialTail.MatchString(tail)
}

var trialTail = regexp.MustCompile(`^(改革|工作|第[一二三]批|建设)?试点(工作|验收|验收工作|任务|建设)?$`)

// tail is what stands behind the list that holds p, to the clause's end.
func (s *scene) tail(c *clause, p spot) string {
	last, end := p, c.End
	for _, k := range c.spots {
		q := s.spots[k]
		if q.Start < last.End {
			continue
		}
		if !s.listed(last, q) {
			end = q.Start
			break
		}
		last = q
	}
	return strings.Trim(stripNotes(s.text(last.End, end)), "，,。；;”》 ")
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
	otherHead  = regexp.MustCompile(`(资金|机遇|红利|经验|额度|指标|名额|经营主体|样板)$`)
	workTail   = regexp.MustCompile(`^(等|建设|改造|修复|施工|工程|项目|任务|工作|主体|提升|整治|治理|安置|续建|扩建|更新|修缮|绿化|拆迁|验收|投资|征|$)`)
)

// bears reports whether a thing of its kind, standing as p does, can bear the
// status that v tells.
func (s *scene) bears(kind schema.Kind, p spot, v *verb, tail, rule string) bool {
	before := rule != ruleAfter
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
		if v.tells(schema.StatusPlanned) && s.drives(tail) {
			return false // 推动A纳入规划
		}
	}
	switch kind {
	case schema.KindProgram:
		if strings.Contains(firstRunes(tail, 8), "项目") {
			return false // the projects under a programme are not the programme
		}
		if before && built && (countAhead.MatchString(tail) || quantified.MatchString(s.text(v.End, p.Start))) {
			return false // 建设“四好农村路”100公里, 创建50个“一村一品”示范村
		}
		return true
	case schema.KindPlace:
		if before && countAhead.MatchString(tail) {
			return false
		}
		return s.isWork(p, tail, before)
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

// drives reports whether the thing behind a verb such as 推动 is itself the
// subject of a verb that tells no status.
func (s *scene) drives(tail string) bool {
	if strings.HasSuffix(tail, "化") {
		return true // 推动A常态化
	}
	_, ok := s.lexicon.LongestAt([]rune(tail), 0, tagNone, tagHonour)
	return ok
}

// isWork reports whether a place stands for works on it: it is a road or a
// quarter, or the words behind its list say so.
func (s *scene) isWork(p spot, tail string, before bool) bool {
	if hasAnySuffix(s.text(p.Start, p.End), workEnds) {
		return true
	}
	if !before {
		return strings.Contains(tail, "项目") || strings.Contains(tail, "控规") || strings.Contains(tail, "安置") ||
			strings.HasSuffix(s.listLast(p), "路") || strings.HasSuffix(s.listLast(p), "线")
	}
	return false
}

// listLast is the last name of the list that holds p.
func (s *scene) listLast(p spot) string {
	i := slices.Index(s.spots, p)
	last := p
	for n := i + 1; n < len(s.spots); n++ {
		q := s.spots[n]
		if q.host >= 0 {
			continue
		}
		if !s.listed(last, q) {
			break
		}
		last = q
	}
	return s.text(last.Start, last.End)
}

var workEnds = []string{
	"路", "街", "大道", "公路", "高速", "线", "段", "大桥", "隧道", "环线", "道路", "快速路",
	"片区", "推进区", "集中区", "风貌带", "示范带", "街区", "都市圈", "城市群", "廊道",
}

// settle turns what a verb says into the status that it gives to a kind in a
// section of this mood.
func (s *scene) settle(st schema.Status, kind schema.Kind, p spot, v *verb, tail, rule string, aim bool) schema.Status {
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
	if s.Mood != schema.MoodPlan && !aim {
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
		if rule == ruleAfter && kind != schema.KindProgram || v.tells(schema.StatusOpened) {
			return schema.StatusPlanned
		}
	}
	return st
}

// isDocument reports whether a programme's name is that of a paper.
func isDocument(name string) bool {
	return hasAnySuffix(name, []string{
		"方案", "计划", "意见", "办法", "清单", "条例", "规划", "措施", "政策", "目录", "细则", "规定",
		"指引", "标准", "指南", "规范", "条", "版", "通知", "预案", "导则", "纲要", "公约", "制度",
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
