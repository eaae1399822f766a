package document

import (
	"fmt"
	"strings"
	"testing"

	"github.com/lantu-kg/lantu/schema"
)

// outlineOf writes sections as one line each: indentation shows nesting.
func outlineOf(doc *Document) string {
	var b strings.Builder
	for _, s := range doc.Sections {
		depth := 0
		for p := s.Parent; p >= 0; p = doc.Sections[p].Parent {
			depth++
		}
		span := s.Period.From
		if s.Period.To != s.Period.From {
			span += "-" + s.Period.To
		}
		fmt.Fprintf(&b, "%s%d %s%s @%d %s %s\n", strings.Repeat("  ", depth), s.Level, s.Number, s.Heading, s.Line, s.Mood, span)
	}
	return strings.TrimSpace(b.String())
}

const (
	headOf2023 = "政府工作报告\n——2023年1月9日在云岭县第九届人民代表大会第三次会议上\n云岭县县长 林知远\n各位代表：\n现在，我代表县人民政府，向大会报告工作，请予审议。\n"
	para       = "全县上下共同努力，各项工作有力有序，产业、城乡、民生面貌都有新的变化，发展质量稳步提高。\n"
)

func TestOutline(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{
			"numbered", headOf2023 +
				"一、2022年工作回顾\n" + para +
				"（一）产业发展提质增效。" + para +
				"1. 壮大工业。" + para +
				"二、2023年工作安排\n" + para +
				"(一)做强茶产业\n" + para +
				"1．建设茶城。" + para +
				"2、培育品牌\n" + para +
				"（二）提升城市品质\n" + para +
				"三、加强政府自身建设\n" + para,
			`1 一、2022年工作回顾 @5 REVIEW 2022
  2 （一）产业发展提质增效 @7 REVIEW 2022
    3 1.壮大工业 @8 REVIEW 2022
1 二、2023年工作安排 @9 PLAN 2023
  2 (一)做强茶产业 @11 PLAN 2023
    3 1．建设茶城 @13 PLAN 2023
    3 2、培育品牌 @14 PLAN 2023
  2 （二）提升城市品质 @16 PLAN 2023
1 三、加强政府自身建设 @18 PLAN 2023`,
		},
		{
			"parts without number, 一、 anew in each", headOf2023 +
				"2022年工作回顾\n" + para + "一、坚持工业强县，产业结构更优\n" + para + "二、坚持城乡统筹，环境面貌更美\n" + para +
				"2023年目标任务\n" + para + "一、聚焦产业兴县\n" + para + "（一）壮大企业。" + para + "二、聚焦民生实事\n" + para +
				"加强政府自身建设\n" + para,
			`0 2022年工作回顾 @5 REVIEW 2022
  1 一、坚持工业强县，产业结构更优 @7 REVIEW 2022
  1 二、坚持城乡统筹，环境面貌更美 @9 REVIEW 2022
0 2023年目标任务 @11 PLAN 2023
  1 一、聚焦产业兴县 @13 PLAN 2023
    2 （一）壮大企业 @15 PLAN 2023
  1 二、聚焦民生实事 @16 PLAN 2023
0 加强政府自身建设 @18 PLAN 2023`,
		},
		{
			"points without number, five years", headOf2023 +
				"过去五年工作回顾\n" + para + "五年来，我们转型升级，产业成效显著\n" + para + "五年来，我们改善民生，生活更加殷实\n" + para +
				"今后五年奋斗目标\n" + para + "今年政府工作重点\n" + para,
			`0 过去五年工作回顾 @5 REVIEW 2018-2022
  1 五年来，我们转型升级，产业成效显著 @7 REVIEW 2018-2022
  1 五年来，我们改善民生，生活更加殷实 @9 REVIEW 2018-2022
0 今后五年奋斗目标 @11 PLAN 2023-2027
0 今年政府工作重点 @13 PLAN 2023`,
		},
		{
			"headings glued to the text", headOf2023 +
				"一、2022年工作回顾2022年，" + para + "（一）产业发展迈上新台阶。" + para +
				"二、2023年工作总体要求和主要目标今年是关键一年。" + para + "三、2023年重点工作安排围绕上述目标，抓好以下工作：\n" + "（一）突出转型" + para,
			`1 一、2022年工作回顾 @5 REVIEW 2022
  2 （一）产业发展迈上新台阶 @6 REVIEW 2022
1 二、2023年工作总体要求和主要目标 @7 PLAN 2023
1 三、2023年重点工作安排 @8 PLAN 2023
  2 （一）突出转型全县上下共同努力，各项工作有力有序，产业、城乡、民生面貌都有新的变化，发展质量稳步提高 @9 PLAN 2023`,
		},
		{
			"plans of five years, chapters", strings.ReplaceAll(headOf2023, "2023", "2021") +
				"第一章 “十三五”时期和2020年工作回顾\n" + para + "第一节 产业升级\n" + para + "第二章 “十四五”时期主要目标任务\n" + para + "第三章 2021年重点工作\n" + para,
			`0 第一章“十三五”时期和2020年工作回顾 @5 REVIEW 2020
  1 第一节产业升级 @7 REVIEW 2020
0 第二章“十四五”时期主要目标任务 @9 PLAN 2021-2025
0 第三章2021年重点工作 @11 PLAN 2021`,
		},
		{
			"headings that say nothing", headOf2023 +
				"一、茶乡新貌\n一年来，全县地区生产总值同比增长5.2%，" + para + "二、扬帆奋进\n做好今年政府工作的总体要求是：" + para + "三、用心履职\n" + para,
			`1 一、茶乡新貌 @5 REVIEW 2022
1 二、扬帆奋进 @7 PLAN 2023
1 三、用心履职 @9 PLAN 2023`,
		},
		{
			"no headings, the text turns", headOf2023 + "一年来，" + para + "各位代表！过去的一年，" + para + "各位代表！2023年是关键之年。今年经济社会发展的主要预期目标是：经济增长6%。" + para + "我们将" + para,
			`1  @5 REVIEW 2022
1  @7 PLAN 2023`,
		},
		{
			"one section that turns", headOf2023 + "一、2022年工作回顾\n" + para + "2023年政府工作的总体要求是：稳中求进。" + para + "我们将" + para,
			`1 一、2022年工作回顾 @5 REVIEW 2022
  2  @7 PLAN 2023`,
		},
		{
			"a heading that says both", strings.ReplaceAll(headOf2023, "2023", "2021") +
				"一、2020年工作回顾\n" + para + "二、“十三五”时期发展成就和“十四五”时期主要目标\n“十三五”时期，" + para + para + "“十四五”时期，" + para + para + "三、2021年工作安排\n" + para,
			`1 一、2020年工作回顾 @5 REVIEW 2020
1 二、“十三五”时期发展成就和“十四五”时期主要目标 @7  
  2  @8 REVIEW 2016-2020
  2  @10 PLAN 2021-2025
1 三、2021年工作安排 @12 PLAN 2021`,
		},
		{
			"annexes", headOf2023 + "一、2022年工作回顾\n" + para + "二、2023年工作安排\n" + para + "附件1\n2023年民生实事\n一、改造学校。\n" + para + "附件2：名词解释\n1.茶旅融合：指茶业与旅游相互促进。\n2.四个茶城：\n指县城东南西北四处茶叶市场。\n",
			`1 一、2022年工作回顾 @5 REVIEW 2022
1 二、2023年工作安排 @7 PLAN 2023
0 附件1 @9  
0 2023年民生实事 @10 PLAN 2023
  1 一、改造学校 @11 PLAN 2023
0 附件2：名词解释 @13`,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			doc := mustRead(t, []byte(test.text))
			if got := outlineOf(doc); got != strings.TrimSpace(test.want) {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
			checkDocument(t, doc)
		})
	}
}

