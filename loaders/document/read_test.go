package document

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	"github.com/lantu-kg/lantu/schema"
)

// sample is a small report of a county that does not exist.
const sample = `政府工作报告
——2023年1月9日在云岭县第九届人民代表大会第三次会议上
云岭县县长 林知远

各位代表：
现在，我代表县人民政府，向大会报告工作，请予审议。
一、2022年工作回顾
2022年，全县地区生产总值达到86.4亿元，增长5.2%，松溪产业园引进企业12家。
（一）产业发展提质增效。新增规上工业企业9家，云岭茶城投入使用。
二、2023年工作安排
今年经济社会发展的主要预期目标是：地区生产总值增长6%左右。
`

func mustRead(t testing.TB, data []byte) *Document {
	t.Helper()
	doc, err := Read(context.Background(), "folder/report.dat", bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func texts(doc *Document) []string {
	out := make([]string, len(doc.Passages))
	for i, p := range doc.Passages {
		out[i] = p.Text
	}
	return out
}

func gb18030(t testing.TB, s string) []byte {
	t.Helper()
	out, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func utf16Bytes(s string, order binary.AppendByteOrder) []byte {
	var out []byte
	for _, unit := range utf16.Encode([]rune(s)) {
		out = order.AppendUint16(out, unit)
	}
	return out
}

func TestReadEncodings(t *testing.T) {
	want := texts(mustRead(t, []byte(sample)))
	for _, test := range []struct {
		name, encoding string
		data           []byte
	}{
		{"UTF-8", "UTF-8", []byte(sample)},
		{"UTF-8 with mark", "UTF-8", []byte(bomUTF8 + sample)},
		{"GB18030", "GB18030", gb18030(t, sample)},
		{"GB18030 that claims UTF-8", "GB18030", append([]byte(bomUTF8), gb18030(t, sample)...)},
		{"UTF-16LE with mark", "UTF-16LE", append([]byte(bomUTF16LE), utf16Bytes(sample, binary.LittleEndian)...)},
		{"UTF-16BE with mark", "UTF-16BE", append([]byte(bomUTF16BE), utf16Bytes(sample, binary.BigEndian)...)},
		{"UTF-16LE", "UTF-16LE", utf16Bytes(sample, binary.LittleEndian)},
		{"UTF-16BE", "UTF-16BE", utf16Bytes(sample, binary.BigEndian)},
	} {
		t.Run(test.name, func(t *testing.T) {
			doc := mustRead(t, test.data)
			if got := texts(doc); strings.Join(got, "\n") != strings.Join(want, "\n") {
				t.Errorf("got %q", got)
			}
			if doc.Report.Encoding != test.encoding || doc.Report.Format != "text" || doc.Report.File != "report.dat" {
				t.Errorf("got %s %s %s", doc.Report.File, doc.Report.Format, doc.Report.Encoding)
			}
		})
	}
}

// Rare characters need four bytes in GB18030 and a pair in UTF-16.
func TestReadRareCharacters(t *testing.T) {
	text := sample + "𠮷水镇和㙟城村的道路改造完成。\n"
	for _, data := range [][]byte{gb18030(t, text), utf16Bytes("\ufeff"+text, binary.BigEndian)} {
		got := texts(mustRead(t, data))
		if last := got[len(got)-1]; last != "𠮷水镇和㙟城村的道路改造完成。" {
			t.Errorf("got %q", last)
		}
	}
}

func TestReadLines(t *testing.T) {
	text := "政府工作报告\r\n\r\n各位代表：\r现在，我代表县人民政府，向大会报告工作。\n\u3000\u3000一年来， 全县\u00a0发展\u3000良好，新增企业12家。 \t\r\n"
	doc := mustRead(t, []byte(text))
	want := []struct {
		line int
		text string
	}{
		{0, "政府工作报告"},
		{2, "各位代表："},
		{3, "现在，我代表县人民政府，向大会报告工作。"},
		{4, "一年来， 全县\u00a0发展\u3000良好，新增企业12家。"},
	}
	if len(doc.Passages) != len(want) {
		t.Fatalf("got %q", texts(doc))
	}
	chars := 0
	for i, w := range want {
		p := doc.Passages[i]
		if p.Line != w.line || p.Text != w.text || p.Ordinal != i {
			t.Errorf("passage %d: got line %d %q, want line %d %q", i, p.Line, p.Text, w.line, w.text)
		}
		if p.ID != schema.PassageID(doc.Report.ID, i) || p.ReportID != doc.Report.ID {
			t.Errorf("passage %d: id %s of %s", i, p.ID, p.ReportID)
		}
		chars += len([]rune(w.text))
	}
	if doc.Report.ID != schema.ReportID(doc.Passages) || doc.Report.Passages != len(want) || doc.Report.Chars != chars {
		t.Errorf("got %+v", doc.Report)
	}
}

func TestRepair(t *testing.T) {
	for in, want := range map[string]string{
		"云岭县县长??林知远":              "云岭县县长 林知远",
		"云岭县县长?? ?? 林??  ??知远??":  "云岭县县长 林 知远",
		"怎么办?大家说了算":               "怎么办?大家说了算",
		"习水???县的道路":               "习水???县的道路", // a lost character
		"see https://a.cn/x??b=1": "see https://a.cn/x??b=1",
	} {
		if got := repair(in); got != want {
			t.Errorf("repair(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	gb := gb18030(t, sample)
	brokenUTF8 := []byte(sample)
	at := bytes.Index(brokenUTF8, []byte("松溪")) + 1
	brokenUTF8[at] = 'x'
	brokenGB := bytes.Clone(gb)
	atGB := bytes.Index(brokenGB, gb18030(t, "松溪"))
	brokenGB[atGB] = 0xFF
	loneSurrogate := append([]byte(bomUTF16LE), utf16Bytes(sample, binary.LittleEndian)...)
	binary.LittleEndian.PutUint16(loneSurrogate[20:], 0xD83D)
	for _, test := range []struct {
		name string
		data []byte
		want error
		says []string
	}{
		{"nothing", nil, ErrEmpty, []string{"0 bytes"}},
		{"white space", []byte(" \r\n\t \n"), ErrEmpty, []string{"6 bytes"}},
		{"mark only", []byte(bomUTF8 + "\n"), ErrNotChinese, nil},
		{"PNG", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), ErrBinary, []string{"PNG", "save"}},
		{"ZIP", []byte("PK\x03\x04\x14\x00\x06\x00"), ErrBinary, []string{"ZIP", "DOCX"}},
		{"NUL", []byte(sample + "\x00" + sample), ErrBinary, []string{"NUL", "offset " + itoa(len(sample)), "line 12"}},
		{"control characters", bytes.Repeat([]byte("云\x01\x02"), 40), ErrBinary, []string{"80 control characters"}},
		{"UTF-8 broken in the middle", brokenUTF8, ErrEncoding, []string{"UTF-8", "offset " + itoa(at-1), "line 8"}},
		{"GB18030 broken in the middle", brokenGB, ErrEncoding, []string{"GB18030", "0xFF", "offset " + itoa(atGB), "line 8"}},
		{"GB18030 cut in a character", gb[:atGB+1], ErrEncoding, []string{"GB18030", "offset " + itoa(atGB), "truncated"}},
		{"half a surrogate pair", loneSurrogate, ErrEncoding, []string{"UTF-16LE", "offset 20", "0xD83D"}},
		{"half a UTF-16 unit", append([]byte(bomUTF16BE), utf16Bytes(sample, binary.BigEndian)[:31]...), ErrEncoding, []string{"UTF-16BE", "ends inside the character at offset 32", "truncated"}},
		{"NUL in UTF-16", append([]byte(bomUTF16LE), utf16Bytes("政府\x00报告", binary.LittleEndian)...), ErrBinary, []string{"offset 6"}},
		{"UTF-32", []byte("\xFF\xFE\x00\x00\x00\x4e\x00\x00"), ErrEncoding, []string{"UTF-32"}},
		{"English", []byte("The county government reports that output grew by 5.2% in the year. 县"), ErrNotChinese, []string{"1 of", "OCR"}},
		{"Japanese", []byte("これは県の報告書である。産業の発展について述べるものです。"), ErrNotChinese, nil},
		{"a scan's noise", []byte("l I 1 ~ 县 .. oO rn vv II i; 长 fi ffl xX zZ"), ErrNotChinese, nil},
		{"numbers", []byte("1 2 3\n4 5 6\n"), ErrNotChinese, []string{"no letters"}},
		{"furniture only", []byte("您当前的位置：首页 >> 政务公开\n分享到：\n上一篇：云岭县简介\n打印本页\n关闭窗口\n"), ErrNoContent, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			doc, err := Read(context.Background(), "x/county.txt", bytes.NewReader(test.data))
			if doc != nil || !errors.Is(err, test.want) {
				t.Fatalf("got %v, %v", doc, err)
			}
			for _, s := range append(test.says, "x/county.txt") {
				if !strings.Contains(err.Error(), s) {
					t.Errorf("%q does not say %q", err, s)
				}
			}
		})
	}
}

// Little Chinese is still Chinese: a poorly recognised scan loads.
func TestReadLittleChinese(t *testing.T) {
	doc := mustRead(t, []byte("云岭县\n2022 12.5 | 34 % -- 7\n茶城 3 家\n"))
	if got := texts(doc); len(got) != 3 || got[0] != "云岭县" {
		t.Errorf("got %q", got)
	}
}

// endless gives Chinese text for ever and counts what was taken.
type endless struct{ taken int64 }

func (e *endless) Read(p []byte) (int, error) {
	n := copy(p, "云岭县。\n")
	e.taken += int64(n)
	for n < len(p) {
		more := copy(p[n:], p[:n])
		n += more
		e.taken += int64(more)
	}
	return n, nil
}

func TestReadStopsAtBound(t *testing.T) {
	r := &endless{}
	_, err := Read(context.Background(), "big", r)
	if !errors.Is(err, ErrTooLarge) || !strings.Contains(err.Error(), "64 MiB") {
		t.Fatalf("got %v", err)
	}
	if r.taken > MaxSize+1 {
		t.Errorf("took %d bytes of it", r.taken)
	}
}

// Shapes on which work could grow faster than the file: they have to end.
func TestReadAdversarial(t *testing.T) {
	const n = 10000
	lines := func(s string) string { return sample + strings.Repeat(s+"\n", n) }
	for name, text := range map[string]string{
		"headings":           lines("一、茶城"),
		"mixed headings":     lines("一、2022年工作回顾和2023年工作目标\n今年的总体要求是：建设茶城。"),
		"nested headings":    lines("一、茶城\n（一）茶园\n1.茶叶"),
		"share buttons":      lines("分享到：\n全县上下共同努力，各项工作有力有序，产业、城乡、民生面貌都有新的变化，发展质量稳步提高。"),
		"greetings":          lines("各位代表！"),
		"numbers":            lines("2.5"),
		"no line ends":       strings.ReplaceAll(lines("全县上下共同努力，"), "\n", ""),
		"question marks":     sample + strings.Repeat("??县", n),
		"tables in tables":   "<html><body>" + strings.Repeat("<table><tr><td>县</td><td>", 300) + "茶城，建成一年来接待游客十二万人次。" + strings.Repeat("</td></tr></table>", 300) + "</body></html>",
		"rows in loose tags": "<html><body><table>" + strings.Repeat("<tr><td><div><b>县", 300) + "茶城，建成一年来接待游客十二万人次。</table></body></html>",
		"unclosed tags":      "<html><body><p>各位代表：</p><p>全县茶城建成，一年来接待游客十二万人次。" + strings.Repeat("<i><x-y><span>县", n) + "</body></html>",
	} {
		t.Run(name, func(t *testing.T) {
			checkDocument(t, mustRead(t, []byte(text)))
		})
	}
}

func TestReadFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "yunling-2023.txt")
	if err := os.WriteFile(path, []byte(sample), 0o600); err != nil {
		t.Fatal(err)
	}
	doc, err := ReadFile(context.Background(), path)
	if err != nil || doc.Report.File != "yunling-2023.txt" || doc.Report.Region != "云岭县" {
		t.Fatalf("got %+v, %v", doc, err)
	}
	big := filepath.Join(dir, "big.txt")
	f, err := os.Create(big)
	if err != nil {
		t.Fatal(err)
	}
	// A sparse file: no bytes are written, and none may be read.
	if err := errors.Join(f.Truncate(MaxSize+1), f.Close()); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadFile(context.Background(), big); !errors.Is(err, ErrTooLarge) || !strings.Contains(err.Error(), big) {
		t.Errorf("got %v", err)
	}
	if _, err := ReadFile(context.Background(), dir); err == nil || !strings.Contains(err.Error(), "folder") {
		t.Errorf("got %v", err)
	}
	if _, err := ReadFile(context.Background(), filepath.Join(dir, "none")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v", err)
	}
}

func TestReadStopsWithContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	r := &endless{}
	if _, err := Read(ctx, "x", r); !errors.Is(err, context.Canceled) || r.taken > 0 {
		t.Errorf("got %v after %d bytes", err, r.taken)
	}
}

func TestReadPassesReadersError(t *testing.T) {
	broken := io.MultiReader(strings.NewReader(sample), failing{})
	if _, err := Read(context.Background(), "x", broken); !errors.Is(err, os.ErrDeadlineExceeded) || !strings.Contains(err.Error(), "after "+itoa(len(sample))+" bytes") {
		t.Errorf("got %v", err)
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, os.ErrDeadlineExceeded }

func itoa(n int) string {
	if n >= 10 {
		return itoa(n/10) + string(rune('0'+n%10))
	}
	return string(rune('0' + n))
}

func TestReadBig5Page(t *testing.T) {
	body := "<html><head><meta charset=big5></head><body><p>各位代表：</p><p>現在，我代表縣人民政府，向大會報告工作，請予審議，並請各位委員提出意見。過去一年，全縣經濟增長百分之五。</p></body></html>"
	data, err := traditionalchinese.Big5.NewEncoder().Bytes([]byte(body))
	if err != nil {
		t.Fatal(err)
	}
	doc := mustRead(t, data)
	if doc.Report.Encoding != "big5" || !strings.HasPrefix(doc.Passages[1].Text, "現在，我代表縣人民政府") {
		t.Errorf("got %s %q", doc.Report.Encoding, texts(doc))
	}
}
