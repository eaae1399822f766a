import { Link, useSearchParams } from 'react-router'
import { useQuery } from 'urql'
import { useAddress } from '../../address'
import { Empty } from '../../components/Empty'
import { EntityLink } from '../../components/EntityLink'
import { EvidenceButton } from '../../components/Evidence'
import { Amount, FactLine } from '../../components/FactLine'
import { Gone } from '../../components/Gone'
import { KindBadge } from '../../components/KindBadge'
import { Loaded } from '../../components/Loaded'
import { Pager, usePage } from '../../components/Pager'
import { formatDate, Period } from '../../components/Period'
import type { ComparedStepFragment, Kind, PageFieldsFragment, ReportChoiceFragment } from '../../graphql/graphql'
import { compact } from '../../numbers'
import { useSettings } from '../../settings'
import { useText } from '../../text'
import { modalities, observationTypes, stepOf } from '../../vocabulary'
import './compare.css'
import {
  ChoicesDocument,
  ClaimsDocument,
  CompareDocument,
  EntitiesDocument,
  StatusChangesDocument,
  TwoReportsDocument,
  ValueChangesDocument,
} from './queries'
import { words } from './text'

const tabs = ['status', 'values', 'appeared', 'vanished', 'newClaims', 'droppedClaims'] as const
type Tab = (typeof tabs)[number]

/** Two reports side by side, and what changed from one to the other. */
export default function Compare() {
  const t = useText(words)
  const { language } = useSettings()
  const { params } = useAddress()
  const before = params.get('before') ?? ''
  const after = params.get('after') ?? ''
  return (
    <div className="compare-page">
      <title>{`${t('title')} · ${language === 'zh' ? '蓝图' : 'Lantu'}`}</title>
      <h1>{t('title')}</h1>
      <Choice key={`${before} ${after}`} before={before} after={after} />
      {before && after ? (
        <Changes before={before} after={after} />
      ) : (
        (before || after) && <Missing before={before} after={after} />
      )}
    </div>
  )
}

function Choice({ before, after }: { before: string; after: string }) {
  const t = useText(words)
  const { language } = useSettings()
  const [, setParams] = useSearchParams()
  const query = useQuery({ query: ChoicesDocument })
  return (
    <Loaded query={query} lines={2}>
      {({ reports }) => (
        <form
          className="compare-choice"
          onSubmit={(event) => {
            event.preventDefault()
            const given = new FormData(event.currentTarget)
            setParams({ before: String(given.get('before')), after: String(given.get('after')) })
          }}
        >
          {(
            [
              ['before', before],
              ['after', after],
            ] as const
          ).map(([name, chosen]) => (
            <label key={name}>
              <span>{t(name)}</span>
              <select
                name={name}
                defaultValue={reports.nodes.find(({ id, file }) => id === chosen || file === chosen)?.id}
                required
              >
                <option value="">{t('choose')}</option>
                {reports.nodes.map((report) => (
                  <option key={report.id} value={report.id}>
                    {nameOf(report, language)}
                  </option>
                ))}
              </select>
            </label>
          ))}
          <button type="submit" className="button primary">
            {t('compare')}
          </button>
          {!(before && after) && <p className="muted">{t('help')}</p>}
        </form>
      )}
    </Loaded>
  )
}

function nameOf(report: ReportChoiceFragment, language: 'zh' | 'en') {
  return [report.regionName, report.date && formatDate(report.date, language), report.title].filter(Boolean).join(' ')
}

