package extract

import (
	"slices"
	"strings"
	"testing"

	"github.com/lantu-kg/lantu/loaders/document"
	"github.com/lantu-kg/lantu/schema"
)

func TestRefine(t *testing.T) {
	x := extractorForTest(t)
	for _, c := range []struct {
		name, text string
		want       []string // among what is found
		not        []string
	}{
		{"a village behind its township", "云澜街道金桥社区、汐埠镇东柳村完成改造。",
			[]string{"PLACE 云澜街道", "PLACE 金桥社区", "PLACE 汐埠镇", "PLACE 东柳村"}, []string{"PLACE 云澜街道金桥社区", "PLACE 汐埠镇东柳村"}},
		{"main works are the project's", "临溪会展中心二期主体工程完工。",
			[]string{"PROJECT 临溪会展中心二期"}, []string{"PROJECT 临溪会展中心二期主体工程"}},
		{"a place before what it founds with others", "与杭州、宁波共建跨境物流服务中心。",
			[]string{"PLACE 杭州", "PLACE 宁波", "FACILITY 跨境物流服务中心"}, []string{"FACILITY 宁波共建跨境物流服务中心"}},
		{"the whole of a phase", "临溪智造产业园营收增长。推进临溪智造产业园三期建设。",
			[]string{"PARK 临溪智造产业园", "PROJECT 临溪智造产业园三期"}, nil},
		{"the company that settles", "临溪智造产业园开园，引进默沙东研发中国创新合作中心。",
			[]string{"ENTERPRISE 默沙东", "FACILITY 默沙东研发中国创新合作中心"}, nil},
		{"a company known by the place behind it", "临溪智造产业园开园，引进瑞禾制药临溪研发中心。",
			[]string{"ENTERPRISE 瑞禾制药", "FACILITY 瑞禾制药临溪研发中心"}, nil},
		{"not where nobody settles", "默沙东研发中国创新合作中心举办论坛。", nil, []string{"ENTERPRISE 默沙东"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc := &document.Document{
				Report:   schema.Report{Region: "临溪县"},
				Passages: []schema.Passage{{Text: c.text, Section: -1}},
			}
			f := x.Extract(doc)[0]
			var got []string
			for _, m := range f.Mentions {
				got = append(got, string(m.Kind)+" "+m.Name)
				for _, s := range m.Spans {
					if said := string([]rune(c.text)[s.Start:s.End]); said != m.Name {
						t.Errorf("%s stands at %v, which reads %s", m.Name, s, said)
					}
				}
				if m.Confidence <= 0 || m.Confidence > 1 {
					t.Errorf("%s has confidence %v", m.Name, m.Confidence)
				}
			}
			for _, want := range c.want {
				if !slices.Contains(got, want) {
					t.Errorf("no %s in %s", want, strings.Join(got, ", "))
				}
			}
			for _, not := range c.not {
				if slices.Contains(got, not) {
					t.Errorf("%s in %s", not, strings.Join(got, ", "))
				}
			}
		})
	}
}
