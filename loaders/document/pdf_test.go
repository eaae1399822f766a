package document

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// testdata/report.pdf is report.fodt as LibreOffice prints it: four pages with
// header, page numbers, a note at the foot and a table.
func TestReadPDF(t *testing.T) {
	doc, err := ReadFile(context.Background(), "testdata/report.pdf")
	if err != nil {
		t.Fatal(err)
	}
	checkDocument(t, doc)
	r := doc.Report
	if r.Format != "pdf" || r.Title != "政府工作报告" || r.Region != "云岭县" || r.Speaker != "林知远" || r.Date != "2023-01-09" ||
		r.Meeting != "云岭县第九届人民代表大会第三次会议" {
		t.Errorf("head %+v", r)
	}
	pages := map[string]int{}
	for _, p := range doc.Passages {
		pages[p.Text] = p.Page
		if strings.Contains(p.Text, "会议文件") || strings.Contains(p.Text, "— ") {
			t.Errorf("header or page number: %q", p.Text)
		}
	}
	source, err := os.ReadFile("testdata/report.fodt")
	if err != nil {
		t.Fatal(err)
	}
	for text, page := range map[string]int{
		"政 府 工 作 报 告": 1,
		"——2023年1月9日在云岭县第九届人民代表大会第三次会议上": 1, // two centred lines
		"一、2022年工作回顾": 1,
		"1目标任务：指县九届人大二次会议审议通过的政府工作报告所列的各项指标。": 1,
		"“里坊焕新”工程在城关街道、望潮街道全面铺开，改造老旧小区18个，惠及居民4260户。县城至石门镇一级公路建成通车，云岭大桥主体完工，松溪河治理工程完成投资1.7亿元。新建改建农村公路86公里，新增停车位1200个，城区绿化覆盖率达到41.3%。": 2, // runs on to page 3
		"（二）城乡面貌持续改善":           2,
		"地区生产总值\t86.4亿元\t5.2%":  3,
		"一般公共预算收入\t6.1亿元\t4.8%": 3,
	} {
		if pages[text] != page {
			t.Errorf("%q: on page %d, want %d", text, pages[text], page)
		}
	}
	// What was one paragraph is one passage, the raised mark of a note aside.
	paragraphs := 0
	for part := range strings.SplitSeq(string(source), "<text:p text:style-name=\"Body\">") {
		text, _, ok := strings.Cut(part, "</text:p>\n")
		if !ok || strings.Contains(part, "<?xml") {
			continue
		}
		if before, note, ok := strings.Cut(text, "<text:note"); ok {
			_, after, _ := strings.Cut(note, "</text:note>")
			text = before + after
		}
		paragraphs++
		if pages[text] == 0 {
			t.Errorf("no passage %q", text)
		}
	}
	if paragraphs != 9 {
		t.Errorf("%d paragraphs", paragraphs)
	}
	if len(doc.Sections) != 4 || doc.Sections[0].Heading != "2022年工作回顾" || doc.Sections[1].Level != 2 {
		t.Errorf("sections %+v", doc.Sections)
	}
}

// pdfText writes a PDF without embedded font, whose texts are in a CMap that
// the format names: each page is a list of lines.
func pdfText(t testing.TB, cmap, collection string, encode func(string) []byte, pages ...[]string) []byte {
	t.Helper()
	w := &pdfWriter{}
	font := w.add("<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/%s/DescendantFonts[<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light"+
		"/CIDSystemInfo<</Registry(Adobe)/Ordering(%s)/Supplement 2>>/DW 1000"+
		"/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>>>]>>", cmap, collection)
	for _, lines := range pages {
		var b strings.Builder
		for i, l := range lines {
			fmt.Fprintf(&b, "BT /F 12 Tf 1 0 0 1 72 %d Tm <%x> Tj ET\n", 760-20*i, encode(l))
		}
		w.page(fmt.Sprintf("/Font<</F %d 0 R>>", font), b.String())
	}
	return w.bytes("")
}

// pdfWriter writes the objects of a PDF.
type pdfWriter struct {
	objects []string
	pages   []int
}

func (w *pdfWriter) add(format string, args ...any) int {
	w.objects = append(w.objects, fmt.Sprintf(format, args...))
	return len(w.objects) + 2 // 1 is the catalogue, 2 the list of pages
}

func (w *pdfWriter) page(resources, stream string) {
	content := w.add("<</Length %d>>stream\n%s\nendstream", len(stream), stream)
	w.pages = append(w.pages, w.add("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<%s>>/Contents %d 0 R>>", resources, content))
}

