package segment

import (
	"bufio"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/lantu-kg/lantu/schema"
)

//go:embed lexicon/*.tsv
var lexiconFiles embed.FS

// Entry is a word of the lexicon under one of its tags.
type Entry struct {
	Word  string
	Tag   string // the name of its file in upper case, such as HEAD_PARK
	Extra string // the second column, empty for most tags
}

// LexiconMatch is an occurrence of a lexicon word in a text.
type LexiconMatch struct {
	Start, End int // half-open range of code points
	Entry
}

// Lexicon holds Lantu's cue words by tag. It reads the files lexicon/*.tsv:
// the name of a file is the tag in lower case (head_park.tsv holds HEAD_PARK),
// each line is a word, optionally followed by a tab and an extra column. Lines
// that begin with # are comments. A word may stand in several files, but once
// in each. To add a tag, add a file.
//
// A Lexicon is not changed after it is built and is safe for concurrent use.
type Lexicon struct {
	byTag    map[string][]Entry
	byWord   map[string][]Entry // in order of tag, or as Only was given them
	tagged   map[string]string  // the words that Tag knows
	words    []string           // by number in the tries
	entries  [][]Entry          // byWord, by number in the tries
	trie     *trie
	reversed *trie // holds the words back to front, for suffixes
}

// DefaultLexicon returns the lexicon that is part of the program.
var DefaultLexicon = sync.OnceValues(func() (*Lexicon, error) {
	sub, err := fs.Sub(lexiconFiles, "lexicon")
	if err != nil {
		return nil, fmt.Errorf("segment: lexicon: %w", err)
	}
	return NewLexicon(sub)
})

// NewLexicon reads the *.tsv files at the top of fsys. It reports the first
// malformed or repeated row with its file and line.
func NewLexicon(fsys fs.FS) (*Lexicon, error) {
	files, err := fs.Glob(fsys, "*.tsv")
	if err != nil {
		return nil, fmt.Errorf("segment: lexicon: %w", err)
	}
	slices.Sort(files)
	l := &Lexicon{byTag: map[string][]Entry{}, byWord: map[string][]Entry{}}
	for _, file := range files {
		if err := l.read(fsys, file); err != nil {
			return nil, err
		}
	}
	l.index()
	return l, nil
}

// Only returns the part of the lexicon under tags. Looking there is the
// quicker way to look for the same tags again and again.
func (l *Lexicon) Only(tags ...string) *Lexicon {
	part := &Lexicon{byTag: map[string][]Entry{}, byWord: map[string][]Entry{}}
	for _, tag := range tags {
		for _, entry := range l.byTag[tag] {
			part.add(entry)
		}
	}
	part.index()
	return part
}

func (l *Lexicon) add(entry Entry) {
	l.byTag[entry.Tag] = append(l.byTag[entry.Tag], entry)
	if _, ok := l.byWord[entry.Word]; !ok {
		l.words = append(l.words, entry.Word)
	}
	l.byWord[entry.Word] = append(l.byWord[entry.Word], entry)
}

// index makes the tries once all entries are there.
func (l *Lexicon) index() {
	l.entries = make([][]Entry, len(l.words))
	l.tagged = map[string]string{}
	backwards := make([]string, len(l.words))
	for i, word := range l.words {
		l.entries[i] = l.byWord[word]
		if tag := tokenTag(l.entries[i]); tag != "" {
			l.tagged[word] = tag
		}
		runes := []rune(word)
		slices.Reverse(runes)
		backwards[i] = string(runes)
	}
	l.trie, l.reversed = newTrie(l.words), newTrie(backwards)
}

func (l *Lexicon) read(fsys fs.FS, file string) error {
	f, err := fsys.Open(file)
	if err != nil {
		return fmt.Errorf("segment: lexicon: %w", err)
	}
	defer func() { _ = f.Close() }()
	tag := strings.ToUpper(strings.TrimSuffix(path.Base(file), ".tsv"))
	seen := map[string]int{}
	scanner := bufio.NewScanner(f)
	for line := 1; scanner.Scan(); line++ {
		row := scanner.Text()
		if row == "" || strings.HasPrefix(row, "#") {
			continue
		}
		entry, err := parseRow(row, tag)
		if err != nil {
			return fmt.Errorf("segment: lexicon/%s:%d: %w", file, line, err)
		}
		if first, ok := seen[entry.Word]; ok {
			return fmt.Errorf("segment: lexicon/%s:%d: %s is already on line %d: delete one", file, line, entry.Word, first)
		}
		seen[entry.Word] = line
		l.add(entry)
	}
	if err := scanner.Err(); err != nil {
		return fmt.Errorf("segment: lexicon/%s: %w", file, err)
	}
	return nil
}

