package extract

import (
	"testing"

	"github.com/lantu-kg/lantu/schema"
)

func TestCooperation(t *testing.T) {
	checkSayings(t, []saying{
		{name: "the region and a list", text: "深化与{北方农大|机构}、{省农科院|机构}等院校的战略合作，与{大兴经开区|园区}签署协议。",
			want: []string{"REGION COOPERATES_WITH 北方农大", "REGION COOPERATES_WITH 省农科院", "REGION COOPERATES_WITH 大兴经开区"}},
		{name: "two parties", text: "{宏远机械|企业}与{北方农大|机构}共建实验室。",
			want: []string{"宏远机械 COOPERATES_WITH 北方农大"}},
		{name: "a word that says it by itself", text: "聘请{天工设计院|机构}编制规划，积极对接{长三角|地点}。",
			want: []string{"REGION COOPERATES_WITH 天工设计院", "REGION COOPERATES_WITH 长三角"}},
		{name: "what is founded with others", text: "与{滨海新区|地点}、{廊平市|地点}设置{医保协同窗口|设施}。",
			want: []string{"REGION COOPERATES_WITH 滨海新区", "REGION COOPERATES_WITH 廊平市"}},
		{name: "one body with others", text: "{县农业局|机构}会同{县水利局|机构}、{县林业局|机构}等6部门联合印发{河道管护方案|计划}。",
			want: []string{"县农业局 COOPERATES_WITH 县水利局", "县农业局 COOPERATES_WITH 县林业局"}},
		{name: "only joined", text: "{白石镇|地点}与{清溪镇|地点}水质达标，加强与群众联系。"},
	}, schema.CooperatesWith)
}

func TestResponsibility(t *testing.T) {
	checkSayings(t, []saying{
		{name: "the company in the name", text: "{远大集团年产3万吨面粉项目|项目}投产。", inner: []string{"远大集团|企业"},
			want: []string{"远大集团 RESPONSIBLE_FOR 远大集团年产3万吨面粉项目"}},
		{name: "signed with", text: "与{江南中利|企业}、{十方科技|企业}成功签约{光伏基地项目|项目}。",
			want: []string{"江南中利 RESPONSIBLE_FOR 光伏基地项目", "十方科技 RESPONSIBLE_FOR 光伏基地项目"}},
		{name: "the founder", text: "{政务服务中心|机构}揭牌设立{贷款服务专区|设施}。",
			want: []string{"政务服务中心 RESPONSIBLE_FOR 贷款服务专区"}},
		{name: "the contractor", text: "{远大集团|企业}投资12亿元的{冷链物流园|园区}开工，{山地马拉松|活动}由{省登山协会|机构}承办。",
			want: []string{"远大集团 RESPONSIBLE_FOR 冷链物流园", "省登山协会 RESPONSIBLE_FOR 山地马拉松"}},
		{name: "a body with others", text: "{县农业局|机构}会同{县水利局|机构}印发{河道管护方案|计划}。",
			want: []string{"县农业局 RESPONSIBLE_FOR 河道管护方案", "县水利局 RESPONSIBLE_FOR 河道管护方案"}},
		{name: "a company's park", text: "招引{远景智慧储能产业园|园区}。", inner: []string{"远景|企业"},
			want: []string{"远景 RESPONSIBLE_FOR 远景智慧储能产业园"}},
		{name: "its own phase", text: "{北方农大三期|项目}开工。", inner: []string{"北方农大|机构"}},
		{name: "a university town is not the university's", text: "{北方农大科技园|园区}正式运营。", inner: []string{"北方农大|机构"}},
	}, schema.ResponsibleFor)
}

func TestSupport(t *testing.T) {
	checkSayings(t, []saying{
		{name: "a list", text: "支持{智链科技|企业}、{蓝鲸冷链|企业}等企业做大做强，全力保障{青石高铁|项目}建设。",
			want: []string{"REGION SUPPORTS 智链科技", "REGION SUPPORTS 蓝鲸冷链", "REGION SUPPORTS 青石高铁"}},
		{name: "the next clause goes on", text: "支持{市城投集团|企业}打造融资主体，{农发公司|企业}扩大规模。",
			want: []string{"REGION SUPPORTS 市城投集团", "REGION SUPPORTS 农发公司"}},
		{name: "by service and by growth", text: "为{宏远机械|企业}提供用工保障，推动{天香乳业|企业}等龙头企业发展壮大。",
			want: []string{"REGION SUPPORTS 宏远机械", "REGION SUPPORTS 天香乳业"}},
		{name: "a body supports", text: "依托{和平医院|机构}打造{县康复中心|设施}。",
			want: []string{"和平医院 SUPPORTS 县康复中心"}},
		{name: "another's deed", text: "支持企业参与{云谷科创园|园区}建设，支持{白石镇|地点}发展旅游。"},
	}, schema.Supports)
}
