package api

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/lantu-kg/lantu/graph/api/model"
	"github.com/lantu-kg/lantu/schema"
)

// drawn gives the entities and links of a neighborhood, and what was cut off.
func drawn(t *testing.T, s *Service, arguments string) (entities, links, cutOff []string, truncated bool) {
	t.Helper()
	n := data(t, s, `{ neighborhood(`+arguments+`) { truncated entities { name }
		links { from { name } to { name } relation derived rule claims { relation evidence { quote } } }
		cutOff { entity { name } relation direction shown total } } }`, "neighborhood").(map[string]any)
	for _, e := range n["entities"].([]any) {
		entities = append(entities, e.(map[string]any)["name"].(string))
	}
	for _, l := range n["links"].([]any) {
		l := l.(map[string]any)
		relation, claims := l["relation"], l["claims"].([]any)
		if l["derived"] == true {
			relation = l["rule"]
		}
		if (len(claims) == 0) != (l["derived"] == true) {
			t.Errorf("%v has %d claims", l, len(claims))
		}
		for _, c := range claims {
			if c.(map[string]any)["relation"] != l["relation"] {
				t.Errorf("%v holds %v", l, c)
			}
		}
		links = append(links, fmt.Sprintf("%v %v %v", l["from"].(map[string]any)["name"], relation, l["to"].(map[string]any)["name"]))
	}
	slices.Sort(links)
	for _, c := range n["cutOff"].([]any) {
		c := c.(map[string]any)
		cutOff = append(cutOff, fmt.Sprintf("%v %v %v %v/%v", c["entity"].(map[string]any)["name"], c["relation"], c["direction"], c["shown"], c["total"]))
	}
	return entities, links, cutOff, n["truncated"].(bool)
}

func TestNeighborhood(t *testing.T) {
	s := newTestService(t)
	river, village := id(schema.KindProject, "柳浦河治理工程"), schema.PlaceID(villageCode)
	entities, links, cutOff, truncated := drawn(t, s, `of: "`+river+`"`)
	if want := []string{"柳浦河治理工程", "上柳村", "百村千景", "云江建投集团"}; !slices.Equal(entities, want) {
		t.Errorf("around it are %q, want %q", entities, want)
	}
	if want := []string{"云江建投集团 RESPONSIBLE_FOR 柳浦河治理工程", "柳浦河治理工程 LOCATED_IN 上柳村", "柳浦河治理工程 PART_OF 百村千景", "百村千景 COVERS 上柳村"}; !slices.Equal(links, want) {
		t.Errorf("links %q, want %q", links, want)
	}
	if truncated || cutOff != nil {
		t.Errorf("cut off %q", cutOff)
	}
	entities, links, _, _ = drawn(t, s, `of: "`+village+`", depth: 2, relations: [LOCATED_IN], kinds: [PROJECT, PARK]`)
	if want := []string{"上柳村", "柳浦河治理工程"}; !slices.Equal(entities, want) {
		t.Errorf("of those kinds are %q, want %q", entities, want)
	}
	if want := []string{"柳浦河治理工程 LOCATED_IN 上柳村"}; !slices.Equal(links, want) {
		t.Errorf("links %q, want %q", links, want)
	}
	program := id(schema.KindProgram, "百村千景")
	_, links, _, _ = drawn(t, s, `of: "`+program+`", relations: [COVERS, PART_OF]`)
	if part, located := "柳浦河治理工程 PART_OF 百村千景", "柳浦河治理工程 LOCATED_IN 上柳村"; !slices.Contains(links, part) || slices.Contains(links, located) {
		t.Errorf("links of two relations: %q", links)
	}
	_, links, _, _ = drawn(t, s, `of: "`+village+`", depth: 3`)
	if want := "上柳村 administrative-ladder 柳浦乡"; !slices.Contains(links, want) {
		t.Errorf("%q is not among %q", want, links)
	}
}

