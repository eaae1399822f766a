// Package search finds entities by their names and passages by their text,
// wherever the searched words stand in them. The index is held in memory and
// can always be built anew from the graph.
package search

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/lantu-kg/lantu/schema"
)

// Document is something to be found: an entity by its names, or a passage by
// its text.
type Document struct {
	ID      string
	Kind    schema.Kind // the entity's; empty for a passage
	Name    string
	Aliases []string
	Text    string // the passage's
}

// Match is in what way a hit matches.
type Match string

// The ways of matching, best first.
const (
	Name        Match = "NAME"         // the name is the query
	Alias       Match = "ALIAS"        // an alias is the query
	NamePrefix  Match = "NAME_PREFIX"  // the name begins with the query
	AliasPrefix Match = "ALIAS_PREFIX" // an alias begins with the query
	NamePart    Match = "NAME_PART"    // the name contains the query's words
	AliasPart   Match = "ALIAS_PART"   // an alias contains the query's words
	Text        Match = "TEXT"         // the text contains the query's words
)

var matches = []Match{Name, Alias, NamePrefix, AliasPrefix, NamePart, AliasPart, Text}

// Query is what to look for: words, parted by white space, that must all occur.
type Query struct {
	Text  string
	Kinds []schema.Kind // only entities of these kinds; empty for everything
}

// Hit is a document that matches.
type Hit struct {
	ID    string
	Match Match
	// Rank orders hits, best first: hits of one query have ranks of their own,
	// and a rank depends on the document and the query only.
	Rank string

	field int
}

// field is one string under which a document can be found.
type field struct {
	doc     int
	text    string
	isAlias bool
}

// Index finds documents. It is safe for concurrent use.
type Index struct {
	docs   []Document
	fields []field
	// grams gives, for each character and each pair of adjacent characters of
	// the folded fields, the fields that hold it, ascending.
	grams map[[2]rune][]int32
}

// NewIndex builds the index of docs.
func NewIndex(docs iter.Seq[Document]) *Index {
	x := &Index{grams: map[[2]rune][]int32{}}
	for doc := range docs {
		n := len(x.docs)
		x.docs = append(x.docs, doc)
		if doc.Name != "" {
			x.add(field{doc: n, text: doc.Name})
		}
		for _, alias := range doc.Aliases {
			x.add(field{doc: n, text: alias, isAlias: true})
		}
		if doc.Text != "" {
			x.add(field{doc: n, text: doc.Text})
		}
	}
	return x
}

func (x *Index) add(f field) {
	id := int32(len(x.fields))
	x.fields = append(x.fields, f)
	for gram := range grams(fold(f.text)) {
		list := x.grams[gram]
		if len(list) == 0 || list[len(list)-1] != id {
			x.grams[gram] = append(list, id)
		}
	}
}

// Search returns every document that matches, best first.
func (x *Index) Search(q Query) []Hit {
	words, whole := q.words()
	if whole == "" {
		return nil
	}
	best := map[int]Hit{}
	for _, id := range x.candidates(words) {
		f := x.fields[id]
		doc := &x.docs[f.doc]
		if len(q.Kinds) > 0 && !slices.Contains(q.Kinds, doc.Kind) {
			continue
		}
		folded := fold(f.text)
		if !containsAll(folded, words) {
			continue
		}
		hit := Hit{ID: doc.ID, Match: match(f, doc, folded, whole), field: int(id)}
		hit.Rank = rank(hit.Match, doc, folded, words)
		if old, ok := best[f.doc]; !ok || hit.Rank < old.Rank {
			best[f.doc] = hit
		}
	}
	hits := make([]Hit, 0, len(best))
	for _, hit := range best {
		hits = append(hits, hit)
	}
	slices.SortFunc(hits, func(a, b Hit) int { return cmp.Compare(a.Rank, b.Rank) })
	return hits
}

func (q Query) words() (words []string, whole string) {
	for _, word := range strings.Fields(q.Text) {
		if word = fold(word); word != "" {
			words = append(words, word)
			whole += word
		}
	}
	return words, whole
}

