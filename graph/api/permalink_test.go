package api

import (
	"fmt"
	"net/url"
	"testing"
)

func TestPermalinks(t *testing.T) {
	for base, want := range map[string]string{"": "", "https://lantu.example.cn/": "https://lantu.example.cn"} {
		s := New(newFakeStore(report2024(t)), Options{BaseURL: base})
		list := data(t, s, `{ entity(name: "柳浦河治理工程") { mentions { nodes { evidence { permalink start end report { id } passage { id } } } } } }`, "entity", "mentions", "nodes").([]any)
		if len(list) == 0 {
			t.Fatal("no mentions")
		}
		for _, mention := range list {
			e := mention.(map[string]any)["evidence"].(map[string]any)
			link, err := url.Parse(e["permalink"].(string))
			if err != nil {
				t.Fatal(err)
			}
			query := link.Query()
			got := lines(t, []any{map[string]any{"host": hostOf(link), "path": link.Path, "passage": query.Get("passage"), "start": query.Get("start"), "end": query.Get("end")}}, "host", "path", "passage", "start", "end")
			e["host"], e["path"] = want, "/report/"+e["report"].(map[string]any)["id"].(string)
			wantLines(t, "permalink", got, lines(t, []any{e}, "host", "path", "passage.id", "start", "end")...)
		}
	}
}

func hostOf(u *url.URL) string {
	if u.Host == "" {
		return ""
	}
	return u.Scheme + "://" + u.Host
}

func TestPassagesBeside(t *testing.T) {
	s := New(newFakeStore(report2024(t)), Options{})
	passages := lines(t, data(t, s, `{ report(file: "yunjiang-2024.txt") { passages { nodes { ordinal before after text section { number } } } } }`, "report", "passages", "nodes"), "section.number", "text")
	beside := lines(t, data(t, s, `{ report(file: "yunjiang-2024.txt") { passages { nodes { before after } } } }`, "report", "passages", "nodes"), "before", "after")
	if len(passages) != 5 {
		t.Fatalf("passages: %q", passages)
	}
	const medicine = "云江数字医疗产业园在柳浦乡开园,康桥制药、远山科仪2家企业签约入驻,云江大学附属研究院同步落户,聚焦数字医疗。"
	const finance = "金融业增加值增长约7.3%,利润1.2万亿元,占全市比重居第一位。"
	wantLines(t, "beside", beside, "<nil> <nil>", "<nil> "+finance, medicine+" <nil>", "<nil> <nil>", "<nil> <nil>")
}

func TestMentionsInPassages(t *testing.T) {
	s := New(newFakeStore(report2024(t)), Options{})
	passages := data(t, s, `{ report(file: "yunjiang-2024.txt") { passages { nodes { ordinal mentions { name entity { name } evidence { quote start end before } } } } } }`, "report", "passages", "nodes").([]any)
	mentions := passages[1].(map[string]any)["mentions"]
	wantLines(t, "mentions", lines(t, mentions, "evidence.start", "evidence.end", "name", "entity.name"),
		"0 9 云江数字医疗产业园 云江数字医疗产业园",
		"2 6 数字医疗 数字医疗",
		"16 20 康桥制药 康桥制药",
		"21 25 远山科仪 远山科仪",
		"34 43 云江大学附属研究院 云江大学附属研究院")
	for _, m := range mentions.([]any) {
		e := m.(map[string]any)["evidence"].(map[string]any)
		if before := []rune(e["before"].(string)); fmt.Sprint(len(before)) != fmt.Sprint(e["start"]) {
			t.Errorf("%v begins after %d code points", e, len(before))
		}
	}
}
