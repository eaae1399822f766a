package document

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// samplePage is a government site's page around a small report.
const samplePage = `<!DOCTYPE html>
<html lang="zh">
<head>
<meta charset="utf-8">
<title>2023年云岭县政府工作报告_云岭县人民政府</title>
<style>p { text-indent: 2em }</style>
<script>var share = "<p>分享</p>";</script>
</head>
<body>
<div class="top-nav"><a href="/">首页</a> | <a href="/zw">政务公开</a></div>
<div class="layout">
<ul><li><a href="1.html">机构设置</a></li><li><a href="2.html">政策文件</a></li></ul>
<div class="content">
<h1>2023年云岭县政府工作报告</h1>
<div class="info">发布时间：2023-01-20 来源：云岭县政府办 浏览次数：321</div>
<div id="zoom">
<p style="text-align:center">——2023年1月9日在云岭县第九届<br>人民代表大会第三次会议上</p>
<p align=center>云岭县县长&nbsp;&nbsp;林知远
<p>各位代表：
<p>　　现在，我代表县人民政府，向大会报告工作，
请予审议，并请各位委员提出意见。</p>
<p><strong>一、2022年工作回顾</strong></p>
<p>&emsp;2022年，全县地区生产总值<span>达到86.4</span>亿元，<a href="gdp.html">增长5.2%</a>，松溪产业园引进企业12家，带动就业3000人。</p>
<table><tr><th>指标</th><th>单位</th><th>数值</th></tr>
<tr><td>茶园面积</td><td>万亩</td><td><p>7.5</p></td></tr></table>
<p>二、2023年工作安排</p>
<p>今年经济社会发展的主要预期目标是：地区生产总值增长6%左右。我们将建设云岭茶城二期。</p>
<!-- 正文结束 -->
</div>
<div class="share">分享到：微信</div>
<p><a href="3.html">上一篇：2022年云岭县政府工作报告</a></p>
</div>
</div>
<div class="footer">主办：云岭县人民政府 电话：010-0000000</div>
<script src="a.js"></script>
</body>
</html>
`

func TestReadHTML(t *testing.T) {
	doc := mustRead(t, []byte(samplePage))
	want := []struct {
		line int
		text string
	}{
		{13, "2023年云岭县政府工作报告"},
		{16, "——2023年1月9日在云岭县第九届"},
		{16, "人民代表大会第三次会议上"},
		{17, "云岭县县长 林知远"},
		{18, "各位代表："},
		{19, "现在，我代表县人民政府，向大会报告工作，请予审议，并请各位委员提出意见。"},
		{21, "一、2022年工作回顾"},
		{22, "2022年，全县地区生产总值达到86.4亿元，增长5.2%，松溪产业园引进企业12家，带动就业3000人。"},
		{23, "指标\t单位\t数值"},
		{24, "茶园面积\t万亩\t7.5"},
		{25, "二、2023年工作安排"},
		{26, "今年经济社会发展的主要预期目标是：地区生产总值增长6%左右。我们将建设云岭茶城二期。"},
	}
	if len(doc.Passages) != len(want) {
		t.Fatalf("got %q", texts(doc))
	}
	for i, w := range want {
		if p := doc.Passages[i]; p.Line != w.line || p.Text != w.text {
			t.Errorf("got line %d %q, want line %d %q", p.Line, p.Text, w.line, w.text)
		}
	}
	r := doc.Report
	if r.Format != "html" || r.Encoding != "UTF-8" || r.Title != "2023年云岭县政府工作报告" || r.Region != "云岭县" ||
		r.Speaker != "林知远" || r.Meeting != "云岭县第九届人民代表大会第三次会议" || r.Date != "2023-01-09" {
		t.Errorf("got %+v", r)
	}
	if i := slices.Index(texts(doc), "茶园面积\t万亩\t7.5"); !slices.Equal(doc.Passages[i].Columns, []string{"指标", "单位", "数值"}) {
		t.Errorf("heads %q", doc.Passages[i].Columns)
	}
}

// The same page in other encodings, true to its claim or not, is the same
// report.
func TestReadHTMLEncodings(t *testing.T) {
	want := mustRead(t, []byte(samplePage)).Report.ID
	claimGB := strings.Replace(samplePage, `<meta charset="utf-8">`, `<meta http-equiv="Content-Type" content="text/html; charset=gb2312">`, 1)
	for _, test := range []struct {
		name, encoding string
		data           []byte
	}{
		{"GBK as claimed", "GB18030", gb18030(t, claimGB)},
		{"GBK that claims UTF-8", "GB18030", gb18030(t, samplePage)},
		{"UTF-8 that claims GBK", "UTF-8", []byte(claimGB)},
		{"UTF-16 with mark", "UTF-16LE", utf16Bytes("\ufeff"+samplePage, binary.LittleEndian)},
		{"UTF-8 without claim", "UTF-8", []byte(strings.Replace(samplePage, `<meta charset="utf-8">`, "", 1))},
		{"in one element", "UTF-8", []byte(samplePage[strings.Index(samplePage, `<div class="content">`):strings.Index(samplePage, `<div class="footer">`)])},
	} {
		t.Run(test.name, func(t *testing.T) {
			data := test.data
			if test.name == "in one element" {
				data = bytes.TrimSuffix(bytes.TrimSpace(data), []byte("</div>")) // that of the layout
			}
			doc := mustRead(t, data)
			if doc.Report.ID != want || doc.Report.Encoding != test.encoding || doc.Report.Format != "html" {
				t.Errorf("got %s %s %q", doc.Report.Encoding, doc.Report.Format, texts(doc))
			}
		})
	}
}

