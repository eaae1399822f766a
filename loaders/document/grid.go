package document

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// longestCell is how many code points a cell of a data table may have: longer
// ones lay out a page.
const longestCell = 200

// cell is one cell of a table row.
type cell struct {
	text       string
	wide, high int  // columns and rows that it covers; less than 1 counts as 1
	head       bool // marked as a head by the format
}

// grid is a table while its rows are read. It finds what heads each cell: the
// first row, unless it holds a number, the next while one has cells that cover
// several columns, and those that the format marks.
type grid struct {
	heads  []string // of each column
	headed bool     // a row of heads has come
	groups bool     // and the last one covers others
	body   bool     // behind the heads
	below  []int    // for each column, rows that a cell above still covers
}

// maxColumns bounds a table: a cell may claim to cover any number.
const maxColumns = 100

// cellNumber is a cell that states a number, and no year, month or ordinal.
var cellNumber = regexp.MustCompile(`^[近超约≥≤<>＜＞±+＋\-－−]*[0-9０-９][0-9０-９,，.．]*(?:\s*[%％‰]|[^0-9年月季度第、.．]{0,5})(?:左右|以上|以内|以下)?$`)

// row takes the next row and returns what heads each of its cells that hold
// text, nil where nothing does: for the heads themselves, too.
func (g *grid) row(cells []cell) []string {
	type placed struct {
		cell
		column int
	}
	var row []placed
	column, filled, numbers, groups, marked := 0, 0, false, false, true
	for _, c := range cells {
		for column < len(g.below) && g.below[column] > 0 {
			g.below[column]--
			column++
		}
		wide := min(max(c.wide, 1), maxColumns-column)
		if wide < 1 {
			break
		}
		row = append(row, placed{c, column})
		for ; wide > 0; wide, column = wide-1, column+1 {
			if column == len(g.below) {
				g.below, g.heads = append(g.below, 0), append(g.heads, "")
			}
			g.below[column] = max(c.high, 1) - 1
			row[len(row)-1].wide = column - row[len(row)-1].column + 1
		}
		if c.text != "" {
			filled++
			numbers = numbers || !c.head && cellNumber.MatchString(c.text)
			groups, marked = groups || c.wide > 1, marked && c.head
		}
	}
	for ; column < len(g.below); column++ {
		g.below[column] = max(g.below[column]-1, 0)
	}
	switch {
	case g.body:
	case numbers || g.headed && !g.groups && !marked:
		g.body = true
	case filled < 2: // a caption
		return nil
	default:
		for _, c := range row {
			for i := c.column; i < c.column+c.wide; i++ {
				g.heads[i] += c.text
			}
		}
		g.headed, g.groups = true, groups
		return nil
	}
	if !g.headed {
		return nil
	}
	var heads []string
	for _, c := range row {
		if c.text != "" {
			heads = append(heads, g.heads[c.column])
		}
	}
	return heads
}

// rowBlock gives a row of a data table as one block, its cells apart by a tab,
// false for a row that lays out a page.
func (g *grid) rowBlock(cells []cell) (block, bool) {
	columns := g.row(cells)
	var texts []string
	for _, c := range cells {
		if utf8.RuneCountInString(c.text) > longestCell {
			return block{}, false
		}
		if c.text != "" {
			texts = append(texts, c.text)
		}
	}
	if len(texts) < 2 {
		return block{}, false
	}
	if len(columns) != len(texts) || !slices.ContainsFunc(columns, func(s string) bool { return s != "" }) {
		columns = nil
	}
	return block{text: strings.Join(texts, "\t"), columns: columns}, true
}
