import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { routes } from './routes'

test('every address has its page, once', () => {
  for (const { page } of routes)
    expect(existsSync(new URL(`pages/${page}/index.tsx`, import.meta.url)), `src/pages/${page}/index.tsx`).toBe(true)
  expect(new Set(routes.map(({ path }) => path)).size).toBe(routes.length)
})
