package industry

import (
	"slices"
	"strings"
	"testing"
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
	if n := len(taxonomy.byName); n < 300 {
		t.Errorf("only %d names", n)
	}
	for narrow, broad := range map[string]string{
		"互联网3.0": "数字经济", "人形机器人": "战略性新兴产业", "光伏发电": "能源", "生猪": "农林牧渔业", "科技金融": "服务业", "AIGC": "数字经济", "银行业": "服务业",
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

func TestFaultsOfTaxonomies(t *testing.T) {
	for text, want := range map[string]string{
		"甲\n乙、甲业":        "",
		"甲\n乙、甲":         "no new name",
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
