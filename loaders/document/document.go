package document

import "github.com/lantu-kg/lantu/schema"

// Document is a report as read: its head, sections and passages. Entity ids
// are not yet known, so Report.RegionID is empty.
type Document struct {
	Report   schema.Report
	Sections []schema.Section
	Passages []schema.Passage
}
