package extract

import (
	"testing"

	"github.com/lantu-kg/lantu/schema"
)

func TestClaimPeriod(t *testing.T) {
	x := extractorForTest(t)
	for _, c := range []struct {
		text     string
		from, to string
	}{
		{"2023年5月，{山地马拉松|活动}成功举办。", "2023-05", "2023-05"},
		{"{南山水库|设施}于2024年底前建成。", "", "2024-12-31"},
		{"{南山水库|设施}6月底前建成。", "", "2024-06-30"},
		{"{南山水库|设施}2月底之前建成。", "", "2024-02-29"},
		{"到2025年，{南山水库|设施}建成。", "", "2025"},
		{"{南山水库|设施}年内建成。", "2024", "2024"},
		{"“十四五”期间，{南山水库|设施}建成。", "2021", "2025"},
		{"近三年，{南山水库|设施}建成。", "2022", "2024"},
		{"2021—2023年，{南山水库|设施}建成。", "2021", "2023"},
		{"{南山水库|设施}1月至6月开工建设。", "2024-01", "2024-06"},
		{"{南山水库|设施}2024年底建成。", "2024-12", "2024-12"},
		{"{南山水库|设施}上半年开工建设。", "2024-01", "2024-06"},
		{"{2022年度惠民方案|计划}印发实施。", "", ""},
		{"{南山水库|设施}建成，2023年蓄水。", "", ""},
		{"{南山水库|设施}建成。", "", ""},
	} {
		text, mentions := prepare(t, c.text, nil, false)
		text.Period = schema.Period{From: "2024", To: "2024"}
		claims := x.relate(text, mentions)
		if len(claims) == 0 {
			t.Errorf("%s: no claim", c.text)
		}
		for _, claim := range claims {
			if p := claim.Period; p.From != c.from || p.To != c.to || (p.Text == "") != (c.to == "") {
				t.Errorf("%s: period %+v, want %s to %s", c.text, p, c.from, c.to)
			}
		}
	}
}
