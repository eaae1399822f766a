// urql: an answer, a mistake, and variables.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Client, cacheExchange, fetchExchange, gql } from '@urql/core'
import { start } from '../server.js'

let client, stop
before(async () => {
  let url
  ({ url, stop } = await start())
  client = new Client({ url, exchanges: [cacheExchange, fetchExchange], preferGetMethod: false })
})
after(() => stop())

test('every claim opens its sentence', async () => {
  const { data, error } = await client.query(gql`query Settled($relation: Relation!) {
    claims(filter: {relations: [$relation]}) { nodes { subject { name } object { name } evidence { quote sentence } } }
  }`, { relation: 'SETTLED_IN' }).toPromise()
  assert.equal(error, undefined)
  assert.ok(data.claims.nodes.length > 0)
  for (const claim of data.claims.nodes) assert.ok(claim.evidence[0].sentence.includes(claim.evidence[0].quote))
})

test('a mistake has a code and says what to do', async () => {
  const { error } = await client.query(gql`{ parks(first: 1000) { totalCount } }`, {}).toPromise()
  assert.equal(error.graphQLErrors[0].extensions.code, 'BAD_USER_INPUT')
  assert.match(error.graphQLErrors[0].message, /1 to 100/)
})
