// Package document reads a report file into a [Document]: decoded text
// without site furniture, in sections and passages, with what the head says of
// region, issuer, speaker, meeting and date.
//
// # The way of a file
//
//	bytes -> format (told by content) -> blocks: lines of text with their place
//	      -> cut     site furniture taken away (furniture.go, cues.go)
//	      -> head    title, region, speaker, date (head.go)
//	      -> outline sections, moods, periods (section.go, mood.go)
//
// [Read] takes a reader, [ReadFile] a path. Both answer bad input with one of
// the sentinel errors below, wrapped in a message that says what was wrong,
// where, and what to do.
//
// # Lines and text
//
// A passage is one paragraph. Its Line is the 0-based line of the file on
// which the paragraph begins; \n, \r\n and a lone \r each end a line. In a text
// file its Text is that line without outer white space and otherwise
// unaltered, with two exceptions: runs of "??", which crawlers leave where a
// no-break space was, become one space, and a link glued behind the report's
// last sentence is cut off. In HTML white space is collapsed as browsers do.
// In a PDF, lines are those of its print, all pages counted through, and Page
// is the page; a paragraph joins lines, over the ends of pages too (layout.go).
// In a DOCX, lines are its paragraphs and table rows.
//
// # PDF
//
// PDFs are read by PDFium, compiled to WebAssembly: its CMaps are those that
// Chinese PDFs are written with, and a broken file cannot harm the process. It
// is compiled when the first PDF comes, which takes seconds; the machine code
// (20 MB) is kept in the folder lantu/pdfium of the user's cache.
//
// # Adding a format
//
// Write one file FORMAT.go with a function that tells the format by its bytes
// and one that turns them into content, and add a row to the table formats in
// read.go. Furniture, head and sections are found in the blocks, whichever
// format they came from. A format that was refused as binary so far also
// loses its row in the table signatures.
package document
