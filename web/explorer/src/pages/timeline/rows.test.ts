import { expect, test } from 'vitest'
import { lanesOf, timeOf } from './rows'

const year = { from: '2024', to: '2024' }

test.each([
  [{ from: '2025', to: '2025', text: '2025年' }, 2025, 2026, 'year'],
  [{ from: '2025-01', to: '2025-06', text: '上半年' }, 2025, 2025.5, 'half'],
  [{ from: '2025-07', to: '2025-07', text: '7月' }, 2025.5, 2025 + 7 / 12, 'month'],
  [{ from: '2021', to: '2025', text: '“十四五”期间' }, 2021, 2026, 'years'],
  [{ from: null, to: '2025', text: '到2025年' }, 2024, 2026, 'deadline'],
] as const)('%o is known to the %s', (stated, from, to, certainty) => {
  const time = timeOf(stated, year, '2024-01')
  expect(time.certainty).toBe(certainty)
  expect(time.from).toBeCloseTo(from)
  expect(time.to).toBeCloseTo(to)
})

test('what no sentence dates is of the time that its report speaks of', () => {
  expect(timeOf(null, year, '2025-01-08')).toEqual({ from: 2024, to: 2025, certainty: 'report' })
  expect(timeOf({ ...year, text: null }, null, '2025-01-08')).toEqual({ from: 2024, to: 2025, certainty: 'report' })
  expect(timeOf(null, null, '2025-01-08')).toEqual({ from: 2025, to: 2026, certainty: 'report' })
  expect(timeOf(null, null, null).certainty).toBe('unknown')
})

test('bars that overlap stand in lanes of their own', () => {
  const bars = [
    { from: 1, to: 3 },
    { from: 2, to: 4 },
    { from: 3, to: 5 },
  ]
  expect(lanesOf(bars)).toEqual({ lanes: [0, 1, 0], count: 2 })
})
