import type { Span } from '../codepoints'

/** A text with stretches of it marked, in code points. */
export function Marked({ text, spans }: { text: string; spans: Span[] }) {
  const letters = Array.from(text)
  const parts = []
  let at = 0
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    if (start < at) continue
    parts.push(letters.slice(at, start).join(''))
    parts.push(<mark key={start}>{letters.slice(start, end).join('')}</mark>)
    at = end
  }
  parts.push(letters.slice(at).join(''))
  return <>{parts}</>
}
