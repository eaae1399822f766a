import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { explain, inOneLine, problems } from './problems'

test('every code of the API has its sentence, and no other', () => {
  const page = readFileSync(new URL('../../../../docs/api.md', import.meta.url), 'utf8')
  const table = /\| code \| when \|\n\|---\|---\|\n((?:\|.*\n)+)/.exec(page)?.[1] ?? ''
  const codes = table.split('\n').flatMap((row) => (row.split('|')[1] ?? '').match(/[A-Z_]{4,}/g) ?? [])
  expect(codes).toContain('BAD_USER_INPUT')
  expect(Object.keys(problems).sort()).toEqual([...codes].sort())
  for (const { zh, en } of Object.values(problems)) {
    expect(zh).toMatch(/^\p{Script=Han}.*。$/u)
    expect(en).toMatch(/^[A-Z].*\.$/)
  }
})

const failed = (message: string, code?: string) => ({ graphQLErrors: [{ message, extensions: { code } }] as never[] })

test('an error is explained by its code, one without a known code by what the server says', () => {
  expect(explain(failed('first: 500 is too many', 'BAD_USER_INPUT'))).toEqual([
    { sentence: problems.BAD_USER_INPUT, message: 'first: 500 is too many', code: 'BAD_USER_INPUT' },
  ])
  expect(explain(failed('odd', 'SOMETHING_NEW'))[0]).toMatchObject({ message: 'odd', code: 'SOMETHING_NEW' })
  expect(inOneLine(failed('odd'), 'en')).toMatch(/“odd”$/)
  expect(inOneLine({ graphQLErrors: [] }, 'zh')).toContain('服务器没有应答')
})
