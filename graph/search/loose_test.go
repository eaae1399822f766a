package search

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/lantu-kg/lantu/schema"
)

var loose = []Document{
	{ID: "place-1", Kind: schema.KindPlace, Name: "中关村"},
	{ID: "park-1", Kind: schema.KindPark, Name: "望京科技园", Aliases: []string{"望京园区"}},
	{ID: "park-2", Kind: schema.KindPark, Name: "中关村软件园"},
	{ID: "place-2", Kind: schema.KindPlace, Name: "重庆"},
	{ID: "enterprise-1", Kind: schema.KindEnterprise, Name: "360集团"},
	{ID: "event-1", Kind: schema.KindEvent, Name: "北京CBD论坛"},
	{ID: "place-3", Kind: schema.KindPlace, Name: "吕梁"},
	{ID: "place-4", Kind: schema.KindPlace, Name: "西安"},
	{ID: "place-5", Kind: schema.KindPlace, Name: "仙桃"},
	{ID: "passage-1", Text: "望京科技园与中关村软件园签约。"},
}

func TestSound(t *testing.T) {
	x := NewIndex(slices.Values(loose))
	for query, want := range map[string][]string{
		"zhongguancun":     {"place-1", "park-2"},
		"Zhong Guan Cun":   {"place-1", "park-2"},
		"zgc":              {"place-1", "park-2"},
		"zhgc":             {"place-1", "park-2"},
		"zgcruanjianyuan":  {"park-2"},
		"zgcrj":            {"park-2"},
		"wjkjy":            {"park-1"},
		"wangjingkejiyuan": {"park-1"},
		"wangjing yuanqu":  {"park-1"}, // its alias
		"kejiyua":          {"park-1"}, // not yet typed to its end
		"chongqing":        {"place-2"},
		"zhongqing":        {"place-2"}, // 重 is read so, too
		"cq":               {"place-2"},
		"360jituan":        {"enterprise-1"},
		"cbdluntan":        {"event-1"},
		"bjcbd":            {"event-1"},
		"lvliang":          {"place-3"},
		"lüliang":          {"place-3"},
		"xi'an":            {"place-4", "place-5"}, // xian, too
		"zgcx":             nil,
		"ngguancun":        nil, // begins inside a syllable
		"jituan360":        nil,
	} {
		var got []string
		for _, hit := range x.Search(Query{Text: query, Names: true}) {
			if got = append(got, hit.ID); hit.Match != Sound {
				t.Errorf("%s: %s matches by %s", query, hit.ID, hit.Match)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", query, got, want)
		}
	}
}

func TestTypos(t *testing.T) {
	x := NewIndex(slices.Values(loose))
	for query, want := range map[string][]string{
		"望京科枝园":   {"park-1"}, // another character
		"望京科园":    {"park-1"}, // one too few
		"望京科技术园":  {"park-1"}, // one too many
		"望京技科园":   {"park-1"}, // changed about
		"望科京技园":   {"park-1"}, // across the middle
		"中观村":     {"place-1", "park-2"},
		"望京科枝院":   nil, // two wrong
		"重请":      nil, // too short
		"望京科技园":   {"park-1"},
		"望京科技园 中": nil,
	} {
		var got []string
		for _, hit := range x.Search(Query{Text: query, Names: true}) {
			got = append(got, hit.ID)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", query, got, want)
		}
	}
}

func TestTraditional(t *testing.T) {
	documents := append(slices.Clone(loose), Document{ID: "place-6", Kind: schema.KindPlace, Name: "臺灣"})
	x := NewIndex(slices.Values(documents))
	for query, want := range map[string]string{"中關村": "place-1 NAME", "望京科技園": "park-1 NAME", "台湾": "place-6 NAME", "taiwan": "place-6 SOUND"} {
		hits := x.Search(Query{Text: query})
		if len(hits) == 0 || hits[0].ID+" "+string(hits[0].Match) != want {
			t.Errorf("%s: got %v, want %s", query, hits, want)
		}
	}
	hits := x.Search(Query{Text: "簽約"})
	if len(hits) != 1 || hits[0].ID != "passage-1" {
		t.Errorf("passages: %v", hits)
	}
}

func TestLooseMatchesAreShown(t *testing.T) {
	x := NewIndex(slices.Values(loose))
	for query, want := range map[string]string{
		"rjy": "中关村软件园 {3 6}", "科枝园": "望京科技园 {2 5}", "luntan": "北京CBD论坛 {5 7}", "軟件": "中关村软件园 {3 5}",
	} {
		q := Query{Text: query, Names: true}
		hits := x.Search(q)
		if len(hits) != 1 {
			t.Errorf("%s: %v", query, hits)
			continue
		}
		matched, spans := hits[0].Show(q)
		if got := fmt.Sprintf("%s %v", matched, spans[0]); len(spans) != 1 || got != want {
			t.Errorf("%s: got %s, want %s", query, got, want)
		}
	}
}

func TestHeavierComesFirst(t *testing.T) {
	x := NewIndex(slices.Values([]Document{
		{ID: "park-1", Kind: schema.KindPark, Name: "东湖科技园", Weight: 1},
		{ID: "park-2", Kind: schema.KindPark, Name: "东湖科技园二期工程", Weight: 9},
		{ID: "park-3", Kind: schema.KindPark, Name: "东湖"},
	}))
	for _, query := range []string{"东湖", "donghu"} {
		var got []string
		for _, hit := range x.Search(Query{Text: query}) {
			got = append(got, hit.ID)
		}
		if want := []string{"park-3", "park-2", "park-1"}; !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", query, got, want)
		}
	}
}

