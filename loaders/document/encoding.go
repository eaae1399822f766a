package document

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// The names of the encodings that are told by content.
const (
	encodingUTF8    = "UTF-8"
	encodingUTF16LE = "UTF-16LE"
	encodingUTF16BE = "UTF-16BE"
	encodingGB18030 = "GB18030"
)

const (
	bomUTF8    = "\xEF\xBB\xBF"
	bomUTF16LE = "\xFF\xFE"
	bomUTF16BE = "\xFE\xFF"
)

// Decode returns the text of data that is no page or document, and the name of
// its encoding, told by content. Its errors wrap [ErrEncoding] or [ErrBinary].
func Decode(data []byte) (text, encoding string, err error) {
	if !isText(data) {
		return "", "", binaryError(data)
	}
	return decode(data, "")
}

// decode returns the text of data and the name of its encoding. claim is the
// encoding that the file gives for itself, "" when it gives none. A byte order
// mark counts before the claim, and the bytes themselves before both: a file
// whose bytes clearly are in another encoding than it claims is decoded as
// what it is. Bytes that fit nothing give ErrEncoding with the offset.
func decode(data []byte, claim string) (text, name string, err error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xFF\xFE\x00\x00")), bytes.HasPrefix(data, []byte("\x00\x00\xFE\xFF")):
		return "", "", fmt.Errorf("%w: it is UTF-32: save it as UTF-8", ErrEncoding)
	case bytes.HasPrefix(data, []byte(bomUTF16LE)):
		return decodeUTF16(data[2:], 2, binary.LittleEndian, encodingUTF16LE)
	case bytes.HasPrefix(data, []byte(bomUTF16BE)):
		return decodeUTF16(data[2:], 2, binary.BigEndian, encodingUTF16BE)
	case bytes.HasPrefix(data, []byte(bomUTF8)):
		text, name, err = decodeClaimed(data[len(bomUTF8):], len(bomUTF8), encodingUTF8)
		return text, name, err
	}
	if name, order := guessUTF16(data); order != nil {
		return decodeUTF16(data, 0, order, name)
	}
	return decodeClaimed(data, 0, claim)
}

// decodeClaimed decodes bytes without byte order mark; base is the offset of
// data in the file.
func decodeClaimed(data []byte, base int, claim string) (text, name string, err error) {
	// Chinese text in another encoding is never valid UTF-8 by chance.
	bad := invalidUTF8(data)
	if bad < 0 {
		return string(data), encodingUTF8, nil
	}
	if other, ok := lookupCharset(claim); ok {
		return decodeCharset(data, other)
	}
	badGB := invalidGB18030(data)
	if badGB < 0 {
		text, whole := decodeGB18030(data)
		if whole && (isGB(claim) || plausibleChinese(text)) {
			return text, encodingGB18030, nil
		}
	}
	claimed := "it seems to be"
	if claim != "" || base > 0 {
		claimed = "it claims to be"
	}
	expected, at := encodingUTF8, bad
	if badGB >= 0 && (isGB(claim) || badGB > bad && looksGB18030(data[:badGB])) {
		expected, at = encodingGB18030, badGB
		claimed = "it seems to be"
	}
	if at+4 > len(data) && (expected == encodingGB18030 || !utf8.FullRune(data[at:])) {
		return "", "", cutCharacter(expected, base+at)
	}
	return "", "", fmt.Errorf("%w: %s %s, but byte 0x%02X at offset %d (line %d) does not fit: save it as UTF-8 again",
		ErrEncoding, claimed, expected, data[at], base+at, 1+countLines(string(data[:at])))
}

// cutCharacter is the error of a file that ends inside a character.
func cutCharacter(name string, offset int) error {
	return fmt.Errorf("%w: it is %s, but ends inside the character at offset %d (%w): get the whole file", ErrEncoding, name, offset, ErrTruncated)
}

// invalidUTF8 returns the offset of the first byte that is not UTF-8, or -1.
func invalidUTF8(data []byte) int {
	if utf8.Valid(data) {
		return -1
	}
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}

// invalidGB18030 returns the offset of the first byte that breaks the form of
// GB18030 (one, two or four bytes a character), or -1.
func invalidGB18030(data []byte) int {
	for i := 0; i < len(data); {
		b := data[i]
		if b < 0x80 {
			i++
			continue
		}
		if b == 0x80 || b == 0xFF || i+1 >= len(data) {
			return i
		}
		switch second := data[i+1]; {
		case 0x40 <= second && second <= 0xFE && second != 0x7F:
			i += 2
		case '0' <= second && second <= '9' && i+3 < len(data) &&
			0x81 <= data[i+2] && data[i+2] <= 0xFE && '0' <= data[i+3] && data[i+3] <= '9':
			i += 4
		default:
			return i
		}
	}
	return -1
}

// decodeGB18030 returns the text, and whether every character of it is known.
func decodeGB18030(data []byte) (string, bool) {
	decoded, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
	if err != nil {
		return "", false
	}
	text := string(decoded)
	return text, !strings.ContainsRune(text, utf8.RuneError)
}

func looksGB18030(data []byte) bool {
	text, whole := decodeGB18030(data)
	return whole && plausibleChinese(text)
}

func isGB(label string) bool {
	_, name := charset.Lookup(label)
	return name == "gbk" || name == "gb18030"
}

