import type { Span } from '../../codepoints'

/** A stretch of a text, and what is named there. */
export type Mark<T> = Span & { of: T }

/** Where a text names things, by any of their names, in the order of the text. Of names inside others the longest counts. */
export function named<T>(text: string, things: { of: T; names: string[] }[]): Mark<T>[] {
  const letters = Array.from(text)
  const names = things
    .flatMap(({ of, names }) => names.map((name) => ({ of, name: Array.from(name) })))
    .filter(({ name }) => name.length > 0)
    .sort((a, b) => b.name.length - a.name.length)
  const marks: Mark<T>[] = []
  for (const { of, name } of names)
    for (let start = 0; start + name.length <= letters.length; start++) {
      const end = start + name.length
      if (name.some((letter, i) => letters[start + i] !== letter)) continue
      if (marks.every((mark) => end <= mark.start || mark.end <= start)) marks.push({ start, end, of })
    }
  return marks.sort((a, b) => a.start - b.start)
}
