package document

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
)

// testdata/report.docx is report.fodt as LibreOffice saves it.
func TestReadDOCX(t *testing.T) {
	doc, err := ReadFile(context.Background(), "testdata/report.docx")
	if err != nil {
		t.Fatal(err)
	}
	checkDocument(t, doc)
	printed, err := ReadFile(context.Background(), "testdata/report.pdf")
	if err != nil {
		t.Fatal(err)
	}
	// The print differs in where the note stands, in its number, and in how the
	// white space of the speaker's line is written.
	sorted := func(d *Document) []string {
		out := texts(d)
		for i, s := range out {
			out[i] = strings.TrimPrefix(strings.ReplaceAll(s, "\u3000", " "), "1目标")
			out[i] = strings.TrimPrefix(out[i], "目标")
		}
		slices.Sort(out)
		return out
	}
	if got, want := sorted(doc), sorted(printed); !slices.Equal(got, want) {
		t.Errorf("got %q\nof print %q", got, want)
	}
	if r := doc.Report; r.Format != "docx" || r.Title != "政府工作报告" || r.Region != "云岭县" || r.Speaker != "林知远" || r.Date != "2023-01-09" {
		t.Errorf("head %+v", r)
	}
	for i, p := range doc.Passages {
		if strings.Contains(p.Text, "会议文件") || p.Page != 0 {
			t.Errorf("passage %d: %+v", i, p)
		}
	}
}

