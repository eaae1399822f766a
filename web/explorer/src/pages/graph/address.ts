import type { Direction, Kind, Relation } from '../../graphql/graphql'

/** One expansion: what hangs on an entity over one relation in one direction, or, without one, over each. */
export type Step = { node: string; relation: Relation | null; direction: Direction; count: number }

export type Point = { x: number; y: number }

/** All that the address says of the graph. */
export type View = {
  /** Where it began; what lies around each is drawn. */
  roots: string[]
  steps: Step[]
  hidden: string[]
  pins: Map<string, Point>
  /** Kinds and relations that the legend takes away. */
  kindsOff: Kind[]
  relationsOff: Relation[]
  /** The ends between which ways are looked for, either empty until chosen, and which of the ways is shown, from 1. */
  path: { from: string; to: string; rank: number; maxLength: number } | null
  selected: string | null
  size: 'links' | 'mentions'
}

/** How many an expansion brings at first, and each time that more is asked for. */
export const stepSize = 20
/** The longest ways looked for at first, and at most, in hops. */
export const pathLength = 4
export const longestPath = 6

// Ids are long for an address that names a hundred: the kind is one letter there, park-abc… is kabc….
const kindLetters: Record<Kind, string> = {
  PARK: 'k',
  ENTERPRISE: 'e',
  PROGRAM: 'g',
  PROJECT: 'j',
  PLACE: 'p',
  ORGANIZATION: 'o',
  FACILITY: 'f',
  EVENT: 'v',
  INDUSTRY: 'i',
  PERSON: 'n',
}
// Large letters are read from the object.
const relationLetters: Record<Relation, string> = {
  SETTLED_IN: 's',
  LOCATED_IN: 'l',
  PART_OF: 'p',
  COVERS: 'c',
  TARGETS: 't',
  COOPERATES_WITH: 'w',
  RESPONSIBLE_FOR: 'r',
  SUPPORTS: 'u',
  RECOGNIZED_AS: 'h',
  HAS_STATUS: 'a',
  RANKED: 'k',
}
const everything = '*'
const kindOf = inverse(kindLetters)
const relationOf = inverse(relationLetters)

function inverse<K extends string>(letters: Record<K, string>): Map<string, K> {
  return new Map(Object.entries(letters).map(([key, letter]) => [letter as string, key as K]))
}

export function shorten(id: string): string {
  const [, kind = '', rest] = /^([a-z]+)-([a-z0-9]+)$/.exec(id) ?? []
  const letter = kindLetters[kind.toUpperCase() as Kind]
  return letter && rest ? letter + rest : id
}

export function lengthen(short: string): string {
  const kind = kindOf.get(short[0] ?? '')
  return short.includes('-') || !kind ? short : `${kind.toLowerCase()}-${short.slice(1)}`
}

const list = (value: string | null) => (value ?? '').split('.').filter(Boolean)
const letters = <K>(value: string | null, of: Map<string, K>) =>
  [...(value ?? '')].flatMap((letter) => of.get(letter) ?? [])

const every = (of: (part: string) => boolean) => (value: string) => list(value).every(of)

/** What the parameters may be. */
export const parameters = {
  root: { fits: () => true },
  open: {
    fits: every((token) => {
      const [node, code = '', count = '1', ...more] = token.split('_')
      return (
        !!node &&
        (code === everything || relationOf.has(code.toLowerCase())) &&
        /^\d+$/.test(count) &&
        more.length === 0
      )
    }),
  },
  hide: { fits: () => true },
  pin: { fits: every((token) => /^[^_]+_-?\d+(\.\d+)?_-?\d+(\.\d+)?$/.test(token)) },
  off: { fits: (value: string) => [...value].every((letter) => kindOf.has(letter)) },
  less: { fits: (value: string) => [...value].every((letter) => relationOf.has(letter)) },
  path: { fits: (value: string) => /^[^_]*_[^_]*(_\d+){0,2}$/.test(value) },
  at: { fits: () => true },
  size: { fits: (value: string) => value === 'links' || value === 'mentions', options: ['links', 'mentions'] },
}

/** Reads the view that an address names; what makes no sense in it is passed over. */
export function readView(params: URLSearchParams): View {
  const steps = list(params.get('open')).flatMap((token): Step[] => {
    const [node = '', code = '', count = ''] = token.split('_')
    const relation = relationOf.get(code.toLowerCase())
    if (code !== everything && !relation) return []
    return [
      {
        node: lengthen(node),
        relation: relation ?? null,
        direction: code === code.toLowerCase() ? 'OUT' : 'IN',
        count: Math.min(Math.max(Number(count) || stepSize, 1), 5_000),
      },
    ]
  })
  const pins = list(params.get('pin')).flatMap((token): [string, Point][] => {
    const [node = '', x, y] = token.split('_')
    const point = { x: Number(x), y: Number(y) }
    return Number.isFinite(point.x) && Number.isFinite(point.y) ? [[lengthen(node), point]] : []
  })
  const [from = '', to = '', rank, maxLength] = (params.get('path') ?? '').split('_')
  return {
    roots: [...new Set(list(params.get('root')).map(lengthen))],
    steps,
    hidden: list(params.get('hide')).map(lengthen),
    pins: new Map(pins),
    kindsOff: letters(params.get('off'), kindOf),
    relationsOff: letters(params.get('less'), relationOf),
    path: params.has('path')
      ? {
          from: lengthen(from),
          to: lengthen(to),
          rank: Math.max(Number(rank) || 1, 1),
          maxLength: Math.min(Math.max(Number(maxLength) || pathLength, 1), longestPath),
        }
      : null,
    selected: params.get('at') ? lengthen(params.get('at') ?? '') : null,
    size: params.get('size') === 'mentions' ? 'mentions' : 'links',
  }
}

/** Writes a view into an address, whose other parameters stay. */
export function writeView(view: View, params: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams(params)
  const { path } = view
  const written = {
    root: view.roots.map(shorten).join('.'),
    open: view.steps
      .map(({ node, relation, direction, count }) => {
        const letter = relation ? relationLetters[relation] : everything
        const code = direction === 'IN' ? letter.toUpperCase() : letter
        return [shorten(node), code, ...(count === stepSize ? [] : [count])].join('_')
      })
      .join('.'),
    hide: view.hidden.map(shorten).join('.'),
    pin: [...view.pins].map(([id, { x, y }]) => [shorten(id), Math.round(x), Math.round(y)].join('_')).join('.'),
    off: view.kindsOff.map((kind) => kindLetters[kind]).join(''),
    less: view.relationsOff.map((relation) => relationLetters[relation]).join(''),
    path: path ? [shorten(path.from), shorten(path.to), path.rank, path.maxLength].join('_') : '',
    at: view.selected ? shorten(view.selected) : '',
    size: view.size === 'mentions' ? view.size : '',
  }
  for (const [name, value] of Object.entries(written))
    if (value) next.set(name, value)
    else next.delete(name)
  return next
}
