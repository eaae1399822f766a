package document

import (
	"slices"
	"testing"
)

func TestHeadsOfCells(t *testing.T) {
	c := func(texts ...string) []cell {
		var cells []cell
		for _, text := range texts {
			cells = append(cells, cell{text: text})
		}
		return cells
	}
	twoRows := [][]cell{
		{{text: "指标", high: 2}, {text: "单位", high: 2}, {text: "2024年", wide: 2}, {text: "2025年"}},
		c("完成", "增长(%)", "预期目标"),
		c("地区生产总值", "亿元", "215.6", "5.8", "增长6%左右"),
		c("常住人口", "万人", "41.3", "", ""),
	}
	for name, test := range map[string]struct {
		rows [][]cell
		want [][]string
	}{
		"heads of two rows": {twoRows, [][]string{nil, nil,
			{"指标", "单位", "2024年完成", "2024年增长(%)", "2025年预期目标"}, {"指标", "单位", "2024年完成"}}},
		"a caption above":   {[][]cell{{{text: "表一", wide: 2}}, c("名称", "面积（亩）"), c("茶园", "120")}, [][]string{nil, nil, {"名称", "面积（亩）"}}},
		"no heads":          {[][]cell{c("茶园", "120"), c("果园", "85")}, [][]string{nil, nil}},
		"heads of years":    {[][]cell{c("指标", "2023年", "2024年"), c("茶园（亩）", "98", "120")}, [][]string{nil, {"指标", "2023年", "2024年"}}},
		"words alone":       {[][]cell{c("企业", "园区"), c("青禾", "松溪产业园"), c("瑞木", "")}, [][]string{nil, {"企业", "园区"}, {"企业"}}},
		"marked heads":      {[][]cell{{{text: "企业", head: true}, {text: "员工", head: true}}, c("青禾", "若干")}, [][]string{nil, {"企业", "员工"}}},
		"more than columns": {[][]cell{{{text: "甲", wide: 1 << 30, high: 1 << 30}, {text: "乙"}}, c("120", "85")}, [][]string{nil, nil}},
	} {
		g := &grid{}
		for i, row := range test.rows {
			if got := g.row(row); !slices.Equal(got, test.want[i]) {
				t.Errorf("%s, row %d: got %q, want %q", name, i, got, test.want[i])
			}
		}
	}
}
