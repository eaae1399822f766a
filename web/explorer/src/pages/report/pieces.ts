import type { Span } from '../../codepoints'
import type { EntityRef } from '../../components/fragments'

/** A stretch of a passage: plain text, or an entity's name; and whether it is marked. */
export type Piece = { text: string; entity?: EntityRef; marked: boolean }

/** A name with its place. */
export type Named = { entity: EntityRef; span: Span }

/**
 * Cuts a text at the names in it and at the stretch that is marked. Of names that overlap the one that
 * begins first counts, of those the longest.
 */
export function pieces(text: string, names: Named[], mark?: Span): Piece[] {
  const letters = Array.from(text)
  const kept: Named[] = []
  for (const named of [...names].sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end))
    if (named.span.start >= (kept.at(-1)?.span.end ?? 0)) kept.push(named)
  const cuts = new Set([0, letters.length])
  for (const { start, end } of mark ? [...kept.map(({ span }) => span), mark] : kept.map(({ span }) => span))
    for (const cut of [start, end]) if (cut > 0 && cut < letters.length) cuts.add(cut)
  const at = [...cuts].sort((a, b) => a - b)
  return at.slice(0, -1).map((start, i) => {
    const end = at[i + 1] ?? letters.length
    const entity = kept.find(({ span }) => span.start <= start && end <= span.end)?.entity
    const marked = !!mark && mark.start <= start && end <= mark.end
    return { text: letters.slice(start, end).join(''), marked, ...(entity && { entity }) }
  })
}
