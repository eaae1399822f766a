package resolve

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/lantu-kg/lantu/loaders/segment"
	"github.com/lantu-kg/lantu/schema"
)

// Rule is a named reason for which two names are one thing's.
type Rule struct {
	ID  string
	Why string

	// apply rewrites a name and reports whether it did; nil for the rules that
	// look at the other names of the report.
	apply func(*canon) bool
}

// Alias is the rule by which a report itself gives two names to a thing.
const Alias = "alias"

// The other rules that rewrite nothing.
const (
	ruleGazetteer    = "gazetteer"
	ruleOwnRegion    = "own-region"
	ruleSameName     = "same-name"
	ruleUnsaid       = "region-unsaid"
	ruleAbbreviation = "abbreviation"
)

// Rules are all rules. Those that rewrite a name come first, in the order in
// which they are applied; a name's identity is what they leave of it. Numbers
// are never rewritten away: 二期, 第三届 and 2025 keep names apart.
var Rules = []Rule{
	{"label", "a quoted label names a programme or a quarter, whatever general words follow it: “531”村庄清洁行动 is 531", (*canon).label},
	{"spelling", "dashes, middle dots and the width of characters do not part names", (*canon).spelling},
	{"known-name", "every reader knows the short name: 中科院 is 中国科学院", (*canon).knownName},
	{"short-word", "a word is shortened: 综保区 is 综合保税区", (*canon).shortWord},
	{"road-number", "G105, 国道105 and 105国道 are one road", (*canon).roadNumber},
	{"region-bracket", "the region in brackets only says whose it is: “中国药谷”（驻马店）研究院", (*canon).regionBracket},
	{"region-prefix", "the region in front only says whose it is: 高唐县人民医院 in Gaotang's report is 人民医院 of Gaotang", (*canon).regionPrefix},
	{"ordinal", "一中 is 第一中学, and 第28 is 第二十八", (*canon).ordinal},
	{"general-head", "a general word in front does not name it: 国有清平林场 is 清平林场", (*canon).head},
	{"legal-form", "the legal form of a company does not name it: 时风集团 is 时风", (*canon).legalForm},
	{"general-tail", "a general word at the end does not name it: 西三环南延工程 is 西三环南延", (*canon).tail},
	{ruleGazetteer, "the gazetteer knows the place, with the report's region as context", nil},
	{ruleOwnRegion, "it is the region of the report", nil},
	{ruleSameName, "one name is one thing within a report", nil},
	{ruleUnsaid, "the report names it with its region too: 北京市数字人基地 and 数字人基地", nil},
	{Alias, "the report gives the name as another of the thing's: 以下简称", nil},
	{ruleAbbreviation, "it is made of the first characters of the words of a longer name of the report", nil},
}

// canon is a name on its way to its canonical form.
type canon struct {
	x      *Resolver
	home   *home
	kind   schema.Kind
	raw    string
	text   string // what the rules have left
	scope  string // code of the region that the name says it is in
	scoped bool
	whole  bool // nothing may be cut off: the name of a university
	steps  []string
}

// canonical is what a name's identity is made of.
type canonical struct {
	class string // of kinds that may be one thing under one name
	text  string
	scope string
}

// class groups kinds among which a thing may be found as either.
func class(k schema.Kind) string {
	switch k {
	case schema.KindPark, schema.KindFacility, schema.KindProject, schema.KindOrganization:
		return "site"
	default:
		return string(k)
	}
}

// canonicalOf applies the rules to a name. Steps are the rules that changed it.
func (x *Resolver) canonicalOf(h *home, kind schema.Kind, name string) *canon {
	c := &canon{x: x, home: h, kind: kind, raw: name, text: name}
	for _, rule := range Rules {
		if rule.apply == nil || x.splits.has(kind, name, rule.ID) {
			continue
		}
		if rule.apply(c) {
			c.steps = append(c.steps, rule.ID)
		}
	}
	c.text = schema.NormalName(c.text)
	if !c.scoped {
		c.scope = x.scopeOf(c)
	}
	return c
}

func (c *canon) key() canonical { return canonical{class(c.kind), c.text, c.scope} }

func (c *canon) set(text string) bool {
	if text == "" || text == c.text {
		return false
	}
	c.text = text
	return true
}

