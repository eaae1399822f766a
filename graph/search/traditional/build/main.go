// Build writes the table of traditional characters: each, a tab, and its
// simplified form, from OpenCC's dictionaries (Apache-2.0), for go generate.
package main

import (
	"bufio"
	"fmt"
	"os"
	"unicode/utf8"

	"github.com/longbridgeapp/opencc"
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
	converter, err := opencc.New("t2s")
	if err != nil {
		return err
	}
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(file)
	for r := rune(first); r <= last; r++ {
		simple, err := converter.Convert(string(r))
		if err != nil {
			return fmt.Errorf("%c: %w", r, err)
		}
		if simple != string(r) && utf8.RuneCountInString(simple) == 1 {
			fmt.Fprintf(w, "%c\t%s\n", r, simple)
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return file.Close()
}
