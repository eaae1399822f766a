package schema

import (
	"strings"
	"testing"
)

func TestNormalName(t *testing.T) {
	for name, want := range map[string]string{
		"“雨燕行动”":       "雨燕行动",
		"《 条例 》":       "条例",
		"ＣＢＤ　商圈":       "cbd商圈",
		"THE BOX B":    "theboxb",
		"１＋７产业政策":      "1+7产业政策",
		"中国·高唐书画文创产业园": "中国·高唐书画文创产业园",
	} {
		if got := NormalName(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

// The ids are stored in databases: what they are made of must not change
// unnoticed.
func TestIDsStayWhatTheyAre(t *testing.T) {
	for got, want := range map[string]string{
		EntityID(KindPark, "望京科技园", "110105"): "park-vb5bjrh2qd7v4ncn",
		PassageID("report-abc", 3):            "passage-abc-3",
		PlaceID("110105"):                     "place-110105",
	} {
		if got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func TestIDsTellThingsApart(t *testing.T) {
	if EntityID(KindPark, "“望京”科技园", "1") != EntityID(KindPark, "望京科技园", "1") {
		t.Error("quotes make another entity")
	}
	seen := map[string]string{}
	add := func(what, id string) {
		t.Helper()
		if was, ok := seen[id]; ok {
			t.Errorf("%s and %s are both %s", was, what, id)
		}
		seen[id] = what
	}
	add("park", EntityID(KindPark, "甲", "1"))
	add("facility", EntityID(KindFacility, "甲", "1"))
	add("other scope", EntityID(KindPark, "甲", "11"))
	add("name and scope shifted", EntityID(KindPark, "甲1", "1"))
	claim := Claim{SubjectID: "a", Relation: HasStatus, Value: "OPENED", Modality: Fact}
	add("claim", ClaimID(&claim))
	claim.Modality = Aim
	add("aim", ClaimID(&claim))
	claim.Period = Period{From: "2024", To: "2024"}
	add("dated", ClaimID(&claim))
	// What the period is called and where the claim stands is not part of it.
	again := claim
	again.Period.Text, again.Evidence = "今年", []Evidence{{Quote: "甲"}}
	if ClaimID(&again) != ClaimID(&claim) {
		t.Error("evidence makes another claim")
	}
	o := Observation{AboutID: "a", Measure: "增加值", Value: 7.3, Unit: "%", Type: Change}
	add("observation", ObservationID(&o))
	o.Value = -7.3
	add("fall", ObservationID(&o))
	if id := ReportID([]Passage{{Text: "甲 乙"}}); id != ReportID([]Passage{{Text: "甲乙"}}) || id == ReportID([]Passage{{Text: "甲"}, {Text: "乙"}}) {
		t.Error("a report is known by its passages, white space aside")
	}
}

func TestTheVocabularyIsWhole(t *testing.T) {
	if len(Kinds) != 10 || len(Relations) != 11 || len(Statuses) != 11 {
		t.Errorf("%d kinds, %d relations, %d statuses", len(Kinds), len(Relations), len(Statuses))
	}
	for _, k := range Kinds {
		if got, err := ParseKind(string(k.Kind)); err != nil || got != k.Kind || k.Chinese == "" || k.Doc == "" {
			t.Errorf("%+v: %v", k, err)
		}
	}
	for _, r := range Relations {
		if got, err := ParseRelation(string(r.Relation)); err != nil || got != r.Relation || r.Chinese == "" || r.Doc == "" {
			t.Errorf("%+v: %v", r, err)
		}
	}
	for _, s := range Statuses {
		if got, err := ParseStatus(string(s.Status)); err != nil || got != s.Status || s.Chinese == "" || s.Doc == "" {
			t.Errorf("%+v: %v", s, err)
		}
	}
	for _, err := range []error{
		func() error { _, err := ParseKind("park"); return err }(),
		func() error { _, err := ParseRelation(""); return err }(),
		func() error { _, err := ParseStatus("DONE"); return err }(),
	} {
		if err == nil || !strings.HasPrefix(err.Error(), "schema: unknown") {
			t.Errorf("error %v", err)
		}
	}
	settled, _ := SettledIn.Info()
	if !settled.AdmitsSubject(KindEnterprise) || settled.AdmitsSubject(KindPark) || !settled.AdmitsObject(KindPark) || settled.AdmitsObject(KindPerson) {
		t.Errorf("%+v", settled)
	}
	if status, _ := HasStatus.Info(); status.AdmitsObject(KindPark) {
		t.Error("a status may be a park")
	}
}

func TestSentence(t *testing.T) {
	text := []rune("甲园开园。乙企业等2家落地；丙桥完工！丁")
	for _, c := range []struct {
		span Span
		want string
	}{
		{Span{0, 2}, "甲园开园。"},
		{Span{5, 8}, "乙企业等2家落地；"},
		{Span{5, 13}, "乙企业等2家落地；"},
		{Span{12, 14}, "乙企业等2家落地；"},
		{Span{7, 15}, "乙企业等2家落地；丙桥完工！"},
		{Span{19, 20}, "丁"},
		{Span{-3, 2}, "甲园开园。"},
		{Span{30, 40}, "丁"},
	} {
		s := Sentence(text, c.span)
		if got := string(text[s.Start:s.End]); got != c.want {
			t.Errorf("%v: %q, want %q", c.span, got, c.want)
		}
	}
	if s := Sentence(nil, Span{0, 3}); s != (Span{}) {
		t.Errorf("of nothing: %v", s)
	}
}

// TestScale takes scales out of units, and leaves what belongs to the unit.
func TestScale(t *testing.T) {
	for unit, want := range map[string]struct {
		scale float64
		base  string
	}{
		"": {1, ""}, "家": {1, "家"}, "%": {1, "%"}, "位": {1, "位"}, "个百分点": {1, "个百分点"}, "百分点": {1, "百分点"}, "千瓦": {1, "千瓦"}, "千米": {1, "千米"},
		"万": {1e4, ""}, "万家": {1e4, "家"}, "亿元": {1e8, "元"}, "万亿元": {1e12, "元"}, "千亿元": {1e11, "元"}, "百万千瓦": {1e6, "千瓦"}, "万千瓦时": {1e4, "千瓦时"},
		"万余人次": {1e4, "人次"}, "万多人": {1e4, "人"}, "千亩": {1e3, "亩"}, "百家": {1e2, "家"}, "多家": {1, "多家"}, "万平方米": {1e4, "平方米"},
	} {
		if scale, base := Scale(unit); scale != want.scale || base != want.base {
			t.Errorf("%s: %g %q, want %g %q", unit, scale, base, want.scale, want.base)
		}
	}
}

func TestKnownName(t *testing.T) {
	for _, test := range []struct {
		kind   Kind
		name   string
		others []string
		want   string
	}{
		{KindProgram, "全市“雨燕”行动方案", []string{"“雨燕”行动", "雨燕"}, "雨燕"},
		{KindProgram, "全市“雨燕”行动方案", []string{"“雨燕”行动"}, "全市“雨燕”行动方案"}, // nobody calls it that
		{KindProgram, "雨燕行动", []string{"雨燕"}, "雨燕行动"},
		{KindPlace, "“两河”活力片区", []string{"两河"}, "“两河”活力片区"},
		{KindProgram, "“雨燕行动", []string{"雨燕行动"}, "“雨燕行动"},
	} {
		if got := KnownName(test.kind, test.name, test.others); got != test.want {
			t.Errorf("%s among %v is %s, want %s", test.name, test.others, got, test.want)
		}
	}
}
