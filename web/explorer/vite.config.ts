import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'
import { licences } from './licences.ts'
import { routes } from './src/routes.ts'

const out = 'dist'
const { collect, write } = licences('licences.txt')

// What the server needs beside the files: the addresses at which it serves the
// page, and each file compressed.
const forServer: Plugin = {
  name: 'for-server',
  apply: 'build',
  // All but the README, which keeps the folder.
  buildStart() {
    for (const file of readdirSync(out)) if (file !== 'README.md') rmSync(join(out, file), { recursive: true })
  },
  closeBundle() {
    writeFileSync(join(out, 'routes.json'), JSON.stringify(routes.map((route) => route.path)))
    for (const file of readdirSync(out, { recursive: true, encoding: 'utf8' })) {
      if (/\.(html|js|css|svg|txt)$/.test(file)) {
        const path = join(out, file)
        writeFileSync(`${path}.br`, brotliCompressSync(readFileSync(path)))
      }
    }
  },
}

export default defineConfig({
  plugins: [react(), collect(), write, forServer],
  worker: { plugins: () => [collect()] },
  build: { outDir: out, emptyOutDir: false, target: 'es2024' },
  server: { proxy: { '/graphql': process.env.LANTU ?? 'http://127.0.0.1:8080' } },
  test: { include: ['*.test.ts', 'src/**/*.test.{ts,tsx}'], setupFiles: 'vitest.setup.ts' },
})
