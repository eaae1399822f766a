package document

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// shared returns the folder of real reports, which are no part of the project:
// LANTU_SHARED names the folder they are in. Without them the test is skipped,
// except in CI.
func shared(t testing.TB) string {
	t.Helper()
	root := os.Getenv("LANTU_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared")
	}
	dir := filepath.Join(root, "reports")
	if _, err := os.Stat(dir); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("no reports: set LANTU_SHARED: %v", err)
		}
		t.Skipf("no reports: set LANTU_SHARED: %v", err)
	}
	return dir
}

// heads says what the heads of the real reports say.
var heads = []struct{ file, region, date, speaker, post string }{
	{"beijing-2025", "北京市", "2025-01-14", "殷勇", "市长"},
	{"beijing-2026", "北京市", "2026-01-25", "殷勇", "市长"},
	{"chaoyang-2024", "朝阳区", "2024-12-19", "魏思源", "朝阳区发展和改革委员会主任"},
	{"dingxing-2022", "定兴县", "2022-01-26", "吴鹏", "县长"},
	{"fujian-2026", "福建省", "2026-01-27", "赵龙", "省长"},
	{"fuping-2022", "阜平县", "2022-01-27", "王占祥", "县长"},
	{"gaotang-2022", "高唐县", "2022-01-28", "杨曙光", "县长"},
	{"gaotang-2023", "高唐县", "2023-01-08", "杨曙光", "县长"},
	{"gaotang-2025", "高唐县", "2025-01-15", "杨曙光", "县长"},
	{"guangdong-2026", "广东省", "2026-01-26", "孟凡利", "省长"},
	{"hubei-2026", "湖北省", "2026-01-27", "李殿勋", "省长"},
	{"hunan-2026", "湖南省", "2026-02-03", "毛伟明", "省长"},
	{"jiangsu-2026", "江苏省", "2026-02-03", "刘小涛", "省长"},
	{"laishui-2022", "涞水县", "2022-02-18", "宋战彪", "县长"},
	{"laiyuan-2025", "涞源县", "2025-01-14", "薛春雷", "代县长"},
	{"lixian-2022", "蠡县", "2022-01-27", "高波", "县长"},
	{"mancheng-2020", "保定市满城区", "2020-01-21", "程杰", "区长"},
	{"mancheng-2023", "保定市满城区", "2023-01-11", "晏中亚", "区长"},
	{"qingyuan-2023", "保定市清苑区", "2023-01-13", "李英英", "区长"},
	{"qingyuan-2025", "保定市清苑区", "2025-01-13", "李英英", "区长"},
	{"quyang-2022", "曲阳县", "2022-01-27", "袁大海", "县长"},
	{"shunping-2022", "顺平县", "2022-01-27", "刘玉辉", "县长"},
	{"sichuan-2026", "四川省", "2026-02-03", "施小琳", "省长"},
	{"tianjin-2026", "天津市", "2026-01-26", "张工", "市长"},
	{"yixian-2025", "易县", "2025-01-14", "丁磊", "代县长"},
	{"zhejiang-2026", "浙江省", "2026-01-14", "刘捷", "省长"},
	{"zhumadian-2022", "驻马店市", "2022-03-02", "李跃勇", "市长"},
	{"zhumadian-2023", "驻马店市", "2023-01-04", "李跃勇", "市长"},
	{"zhumadian-2024", "驻马店市", "2024-02-21", "李跃勇", "市长"},
	{"zhumadian-2025", "驻马店市", "2025-02-21", "李跃勇", "市长"},
	{"zhumadian-2026", "驻马店市", "2026-02-28", "王玲", "代市长"},
}

// furnitureOf is how many lines of furniture the files hold that are otherwise
// clean: navigation, and a line that names the source.
var furnitureOf = map[string]int{"chaoyang-2024": 1, "beijing-2025": 1}