var quoted = regexp.MustCompile(`“([^“”]+)”([^“”]*)$`)

func (c *canon) label() bool {
	if c.kind != schema.KindProgram && c.kind != schema.KindPlace {
		return false
	}
	m := quoted.FindStringSubmatchIndex(c.text)
	if m == nil || m[4] == m[5] {
		return false
	}
	core, tail := c.text[m[2]:m[3]], c.text[m[4]:m[5]]
	strong := utf8.RuneCountInString(core) >= 3 || strings.ContainsFunc(core, isLatinOrDigit)
	if !strong && !c.x.words.Has(tail, "WEAK_TAIL") {
		return false
	}
	for region := range c.home.names { // “枫桥经验”高唐模式 is Gaotang's own
		if strings.Contains(tail, region) {
			return false
		}
	}
	// What stands in front is a name only where the label says little: 乡村人才“百千万”工程.
	front := c.text[:m[0]]
	if utf8.RuneCountInString(core) >= 4 && !counting.MatchString(core) {
		front = ""
	}
	return c.set(front + core)
}

func isLatinOrDigit(r rune) bool { return r < 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r)) }

// spelling reports a change only where it is more than what makes a normal name.
func (c *canon) spelling() bool {
	normal := schema.NormalName(c.text)
	runes := []rune(normal)
	var b strings.Builder
	for i, r := range runes {
		if strings.ContainsRune("·•・—–-－_~", r) {
			between := i > 0 && i+1 < len(runes) && isLatinOrDigit(runes[i-1]) && isLatinOrDigit(runes[i+1])
			if !between {
				continue
			}
		}
		b.WriteRune(r)
	}
	c.text = normal
	return c.set(b.String())
}

func (c *canon) knownName() bool {
	if c.kind == schema.KindPlace || c.kind == schema.KindPerson || c.kind == schema.KindIndustry {
		return false
	}
	runes := []rune(c.text)
	m, ok := c.x.words.LongestAt(runes, 0, "KNOWN_NAME")
	// A short one may be the beginning of another word: 人大附中, 北大荒.
	if !ok || m.End < len(runes) && m.End < 3 {
		return false
	}
	full := m.Extra
	if strings.HasPrefix(c.text, full) {
		return false
	}
	return c.set(full + string(runes[m.End:]))
}

func (c *canon) shortWord() bool {
	if c.kind == schema.KindPerson {
		return false
	}
	runes := []rune(c.text)
	var b strings.Builder
	for i := 0; i < len(runes); {
		m, ok := c.x.words.LongestAt(runes, i, "SHORT_WORD")
		if !ok && c.kind != schema.KindProgram {
			m, ok = c.x.words.LongestAt(runes, i, "SHORT_END")
			ok = ok && m.End == len(runes) && i > 0
		}
		if !ok || spelled(runes, m) {
			b.WriteRune(runes[i])
			i++
			continue
		}
		b.WriteString(m.Extra)
		i = m.End
	}
	return c.set(b.String())
}

// spelled reports whether the long form of a short word stands there already,
// as 城市副中心 around 副中心.
func spelled(text []rune, m segment.LexiconMatch) bool {
	full, word := []rune(m.Extra), []rune(m.Word)
	for at := 0; at+len(word) <= len(full); at++ {
		start := m.Start - at
		if slices.Equal(full[at:at+len(word)], word) && start >= 0 && start+len(full) <= len(text) &&
			slices.Equal(text[start:start+len(full)], full) {
			return true
		}
	}
	return false
}

var roadNumber = regexp.MustCompile(`(国道|省道|县道)(\d{1,3})|(\d{2,3})(国道|省道|县道)`)

func (c *canon) roadNumber() bool {
	if c.kind != schema.KindPlace && class(c.kind) != "site" || !strings.Contains(c.text, "道") {
		return false
	}
	letter := map[string]string{"国道": "g", "省道": "s", "县道": "x"}
	return c.set(roadNumber.ReplaceAllStringFunc(c.text, func(s string) string {
		m := roadNumber.FindStringSubmatch(s)
		return letter[m[1]+m[4]] + m[2] + m[3]
	}))
}

