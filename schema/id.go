package schema

import (
	"crypto/sha256"
	"encoding/base32"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

var idEncoding = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// digest names the parts by 80 bits of their SHA-256, as 16 letters and
// digits: with ten million things the odds of any clash are about 1 in 24
// billion (birthday bound).
func digest(prefix string, parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		// The length keeps ("ab","c") apart from ("a","bc").
		_, _ = h.Write([]byte(strconv.Itoa(len(p)) + ":" + p))
	}
	return prefix + "-" + idEncoding.EncodeToString(h.Sum(nil)[:10])
}

// NormalName returns the form of a name under which two spellings are the
// same name: full-width Latin letters and digits made half-width, quotes,
// brackets of titles and white space removed, letters lowered.
func NormalName(name string) string {
	return strings.Map(func(r rune) rune {
		if r >= '！' && r <= '～' {
			r -= 0xFEE0
		}
		if unicode.IsSpace(r) || strings.ContainsRune("“”\"‘’'《》〈〉「」", r) {
			return -1
		}
		return unicode.ToLower(r)
	}, name)
}

// EntityID names an entity by its kind, its canonical name and its scope.
func EntityID(kind Kind, name, scope string) string {
	return digest(strings.ToLower(string(kind)), NormalName(name), scope)
}

// PlaceID names a place of the gazetteer by its division code.
func PlaceID(code string) string { return "place-" + code }

// ClaimID names a claim by what it says and its qualifiers.
func ClaimID(c *Claim) string {
	return digest("claim", c.SubjectID, string(c.Relation), c.ObjectID, c.Value,
		string(c.Modality), c.Period.From, c.Period.To)
}

// ObservationID names an observation by what it says.
func ObservationID(o *Observation) string {
	parts := []string{o.AboutID, NormalName(o.Measure),
		strconv.FormatFloat(o.Value, 'g', -1, 64), o.Unit, string(o.Type),
		o.Basis, o.Period.From, o.Period.To, string(o.Modality)}
	if o.AnnualAverage {
		parts = append(parts, "annual average")
	}
	return digest("observation", parts...)
}

// ReportID names a report by the text of its passages, white space aside.
func ReportID(passages []Passage) string {
	parts := make([]string, len(passages))
	for i := range passages {
		parts[i] = strings.Join(strings.Fields(passages[i].Text), "")
	}
	return digest("report", parts...)
}

// PassageID names a passage by its report and its position there.
func PassageID(reportID string, ordinal int) string {
	return "passage-" + strings.TrimPrefix(reportID, "report-") + "-" + strconv.Itoa(ordinal)
}

// PassageReport gives the report that a passage's id names, false when the id
// is none of a passage.
func PassageReport(id string) (reportID string, ok bool) {
	rest, ok := strings.CutPrefix(id, "passage-")
	if !ok {
		return "", false
	}
	report, _, ok := strings.Cut(rest, "-")
	return "report-" + report, ok
}

// KnownName chooses the name that a thing goes by among several: the one given,
// but of a programme that is called by a quoted label the label alone, where that
// is among the others: 雨燕 of 全市“雨燕”行动方案.
func KnownName(kind Kind, name string, others []string) string {
	if kind != KindProgram {
		return name
	}
	_, label, opens := strings.Cut(name, "“")
	label, _, closes := strings.Cut(label, "”")
	if opens && closes && slices.Contains(others, label) {
		return label
	}
	return name
}
