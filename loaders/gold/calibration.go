package gold

import (
	"fmt"
	"io"
	"strings"
)

// Calibration compares how sure the finder said it was with how often it was
// right, in tenths of confidence.
type Calibration map[Measure]*[10]Bin

// Bin is what was found with a confidence in one tenth.
type Bin struct {
	Found, Right int
	Said         float64 // sum of the confidences
	Squares      float64 // sum of the squared differences between confidence and outcome
}

// Add counts a report's findings in annotated passages.
func (c Calibration) Add(gold *Document, found []Passage) {
	annotated := map[int]Passage{}
	for _, p := range gold.Passages {
		annotated[p.Line] = p
	}
	for _, p := range found {
		g, ok := annotated[p.Line]
		if !ok {
			continue
		}
		entities, claims, observations := Right(gold.Region, g, p)
		for i, right := range entities {
			c.add(MeasureEntity, p.Entities[i].Confidence, right)
		}
		for i, right := range claims {
			c.add(MeasureClaim, p.Claims[i].Confidence, right)
		}
		for i, right := range observations {
			c.add(MeasureObservation, p.Observations[i].Confidence, right)
		}
	}
}

func (c Calibration) add(m Measure, confidence float64, right bool) {
	if c[m] == nil {
		c[m] = &[10]Bin{}
	}
	b := &c[m][max(0, min(9, int(confidence*10)))]
	b.Found++
	b.Said += confidence
	outcome := 0.0
	if right {
		b.Right++
		outcome = 1
	}
	b.Squares += (confidence - outcome) * (confidence - outcome)
}

// Error is the expected calibration error of a measure: how far, on average
// over what was found, what was said lies from what was right (Naeini, Cooper
// and Hauskrecht, 2015, with ten bins of equal width).
func (c Calibration) Error(m Measure) float64 {
	if c[m] == nil {
		return 0
	}
	off, found := 0.0, 0
	for _, b := range c[m] {
		off += max(b.Said-float64(b.Right), float64(b.Right)-b.Said)
		found += b.Found
	}
	return off / float64(max(found, 1))
}

// Brier is the mean squared difference between confidence and outcome (Brier,
// 1950): 0 for a finder that is sure and right, and the less the better it
// tells right from wrong.
func (c Calibration) Brier(m Measure) float64 {
	if c[m] == nil {
		return 0
	}
	squares, found := 0.0, 0
	for _, b := range c[m] {
		squares += b.Squares
		found += b.Found
	}
	return squares / float64(max(found, 1))
}

// Write writes a row a tenth and measure, and a measure's error and Brier score.
func (c Calibration) Write(w io.Writer) error {
	var s strings.Builder
	for _, m := range Measures {
		if c[m] == nil {
			continue
		}
		for i, b := range c[m] {
			if b.Found > 0 {
				fmt.Fprintf(&s, "%-12s %.1f to %.1f  said %.2f  right %.2f  (%d found)\n", m,
					float64(i)/10, float64(i+1)/10, b.Said/float64(b.Found), ratio(b.Right, b.Found), b.Found)
			}
		}
		fmt.Fprintf(&s, "%-12s expected calibration error %.3f  Brier score %.3f\n", m, c.Error(m), c.Brier(m))
	}
	_, err := io.WriteString(w, s.String())
	return err
}