var bracketed = regexp.MustCompile(`[（(]([^（()）]{2,8})[）)]`)

func (c *canon) regionBracket() bool {
	if c.kind == schema.KindPlace || c.kind == schema.KindPerson || !strings.ContainsAny(c.text, "（(") {
		return false
	}
	m := bracketed.FindStringSubmatchIndex(c.text)
	if m == nil {
		return false
	}
	place, ok := c.home.find(c.text[m[2]:m[3]], "")
	if !ok {
		return false
	}
	before := c.text[:m[0]]
	// 中国（河南）… is the state's seal on a place's thing; where the country
	// names the thing itself, the place is that of a branch.
	if before == country {
		before = ""
	} else if strings.HasPrefix(before, country) {
		return c.set(before + c.text[m[1]:])
	}
	c.scope, c.scoped = place.Code, true
	return c.set(before + c.text[m[1]:])
}

const country = "中国"

// regions says how a kind's names go with regions in front of them.
func (c *canon) regionPrefix() bool {
	switch c.kind {
	case schema.KindPerson, schema.KindIndustry:
		return false
	}
	if c.x.isUniversity(c) {
		c.whole, c.scope, c.scoped = true, "", true
		return false
	}
	rest, code := c.text, ""
	if !c.scoped && (class(c.kind) == "site" || c.kind == schema.KindEvent || c.kind == schema.KindEnterprise) {
		rest, code = c.home.cutUnit(rest, func(rest string) bool {
			_, not := c.x.words.LongestAt([]rune(c.text), 0, "NOT_REGION_HEAD")
			return !not || c.kind == schema.KindEnterprise && c.x.isEverywhere(rest) // 县城投集团
		})
	}
	if sealed, ok := strings.CutPrefix(rest, country); ok { // 中国·高唐书画文创产业园
		if _, _, ok := c.home.cutPlace(sealed, "", c.kind); ok {
			rest = sealed
		}
	}
	for range 4 {
		next, place, ok := c.home.cutPlace(rest, code, c.kind)
		if !ok {
			break
		}
		rest, code = next, place
	}
	if code == "" {
		return false
	}
	if c.kind == schema.KindEnterprise {
		if !c.x.isEverywhere(rest) {
			// 保定市X公司 is X wherever it is spoken of.
			return c.set(rest)
		}
	}
	if c.kind == schema.KindProgram {
		return c.set(rest) // its scope is the province
	}
	c.scope, c.scoped = code, true
	return c.set(rest)
}

var (
	ordinals   = regexp.MustCompile(`第([一二三四五六七八九十]{1,3})`)
	bareSchool = regexp.MustCompile(`^([一二三四五六七八九十]{1,3}|\d{1,3})(中|小|幼|实验小学)$`)
	schools    = map[string]string{"中": "中学", "小": "小学", "幼": "幼儿园"}
)

func (c *canon) ordinal() bool {
	text := c.text
	if class(c.kind) == "site" {
		if m := bareSchool.FindStringSubmatch(text); m != nil {
			text = "第" + m[1] + cmp.Or(schools[m[2]], m[2])
		}
	}
	if !strings.Contains(text, "第") {
		return false
	}
	return c.set(ordinals.ReplaceAllStringFunc(text, func(s string) string {
		return "第" + strconv.Itoa(numeral(strings.TrimPrefix(s, "第")))
	}))
}

// numeral reads a Chinese number below a hundred.
func numeral(s string) int {
	tens, ones, ten := 0, 0, false
	for _, r := range s {
		if r == '十' {
			ten, tens, ones = true, max(ones, 1), 0
			continue
		}
		ones = slices.Index([]rune("一二三四五六七八九"), r) + 1
	}
	if ten {
		return 10*tens + ones
	}
	return ones
}

func (c *canon) legalForm() bool {
	if c.kind != schema.KindEnterprise {
		return false
	}
	return c.set(c.x.withoutLegalForm(c.text))
}

func (x *Resolver) withoutLegalForm(name string) string {
	runes := []rune(name)
	for range 2 { // 集团有限公司
		m, ok := x.words.LongestEndingAt(runes, len(runes), "LEGAL_FORM")
		if !ok || m.Start < 2 {
			break
		}
		runes = runes[:m.Start]
	}
	return string(runes)
}

