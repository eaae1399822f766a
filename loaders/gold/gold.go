// Package gold holds findings in the form of a gold annotation, and scores
// what was extracted from a report against what a careful reader found.
package gold

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/lantu-kg/lantu/schema"
)

// Region is the name that stands for the report's own region where it is the
// unspoken subject or place.
const Region = "REGION"

// Document is one report's annotation.
type Document struct {
	Name     string    `json:"doc"`
	File     string    `json:"file"`
	Region   []string  `json:"region"` // names by which the report calls its own region
	Passages []Passage `json:"passages"`
}

// Passage is what stands in one paragraph.
type Passage struct {
	Line         int           `json:"line"` // 0-based line of the report's text file
	Text         string        `json:"text,omitempty"`
	Hash         string        `json:"hash,omitempty"` // in place of the text: see HashOf
	Entities     []Entity      `json:"entities"`
	Claims       []Claim       `json:"claims"`
	Observations []Observation `json:"observations"`
	Ranks        []Claim       `json:"ranks,omitempty"` // claims RANKED, which annotations do not hold and scores do not count
}

// HashOf names a passage's text by 64 bits of its SHA-256, in hexadecimal.
func HashOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:8])
}

// Of reports whether the annotation is of a passage with this text.
func (p Passage) Of(text string) bool {
	if p.Hash != "" {
		return p.Hash == HashOf(text)
	}
	return p.Text == text
}

// Found says where a thing stands and which rule found it. Annotations made
// by readers leave it empty.
type Found struct {
	Span       *schema.Span `json:"span,omitempty"` // code points of the passage's text
	Rule       string       `json:"rule,omitempty"`
	Confidence float64      `json:"confidence,omitempty"`
}

// Entity is a named thing, once a passage.
type Entity struct {
	Name    string      `json:"name"`
	Kind    schema.Kind `json:"kind"`
	Aliases []string    `json:"aliases,omitempty"`
	Found
}

// Claim relates two names of the passage's entities, or [Region], or holds a
// text or status as object.
type Claim struct {
	Subject  string          `json:"subject"`
	Relation schema.Relation `json:"relation"`
	Object   string          `json:"object"`
	Found
}

// Observation is one measured number.
type Observation struct {
	About   string                 `json:"about"`
	Measure string                 `json:"measure"`
	Value   float64                `json:"value"`
	Unit    string                 `json:"unit"`
	Type    schema.ObservationType `json:"type"`
	Quote   string                 `json:"quote"`
	Found
}

// ReadFile reads an annotation file.
func ReadFile(path string) (*Document, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var d Document
	if err := json.Unmarshal(data, &d); err != nil {
		return nil, fmt.Errorf("%s: not a gold annotation: %w", path, err)
	}
	if d.Name == "" || len(d.Passages) == 0 {
		return nil, fmt.Errorf(`%s: not a gold annotation: "doc" or "passages" is missing`, path)
	}
	if d.File == "" {
		d.File = d.Name + ".txt"
	}
	return &d, nil
}

// ReportFile finds the report that the annotation at path is of: beside the
// annotation, or in the folder reports beside the annotation's folder.
func (d *Document) ReportFile(path string) (string, error) {
	dir := filepath.Dir(path)
	name := filepath.Base(d.File)
	for _, candidate := range []string{
		filepath.Join(dir, name),
		filepath.Join(dir, "..", "reports", name),
	} {
		if _, err := os.Stat(candidate); err == nil {
			return candidate, nil
		}
	}
	return "", fmt.Errorf("%s: its report %s is neither beside it nor in ../reports", path, name)
}
