// Package search finds entities by their names and passages by their text,
// wherever the searched words stand in them. Names are also found by how they
// sound (in pinyin, or the letters that its syllables begin with), in
// traditional characters, and with one character wrong. The index is held in
// memory and can always be built anew from the graph.
package search

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/lantu-kg/lantu/graph/pool"
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
	Weight  int    // how much is said of the entity: of equal matches, the heavier comes first
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
	Sound       Match = "SOUND"        // the name or an alias sounds like the query
	Typo        Match = "TYPO"         // the name or an alias contains the query but for one character
	Text        Match = "TEXT"         // the text contains the query's words
)

var matches = []Match{Name, Alias, NamePrefix, AliasPrefix, NamePart, AliasPart, Sound, Typo, Text}

// Query is what to look for: words, parted by white space, that must all occur.
type Query struct {
	Text  string
	Kinds []schema.Kind // only entities of these kinds; empty for everything
	Names bool          // only entities, of whatever kind
}

// Hit is a document that matches.
type Hit struct {
	ID    string
	Kind  schema.Kind // empty for a passage
	Match Match

	order uint64 // see rank
	name  string
	text  string // that matched
}

// Rank orders hits, best first: hits of one query have ranks of their own, and
// a rank depends on the document and the query only.
func (h Hit) Rank() string { return fmt.Sprintf("%014d %s %s", h.order, h.name, h.ID) }

// Name gives the name of an entity, empty for a passage.
func (h Hit) Name() string { return h.name }

func (h Hit) compare(other Hit) int {
	return cmp.Or(cmp.Compare(h.order, other.order), cmp.Compare(h.name, other.name), cmp.Compare(h.ID, other.ID))
}

// field is a name under which an entity can be found.
type field struct {
	doc     int32
	text    string
	folded  string
	isAlias bool
}

// passage is a document of which there are many.
type passage struct{ id, text string }

// Index finds documents. It never changes and is safe for concurrent use: what
// is different a moment later stands in another index, which shares most of it.
type Index struct {
	parts []*part // the larger ones first
}

// part is an index of some documents, of which some may have been replaced or
// taken away since.
type part struct {
	*postings
	hidden map[int32]bool // documents
}

// postings tell where characters and sounds stand in documents.
type postings struct {
	entities []Document
	passages []passage // numbered behind the entities
	byID     []int32   // documents in the order of their ids
	// fields are the names in the order in which hits on them come that match
	// alike.
	fields []field
	byText []int32      // names in the order of what they are folded
	kept   pool.Strings // what is in documents and fields
	// names and texts give, for each character and each pair of adjacent
	// characters, the names and the passages that hold it folded, ascending.
	names, texts map[[2]rune]numbers
	// starts gives, for each character and each pair, the names that begin so.
	starts map[[2]rune]numbers
	// sounds gives, for each pair of letters that a query may begin with, the
	// names that sound so somewhere, ascending, soundStarts those that begin so.
	sounds, soundStarts map[[2]byte]numbers
}

// NewIndex builds the index of docs.
func NewIndex(docs iter.Seq[Document]) *Index { return new(Index).With(docs, nil) }

// With returns an index in which docs are what there is with the ids: they
// replace documents, are new, or are missing where one is gone. It takes time
// for what changes only; a document is looked at again when half as many have
// come after it.
func (x *Index) With(docs iter.Seq[Document], ids []string) *Index {
	fresh := &part{postings: newPostings(docs)}
	parts := make([]*part, 0, len(x.parts)+1)
	for _, p := range x.parts {
		if p = p.without(ids); p.size() < len(p.byID)/2 {
			p = &part{postings: newPostings(p.all)}
		}
		parts = append(parts, p)
	}
	parts = append(parts, fresh)
	for n := len(parts) - 1; n > 0 && parts[n].size() >= parts[n-1].size()/2; n-- {
		both := slices.AppendSeq(slices.Collect(parts[n-1].all), parts[n].all)
		parts = append(parts[:n-1], &part{postings: newPostings(slices.Values(both))})
	}
	return &Index{parts}
}

