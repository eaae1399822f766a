package api

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/lantu-kg/lantu/access"
	"github.com/lantu-kg/lantu/graph/api/generated"
	"github.com/lantu-kg/lantu/graph/api/model"
	"github.com/lantu-kg/lantu/graph/curate"
	"github.com/lantu-kg/lantu/schema"
)

// How long what is written by hand may be, in characters.
const (
	maxName  = 100
	maxValue = 200
	maxUnit  = 20
)

// written gives what was written by hand without outer white space, or an error
// that says what is wrong with it.
func written(argument, text string, longest int) (string, error) {
	text = strings.TrimSpace(text)
	n := utf8.RuneCountInString(text)
	switch {
	case n > longest:
		return "", badInput("%s: has %d characters, more than %d", argument, n, longest)
	case strings.ContainsFunc(text, func(r rune) bool {
		return r == unicode.ReplacementChar || unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp)
	}):
		return "", badInput("%s: has characters that cannot be seen, such as line ends: take them out", argument)
	}
	return text, nil
}

// name is written and names something.
func name(argument, text string) (string, error) {
	text, err := written(argument, text, maxName)
	if err == nil && !strings.ContainsFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }) {
		err = badInput("%s: %q is no name: it has neither a letter nor a number", argument, text)
	}
	return text, err
}

// by tells who makes a change, when and why.
func (rq *request) by(ctx context.Context, reason *string) (schema.ChangeRecord, error) {
	caller, _ := access.CallerOf(ctx)
	c := schema.ChangeRecord{Who: caller.Name, When: rq.service.now().UTC().Format(time.RFC3339)}
	var err error
	if reason != nil {
		c.Why, err = written("reason", *reason, maxReason)
	}
	return c, err
}

// edit makes the change that prepare completes.
func (rq *request) edit(ctx context.Context, kind schema.ChangeKind, reason *string, prepare func(*schema.ChangeRecord) error) (*model.Change, error) {
	c, err := rq.by(ctx, reason)
	if err != nil {
		return nil, err
	}
	c.Kind = kind
	if err := prepare(&c); err != nil {
		return nil, err
	}
	made, err := rq.service.store.Edit(ctx, &c)
	return model.NewChange(made), err
}

