package extract

import (
	"slices"
	"strings"
	"testing"

	"github.com/lantu-kg/lantu/loaders/document"
	"github.com/lantu-kg/lantu/schema"
)

// mentionsOf finds the mentions of paragraphs in a report of a region.
func mentionsOf(t *testing.T, region string, paragraphs ...string) [][]Mention {
	t.Helper()
	x, err := rules()
	if err != nil {
		t.Fatal(err)
	}
	doc := &document.Document{Report: schema.Report{Region: region}}
	for i, text := range paragraphs {
		doc.Passages = append(doc.Passages, schema.Passage{Line: i, Text: text, Section: -1})
	}
	return x.mentions(x.texts(doc))
}

// written gives mentions as "KIND name=alias=alias".
func written(mentions []Mention) []string {
	var out []string
	for _, m := range mentions {
		s := string(m.Kind) + " " + m.Name
		for _, a := range m.Aliases {
			s += "=" + a.Name
		}
		out = append(out, s)
	}
	return out
}

func TestMentions(t *testing.T) {
	for family, cases := range map[string][]struct {
		text string
		want string // all that is found, separated by " | "
	}{
		"quoted labels": {
			{"深入实施“青禾计划”，为企业引才120名。", "PROGRAM 青禾计划"},
			{"完善“2+5”产业政策体系，兑付资金3亿元。", "PROGRAM 2+5=“2+5”产业政策体系"},
			{"推行“一窗办结”“掌上通办”改革，压减材料三成。", "PROGRAM 一窗办结 | PROGRAM 掌上通办=“掌上通办”改革"},
			{"“云河通”平台上线，服务企业2万家。", "FACILITY 云河通=“云河通”平台"},
			{"以“稳中求进”为主线，秉持“有求必应”态度，牢记“五个要领”。", ""},
			{"举办“夜游古渡”消费季，客流增长两成。", "EVENT 夜游古渡=“夜游古渡”消费季"},
			{"推进“十百千”工程，建成示范村12个。", "PROGRAM 十百千=“十百千”工程"},
		},
		"events and documents by their verbs": {
			{"成功举办首届临河非遗美食文化节，客流增长两成。", "EVENT 首届临河非遗美食文化节"},
			{"办好第三届中国（青屿）海岛消费节，举行东盟创新合作与交流论坛。", "EVENT 第三届中国（青屿）海岛消费节 | EVENT 东盟创新合作与交流论坛"},
			{"以更大力度推进制造业强县建设，全速推进云河渡口改造工程。", "PROGRAM 制造业强县 | INDUSTRY 制造业 | PROJECT 云河渡口改造工程"},
			{"印发促进城乡居民增收行动方案。", "PROGRAM 促进城乡居民增收行动方案"},
			{"推进青云产业园（二期）等3个项目。", "PROJECT 青云产业园（二期）=青云产业园"},
		},
		"labels that name nothing": {
			{"荣获“全国卫生县城”称号。", ""},
			{"推动法治宣传“进学校”“进社区”，整治“乱停乱放”。", ""},
			{"采取针对性措施稳企业。", ""},
			{"各景区“五一”前开放，“七一”期间免票。", ""},
			{"高标准建设中心镇，整修城区转盘。", ""},
			{"做好“三农”工作，跑出发展“加速度”。", ""},
			{"新增国家级“小巨人”企业6家。", ""},
			{"实现由“跟跑”向“领跑”的转变。", ""},
		},
		"titles": {
			{"出台《民营企业培育若干措施》，落实《养老服务条例》。", "PROGRAM 民营企业培育若干措施 | PROGRAM 养老服务条例"},
			{"听取了《关于上半年工作的报告》。", ""},
		},
		"heads": {
			{"青云科技园正式开园，云溪生态公园建成开放。", "PARK 青云科技园 | FACILITY 云溪生态公园"},
			{"开展农村饮水提质行动，健全工程招投标监管机制。", "PROGRAM 农村饮水提质行动 | PROGRAM 工程招投标监管机制"},
			{"完成凤鸣水库除险加固工程，实施巾帼创业培育工程。", "PROJECT 凤鸣水库除险加固工程 | PROGRAM 巾帼创业培育工程"},
			{"出台推动城乡融合高质量发展的实施意见。", "PROGRAM 推动城乡融合高质量发展的实施意见"},
			{"与华南理工大学共建省机器人研究院。", "ORGANIZATION 华南理工大学 | ORGANIZATION 省机器人研究院"},
			{"召开全市营商环境优化提升大会。", "EVENT 全市营商环境优化提升大会"},
			{"睿宏康荣获省长质量奖，其他工作有序开展。", "ENTERPRISE 睿宏康"},
			{"引进恒瑞昌电子，鼎信集团扩产。", "ENTERPRISE 恒瑞昌电子 | ENTERPRISE 鼎信集团"},
		},
		"verbs inside the name of what is instituted": {
			{"实施校舍焕新提速行动，开展打击非法捕捞专项行动。", "PROGRAM 校舍焕新提速行动 | PROGRAM 打击非法捕捞专项行动"},
			{"开展节水型学校和绿色商场创建行动。", "PROGRAM 节水型学校和绿色商场创建行动"},
			{"实施凤鸣山林提质行动和云溪水系消险行动。", "PROGRAM 凤鸣山林提质行动 | PROGRAM 云溪水系消险行动"},
			{"开展各类优先保障行动，完善工作推进机制。", ""},
			{"实施好民生普惠提标行动，实施一批优先改造计划。", "PROGRAM 民生普惠提标行动"},
			{"完善智慧港口统筹协调机制，完善物业服务体制机制。", "PROGRAM 智慧港口统筹协调机制"},
			{"开展绿色智能供水试点工作。", "PROGRAM 绿色智能供水试点"},
		},
		"heads of general nouns": {
			{"新建养老服务中心3个，改造农贸市场12个。", ""},
			{"建成5个省级现代农业产业园。", ""},
			{"加快重大项目建设，完善工作机制，深化重点领域改革。", ""},
			{"获评省级文明示范区。", ""},
			{"加强乡镇卫生院和社区医院能力建设。", ""},
		},
		"heads behind verbs, themes and brackets": {
			{"紧扣云溪科创走廊建设，重塑服务平台。", "PARK 云溪科创走廊"},
			{"杭州建设国家物流枢纽，争创国家文物保护示范区。", "PLACE 杭州"},
			{"建设金华（义乌）货运集结中心，办好中国（杭州）陶瓷博览会。", "FACILITY 金华（义乌）货运集结中心 | EVENT 中国（杭州）陶瓷博览会"},
			{"永和污水处理厂扩容改造完工。", "PROJECT 永和污水处理厂扩容改造"},
			{"推进云溪水厂建设项目（二期）。", "PROJECT 云溪水厂建设项目（二期）=云溪水厂建设项目"},
			{"污染地块安全利用率保持稳定。", ""},
			{"杭州南站投用，依托安远院士工作站攻关。", "FACILITY 杭州南站 | FACILITY 安远院士工作站"},
			{"苏州工业园区增长8%，丹江口水库水质稳定。", "PARK 苏州工业园区 | FACILITY 丹江口水库"},
			{"让“杭州制造”走向世界，引进恒瑞昌环保。", "ENTERPRISE 恒瑞昌环保"},
			{"建设“2+N”产业园区，办好“五好”园区。", ""},
		},
		"lists": {
			{"推进宁乡高纯硅材制备、株洲电驱系统制造等“十大产业项目”建设。", "PROJECT 宁乡高纯硅材制备 | PROJECT 株洲电驱系统制造 | PROGRAM 十大产业项目=“十大产业项目”建设"},
			{"办好篮球、足球等城市联赛。", "EVENT 城市联赛"},
			{"提升太湖、云溪古镇等景区。", "FACILITY 太湖 | FACILITY 云溪古镇"},
			{"青禾生物、蓝鲸智造、山风传感等12家企业落户。", "ENTERPRISE 青禾生物 | ENTERPRISE 蓝鲸智造 | ENTERPRISE 山风传感"},
			{"推进云溪粮仓改造、南岭抽水蓄能等9个项目建设。", "PROJECT 云溪粮仓改造 | PROJECT 南岭抽水蓄能"},
			{"发展数字创意、冷链物流、检验检测等产业。", "INDUSTRY 数字创意 | INDUSTRY 冷链物流 | INDUSTRY 检验检测"},
			{"与北京师范大学、宏达中学等学校合作办学。", "ORGANIZATION 北京师范大学 | ORGANIZATION 宏达中学"},
			{"推进供水、供热、燃气等基础设施建设。", ""},
		},
		"people": {
			{"县长 张立新", "PERSON 张立新"},
			{"习近平总书记到会，大家学习习近平生态文明思想。", "PERSON 习近平"},
			{"坚持以习近平新时代中国特色社会主义思想为指导。", ""},
			{"王守义院士来访，市长介绍情况。", "PERSON 王守义"},
		},
		"industries": {
			{"做强生物医药产业，人工智能产值增长三成。", "INDUSTRY 生物医药=生物医药产业 | INDUSTRY 人工智能"},
			{"大力发展夜游经济、航运和餐饮。", "INDUSTRY 夜游经济 | INDUSTRY 航运 | INDUSTRY 餐饮"},
			{"发展民营经济，改善餐饮条件，壮大实体经济，发展教育。", ""},
			{"抓好教育工作，推动农业产业化经营，改善食品供应。", ""},
		},
	} {
		for _, c := range cases {
			var want []string
			if c.want != "" {
				want = strings.Split(c.want, " | ")
			}
			if got := written(mentionsOf(t, "", c.text)[0]); !slices.Equal(got, want) {
				t.Errorf("%s: %s\ngot  %v\nwant %v", family, c.text, got, want)
			}
		}
	}
}