// size is how many documents are left.
func (p *part) size() int { return len(p.byID) - len(p.hidden) }

// without returns the part that hides the documents with the ids.
func (p *part) without(ids []string) *part {
	hidden := maps.Clone(p.hidden)
	for _, id := range ids {
		at, found := slices.BinarySearchFunc(p.byID, id, func(n int32, id string) int { return cmp.Compare(p.id(n), id) })
		if found {
			if hidden == nil {
				hidden = map[int32]bool{}
			}
			hidden[p.byID[at]] = true
		}
	}
	return &part{p.postings, hidden}
}

// all yields the documents that are left.
func (p *part) all(yield func(Document) bool) {
	for n := range int32(len(p.byID)) {
		if !p.hidden[n] && !yield(p.document(n)) {
			return
		}
	}
}

func (x *postings) document(n int32) Document {
	if at := int(n) - len(x.entities); at >= 0 {
		return Document{ID: x.passages[at].id, Text: x.passages[at].text}
	}
	return x.entities[n]
}

func (x *postings) id(n int32) string {
	if at := int(n) - len(x.entities); at >= 0 {
		return x.passages[at].id
	}
	return x.entities[n].ID
}

func newPostings(docs iter.Seq[Document]) *postings {
	x := &postings{names: map[[2]rune]numbers{}, texts: map[[2]rune]numbers{}, starts: map[[2]rune]numbers{}, sounds: map[[2]byte]numbers{}, soundStarts: map[[2]byte]numbers{}}
	for doc := range docs {
		x.byID = append(x.byID, int32(len(x.byID)))
		doc.ID, doc.Name, doc.Text = x.kept.Keep(doc.ID), x.kept.Keep(doc.Name), x.kept.Keep(doc.Text)
		if doc.Kind == "" {
			x.passages = append(x.passages, passage{doc.ID, doc.Text})
			continue
		}
		n := int32(len(x.entities))
		doc.Aliases = slices.Clone(doc.Aliases)
		x.kept.KeepAll(doc.Aliases)
		x.entities = append(x.entities, doc)
		for i, name := range append([]string{doc.Name}, doc.Aliases...) {
			if name != "" {
				x.fields = append(x.fields, field{doc: n, text: name, folded: x.kept.Keep(fold(name)), isAlias: i > 0})
			}
		}
	}
	slices.SortFunc(x.byID, func(a, b int32) int { return cmp.Compare(x.id(a), x.id(b)) })
	slices.SortStableFunc(x.fields, x.compare)
	for n := range x.fields {
		x.byText = append(x.byText, int32(n))
	}
	slices.SortStableFunc(x.byText, func(a, b int32) int { return cmp.Compare(x.fields[a].folded, x.fields[b].folded) })
	for n := range x.fields {
		x.post(int32(n))
	}
	for n, p := range x.passages {
		for gram := range grams(fold(p.text)) {
			x.texts[gram] = x.texts[gram].add(int32(n))
		}
	}
	pack(x.names)
	pack(x.texts)
	pack(x.starts)
	pack(x.sounds)
	pack(x.soundStarts)
	return x
}

// compare orders names as hits on them are that match alike.
func (x *postings) compare(a, b field) int {
	first, second := &x.entities[a.doc], &x.entities[b.doc]
	return cmp.Or(
		cmp.Compare(rank(Name, first.Weight, 0, utf8.RuneCountInString(a.folded)), rank(Name, second.Weight, 0, utf8.RuneCountInString(b.folded))),
		cmp.Compare(first.Name, second.Name), cmp.Compare(first.ID, second.ID))
}

// post notes what a name holds; those before it are noted already.
func (x *postings) post(n int32) {
	f := &x.fields[n]
	for at, gram := range soundGrams([]rune(f.folded)) {
		if x.sounds[gram] = x.sounds[gram].add(n); at == 0 {
			x.soundStarts[gram] = x.soundStarts[gram].add(n)
		}
	}
	beginning := 0
	for gram := range grams(f.folded) {
		x.names[gram] = x.names[gram].add(n)
		// The first is the first character, the third the pair that it begins.
		if beginning++; beginning == 1 || beginning == 3 {
			x.starts[gram] = x.starts[gram].add(n)
		}
	}
}

