package resolve

import (
	"slices"
	"strings"
	"testing"

	"github.com/lantu-kg/lantu/loaders/segment"
	"github.com/lantu-kg/lantu/schema"
)

var (
	gaotang    = Region{Name: "高唐县", Code: "371526"}
	zhumadian  = Region{Name: "驻马店市", Code: "4117"}
	beijing    = Region{Name: "北京市", Code: "11"}
	qingyuan   = Region{Name: "保定市清苑区", Code: "130608"}
	mancheng   = Region{Name: "保定市满城区", Code: "130607"}
	unknownOne = Region{Name: "澜川市青屿区"}
)

// TestCanonicalForms holds each rule to the names that it is for, and to names
// that look alike.
func TestCanonicalForms(t *testing.T) {
	const (
		park, site, firm, org = schema.KindPark, schema.KindFacility, schema.KindEnterprise, schema.KindOrganization
		program, project      = schema.KindProgram, schema.KindProject
		place, event          = schema.KindPlace, schema.KindEvent
	)
	x := resolver(t)
	for _, test := range []struct {
		region Region
		kind   schema.Kind
		name   string
		want   string // text, scope, and the rules that made it
	}{
		{gaotang, program, "“531”村庄清洁行动", "531 371526 label"},
		{gaotang, program, "“雪亮”工程", "雪亮工程  "},
		{gaotang, program, "乡村人才“百千万”工程", "乡村人才百千万 371526 label"},
		{gaotang, program, "助企远航行动", "助企远航 371526 general-tail"},
		{gaotang, program, "京津冀协同发展战略", "京津冀协同发展  general-tail"},
		{gaotang, program, "“枫桥经验”高唐模式", "枫桥经验高唐模式 371526 "},
		{chaoyang, program, "百千工程", "百千工程 11 "},
		{qingyuan, program, "“四位一体”", "四位一体 130608 "},
		{beijing, project, "北京—雄安人才走廊", "雄安人才走廊 11 spelling region-prefix"},
		{chaoyang, org, "北工大", "北京工业大学  known-name"},
		{chaoyang, org, "中科院", "中国科学院  known-name"},
		{beijing, org, "北大荒博物馆", "北大荒博物馆 11 "},
		{beijing, park, "亦庄综保区", "亦庄综合保税区 110115 short-word"},
		{beijing, place, "副中心", "城市副中心 11 short-word"},
		{beijing, place, "城市副中心", "城市副中心 11 "},
		{gaotang, place, "国道105", "g105  road-number"},
		{mancheng, place, "107国道", "g107  road-number"},
		{gaotang, place, "省道520", "s520 37 road-number"},
		{zhumadian, org, "“中国药谷”（驻马店）研究院", "中国药谷研究院  region-bracket"},
		{zhumadian, park, "中国（驻马店）国际食品产业园", "国际食品产业园 4117 region-bracket"},
		{gaotang, org, "高唐县人民医院", "人民医院 371526 region-prefix"},
		{gaotang, org, "县人民医院", "人民医院 371526 region-prefix"},
		{gaotang, org, "我县人民医院", "人民医院 371526 region-prefix"},
		{gaotang, org, "市人民医院", "人民医院 3715 region-prefix"},
		{zhumadian, org, "省地下工程中试基地", "地下工程中试基地 41 region-prefix"},
		{zhumadian, site, "市民中心", "市民中心 4117 "},
		{mancheng, org, "区块链研究中心", "区块链研究中心 130607 "},
		{chaoyang, park, "北京市数字人基地", "数字人基地 11 region-prefix"},
		{gaotang, park, "中国·高唐书画产业园", "书画产业园 371526 spelling region-prefix"},
		{chaoyang, park, "望京科技园", "望京科技园 110105 "},
		{beijing, park, "望京科技园", "望京科技园 110105 "},
		{zhumadian, site, "确山竹沟抽水蓄能电站", "竹沟抽水蓄能电站 411725 region-prefix"},
		{zhumadian, site, "竹沟抽水蓄能电站", "竹沟抽水蓄能电站 411725 "},
		{gaotang, org, "高唐一中", "第1中学 371526 region-prefix ordinal"},
		{gaotang, org, "县第十一中学", "第11中学 371526 region-prefix ordinal"},
		{mancheng, org, "保定第七医院", "第7医院 1306 region-prefix ordinal"},
		{gaotang, firm, "时风集团有限公司", "时风  legal-form"},
		{gaotang, firm, "县城投集团", "城投 371526 region-prefix legal-form"},
		{zhumadian, firm, "市城投集团", "城投 4117 region-prefix legal-form"},
		{beijing, firm, "北京银行", "北京银行  "},
		{gaotang, site, "国有清平林场", "清平林场 371526 general-head"},
		{qingyuan, project, "西三环南延工程", "西三环南延 130608 general-tail"},
		{qingyuan, project, "体育馆二期工程", "体育馆二期 130608 general-tail"},
		{zhumadian, event, "第二届文化旅游博览会", "第2届文化旅游博览会 4117 ordinal"},
		{beijing, event, "2025年中国网球公开赛", "2025年中国网球公开赛 11 "},
		{beijing, event, "服贸会", "中国国际服务贸易交易会  known-name"},
		{qingyuan, place, "雄忻高铁", "雄忻高铁  "},
		{qingyuan, place, "府河", "府河 1306 "},
		{beijing, schema.KindIndustry, "集成电路产业", "集成电路  general-tail"},
		{unknownOne, org, "区人民医院", "人民医院 澜川市青屿区 region-prefix"},
		{unknownOne, org, "青屿区人民医院", "人民医院 澜川市青屿区 region-prefix"},
	} {
		c := x.canonicalOf(newHome(x.gazetteer, test.region), test.kind, test.name)
		if got := c.text + " " + c.scope + " " + strings.Join(c.steps, " "); got != test.want {
			t.Errorf("%s of %s: %q, want %q", test.name, test.region.Name, got, test.want)
		}
	}
}

