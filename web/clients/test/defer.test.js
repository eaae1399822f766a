// What is deferred: @apollo/client 3 and 4, and urql, put the parts together.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import apollo3 from '@apollo/client/core/core.cjs'
import { Client, fetchExchange } from '@urql/core'
import * as apollo4 from 'apollo-client-4'
import { Defer20220824Handler } from 'apollo-client-4/incremental'
import { parse } from 'graphql'
import { start } from '../server.js'

let url, stop
before(async () => ({ url, stop } = await start()))
after(() => stop())

const queries = {
  'in lists, one in the other': `query Deferred {
    parks(first: 5) { nodes { id name ...Claims @defer(label: "claims") } }
    ... @defer(label: "stats") { stats { claims entities regions { region { id name } } } }
  }
  fragment Claims on Park {
    claims(first: 3) { totalCount nodes { id relation ... @defer(label: "evidence") { evidence { quote sentence } } } }
    kind
  }`,
  'by type, beside what is not deferred': `query Types {
    entities(first: 20) { totalCount nodes { id kind
      ... on Park @defer { enterprises { totalCount nodes { id name } } }
      ... on Enterprise { region { id name } }
      ... @defer { name reports { nodes { id title } } } } }
  }`,
  'with aliases and variables': `query Variables($later: Boolean! = true) {
    places: entities(filter: {kinds: [PLACE]}, first: 3) { all: totalCount nodes { id ... @defer(if: $later) { title: name known: aliases } } }
  }`,
}

// whole gives the answer in one piece.
async function whole(query) {
  const response = await fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json', Accept: 'application/json' }, body: JSON.stringify({ query }) })
  const { data, errors } = await response.json()
  assert.equal(errors, undefined)
  return data
}

// plain leaves out what clients add for their caches.
const plain = (data) => JSON.parse(JSON.stringify(data, (name, value) => (name === '__typename' ? undefined : value)))

// watchFetch fetches, and keeps a copy of the answer.
function watchFetch() {
  const seen = { fetch: async (to, options) => {
    const response = await fetch(to, options)
    seen.answer = response.clone()
    return response
  } }
  return seen
}

const clients = {
  '@apollo/client 3': (options) => {
    const { ApolloClient, HttpLink, InMemoryCache } = apollo3
    const client = new ApolloClient({ link: new HttpLink({ uri: url, ...options }), cache: new InMemoryCache() })
    // It tells of each part, and not which is the last.
    return (query, want) => new Promise((resolve, reject) => client.watchQuery({ query: parse(query) }).subscribe({
      next: ({ data }) => isDeepStrictEqual(plain(data), want) && resolve(plain(data)),
      error: reject,
    }))
  },
  '@apollo/client 4': (options) => {
    const { ApolloClient, HttpLink, InMemoryCache } = apollo4
    const client = new ApolloClient({ link: new HttpLink({ uri: url, ...options }), cache: new InMemoryCache(), incrementalHandler: new Defer20220824Handler() })
    return (query) => new Promise((resolve, reject) => client.watchQuery({ query: parse(query) }).subscribe(({ data, dataState, error }) => {
      if (error) reject(error)
      if (dataState === 'complete') resolve(plain(data))
    }))
  },
  urql: (options) => {
    const client = new Client({ url, exchanges: [fetchExchange], preferGetMethod: false, ...options })
    return (query) => new Promise((resolve, reject) => client.query(query, {}).subscribe(({ data, error, hasNext }) => {
      if (error) reject(error)
      if (!hasNext) resolve(plain(data))
    }))
  },
}

for (const [name, make] of Object.entries(clients)) {
  for (const [what, query] of Object.entries(queries)) {
    test(`${name} puts together what is deferred ${what}`, async () => {
      const seen = watchFetch()
      const want = await whole(query)
      assert.deepEqual(await make({ fetch: seen.fetch })(query, want), want)
      assert.match(seen.answer.headers.get('Content-Type'), /^multipart\/mixed/)
      const [, first, ...later] = (await seen.answer.text()).split(/^---.*\r\nContent-Type: application\/json\r\n\r\n/m)
      assert.notDeepEqual(plain(JSON.parse(first).data), want)
      assert.ok(later.length > 0)
    })
  }
}

test('a part that fails says so', async () => {
  const query = '{ parks(first: 2) { nodes { name ... @defer { claims(first: 0) { totalCount } } } } }'
  const client = new Client({ url, exchanges: [fetchExchange], preferGetMethod: false })
  const last = await new Promise((resolve) => client.query(query, {}).subscribe((result) => result.hasNext || resolve(result)))
  assert.equal(last.error.graphQLErrors[0].extensions.code, 'BAD_USER_INPUT')
  // Parts come in any order.
  assert.match(last.error.graphQLErrors[0].path.join('.'), /^parks\.nodes\.[01]\.claims$/)
})