// pack puts the steps of all lists into one piece of memory, without the room that
// they have to grow.
func pack[G comparable](lists map[G]numbers) {
	size := 0
	for _, list := range lists {
		size += len(list.steps)
	}
	all := make([]byte, 0, size)
	for gram, list := range lists {
		start := len(all)
		all = append(all, list.steps...)
		list.steps = all[start:len(all):len(all)]
		lists[gram] = list
	}
}

// Search returns every document that matches, best first. Names with a wrong
// character are looked for where no entity matches otherwise.
func (x *Index) Search(q Query) []Hit {
	words, whole := q.words()
	if whole == "" {
		return nil
	}
	return x.gather(q, math.MaxInt, func(f *finding) { f.exactly(words, whole) })
}

// First returns the first n of what Search returns. It takes little more time where
// thousands match.
func (x *Index) First(q Query, n int) []Hit {
	words, whole := q.words()
	if whole == "" {
		return nil
	}
	hits := x.gather(q, n, func(f *finding) { f.first(words, whole, n) })
	return hits[:min(n, len(hits))]
}

// gather looks for names in all parts, and for what else matches where these are fewer
// than n.
func (x *Index) gather(q Query, n int, names func(*finding)) []Hit {
	findings := make([]*finding, len(x.parts))
	found, anyName := 0, false
	for i, p := range x.parts {
		findings[i] = &finding{part: p, query: q, best: map[int32]Hit{}}
		names(findings[i])
		found += len(findings[i].best)
		anyName = anyName || findings[i].anyName
	}
	var hits []Hit
	for _, f := range findings {
		if found < n {
			f.otherwise(!anyName)
		}
		hits = slices.AppendSeq(hits, maps.Values(f.best))
	}
	slices.SortFunc(hits, Hit.compare)
	return hits
}

// finding gathers the best match of each document of a part.
type finding struct {
	*part
	query   Query
	best    map[int32]Hit // by document
	anyName bool          // whether there are entities among them
}

// exactly finds the names that hold the words as they are, or sound so.
func (f *finding) exactly(words []string, whole string) {
	for id := range candidates(f.names, words) {
		if f.admits(id) && containsAll(f.fields[id].folded, words) {
			f.named(id, whole)
		}
	}
	if spoken := letters(f.query.Text); spoken != "" {
		for id := range f.sounds[soundGram(spoken)].each {
			f.spoken(id, spoken, inside)
		}
	}
}

// otherwise finds the texts that hold the words and, if it may, names that hold them
// with one character wrong.
func (f *finding) otherwise(loosely bool) {
	words, whole := f.query.words()
	if !f.query.Names && len(f.query.Kinds) == 0 {
		for at := range candidates(f.texts, words) {
			n := int32(len(f.entities)) + at
			if f.hidden[n] {
				continue
			}
			p := &f.passages[at]
			if folded := fold(p.text); containsAll(folded, words) {
				f.best[n] = Hit{ID: p.id, Match: Text, text: p.text, order: rank(Text, 0, 0, most-occurrences(folded, words))}
			}
		}
	}
	if query := []rune(whole); loosely && len(words) == 1 && len(query) >= shortestTypo {
		f.nearly(query)
	}
}

// spoken notes a name if it sounds like the query at some place, or a better one.
func (f *finding) spoken(id int32, query string, worst int) {
	if !f.admits(id) {
		return
	}
	name := []rune(f.fields[id].folded)
	if start, end, ok := sounds(name, query, worst < inside); ok {
		if at := place(start, end, len(name)); at <= worst {
			f.found(id, Sound, at, len(name))
		}
	}
}

