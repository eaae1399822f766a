// GraphQL over HTTP and the schema, as the reference implementation sees them.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { auditServer } from 'graphql-http'
import { buildClientSchema, buildSchema, getIntrospectionQuery, validateSchema } from 'graphql'
import { readSchema } from '../schema.js'
import { start } from '../server.js'

let url, stop
before(async () => ({ url, stop } = await start()))
after(() => stop())

test('graphql-http audits the server', async () => {
  const results = await auditServer({ url, fetchFn: fetch })
  const count = { ok: 0, notice: 0, warn: 0, error: 0 }
  const errors = []
  for (const result of results) {
    count[result.status]++
    if (result.status === 'error') errors.push(`${result.id} ${result.name}: ${result.reason}`)
    if ('response' in result) await result.response.body?.cancel().catch(() => {})
  }
  console.log(`graphql-http: ${results.length} audits, ${count.ok} ok, ${count.warn} warnings, ${count.error} errors`)
  assert.ok(results.length >= 61)
  assert.deepEqual(errors, [])
})

test('the introspected schema is valid and the one that is written', async () => {
  const response = await fetch(url, {
    method: 'POST', headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: getIntrospectionQuery({ inputValueDeprecation: true }) }),
  })
  const { data, errors } = await response.json()
  assert.equal(errors, undefined)
  const served = buildClientSchema(data)
  assert.deepEqual(validateSchema(served), [])
  const written = buildSchema(readSchema())
  for (const type of Object.keys(written.getTypeMap())) assert.ok(served.getType(type), `${type} is served`)
  for (const type of Object.values(served.getTypeMap())) {
    if (type.name.startsWith('__')) continue
    assert.ok(type.description, `${type.name} is described`)
    for (const field of Object.values(type.getFields?.() ?? {})) assert.ok(field.description, `${type.name}.${field.name} is described`)
    for (const value of type.getValues?.() ?? []) assert.ok(value.description, `${type.name}.${value.name} is described`)
  }
})