function Changes({ before, after }: { before: string; after: string }) {
  const t = useText(words)
  const { language } = useSettings()
  const { params } = useAddress()
  const query = useQuery({ query: CompareDocument, variables: { before, after } })
  const tab = tabs.find((one) => one === params.get('tab')) ?? 'status'
  const [{ error }] = query
  if (error?.graphQLErrors.some(({ extensions }) => extensions?.code === 'NOT_FOUND'))
    return <Missing before={before} after={after} />
  return (
    <Loaded query={query} lines={8}>
      {({ compare }) => {
        const counts: Record<Tab, number> = {
          status: compare.statusChanges.totalCount,
          values: compare.valueChanges.totalCount,
          appeared: compare.appeared.totalCount,
          vanished: compare.vanished.totalCount,
          newClaims: compare.newClaims.totalCount,
          droppedClaims: compare.droppedClaims.totalCount,
        }
        return (
          <>
            <div className="compare-reports">
              {[compare.before, compare.after].map((report, i) => (
                <p key={report.id}>
                  <span className="muted">{t(i === 0 ? 'before' : 'after')}</span>{' '}
                  <Link to={`/report/${report.id}`}>{nameOf(report, language)}</Link>
                </p>
              ))}
            </div>
            {compare.before.region && compare.after.region && compare.before.region.id !== compare.after.region.id && (
              <p className="note" role="note">
                {t('otherRegion', { before: compare.before.region.name, after: compare.after.region.name })}{' '}
                <Link to="/indicators">{t('indicators')}</Link>
              </p>
            )}
            <nav className="tabs" aria-label={t('changes')}>
              {tabs.map((one) => (
                <Link
                  key={one}
                  to={`?${new URLSearchParams({ before, after, tab: one })}`}
                  aria-current={one === tab ? 'page' : undefined}
                  preventScrollReset
                >
                  {t(one)} <span>{counts[one]}</span>
                </Link>
              ))}
            </nav>
            {counts[tab] === 0 ? (
              <Empty title={t('none')}>{t('noneHelp')}</Empty>
            ) : tab === 'status' ? (
              <StatusChanges before={before} after={after} />
            ) : tab === 'values' ? (
              <ValueChanges before={before} after={after} />
            ) : tab === 'appeared' || tab === 'vanished' ? (
              <Entities key={tab} before={before} after={after} appeared={tab === 'appeared'} />
            ) : (
              <Claims key={tab} before={before} after={after} isNew={tab === 'newClaims'} />
            )}
          </>
        )
      }}
    </Loaded>
  )
}

/** Says which of the two reports there is not. */
function Missing({ before, after }: Two) {
  const query = useQuery({
    query: TwoReportsDocument,
    variables: { before, beforeFile: before, after, afterFile: after },
  })
  return (
    <Loaded query={query}>
      {({ beforeById, beforeByFile, afterById, afterByFile }) => {
        const missing = [
          ...(before && !(beforeById ?? beforeByFile) ? [before] : []),
          ...(after && !(afterById ?? afterByFile) ? [after] : []),
        ]
        return missing.length > 0 && <Gone what="report" ids={missing} />
      }}
    </Loaded>
  )
}

type Two = { before: string; after: string }

/** Variables for a page of changes, whose cursors have names of their own beside those of the reports. */
function useChangePage({ before, after }: Two) {
  const page = usePage(50, 'page-')
  return { before, after, first: page.first, afterCursor: page.after, last: page.last, beforeCursor: page.before }
}

