import { expect, test } from 'vitest'
import { chooseSides, type Spot } from './labels'

const frame = { left: 0, top: 0, right: 400, bottom: 300 }
const spot = (x: number, y: number, width = 100): Spot => ({ x, y, size: 6, width })

test('a name stands to the right where nothing is in its way', () => {
  expect(chooseSides([spot(100, 100), spot(100, 200)], [], frame, 15)).toEqual(['right', 'right'])
})

test('a name covers no dot, no other name and no line', () => {
  expect(chooseSides([spot(150, 100), spot(210, 100)], [], frame, 15)).toEqual(['left', 'right'])
  expect(chooseSides([spot(150, 100), spot(150, 108)], [], frame, 15)[1]).not.toBe('right')
  const [a, b] = [spot(150, 100), spot(390, 100, 10)]
  expect(chooseSides([a, b], [[a, b]], frame, 15)[0]).toBe('left')
  expect(chooseSides([spot(150, 100)], [[spot(200, 50), spot(200, 150)]], frame, 15)).toEqual(['left'])
  expect(chooseSides([spot(150, 100)], [[spot(200, 50), spot(210, 80)]], frame, 15)).toEqual(['right'])
})

test('a name stays in the frame', () => {
  expect(chooseSides([spot(395, 100)], [], frame, 15)).toEqual(['left'])
  expect(chooseSides([spot(200, 2, 390)], [], frame, 15)).toEqual(['below'])
})
