package api

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/lantu-kg/lantu/schema"
)

// writer makes a reading by hand, passage by passage. Facts stand in the
// passage written last.
type writer struct {
	t       *testing.T
	reading schema.Reading
	texts   []schema.Passage
	facts   []func(*schema.Passage)
	at      []int // the passage of each of facts
}

func write(t *testing.T, report schema.Report) *writer {
	w := &writer{t: t}
	w.reading.Report = report
	return w
}

func (w *writer) section(level, parent int, number, heading string, mood schema.SectionMood) {
	w.reading.Sections = append(w.reading.Sections, schema.Section{
		Ordinal: len(w.reading.Sections), Level: level, Parent: parent, Number: number, Heading: heading,
		Line: 2 * len(w.texts), Mood: mood,
	})
}

func (w *writer) passage(text string) {
	n := len(w.texts)
	w.texts = append(w.texts, schema.Passage{Ordinal: n, Line: 2 * n, Page: n / 2, Text: text, Section: len(w.reading.Sections) - 1})
}

func (w *writer) entity(e schema.Entity) string {
	if e.Level != "" && e.Code != "" {
		e.ID = schema.PlaceID(e.Code)
	} else {
		e.ID = schema.EntityID(e.Kind, e.Name, e.Scope)
	}
	for i := range w.reading.Entities {
		if w.reading.Entities[i].ID == e.ID {
			return e.ID
		}
	}
	w.reading.Entities = append(w.reading.Entities, e)
	return e.ID
}

func (w *writer) named(kind schema.Kind, name string, aliases ...string) string {
	id := w.entity(schema.Entity{Kind: kind, Name: name, Aliases: aliases})
	w.later(func(p *schema.Passage) {
		if strings.Contains(p.Text, name) {
			m := schema.Mention{EntityID: id, Name: name, Evidence: w.evidence(p, name, 0.9)}
			if strings.Contains(p.Text, "“"+name+"”") {
				m.Merge = "label"
			}
			w.reading.Mentions = append(w.reading.Mentions, m)
		}
	})
	return id
}

func (w *writer) place(name, code string, level schema.PlaceLevel, parent string) string {
	id := w.entity(schema.Entity{Kind: schema.KindPlace, Name: name, Code: code, Level: level, ParentID: parent})
	w.later(func(p *schema.Passage) {
		if strings.Contains(p.Text, name) {
			w.reading.Mentions = append(w.reading.Mentions, schema.Mention{EntityID: id, Name: name, Evidence: w.evidence(p, name, 0.9)})
		}
	})
	return id
}

func (w *writer) claim(c schema.Claim, quote string, confidence float64) {
	if c.Modality == "" {
		c.Modality = schema.Fact
	}
	c.ID = schema.ClaimID(&c)
	w.later(func(p *schema.Passage) {
		c.Evidence = []schema.Evidence{w.evidence(p, quote, confidence)}
		w.reading.Claims = append(w.reading.Claims, c)
	})
}

func (w *writer) say(subject string, relation schema.Relation, object, quote string) {
	c := schema.Claim{SubjectID: subject, Relation: relation}
	if info, _ := relation.Info(); info.Object == schema.ObjectEntity {
		c.ObjectID = object
	} else {
		c.Value = object
	}
	w.claim(c, quote, 0.9)
}

func (w *writer) observe(o schema.Observation, quote string) string {
	if o.Modality == "" {
		o.Modality = schema.Fact
	}
	o.ID = schema.ObservationID(&o)
	w.later(func(p *schema.Passage) {
		o.Evidence = []schema.Evidence{w.evidence(p, quote, 0.95)}
		w.reading.Observations = append(w.reading.Observations, o)
	})
	return o.ID
}

func (w *writer) later(f func(*schema.Passage)) {
	w.facts = append(w.facts, f)
	w.at = append(w.at, len(w.texts)-1)
}

func (w *writer) evidence(p *schema.Passage, quote string, confidence float64) schema.Evidence {
	before, _, found := strings.Cut(p.Text, quote)
	if !found {
		w.t.Fatalf("%q does not stand in %q", quote, p.Text)
	}
	start := utf8.RuneCountInString(before)
	return schema.Evidence{
		ReportID: p.ReportID, PassageID: p.ID, Quote: quote, Rule: "by-hand", Confidence: confidence,
		Span: schema.Span{Start: start, End: start + utf8.RuneCountInString(quote)},
	}
}

