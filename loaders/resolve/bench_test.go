package resolve

import (
	"testing"

	"github.com/lantu-kg/lantu/loaders/segment"
	"github.com/lantu-kg/lantu/schema"
)

func BenchmarkResolve(b *testing.B) {
	g, err := segment.DefaultGazetteer()
	if err != nil {
		b.Fatal(err)
	}
	s, err := segment.Default()
	if err != nil {
		b.Fatal(err)
	}
	x, err := New(g, s, nil)
	if err != nil {
		b.Fatal(err)
	}
	var mentions []Mention
	for _, place := range []string{"望京", "确山", "高碑店", "东坝", "听涛", "柳溪", "金盏", "沧浪"} {
		for _, of := range []string{"科技园", "数字经济产业园", "人民医院", "第一中学", "文化旅游度假区", "路", "村", "污水处理厂二期工程"} {
			for i, k := range []schema.Kind{schema.KindPark, schema.KindFacility, schema.KindProject, schema.KindPlace} {
				mentions = append(mentions, Mention{Kind: k, Name: place + []string{"", "北", "新", "老"}[i] + of, Within: -1, Weight: 1})
			}
		}
	}
	b.ReportMetric(float64(len(mentions)), "names")
	for b.Loop() {
		x.Resolve(Region{Name: "朝阳区", Code: "110105"}, mentions)
	}
}
