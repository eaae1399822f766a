package document

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

var sentinels = []error{ErrEmpty, ErrBinary, ErrTooLarge, ErrEncoding, ErrNotChinese, ErrScanned, ErrEncrypted, ErrDamaged, ErrTruncated, ErrNoContent}

// FuzzRead holds that no bytes make Read panic, that an error is one of the
// package's, and that what is read is true to the file.
func FuzzRead(f *testing.F) {
	seeds := [][]byte{
		nil, []byte(" \n"), []byte(sample), []byte(bomUTF8 + sample), gb18030(f, sample),
		append([]byte(bomUTF16LE), utf16Bytes(sample, binary.LittleEndian)...),
		utf16Bytes(sample, binary.BigEndian),
		[]byte(samplePage), gb18030(f, samplePage), utf16Bytes("\ufeff"+samplePage, binary.LittleEndian),
		[]byte("<table><tr><td>云岭县<td>茶城<tr><td>3家</table>"),
		[]byte("<pre>各位代表：\n一年来，全县发展良好。</pre>"),
		[]byte("标题：报告\n内容摘要：\n各位代表：??\n分享到：\n" + speech + "\n上一篇：\n茶城\n"),
		[]byte("\x89PNG\r\n"), []byte("PK\x03\x04"), []byte("%PDF-1.4"), []byte("县\x00"), []byte("县\xff政府"),
		[]byte("附件1\n名词解释\n一、\n（一）\n1.\n"),
		[]byte("各位代表：\r县\r\n\r\n2.5\n今年的总体要求是：县"),
	}
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, err := Read(context.Background(), "fuzz", bytes.NewReader(data))
		if err != nil {
			known := false
			for _, s := range sentinels {
				known = known || errors.Is(err, s)
			}
			if !known || doc != nil || !strings.HasPrefix(err.Error(), "document: fuzz: ") {
				t.Fatalf("got %v, %v", doc, err)
			}
			return
		}
		checkDocument(t, doc)
		again, err := Read(context.Background(), "fuzz", bytes.NewReader(data))
		if err != nil || again.Report != doc.Report || len(again.Passages) != len(doc.Passages) {
			t.Fatalf("read again: %+v, %v", again, err)
		}
		text, _, err := decode(data, "")
		if err != nil && doc.Report.Format == "text" {
			t.Fatal(err)
		}
		var lines []string
		if err == nil && doc.Report.Format != "pdf" {
			lines = strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text), "\n")
		}
		for i, p := range doc.Passages {
			if !reflect.DeepEqual(p, again.Passages[i]) || !utf8.ValidString(p.Text) {
				t.Fatalf("passage %d: %+v, then %+v", i, p, again.Passages[i])
			}
			if lines == nil {
				continue
			}
			if p.Line >= len(lines) {
				t.Fatalf("line %d of %d", p.Line, len(lines))
			}
			if doc.Report.Format == "text" && !strings.Contains(repair(strings.TrimSpace(lines[p.Line])), p.Text) {
				t.Fatalf("line %d %q does not hold %q", p.Line, lines[p.Line], p.Text)
			}
		}
	})
}
