package graphtest

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/lantu-kg/lantu/schema"
)

// Builder writes a reading by hand. It panics on what cannot be: it is for
// tests, where that is a mistake in the test.
type Builder struct {
	r        schema.Reading
	entities map[string]int
	claims   map[string]int
	numbers  map[string]int
	section  int
}

// NewBuilder begins the reading of a report with the passages. One that begins
// with 一、 or the like and has no full stop is a heading.
func NewBuilder(file string, passages ...string) *Builder {
	b := &Builder{entities: map[string]int{}, claims: map[string]int{}, numbers: map[string]int{}, section: -1}
	for i, text := range passages {
		p := schema.Passage{Ordinal: i, Line: 2 * i, Page: i / 3, Text: text, Section: b.section}
		if number, heading, ok := strings.Cut(text, "、"); ok && utf8.RuneCountInString(number) == 1 && !strings.Contains(text, "。") {
			b.section = len(b.r.Sections)
			p.Section, p.Heading = b.section, true
			b.r.Sections = append(b.r.Sections, schema.Section{Ordinal: b.section, Level: 1, Parent: -1, Heading: heading,
				Number: number + "、", Line: p.Line, Mood: schema.MoodReview, Period: schema.Period{From: "2023", To: "2023"}})
		}
		b.r.Passages = append(b.r.Passages, p)
		b.r.Report.Chars += utf8.RuneCountInString(text)
	}
	rep := &b.r.Report
	rep.ID = schema.ReportID(b.r.Passages)
	rep.File, rep.Format, rep.Encoding, rep.Passages = file, "text", "UTF-8", len(passages)
	for i := range b.r.Passages {
		b.r.Passages[i].ID = schema.PassageID(rep.ID, i)
		b.r.Passages[i].ReportID = rep.ID
	}
	return b
}

// Report is the report, to be filled in.
func (b *Builder) Report() *schema.Report { return &b.r.Report }

// Reading ends the work.
func (b *Builder) Reading() *schema.Reading { return &b.r }

// Entity adds an entity and gives its id; edit may be nil.
func (b *Builder) Entity(kind schema.Kind, name string, edit func(*schema.Entity)) string {
	e := schema.Entity{Kind: kind, Name: name}
	if edit != nil {
		edit(&e)
	}
	if e.ID == "" {
		e.ID = schema.EntityID(kind, name, e.Scope)
		if e.Code != "" {
			e.ID = schema.PlaceID(e.Code)
		}
	}
	if _, ok := b.entities[e.ID]; !ok {
		b.entities[e.ID] = len(b.r.Entities)
		b.r.Entities = append(b.r.Entities, e)
	}
	return e.ID
}

// Place adds a place of the gazetteer under a parent ("" for none).
func (b *Builder) Place(name, code string, level schema.PlaceLevel, parent string) string {
	return b.Entity(schema.KindPlace, name, func(e *schema.Entity) { e.Code, e.Level, e.ParentID = code, level, parent })
}

// Evidence is the first place of the quote in the passage.
func (b *Builder) Evidence(passage int, quote, rule string) schema.Evidence {
	p := &b.r.Passages[passage]
	i := strings.Index(p.Text, quote)
	if i < 0 || quote == "" {
		panic(fmt.Sprintf("passage %d does not say %q", passage, quote))
	}
	start := utf8.RuneCountInString(p.Text[:i])
	return schema.Evidence{ReportID: b.r.Report.ID, PassageID: p.ID,
		Span: schema.Span{Start: start, End: start + utf8.RuneCountInString(quote)}, Quote: quote, Rule: rule, Confidence: 0.9}
}

// Mention adds a mention of the entity where the passage first says name.
func (b *Builder) Mention(passage int, entity, name string) {
	b.r.Mentions = append(b.r.Mentions, schema.Mention{EntityID: entity, Name: name, Evidence: b.Evidence(passage, name, "name")})
}

