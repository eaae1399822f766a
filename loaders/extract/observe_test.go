package extract

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/lantu-kg/lantu/loaders/document"
	"github.com/lantu-kg/lantu/schema"
)

// named is a mention given to the rules: a name and its kind.
type named struct {
	name string
	kind schema.Kind
}

// observed reads a passage of the work report that 云河县 gave in 2025.
func observed(t testing.TB, text string, mood schema.SectionMood, names ...named) (*Text, []Mention, []Observation) {
	t.Helper()
	x, err := rules()
	if err != nil {
		t.Fatal(err)
	}
	doc := &document.Document{
		Report: schema.Report{Region: "云河县", Date: "2025-02-18",
			Period: schema.Period{From: "2024", To: "2024"}, Aim: schema.Period{From: "2025", To: "2025"}},
		Sections: []schema.Section{{Mood: mood}},
		Passages: []schema.Passage{{Text: text}},
	}
	prepared := x.texts(doc)[0]
	var mentions []Mention
	for _, n := range names {
		spans := occurrences(prepared.Runes, n.name)
		if len(spans) == 0 {
			t.Fatalf("%s is not in %s", n.name, text)
		}
		mentions = append(mentions, Mention{Name: n.name, Kind: n.kind, Spans: spans})
	}
	return prepared, mentions, x.observe(prepared, mentions)
}

// row writes an observation as: type value unit | measure | about | quote.
func row(t *Text, mentions []Mention, o Observation) string {
	about := "REGION"
	if o.About >= 0 {
		about = mentions[o.About].Name
	}
	return fmt.Sprintf("%s %v %s | %s | %s | %s", o.Type, o.Value, o.Unit, o.Measure, about, t.String(o.Span))
}

