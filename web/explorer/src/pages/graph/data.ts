import { useEffect, useRef, useState } from 'react'
import { type Client, type CombinedError, type OperationResult, useClient } from 'urql'
import type {
  Direction,
  GraphLinksQuery,
  GraphNodeFragment,
  GraphPathsQuery,
  GraphRelatedQuery,
  GraphRelatedQueryVariables,
  Relation,
} from '../../graphql/graphql'
import type { Step, View } from './address'
import { AroundDocument, LinksDocument, PathsDocument, RelatedDocument } from './queries'

export type Node = GraphNodeFragment

/** What connects two entities over one relation, or, without one, the administrative ladder. */
export type Edge = {
  key: string
  from: string
  to: string
  relation: Relation | null
  /** Those that say so, the best first; none of what is derived. */
  claims: { id: string; modality: 'FACT' | 'AIM' }[]
}

export type Path = GraphPathsQuery['paths']['nodes'][number]

/** What a view names, fetched. */
export type Data = {
  /** In the order in which they came. */
  nodes: Map<string, Node>
  /** The entity by whose expansion each came; roots have none. */
  cameFrom: Map<string, string>
  edges: Map<string, Edge>
  /** How many entities there are at the far end of what was expanded, by tallyKey. */
  totals: Map<string, number>
  paths: GraphPathsQuery['paths'] | null
  /** Ids of the address that name nothing. */
  gone: string[]
}

export const tallyKey = (node: string, relation: Relation, direction: Direction) => `${node} ${relation} ${direction}`
export const edgeKey = (from: string, relation: Relation | null, to: string) => `${from} ${relation ?? 'LADDER'} ${to}`

// What is drawn at once around an entity: enough to see what it is about, few enough to see each.
const around = { perRelation: 10, limit: 60 }
// What the API takes.
const page = 100
const linksAtOnce = 500

/** Thrown when a question has no answer; carries urql's error for Problem. */
class Unanswered extends Error {
  constructor(readonly error: CombinedError) {
    super(error.message)
  }
}

/** Fetches what a view names. What is there stays while more is fetched. */
export function useGraphData(view: View): {
  data: Data
  loading: boolean
  error: CombinedError | null
  retry: () => void
} {
  const client = useClient()
  const links = useRef(new Links(client))
  const [state, setState] = useState<{ data: Data; loading: boolean; error: CombinedError | null }>({
    data: { nodes: new Map(), cameFrom: new Map(), edges: new Map(), totals: new Map(), paths: null, gone: [] },
    loading: true,
    error: null,
  })
  const [attempt, setAttempt] = useState(0)
  // Only this part of the view asks the server for something.
  const path = view.path?.from && view.path.to && view.path.from !== view.path.to ? view.path : null
  const asked = JSON.stringify([view.roots, view.steps, path && [path.from, path.to, path.maxLength]])
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked stands for the view; attempt asks again
  useEffect(() => {
    let current = true
    setState((before) => ({ ...before, loading: true, error: null }))
    fetchData(client, links.current, view.roots, view.steps, path)
      .then((data) => current && setState({ data, loading: false, error: null }))
      .catch((error: unknown) => {
        if (!(error instanceof Unanswered)) throw error
        if (current) setState((before) => ({ ...before, loading: false, error: error.error }))
      })
    return () => {
      current = false
    }
  }, [asked, attempt, client])
  return { ...state, retry: () => setAttempt((n) => n + 1) }
}

type Between = { from: string; to: string; maxLength: number } | null

