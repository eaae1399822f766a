import type { SeriesQuery } from '../../graphql/graphql'

type Series = SeriesQuery['series'][number]
export type Observation = Series['points'][number]['observations'][number]

/** One number: what is drawn as a point, and a row of the table. */
export type Point = {
  observation: Observation
  /** What it is measured of; the same name means the same line. */
  about: string
  aim: boolean
  conflicting: boolean
  /** The end of its time; null when that is not known. */
  at: Date | null
  /** How many months its time has. */
  months: number
}

/** What one chart shows: a measure, measured one way in one unit. */
export type Group = {
  measure: string
  type: Series['type']
  unit: string
  /** Whether its numbers are averages of a year over several: they share no chart with those of one year. */
  annualAverage: boolean
  points: Point[]
}

/** Puts series of a measure into charts, the way of measuring with most points first. */
export function groupsOf(series: Series[]): Group[] {
  const groups = new Map<string, Group>()
  for (const one of series) {
    const { measure, type, unit, annualAverage } = one
    const key = `${type} ${unit} ${annualAverage}`
    const group = groups.get(key) ?? { measure, type, unit, annualAverage, points: [] }
    groups.set(key, group)
    for (const { observations, conflicting } of one.points)
      for (const observation of observations) {
        const { at, months } = timeOf(observation.period)
        const about = one.about?.name ?? ''
        group.points.push({ observation, about, aim: one.modality === 'AIM', conflicting, at, months })
      }
  }
  return [...groups.values()].sort((a, b) => b.points.length - a.points.length)
}

/** When a time ends, and how many months it has. */
export function timeOf(period: { from?: string | null; to?: string | null } | null | undefined): {
  at: Date | null
  months: number
} {
  const end = period?.to ?? period?.from
  if (!end) return { at: null, months: 0 }
  const begin = period?.from ?? end
  const [endYear, endMonth] = monthOf(end, 12)
  const [beginYear, beginMonth] = monthOf(begin, 1)
  const day = end.length === 10 ? Number(end.slice(8)) : new Date(Date.UTC(endYear, endMonth, 0)).getUTCDate()
  return {
    at: new Date(Date.UTC(endYear, endMonth - 1, day)),
    months: (endYear - beginYear) * 12 + endMonth - beginMonth + 1,
  }
}

function monthOf(date: string, missing: number): [year: number, month: number] {
  return [Number(date.slice(0, 4)), date.length > 4 ? Number(date.slice(5, 7)) : missing]
}

/** By what amounts are divided to be read with ease, and what the unit is called then: 亿元 for billions of 元. */
export function scaleOf(amounts: number[], unit: string): { divisor: number; unit: string } {
  const largest = Math.max(0, ...amounts.map(Math.abs))
  if (unit === '%' || unit === '个百分点' || unit === '位') return { divisor: 1, unit }
  if (largest >= 1e8) return { divisor: 1e8, unit: `亿${unit}` }
  if (largest >= 1e5) return { divisor: 1e4, unit: `万${unit}` }
  return { divisor: 1, unit }
}

/** The names with most points, at most so many. */
export function mostOften(points: Point[], limit: number): string[] {
  const counts = new Map<string, number>()
  for (const { about } of points) counts.set(about, (counts.get(about) ?? 0) + 1)
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, limit)
    .map(([about]) => about)
}
