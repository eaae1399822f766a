import type { FeatureCollection, MultiPolygon } from 'geojson'
import { useEffect, useState } from 'react'
import { feature } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import type { MapPlace } from './queries'

/** The parts of a division as polygons of the plane, and of China the inset of the South China Sea. */
export type Outlines = { parts: FeatureCollection<MultiPolygon, { name: string }>; sea: FeatureCollection | null }

// Made by outlines/build.js; each is loaded when it is shown.
const files = import.meta.glob<Topology>('./outlines/*.json', { import: 'default' })

/** Whether there are outlines of the parts of the division with a code; that of China is 0. */
export function hasOutlines(code: string | null | undefined): code is string {
  return `./outlines/${code}.json` in files
}

/** The outlines of the parts of a division; null until they are there, and when there are none. */
export function useOutlines(code: string | null | undefined): Outlines | null {
  const [loaded, setLoaded] = useState<{ code: string; outlines: Outlines }>()
  useEffect(() => {
    if (!hasOutlines(code)) return
    let shown = true
    files[`./outlines/${code}.json`]?.().then((topology) => {
      if (shown) setLoaded({ code, outlines: toOutlines(topology) })
    })
    return () => {
      shown = false
    }
  }, [code])
  return loaded && loaded.code === code ? loaded.outlines : null
}

function toOutlines(topology: Topology): Outlines {
  const { parts, sea } = topology.objects
  return {
    parts: feature(topology, parts as GeometryCollection) as Outlines['parts'],
    sea: sea ? { type: 'FeatureCollection', features: [feature(topology, sea)].flat() as never } : null,
  }
}

/**
 * The place of each outline: by its division code, which outlines write with six digits; else by a name
 * that is the same but for the unit, for codes change.
 */
export function match(outlines: Outlines, places: MapPlace[]): Map<string, MapPlace> {
  const found = new Map<string, MapPlace>()
  const taken = new Set<string>()
  const add = (id: string, place: MapPlace | undefined) => {
    if (!place || taken.has(place.id)) return
    found.set(id, place)
    taken.add(place.id)
  }
  for (const { id } of outlines.parts.features)
    add(
      String(id),
      places.find(({ code }) => code?.padEnd(6, '0') === String(id)),
    )
  for (const { id, properties } of outlines.parts.features)
    if (!found.has(String(id)))
      add(
        String(id),
        places.find((place) => !taken.has(place.id) && stem(place.name) === stem(properties.name)),
      )
  return found
}

/** A name without its unit: 保定 of 保定市, 内蒙古 of 内蒙古自治区. */
export function stem(name: string): string {
  const short = name.replace(/(特别行政区|(维吾尔|壮族|回族)?自治区|省|市|地区|盟|区|县|旗)$/, '')
  return Array.from(short).length >= 2 ? short : name
}
