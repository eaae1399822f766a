// Announces the schema as it is now: puts its state into the newest section of
// CHANGES.md, which must name everything that breaks clients, and keeps it for
// the next comparison.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { announcedFile, changesFile, faults, normal, readSchema, stateOf } from './schema.js'

const now = readSchema()
const before = existsSync(announcedFile) ? readFileSync(announcedFile, 'utf8') : now
const changes = readFileSync(changesFile, 'utf8').replace(/^## .*$/m, (heading) => heading.replace(/ \([0-9a-f]{12}\)$/, '') + ` (${stateOf(now)})`)
const wrong = faults(before, now, changes)
if (wrong.length > 0) {
  console.error(wrong.join('\n'))
  process.exit(1)
}
writeFileSync(changesFile, changes)
writeFileSync(announcedFile, normal(now))
console.log(`announced ${stateOf(now)}`)
