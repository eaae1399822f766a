package segment

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/lantu-kg/lantu/schema"
)

func lexiconOf(t *testing.T, files map[string]string) (*Lexicon, error) {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return NewLexicon(fsys)
}

func TestLexicon(t *testing.T) {
	l, err := lexiconOf(t, map[string]string{
		"head_park.tsv":    "# heads\n科技园\n\n园\tweak\n",
		"head_project.tsv": "工程\n",
		"industry.tsv":     "科技\n",
		"note.txt":         "not read",
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := l.AllTags(); !slices.Equal(got, []string{"HEAD_PARK", "HEAD_PROJECT", "INDUSTRY"}) {
		t.Error(got)
	}
	if got := l.Words("HEAD_PARK"); !slices.Equal(got, []string{"科技园", "园"}) {
		t.Error(got)
	}
	if got := l.Lookup("园"); !slices.Equal(got, []Entry{{"园", "HEAD_PARK", "weak"}}) {
		t.Error(got)
	}
	text := []rune("望京科技园二期工程")
	if m, ok := l.LongestAt(text, 2); !ok || m.Word != "科技园" || m.Start != 2 || m.End != 5 {
		t.Errorf("%+v, %v", m, ok)
	}
	if m, ok := l.LongestAt(text, 2, "INDUSTRY"); !ok || m.Word != "科技" {
		t.Errorf("%+v, %v", m, ok)
	}
	if m, ok := l.LongestEndingAt(text, 5, "HEAD_PARK"); !ok || m.Word != "科技园" {
		t.Errorf("%+v, %v", m, ok)
	}
	if m, ok := l.LongestEndingAt(text, 5, "HEAD_PROJECT"); ok {
		t.Errorf("%+v", m)
	}
	var scanned []string
	for _, m := range l.Scan(text) {
		scanned = append(scanned, string(text[m.Start:m.End])+"/"+m.Tag)
	}
	if got := strings.Join(scanned, " "); got != "科技园/HEAD_PARK 工程/HEAD_PROJECT" {
		t.Error(got)
	}
	for word, tag := range map[string]string{"科技": "INDUSTRY", "科技园": "HEAD_PARK", "园": "", "没有": ""} {
		if got := l.Tag(word); got != tag {
			t.Errorf("Tag(%s) = %s, want %s", word, got, tag)
		}
	}
	if !l.Has("园", "HEAD_PARK") || l.Has("园", "INDUSTRY") {
		t.Error("Has")
	}
}

func TestLexiconIsStrict(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"科技园\n园\n科技园\n", "lexicon/a.tsv:3: 科技园 is already on line 1"},
		{"# heads\n科技园 \n", "lexicon/a.tsv:2:"},
		{"科技园\tweak\tx\n", "lexicon/a.tsv:1: 3 columns"},
		{"科技园\t\n", "lexicon/a.tsv:1:"},
		{"\t科技园\n", "lexicon/a.tsv:1:"},
		{"\xff\xfe\n", "lexicon/a.tsv:1: not UTF-8"},
		{"\uFEFF科技园\n", "lexicon/a.tsv:1:"},
	} {
		if _, err := lexiconOf(t, map[string]string{"a.tsv": test.text}); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%q: error %v, want %q", test.text, err, test.want)
		}
	}
}

// TestDefaultLexicon reads the files that are part of the program: a malformed
// row fails here.
func TestDefaultLexicon(t *testing.T) {
	l, err := DefaultLexicon()
	if err != nil {
		t.Fatal(err)
	}
	for tag, least := range map[string]int{
		"INDUSTRY": 300, "HEAD_PARK": 50, "HEAD_ENTERPRISE": 20, "HEAD_PROGRAM": 50, "HEAD_PROJECT": 30,
		"HEAD_ORGANIZATION": 50, "HEAD_FACILITY": 100, "HEAD_EVENT": 50, "HEAD_PLACE": 20, "SURNAME": 400, "POST": 50,
	} {
		if got := len(l.Entries(tag)); got < least {
			t.Errorf("%d entries of %s, want %d", got, tag, least)
		}
	}
	for _, tag := range l.AllTags() {
		kind, isHead := strings.CutPrefix(tag, "HEAD_")
		if isHead && !schema.Kind(kind).Valid() {
			t.Errorf("%s is the head of no kind", tag)
		}
	}
}