func TestMergesTellWhy(t *testing.T) {
	named := func(k schema.Kind, name string, aliases ...string) Mention {
		return Mention{Kind: k, Name: name, Aliases: aliases, Within: -1, Weight: 1}
	}
	mentions := []Mention{
		named(schema.KindOrganization, "高唐县人民医院"), named(schema.KindOrganization, "县人民医院"),
		named(schema.KindPark, "聊城市数字人基地"), named(schema.KindPark, "数字人基地"),
		named(schema.KindOrganization, "全球商务区创新联合会", "联合会"), named(schema.KindOrganization, "联合会"),
		named(schema.KindOrganization, "山河机械工业职业学院"), named(schema.KindOrganization, "山机工院"),
		place("高唐"), named(schema.KindPark, "青禾产业园"), named(schema.KindFacility, "青禾产业园"),
	}
	r := resolver(t).Resolve(gaotang, mentions)
	for _, test := range []struct {
		a, b       int
		whyA, whyB string
	}{
		{0, 1, "region-prefix", "region-prefix"},
		{2, 3, "region-prefix", "region-unsaid"},
		{4, 5, "", "alias"},
		{6, 7, "", "abbreviation"},
		{9, 10, "", ""},
	} {
		if r.Of[test.a] != r.Of[test.b] || r.Merges[test.a] != test.whyA || r.Merges[test.b] != test.whyB {
			t.Errorf("%s and %s: %s by %q, %s by %q", mentions[test.a].Name, mentions[test.b].Name,
				r.Of[test.a], r.Merges[test.a], r.Of[test.b], r.Merges[test.b])
		}
	}
	if r.Of[8] != r.RegionID || r.Merges[8] != "gazetteer" {
		t.Errorf("高唐: %s by %q", r.Of[8], r.Merges[8])
	}
}

// TestIdentityDoesNotHangOnTheOrder resolves the same names forwards and
// backwards.
func TestIdentityDoesNotHangOnTheOrder(t *testing.T) {
	var mentions []Mention
	for _, name := range []string{"市数字人基地", "数字人基地", "保定市数字人基地", "清苑科技园", "科技园", "科技园项目", "区科技园"} {
		mentions = append(mentions, Mention{Kind: schema.KindPark, Name: name, Within: -1, Weight: 1})
	}
	x := resolver(t)
	forwards := x.Resolve(qingyuan, mentions)
	slices.Reverse(mentions)
	backwards := x.Resolve(qingyuan, mentions)
	slices.Reverse(backwards.Of)
	if !slices.Equal(forwards.Of, backwards.Of) {
		t.Errorf("%v\n%v", forwards.Of, backwards.Of)
	}
}