// judge confirms or rejects a claim.
func (rq *request) judge(ctx context.Context, kind schema.ChangeKind, id string, reason *string) (*model.Change, *model.Claim, error) {
	change, err := rq.edit(ctx, kind, reason, func(c *schema.ChangeRecord) error {
		c.Claim = &schema.Claim{ID: id}
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	claim, err := rq.claimNow(ctx, change.Claim)
	return change, claim, err
}

func (mutationFields) ConfirmClaim(ctx context.Context, input generated.ConfirmClaimInput) (*generated.ConfirmClaimPayload, error) {
	change, claim, err := requestOf(ctx).judge(ctx, schema.ConfirmClaim, input.Claim, input.Reason)
	if err != nil {
		return nil, err
	}
	return &generated.ConfirmClaimPayload{Change: change, Claim: claim}, nil
}

func (mutationFields) RejectClaim(ctx context.Context, input generated.RejectClaimInput) (*generated.RejectClaimPayload, error) {
	change, claim, err := requestOf(ctx).judge(ctx, schema.RejectClaim, input.Claim, input.Reason)
	if err != nil {
		return nil, err
	}
	return &generated.RejectClaimPayload{Change: change, Claim: claim}, nil
}

// meant gives the id of the entity that is meant. One that is new is put among
// the entities of the change.
func (rq *request) meant(ctx context.Context, c *schema.ChangeRecord, argument string, e *generated.EntityInput) (string, error) {
	switch {
	case e.ID != nil && *e.ID != "" && e.Kind == nil && e.Name == nil:
		return *e.ID, nil
	case e.ID != nil || e.Kind == nil || e.Name == nil:
		return "", badInput("%s: give either the id of an entity, or its kind and name", argument)
	}
	called, err := name(argument+".name", *e.Name)
	if err != nil {
		return "", err
	}
	directory, err := rq.service.currentDirectory(ctx)
	if err != nil {
		return "", err
	}
	if known := directory.named(called, *e.Kind); known != nil {
		return known.ID, nil
	}
	made := schema.Entity{ID: schema.EntityID(*e.Kind, called, ""), Kind: *e.Kind, Name: called}
	c.Entities = append(c.Entities, made)
	return made.ID, nil
}

// saying is what an input says of a claim's other end and time.
type saying struct {
	object *generated.EntityInput
	value  *string
	status *schema.Status
	period *generated.PeriodInput
}

// say puts what is given into a claim.
func (rq *request) say(ctx context.Context, c *schema.ChangeRecord, claim *schema.Claim, s saying) (err error) {
	given := 0
	if s.object != nil {
		given++
		claim.Value = ""
		if claim.ObjectID, err = rq.meant(ctx, c, "object", s.object); err != nil {
			return err
		}
	}
	if s.value != nil {
		given++
		claim.ObjectID = ""
		if claim.Value, err = written("value", *s.value, maxValue); err != nil {
			return err
		}
	}
	if s.status != nil {
		given++
		claim.ObjectID, claim.Value = "", string(*s.status)
	}
	if given > 1 {
		return badInput("object: give one of object, value and status")
	}
	return setPeriod(&claim.Period, s.period)
}

// setPeriod makes a period what is given, if anything is.
func setPeriod(p *schema.Period, given *generated.PeriodInput) error {
	if given == nil {
		return nil
	}
	if err := mustBePeriod(given); err != nil {
		return err
	}
	*p = schema.Period{}
	if given.From != nil {
		p.From = *given.From
	}
	if given.To != nil {
		p.To = *given.To
	}
	if p.From != "" && p.To != "" && !until(p.From, p.To) {
		return badInput("period: %s is after %s", p.From, p.To)
	}
	return nil
}

func (mutationFields) CorrectClaim(ctx context.Context, input generated.CorrectClaimInput) (*generated.CorrectClaimPayload, error) {
	rq := requestOf(ctx)
	change, err := rq.edit(ctx, schema.CorrectClaim, input.Reason, func(c *schema.ChangeRecord) error {
		was, err := rq.service.store.Claims(ctx, []string{input.Claim})
		if err != nil {
			return err
		}
		c.Claim = &schema.Claim{ID: input.Claim}
		if was[0] == nil {
			c.Became = &schema.Claim{} // Edit says that there is none
			return nil
		}
		became := *was[0]
		if input.Subject != nil {
			if became.SubjectID, err = rq.meant(ctx, c, "subject", input.Subject); err != nil {
				return err
			}
		}
		if input.Relation != nil {
			became.Relation = *input.Relation
		}
		if input.Modality != nil {
			became.Modality = *input.Modality
		}
		c.Became = &became
		return rq.say(ctx, c, &became, saying{input.Object, input.Value, input.Status, input.Period})
	})
	if err != nil {
		return nil, err
	}
	payload := &generated.CorrectClaimPayload{Change: change}
	if payload.Claim, err = rq.claimNow(ctx, change.Became); err != nil {
		return nil, err
	}
	payload.Rejected, err = rq.claimNow(ctx, change.Claim)
	return payload, err
}

func (mutationFields) AddClaim(ctx context.Context, input generated.AddClaimInput) (*generated.AddClaimPayload, error) {
	rq := requestOf(ctx)
	change, err := rq.edit(ctx, schema.AddClaim, input.Reason, func(c *schema.ChangeRecord) error {
		evidence := schema.Evidence{PassageID: input.Passage}
		switch {
		case input.Quote != nil && input.Start == nil && input.End == nil:
			evidence.Quote = *input.Quote
			if strings.TrimSpace(evidence.Quote) == "" {
				return badInput("quote: copy the words that say so from the passage's text")
			}
		case input.Quote == nil && input.Start != nil && input.End != nil:
			evidence.Span = schema.Span{Start: *input.Start, End: *input.End}
		default:
			return badInput("quote: give the words that say so, or where they stand with start and end")
		}
		claim := schema.Claim{Relation: input.Relation, Modality: input.Modality, Evidence: []schema.Evidence{evidence}}
		c.Claim = &claim
		var err error
		if claim.SubjectID, err = rq.meant(ctx, c, "subject", input.Subject); err != nil {
			return err
		}
		return rq.say(ctx, c, &claim, saying{input.Object, input.Value, input.Status, input.Period})
	})
	if err != nil {
		return nil, err
	}
	claim, err := rq.claimNow(ctx, change.Claim)
	return &generated.AddClaimPayload{Change: change, Claim: claim}, err
}

// judgeObservation confirms or rejects an observation.
func (rq *request) judgeObservation(ctx context.Context, kind schema.ChangeKind, input generated.JudgeObservationInput) (*generated.JudgeObservationPayload, error) {
	change, err := rq.edit(ctx, kind, input.Reason, func(c *schema.ChangeRecord) error {
		c.Observation = &schema.Observation{ID: input.Observation}
		return nil
	})
	if err != nil {
		return nil, err
	}
	observation, err := rq.observationNow(ctx, change.Observation)
	return &generated.JudgeObservationPayload{Change: change, Observation: observation}, err
}

func (mutationFields) ConfirmObservation(ctx context.Context, input generated.JudgeObservationInput) (*generated.JudgeObservationPayload, error) {
	return requestOf(ctx).judgeObservation(ctx, schema.ConfirmObservation, input)
}

func (mutationFields) RejectObservation(ctx context.Context, input generated.JudgeObservationInput) (*generated.JudgeObservationPayload, error) {
	return requestOf(ctx).judgeObservation(ctx, schema.RejectObservation, input)
}

func (mutationFields) CorrectObservation(ctx context.Context, input generated.CorrectObservationInput) (*generated.CorrectObservationPayload, error) {
	rq := requestOf(ctx)
	change, err := rq.edit(ctx, schema.CorrectObservation, input.Reason, func(c *schema.ChangeRecord) error {
		was, err := rq.service.store.Observations(ctx, []string{input.Observation})
		if err != nil {
			return err
		}
		c.Observation, c.BecameObservation = &schema.Observation{ID: input.Observation}, &schema.Observation{}
		if was[0] == nil {
			return nil // Edit says that there is none
		}
		became := *was[0]
		c.BecameObservation = &became
		if input.About != nil {
			if became.AboutID, err = rq.meant(ctx, c, "about", input.About); err != nil {
				return err
			}
		}
		if input.Measure != nil {
			if became.Measure, err = name("measure", *input.Measure); err != nil {
				return err
			}
		}
		if input.Value != nil {
			became.Value = *input.Value
		}
		if input.Unit != nil {
			if became.Unit, err = written("unit", *input.Unit, maxUnit); err != nil {
				return err
			}
		}
		if input.Type != nil {
			became.Type = *input.Type
		}
		if input.Modality != nil {
			became.Modality = *input.Modality
		}
		if input.AnnualAverage != nil {
			became.AnnualAverage = *input.AnnualAverage
		}
		return setPeriod(&became.Period, input.Period)
	})
	if err != nil {
		return nil, err
	}
	payload := &generated.CorrectObservationPayload{Change: change}
	if payload.Observation, err = rq.observationNow(ctx, change.BecameObservation); err != nil {
		return nil, err
	}
	payload.Rejected, err = rq.observationNow(ctx, change.Observation)
	return payload, err
}

func (mutationFields) AddAlias(ctx context.Context, input generated.AddAliasInput) (*generated.AddAliasPayload, error) {
	rq := requestOf(ctx)
	change, err := rq.edit(ctx, schema.AddAlias, input.Reason, func(c *schema.ChangeRecord) (err error) {
		c.EntityID = input.Entity
		c.Alias, err = name("alias", input.Alias)
		return err
	})
	if err != nil {
		return nil, err
	}
	entity, err := rq.entity(ctx, change.EntityID)
	return &generated.AddAliasPayload{Change: change, Entity: entity}, err
}

func (mutationFields) MergeEntities(ctx context.Context, input generated.MergeEntitiesInput) (*generated.MergeEntitiesPayload, error) {
	rq := requestOf(ctx)
	change, err := rq.edit(ctx, schema.MergeEntities, input.Reason, func(c *schema.ChangeRecord) error {
		c.EntityID, c.Merged = input.Into, union(input.From)
		return few("from", input.From)
	})
	if err != nil {
		return nil, err
	}
	entity, err := rq.entity(ctx, change.EntityID)
	return &generated.MergeEntitiesPayload{Change: change, Entity: entity}, err
}

// few refuses a list that is too long.
func few(argument string, list []string) error {
	if len(list) > maxIDs {
		return badInput("%s: %d are too many: give up to %d", argument, len(list), maxIDs)
	}
	return nil
}

func (mutationFields) SplitEntity(ctx context.Context, input generated.SplitEntityInput) (*generated.SplitEntityPayload, error) {
	rq := requestOf(ctx)
	change, err := rq.edit(ctx, schema.SplitEntity, input.Reason, func(c *schema.ChangeRecord) error {
		c.EntityID, c.Names = input.Entity, input.Names
		c.Claims, c.Observations = union(input.Claims), union(input.Observations)
		for argument, list := range map[string][]string{"names": input.Names, "claims": input.Claims, "observations": input.Observations} {
			if err := few(argument, list); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	payload := &generated.SplitEntityPayload{Change: change}
	if payload.Entity, err = rq.entity(ctx, change.EntityID); err != nil {
		return nil, err
	}
	payload.SplitOff, err = rq.entity(ctx, change.NewID)
	return payload, err
}

func (mutationFields) Undo(ctx context.Context, input generated.UndoInput) (*generated.UndoPayload, error) {
	rq := requestOf(ctx)
	by, err := rq.by(ctx, input.Reason)
	if err != nil {
		return nil, err
	}
	before, err := rq.service.store.Changes(ctx)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(before, func(c *schema.ChangeRecord) bool { return c.ID == input.Change })
	switch {
	case at < 0 && Require(ctx, access.Admin, "") != nil: // it may be made meanwhile, and by whom was not looked at
		return nil, notFound("no change has the id %.60q: changes { nodes { id kind } } lists them", input.Change)
	case at >= 0 && before[at].ReportID != "":
		if refused := Require(ctx, access.Admin, fmt.Sprintf("undo of %s", curate.Root(before, before[at]).Kind)); refused != nil {
			return nil, refused
		}
	}
	made, err := rq.service.store.Undo(ctx, input.Change, by)
	if err != nil {
		return nil, err
	}
	undone, err := rq.change(ctx, made.Undoes)
	return &generated.UndoPayload{Change: model.NewChange(made), Undone: undone}, err
}

func (mutationFields) RemoveReport(ctx context.Context, input generated.RemoveReportInput) (*generated.RemoveReportPayload, error) {
	rq := requestOf(ctx)
	by, err := rq.by(ctx, input.Reason)
	if err != nil {
		return nil, err
	}
	made, err := rq.service.store.RemoveRecorded(ctx, input.Report, by)
	if err != nil {
		return nil, err
	}
	return &generated.RemoveReportPayload{Change: model.NewChange(made), Removed: made.ReportID}, nil
}
