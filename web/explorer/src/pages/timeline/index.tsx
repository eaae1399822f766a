import { useMemo } from 'react'
import { Link, useLocation } from 'react-router'
import { useQuery } from 'urql'
import { useAddress } from '../../address'
import { Empty } from '../../components/Empty'
import { EntityLink } from '../../components/EntityLink'
import { EvidenceButton, useFactAddresses } from '../../components/Evidence'
import {
  EntityFilter,
  Filters,
  PeriodFilter,
  periodOf,
  RegionFilter,
  ReportFilter,
  SelectFilter,
  TextFilter,
  useOptions,
} from '../../components/Filters'
import { KindBadge } from '../../components/KindBadge'
import { Loaded } from '../../components/Loaded'
import { Pager, usePage } from '../../components/Pager'
import { formatDate, formatPeriod } from '../../components/Period'
import type { CommitmentState, Kind } from '../../graphql/graphql'
import { type Language, useSettings } from '../../settings'
import { useText } from '../../text'
import { annualAverage, hedges, kinds, stepOf } from '../../vocabulary'
import { Gantt } from './Gantt'
import { StatesDocument, TimelineDocument } from './queries'
import { type Row, rowsOf, type Step } from './rows'
import { states } from './states'
import { words } from './text'
import './timeline.css'

const filters = ['about', 'name', 'region', 'report', 'kind', 'from', 'to', 'state']

/** What was promised against what later reports say of it, over the years. */
export default function Timeline() {
  const t = useText(words)
  const { language } = useSettings()
  const options = useOptions()
  const { params } = useAddress()
  const scope = scopeOf(params)
  const state = params.get('state') as CommitmentState | null
  const query = useQuery({ query: TimelineDocument, variables: { ...scope, state, ...usePage(30) } })
  const view = useView()
  return (
    <div className="timeline">
      <title>{`${t('title')} · ${language === 'zh' ? '蓝图' : 'Lantu'}`}</title>
      <h1>{t('title')}</h1>
      <p className="muted">{t('intro')}</p>
      <Filters names={filters}>
        <EntityFilter name="about" label={t('row')} />
        <TextFilter name="name" label={t('name')} />
        <SelectFilter name="kind" label={t('kind')} options={options(kinds)} />
        <RegionFilter />
        <ReportFilter />
        <PeriodFilter />
      </Filters>
      <States />
      <Loaded query={query} lines={12}>
        {({ commitments }) =>
          commitments.totalCount === 0 ? (
            <Empty
              title={t('none')}
              {...(filters.some((name) => params.has(name)) && { action: { to: '/timeline', label: t('clear') } })}
            >
              {t('noneHelp')}
            </Empty>
          ) : (
            <>
              <div className="timeline-bar">
                <span role="status">{t('found', { n: commitments.totalCount.toLocaleString() })}</span>
                <Views view={view} />
              </div>
              {commitments.truncated && <p className="tag warn">{t('truncated')}</p>}
              <Rows view={view} commitments={commitments.nodes} />
              <Pager info={commitments.pageInfo} total={commitments.totalCount} />
            </>
          )
        }
      </Loaded>
    </div>
  )
}

function scopeOf(params: URLSearchParams) {
  const name = params.get('name')
  const kind = params.get('kind') as Kind | null
  return {
    report: params.get('report'),
    region: params.get('region'),
    about: params.get('about'),
    aboutMatches: name || kind ? { nameContains: name, kinds: kind ? [kind] : null } : null,
    period: periodOf(params),
  }
}

type View = 'gantt' | 'list'

/** The view that the address names; without one, what fits the window. */
function useView(): View {
  const { params } = useAddress()
  const said = params.get('view')
  if (said === 'gantt' || said === 'list') return said
  return window.matchMedia('(min-width: 60rem)').matches ? 'gantt' : 'list'
}

function Views({ view }: { view: View }) {
  const t = useText(words)
  const { pathname } = useLocation()
  const { params } = useAddress()
  const to = (name: View) => {
    const next = new URLSearchParams(params)
    next.set('view', name)
    return `${pathname}?${next}`
  }
  return (
    <nav className="timeline-views" aria-label={t('views')}>
      {(['gantt', 'list'] as const).map((name) => (
        <Link
          key={name}
          className="button quiet"
          to={to(name)}
          preventScrollReset
          aria-current={name === view ? 'true' : undefined}
        >
          {t(name)}
        </Link>
      ))}
    </nav>
  )
}