// TestNoNameBreaksTheRules feeds names of the sort that damaged text brings.
func TestNoNameBreaksTheRules(t *testing.T) {
	x := resolver(t)
	var mentions []Mention
	for _, name := range []string{
		"", " ", "“”", "“", "”工程", "“a”", "市", "县县县", "第", "第十", "一中", "（驻马店）", "中国（）", "中国", "工程", "项目项目",
		"公司", "集团有限公司", "\xff\xfe", "国道", "G", "——", strings.Repeat("北京市", 3000), strings.Repeat("（", 500), strings.Repeat("“”", 500),
	} {
		for _, k := range schema.Kinds {
			mentions = append(mentions, Mention{Kind: k.Kind, Name: name, Aliases: []string{"", name}, Within: -1, Weight: 1})
		}
	}
	for _, region := range []Region{{}, gaotang, unknownOne, {Name: "市"}, {Code: "999999"}} {
		for i, id := range x.Resolve(region, mentions).Of {
			if id == "" {
				t.Fatalf("%q has no entity", mentions[i].Name)
			}
		}
	}
}

func TestSplits(t *testing.T) {
	for rows, want := range map[string]string{
		"PARK\t园区\tregion-prefix":             "x.tsv:1: 3 columns",
		"# a comment\n\nTREE\t园区\t*\twhy":     "x.tsv:3: no kind is called",
		"PARK\t“”\t*\twhy":                    "x.tsv:1: the name is empty",
		"PARK\t园区\tregion\twhy":               "x.tsv:1: no rule is called",
		"PARK\t园区\tsame-name\twhy":            "cannot be taken away",
		"PARK\t" + strings.Repeat("园", 40000): "token too long",
	} {
		if _, err := ReadSplits(strings.NewReader(rows), "x.tsv"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.30q: %v, want %s", rows, err, want)
		}
	}
	s, err := ReadSplits(strings.NewReader("ORGANIZATION\t县人民医院\tregion-prefix\tanother\nORGANIZATION\t“联合会”\t*\tanother\n"), "x.tsv")
	if err != nil {
		t.Fatal(err)
	}
	g, err := segment.DefaultGazetteer()
	if err != nil {
		t.Fatal(err)
	}
	words, err := segment.Default()
	if err != nil {
		t.Fatal(err)
	}
	x, err := New(g, words, s)
	if err != nil {
		t.Fatal(err)
	}
	org := schema.KindOrganization
	r := x.Resolve(gaotang, []Mention{
		{Kind: org, Name: "高唐县人民医院", Within: -1}, {Kind: org, Name: "县人民医院", Within: -1},
		{Kind: org, Name: "商务区创新联合会", Aliases: []string{"联合会"}, Within: -1}, {Kind: org, Name: "联合会", Within: -1},
	})
	if r.Of[0] == r.Of[1] || r.Of[2] == r.Of[3] {
		t.Errorf("still one: %v", r.Of)
	}
	if e := entity(t, r, r.Of[2]); len(e.Aliases) > 0 || !x.Apart(org, "联合会") {
		t.Errorf("still an alias: %+v", e)
	}
}

// TestLexicon checks what the second columns refer to, and that the rules can
// be told apart.
func TestLexicon(t *testing.T) {
	words, err := lexicon()
	if err != nil {
		t.Fatal(err)
	}
	for _, tag := range []string{"TAIL", "GENERAL_HEAD"} {
		for _, e := range words.Entries(tag) {
			for _, k := range strings.Fields(e.Extra) {
				if !schema.Kind(k).Valid() {
					t.Errorf("%s %s: no kind is called %q", tag, e.Word, k)
				}
			}
		}
	}
	for _, tag := range []string{"KNOWN_NAME", "SHORT_WORD", "SHORT_END"} {
		for _, e := range words.Entries(tag) {
			if e.Extra == "" || e.Extra == e.Word || schema.NormalName(e.Word) != e.Word {
				t.Errorf("%s %s: stands for %q; want a normal name and another", tag, e.Word, e.Extra)
			}
		}
	}
	ids := map[string]bool{}
	for _, r := range Rules {
		if ids[r.ID] || r.Why == "" || strings.ContainsAny(r.ID, " \t") {
			t.Errorf("rule %+v", r)
		}
		ids[r.ID] = true
	}
}
