/** The part of a text between two places counted in Unicode code points, as the API counts them. */
export function slice(text: string, start: number, end?: number): string {
  return Array.from(text).slice(start, end).join('')
}

/** A stretch of a text in code points. */
export type Span = { start: number; end: number }

/** Where a part stands in a text that the span lies in: the last that begins at or before the span. */
export function locate(text: string, part: string, at: Span): Span | undefined {
  const index = text.lastIndexOf(part, slice(text, 0, at.start).length)
  if (index < 0) return undefined
  const start = Array.from(text.slice(0, index)).length
  return { start, end: start + Array.from(part).length }
}
