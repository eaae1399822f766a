package graph_test

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/lantu-kg/lantu/graph"
	"github.com/lantu-kg/lantu/graph/curate"
	"github.com/lantu-kg/lantu/graph/graphtest"
	"github.com/lantu-kg/lantu/graph/links"
	"github.com/lantu-kg/lantu/schema"
)

var by = schema.ChangeRecord{Who: "张敏", When: "2025-03-01T08:00:00Z", Why: "看过原文"}

// wholeOf is all that the graph says, but for its journal.
func wholeOf(t *testing.T, s *graph.Store) string {
	t.Helper()
	ids, err := s.ReportIDs(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var all []*schema.Reading
	for _, id := range ids {
		r, err := s.Reading(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		slices.SortFunc(r.Mentions, func(a, b schema.Mention) int {
			x, y := a.EntityID+a.Evidence.PassageID+a.Name, b.EntityID+b.Evidence.PassageID+b.Name
			if x < y {
				return -1
			}
			return 1
		})
		all = append(all, r)
	}
	claims, err := s.ClaimIDs(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	rejected, err := s.RejectedClaimIDs(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	entities, err := s.EntityIDs(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	observations, err := s.ObservationIDs(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	wrong, err := s.RejectedObservationIDs(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal([]any{all, strings.Join(claims, " "), strings.Join(rejected, " "), entities, strings.Join(observations, " "), strings.Join(wrong, " ")})
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// readsOf is what the store answers of the things ids, from its cache where it can.
func readsOf(t *testing.T, s *graph.Store, ids []string) string {
	t.Helper()
	var all []any
	one := func(answer any, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, answer)
	}
	for _, id := range ids {
		of := []string{id}
		if kind, _, _ := strings.Cut(id, "-"); kind == "claim" {
			claims, err := s.Claims(t.Context(), of)
			one(claims, err)
			outlines, err := s.ClaimOutlines(t.Context(), of)
			one(outlines, err)
			continue
		} else if kind == "observation" {
			observations, err := s.Observations(t.Context(), of)
			one(observations, err)
			outlines, err := s.ObservationOutlines(t.Context(), of)
			one(outlines, err)
			continue
		}
		entities, err := s.Entities(t.Context(), of)
		one(entities, err)
		mentions, err := s.Mentions(t.Context(), of)
		one(mentions, err)
		named, err := s.NamedIn(t.Context(), of)
		one(named, err)
		for _, links := range []func(context.Context, []string) ([]links.List, error){s.LinksBySubject, s.LinksByObject} {
			found, err := links(t.Context(), of)
			one(slices.Collect(found[0].All()), err)
		}
		for _, list := range []func(context.Context, []string) ([][]string, error){
			s.ClaimsBySubject, s.ClaimsByObject, s.ObservationsAbout, s.Children,
			func(ctx context.Context, ids []string) ([][]string, error) {
				return s.ClaimsTo(ctx, schema.SettledIn, ids)
			},
		} {
			found, err := list(t.Context(), of)
			one(found, err)
		}
	}
	text, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// numberID names the number in the report of [curated].
var numberID = schema.ObservationID(&schema.Observation{AboutID: schema.EntityID(schema.KindPark, "临禾科技园", ""), Measure: "产值",
	Value: 1.7, Unit: "亿元", Type: schema.Level, Modality: schema.Fact})

// curated is a report of two parks, one of which goes by two names.
func curated() (r *schema.Reading, park, part, firm, claim string) {
	b := graphtest.NewBuilder("linhe.txt", "临禾科技园引进远山科仪。", "临禾园建成投用,产值1.7亿元。", "远山科仪获评示范企业。")
	park = b.Entity(schema.KindPark, "临禾科技园", func(e *schema.Entity) { e.Aliases = []string{"临禾园"} })
	part = b.Entity(schema.KindPark, "临禾科创园", nil)
	firm = b.Entity(schema.KindEnterprise, "远山科仪", nil)
	b.Mention(0, park, "临禾科技园")
	b.Mention(1, park, "临禾园")
	b.Mention(0, firm, "远山科仪")
	claim = b.Claim(firm, schema.SettledIn, park, b.Evidence(0, "临禾科技园引进远山科仪", "settle"), nil)
	b.Claim(park, schema.HasStatus, "COMPLETED", b.Evidence(1, "临禾园建成投用", "status"), nil)
	b.Observation(schema.Observation{AboutID: park, Measure: "产值", Value: 1.7, Unit: "亿元", Amount: 1.7e8, BaseUnit: "元", Type: schema.Level},
		b.Evidence(1, "1.7亿元", "number"))
	return b.Reading(), park, part, firm, claim
}

// TestLinkNumbers numbers entities as links do, before and after the catalogue is built
// anew.
func TestLinkNumbers(t *testing.T) {
	s := open(t, t.TempDir())
	reading, park, part, firm, _ := curated()
	put(t, s, reading)
	ids := []string{part, park, firm}
	numbers, err := s.LinkNumbers(t.Context(), ids)
	if err != nil || numbers[0] == numbers[1] || numbers[1] == numbers[2] || numbers[0] == numbers[2] {
		t.Fatalf("%v, %v", numbers, err)
	}
	put(t, s, graphtest.Generate(3, 6, graphtest.Small)...) // of which some come before
	for range 2 {
		lists, err := s.LinksBySubject(t.Context(), []string{firm})
		if others := slices.Collect(lists[0].Others); err != nil || !slices.Equal(others, numbers[1:2]) {
			t.Errorf("the links lead to %v, want %v, %v", others, numbers[1:2], err)
		}
		s.BuildAnew()
		again, err := s.LinkNumbers(t.Context(), ids)
		if err != nil || !slices.Equal(again, numbers) {
			t.Errorf("numbers are %v, were %v, %v", again, numbers, err)
		}
	}
}

func edits(park, part, firm, claim string) map[string]schema.ChangeRecord {
	with := func(edit func(*schema.ChangeRecord)) schema.ChangeRecord {
		c := by
		edit(&c)
		return c
	}
	return map[string]schema.ChangeRecord{
		"confirm": with(func(c *schema.ChangeRecord) { c.Kind, c.Claim = schema.ConfirmClaim, &schema.Claim{ID: claim} }),
		"reject":  with(func(c *schema.ChangeRecord) { c.Kind, c.Claim = schema.RejectClaim, &schema.Claim{ID: claim} }),
		"correct": with(func(c *schema.ChangeRecord) {
			c.Kind, c.Claim = schema.CorrectClaim, &schema.Claim{ID: claim}
			c.Became = &schema.Claim{SubjectID: firm, Relation: schema.SettledIn, ObjectID: part, Modality: schema.Aim}
		}),
		"add": with(func(c *schema.ChangeRecord) {
			c.Kind = schema.AddClaim
			reading, _, _, _, _ := curated()
			c.Claim = &schema.Claim{SubjectID: firm, Relation: schema.RecognizedAs, Value: "示范企业", Modality: schema.Fact,
				Evidence: []schema.Evidence{{PassageID: reading.Passages[2].ID, Quote: "远山科仪获评示范企业"}}}
		}),
		"confirm a number": with(func(c *schema.ChangeRecord) {
			c.Kind, c.Observation = schema.ConfirmObservation, &schema.Observation{ID: numberID}
		}),
		"reject a number": with(func(c *schema.ChangeRecord) {
			c.Kind, c.Observation = schema.RejectObservation, &schema.Observation{ID: numberID}
		}),
		"correct a number": with(func(c *schema.ChangeRecord) {
			c.Kind, c.Observation = schema.CorrectObservation, &schema.Observation{ID: numberID}
			c.BecameObservation = &schema.Observation{AboutID: part, Measure: "产值", Value: 17, Unit: "万元", Type: schema.Change, Modality: schema.Aim}
		}),
		"alias": with(func(c *schema.ChangeRecord) { c.Kind, c.EntityID, c.Alias = schema.AddAlias, park, "临禾科园" }),
		"merge": with(func(c *schema.ChangeRecord) {
			c.Kind, c.EntityID, c.Merged = schema.MergeEntities, part, []string{park}
		}),
		"split": with(func(c *schema.ChangeRecord) {
			c.Kind, c.EntityID, c.Names = schema.SplitEntity, park, []string{"临禾园"}
		}),
	}
}

// TestEdits makes each change in a database on disk, loads the report again,
// opens the database again, undoes the change and does it again.
func TestEdits(t *testing.T) {
	reading, park, part, firm, claim := curated()
	for name, edit := range edits(park, part, firm, claim) {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			s, err := graph.Open(t.Context(), dir)
			if err != nil {
				t.Fatal(err)
			}
			if err := s.Put(t.Context(), reading); err != nil {
				t.Fatal(err)
			}
			before := wholeOf(t, s)
			ids := []string{park, part, firm, claim, numberID, schema.EntityID(schema.KindPark, "临禾园", "")}
			for i := range reading.Claims {
				ids = append(ids, reading.Claims[i].ID)
			}
			known := readsOf(t, s, ids)
			made, err := s.Edit(t.Context(), &edit)
			if err != nil {
				t.Fatal(err)
			}
			changed := readsOf(t, s, ids)
			if made.ID != "change-1" || made.Who != by.Who || len(made.Reports) != 1 {
				t.Errorf("recorded as %+v", made)
			}
			after := wholeOf(t, s)
			if after == before {
				t.Fatal("nothing changed")
			}
			if _, err := s.Edit(t.Context(), &edit); !errors.As(err, new(*curate.Refusal)) {
				t.Errorf("made twice: %v", err)
			}
			if err := s.Put(t.Context(), reading); err != nil {
				t.Fatal(err)
			}
			if got := wholeOf(t, s); got != after {
				t.Errorf("loading again lost the change:\n%s\n%s", after, got)
			}
			if err := errors.Join(s.Remove(t.Context(), reading.Report.ID), s.Put(t.Context(), reading), s.Close()); err != nil {
				t.Fatal(err)
			}
			if s, err = graph.Open(t.Context(), dir); err != nil {
				t.Fatal(err)
			}
			defer func() {
				if err := s.Close(); err != nil {
					t.Error(err)
				}
			}()
			if got := wholeOf(t, s); got != after {
				t.Errorf("removing and loading again lost the change:\n%s\n%s", after, got)
			}
			if got := readsOf(t, s, ids); got != changed {
				t.Errorf("before it was closed, the store answered otherwise:\n%s\n%s", changed, got)
			}
			undone, err := s.Undo(t.Context(), made.ID, by)
			if err != nil {
				t.Fatal(err)
			}
			if got := wholeOf(t, s); got != before {
				t.Errorf("not undone:\n%s\n%s", before, got)
			}
			if got := readsOf(t, s, ids); got != known {
				t.Errorf("after the undoing, the store answers otherwise:\n%s\n%s", known, got)
			}
			if _, err := s.Undo(t.Context(), made.ID, by); !errors.As(err, new(*curate.Refusal)) {
				t.Errorf("undone twice: %v", err)
			}
			if _, err := s.Undo(t.Context(), undone.ID, by); err != nil {
				t.Fatal(err)
			}
			if got := wholeOf(t, s); got != after {
				t.Errorf("not done again:\n%s\n%s", after, got)
			}
			changes, err := s.Changes(t.Context())
			if err != nil || len(changes) != 3 || changes[0].UndoneBy != "" || changes[1].UndoneBy != "change-3" || changes[2].Undoes != "change-2" {
				t.Errorf("%+v %v", changes, err)
			}
		})
	}
}

// TestJudgedNumbersLast reads a report anew, otherwise: what was decided of a
// number is found by its sentence, and what was confirmed or corrected is put back
// where the rules do not find it any more.
func TestJudgedNumbersLast(t *testing.T) {
	reading, park, part, firm, claim := curated()
	later := func(found bool) *schema.Reading { // another edition of the file
		b := graphtest.NewBuilder("linhe.txt", "前言。", "临禾科技园引进远山科仪。", "临禾园建成投用,产值1.7亿元。")
		park := b.Entity(schema.KindPark, "临禾园", func(e *schema.Entity) { e.Aliases = []string{"临禾科技园"} }) // by another id
		b.Mention(2, park, "临禾园")
		if found {
			b.Observation(schema.Observation{AboutID: park, Measure: "产值", Value: 1.7, Unit: "亿元", Amount: 1.7e8, BaseUnit: "元", Type: schema.Level},
				b.Evidence(2, "1.7亿元", "number"))
		}
		return b.Reading()
	}
	for name, want := range map[string]map[bool]string{
		"confirm a number": {true: "CONFIRMED 1.7亿元", false: "CONFIRMED 1.7亿元"},
		"reject a number":  {true: "REJECTED 1.7亿元", false: ""},
		"correct a number": {true: "REJECTED 1.7亿元, CORRECTED 17万元", false: "CORRECTED 17万元"},
	} {
		for found, want := range want {
			s, err := graph.OpenMemory(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			edit := edits(park, part, firm, claim)[name]
			if err := s.Put(t.Context(), reading); err != nil {
				t.Fatal(err)
			}
			if _, err := s.Edit(t.Context(), &edit); err != nil {
				t.Fatal(err)
			}
			again := later(found)
			if err := errors.Join(s.Remove(t.Context(), reading.Report.ID), s.Put(t.Context(), again)); err != nil {
				t.Fatal(err)
			}
			r, err := s.Reading(t.Context(), again.Report.ID)
			if err != nil {
				t.Fatal(err)
			}
			slices.SortFunc(r.Observations, func(a, b schema.Observation) int { return cmp.Compare(a.Value, b.Value) })
			var got []string
			for _, o := range r.Observations {
				got = append(got, fmt.Sprintf("%s %v%s", o.Curation, o.Value, o.Unit))
				if e := o.Evidence; len(e) != 1 || e[0].Quote != "1.7亿元" || e[0].PassageID != again.Passages[2].ID {
					t.Errorf("%s, found %v: evidence %+v", name, found, e)
				}
			}
			if strings.Join(got, ", ") != want {
				t.Errorf("%s, found %v: got %q, want %q", name, found, got, want)
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		}
	}
}

// TestNumberInTwoReports rejects a number that two reports give, and removes one
// of them: it stays rejected, and is nowhere else.
func TestNumberInTwoReports(t *testing.T) {
	s, err := graph.OpenMemory(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}()
	reading, park, part, firm, claim := curated()
	b := graphtest.NewBuilder("other.txt", "临禾科技园产值1.7亿元。")
	other := b.Entity(schema.KindPark, "临禾科技园", nil)
	b.Mention(0, other, "临禾科技园")
	b.Observation(schema.Observation{AboutID: other, Measure: "产值", Value: 1.7, Unit: "亿元", Amount: 1.7e8, BaseUnit: "元", Type: schema.Level}, b.Evidence(0, "1.7亿元", "number"))
	if err := errors.Join(s.Put(t.Context(), reading), s.Put(t.Context(), b.Reading())); err != nil {
		t.Fatal(err)
	}
	reject := edits(park, part, firm, claim)["reject a number"]
	made, err := s.Edit(t.Context(), &reject)
	if err != nil || len(made.Reports) != 2 {
		t.Fatal(made, err)
	}
	check := func(evidence int) {
		t.Helper()
		listed, err := s.ObservationIDs(t.Context())
		rejected, err2 := s.RejectedObservationIDs(t.Context())
		of, err3 := s.ObservationsAbout(t.Context(), []string{park})
		loaded, err4 := s.Observations(t.Context(), []string{numberID})
		if err := errors.Join(err, err2, err3, err4); err != nil || len(listed)+len(of[0]) != 0 || len(rejected) != 1 || loaded[0] == nil ||
			loaded[0].Curation != schema.Rejected || loaded[0].AboutID != park || loaded[0].Amount != 1.7e8 || len(loaded[0].Evidence) != evidence {
			t.Errorf("listed %v, of the park %v, rejected %v: %+v, %v", listed, of, rejected, loaded[0], err)
		}
	}
	check(2)
	if err := s.Remove(t.Context(), reading.Report.ID); err != nil {
		t.Fatal(err)
	}
	check(1)
}

func TestUndoRefusesWhatLaterChangesRestOn(t *testing.T) {
	s, err := graph.OpenMemory(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}()
	reading, park, part, firm, claim := curated()
	loaded, err := s.Load(t.Context(), []*schema.Reading{reading}, by)
	if err != nil || len(loaded) != 1 {
		t.Fatal(loaded, err)
	}
	all := edits(park, part, firm, claim)
	edit := func(c schema.ChangeRecord) *schema.ChangeRecord {
		t.Helper()
		made, err := s.Edit(t.Context(), &c)
		if err != nil {
			t.Fatal(err)
		}
		return made
	}
	corrected := edit(all["correct"])
	confirm := all["confirm"]
	confirm.Claim = &schema.Claim{ID: corrected.Became.ID}
	confirmed := edit(confirm)
	edit(all["alias"])
	for _, id := range []string{loaded[0].ID, corrected.ID} {
		refused := new(curate.Refusal)
		if _, err := s.Undo(t.Context(), id, by); !errors.As(err, &refused) || refused.Code != curate.Conflict {
			t.Errorf("%s: %v", id, err)
		}
	}
	for _, id := range []string{confirmed.ID, corrected.ID, "change-4", loaded[0].ID} {
		if _, err := s.Undo(t.Context(), id, by); err != nil {
			t.Errorf("%s: %v", id, err)
		}
	}
	if ids, err := s.ReportIDs(t.Context()); err != nil || len(ids) != 0 {
		t.Errorf("the load was not undone: %v %v", ids, err)
	}
}

// TestCircleOfPlaces changes what lies, by two reports together, in itself.
func TestCircleOfPlaces(t *testing.T) {
	s, err := graph.Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}()
	var claim, inner, outer string
	for i, file := range []string{"a.txt", "b.txt"} {
		b := graphtest.NewBuilder(file, "柳湾片区引进远山科仪。", "柳湾片区、云渡商圈建成投用，见"+file+"。")
		inner = b.Entity(schema.KindPlace, "柳湾片区", func(e *schema.Entity) { e.Level = schema.LevelVillage })
		outer = b.Entity(schema.KindPlace, "云渡商圈", func(e *schema.Entity) { e.Level = schema.LevelVillage })
		r := b.Reading()
		for j := range r.Entities {
			if e := &r.Entities[j]; i == 0 && e.ID == inner {
				e.ParentID = outer
			} else if i == 1 && e.ID == outer {
				e.ParentID = inner
			}
		}
		firm := b.Entity(schema.KindEnterprise, "远山科仪", nil)
		claim = b.Claim(firm, schema.SettledIn, inner, b.Evidence(0, "柳湾片区引进远山科仪", "settle"), nil)
		if err := s.Put(t.Context(), b.Reading()); err != nil {
			t.Fatal(err)
		}
	}
	places, err := s.Entities(t.Context(), []string{inner, outer})
	if err != nil || places[0].ParentID != outer || places[1].ParentID != inner {
		t.Fatalf("%+v, %+v, %v: no circle", places[0], places[1], err)
	}
	for name, edit := range edits(inner, outer, "", claim) {
		if name != "confirm" && name != "alias" {
			continue
		}
		if _, err := s.Edit(t.Context(), &edit); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestCorrectedIsMentioned corrects an object to what the sentence names but
// nobody had found in it.
func TestCorrectedIsMentioned(t *testing.T) {
	s, err := graph.Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}()
	reading, _, _, firm, claim := curated()
	if err := s.Put(t.Context(), reading); err != nil {
		t.Fatal(err)
	}
	c := by
	tower := schema.Entity{Kind: schema.KindFacility, Name: "科技园"}
	tower.ID = schema.EntityID(tower.Kind, tower.Name, "")
	c.Kind, c.Claim, c.Entities = schema.CorrectClaim, &schema.Claim{ID: claim}, []schema.Entity{tower}
	c.Became = &schema.Claim{SubjectID: firm, Relation: schema.SettledIn, ObjectID: tower.ID, Modality: schema.Fact}
	if _, err := s.Edit(t.Context(), &c); err != nil {
		t.Fatal(err)
	}
	mentions, err := s.Mentions(t.Context(), []string{tower.ID})
	if err != nil || len(mentions[0]) != 1 || mentions[0][0].Name != "科技园" {
		t.Errorf("%v, %v", mentions, err)
	}
}

// TestRejectedDoesNotTakeOthersAlong merges the subject of a claim that was
// rejected with that of one that was not.
func TestRejectedDoesNotTakeOthersAlong(t *testing.T) {
	for _, rejected := range []int{0, 1} {
		b := graphtest.NewBuilder("yuanshan.txt", "远山科仪入驻临禾科技园。", "远山科学仪器入驻临禾科技园。")
		park := b.Entity(schema.KindPark, "临禾科技园", nil)
		firms := []string{b.Entity(schema.KindEnterprise, "远山科仪", nil), b.Entity(schema.KindEnterprise, "远山科学仪器", nil)}
		claims := []string{
			b.Claim(firms[0], schema.SettledIn, park, b.Evidence(0, "远山科仪入驻临禾科技园", "settle"), nil),
			b.Claim(firms[1], schema.SettledIn, park, b.Evidence(1, "远山科学仪器入驻临禾科技园", "settle"), nil),
		}
		s, err := graph.OpenMemory(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Put(t.Context(), b.Reading()); err != nil {
			t.Fatal(err)
		}
		reject, merge := by, by
		reject.Kind, reject.Claim = schema.RejectClaim, &schema.Claim{ID: claims[rejected]}
		merge.Kind, merge.EntityID, merge.Merged = schema.MergeEntities, firms[0], []string{firms[1]}
		for _, c := range []schema.ChangeRecord{reject, merge} {
			if _, err := s.Edit(t.Context(), &c); err != nil {
				t.Fatal(err)
			}
		}
		if left, err := s.ClaimIDs(t.Context(), schema.SettledIn); err != nil || len(left) != 1 {
			t.Errorf("claim %d rejected: %v stand, %v", rejected, left, err)
		}
	}
}

// TestJudgedNumbers does the same with numbers: one that was rejected takes no other
// along, and what a correction is about is named by its sentence.
func TestJudgedNumbers(t *testing.T) {
	for _, rejected := range []int{0, 1} {
		b := graphtest.NewBuilder("yuanshan.txt", "远山科仪产值5亿元。", "远山科学仪器产值5亿元。")
		firms := []string{b.Entity(schema.KindEnterprise, "远山科仪", nil), b.Entity(schema.KindEnterprise, "远山科学仪器", nil)}
		named := b.Entity(schema.KindEnterprise, "远山", nil)
		var numbers []string
		for i, firm := range firms {
			quote := []string{"远山科仪产值5亿元", "远山科学仪器产值5亿元"}[i]
			numbers = append(numbers, b.Observation(schema.Observation{AboutID: firm, Measure: "产值", Value: 5, Unit: "亿元", Type: schema.Level}, b.Evidence(i, quote, "value")))
		}
		s, err := graph.OpenMemory(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Put(t.Context(), b.Reading()); err != nil {
			t.Fatal(err)
		}
		reject, merge := by, by
		reject.Kind, reject.Observation = schema.RejectObservation, &schema.Observation{ID: numbers[rejected]}
		merge.Kind, merge.EntityID, merge.Merged = schema.MergeEntities, firms[0], []string{firms[1]}
		for _, c := range []schema.ChangeRecord{reject, merge} {
			if _, err := s.Edit(t.Context(), &c); err != nil {
				t.Fatal(err)
			}
		}
		left, err := s.ObservationIDs(t.Context())
		if err != nil || len(left) != 1 {
			t.Fatalf("number %d rejected: %v stand, %v", rejected, left, err)
		}
		stands, err := s.Observations(t.Context(), left)
		if err != nil {
			t.Fatal(err)
		}
		correct, became := by, *stands[0]
		became.AboutID = named
		correct.Kind, correct.Observation, correct.BecameObservation = schema.CorrectObservation, &schema.Observation{ID: left[0]}, &became
		if _, err := s.Edit(t.Context(), &correct); err != nil {
			t.Fatal(err)
		}
		if mentions, err := s.Mentions(t.Context(), []string{named}); err != nil || len(mentions[0]) == 0 {
			t.Errorf("%v, %v: the sentence names what the number is about", mentions, err)
		}
	}
}

// TestSumsOfWrongNumbers corrects and rejects a number that others are summed and
// worked out with: no sum with it is told of any more, until that is undone.
func TestSumsOfWrongNumbers(t *testing.T) {
	b := graphtest.NewBuilder("yuanshan.txt", "临禾科技园企业8家，较上年增加3家，其中规上5家。", "临禾科技园税收2亿元，较上年增加1亿元。")
	park := b.Entity(schema.KindPark, "临禾科技园", nil)
	number := func(passage int, measure string, value float64, unit string, kind schema.ObservationType, quote string) string {
		_, base := schema.Scale(unit)
		return b.Observation(schema.Observation{AboutID: park, Measure: measure, Value: value, Unit: unit, Amount: value, BaseUnit: base, Type: kind}, b.Evidence(passage, quote, "number"))
	}
	firms := number(0, "企业", 8, "家", schema.Level, "8家")
	growth := number(0, "企业", 3, "家", schema.Change, "3家")
	large := number(0, "规上企业", 5, "家", schema.Level, "5家")
	tax := number(1, "税收", 2, "亿元", schema.Level, "2亿元")
	number(1, "税收", 1, "亿元", schema.Change, "1亿元")
	reading := b.Reading()
	for i := range reading.Observations {
		o := &reading.Observations[i]
		switch o.ID {
		case firms:
			o.Checks = []schema.Check{{Rule: "check.parts", Message: "5 of 8", OK: true, With: []string{large}}, {Rule: "check.difference", Message: "5 and 3", OK: true, With: []string{growth}}}
			o.Derived = []schema.Derived{{Value: 5, Unit: "家", Rule: "derive.before"}}
		case growth:
			o.Checks = []schema.Check{{Rule: "check.difference", Message: "5 and 3", OK: true, With: []string{firms}}}
		case large:
			o.Checks = []schema.Check{{Rule: "check.parts", Message: "5 of 8", OK: true, With: []string{firms}}}
		case tax:
			o.Derived = []schema.Derived{{Value: 1, Unit: "亿元", Rule: "derive.before"}}
		}
	}
	sums := func(s *graph.Store, id string) string {
		found, err := s.Observations(t.Context(), []string{id})
		if err != nil || len(found) != 1 || found[0] == nil {
			t.Fatalf("%v, %v", found, err)
		}
		var all []string
		for _, c := range found[0].Checks {
			all = append(all, c.Rule)
		}
		for _, d := range found[0].Derived {
			all = append(all, d.Rule)
		}
		return strings.Join(all, " ")
	}
	for _, kind := range []schema.ChangeKind{schema.CorrectObservation, schema.RejectObservation} {
		s, err := graph.OpenMemory(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Put(t.Context(), reading); err != nil {
			t.Fatal(err)
		}
		change := by
		change.Kind, change.Observation = kind, &schema.Observation{ID: growth}
		if kind == schema.CorrectObservation {
			change.BecameObservation = &schema.Observation{AboutID: park, Measure: "企业", Value: 4, Unit: "家", Type: schema.Change, Modality: schema.Fact}
		}
		made, err := s.Edit(t.Context(), &change)
		if err != nil {
			t.Fatal(err)
		}
		for id, want := range map[string]string{firms: "check.parts", large: "check.parts", tax: "derive.before"} {
			if got := sums(s, id); got != want {
				t.Errorf("%s: %s is left with %q, want %q", kind, id, got, want)
			}
		}
		if kind == schema.CorrectObservation {
			if got := sums(s, made.BecameObservation.ID); got != "" {
				t.Errorf("what was put in its place has %q", got)
			}
		}
		if _, err := s.Undo(t.Context(), made.ID, by); err != nil {
			t.Fatal(err)
		}
		if got := sums(s, firms); got != "check.parts check.difference derive.before" {
			t.Errorf("%s undone: %q", kind, got)
		}
	}
}