func TestOutlineOfExecution(t *testing.T) {
	doc := mustRead(t, []byte("关于北岸区2023年国民经济和社会发展计划执行情况的报告\n——2023年12月5日在北岸区第五届人民代表大会常务委员会第九次会议上\n北岸区发展和改革委员会主任 孟达\n主任、各位副主任、各位委员：\n受区政府委托，报告如下。\n一、壮大新动能\n"+para+"二、下一步工作安排\n"+para))
	want := "1 一、壮大新动能 @5 REVIEW 2023\n1 二、下一步工作安排 @7 PLAN"
	if got := outlineOf(doc); got != want {
		t.Errorf("got\n%s", got)
	}
}

func TestPassageSections(t *testing.T) {
	doc := mustRead(t, []byte(headOf2023+"一、2022年工作回顾\n"+para+"（一）产业提质。"+para+"（二）城乡更美\n"+para+"各位代表！"+para+"二、2023年工作安排\n"+para))
	want := []struct {
		section int
		heading bool
	}{
		{-1, false}, {-1, false}, {-1, false}, {-1, false}, {-1, false},
		{0, true}, {0, false}, {1, false}, {2, true}, {2, false},
		{0, false}, // turning to the listeners ends the points
		{3, true}, {3, false},
	}
	if len(doc.Passages) != len(want) {
		t.Fatalf("got %q", texts(doc))
	}
	for i, w := range want {
		if p := doc.Passages[i]; p.Section != w.section || p.Heading != w.heading {
			t.Errorf("%q: section %d, heading %v", p.Text, p.Section, p.Heading)
		}
	}
}

