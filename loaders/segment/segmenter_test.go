package segment

import (
	"strings"
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
