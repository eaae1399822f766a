import { expect, test } from 'vitest'
import { chooseSides, type Spot } from './labels'

const frame = { left: 0, top: 0, right: 400, bottom: 300 }
const sidesOf = (
  spots: Spot[],
  lines: Parameters<typeof chooseSides>[2],
  box: typeof frame,
  height: number,
  always = 0,
) => {
  const dots = spots.map((spot, n) => ({ id: String(n), spot }))
  return chooseSides(dots, dots, lines, box, height, always)
}
const spot = (x: number, y: number, width = 100): Spot => ({ x, y, size: 6, width })

test('a name stands to the right where nothing is in its way', () => {
  expect(sidesOf([spot(100, 100), spot(100, 200)], [], frame, 15)).toEqual(['right', 'right'])
})

test('a name covers no dot, no other name and no line', () => {
  expect(sidesOf([spot(150, 100), spot(210, 100)], [], frame, 15)).toEqual(['left', 'right'])
  expect(sidesOf([spot(150, 100), spot(150, 108)], [], frame, 15)[1]).not.toBe('right')
  const [a, b] = [spot(150, 100), spot(390, 100, 10)]
  expect(sidesOf([a, b], [[a, b]], frame, 15)[0]).toBe('left')
  expect(sidesOf([spot(150, 100)], [[spot(200, 50), spot(200, 150)]], frame, 15)).toEqual(['left'])
  expect(sidesOf([spot(150, 100)], [[spot(200, 50), spot(210, 80)]], frame, 15)).toEqual(['right'])
})

test('a name stays in the frame', () => {
  expect(sidesOf([spot(395, 100)], [], frame, 15)).toEqual(['left'])
  expect(sidesOf([spot(200, 2, 390)], [], frame, 15)).toEqual(['below'])
})

test('a name that would cover another one is left out, unless it stands in any case', () => {
  const crowd = [
    spot(200, 100, 300),
    spot(200, 104, 300),
    spot(200, 108, 300),
    spot(200, 112, 300),
    spot(200, 116, 300),
  ]
  expect(sidesOf(crowd, [], frame, 15)).toEqual(['above', 'right', 'below', null, null])
  const [, ...rest] = crowd
  expect(sidesOf([spot(200, 116, 300), ...rest], [], frame, 15, 5)).not.toContain(null)
})
