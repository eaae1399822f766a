package loaders

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"

	"github.com/lantu-kg/lantu/loaders/document"
	"github.com/lantu-kg/lantu/loaders/extract"
	"github.com/lantu-kg/lantu/schema"
)

// What can be wrong with a table and its mapping.
var (
	// ErrMapping: the mapping file says something that cannot be meant.
	ErrMapping = errors.New("wrong mapping")
	// ErrTable: a table that does not fit its mapping.
	ErrTable = errors.New("wrong table")
)

// Mapping says what the columns of a table mean. Columns are named by their
// headers. A kind or relation is one of the vocabulary, or else a column that
// gives it row by row, in English or Chinese.
type Mapping struct {
	Title     string            `yaml:"title"`  // of the register; the file's name when empty
	Region    string            `yaml:"region"` // whose names they are, in full
	Date      string            `yaml:"date"`   // YYYY, YYYY-MM or YYYY-MM-DD
	Entities  []EntityMapping   `yaml:"entities"`
	Relations []RelationMapping `yaml:"relations"`
}

// EntityMapping is a column of names.
type EntityMapping struct {
	Name    string   `yaml:"name"`
	Kind    string   `yaml:"kind"`
	Aliases []string `yaml:"aliases"` // columns of other names, several parted by 、 or ；
	Place   string   `yaml:"place"`   // column of the place that it lies in
}

// RelationMapping is a statement that every row makes of two columns.
type RelationMapping struct {
	Subject  string `yaml:"subject"` // a column of the entities
	Relation string `yaml:"relation"`
	Object   string `yaml:"object"`   // a column of the entities, of text or of statuses, as the relation asks
	Modality string `yaml:"modality"` // FACT, unless it says AIM
}

// ReadMapping reads a mapping file: YAML, or JSON, which is YAML too.
func ReadMapping(path string) (*Mapping, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var m Mapping
	if err := yaml.UnmarshalWithOptions(data, &m, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("%s: %w: %s", path, ErrMapping, yaml.FormatError(err, false, false))
	}
	if err := m.check(); err != nil {
		return nil, fmt.Errorf("%s: %w: %w", path, ErrMapping, err)
	}
	return &m, nil
}

func (m *Mapping) check() error {
	if len(m.Entities) == 0 {
		return errors.New("entities is empty: name at least one column of names, with its kind")
	}
	named := map[string]bool{}
	for i, e := range m.Entities {
		switch {
		case e.Name == "":
			return fmt.Errorf("entities[%d] has no name: give the header of the column of names", i)
		case e.Kind == "":
			return fmt.Errorf("entities[%d] (%s) has no kind: give one of %s, or the header of the column that holds it", i, e.Name, kindNames())
		case named[e.Name]:
			return fmt.Errorf("entities[%d]: the column %s is there twice", i, e.Name)
		}
		named[e.Name] = true
	}
	for i, r := range m.Relations {
		switch {
		case r.Subject == "" || r.Relation == "" || r.Object == "":
			return fmt.Errorf("relations[%d] needs subject, relation and object", i)
		case !named[r.Subject]:
			return fmt.Errorf("relations[%d]: its subject %s is no column of the entities", i, r.Subject)
		case r.Modality != "" && r.Modality != string(schema.Fact) && r.Modality != string(schema.Aim):
			return fmt.Errorf("relations[%d]: its modality %s is neither FACT nor AIM", i, r.Modality)
		}
		if info, ok := schema.Relation(r.Relation).Info(); ok && info.Object == schema.ObjectEntity && !named[r.Object] {
			return fmt.Errorf("relations[%d]: its object %s is no column of the entities, which %s asks for", i, r.Object, r.Relation)
		}
	}
	return nil
}

func kindNames() string {
	var names []string
	for _, k := range schema.Kinds {
		names = append(names, string(k.Kind))
	}
	return strings.Join(names, ", ")
}

// Tables gives the tables that names stand for, each a file, an address, or -
// for standard input, to be read by the mapping.
func (in Input) Tables(names []string, m *Mapping) []Source {
	sources := make([]Source, len(names))
	for i, name := range names {
		sources[i] = Source{Name: name, reading: func(ctx context.Context, l *Loader) (*schema.Reading, error) {
			shown, file, data, err := in.table(ctx, name)
			if err != nil {
				return nil, err
			}
			reading, err := l.table(file, data, m)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", shown, err)
			}
			return reading, nil
		}}
	}
	return sources
}

