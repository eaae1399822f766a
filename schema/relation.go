package schema

import (
	"fmt"
	"slices"
)

// Relation is what a claim says of its subject.
type Relation string

// The eleven relations.
const (
	SettledIn      Relation = "SETTLED_IN"
	LocatedIn      Relation = "LOCATED_IN"
	PartOf         Relation = "PART_OF"
	Covers         Relation = "COVERS"
	Targets        Relation = "TARGETS"
	CooperatesWith Relation = "COOPERATES_WITH"
	ResponsibleFor Relation = "RESPONSIBLE_FOR"
	Supports       Relation = "SUPPORTS"
	RecognizedAs   Relation = "RECOGNIZED_AS"
	HasStatus      Relation = "HAS_STATUS"
	Ranked         Relation = "RANKED"
)

// ObjectType says what stands at the object end of a relation.
type ObjectType int

// The three sorts of object.
const (
	ObjectEntity ObjectType = iota // another entity
	ObjectText                     // words of the report, such as an honour
	ObjectStatus                   // a Status
)

// RelationInfo describes a relation. Empty Subjects or Objects admit every kind.
type RelationInfo struct {
	Relation Relation
	Chinese  string // forward label, subject first
	Inverse  string // label read from the object
	// The same for readers of English.
	English, EnglishInverse string
	Doc                     string
	Object                  ObjectType
	Subjects                []Kind
	Objects                 []Kind
	// RegionSubject and RegionObject say whether the report's own region may
	// stand unspoken at that end.
	RegionSubject, RegionObject bool
}

// Relations lists the relations in the order in which they are shown.
var Relations = []RelationInfo{
	{SettledIn, "入驻", "入驻者", "settled in", "settled here", "settled, landed, was brought into", ObjectEntity,
		[]Kind{KindEnterprise, KindOrganization}, []Kind{KindPark, KindPlace, KindFacility}, false, true},
	{LocatedIn, "位于", "境内有", "located in", "located here", "stands in, is built or held there", ObjectEntity,
		[]Kind{KindPark, KindProject, KindFacility, KindEvent, KindPlace, KindOrganization}, []Kind{KindPlace, KindPark, KindFacility}, false, false},
	{PartOf, "属于", "包含", "part of", "parts", "is a part, phase or member of", ObjectEntity, nil, nil, true, true},
	{Covers, "覆盖", "实施计划", "carried out in", "programmes here", "the programme is carried out or piloted there", ObjectEntity,
		[]Kind{KindProgram}, []Kind{KindPlace, KindPark, KindFacility}, false, false},
	{Targets, "面向产业", "服务载体", "serves industry", "served by", "the industry or field it serves", ObjectEntity,
		[]Kind{KindProgram, KindPark, KindProject, KindFacility, KindEvent, KindOrganization}, []Kind{KindIndustry}, false, false},
	{CooperatesWith, "合作", "合作", "cooperates with", "cooperates with", "cooperates, signs, builds together with", ObjectEntity, nil, nil, true, true},
	{ResponsibleFor, "负责", "负责方", "responsible for", "responsible party", "builds, runs, issues, hosts, leads", ObjectEntity,
		[]Kind{KindEnterprise, KindOrganization, KindPlace}, []Kind{KindProgram, KindProject, KindPark, KindFacility, KindEvent}, false, false},
	{Supports, "支持", "支持方", "supports", "supported by", "supports or serves a named party", ObjectEntity,
		[]Kind{KindProgram, KindOrganization, KindPlace}, []Kind{KindEnterprise, KindProject, KindPark, KindOrganization, KindFacility}, true, false},
	{RecognizedAs, "获评", "", "recognised as", "", "was awarded, selected, recognised as; the object is the honour as written", ObjectText, nil, nil, true, false},
	{HasStatus, "状态", "", "status", "", "stands at a step of the status ladder", ObjectStatus,
		[]Kind{KindPark, KindProject, KindFacility, KindEvent, KindProgram, KindEnterprise, KindOrganization, KindPlace}, nil, false, false},
	{Ranked, "位次", "", "rank", "", "is the first of its sort or stands at a rank; the object is the words that say so", ObjectText, nil, nil, true, false},
}

// Info returns the relation's row, and false for an unknown relation.
func (r Relation) Info() (RelationInfo, bool) {
	for _, info := range Relations {
		if info.Relation == r {
			return info, true
		}
	}
	return RelationInfo{}, false
}

// ParseRelation returns the relation that s names.
func ParseRelation(s string) (Relation, error) {
	if _, ok := Relation(s).Info(); ok {
		return Relation(s), nil
	}
	return "", fmt.Errorf("schema: unknown relation %q", s)
}

// AdmitsSubject reports whether an entity of kind k may be the subject.
func (i RelationInfo) AdmitsSubject(k Kind) bool {
	return len(i.Subjects) == 0 || slices.Contains(i.Subjects, k)
}

// AdmitsObject reports whether an entity of kind k may be the object.
func (i RelationInfo) AdmitsObject(k Kind) bool {
	return i.Object == ObjectEntity && (len(i.Objects) == 0 || slices.Contains(i.Objects, k))
}

// Status is a step of the status ladder, the object of [HasStatus].
type Status string

// The steps, from intention to operation.
const (
	StatusPlanned           Status = "PLANNED"
	StatusApproved          Status = "APPROVED"
	StatusSigned            Status = "SIGNED"
	StatusStarted           Status = "STARTED"
	StatusUnderConstruction Status = "UNDER_CONSTRUCTION"
	StatusCompleted         Status = "COMPLETED"
	StatusOpened            Status = "OPENED"
	StatusTrial             Status = "TRIAL"
	StatusIssued            Status = "ISSUED"
	StatusHeld              Status = "HELD"
	StatusListed            Status = "LISTED"
)

// StatusInfo describes a step of the ladder.
type StatusInfo struct {
	Status  Status
	Chinese string
	English string
	Doc     string
}

// Statuses lists the steps of the ladder.
var Statuses = []StatusInfo{
	{StatusPlanned, "规划", "planned", "planned, proposed or aimed at"},
	{StatusApproved, "获批", "approved", "submitted for approval or approved"},
	{StatusSigned, "签约", "signed", "signed"},
	{StatusStarted, "启动", "started", "started, or a programme in force"},
	{StatusUnderConstruction, "在建", "under construction", "being built"},
	{StatusCompleted, "完工", "completed", "built, finished"},
	{StatusOpened, "启用", "in operation", "opened, founded, in operation"},
	{StatusTrial, "试点", "on trial", "in trial operation or piloted"},
	{StatusIssued, "发布", "issued", "issued, published"},
	{StatusHeld, "举办", "held", "held"},
	{StatusListed, "上市", "listed", "listed on a stock exchange"},
}

// ParseStatus returns the status that s names.
func ParseStatus(s string) (Status, error) {
	for _, info := range Statuses {
		if string(info.Status) == s {
			return info.Status, nil
		}
	}
	return "", fmt.Errorf("schema: unknown status %q", s)
}
