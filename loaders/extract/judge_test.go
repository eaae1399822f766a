package extract

import (
	"bytes"
	"context"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/lantu-kg/lantu/loaders/document"
	"github.com/lantu-kg/lantu/loaders/gold"
)

// rules returns an extractor without the judge: tests of rules see all that
// the rules find.
func rules() (*Extractor, error) {
	x, err := New()
	if err != nil {
		return nil, err
	}
	return x.WithJudge(nil), nil
}

// annotated reads the annotations that the judge may learn from.
func annotated(t *testing.T) []Annotated {
	t.Helper()
	dir := shared(t)
	theirs, err := filepath.Glob(filepath.Join(dir, "gold", "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	own, err := filepath.Glob(filepath.Join("annotations", "*.json"))
	if err != nil || len(own) == 0 || len(theirs) == 0 {
		t.Fatalf("%d and %d annotations: %v", len(theirs), len(own), err)
	}
	all, err := ReadAnnotated(context.Background(), append(theirs, own...), filepath.Join(dir, "reports"))
	if err != nil {
		t.Fatal(err)
	}
	kept := all[:0]
	for _, a := range all {
		if !a.Named(blind) {
			kept = append(kept, a)
		}
	}
	return kept
}

// TestJudgeIsWhatTheAnnotationsTeach holds the committed weights to the rules
// and annotations that they were learned from.
func TestJudgeIsWhatTheAnnotationsTeach(t *testing.T) {
	if runtime.GOARCH != "amd64" {
		t.Skip("other processors round otherwise")
	}
	x, err := New()
	if err != nil {
		t.Fatal(err)
	}
	samples, err := x.Prepare(annotated(t))
	if err != nil {
		t.Fatal(err)
	}
	var learned bytes.Buffer
	if err := samples.Learn(nil).Write(&learned); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(learned.Bytes(), judgeFile) {
		t.Error("the rules or annotations have changed since the judge was learned: run 'make judge', then 'make golden'")
	}
}

// little is a report with an annotation of its one paragraph, in which the
// rules' finds are right only when named in good.
func little(t *testing.T, region, text string, good ...string) Annotated {
	t.Helper()
	doc, err := document.Read(context.Background(), region+".txt", strings.NewReader(
		"政府工作报告\n——2024年1月9日在"+region+"第三届人民代表大会第三次会议上\n"+region+"人民政府区长 陆望舒\n各位代表：\n"+text+"\n"))
	if err != nil {
		t.Fatal(err)
	}
	p := doc.Passages[len(doc.Passages)-1]
	g := gold.Passage{Line: p.Line, Hash: gold.HashOf(p.Text)}
	for _, name := range good {
		g.Entities = append(g.Entities, gold.Entity{Name: name, Kind: "PARK"})
	}
	return Annotated{doc, &gold.Document{Name: region, Region: []string{region}, Passages: []gold.Passage{g}}}
}

func TestJudgeDropsWhatReadersDoNotNameAndSaysHowSureItIs(t *testing.T) {
	x, err := New()
	if err != nil {
		t.Fatal(err)
	}
	x = x.WithJudge(nil)
	var lessons []Annotated
	for _, region := range []string{"甲水区", "乙山区", "丙河区", "丁江区", "戊湖区", "己岭区"} {
		lessons = append(lessons, little(t, region, "建设云帆科技园，建设星海科技园，建设玉泉物流基地，建设金桥物流基地。", "云帆科技园", "星海科技园"))
	}
	samples, err := x.Prepare(lessons)
	if err != nil {
		t.Fatal(err)
	}
	names := func(x *Extractor) map[string]float64 {
		found := map[string]float64{}
		for _, f := range x.Extract(little(t, "庚泉区", "建设青禾科技园，建设白马物流基地。").Document) {
			for _, m := range f.Mentions {
				found[m.Name] = m.Confidence
			}
		}
		return found
	}
	before := names(x)
	for _, name := range []string{"青禾科技园", "白马物流基地"} {
		if before[name] == 0 {
			t.Fatalf("the rules do not find %s: %v", name, before)
		}
	}
	j := samples.Learn(nil)
	after := names(x.WithJudge(j))
	if _, ok := after["白马物流基地"]; ok || after["青禾科技园"] < 0.7 {
		t.Errorf("judged %v", after)
	}
	// Who leaves the only lessons out has nothing to go by.
	if none := names(x.WithJudge(samples.Learn(func(string) bool { return true }))); none["白马物流基地"] != 0.5 || none["青禾科技园"] != 0.5 {
		t.Errorf("without lessons %v", none)
	}
	var file bytes.Buffer
	if err := j.Write(&file); err != nil {
		t.Fatal(err)
	}
	back, err := ReadJudge(&file)
	if err != nil {
		t.Fatal(err)
	}
	if got := names(x.WithJudge(back)); got["青禾科技园"] != after["青禾科技园"] {
		t.Errorf("after the file %v, before %v", got, after)
	}
}

func TestReadJudgeRefusesOtherBytes(t *testing.T) {
	for _, data := range []string{"", "no judge", "\x28\xb5\x2f\xfd"} {
		if _, err := ReadJudge(strings.NewReader(data)); err == nil {
			t.Errorf("%q is a judge", data)
		}
	}
}

func TestPrepareRefusesAnotherText(t *testing.T) {
	x, err := New()
	if err != nil {
		t.Fatal(err)
	}
	a := little(t, "甲水区", "建设云帆科技园。", "云帆科技园")
	a.Gold.Passages[0].Hash = gold.HashOf("别的文字")
	if _, err := x.Prepare([]Annotated{a}); err == nil || !strings.Contains(err.Error(), "甲水区") {
		t.Errorf("error %v", err)
	}
}