func TestObserve(t *testing.T) {
	tests := []struct {
		family, text string
		names        []named
		want         []string
	}{
		{"numbers", "全县登记经营主体1,234户，发放补贴１２．５万元，化肥用量减少3.5%。", nil, []string{
			"level 1234 户 | 经营主体 | REGION | 1,234户",
			"level 12.5 万元 | 补贴 | REGION | １２．５万元",
			"change -3.5 % | 化肥用量 | REGION | 减少3.5%",
		}},
		{"scale", "服务群众3万余人次，受理诉求8000余件，吸引游客1.2亿人次，外来人口4万多人。", nil, []string{
			"level 3 万余人次 | 服务群众 | REGION | 3万余人次",
			"level 8000 件 | 诉求 | REGION | 8000余件",
			"level 1.2 亿人次 | 游客 | REGION | 1.2亿人次",
			"level 4 万多人 | 外来人口 | REGION | 4万多人",
		}},
		{"range", "新建2-3个文化站，工业投资增长5%—6%。", nil, []string{
			"level 2 个 | 文化站 | REGION | 2-3个",
			"change 5 % | 工业投资 | REGION | 增长5%—6%",
		}},
		{"units", "铺设光缆80皮长公里，年发电3.5亿千瓦时，细颗粒物浓度为31微克/立方米，算力规模达到400P。", nil, []string{
			"level 80 皮长公里 | 光缆 | REGION | 80皮长公里",
			"level 3.5 亿千瓦时 | 年发电 | REGION | 3.5亿千瓦时",
			"level 31 微克/立方米 | 细颗粒物浓度 | REGION | 31微克/立方米",
			"level 400 P | 算力规模 | REGION | 400P",
		}},
		{"no unit", "第十七届人大四次会议，2024年12月19日，G107与S333，5G网络，12345热线，“1+7”体系，“3个100”工程，幸福路81号，〔12〕，图3。", nil, nil},
		{"thresholds and labels", "引进10亿元以上项目，扶持三大主导产业和四大领域，连续五年进位，推动一批改革，努力实现6个“稳步提升”。", nil, nil},
		{"time", "审批时限压缩至3个工作日，空气优良天数达到300天，紧抓144小时过境免签政策，仅用100天完成主体工程。", nil, []string{
			"level 3 个工作日 | 审批时限 | REGION | 3个工作日",
			"level 300 天 | 空气优良天数 | REGION | 300天",
			"level 100 天 | 主体工程 | REGION | 100天",
		}},
		{"chinese numerals", "绿电占比超三成，三分之二的公园免费开放，斩获两项国家级荣誉，带动万名青年返乡，旅客吞吐量再次破亿。", nil, []string{
			"share 3 成 | 绿电占比 | REGION | 三成",
			"share 0.667  | 公园 | REGION | 三分之二",
			"level 2 项 | 国家级荣誉 | REGION | 两项",
			"level 1 万名 | 青年 | REGION | 万名",
			"level 1 亿 | 旅客吞吐量 | REGION | 破亿",
		}},
		{"change", "地区生产总值增长6.1%，事故起数同比下降12%，办理时限压减八成，户数较上年增加17户，失业率提高到5%，增速高于全市1.5个百分点。", nil, []string{
			"change 6.1 % | 地区生产总值 | REGION | 增长6.1%",
			"change -12 % | 事故起数 | REGION | 下降12%",
			"change -8 成 | 办理时限 | REGION | 压减八成",
			"change 17 户 | 户数 | REGION | 增加17户",
			"share 5 % | 失业率 | REGION | 5%",
			"change 1.5 个百分点 | 增速 | REGION | 高于全市1.5个百分点",
		}},
		{"taken away", "调减高耗水作物2万亩，新增耕地3000亩。", nil, []string{
			"change -2 万亩 | 高耗水作物 | REGION | 调减高耗水作物2万亩",
			"level 3000 亩 | 耕地 | REGION | 3000亩",
		}},
		{"share", "税收占比达70%，垃圾清运率100%，完成年度计划的120%。", nil, []string{
			"share 70 % | 税收占比 | REGION | 70%",
			"share 100 % | 垃圾清运率 | REGION | 100%",
			"share 120 % | 年度计划 | REGION | 120%",
		}},
		{"rank", "粮食单产居全省第一位，进出口总额由全市第9名升至第2名，投资增速位列全市前三，始终把安全摆在首位。", nil, []string{
			"rank 1 位 | 粮食单产 | REGION | 第一位",
			"rank 9 位 | 进出口总额 | REGION | 第9名",
			"rank 2 位 | 进出口总额 | REGION | 第2名",
			"rank 3 位 | 投资增速 | REGION | 前三",
		}},
		{"ranks of a list", "养老床位、助餐点均居全市首位。走访企业600家，解决难题80项，数量均居全市第一。", nil, []string{
			"rank 1 位 | 养老床位 | REGION | 首位",
			"rank 1 位 | 助餐点 | REGION | 首位",
			"level 600 家 | 企业 | REGION | 600家",
			"level 80 项 | 难题 | REGION | 80项",
			"rank 1 位 | 企业 | REGION | 第一",
			"rank 1 位 | 难题 | REGION | 第一",
		}},
		{"respective", "新增瞪羚企业、独角兽企业18家、2家。办结率、满意率分别增长3.4、2.8个百分点。", nil, []string{
			"level 18 家 | 瞪羚企业 | REGION | 18家",
			"level 2 家 | 独角兽企业 | REGION | 2家",
			"change 3.4 个百分点 | 办结率 | REGION | 增长3.4",
			"change 2.8 个百分点 | 满意率 | REGION | 2.8个百分点",
		}},
		{"respective, joint noun", "城乡居民人均可支配收入分别达到4万元、2万元，增长5%和6%以上。", nil, []string{
			"level 4 万元 | 城乡居民人均可支配收入 | REGION | 4万元",
			"level 2 万元 | 城乡居民人均可支配收入 | REGION | 2万元",
			"change 5 % | 城乡居民人均可支配收入 | REGION | 增长5%",
			"change 6 % | 城乡居民人均可支配收入 | REGION | 6%",
		}},
		{"one for all, one each", "报销率、参保率均达98%。建成图书馆、体育馆各1座。", nil, []string{
			"share 98 % | 报销率 | REGION | 98%",
			"share 98 % | 参保率 | REGION | 98%",
			"level 1 座 | 图书馆 | REGION | 1座",
			"level 1 座 | 体育馆 | REGION | 1座",
		}},
		{"two levels", "养老机构从39家发展到91家。", nil, []string{
			"level 39 家 | 养老机构 | REGION | 39家",
			"level 91 家 | 养老机构 | REGION | 91家",
		}},
		{"carried over", "财政收入完成30亿元，同比增长7%，排名全市第三。", nil, []string{
			"level 30 亿元 | 财政收入 | REGION | 30亿元",
			"change 7 % | 财政收入 | REGION | 增长7%",
			"rank 3 位 | 财政收入 | REGION | 第三",
		}},
		{"object", "实施20个技改项目，为5万名老人提供助餐服务，12条背街小巷全部完工，全年6次举办招商推介会。", nil, []string{
			"level 20 个 | 技改项目 | REGION | 20个",
			"level 5 万名 | 老人 | REGION | 5万名",
			"level 12 条 | 背街小巷 | REGION | 12条",
			"level 6 次 | 招商推介会 | REGION | 6次",
		}},
		{"households and people", "纳入监测对象36户108人，惠及15个村2000户。", nil, []string{
			"level 36 户 | 监测对象 | REGION | 36户",
			"level 108 人 | 监测对象 | REGION | 108人",
			"level 15 个 | 村 | REGION | 15个",
			"level 2000 户 | 户 | REGION | 2000户",
		}},
		{"owner before", "白鹭湾科技园入驻企业86家。纺织业增加值增长4%。清溪镇财政收入突破2亿元。",
			[]named{{"白鹭湾科技园", schema.KindPark}, {"纺织业", schema.KindIndustry}, {"清溪镇", schema.KindPlace}}, []string{
				"level 86 家 | 入驻企业 | 白鹭湾科技园 | 86家",
				"change 4 % | 增加值 | 纺织业 | 增长4%",
				"level 2 亿元 | 财政收入 | 清溪镇 | 2亿元",
			}},
		{"owner behind", "总投资12亿元的云岭抽水蓄能项目开工，投资3亿元、日供水能力5万吨的城东水厂通水。",
			[]named{{"云岭抽水蓄能项目", schema.KindProject}, {"城东水厂", schema.KindFacility}}, []string{
				"level 12 亿元 | 总投资 | 云岭抽水蓄能项目 | 12亿元",
				"level 3 亿元 | 投资 | 城东水厂 | 3亿元",
				"level 5 万吨 | 日供水能力 | 城东水厂 | 5万吨",
			}},
		{"explained in brackets", "推进云岭风电项目（总投资6亿元）等项目建设。", []named{{"云岭风电项目", schema.KindProject}}, []string{
			"level 6 亿元 | 总投资 | 云岭风电项目 | 6亿元",
		}},
		{"since it began", "云河热线开通以来，办结诉求3000件。", []named{{"云河热线", schema.KindFacility}}, []string{
			"level 3000 件 | 诉求 | 云河热线 | 3000件",
		}},
		{"money put into a thing", "投资2亿元新建云河二水厂，建成18公里滨河快速路。",
			[]named{{"云河二水厂", schema.KindFacility}, {"滨河快速路", schema.KindPlace}}, []string{
				"level 2 亿元 | 投资 | 云河二水厂 | 2亿元",
				"level 18 公里 | 滨河快速路 | 滨河快速路 | 18公里",
			}},
		{"what a thing does", "云河物流园建成投用，吸引商户320家。举办云河灯会，接待游客12万人次，带动消费6000万元。实施百村行动，新建厕所90座。",
			[]named{{"云河物流园", schema.KindPark}, {"云河灯会", schema.KindEvent}, {"百村行动", schema.KindProgram}}, []string{
				"level 320 家 | 商户 | 云河物流园 | 320家",
				"level 12 万人次 | 游客 | 云河灯会 | 12万人次",
				"level 6000 万元 | 消费 | 云河灯会 | 6000万元",
				"level 90 座 | 厕所 | REGION | 90座",
			}},
		{"a programme's name as a sort", "新增“两重”项目30个，“无证明”清单覆盖事项1200项。",
			[]named{{"两重", schema.KindProgram}, {"无证明", schema.KindProgram}}, []string{
				"level 30 个 | “两重”项目 | REGION | 30个",
				"level 1200 项 | 清单覆盖事项 | 无证明 | 1200项",
			}},
		{"owner in the clause before", "创新推出“惠农贷”，授信金额4600万元。云上产业集群企业达到24家，年营收37亿元，同比增长10%。",
			[]named{{"惠农贷", schema.KindProgram}, {"云上产业集群", schema.KindPark}}, []string{
				"level 4600 万元 | 授信金额 | 惠农贷 | 4600万元",
				"level 24 家 | 企业 | 云上产业集群 | 24家",
				"level 37 亿元 | 年营收 | 云上产业集群 | 37亿元",
				"change 10 % | 年营收 | 云上产业集群 | 增长10%",
			}},
		{"members of a list own nothing", "柳林镇、石桥乡等9个乡镇完成改造，支持云帆科技等5家企业上市。",
			[]named{{"柳林镇", schema.KindPlace}, {"石桥乡", schema.KindPlace}, {"云帆科技", schema.KindEnterprise}}, []string{
				"level 9 个 | 乡镇 | REGION | 9个",
				"level 5 家 | 企业 | REGION | 5家",
			}},
		{"the region again", "云河智谷入驻企业220家，全县数字经济企业超1200家。",
			[]named{{"云河智谷", schema.KindPark}, {"数字经济", schema.KindIndustry}}, []string{
				"level 220 家 | 入驻企业 | 云河智谷 | 220家",
				"level 1200 家 | 数字经济企业 | REGION | 1200家",
			}},
		{"capacity in a name", "加快推进青岭200兆瓦风电项目。", []named{{"青岭200兆瓦风电项目", schema.KindProject}}, []string{
			"level 200 兆瓦 | 风电 | 青岭200兆瓦风电项目 | 200兆瓦",
		}},
		{"program over things", "完成15个村饮水安全工程。", []named{{"饮水安全工程", schema.KindProject}}, []string{
			"level 15 个 | 村 | 饮水安全工程 | 15个",
		}},
		{"a note explains", "[3]“2+1”整治：2个市级专项，1个县级专项。", []named{{"2+1", schema.KindProgram}}, []string{
			"level 2 个 | 市级专项 | 2+1 | 2个",
			"level 1 个 | 县级专项 | 2+1 | 1个",
		}},
	}
	for _, test := range tests {
		t.Run(test.family, func(t *testing.T) {
			text, mentions, found := observed(t, test.text, schema.MoodReview, test.names...)
			var got []string
			for _, o := range found {
				got = append(got, row(text, mentions, o))
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("%s\ngot  %s\nwant %s", test.text, strings.Join(got, "\n     "), strings.Join(test.want, "\n     "))
			}
		})
	}
}

