import { expect, test } from 'vitest'
import { placeNames } from './names'

const frame = { width: 400, height: 300 }
const part = (name: string, x: number, y: number, area: number, known = false) => ({
  name,
  centre: [x, y] as [number, number],
  area,
  known,
})

test('a name stands on its part, that of a small part beside it', () => {
  const [large, little] = [part('河北', 200, 100, 9_000), part('天津', 230, 140, 100)]
  const names = placeNames([little, large], frame)
  expect(names.map(({ part, at }) => [part.name, at === part.centre])).toEqual([
    ['河北', true],
    ['天津', false],
  ])
  const [x = 0, y = 0] = names[1]?.at ?? []
  expect(Math.hypot(x - 230, y - 140)).toBeCloseTo(26)
})

test('names do not touch each other and stay in the frame', () => {
  const parts = Array.from({ length: 12 }, (_, n) => part(`第${n}县`, 385 - (n % 4) * 22, 20 + n * 4, n * 200))
  const names = placeNames(parts, frame)
  expect(names.length).toBeGreaterThan(6)
  for (const [n, { at }] of names.entries()) {
    expect(at[0]).toBeLessThan(frame.width - 19)
    for (const other of names.slice(n + 1))
      expect(Math.abs(other.at[0] - at[0]) >= 39 || Math.abs(other.at[1] - at[1]) >= 16).toBe(true)
  }
})

test('what is in the graph is named first', () => {
  const names = placeNames([part('甲', 100, 100, 9_000), part('乙', 102, 100, 50, true)], frame)
  expect(names[0]?.part.name).toBe('乙')
  expect(names[0]?.at).toBe(names[0]?.part.centre)
})
