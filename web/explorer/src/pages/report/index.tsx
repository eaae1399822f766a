import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { Link, useLocation, useParams, useSearchParams } from 'react-router'
import { useQuery } from 'urql'
import { useAddress } from '../../address'
import { EntityLink } from '../../components/EntityLink'
import { Gone } from '../../components/Gone'
import { Loaded } from '../../components/Loaded'
import { formatDate } from '../../components/Period'
import { Problem } from '../../components/Problem'
import { passageAddress } from '../../components/passageAddress'
import { type Part, Unused } from '../../components/Unused'
import { useMay } from '../../components/Viewer'
import type { Kind, ReportHeadFragment } from '../../graphql/graphql'
import { useSettings } from '../../settings'
import { useText } from '../../text'
import { kinds, moods } from '../../vocabulary'
import { HoverFacts } from './HoverFacts'
import { type Adding, PassageText } from './PassageText'
import { ReportDocument } from './queries'
import './report.css'
import { SelectedWords } from './Selected'
import { words } from './text'
import { type Passage, usePassages } from './usePassages'

/** A report's text with all that was found in it. */
export default function ReportPage() {
  const { key = '' } = useParams()
  const query = useQuery({ query: ReportDocument, variables: { id: key, file: key } })
  return (
    <Loaded query={query} lines={12}>
      {({ byId, byFile }) => {
        const report = byId ?? byFile
        return report ? <Reader key={report.id} report={report} /> : <Gone what="report" ids={[key]} />
      }}
    </Loaded>
  )
}

// The parameter of the address that names the kinds that are not marked.
const hiding = 'hide'

