package search

// shortestTypo is how many characters a query must have for one of them to be
// wrong: with fewer nearly everything is alike.
const shortestTypo = 3

// typed finds the stretch of a folded name that is the query but for one
// character: another one, one too many, one too few, or two changed about.
func typed(name, query []rune) (start, end int, ok bool) {
	n := len(query)
	for start := range name {
		for _, length := range []int{n, n - 1, n + 1} {
			if end := start + length; end <= len(name) && oneOff(name[start:end], query) {
				return start, end, true
			}
		}
	}
	return 0, 0, false
}

// oneOff reports whether a and b differ by one character.
func oneOff(a, b []rune) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return same(a[i:], b[i+1:])
	}
	if i == len(a) {
		return true
	}
	return same(a[i+1:], b[i+1:]) ||
		i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && same(a[i+2:], b[i+2:])
}

func same(a, b []rune) bool { return string(a) == string(b) }
