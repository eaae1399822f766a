import { Fragment, type ReactNode } from 'react'
import { Link } from 'react-router'
import { useText } from '../../text'
import { lanesOf, progresses, type Row, type Step, yearsOf } from './rows'
import { words } from './text'

/** What part of the chart's width a bar has at least, so that its name can be read. */
const least = 0.075

/** Rows over years; each bar is a link that opens its sentence. */
export function Gantt({
  rows,
  head,
  nameOf,
  tell,
  addressOf,
}: {
  rows: Row[]
  head: (row: Row) => ReactNode
  nameOf: (step: Step) => string
  tell: (step: Step) => string
  addressOf: (fact: string) => string
}) {
  const t = useText(words)
  const { first, end } = yearsOf(rows)
  const years = Array.from({ length: end - first }, (_, i) => first + i)
  const share = (at: number) => Math.min(1, Math.max(0, (at - first) / (end - first)))
  return (
    <>
      <ul className="timeline-legend" aria-hidden="true">
        {progresses.map((progress) => (
          <li key={progress}>
            <span className={`timeline-mark ${progress}`} /> {t(progress)}
          </li>
        ))}
        <li>
          <span className="timeline-mark done uncertain" /> {t('uncertain')}
        </li>
      </ul>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be reached by keyboard */}
      <section className="timeline-gantt" aria-label={t('chart')} tabIndex={0}>
        <div className="timeline-grid" style={{ '--years': years.length } as React.CSSProperties}>
          <div className="timeline-corner">{t('row')}</div>
          <div className="timeline-years">
            {years.map((year) => (
              <span key={year}>{year}</span>
            ))}
          </div>
          {rows.map((row) => {
            const placed = row.steps.flatMap((step) => {
              const { from, to } = step.time
              // What lies outside stands at the edge, and says so.
              if (Number.isNaN(from)) return []
              const begin = Math.min(share(from), 1 - least)
              return [{ step, from: begin, to: Math.min(1, Math.max(share(to), begin + least)), beyond: to > end }]
            })
            const { lanes, count } = lanesOf(placed)
            return (
              <Fragment key={row.key}>
                <div className="timeline-head">{head(row)}</div>
                <div className="timeline-lanes" style={{ '--lanes': count } as React.CSSProperties}>
                  {placed.map(({ step, from, to, beyond }, i) => {
                    const told = beyond ? `${tell(step)} · ${t('beyond')}` : tell(step)
                    return (
                      <Link
                        key={`${step.fact} ${step.report?.id}`}
                        className={[
                          'timeline-step',
                          step.progress,
                          step.time.certainty === 'report' && 'uncertain',
                          step.promise && 'promise',
                        ]
                          .filter(Boolean)
                          .join(' ')}
                        style={
                          {
                            left: `${from * 100}%`,
                            width: `${(to - from) * 100}%`,
                            '--lane': lanes[i],
                          } as React.CSSProperties
                        }
                        to={addressOf(step.fact)}
                        state={{ evidence: true }}
                        preventScrollReset
                        data-fact={step.fact}
                        title={told}
                        aria-label={told}
                      >
                        {nameOf(step)}
                        {beyond && ' →'}
                      </Link>
                    )
                  })}
                </div>
              </Fragment>
            )
          })}
        </div>
      </section>
    </>
  )
}
