package schema

import "context"

// Report is a document that was read.
type Report struct {
	ID       string `json:"id"`
	File     string `json:"file"`   // base name of the file it was read from
	Format   string `json:"format"` // text, html, …
	Encoding string `json:"encoding"`
	Title    string `json:"title"`
	Region   string `json:"region"`     // full name of the region it reports on
	RegionID string `json:"regionId"`   // that region's place entity
	Issuer   string `json:"issuer"`     // the body that answers for the report
	Speaker  string `json:"speaker"`    // who delivered it
	Post     string `json:"post"`       // the speaker's post
	Meeting  string `json:"meeting"`    // where it was delivered
	Date     string `json:"date"`       // YYYY-MM-DD, YYYY-MM or YYYY
	Period   Period `json:"period"`     // the time it reports on
	Aim      Period `json:"aim"`        // the time it plans for
	Passages int    `json:"passages"`   // how many passages were read
	Chars    int    `json:"characters"` // code points in them
}

// SectionMood tells whether a section looks back or plans.
type SectionMood string

// The moods.
const (
	MoodUnknown SectionMood = ""
	MoodReview  SectionMood = "REVIEW"
	MoodPlan    SectionMood = "PLAN"
)

// Section is a headed part of a report. Sections nest by Level.
type Section struct {
	Ordinal int         `json:"ordinal"` // position among the report's sections, from 0
	Level   int         `json:"level"`   // 1 for 一、, 2 for (一), 3 for 1.; 0 for a part above 一、
	Parent  int         `json:"parent"`  // ordinal of the enclosing section, -1 at the top
	Heading string      `json:"heading"` // without its number
	Number  string      `json:"number"`  // as written: 一、
	Line    int         `json:"line"`    // 0-based line of the heading in the file
	Mood    SectionMood `json:"mood"`
	Period  Period      `json:"period,omitzero"` // the time the section speaks of, where known
}

// Passage is one paragraph of a report: the unit that evidence points into.
type Passage struct {
	ID       string `json:"id"`
	ReportID string `json:"report"`
	Ordinal  int    `json:"ordinal"`        // position among the report's passages, from 0
	Line     int    `json:"line"`           // 0-based line in the file, of a PDF or DOCX: of its text
	Page     int    `json:"page,omitempty"` // page on which it begins, from 1; 0 in files without pages
	Text     string `json:"text"`           // without outer white space
	Section  int    `json:"section"`        // ordinal of its section, -1 before the first
	Heading  bool   `json:"heading,omitempty"`

	// Columns is what heads each cell of a table row whose table has heads; the
	// text parts its cells by tabs.
	Columns []string `json:"columns,omitempty"`
}

// Reading is everything that one report says. Claims and observations refer to
// entities, and evidence to passages, of the same Reading.
type Reading struct {
	Report       Report        `json:"report"`
	Sections     []Section     `json:"sections"`
	Passages     []Passage     `json:"passages"`
	Entities     []Entity      `json:"entities"`
	Mentions     []Mention     `json:"mentions"`
	Claims       []Claim       `json:"claims"`
	Observations []Observation `json:"observations"`
}

// Sink takes in readings, all of them or nothing.
type Sink func(ctx context.Context, readings ...*Reading) error

// Facts are the ids of what one passage is evidence of, each list sorted.
type Facts struct {
	Entities     []string
	Claims       []string
	Observations []string
}

// Touched are the ids of what is different after changes of the graph, each
// list sorted: reports that are titled, dated or placed otherwise or name other
// entities, passages that read otherwise, entities that have other names,
// places above them or mentions. What is new or gone is among them.
type Touched struct {
	Reports  []string
	Passages []string
	Entities []string
}
