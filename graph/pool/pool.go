// Package pool keeps many short strings in few pieces of memory: they take less of
// it, and the garbage collector has less to look through.
package pool

import "strings"

// The sizes of pieces, in bytes: each is twice the one before.
const (
	firstPiece   = 1 << 8
	largestPiece = 1 << 16
)

// Strings keeps strings. The zero value is ready. It is not safe for concurrent
// use; the strings that it gives are. Each holds on to the others of its piece, so
// what is kept together should be needed for as long.
type Strings struct {
	piece strings.Builder
	size  int // of the piece
}

// Keep gives a copy of s among the others.
func (p *Strings) Keep(s string) string {
	if p.piece.Cap()-p.piece.Len() < len(s) {
		p.size = min(max(2*p.size, firstPiece), largestPiece)
		p.piece = strings.Builder{}
		p.piece.Grow(max(p.size, len(s)))
	}
	start := p.piece.Len()
	p.piece.WriteString(s) // within what it has, so that nothing moves
	return p.piece.String()[start:]
}

// KeepAll replaces each string of list by a copy among the others.
func (p *Strings) KeepAll(list []string) {
	for i, s := range list {
		list[i] = p.Keep(s)
	}
}