func (w *writer) done() *schema.Reading {
	r := &w.reading
	r.Report.ID = schema.ReportID(w.texts)
	r.Report.Passages = len(w.texts)
	for i := range w.texts {
		w.texts[i].ReportID = r.Report.ID
		w.texts[i].ID = schema.PassageID(r.Report.ID, i)
		r.Report.Chars += utf8.RuneCountInString(w.texts[i].Text)
	}
	r.Passages = w.texts
	for i, f := range w.facts {
		f(&w.texts[max(w.at[i], 0)])
	}
	return r
}

// The district of the tests: 云江区 of 海川市, with 柳浦乡 and 上柳村 below it.
const (
	cityCode, districtCode, townCode, villageCode = "9901", "990101", "990101101", "990101101201"
)

func (w *writer) ladder() (city, district, town, village string) {
	city = w.place("海川市", cityCode, schema.LevelCity, "")
	district = w.place("云江区", districtCode, schema.LevelDistrict, city)
	town = w.place("柳浦乡", townCode, schema.LevelStreet, district)
	village = w.place("上柳村", villageCode, schema.LevelVillage, town)
	return city, district, town, village
}

// report2024 and report2025 are two years of one fictional district.
func report2024(t *testing.T) *schema.Reading {
	w := write(t, schema.Report{
		File: "yunjiang-2024.txt", Format: "text", Encoding: "UTF-8", Title: "云江区2024年政府工作报告",
		Region: "海川市云江区", RegionID: schema.PlaceID(districtCode), Issuer: "云江区人民政府", Speaker: "周一帆", Post: "区长",
		Meeting: "云江区第三届人民代表大会第四次会议", Date: "2024-01-10",
		Period: schema.Period{From: "2023", To: "2023"}, Aim: schema.Period{From: "2024", To: "2024"},
	})
	w.passage("云江区2024年政府工作报告")
	city, district, town, village := w.ladder()
	w.named(schema.KindPerson, "周一帆")

	w.section(1, -1, "一、", "2023年工作回顾", schema.MoodReview)
	w.section(2, 0, "(一)", "产业持续壮大", schema.MoodReview)
	w.passage("云江数字医疗产业园在柳浦乡开园,康桥制药、远山科仪2家企业签约入驻,云江大学附属研究院同步落户,聚焦数字医疗。")
	park := w.named(schema.KindPark, "云江数字医疗产业园", "数字医疗园")
	firm := w.named(schema.KindEnterprise, "康桥制药")
	second := w.named(schema.KindEnterprise, "远山科仪")
	institute := w.named(schema.KindOrganization, "云江大学附属研究院")
	medicine := w.named(schema.KindIndustry, "数字医疗")
	w.say(park, schema.LocatedIn, town, "云江数字医疗产业园在柳浦乡")
	w.say(park, schema.HasStatus, string(schema.StatusOpened), "开园")
	w.say(firm, schema.SettledIn, park, "康桥制药、远山科仪2家企业签约入驻")
	w.claim(schema.Claim{SubjectID: second, Relation: schema.SettledIn, ObjectID: park, Modality: schema.Fact,
		List: &schema.List{Size: 5, Named: 2, Noun: "企业"}}, "远山科仪2家企业签约入驻", 0.9)
	w.claim(schema.Claim{SubjectID: park, Relation: schema.Ranked, Value: "全市首个数字医疗产业园", Modality: schema.Fact,
		Rank: &schema.Standing{Number: 1, Scope: "全市"}}, "云江数字医疗产业园在柳浦乡开园", 0.8)
	w.say(institute, schema.SettledIn, park, "云江大学附属研究院同步落户")
	w.say(park, schema.Targets, medicine, "聚焦数字医疗")
	w.observe(schema.Observation{AboutID: park, Measure: "企业", Value: 2, Unit: "家", Type: schema.Level, Amount: 2, BaseUnit: "家"}, "2家")

	w.passage("金融业增加值增长约7.3%,利润1.2万亿元,占全市比重居第一位。")
	finance := w.named(schema.KindIndustry, "金融业")
	growth := w.observe(schema.Observation{AboutID: finance, Measure: "增加值", Value: 7.3, Unit: "%", Type: schema.Change, Amount: 7.3, BaseUnit: "%",
		Hedge: schema.About, Basis: "同比", Period: schema.Period{From: "2023", To: "2023"}}, "增长约7.3%")
	w.observe(schema.Observation{AboutID: finance, Measure: "利润", Value: 1.2, Unit: "万亿元", Type: schema.Level, Amount: 1.2e12, BaseUnit: "元",
		Derived: []schema.Derived{{Value: 1.1, Unit: "万亿元", Period: schema.Period{From: "2022", To: "2022"}, Rule: "derive.before"}},
		Checks:  []schema.Check{{Rule: "check.difference", Message: "1.1 + 0.2 is not 1.2", With: []string{growth}}}}, "1.2万亿元")
	w.observe(schema.Observation{AboutID: finance, Measure: "占全市比重", Value: 1, Unit: "位", Type: schema.Rank, Amount: 1, BaseUnit: "位"}, "第一位")

	w.section(2, 0, "(二)", "城乡面貌一新", schema.MoodReview)
	w.passage("深入实施“百村千景”工程,上柳村获评市级美丽乡村,柳浦河治理工程开工。")
	program := w.named(schema.KindProgram, "百村千景")
	river := w.named(schema.KindProject, "柳浦河治理工程")
	w.say(program, schema.Covers, village, "实施“百村千景”工程,上柳村")
	w.say(program, schema.HasStatus, string(schema.StatusStarted), "实施")
	w.say(village, schema.RecognizedAs, "市级美丽乡村", "获评市级美丽乡村")
	w.say(river, schema.PartOf, program, "“百村千景”工程,上柳村获评市级美丽乡村,柳浦河治理工程")
	w.say(river, schema.LocatedIn, village, "上柳村获评市级美丽乡村,柳浦河治理工程")
	w.say(river, schema.HasStatus, string(schema.StatusStarted), "开工")

	w.section(1, -1, "二、", "2024年重点任务", schema.MoodPlan)
	w.passage("云江建投集团负责柳浦河治理工程,力争年内竣工;在云江会展中心举办云江科技周,与康桥制药共建云江会展中心;云江区支持云江数字医疗产业园扩区,融入海川市北部。")
	builder := w.named(schema.KindEnterprise, "云江建投集团")
	center := w.named(schema.KindFacility, "云江会展中心")
	fair := w.named(schema.KindEvent, "云江科技周")
	w.say(builder, schema.ResponsibleFor, river, "云江建投集团负责柳浦河治理工程")
	w.claim(schema.Claim{SubjectID: river, Relation: schema.HasStatus, Value: string(schema.StatusPlanned), Modality: schema.Aim,
		Period: schema.Period{From: "2024", To: "2024", Text: "年内"}}, "力争年内竣工", 0.7)
	w.say(fair, schema.LocatedIn, center, "在云江会展中心举办云江科技周")
	w.say(builder, schema.CooperatesWith, firm, "与康桥制药共建")
	w.say(district, schema.Supports, park, "云江区支持云江数字医疗产业园")
	w.say(district, schema.PartOf, city, "融入海川市北部")
	return w.done()
}