// TestNeighborhoodTellsWhatItCuts looks around a hub.
func TestNeighborhoodTellsWhatItCuts(t *testing.T) {
	w := write(t, schema.Report{File: "a.txt"})
	w.passage("大园区入驻企业很多,重要公司入驻大园区。")
	park := w.named(schema.KindPark, "大园区")
	for i := range 40 {
		w.say(w.named(schema.KindEnterprise, fmt.Sprintf("第%d公司", i)), schema.SettledIn, park, "入驻")
	}
	w.claim(schema.Claim{SubjectID: w.named(schema.KindEnterprise, "重要公司"), Relation: schema.SettledIn, ObjectID: park, Modality: schema.Fact}, "重要公司入驻大园区", 1)
	w.passage("重要公司再次入驻大园区。")
	w.claim(schema.Claim{SubjectID: w.named(schema.KindEnterprise, "重要公司"), Relation: schema.SettledIn, ObjectID: park, Modality: schema.Fact}, "重要公司再次入驻", 1)
	s := New(newFakeStore(w.done()), Options{})
	for arguments, want := range map[string]string{
		`perRelation: 5`:             "大园区 SETTLED_IN IN 5/41",
		`perRelation: 50, limit: 11`: "大园区 SETTLED_IN IN 10/41",
	} {
		entities, _, cutOff, truncated := drawn(t, s, `of: "`+park+`", `+arguments)
		if !truncated || !slices.Equal(cutOff, []string{want}) {
			t.Errorf("%s: cut off %q, want %q", arguments, cutOff, want)
		}
		if entities[1] != "重要公司" {
			t.Errorf("%s: %q comes before what most is said of", arguments, entities[1])
		}
	}
	for budget, cut := range map[int]bool{40: true, 41: false} {
		around, err := newRequest(s).newSurroundings(t.Context(), nil, false, source{})
		if err != nil {
			t.Fatal(err)
		}
		if around.budget = budget; around.look(t.Context(), []string{park}, model.In) != nil || around.truncated != cut || around.budget != 0 {
			t.Errorf("of %d claims %d are left, cut off %v", budget, around.budget, around.truncated)
		}
	}
}

// TestLinks asks what connects things that are known already.
func TestLinks(t *testing.T) {
	s := newTestService(t)
	quote := func(ids ...string) string { return `["` + strings.Join(ids, `", "`) + `"]` }
	river, villages := id(schema.KindProject, "柳浦河治理工程"), id(schema.KindProgram, "百村千景")
	village, township := schema.PlaceID(villageCode), schema.PlaceID(townCode)
	const covers, part, located, ladder = "百村千景 COVERS 上柳村", "柳浦河治理工程 PART_OF 百村千景", "柳浦河治理工程 LOCATED_IN 上柳村", "上柳村 administrative-ladder 柳浦乡"
	for arguments, want := range map[string][]string{
		`of: ` + quote(river, villages, village):                                         {covers, part, located},
		`of: ` + quote(village, village) + `, with: ` + quote(villages, river, township): {ladder, covers, located},
		`of: ` + quote("park-removed") + `, with: ` + quote(village):                     nil,
	} {
		var links []string
		for _, l := range data(t, s, `{ links(`+arguments+`) { from { name } to { name } relation rule claims { evidence { quote } } } }`, "links").([]any) {
			l := l.(map[string]any)
			relation := l["relation"]
			if relation == nil {
				relation = l["rule"]
			} else if len(l["claims"].([]any)) == 0 {
				t.Errorf("%v has no claims", l)
			}
			links = append(links, fmt.Sprintf("%v %v %v", l["from"].(map[string]any)["name"], relation, l["to"].(map[string]any)["name"]))
		}
		slices.Sort(links)
		slices.Sort(want)
		if !slices.Equal(links, want) {
			t.Errorf("%s: links %q, want %q", arguments, links, want)
		}
	}
}

// shortest gives the ways between two entities, each as the names on it.
func shortest(t *testing.T, s *Service, arguments string) (ways []string, truncated bool) {
	t.Helper()
	result := data(t, s, `{ paths(`+arguments+`) { truncated nodes { from { name } hops { to { name } derived direction claims { id } } } } }`, "paths").(map[string]any)
	for _, node := range result["nodes"].([]any) {
		way := node.(map[string]any)
		passed := []string{way["from"].(map[string]any)["name"].(string)}
		for _, hop := range way["hops"].([]any) {
			hop := hop.(map[string]any)
			if hop["derived"] == (len(hop["claims"].([]any)) > 0) {
				t.Errorf("hop %v", hop)
			}
			passed = append(passed, hop["to"].(map[string]any)["name"].(string))
		}
		ways = append(ways, strings.Join(passed, "→"))
	}
	return ways, result["truncated"].(bool)
}

