package pool

import (
	"maps"
	"slices"
)

// Numbers numbers keys from 0, so that others may keep numbers in their place: these
// take less memory, and the garbage collector need not look into them. A key keeps its
// number for good. The zero value is ready. It is not safe for concurrent use.
type Numbers[K comparable] struct {
	of   map[K]uint32
	keys []K
}

// Number gives the number of a key, a new one where it has none.
func (n *Numbers[K]) Number(key K) uint32 {
	number, known := n.of[key]
	if !known {
		if n.of == nil {
			n.of = make(map[K]uint32)
		}
		number = uint32(len(n.keys))
		n.of[key], n.keys = number, append(n.keys, key)
	}
	return number
}

// Find gives the number of a key, if it has one.
func (n *Numbers[K]) Find(key K) (number uint32, found bool) {
	number, found = n.of[key]
	return number, found
}

// Clone gives the same numbers of the same keys; what either numbers next, the other
// does not know.
func (n *Numbers[K]) Clone() Numbers[K] { return Numbers[K]{maps.Clone(n.of), slices.Clip(n.keys)} }

// Keys gives the keys by their numbers. They are shared, and stay as they are.
func (n *Numbers[K]) Keys() []K { return n.keys }
