// No change of the schema goes untold.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { announcedFile, changesFile, faults, normal, readSchema, stateOf } from '../schema.js'

test('the schema is the one that was announced', () => {
  assert.deepEqual(faults(readFileSync(announcedFile, 'utf8'), readSchema(), readFileSync(changesFile, 'utf8')), [])
  assert.equal(normal(readSchema()), readFileSync(announcedFile, 'utf8'), "tell of the change in schema/CHANGES.md, then run 'npm run announce' in web/clients")
})

test('what breaks clients must be named', () => {
  const before = 'type Query { park(id: ID!): Park }\ntype Park { name: String! area: Float }'
  const now = 'type Query { park(id: ID!): Park }\ntype Park { name: String! size: Float }'
  const told = (text) => `# Changes\n\n## Next (${stateOf(now)})\n${text}\n\n## Before\n`
  assert.deepEqual(faults(before, now, told('- Removed: `Park.area`; ask for `Park.size`.')), [])
  for (const untold of ['- Park has a size.', '- Added: `Park.size` beside `Park.area`.', '- Removed: `Park`.', 'Removed: `Park.area`.'])
    assert.match(faults(before, now, told(untold))[0], /Park.area was removed/, untold)
  assert.match(faults(before, now, '# Changes\n\n## Before\n- Removed: `Park.area`.\n')[0], /not of this schema/)
  assert.equal(faults(before, before, '# Changes\n\n## Next (000000000000)\n').length, 1)
  assert.deepEqual(faults(before, 'type Query { park(id: ID!): Park }\n"A park." type Park { area: Float name: String! }', `## Next (${stateOf(before)})`), [])
})