/** How many promises stand how, each a way to those. */
function States() {
  const t = useText(words)
  const { language } = useSettings()
  const { params, change } = useAddress()
  const [{ data }] = useQuery({ query: StatesDocument, variables: scopeOf(params) })
  const chosen = params.get('state')
  const count = (state: CommitmentState) =>
    data?.commitments.states.find((one) => one.state === state)?.count.toLocaleString() ?? ''
  return (
    <fieldset className="timeline-states">
      <legend className="hidden">{t('states')}</legend>
      <button type="button" className="chip" aria-pressed={chosen === null} onClick={() => change({ state: null })}>
        {t('all')}
      </button>
      {(Object.keys(states) as CommitmentState[]).map((state) => (
        <button
          key={state}
          type="button"
          className="chip"
          aria-pressed={chosen === state}
          onClick={() => change({ state: chosen === state ? null : state })}
        >
          {states[state][language]} <small>{count(state)}</small>
        </button>
      ))}
    </fieldset>
  )
}

function Rows({ view, commitments }: { view: View; commitments: Parameters<typeof rowsOf>[0] }) {
  const t = useText(words)
  const { language } = useSettings()
  const addressOf = useFactAddresses()
  const rows = useMemo(() => rowsOf(commitments), [commitments])
  const nameOf = (step: Step) => stepName(step, language)
  const tell = (step: Step) =>
    [
      stepName(step, language),
      whenOf(step, language),
      t(step.time.certainty),
      step.promise && t('promise'),
      step.report && reportYear(step.report, language),
    ]
      .filter(Boolean)
      .join(' · ')
  if (view === 'gantt')
    return (
      <Gantt
        rows={rows}
        nameOf={nameOf}
        tell={tell}
        addressOf={addressOf}
        head={(row) => (
          <>
            <RowName row={row} />
            <RowStates row={row} />
          </>
        )}
      />
    )
  return (
    <ol className="timeline-list">
      {rows.map((row) => (
        <li key={row.key}>
          <h2>
            <RowName row={row} />
          </h2>
          <RowStates row={row} />
          <ol>
            {row.steps.map((step) => (
              <li key={`${step.fact} ${step.report?.id}`} className={step.promise ? 'promise' : undefined}>
                <span className={`timeline-mark ${step.progress}`} aria-hidden="true" />
                <span>
                  <b>{stepName(step, language)}</b> {whenOf(step, language)}{' '}
                  <span className="muted">
                    {[t(step.time.certainty), step.report && reportYear(step.report, language)]
                      .filter(Boolean)
                      .join(' · ')}
                  </span>{' '}
                  {step.promise && <span className="tag">{t('promise')}</span>}
                  <EvidenceButton fact={step.fact} />
                  <q lang="zh-CN">{step.sentence}</q>
                </span>
              </li>
            ))}
          </ol>
        </li>
      ))}
    </ol>
  )
}

function RowName({ row }: { row: Row }) {
  return (
    <span className="timeline-name">
      {row.about && <KindBadge kind={row.about.kind} />} {row.about && <EntityLink entity={row.about} />} {row.measure}
    </span>
  )
}

/** How each promise of a row stands. */
function RowStates({ row }: { row: Row }) {
  const t = useText(words)
  const { language } = useSettings()
  return (
    <span className="timeline-row-states">
      {row.promises.map(({ state, report, sentence }) => (
        <span key={`${report.id} ${sentence} ${state}`}>
          <span className={state === 'UNMENTIONED' || state === 'MISSED' ? 'tag warn' : 'tag'}>
            {states[state][language]}
          </span>{' '}
          <small className="muted">{t('promisedIn', { report: reportYear(report, language) })}</small>
        </span>
      ))}
    </span>
  )
}

function stepName({ what, kind, progress }: Step, language: Language): string {
  if (typeof what === 'string') return stepOf(what, kind, progress === 'planned' ? 'AIM' : 'FACT')[language]
  const sign = what.type === 'CHANGE' && what.number > 0 ? '+' : ''
  const average = what.annualAverage ? `${annualAverage[language]} ` : ''
  return `${average}${hedges[what.hedge][language]}${sign}${what.number}${what.unit}`
}

/** When a step is, as its sentence says or else its report. */
function whenOf({ time, period }: Step, language: Language): string {
  if (time.certainty === 'unknown') return ''
  const said =
    time.certainty !== 'report' && period
      ? formatPeriod({ from: period.from ?? null, to: period.to ?? null }, language)
      : ''
  if (said) return said
  const [first, last] = [Math.floor(time.from), Math.ceil(time.to - 0.001) - 1]
  return first >= last
    ? formatDate(String(first), language)
    : formatPeriod({ from: String(first), to: String(last) }, language)
}

/** A report by its region and the year it was delivered in. */
function reportYear({ regionName, date, title }: NonNullable<Step['report']>, language: Language): string {
  if (!date) return title
  const year = date.slice(0, 4)
  return language === 'zh' ? `${regionName ?? ''}${year}年报告` : `the ${year} report of ${regionName ?? title}`
}