func TestMentionsOfPlaces(t *testing.T) {
	for _, c := range []struct{ region, text, want string }{
		{"高唐县", "梁村镇李奇村入选，人和路和徒骇河治理完成。", "PLACE 梁村镇 | PLACE 李奇村 | PLACE 人和路 | PLACE 徒骇河"},
		{"保定市", "赴河北廊坊、浙江余姚招商。", "PLACE 河北廊坊=廊坊 | PLACE 浙江余姚=余姚"},
		{"保定市", "积极融入京津冀协同发展，服务雄安新区。", "PROGRAM 京津冀协同发展 | PLACE 雄安新区"},
		{"保定市", "打通断头路4条，改造城中村6个，新增城区停车位。", ""},
		{"蠡县", "深化平安蠡县、法治蠡县建设，推动绿色蠡县建设。", "PROGRAM 平安蠡县 | PROGRAM 法治蠡县=法治蠡县建设 | PROGRAM 绿色蠡县=绿色蠡县建设"},
		{"蠡县", "全县政府系统学习江苏代表团做法，省自然资源厅、县政法委到会。", "ORGANIZATION 江苏代表团 | ORGANIZATION 省自然资源厅 | ORGANIZATION 县政法委"},
		{"蠡县", "推动文化振兴、生态振兴，坚持开放合作建设。", ""},
		{"蠡县", "为建设美丽河北贡献力量。", "PLACE 河北"},
		{"保定市", "打通新华西路、经二路和北三环，西三环北延至长城大街。", "PLACE 新华西路 | PLACE 经二路 | PLACE 北三环 | PLACE 西三环 | PLACE 长城大街"},
		{"保定市", "一路向前，提升二路公交。", ""},
		{"蠡县", "打造留史、鲍墟等4个中心镇。", "PLACE 留史 | PLACE 鲍墟"},
	} {
		var want []string
		if c.want != "" {
			want = strings.Split(c.want, " | ")
		}
		if got := written(mentionsOf(t, c.region, c.text)[0]); !slices.Equal(got, want) {
			t.Errorf("%s\ngot  %v\nwant %v", c.text, got, want)
		}
	}
}

