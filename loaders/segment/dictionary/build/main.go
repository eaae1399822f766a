// Command build writes the dictionary that package segment embeds, from the
// simplified Chinese dictionary inside the gse module:
//
//	go run ./loaders/segment/dictionary/build loaders/segment/dictionary/words.txt.gz
//
// The same gse version gives the same bytes.
package main

import (
	"compress/gzip"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/go-ego/gse"
)

const (
	minFrequency = 10
	// Names of people are mostly noise outside the news they were counted in.
	minPersonFrequency = 200
	maxRunes           = 8
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: build OUTPUT.txt.gz")
		os.Exit(2)
	}
	if err := build(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "build:", err)
		os.Exit(1)
	}
}

func build(output string) error {
	gse.ToLower = false
	stock := gse.Segmenter{SkipLog: true, NotLoadHMM: true, SkipSubSeg: true}
	if err := stock.LoadDictEmbed("zh_s"); err != nil {
		return err
	}
	var lines []string
	for i := range stock.Dict.Tokens {
		token := &stock.Dict.Tokens[i]
		if keep(token.Text(), token.Pos(), token.Freq()) {
			lines = append(lines, token.Text()+" "+strconv.FormatFloat(token.Freq(), 'f', -1, 64)+" "+token.Pos())
		}
	}
	slices.Sort(lines)
	f, err := os.Create(output)
	if err != nil {
		return err
	}
	z, err := gzip.NewWriterLevel(f, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := z.Write([]byte(strings.Join(lines, "\n") + "\n")); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	fmt.Printf("%d of %d words\n", len(lines), len(stock.Dict.Tokens))
	return nil
}

// keep reports whether a word is worth its memory: a single character, whose
// part of speech is needed, or a word that is neither rare nor a rare name.
func keep(word, pos string, frequency float64) bool {
	switch runes := utf8.RuneCountInString(word); {
	case strings.ContainsAny(word, " \t"):
		return false
	case runes == 1:
		return true
	case runes > maxRunes:
		return false
	case strings.HasPrefix(pos, "nr"):
		return frequency >= minPersonFrequency
	}
	return frequency >= minFrequency
}
