import { expect, test } from 'vitest'
import { lengthen, readView, shorten, type View, writeView } from './address'

const view: View = {
  roots: ['park-abcdefgh23456722', 'place-110105'],
  steps: [
    { node: 'park-abcdefgh23456722', relation: 'SETTLED_IN', direction: 'IN', count: 20 },
    { node: 'place-110105', relation: 'LOCATED_IN', direction: 'OUT', count: 60 },
    { node: 'person-abcdefgh23456722', relation: null, direction: 'OUT', count: 20 },
  ],
  hidden: ['enterprise-abcdefgh23456733'],
  pins: new Map([['place-110105', { x: -120, y: 34 }]]),
  kindsOff: ['EVENT', 'PERSON'],
  relationsOff: ['TARGETS'],
  path: { from: 'park-abcdefgh23456722', to: 'place-110105', rank: 2, maxLength: 5 },
  selected: 'place-110105',
  size: 'mentions',
}

test('a view comes back from its address, and the address needs no escapes', () => {
  const address = String(writeView(view, new URLSearchParams({ fact: 'claim-x' })))
  expect(readView(new URLSearchParams(address))).toEqual(view)
  expect(address).not.toContain('%')
  expect(address).toContain('fact=claim-x')
})

test('what is as it always is stands in no address', () => {
  const plain: View = {
    ...view,
    steps: [],
    hidden: [],
    pins: new Map(),
    kindsOff: [],
    relationsOff: [],
    path: { from: 'place-110105', to: '', rank: 1, maxLength: 4 },
    selected: null,
    size: 'links',
  }
  const address = writeView(plain, new URLSearchParams(writeView(view, new URLSearchParams())))
  expect(String(address)).toBe('root=kabcdefgh23456722.p110105&path=p110105__1_4')
  expect(readView(address)).toEqual(plain)
})

test('ids are shortened and whole ones read, others stay as they are', () => {
  for (const id of ['industry-abc234', 'place-9901', 'claim-abc', 'x']) expect(lengthen(shorten(id))).toBe(id)
  expect(shorten('industry-abc234')).toBe('iabc234')
  expect(readView(new URLSearchParams('root=industry-abc234')).roots).toEqual(['industry-abc234'])
})

test('nonsense in an address is passed over', () => {
  const read = readView(new URLSearchParams('open=p1.p1_z.p2_s_x&pin=p1_a_b.p2_3_4&off=ez&path=p1_p2_0_99'))
  expect(read.steps).toEqual([{ node: 'place-2', relation: 'SETTLED_IN', direction: 'OUT', count: 20 }])
  expect([...read.pins.keys()]).toEqual(['place-2'])
  expect(read.kindsOff).toEqual(['ENTERPRISE'])
  expect(read.path).toEqual({ from: 'place-1', to: 'place-2', rank: 1, maxLength: 6 })
})
