package extract

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/lantu-kg/lantu/schema"
)

// sums writes what follows from a passage's numbers and how they agree.
func sums(t *testing.T, text string, names ...named) []string {
	prepared, _, found := observed(t, text, schema.MoodReview, names...)
	check(prepared, found)
	var out []string
	seen := map[string]bool{}
	for _, o := range found {
		for _, d := range o.Derived {
			out = append(out, strings.TrimSpace(fmt.Sprintf("%s %v %s %s", d.Rule, d.Value, d.Unit, d.Period.From)))
		}
		for _, c := range o.Checks {
			if line := fmt.Sprintf("%s %v: %s", c.Rule, c.OK, c.Message); !seen[line] {
				seen[line] = true
				out = append(out, line)
			}
			for _, n := range c.With {
				if n < 0 || n >= len(found) {
					t.Errorf("%s: a check with number %d of %d", text, n, len(found))
				}
			}
		}
	}
	return out
}

func TestCheck(t *testing.T) {
	for _, test := range []struct {
		text string
		want []string
	}{
		{"实施项目137个，较上年增加17个。", []string{"derive.before 120 个 2023"}},
		{"城镇化率达到53%，较2016年提高3.3个百分点。", []string{"derive.before 49.7 % 2016"}},
		{"经营主体1.7万户，比上年减少0.2万户。", []string{"derive.before 1.9 万户 2023"}},
		{"实施项目137个，增加17个。", nil},      // since when is not said
		{"实施项目近137个，较上年增加17个。", nil},  // not exact
		{"工业总产值137亿元，同比增长7%。", nil},   // by comparable prices
		{"实施项目137个，企业较上年增加17家。", nil}, // of another
		{"新增项目5个，较上年增加17个。", []string{"check.difference false: 5 less 17 leaves -12, and a count cannot have been below nought"}},
		{"文化站从39个增加到91个。", []string{"derive.difference 52 个"}},
		{"文化站由39个增加到91个，增加52个。", []string{"check.difference true: from 39 to 91 is 52, said 52", "derive.difference 52 个"}},
		{"文化站由39个增加到91个，增加42个。", []string{"check.difference false: from 39 to 91 is 52, said 42", "derive.difference 52 个"}},
		{"文化站由40个增加到90个，增长125%。", []string{"check.difference true: from 40 to 90 is 125.0%, said 125%", "derive.difference 50 个"}},
		{"文化站由40个增加到90个，增长25%。", []string{"check.difference false: from 40 to 90 is 125.0%, said 25%", "derive.difference 50 个"}},
		{"失业率从5.6%下降到4.5%。", []string{"derive.difference -1.1 个百分点"}},
		{"新增企业8家，其中外资企业5家、民营企业3家。", []string{"check.parts true: the parts make 8 of 8"}},
		{"新增企业8家，其中外资企业5家。", []string{"check.parts true: the parts named make 5 of 8"}},
		{"新增企业8家，其中外资企业5家、民营企业4家。", []string{"check.parts false: the parts make 9, more than the total of 8"}},
		{"新增企业8家，其中外资企业9家。", []string{"check.parts false: a part of 9 is more than the total of 8"}},
		{"新增企业超8家，其中外资企业5家、民营企业4家。", nil}, // more than eight
		{"新增企业1.7万家，其中外资企业3000家。", []string{"check.parts true: the parts named make 3000 of 17000"}},
		{"新建公园5个、游园3个，共8个。", []string{"check.parts true: the parts make 8, said 8"}},
		{"新建公园5个、游园3个，共9个。", []string{"check.parts false: the parts make 8, said 9"}},
		{"工业投资、民间投资分别增长5%和7%。", []string{"check.respectively true: 2 members before 分别, 2 numbers behind it"}},
		{"工业投资、民间投资、技改投资分别增长5%和7%。", []string{"check.respectively false: 3 members before 分别, 2 numbers behind it"}},
		{"城镇和农村居民收入分别增长5%、7%。", []string{"check.respectively true: 1 members before 分别, 2 numbers behind it"}},
		{"三次产业占比分别为5.1%、40.2%、54.7%。", []string{"check.shares true: the shares make 100%"}},
		{"三次产业占比分别为5.1%、40.2%、64.7%。", []string{"check.shares false: the shares make 110%"}},
	} {
		if got := sums(t, test.text); !slices.Equal(got, test.want) {
			t.Errorf("%s\n got %q\nwant %q", test.text, got, test.want)
		}
	}
}

func TestUnspokenSubjects(t *testing.T) {
	park, plant := named{"云岭科技园", schema.KindPark}, named{"云岭水厂", schema.KindFacility}
	for _, test := range []struct {
		text  string
		names []named
		want  []string // measure | about
	}{
		{"云岭科技园正式开园。该园区总投资达3亿元。", []named{park}, []string{"总投资 | 云岭科技园"}},
		{"云岭水厂扩建，云岭科技园开园，该园区年产值达3亿元。", []named{park, plant}, []string{"年产值 | 云岭科技园"}},
		{"云岭科技园正式开园。全县上下一心。该园区总投资达3亿元。", []named{park}, []string{"该园区总投资 | REGION"}},
		{"我县旅游收入达3亿元。", []named{}, []string{"旅游收入 | REGION"}},
		{"云岭科技园入驻企业120家，其中规上企业30家。", []named{park}, []string{"入驻企业 | 云岭科技园", "规上企业 | 云岭科技园"}},
	} {
		_, mentions, found := observed(t, test.text, schema.MoodReview, test.names...)
		var got []string
		for _, o := range found {
			about := "REGION"
			if o.About >= 0 {
				about = mentions[o.About].Name
			}
			got = append(got, o.Measure+" | "+about)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s\n got %q\nwant %q", test.text, got, test.want)
		}
	}

	x := extractorForTest(t)
	text, mentions := prepare(t, "{云岭科技园|园区}揭牌。{青松制药|企业}入驻该园区。该项目停滞。", nil, false)
	spans := len(mentions[0].Spans)
	var got []string
	for _, c := range x.relate(text, mentions) {
		if c.Relation == schema.SettledIn && c.Object >= 0 {
			got = append(got, mentions[c.Subject].Name+" "+mentions[c.Object].Name)
		}
	}
	if !slices.Equal(got, []string{"青松制药 云岭科技园"}) {
		t.Errorf("settled: %q", got)
	}
	if len(mentions[0].Spans) != spans {
		t.Error("a pronoun became a place of the name")
	}
}