// Claim adds a claim, or evidence to the one that says the same, and gives its
// id. The object is an entity's id, the words of an honour or a status.
func (b *Builder) Claim(subject string, relation schema.Relation, object string, ev schema.Evidence, edit func(*schema.Claim)) string {
	c := schema.Claim{SubjectID: subject, Relation: relation, Modality: schema.Fact, Evidence: []schema.Evidence{ev}}
	if _, ok := b.entities[object]; ok {
		c.ObjectID = object
	} else {
		c.Value = object
	}
	if edit != nil {
		edit(&c)
	}
	c.ID = schema.ClaimID(&c)
	if i, ok := b.claims[c.ID]; ok {
		b.r.Claims[i].Evidence = append(b.r.Claims[i].Evidence, ev)
		return c.ID
	}
	b.claims[c.ID] = len(b.r.Claims)
	b.r.Claims = append(b.r.Claims, c)
	return c.ID
}

// Observation adds an observation, or evidence to the one that says the same,
// and gives its id.
func (b *Builder) Observation(o schema.Observation, ev schema.Evidence) string {
	if o.Modality == "" {
		o.Modality = schema.Fact
	}
	if o.Amount == 0 {
		o.Amount, o.BaseUnit = o.Value, o.Unit
	}
	o.ID = schema.ObservationID(&o)
	if i, ok := b.numbers[o.ID]; ok {
		b.r.Observations[i].Evidence = append(b.r.Observations[i].Evidence, ev)
		return o.ID
	}
	o.Evidence = []schema.Evidence{ev}
	b.numbers[o.ID] = len(b.r.Observations)
	b.r.Observations = append(b.r.Observations, o)
	return o.ID
}