func TestPaths(t *testing.T) {
	s := newTestService(t)
	firm, builder := id(schema.KindEnterprise, "康桥制药"), id(schema.KindEnterprise, "云江建投集团")
	program, river, park := id(schema.KindProgram, "百村千景"), id(schema.KindProject, "柳浦河治理工程"), id(schema.KindPark, "云江数字医疗产业园")
	district := schema.PlaceID(districtCode)
	for _, test := range []struct {
		from, to, more string
		want           []string
	}{
		{firm, park, `first: 1`, []string{"康桥制药→云江数字医疗产业园"}},
		{firm, builder, `first: 1`, []string{"康桥制药→云江建投集团"}},
		{firm, builder, `relations: [SETTLED_IN, LOCATED_IN, RESPONSIBLE_FOR, COVERS, PART_OF], first: 2, maxLength: 6`, []string{
			"康桥制药→云江数字医疗产业园→柳浦乡→上柳村→柳浦河治理工程→云江建投集团", "康桥制药→云江数字医疗产业园→柳浦乡→百村千景→柳浦河治理工程→云江建投集团"}},
		{builder, program, `first: 3, maxLength: 3, ladder: false, relations: [RESPONSIBLE_FOR, PART_OF, LOCATED_IN, COVERS]`, []string{
			"云江建投集团→柳浦河治理工程→百村千景", "云江建投集团→柳浦河治理工程→上柳村→百村千景"}},
		{river, district, `relations: [LOCATED_IN], maxLength: 3`, []string{"柳浦河治理工程→上柳村→柳浦乡→云江区"}},
		{river, district, `relations: [LOCATED_IN], ladder: false, maxLength: 6`, nil},
	} {
		got, truncated := shortest(t, s, fmt.Sprintf("from: %q, to: %q, %s", test.from, test.to, test.more))
		if !slices.Equal(got, test.want) || truncated {
			t.Errorf("%s: got\n%s\nwant\n%s", test.more, strings.Join(got, "\n"), strings.Join(test.want, "\n"))
		}
		// The same ways lead back.
		back, _ := shortest(t, s, fmt.Sprintf("from: %q, to: %q, %s", test.to, test.from, test.more))
		if len(back) != len(got) {
			t.Errorf("%s: %d ways there, %d back", test.more, len(got), len(back))
		}
	}
}

// TestPathsAreBounded looks for ways where everyone is tied to everyone.
func TestPathsAreBounded(t *testing.T) {
	w := write(t, schema.Report{File: "a.txt"})
	w.passage("各企业相互合作。")
	var firms []string
	for i := range 40 {
		firm := w.entity(schema.Entity{Kind: schema.KindEnterprise, Name: fmt.Sprintf("第%02d公司", i)})
		for _, other := range firms {
			w.say(firm, schema.CooperatesWith, other, "相互合作")
		}
		firms = append(firms, firm)
	}
	s := New(newFakeStore(w.done()), Options{})
	ways, truncated := shortest(t, s, `from: "`+firms[0]+`", to: "`+firms[1]+`", maxLength: 6, first: 3`)
	if want := []string{"第00公司→第01公司", "第00公司→第02公司→第01公司", "第00公司→第03公司→第01公司"}; !slices.Equal(ways, want) || truncated {
		t.Errorf("got %q, truncated: %v", ways, truncated)
	}
	ways, truncated = shortest(t, s, `from: "`+firms[0]+`", to: "`+firms[1]+`", maxLength: 6, first: 100`)
	if len(ways) != 100 {
		t.Errorf("%d ways, truncated: %v", len(ways), truncated)
	}
}

// TestPathsAreAll compares ways with all there are in small graphs, drawn by chance.
func TestPathsAreAll(t *testing.T) {
	for seed := range uint64(20) {
		random := rand.New(rand.NewPCG(seed, 1))
		w := write(t, schema.Report{File: "a.txt"})
		w.passage("各企业相互合作。")
		const firms = 9
		var ids, names []string
		near := make([][firms]bool, firms)
		for i := range firms {
			names = append(names, fmt.Sprintf("第%02d公司", i))
			ids = append(ids, w.entity(schema.Entity{Kind: schema.KindEnterprise, Name: names[i]}))
			for j := range i {
				if random.IntN(firms) < 3 {
					near[i][j], near[j][i] = true, true
					w.say(ids[i], schema.CooperatesWith, ids[j], "相互合作")
					if random.IntN(2) == 0 { // said both ways, or otherwise too
						w.say(ids[j], schema.CooperatesWith, ids[i], "相互合作")
						w.say(ids[i], schema.Supports, ids[j], "相互合作")
					}
				}
			}
		}
		const maxLength = 5
		byLength := make([][]string, maxLength+1)
		var walk func(passed []int)
		walk = func(passed []int) {
			last := passed[len(passed)-1]
			if last == 1 {
				var way []string
				for _, i := range passed {
					way = append(way, names[i])
				}
				byLength[len(way)-1] = append(byLength[len(way)-1], strings.Join(way, "→"))
				return
			}
			for i := range firms {
				if near[last][i] && !slices.Contains(passed, i) && len(passed) <= maxLength {
					walk(append(slices.Clone(passed), i))
				}
			}
		}
		walk([]int{0})
		want := slices.Concat(byLength...)
		want = want[:min(len(want), 100)]
		got, truncated := shortest(t, New(newFakeStore(w.done()), Options{}), fmt.Sprintf("from: %q, to: %q, maxLength: %d, first: 100", ids[0], ids[1], maxLength))
		if !slices.Equal(got, want) || truncated {
			t.Errorf("seed %d: got\n%s\nwant\n%s", seed, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
}
