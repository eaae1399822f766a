package model

import (
	"strconv"
	"strings"

	"github.com/lantu-kg/lantu/graph/search"
	"github.com/lantu-kg/lantu/schema"
)

// Report is a document that was read.
type Report struct{ *schema.Report }

// NewReport wraps r: nil for nil.
func NewReport(r *schema.Report) *Report {
	if r == nil {
		return nil
	}
	return &Report{r}
}

// NodeID returns the report's id.
func (r *Report) NodeID() string { return r.ID }

// RegionName returns the full name of the region it reports on.
func (r *Report) RegionName() *string { return known(r.Region) }

// Issuer returns the body that answers for it.
func (r *Report) Issuer() *string { return known(r.Report.Issuer) }

// Speaker returns who delivered it.
func (r *Report) Speaker() *string { return known(r.Report.Speaker) }

// Post returns the speaker's post.
func (r *Report) Post() *string { return known(r.Report.Post) }

// Meeting returns where it was delivered.
func (r *Report) Meeting() *string { return known(r.Report.Meeting) }

// Date returns its date.
func (r *Report) Date() *string { return known(r.Report.Date) }

// Period returns the time it looks back on.
func (r *Report) Period() *Period { return NewPeriod(r.Report.Period) }

// Aim returns the time it plans for.
func (r *Report) Aim() *Period { return NewPeriod(r.Report.Aim) }

// Characters returns how many code points its passages have.
func (r *Report) Characters() int { return r.Chars }

// Section is a headed part of a report.
type Section struct {
	*schema.Section
	ReportID string
}

const (
	reportPrefix  = "report-"
	sectionPrefix = "section-"
)

// ID returns the section's id, made of its report's and its position.
func (s *Section) ID() string {
	return sectionPrefix + strings.TrimPrefix(s.ReportID, reportPrefix) + "-" + strconv.Itoa(s.Ordinal)
}

// ParseSectionID returns what [Section.ID] was made of.
func ParseSectionID(id string) (reportID string, ordinal int, ok bool) {
	rest, ok := strings.CutPrefix(id, sectionPrefix)
	i := strings.LastIndexByte(rest, '-')
	if !ok || i < 0 {
		return "", 0, false
	}
	ordinal, err := strconv.Atoi(rest[i+1:])
	return reportPrefix + rest[:i], ordinal, err == nil && ordinal >= 0
}

// NodeID returns the section's id.
func (s *Section) NodeID() string { return s.ID() }

// Number returns its number as written.
func (s *Section) Number() *string { return known(s.Section.Number) }

// Mood tells whether it looks back or plans.
func (s *Section) Mood() *schema.SectionMood { return known(s.Section.Mood) }

// Period returns the time it speaks of.
func (s *Section) Period() *Period { return NewPeriod(s.Section.Period) }

// Passage is one paragraph of a report.
type Passage struct{ *schema.Passage }

// NewPassage wraps p: nil for nil.
func NewPassage(p *schema.Passage) *Passage {
	if p == nil {
		return nil
	}
	return &Passage{p}
}

// Page returns the page on which it begins, from 1.
func (p *Passage) Page() *int { return known(p.Passage.Page) }

// NodeID returns the passage's id.
func (p *Passage) NodeID() string { return p.ID }

// SearchHit is something that a search found.
type SearchHit struct {
	Node      Node
	Match     SearchMatch
	Matched   string
	Highlight []Highlight
}

// SearchMatch is in what way a hit matches.
type SearchMatch = search.Match

// Highlight is a stretch of a text in code points.
type Highlight = schema.Span