func (in Input) table(ctx context.Context, name string) (shown, file string, data []byte, err error) {
	switch {
	case name == "-":
		data, err = in.readStandard(ctx)
		return name, name, data, err
	case isAddress(name):
		return in.fetch(ctx, name)
	}
	f, err := os.Open(name)
	if err != nil {
		return "", "", nil, err
	}
	if data, err = readBounded(ctx, f); err != nil {
		err = fmt.Errorf("%s: %w", name, err)
	}
	return name, filepath.Base(name), data, errors.Join(err, f.Close())
}

// maxRows bounds a table: each row becomes a passage.
const maxRows = 100_000

// table reads a table: each row is a passage, and evidence of what it says.
func (l *Loader) table(file string, data []byte, m *Mapping) (*schema.Reading, error) {
	text, encoding, err := document.Decode(data)
	if err != nil {
		return nil, err
	}
	r := csv.NewReader(strings.NewReader(text))
	if header, _, _ := strings.Cut(text, "\n"); strings.Contains(header, "\t") && !strings.Contains(header, ",") {
		r.Comma = '\t'
	}
	header, err := r.Read()
	switch {
	case errors.Is(err, io.EOF):
		return nil, fmt.Errorf("%w: it is empty: the first row must hold the headers", ErrTable)
	case err != nil:
		return nil, fmt.Errorf("%w: %w", ErrTable, err)
	}
	for i := range header {
		header[i] = strings.TrimSpace(header[i])
	}
	t := &table{mapping: m, header: header, column: map[string]int{}}
	if err := t.checkHeader(); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrTable, err)
	}
	doc := &document.Document{Report: schema.Report{
		File: file, Format: "csv", Encoding: encoding, Title: m.Title, Region: m.Region, Date: m.Date,
	}}
	if m.Title == "" {
		doc.Report.Title = strings.TrimSuffix(file, filepath.Ext(file))
	}
	var found []extract.Found
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.fail(err) // it names the line, and the column where it can
			break
		}
		if len(found) == maxRows {
			return nil, fmt.Errorf("%w: it has more than %d rows: split it", document.ErrTooLarge, maxRows)
		}
		line, _ := r.FieldPos(0)
		row, ok := t.read(line, cells)
		if !ok {
			continue
		}
		p := schema.Passage{Ordinal: len(doc.Passages), Line: line - 1, Text: row.text.String(), Section: -1}
		doc.Passages = append(doc.Passages, p)
		doc.Report.Chars += utf8.RuneCountInString(p.Text)
		found = append(found, row.found)
	}
	if err := t.err(); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrTable, err)
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("%w: no row below the headers names anything", ErrTable)
	}
	doc.Report.ID = schema.ReportID(doc.Passages)
	doc.Report.Passages = len(doc.Passages)
	for i := range doc.Passages {
		doc.Passages[i].ID, doc.Passages[i].ReportID = schema.PassageID(doc.Report.ID, i), doc.Report.ID
	}
	return l.assemble(doc, found), nil
}

// table is a table while it is read.
type table struct {
	mapping *Mapping
	header  []string
	column  map[string]int
	errs    []error
	more    int
}

func (t *table) fail(err error) {
	const most = 8
	if len(t.errs) < most {
		t.errs = append(t.errs, err)
	} else {
		t.more++
	}
}

func (t *table) err() error {
	if t.more > 0 {
		t.errs = append(t.errs, fmt.Errorf("and %d more", t.more))
	}
	return errors.Join(t.errs...)
}