// docxOf packs parts of a document; body goes into word/document.xml.
func docxOf(t testing.TB, body string, parts ...string) []byte {
	t.Helper()
	const open = `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>`
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	parts = append(parts, "word/document.xml", open+body+"</w:body></w:document>")
	for i := 0; i < len(parts); i += 2 {
		f, err := w.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, parts[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// wordPara writes a paragraph with properties.
func wordPara(properties, text string) string {
	return "<w:p><w:pPr>" + properties + "</w:pPr><w:r><w:t>" + text + "</w:t></w:r></w:p>"
}

const wordStyles = `<w:styles xmlns:w="w">
<w:style w:type="paragraph" w:styleId="a1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="a2"><w:name w:val="条"/><w:basedOn w:val="a3"/></w:style>
<w:style w:type="paragraph" w:styleId="a3"><w:name w:val="标题 2"/></w:style>
<w:style w:type="paragraph" w:styleId="a4"><w:name w:val="款"/><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="7"/></w:numPr></w:pPr></w:style>
</w:styles>`

const wordNumbers = `<w:numbering xmlns:w="w">
<w:abstractNum w:abstractNumId="3">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="japaneseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val=""/></w:lvl>
</w:abstractNum>
<w:num w:numId="7"><w:abstractNumId w:val="3"/></w:num>
</w:numbering>`

func TestDOCXHeadingsAndNumbers(t *testing.T) {
	list := func(level string) string {
		return `<w:numPr><w:ilvl w:val="` + level + `"/><w:numId w:val="7"/></w:numPr>`
	}
	doc := mustRead(t, docxOf(t,
		wordPara("", "各位代表：")+
			wordPara(`<w:pStyle w:val="a1"/>`, "上年工作，稳中有进")+
			wordPara("", "全县地区生产总值增长5.2%。")+
			wordPara(`<w:pStyle w:val="a2"/>`, "产业，提质增效")+
			wordPara(list("2"), "松溪产业园建成。")+
			wordPara(list("0"), "今年工作安排")+
			wordPara(`<w:pStyle w:val="a4"/>`, "强产业")+
			wordPara(`<w:pStyle w:val="a4"/>`, "惠民生")+
			wordPara(list("0"), "政府自身建设")+
			wordPara(`<w:pStyle w:val="a4"/>`, "讲法治"),
		"word/styles.xml", wordStyles, "word/numbering.xml", wordNumbers))
	want := []string{"各位代表：", "上年工作，稳中有进", "全县地区生产总值增长5.2%。", "产业，提质增效", "松溪产业园建成。",
		"一、今年工作安排", "（一）强产业", "（二）惠民生", "二、政府自身建设", "（一）讲法治"}
	if got := texts(doc); !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	type section struct {
		level   int
		heading string
	}
	var got []section
	for _, s := range doc.Sections {
		got = append(got, section{s.Level, s.Heading})
	}
	if want := []section{{1, "上年工作，稳中有进"}, {2, "产业，提质增效"}, {1, "今年工作安排"}, {2, "强产业"}, {2, "惠民生"}, {1, "政府自身建设"}, {2, "讲法治"}}; !slices.Equal(got, want) {
		t.Errorf("sections %v", got)
	}
	if !doc.Passages[1].Heading || doc.Passages[2].Heading || doc.Passages[3].Line != 3 {
		t.Errorf("passages %+v", doc.Passages)
	}
}

func TestDOCXTables(t *testing.T) {
	cell := func(inner ...string) string { return "<w:tc>" + strings.Join(inner, "") + "</w:tc>" }
	row := func(cells ...string) string { return "<w:tr>" + strings.Join(cells, "") + "</w:tr>" }
	inner := "<w:tbl>" + row(cell(wordPara("", "茶叶")), cell(wordPara("", "3.8亿元"))) + "</w:tbl>"
	doc := mustRead(t, docxOf(t, wordPara("", "各位代表：")+"<w:tbl>"+
		row(cell(wordPara("", "指标")), cell(wordPara("", "完成"), wordPara("", "情况")), cell(wordPara("", "")))+
		row(cell(wordPara("", "全县地区生产总值增长5.2%。")))+
		row(cell(wordPara("", "分项")), cell(inner))+"</w:tbl>"))
	if got := doc.Passages[4].Columns; got != nil {
		t.Errorf("the inner table has heads: %q", got)
	}
	if got, want := texts(doc), []string{"各位代表：", "指标\t完成 情况", "全县地区生产总值增长5.2%。", "分项", "茶叶\t3.8亿元"}; !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

func TestDOCXTableHeads(t *testing.T) {
	cell := func(text string) string { return "<w:tc>" + wordPara("", text) + "</w:tc>" }
	wide := `<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>` + wordPara("", "2024年") + "</w:tc>"
	doc := mustRead(t, docxOf(t, wordPara("", "各位代表：")+"<w:tbl>"+
		"<w:tr>"+cell("指标")+wide+"</w:tr>"+
		"<w:tr>"+cell("")+cell("完成")+cell("增长（%）")+"</w:tr>"+
		"<w:tr>"+cell("地区生产总值（亿元）")+cell("")+cell("5.2")+"</w:tr></w:tbl>"+wordPara("", "谢谢大家！")))
	if got, want := doc.Passages[3].Columns, []string{"指标", "2024年增长（%）"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q; %q", got, want, texts(doc))
	}
	if doc.Passages[1].Columns != nil || doc.Passages[4].Columns != nil {
		t.Error("heads and paragraphs have heads")
	}
}

func TestDOCXRuns(t *testing.T) {
	doc := mustRead(t, docxOf(t, wordPara("", "各位代表：")+
		`<w:p><w:pPr><w:tabs><w:tab w:val="left" w:pos="420"/></w:tabs></w:pPr><w:r><w:t>全县</w:t></w:r><w:del><w:r><w:delText>去年</w:delText></w:r></w:del>`+
		`<w:ins><w:r><w:t>今年</w:t></w:r></w:ins><w:r><w:t xml:space="preserve"> 发展</w:t><w:tab/><w:t>良好。</w:t><w:footnoteReference w:id="2"/></w:r>`+
		`<w:r><w:br/><w:t>另起一行。</w:t></w:r></w:p>`+
		`<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>`+wordPara("", "框中的话。")+`</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>`+wordPara("", "框中的话。")+`</w:txbxContent></mc:Fallback></mc:AlternateContent><w:t>框外的话。</w:t></w:r></w:p>`,
		"word/footnotes.xml", `<w:footnotes xmlns:w="w"><w:footnote w:type="separator" w:id="0">`+wordPara("", "线")+`</w:footnote><w:footnote w:id="2">`+wordPara("", "发展：指高质量发展。")+`</w:footnote></w:footnotes>`))
	if got, want := texts(doc), []string{"各位代表：", "全县今年 发展 良好。", "另起一行。", "发展：指高质量发展。", "框中的话。", "框外的话。"}; !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

func TestHanNumber(t *testing.T) {
	for n, want := range map[int]string{1: "一", 10: "十", 11: "十一", 20: "二十", 35: "三十五", 99: "九十九"} {
		if got := hanNumber(n); got != want {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
	}
}

func TestDOCXErrors(t *testing.T) {
	good, err := os.ReadFile("testdata/report.docx")
	if err != nil {
		t.Fatal(err)
	}
	locked := append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), "\x00E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00"...)
	for _, test := range []struct {
		name string
		data []byte
		want error
		says []string
	}{
		{"cut off", good[:len(good)-200], ErrDamaged, []string{"again"}},
		{"broken XML", docxOf(t, "<w:p><w:r></w:p>"), ErrDamaged, []string{"word/document.xml", "line 1"}},
		{"deep nesting", docxOf(t, strings.Repeat("<w:sdt>", 600)+strings.Repeat("</w:sdt>", 600)), ErrDamaged, []string{"nest"}},
		{"images only", docxOf(t, "<w:p><w:r><w:drawing/></w:r></w:p>"), ErrNoContent, []string{"OCR"}},
		{"a password", locked, ErrEncrypted, []string{"password"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			doc, err := Read(context.Background(), "x/county.docx", bytes.NewReader(test.data))
			if doc != nil || !errors.Is(err, test.want) {
				t.Fatalf("got %v, %v", doc, err)
			}
			for _, s := range append(test.says, "x/county.docx") {
				if !strings.Contains(err.Error(), s) {
					t.Errorf("%q does not say %q", err, s)
				}
			}
		})
	}
}

func TestDOCXBomb(t *testing.T) {
	bomb := docxOf(t, strings.Repeat(" ", 2<<20))
	if _, err := readDOCX(context.Background(), bomb, 1<<20); !errors.Is(err, ErrTooLarge) || !strings.Contains(err.Error(), "1048576 bytes") {
		t.Errorf("error %v", err)
	}
	if _, err := readDOCX(context.Background(), bomb, 4<<20); !errors.Is(err, ErrNoContent) {
		t.Errorf("within the bound: %v", err)
	}
}

// FuzzDOCX packs what it is given as the parts of a document.
func FuzzDOCX(f *testing.F) {
	f.Add("<w:tbl><w:tr><w:tc>"+wordPara("", "各位代表：")+"</w:tc></w:tr></w:tbl>"+wordPara(`<w:pStyle w:val="a4"/>`, "强产业"), wordStyles, wordNumbers)
	f.Add("</w:p></w:tr></w:tc><w:tc><w:p><w:p>", "<w:style/><w:basedOn/>", `<w:lvl w:ilvl="-1"/><w:num/>`)
	f.Fuzz(func(t *testing.T, body, styles, numbers string) {
		checkRead(t, "docx", docxOf(t, wordPara("", "各位代表：")+body, "word/styles.xml", styles, "word/numbering.xml", numbers))
	})
}