func report2025(t *testing.T) *schema.Reading {
	w := write(t, schema.Report{
		File: "yunjiang-2025.html", Format: "html", Encoding: "GB18030", Title: "云江区2025年政府工作报告",
		Region: "海川市云江区", RegionID: schema.PlaceID(districtCode), Date: "2025-01-08",
	})
	w.passage("云江区2025年政府工作报告")
	_, _, town, village := w.ladder()
	w.section(1, -1, "一、", "2024年工作回顾", schema.MoodReview)
	w.passage("“百村千景”工程扩面,上柳村、柳浦乡全域推进;柳浦河治理工程竣工。康桥制药入驻云江数字医疗产业园。")
	program := w.named(schema.KindProgram, "百村千景")
	river := w.named(schema.KindProject, "柳浦河治理工程")
	firm := w.named(schema.KindEnterprise, "康桥制药")
	park := w.named(schema.KindPark, "云江数字医疗产业园", "数字医疗园")
	w.say(program, schema.Covers, village, "“百村千景”工程扩面,上柳村")
	w.say(program, schema.Covers, town, "柳浦乡全域推进")
	w.say(river, schema.HasStatus, string(schema.StatusCompleted), "竣工")
	w.say(firm, schema.SettledIn, park, "康桥制药入驻云江数字医疗产业园")
	return w.done()
}