function Reader({ report }: { report: ReportHeadFragment }) {
  const t = useText(words)
  const { language } = useSettings()
  const { params } = useAddress()
  const { passages, whole, error } = usePassages(report.id)
  const hide = params.get(hiding) ?? ''
  const hidden = useMemo(() => new Set(hide.split(',')), [hide])
  const entity = params.get('entity')
  const named = entity
    ? passages.find((one) => one.mentions.some((mention) => mention.entity?.id === entity))
    : undefined
  const asked = params.get('passage') ?? named?.id ?? null
  const [start, end] = [params.get('start'), params.get('end')]
  const text = useRef<HTMLDivElement>(null)
  useArrival(asked, passages)
  const missing: Part[] = []
  const passage = params.get('passage')
  if (whole && passage && !passages.some(({ id }) => id === passage))
    missing.push({ name: 'passage', value: passage, why: t('noPassage') })
  if (whole && entity && !named) missing.push({ name: 'entity', value: entity, why: t('notNamed') })
  const may = useMay('EDITOR')
  // One fact at a time.
  const [adding, setAdding] = useState<{ passage: string } & Adding>()
  const add = useCallback((passage: string, begun: Adding | undefined) => setAdding(begun && { passage, ...begun }), [])
  return (
    <article className="report-page">
      <title>{`${report.title} · ${language === 'zh' ? '蓝图' : 'Lantu'}`}</title>
      <header>
        <h1>{report.title}</h1>
        <p className="muted">
          {report.region ? <EntityLink entity={report.region} /> : report.regionName}{' '}
          {[
            report.date && formatDate(report.date, language),
            report.issuer,
            report.speaker && [report.post, report.speaker].filter(Boolean).join(' '),
            report.meeting,
            t('characters', { n: report.characters.toLocaleString() }),
            report.file,
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
        <p>
          <Link to="/reports">{t('reports')}</Link> ·{' '}
          <Link to={`/compare?${new URLSearchParams({ after: report.id })}`}>{t('compare')}</Link>
        </p>
      </header>
      <Unused parts={missing} />
      <div className="report-columns">
        <Contents report={report} passages={passages} />
        <div className="report-body">
          <Legend passages={passages} hidden={hidden} />
          <div className="report-text" lang="zh-CN" ref={text}>
            {passages.map((passage) => (
              <PassageText
                key={passage.id}
                passage={passage}
                hidden={hidden}
                here={passage.id === asked}
                start={passage.id === asked && start !== null ? Number(start) : undefined}
                end={passage.id === asked && end !== null ? Number(end) : undefined}
                entity={entity}
                adding={adding?.passage === passage.id ? adding : undefined}
                onAdding={may ? add : undefined}
              />
            ))}
          </div>
          {error ? (
            <>
              <p>{t('failed')}</p>
              <Problem error={error} retry={() => window.location.reload()} />
            </>
          ) : (
            !whole && (
              <p className="muted" role="status">
                {t('loading', { n: passages.length })}
              </p>
            )
          )}
          <HoverFacts within={text} />
          {may && <SelectedWords within={text} onAdd={({ passage, span }) => add(passage, { span })} />}
        </div>
      </div>
    </article>
  )
}

/** Scrolls to the passage asked for once it is there, and again when it is asked for again. */
function useArrival(asked: string | null, passages: Passage[]) {
  const { key } = useLocation()
  const arrived = useRef('')
  const there = asked !== null && passages.some((passage) => passage.id === asked)
  useEffect(() => {
    const visit = `${key} ${asked}`
    if (!there || asked === null || arrived.current === visit) return
    arrived.current = visit
    const passage = document.getElementById(asked)
    const target = passage?.querySelector('mark') ?? passage
    target?.scrollIntoView({ block: 'center' })
    // What lies between is drawn only now, and may be higher than it was thought to be.
    requestAnimationFrame(() => {
      target?.scrollIntoView({ block: 'center' })
    })
  }, [there, asked, key])
}

function Contents({ report, passages }: { report: ReportHeadFragment; passages: Passage[] }) {
  const t = useText(words)
  const { language } = useSettings()
  const atLine = useMemo(() => new Map(passages.map((passage) => [passage.line, passage.id])), [passages])
  if (report.sections.length === 0) return null
  return (
    <nav className="contents" aria-label={t('sections')}>
      <h2>{t('sections')}</h2>
      <ol className="plain">
        {report.sections.map((section) => {
          const passage = atLine.get(section.line)
          const label = `${section.number ?? ''}${section.heading}`
          return (
            <li key={section.id} style={{ paddingLeft: `${Math.max(section.level - 1, 0) * 0.9}rem` }}>
              {passage ? (
                <Link to={passageAddress(report.id, passage)} replace preventScrollReset>
                  {label}
                </Link>
              ) : (
                label
              )}{' '}
              {section.mood && section.level <= 1 && <span className="tag">{moods[section.mood][language]}</span>}
            </li>
          )
        })}
      </ol>
    </nav>
  )
}

/** The kinds that are marked, each of which can be hidden. */
function Legend({ passages, hidden }: { passages: Passage[]; hidden: Set<string> }) {
  const t = useText(words)
  const { language } = useSettings()
  const [, setParams] = useSearchParams()
  const counts = useMemo(() => {
    const counts = new Map<Kind, number>()
    for (const { mentions } of passages)
      for (const { entity } of mentions) if (entity) counts.set(entity.kind, (counts.get(entity.kind) ?? 0) + 1)
    return counts
  }, [passages])
  const toggle = (kind: Kind) =>
    setParams(
      (params) => {
        const next = new Set((params.get(hiding) ?? '').split(',').filter(Boolean))
        if (!next.delete(kind)) next.add(kind)
        if (next.size > 0) params.set(hiding, [...next].sort().join(','))
        else params.delete(hiding)
        return params
      },
      { replace: true, preventScrollReset: true },
    )
  return (
    <fieldset className="legend" title={t('legendHelp')}>
      <legend className="hidden">{t('legend')}</legend>
      {(Object.keys(kinds) as Kind[])
        .filter((kind) => counts.has(kind))
        .map((kind) => (
          <button
            key={kind}
            type="button"
            className="legend-kind"
            aria-pressed={!hidden.has(kind)}
            style={{ '--kind': `var(--kind-${kind})` } as React.CSSProperties}
            onClick={() => toggle(kind)}
          >
            {kinds[kind][language]} <span>{counts.get(kind)}</span>
          </button>
        ))}
    </fieldset>
  )
}
