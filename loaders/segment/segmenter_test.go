package segment

import (
	"strings"
	"sync"
	"testing"
)

// checkSpans fails unless the tokens slice the text exactly.
func checkSpans(t *testing.T, text string, tokens []Token) {
	t.Helper()
	position, offset := 0, 0
	for _, token := range tokens {
		if token.Start != position || token.End <= token.Start {
			t.Fatalf("%q: token %+v begins at %d, want %d", text, token, token.Start, position)
		}
		if !strings.HasPrefix(text[offset:], token.Text) {
			t.Fatalf("%q: token %+v is not the text there", text, token)
		}
		if n := len([]rune(token.Text)); n != token.End-token.Start {
			t.Fatalf("%q: token %+v has %d code points", text, token, n)
		}
		position, offset = token.End, offset+len(token.Text)
	}
	if offset != len(text) {
		t.Fatalf("%q: tokens end at byte %d of %d", text, offset, len(text))
	}
}

func join(tokens []Token) string {
	words := make([]string, len(tokens))
	for i, token := range tokens {
		words[i] = token.Text
	}
	return strings.Join(words, "|")
}

func TestSegment(t *testing.T) {
	s, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ text, want string }{
		{"", ""},
		{"增加值增长7.3%", "增加值|增长|7.3|%"},
		{"新增企业1.7万家", "新增|企业|1.7|万|家"},
		{"互联网3.0", "互联网|3.0"},
		{"“1+7”政策", "“|1+7|”|政策"},
		{"IC/PIC、AIGC和5G", "IC/PIC|、|AIGC|和|5G"},
		{"发电5000万千瓦时", "发电|5000|万|千瓦时"},
		{"投资1,200.5亿元", "投资|1,200.5|亿|元"},
		{"2021-2025年", "2021|-|2025|年"},
		{"a  b", "a|  |b"},
	} {
		tokens := s.Segment(test.text)
		checkSpans(t, test.text, tokens)
		if got := join(tokens); got != test.want {
			t.Errorf("Segment(%q) = %s, want %s", test.text, got, test.want)
		}
	}
}

func TestTags(t *testing.T) {
	s, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	tags := map[string]string{}
	for _, token := range s.Segment("朝阳区发展人工智能和5G，增长7.3%。") {
		tags[token.Text] = token.Tag
	}
	for word, want := range map[string]string{
		"朝阳区": "ns", "人工智能": "INDUSTRY", "5G": "INDUSTRY", "7.3": "m", "，": "w", "发展": "vn", "和": "c",
	} {
		if tags[word] != want {
			t.Errorf("%s has the tag %q, want %q", word, tags[word], want)
		}
	}
}

// TestConcurrentUse lets the race detector watch.
func TestConcurrentUse(t *testing.T) {
	s, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	g := gazetteer(t)
	text := "朝阳区高碑店乡高井村新增企业1.7万家"
	words, places := len(s.Segment(text)), len(g.Match([]rune(text), "110105"))
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for _, region := range []string{"110105", "130626", "11", ""} {
				if got := len(s.Segment(text)); got != words {
					t.Errorf("%d tokens, want %d", got, words)
				}
				if got := len(g.Match([]rune(text), region)); region == "110105" && got != places {
					t.Errorf("%d places, want %d", got, places)
				}
			}
		})
	}
	group.Wait()
}

func TestNewWith(t *testing.T) {
	s, err := NewWith(Word{"高井村", 5, "ns"}, Word{"百千工程", 5, "PROGRAM"})
	if err != nil {
		t.Fatal(err)
	}
	if got := join(s.Segment("百千工程到高井村")); got != "百千工程|到|高井村" {
		t.Error(got)
	}
	if tag := s.Segment("百千工程到高井村")[0].Tag; tag != "PROGRAM" {
		t.Error(tag)
	}
	if _, err := NewWith(Word{"村", 0, "n"}); err == nil {
		t.Error("a word without frequency was taken")
	}
}

func FuzzSegment(f *testing.F) {
	s, err := Default()
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range []string{
		"", "前三季度,金融业增加值增长7.3%,占比达到38.1%。", "\xff\xfe坏\xe4\xb8", "4S店、T恤、卡拉OK3",
		"１２．５万人　ＡＢＣ", "1.2.3,456,78", "…—— \n\t", "a+b-c/d&e_f.g", "Ⅳ类水质 ２０２４", "é́ß", "3.万",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) { checkSpans(t, text, s.Segment(text)) })
}

func FuzzMatch(f *testing.F) {
	g, err := DefaultGazetteer()
	if err != nil {
		f.Fatal(err)
	}
	for _, code := range []string{"", "1", "11", "110105", "110105022", "110105022201", "4419", "419001", "x-jjj", "999999", "北京"} {
		f.Add("保定市满城区和北京市朝阳区高碑店乡高井村", code)
	}
	f.Add("\xff朝阳\u0000区", "11")
	f.Fuzz(func(t *testing.T, text, code string) {
		runes := []rune(text)
		end := 0
		for _, m := range g.Match(runes, code) {
			if m.Start < end || m.End <= m.Start || m.End > len(runes) || string(runes[m.Start:m.End]) != m.Name {
				t.Fatalf("match %+v in %q", m, text)
			}
			if m.Place.Code == "" && !m.Ambiguous {
				t.Fatalf("match %+v means no place and is not ambiguous", m)
			}
			end = m.End
		}
		if place, ok := g.Resolve(text, code); ok {
			if found, ok := g.ByCode(place.Code); !ok || found != place {
				t.Fatalf("Resolve(%q) is %+v, not in the gazetteer", text, place)
			}
		}
	})
}
