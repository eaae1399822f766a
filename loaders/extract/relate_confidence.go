package extract

import "math"

// ruleConfidence is how often each rule's claims are right when the names are:
// measured on annotated reports (TestClaimConfidence), and a little less than
// that for what it will meet in others.
var ruleConfidence = map[string]float64{
	ruleAfter:     0.95,
	ruleBefore:    0.92,
	ruleShared:    0.82,
	ruleSupported: 0.82,
	ruleTrial:     0.86,

	"honour.awarded": 0.93,
	"honour.became":  0.84,
	"honour.counted": 0.74,
	"honour.named":   0.78,
	"honour.region":  0.90,
	"honour.sought":  0.76,

	"settle.verb-after":  0.85,
	"settle.verb-before": 0.85,

	"location.brought-in": 0.72,
	"location.founded-at": 0.75,
	"location.held-at":    0.70,
	"location.in-name":    0.70,
	"location.settled":    0.75,
	"location.stacked":    0.86,
	"location.stands-at":  0.75,

	ruleTableAt:  0.80, // not measured: no report annotated has tables
	ruleTableFor: 0.80,

	"part.comprised":       0.70,
	"part.glossary":        0.80,
	"part.listed":          0.90,
	"part.module":          0.72,
	"part.of-event":        0.75,
	"part.owned":           0.70,
	"part.phase":           0.80,
	"part.represented":     0.80,
	"part.spelled-out":     0.70,
	"part.under-programme": 0.75,

	"covers.carried-out": 0.70,
	"covers.glossary":    0.84,
	"covers.next-clause": 0.80,
	"covers.in-name":     0.80,
	"covers.reached":     0.70,

	"covers.counted":    0.75,
	"targets.glossary":  0.75,
	"targets.field":     0.84,
	"targets.heading":   0.84,
	"targets.in-name":   0.82,
	"targets.listed":    0.86,
	"targets.qualified": 0.74,
	"targets.sort":      0.70,

	"cooperate.with": 0.92,

	ruleRankFirst: 0.80,
	ruleRankFront: 0.80,
	ruleRankLead:  0.80,
	ruleRankOrder: 0.85,

	"responsible.builder":    0.70,
	"responsible.contractor": 0.72,
	"responsible.founder":    0.76,
	"responsible.in-name":    0.88,
	"responsible.signed":     0.82,

	"support.grown":     0.60,
	"support.relied-on": 0.72,
	"support.served":    0.65,
	"support.verb":      0.88,
}

// confidence is how sure a claim is: as sure as its rule and its names.
func (s *scene) confidence(c Claim) float64 {
	sure := ruleConfidence[c.Rule]
	for _, r := range []Ref{c.Subject, c.Object} {
		if r >= 0 && s.mentions[r].Confidence > 0 {
			sure *= s.mentions[r].Confidence
		}
	}
	return math.Round(sure*1000) / 1000
}
