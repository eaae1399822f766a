import type { Page } from '@playwright/test'

// A graph shaped like those of reports: hubs of very unlike size (a few places and parks), most
// others on one or two lines, and some lines between the neighbourhoods of hubs.

const kinds = ['PLACE', 'PARK', 'ENTERPRISE', 'PROJECT', 'ORGANIZATION', 'FACILITY', 'PROGRAM', 'INDUSTRY'] as const
const relations = ['SETTLED_IN', 'LOCATED_IN', 'PART_OF', 'RESPONSIBLE_FOR', 'TARGETS', 'COOPERATES_WITH'] as const

type Link = { from: string; to: string; relation: (typeof relations)[number] }
export type Generated = { nodes: { id: string; kind: string; name: string }[]; links: Link[] }

/** Makes the same graph each time: its first node is what all others came from. */
export function generate(size: number): Generated {
  let seed = 20_240_101
  // Numerical Recipes' linear congruential generator.
  const random = () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
    return seed / 2 ** 32
  }
  const nodes = Array.from({ length: size }, (_, i) => {
    const kind = i === 0 ? 'PLACE' : (kinds[Math.floor(random() ** 1.5 * kinds.length)] ?? 'PLACE')
    return { id: `${kind.toLowerCase()}-g${i.toString(32)}`, kind, name: `第${i + 1}号实体` }
  })
  const links = new Map<string, Link>()
  const connect = (a: number, b: number) => {
    const [from, to] = [nodes[a], nodes[b]]
    const relation = relations[Math.floor(random() * relations.length)]
    if (from && to && relation && a !== b) links.set(`${a} ${b} ${relation}`, { from: from.id, to: to.id, relation })
  }
  const hubs = Math.ceil(size / 50)
  for (let i = 1; i < size; i++) {
    connect(i, i < hubs ? 0 : Math.floor(random() ** 2 * hubs))
    if (random() < 0.6) connect(i, Math.floor(random() * size))
  }
  return { nodes, links: [...links.values()] }
}

/** Answers the page's questions for the graph from what was generated, in the API's form. */
export async function answer(page: Page, { nodes, links }: Generated) {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const typeOf = (kind: string) => kind[0] + kind.slice(1).toLowerCase()
  await page.route('**/graphql', (route) => {
    const { operationName, variables } = route.request().postDataJSON()
    const reply = (data: unknown) => route.fulfill({ json: { data } })
    if (operationName === 'GraphAround')
      return reply({
        neighborhood: {
          __typename: 'Neighborhood',
          entities: nodes.map(({ id, kind, name }) => ({
            __typename: typeOf(kind),
            id,
            kind,
            name,
            mentions: { __typename: 'MentionConnection', totalCount: 1 + (name.length % 7) },
          })),
          cutOff: [],
        },
      })
    if (operationName === 'GraphLinks') {
      const of = new Set<string>(variables.of)
      const all = new Set<string>([...variables.of, ...variables.with])
      return reply({
        links: links
          .filter(({ from, to }) => all.has(from) && all.has(to) && (of.has(from) || of.has(to)))
          .map(({ from, to, relation }) => ({
            __typename: 'GraphLink',
            from: { __typename: typeOf(byId.get(from)?.kind ?? ''), id: from },
            to: { __typename: typeOf(byId.get(to)?.kind ?? ''), id: to },
            relation,
            claims: [{ __typename: 'Claim', id: `claim-${from}-${to}`, modality: 'FACT' }],
          })),
      })
    }
    return route.continue()
  })
}
