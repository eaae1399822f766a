package segment

import (
	"slices"
	"strings"
	"testing"

	"github.com/lantu-kg/lantu/schema"
)

func gazetteer(t testing.TB) *Gazetteer {
	t.Helper()
	g, err := DefaultGazetteer()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestLadder(t *testing.T) {
	g := gazetteer(t)
	for _, test := range []struct{ code, want string }{
		{"110105", "朝阳区 北京市"},
		{"130607", "满城区 保定市 河北省"},
		{"110105022", "高碑店地区 朝阳区 北京市"},
		{"419001", "济源市 河南省"},
		{"441900101", "石碣镇 东莞市 广东省"},
		{"500229", "城口县 重庆市"},
		{"x-xiongan", "雄安新区 河北省"},
		{"", ""}, {"999999", ""}, {"110105999999", ""},
	} {
		var names []string
		for _, p := range g.Ladder(test.code) {
			names = append(names, p.Name)
		}
		if got := strings.Join(names, " "); got != test.want {
			t.Errorf("Ladder(%q) = %s, want %s", test.code, got, test.want)
		}
	}
}

func TestResolve(t *testing.T) {
	g := gazetteer(t)
	for _, test := range []struct{ name, within, want string }{
		{"高碑店乡", "110105", "高碑店地区 朝阳区 北京市"},
		{"高碑店街道", "110105", "高碑店地区 朝阳区 北京市"},
		{"高碑店", "110105", "高碑店地区 朝阳区 北京市"},
		{"高碑店", "1306", "高碑店市 保定市 河北省"},
		{"高碑店市", "110105", "高碑店市 保定市 河北省"},
		{"高碑店", "130607", "高碑店市 保定市 河北省"},
		{"北京市朝阳区高碑店乡", "", "高碑店地区 朝阳区 北京市"},
		{"高碑店乡高井村", "110105", "高井村 高碑店地区 朝阳区 北京市"},
		{"高井村", "110105", "高井村 高碑店地区 朝阳区 北京市"},
		{"高井村", "1101", ""},
		{"十八里店小武基", "110105", "小武基村 十八里店地区 朝阳区 北京市"},
		{"朝阳区", "", ""},
		{"朝阳区", "11", "朝阳区 北京市"},
		{"朝阳", "110105", "朝阳区 北京市"},
		{"朝阳", "110108", "朝阳区 北京市"},
		{"朝阳", "", ""},
		{"保定市满城区", "", "满城区 保定市 河北省"},
		{"保定市满城县", "", "满城区 保定市 河北省"},
		{"满城", "130607", "满城区 保定市 河北省"},
		{"满城镇", "130607", "满城镇 满城区 保定市 河北省"},
		{"河北廊坊", "110105", "廊坊市 河北省"},
		{"天津滨海新区", "", "滨海新区 天津市"},
		{"新华区", "13", ""},
		{"新华区", "1301", "新华区 石家庄市 河北省"},
		{"吉林", "110105", "吉林省"},
		{"吉林市", "", "吉林市 吉林省"},
		{"河北", "120103", "河北省"},
		{"河北", "120105", "河北区 天津市"},
		{"恩施州", "", "恩施土家族苗族自治州 湖北省"},
		{"内蒙", "13", "内蒙古自治区"},
		{"东乡族自治县", "", "东乡族自治县 临夏回族自治州 甘肃省"},
		{"川渝", "51", "川渝"},
		{"迪拜", "110105", "迪拜 阿联酋"},
		{"恩施", "", "恩施土家族苗族自治州 湖北省"},
		{"京津冀", "110105", "京津冀"},
		{"大湾区", "", "粤港澳大湾区"},
		{"雄安新区", "1306", "雄安新区 河北省"},
		{"德国", "110105", "德国"},
		{"香港", "", "香港特别行政区"},
		{"城关镇", "", ""},
		{"不存在的地方", "110105", ""},
		{"", "110105", ""},
		{strings.Repeat("北京市", 1000), "", ""},
	} {
		var names []string
		if place, ok := g.Resolve(test.name, test.within); ok {
			for _, p := range g.Ladder(place.Code) {
				names = append(names, p.Name)
			}
		}
		if got := strings.Join(names, " "); got != test.want {
			t.Errorf("Resolve(%.20q, %q) = %q, want %q", test.name, test.within, got, test.want)
		}
	}
}

// TestReportRegions resolves the regions of reports of the genre.
func TestReportRegions(t *testing.T) {
	g := gazetteer(t)
	for name, code := range map[string]string{
		"北京市": "11", "天津市": "12", "四川省": "51", "浙江省": "33", "福建省": "35", "湖北省": "42",
		"湖南省": "43", "广东省": "44", "江苏省": "32", "驻马店市": "4117", "高唐县": "371526",
		"定兴县": "130626", "阜平县": "130624", "涞水县": "130623", "涞源县": "130630", "蠡县": "130635",
		"易县": "130633", "曲阳县": "130634", "顺平县": "130636", "保定市满城区": "130607",
		"保定市清苑区": "130608", "满城区": "130607", "清苑区": "130608", "北京市朝阳区": "110105",
	} {
		if place, ok := g.Resolve(name, ""); !ok || place.Code != code {
			t.Errorf("Resolve(%s) = %+v, %v, want %s", name, place, ok, code)
		}
	}
}

func TestFind(t *testing.T) {
	g := gazetteer(t)
	forms := map[string]Form{}
	for _, c := range g.Find("高碑店乡") {
		forms[c.Code] = c.Form
	}
	if form, ok := forms["110105022"]; !ok || form != Variant {
		t.Errorf("高碑店乡 finds %v", forms)
	}
	if _, ok := forms["130684"]; ok {
		t.Error("高碑店乡 finds 高碑店市")
	}
	var codes []string
	for _, c := range g.Find("高碑店") {
		codes = append(codes, c.Code)
	}
	for _, want := range []string{"110105022", "130684"} {
		if !slices.Contains(codes, want) {
			t.Errorf("高碑店 finds %v, without %s", codes, want)
		}
	}
}

func TestVillages(t *testing.T) {
	g := gazetteer(t)
	villages, err := g.Villages("110105")
	if err != nil || len(villages) < 300 {
		t.Fatalf("%d villages of 朝阳区, %v", len(villages), err)
	}
	for _, v := range villages {
		if v.Level != schema.LevelVillage || !strings.HasPrefix(v.Code, "110105") || !strings.HasPrefix(v.Code, v.Parent) {
			t.Fatalf("%+v", v)
		}
		if got, ok := g.ByCode(v.Code); !ok || got != v {
			t.Fatalf("ByCode(%s) = %+v", v.Code, got)
		}
	}
	for _, wrong := range []string{"", "11", "999999", "110105022", "x-jjj"} {
		if _, err := g.Villages(wrong); err == nil {
			t.Errorf("Villages(%q): no error", wrong)
		}
	}
}

// TestEveryVillage reads the villages of all prefectures.
func TestEveryVillage(t *testing.T) {
	g := gazetteer(t)
	total := 0
	for _, f := range g.villages.File {
		last := ""
		if err := g.eachVillage(f.Name, func(code, name string) {
			if len(code) != 12 || code <= last || name == "" || g.above(code) == "" {
				t.Errorf("%s %q after %s, inside %q", code, name, last, g.above(code))
			}
			last = code
			total++
		}); err != nil {
			t.Fatal(err)
		}
	}
	if total != 620573 {
		t.Errorf("%d villages", total)
	}
}

func TestMatch(t *testing.T) {
	g := gazetteer(t)
	for _, test := range []struct{ text, within, want string }{
		{"高碑店乡高井村完成拆迁", "110105", "高碑店乡=110105022 高井村=110105022201"},
		{"与河北廊坊、天津滨海新区对接", "110105", "河北=13 廊坊=1310 天津=12 滨海新区=120116"},
		{"在朝阳区召开", "110105", "朝阳区=110105"},
		{"在朝阳区召开", "13", "朝阳区=?"},
		{"吉林省长春市朝阳区", "13", "吉林省=22 长春市=2201 朝阳区=220104"},
		{"朝阳区高碑店乡", "110105", "朝阳区=110105 高碑店乡=110105022"},
		{"加强合作，共建和平", "110105", "合作=?623001 和平=?110105038016"},
		{"服务京津冀协同发展", "130607", "京津冀=x-jjj"},
		{"神星镇、于家庄乡", "130607", "神星镇=130607102 于家庄乡=130607105"},
		{"保定市满城区", "", "保定市=1306 满城区=130607"},
		{"没有地名", "130607", ""},
		{"大家同心同德", "130626", "同心=?640324 同德=?632522"},
		{"获评省级示范县", "4117", "范县=?410926"},
		{"新增城区绿地", "1306", "增城区=?440118"},
		{"东城区、西城区", "11", "东城区=110101 西城区=110102"},
		{"岷江、凉山州", "51", "岷江=x-w-minjiang 凉山州=5134"},
		{"十八里店小武基等村", "110105", "十八里店=110105028 小武基=110105028204"},
	} {
		var got []string
		text := []rune(test.text)
		for _, m := range g.Match(text, test.within) {
			if string(text[m.Start:m.End]) != m.Name {
				t.Errorf("%s: match %+v is not at its span", test.text, m)
			}
			mark := ""
			if m.Ambiguous {
				mark = "?"
			}
			got = append(got, m.Name+"="+mark+m.Place.Code)
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("Match(%s, %s) = %v, want %s", test.text, test.within, got, test.want)
		}
	}
}

func TestShortNames(t *testing.T) {
	for _, test := range []struct{ code, name, want string }{
		{"11", "北京市", "北京"},
		{"15", "内蒙古自治区", "内蒙古 内蒙"},
		{"65", "新疆维吾尔自治区", "新疆"},
		{"4228", "恩施土家族苗族自治州", "恩施 恩施州"},
		{"6527", "博尔塔拉蒙古自治州", "博尔塔拉 博尔塔拉州"},
		{"620927", "积石山保安族东乡族撒拉族自治县", "积石山 积石山县"},
		{"622926", "东乡族自治县", "东乡 东乡县"},
		{"130633", "易县", ""},
		{"310115", "浦东新区", "浦东"},
		{"321171", "镇江新区", ""},
		{"130671", "保定高新技术产业开发区", "保定高新区"},
		{"429021", "神农架林区", "神农架"},
		{"110105022", "高碑店地区", "高碑店"},
		{"411702200", "李楼满族乡", "李楼"},
		{"110105022201", "高井村", "高井"},
		{"110105022202", "朝阳新村", ""},
	} {
		if got := strings.Join(shortNames(test.code, test.name), " "); got != test.want {
			t.Errorf("shortNames(%s) = %s, want %s", test.name, got, test.want)
		}
	}
}
