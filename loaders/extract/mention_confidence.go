package extract

// nameConfidence is how often the names that each rule finds are right:
// measured on annotated reports (TestMentionConfidence), and a little less
// than that for what it will meet in others.
var nameConfidence = map[string]float64{
	"enterprise.again":   0.75,
	"enterprise.head":    0.83,
	"enterprise.known":   0.70,
	"enterprise.list":    0.77,
	"enterprise.placed":  0.63,
	"enterprise.quoted":  0.72,
	"enterprise.subject": 0.66,
	"enterprise.trade":   0.65,

	"event.again":  0.75,
	"event.head":   0.84,
	"event.held":   0.77,
	"event.known":  0.80,
	"event.list":   0.75,
	"event.quoted": 0.82,

	"facility.again":  0.75,
	"facility.head":   0.78,
	"facility.known":  0.82,
	"facility.list":   0.82,
	"facility.quoted": 0.72,

	"industry.grown":  0.75,
	"industry.known":  0.77,
	"industry.list":   0.85,
	"industry.quoted": 0.82,

	"inner.company": 0.70,
	"inner.phase":   0.70,

	"organization.again":  0.75,
	"organization.head":   0.70,
	"organization.known":  0.76,
	"organization.list":   0.75,
	"organization.quoted": 0.65,
	"organization.seat":   0.75,

	"park.again":  0.75,
	"park.head":   0.78,
	"park.list":   0.72,
	"park.quoted": 0.65,

	"person.known": 0.72,
	"person.post":  0.80,
	"person.title": 0.80,

	"place.gazetteer": 0.84,
	"place.head":      0.71,
	"place.list":      0.70,
	"place.quoted":    0.72,
	"place.stacked":   0.72,

	"program.again":      0.80,
	"program.epithet":    0.75,
	"program.head":       0.69,
	"program.instituted": 0.70,
	"program.issued":     0.88,
	"program.known":      0.90,
	"program.list":       0.67,
	"program.quoted":     0.88,
	"program.title":      0.85,

	"project.again":  0.75,
	"project.head":   0.79,
	"project.list":   0.69,
	"project.phase":  0.76,
	"project.quoted": 0.70,
}
