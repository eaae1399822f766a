import { expect, test } from 'vitest'
import { groupsOf, scaleOf, timeOf } from './series'

test.each([
  [{ from: '2025', to: '2025' }, '2025-12-31', 12],
  [{ from: '2025-01', to: '2025-09' }, '2025-09-30', 9],
  [{ from: '2024-02', to: '2024-02' }, '2024-02-29', 1],
  [{ from: null, to: '2025-06-15' }, '2025-06-15', 1],
  [{ from: '2026', to: '2030' }, '2030-12-31', 60],
])('%o ends on %s and has %i months', (period, at, months) => {
  expect(timeOf(period)).toEqual({ at: new Date(`${at}T00:00:00Z`), months })
})

test('what has no time has no place on the axis', () => expect(timeOf(null)).toEqual({ at: null, months: 0 }))

test.each([
  [[5.2e12, 1], '元', 1e8, '亿元'],
  [[-230_000], '人', 1e4, '万人'],
  [[9_000], '家', 1, '家'],
  [[120_000_000], '%', 1, '%'],
])('%o %s are divided by %d', (amounts, unit, divisor, shown) => {
  expect(scaleOf(amounts, unit)).toEqual({ divisor, unit: shown })
})

test('the average growth of several years has a chart of its own', () => {
  const series = (annualAverage: boolean, number: number) => ({
    about: { name: '云江区' },
    measure: '财政收入',
    type: 'CHANGE',
    unit: '%',
    annualAverage,
    modality: 'FACT',
    points: [{ conflicting: false, observations: [{ amount: number, period: { from: '2024', to: '2024' } }] }],
  })
  const groups = groupsOf([series(true, 8), series(false, 5)] as unknown as Parameters<typeof groupsOf>[0])
  expect(
    groups.map(({ annualAverage, points }) => [annualAverage, points.map((one) => one.observation.amount)]),
  ).toEqual([
    [true, [8]],
    [false, [5]],
  ])
})
