/** What stands in a cell. */
export type Cell = string | number | null | undefined

/** The mark by which spreadsheets know that a file is UTF-8. */
const byteOrderMark = '\ufeff'

/** A line of CSV (RFC 4180), its words guarded so that no spreadsheet takes them for a formula. */
export function csvLine(cells: Cell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

function csvCell(cell: Cell): string {
  if (typeof cell === 'number') return String(cell)
  const words = cell ?? ''
  const guarded = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(words) ? `'${words}` : words
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded
}

/** Gives the reader a file of lines of CSV. */
export function saveCsv(name: string, lines: string[]) {
  saveFile(name, new Blob([byteOrderMark, ...lines], { type: 'text/csv;charset=utf-8' }))
}

/** Gives the reader a file. */
export function saveFile(name: string, content: Blob) {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // Some browsers begin to read only later.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
