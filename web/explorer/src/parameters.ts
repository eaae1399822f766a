import { matchPath } from 'react-router'
import { parameters as graph } from './pages/graph/address'
import { isWhat } from './pages/map/counts'
import { states } from './pages/timeline/states'
import { routes } from './routes'
import { changeKinds, jobStates, kinds, levels, modalities, observationTypes, relations, statuses } from './vocabulary'

/** Whether a value of a parameter can be used, and all that can, where they are few. */
export type Check = { fits: (value: string) => boolean; options?: readonly string[] }

const any: Check = { fits: () => true }
const oneOf = (...options: string[]): Check => ({ fits: (value) => options.includes(value), options })
const keyOf = (vocabulary: object) => oneOf(...Object.keys(vocabulary))
const like = (pattern: RegExp): Check => ({ fits: (value) => pattern.test(value) })
const day = like(/^[12]\d{3}(-\d{2}(-\d{2})?)?$/)
const whole = like(/^\d{1,9}$/)
const share: Check = { fits: (value) => /^\d/.test(value) && Number(value) >= 0 && Number(value) <= 1 }

type Parameters = Record<string, Check>

/** What narrows the rows of a table. */
const shared = { region: any, report: any, from: day, to: day, within: any, confidence: share }
const entityFilters = { ...shared, name: any, status: keyOf(statuses), relation: keyOf(relations), industry: any }
export const tableFilters = {
  entities: entityFilters,
  places: { ...entityFilters, level: keyOf(levels) },
  claims: {
    ...shared,
    relation: keyOf(relations),
    about: any,
    status: keyOf(statuses),
    modality: keyOf(modalities),
    value: any,
  },
  observations: {
    ...shared,
    about: any,
    measure: any,
    type: keyOf(observationTypes),
    unit: any,
    checks: oneOf('true', 'false'),
    modality: keyOf(modalities),
  },
  reports: { region: any, from: day, to: day, title: any, speaker: any },
} satisfies Record<string, Parameters>

const tables = (what: string): Parameters => ({
  ...(Object.hasOwn(tableFilters, what) ? tableFilters[what as keyof typeof tableFilters] : entityFilters),
  sort: any,
  dir: oneOf('asc', 'desc'),
  columns: any,
})

/** What the address of each page may say. */
export const parameters: Record<string, Parameters | ((what: string) => Parameters)> = {
  search: { q: any, kind: keyOf(kinds), region: any },
  entity: { group: { fits: (value) => Object.hasOwn(relations, value.replace(/_(IN|OUT)$/, '')) } },
  graph,
  trace: {
    from: any,
    direction: oneOf('REACHES', 'REACHED_BY'),
    level: keyOf(levels),
    kind: keyOf(kinds),
    report: any,
    steps: oneOf('said'),
    view: oneOf('picture', 'list', 'memo'),
  },
  reports: { region: any, title: any, pick: any },
  report: {
    passage: any,
    start: whole,
    end: whole,
    entity: any,
    hide: { fits: (value) => value.split(',').every((kind) => Object.hasOwn(kinds, kind)) },
  },
  compare: { tab: oneOf('status', 'values', 'appeared', 'vanished', 'newClaims', 'droppedClaims') },
  indicators: {
    view: oneOf('mismatches'),
    measure: any,
    region: any,
    about: any,
    report: any,
    modality: keyOf(modalities),
    m: any,
  },
  timeline: {
    about: any,
    name: any,
    region: any,
    report: any,
    kind: keyOf(kinds),
    from: day,
    to: day,
    state: keyOf(states),
    view: oneOf('gantt', 'list'),
  },
  tables,
  review: {
    tab: oneOf('changes'),
    what: oneOf('claims', 'numbers'),
    relation: keyOf(relations),
    region: any,
    report: any,
    at: any,
    kind: keyOf(changeKinds),
    who: any,
    since: day,
    standing: oneOf('true', 'false'),
    claim: any,
    observation: any,
    entity: any,
  },
  map: { place: any, what: { fits: isWhat } },
  load: { job: any, state: keyOf(jobStates) },
  help: {},
}

/** What every page knows: a fact whose sentence is open, a step of the tour, pages of lists. */
const everywhere: Parameters = { fact: any, tour: whole }
const cursor = /^([a-z]+-?)?(after|before)$/

/** A part of an address that could not be used; `options` where its name is known and what it may be are few. */
export type Unusable = { name: string; value: string; known: boolean; options?: readonly string[] }

/** Parts an address into what its page can use, and what it cannot. */
export function readAddress(pathname: string, all: URLSearchParams) {
  const params = new URLSearchParams()
  const unusable: Unusable[] = []
  const route = routes.find(({ path }) => matchPath(path, pathname))
  const page = route && parameters[route.page]
  const own = typeof page === 'function' ? page(pathname.split('/')[2] ?? 'entities') : page
  for (const [name, value] of all) {
    const check = cursor.test(name) || !own ? any : (own[name] ?? everywhere[name])
    // An empty word is as good as none.
    if (value === '' || check?.fits(value)) params.append(name, value)
    else unusable.push({ name, value, known: check !== undefined, ...(check?.options && { options: check.options }) })
  }
  return { params, unusable }
}
