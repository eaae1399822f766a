import { Amount, FactLine } from '../../components/FactLine'
import { formatPeriod } from '../../components/Period'
import type { EntityQuery } from '../../graphql/graphql'
import { useSettings } from '../../settings'
import { useText } from '../../text'
import { observationTypes } from '../../vocabulary'
import { words } from './text'

type Observation = NonNullable<EntityQuery['entity']>['observations']['nodes'][number]

/** What was measured of it: a card for each measure, with its course where several times are known. */
export function Indicators({
  observations,
  total,
  from,
}: {
  observations: Observation[]
  total: number
  from: string
}) {
  const t = useText(words)
  if (observations.length === 0) return null
  const groups = Map.groupBy(observations, (one) => `${one.measure} ${one.type} ${one.baseUnit} ${one.annualAverage}`)
  return (
    <section>
      <h2>{t('indicators')}</h2>
      {total > observations.length && <p className="muted">{t('firstHundred', { n: total })}</p>}
      <ul className="plain entity-indicators">
        {[...groups].map(([key, group]) => (
          <li key={key}>
            <Indicator group={group} from={from} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Indicator({ group, from }: { group: Observation[]; from: string }) {
  const t = useText(words)
  const { language } = useSettings()
  const latest = group.findLast((one) => one.modality === 'FACT') ?? group.at(-1)
  if (!latest) return null
  const course = group.filter((one) => one.modality === 'FACT' && one.period)
  if (group.length === 1) return <FactLine fact={latest} from={from} />
  return (
    <details className="indicator">
      <summary>
        <span>{latest.measure}</span> <span className="muted">{observationTypes[latest.type][language]}</span>{' '}
        <Amount observation={latest} />{' '}
        <Sparkline
          points={course.map((one) => ({ at: one.period?.to ?? one.period?.from ?? '', amount: one.amount }))}
          label={t('trend', {
            measure: latest.measure,
            from: course[0]?.period ? formatPeriod(course[0].period, language) : '',
            to: latest.period ? formatPeriod(latest.period, language) : '',
          })}
        />
        <span className="muted">{t('observations', { n: group.length })}</span>
      </summary>
      <ul className="plain facts">
        {group.map((one) => (
          <li key={one.id}>
            <FactLine fact={one} from={from} />
          </li>
        ))}
      </ul>
    </details>
  )
}

const width = 96
const height = 24
const margin = 3

/** A line through the numbers of several times; nothing where there is one time only. */
export function Sparkline({ points, label }: { points: { at: string; amount: number }[]; label: string }) {
  const times = new Set(points.map((point) => point.at))
  if (times.size < 2) return null
  const sorted = [...points].sort((a, b) => a.at.localeCompare(b.at))
  const amounts = sorted.map((point) => point.amount)
  const least = Math.min(...amounts)
  const range = Math.max(...amounts) - least || 1
  const at = sorted.map((point, i) => ({
    x: margin + (i / (sorted.length - 1)) * (width - 2 * margin),
    y: height - margin - ((point.amount - least) / range) * (height - 2 * margin),
  }))
  const last = at.at(-1)
  return (
    <svg
      className="sparkline"
      role="img"
      aria-label={label}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
    >
      <polyline points={at.map(({ x, y }) => `${x},${y}`).join(' ')} />
      {last && <circle cx={last.x} cy={last.y} r="2.5" />}
    </svg>
  )
}
