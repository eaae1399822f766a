package extract

import (
	"bytes"
	_ "embed"
	"fmt"
	"io"
	"math"
	"sort"
	"strconv"
	"sync"

	"github.com/klauspost/compress/zstd"

	"github.com/lantu-kg/lantu/loaders/logit"
	"github.com/lantu-kg/lantu/schema"
)

// The rules propose; the judge, learned from readers' annotations, says how
// probable it is that each proposal is right. Improbable names are dropped, and
// for the rest that probability is the confidence that readers see.

// Judge is what was learned: one regression each for names, claims and
// observations.
type Judge struct{ mentions, claims, observations *logit.Model }

// leastMention is the least probability with which a name is kept. Claims and
// numbers are all kept: dropping the improbable ones loses more than it wins,
// as docs/learning.md measures on regions that the judge had not learned from.
const leastMention = 0.25

//go:embed judge.bin
var judgeFile []byte

// builtinJudge is the judge inside the program, nil when there is none.
var builtinJudge = sync.OnceValues(func() (*Judge, error) {
	if len(judgeFile) == 0 {
		return nil, nil
	}
	return ReadJudge(bytes.NewReader(judgeFile))
})

// WithJudge returns an extractor that keeps to a judge; nil leaves the rules to
// themselves.
func (x *Extractor) WithJudge(j *Judge) *Extractor {
	y := *x
	y.judge = j
	return &y
}

// Write writes a judge to a file that ReadJudge reads.
func (j *Judge) Write(w io.Writer) error {
	z, err := zstd.NewWriter(w, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return err
	}
	for _, m := range []*logit.Model{j.mentions, j.claims, j.observations} {
		if err := m.Write(z); err != nil {
			return err
		}
	}
	return z.Close()
}

// ReadJudge reads a judge.
func ReadJudge(r io.Reader) (*Judge, error) {
	z, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, fmt.Errorf("extract: judge: %w", err)
	}
	defer z.Close()
	var j Judge
	for _, m := range []**logit.Model{&j.mentions, &j.claims, &j.observations} {
		if *m, err = logit.Read(z); err != nil {
			return nil, fmt.Errorf("extract: judge: %w", err)
		}
	}
	return &j, nil
}

// judgeMentions drops improbable names and says how sure the others are.
func (j *Judge) judgeMentions(x *Extractor, t *Text, mentions []Mention) []Mention {
	var kept []Mention
	for i, f := range x.mentionFeatures(t, mentions) {
		if p := j.mentions.Probability(f); p >= leastMention {
			m := mentions[i]
			m.Confidence = p
			kept = append(kept, m)
		}
	}
	return kept
}

func (j *Judge) judgeClaims(t *Text, mentions []Mention, claims []Claim) {
	for i := range claims {
		claims[i].Confidence = j.claims.Probability(claimFeatures(t, mentions, claims[i]))
	}
}

func (j *Judge) judgeObservations(t *Text, mentions []Mention, observations []Observation) {
	for i := range observations {
		observations[i].Confidence = j.observations.Probability(observationFeatures(t, mentions, observations[i]))
	}
}

// features gathers the hashed features of one proposal.
type features struct{ list logit.Features }

func (f *features) add(parts ...string) { f.list = append(f.list, logit.Hash(parts...)) }

// tenth gives a probability in tenths.
func tenth(p float64) string { return strconv.Itoa(int(p * 10)) }

// size gives a count up to a bound.
func size(n, most int) string { return strconv.Itoa(min(n, most)) }