// names makes names of parks and enterprises from the words that such names
// are made of.
func names(n int) []Document {
	r := rand.New(rand.NewPCG(1, 2))
	fronts := strings.Fields("望京 中关村 东湖 西江 海淀 云河 青屿 白石 高新 临空 龙泉 金盏 柳林 凤凰 长安 永兴 南山 北辰 天河 光明")
	middles := strings.Fields("数字 生物 智能 绿色 装备 医药 信息 新能源 航空 食品 文化 材料 电子 机器人 现代 国际")
	ends := strings.Fields("产业园 科技园 基地 集团 公司 研究院 创新中心 示范区 工程 行动 项目 论坛")
	documents := make([]Document, n)
	for i := range documents {
		name := fronts[r.IntN(len(fronts))] + string(rune(0x4E00+r.IntN(6000))) + middles[r.IntN(len(middles))] + ends[r.IntN(len(ends))]
		documents[i] = Document{ID: fmt.Sprintf("park-%d", i), Kind: schema.KindPark, Name: name, Weight: r.IntN(50)}
	}
	return documents
}

// TestTypoOnlyWhereNothingElseIsFound keeps what is nearly the query behind what is.
func TestTypoOnlyWhereNothingElseIsFound(t *testing.T) {
	x := NewIndex(slices.Values([]Document{
		{ID: "1", Kind: schema.KindPark, Name: "望京产业园"}, {ID: "2", Kind: schema.KindPark, Name: "望京产业圈"},
	}))
	for query, want := range map[string]string{"望京产业园": "[1 NAME]", "望京产业元": "[1 TYPO 2 TYPO]"} {
		q := Query{Text: query}
		if got := fmt.Sprint(found(x.Search(q))); got != want {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
		if got := fmt.Sprint(found(x.First(q, 5))); got != want {
			t.Errorf("first of %s: %s, want %s", query, got, want)
		}
	}
}

func BenchmarkSearchNames(b *testing.B) {
	x := NewIndex(slices.Values(names(100_000)))
	for _, query := range []string{"中关村", "望京数字产业园", "望京数字产业圆", "zgc", "wangjingshuzi", "zg", "园"} {
		b.Run(query, func(b *testing.B) {
			for b.Loop() {
				x.Search(Query{Text: query, Names: true})
			}
		})
		b.Run(query+"/first", func(b *testing.B) {
			for b.Loop() {
				x.First(Query{Text: query, Names: true}, 20)
			}
		})
	}
}

func BenchmarkNewIndex(b *testing.B) {
	documents := names(100_000)
	for b.Loop() {
		NewIndex(slices.Values(documents))
	}
}