func TestReadHTMLBrokenEncoding(t *testing.T) {
	data := gb18030(t, strings.Replace(samplePage, "utf-8", "gbk", 1))
	at := bytes.Index(data, gb18030(t, "松溪"))
	data[at] = 0x80
	_, err := Read(context.Background(), "x.html", bytes.NewReader(data))
	if !errors.Is(err, ErrEncoding) || !strings.Contains(err.Error(), "offset "+itoa(at)) || !strings.Contains(err.Error(), "line 23") {
		t.Errorf("got %v", err)
	}
}

// Wherever a page is cut off before the end of its body, it is refused.
func TestReadTruncatedHTML(t *testing.T) {
	end := strings.Index(samplePage, "</body>")
	for at := strings.Index(samplePage, "<title>"); at < end; at += 37 {
		doc, err := Read(context.Background(), "x.html", strings.NewReader(samplePage[:at]))
		if !errors.Is(err, ErrTruncated) {
			t.Fatalf("cut at %d (…%q): got %v, %v", at, samplePage[at-10:at], doc, err)
		}
	}
	before, _, _ := strings.Cut(samplePage, "二、2023")
	for _, test := range []struct{ html, says string }{
		{samplePage[:strings.Index(samplePage, "<td>万亩")+2], "line 25) inside a tag that begins on line 25"},
		{before, "before the end of its body"},
		{"<div>\n<p>各位代表：</p>\n<p>一年来，全县发展良好。", "inside the <div> of line 1"},
	} {
		_, err := Read(context.Background(), "x.html", strings.NewReader(test.html))
		if !errors.Is(err, ErrTruncated) || !strings.Contains(err.Error(), test.says) {
			t.Errorf("got %v, want it to say %q", err, test.says)
		}
	}
	// The end of the page may be lost behind the body.
	if _, err := Read(context.Background(), "x.html", strings.NewReader(samplePage[:end+len("</body>")])); err != nil {
		t.Error(err)
	}
}

func TestReadHTMLWithoutContent(t *testing.T) {
	for _, html := range []string{
		"<html><body><script>load()</script></body></html>",
		"<html><body><nav><a href=1>首页</a><a href=2>政务公开</a></nav></body></html>",
		"<html><body><ul><li><a href=1>云岭县政府工作报告解读之一</a></li><li><a href=2>云岭县概况</a></li></ul></body></html>",
	} {
		_, err := Read(context.Background(), "x.html", strings.NewReader(html))
		if !errors.Is(err, ErrNoContent) && !errors.Is(err, ErrNotChinese) {
			t.Errorf("%s: got %v", html, err)
		}
	}
}

func TestReadHTMLShapes(t *testing.T) {
	const sentence = "一年来，全县上下共同努力，地区生产总值增长5.2%，居民收入增长6.1%。"
	for _, test := range []struct {
		name, body string
		want       []string
	}{
		{"line breaks", "各位代表：<br/>\n" + sentence + "<br><br>" + sentence, []string{"各位代表：", sentence, sentence}},
		{"layout table", "<table><tr><td width=200><a href=1>概况</a></td><td><p>各位代表：</p><p>" + sentence + "</p><p>" + sentence + "</p><p>谢谢大家！</p></td></tr></table>",
			[]string{"各位代表：", sentence, sentence, "谢谢大家！"}},
		{"preformatted", "<pre>\n各位代表：\n\n  " + sentence + "\n</pre>", []string{"各位代表：", sentence}},
		{"hidden parts", "<p>各位代表：</p><p style='display:none'>" + sentence + "隐藏</p><div hidden>" + sentence + "</div><p>" + sentence + "</p>",
			[]string{"各位代表：", sentence}},
		{"entities and odd tags", "<p>各位代表&#65306;</p></b><o:p></o:p><p>" + sentence + "&ldquo;茶城&rdquo;开业。</i></p>", []string{"各位代表：", sentence + "“茶城”开业。"}},
		{"page in a form", "<form id=aspnetForm><div><p>各位代表：</p><p>" + sentence + "</p></div></form>", []string{"各位代表：", sentence}},
	} {
		t.Run(test.name, func(t *testing.T) {
			doc := mustRead(t, []byte("<html><body>"+test.body+"</body></html>"))
			if got := texts(doc); strings.Join(got, "\n") != strings.Join(test.want, "\n") {
				t.Errorf("got %q", got)
			}
		})
	}
}

// Elements that nest without end cost neither the stack nor much time.
func TestReadDeepHTML(t *testing.T) {
	const depth = 100000
	html := "<html><body>" + strings.Repeat("<div>", depth) + "<p>各位代表：</p><p>一年来，全县上下共同努力，经济增长5.2%。</p>" + strings.Repeat("</div>", depth) + "</body></html>"
	if got := texts(mustRead(t, []byte(html))); len(got) != 2 {
		t.Errorf("got %q", got)
	}
}

func BenchmarkRead(b *testing.B) {
	var text, html strings.Builder
	html.WriteString("<html><head><title>报告</title></head><body><div>")
	for i := 0; text.Len() < 1<<20; i++ {
		line := fmt.Sprintf("2022年，第%d个产业园引进企业12家，完成投资%d.5亿元，增长5.2%%，带动就业3000人。", i, i)
		text.WriteString(line + "\n")
		html.WriteString("<p style=\"text-indent:2em\">" + line + "</p>\n")
	}
	html.WriteString("</div></body></html>")
	for _, bench := range []struct {
		name string
		data []byte
	}{
		{"text", []byte(sample + text.String())},
		{"gb18030", gb18030(b, sample+text.String())},
		{"html", []byte(html.String())},
	} {
		b.Run(bench.name, func(b *testing.B) {
			b.SetBytes(int64(len(bench.data)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Read(context.Background(), "x", bytes.NewReader(bench.data)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
