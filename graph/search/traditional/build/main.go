// Build writes the table of traditional characters: each, a tab, and its
// simplified form, from OpenCC's dictionary (Apache-2.0), for go generate.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"unicode/utf8"
)

// The module whose files have OpenCC's dictionaries. It is fetched as a file
// only: its code is under Apache-2.0, but what that imports is not.
const (
	module    = "github.com/longbridgeapp/opencc@v0.3.13"
	moduleSum = "h1:H8r4oXL4s+oR3gbBb4tW4D26jT+Mc5+znzwAnXsx4ao="
)

// The block of common characters.
const (
	first = 0x4E00
	last  = 0x9FFF
)

func main() {
	if err := build("traditional/characters.tsv"); err != nil {
		fmt.Fprintln(os.Stderr, "build:", err)
		os.Exit(1)
	}
}

func build(path string) error {
	simple, err := characters()
	if err != nil {
		return err
	}
	var table strings.Builder
	for r := rune(first); r <= last; r++ {
		if s := simple[string(r)]; s != "" && s != string(r) {
			fmt.Fprintf(&table, "%c\t%s\n", r, s)
		}
	}
	return os.WriteFile(path, []byte(table.String()), 0o644)
}

// characters gives the simplified form of each character, the commonest of several.
func characters() (map[string]string, error) {
	var fetched struct{ Dir, Sum, Error string }
	answer, err := exec.CommandContext(context.Background(), "go", "mod", "download", "-json", module).Output()
	if err := errors.Join(json.Unmarshal(answer, &fetched), err); err != nil {
		return nil, fmt.Errorf("%s: %w %s", module, err, fetched.Error)
	}
	if fetched.Sum != moduleSum {
		return nil, fmt.Errorf("%s: its sum is %s, not %s", module, fetched.Sum, moduleSum)
	}
	file, err := os.Open(filepath.Join(fetched.Dir, "dictionary", "TSCharacters.txt"))
	if err != nil {
		return nil, err
	}
	simple := map[string]string{}
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		character, forms, _ := strings.Cut(lines.Text(), "\t")
		form, _, _ := strings.Cut(forms, " ")
		if utf8.RuneCountInString(form) == 1 {
			simple[character] = form
		}
	}
	return simple, errors.Join(lines.Err(), file.Close())
}
