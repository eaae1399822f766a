package document

import (
	"strings"
	"testing"
)

// speech is a report's text from its greeting on.
const speech = `各位代表：
现在，我代表县人民政府，向大会报告工作，请予审议。
一、2022年工作回顾
2022年，全县地区生产总值达到86.4亿元，增长5.2%，松溪产业园引进企业12家。
新建茶城的细颗粒物浓度降到PM
2.5
标准以内，全年优良天数达到三百天，群众满意度居全市第一。
二、2023年工作安排
今年经济社会发展的主要预期目标是：地区生产总值增长6%左右。
各位代表！让我们同心协力，为建设美丽富裕的新云岭而努力奋斗！
名词解释
1.茶旅融合：指茶业与旅游相互促进。`

const headLines = "——2023年1月9日在云岭县第九届人民代表大会第三次会议上\n云岭县县长 林知远\n"

func TestCut(t *testing.T) {
	withTitle := "政府工作报告\n" + headLines + speech
	for _, test := range []struct{ name, text, want string }{
		{"nothing to cut", withTitle, withTitle},
		{
			"breadcrumbs and publishing lines above",
			"您所在的位置：网站首页 > 信息公开 > 政府工作报告\n索 引 号：00123/2023-00456\n发文日期：2023年1月20日\n文章来源：县政府办公室\n浏览次数： 86\n【字号：大 中 小】 打印\n" + withTitle,
			withTitle,
		},
		{
			"a crumb of plain arrows",
			"首页 » 政务公开 » 政府工作报告\n" + withTitle,
			withTitle,
		},
		{
			"title above the publishing lines",
			"2023年云岭县政府工作报告\n2023-01-20 09:12 来源：云岭日报\n字体：\n大\n中\n小\n分享：\n" + headLines + speech,
			"2023年云岭县政府工作报告\n" + headLines + speech,
		},
		{
			"page title beside the report's own",
			"政府文件\n云岭县2023年政府工作报告\n时间：2023-01-20??\t作者：云岭网??\t来源：政府官网??\t阅读：\n705\n评论：\n0\n" + withTitle,
			withTitle,
		},
		{
			"teaser of a report without title",
			"工作报告\n云岭县2023年政府工作报告\n时间：2023-01-20 阅读：\n7\n内容摘要：\n" + strings.ReplaceAll(headLines, "\n", "") + "各位代表：??现在，我代表县人民政府，向大会......\n" + headLines + speech,
			headLines + speech,
		},
		{
			"labelled header",
			"标题：二〇二三年政府工作报告\n年份：2023\n==========\n\n" + withTitle + "\n各位代表！谢谢大家的支持，我的报告完了！（图解）二〇二三年政府工作报告",
			withTitle + "\n各位代表！谢谢大家的支持，我的报告完了！",
		},
		{
			"share buttons, neighbours, lists of other pages",
			withTitle + "\n免责声明：本文仅代表作者观点，请读者参考，并自行核实相关内容，本站不承担任何责任。\n标签：\n2023年\n云岭县\n分享到：\nQQ空间\n新浪微博\n上一篇：\n青河县政府工作报告\n下一篇：\n没有了\n相关文章\n01-20\n青河县2023年政府工作报告\n01-19\n北岸区2023年政府工作报告\n本栏最新\n12-03\n东湖区2025年政府工作报告\n标签云\n工作报告\n国民经济",
			withTitle,
		},
		{
			"editor, scan code, attachments, the page's description of itself",
			withTitle + "\n责任编辑：\n何小川\n扫一扫在手机打开当前页\n相关附件>>\n相关链接>>\n0123456789abcdef0123:\n关于政府工作报告的决议\n打印本页\n关闭窗口\n2023年云岭县政府工作报告\n现在，我代表县人民政府，向大会报告工作，请予审议。",
			withTitle,
		},
		{
			"site footer",
			withTitle + "\n主办单位：云岭县人民政府办公室\n网站标识码：3700000001 鲁ICP备00000000号\n联系我们\n网站地图",
			withTitle,
		},
		{
			"links without a cue",
			withTitle + "\n关于召开座谈会的通知\n2023-01-18\n云岭县统计公报\n2023-01-17\n茶城招商公告\n2023-01-16",
			withTitle,
		},
		{
			"furniture in the middle of the text",
			strings.Replace(withTitle, "二、2023", "上一页 下一页\n— 3 —\n第4页 共9页\n二、2023", 1),
			withTitle,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			doc := mustRead(t, []byte(test.text))
			got := strings.Join(texts(doc), "\n")
			if got != strings.TrimSpace(test.want) {
				t.Errorf("got\n%s", got)
			}
			if r := doc.Report; r.Region != "云岭县" || r.Speaker != "林知远" || r.Date != "2023-01-09" || !strings.HasSuffix(r.Title, "政府工作报告") {
				t.Errorf("head: %+v", r)
			}
			lines := strings.Split(test.text, "\n")
			for _, p := range doc.Passages {
				if !strings.HasPrefix(lines[p.Line], p.Text) {
					t.Errorf("line %d is not %q", p.Line, p.Text)
				}
			}
		})
	}
}

// Sentences of reports that hold words of furniture.
func TestCutKeepsReportText(t *testing.T) {
	for _, line := range []string{
		"推广“扫一扫”缴费，建成智慧社区12个。",
		"（五）扫码点餐全覆盖",
		"办好县级电视台，提升县级网站影响力，县融媒体中心关注用户达12万，来源：县融媒体中心。",
		"相关链接企业38家落户松溪产业园。",
		"二、标签化管理",
		"上一年度遗留的12个项目全部完工。",
		"2.5",
	} {
		text := strings.Replace(headLines+speech, "二、2023", line+"\n二、2023", 1)
		found := false
		for _, got := range texts(mustRead(t, []byte(text))) {
			found = found || got == line
		}
		if !found {
			t.Errorf("lost %q", line)
		}
	}
}

// A report may itself be the list of other things: without sentences nothing
// is known to be furniture but what its words say.
func TestCutShortText(t *testing.T) {
	doc := mustRead(t, []byte("云岭县重点项目\n松溪产业园二期\n云岭茶城\n打印本页\n"))
	if got := strings.Join(texts(doc), "|"); got != "云岭县重点项目|松溪产业园二期|云岭茶城" {
		t.Errorf("got %s", got)
	}
}