// Rich is a small reading with every kind, relation, status, type of number
// and hedge in it. The district is made up.
func Rich() *schema.Reading {
	b := NewBuilder("qinghe-2023.txt",
		"青禾区人民政府工作报告",
		"一、2023年工作回顾",
		"云帆科技入驻青禾智谷产业园,园区位于柳溪街道,面向人工智能,获评国家级科技企业孵化器。",
		"“繁星计划”覆盖柳溪街道,支持云帆科技,由区科技局负责。青禾智谷二期属于青禾智谷产业园。",
		"云帆科技与江北大学合作共建江北实验室,周明远出席青禾论坛。云帆科技再次入驻青禾智谷产业园。",
		"全区新增企业近1.7万家,增长7.3%,占全市的12%,居全市第一,投资约300亿元,超5个百分点,不低于80%,控制在3%以内。",
		"二、2024年工作安排",
		"青禾智谷二期将于2024年6月完工。"+statusSentence(),
	)
	rep := b.Report()
	rep.Title, rep.Region, rep.Issuer = "2024年青禾区人民政府工作报告", "江北市青禾区", "青禾区人民政府"
	rep.Speaker, rep.Post, rep.Meeting, rep.Date = "周明远", "区长", "青禾区第三届人民代表大会第四次会议", "2024-01-08"
	rep.Period, rep.Aim = schema.Period{From: "2023", To: "2023"}, schema.Period{From: "2024", To: "2024"}
	country := b.Place("中国", "00", schema.LevelCountry, "")
	city := b.Place("江北市", "9901", schema.LevelCity, country)
	district := b.Place("青禾区", "990101", schema.LevelDistrict, city)
	street := b.Place("柳溪街道", "990101001", schema.LevelStreet, district)
	rep.RegionID = district
	scoped := func(e *schema.Entity) { e.Scope = "990101" }
	park := b.Entity(schema.KindPark, "青禾智谷产业园", func(e *schema.Entity) { e.Scope = "990101"; e.Aliases = []string{"智谷", "青禾智谷"} })
	firm := b.Entity(schema.KindEnterprise, "云帆科技", nil)
	program := b.Entity(schema.KindProgram, "繁星计划", scoped)
	project := b.Entity(schema.KindProject, "青禾智谷二期", scoped)
	bureau := b.Entity(schema.KindOrganization, "区科技局", scoped)
	university := b.Entity(schema.KindOrganization, "江北大学", nil)
	lab := b.Entity(schema.KindFacility, "江北实验室", nil)
	forum := b.Entity(schema.KindEvent, "青禾论坛", scoped)
	industry := b.Entity(schema.KindIndustry, "人工智能", nil)
	person := b.Entity(schema.KindPerson, "周明远", scoped)

	for _, m := range []struct {
		passage int
		id      string
		name    string
	}{{0, district, "青禾区"}, {2, firm, "云帆科技"}, {2, park, "青禾智谷产业园"}, {2, street, "柳溪街道"}, {2, industry, "人工智能"},
		{3, program, "繁星计划"}, {3, firm, "云帆科技"}, {3, bureau, "区科技局"}, {3, project, "青禾智谷二期"}, {3, park, "青禾智谷产业园"},
		{4, firm, "云帆科技"}, {4, university, "江北大学"}, {4, lab, "江北实验室"}, {4, person, "周明远"}, {4, forum, "青禾论坛"},
		{7, project, "青禾智谷二期"}} {
		b.Mention(m.passage, m.id, m.name)
	}
	// A list that shares a head is mentioned by more than the words there.
	b.r.Mentions = append(b.r.Mentions, schema.Mention{EntityID: park, Name: "青禾智谷产业园", Evidence: b.Evidence(4, "产业园", "name.head"), Merge: "alias"})

	b.Claim(firm, schema.SettledIn, park, b.Evidence(2, "云帆科技入驻青禾智谷产业园", "settled"), nil)
	b.Claim(firm, schema.SettledIn, park, b.Evidence(4, "云帆科技再次入驻青禾智谷产业园", "settled"), nil)
	b.Claim(park, schema.LocatedIn, street, b.Evidence(2, "园区位于柳溪街道", "located"), nil)
	b.Claim(park, schema.Targets, industry, b.Evidence(2, "面向人工智能", "targets"), func(c *schema.Claim) {
		c.List = &schema.List{Size: 6, Named: 2, Noun: "产业"}
	})
	b.Claim(park, schema.RecognizedAs, "国家级科技企业孵化器", b.Evidence(2, "获评国家级科技企业孵化器", "recognized"), nil)
	b.Claim(program, schema.Covers, street, b.Evidence(3, "覆盖柳溪街道", "covers"), nil)
	b.Claim(program, schema.Supports, firm, b.Evidence(3, "支持云帆科技", "supports"), nil)
	b.Claim(bureau, schema.ResponsibleFor, program, b.Evidence(3, "由区科技局负责", "responsible"), nil)
	b.Claim(project, schema.PartOf, park, b.Evidence(3, "青禾智谷二期属于青禾智谷产业园", "part"), nil)
	b.Claim(firm, schema.CooperatesWith, university, b.Evidence(4, "云帆科技与江北大学合作", "cooperates"), nil)
	b.Claim(project, schema.HasStatus, string(schema.StatusPlanned), b.Evidence(7, "青禾智谷二期将于2024年6月完工", "status"), func(c *schema.Claim) {
		c.Modality = schema.Aim
		c.Period = schema.Period{From: "2024-06", To: "2024-06", Text: "2024年6月"}
	})
	b.Claim(park, schema.Ranked, "全市首个人工智能产业园", b.Evidence(2, "面向人工智能", "rank"), func(c *schema.Claim) {
		c.Rank = &schema.Standing{Number: 1, Scope: "全市"}
	})
	for _, s := range schema.Statuses {
		b.Claim(forum, schema.HasStatus, string(s.Status), b.Evidence(7, s.Chinese, "status"), nil)
	}

	nearly := b.Observation(schema.Observation{AboutID: district, Measure: "新增企业", Value: 1.7, Unit: "万家", Amount: 17000, BaseUnit: "家",
		Type: schema.Level, Hedge: schema.Nearly,
		Derived: []schema.Derived{{Value: 1.5, Unit: "万家", Period: schema.Period{From: "2022", To: "2022"}, Rule: "derive.before"}}}, b.Evidence(5, "1.7万家", "number"))
	b.Observation(schema.Observation{AboutID: district, Measure: "新增企业", Value: 7.3, Unit: "%", Type: schema.Change, Basis: "同比",
		Period: schema.Period{From: "2023", To: "2023", Text: "2023年"}, Checks: []schema.Check{{Rule: "check.difference", Message: "1.6 + 7.3 = 1.7", With: []string{nearly}}}}, b.Evidence(5, "增长7.3%", "number"))
	b.Observation(schema.Observation{AboutID: district, Measure: "新增企业", Value: 12, Unit: "%", Type: schema.Share}, b.Evidence(5, "12%", "number"))
	b.Observation(schema.Observation{AboutID: district, Measure: "新增企业", Value: 1, Unit: "位", Type: schema.Rank}, b.Evidence(5, "第一", "number"))
	b.Observation(schema.Observation{AboutID: district, Measure: "投资", Value: 300, Unit: "亿元", Type: schema.Level, Hedge: schema.About}, b.Evidence(5, "300亿元", "number"))
	b.Observation(schema.Observation{AboutID: park, Measure: "投资", Value: 5, Unit: "个百分点", Type: schema.Change, Hedge: schema.Over, AnnualAverage: true}, b.Evidence(5, "5个百分点", "number"))
	b.Observation(schema.Observation{AboutID: district, Measure: "达标率", Value: 80, Unit: "%", Type: schema.Share, Hedge: schema.AtLeast, Modality: schema.Aim}, b.Evidence(5, "80%", "number"))
	b.Observation(schema.Observation{AboutID: district, Measure: "失业率", Value: 3, Unit: "%", Type: schema.Share, Hedge: schema.AtMost}, b.Evidence(5, "3%以内", "number"))
	return b.Reading()
}

