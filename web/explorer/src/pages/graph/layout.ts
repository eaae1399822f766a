import type { Point } from './address'

/** What is laid out: entities with their places, sizes and whether they stay, and the edges as pairs of indices. */
export type LayoutTask = {
  x: Float64Array
  y: Float64Array
  fixed: Uint8Array
  edges: Uint32Array
  /** At most this many rounds. */
  rounds: number
}

/** Places so far; the last answer of a task is settled. */
export type LayoutAnswer = { x: Float64Array; y: Float64Array; settled: boolean }

const golden = Math.PI * (3 - Math.sqrt(5))
/** How far apart neighbours are set, in the graph's own units. */
export const spacing = 60

/**
 * Where new entities begin: around the one by which they came, on the side away from the middle, the
 * same each time. `places` holds those that stand already, and gets the new ones.
 */
export function place(ids: Iterable<string>, cameFrom: Map<string, string>, places: Map<string, Point>) {
  const around = new Map<string, number>()
  let roots = [...places.keys()].filter((id) => !cameFrom.has(id)).length
  for (const id of ids) {
    if (places.has(id)) continue
    const from = cameFrom.get(id)
    const center = from ? places.get(from) : undefined
    if (!from || !center) {
      const turn = roots * golden
      const far = roots === 0 ? 0 : spacing * 4 * Math.sqrt(roots)
      places.set(id, { x: far * Math.cos(turn), y: far * Math.sin(turn) })
      roots++
      continue
    }
    const n = around.get(from) ?? 0
    around.set(from, n + 1)
    const away = Math.atan2(center.y, center.x)
    const turn = away + n * golden
    // Growing rings, each a little beyond the middle of the side that looks away.
    const far = spacing * (0.8 + 0.35 * Math.sqrt(n))
    const push = center.x === 0 && center.y === 0 ? 0 : spacing
    places.set(id, {
      x: center.x + far * Math.cos(turn) + push * Math.cos(away),
      y: center.y + far * Math.sin(turn) + push * Math.sin(away),
    })
  }
}
