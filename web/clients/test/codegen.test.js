// graphql-codegen: types for TypeScript that compile in its strictest mode.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { generate } from '@graphql-codegen/cli'
import { schemaFiles } from '../server.js'

const here = new URL('..', import.meta.url).pathname

test('generated types compile', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lantu-codegen-'))
  const types = join(folder, 'types.ts')
  await generate({
    schema: schemaFiles, documents: join(here, 'operations.graphql'), silent: true,
    generates: { [types]: { plugins: ['typescript', 'typescript-operations'], config: { strictScalars: true, scalars: { ID: 'string', Upload: 'File' } } } },
  }, true)
  const use = join(folder, 'use.ts')
  writeFileSync(use, `import type { PathsQuery, SeriesQuery } from './types'
export const quotes = (q: PathsQuery): string[] => q.paths.nodes.flatMap((way) => way.hops.map((hop) => hop.claim?.evidence[0]?.quote ?? ''))
export const amounts = (q: SeriesQuery): number[] => q.series.flatMap((s) => s.points.map((p) => p.amount))
`)
  const tsc = (file) => {
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({
      compilerOptions: { strict: true, noEmit: true, noUncheckedIndexedAccess: true, target: 'es2022', module: 'esnext', moduleResolution: 'bundler', types: [] },
      files: [file],
    }))
    return spawnSync(process.execPath, [join(here, 'node_modules/typescript/bin/tsc'), '--project', folder], { encoding: 'utf8' })
  }
  const good = tsc(use)
  assert.equal(good.status, 0, good.stdout)
  const wrong = join(folder, 'wrong.ts')
  writeFileSync(wrong, `import type { SeriesQuery } from './types'\nexport const unit = (q: SeriesQuery): number => q.series[0]!.unit\n`)
  assert.notEqual(tsc(wrong).status, 0, 'a wrong type compiles')
  rmSync(folder, { recursive: true })
})
