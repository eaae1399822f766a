package schema

import (
	"strings"
	"unicode/utf8"
)

// Span is a half-open range of Unicode code points in a passage's text.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// sentenceEnds are the marks that end a sentence.
const sentenceEnds = "。！？；!?;"

// Sentence widens a span of a text to the whole sentences that it stands in.
// A span that lies outside the text is cut to it.
func Sentence(text []rune, s Span) Span {
	start := min(max(s.Start, 0), len(text))
	end := min(max(s.End, start), len(text))
	for start > 0 && !strings.ContainsRune(sentenceEnds, text[start-1]) {
		start--
	}
	for end < len(text) && (end == start || !strings.ContainsRune(sentenceEnds, text[end-1])) {
		end++
	}
	return Span{start, end}
}

// Evidence is where a fact stands and how it was found there.
type Evidence struct {
	ReportID   string  `json:"report"`
	PassageID  string  `json:"passage"`
	Span       Span    `json:"span"`       // code points of the passage's text
	Quote      string  `json:"quote"`      // the passage's text at Span
	Rule       string  `json:"rule"`       // stable id of the rule that found it
	Confidence float64 `json:"confidence"` // 0 to 1
}

// Confidence gives the highest confidence among evidence, 0 of none.
func Confidence(evidence []Evidence) float64 {
	best := 0.0
	for i := range evidence {
		best = max(best, evidence[i].Confidence)
	}
	return best
}

// PlaceLevel is a place's step on the administrative ladder, or what it is
// when it stands on none.
type PlaceLevel string

// The levels. A street (街道), town (镇), township (乡) and area (地区) all
// stand at LevelStreet.
const (
	LevelCountry  PlaceLevel = "COUNTRY"
	LevelRegion   PlaceLevel = "REGION" // several provinces or cities together: 京津冀
	LevelProvince PlaceLevel = "PROVINCE"
	LevelCity     PlaceLevel = "CITY"
	LevelDistrict PlaceLevel = "DISTRICT" // 区, 县, 县级市
	LevelStreet   PlaceLevel = "STREET"
	LevelVillage  PlaceLevel = "VILLAGE" // 村, 社区
	LevelRoad     PlaceLevel = "ROAD"
	LevelWater    PlaceLevel = "WATER"
	LevelArea     PlaceLevel = "AREA" // business circle, quarter or other named area
)

// Entity is a named thing. Its identity is its ID; see [EntityID].
type Entity struct {
	ID      string   `json:"id"`
	Kind    Kind     `json:"kind"`
	Name    string   `json:"name"`              // the fullest name
	Aliases []string `json:"aliases,omitempty"` // other names it goes by, sorted

	// Scope is the code of the administrative region in whose reports the
	// name is unique ("" when it is unique by itself).
	Scope string `json:"scope,omitempty"`

	// Of places only.
	Level    PlaceLevel `json:"level,omitempty"`
	Code     string     `json:"code,omitempty"`     // administrative division code, 2 to 12 digits
	ParentID string     `json:"parentId,omitempty"` // the next place up the administrative ladder
}

// Mention is one occurrence of an entity's name.
type Mention struct {
	EntityID string   `json:"entity"`
	Name     string   `json:"name"` // as written
	Evidence Evidence `json:"evidence"`

	// Merge names the rules by which the name was found to be the entity's,
	// parted by blanks; empty where the name is the entity's own.
	Merge string `json:"merge,omitempty"`
}

// Modality tells a fact from an aim.
type Modality string

// The modalities.
const (
	Fact Modality = "FACT" // said to be so
	Aim  Modality = "AIM"  // said to be intended
)

// Period is the time a fact holds for: From and To are inclusive dates of
// the form YYYY, YYYY-MM or YYYY-MM-DD. Text is the words that said so, empty
// when the period is the report's own.
type Period struct {
	From string `json:"from,omitempty"`
	To   string `json:"to,omitempty"`
	Text string `json:"text,omitempty"`
}

// IsZero reports whether nothing is known of the period.
func (p Period) IsZero() bool { return p == Period{} }

// Claim is one statement: subject, relation and object, with qualifiers.
// Exactly one of ObjectID (an entity) and Value (text or a [Status]) is set.
type Claim struct {
	ID        string     `json:"id"`
	SubjectID string     `json:"subject"`
	Relation  Relation   `json:"relation"`
	ObjectID  string     `json:"object,omitempty"`
	Value     string     `json:"value,omitempty"`
	Modality  Modality   `json:"modality"`
	Period    Period     `json:"period,omitzero"` // only where the sentence states one
	List      *List      `json:"list,omitempty"`  // where the sentence names only some of those it counts
	Rank      *Standing  `json:"rank,omitempty"`  // of claims of [Ranked] only
	Evidence  []Evidence `json:"evidence"`
	Curation  Curation   `json:"curation,omitempty"`
	Was       string     `json:"was,omitempty"` // id of the claim in whose place it stands, of corrected ones
}

