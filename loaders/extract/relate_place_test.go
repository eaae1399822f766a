package extract

import (
	"testing"

	"github.com/lantu-kg/lantu/schema"
)

func TestSettling(t *testing.T) {
	checkSayings(t, []saying{
		{name: "a place behind the verb", text: "{默克药业|企业}、{智链科技|企业}等12家企业入驻{云谷科创园|园区}。",
			want: []string{"默克药业 SETTLED_IN 云谷科创园", "智链科技 SETTLED_IN 云谷科创园"}},
		{name: "the park that opened", text: "{云谷科创园|园区}正式开园，引进{默克药业|企业}，{智链科技|企业}、{蓝鲸冷链|企业}等优质企业落地。",
			want: []string{"默克药业 SETTLED_IN 云谷科创园", "智链科技 SETTLED_IN 云谷科创园", "蓝鲸冷链 SETTLED_IN 云谷科创园"}},
		{name: "no place said", text: "引进{宝联汽车|企业}以及{巴洛斯|企业}等品牌，{华腾集团|企业}等项目签约落地。",
			want: []string{"宝联汽车 SETTLED_IN REGION", "巴洛斯 SETTLED_IN REGION", "华腾集团 SETTLED_IN REGION"}},
		{name: "the company in a project's name", text: "{远大集团智慧物流港|项目}签约落地。", inner: []string{"远大集团|企业"},
			want: []string{"远大集团 SETTLED_IN REGION"}},
		{name: "a place that is not named", text: "{首创集团|企业}等市属国企迁入城市副中心。"},
		{name: "only hoped for", text: "力争{华腾集团|企业}落户。"},
		{name: "what settles is unnamed", text: "{云谷科创园|园区}累计入驻企业超220家，落地项目49个。"},
	}, schema.SettledIn)
}

func TestLocations(t *testing.T) {
	checkSayings(t, []saying{
		{name: "places on top of each other", text: "{白石镇|地点}{柳湾村|地点}和{清溪乡|地点}{茶博园|设施}景色一新。",
			want: []string{"柳湾村 LOCATED_IN 白石镇", "茶博园 LOCATED_IN 清溪乡"}},
		{name: "places inside a name", text: "{白石镇柳湾村防洪工程|项目}顺利推进。", inner: []string{"白石镇|地点", "柳湾村|地点"},
			want: []string{"柳湾村 LOCATED_IN 白石镇", "白石镇柳湾村防洪工程 LOCATED_IN 柳湾村"}},
		{name: "founded there", text: "{林草局|机构}在{清平林场|地点}设立{森林生态观测站|设施}。",
			want: []string{"森林生态观测站 LOCATED_IN 清平林场"}},
		{name: "held there", text: "{山地自行车公开赛|活动}在{白石镇|地点}成功举办，{人才驿站|设施}位于{云谷科创园|园区}。",
			want: []string{"山地自行车公开赛 LOCATED_IN 白石镇", "人才驿站 LOCATED_IN 云谷科创园"}},
		{name: "brought into the park", text: "{云谷科创园|园区}正式开园，引进{生命科学联合实验室|设施}。",
			want: []string{"生命科学联合实验室 LOCATED_IN 云谷科创园"}},
		{name: "a project that settles", text: "{远大储能电站项目|项目}签约落户{云谷科创园|园区}，{华北果仓项目|项目}落户{青川|地点}。",
			want: []string{"远大储能电站项目 LOCATED_IN 云谷科创园"}},
		{name: "the road itself, the region, half the country", text: "{济临高速青川段|项目}开工，{青川茶叶展销中心|设施}、{长三角协同中心|设施}建成。",
			inner: []string{"济临高速|地点", "青川|地点", "长三角|地点"}},
		{name: "a river beside a river", text: "{长河|地点}{柳江|地点}水质稳定。"},
	}, schema.LocatedIn)
}
