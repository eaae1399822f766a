package document

import (
	"bytes"
	"context"
	"strings"
	"unicode"
)

// isText takes what is not clearly binary.
func isText(data []byte) bool {
	if binarySort(data) != "" {
		return false
	}
	if bytes.HasPrefix(data, []byte(bomUTF16LE)) || bytes.HasPrefix(data, []byte(bomUTF16BE)) {
		return true
	}
	if _, order := guessUTF16(data); order != nil {
		return true
	}
	return bytes.IndexByte(data, 0) < 0 && controls(data)*100 <= len(data)
}

// parseText makes a block of every line that has something to read.
func parseText(_ context.Context, data []byte) (*content, error) {
	text, encoding, err := decode(data, "")
	if err != nil {
		return nil, err
	}
	c := &content{encoding: encoding}
	for len(text) > 0 {
		line := text
		if end := strings.IndexAny(text, "\r\n"); end >= 0 {
			line = text[:end]
			if strings.HasPrefix(text[end:], "\r\n") {
				end++
			}
			text = text[end+1:]
		} else {
			text = ""
		}
		if line = strings.TrimSpace(line); visible(line) {
			c.blocks = append(c.blocks, block{line: c.lines, text: repair(line)})
		}
		c.lines++
	}
	return c, nil
}

// visible reports whether s holds a character that is seen.
func visible(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsGraphic(r) && !unicode.IsSpace(r)
	})
}

// repair puts one space where a crawler left pairs of question marks for
// no-break spaces: two bytes in UTF-8, each turned into '?'. Question marks
// that could mean something else stay: a single one, an odd number (a lost
// character), or one beside Latin letters or digits.
func repair(line string) string {
	if !strings.Contains(line, "??") {
		return line
	}
	runes := []rune(line)
	isGap := func(r rune) bool { return r == '?' || unicode.IsSpace(r) }
	out := make([]rune, 0, len(runes))
	for i := 0; i < len(runes); {
		if !isGap(runes[i]) {
			out = append(out, runes[i])
			i++
			continue
		}
		end, run, pairs := i, 0, true
		marks := 0
		for ; end < len(runes) && isGap(runes[end]); end++ {
			if runes[end] == '?' {
				run++
				marks++
				continue
			}
			pairs = pairs && run%2 == 0
			run = 0
		}
		pairs = pairs && run%2 == 0
		beside := func(at int) bool {
			return at < 0 || at >= len(runes) || runes[at] >= 0x80
		}
		if marks == 0 || !pairs || !beside(i-1) || !beside(end) {
			out = append(out, runes[i:end]...)
		} else if i > 0 && end < len(runes) {
			out = append(out, ' ')
		}
		i = end
	}
	return string(out)
}