// What is told of a number besides its measure.
func TestObserveQualifiers(t *testing.T) {
	year := schema.Period{From: "2024", To: "2024"}
	tests := []struct {
		text     string
		mood     schema.SectionMood
		amount   float64
		base     string
		hedge    schema.Hedge
		basis    string
		from, to string
		modality schema.Modality
	}{
		{"全县企业超1.7万家。", schema.MoodReview, 17000, "家", schema.Over, "", year.From, year.To, schema.Fact},
		{"装机容量约3万千瓦。", schema.MoodReview, 30000, "千瓦", schema.About, "", year.From, year.To, schema.Fact},
		{"前三季度，财政收入同比增长近7%。", schema.MoodReview, 7, "%", schema.Nearly, "同比", "2024-01", "2024-09", schema.Fact},
		{"1-10月，新设企业300家。", schema.MoodReview, 300, "家", schema.Exact, "", "2024-01", "2024-10", schema.Fact},
		{"2023年，新建公园12个以上。", schema.MoodReview, 12, "个", schema.AtLeast, "", "2023", "2023", schema.Fact},
		{"去年上半年，出口额达9亿元。", schema.MoodReview, 9e8, "元", schema.Exact, "", "2024-01", "2024-06", schema.Fact},
		{"项目较2021年增加17个。", schema.MoodReview, 17, "个", schema.Exact, "较2021年", year.From, year.To, schema.Fact},
		{"失业率控制在5%以内。", schema.MoodPlan, 5, "%", schema.AtMost, "", "2025", "2025", schema.Aim},
		{"力争新增企业90家。", schema.MoodReview, 90, "家", schema.Exact, "", year.From, year.To, schema.Aim},
		// Expected is what shall be, not all that the word stands in.
		{"预期目标是财政收入增长6%。", schema.MoodReview, 6, "%", schema.Exact, "", year.From, year.To, schema.Aim},
		{"人均预期寿命达80岁。", schema.MoodReview, 80, "岁", schema.Exact, "", year.From, year.To, schema.Fact},
		{"市场预期好转，财政收入增长6%。", schema.MoodReview, 6, "%", schema.Exact, "", year.From, year.To, schema.Fact},
		// What was before the plan, or what the plan is made of, is no aim.
		{"2020年建成公园8个。", schema.MoodPlan, 8, "个", schema.Exact, "", "2020", "2020", schema.Fact},
		{"完成结转2024年农田建设34万亩。", schema.MoodPlan, 340000, "亩", schema.Exact, "", "2024", "2024", schema.Aim},
		{"规划提出22项主要指标。", schema.MoodPlan, 22, "项", schema.Exact, "", "2025", "2025", schema.Fact},
		{"完成15项重点任务。", schema.MoodPlan, 15, "项", schema.Exact, "", "2025", "2025", schema.Aim},
		{"事故死亡率控制在0.6人/百亿元以下。", schema.MoodPlan, 0.6, "人/百亿元", schema.AtMost, "", "2025", "2025", schema.Aim},
		{"新建学校不少于3所。", schema.MoodPlan, 3, "所", schema.AtLeast, "", "2025", "2025", schema.Aim},
	}
	for _, test := range tests {
		_, _, found := observed(t, test.text, test.mood)
		if len(found) != 1 {
			t.Errorf("%s: %d observations, want 1", test.text, len(found))
			continue
		}
		o := found[0]
		if math.Abs(o.Amount-test.amount) > 1e-6 || o.BaseUnit != test.base {
			t.Errorf("%s: %v %s, want %v %s", test.text, o.Amount, o.BaseUnit, test.amount, test.base)
		}
		if o.Hedge != test.hedge || o.Basis != test.basis || o.Modality != test.modality {
			t.Errorf("%s: hedge %q basis %q modality %q, want %q %q %q", test.text, o.Hedge, o.Basis, o.Modality, test.hedge, test.basis, test.modality)
		}
		if o.Period.From != test.from || o.Period.To != test.to {
			t.Errorf("%s: period %s to %s, want %s to %s", test.text, o.Period.From, o.Period.To, test.from, test.to)
		}
	}
}

