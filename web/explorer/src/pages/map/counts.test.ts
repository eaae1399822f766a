import { expect, test } from 'vitest'
import { shadeOf, shades } from './counts'

test('shades grow by squares up to the largest number', () => {
  expect(shades([0, 100, 7])).toEqual([1, 4, 16, 36, 64])
  expect([0, 1, 4, 63, 100].map((n) => shadeOf(n, [1, 4, 16, 36, 64]))).toEqual([0, 1, 2, 4, 5])
})

test('few numbers have few shades, none has none', () => {
  expect(shades([2, 1])).toEqual([1, 2])
  expect(shades([0, 0])).toEqual([])
  expect(shades([])).toEqual([])
})