// isEverywhere reports whether a company's name is one that every region has.
func (x *Resolver) isEverywhere(name string) bool {
	return x.words.Has(x.withoutLegalForm(name), "EVERYWHERE")
}

func (c *canon) head() bool {
	runes := []rune(c.text)
	m, ok := c.x.words.LongestAt(runes, 0, "GENERAL_HEAD")
	if !ok || len(runes)-m.End < 3 || !slices.Contains(strings.Fields(m.Extra), string(c.kind)) {
		return false
	}
	return c.set(string(runes[m.End:]))
}

func (c *canon) tail() bool {
	least := map[schema.Kind]int{schema.KindIndustry: 2, schema.KindProgram: 3}[c.kind]
	if least == 0 {
		least = 3
	}
	runes := []rune(c.text)
	if c.x.words.Has(c.text, "NATIONAL") {
		return false
	}
	cut := len(runes)
	for end := len(runes); end > 0; {
		m, ok := c.x.words.LongestEndingAt(runes, end, "TAIL")
		if !ok || !slices.Contains(strings.Fields(m.Extra), string(c.kind)) {
			break
		}
		strong := m.Start >= least || m.Start >= 1 && strings.ContainsFunc(string(runes[:m.Start]), isLatinOrDigit)
		if !strong {
			break
		}
		cut, end = m.Start, m.Start
		if c.kind == schema.KindIndustry {
			break
		}
	}
	return c.set(string(runes[:cut]))
}

// isUniversity reports whether a name begins with a university's, which is
// one in every report and says its place as a part of its name.
func (x *Resolver) isUniversity(c *canon) bool {
	if class(c.kind) != "site" {
		return false
	}
	before, after, ok := strings.Cut(c.text, "大学")
	return ok && utf8.RuneCountInString(before) >= 2 && !strings.HasPrefix(after, "城") && !strings.HasPrefix(after, "生") && !strings.HasPrefix(after, "园")
}

// scopeOf gives the region within which a name that does not say its region
// is unique.
func (x *Resolver) scopeOf(c *canon) string {
	own := c.home.scope
	runes := []rune(c.text)
	if x.words.Has(c.text, "NATIONAL") {
		return ""
	}
	switch c.kind {
	case schema.KindIndustry:
		return ""
	case schema.KindEnterprise:
		if x.isEverywhere(c.text) {
			return own
		}
		return ""
	case schema.KindPlace:
		if _, ok := x.words.LongestEndingAt(runes, len(runes), "EVERYWHERE_LINE"); ok {
			return ""
		}
		switch {
		case numbered.MatchString(c.text) && runes[0] == 'g':
			return ""
		case numbered.MatchString(c.text) && runes[0] == 's':
			return c.home.above(2)
		case LevelOf(c.text) == schema.LevelWater:
			return c.home.above(4)
		}
		return own
	case schema.KindPerson:
		return own
	}
	if _, not := x.words.LongestAt(runes, 0, "NOT_NATIONAL_HEAD"); !not {
		m, ok := x.words.LongestAt(runes, 0, "NATIONAL_HEAD")
		// Many counties have a 国家现代农业产业园.
		if ok && (c.kind != schema.KindPark || m.Word == "中国") {
			return ""
		}
	}
	if (c.kind == schema.KindEvent || c.kind == schema.KindProgram) && strings.Contains(c.text, "全国") {
		return ""
	}
	if c.kind == schema.KindProgram {
		// The programmes of a municipality reach its districts; a label of
		// several numbers (1530, 5+3+N) is a province's more often than a county's.
		if c.home.municipal() || labelled.MatchString(c.text) {
			return c.home.above(2)
		}
		return own
	}
	if code, ok := c.home.lead(c.text); ok {
		return code
	}
	return own
}

var (
	numbered = regexp.MustCompile(`^[gsx]\d{1,4}$`)
	counting = regexp.MustCompile(`^[一二三四五六七八九十百千万两双\d]+(个|大|条|项|位|化)?[一二三四五六七八九十\d]{0,2}(体|条|一|化)?$`)
	labelled = regexp.MustCompile(`^(\d{4,}|\d+\+\d+\+.+)$`)
)
