package industry

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/lantu-kg/lantu/schema"
)

func names(terms []*Term) []string {
	var all []string
	for _, t := range terms {
		all = append(all, t.Name)
	}
	return all
}

func TestTaxonomy(t *testing.T) {
	taxonomy := Default()
	for narrow, broad := range map[string]string{
		"互联网3.0": "数字经济", "人形机器人": "战略性新兴产业", "光伏发电": "能源", "生猪": "农、林、牧、渔业", "科技金融": "服务业", "AIGC": "数字经济", "银行业": "服务业",
		"新能源汽车": "战略性新兴产业", "生物医药": "生物产业", "低空物流": "低空经济", "养老服务": "银发经济", "体育": "服务业",
	} {
		if term := taxonomy.Find(narrow); term == nil || !slices.Contains(names(term.Above()), broad) {
			t.Errorf("%s is not under %s: %+v", narrow, broad, term)
			continue
		}
		if !slices.Contains(names(taxonomy.Find(broad).Below()), taxonomy.Find(narrow).Name) {
			t.Errorf("%s is not above %s", broad, narrow)
		}
	}
	if term := taxonomy.Find("没有", "金融产业"); term == nil || term.Name != "金融业" || term.Code != "J" {
		t.Errorf("金融产业 is %+v", term)
	}
	if got := names(taxonomy.Find("数字人").Above())[:2]; !slices.Equal(got, []string{"互联网3.0", "元宇宙"}) {
		t.Errorf("nearest above 数字人: %q", got)
	}
}

// A thing of one industry must not be said to be of another beside it.
func TestNotAbove(t *testing.T) {
	for narrow, other := range map[string]string{
		"汽车零部件": "汽车制造业", "汽车": "制造业", "茶叶": "粮食", "科技金融": "绿色金融", "纺织业": "服装", "智能网联汽车": "新能源汽车",
		"文化产业": "服务业", "体育产业": "服务业", "医疗器械": "生物医药", "中药材": "粮食", "海上风电": "陆上风电",
	} {
		term := Default().Find(narrow)
		if term == nil || term == Default().Find(other) || slices.Contains(names(term.Above()), other) {
			t.Errorf("%s is under %s, or is no term", narrow, other)
		}
	}
}

// divisions are the last divisions of the sections of GB/T 4754-2017.
var divisions = []struct {
	section string
	last    int
}{{"A", 5}, {"B", 12}, {"C", 43}, {"D", 46}, {"E", 50}, {"F", 52}, {"G", 60}, {"H", 62}, {"I", 65}, {"J", 69},
	{"K", 70}, {"L", 72}, {"M", 75}, {"N", 79}, {"O", 82}, {"P", 83}, {"Q", 85}, {"R", 90}, {"S", 96}, {"T", 97}}

func TestClassification(t *testing.T) {
	byCode := map[string]*Term{}
	for _, term := range Default().terms {
		if term.Code == "" {
			continue
		}
		if byCode[term.Code] != nil {
			t.Errorf("%s: %s and %s", term.Code, byCode[term.Code].Name, term.Name)
		}
		byCode[term.Code] = term
	}
	known := map[string]bool{}
	first := 1
	for _, s := range divisions {
		section := byCode[s.section]
		for n := first; n <= s.last; n++ {
			code := fmt.Sprintf("%s%02d", s.section, n)
			division := byCode[code]
			switch {
			case division == nil:
				t.Errorf("%s is missing", code)
			case section != nil && !slices.Contains(division.broader, section):
				t.Errorf("%s %s is not under %s", code, division.Name, section.Name)
			case section == nil && first != s.last:
				t.Errorf("section %s is missing", s.section)
			}
			known[code] = true
		}
		known[s.section] = section != nil
		first = s.last + 1
	}
	for code, term := range byCode {
		if known[code] {
			continue
		}
		if len(code) != len("A011") || !known[code[:3]] || !slices.Contains(term.Above(), byCode[code[:3]]) {
			t.Errorf("%s %s is not under its division", code, term.Name)
		}
	}
}

