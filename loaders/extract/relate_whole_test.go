package extract

import (
	"testing"

	"github.com/lantu-kg/lantu/schema"
)

func TestParts(t *testing.T) {
	checkSayings(t, []saying{
		{name: "a list under its name", text: "推进{水网连通工程|项目}、{算力枢纽工程|项目}等“{五大基建项目|项目}”建设。",
			want: []string{"水网连通工程 PART_OF 五大基建项目", "算力枢纽工程 PART_OF 五大基建项目"}},
		{name: "a list before a label", text: "实施{科技提升|计划}、{人才增效|计划}、{招商加力|计划}“{三大计划|计划}”。",
			want: []string{"科技提升 PART_OF 三大计划", "人才增效 PART_OF 三大计划", "招商加力 PART_OF 三大计划"}},
		{name: "labels in a row are no group", text: "统筹“{三区同建|计划}”“{四村联创|计划}”[3]“{三生提质|计划}”。"},
		{name: "an industry of industries", text: "壮大{工业设计|产业}、{科技服务|产业}等{生产性服务业|产业}，以{软件业|产业}为代表的{数字产业|产业}加快发展。",
			want: []string{"工业设计 PART_OF 生产性服务业", "科技服务 PART_OF 生产性服务业", "软件业 PART_OF 数字产业"}},
		{name: "a phase", text: "{县医院新院区二期|项目}主体完工。", inner: []string{"县医院新院区|设施"},
			want: []string{"县医院新院区二期 PART_OF 县医院新院区"}},
		{name: "a module and an evening", text: "{城市大脑|设施}上线{防汛模块|设施}，举办{茶博会|活动}“{青川之夜|活动}”等活动。",
			want: []string{"防汛模块 PART_OF 城市大脑", "青川之夜 PART_OF 茶博会"}},
		{name: "a note spells it out", text: "[7]“{四四行动|计划}”：包括{绿化行动|计划}、{净水行动|计划}和{清风行动|计划}。",
			want: []string{"绿化行动 PART_OF 四四行动", "净水行动 PART_OF 四四行动", "清风行动 PART_OF 四四行动"}},
		{name: "a note of notes", text: "[8]“{一二三部署|计划}”：坚持“一个目标”；推进“{两个优化|计划}”：是指{产业优化|计划}、{布局优化|计划}；依托{便民大厅|设施}办理。",
			want: []string{"两个优化 PART_OF 一二三部署", "产业优化 PART_OF 两个优化", "布局优化 PART_OF 两个优化"}},
		{name: "what a note only mentions", text: "[9]“{安居行动|计划}”：指通过落实补贴并结合{惠民计划|计划}改善住房。"},
		{name: "projects of a programme", text: "推进{水网攻坚行动|计划}，{柳江大堤|项目}、{南湖泵站|项目}等6个项目开工。",
			want: []string{"柳江大堤 PART_OF 水网攻坚行动", "南湖泵站 PART_OF 水网攻坚行动"}},
		{name: "industries of a counted group", text: "培育{氢能|产业}、{脑机接口|产业}等6个{未来产业|产业}。",
			want: []string{"氢能 PART_OF 未来产业", "脑机接口 PART_OF 未来产业"}},
		{name: "a numbered paragraph is no note", text: "1.实施{绿化行动|计划}。开展{净水行动|计划}。"},
		{name: "nor one with a colon", text: "1.{绿化行动|计划}：开展{净水行动|计划}。"},
	}, schema.PartOf)
}

