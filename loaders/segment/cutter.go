package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// cutter cuts one text. gse is given stretches without punctuation and
// numbers only: it adds up distances in float32, which long texts exhaust.
type cutter struct {
	segmenter *Segmenter
	text      string
	bytes     []byte // the same, for gse
	at        int    // byte offset of what is not cut yet
	position  int    // the same in code points
	tokens    []Token
}

func (c *cutter) cut() {
	start := 0 // of the stretch that waits for gse
	for i := 0; i < len(c.text); {
		r, size := utf8.DecodeRuneInString(c.text[i:])
		switch {
		case isDigit(r) || isLatin(r):
			run, tag := alphanumeric(c.text[i:])
			if tag == "m" || strings.IndexFunc(run, isJoint) >= 0 {
				c.words(start, i)
				c.emit(run, c.tagOf(run, tag))
				start = i + len(run)
				if tag == "m" {
					scale := scaleOf(c.text[start:])
					if scale != "" {
						c.emit(scale, c.tagOf(scale, "m"))
					}
					start += len(scale)
				}
				i = start
			} else {
				i += len(run)
			}
		case isMark(r):
			c.words(start, i)
			end := i + size
			if unicode.IsSpace(r) {
				end = i + spaces(c.text[i:])
			}
			mark := c.text[i:end]
			c.emit(mark, c.tagOf(mark, "w"))
			i, start = end, end
		default:
			i += size
		}
	}
	c.words(start, len(c.text))
}

// emit appends the next token.
func (c *cutter) emit(text, tag string) {
	if text == "" {
		return
	}
	end := c.position + utf8.RuneCountInString(text)
	c.tokens = append(c.tokens, Token{Start: c.position, End: end, Text: text, Tag: tag})
	c.position = end
	c.at += len(text)
}

// words cuts a stretch of letters.
func (c *cutter) words(start, end int) {
	if start == end {
		return
	}
	for _, segment := range c.segmenter.gse.Segment(c.bytes[start:end]) {
		word := c.text[start+segment.Start() : start+segment.End()]
		tag := segment.Token().Pos()
		if tag == "" || tag == "x" {
			tag = guess(word)
		}
		c.emit(word, c.tagOf(word, tag))
	}
}

// tagOf returns the lexicon's tag of a word, else the other.
func (c *cutter) tagOf(word, other string) string {
	if c.segmenter.lexicon != nil {
		if tag := c.segmenter.lexicon.Tag(word); tag != "" {
			return tag
		}
	}
	return other
}

// guess returns the tag of a word that the dictionary lacks.
func guess(word string) string {
	r, _ := utf8.DecodeRuneInString(word)
	switch {
	case isLatin(r) || isDigit(r):
		return "nx"
	case unicode.IsNumber(r):
		return "m"
	}
	return "x"
}

// alphanumeric returns the run of letters and digits that begins text, joined
// across . , + / - & _ where that makes one word of it, and its tag: m for a
// number, nx for the rest.
func alphanumeric(text string) (run, tag string) {
	tag = "m"
	end := 0
	for {
		part := strings.IndexFunc(text[end:], func(r rune) bool { return !isDigit(r) && !isLatin(r) })
		if part < 0 {
			part = len(text) - end
		}
		if strings.IndexFunc(text[end:end+part], isLatin) >= 0 {
			tag = "nx"
		}
		end += part
		joint, size := utf8.DecodeRuneInString(text[end:])
		after, _ := utf8.DecodeRuneInString(text[end+size:])
		if !isDigit(after) && !isLatin(after) {
			return text[:end], tag
		}
		switch {
		case joint == '.' || joint == '．':
			// A second point makes no number: 1.2.3 is a label.
			if tag == "m" && strings.ContainsAny(text[:end], ".．") {
				tag = "nx"
			}
		case joint == '+' || joint == '＋':
			tag = "nx"
		case joint == ',' && tag == "m" && isThousands(text[:end], text[end+size:]):
		case strings.ContainsRune("/-&_", joint) && (tag == "nx" || isLatin(after)):
			tag = "nx"
		default:
			return text[:end], tag
		}
		end += size
	}
}

// isThousands reports whether a comma between the two separates thousands.
func isThousands(before, after string) bool {
	digits := 0
	for _, r := range after {
		if !isDigit(r) {
			break
		}
		digits++
	}
	first, _, _ := strings.Cut(before, ",")
	return digits == 3 && utf8.RuneCountInString(first) <= 3 && !strings.ContainsAny(before, ".．")
}

var scales = []string{"百万亿", "千万亿", "十万亿", "万亿", "千亿", "百亿", "十亿", "亿", "千万", "百万", "十万", "万"}

// scaleOf returns the scale of a number (万, 亿, 万亿) that begins text.
func scaleOf(text string) string {
	for _, scale := range scales {
		if strings.HasPrefix(text, scale) {
			return scale
		}
	}
	return ""
}

func spaces(text string) int {
	if i := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsSpace(r) }); i >= 0 {
		return i
	}
	return len(text)
}

func isJoint(r rune) bool { return !isDigit(r) && !isLatin(r) }

func isDigit(r rune) bool { return r >= '0' && r <= '9' || r >= '０' && r <= '９' }

func isLatin(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= 'ａ' && r <= 'ｚ' || r >= 'Ａ' && r <= 'Ｚ'
}
