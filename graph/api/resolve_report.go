package api

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/lantu-kg/lantu/graph/api/generated"
	"github.com/lantu-kg/lantu/graph/api/model"
	"github.com/lantu-kg/lantu/schema"
)

// report gives the report with the id, nil when there is none.
func (rq *request) report(ctx context.Context, id string) (*model.Report, error) {
	r, err := rq.reports.Load(ctx, id)
	return model.NewReport(r), err
}

// section gives a report's section by its ordinal, nil when there is none.
func (rq *request) section(ctx context.Context, reportID string, ordinal int) (*model.Section, error) {
	sections, err := rq.sectionsOf(ctx, reportID)
	if err != nil || ordinal < 0 || ordinal >= len(sections) {
		return nil, err
	}
	return sections[ordinal], nil
}

func (rq *request) sectionsOf(ctx context.Context, reportID string) ([]*model.Section, error) {
	sections, err := rq.sections.Load(ctx, reportID)
	if err != nil {
		return nil, err
	}
	wrapped := make([]*model.Section, len(sections))
	for i := range sections {
		wrapped[i] = &model.Section{Section: &sections[i], ReportID: reportID}
	}
	return wrapped, nil
}

// passagePosition puts passages in the order of the report.
func passagePosition(id string) position { return position{passageSort(id), id} }

// passageSort sorts passages by report, then by ordinal: the number at the end
// of the id, which has to be padded for that.
func passageSort(id string) string {
	i := strings.LastIndexByte(id, '-')
	ordinal, err := strconv.Atoi(id[i+1:])
	if err != nil {
		return id
	}
	return fmt.Sprintf("%s-%08d", id[:max(i, 0)], ordinal)
}

// passagePage gives the window of those of the passages ids that pass f.
func (rq *request) passagePage(ctx context.Context, ids []string, f *generated.PassageFilter, by *generated.PassageOrder, w window) (*model.PassageConnection, error) {
	ids = slices.Clone(ids)
	if f != nil {
		tests, err := rq.passageTests(ctx, f)
		if err != nil {
			return nil, err
		}
		passages, err := loadAll(ctx, rq.passages, ids)
		if err != nil {
			return nil, err
		}
		ids = nil
		for _, p := range all(existing(passages), tests) {
			ids = append(ids, p.ID)
		}
	}
	ids, o, at, err := rq.orderPassages(ctx, ids, by)
	if err != nil {
		return nil, err
	}
	return connect(ids, o, at, w, func(page []string) ([]*model.Passage, error) {
		passages, err := loadAll(ctx, rq.passages, page)
		if err != nil {
			return nil, err
		}
		return each(model.NewPassage)(passages)
	})
}

// factEntities gives the window of the entities of facts that pass f.
func (rq *request) factEntities(ctx context.Context, facts schema.Facts, f *filter, by *generated.EntityOrder, w window) (*model.EntityConnection, error) {
	entities, err := loadAll(ctx, rq.entities, facts.Entities)
	if err != nil {
		return nil, err
	}
	return entityPage[model.Entity](ctx, sortEntities(entities), f, by, w)
}

type reportFields struct{}

func (reportFields) Region(ctx context.Context, obj *model.Report) (*model.Place, error) {
	return requestOf(ctx).place(ctx, obj.RegionID)
}

func (reportFields) Sections(ctx context.Context, obj *model.Report) ([]*model.Section, error) {
	return requestOf(ctx).sectionsOf(ctx, obj.ID)
}

func (reportFields) Passages(ctx context.Context, obj *model.Report, f *generated.PassageFilter, by *generated.PassageOrder, first *int, after *string, last *int, before *string) (*model.PassageConnection, error) {
	rq := requestOf(ctx)
	passages, err := rq.passagesOf.Load(ctx, obj.ID)
	if err != nil {
		return nil, err
	}
	return rq.passagePage(ctx, passages, f, by, window{first, after, last, before})
}

func (reportFields) Entities(ctx context.Context, obj *model.Report, f *filter, by *generated.EntityOrder, first *int, after *string, last *int, before *string) (*model.EntityConnection, error) {
	rq := requestOf(ctx)
	facts, err := rq.reportFacts.Load(ctx, obj.ID)
	if err != nil {
		return nil, err
	}
	return rq.factEntities(ctx, facts, f, by, window{first, after, last, before})
}

func (reportFields) Claims(ctx context.Context, obj *model.Report, f *generated.ClaimFilter, by *generated.ClaimOrder, first *int, after *string, last *int, before *string) (*model.ClaimConnection, error) {
	rq := requestOf(ctx)
	facts, err := rq.reportFacts.Load(ctx, obj.ID)
	if err != nil {
		return nil, err
	}
	inReport := func(c *schema.Claim) bool {
		return slices.ContainsFunc(c.Evidence, func(e schema.Evidence) bool { return e.ReportID == obj.ID })
	}
	return rq.claimPage(ctx, facts.Claims, inReport, f, by, window{first, after, last, before})
}

func (reportFields) Observations(ctx context.Context, obj *model.Report, f *generated.ObservationFilter, by *generated.ObservationOrder, first *int, after *string, last *int, before *string) (*model.ObservationConnection, error) {
	rq := requestOf(ctx)
	facts, err := rq.reportFacts.Load(ctx, obj.ID)
	if err != nil {
		return nil, err
	}
	inReport := func(o *schema.Observation) bool {
		return slices.ContainsFunc(o.Evidence, func(e schema.Evidence) bool { return e.ReportID == obj.ID })
	}
	return rq.observationPage(ctx, facts.Observations, inReport, f, by, window{first, after, last, before})
}