// mentionFeatures tell the judge about each name that the rules found in a
// passage: how it was found, what it is made of, and what stands around it.
func (x *Extractor) mentionFeatures(t *Text, mentions []Mention) []logit.Features {
	verbs := verbsBefore(t)
	first := func(at int) (int, bool) { // token by where it starts
		k := sort.Search(len(t.Tokens), func(k int) bool { return t.Tokens[k].Start >= at })
		return k, k < len(t.Tokens) && t.Tokens[k].Start == at
	}
	last := func(at int) (int, bool) { // token by where it ends
		k := sort.Search(len(t.Tokens), func(k int) bool { return t.Tokens[k].End >= at })
		return k, k < len(t.Tokens) && t.Tokens[k].End == at
	}
	out := make([]logit.Features, len(mentions))
	for i, m := range mentions {
		f := features{make(logit.Features, 0, 64)}
		kind, runes, s := string(m.Kind), []rune(m.Name), m.Spans[0]
		n := len(runes)
		f.add("bias")
		f.add("kind", kind)
		f.add("rule", m.Rule)
		f.add("rule kind", m.Rule, kind)
		f.add("rule sure", tenth(m.Confidence), kind)
		f.add("length", kind, size(n, 20))
		f.add("rule length", m.Rule, size(n/2, 8))
		for k := 1; k <= 3; k++ {
			f.add("end", kind, string(runes[max(0, n-k):]))
		}
		f.add("begin 1", kind, string(runes[:1]))
		f.add("begin 2", kind, string(runes[:min(2, n)]))
		f.add("name", kind, m.Name)
		if head, ok := x.lexicon.LongestEndingAt(runes, n); ok {
			f.add("head tag", kind, head.Tag, strconv.FormatBool(head.Start == 0))
			f.add("head", kind, head.Word)
		}
		for k := 1; k <= 3; k++ {
			f.add("left", kind, string(t.Runes[max(0, s.Start-k):s.Start]))
			f.add("right", kind, string(t.Runes[s.End:min(len(t.Runes), s.End+k)]))
		}
		left, right := string(t.Runes[max(0, s.Start-1):s.Start]), string(t.Runes[s.End:min(len(t.Runes), s.End+1)])
		f.add("rule left", m.Rule, left)
		f.add("rule right", m.Rule, right)
		f.add("between", kind, left, right)
		f.add("mood", kind, string(t.Mood))
		f.add("times", kind, size(len(m.Spans), 3))
		f.add("aliases", kind, size(len(m.Aliases), 1))
		f.nesting(mentions, i)
		if k, ok := last(s.Start); ok {
			f.add("word before", kind, t.Tokens[k].Text)
			f.add("tag before", kind, t.Tokens[k].Tag)
			if k > 0 {
				f.add("words before", t.Tokens[k-1].Text, t.Tokens[k].Text)
			}
		}
		if k, ok := first(s.End); ok {
			f.add("word after", kind, t.Tokens[k].Text)
			f.add("tag after", kind, t.Tokens[k].Tag)
		}
		if k, ok := first(s.Start); ok {
			f.add("first word", kind, t.Tokens[k].Text)
			f.add("first tag", kind, t.Tokens[k].Tag)
			words, acts := 0, 0
			for ; k < len(t.Tokens) && t.Tokens[k].End <= s.End; k++ {
				words++
				if isVerb(t.Tokens[k].Tag) {
					acts++
				}
				f.add("word", kind, t.Tokens[k].Text)
			}
			f.add("words", kind, size(words, 8))
			f.add("verbs", kind, size(acts, 3))
		}
		for _, v := range verbs(s.Start) {
			f.add("governed", kind, v)
		}
		f.add("clause begins", kind, strconv.FormatBool(t.ClauseAt(s.Start).Start == s.Start))
		out[i] = f.list
	}
	return out
}

// nesting tells in which kind of name mention i stands, and which it holds.
func (f *features) nesting(mentions []Mention, i int) {
	m := mentions[i]
	s := m.Spans[0]
	for j, o := range mentions {
		if j == i {
			continue
		}
		for _, other := range o.Spans {
			switch {
			case other.Start <= s.Start && s.End <= other.End:
				f.add("inside", string(m.Kind), string(o.Kind))
			case s.Start <= other.Start && other.End <= s.End:
				f.add("holds", string(m.Kind), string(o.Kind))
			}
		}
	}
}

func isVerb(tag string) bool { return tag != "" && tag[0] == 'v' }

