package extract

// confidence is how often a rule's claims were right on annotated reports.
func confidence(rule string) float64 {
	if c, ok := ruleConfidence[rule]; ok {
		return c
	}
	return 0.5
}

var ruleConfidence = map[string]float64{}
