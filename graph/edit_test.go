package graph_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/lantu-kg/lantu/graph"
	"github.com/lantu-kg/lantu/graph/curate"
	"github.com/lantu-kg/lantu/graph/graphtest"
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
	text, err := json.Marshal([]any{all, strings.Join(claims, " "), strings.Join(rejected, " "), entities})
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// curated is a report of two parks, one of which goes by two names.
func curated() (r *schema.Reading, park, part, firm, claim string) {
	b := graphtest.NewBuilder("linhe.txt", "临禾科技园引进远山科仪。", "临禾园建成投用。", "远山科仪获评示范企业。")
	park = b.Entity(schema.KindPark, "临禾科技园", func(e *schema.Entity) { e.Aliases = []string{"临禾园"} })
	part = b.Entity(schema.KindPark, "临禾科创园", nil)
	firm = b.Entity(schema.KindEnterprise, "远山科仪", nil)
	b.Mention(0, park, "临禾科技园")
	b.Mention(1, park, "临禾园")
	b.Mention(0, firm, "远山科仪")
	claim = b.Claim(firm, schema.SettledIn, park, b.Evidence(0, "临禾科技园引进远山科仪", "settle"), nil)
	b.Claim(park, schema.HasStatus, "COMPLETED", b.Evidence(1, "临禾园建成投用", "status"), nil)
	return b.Reading(), park, part, firm, claim
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
			made, err := s.Edit(t.Context(), &edit)
			if err != nil {
				t.Fatal(err)
			}
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
			undone, err := s.Undo(t.Context(), made.ID, by)
			if err != nil {
				t.Fatal(err)
			}
			if got := wholeOf(t, s); got != before {
				t.Errorf("not undone:\n%s\n%s", before, got)
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