// lookupCharset returns the name of an encoding that a page claims, and false
// when it is one that is told by content.
func lookupCharset(label string) (string, bool) {
	enc, name := charset.Lookup(label)
	switch name {
	case "", "utf-8", "gbk", "gb18030", "utf-16le", "utf-16be", "replacement", "x-user-defined", "windows-1252":
		return "", false
	}
	return name, enc != nil
}

// decodeCharset decodes an encoding that only its label tells, such as Big5.
func decodeCharset(data []byte, name string) (string, string, error) {
	enc, _ := charset.Lookup(name)
	decoded, err := enc.NewDecoder().Bytes(data)
	if err != nil {
		return "", "", fmt.Errorf("%w: it claims to be %s, but: %w", ErrEncoding, name, err)
	}
	text := string(decoded)
	if strings.ContainsRune(text, utf8.RuneError) {
		if invalidGB18030(data) < 0 && looksGB18030(data) {
			gb, _ := decodeGB18030(data)
			return gb, encodingGB18030, nil
		}
		at := strings.IndexRune(text, utf8.RuneError)
		return "", "", fmt.Errorf("%w: it claims to be %s, but a character on line %d does not fit: save it as UTF-8 again",
			ErrEncoding, name, 1+countLines(text[:at]))
	}
	return text, name, nil
}

// guessUTF16 tells UTF-16 without byte order mark: one order of the bytes gives
// Chinese and nothing else.
func guessUTF16(data []byte) (string, binary.ByteOrder) {
	const sample = 8 << 10
	head := data[:min(len(data), sample)]
	head = head[:len(head)&^1]
	// Valid UTF-8 without NULs is never UTF-16.
	if len(head) < 8 || bytes.IndexByte(head, 0) < 0 && utf8.Valid(data) {
		return "", nil
	}
	for _, try := range []struct {
		name  string
		order binary.ByteOrder
	}{{encodingUTF16LE, binary.LittleEndian}, {encodingUTF16BE, binary.BigEndian}} {
		units := make([]uint16, len(head)/2)
		for i := range units {
			units[i] = try.order.Uint16(head[2*i:])
		}
		text := string(utf16.Decode(units))
		if !strings.ContainsRune(text, 0) && plausibleChinese(text) {
			return try.name, try.order
		}
	}
	return "", nil
}

// decodeUTF16 decodes UTF-16; base is the offset of data in the file.
func decodeUTF16(data []byte, base int, order binary.ByteOrder, name string) (string, string, error) {
	if len(data)%2 != 0 {
		return "", "", cutCharacter(name, base+len(data)-1)
	}
	var b strings.Builder
	b.Grow(len(data) * 3 / 2)
	for i := 0; i < len(data); i += 2 {
		unit := order.Uint16(data[i:])
		r := rune(unit)
		if utf16.IsSurrogate(r) {
			low := rune(utf8.RuneError)
			if i+3 < len(data) {
				low = rune(order.Uint16(data[i+2:]))
			}
			if r = utf16.DecodeRune(r, low); r == utf8.RuneError {
				return "", "", fmt.Errorf("%w: it is %s, but at offset %d stands half a surrogate pair (0x%04X): save it as UTF-8",
					ErrEncoding, name, base+i, unit)
			}
			i += 2
		}
		if r == 0 {
			return "", "", fmt.Errorf("%w: it is %s with a NUL character at offset %d", ErrBinary, name, base+i)
		}
		b.WriteRune(r)
	}
	return b.String(), name, nil
}

// frequent are characters that make up a good part of any Chinese text, most of
// all an official one. Text read in a wrong encoding has rare ones instead.
const frequent = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出会可主发年动同工也能下过子面而方后多定行学法所民得经十三之进等部度家电力里如水化高自二理起小现实加量都两机制当从业本去把性好应开它合还因由其然前外天政四日社义事平全表间与关各重新线内数正心反明看利比或但质第向道此变条没结问建月公无系最者想已通提直题党程展五果员位常文总次品活设及管特长求老基边流路级少图山统接知将组见计" +
	"，。、；：（）“”！《》\n\u3000"

var frequentSet = func() map[rune]bool {
	set := make(map[rune]bool)
	for _, r := range frequent {
		set[r] = true
	}
	return set
}()

// plausibleChinese reports whether text reads as Chinese: beside ASCII it is
// mostly Han, a good part of it frequent, and no control characters.
func plausibleChinese(text string) bool {
	const sample = 20000
	han, common, other, seen := 0, 0, 0, 0
	for _, r := range text {
		if seen++; seen > sample {
			break
		}
		if r < 0x80 {
			if r < 0x20 && r != '\n' && r != '\r' && r != '\t' && r != '\f' {
				return false
			}
			continue
		}
		if frequentSet[r] {
			common++
		}
		switch {
		case isHan(r):
			han++
		case 0x2010 <= r && r <= 0x2049, 0x2460 <= r && r <= 0x25FF, 0x3000 <= r && r <= 0x303F, 0xFF00 <= r && r <= 0xFFEF, r == 0xA0, r == 0xB7:
		default:
			other++
		}
	}
	return han > 0 && han > 4*other && common*5 >= han
}

// countLines counts the line ends in s: \n, \r\n and a lone \r.
func countLines(s string) int {
	return strings.Count(s, "\n") + strings.Count(s, "\r") - strings.Count(s, "\r\n")
}