func TestCoverage(t *testing.T) {
	checkSayings(t, []saying{
		{name: "a place inside the name", text: "持续开展{柳江流域综合治理|计划}，弘扬“{人文青川|计划}”。", inner: []string{"柳江|地点", "青川|地点"},
			want: []string{"柳江流域综合治理 COVERS 柳江"}},
		{name: "carried out there", text: "在{白石镇|地点}、{清溪镇|地点}实施{河长制|计划}。",
			want: []string{"河长制 COVERS 白石镇", "河长制 COVERS 清溪镇"}},
		{name: "reaching there", text: "“{清泉行动|计划}”已覆盖{白石镇|地点}、{清溪镇|地点}。",
			want: []string{"清泉行动 COVERS 白石镇", "清泉行动 COVERS 清溪镇"}},
		{name: "villages of the next clause", text: "聚焦“{清泉行动|计划}”，{白石镇|地点}{南坡村|地点}、{清溪镇|地点}{北桥村|地点}率先开展试点。",
			want: []string{"清泉行动 COVERS 南坡村", "清泉行动 COVERS 北桥村"}},
		{name: "going on to others", text: "深化“{清泉行动|计划}”工程，向{白石镇|地点}、{清溪镇|地点}拓展。",
			want: []string{"清泉行动 COVERS 白石镇", "清泉行动 COVERS 清溪镇"}},
		{name: "places that do something else", text: "实施“{清泉行动|计划}”，{白石镇|地点}、{清溪镇|地点}粮食丰收。"},
		{name: "supported trials", text: "支持{白石镇|地点}、{清溪镇|地点}开展{河长制试点|计划}。",
			want: []string{"河长制试点 COVERS 白石镇", "河长制试点 COVERS 清溪镇"}},
		{name: "counted places", text: "完成{白石镇|地点}等5个乡镇{产权制度改革|计划}。", want: []string{"产权制度改革 COVERS 白石镇"}},
		{name: "a note that tells a story", text: "[6]{清泉行动|计划}：上世纪六十年代{白石镇|地点}干部创造。"},
		{name: "a note", text: "[5]“{一带两心|计划}”：一带指沿{柳江|地点}的景观带，两心指{白石镇|地点}、{清溪镇|地点}。",
			want: []string{"一带两心 COVERS 柳江", "一带两心 COVERS 白石镇", "一带两心 COVERS 清溪镇"}},
	}, schema.Covers)
}

func TestTargets(t *testing.T) {
	checkSayings(t, []saying{
		{name: "an industry inside the name", text: "出台{支持低空经济发展若干措施|计划}。", inner: []string{"低空经济|产业"},
			want: []string{"支持低空经济发展若干措施 TARGETS 低空经济"}},
		{name: "the heading clause", text: "{数字医疗|产业}产业加速发展，{云谷科创园|园区}正式开园，{县影像中心|设施}投用，{智链科技|企业}扩产。",
			want: []string{"云谷科创园 TARGETS 数字医疗", "县影像中心 TARGETS 数字医疗"}},
		{name: "a note's industries", text: "[3]“{四链融合|计划}”：四链是指{造船|产业}、{纺织|产业}。",
			want: []string{"四链融合 TARGETS 造船", "四链融合 TARGETS 纺织"}},
		{name: "a heading of many", text: "发展{造船|产业}、{纺织|产业}、{茶业|产业}，建设{云谷科创园|园区}。"},
		{name: "not beyond the sentence", text: "{数字医疗|产业}产业加速发展。{云谷科创园|园区}正式开园。"},
		{name: "a programme's field", text: "实施{治本攻坚三年行动|计划}，紧盯{道路交通|产业}、{建筑施工|产业}等重点领域。",
			want: []string{"治本攻坚三年行动 TARGETS 道路交通", "治本攻坚三年行动 TARGETS 建筑施工"}},
		{name: "a list of fields before the name", text: "推进{畜禽|产业}、{油茶|产业}等{千亿产业升级工程|计划}。",
			want: []string{"千亿产业升级工程 TARGETS 畜禽", "千亿产业升级工程 TARGETS 油茶"}},
		{name: "the sort of projects", text: "{黄花滩光伏|项目}、{风旭畜光互补|项目}2个{新能源|产业}项目稳步推进。",
			want: []string{"黄花滩光伏 TARGETS 新能源", "风旭畜光互补 TARGETS 新能源"}},
	}, schema.Targets)
}
