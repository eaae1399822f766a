package schema

// Curation is what people have made of a claim or an observation.
type Curation string

// The states. What is rejected is kept, and given only when asked for.
const (
	Unreviewed Curation = ""
	Confirmed  Curation = "CONFIRMED"
	Rejected   Curation = "REJECTED"
	Corrected  Curation = "CORRECTED" // stands in place of a rejected one
)

// ChangeKind is what a change does.
type ChangeKind string

// The kinds of changes.
const (
	ConfirmClaim       ChangeKind = "CONFIRM_CLAIM"
	RejectClaim        ChangeKind = "REJECT_CLAIM"
	CorrectClaim       ChangeKind = "CORRECT_CLAIM"
	AddClaim           ChangeKind = "ADD_CLAIM"
	ConfirmObservation ChangeKind = "CONFIRM_OBSERVATION"
	RejectObservation  ChangeKind = "REJECT_OBSERVATION"
	CorrectObservation ChangeKind = "CORRECT_OBSERVATION"
	AddAlias           ChangeKind = "ADD_ALIAS"
	MergeEntities      ChangeKind = "MERGE_ENTITIES"
	SplitEntity        ChangeKind = "SPLIT_ENTITY"
	LoadReport         ChangeKind = "LOAD_REPORT"
	RemoveReport       ChangeKind = "REMOVE_REPORT"
	Undo               ChangeKind = "UNDO"
)

// ChangeRecord is one thing that people did to the graph. What it needs to be done
// again, when a report is read anew, stands in it.
type ChangeRecord struct {
	ID     string     `json:"id"`
	Number int        `json:"number"` // 1 for the first change of the graph
	Kind   ChangeKind `json:"kind"`
	Who    string     `json:"who"`
	When   string     `json:"when"` // RFC 3339, UTC
	Why    string     `json:"why,omitempty"`

	Claim  *Claim `json:"claim,omitempty"`  // as it was when changed, or what is added
	Became *Claim `json:"became,omitempty"` // of CorrectClaim: what it is made
	// Of changes of an observation, likewise.
	Observation       *Observation `json:"observation,omitempty"`
	BecameObservation *Observation `json:"becameObservation,omitempty"`
	// Entities are those that the claims or observations speak of, that are merged or that are
	// made, with the places above them, by id.
	Entities []Entity `json:"entities,omitempty"`
	Files    []string `json:"files,omitempty"` // of the reports that the evidence stands in, evidence by evidence

	EntityID     string   `json:"entity,omitempty"` // whose alias, merged into, or split
	Alias        string   `json:"alias,omitempty"`
	Merged       []string `json:"merged,omitempty"`       // ids
	NewID        string   `json:"newId,omitempty"`        // of the entity split off
	Names        []string `json:"names,omitempty"`        // that are split off
	Claims       []string `json:"claims,omitempty"`       // ids that go with them
	Observations []string `json:"observations,omitempty"` // ids that go with them

	ReportID string `json:"report,omitempty"` // loaded, removed or put back
	File     string `json:"file,omitempty"`   // its file
	Undoes   string `json:"undoes,omitempty"` // id of a change

	Needs   []string `json:"needs,omitempty"`   // ids that must be there for it
	Touches []string `json:"touches,omitempty"` // ids that it made, moved or judged
	Reports []string `json:"reports,omitempty"` // ids of the reports in which it had an effect

	// UndoneBy is the change that undid it, "" while it stands. It is not kept
	// but follows from the changes after it.
	UndoneBy string `json:"-"`
}

// Judged gives the id and the evidence of the claim or observation that was
// changed, "" where the change is of neither.
func (c *ChangeRecord) Judged() (id string, evidence []Evidence) {
	switch {
	case c.Claim != nil:
		return c.Claim.ID, c.Claim.Evidence
	case c.Observation != nil:
		return c.Observation.ID, c.Observation.Evidence
	}
	return "", nil
}
