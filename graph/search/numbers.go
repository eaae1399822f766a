package search

import (
	"encoding/binary"
	"slices"
)

// numbers is an ascending list of numbers, each kept as what it is more than the
// one before it: most take one byte, and the collector has nothing to look through.
type numbers struct {
	steps []byte // each in variable length
	last  int32
	size  int
}

// add appends a number that is not below any in the list; once is enough.
func (n numbers) add(number int32) numbers {
	if n.size > 0 && number == n.last {
		return n
	}
	return numbers{binary.AppendUvarint(n.steps, uint64(number-n.last)), number, n.size + 1}
}

// each yields the numbers in order.
func (n numbers) each(yield func(int32) bool) {
	number := int32(0)
	for rest := n.steps; len(rest) > 0; {
		step, length := uint64(rest[0]), 1
		if step >= 0x80 {
			step, length = binary.Uvarint(rest)
		}
		number += int32(step)
		if !yield(number) {
			return
		}
		rest = rest[length:]
	}
}

// among gives those of some ascending numbers that are in the list.
func (n numbers) among(some []int32) []int32 {
	both := make([]int32, 0, min(len(some), n.size))
	for number := range n.each {
		for len(some) > 0 && some[0] < number {
			some = some[1:]
		}
		if len(some) == 0 {
			break
		}
		if some[0] == number {
			both = append(both, number)
		}
	}
	return both
}

// list gives the numbers.
func (n numbers) list() []int32 { return slices.AppendSeq(make([]int32, 0, n.size), n.each) }