func parseRow(row, tag string) (Entry, error) {
	if !utf8.ValidString(row) {
		return Entry{}, fmt.Errorf("not UTF-8")
	}
	columns := strings.Split(row, "\t")
	if len(columns) > 2 {
		return Entry{}, fmt.Errorf("%d columns: want a word and at most one more column", len(columns))
	}
	for _, column := range columns {
		if column == "" || column != strings.TrimSpace(column) || strings.ContainsRune(column, '\uFEFF') {
			return Entry{}, fmt.Errorf("%q: a column is empty or has white space around it", column)
		}
	}
	entry := Entry{Word: columns[0], Tag: tag}
	if len(columns) == 2 {
		entry.Extra = columns[1]
	}
	return entry, nil
}

// AllTags returns the tags in order.
func (l *Lexicon) AllTags() []string {
	tags := make([]string, 0, len(l.byTag))
	for tag := range l.byTag {
		tags = append(tags, tag)
	}
	slices.Sort(tags)
	return tags
}

// Entries returns the entries of a tag in the order of its file.
func (l *Lexicon) Entries(tag string) []Entry { return slices.Clone(l.byTag[tag]) }

// Words returns the words of a tag in the order of its file.
func (l *Lexicon) Words(tag string) []string {
	words := make([]string, len(l.byTag[tag]))
	for i, entry := range l.byTag[tag] {
		words[i] = entry.Word
	}
	return words
}

// Lookup returns the entries of a word, in order of tag.
func (l *Lexicon) Lookup(word string) []Entry { return slices.Clone(l.byWord[word]) }

// Tag returns the tag that Segment gives to a token of this word: the kind
// that it names (INDUSTRY, ENTERPRISE …), else the first HEAD_ tag under which
// it is not weak, else "". The other tags hold phrases and cues that are looked
// for in the text itself: see Has, Lookup and Scan.
func (l *Lexicon) Tag(word string) string { return l.tagged[word] }

func tokenTag(entries []Entry) string {
	var head string
	for _, entry := range entries {
		switch {
		case schema.Kind(entry.Tag).Valid():
			return entry.Tag
		case head == "" && strings.HasPrefix(entry.Tag, "HEAD_") && entry.Extra != "weak":
			head = entry.Tag
		}
	}
	return head
}

// Has reports whether word stands under tag.
func (l *Lexicon) Has(word, tag string) bool {
	for _, entry := range l.byWord[word] {
		if entry.Tag == tag {
			return true
		}
	}
	return false
}

// pick returns the entry of the word under the first of tags that has it; no
// tags admit all.
func (l *Lexicon) pick(word int32, tags []string) (Entry, bool) {
	entries := l.entries[word]
	if len(tags) == 0 {
		return entries[0], true
	}
	for _, tag := range tags {
		for _, entry := range entries {
			if entry.Tag == tag {
				return entry, true
			}
		}
	}
	return Entry{}, false
}

// LongestAt returns the longest word under one of tags (no tags: under any)
// that begins at text[start].
func (l *Lexicon) LongestAt(text []rune, start int, tags ...string) (LexiconMatch, bool) {
	var match LexiconMatch
	l.trie.each(text, start, func(end int, word int32) {
		if entry, ok := l.pick(word, tags); ok {
			match = LexiconMatch{start, end, entry}
		}
	})
	return match, match.End > 0
}

// LongestEndingAt returns the longest word under one of tags (no tags: under
// any) that ends just before text[end]. It finds the head of a name:
// LongestEndingAt([]rune("望京科技园"), 5, "HEAD_PARK") gives 科技园.
func (l *Lexicon) LongestEndingAt(text []rune, end int, tags ...string) (LexiconMatch, bool) {
	var match LexiconMatch
	var at int32
	for i := end - 1; i >= 0; i-- {
		if at = l.reversed.child(at, text[i]); at == 0 {
			break
		}
		if word := l.reversed.nodes[at].word; word >= 0 {
			if entry, ok := l.pick(word, tags); ok {
				match = LexiconMatch{i, end, entry}
			}
		}
	}
	return match, match.End > 0
}

// Scan returns the words under one of tags (no tags: under any) in a text,
// the longest at each place, from left to right without overlaps.
func (l *Lexicon) Scan(text []rune, tags ...string) []LexiconMatch {
	var matches []LexiconMatch
	for i := 0; i < len(text); {
		match, ok := l.LongestAt(text, i, tags...)
		if !ok {
			i++
			continue
		}
		matches = append(matches, match)
		i = match.End
	}
	return matches
}