func TestRealReports(t *testing.T) {
	dir := shared(t)
	files, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	if err != nil || len(files) != len(heads) {
		t.Fatalf("%d files in %s, heads of %d are known: %v", len(files), dir, len(heads), err)
	}
	for _, want := range heads {
		path := filepath.Join(dir, want.file+".txt")
		doc, err := ReadFile(context.Background(), path)
		if err != nil {
			t.Error(err)
			continue
		}
		checkDocument(t, doc)
		r := doc.Report
		if r.Region != want.region || r.Date != want.date || r.Speaker != want.speaker || r.Post != want.post {
			t.Errorf("%s: got %s %s %s %s", want.file, r.Region, r.Date, r.Speaker, r.Post)
		}
		if !strings.HasPrefix(r.Issuer, want.region) || !strings.Contains(r.Meeting, "会议") || !strings.HasSuffix(r.Title, "报告") {
			t.Errorf("%s: got %s %s %s", want.file, r.Issuer, r.Meeting, r.Title)
		}
		// All but chaoyang's are heard at the year's beginning.
		year := want.date[:4]
		if wantAim := year; want.file == "chaoyang-2024" {
			if r.Period.From != year || r.Period.To != year || !r.Aim.IsZero() {
				t.Errorf("%s: period %v, aim %v", want.file, r.Period, r.Aim)
			}
		} else if r.Aim.From != wantAim || r.Period.To >= wantAim {
			t.Errorf("%s: period %v, aim %v", want.file, r.Period, r.Aim)
		}
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(string(data), "\n")
		seen := 0
		for _, line := range lines {
			if strings.TrimSpace(line) != "" {
				seen++
			}
		}
		if lost := seen - len(doc.Passages); lost != furnitureOf[want.file] {
			t.Errorf("%s: %d lines taken away, want %d", want.file, lost, furnitureOf[want.file])
		}
		for _, p := range doc.Passages {
			if strings.TrimSpace(lines[p.Line]) != p.Text {
				t.Errorf("%s: line %d is not %q", want.file, p.Line, p.Text)
			}
		}
		moods := map[string]bool{}
		for _, s := range doc.Sections {
			moods[string(s.Mood)] = true
		}
		if !moods["REVIEW"] || moods["PLAN"] == r.Aim.IsZero() {
			t.Errorf("%s: moods %v", want.file, moods)
		}
	}
}

// A page with its furniture is read as the clean report is.
func TestRawTwins(t *testing.T) {
	dir := shared(t)
	files, err := filepath.Glob(filepath.Join(dir, "raw", "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no raw reports in %s: %v", dir, err)
	}
	for _, path := range files {
		raw, err := ReadFile(context.Background(), path)
		if err != nil {
			t.Error(err)
			continue
		}
		clean, err := ReadFile(context.Background(), filepath.Join(dir, filepath.Base(path)))
		if err != nil {
			t.Error(err)
			continue
		}
		got, want := texts(raw), texts(clean)
		for i := range max(len(got), len(want)) {
			if i >= len(got) || i >= len(want) || got[i] != want[i] {
				t.Errorf("%s: passage %d of %d and %d differs", filepath.Base(path), i, len(got), len(want))
				break
			}
		}
		a, b := raw.Report, clean.Report
		if a.ID != b.ID || a.Region != b.Region || a.Date != b.Date || a.Speaker != b.Speaker || a.Period != b.Period {
			t.Errorf("%s: got %+v, want %+v", filepath.Base(path), a, b)
		}
		if x, y := outlineTexts(raw), outlineTexts(clean); x != y {
			t.Errorf("%s: sections\n%s\nwant\n%s", filepath.Base(path), x, y)
		}
	}
}

// outlineTexts is the outline without its line numbers.
func outlineTexts(doc *Document) string {
	var b strings.Builder
	for _, s := range doc.Sections {
		b.WriteString(s.Number + s.Heading + string(s.Mood) + s.Period.From + s.Period.To + "\n")
	}
	return b.String()
}
