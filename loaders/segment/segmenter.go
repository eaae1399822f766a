package segment

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"fmt"
	"io"
	"math"
	"sync"
	"unicode"

	"github.com/go-ego/gse"
)

//go:embed dictionary/words.txt.gz
var dictionary []byte

// Word is a word to put into a dictionary.
type Word struct {
	Text      string
	Frequency float64 // occurrences in a reference corpus, above 0
	Tag       string  // its part of speech or lexicon tag
}

// Segmenter cuts text into words. It is safe for concurrent use.
type Segmenter struct {
	gse     gse.Segmenter
	lexicon *Lexicon // whose tags come before the dictionary's, may be nil
}

// Default returns a segmenter that New made once.
var Default = sync.OnceValues(New)

// keepCase makes gse keep capitals: its setting is one for the whole program.
var keepCase = sync.OnceFunc(func() { gse.ToLower = false })

func newGSE() gse.Segmenter {
	keepCase()
	return gse.Segmenter{SkipLog: true, NotLoadHMM: true, SkipSubSeg: true}
}

// New returns a segmenter over the built-in dictionary and the default
// lexicon. It takes a fraction of a second and some tens of MB: share one
// through Default.
func New() (*Segmenter, error) {
	lexicon, err := DefaultLexicon()
	if err != nil {
		return nil, err
	}
	unpacked, err := gunzip(dictionary)
	if err != nil {
		return nil, fmt.Errorf("segment: dictionary: %w", err)
	}
	s := &Segmenter{gse: newGSE(), lexicon: lexicon}
	if err := s.gse.LoadDictStr(string(unpacked)); err != nil {
		return nil, fmt.Errorf("segment: dictionary: %w", err)
	}
	if err := s.addLexicon(); err != nil {
		return nil, err
	}
	return s, nil
}

// NewWith returns a segmenter that knows the given words only.
func NewWith(words ...Word) (*Segmenter, error) {
	s := &Segmenter{gse: newGSE()}
	s.gse.Dict = gse.NewDict()
	for _, word := range words {
		if word.Text == "" || !(word.Frequency > 0) || math.IsInf(word.Frequency, 1) {
			return nil, fmt.Errorf("segment: word %q with frequency %v: want a text and a finite frequency above 0", word.Text, word.Frequency)
		}
		if err := s.gse.AddToken(word.Text, word.Frequency, word.Tag); err != nil {
			return nil, fmt.Errorf("segment: word %q: %w", word.Text, err)
		}
	}
	s.gse.CalcToken()
	return s, nil
}

// addLexicon adds the names and heads of names of the lexicon that the
// dictionary lacks, each just frequent enough to win over being cut into the
// words it is made of.
func (s *Segmenter) addLexicon() error {
	total := s.gse.Dict.TotalFreq()
	var missing []Word
	for _, word := range s.lexicon.words {
		if _, _, err := s.gse.Dict.Value([]byte(word)); err == nil || s.lexicon.Tag(word) == "" {
			continue
		}
		probability := 1.0
		for _, part := range s.gse.Segment([]byte(word)) {
			probability *= max(part.Token().Freq(), 1) / total
		}
		missing = append(missing, Word{Text: word, Frequency: max(2*probability*total, 3)})
	}
	for _, word := range missing {
		if err := s.gse.AddToken(word.Text, word.Frequency, "n"); err != nil {
			return fmt.Errorf("segment: lexicon word %q: %w", word.Text, err)
		}
	}
	s.gse.CalcToken()
	return nil
}

func gunzip(packed []byte) ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(z)
}

// Segment cuts text into tokens that cover it in order, without gap or
// overlap: the text at a token's span always is the token's Text, invalid
// UTF-8 included (each wrong byte is one code point).
//
// A number with its decimal point is one token (tag m), apart from the words
// around it; 万, 亿, % and units are tokens of their own. A run of Latin
// letters and digits, such as 5G, IC/PIC or 1+7, is one token (nx) unless a
// word of the dictionary holds it. Punctuation marks and runs of white space
// are tokens (w).
func (s *Segmenter) Segment(text string) []Token {
	if text == "" {
		return nil
	}
	c := cutter{segmenter: s, text: text, bytes: []byte(text), tokens: make([]Token, 0, len(text)/5+1)}
	c.cut()
	return c.tokens
}

// isMark reports whether no word goes across r.
func isMark(r rune) bool {
	if r >= 0x4E00 && r <= 0x9FFF { // most of a text
		return false
	}
	return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsNumber(r) && r != unicode.ReplacementChar
}
