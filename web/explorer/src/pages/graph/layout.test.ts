import { expect, test } from 'vitest'
import { along, bow, distanceTo } from './geometry'
import { place, spacing } from './layout'

test('what is new begins near what it came from, the same each time, and what stands stays', () => {
  const places = new Map([['root', { x: 500, y: 0 }]])
  const ids = ['root', ...Array.from({ length: 30 }, (_, i) => `n${i}`)]
  const cameFrom = new Map(ids.slice(1).map((id) => [id, 'root']))
  place(ids, cameFrom, places)
  expect(places.get('root')).toEqual({ x: 500, y: 0 })
  const far = ids.slice(1).map((id) => Math.hypot((places.get(id)?.x ?? 0) - 500, places.get(id)?.y ?? 0))
  expect(Math.max(...far)).toBeLessThan(spacing * 4)
  expect(new Set([...places.values()].map(({ x, y }) => `${x} ${y}`)).size).toBe(31)
  const again = new Map([['root', { x: 500, y: 0 }]])
  place(ids, cameFrom, again)
  expect(again).toEqual(places)
})

test('several lines between the same two lie apart, whichever way they point', () => {
  const [a, b] = [
    { x: 0, y: 0 },
    { x: 100, y: 0 },
  ]
  const there = along(a, b, bow(0, 2, false), 0.5)
  const back = along(b, a, bow(1, 2, true), 0.5)
  expect(there.y).toBeCloseTo(-back.y)
  expect(Math.abs(there.y - back.y)).toBeGreaterThan(10)
  expect(distanceTo(there, a, b, bow(0, 2, false))).toBeCloseTo(0)
  expect(distanceTo({ x: 50, y: 7 }, a, b, 0)).toBe(7)
  expect(distanceTo({ x: 130, y: 0 }, a, b, 0)).toBe(30)
})
