// Command build writes the dictionary that package segment embeds: the useful
// part of the simplified Chinese dictionary inside the gse module, and the
// names of provinces, cities and districts.
//
//	go run ./loaders/segment/dictionary/build loaders/segment/dictionary/words.txt.gz
//
// The same gse version and gazetteer give the same bytes.
package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/go-ego/gse"

	"github.com/lantu-kg/lantu/loaders/segment"
	"github.com/lantu-kg/lantu/schema"
)

// Most words of the dictionary were never counted and have its lowest
// frequency: how many documents have them (inverse document frequency, in
// nats) tells the living ones from the rest.
const (
	minFrequency   = 5
	maxInverse     = 12.5
	maxInverseName = 11.5 // names of people are mostly noise
	maxRunes       = 8
	placeFrequency = 3
)

type word struct {
	frequency float64
	tag       string
}

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
	inverse, err := inverseFrequencies()
	if err != nil {
		return err
	}
	all, words := map[string]word{}, map[string]word{}
	for i := range stock.Dict.Tokens {
		token := &stock.Dict.Tokens[i]
		w := word{token.Freq(), token.Pos()}
		all[token.Text()] = w
		if keep(token.Text(), w, inverse[token.Text()]) {
			words[token.Text()] = w
		}
	}
	if err := addPlaces(words, all); err != nil {
		return err
	}
	lines := make([]string, 0, len(words))
	for text, w := range words {
		lines = append(lines, text+" "+strconv.FormatFloat(w.frequency, 'f', -1, 64)+" "+w.tag+"\n")
	}
	slices.Sort(lines)
	var packed bytes.Buffer
	z, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := z.Write([]byte(strings.Join(lines, ""))); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	fmt.Printf("%d words, %d of gse's\n", len(words), len(all))
	return os.WriteFile(output, packed.Bytes(), 0o644)
}

func inverseFrequencies() (map[string]float64, error) {
	inverse := map[string]float64{}
	for line := range strings.Lines(gse.ZhIdf) {
		text, number, ok := strings.Cut(strings.TrimSpace(line), " ")
		if !ok {
			continue
		}
		value, err := strconv.ParseFloat(number, 64)
		if err != nil {
			return nil, fmt.Errorf("inverse document frequency of %s: %w", text, err)
		}
		inverse[text] = value
	}
	return inverse, nil
}

// keep reports whether a word is worth its memory: a single character, whose
// part of speech is needed, or a word that is in use. inverse is 0 for a word
// that was never seen.
func keep(text string, w word, inverse float64) bool {
	runes := utf8.RuneCountInString(text)
	switch {
	case strings.ContainsAny(text, " \t") || w.tag == "":
		return false
	case runes == 1:
		return true
	case runes > maxRunes:
		return false
	case strings.HasPrefix(w.tag, "nr"):
		return inverse > 0 && inverse < maxInverseName
	}
	return w.frequency >= minFrequency || inverse > 0 && inverse < maxInverse
}

// addPlaces makes the names of provinces, cities and districts words with the
// tag ns, except those that are words of the language too and those of two
// characters that gse does not know (易县 would split 贸易|县).
func addPlaces(words, all map[string]word) error {
	gazetteer, err := segment.DefaultGazetteer()
	if err != nil {
		return err
	}
	for _, level := range []schema.PlaceLevel{schema.LevelProvince, schema.LevelCity, schema.LevelDistrict} {
		for _, place := range gazetteer.Places(level) {
			for _, name := range gazetteer.Names(place.Code) {
				known, ok := all[name]
				if gazetteer.Common(name) || !ok && utf8.RuneCountInString(name) < 3 {
					continue
				}
				words[name] = word{max(known.frequency, placeFrequency), "ns"}
			}
		}
	}
	return nil
}
