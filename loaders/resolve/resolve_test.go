package resolve

import (
	"slices"
	"strings"
	"testing"

	"github.com/lantu-kg/lantu/loaders/segment"
	"github.com/lantu-kg/lantu/schema"
)

func resolver(t *testing.T) *Resolver {
	t.Helper()
	g, err := segment.DefaultGazetteer()
	if err != nil {
		t.Fatal(err)
	}
	s, err := segment.Default()
	if err != nil {
		t.Fatal(err)
	}
	x, err := New(g, s, nil)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

var chaoyang = Region{Name: "朝阳区", Code: "110105"}

func place(name string) Mention {
	return Mention{Kind: schema.KindPlace, Name: name, Within: -1, Weight: 1}
}

func entity(t *testing.T, r Resolved, id string) schema.Entity {
	t.Helper()
	i := slices.IndexFunc(r.Entities, func(e schema.Entity) bool { return e.ID == id })
	if i < 0 {
		t.Fatalf("no entity %s", id)
	}
	return r.Entities[i]
}

// ladder gives the names from an entity up to the top.
func ladder(t *testing.T, r Resolved, id string) string {
	t.Helper()
	var names []string
	for id != "" {
		e := entity(t, r, id)
		names = append(names, e.Name)
		id = e.ParentID
	}
	return strings.Join(names, " ")
}

func TestPlacesResolveWithTheRegionAsContext(t *testing.T) {
	mentions := []Mention{place("高井村"), place("高碑店乡"), place("朝阳"), place("天津滨海新区"), place("幺家店路")}
	mentions[0].Within = 1
	r := resolver(t).Resolve(chaoyang, mentions)
	for i, want := range []string{"高井村 高碑店乡 朝阳区 北京市", "高碑店乡 朝阳区 北京市", "朝阳区 北京市"} {
		if got := ladder(t, r, r.Of[i]); !strings.HasPrefix(got, want) {
			t.Errorf("%s: ladder %q, want %q", mentions[i].Name, got, want)
		}
	}
	if r.Of[2] != r.RegionID {
		t.Errorf("朝阳 is %s, not the region %s", r.Of[2], r.RegionID)
	}
	town := entity(t, r, r.Of[1])
	if !slices.Contains(town.Aliases, "高碑店地区") || town.Level != schema.LevelStreet {
		t.Errorf("the township lost the gazetteer's name: %+v", town)
	}
	if road := entity(t, r, r.Of[4]); road.Level != schema.LevelRoad || road.Scope != "110105" {
		t.Errorf("road: %+v", road)
	}
}

func TestHomonymsStayApart(t *testing.T) {
	x := resolver(t)
	here := x.Resolve(chaoyang, []Mention{place("高碑店乡")})
	there := x.Resolve(Region{Name: "保定市", Code: "1306"}, []Mention{place("高碑店市")})
	if here.Of[0] == there.Of[0] {
		t.Error("高碑店乡 of 朝阳区 and 高碑店市 of 保定 are one")
	}
	if got := entity(t, there, there.Of[0]); got.Level != schema.LevelDistrict || !strings.HasPrefix(got.Code, "1306") {
		t.Errorf("高碑店市: %+v", got)
	}
}

func TestOneNameIsOneThingOfItsMostCertainKind(t *testing.T) {
	r := resolver(t).Resolve(chaoyang, []Mention{
		{Kind: schema.KindFacility, Name: "望京科技园", Within: -1, Weight: 0.4},
		{Kind: schema.KindPark, Name: "“望京科技园”", Within: -1, Weight: 0.9},
		{Kind: schema.KindProgram, Name: "重点项目“四位一体”机制", Aliases: []string{"四位一体"}, Within: -1, Weight: 1},
		{Kind: schema.KindProgram, Name: "四位一体", Within: -1, Weight: 1},
	})
	if r.Of[0] != r.Of[1] || entity(t, r, r.Of[0]).Kind != schema.KindPark {
		t.Errorf("%+v", r)
	}
	if r.Of[2] != r.Of[3] {
		t.Error("a name and its alias are two things")
	}
	if e := entity(t, r, r.Of[2]); e.Name != "四位一体" || !slices.Equal(e.Aliases, []string{"重点项目“四位一体”机制"}) {
		t.Errorf("%+v", e)
	}
}

func TestWhatIsTheSameEverywhere(t *testing.T) {
	x := resolver(t)
	mentions := []Mention{
		{Kind: schema.KindIndustry, Name: "人工智能", Within: -1, Weight: 1},
		{Kind: schema.KindEnterprise, Name: "360集团", Within: -1, Weight: 1},
		{Kind: schema.KindEnterprise, Name: "文旅集团", Within: -1, Weight: 1},
		{Kind: schema.KindProgram, Name: "凤凰计划", Within: -1, Weight: 1},
		place("德国"),
	}
	here, there := x.Resolve(chaoyang, mentions), x.Resolve(Region{Name: "高唐县", Code: "371526"}, mentions)
	for i, same := range []bool{true, true, false, false, true} {
		if (here.Of[i] == there.Of[i]) != same {
			t.Errorf("%s in two regions: %s and %s", mentions[i].Name, here.Of[i], there.Of[i])
		}
	}
}

func TestARegionThatTheGazetteerDoesNotKnow(t *testing.T) {
	r := resolver(t).Resolve(Region{Name: "澜川市青屿区"}, []Mention{place("盐埠镇"), place("青屿"), place("青屿区")})
	if got := ladder(t, r, r.Of[0]); got != "盐埠镇 青屿区 澜川市" {
		t.Errorf("ladder %q", got)
	}
	for _, i := range []int{1, 2} {
		if r.Of[i] != r.RegionID {
			t.Errorf("%d is %s, not the region", i, r.Of[i])
		}
	}
}

func TestPlacesWithinEachOtherEnd(t *testing.T) {
	a, b := place("甲家庄村"), place("乙家庄村")
	a.Within, b.Within = 1, 0
	r := resolver(t).Resolve(Region{Name: "澜川市青屿区"}, []Mention{a, b})
	seen := map[string]bool{}
	for id := r.Of[0]; id != ""; id = entity(t, r, id).ParentID {
		if seen[id] {
			t.Fatal("the ladder goes round")
		}
		seen[id] = true
	}
}

func TestLevelOf(t *testing.T) {
	for name, want := range map[string]schema.PlaceLevel{
		"听涛街道": schema.LevelStreet, "东堰村": schema.LevelVillage, "沧浪路": schema.LevelRoad, "白沙河": schema.LevelWater,
		"三里屯": schema.LevelVillage, "石桥片区": schema.LevelArea, "北京CBD": schema.LevelArea,
	} {
		if got := LevelOf(name); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

func TestATownOfAnotherRegionIsNotGuessed(t *testing.T) {
	x := resolver(t)
	// 岳阳市云溪区 has no 青山街道; 衡阳市石鼓区 has.
	r := x.Resolve(Region{Name: "云溪区", Code: "430603"}, []Mention{place("青山街道"), place("红星村")})
	if got := ladder(t, r, r.Of[0]); !strings.HasPrefix(got, "青山街道 云溪区 岳阳市") {
		t.Errorf("ladder %q", got)
	}
	// Named with what it lies in, it is that other region's.
	far := x.Resolve(chaoyang, []Mention{place("衡阳市石鼓区青山街道")})
	if e := entity(t, far, far.Of[0]); e.Code != "430407002" {
		t.Errorf("named in full: %+v", e)
	}
}