// What grew on average of several years is told from what grew in one.
func TestAveragesOfSeveralYears(t *testing.T) {
	for _, test := range []struct {
		text string
		want []string // measure value unit, = of one year, ~ an average; from-to
	}{
		{"“十三五”时期，全县地区生产总值年均增长8%，2024年增长5.2%。", []string{"地区生产总值 8% ~2016-2020", "地区生产总值 5.2% =2024-2024"}},
		{"茶叶产值达12亿元，“十四五”以来年均增长9%。", []string{"茶叶产值 12亿元 =2024-2024", "茶叶产值 9% ~2021-2024"}},
		{"2019—2021年财政收入两年平均增长6.1%。", []string{"财政收入 6.1% ~2019-2021"}},
		{"茶叶出口两年平均增长6.1%。", []string{"茶叶出口 6.1% ~2023-2024"}},
		{"旅游收入近三年年均增长11%以上。", []string{"旅游收入 11% ~2022-2024"}},
		{"五年来，城乡面貌一新。工业投资年均分别增长8%、9%。", []string{"工业投资 8% ~2020-2024", "工业投资 9% ~2020-2024"}},
		{"“十四五”粮食产量年均增长2%、高于全省1个百分点。", []string{"粮食产量 2% ~2021-2025", "粮食产量 1个百分点 ~2021-2025"}},
		{"过去五年，年均新增就业3万人，研发经费年均复合增长率12%。", []string{"就业 3万人 ~2020-2024", "研发经费年均复合增长率 12% ~2020-2024"}},
		// Of which years is not said.
		{"投资是“十三五”时期的2倍。茶叶产值年均增长7%。", []string{"投资 2倍 =2024-2024", "茶叶产值 7% ~-"}},
		{"全县实现“十四五”稳步开局。茶叶产值年均增长7%。", []string{"茶叶产值 7% ~-"}},
		{"农村居民收入年均增长7%，今年增长5%。", []string{"农村居民收入 7% ~-", "农村居民收入 5% =2025-2025"}},
		// What is a mean of one year is measured itself.
		{"过去五年，细颗粒物年均浓度下降6%，年均浓度降至30微克/立方米。", []string{"细颗粒物年均浓度 -6% =2020-2024", "浓度 30微克/立方米 =2020-2024"}},
	} {
		_, _, found := observed(t, test.text, schema.MoodReview)
		var got []string
		for _, o := range found {
			mark := "="
			if o.AnnualAverage {
				mark = "~"
			}
			got = append(got, fmt.Sprintf("%s %v%s %s%s-%s", o.Measure, o.Value, o.Unit, mark, o.Period.From, o.Period.To))
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s\n got %q\nwant %q", test.text, got, test.want)
		}
	}
}

