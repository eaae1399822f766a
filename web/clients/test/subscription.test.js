// Subscriptions: graphql-ws, graphql-sse and @apollo/client.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import apollo from '@apollo/client/core/core.cjs'
import subscriptions from '@apollo/client/link/subscriptions/subscriptions.cjs'
import { createClient as createSSE } from 'graphql-sse'
import { createClient as createWS } from 'graphql-ws'
import WebSocket from 'ws'
import { demoFolder, start } from '../server.js'

const { ApolloClient, InMemoryCache, gql } = apollo

let url, stop
before(async () => ({ url, stop } = await start('admin')))
after(() => stop())

// load sends a report and gives the id of its job.
async function load(name) {
  const form = new FormData()
  form.append('operations', JSON.stringify({ query: 'mutation ($f: [Upload!]!) { loadReport(input: {files: $f}) { id } }', variables: { f: [null] } }))
  form.append('map', JSON.stringify({ 0: ['variables.f.0'] }))
  form.append('0', new File([readFileSync(demoFolder + name)], name))
  const { data } = await (await fetch(url, { method: 'POST', body: form })).json()
  return data.loadReport.id
}

const query = 'subscription ($id: ID!) { jobProgress(id: $id) { id state finished } }'

// follow gives the states of a job that a client tells of.
async function follow(client, id) {
  const states = []
  for await (const { data, errors } of client.iterate({ query, variables: { id } })) {
    assert.equal(errors, undefined)
    states.push(data.jobProgress.state)
  }
  return states
}

const websocket = (options) => createWS({ url: url.replace('http', 'ws'), webSocketImpl: WebSocket, ...options })

test('graphql-ws follows a job', async () => {
  const client = websocket()
  assert.equal((await follow(client, await load('qingyu-2025.txt'))).at(-1), 'DONE')
  await client.dispose()
})

test('graphql-sse follows a job', async () => {
  const client = createSSE({ url, fetchFn: fetch })
  assert.equal((await follow(client, await load('qingyu-2024.txt'))).at(-1), 'DONE')
  client.dispose()
})

test('@apollo/client follows a job', async () => {
  const ws = websocket()
  const client = new ApolloClient({ link: new subscriptions.GraphQLWsLink(ws), cache: new InMemoryCache() })
  const id = await load('qingyu-2025.txt')
  const states = await new Promise((resolve, reject) => {
    const seen = []
    client.subscribe({ query: gql(query), variables: { id } }).subscribe({
      next: ({ data }) => seen.push(data.jobProgress.state), error: reject, complete: () => resolve(seen),
    })
  })
  assert.equal(states.at(-1), 'DONE')
  await ws.dispose()
})

test('the graph tells that it has changed', async () => {
  const client = websocket()
  const changes = client.iterate({ query: 'subscription { graphChanged(filter: {kinds: [ADD_ALIAS]}) { kind entity { aliases } } }' })
  const changed = changes.next()
  const ask = async (query) => (await (await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query }) })).json()).data
  const { parks } = await ask('{ parks(first: 1) { nodes { id } } }')
  // The subscription may still be on its way: names are added until one is told of.
  let told
  changed.then(({ value }) => { told = value })
  for (let i = 0; !told; i++) await ask(`mutation { addAlias(input: {entity: "${parks.nodes[0].id}", alias: "别名${i}"}) { change { id } } }`)
  assert.equal(told.data.graphChanged.kind, 'ADD_ALIAS')
  assert.ok(told.data.graphChanged.entity.aliases.some((alias) => alias.startsWith('别名')))
  await client.dispose()
})

test('a mistake comes as an error with a code', async () => {
  const of = (client) => new Promise((resolve, reject) => {
    client.subscribe({ query, variables: { id: 'job-x' } }, { next: resolve, error: resolve, complete: () => reject(new Error('nothing was said')) })
  })
  const ws = websocket()
  for (const client of [ws, createSSE({ url, fetchFn: fetch })]) {
    const told = await of(client)
    assert.equal((told.errors ?? told)[0].extensions.code, 'NOT_FOUND')
  }
  await ws.dispose()
})

test('a key that does not hold closes the websocket for good', async () => {
  const client = websocket({ connectionParams: { Authorization: 'Bearer lantu_x' } })
  await assert.rejects(follow(client, 'job-x'), (closed) => closed.code === 4401)
})
