package search

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/lantu-kg/lantu/schema"
)

var documents = []Document{
	{ID: "park-1", Kind: schema.KindPark, Name: "望江科技园", Aliases: []string{"望科园"}},
	{ID: "park-2", Kind: schema.KindPark, Name: "科技园"},
	{ID: "park-3", Kind: schema.KindPark, Name: "科技园二期"},
	{ID: "enterprise-1", Kind: schema.KindEnterprise, Name: "ＡＢＣ集团", Aliases: []string{"科技园"}},
	{ID: "program-1", Kind: schema.KindProgram, Name: "“飞鸟”行动"},
	{ID: "passage-1", Text: "望江科技园开园,引进企业12家;科技园二期开工建设。"},
	{ID: "passage-2", Text: "全年实施“飞鸟”行动,新增 高新技术企业30家。"},
	{ID: "passage-3", Text: strings.Repeat("深化改革。", 60) + "科技园" + strings.Repeat("稳步推进。", 60)},
}

func found(hits []Hit) []string {
	var lines []string
	for _, hit := range hits {
		lines = append(lines, hit.ID+" "+string(hit.Match))
	}
	return lines
}

func TestSearch(t *testing.T) {
	x := NewIndex(slices.Values(documents))
	for _, test := range []struct {
		query Query
		want  []string
	}{
		{Query{Text: "科技园"}, []string{
			"park-2 NAME", "enterprise-1 ALIAS", "park-3 NAME_PREFIX", "park-1 NAME_PART",
			"passage-1 TEXT", "passage-3 TEXT",
		}},
		{Query{Text: "科技园", Kinds: []schema.Kind{schema.KindPark}}, []string{"park-2 NAME", "park-3 NAME_PREFIX", "park-1 NAME_PART"}},
		{Query{Text: "望科"}, []string{"park-1 ALIAS_PREFIX"}},
		{Query{Text: "科园"}, []string{"park-1 ALIAS_PART"}},
		{Query{Text: "二期 科技"}, []string{"park-3 NAME_PART", "passage-1 TEXT"}},
		{Query{Text: "abc"}, []string{"enterprise-1 NAME_PREFIX"}},
		{Query{Text: "飞鸟行动"}, []string{"program-1 NAME", "passage-2 TEXT"}},
		{Query{Text: "园"}, []string{"park-2 NAME_PART", "park-1 NAME_PART", "park-3 NAME_PART", "enterprise-1 ALIAS_PART", "passage-1 TEXT", "passage-3 TEXT"}},
		{Query{Text: "新增高新"}, []string{"passage-2 TEXT"}},
		{Query{Text: "技科"}, nil},
		{Query{Text: "没有"}, nil},
		{Query{Text: " “” "}, nil},
		{Query{}, nil},
	} {
		t.Run(fmt.Sprint(test.query), func(t *testing.T) {
			if got := found(x.Search(test.query)); !slices.Equal(got, test.want) {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
		})
	}
}

// TestOrder checks that the order of the documents does not matter.
func TestOrder(t *testing.T) {
	reversed := slices.Clone(documents)
	slices.Reverse(reversed)
	q := Query{Text: "园"}
	forward, backward := NewIndex(slices.Values(documents)).Search(q), NewIndex(slices.Values(reversed)).Search(q)
	if got, want := found(backward), found(forward); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	for i := range forward {
		if forward[i].Rank() != backward[i].Rank() {
			t.Errorf("%s ranks %q and %q", forward[i].ID, forward[i].Rank(), backward[i].Rank())
		}
		if i > 0 && forward[i-1].Rank() >= forward[i].Rank() {
			t.Errorf("rank %q is not below %q", forward[i-1].Rank(), forward[i].Rank())
		}
	}
}

func TestShow(t *testing.T) {
	x := NewIndex(slices.Values(documents))
	for _, test := range []struct {
		query Query
		id    string
		want  []string // the highlighted stretches
	}{
		{Query{Text: "科技园"}, "passage-1", []string{"科技园", "科技园"}},
		{Query{Text: "科技园"}, "passage-3", []string{"科技园"}},
		{Query{Text: "科技园"}, "enterprise-1", []string{"科技园"}},
		{Query{Text: "飞鸟行动"}, "passage-2", []string{"飞鸟”行动"}},
		{Query{Text: "新增高新"}, "passage-2", []string{"新增 高新"}},
		{Query{Text: "科技 技园"}, "park-2", []string{"科技"}},
		{Query{Text: "abc"}, "enterprise-1", []string{"ＡＢＣ"}},
	} {
		t.Run(test.id+" "+test.query.Text, func(t *testing.T) {
			hits := x.Search(test.query)
			i := slices.IndexFunc(hits, func(h Hit) bool { return h.ID == test.id })
			if i < 0 {
				t.Fatalf("%s was not found", test.id)
			}
			matched, spans := hits[i].Show(test.query)
			text := []rune(matched)
			if len(text) > excerptLength {
				t.Errorf("shows %d characters, more than %d", len(text), excerptLength)
			}
			var got []string
			for _, span := range spans {
				got = append(got, string(text[span.Start:span.End]))
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// FuzzSearch checks that whatever is searched for, each hit contains every
// word, each highlight lies in the text, and every document that contains the
// words is found.
func FuzzSearch(f *testing.F) {
	f.Add("望江科技园开园", "科技 园")
	f.Add("ＡＢＣ 集团", "bc集")
	f.Add("İstanbul", "i")
	f.Add("a\xffb", "\xff")
	f.Add("0", "0\x00")
	f.Fuzz(func(t *testing.T, text, query string) {
		x := NewIndex(slices.Values([]Document{{ID: "1", Text: text}}))
		q := Query{Text: query}
		words, whole := q.words()
		hits := x.Search(q)
		if want := whole != "" && text != "" && containsAll(fold(text), words); want != (len(hits) == 1) {
			t.Fatalf("%q in %q: found %v, want %v", query, text, len(hits), want)
		}
		for _, hit := range hits {
			matched, spans := hit.Show(q)
			n := len([]rune(matched))
			for _, span := range spans {
				if span.Start < 0 || span.Start >= span.End || span.End > n {
					t.Errorf("%v lies outside of %q", span, matched)
				}
			}
		}
	})
}

// TestWith holds that an index that was changed answers as one built anew, and
// that it leaves the one before as it was.
func TestWith(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	texts := []string{"智谷产业园", "青禾产业园区", "智谷", "望京小镇", "智慧产业园", "青禾科技", "产业园建设提速，智谷入驻企业增多"}
	queries := []Query{{Text: "智谷"}, {Text: "产业园"}, {Text: "zhigu"}, {Text: "智谷产业国"}, {Text: "青禾", Names: true},
		{Text: "产业 智谷"}, {Text: "园", Kinds: []schema.Kind{schema.KindPark}}}
	there := map[string]Document{}
	x, before := NewIndex(maps.Values(there)), make([][]Hit, len(queries))
	for step := range 400 {
		var changed []Document
		var ids []string
		for _, n := range random.Perm(60)[:1+random.IntN(3)] {
			id := fmt.Sprintf("%03d", n)
			ids = append(ids, id)
			delete(there, id)
			if random.IntN(3) == 0 {
				continue
			}
			d := Document{ID: id, Text: texts[random.IntN(len(texts))]}
			if random.IntN(2) == 0 {
				d = Document{ID: id, Kind: schema.KindPark, Name: d.Text, Aliases: []string{texts[random.IntN(len(texts))]}, Weight: random.IntN(5)}
			}
			there[id] = d
			changed = append(changed, d)
		}
		next, anew := x.With(slices.Values(changed), ids), NewIndex(maps.Values(there))
		for i, q := range queries {
			if got := x.Search(q); !slices.Equal(got, before[i]) {
				t.Fatalf("step %d, %v of the index before: %v, want %v", step, q, got, before[i])
			}
			before[i] = anew.Search(q)
			if got := next.Search(q); !slices.Equal(got, before[i]) {
				t.Fatalf("step %d, %v: %v, want %v", step, q, got, before[i])
			}
			for _, n := range []int{1, 3, 10, 1000} {
				if got := next.First(q, n); !slices.Equal(got, before[i][:min(n, len(before[i]))]) {
					t.Fatalf("step %d, the first %d of %v: %v, want %v", step, n, q, got, before[i])
				}
			}
		}
		if x = next; len(x.parts) > 8 {
			t.Fatalf("step %d: %d parts", step, len(x.parts))
		}
	}
}

// TestFirst holds, of many names that match in all ways, that the first hits are the
// first of all, also where they are few.
func TestFirst(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	words := strings.Fields("智 谷 园 智谷 产业 产业园 青禾 青 望京 Ａ a 臺灣")
	word := func() string { return words[random.IntN(len(words))] }
	for round := range 30 {
		var docs []Document
		for n := range 1 + random.IntN(200) {
			d := Document{ID: fmt.Sprintf("%03d", random.IntN(150)*1000+n), Kind: []schema.Kind{schema.KindPark, schema.KindPlace}[n%2], Weight: random.IntN(4)}
			for d.Name = word(); random.IntN(3) > 0; {
				d.Name += word()
			}
			for random.IntN(2) == 0 {
				d.Aliases = append(d.Aliases, word()+word())
			}
			if random.IntN(5) == 0 {
				d = Document{ID: d.ID, Text: d.Name}
			}
			docs = append(docs, d)
		}
		whole := NewIndex(slices.Values(docs))
		// The same in parts, of which the first holds what was there before.
		x := new(Index)
		for size := 1 + len(docs)/2; len(docs) > 0; size = 1 + size/4 {
			some := docs[:min(size, len(docs))]
			docs = docs[len(some):]
			before := slices.Clone(docs[:len(docs)/3])
			for i := range before {
				before[i].Name += "园"
			}
			some = slices.Concat(some, before)
			var ids []string
			for _, d := range some {
				ids = append(ids, d.ID)
			}
			x = x.With(slices.Values(some), ids)
		}
		for range 40 {
			q := Query{Text: word(), Names: random.IntN(2) == 0}
			for random.IntN(2) == 0 {
				q.Text += []string{"", " "}[random.IntN(2)] + word()
			}
			if random.IntN(3) == 0 {
				q.Text = []string{"z", "zg", "zhigu", "cy", "y", "chanyeyuan", "qing", "aw", "wangjingzg"}[random.IntN(9)]
			}
			if random.IntN(3) == 0 {
				q.Kinds = []schema.Kind{schema.KindPlace}
			}
			all := x.Search(q)
			if want := whole.Search(q); !slices.Equal(all, want) {
				t.Fatalf("round %d, %+v in parts:\n got %v\nwant %v", round, q, found(all), found(want))
			}
			for _, n := range []int{1, 2, 7, 20, 500} {
				if got := x.First(q, n); !slices.Equal(got, all[:min(n, len(all))]) {
					t.Fatalf("round %d, the first %d of %+v:\n got %v\nwant %v", round, n, q, found(got), found(all[:min(n, len(all))]))
				}
			}
		}
	}
}