func statusSentence() string {
	var words []string
	for _, s := range schema.Statuses {
		words = append(words, s.Chinese)
	}
	return "青禾论坛" + strings.Join(words, "、") + "。"
}

// Overlapping is another report that says some of what [Rich] says: the same
// firm settled in the same park, under other aliases and with evidence of its own.
func Overlapping() *schema.Reading {
	b := NewBuilder("qinghe-2024.txt", "云帆科技落户青禾智谷产业园(又称智谷园区),柳溪街道新开星河书店。", "新增企业1.7万家。")
	b.Report().Date = "2025-01-10"
	country := b.Place("中国", "00", schema.LevelCountry, "")
	city := b.Place("江北市", "9901", schema.LevelCity, country)
	district := b.Place("青禾区", "990101", schema.LevelDistrict, city)
	street := b.Place("柳溪街道", "990101001", schema.LevelStreet, district)
	b.Report().RegionID = district
	park := b.Entity(schema.KindPark, "青禾智谷产业园", func(e *schema.Entity) { e.Scope = "990101"; e.Aliases = []string{"智谷", "智谷园区"} })
	firm := b.Entity(schema.KindEnterprise, "云帆科技", func(e *schema.Entity) { e.Aliases = []string{"云帆"} })
	shop := b.Entity(schema.KindFacility, "星河书店", nil)
	b.Mention(0, firm, "云帆科技")
	b.Mention(0, park, "青禾智谷产业园")
	b.Mention(0, shop, "星河书店")
	b.Mention(0, street, "柳溪街道")
	b.Claim(firm, schema.SettledIn, park, b.Evidence(0, "云帆科技落户青禾智谷产业园", "settled"), nil)
	b.Claim(shop, schema.LocatedIn, street, b.Evidence(0, "柳溪街道新开星河书店", "located"), nil)
	b.Observation(schema.Observation{AboutID: district, Measure: "新增企业", Value: 1.7, Unit: "万家", Amount: 17000, BaseUnit: "家",
		Type: schema.Level, Hedge: schema.Exact}, b.Evidence(1, "1.7万家", "number"))
	return b.Reading()
}
