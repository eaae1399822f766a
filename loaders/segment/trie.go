package segment

// trie holds words over code points and finds the longest that begins at a
// position. Node 0 is the root. It is not changed after it is built.
type trie struct {
	next  map[uint64]int32 // node<<21 | code point -> node
	value []int32          // by node: the word's value, -1 for none
}

func newTrie(words int) *trie {
	return &trie{next: make(map[uint64]int32, 3*words), value: []int32{-1}}
}

// add puts word in, or replaces its value.
func (t *trie) add(word []rune, value int32) {
	t.value[t.walk(word)] = value
}

func (t *trie) walk(word []rune) int32 {
	var node int32
	for _, r := range word {
		key := uint64(node)<<21 | uint64(r)
		child, ok := t.next[key]
		if !ok {
			child = int32(len(t.value))
			t.next[key] = child
			t.value = append(t.value, -1)
		}
		node = child
	}
	return node
}

// each calls found for every word that begins at text[start], shortest first.
func (t *trie) each(text []rune, start int, found func(end int, value int32)) {
	var node int32
	for i := start; i < len(text); i++ {
		child, ok := t.next[uint64(node)<<21|uint64(text[i])]
		if !ok {
			return
		}
		node = child
		if v := t.value[node]; v >= 0 {
			found(i+1, v)
		}
	}
}
