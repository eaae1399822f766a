// @apollo/client: pages that are merged, and automatic persisted queries.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, test } from 'node:test'
import apollo from '@apollo/client/core/core.cjs'
import persisted from '@apollo/client/link/persisted-queries/persisted-queries.cjs'
import utilities from '@apollo/client/utilities/utilities.cjs'
import { start } from '../server.js'

const { ApolloClient, ApolloLink, HttpLink, InMemoryCache, gql } = apollo

let url, stop
before(async () => ({ url, stop } = await start()))
after(() => stop())

test('pages are merged by Relay\'s convention', async () => {
  const client = new ApolloClient({
    link: new HttpLink({ uri: url, fetch }),
    cache: new InMemoryCache({ typePolicies: { Query: { fields: { entities: utilities.relayStylePagination() } } } }),
  })
  const query = gql`query Entities($after: String) {
    entities(first: 30, after: $after) { totalCount edges { cursor node { id name kind } } pageInfo { hasNextPage endCursor hasPreviousPage startCursor } }
  }`
  const watched = client.watchQuery({ query })
  const watching = watched.subscribe({})
  let { data } = await watched.result()
  let pages = 1
  while (data.entities.pageInfo.hasNextPage) {
    await watched.fetchMore({ variables: { after: data.entities.pageInfo.endCursor } })
    data = watched.getCurrentResult().data
    pages++
  }
  watching.unsubscribe()
  assert.ok(pages > 1)
  assert.equal(data.entities.edges.length, data.entities.totalCount)
  assert.equal(new Set(data.entities.edges.map((edge) => edge.node.id)).size, data.entities.totalCount)
})

test('persisted queries are sent by their hash', async () => {
  const sent = []
  const http = new HttpLink({ uri: url, fetch: (to, options) => { sent.push(`${options.method} ${options.body ?? ''}`); return fetch(to, options) } })
  const link = ApolloLink.from([persisted.createPersistedQueryLink({
    sha256: (text) => createHash('sha256').update(text).digest('hex'), useGETForHashedQueries: true,
  }), http])
  const query = gql`{ reports { nodes { id title } } }`
  for (let i = 0; i < 2; i++) {
    const client = new ApolloClient({ link, cache: new InMemoryCache() })
    const { data } = await client.query({ query })
    assert.equal(data.reports.nodes.length, 1)
  }
  // Unknown at first, then sent with the text once, then known.
  assert.deepEqual(sent.map((request) => request.split(' ')[0]), ['GET', 'POST', 'GET'])
})
