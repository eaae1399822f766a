package api

import (
	"context"
	"fmt"
	"net/url"

	"github.com/lantu-kg/lantu/graph/api/model"
	"github.com/lantu-kg/lantu/schema"
)

type claimFields struct{}

func (claimFields) Subject(ctx context.Context, obj *model.Claim) (model.Entity, error) {
	return requestOf(ctx).entity(ctx, obj.SubjectID)
}

func (claimFields) Object(ctx context.Context, obj *model.Claim) (model.Entity, error) {
	return requestOf(ctx).entity(ctx, obj.ObjectID)
}

func (claimFields) Curation(ctx context.Context, obj *model.Claim) (*model.ClaimCuration, error) {
	return requestOf(ctx).curation(ctx, obj.ID, obj.Curation)
}

// curation tells by which change what was made of a claim or observation.
func (rq *request) curation(ctx context.Context, id string, state schema.Curation) (*model.ClaimCuration, error) {
	curation := &model.ClaimCuration{State: state}
	if state == schema.Unreviewed {
		return curation, nil
	}
	var err error
	curation.Change, err = rq.judgedBy(ctx, id)
	return curation, err
}

type observationFields struct{}

func (observationFields) About(ctx context.Context, obj *model.Observation) (model.Entity, error) {
	return requestOf(ctx).entity(ctx, obj.AboutID)
}

func (observationFields) Curation(ctx context.Context, obj *model.Observation) (*model.ClaimCuration, error) {
	return requestOf(ctx).curation(ctx, obj.ID, obj.Curation)
}

type checkFields struct{}

// With leaves out what was removed while the query ran.
func (checkFields) With(ctx context.Context, obj *model.Check) ([]*model.Observation, error) {
	found, err := loadAll(ctx, requestOf(ctx).observations, obj.With)
	if err != nil {
		return nil, err
	}
	return each(model.NewObservation)(existing(found))
}

type mentionFields struct{}

func (mentionFields) Entity(ctx context.Context, obj *model.Mention) (model.Entity, error) {
	return requestOf(ctx).entity(ctx, obj.EntityID)
}

type evidenceFields struct{}

func (evidenceFields) Before(ctx context.Context, obj *model.Evidence) (*string, error) {
	text, err := passageText(ctx, obj)
	if err != nil || text == nil {
		return nil, err
	}
	before := string(text[:min(max(obj.Span.Start, 0), len(text))])
	return &before, nil
}

func (evidenceFields) Sentence(ctx context.Context, obj *model.Evidence) (*string, error) {
	text, err := passageText(ctx, obj)
	if err != nil || text == nil {
		return nil, err
	}
	span := schema.Sentence(text, obj.Span)
	sentence := string(text[span.Start:span.End])
	return &sentence, nil
}

func (evidenceFields) After(ctx context.Context, obj *model.Evidence) (*string, error) {
	text, err := passageText(ctx, obj)
	if err != nil || text == nil {
		return nil, err
	}
	after := string(text[min(max(obj.Span.End, 0), len(text)):])
	return &after, nil
}

// passageText gives the code points of the passage, nil when it is gone.
func passageText(ctx context.Context, e *model.Evidence) ([]rune, error) {
	p, err := requestOf(ctx).passages.Load(ctx, e.PassageID)
	if err != nil || p == nil {
		return nil, err
	}
	return []rune(p.Text), nil
}

func (evidenceFields) Passage(ctx context.Context, obj *model.Evidence) (*model.Passage, error) {
	p, err := requestOf(ctx).passages.Load(ctx, obj.PassageID)
	return model.NewPassage(p), err
}

// Permalink is a page of the explorer.
func (evidenceFields) Permalink(ctx context.Context, obj *model.Evidence) (string, error) {
	return fmt.Sprintf("%s/report/%s?passage=%s&start=%d&end=%d", requestOf(ctx).service.baseURL,
		url.PathEscape(obj.ReportID), url.QueryEscape(obj.PassageID), obj.Span.Start, obj.Span.End), nil
}

func (evidenceFields) Report(ctx context.Context, obj *model.Evidence) (*model.Report, error) {
	return requestOf(ctx).report(ctx, obj.ReportID)
}
