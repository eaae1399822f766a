package resolve

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/lantu-kg/lantu/loaders/document"
	"github.com/lantu-kg/lantu/loaders/segment"
	"github.com/lantu-kg/lantu/schema"
)

var update = flag.Bool("update", false, "write the golden table of identity")

// annotated is a name that a reader of the reports annotated.
type annotated struct {
	report string
	line   int
	kind   schema.Kind
	name   string
}

type pair struct {
	a, b annotated
	same bool
	row  string
}

// shared gives the folder of the reports, which are not part of the project:
// LANTU_SHARED names it. Without it the test is skipped, but not where CI is set.
func shared(t *testing.T) string {
	t.Helper()
	root := os.Getenv("LANTU_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared")
	}
	if _, err := os.Stat(filepath.Join(root, "reports")); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("no reports: set LANTU_SHARED: %v", err)
		}
		t.Skipf("no reports: set LANTU_SHARED: %v", err)
	}
	return root
}

func readPairs(t *testing.T) []pair {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "pairs.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	var pairs []pair
	for row := range strings.Lines(string(data)) {
		row = strings.TrimSuffix(row, "\n")
		if strings.HasPrefix(row, "#") {
			continue
		}
		columns := strings.Split(row, "\t")
		if len(columns) < 3 || columns[2] != "same" && columns[2] != "different" {
			t.Fatalf("malformed pair %q", row)
		}
		p := pair{same: columns[2] == "same", row: row}
		for i, to := range []*annotated{&p.a, &p.b} {
			parts := strings.SplitN(columns[i], "/", 4)
			if len(parts) != 4 || !schema.Kind(parts[2]).Valid() {
				t.Fatalf("malformed name in %q", row)
			}
			line, err := strconv.Atoi(parts[1])
			if err != nil {
				t.Fatalf("malformed line in %q", row)
			}
			*to = annotated{parts[0], line, schema.Kind(parts[2]), parts[3]}
		}
		pairs = append(pairs, p)
	}
	return pairs
}

// TestIdentity scores the identity of names against what a reader of the
// reports says, whether or not extraction finds those names: each report's
// annotated names are resolved together. LANTU_ERRORS=pairs prints the errors.
func TestIdentity(t *testing.T) {
	dir := shared(t)
	g, err := segment.DefaultGazetteer()
	if err != nil {
		t.Fatal(err)
	}
	pairs := readPairs(t)
	names := map[string][]annotated{}
	seen := map[annotated]bool{}
	for _, p := range pairs {
		for _, a := range []annotated{p.a, p.b} {
			if !seen[a] {
				seen[a] = true
				names[a.report] = append(names[a.report], a)
			}
		}
	}
	x := resolver(t)
	id := map[annotated]string{}
	for report, list := range names {
		path := filepath.Join(dir, "reports", report+".txt")
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(string(text), "\n")
		doc, err := document.ReadFile(context.Background(), path)
		if err != nil {
			t.Fatal(err)
		}
		place, ok := g.Resolve(doc.Report.Region, "")
		if report == "chaoyang-2024" { // its head does not say of which city
			place, ok = g.ByCode("110105")
		}
		if !ok {
			t.Fatalf("%s: unknown region %q", report, doc.Report.Region)
		}
		var mentions []Mention
		for _, a := range list {
			if a.line >= len(lines) || !strings.Contains(lines[a.line], a.name) {
				t.Errorf("%s:%d: %s does not stand there", a.report, a.line, a.name)
			}
			mentions = append(mentions, Mention{Kind: a.kind, Name: a.name, Within: -1, Weight: 1})
		}
		r := x.Resolve(Region{Name: doc.Report.Region, Code: place.Code}, mentions)
		for i, a := range list {
			id[a] = r.Of[i]
		}
	}
	var table bytes.Buffer
	fmt.Fprintf(&table, "%-16s %6s %6s %9s %6s %6s %6s\n", "pairs", "same", "found", "precision", "recall", "F1", "all")
	for _, row := range []struct {
		title           string
		within, spelled bool // within one report; only names that are not written alike
	}{
		{"within a report", true, false}, {"across reports", false, false},
		{"within, unlike", true, true}, {"across, unlike", false, true},
	} {
		var same, found, right, all int
		for _, p := range pairs {
			if (p.a.report == p.b.report) != row.within || row.spelled && schema.NormalName(p.a.name) == schema.NormalName(p.b.name) {
				continue
			}
			all++
			one := id[p.a] == id[p.b]
			if p.same {
				same++
			}
			if one {
				found++
			}
			if one && p.same {
				right++
			}
			if one != p.same && !row.spelled && os.Getenv("LANTU_ERRORS") == "pairs" {
				fmt.Println(row.title, p.row)
			}
		}
		precision, recall := float64(right)/float64(found), float64(right)/float64(same)
		f1 := 2 * precision * recall / (precision + recall)
		fmt.Fprintf(&table, "%-16s %6d %6d %9.3f %6.3f %6.3f %6d\n", row.title, same, found, precision, recall, f1, all)
	}
	golden := filepath.Join("testdata", "identity.txt")
	if *update {
		if err := os.WriteFile(golden, table.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(table.Bytes(), want) {
		t.Errorf("the table has changed: look at LANTU_ERRORS=pairs, and write it with -update\n%s\nwas\n%s", table.Bytes(), want)
	}
}