async function fetchData(
  client: Client,
  links: Links,
  roots: string[],
  steps: Step[],
  between: Between,
): Promise<Data> {
  const data: Data = {
    nodes: new Map(),
    cameFrom: new Map(),
    edges: new Map(),
    totals: new Map(),
    paths: null,
    gone: [],
  }
  const all: Step[] = [...roots.map((node): Step => ({ node, relation: null, direction: 'OUT', count: 0 })), ...steps]
  const [found, paths] = await Promise.all([
    Promise.all(all.map((step) => (step.relation ? related(client, step, step.relation) : surroundings(client, step)))),
    between && waysBetween(client, between),
  ])
  const add = (node: Node, from?: string) => {
    if (data.nodes.has(node.id)) return
    data.nodes.set(node.id, node)
    if (from && from !== node.id) data.cameFrom.set(node.id, from)
  }
  for (const [i, answer] of found.entries()) {
    const step = all[i]
    if (!step) continue
    if (!answer) {
      data.gone.push(step.node)
      continue
    }
    for (const node of answer.nodes) add(node, step.node)
    for (const { relation, direction, total } of answer.totals)
      data.totals.set(tallyKey(step.node, relation, direction), total)
  }
  data.paths = paths
  for (const way of paths?.nodes ?? []) {
    let last = way.from.id
    add(way.from)
    for (const { to } of way.hops) {
      add(to, last)
      last = to.id
    }
  }
  data.edges = await links.among([...data.nodes.keys()])
  return data
}

type Answer = { nodes: Node[]; totals: { relation: Relation; direction: Direction; total: number }[] }

async function surroundings(client: Client, step: Step): Promise<Answer | null> {
  const { data, error } = await client.query(AroundDocument, { of: step.node, ...around }).toPromise()
  if (error?.graphQLErrors.some(({ extensions }) => extensions?.code === 'NOT_FOUND')) return null
  if (error || !data) throw new Unanswered(error as CombinedError)
  return { nodes: data.neighborhood.entities, totals: data.neighborhood.cutOff }
}

async function related(client: Client, { node, direction, count }: Step, relation: Relation): Promise<Answer | null> {
  const nodes: Node[] = []
  let after: string | null = null
  for (;;) {
    const variables: GraphRelatedQueryVariables = {
      id: node,
      relation,
      direction,
      first: Math.min(page, count - nodes.length),
      after,
    }
    const { data, error }: OperationResult<GraphRelatedQuery> = await client
      .query(RelatedDocument, variables)
      .toPromise()
    if (error) throw new Unanswered(error)
    if (!data?.node || !('related' in data.node)) return null
    const { totalCount, pageInfo, nodes: more } = data.node.related
    nodes.push(...more)
    after = pageInfo.endCursor ?? null
    if (!pageInfo.hasNextPage || nodes.length >= count)
      return { nodes, totals: [{ relation, direction, total: totalCount }] }
  }
}

async function waysBetween(client: Client, { from, to, maxLength }: NonNullable<Between>) {
  const { data, error } = await client.query(PathsDocument, { from, to, maxLength }).toPromise()
  if (error || !data) throw new Unanswered(error as CombinedError)
  return data.paths
}

/** What connects the entities met so far. What was asked once is kept, so that undoing and doing again is free. */
class Links {
  private known = new Set<string>()
  private edges = new Map<string, Edge>()
  private last: Promise<unknown> = Promise.resolve()

  constructor(private client: Client) {}

  /** The edges between these entities. */
  async among(ids: string[]): Promise<Map<string, Edge>> {
    // One after the other, for each asks only for what the ones before did not.
    const turn = this.last.then(() => this.meet(ids.filter((id) => !this.known.has(id))))
    this.last = turn.catch(() => {})
    await turn
    const wanted = new Set(ids)
    return new Map([...this.edges].filter(([, { from, to }]) => wanted.has(from) && wanted.has(to)))
  }

  private async meet(fresh: string[]) {
    for (let i = 0; i < fresh.length; i += linksAtOnce) {
      const of = fresh.slice(i, i + linksAtOnce)
      const { data, error } = await this.client.query(LinksDocument, { of, with: [...this.known] }).toPromise()
      if (error || !data) throw new Unanswered(error as CombinedError)
      for (const link of data.links) this.keep(link)
      for (const id of of) this.known.add(id)
    }
  }

  private keep({ from, to, relation, claims }: GraphLinksQuery['links'][number]) {
    const edge = { from: from.id, to: to.id, relation: relation ?? null, claims }
    const key = edgeKey(edge.from, edge.relation, edge.to)
    this.edges.set(key, { key, ...edge })
  }
}
