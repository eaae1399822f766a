import { expect, test } from 'vitest'
import { pieces } from './pieces'

const entity = (name: string) => ({ __typename: 'Place' as const, id: name, kind: 'PLACE' as const, name })
const named = (name: string, start: number, end: number) => ({ entity: entity(name), span: { start, end } })
const shown = (...args: Parameters<typeof pieces>) =>
  pieces(...args).map(({ text, entity, marked }) => `${entity ? `<${entity.name}>` : ''}${text}${marked ? '*' : ''}`)

test('names and a mark cut a text by code points', () => {
  expect(shown('𠮷区与高井村。', [named('高井村', 3, 6), named('𠮷区', 0, 2)])).toEqual([
    '<𠮷区>𠮷区',
    '与',
    '<高井村>高井村',
    '。',
  ])
  expect(shown('甲区与乙村。', [named('乙村', 3, 5)], { start: 2, end: 5 })).toEqual([
    '甲区',
    '与*',
    '<乙村>乙村*',
    '。',
  ])
})

test('of names inside each other the outer one counts, whatever their order', () => {
  expect(shown('青屿数字健康产业园', [named('数字健康', 2, 6), named('园', 0, 9)])).toEqual(['<园>青屿数字健康产业园'])
})

test('a mark may begin inside a name', () => {
  expect(shown('甲乙丙', [named('甲乙', 0, 2)], { start: 1, end: 3 })).toEqual(['<甲乙>甲', '<甲乙>乙*', '丙*'])
})

test('an empty text has no pieces, and a mark beyond the text marks nothing more', () => {
  expect(shown('', [])).toEqual([])
  expect(shown('甲', [], { start: 0, end: 9 })).toEqual(['甲*'])
})
