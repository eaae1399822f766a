import { lazy, Suspense, useMemo, useState } from 'react'
import { Link, useLocation, useSearchParams } from 'react-router'
import { useClient, useQuery } from 'urql'
import { useAddress } from '../../address'
import { checkWords } from '../../components/checks'
import { Empty } from '../../components/Empty'
import { EntityLink } from '../../components/EntityLink'
import { EvidenceButton, useFactAddresses } from '../../components/Evidence'
import { Amount, FactLine } from '../../components/FactLine'
import {
  EntityFilter,
  Filters,
  RegionFilter,
  ReportFilter,
  SelectFilter,
  TextFilter,
  useOptions,
} from '../../components/Filters'
import { Fold } from '../../components/Fold'
import type { ObservationLine } from '../../components/fragments'
import { Loaded } from '../../components/Loaded'
import { Pager, usePage } from '../../components/Pager'
import { formatPeriod, Period } from '../../components/Period'
import { inOneLine } from '../../components/problems'
import { Skeleton } from '../../components/Skeleton'
import { absolute, reportName } from '../../components/source'
import { csvLine, saveCsv } from '../../csv'
import type { MismatchesQuery, Modality } from '../../graphql/graphql'
import { tidy } from '../../numbers'
import { type Language, useSettings } from '../../settings'
import { useText } from '../../text'
import { annualAverage as average, hedges, modalities, observationTypes } from '../../vocabulary'
import './indicators.css'
import { IndicatorsDocument, MismatchesDocument, SeriesDocument } from './queries'
import { type Group, groupsOf, mostOften, type Point, scaleOf } from './series'
import { symbols } from './symbols'
import { words } from './text'

const Chart = lazy(() => import('./Chart'))

/** How many measures are shown together. */
const most = 6

/** Numbers over time and place, and those that do not add up. */
export default function Indicators() {
  const t = useText(words)
  const { language } = useSettings()
  const options = useOptions()
  const { pathname } = useLocation()
  const { params } = useAddress()
  const mismatches = params.get('view') === 'mismatches'
  const view = (name: string | null) => {
    const next = new URLSearchParams(params)
    for (const gone of ['view', 'after', 'before']) next.delete(gone)
    if (name) next.set('view', name)
    return `${pathname}?${next}`
  }
  return (
    <div className="indicators">
      <title>{`${t('title')} · ${language === 'zh' ? '蓝图' : 'Lantu'}`}</title>
      <h1>{t('title')}</h1>
      <p className="muted">{t('intro')}</p>
      <nav className="indicators-views" aria-label={t('views')}>
        <Link to={view(null)} aria-current={mismatches ? undefined : 'page'}>
          {t('series')}
        </Link>
        <Link to={view('mismatches')} aria-current={mismatches ? 'page' : undefined}>
          {t('mismatches')}
        </Link>
      </nav>
      <Filters
        key={String(mismatches)}
        names={mismatches ? ['measure', 'region', 'about', 'report'] : ['measure', 'region', 'about', 'modality']}
      >
        <TextFilter name="measure" label={t('search')} placeholder="收入" />
        <RegionFilter />
        <EntityFilter name="about" label={t('about')} />
        {mismatches ? (
          <ReportFilter />
        ) : (
          <SelectFilter name="modality" label={t('modality')} options={options(modalities)} />
        )}
      </Filters>
      {mismatches ? <Mismatches /> : <Comparison />}
    </div>
  )
}

function Comparison() {
  const t = useText(words)
  const { params } = useAddress()
  const chosen = params.getAll('m')
  return (
    <div className="indicators-columns">
      <Fold label={t('measures')} open={chosen.length === 0}>
        <MeasureList chosen={chosen} />
      </Fold>
      <section aria-label={t('series')}>
        {chosen.length === 0 ? (
          <Empty title={t('choose')}>{t('chooseHelp')}</Empty>
        ) : (
          <>
            <Download measures={chosen} />
            {chosen.map((measure) => (
              <Measure key={measure} measure={measure} />
            ))}
          </>
        )}
      </section>
    </div>
  )
}

