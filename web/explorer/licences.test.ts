import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { fits, licencesOf } from './licences'

const root = mkdtempSync(join(tmpdir(), 'lantu-licences-'))
afterAll(() => rmSync(root, { recursive: true }))

/** Installs a package in miniature, and gives the path of its module. */
function install(name: string, about: { license?: string; dependencies?: Record<string, string> }, text?: string) {
  const folder = join(root, 'node_modules', name)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, version: '1.2.3', ...about }))
  if (text) writeFileSync(join(folder, 'LICENSE.md'), text)
  return join(folder, 'dist/index.js')
}

test('a choice fits with one that fits, a sum when all do', () => {
  for (const licence of ['MIT', 'ISC', '(MIT OR GPL-3.0-or-later)', 'MIT AND Zlib', 'Apache-2.0'])
    expect(fits(licence), licence).toBe(true)
  for (const licence of [
    'GPL-3.0',
    'MIT AND GPL-2.0',
    'UNLICENSED',
    'undefined',
    '',
    'SEE LICENSE IN x',
    'AGPL-3.0 OR SSPL-1.0',
  ])
    expect(fits(licence), licence).toBe(false)
})

test('packages are named with their texts, and those that are inside them', () => {
  install('inner', { license: 'ISC' }, 'Copyright Inner')
  const outer = install(
    '@some/outer',
    { license: 'MIT', dependencies: { inner: '1', '@types/x': '1' } },
    'Copyright Outer',
  )
  expect(licencesOf([outer, `${root}/src/main.ts`, '\0virtual'])).toEqual([
    { name: '@some/outer', version: '1.2.3', licence: 'MIT', text: 'Copyright Outer' },
    { name: 'inner', version: '1.2.3', licence: 'ISC', text: 'Copyright Inner' },
  ])
})

test('what does not fit or has no text is refused', () => {
  expect(() => licencesOf([install('strict', { license: 'GPL-3.0' }, 'Copyright')])).toThrow('does not fit Apache-2.0')
  expect(() => licencesOf([install('silent', {}, 'Copyright')])).toThrow('does not fit Apache-2.0')
  expect(() => licencesOf([install('bare', { license: 'MIT' })])).toThrow('no text of its licence')
})
