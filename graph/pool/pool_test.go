package pool

import (
	"slices"
	"strings"
	"testing"
	"unsafe"
)

func TestKeep(t *testing.T) {
	var given []string
	for n := range 5000 {
		given = append(given, strings.Repeat("望京", n%40))
	}
	given = append(given, strings.Repeat("长", 2*largestPiece), "", "后")
	kept := slices.Clone(given)
	var p Strings
	p.KeepAll(kept)
	if !slices.Equal(kept, given) {
		t.Error("strings differ from what was given")
	}
	neighbours := 0
	for i := range kept[1:5000] {
		a, b := kept[i], kept[i+1]
		if a != "" && b != "" && unsafe.Add(unsafe.Pointer(unsafe.StringData(a)), len(a)) == unsafe.Pointer(unsafe.StringData(b)) {
			neighbours++
		}
	}
	if neighbours < 4000 {
		t.Errorf("%d of 5,000 strings stand side by side", neighbours)
	}
	if allocated := testing.AllocsPerRun(10, func() {
		var p Strings
		for _, s := range given[:1000] {
			p.Keep(s)
		}
	}); allocated > 20 {
		t.Errorf("%.0f pieces for a thousand strings", allocated)
	}
}

func TestNumbers(t *testing.T) {
	var n Numbers[string]
	if _, found := n.Find("望京"); found {
		t.Error("a key has a number before it got one")
	}
	for i, key := range []string{"望京", "", "酒仙桥", "望京", ""} {
		if got, want := n.Number(key), []uint32{0, 1, 2, 0, 1}[i]; got != want {
			t.Errorf("%q is %d, want %d", key, got, want)
		}
	}
	keys := n.Keys()
	if n.Number("后来") != 3 || !slices.Equal(keys, []string{"望京", "", "酒仙桥"}) || n.Keys()[3] != "后来" {
		t.Errorf("keys are %q, then %q", keys, n.Keys())
	}
	first, second := n.Clone(), n.Clone()
	if first.Number("甲") != 4 || second.Number("乙") != 4 || first.Keys()[4] != "甲" || second.Keys()[4] != "乙" || len(n.Keys()) != 4 {
		t.Errorf("clones number %q and %q, of %q", first.Keys(), second.Keys(), n.Keys())
	}
	if _, found := n.Find("甲"); found {
		t.Error("what a clone numbered is known")
	}
	if at, found := n.Find("酒仙桥"); !found || at != 2 {
		t.Errorf("found %v at %d", found, at)
	}
}