// As many ranks as things are one each; one rank of several is of all.
func TestRanksOneEach(t *testing.T) {
	for text, want := range map[string]string{
		"肉、蛋、奶产量分居全省第1、第5、第2，粮食产量居全省第一位。": "[肉 1 全省 蛋 5 全省 奶产量 2 全省 粮食产量 1 全省]",
		"畜牧业产值、水产品产量居全省第一、第二位。":           "[畜牧业产值 1 全省 水产品产量 2 全省]",
		"茶叶产量、油茶产量均居全省第一位。":               "[茶叶产量 1 全省 油茶产量 1 全省]",
	} {
		_, _, found := observed(t, text, schema.MoodReview)
		var got []string
		for _, o := range found {
			got = append(got, fmt.Sprint(o.Measure, " ", o.Value, " ", o.Basis))
		}
		if fmt.Sprint(got) != want {
			t.Errorf("%s\n got %s\nwant %s", text, got, want)
		}
	}
}

// What something grows from has another time than what it grows to, and is no aim.
func TestBaselines(t *testing.T) {
	for _, test := range []struct {
		text string
		mood schema.SectionMood
		want []string // measure value modality from-to
	}{
		{"人均预期寿命从2020年的80岁提升至82.5岁。", schema.MoodReview, []string{"人均预期寿命 80 FACT 2020-2020", "人均预期寿命 82.5 FACT 2024-2024"}},
		{"到2027年，低保标准占比从77%提高到80%以上。", schema.MoodPlan, []string{"低保标准占比 77 FACT -", "低保标准占比 80 AIM -2027"}},
		{"养老床位由300张增加到500张，新增床位200张。", schema.MoodPlan, []string{"养老床位 300 FACT -", "养老床位 500 AIM 2025-2025", "床位 200 AIM 2025-2025"}},
		{"从5个领域开展抽检300批次。", schema.MoodPlan, []string{"领域 5 AIM 2025-2025", "抽检 300 AIM 2025-2025"}},
	} {
		_, _, found := observed(t, test.text, test.mood)
		var got []string
		for _, o := range found {
			got = append(got, fmt.Sprintf("%s %v %s %s-%s", o.Measure, o.Value, o.Modality, o.Period.From, o.Period.To))
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s\n got %q\nwant %q", test.text, got, test.want)
		}
	}
}