func TestNumbering(t *testing.T) {
	for in, want := range map[string]numbered{
		"一、回顾":       {styleHan, "一、", "回顾"},
		"十二、回顾":      {styleHan, "十二、", "回顾"},
		"第三章 目标":     {stylePart, "第三章", "目标"},
		"第二部分：目标":    {stylePart, "第二部分：", "目标"},
		"（十一）提升":     {styleBracketed, "（十一）", "提升"},
		"( 二 ) 提升":   {styleBracketed, "( 二 )", "提升"},
		"1.提升":       {styleArabic, "1.", "提升"},
		"１、提升":       {styleArabic, "１、", "提升"},
		"3.2022年的工作": {styleArabic, "3.", "2022年的工作"},
		"（3）提升":      {styleArabicBracketed, "（3）", "提升"},
		"3.5亿元投资":    {styleNone, "", "3.5亿元投资"},
		"2.5":        {styleNone, "", "2.5"},
		"一是提升":       {styleNone, "", "一是提升"},
		"第一产业增长":     {styleNone, "", "第一产业增长"},
	} {
		if got := numbering(in); got != want {
			t.Errorf("numbering(%s) = %+v", in, got)
		}
	}
}

// checkDocument holds what is true of every document.
func checkDocument(t testing.TB, doc *Document) {
	t.Helper()
	line := -1
	for i, p := range doc.Passages {
		if p.Ordinal != i || p.Line < line || p.Section < -1 || p.Section >= len(doc.Sections) || strings.TrimSpace(p.Text) != p.Text || p.Text == "" {
			t.Fatalf("passage %d: %+v", i, p)
		}
		line = p.Line
	}
	for i, s := range doc.Sections {
		if s.Ordinal != i || s.Parent >= i || s.Parent < -1 {
			t.Fatalf("section %d: %+v", i, s)
		}
		if s.Parent >= 0 && doc.Sections[s.Parent].Level >= s.Level {
			t.Fatalf("section %d does not nest in %d", i, s.Parent)
		}
		if (s.Mood == schema.MoodUnknown) && !s.Period.IsZero() {
			t.Fatalf("section %d has a period and no mood: %+v", i, s)
		}
	}
}
