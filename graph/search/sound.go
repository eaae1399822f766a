package search

import (
	"iter"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/mozillazg/go-pinyin"
)

// letters returns a query that is written in Latin letters and digits, as it
// sounds: wangjing, wang'jing, Wang Jing and WJ. It is empty for other queries.
func letters(query string) string {
	var b strings.Builder
	spoken := false
	for _, r := range strings.ToLower(query) {
		switch {
		case 'a' <= r && r <= 'z':
			spoken = true
			b.WriteRune(r)
		case '0' <= r && r <= '9':
			b.WriteRune(r)
		case r == 'ü':
			b.WriteByte('v')
		case r == '\'' || r == '’' || r == '-' || unicode.IsSpace(r):
		default:
			return ""
		}
	}
	if !spoken {
		return ""
	}
	return b.String()
}

var (
	readingOptions = pinyin.Args{Style: pinyin.Normal, Heteronym: true}
	readingCache   sync.Map // of rune to []string
)

// readings returns how a folded character may be read, without tones: zhong
// and chong of 重. Letters and digits are read as they are, all else is silent.
func readings(r rune) []string {
	if r < unicode.MaxASCII {
		if 'a' <= r && r <= 'z' || '0' <= r && r <= '9' {
			return []string{string(r)}
		}
		return nil
	}
	if known, ok := readingCache.Load(r); ok {
		return known.([]string)
	}
	found := pinyin.SinglePinyin(r, readingOptions)
	slices.Sort(found)
	found = slices.Compact(found)
	readingCache.Store(r, found)
	return found
}

// initial returns the length of the sound that a reading begins with: of zhong
// both z and zh are typed.
func initial(reading string) int {
	if len(reading) > 2 && reading[1] == 'h' && strings.IndexByte("zcs", reading[0]) >= 0 {
		return 2
	}
	return 1
}

// soundGrams yields pairs of letters that a query may begin with to be found at
// some character of a folded name, after where that stands: the first two of a
// reading, the first of it and of the next character's, and the first alone, beside 0.
func soundGrams(name []rune) iter.Seq2[int, [2]byte] {
	return func(yield func(int, [2]byte) bool) {
		for i, r := range name {
			for _, reading := range readings(r) {
				if !yield(i, [2]byte{reading[0]}) || len(reading) > 1 && !yield(i, [2]byte{reading[0], reading[1]}) {
					return
				}
				if i+1 < len(name) {
					for _, next := range readings(name[i+1]) {
						if !yield(i, [2]byte{reading[0], next[0]}) {
							return
						}
					}
				}
			}
		}
	}
}

// soundGram is the pair of letters that a spoken query begins with.
func soundGram(spoken string) [2]byte {
	if len(spoken) == 1 {
		return [2]byte{spoken[0]}
	}
	return [2]byte{spoken[0], spoken[1]}
}

// sounds finds where a folded name sounds like the query: each character by its
// whole reading or the sound that begins it, the last one by any part of it. Of
// several places the first counts; it may have to be the beginning.
func sounds(name []rune, spoken string, atStart bool) (start, end int, ok bool) {
	s := speaker{name: name, spoken: spoken}
	for start := range name {
		if atStart && start > 0 {
			break
		}
		if end := s.from(start, 0); end > 0 {
			return start, end, true
		}
	}
	return 0, 0, false
}

type speaker struct {
	name   []rune
	spoken string
	failed map[[2]int]bool // character and letter from which the rest does not follow
}

// from returns the character behind the last one of the query's rest from
// letter j, read from character i on; 0 when it cannot be read so.
func (s *speaker) from(i, j int) int {
	if i == len(s.name) || s.failed[[2]int{i, j}] {
		return 0
	}
	rest := s.spoken[j:]
	for _, reading := range readings(s.name[i]) {
		if strings.HasPrefix(reading, rest) {
			return i + 1
		}
		for _, n := range []int{len(reading), initial(reading), 1} {
			if n < len(rest) && rest[:n] == reading[:n] {
				if end := s.from(i+1, j+n); end > 0 {
					return end
				}
			}
		}
	}
	if j > 0 {
		if s.failed == nil {
			s.failed = map[[2]int]bool{}
		}
		s.failed[[2]int{i, j}] = true
	}
	return 0
}
