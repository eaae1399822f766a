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