// A name made sure of once is found where nothing marks it.
func TestMentionsAgain(t *testing.T) {
	got := mentionsOf(t, "", "实施“星火燎原行动”，培训千人。", "星火燎原行动成效明显。", "其他工作取得进展。")
	for i, want := range [][]string{{"PROGRAM 星火燎原行动"}, {"PROGRAM 星火燎原行动"}, nil} {
		if names := written(got[i]); !slices.Equal(names, want) {
			t.Errorf("passage %d: %v, want %v", i, names, want)
		}
	}
}

func TestMentionSpans(t *testing.T) {
	text := "青云科技园开园，入驻企业30家，青云科技园二期开工。"
	mentions := mentionsOf(t, "", text)[0]
	i := slices.IndexFunc(mentions, func(m Mention) bool { return m.Name == "青云科技园" })
	if i < 0 {
		t.Fatalf("not found in %v", written(mentions))
	}
	if want := []schema.Span{{Start: 0, End: 5}}; !slices.Equal(mentions[i].Spans, want) {
		t.Errorf("spans %v, want %v", mentions[i].Spans, want)
	}
	for _, m := range mentions {
		for _, s := range m.Spans {
			if got := string([]rune(text)[s.Start:s.End]); got != m.Name {
				t.Errorf("%s stands at %v, which reads %s", m.Name, s, got)
			}
		}
		if m.Rule == "" || m.Confidence <= 0 || m.Confidence > 1 {
			t.Errorf("%s: rule %q, confidence %v", m.Name, m.Rule, m.Confidence)
		}
	}
}

// FuzzMentions holds that no text makes the rules panic, and that spans slice
// the text.
func FuzzMentions(f *testing.F) {
	x, err := rules()
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range []string{
		"", "“", "《", "等", "”等3个", "、、等5家企业", "“一”“二”", "（一期）", "1.", "\xff产业园", "“a”、“b”等项目",
		"实施“青禾计划”，青云科技园、云溪公园等3个项目开工。", "——2025年1月8日在县第十七届人民代表大会第四次会议上 县长 张立新",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		doc := &document.Document{Passages: []schema.Passage{{Text: text, Section: -1}}}
		for _, t1 := range x.texts(doc) {
			for _, m := range x.mentions([]*Text{t1})[0] {
				for _, s := range m.Spans {
					if t1.String(s) != m.Name {
						t.Fatalf("%q: %v is not %q", text, s, m.Name)
					}
				}
				for _, a := range m.Aliases {
					if t1.String(a.Span) != a.Name {
						t.Fatalf("%q: %v is not %q", text, a.Span, a.Name)
					}
				}
			}
		}
	})
}