// checkHeader finds the columns that the mapping names.
func (t *table) checkHeader() error {
	for i, h := range t.header {
		if _, twice := t.column[h]; twice && h != "" {
			return fmt.Errorf("the header %s is there twice", h)
		}
		t.column[h] = i
	}
	var missing []string
	need := func(h string) {
		if _, ok := t.column[h]; !ok && h != "" && !slices.Contains(missing, h) {
			missing = append(missing, h)
		}
	}
	for _, e := range t.mapping.Entities {
		need(e.Name)
		need(e.Place)
		for _, a := range e.Aliases {
			need(a)
		}
		if !schema.Kind(e.Kind).Valid() {
			need(e.Kind)
		}
	}
	for _, r := range t.mapping.Relations {
		need(r.Object)
		if _, ok := schema.Relation(r.Relation).Info(); !ok {
			need(r.Relation)
		}
	}
	if len(missing) > 0 {
		return fmt.Errorf("no column %s: the headers are %s", strings.Join(missing, ", "), strings.Join(t.header, ", "))
	}
	return nil
}

// tableRow is one row as a passage: header：value；…
type tableRow struct {
	line   int
	cells  []string
	text   strings.Builder
	length int // of the text, in code points
	at     []int
	found  extract.Found
	names  map[string]extract.Ref // by column
}

// read reads a row; false when it says nothing, or is wrong.
func (t *table) read(line int, cells []string) (*tableRow, bool) {
	r := &tableRow{line: line, cells: cells, at: make([]int, len(cells)), names: map[string]extract.Ref{}}
	for i, c := range cells {
		c = strings.Join(strings.Fields(c), " ")
		if cells[i] = c; c == "" {
			continue
		}
		before := "；"
		if r.length == 0 {
			before = ""
		}
		if t.header[i] != "" {
			before += t.header[i] + "："
		}
		r.at[i] = r.length + utf8.RuneCountInString(before)
		r.length = r.at[i] + utf8.RuneCountInString(c)
		r.text.WriteString(before + c)
	}
	if r.length == 0 {
		return nil, false
	}
	failed := len(t.errs) + t.more
	for _, e := range t.mapping.Entities {
		t.entity(r, e)
	}
	for _, e := range t.mapping.Entities {
		t.place(r, e)
	}
	for _, rel := range t.mapping.Relations {
		t.relation(r, rel)
	}
	if len(r.found.Mentions) == 0 && len(t.errs)+t.more == failed {
		t.failAt(r, t.mapping.Entities[0].Name, errors.New("it is empty, and the row names nothing else"))
	}
	return r, len(t.errs)+t.more == failed
}

func (t *table) failAt(r *tableRow, column string, err error) {
	t.fail(fmt.Errorf("row %d, column %s: %w", r.line, column, err))
}

func (t *table) cell(r *tableRow, column string) string { return r.cells[t.column[column]] }

// sure is how sure a table is of what it says.
const sure = 1

// mention adds the name in a column.
func (t *table) mention(r *tableRow, column string, kind schema.Kind, rule string) extract.Ref {
	i := t.column[column]
	r.found.Mentions = append(r.found.Mentions, extract.Mention{
		Name: r.cells[i], Kind: kind, Rule: rule, Confidence: sure,
		Spans: []schema.Span{{Start: r.at[i], End: r.at[i] + utf8.RuneCountInString(r.cells[i])}},
	})
	return extract.Ref(len(r.found.Mentions) - 1)
}

func (t *table) entity(r *tableRow, e EntityMapping) {
	if t.cell(r, e.Name) == "" {
		return
	}
	kind, column := e.Kind, e.Name
	if !schema.Kind(kind).Valid() {
		kind, column = t.cell(r, e.Kind), e.Kind
		for _, info := range schema.Kinds {
			if kind == info.Chinese || strings.EqualFold(kind, string(info.Kind)) {
				kind = string(info.Kind)
			}
		}
	}
	known, err := schema.ParseKind(kind)
	if err != nil {
		t.failAt(r, column, fmt.Errorf("%q is no kind: write one of %s", kind, kindNames()))
		return
	}
	ref := t.mention(r, e.Name, known, "table-name")
	r.names[e.Name] = ref
	m := &r.found.Mentions[ref]
	for _, column := range e.Aliases {
		start := r.at[t.column[column]]
		for part := range strings.FieldsFuncSeq(t.cell(r, column), isAliasEnd) {
			// Fields are found again from the left: each stands behind the last.
			rest := []rune(r.text.String())[start:]
			offset := strings.Index(string(rest), part)
			name := strings.TrimSpace(part)
			offset += len(part) - len(strings.TrimLeft(part, " "))
			start += utf8.RuneCountInString(string(rest)[:offset])
			if name == "" {
				continue
			}
			end := start + utf8.RuneCountInString(name)
			m.Aliases = append(m.Aliases, extract.Alias{Name: name, Span: schema.Span{Start: start, End: end}})
			start = end
		}
	}
}

