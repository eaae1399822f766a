package resolve

import (
	"bufio"
	_ "embed"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/lantu-kg/lantu/schema"
)

//go:embed splits.tsv
var ownSplits string

// Splits undo merges: each takes a rule, or all rules, from a name. A nil
// Splits takes none.
type Splits struct {
	rules map[splitKey]map[string]bool
}

type splitKey struct {
	kind schema.Kind
	name string // normal form
}

// ReadSplits reads rows of a kind, a name, a rule's id or *, and why, parted
// by tabs; lines that begin with # are comments. A mention's Merge tells which
// rules joined its name to its entity. source names the input in errors.
func ReadSplits(r io.Reader, source string) (*Splits, error) {
	s := &Splits{rules: map[splitKey]map[string]bool{}}
	scanner := bufio.NewScanner(r)
	for line := 1; scanner.Scan(); line++ {
		row := strings.TrimSuffix(scanner.Text(), "\r")
		if row == "" || strings.HasPrefix(row, "#") {
			continue
		}
		columns := strings.Split(row, "\t")
		if len(columns) != 4 {
			return nil, fmt.Errorf("%s:%d: %d columns: want kind, name, rule (or *) and why, parted by tabs", source, line, len(columns))
		}
		kind, name, rule := schema.Kind(columns[0]), schema.NormalName(columns[1]), columns[2]
		switch {
		case !kind.Valid():
			return nil, fmt.Errorf("%s:%d: no kind is called %q", source, line, columns[0])
		case name == "":
			return nil, fmt.Errorf("%s:%d: the name is empty", source, line)
		case rule != "*" && !slices.ContainsFunc(Rules, func(r Rule) bool { return r.ID == rule }):
			return nil, fmt.Errorf("%s:%d: no rule is called %q; * means all", source, line, rule)
		case rule == ruleSameName || rule == ruleOwnRegion:
			return nil, fmt.Errorf("%s:%d: the rule %s cannot be taken away: one name of a report is one thing", source, line, rule)
		}
		s.add(splitKey{kind, name}, rule)
	}
	if err := scanner.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", source, err)
	}
	return s, nil
}

func (s *Splits) add(key splitKey, rule string) {
	if s.rules[key] == nil {
		s.rules[key] = map[string]bool{}
	}
	s.rules[key][rule] = true
}

// with gives the splits of both.
func (s *Splits) with(other *Splits) *Splits {
	both := &Splits{rules: map[splitKey]map[string]bool{}}
	for _, one := range []*Splits{s, other} {
		if one == nil {
			continue
		}
		for key, rules := range one.rules {
			for rule := range rules {
				both.add(key, rule)
			}
		}
	}
	return both
}

// has reports whether a rule is taken from a name.
func (s *Splits) has(kind schema.Kind, name, rule string) bool {
	if s == nil || len(s.rules) == 0 {
		return false
	}
	rules := s.rules[splitKey{kind, schema.NormalName(name)}]
	return rules["*"] || rules[rule]
}
