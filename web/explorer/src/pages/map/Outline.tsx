import { geoIdentity, geoPath } from 'd3-geo'
import { useMemo } from 'react'
import { Link } from 'react-router'
import { useText } from '../../text'
import { countOf, shadeOf, type What } from './counts'
import type { Outlines } from './outlines'
import type { MapPlace } from './queries'
import { words } from './text'

const size = { width: 900, height: 680 }

/** The parts of a place in their outlines, shaded by their counts. */
export function Outline({
  outlines,
  places,
  what,
  whatName,
  bounds,
  label,
  to,
}: {
  outlines: Outlines
  places: Map<string, MapPlace>
  what: What
  whatName: string
  bounds: number[]
  label: string
  to: (place: MapPlace) => string
}) {
  const t = useText(words)
  const drawn = useMemo(() => {
    const all = {
      type: 'FeatureCollection' as const,
      features: [...outlines.parts.features, ...(outlines.sea?.features ?? [])],
    }
    const path = geoPath(
      geoIdentity().fitExtent(
        [
          [8, 8],
          [size.width - 8, size.height - 8],
        ],
        all,
      ),
    )
    const [[seaLeft], [seaRight, seaBottom]] = outlines.sea ? path.bounds(outlines.sea) : [[0], [0, 0]]
    const parts = outlines.parts.features.map((part) => ({
      id: String(part.id),
      name: part.properties.name,
      d: path(part) ?? '',
      centre: path.centroid(part),
      area: path.area(part),
      known: places.has(String(part.id)),
    }))
    return {
      parts,
      labels: apart(parts),
      sea: outlines.sea?.features.map((part) => path(part) ?? '') ?? [],
      seaLabel: [(seaLeft + seaRight) / 2, seaBottom - 4],
    }
  }, [outlines, places])
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: SVG has no fieldset */}
      <svg className="map-outline" viewBox={`0 0 ${size.width} ${size.height}`} role="group" aria-label={label}>
        {drawn.sea.map((d) => (
          <path key={d} className="map-sea" d={d}>
            <title>{t('sea')}</title>
          </path>
        ))}
        {drawn.parts.map(({ id, name, d }) => {
          const place = places.get(id)
          if (!place)
            return (
              <path key={id} className="map-part unknown" d={d}>
                <title>{t('unknown', { name })}</title>
              </path>
            )
          const n = countOf(place, what)
          const said = t('area', { name: place.name, what: whatName, n })
          return (
            <Link key={id} className="map-link" to={to(place)} aria-label={said}>
              <title>{said}</title>
              <path className={`map-part shade-${shadeOf(n, bounds)}`} d={d} />
            </Link>
          )
        })}
        {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it takes the focus */}
        <g aria-hidden="true">
          {drawn.labels.map(({ id, name, centre: [x, y], known }) => (
            <text key={id} className={known ? 'map-name known' : 'map-name'} x={x} y={y}>
              {name}
            </text>
          ))}
          {drawn.sea.length > 0 && (
            <text className="map-name sea" x={drawn.seaLabel[0]} y={drawn.seaLabel[1]}>
              {t('sea')}
            </text>
          )}
        </g>
      </svg>
    </>
  )
}

type Part = { name: string; centre: [number, number]; area: number; known: boolean }

/** Those whose names do not touch each other: of two that would, the one that is in the graph, then the larger. */
function apart<P extends Part>(parts: P[]): P[] {
  const shown: P[] = []
  const width = ({ name }: Part) => Array.from(name).length * 14
  for (const part of [...parts].sort((a, b) => Number(b.known) - Number(a.known) || b.area - a.area)) {
    const [x, y] = part.centre
    const touches = shown.some((other) => {
      const across = Math.abs(other.centre[0] - x) < (width(part) + width(other)) / 2
      return across && Math.abs(other.centre[1] - y) < 17
    })
    if (!touches && (part.known || part.area > 900)) shown.push(part)
  }
  return shown
}
