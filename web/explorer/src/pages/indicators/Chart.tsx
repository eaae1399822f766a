import * as Plot from '@observablehq/plot'
import { useEffect, useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import type { Point } from './series'
import { symbols } from './symbols'

/** A point with its place on the page. */
type Placed = Point & { at: Date; y: number; title: string }

/**
 * Numbers over time. Each entity has a colour and a shape of its own; what is stated is filled, what is
 * aimed at hollow, what reports disagree on ringed. Every point is a link that opens its sentence.
 */
export default function Chart({
  points,
  entities,
  unit,
  divisor,
  label,
  titleOf,
  addressOf,
}: {
  points: Point[]
  entities: string[]
  unit: string
  divisor: number
  label: string
  titleOf: (point: Point) => string
  addressOf: (fact: string) => string
}) {
  const frame = useRef<HTMLDivElement>(null)
  const navigate = useNavigate()
  const width = useWidth(frame)
  // What differs with every drawing of the page but draws nothing.
  const latest = useRef({ titleOf, addressOf, navigate })
  latest.current = { titleOf, addressOf, navigate }
  useEffect(() => {
    const host = frame.current
    if (!host || width === 0) return
    const placed = points.flatMap((point): Placed[] =>
      point.at && entities.includes(point.about)
        ? [
            {
              ...point,
              at: point.at,
              y: point.observation.amount / divisor,
              title: latest.current.titleOf(point),
            },
          ]
        : [],
    )
    if (placed.length === 0) return
    const facts = placed.filter((point) => !point.aim)
    const aims = placed.filter((point) => point.aim)
    const colour = (point: Placed) => `var(--series-${entities.indexOf(point.about)})`
    const symbol = (point: Placed) => symbols[entities.indexOf(point.about)] ?? 'circle'
    const line = {
      x: 'at',
      y: 'y',
      z: (p: Placed) => `${p.about} ${p.months}`,
      stroke: colour,
      strokeWidth: 1.5,
    } as const
    const dot = { x: 'at', y: 'y', symbol, stroke: colour, r: 5.5, strokeWidth: 2 } as const
    const link = { href: (p: Placed) => `#${p.observation.id}`, title: 'title', ariaLabel: 'title' } as const
    const byTime = [...placed].sort((a, b) => a.at.getTime() - b.at.getTime())
    const years = [...new Set(byTime.map(({ at }) => at.getUTCFullYear()))]
    const last = years.at(-1) ?? 0
    // One year alone would have no axis.
    const first = Math.min(years[0] ?? last, last - 1)
    const heights = [...new Set(placed.map(({ y }) => y))]
    const every = Math.ceil((last - first + 1) / Math.max(2, Math.floor(width / 60)))
    const plot = Plot.plot({
      width,
      height: Math.min(360, Math.max(220, width * 0.45)),
      marginLeft: 56,
      marginRight: 20,
      insetLeft: 14,
      insetRight: 14,
      style: { background: 'transparent', fontFamily: 'inherit', fontSize: '12px', overflow: 'visible' },
      x: {
        type: 'utc',
        label: null,
        // A number stands at the end of its time, so a year's name stands at its end.
        ticks: Array.from({ length: Math.floor((last - first) / every) + 1 }, (_, i) => yearEnd(last - i * every)),
        tickFormat: (at: Date) => String(at.getUTCFullYear()),
        domain: [Math.min(byTime[0]?.at.getTime() ?? 0, yearEnd(first).getTime()), yearEnd(last)],
      },
      y: {
        label: unit,
        grid: true,
        nice: true,
        // One number alone has no span to draw: it stands over zero.
        ...(heights.length === 1 && { domain: [Math.min(0, ...heights), Math.max(0, ...heights) || 1] }),
      },
      symbol: { type: 'identity' },
      color: { type: 'identity' },
      marks: [
        placed.some(({ y }) => y < 0) ? Plot.ruleY([0]) : null,
        Plot.line(
          byTime.filter((p) => !p.aim && p.months > 0),
          line,
        ),
        Plot.line(
          byTime.filter((p) => p.aim && p.months > 0),
          { ...line, strokeDasharray: '4 4' },
        ),
        Plot.dot(
          placed.filter((p) => p.conflicting),
          { x: 'at', y: 'y', r: 11, stroke: 'var(--warn)', strokeWidth: 1.5 },
        ),
        Plot.dot(facts, { ...dot, ...link, fill: colour }),
        Plot.dot(aims, { ...dot, ...link, fill: 'var(--surface)' }),
      ],
    })
    plot.setAttribute('aria-label', label)
    plot.setAttribute('role', 'group')
    // Plot names groups, which have no role that could have a name.
    for (const group of plot.querySelectorAll('g[aria-label]')) group.removeAttribute('aria-label')
    for (const anchor of plot.querySelectorAll('a')) {
      const fact = anchor.getAttributeNS('http://www.w3.org/1999/xlink', 'href')?.slice(1) ?? ''
      anchor.removeAttributeNS('http://www.w3.org/1999/xlink', 'href')
      anchor.setAttribute('href', latest.current.addressOf(fact))
      anchor.setAttribute('data-fact', fact)
      anchor.setAttribute('aria-label', anchor.querySelector('title')?.textContent ?? '')
      anchor.addEventListener('click', (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return
        event.preventDefault()
        const { navigate, addressOf } = latest.current
        navigate(addressOf(fact), { state: { evidence: true }, preventScrollReset: true })
      })
    }
    host.append(plot)
    return () => plot.remove()
  }, [points, entities, unit, divisor, label, width])
  return <div ref={frame} className="indicators-plot" />
}

function yearEnd(year: number): Date {
  return new Date(Date.UTC(year, 11, 31))
}

function useWidth(frame: React.RefObject<HTMLDivElement | null>): number {
  const [width, setWidth] = useState(0)
  useEffect(() => {
    if (!frame.current) return
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)))
    observer.observe(frame.current)
    return () => observer.disconnect()
  }, [frame])
  return width
}
