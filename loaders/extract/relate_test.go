package extract

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/lantu-kg/lantu/schema"
)

var sharedExtractor = sync.OnceValues(New)

func extractorForTest(t testing.TB) *Extractor {
	t.Helper()
	x, err := sharedExtractor()
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// saying is a passage in which names are marked by kind, {name|KIND}, one
// inside another where the first is the longer: {路灯工程|PROJECT}. Names
// inside names follow the passage in inner.
type saying struct {
	name  string
	text  string
	inner []string // name|KIND of names that stand inside marked ones
	plan  bool
	want  []string // subject RELATION object; REGION for the report's region
}

var kindsByWord = map[string]schema.Kind{
	"园区": schema.KindPark, "企业": schema.KindEnterprise, "计划": schema.KindProgram, "项目": schema.KindProject,
	"地点": schema.KindPlace, "机构": schema.KindOrganization, "设施": schema.KindFacility, "活动": schema.KindEvent,
	"产业": schema.KindIndustry, "人物": schema.KindPerson,
}

// prepare turns a marked text into a prepared passage and its mentions.
func prepare(t testing.TB, marked string, inner []string, plan bool) (*Text, []Mention) {
	t.Helper()
	var plain strings.Builder
	type named struct {
		name string
		kind schema.Kind
	}
	var names []named
	mark := func(m string) string {
		name, word, ok := strings.Cut(m, "|")
		kind, known := kindsByWord[word]
		if !ok || !known {
			t.Fatalf("%s: want {name|kind}", m)
		}
		if n := (named{name, kind}); !slices.Contains(names, n) {
			names = append(names, n)
		}
		return name
	}
	rest := marked
	for {
		before, after, ok := strings.Cut(rest, "{")
		plain.WriteString(before)
		if !ok {
			break
		}
		m, after, ok := strings.Cut(after, "}")
		if !ok {
			t.Fatalf("%s: unclosed mark", marked)
		}
		plain.WriteString(mark(m))
		rest = after
	}
	for _, m := range inner {
		mark(m)
	}
	text := &Text{
		Passage: schema.Passage{Text: plain.String()}, Runes: []rune(plain.String()),
		Report: &Context{RegionNames: []string{"青川县", "青川", "我县", "全县"}},
	}
	text.Sentences = split(text.Runes, "。！？；!?;")
	text.Clauses = split(text.Runes, "。！？；!?;，,：:")
	text.Mood = schema.MoodReview
	if plan {
		text.Mood = schema.MoodPlan
	}
	var mentions []Mention
	for _, n := range names {
		spans := occurrences(text.Runes, n.name)
		if len(spans) == 0 {
			t.Fatalf("%s does not stand in %s", n.name, plain.String())
		}
		mentions = append(mentions, Mention{Name: n.name, Kind: n.kind, Spans: spans, Rule: "test", Confidence: 1})
	}
	return text, mentions
}

// said gives claims as words: subject RELATION object.
func said(mentions []Mention, claims []Claim) []string {
	name := func(r Ref) string {
		if r == Region {
			return "REGION"
		}
		return mentions[r].Name
	}
	var out []string
	for _, c := range claims {
		object := c.Value
		if object == "" {
			object = name(c.Object)
		}
		out = append(out, fmt.Sprintf("%s %s %s", name(c.Subject), c.Relation, object))
	}
	slices.Sort(out)
	return out
}

// checkSayings relates each passage and compares all claims of one relation,
// or of every relation when none is given.
func checkSayings(t *testing.T, sayings []saying, relations ...schema.Relation) {
	t.Helper()
	x := extractorForTest(t)
	for _, c := range sayings {
		t.Run(c.name, func(t *testing.T) {
			text, mentions := prepare(t, c.text, c.inner, c.plan)
			claims := x.relate(text, mentions)
			checkClaims(t, text, mentions, claims)
			if len(relations) > 0 {
				claims = slices.DeleteFunc(claims, func(c Claim) bool { return !slices.Contains(relations, c.Relation) })
			}
			want := slices.Clone(c.want)
			slices.Sort(want)
			if got := said(mentions, claims); !slices.Equal(got, want) {
				t.Errorf("%s\n got %s\nwant %s", string(text.Runes), strings.Join(got, "\n     "), strings.Join(want, "\n     "))
			}
		})
	}
}

// checkClaims holds claims to what every claim must be.
func checkClaims(t testing.TB, text *Text, mentions []Mention, claims []Claim) {
	t.Helper()
	seen := map[string]bool{}
	last := -1
	for i, line := range claims {
		if line.Span.Start < 0 || line.Span.Start >= line.Span.End || line.Span.End > len(text.Runes) {
			t.Errorf("claim %d: span %v of a text of %d", i, line.Span, len(text.Runes))
		}
		if line.Span.Start < last {
			t.Errorf("claim %d stands before claim %d", i, i-1)
		}
		last = line.Span.Start
		if line.Rule == "" || line.Confidence <= 0 || line.Confidence > 1 || line.Modality == "" {
			t.Errorf("claim %d: rule %q, confidence %v, modality %q", i, line.Rule, line.Confidence, line.Modality)
		}
		info, ok := line.Relation.Info()
		if !ok {
			t.Fatalf("claim %d: relation %q", i, line.Relation)
		}
		if line.Subject == Region && !info.RegionSubject || line.Subject >= 0 && !info.AdmitsSubject(mentions[line.Subject].Kind) {
			t.Errorf("claim %d: %s may not be the subject of %s", i, said(mentions, claims[i:i+1]), line.Relation)
		}
		if line.Value == "" && (line.Object == Region && !info.RegionObject || line.Object >= 0 && !info.AdmitsObject(mentions[line.Object].Kind)) {
			t.Errorf("claim %d: %s may not be the object of %s", i, said(mentions, claims[i:i+1]), line.Relation)
		}
		if info.Object == schema.ObjectStatus {
			if _, err := schema.ParseStatus(line.Value); err != nil {
				t.Errorf("claim %d: %v", i, err)
			}
		}
		key := said(mentions, claims[i:i+1])[0]
		if seen[key] {
			t.Errorf("%s is claimed twice", key)
		}
		seen[key] = true
	}
}

func TestStatusOfAVerbBefore(t *testing.T) {
	checkSayings(t, []saying{
		{name: "a programme is carried out", text: "深入实施“{清泉行动|计划}”，用水更安全。",
			want: []string{"清泉行动 HAS_STATUS STARTED"}},
		{name: "a programme is not built", text: "加快推进“{一窗通办|计划}”改革。",
			want: []string{"一窗通办 HAS_STATUS STARTED"}},
		{name: "what is built", text: "加快推进{南山水库|设施}建设，打造{云谷科创园|园区}。",
			want: []string{"南山水库 HAS_STATUS UNDER_CONSTRUCTION", "云谷科创园 HAS_STATUS UNDER_CONSTRUCTION"}},
		{name: "a list with an unnamed member", text: "新建{滨河体育馆|设施}、两处口袋公园、{青少年宫|设施}等4处场馆。",
			want: []string{"滨河体育馆 HAS_STATUS COMPLETED", "青少年宫 HAS_STATUS COMPLETED"}},
		{name: "two statuses", text: "制定实施{夜间经济发展方案|计划}。",
			want: []string{"夜间经济发展方案 HAS_STATUS ISSUED", "夜间经济发展方案 HAS_STATUS STARTED"}},
		{name: "verbs in a row", text: "谋划推进{北环高架|项目}、{第三水厂|设施}等项目建设，出台推进{首店经济扶持政策|计划}。",
			want: []string{"北环高架 HAS_STATUS PLANNED", "第三水厂 HAS_STATUS PLANNED", "首店经济扶持政策 HAS_STATUS ISSUED"}},
		{name: "the verb of the clause before", text: "推进{东湖泵站|设施}、{西岭隧道|项目}等5项工程，以及{柳河大桥|设施}等水利工程建设。",
			want: []string{"东湖泵站 HAS_STATUS UNDER_CONSTRUCTION", "西岭隧道 HAS_STATUS UNDER_CONSTRUCTION", "柳河大桥 HAS_STATUS UNDER_CONSTRUCTION"}},
		{name: "no status", text: "深化“{放心消费|计划}”创建，围绕“{三带两区|计划}”布局，优化{青川惠企平台|设施}功能。"},
		{name: "the projects under a programme", text: "实施“{百亿强基|计划}”项目23个，建设“{美丽乡道|计划}”80公里。"},
		{name: "the verb rules another thing", text: "推动{绿能产业园|园区}纳入省级规划，完成{白石片区|地点}土地收储。"},
		{name: "a road is built, a county is not", text: "完成{长宁路|地点}、{望江路|地点}改造，加快推进{平远县|地点}发展。",
			want: []string{"长宁路 HAS_STATUS COMPLETED", "望江路 HAS_STATUS COMPLETED"}},
		{name: "companies are founded", text: "成立{青川文旅集团|企业}，组建{县融媒体中心|机构}，加快{宏远机械|企业}等项目建设。",
			want: []string{"青川文旅集团 HAS_STATUS OPENED", "县融媒体中心 HAS_STATUS OPENED", "宏远机械 HAS_STATUS UNDER_CONSTRUCTION"}},
		{name: "trials", text: "启动{农村宅基地有偿退出试点|计划}，稳步推进“{田长制|计划}”试点工作。",
			want: []string{"农村宅基地有偿退出试点 HAS_STATUS STARTED", "农村宅基地有偿退出试点 HAS_STATUS TRIAL", "田长制 HAS_STATUS TRIAL"}},
		{name: "events", text: "成功举办{首届青川茶文化节|活动}、{山地马拉松|活动}，扎实开展“{欢购青川|活动}”促销活动。",
			want: []string{"首届青川茶文化节 HAS_STATUS HELD", "山地马拉松 HAS_STATUS HELD", "欢购青川 HAS_STATUS HELD"}},
	}, schema.HasStatus)
}

func TestStatusOfAVerbBehind(t *testing.T) {
	checkSayings(t, []saying{
		{name: "a long list", text: "{古城风貌提升|项目}、{北湖医院|设施}、{蓝鲸冷链|企业}等6个项目实现开工，{会展中心二期|项目}主体完工。",
			want: []string{"古城风貌提升 HAS_STATUS STARTED", "北湖医院 HAS_STATUS STARTED", "蓝鲸冷链 HAS_STATUS STARTED", "会展中心二期 HAS_STATUS COMPLETED"}},
		{name: "parts of a list with their own counts", text: "{朝晖路|地点}等3条道路、{龙泉河|项目}等2项整治及{客运枢纽|设施}全部完工。",
			want: []string{"朝晖路 HAS_STATUS COMPLETED", "龙泉河 HAS_STATUS COMPLETED", "客运枢纽 HAS_STATUS COMPLETED"}},
		{name: "two statuses", text: "{人才公寓|设施}、{青年驿站|设施}建成启用，{县域发展规划|计划}获批实施。",
			want: []string{"人才公寓 HAS_STATUS COMPLETED", "人才公寓 HAS_STATUS OPENED", "青年驿站 HAS_STATUS COMPLETED", "青年驿站 HAS_STATUS OPENED",
				"县域发展规划 HAS_STATUS APPROVED", "县域发展规划 HAS_STATUS STARTED"}},
		{name: "each its own verb", text: "{中心医院一期|项目}竣工、{中心医院二期|项目}加紧推进。",
			want: []string{"中心医院一期 HAS_STATUS COMPLETED", "中心医院二期 HAS_STATUS UNDER_CONSTRUCTION"}},
		{name: "works before works", text: "{青石高铁|项目}征地工作基本完成，{抽水蓄能电站|设施}前期工作有序推进。",
			want: []string{"青石高铁 HAS_STATUS PLANNED", "抽水蓄能电站 HAS_STATUS PLANNED"}},
		{name: "the last tells", text: "{镜湖区|地点}{云栖剧院|设施}正式开放。", want: []string{"云栖剧院 HAS_STATUS OPENED"}},
		{name: "a sentence has two lists", text: "{城市大脑|设施}投入试运行，支持{智链科技|企业}等3家企业在境外上市。",
			want: []string{"城市大脑 HAS_STATUS TRIAL", "智链科技 HAS_STATUS LISTED"}},
		{name: "no subject of the verb", text: "保障{宏远机械|企业}稳定运营能力，紧抓{自贸港|园区}对外开放机遇。"},
		{name: "a note explains", text: "[12]“{三清一改|计划}”：即清垃圾、清沟渠、清杂物，实施“{厕所改造|计划}”。"},
	}, schema.HasStatus)
}

func TestStatusInAPlan(t *testing.T) {
	checkSayings(t, []saying{
		{name: "what shall be done is planned", plan: true,
			text: "确保{南山水库|设施}竣工，完成{望江路|地点}改造，举办{青川茶文化节|活动}，出台{首店经济扶持政策|计划}，推动{云谷科创园|园区}签约落地。",
			want: []string{"南山水库 HAS_STATUS PLANNED", "望江路 HAS_STATUS PLANNED", "青川茶文化节 HAS_STATUS PLANNED",
				"首店经济扶持政策 HAS_STATUS PLANNED", "云谷科创园 HAS_STATUS PLANNED"}},
		{name: "what goes on goes on", plan: true, text: "加快推进{南山水库|设施}建设，深入实施“{清泉行动|计划}”，启动{第三水厂|设施}建设。",
			want: []string{"南山水库 HAS_STATUS UNDER_CONSTRUCTION", "清泉行动 HAS_STATUS STARTED", "第三水厂 HAS_STATUS STARTED"}},
		{name: "a meeting is not held again where it is obeyed", plan: true,
			text: "全面落实{市委一届五次全会|活动}精神，确保{党中央|机构}各项决策部署落地见效，召开{全市工业大会|活动}。", want: []string{"全市工业大会 HAS_STATUS PLANNED"}},
		{name: "a time is defined", plan: true, text: "今年是实施“{清泉行动|计划}”的关键一年，是“{绿廊计划|计划}”收官之年，深入实施“{暖冬行动|计划}”。",
			want: []string{"暖冬行动 HAS_STATUS STARTED"}},
		{name: "what was done already", plan: true, text: "省里先后出台了{暖企十条|计划}，已建成{南山水库|设施}，建成{北山水库|设施}。",
			want: []string{"暖企十条 HAS_STATUS ISSUED", "南山水库 HAS_STATUS COMPLETED", "北山水库 HAS_STATUS PLANNED"}},
		{name: "what was won is not sought", text: "成功创建{云河湿地公园|设施}，积极创建{柳江植物园|设施}。", want: []string{"柳江植物园 HAS_STATUS PLANNED"}},
		{name: "an aim among facts", text: "力争{北环高架|项目}年底前通车。", want: []string{"北环高架 HAS_STATUS PLANNED"}},
	}, schema.HasStatus)
	x := extractorForTest(t)
	text, mentions := prepare(t, "加快推进{南山水库|设施}建设。", nil, true)
	if claims := x.relate(text, mentions); len(claims) != 1 || claims[0].Modality != schema.Aim {
		t.Errorf("a plan's status is no aim: %+v", claims)
	}
	text, mentions = prepare(t, "已开工{南山水库|设施}。", nil, true)
	if claims := x.relate(text, mentions); len(claims) != 1 || claims[0].Modality != schema.Fact {
		t.Errorf("what was done is an aim: %+v", claims)
	}
	text, mentions = prepare(t, "{南山水库|设施}建成投用。", nil, false)
	claims := x.relate(text, mentions)
	if len(claims) != 2 || claims[0].Modality != schema.Fact {
		t.Fatalf("a status of the past is no fact: %+v", claims)
	}
	if got := text.String(claims[0].Span); got != "南山水库建成投用" {
		t.Errorf("the claim is said by %q", got)
	}
}

// TestStatusLexicon holds every row of the status words to the ladder.
func TestStatusOfVerbsInARow(t *testing.T) {
	checkSayings(t, []saying{
		{name: "a noun that lists like a verb", plan: true, text: "推进国家公园创建和{柳江植物园|设施}建设。",
			want: []string{"柳江植物园 HAS_STATUS UNDER_CONSTRUCTION"}},
		{name: "a verb that seeks another", text: "探索构建{县域医共体模式|计划}，围绕构建{两翼一核|计划}发力。"},
		{name: "hoped for", plan: true, text: "适时启动{柳江大桥|项目}建设，争取尽快启动实施{南环路工程|项目}，启动{绿化行动|计划}。",
			want: []string{"柳江大桥 HAS_STATUS PLANNED", "南环路工程 HAS_STATUS PLANNED", "绿化行动 HAS_STATUS STARTED"}},
		{name: "a list of trials", text: "开展{低空物流|计划}、{无人配送|计划}等试点示范。",
			want: []string{"低空物流 HAS_STATUS TRIAL", "无人配送 HAS_STATUS TRIAL"}},
		{name: "what is only driven", text: "推动“{三医|计划}”协同发展。"},
	}, schema.HasStatus)
}

func TestStatusLexicon(t *testing.T) {
	x := extractorForTest(t)
	for _, tag := range []string{tagBefore, tagAfter} {
		entries := x.lexicon.Entries(tag)
		if len(entries) < 100 {
			t.Errorf("%s has %d words", tag, len(entries))
		}
		for _, e := range entries {
			for _, word := range strings.Fields(e.Extra) {
				kind, status, special := strings.Cut(word, ":")
				if !special {
					status = word
				} else if !schema.Kind(kind).Valid() {
					t.Errorf("%s %s: %s is no kind", tag, e.Word, kind)
				}
				if _, err := schema.ParseStatus(status); err != nil && status != "-" {
					t.Errorf("%s %s: %v", tag, e.Word, err)
				}
			}
			if e.Extra == "" {
				t.Errorf("%s %s tells no status", tag, e.Word)
			}
		}
	}
}

// TestRelateNeverPanics gives the rules mentions that fit no text.
func TestRelateNeverPanics(t *testing.T) {
	x := extractorForTest(t)
	odd := []schema.Span{{Start: -1, End: 2}, {Start: 3, End: 3}, {Start: 5, End: 400}, {Start: 0, End: 4}, {Start: 0, End: 4}, {Start: 2, End: 6}}
	for _, words := range []string{"", "，", "。。", "与、和及", "推进、", "在设立，获评", "获评", "（“《：", "1.：", "\ufffd实施"} {
		runes := []rune(words)
		text := &Text{Runes: runes, Sentences: split(runes, "。"), Clauses: split(runes, "，。：")}
		var mentions []Mention
		for _, k := range schema.Kinds {
			mentions = append(mentions, Mention{Name: "某", Kind: k.Kind, Spans: odd, Aliases: []Alias{{"某", schema.Span{Start: 1, End: 2}}}})
		}
		checkClaims(t, text, mentions, x.relate(text, mentions))
		if got := x.relate(text, nil); len(words) < 4 && len(got) > 0 {
			t.Errorf("%q without mentions claims %v", words, got)
		}
	}
}

func FuzzRelate(f *testing.F) {
	f.Add("加快推进南山水库建设，与远大集团签约。", uint16(4), uint16(8), uint16(12), uint16(16))
	f.Add("获评“国家级示范区”，入驻云谷。", uint16(0), uint16(2), uint16(1), uint16(9))
	f.Add("[1]“三清”：清沟渠、清垃圾", uint16(4), uint16(6), uint16(8), uint16(11))
	x, err := sharedExtractor()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, words string, a, b, c, d uint16) {
		runes := []rune(words)
		text := &Text{Runes: runes, Sentences: split(runes, "。！？；!?;"), Clauses: split(runes, "。！？；!?;，,：:")}
		var mentions []Mention
		for i, span := range []schema.Span{{Start: int(a), End: int(b)}, {Start: int(c), End: int(d)}, {Start: int(a), End: int(d)}} {
			if span.Start < span.End && span.End <= len(runes) {
				for k := range 3 {
					kind := schema.Kinds[(int(a)+3*i+k)%len(schema.Kinds)].Kind
					mentions = append(mentions, Mention{Name: string(runes[span.Start:span.End]), Kind: kind, Spans: []schema.Span{span}})
				}
			}
		}
		checkClaims(t, text, mentions, x.relate(text, mentions))
	})
}