// first finds what comes first of the names that hold the words, n documents if so many
// do. It may find others too.
func (f *finding) first(words []string, whole string, n int) {
	enough := func(behind Match) bool {
		found := 0
		for _, hit := range f.best {
			if slices.Index(matches, hit.Match) < slices.Index(matches, behind) {
				found++
			}
		}
		return found >= n
	}
	from, _ := slices.BinarySearchFunc(f.byText, whole, func(id int32, text string) int { return cmp.Compare(f.fields[id].folded, text) })
	same := func(folded string) bool { return folded == whole }
	equal := func(yield func(int32) bool) {
		for _, id := range f.byText[from:] {
			if !same(f.fields[id].folded) || !yield(id) {
				return
			}
		}
	}
	runes := append([]rune(whole), single)
	starting := f.starts[[2]rune{runes[0], runes[1]}].each
	starts := func(folded string) bool { return strings.HasPrefix(folded, whole) }
	holding := func(yield func(int32) bool) { candidates(f.names, words)(yield) } // looked for when it comes to that
	holds := func(folded string) bool { return containsAll(folded, words) }
	// Names come in the order of the hits on them, and so do aliases: the first that are
	// found are the first there are.
	for _, pass := range []struct {
		ids     iter.Seq[int32]
		holds   func(folded string) bool
		aliases bool
		as      Match
	}{
		{equal, same, false, Name}, {equal, same, true, Alias},
		{starting, starts, false, NamePrefix}, {starting, starts, true, AliasPrefix},
		{holding, holds, false, NamePart}, {holding, holds, true, AliasPart},
	} {
		if enough(pass.as) {
			return
		}
		left := n
		for id := range pass.ids {
			field := &f.fields[id]
			if field.isAlias != pass.aliases || !f.admits(id) || !pass.holds(field.folded) || f.named(id, whole) != pass.as {
				continue
			}
			if left--; left <= 0 && enough(matches[slices.Index(matches, pass.as)+1]) {
				break
			}
		}
	}
	if spoken := letters(f.query.Text); spoken != "" && !enough(Sound) {
		f.firstSpoken(spoken, n)
	}
}

// firstSpoken adds what comes first of the names that sound like the query, until there
// are n documents: those that are it, then those that begin so, then all others.
func (f *finding) firstSpoken(query string, n int) {
	gram := soundGram(query)
	for id := range f.soundStarts[gram].each {
		if utf8.RuneCountInString(f.fields[id].folded) <= len(query) { // each character has a letter at least
			f.spoken(id, query, itself)
		}
	}
	for worst, names := range []numbers{beginning: f.soundStarts[gram], inside: f.sounds[gram]} {
		for id := range names.each {
			if len(f.best) >= n {
				return
			}
			f.spoken(id, query, worst)
		}
	}
}

// named notes that a name holds the words, and tells in what way.
func (f *finding) named(id int32, whole string) Match {
	field := &f.fields[id]
	m := match(field.isAlias, field.folded, whole)
	f.found(id, m, 0, utf8.RuneCountInString(field.folded))
	return m
}

// nearly finds names that hold the query with one character wrong.
func (f *finding) nearly(query []rune) {
	for _, id := range f.near(query) {
		if !f.admits(id) {
			continue
		}
		name := []rune(f.fields[id].folded)
		if start, end, ok := typed(name, query); ok {
			f.found(id, Typo, place(start, end, len(name)), len(name))
		}
	}
}

// admits reports whether the entity of a name is there and looked for.
func (f *finding) admits(id int32) bool {
	n := f.fields[id].doc
	return !f.hidden[n] && (len(f.query.Kinds) == 0 || slices.Contains(f.query.Kinds, f.entities[n].Kind))
}

// found notes that a name matches.
func (f *finding) found(id int32, m Match, place, length int) {
	n := f.fields[id].doc
	doc := &f.entities[n]
	f.anyName = true
	hit := Hit{ID: doc.ID, Kind: doc.Kind, Match: m, name: doc.Name, text: f.fields[id].text, order: rank(m, doc.Weight, place, length)}
	if old, ok := f.best[n]; !ok || hit.compare(old) < 0 {
		f.best[n] = hit
	}
}

// Where in a name a match stands, the best place first.
const (
	itself = iota
	beginning
	inside
)

