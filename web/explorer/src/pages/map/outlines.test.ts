import { readdirSync, readFileSync } from 'node:fs'
import type { Topology } from 'topojson-specification'
import { expect, test } from 'vitest'
import { match, type Outlines, stem } from './outlines'
import type { MapPlace } from './queries'

const folder = new URL('./outlines/', import.meta.url)
const read = (code: string) => JSON.parse(readFileSync(new URL(`${code}.json`, folder), 'utf8')) as Topology
const partsOf = (topology: Topology) =>
  (topology.objects.parts as unknown as { geometries: { id: string; properties: { name: string } }[] }).geometries

test('China has its 34 provinces and the South China Sea Islands', () => {
  const china = read('0')
  expect(partsOf(china)).toHaveLength(34)
  expect(partsOf(china).map(({ id }) => id)).toContain('710000')
  expect(china.objects.sea).toMatchObject({ properties: { name: '南海诸岛' } })
})

test('each file holds parts of the division that names it, with codes', () => {
  const files = readdirSync(folder).map((name) => name.replace('.json', ''))
  expect(files.length).toBeGreaterThan(350)
  for (const code of files.filter((one) => one !== '0')) {
    const own = partsOf(read(code)).filter(({ id }) => id.startsWith(code))
    expect(own.length, code).toBeGreaterThan(partsOf(read(code)).length / 2)
  }
})

test('places are matched by code, then by name', () => {
  const outline = (id: string, name: string) => ({ type: 'Feature', id, properties: { name }, geometry: null }) as never
  const outlines: Outlines = {
    parts: {
      type: 'FeatureCollection',
      features: [outline('130600', '保定市'), outline('130700', '张家口市'), outline('130800', '承德市')],
    },
    sea: null,
  }
  const place = (name: string, code: string | null) => ({ id: name, name, code }) as MapPlace
  const found = match(outlines, [place('保定市', '1306'), place('张家口', null), place('雄安新区', null)])
  expect([...found].map(([id, { name }]) => [id, name])).toEqual([
    ['130600', '保定市'],
    ['130700', '张家口'],
  ])
})

test.each([
  ['保定市', '保定'],
  ['内蒙古自治区', '内蒙古'],
  ['新疆维吾尔自治区', '新疆'],
  ['香港特别行政区', '香港'],
  ['易县', '易县'],
])('the stem of %s is %s', (name, short) => expect(stem(name)).toBe(short))