/** The measures that there are, to choose from. */
function MeasureList({ chosen }: { chosen: string[] }) {
  const t = useText(words)
  const { language } = useSettings()
  const { params } = useAddress()
  const [, setParams] = useSearchParams()
  const query = useQuery({
    query: IndicatorsDocument,
    variables: { measureContains: params.get('measure'), about: params.get('about'), ...usePage(20) },
  })
  const [tooMany, setTooMany] = useState(false)
  const choose = (measure: string, on: boolean) => {
    const next = on ? [...chosen, measure] : chosen.filter((one) => one !== measure)
    setTooMany(next.length > most)
    if (next.length > most) return
    setParams(
      (now) => {
        now.delete('m')
        for (const one of next) now.append('m', one)
        return now
      },
      { preventScrollReset: true },
    )
  }
  return (
    <aside className="indicators-list" aria-label={t('list')}>
      {chosen.length > 0 && (
        <ul className="chips">
          {chosen.map((measure) => (
            <li key={measure}>
              <button
                type="button"
                className="chip"
                aria-label={t('remove', { measure })}
                onClick={() => choose(measure, false)}
              >
                {measure} <span aria-hidden="true">×</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {tooMany && <p role="alert">{t('tooMany', { n: most })}</p>}
      <Loaded query={query} lines={12}>
        {({ indicators }) =>
          indicators.totalCount === 0 ? (
            <Empty title={t('none')}>{t('noneHelp')}</Empty>
          ) : (
            <>
              <ul>
                {indicators.nodes.map(({ measure, type, baseUnit, annualAverage, observations, entities, periods }) => (
                  <li key={`${measure} ${type} ${baseUnit} ${annualAverage}`}>
                    <label>
                      <input
                        type="checkbox"
                        checked={chosen.includes(measure)}
                        onChange={(event) => choose(measure, event.target.checked)}
                      />
                      <span>
                        {measure}{' '}
                        <small className="muted">
                          {typeName({ type, annualAverage }, language)} · {baseUnit}
                        </small>
                        <small className="muted">{t('listCount', { n: observations, entities, periods })}</small>
                      </span>
                    </label>
                  </li>
                ))}
              </ul>
              <Pager info={indicators.pageInfo} total={indicators.totalCount} />
            </>
          )
        }
      </Loaded>
    </aside>
  )
}

function useSeriesVariables() {
  const { params } = useAddress()
  const about = params.get('about')
  return {
    about: about ? [about] : null,
    region: params.get('region'),
    modality: params.get('modality') as Modality | null,
  }
}

/** One measure: a chart and a table for each way it is measured. */
function Measure({ measure }: { measure: string }) {
  const t = useText(words)
  const query = useQuery({ query: SeriesDocument, variables: { measure, ...useSeriesVariables() } })
  return (
    <article className="indicators-measure">
      <h2>{measure}</h2>
      <Loaded query={query} lines={8}>
        {({ series }) =>
          series.length === 0 ? (
            <Empty title={t('noSeries', { measure })}>{t('noSeriesHelp')}</Empty>
          ) : (
            <>
              {series.length === 100 && <p className="muted">{t('cut', { n: 100 })}</p>}
              <Groups measure={measure} series={series} />
            </>
          )
        }
      </Loaded>
    </article>
  )
}

/** How an indicator measures: “年均增减” where its numbers are averages of a year over several. */
function typeName({ type, annualAverage }: Pick<Group, 'type' | 'annualAverage'>, language: Language): string {
  const name = observationTypes[type][language]
  if (!annualAverage) return name
  return language === 'zh' ? `${average.zh}${name}` : `${name}, ${average.en}`
}

function Groups({ measure, series }: { measure: string; series: Parameters<typeof groupsOf>[0] }) {
  const groups = useMemo(() => groupsOf(series), [series])
  return groups.map((group) => (
    <GroupView key={`${group.type} ${group.unit} ${group.annualAverage}`} measure={measure} group={group} />
  ))
}

function GroupView({ measure, group }: { measure: string; group: Group }) {
  const t = useText(words)
  const { language } = useSettings()
  const addressOf = useFactAddresses()
  const entities = useMemo(() => mostOften(group.points, symbols.length), [group])
  const all = new Set(group.points.map(({ about }) => about)).size
  const { divisor, unit } = useMemo(
    () =>
      scaleOf(
        group.points.map(({ observation }) => observation.amount),
        group.unit,
      ),
    [group],
  )
  const type = typeName(group, language)
  const timeless = group.points.filter(({ at }) => at === null).length
  const titleOf = (point: Point) => titleOfPoint(point, language, t('conflicting'))
  return (
    <section className="indicators-group">
      <h3>
        {type} <small className="muted">{unit}</small>
      </h3>
      <ul className="indicators-legend" aria-hidden="true">
        {entities.map((about, i) => (
          <li key={about} style={{ color: `var(--series-${i})` }}>
            <Shape symbol={symbols[i] ?? 'circle'} />
            <span>{about}</span>
          </li>
        ))}
      </ul>
      <Suspense fallback={<Skeleton lines={5} />}>
        <Chart
          points={group.points}
          entities={entities}
          unit={unit}
          divisor={divisor}
          label={t('chart', { measure, type, unit })}
          titleOf={titleOf}
          addressOf={addressOf}
        />
      </Suspense>
      <p className="muted indicators-notes">
        {t('chartHelp')} {all > entities.length && t('drawn', { n: entities.length, all })}{' '}
        {timeless > 0 && t('timeless', { n: timeless })}
      </p>
      <PointTable title={t('tableOf', { measure, type, unit })} points={group.points} unit={unit} divisor={divisor} />
    </section>
  )
}

/** The shape of an entity, as Plot draws it. */
function Shape({ symbol }: { symbol: (typeof symbols)[number] }) {
  return <i className={`indicators-shape ${symbol}`} />
}

// More are shown when asked for.
const fewRows = 12

function PointTable({
  title,
  points,
  unit,
  divisor,
}: {
  title: string
  points: Point[]
  unit: string
  divisor: number
}) {
  const t = useText(words)
  const { language } = useSettings()
  const [all, setAll] = useState(false)
  const rows = [...points].sort(
    (a, b) => a.about.localeCompare(b.about, 'zh') || (a.at?.getTime() ?? 0) - (b.at?.getTime() ?? 0),
  )
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be reached by keyboard
    <section className="indicators-table" aria-label={title} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('about')}</th>
            <th scope="col">{t('period')}</th>
            <th scope="col" className="number">
              {t('said')}
            </th>
            <th scope="col" className="number">
              {t('amount', { unit })}
            </th>
            <th scope="col">{t('modality')}</th>
            <th scope="col">{t('source')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, all ? undefined : fewRows).map(({ observation, aim, conflicting }) => (
            <tr key={observation.id}>
              <td>{observation.about && <EntityLink entity={observation.about} />}</td>
              <td>{observation.period ? <Period period={observation.period} /> : t('timelessPeriod')}</td>
              <td className="number">
                <Amount observation={observation} />
              </td>
              <td className="number">{tidy(observation.amount / divisor)}</td>
              <td>
                {aim ? <span className="tag">{t('aim')}</span> : t('fact')}{' '}
                {conflicting && <span className="tag warn">{t('conflicting')}</span>}
                {observation.checks
                  .filter((check) => !check.ok)
                  .map((check) => (
                    <span key={check.message} className="tag warn">
                      {checkWords(check, language)}
                    </span>
                  ))}
              </td>
              <td>
                <EvidenceButton fact={observation.id} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > fewRows && !all && (
        <button type="button" className="button quiet" onClick={() => setAll(true)}>
          {t('allRows', { n: rows.length })}
        </button>
      )}
    </section>
  )
}

/** What a point says when it is pointed at or read out. */
function titleOfPoint({ about, aim, conflicting, observation }: Point, language: Language, disagree: string): string {
  const { number, unit, hedge, period, annualAverage } = observation
  return [
    about,
    period && (formatPeriod(period, language) || period.text),
    `${annualAverage ? `${average[language]} ` : ''}${hedges[hedge][language]}${number}${unit}`,
    modalities[aim ? 'AIM' : 'FACT'][language],
    conflicting && disagree,
  ]
    .filter(Boolean)
    .join(' · ')
}

/** All numbers of the chosen measures as a CSV. */
function Download({ measures }: { measures: string[] }) {
  const t = useText(words)
  const { language } = useSettings()
  const client = useClient()
  const variables = useSeriesVariables()
  const [failed, setFailed] = useState<string>()
  const save = async () => {
    const lines = [csvLine(heads.map((head) => head[language]))]
    for (const measure of measures) {
      const { data, error } = await client.query(SeriesDocument, { measure, ...variables })
      if (!data) return setFailed(inOneLine(error, language))
      for (const group of groupsOf(data.series))
        for (const point of group.points) lines.push(csvLine(cellsOf(point, group, language)))
    }
    setFailed(undefined)
    saveCsv(`lantu-${t('file')}.csv`, lines)
  }
  return (
    <p className="indicators-download">
      <button type="button" className="button" onClick={save}>
        {t('download')}
      </button>
      {failed !== undefined && <span role="alert">{t('downloadFailed', { why: failed })}</span>}
    </p>
  )
}

const heads = [
  { zh: '指标', en: 'Measure' },
  { zh: '类型', en: 'Type' },
  { zh: '对象', en: 'About' },
  { zh: '时间从', en: 'From' },
  { zh: '时间到', en: 'To' },
  { zh: '原文数值', en: 'Value' },
  { zh: '原文单位', en: 'Unit' },
  { zh: '换算数值', en: 'Amount' },
  { zh: '换算单位', en: 'Base unit' },
  { zh: '约数', en: 'Hedge' },
  { zh: '事实或目标', en: 'Fact or aim' },
  { zh: '说法不一', en: 'Disagree' },
  { zh: '算术核对', en: 'Arithmetic' },
  { zh: '可信度', en: 'Confidence' },
  { zh: '引文', en: 'Quote' },
  { zh: '原句', en: 'Sentence' },
  { zh: '报告', en: 'Report' },
  { zh: '报告日期', en: 'Report date' },
  { zh: '链接', en: 'Permalink' },
]

function cellsOf({ observation, aim, conflicting }: Point, group: Group, language: Language) {
  const { evidence, period } = observation
  const [best] = evidence
  return [
    observation.measure,
    typeName(group, language),
    observation.about?.name,
    period?.from,
    period?.to,
    observation.number,
    observation.unit,
    tidy(observation.amount),
    group.unit,
    hedges[observation.hedge][language].trim(),
    modalities[aim ? 'AIM' : 'FACT'][language],
    conflicting ? 1 : 0,
    observation.checks.map((check) => checkWords(check, language)).join('; '),
    observation.confidence,
    best?.quote,
    best?.sentence,
    best?.report && reportName(best.report),
    best?.report?.date,
    best && absolute(best.permalink),
  ]
}

/** The numbers whose arithmetic does not come out. */
function Mismatches() {
  const t = useText(words)
  const { language } = useSettings()
  const { params } = useAddress()
  const query = useQuery({
    query: MismatchesDocument,
    variables: {
      filter: {
        checksHold: false,
        measureContains: params.get('measure'),
        about: params.get('about'),
        region: params.get('region'),
        report: params.get('report'),
      },
      ...usePage(20),
    },
  })
  return (
    <Loaded query={query} lines={8}>
      {({ observations }) =>
        observations.totalCount === 0 ? (
          <Empty title={t('noMismatch')}>{t('noMismatchHelp')}</Empty>
        ) : (
          <>
            <p>{t('mismatchIntro')}</p>
            <ol className="indicators-mismatches">
              {sumsOf(observations.nodes).map(({ key, check, numbers, sentence }) => (
                <li key={key}>
                  <strong>{checkWords(check, language)}</strong>
                  <ul aria-label={t('others')}>
                    {numbers.map((number) => (
                      <li key={number.id}>
                        <FactLine fact={number} />
                      </li>
                    ))}
                  </ul>
                  <blockquote lang="zh-CN">{sentence}</blockquote>
                </li>
              ))}
            </ol>
            <Pager info={observations.pageInfo} total={observations.totalCount} />
          </>
        )
      }
    </Loaded>
  )
}

type Mismatch = MismatchesQuery['observations']['nodes'][number]

/** The sums that do not come out, each once, though every number in it tells of it. */
function sumsOf(observations: Mismatch[]) {
  const sums = new Map<
    string,
    { key: string; check: Mismatch['checks'][number]; numbers: ObservationLine[]; sentence: string }
  >()
  for (const observation of observations)
    for (const check of observation.checks.filter(({ ok }) => !ok)) {
      const numbers = [observation, ...check.with].sort((a, b) => (a.id < b.id ? -1 : 1))
      const key = [check.message, ...numbers.map(({ id }) => id)].join(' ')
      sums.set(key, { key, check, numbers, sentence: observation.evidence[0]?.sentence ?? '' })
    }
  return [...sums.values()]
}
