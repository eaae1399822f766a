package schema

import "fmt"

// Kind is the sort of thing an entity is.
type Kind string

// The ten kinds.
const (
	KindPark         Kind = "PARK"
	KindEnterprise   Kind = "ENTERPRISE"
	KindProgram      Kind = "PROGRAM"
	KindProject      Kind = "PROJECT"
	KindPlace        Kind = "PLACE"
	KindOrganization Kind = "ORGANIZATION"
	KindFacility     Kind = "FACILITY"
	KindEvent        Kind = "EVENT"
	KindIndustry     Kind = "INDUSTRY"
	KindPerson       Kind = "PERSON"
)

// KindInfo describes a kind.
type KindInfo struct {
	Kind    Kind
	Chinese string // the word shown to readers
	English string // the same for readers of English
	Doc     string // what counts as this kind
}

// Kinds lists the kinds in the order in which they are shown.
var Kinds = []KindInfo{
	{KindPark, "园区", "Park", "a named place that houses enterprises or institutions: park, base, cluster, demonstration or development zone"},
	{KindEnterprise, "企业", "Enterprise", "a named company, bank, firm or commercial brand, branches too"},
	{KindProgram, "计划", "Programme", "a named policy, plan, scheme, law, campaign, reform, mechanism, strategy or work pattern"},
	{KindProject, "项目", "Project", "a named thing being built, renewed, relocated or invested in"},
	{KindPlace, "地点", "Place", "a country, province, city, district, county, township, street, village, community, road, river or named area"},
	{KindOrganization, "机构", "Organisation", "a named body that is no company: government, congress, bureau, court, school, institute, hospital, association"},
	{KindFacility, "设施", "Facility", "a named building, venue, station, public park, mall, laboratory, centre, exchange, plant or digital platform"},
	{KindEvent, "活动", "Event", "a named forum, fair, festival, match or conference that is held"},
	{KindIndustry, "产业", "Industry", "a named industry, sector or field of technology, as such"},
	{KindPerson, "人物", "Person", "a named person"},
}

// Valid reports whether k is one of the ten kinds.
func (k Kind) Valid() bool {
	for _, info := range Kinds {
		if info.Kind == k {
			return true
		}
	}
	return false
}

// ParseKind returns the kind that s names.
func ParseKind(s string) (Kind, error) {
	if k := Kind(s); k.Valid() {
		return k, nil
	}
	return "", fmt.Errorf("schema: unknown kind %q", s)
}