// Whatever the text, observations stand in it, in order and apart.
func FuzzObserve(f *testing.F) {
	for _, seed := range []string{
		"", "1", "第", "前三", "增长", "增长7%", "从39个到91个", "1,234,567.8.9万亿元", "三分之", "（（5个）", "“3个", "1∶3.4", "0/0", "1/0个",
		"A、B分别增长3、4%", "超千亿", "破", "12类45件", "较年增加1个", "连续年", "9999999999999999999个", "的1个的", "\xff12个\xfe", "１，２３４个",
		"新增专精特新、国家级小巨人企业186家、25家。", "[3]甲：2个乙；1个丙。", "茶园扩面，高于全省1.5个百分点。",
	} {
		f.Add(seed)
	}
	x, err := rules()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		doc := &document.Document{
			Report:   schema.Report{Region: "云河县"},
			Passages: []schema.Passage{{Text: text, Section: -1}},
		}
		prepared := x.texts(doc)[0]
		var mentions []Mention
		for i := 0; i+4 < len(prepared.Runes) && len(mentions) < 5; i += 5 {
			mentions = append(mentions, Mention{Name: string(prepared.Runes[i : i+3]), Kind: schema.Kinds[i%len(schema.Kinds)].Kind,
				Spans: []schema.Span{{Start: i, End: i + 3}}})
		}
		end := 0
		var last schema.Span
		for _, o := range x.observe(prepared, mentions) {
			for _, s := range []schema.Span{o.Span, o.MeasureSpan} {
				if s.Start < 0 || s.Start >= s.End || s.End > len(prepared.Runes) {
					t.Fatalf("span %v of %d code points in %q", s, len(prepared.Runes), text)
				}
			}
			if o.Span.Start < end && o.Span != last {
				t.Fatalf("span %v after %v in %q", o.Span, last, text)
			}
			end, last = o.Span.End, o.Span
			if o.Measure != prepared.String(o.MeasureSpan) {
				t.Fatalf("measure %q does not stand at %v", o.Measure, o.MeasureSpan)
			}
			if o.About != Region && (o.About < 0 || int(o.About) >= len(mentions)) {
				t.Fatalf("about %d of %d mentions", o.About, len(mentions))
			}
			if math.IsNaN(o.Value) || math.IsInf(o.Value, 0) || o.Confidence <= 0 || o.Confidence > 1 || o.Rule == "" {
				t.Fatalf("%+v", o)
			}
		}
	})
}