type passageFields struct{}

func (passageFields) Section(ctx context.Context, obj *model.Passage) (*model.Section, error) {
	return requestOf(ctx).section(ctx, obj.ReportID, obj.Section)
}

func (passageFields) Report(ctx context.Context, obj *model.Passage) (*model.Report, error) {
	return requestOf(ctx).report(ctx, obj.ReportID)
}

func (passageFields) Before(ctx context.Context, obj *model.Passage) (*string, error) {
	return textBeside(ctx, obj, -1)
}

func (passageFields) After(ctx context.Context, obj *model.Passage) (*string, error) {
	return textBeside(ctx, obj, 1)
}

// textBeside gives the text of the passage so many steps on in the section.
func textBeside(ctx context.Context, p *model.Passage, step int) (*string, error) {
	other, err := requestOf(ctx).passages.Load(ctx, schema.PassageID(p.ReportID, p.Ordinal+step))
	if err != nil || other == nil || other.Section != p.Section {
		return nil, err
	}
	return &other.Text, nil
}

func (passageFields) Mentions(ctx context.Context, obj *model.Passage) ([]*model.Mention, error) {
	mentions, err := requestOf(ctx).mentionsIn.Load(ctx, obj.ID)
	if err != nil {
		return nil, err
	}
	found := make([]*model.Mention, len(mentions))
	for i := range mentions {
		found[i] = &model.Mention{Mention: &mentions[i]}
	}
	return found, nil
}

func (passageFields) Entities(ctx context.Context, obj *model.Passage, f *filter, by *generated.EntityOrder, first *int, after *string, last *int, before *string) (*model.EntityConnection, error) {
	rq := requestOf(ctx)
	facts, err := rq.facts.Load(ctx, obj.ID)
	if err != nil {
		return nil, err
	}
	return rq.factEntities(ctx, facts, f, by, window{first, after, last, before})
}

func (passageFields) Claims(ctx context.Context, obj *model.Passage, f *generated.ClaimFilter, by *generated.ClaimOrder, first *int, after *string, last *int, before *string) (*model.ClaimConnection, error) {
	rq := requestOf(ctx)
	facts, err := rq.facts.Load(ctx, obj.ID)
	if err != nil {
		return nil, err
	}
	inPassage := func(c *schema.Claim) bool {
		return slices.ContainsFunc(c.Evidence, func(e schema.Evidence) bool { return e.PassageID == obj.ID })
	}
	return rq.claimPage(ctx, facts.Claims, inPassage, f, by, window{first, after, last, before})
}

func (passageFields) Observations(ctx context.Context, obj *model.Passage, f *generated.ObservationFilter, by *generated.ObservationOrder, first *int, after *string, last *int, before *string) (*model.ObservationConnection, error) {
	rq := requestOf(ctx)
	facts, err := rq.facts.Load(ctx, obj.ID)
	if err != nil {
		return nil, err
	}
	inPassage := func(o *schema.Observation) bool {
		return slices.ContainsFunc(o.Evidence, func(e schema.Evidence) bool { return e.PassageID == obj.ID })
	}
	return rq.observationPage(ctx, facts.Observations, inPassage, f, by, window{first, after, last, before})
}

type sectionFields struct{}

func (sectionFields) Parent(ctx context.Context, obj *model.Section) (*model.Section, error) {
	return requestOf(ctx).section(ctx, obj.ReportID, obj.Parent)
}

func (sectionFields) Children(ctx context.Context, obj *model.Section) ([]*model.Section, error) {
	sections, err := requestOf(ctx).sectionsOf(ctx, obj.ReportID)
	if err != nil {
		return nil, err
	}
	return all(sections, []test[*model.Section]{func(s *model.Section) bool { return s.Parent == obj.Ordinal }}), nil
}

func (sectionFields) Report(ctx context.Context, obj *model.Section) (*model.Report, error) {
	return requestOf(ctx).report(ctx, obj.ReportID)
}

func (sectionFields) Passages(ctx context.Context, obj *model.Section, f *generated.PassageFilter, by *generated.PassageOrder, first *int, after *string, last *int, before *string) (*model.PassageConnection, error) {
	rq := requestOf(ctx)
	sections, err := rq.sections.Load(ctx, obj.ReportID)
	if err != nil {
		return nil, err
	}
	ids, err := rq.passagesOf.Load(ctx, obj.ReportID)
	if err != nil {
		return nil, err
	}
	passages, err := loadAll(ctx, rq.passages, ids)
	if err != nil {
		return nil, err
	}
	var inside []string
	for _, p := range existing(passages) {
		if enclosedBy(sections, p.Section, obj.Ordinal) {
			inside = append(inside, p.ID)
		}
	}
	return rq.passagePage(ctx, inside, f, by, window{first, after, last, before})
}

// enclosedBy reports whether a section is the outer one or lies inside it.
func enclosedBy(sections []schema.Section, section, outer int) bool {
	for range len(sections) + 1 {
		if section == outer {
			return true
		}
		if section < 0 || section >= len(sections) {
			return false
		}
		section = sections[section].Parent
	}
	return false
}
