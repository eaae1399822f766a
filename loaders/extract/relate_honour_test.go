package extract

import (
	"testing"

	"github.com/lantu-kg/lantu/schema"
)

func TestHonours(t *testing.T) {
	checkSayings(t, []saying{
		{name: "the list before the verb", text: "{白石镇|地点}、{清溪镇|地点}获评全国乡村旅游重点镇。",
			want: []string{"白石镇 RECOGNIZED_AS 全国乡村旅游重点镇", "清溪镇 RECOGNIZED_AS 全国乡村旅游重点镇"}},
		{name: "a count closes the list", text: "{云谷科创园|园区}等4家园区入选全省首批特色园区。",
			want: []string{"云谷科创园 RECOGNIZED_AS 全省首批特色园区"}},
		{name: "quotes and 称号 are no part of it", text: "{龙泉河生态廊道|设施}荣获“省级美丽河湖”称号，{宏远机械|企业}获评“全省‘专精特新’企业”。",
			want: []string{"龙泉河生态廊道 RECOGNIZED_AS 省级美丽河湖", "宏远机械 RECOGNIZED_AS 全省‘专精特新’企业"}},
		{name: "the region unspoken", text: "成功创建省级洁净城市，连续三年被评为全省平安建设示范县，荣膺省级双拥模范城“四连冠”。",
			want: []string{"REGION RECOGNIZED_AS 省级洁净城市", "REGION RECOGNIZED_AS 全省平安建设示范县", "REGION RECOGNIZED_AS 省级双拥模范城“四连冠”"}},
		{name: "the region spoken", text: "我县在全省营商环境评价中获评A级，青川县获批国家数字乡村试点县。",
			want: []string{"REGION RECOGNIZED_AS A级", "REGION RECOGNIZED_AS 国家数字乡村试点县"}},
		{name: "who awards is no subject", text: "被{交通运输部|机构}评为交通强国建设试点县。",
			want: []string{"REGION RECOGNIZED_AS 交通强国建设试点县"}},
		{name: "the subject of the sentence", text: "{天香乳业|企业}产值突破10亿元，并摘得省级质量管理奖。",
			want: []string{"天香乳业 RECOGNIZED_AS 省级质量管理奖"}},
		{name: "a region's honour is not its sentence's subject's", text: "{客运枢纽站|设施}主体完工，获评全国四好农村路示范县。",
			want: []string{"REGION RECOGNIZED_AS 全国四好农村路示范县"}},
		{name: "two honours", text: "先后荣获国家卫生县城、全省文明城市等荣誉称号。",
			want: []string{"REGION RECOGNIZED_AS 国家卫生县城", "REGION RECOGNIZED_AS 全省文明城市"}},
		{name: "each its own", text: "{宏远机械|企业}、{蓝鲸冷链|企业}分别获评国家级绿色工厂、省级物流示范企业。",
			want: []string{"宏远机械 RECOGNIZED_AS 国家级绿色工厂", "蓝鲸冷链 RECOGNIZED_AS 省级物流示范企业"}},
		{name: "named by another", text: "{省农业农村厅|机构}命名{沃野园区|园区}为全省首批农村创业园区。",
			want: []string{"沃野园区 RECOGNIZED_AS 全省首批农村创业园区"}},
		{name: "counted among new ones", text: "新增{宏远机械|企业}、{智链科技|企业}等3家国家级专精特新小巨人企业。",
			want: []string{"宏远机械 RECOGNIZED_AS 国家级专精特新小巨人企业", "智链科技 RECOGNIZED_AS 国家级专精特新小巨人企业"}},
		{name: "sought and passed", text: "顺利通过省级社会信用体系建设典型城市验收，获全国农业技术推广贡献奖。",
			want: []string{"REGION RECOGNIZED_AS 省级社会信用体系建设典型城市", "REGION RECOGNIZED_AS 全国农业技术推广贡献奖"}},
		{name: "unnamed things", text: "5个项目入选全省优秀案例，获评省级绿色工厂3家，群众获得感持续提升，建成全省首个智能仓库。"},
		{name: "a plan", plan: true, text: "争创国家园林城市，{白石镇|地点}力争获评全国重点镇。"},
		{name: "becoming something that is no honour", text: "{会展经济|产业}成为新的增长极。"},
	}, schema.RecognizedAs)
}