// TestRelateIsLinear holds the work to grow with the text, not its square:
// sixteen times the text may take no more than forty times the allocations.
func TestRelateIsLinear(t *testing.T) {
	x := extractorForTest(t)
	for name, unit := range map[string]string{
		"one clause":   "加快{南山水库|设施}、{长宁路|地点}、{智链科技|企业}和{数字医疗|产业}以及",
		"many clauses": "与{智链科技|企业}合作，{南山水库|设施}，{白石镇|地点}获评示范镇，",
		"one sentence": "支持{智链科技|企业}、引进{宏远机械|企业}在{白石镇|地点}实施{清泉行动|计划}、",
	} {
		cost := func(n int) float64 {
			text, mentions := prepare(t, strings.Repeat(unit, n), nil, false)
			return testing.AllocsPerRun(1, func() { x.relate(text, mentions) })
		}
		if small, large := cost(50), cost(800); large > 40*small {
			t.Errorf("%s: %.0f allocations, sixteen times the text %.0f", name, small, large)
		}
	}
}

func BenchmarkRelate(b *testing.B) {
	x := extractorForTest(b)
	for _, n := range []int{1, 10, 100} {
		text, mentions := prepare(b, strings.Repeat(
			"深入实施{清泉行动|计划}，{南山水库|设施}、{会展中心二期|项目}等6个项目建成投用，{白石镇|地点}获评全国重点镇，与{北方农大|机构}开展合作。", n), nil, false)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.SetBytes(int64(len(text.Passage.Text)))
			for b.Loop() {
				x.relate(text, mentions)
			}
		})
	}
}
