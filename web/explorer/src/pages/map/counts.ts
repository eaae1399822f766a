import type { Kind } from '../../graphql/graphql'
import { kinds } from '../../vocabulary'
import type { MapPlace } from './queries'

/** What can be counted: all entities, those of a kind, or facts. */
export const sorts = ['entities', 'claims', 'observations', 'reports'] as const
export type What = (typeof sorts)[number] | Kind

export function isWhat(what: string | null): what is What {
  return what !== null && (sorts.includes(what as (typeof sorts)[number]) || what in kinds)
}

/** How many there are of what in a place. */
export function countOf({ counts }: MapPlace, what: What): number {
  if (what === 'entities' || what === 'claims' || what === 'observations' || what === 'reports') return counts[what]
  return counts.kinds.find(({ kind }) => kind === what)?.count ?? 0
}

/** Bounds of at most five shades: a number has the shade of the last bound that it reaches. They grow by squares. */
export function shades(numbers: number[]): number[] {
  const most = Math.max(0, ...numbers)
  if (most === 0) return []
  const bounds = [0, 1, 2, 3, 4].map((step) => Math.max(1, Math.ceil((most * step * step) / 25)))
  return [...new Set(bounds)]
}

/** The shade of a number, from 1; 0 for none. */
export function shadeOf(n: number, bounds: number[]): number {
  return n === 0 ? 0 : bounds.filter((bound) => n >= bound).length
}
