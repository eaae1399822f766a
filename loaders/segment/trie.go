package segment

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"
)

// trie holds words over code points and finds those that begin at a position.
// Reading looks up some code points several times over, so it is packed to
// stay in the processor's cache: nodes stand breadth first, which makes the
// children of a node neighbours, in order of their labels. It is not changed
// after it is built.
type trie struct {
	nodes []node // the root, all others, and one behind the last
	// The root's children by code point, up to 65535: whether there is one, and
	// how many there are before each 64.
	begins [1 << 16 / 64]uint64
	before [1 << 16 / 64]int32
}

type node struct {
	label rune  // the code point that leads here
	first int32 // the children are nodes[first] up to the next node's first
	word  int32 // number of the word that ends here, -1 for none
}

// newTrie returns a trie of words, which are known by their position; of equal
// words the last counts.
func newTrie(words []string) *trie {
	order := make([]int32, len(words))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int { return cmp.Or(strings.Compare(words[a], words[b]), cmp.Compare(a, b)) })
	// The words of a node are neighbours in that order, alike up to a byte.
	type share struct{ from, to, alike int }
	shares := []share{{0, len(words), 0}}
	t := &trie{nodes: []node{{word: -1}}}
	for i := 0; i < len(shares); i++ {
		t.nodes[i].first = int32(len(t.nodes))
		for from := shares[i].from; from < shares[i].to; {
			rest := words[order[from]][shares[i].alike:]
			if rest == "" {
				t.nodes[i].word = order[from]
				from++
				continue
			}
			label, size := utf8.DecodeRuneInString(rest)
			to := from + 1
			for to < shares[i].to && strings.HasPrefix(words[order[to]][shares[i].alike:], rest[:size]) {
				to++
			}
			t.nodes = append(t.nodes, node{label: label, word: -1})
			shares = append(shares, share{from, to, shares[i].alike + size})
			from = to
		}
	}
	t.nodes = append(t.nodes, node{first: int32(len(t.nodes)), word: -1})
	for _, child := range t.nodes[1:t.nodes[1].first] {
		if child.label < 1<<16 {
			t.begins[child.label/64] |= 1 << (child.label % 64)
		}
	}
	for i := 1; i < len(t.before); i++ {
		t.before[i] = t.before[i-1] + int32(bits.OnesCount64(t.begins[i-1]))
	}
	return t
}

// child returns the node that r leads to from a node, 0 for none.
func (t *trie) child(from int32, r rune) int32 {
	if from == 0 && uint32(r) < 1<<16 {
		here, bit := t.begins[r/64], uint64(1)<<(r%64)
		if here&bit == 0 {
			return 0
		}
		return 1 + t.before[r/64] + int32(bits.OnesCount64(here&(bit-1)))
	}
	low, end := t.nodes[from].first, t.nodes[from+1].first
	for high := end; low < high; {
		if middle := (low + high) / 2; t.nodes[middle].label < r {
			low = middle + 1
		} else {
			high = middle
		}
	}
	if low < end && t.nodes[low].label == r {
		return low
	}
	return 0
}

// each calls found for every word that begins at text[start], shortest first.
func (t *trie) each(text []rune, start int, found func(end int, word int32)) {
	var at int32
	for i := start; i < len(text); i++ {
		if at = t.child(at, text[i]); at == 0 {
			return
		}
		if word := t.nodes[at].word; word >= 0 {
			found(i+1, word)
		}
	}
}
