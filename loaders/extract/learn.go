package extract

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/lantu-kg/lantu/loaders/document"
	"github.com/lantu-kg/lantu/loaders/gold"
	"github.com/lantu-kg/lantu/loaders/logit"
)

// Annotated is a report together with a reader's annotation of some of its
// passages.
type Annotated struct {
	Document *document.Document
	Gold     *gold.Document
}

// ReadAnnotated reads annotation files and the reports that they are of: from
// the folder reports, or where [gold.Document.ReportFile] finds them when it
// is "".
func ReadAnnotated(ctx context.Context, annotations []string, reports string) ([]Annotated, error) {
	out := make([]Annotated, len(annotations))
	for i, path := range annotations {
		g, err := gold.ReadFile(path)
		if err != nil {
			return nil, err
		}
		file := filepath.Join(reports, filepath.Base(g.File))
		if reports == "" {
			if file, err = g.ReportFile(path); err != nil {
				return nil, err
			}
		}
		doc, err := document.ReadFile(ctx, file)
		if err != nil {
			return nil, err
		}
		out[i] = Annotated{doc, g}
	}
	return out, nil
}

// Named reports whether the annotation's name begins with one of the names.
func (a Annotated) Named(names []string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return n != "" && strings.HasPrefix(a.Gold.Name, n) })
}

// Region is what tells the annotated report's region from others.
func (a Annotated) Region() string {
	if len(a.Gold.Region) > 0 {
		return a.Gold.Region[0]
	}
	return a.Gold.Name
}

// judgeOptions were chosen by scores on regions held out.
var judgeOptions = logit.Options{Epochs: 8, Rate: 0.03, L2: 0.05, MinSeen: 2, Seed: 1}

// sample is an annotated passage with what the rules find in it.
type sample struct {
	text     *Text
	gold     gold.Passage
	region   []string
	mentions []Mention
	features []logit.Features // of the mentions
	right    []bool           // which mentions the annotation has
}

// Samples are annotated passages prepared for learning.
type Samples struct {
	x       *Extractor
	regions []string // of each report
	passage [][]sample
}

// Prepare reads annotated reports with the rules, so that judges can be
// learned from any of them.
func (x *Extractor) Prepare(reports []Annotated) (*Samples, error) {
	s := &Samples{x: x}
	for _, r := range reports {
		annotated := map[int]gold.Passage{}
		for _, p := range r.Gold.Passages {
			annotated[p.Line] = p
		}
		texts := x.texts(r.Document)
		mentions := x.mentions(texts)
		x.refine(texts, mentions)
		var samples []sample
		for i, t := range texts {
			p, ok := annotated[t.Passage.Line]
			if !ok {
				continue
			}
			if !p.Of(t.Passage.Text) {
				return nil, fmt.Errorf("%s: line %d of the report reads otherwise than its annotation", r.Gold.Name, p.Line)
			}
			right, _, _ := gold.Right(r.Gold.Region, p, Found{Mentions: mentions[i]}.Gold(t.Passage))
			samples = append(samples, sample{
				t, p, r.Gold.Region, mentions[i], x.mentionFeatures(t, mentions[i]), right,
			})
		}
		// A line of a page's furniture may be annotated, but is not read.
		if missing := len(r.Gold.Passages) - len(samples); missing > len(samples) {
			return nil, fmt.Errorf("%s: %d of %d annotated lines are not in the report", r.Gold.Name, missing, len(r.Gold.Passages))
		}
		s.regions = append(s.regions, r.Region())
		s.passage = append(s.passage, samples)
	}
	return s, nil
}

// folds is into how many parts the reports are put when the judge of claims
// and observations is to learn from names judged by one that has not seen
// them.
const folds = 5

// Learn fits a judge to the reports whose region leaveOut does not name; nil
// leaves out none. The same reports give the same judge.
func (s *Samples) Learn(leaveOut func(region string) bool) *Judge {
	part := map[string]int{} // fold by region
	var reports []int
	for i, region := range s.regions {
		if leaveOut != nil && leaveOut(region) {
			continue
		}
		if _, ok := part[region]; !ok {
			part[region] = len(part) % folds
		}
		reports = append(reports, i)
	}
	learnMentions := func(without int) *logit.Model {
		var examples []logit.Example
		for _, i := range reports {
			if part[s.regions[i]] == without {
				continue
			}
			for _, p := range s.passage[i] {
				for k, f := range p.features {
					examples = append(examples, logit.Example{Features: f, Right: p.right[k]})
				}
			}
		}
		return logit.Train(examples, judgeOptions)
	}
	var claims, observations []logit.Example
	for fold := range folds {
		j := &Judge{mentions: learnMentions(fold)}
		for _, i := range reports {
			if part[s.regions[i]] != fold {
				continue
			}
			for _, p := range s.passage[i] {
				f := Found{Mentions: j.judgeMentions(s.x, p.text, p.mentions)}
				f.Claims = s.x.relate(p.text, f.Mentions)
				f.Observations = s.x.observe(p.text, f.Mentions)
				_, rightClaims, rightObservations := gold.Right(p.region, p.gold, f.Gold(p.text.Passage))
				for k, c := range f.Claims {
					claims = append(claims, logit.Example{Features: claimFeatures(p.text, f.Mentions, c), Right: rightClaims[k]})
				}
				for k, o := range f.Observations {
					observations = append(observations,
						logit.Example{Features: observationFeatures(p.text, f.Mentions, o), Right: rightObservations[k]})
				}
			}
		}
	}
	return &Judge{
		mentions:     learnMentions(-1),
		claims:       logit.Train(claims, judgeOptions),
		observations: logit.Train(observations, judgeOptions),
	}
}
