package loaders

import (
	"context"
	"slices"

	"github.com/lantu-kg/lantu/loaders/extract"
	"github.com/lantu-kg/lantu/loaders/gold"
)

// Evaluation says what to score extraction on.
type Evaluation struct {
	Annotations []string // annotation files to score
	Reports     string   // folder of the reports; "" looks where annotations do
	KeepMisses  bool     // list what was missed and what was found too much
	RulesOnly   bool     // leave the judge out

	// LeaveOneRegionOut scores each region's reports with a judge that has
	// learned from the other regions' alone: from Annotations and Learn, but
	// for those whose names begin as one of HoldOut.
	LeaveOneRegionOut bool
	Learn             []string
	HoldOut           []string
}

// Evaluate scores extraction against readers' annotations.
func (l *Loader) Evaluate(ctx context.Context, e Evaluation) (*gold.Score, gold.Calibration, error) {
	scored, err := extract.ReadAnnotated(ctx, e.Annotations, e.Reports)
	if err != nil {
		return nil, nil, err
	}
	whole := l.extractor
	if e.RulesOnly {
		whole = whole.WithJudge(nil)
	}
	extractorFor := func(string) *extract.Extractor { return whole }
	if e.LeaveOneRegionOut {
		more, err := extract.ReadAnnotated(ctx, e.Learn, e.Reports)
		if err != nil {
			return nil, nil, err
		}
		learned := slices.DeleteFunc(append(slices.Clone(scored), more...), func(a extract.Annotated) bool { return a.Named(e.HoldOut) })
		samples, err := l.extractor.Prepare(learned)
		if err != nil {
			return nil, nil, err
		}
		judges := map[string]*extract.Extractor{}
		extractorFor = func(region string) *extract.Extractor {
			if judges[region] == nil {
				judges[region] = l.extractor.WithJudge(samples.Learn(func(r string) bool { return r == region }))
			}
			return judges[region]
		}
	}
	score, calibration := gold.NewScore(), gold.Calibration{}
	score.KeepMisses = e.KeepMisses
	for _, a := range scored {
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		var found []gold.Passage
		for i, f := range extractorFor(a.Region()).Extract(a.Document) {
			found = append(found, f.Gold(a.Document.Passages[i]))
		}
		score.Add(a.Gold, found)
		calibration.Add(a.Gold, found)
	}
	return score, calibration, nil
}