func (w *pdfWriter) bytes(trailer string) []byte {
	kids := ""
	for _, p := range w.pages {
		kids += fmt.Sprintf("%d 0 R ", p)
	}
	objects := append([]string{"<</Type/Catalog/Pages 2 0 R>>", fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d>>", kids, len(w.pages))}, w.objects...)
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	var table strings.Builder
	for i, o := range objects {
		fmt.Fprintf(&table, "%010d 00000 n \n", b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n",
		len(objects)+1, table.String(), len(objects)+1, trailer, b.Len())
	return b.Bytes()
}

func utf16BE(s string) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(s)) {
		out = append(out, byte(u>>8), byte(u))
	}
	return out
}

// wrapped cuts a text into lines of n characters, the first indented by two.
func wrapped(text string, n int) []string {
	rs := append([]rune("\u3000\u3000"), []rune(text)...)
	var lines []string
	for part := range slices.Chunk(rs, n) {
		lines = append(lines, string(part))
	}
	return lines
}

const wrappedText = "现在我代表县人民政府向大会报告工作请予审议一年来全县上下扎实推进各项工作松溪产业园二期建成投用云杉医疗和拓微科技入驻云岭茶城投入使用。"

func TestReadPDFWithNamedCMaps(t *testing.T) {
	gbk := func(s string) []byte {
		out, err := simplifiedchinese.GBK.NewEncoder().Bytes([]byte(s))
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	for cmap, encode := range map[string]func(string) []byte{
		"UniGB-UCS2-H": utf16BE, "UniGB-UTF16-H": utf16BE, "GBK-EUC-H": gbk, "GBK2K-H": gbk, "GB-EUC-H": gbk,
	} {
		t.Run(cmap, func(t *testing.T) {
			lines := append(wrapped(wrappedText, 30), wrapped("全县地区生产总值增长。", 30)...)
			doc := mustRead(t, pdfText(t, cmap, "GB1", encode, append([]string{"各位代表："}, lines...)))
			if got, want := texts(doc), []string{"各位代表：", wrappedText, "全县地区生产总值增长。"}; !slices.Equal(got, want) {
				t.Errorf("got %q", got)
			}
			if doc.Passages[2].Page != 1 {
				t.Errorf("page %d", doc.Passages[2].Page)
			}
		})
	}
}

func TestReadPDFCutsEdges(t *testing.T) {
	lines := wrapped(wrappedText+wrappedText, 30)
	page := func(n string, body []string) []string {
		out := append([]string{"云岭县政府工作报告" + n}, body...)
		for len(out) < 36 {
			out = append(out, "")
		}
		return append(out, "第"+n+"页")
	}
	doc := mustRead(t, pdfText(t, "UniGB-UCS2-H", "GB1", utf16BE, page("1", lines[:2]), page("2", lines[2:4]), page("3", lines[4:])))
	if got := texts(doc); len(got) != 1 || got[0] != wrappedText+wrappedText {
		t.Errorf("got %q", got)
	}
	if doc.Passages[0].Page != 1 {
		t.Errorf("page %d", doc.Passages[0].Page)
	}
}

func TestPDFErrors(t *testing.T) {
	good, err := os.ReadFile("testdata/report.pdf")
	if err != nil {
		t.Fatal(err)
	}
	scan := &pdfWriter{}
	image := scan.add("<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>stream\n\x80\nendstream")
	for range 3 {
		scan.page(fmt.Sprintf("/XObject<</I %d 0 R>>", image), "q 595 0 0 842 0 0 cm /I Do Q")
	}
	blank := &pdfWriter{}
	blank.page("", "")
	locked := &pdfWriter{}
	locked.page("", "")
	secret := strings.Repeat("ab", 32)
	none := &pdfWriter{}
	for _, test := range []struct {
		name string
		data []byte
		want error
		says []string
	}{
		{"a scan", scan.bytes(""), ErrScanned, []string{"3 of its 3 pages", "OCR"}},
		{"blank", blank.bytes(""), ErrNoContent, []string{"1 pages"}},
		{"a password", locked.bytes("/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<" + secret + ">/U<" + secret + ">>>"), ErrEncrypted, []string{"password"}},
		{"header only", []byte("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj"), ErrDamaged, []string{"again"}},
		{"no pages", none.bytes(""), ErrDamaged, nil},
		{"cut off", good[:len(good)/3], ErrDamaged, []string{"again"}},
		{"English", pdfText(t, "UniGB-UCS2-H", "GB1", utf16BE, []string{"The county government reports on its work."}), ErrNotChinese, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			doc, err := Read(context.Background(), "x/county.pdf", bytes.NewReader(test.data))
			if doc != nil || !errors.Is(err, test.want) {
				t.Fatalf("got %v, %v", doc, err)
			}
			for _, s := range append(test.says, "x/county.pdf") {
				if !strings.Contains(err.Error(), s) {
					t.Errorf("%q does not say %q", err, s)
				}
			}
		})
	}
}

func TestPDFStopsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	data, err := os.ReadFile("testdata/report.pdf")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parsePDF(ctx, data); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

// Some fonts give radicals for the characters that they look like.
func TestPlainRune(t *testing.T) {
	for in, want := range map[rune]rune{'⼈': '人', '⾯': '面', '⻋': '车', '⻓': '长', '豈': '豈', '县': '县', '\uf06c': 0, '\u00a0': ' ', 2: '-', 7: 0} {
		if got := plainRune(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func FuzzPDF(f *testing.F) {
	good, err := os.ReadFile("testdata/report.pdf")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add(pdfText(f, "UniGB-UCS2-H", "GB1", utf16BE, wrapped(wrappedText, 30), wrapped(wrappedText, 20)))
	f.Add(pdfText(f, "GBK-EUC-H", "GB1", utf16BE, wrapped(wrappedText, 30)))
	f.Fuzz(func(t *testing.T, data []byte) { checkRead(t, "pdf", data) })
}

// checkRead holds that an error is one of the package's, and what is read sound.
func checkRead(t *testing.T, format string, data []byte) {
	t.Helper()
	doc, err := Read(context.Background(), "fuzz", bytes.NewReader(data))
	if err == nil {
		checkDocument(t, doc)
		return
	}
	if doc != nil || !slices.ContainsFunc(sentinels, func(s error) bool { return errors.Is(err, s) }) || !strings.HasPrefix(err.Error(), "document: fuzz: ") {
		t.Fatalf("%s: got %v, %v", format, doc, err)
	}
}