// verbsBefore gives a func that lists the verbs between a position and the
// beginning of its clause.
func verbsBefore(t *Text) func(at int) []string {
	return func(at int) []string {
		c := t.ClauseAt(at)
		var verbs []string
		for _, w := range t.tokensIn(c.Start, at) {
			if isVerb(w.Tag) {
				verbs = append(verbs, w.Text)
			}
		}
		return verbs
	}
}

// claimFeatures tell the judge about a claim: its rule, its ends and how sure
// they are, and the verbs of the words that say it.
func claimFeatures(t *Text, mentions []Mention, c Claim) logit.Features {
	var f features
	relation := string(c.Relation)
	kind := func(r Ref) (string, float64) {
		if r < 0 {
			return strconv.Itoa(int(r)), 1
		}
		return string(mentions[r].Kind), mentions[r].Confidence
	}
	subject, sureSubject := kind(c.Subject)
	object, sureObject := kind(c.Object)
	value := ""
	if info, ok := c.Relation.Info(); ok && info.Object == schema.ObjectStatus {
		value = c.Value
	}
	f.add("bias")
	f.add("relation", relation, value)
	f.add("rule", c.Rule)
	f.add("rule value", c.Rule, value)
	f.add("rule sure", c.Rule, tenth(c.Confidence))
	f.add("sure", relation, tenth(c.Confidence))
	f.add("subject", relation, subject)
	f.add("object", relation, object)
	f.add("ends", c.Rule, subject, object)
	f.add("subject sure", relation, tenth(sureSubject))
	f.add("object sure", relation, tenth(sureObject))
	f.add("ends sure", tenth(math.Min(sureSubject, sureObject)))
	f.add("mood", relation, value, string(t.Mood))
	f.add("modality", relation, value, string(c.Modality))
	f.add("length", relation, size((c.Span.End-c.Span.Start)/10, 10))
	if c.Subject >= 0 {
		m := mentions[c.Subject]
		f.add("subject rule", relation, m.Rule)
		f.add("subject value", value, subject, m.Rule)
	}
	for _, w := range t.tokensIn(c.Span.Start, c.Span.End) {
		if isVerb(w.Tag) {
			f.add("verb", relation, value, w.Text)
		}
	}
	return f.list
}

// observationFeatures tell the judge about a number: its rule and type, what
// it measures and in which unit, and whose it is.
func observationFeatures(t *Text, mentions []Mention, o Observation) logit.Features {
	var f features
	kind := string(o.Type)
	about, sure := "REGION", 1.0
	if o.About >= 0 {
		m := mentions[o.About]
		about, sure = string(m.Kind), m.Confidence
		f.add("owner rule", m.Rule)
		f.add("owner near", size(abs(o.Span.Start-m.Spans[0].End)/5, 12), kind)
	}
	measure := []rune(o.Measure)
	f.add("bias")
	f.add("type", kind)
	f.add("rule", o.Rule)
	f.add("rule about", o.Rule, about)
	f.add("rule sure", o.Rule, tenth(o.Confidence))
	f.add("about", kind, about)
	f.add("owner sure", about, tenth(sure))
	f.add("unit", kind, o.Unit)
	f.add("base", o.BaseUnit, about)
	f.add("length", kind, size(len(measure), 15))
	if n := len(measure); n > 0 {
		f.add("end", string(measure[max(0, n-2):]))
		f.add("begin", string(measure[:min(2, n)]))
	}
	f.add("far", kind, size(abs(o.Span.Start-o.MeasureSpan.End)/3, 10))
	f.add("after", strconv.FormatBool(o.MeasureSpan.Start >= o.Span.End), o.Rule)
	f.add("left", string(t.Runes[max(0, o.Span.Start-2):o.Span.Start]))
	f.add("right", string(t.Runes[o.Span.End:min(len(t.Runes), o.Span.End+2)]))
	// Whether a named thing that could own the number stands before it.
	named := 0
	s := t.SentenceAt(o.Span.Start)
	for _, m := range mentions {
		for _, at := range m.Spans {
			if at.Start >= s.Start && at.End <= o.Span.Start {
				named++
			}
		}
	}
	f.add("named", about, size(named, 4))
	return f.list
}

func abs(n int) int { return max(n, -n) }
