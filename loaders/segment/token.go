package segment

// Token is a word of a text.
type Token struct {
	Start, End int    // half-open range of code points in the text
	Text       string // the text at that range
	// Tag is the word's tag: a part of speech of the dictionary (n v a d m q
	// p c u f t r ns nr nt nz vn …), or one of the lexicon's own tags, which
	// are in upper case (see Lexicon).
	Tag string
}
