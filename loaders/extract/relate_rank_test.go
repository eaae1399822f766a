package extract

import (
	"fmt"
	"slices"
	"testing"

	"github.com/lantu-kg/lantu/schema"
)

func TestRanks(t *testing.T) {
	x := extractorForTest(t)
	for _, test := range []struct {
		text string
		plan bool
		want []string // subject | value | number scope
	}{
		{"{云岭科技园|园区}成为全市首个氢能产业园。", false, []string{"云岭科技园 | 全市首个氢能产业园 | 1 全市"}},
		{"全国首个农产品交易平台“{云农链|设施}”上线。", false, []string{"云农链 | 全国首个农产品交易平台 | 1 全国"}},
		{"{云岭科技园|园区}获批建设，是国内首家零碳园区。", false, []string{"云岭科技园 | 国内首家零碳园区 | 1 国内"}},
		{"发出全省首张电子许可证。", false, []string{"REGION | 全省首张电子许可证 | 1 全省"}},
		{"“一窗通办”改革为全国首创。", false, nil},
		{"在全市率先开展电子证照改革。", false, []string{"REGION | 在全市率先开展电子证照改革 | 1 全市"}},
		{"率先在全省推行容缺办理。", false, []string{"REGION | 率先在全省推行容缺办理 | 1 全省"}},
		{"{青松制药|企业}在全国率先研制成功新药。", false, []string{"青松制药 | 在全国率先研制成功新药 | 1 全国"}},
		{"营商环境评价走在全省前列。", false, []string{"REGION | 营商环境评价走在全省前列 | 0 全省"}},
		{"新建公园8个，居全市前列。", false, []string{"REGION | 新建公园8个，居全市前列 | 0 全市"}},
		{"粮食单产居全省第一位。", false, []string{"REGION | 粮食单产居全省第一位 | 1 全省"}},
		{"投资增速排名全市第3。", false, []string{"REGION | 投资增速排名全市第3 | 3 全市"}},
		{"打造中西部地区首个算力中心。", true, []string{"REGION | 中西部地区首个算力中心 | 1 中西部地区"}},
		{"首个项目开工，率先垂范，始终走在前列。", false, nil}, // among whom is not said
		{"优良天数在全市平原县排名第二。", false, []string{"REGION | 优良天数在全市平原县排名第二 | 2 全市"}},
		{"形成8个“全市率先”。", false, nil},
		{"{全市首个样板工程|项目}开工。", false, nil},
	} {
		text, mentions := prepare(t, test.text, nil, test.plan)
		var got []string
		for _, c := range x.ranks(text, mentions, x.observe(text, mentions)) {
			subject := "REGION"
			if c.Subject >= 0 {
				subject = mentions[c.Subject].Name
			}
			got = append(got, fmt.Sprintf("%s | %s | %d %s", subject, c.Value, c.Rank.Number, c.Rank.Scope))
			if c.Relation != schema.Ranked || c.Confidence <= 0 || (c.Modality == schema.Aim) != test.plan {
				t.Errorf("%s: %+v", test.text, c)
			}
			if s := text.String(c.Span); s != c.Value {
				t.Errorf("%s: says %q at %q", test.text, c.Value, s)
			}
		}
		if test.text == "“一窗通办”改革为全国首创。" {
			if len(got) != 1 {
				t.Errorf("%s: %q", test.text, got)
			}
			continue
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s\n got %q\nwant %q", test.text, got, test.want)
		}
	}
}

func TestRanksStandApartFromAnnotatedClaims(t *testing.T) {
	text, mentions := prepare(t, "{云岭科技园|园区}成为全市首个氢能产业园。", nil, false)
	f := Found{Mentions: mentions, Claims: extractorForTest(t).ranks(text, mentions, nil)}
	for i := range f.Mentions {
		f.Mentions[i].Confidence = 1
	}
	if g := f.Gold(text.Passage); len(g.Claims) != 0 || len(g.Ranks) != 1 || g.Ranks[0].Object != "全市首个氢能产业园" {
		t.Errorf("%+v", g)
	}
}

func TestListsCutShort(t *testing.T) {
	x := extractorForTest(t)
	for _, test := range []struct {
		text string
		want []string // subject relation: named of size noun
	}{
		{"{云岭水厂|项目}、{南山隧道|项目}等6个项目开工。", []string{"云岭水厂 HAS_STATUS: 2 of 6 项目", "南山隧道 HAS_STATUS: 2 of 6 项目"}},
		{"引进{青松制药|企业}等10余家优质企业。", []string{"青松制药 SETTLED_IN: 1 of 10 优质企业"}},
		{"{云岭水厂|项目}、老桥连线、{南山隧道|项目}等6项工程竣工。", []string{"云岭水厂 HAS_STATUS: 3 of 6 工程", "南山隧道 HAS_STATUS: 3 of 6 工程"}},
		{"{云岭水厂|项目}等3个工程、{南山隧道|项目}等5个项目开工。", []string{"云岭水厂 HAS_STATUS: 1 of 3 工程", "南山隧道 HAS_STATUS: 1 of 5 项目"}},
		{"实施{云岭水厂|项目}等水利工程4项。", []string{"云岭水厂 HAS_STATUS: 1 of 4 水利工程"}},
		{"{云岭水厂|项目}、{南山隧道|项目}等2个项目开工。", []string{"云岭水厂 HAS_STATUS: whole", "南山隧道 HAS_STATUS: whole"}},
		{"{云岭水厂|项目}等项目开工，投资3亿元。", []string{"云岭水厂 HAS_STATUS: whole"}},
		{"{云岭水厂|项目}、{南山隧道|项目}开工。", []string{"云岭水厂 HAS_STATUS: whole", "南山隧道 HAS_STATUS: whole"}},
	} {
		text, mentions := prepare(t, test.text, nil, false)
		var got []string
		for _, c := range x.relate(text, mentions) {
			line := mentions[c.Subject].Name + " " + string(c.Relation) + ": whole"
			if l := c.List; l != nil {
				line = fmt.Sprintf("%s %s: %d of %d %s", mentions[c.Subject].Name, c.Relation, l.Named, l.Size, l.Noun)
				if l.Unknown() != l.Size-l.Named {
					t.Errorf("%d unknown", l.Unknown())
				}
			}
			got = append(got, line)
		}
		slices.Sort(got)
		slices.Sort(test.want)
		if !slices.Equal(got, test.want) {
			t.Errorf("%s\n got %q\nwant %q", test.text, got, test.want)
		}
	}
}
