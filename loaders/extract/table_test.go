package extract

import (
	"slices"
	"strings"
	"testing"

	"github.com/lantu-kg/lantu/loaders/document"
	"github.com/lantu-kg/lantu/schema"
)

// readRow reads a row of a table in a report that 云河县 gave in 2025.
func readRow(t *testing.T, columns, cells string) (found Found, text *Text) {
	t.Helper()
	x, err := rules()
	if err != nil {
		t.Fatal(err)
	}
	p := schema.Passage{Text: strings.ReplaceAll(cells, "|", "\t"), Columns: strings.Split(columns, "|")}
	doc := &document.Document{
		Report: schema.Report{Region: "云河县", Date: "2025-02-18",
			Period: schema.Period{From: "2024", To: "2024"}, Aim: schema.Period{From: "2025", To: "2025"}},
		Sections: []schema.Section{{Mood: schema.MoodReview}},
		Passages: []schema.Passage{p},
	}
	return x.Extract(doc)[0], x.texts(doc)[0]
}

func TestNumbersOfTables(t *testing.T) {
	const heads = "序号|指标名称|单位|2024年完成|2024年比上年增长(%)|2025年预期目标"
	for _, test := range []struct {
		columns, cells string
		want           []string
	}{
		{heads, "1|地区生产总值|亿元|215.6|5.8|增长6%左右", []string{
			"level 215.6 亿元 | 地区生产总值 | REGION | 215.6", "change 5.8 % | 地区生产总值 | REGION | 5.8", "change 6 % | 地区生产总值 | REGION | 6%"}},
		// Whether 7 is a growth or a total is not said.
		{heads, "2|规模以上工业增加值|亿元|—|7.1|7", []string{"change 7.1 % | 规模以上工业增加值 | REGION | 7.1"}},
		{heads, "3|单位能耗|吨|0.31|-3.1|完成市定目标", []string{
			"level 0.31 吨 | 单位能耗 | REGION | 0.31", "change -3.1 % | 单位能耗 | REGION | -3.1"}},
		{heads, "4|旅游业收入|万元|≥1,213|下降2.5|", []string{"level 1213 万元 | 收入 | 旅游业 | 1,213", "change -2.5 % | 收入 | 旅游业 | 2.5"}},
		{"指标|2023年|2024年", "城镇化率（%）|51.2|52.6", []string{"share 51.2 % | 城镇化率 | REGION | 51.2", "share 52.6 % | 城镇化率 | REGION | 52.6"}},
		{"项目名称|总投资（万元）|进度", "云河新能源产业园|52,000|主体完工", []string{"level 52000 万元 | 总投资 | 云河新能源产业园 | 52,000"}},
		{"名称|联系电话", "云河县医院|6213400", nil},
		{"名称|数量", "12|35个", nil},
	} {
		found, text := readRow(t, test.columns, test.cells)
		var got []string
		for _, o := range found.Observations {
			got = append(got, row(text, found.Mentions, o))
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s\n got %q\nwant %q", test.cells, got, test.want)
		}
	}
}

func TestHeadsTellTimeAndAim(t *testing.T) {
	found, _ := readRow(t, "指标|单位|2023年完成|2025年目标", "茶叶产值|亿元|5.3|6.1")
	if len(found.Observations) != 2 {
		t.Fatalf("%+v", found.Observations)
	}
	done, aim := found.Observations[0], found.Observations[1]
	if done.Modality != schema.Fact || done.Period.From != "2023" || done.Period.To != "2023" || done.Amount != 5.3e8 || done.BaseUnit != "元" {
		t.Errorf("done: %+v", done)
	}
	if aim.Modality != schema.Aim || aim.Period.From != "2025" {
		t.Errorf("aim: %+v", aim)
	}
}

func TestClaimsOfTables(t *testing.T) {
	found, _ := readRow(t, "项目名称|建设地点|责任单位|备注", "云河新能源产业园|城关镇|云河建设集团|城北中学")
	var got []string
	for _, c := range found.Claims {
		got = append(got, found.Mentions[c.Subject].Name+" "+string(c.Relation)+" "+found.Mentions[c.Object].Name)
	}
	if want := []string{"云河新能源产业园 LOCATED_IN 城关镇", "云河建设集团 RESPONSIBLE_FOR 云河新能源产业园"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestCellsThatDoNotFitTheirHeads(t *testing.T) {
	if found, _ := readRow(t, "指标|单位", "茶叶产值|亿元|5.3"); len(found.Observations)+len(found.Claims) != 0 {
		t.Errorf("%+v", found)
	}
}

func TestTablesTellAverages(t *testing.T) {
	found, _ := readRow(t, "指标|2020年|2025年目标|“十四五”期间年均增速（%）", "茶叶产值（亿元）|4.1|6.1|8.3")
	if len(found.Observations) != 3 {
		t.Fatalf("%+v", found.Observations)
	}
	for i, o := range found.Observations {
		if o.AnnualAverage != (i == 2) {
			t.Errorf("%v is an average of years: %t", o.Value, o.AnnualAverage)
		}
	}
	if p := found.Observations[2].Period; p.From != "2021" || p.To != "2025" {
		t.Errorf("over %+v", p)
	}
}
