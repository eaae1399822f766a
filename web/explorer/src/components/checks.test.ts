import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { checkWords } from './checks'

// Every form of message in the extractor's source, with numbers put in.
const source = readFileSync('../../loaders/extract/check.go', 'utf8')
const messages = [...source.matchAll(/c\.mark\([^"]*"([^"]+)"/g)].map(([, form = '']) =>
  form.replaceAll('%.1f%%', '12.5%').replaceAll('%%', '%').replaceAll(/%[sd]/g, '7'),
)

test('every sum that the server can tell of has Chinese words', () => {
  expect(messages.length).toBeGreaterThan(8)
  for (const message of messages) expect(checkWords({ message }, 'zh'), message).not.toMatch(/[a-z]{3}/)
})

test('a sum keeps its numbers', () => {
  expect(checkWords({ message: 'from 39 to 91 is 52, said 50' }, 'zh')).toBe('从 39 到 91 应为 52，原文说 50')
  expect(checkWords({ message: 'from 39 to 91 is 52, said 50' }, 'en')).toBe('from 39 to 91 is 52, said 50')
})
