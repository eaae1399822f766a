package gold

import (
	"math"
	"strings"
	"testing"

	"github.com/lantu-kg/lantu/schema"
)

func TestCalibration(t *testing.T) {
	sure := func(name string, p float64) Entity {
		return Entity{Name: name, Kind: schema.KindPlace, Found: Found{Confidence: p}}
	}
	annotated := &Document{Passages: []Passage{{Line: 1, Entities: []Entity{sure("甲镇", 0), sure("乙镇", 0), sure("丙镇", 0)}}}}
	c := Calibration{}
	c.Add(annotated, []Passage{
		{Line: 1, Entities: []Entity{sure("甲镇", 0.95), sure("乙镇", 0.95), sure("错镇", 0.9), sure("丙镇", 0.3), sure("又错", 1)}},
		{Line: 2, Entities: []Entity{sure("没标", 0.9)}},
	})
	if b := c[MeasureEntity][9]; b.Found != 4 || b.Right != 2 || math.Abs(b.Said-3.8) > 1e-9 {
		t.Errorf("the last tenth: %+v", b)
	}
	// 4 × |0.95-0.5| and 1 × |0.3-1|, over 5.
	if e := c.Error(MeasureEntity); math.Abs(e-0.5) > 1e-9 {
		t.Errorf("error %v", e)
	}
	// 0.05² twice, 0.9² and 1² wrong, 0.7² too unsure, over 5.
	if b := c.Brier(MeasureEntity); math.Abs(b-(2*0.0025+0.81+1+0.49)/5) > 1e-9 {
		t.Errorf("Brier score %v", b)
	}
	var w strings.Builder
	if err := c.Write(&w); err != nil {
		t.Fatal(err)
	}
	if want := "entity       0.9 to 1.0  said 0.95  right 0.50  (4 found)\n"; !strings.Contains(w.String(), want) {
		t.Errorf("no row %q in\n%s", want, w.String())
	}
}