func place(start, end, length int) int {
	switch {
	case start > 0:
		return inside
	case end < length:
		return beginning
	}
	return itself
}

// near returns the names that hold the first or the second half of a query
// with one character wrong: one half at least is right.
func (x *postings) near(query []rune) []int32 {
	half := len(query) / 2
	halves := [][]rune{query[:half], query[half:]}
	if half+1 < len(query) { // two characters changed about across the middle
		halves = append(halves, query[half+1:])
	}
	var fields []int32
	for _, part := range halves {
		fields = slices.AppendSeq(fields, candidates(x.names, []string{string(part)}))
	}
	slices.Sort(fields)
	return slices.Compact(fields)
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

// candidates yields what holds every gram of every word, ascending.
func candidates(holding map[[2]rune]numbers, words []string) iter.Seq[int32] {
	var lists []numbers
	for _, word := range words {
		runes := []rune(word)
		for gram := range grams(word) {
			// A pair says more than its characters do.
			if len(runes) > 1 && gram[1] == single {
				continue
			}
			lists = append(lists, holding[gram])
		}
	}
	slices.SortFunc(lists, func(a, b numbers) int { return cmp.Compare(a.size, b.size) })
	if len(lists) == 1 {
		return lists[0].each
	}
	common := lists[0].list()
	for _, list := range lists[1:] {
		common = list.among(common)
	}
	return slices.Values(common)
}

func containsAll(folded string, words []string) bool {
	for _, word := range words {
		if !strings.Contains(folded, word) {
			return false
		}
	}
	return true
}

func match(isAlias bool, folded, whole string) Match {
	switch {
	case folded == whole:
		return either(isAlias, Alias, Name)
	case strings.HasPrefix(folded, whole):
		return either(isAlias, AliasPrefix, NamePrefix)
	default:
		return either(isAlias, AliasPart, NamePart)
	}
}

func either(alias bool, ifAlias, ifName Match) Match {
	if alias {
		return ifAlias
	}
	return ifName
}

const most = 999999

// occurrences counts the words in a text: in which there are more, comes first.
func occurrences(folded string, words []string) int {
	n := 0
	for _, word := range words {
		n += strings.Count(folded, word)
	}
	return n
}

// rank puts better ways of matching first, then the better place, the heavier, and
// what is shorter.
func rank(m Match, weight, place, length int) uint64 {
	order := uint64(slices.Index(matches, m)*10 + place)
	order = order*(most+1) + uint64(most-min(weight, most))
	return order*(most+1) + uint64(min(max(length, 0), most))
}

// excerptLead and excerptLength say how much of a passage a hit shows, in
// code points: so much before the first word found, so much altogether.
const (
	excerptLead   = 20
	excerptLength = 120
)

// Show returns the text that the hit, of q, matched, a passage cut down to an
// excerpt, and where in it the words of q stand.
func (h Hit) Show(q Query) (matched string, spans []schema.Span) {
	text := []rune(h.text)
	words, whole := q.words()
	switch h.Match {
	case Sound, Typo:
		return string(text), stretch(text, func(folded []rune) (start, end int, ok bool) {
			if h.Match == Typo {
				return typed(folded, []rune(whole))
			}
			return sounds(folded, letters(q.Text), false)
		})
	}
	spans = find(text, words)
	if h.Match != Text || len(text) <= excerptLength {
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

// stretch returns where in text is what match finds in its folded form.
func stretch(text []rune, match func(folded []rune) (start, end int, ok bool)) []schema.Span {
	folded, at := foldRunes(text)
	start, end, ok := match(folded)
	if !ok || end <= start {
		return nil
	}
	return []schema.Span{{Start: at[start], End: at[end-1] + 1}}
}

// find returns where the words stand in text, in order and without overlaps.
func find(text []rune, words []string) []schema.Span {
	folded, from := foldRunes(text)
	whole := string(folded)
	// at[i] is the code point of text that the i-th byte of whole comes from.
	at := make([]int, 0, len(whole))
	for i, r := range folded {
		for range utf8.RuneLen(r) {
			at = append(at, from[i])
		}
	}
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
