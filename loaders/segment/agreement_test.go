package segment

import (
	"os"
	"path/filepath"
	"testing"
)

// sharedReports returns the texts of the development reports. They are no part
// of the project: LANTU_SHARED names the folder they are in.
func sharedReports(t testing.TB) []string {
	t.Helper()
	root := os.Getenv("LANTU_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared")
	}
	files, err := filepath.Glob(filepath.Join(root, "reports", "*.txt"))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		if os.Getenv("CI") != "" {
			t.Fatalf("no reports in %s: set LANTU_SHARED", root)
		}
		t.Skipf("no reports in %s: set LANTU_SHARED", root)
	}
	texts := make([]string, len(files))
	for i, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		texts[i] = string(data)
	}
	return texts
}

func TestSegmentReports(t *testing.T) {
	s, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range sharedReports(t) {
		checkSpans(t, text, s.Segment(text))
	}
}

// TestDictionaryAgreement compares the embedded dictionary with the whole one
// that it was cut from.
func TestDictionaryAgreement(t *testing.T) {
	if testing.Short() {
		t.Skip("loads gse's whole dictionary")
	}
	texts := sharedReports(t)
	stock := &Segmenter{gse: newGSE()}
	if err := stock.gse.LoadDictEmbed("zh_s"); err != nil {
		t.Fatal(err)
	}
	unpacked, err := gunzip(dictionary)
	if err != nil {
		t.Fatal(err)
	}
	own := &Segmenter{gse: newGSE()}
	if err := own.gse.LoadDictStr(string(unpacked)); err != nil {
		t.Fatal(err)
	}
	var both, ours, theirs float64
	for _, text := range texts {
		ends := map[int]bool{}
		for _, token := range stock.Segment(text) {
			ends[token.End] = true
		}
		theirs += float64(len(ends))
		for _, token := range own.Segment(text) {
			ours++
			if ends[token.End] {
				both++
			}
		}
	}
	f1 := 2 * both / (ours + theirs)
	t.Logf("%d of %d words; boundary F1 %.4f", own.gse.Dict.NumTokens(), stock.gse.Dict.NumTokens(), f1)
	if f1 < minAgreement {
		t.Errorf("boundary F1 %.4f, want %.2f: rebuild the dictionary with more words", f1, minAgreement)
	}
}

const minAgreement = 0.99