// Link is what a claim leads to from one of its ends, without where it stands.
type Link struct {
	ClaimID  string
	Relation Relation
	OtherID  string // the entity at the other end
}

// List is an enumeration that says how many it is of: of A、B等6个项目 two are
// named of six. Neither it nor [Standing] is part of a claim's identity.
type List struct {
	Size  int    `json:"size"`  // how many the sentence counts
	Named int    `json:"named"` // how many it names; never more than Size
	Noun  string `json:"noun"`  // what is counted, as written: 项目
}

// Unknown is how many the sentence leaves unnamed.
func (l List) Unknown() int { return l.Size - l.Named }

// Standing is a position in an order and among whom it is held.
type Standing struct {
	Number int    `json:"number,omitempty"` // 1 for a first; the lower bound of 前三; 0 when none is said: 前列
	Scope  string `json:"scope,omitempty"`  // as written: 全市, 中部六省
}

// ObservationType says how a number measures.
type ObservationType string

// The four types.
const (
	Level  ObservationType = "level"  // a stock, total or amount
	Change ObservationType = "change" // growth, or a fall when negative
	Share  ObservationType = "share"
	Rank   ObservationType = "rank"
)

// Hedge is how exact a number is said to be.
type Hedge string

// The hedges.
const (
	Exact   Hedge = ""
	About   Hedge = "ABOUT"    // 约, 左右
	Nearly  Hedge = "NEARLY"   // 近, 接近
	Over    Hedge = "OVER"     // 超, 余, 突破, 以上
	AtMost  Hedge = "AT_MOST"  // 以内, 不超过
	AtLeast Hedge = "AT_LEAST" // 不低于, 至少
)

// Observation is one measured number.
type Observation struct {
	ID      string          `json:"id"`
	AboutID string          `json:"about"`
	Measure string          `json:"measure"` // the noun phrase measured, as written
	Value   float64         `json:"value"`   // as written: 1.7 of 1.7万家
	Unit    string          `json:"unit"`    // as written: 万家
	Type    ObservationType `json:"type"`
	// Amount and BaseUnit are Value and Unit with the scale taken out:
	// 17000 and 家 of 1.7万家.
	Amount   float64  `json:"amount"`
	BaseUnit string   `json:"baseUnit"`
	Hedge    Hedge    `json:"hedge,omitempty"`
	Basis    string   `json:"basis,omitempty"` // what it is compared with: 同比, 较上年, 全市
	Period   Period   `json:"period,omitzero"` // stated, else the section's
	Modality Modality `json:"modality"`
	// AnnualAverage says that it is the average of a year over those of Period,
	// which are not known where that is zero: 年均增长5%.
	AnnualAverage bool       `json:"annualAverage,omitempty"`
	Derived       []Derived  `json:"derived,omitempty"` // what follows from it by arithmetic
	Checks        []Check    `json:"checks,omitempty"`  // how it agrees with the numbers around it
	Evidence      []Evidence `json:"evidence"`
	Curation      Curation   `json:"curation,omitempty"`
	Was           string     `json:"was,omitempty"` // id of the observation in whose place it stands, of corrected ones
}

// scales are what units are counted in.
var scales = map[rune]float64{'十': 1e1, '百': 1e2, '千': 1e3, '万': 1e4, '亿': 1e8}

// Scale takes the scale out of a unit as written: 10,000 and 家 of 万家 and of
// 万余家. What belongs to the unit itself stays: 千瓦, 百分点.
func Scale(unit string) (scale float64, base string) {
	scale, base = 1, unit
	run := 1.0
	for i, r := range unit {
		s, ok := scales[r]
		if !ok {
			break
		}
		run *= s
		rest := unit[i+len(string(r)):]
		next, _ := utf8.DecodeRuneInString(rest)
		if r == '万' || r == '亿' || !strings.ContainsRune("瓦米克卡伏赫帕焦分", next) {
			scale, base = run, rest
		}
	}
	if scale > 1 {
		base = strings.TrimLeft(base, "余多")
	}
	return scale, base
}

// Derived is a number that no sentence says but that follows from those it
// says: of 137个，较上年增加17个 last year's 120个. It is no observation.
type Derived struct {
	Value  float64 `json:"value"`
	Unit   string  `json:"unit"`
	Period Period  `json:"period,omitzero"` // the time it holds for, where known
	Rule   string  `json:"rule"`
}

// Check is the arithmetic that the sentence lets a reader do, and how it came
// out.
type Check struct {
	Rule    string   `json:"rule"`
	Message string   `json:"message"` // the sum in words
	OK      bool     `json:"ok"`
	With    []string `json:"with,omitempty"` // ids of the other observations in the sum
}
