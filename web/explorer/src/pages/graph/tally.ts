import type { Direction, Relation } from '../../graphql/graphql'
import { relations } from '../../vocabulary'
import { type Data, type Edge, tallyKey } from './data'

/** What hangs on an entity over one relation in one direction. */
export type Tally = { relation: Relation; direction: Direction; shown: number; total: number }

/** How many entities edges lead to from each of their ends, by tallyKey. */
export function countNeighbours(edges: Iterable<Pick<Edge, 'from' | 'to' | 'relation'>>): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { from, to, relation } of edges) {
    if (!relation) continue
    for (const key of [tallyKey(from, relation, 'OUT'), tallyKey(to, relation, 'IN')])
      counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return counts
}

/** The relations of an entity: `found` gives those of a few neighbours, `cutOff` the totals of those with more. */
export function tallies(
  id: string,
  found: { from: { id: string }; to: { id: string }; relation?: Relation | null }[],
  cutOff: { relation: Relation; direction: Direction; total: number }[],
  shown: Map<string, number>,
): Tally[] {
  const some = countNeighbours(
    found.map(({ from, to, relation }) => ({ from: from.id, to: to.id, relation: relation ?? null })),
  )
  const totals = new Map(cutOff.map(({ relation, direction, total }) => [tallyKey(id, relation, direction), total]))
  return (Object.keys(relations) as Relation[]).flatMap((relation) =>
    (['OUT', 'IN'] as const).flatMap((direction) => {
      const key = tallyKey(id, relation, direction)
      const total = totals.get(key) ?? some.get(key) ?? 0
      return total > 0 ? [{ relation, direction, shown: Math.min(shown.get(key) ?? 0, total), total }] : []
    }),
  )
}

/** How many neighbours of what was expanded are not there, in all and by entity. */
export function unshown(data: Data): { all: number; byNode: Map<string, number> } {
  const shown = countNeighbours(data.edges.values())
  const byNode = new Map<string, number>()
  let all = 0
  for (const [key, total] of data.totals) {
    const left = Math.max(total - (shown.get(key) ?? 0), 0)
    if (left === 0) continue
    const [node = ''] = key.split(' ')
    byNode.set(node, (byNode.get(node) ?? 0) + left)
    all += left
  }
  return { all, byNode }
}
