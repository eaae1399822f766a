package main

import (
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// systems are those that Lantu is built for: some modules are of one alone.
var systems = []string{"linux", "darwin", "windows"}

// linked gives the folders of the modules that the binary is built of, by path
// and version.
func linked(t *testing.T) map[string]string {
	t.Helper()
	folders := map[string]string{}
	for _, system := range systems {
		cmd := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}\t{{.Dir}}{{end}}{{end}}", ".")
		cmd.Env = append(os.Environ(), "GOOS="+system, "CGO_ENABLED=0")
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("go list: %v", err)
		}
		for line := range strings.FieldsFuncSeq(string(out), func(r rune) bool { return r == '\n' }) {
			name, folder, _ := strings.Cut(line, "\t")
			folders[name] = folder
		}
	}
	return folders
}

var licenceFile = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice|patents)(\.txt|\.md)?$`)

// licenceOf gives all that a folder says of its licence.
func licenceOf(t *testing.T, name, folder string) string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, e := range entries {
		if !licenceFile.MatchString(e.Name()) {
			continue
		}
		text, err := os.ReadFile(filepath.Join(folder, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, strings.Trim(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n"))
	}
	if len(texts) == 0 {
		t.Errorf("%s has no licence", name)
	}
	return strings.Join(texts, "\n\n")
}

// TestLicences holds that 'lantu licenses' prints NOTICE and the licence of each
// module that is built in, of this version, and of Go itself.
func TestLicences(t *testing.T) {
	folders := linked(t)
	for name, folder := range folders {
		if strings.HasPrefix(name, "golang.org/x/sys ") {
			folders["The Go standard library"] = folder // whose licence not every installation of Go has beside it
		}
	}
	named := map[string][]string{} // by the text
	for _, name := range slices.Sorted(maps.Keys(folders)) {
		text := licenceOf(t, name, folders[name])
		named[text] = append(named[text], name)
	}
	notice, err := os.ReadFile("../../NOTICE")
	if err != nil {
		t.Fatal(err)
	}
	licence, err := os.ReadFile("../../LICENSE")
	if err != nil {
		t.Fatal(err)
	}
	rule := strings.Repeat("=", 80)
	want := string(notice) + "\n" + rule + "\nLantu\n" + rule + "\n" + string(licence)
	for _, text := range slices.SortedFunc(maps.Keys(named), func(a, b string) int { return strings.Compare(named[a][0], named[b][0]) }) {
		want += "\n" + rule + "\n" + strings.Join(named[text], "\n") + "\n" + rule + "\n" + text + "\n"
	}
	if *update {
		if err := os.WriteFile("licences.txt", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if got, _, code := lantu(t, "licenses"); code != 0 || got != want {
		t.Errorf("exit %d: the licences are not those of NOTICE and go.mod as they are now: run 'go test ./cmd/lantu -run Licences -update'", code)
	}
}
