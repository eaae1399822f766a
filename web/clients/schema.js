// How the schema changes: what breaks clients must be told of.
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { buildSchema, findBreakingChanges, lexicographicSortSchema, printSchema } from 'graphql'

const folder = new URL('../../schema/', import.meta.url).pathname
export const announcedFile = join(folder, 'announced.graphql')
export const changesFile = join(folder, 'CHANGES.md')

// readSchema gives the schema as it is written.
export function readSchema() {
  return readdirSync(folder).filter((name) => name.endsWith('.graphqls')).sort()
    .map((name) => readFileSync(join(folder, name), 'utf8')).join('\n')
}

// normal gives a schema in the form in which it is announced: sorted, without
// descriptions.
export function normal(sdl) {
  return printSchema(lexicographicSortSchema(buildSchema(sdl))).replace(/^ *"""[^]*?"""\n/gm, '') + '\n'
}

// stateOf names a schema in CHANGES.md.
export function stateOf(sdl) {
  return createHash('sha256').update(normal(sdl)).digest('hex').slice(0, 12)
}

// latest gives the newest section of CHANGES.md.
const latest = (changes) => changes.split(/^## /m)[1] ?? ''

// breaks gives the lines of a section that tell of what breaks clients.
const breaks = (section) => section.match(/^- (Changed|Removed): .*$/gm)?.join('\n') ?? ''

// namesIn gives what a change is of: fields, where it names some.
function namesIn(description) {
  const names = description.match(/\w+(\.\w+)?/g) ?? []
  const fields = names.filter((name) => name.includes('.'))
  return fields.length > 0 ? fields : names.filter((name) => /[A-Z]/.test(name))
}

// faults tells what is wrong with how a change from one schema to another is
// told of in CHANGES.md.
export function faults(before, now, changes) {
  const section = latest(changes)
  const untold = findBreakingChanges(buildSchema(before), buildSchema(now))
    .filter(({ description }) => !namesIn(description).some((name) => breaks(section).includes('`' + name + '`')))
    .map(({ description }) => `breaks clients, and the newest section of schema/CHANGES.md does not name it in a line "- Changed:" or "- Removed:": ${description}`)
  const state = stateOf(now)
  if (!section.includes(state)) untold.push(`the newest section of schema/CHANGES.md is not of this schema (${state}): tell there of what changed, then 'npm run announce' in web/clients`)
  return untold
}