// sameSaid are names of one industry that no rule of [same] shows to be so.
var sameSaid = [][2]string{
	{"服务业", "第三产业"}, {"人工智能", "AI"}, {"生成式人工智能", "AIGC"}, {"大模型", "人工智能大模型"},
	{"互联网3.0", "Web3.0"}, {"5G", "第五代移动通信"}, {"6G", "第六代移动通信"}, {"增材制造", "3D打印"},
	{"光通信", "光纤通信"}, {"农机装备", "农业机械装备"}, {"汽车芯片", "车规级芯片"}, {"锂电池", "锂离子电池"}, {"锂电池", "锂电"},
	{"有色金属", "有色"}, {"采矿业", "矿业"}, {"低空经济", "低空"}, {"银发经济", "银发"}, {"冰雪经济", "冰雪产业"},
	{"合成生物", "合成生物学"}, {"智能传感", "智能传感器"}, {"智能穿戴", "智能穿戴设备"}, {"家纺", "家用纺织品"}, {"海洋交通运输", "海洋运输"},
	{"家禽饲养", "家禽养殖"}, {"通用航空", "通航"}, {"地热能", "地热"}, {"创业投资", "创投"}, {"夜间经济", "夜经济"},
	{"智能网联汽车", "智能网联车"}, {"研学旅游", "研学旅行"}, {"批发和零售业", "批零"}, {"新能源装备", "新能源装备制造"},
	{"风电", "风力发电"}, {"火电", "火力发电"}, {"水电", "水力发电"}, {"智能算力", "智算"}, {"化工", "化学工业"}, {"石化", "石油化工"}, {"建材", "建筑材料"},
	{"家电", "家用电器"}, {"电子商务", "电商"}, {"跨境电商", "跨境电子商务"}, {"农村电商", "农村电子商务"}, {"海洋工程装备", "海工装备"},
	{"文化创意", "文创"}, {"电竞", "电子竞技"}, {"文化旅游业", "文旅"}, {"都市农业", "都市型农业"}, {"信创", "信息技术应用创新"},
	{"快递服务", "快递"}, {"快递服务", "快递业"}, {"房地产业", "房地产"}, {"食品工业", "食品"}, {"乳业", "奶业"}, {"冶金", "冶金工业"}, {"钢铁", "钢铁工业"},
	{"高端装备制造业", "高端装备"}, {"量子精密测量", "量子测量"}, {"供应链管理", "供应链管理服务"}, {"银行业", "银行"}, {"检验检测", "检验检测服务"},
	{"会计", "会计服务"}, {"咨询", "咨询服务"}, {"家政", "家政服务"}, {"家政", "家政服务业"}, {"托育", "托育服务"}, {"托育", "托育服务业"},
}

// bare gives a name without the words that join its parts and those that end
// the name of any industry.
func bare(name string) string {
	name = strings.NewReplacer("、", "", "和", "", "及", "", "与", "", "的", "").Replace(schema.NormalName(name))
	if short, cut := shortened(name); cut {
		return short
	}
	return strings.TrimSuffix(name, "业")
}

func TestNamesOfOneTermAreSynonyms(t *testing.T) {
	listed := map[[2]string]bool{}
	for _, pair := range sameSaid {
		listed[pair] = false
	}
	for _, term := range Default().terms {
		for _, name := range term.Also {
			pair := [2]string{term.Name, name}
			if bare(term.Name) == bare(name) {
				continue
			}
			if _, ok := listed[pair]; !ok {
				t.Errorf("%s and %s: nothing shows that they are one", term.Name, name)
			}
			listed[pair] = true
		}
	}
	for pair, met := range listed {
		if !met {
			t.Errorf("%q are no names of one term that need to be listed", pair)
		}
	}
}

func TestFaultsOfTaxonomies(t *testing.T) {
	for text, want := range map[string]string{
		"甲\n乙|甲业":        "",
		"甲\n甲产业\t甲":      "",
		"甲\n乙|甲":         "no new name",
		"甲\t乙":           "no term is named",
		"甲\t乙\n乙\t甲":     "part of itself",
		"甲产业\n甲行业":       "no new name",
		"\t甲":            "no new name",
		"# 说明\n\n甲\t\tA": "",
	} {
		_, err := Parse(text)
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}