// candidates returns the fields that hold every gram of every word.
func (x *Index) candidates(words []string) []int32 {
	var lists [][]int32
	for _, word := range words {
		runes := []rune(word)
		for gram := range grams(word) {
			// A pair says more than its characters do.
			if len(runes) > 1 && gram[1] == single {
				continue
			}
			lists = append(lists, x.grams[gram])
		}
	}
	slices.SortFunc(lists, func(a, b []int32) int { return cmp.Compare(len(a), len(b)) })
	common := lists[0]
	for _, list := range lists[1:] {
		common = intersect(common, list)
	}
	return common
}

// intersect returns what stands in both of two ascending lists, a the shorter.
func intersect(a, b []int32) []int32 {
	both := make([]int32, 0, len(a))
	for _, id := range a {
		i, found := slices.BinarySearch(b, id)
		if found {
			both = append(both, id)
		}
		b = b[i:]
	}
	return both
}

func containsAll(folded string, words []string) bool {
	for _, word := range words {
		if !strings.Contains(folded, word) {
			return false
		}
	}
	return true
}

func match(f field, doc *Document, folded, whole string) Match {
	switch {
	case doc.Kind == "":
		return Text
	case folded == whole:
		return either(f.isAlias, Alias, Name)
	case strings.HasPrefix(folded, whole):
		return either(f.isAlias, AliasPrefix, NamePrefix)
	default:
		return either(f.isAlias, AliasPart, NamePart)
	}
}

func either(alias bool, ifAlias, ifName Match) Match {
	if alias {
		return ifAlias
	}
	return ifName
}

// rank puts better ways of matching first, then names of which the query is
// more and texts in which it occurs more often.
func rank(m Match, doc *Document, folded string, words []string) string {
	const most = 999999
	weight := len([]rune(folded))
	if m == Text {
		occurrences := 0
		for _, word := range words {
			occurrences += strings.Count(folded, word)
		}
		weight = most - occurrences
	}
	return fmt.Sprintf("%d %06d %s %s", slices.Index(matches, m), min(weight, most), doc.Name, doc.ID)
}

// excerptLead and excerptLength say how much of a passage a hit shows, in
// code points: so much before the first word found, so much altogether.
const (
	excerptLead   = 20
	excerptLength = 120
)

// Show returns the text that a hit of q matched, a passage cut down to an
// excerpt, and where in it the words of q stand.
func (x *Index) Show(q Query, hit Hit) (matched string, spans []schema.Span) {
	text := []rune(x.fields[hit.field].text)
	words, _ := q.words()
	spans = find(text, words)
	if hit.Match != Text || len(text) <= excerptLength {
		return string(text), spans
	}
	start := 0
	if len(spans) > 0 {
		start = min(max(0, spans[0].Start-excerptLead), len(text)-excerptLength)
	}
	end := start + excerptLength
	shown := spans[:0]
	for _, span := range spans {
		if span.Start >= start && span.End <= end {
			shown = append(shown, schema.Span{Start: span.Start - start, End: span.End - start})
		}
	}
	return string(text[start:end]), shown
}

// find returns where the words stand in text, in order and without overlaps.
func find(text []rune, words []string) []schema.Span {
	// at[i] is the code point of text that the i-th folded byte comes from.
	var folded strings.Builder
	var at []int
	for i, r := range text {
		s := fold(string(r))
		folded.WriteString(s)
		for range len(s) {
			at = append(at, i)
		}
	}
	whole := folded.String()
	var spans []schema.Span
	for _, word := range words {
		for from := 0; ; {
			i := strings.Index(whole[from:], word)
			if i < 0 {
				break
			}
			start := from + i
			from = start + len(word)
			spans = append(spans, schema.Span{Start: at[start], End: at[from-1] + 1})
		}
	}
	slices.SortFunc(spans, func(a, b schema.Span) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
	})
	apart := spans[:0]
	for _, span := range spans {
		if len(apart) == 0 || span.Start >= apart[len(apart)-1].End {
			apart = append(apart, span)
		}
	}
	return apart
}

// fold returns the form under which texts are compared.
func fold(s string) string { return schema.NormalName(s) }

// single stands beside a character that is taken by itself: no character.
const single = -1

// grams yields each character of s, paired with single, and each pair of
// adjacent characters.
func grams(s string) iter.Seq[[2]rune] {
	return func(yield func([2]rune) bool) {
		last := rune(single)
		for _, r := range s {
			if !yield([2]rune{r, single}) {
				return
			}
			if last != single && !yield([2]rune{last, r}) {
				return
			}
			last = r
		}
	}
}