function StatusChanges(two: Two) {
  const t = useText(words)
  const query = useQuery({ query: StatusChangesDocument, variables: useChangePage(two) })
  return (
    <Loaded query={query} lines={8}>
      {({ compare: { statusChanges } }) => (
        <Paged connection={statusChanges}>
          <table className="compare-table">
            <thead>
              <tr>
                <th>{t('what')}</th>
                <th>{t('before')}</th>
                <th>{t('after')}</th>
              </tr>
            </thead>
            <tbody>
              {statusChanges.nodes.map(({ entity, before, after }) => (
                <tr key={entity.id}>
                  <th scope="row">
                    <EntityLink entity={entity} />
                  </th>
                  <td data-label={t('before')}>
                    <Step step={before} kind={entity.kind} />
                  </td>
                  <td data-label={t('after')}>
                    <Step step={after} kind={entity.kind} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Paged>
      )}
    </Loaded>
  )
}

function Step({ step, kind }: { step: ComparedStepFragment; kind: Kind }) {
  const { language } = useSettings()
  return (
    <>
      <b>{stepOf(step.status, kind)[language]}</b>{' '}
      {step.modality === 'AIM' && <span className="tag">{modalities.AIM[language]}</span>}{' '}
      <EvidenceButton fact={step.claim.id} />
      <div className="muted" lang="zh-CN">
        {step.evidence.sentence}
      </div>
    </>
  )
}

function ValueChanges(two: Two) {
  const t = useText(words)
  const { language } = useSettings()
  const query = useQuery({ query: ValueChangesDocument, variables: useChangePage(two) })
  return (
    <Loaded query={query} lines={8}>
      {({ compare: { valueChanges } }) => (
        <Paged connection={valueChanges}>
          <table className="compare-table">
            <thead>
              <tr>
                <th>{t('measure')}</th>
                <th>{t('before')}</th>
                <th>{t('after')}</th>
                <th>{t('difference')}</th>
              </tr>
            </thead>
            <tbody>
              {valueChanges.nodes.map(({ about, measure, unit, difference, growth, before, after }) => (
                <tr key={`${before.id} ${after.id}`}>
                  <th scope="row">
                    {measure} {about && <EntityLink entity={about} />}{' '}
                    <small className="muted">{observationTypes[after.type][language]}</small>{' '}
                    {after.modality === 'AIM' && <span className="tag">{modalities.AIM[language]}</span>}
                  </th>
                  {(
                    [
                      ['before', before],
                      ['after', after],
                    ] as const
                  ).map(([name, observation]) => (
                    <td key={name} data-label={t(name)}>
                      <Amount observation={observation} /> <Period period={observation.period} />{' '}
                      <EvidenceButton fact={observation.id} />
                    </td>
                  ))}
                  <td data-label={t('difference')}>
                    {difference > 0 && '+'}
                    {compact(difference, language)}
                    {unit === '%' ? t('points') : unit}
                    {typeof growth === 'number' && (
                      <span className="muted">
                        {' '}
                        ({t('growth', { n: `${growth > 0 ? '+' : ''}${growth.toFixed(1)}` })})
                      </span>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Paged>
      )}
    </Loaded>
  )
}

function Entities({ appeared, ...two }: Two & { appeared: boolean }) {
  const t = useText(words)
  const query = useQuery({ query: EntitiesDocument, variables: { ...useChangePage(two), appeared } })
  return (
    <Loaded query={query} lines={8}>
      {({ compare }) => {
        const connection = compare.appeared ?? compare.vanished
        return (
          connection && (
            <Paged connection={connection}>
              {!appeared && <p className="muted">{t('dropHelp')}</p>}
              <ul className="plain compare-list">
                {connection.nodes.map((entity) => (
                  <li key={entity.id}>
                    <KindBadge kind={entity.kind} /> <EntityLink entity={entity} />
                  </li>
                ))}
              </ul>
            </Paged>
          )
        )
      }}
    </Loaded>
  )
}

function Claims({ isNew, ...two }: Two & { isNew: boolean }) {
  const t = useText(words)
  const query = useQuery({ query: ClaimsDocument, variables: { ...useChangePage(two), new: isNew } })
  return (
    <Loaded query={query} lines={8}>
      {({ compare }) => {
        const connection = compare.newClaims ?? compare.droppedClaims
        return (
          connection && (
            <Paged connection={connection}>
              {!isNew && <p className="muted">{t('dropHelp')}</p>}
              <ul className="plain compare-list">
                {connection.nodes.map((claim) => (
                  <li key={claim.id}>
                    <FactLine fact={claim} />
                  </li>
                ))}
              </ul>
            </Paged>
          )
        )
      }}
    </Loaded>
  )
}

function Paged({
  connection,
  children,
}: {
  connection: { totalCount: number; pageInfo: PageFieldsFragment }
  children: React.ReactNode
}) {
  return (
    <>
      {children}
      <Pager name="page-" info={connection.pageInfo} total={connection.totalCount} />
    </>
  )
}
