import { expect, test } from 'vitest'
import { named } from './named'

test('names are found in code points, the longest first, none inside another', () => {
  const things = [
    { of: 'park', names: ['云屏园', '云屏园二期'] },
    { of: 'firm', names: ['青帆', '云屏'] },
  ]
  expect(named('𠮷青帆入驻云屏园二期，云屏园', things)).toEqual([
    { start: 1, end: 3, of: 'firm' },
    { start: 5, end: 10, of: 'park' },
    { start: 11, end: 14, of: 'park' },
  ])
  expect(named('该园区', things)).toEqual([])
  expect(named('甲', [{ of: 1, names: [''] }])).toEqual([])
})