func isAliasEnd(r rune) bool { return strings.ContainsRune("、；;|，,", r) }

// place says that a thing lies in the place of another column.
func (t *table) place(r *tableRow, e EntityMapping) {
	subject, ok := r.names[e.Name]
	if !ok || e.Place == "" || t.cell(r, e.Place) == "" {
		return
	}
	object, ok := r.names[e.Place]
	if !ok {
		object = t.mention(r, e.Place, schema.KindPlace, "table-place")
		r.names[e.Place] = object
	}
	kind := r.found.Mentions[subject].Kind
	relation := schema.LocatedIn
	if info, _ := relation.Info(); !info.AdmitsSubject(kind) {
		relation = schema.SettledIn
	}
	t.claim(r, e.Place, subject, relation, object, "", schema.Fact, "table-place")
}

func (t *table) relation(r *tableRow, m RelationMapping) {
	subject, ok := r.names[m.Subject]
	written := t.cell(r, m.Object)
	if !ok || written == "" {
		return
	}
	info, ok := schema.Relation(m.Relation).Info()
	if !ok {
		name := t.cell(r, m.Relation)
		at := slices.IndexFunc(schema.Relations, func(i schema.RelationInfo) bool {
			return name == i.Chinese || strings.EqualFold(name, string(i.Relation))
		})
		if at < 0 {
			t.failAt(r, m.Relation, fmt.Errorf("%q is no relation: write one of %s", name, relationNames()))
			return
		}
		info = schema.Relations[at]
	}
	modality := schema.Fact
	if m.Modality != "" {
		modality = schema.Modality(m.Modality)
	}
	switch info.Object {
	case schema.ObjectEntity:
		object, ok := r.names[m.Object]
		if !ok {
			t.failAt(r, m.Object, fmt.Errorf("%s asks for an entity: map the column among the entities", info.Relation))
			return
		}
		t.claim(r, m.Object, subject, info.Relation, object, "", modality, "table-relation")
	case schema.ObjectStatus:
		for _, s := range schema.Statuses {
			if written == s.Chinese || strings.EqualFold(written, string(s.Status)) {
				t.claim(r, m.Object, subject, info.Relation, extract.None, string(s.Status), modality, "table-relation")
				return
			}
		}
		t.failAt(r, m.Object, fmt.Errorf("%q is no status: write one of %s", written, statusNames()))
	default:
		t.claim(r, m.Object, subject, info.Relation, extract.None, written, modality, "table-relation")
	}
}

func relationNames() string {
	var names []string
	for _, r := range schema.Relations {
		names = append(names, string(r.Relation)+" "+r.Chinese)
	}
	return strings.Join(names, ", ")
}

func statusNames() string {
	var names []string
	for _, s := range schema.Statuses {
		names = append(names, string(s.Status)+" "+s.Chinese)
	}
	return strings.Join(names, ", ")
}

// claim adds a statement; the whole row is its evidence.
func (t *table) claim(r *tableRow, column string, subject extract.Ref, relation schema.Relation, object extract.Ref, value string, modality schema.Modality, rule string) {
	info, _ := relation.Info()
	if kind := r.found.Mentions[subject].Kind; !info.AdmitsSubject(kind) {
		t.failAt(r, column, fmt.Errorf("%s takes no %s such as %s as its subject", relation, kind, r.found.Mentions[subject].Name))
		return
	}
	if object >= 0 {
		if kind := r.found.Mentions[object].Kind; !info.AdmitsObject(kind) {
			t.failAt(r, column, fmt.Errorf("%s takes no %s such as %s as its object", relation, kind, r.found.Mentions[object].Name))
			return
		}
	}
	r.found.Claims = append(r.found.Claims, extract.Claim{
		Subject: subject, Relation: relation, Object: object, Value: value, Modality: modality,
		Span: schema.Span{End: r.length}, Rule: rule, Confidence: sure,
	})
}
