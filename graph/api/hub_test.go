package api

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/lantu-kg/lantu/graph/api/model"
	"github.com/lantu-kg/lantu/graph/links"
	"github.com/lantu-kg/lantu/graph/pool"
	"github.com/lantu-kg/lantu/schema"
)

// hub is a park that many enterprises settled in, and little else is said of.
func hub(t *testing.T, firms int) (s *Service, park string, ids []string) {
	w := write(t, schema.Report{File: "hub.txt", RegionID: schema.PlaceID(districtCode), Date: "2024", Period: schema.Period{From: "2023", To: "2023"}})
	_, district, town, _ := w.ladder()
	w.passage("东湖产业园位于柳浦乡,主攻氢能,云江区支持。西山项目由云江建投负责。许多公司入驻。")
	park = w.named(schema.KindPark, "东湖产业园")
	w.say(park, schema.LocatedIn, town, "东湖产业园位于柳浦乡")
	w.say(park, schema.Targets, w.named(schema.KindIndustry, "氢能"), "主攻氢能")
	w.say(district, schema.Supports, park, "云江区支持")
	for i := range firms {
		id := w.named(schema.KindEnterprise, fmt.Sprintf("第%04d公司", i))
		w.say(id, schema.SettledIn, park, "许多公司入驻")
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return New(newFakeStore(w.done()), Options{}), park, ids
}

func TestHubs(t *testing.T) {
	const firms = maxFanOut + 500
	s, park, ids := hub(t, firms)
	around := data(t, s, `{ neighborhood(of: "`+park+`", perRelation: 3) { truncated entities { name } links { relation } cutOff { entity { name } relation direction shown total } } }`, "neighborhood").(map[string]any)
	wantLines(t, "cut off", lines(t, around["cutOff"], "entity.name", "relation", "direction", "shown", "total"), fmt.Sprintf("东湖产业园 SETTLED_IN IN 3 %d", firms))
	for _, name := range []string{"柳浦乡", "氢能", "云江区"} {
		if !slices.Contains(lines(t, around["entities"], "name"), name) {
			t.Errorf("%s is not shown: what little is said went under in what much is said", name)
		}
	}
	if around["truncated"] != true || len(around["links"].([]any)) != 7 { // and one of the ladder
		t.Errorf("truncated %v, links %v", around["truncated"], around["links"])
	}
	few := data(t, s, `{ neighborhood(of: "`+park+`", kinds: [INDUSTRY]) { truncated entities { name } cutOff { total } } }`, "neighborhood").(map[string]any)
	if few["truncated"] != false || len(few["entities"].([]any)) != 2 {
		t.Errorf("industries alone: %v", few)
	}

	// Whichever of its claims is read first, the hub is met from the other end.
	for _, firm := range []string{ids[0], ids[firms/2], ids[firms-1]} {
		paths := data(t, s, `{ paths(from: "`+park+`", to: "`+firm+`", maxLength: 2, first: 3) { nodes { length } visited } }`, "paths").(map[string]any)
		wantLines(t, "from the hub", lines(t, paths["nodes"], "length"), "1")
		paths = data(t, s, `{ paths(from: "`+firm+`", to: "`+schema.PlaceID(townCode)+`", relations: [SETTLED_IN, LOCATED_IN], maxLength: 2, first: 3) { nodes { length } visited truncated } }`, "paths").(map[string]any)
		wantLines(t, "through the hub", lines(t, paths["nodes"], "length"), "2")
		if visited := paths["visited"].(float64); visited > 100 {
			t.Errorf("%v entities visited", visited)
		}
	}
	// A walk asks for the relations it may go over before it is cut off.
	trace := data(t, s, `{ trace(from: "`+park+`", direction: REACHED_BY, relations: [SUPPORTS], kinds: [PLACE]) { truncated nodes { to { name } } } }`, "trace").(map[string]any)
	if got := lines(t, trace["nodes"], "to.name"); trace["truncated"] != false || !slices.Equal(got, []string{"云江区"}) {
		t.Errorf("trace: %v", trace)
	}
}

func TestPathsAreBoundInTheMiddleOfAStep(t *testing.T) {
	s, _, ids := hub(t, 400)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	rq := newRequest(s)
	for _, test := range []struct{ claims, entities int }{{50, 1000}, {1000, 60}, {1000, 1000}} {
		p, err := newPathFinder(ctx, rq, ids[0], schema.PlaceID(cityCode))
		if err != nil {
			t.Fatal(err)
		}
		p.ladder, p.left, p.most = true, test.claims, test.entities
		if _, err := p.find(ctx, maxHops, 100); err != nil {
			t.Fatal(err)
		}
		const ladder = 10 // more places than there are
		if p.visited() > test.entities+ladder || p.left < 0 {
			t.Errorf("of %d entities %d were met, of %d claims %d are left", test.entities, p.visited(), test.claims, p.left)
		}
		if want := test.claims < 400 || test.entities < 400; p.truncated != want {
			t.Errorf("%+v: cut off %v", test, p.truncated)
		}
	}
}

func listOf(all []schema.Link) links.List { return links.Of(new(pool.Numbers[string]), all) }

func TestChoiceOfClaims(t *testing.T) {
	var all []schema.Link
	for i := range 3 * maxFanOut {
		all = append(all, schema.Link{ClaimID: fmt.Sprintf("claim-%05d", i), Relation: schema.SettledIn, OtherID: fmt.Sprintf("enterprise-%05d", i/2*2+i%2*(i%3))})
	}
	all = append(all, schema.Link{ClaimID: "claim-last", Relation: schema.LocatedIn, OtherID: "place-1"})
	last := all[len(all)-1]
	f := (&choice{over: func(schema.Relation) bool { return true }, counts: true}).choose(listOf(all))
	if f.links.Len() > maxFanOut+3 || !f.cut || f.totals[schema.LocatedIn] != 1 || !slices.Contains(slices.Collect(f.links.All()), last) {
		t.Errorf("%d claims, cut %v, totals %v", f.links.Len(), f.cut, f.totals)
	}
	others := map[string]bool{}
	for _, l := range all {
		if l.Relation == schema.SettledIn {
			others[l.OtherID] = true
		}
	}
	if f.totals[schema.SettledIn] != len(others) {
		t.Errorf("%d others, want %d", f.totals[schema.SettledIn], len(others))
	}
	// Of some kinds only, with others among them.
	mixed := slices.Clone(all)
	for i := range all {
		mixed = append(mixed, schema.Link{ClaimID: fmt.Sprintf("claim-p%05d", i), Relation: schema.SettledIn, OtherID: fmt.Sprintf("project-%05d", i/4)})
	}
	some := choice{over: func(schema.Relation) bool { return true }, kinds: []schema.Kind{schema.KindEnterprise}, counts: true}
	if got := some.choose(listOf(mixed)); got.links.Len() < maxFanOut || !got.cut || got.totals[schema.SettledIn] != len(others) ||
		got.links.Where(func(l schema.Link) bool { return !strings.HasPrefix(l.OtherID, "enterprise-") }).Len() > 0 {
		t.Errorf("of enterprises: %d links, cut %v, totals %v", got.links.Len(), got.cut, got.totals)
	}
	// Of some kinds only, over one relation and fewer than are followed.
	alone := append(slices.Clone(all[1:7]), schema.Link{ClaimID: "claim-p", Relation: schema.SettledIn, OtherID: "project-1"})
	if got := some.choose(listOf(alone)); got.links.Len() != 6 || got.cut {
		t.Errorf("of enterprises over one relation: %v, cut %v", slices.Collect(got.links.All()), got.cut)
	}
	// More than are followed, all to one.
	var same []schema.Link
	for i := range maxFanOut + 1 {
		same = append(same, schema.Link{ClaimID: fmt.Sprintf("claim-%05d", i), Relation: schema.SettledIn, OtherID: "enterprise-1"})
	}
	if got := some.choose(listOf(same)); got.links.Len() != len(same) || got.cut {
		t.Errorf("to one: %d links, cut %v", got.links.Len(), got.cut)
	}
	for _, info := range schema.Kinds {
		if got := kindOfID(strings.ToLower(string(info.Kind)) + "-x"); got != info.Kind {
			t.Errorf("%s: %s", info.Kind, got)
		}
	}
}

// TestSift keeps the links of claims that pass, and none of claims that nothing tells.
func TestSift(t *testing.T) {
	s, park, firms := hub(t, 3)
	rq := newRequest(s)
	lists, err := rq.links(t.Context(), []string{park}, model.In)
	if err != nil || lists[0].Len() < 3 {
		t.Fatalf("%d links, %v", lists[0].Len(), err)
	}
	lists = append(lists, listOf([]schema.Link{{ClaimID: "claim-gone", Relation: schema.SettledIn, OtherID: firms[0]}}))
	of := func(c *schema.Claim) bool { return c.SubjectID == firms[1] }
	if err := rq.sift(t.Context(), lists, []test[*schema.Claim]{of}); err != nil || lists[0].Len() != 1 || lists[0].At(0).OtherID != firms[1] || lists[1].Len() != 0 {
		t.Errorf("%v and %v are left, %v", slices.Collect(lists[0].All()), slices.Collect(lists[1].All()), err)
	}
}
