import { geoIdentity, geoPath } from 'd3-geo'
import { useMemo } from 'react'
import { Link } from 'react-router'
import { useText } from '../../text'
import { countOf, shadeOf, type What } from './counts'
import { placeNames } from './names'
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
      labels: placeNames(parts, size),
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
          {drawn.labels.map(({ part: { id, centre }, at }) =>
            at === centre ? null : (
              <line key={id} className="map-leader" x1={centre[0]} y1={centre[1]} x2={at[0]} y2={at[1]} />
            ),
          )}
          {drawn.labels.map(({ part: { id, name, known }, at: [x, y] }) => (
            <text key={id} className={known ? 'map-name known' : 'map-name'} x={x} y={y + 4}>
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
