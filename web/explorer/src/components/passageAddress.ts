import type { Span } from '../codepoints'

/** Where the reader shows a passage, with a stretch of it marked: the path of a permalink. */
export function passageAddress(report: string, passage: string, span?: Span): string {
  const params = new URLSearchParams({ passage })
  if (span) {
    params.set('start', String(span.start))
    params.set('end', String(span.end))
  }
  return `/report/${report}?${params}`
}
