// Files sent along with an operation, by the GraphQL multipart request
// specification, and the job that reads them.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import apollo from '@apollo/client/core/core.cjs'
import createUploadLink from 'apollo-upload-client/createUploadLink.mjs'
import { demoFolder, start } from '../server.js'

const { ApolloClient, InMemoryCache, gql } = apollo

let url, stop
before(async () => ({ url, stop } = await start('admin')))
after(() => stop())

const report = (name) => new File([readFileSync(demoFolder + name)], name, { type: 'text/plain' })

test('@apollo/client sends reports, and asks how far they are', async () => {
  const client = new ApolloClient({
    link: createUploadLink({ uri: url, fetch, FormData }), cache: new InMemoryCache(),
    defaultOptions: { query: { fetchPolicy: 'no-cache' }, mutate: { fetchPolicy: 'no-cache' } },
  })
  const { data } = await client.mutate({
    mutation: gql`mutation ($input: LoadReportInput!) { loadReport(input: $input) { id total } }`,
    variables: { input: { reason: '年度报告', files: [report('qingyu-2025.txt'), new File(['\x89PNG\r\n\x1a\n\0\0'], '图.png')] } },
  })
  assert.equal(data.loadReport.total, 2)
  let job
  do {
    const answer = await client.query({
      query: gql`query ($id: ID!) { job(id: $id) { state reason failed files { nodes { name state claimCount report { file title } error { code message } } } } }`,
      variables: { id: data.loadReport.id },
    })
    job = answer.data.job
  } while (['QUEUED', 'RUNNING'].includes(job.state))
  assert.equal(job.state, 'DONE')
  assert.equal(job.failed, 1)
  const [read, refused] = job.files.nodes
  assert.equal(read.report.file, 'qingyu-2025.txt')
  assert.ok(read.claimCount > 0)
  assert.equal(refused.error.code, 'UNREADABLE')
  assert.match(refused.error.message, /图\.png/)
})

test('what docs/api.md tells curl to send is taken', async () => {
  const form = new FormData()
  form.append('operations', JSON.stringify({ query: 'mutation ($f: [Upload!]!) { loadReport(input: {files: $f}) { state } }', variables: { f: [null] } }))
  form.append('map', JSON.stringify({ 0: ['variables.f.0'] }))
  form.append('0', report('qingyu-2024.txt'))
  const response = await fetch(url, { method: 'POST', body: form })
  assert.equal(response.status, 200)
  const { data, errors } = await response.json()
  assert.equal(errors, undefined)
  assert.match(data.loadReport.state, /^(QUEUED|RUNNING|DONE)$/)
})
