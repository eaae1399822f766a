import * as Ariakit from '@ariakit/react'
import { Link } from 'react-router'
import { useQuery } from 'urql'
import { useAddress } from '../../address'
import { Empty } from '../../components/Empty'
import { EntityLink } from '../../components/EntityLink'
import { EntityPicker, PickedDocument } from '../../components/EntityPicker'
import { Filters, SelectFilter, useOptions } from '../../components/Filters'
import { Fold } from '../../components/Fold'
import type { EntityRef } from '../../components/fragments'
import { Gone } from '../../components/Gone'
import { KindBadge } from '../../components/KindBadge'
import { Loaded } from '../../components/Loaded'
import { Pager, usePage } from '../../components/Pager'
import { formatDate } from '../../components/Period'
import type { Kind, PlaceLevel, TraceDirection } from '../../graphql/graphql'
import { useSettings } from '../../settings'
import { useText } from '../../text'
import { kinds, levels } from '../../vocabulary'
import { Memo } from './Memo'
import { Picture } from './Picture'
import { type Start, StartDocument, type TraceData, TraceDocument } from './queries'
import { words } from './text'
import { WayList } from './WayList'
import './trace.css'

const views = ['picture', 'list', 'memo'] as const
const filters = ['level', 'kind', 'report', 'steps']

/** From an initiative to the places it reaches, and back. */
export default function Trace() {
  const t = useText(words)
  const { language } = useSettings()
  const { params } = useAddress()
  const from = params.get('from')
  return (
    <div className={from ? 'trace chosen' : 'trace'}>
      <title>{`${t('title')} · ${language === 'zh' ? '蓝图' : 'Lantu'}`}</title>
      <h1>{t('title')}</h1>
      <p className="trace-lead muted">{t('lead')}</p>
      <Fold label={t('controls')} open={!from}>
        <Choose />
        {from && <Narrowing from={from} />}
      </Fold>
      {from ? <Traced key={from} from={from} /> : <Suggestions />}
    </div>
  )
}

function Choose() {
  const t = useText(words)
  const { params, change } = useAddress()
  const reaches = params.get('direction') !== 'REACHED_BY'
  const clear = Object.fromEntries(filters.map((name) => [name, null]))
  return (
    <div className="trace-choose">
      <fieldset className="trace-direction">
        <legend className="field-label">{t('direction')}</legend>
        {([true, false] as const).map((way) => (
          <button
            key={String(way)}
            type="button"
            className="button"
            aria-pressed={reaches === way}
            onClick={() => change({ ...clear, direction: way ? null : 'REACHED_BY' })}
          >
            {t(way ? 'reaches' : 'reachedBy')}
          </button>
        ))}
      </fieldset>
      <EntityPicker
        label={t(reaches ? 'initiative' : 'place')}
        value={params.get('from')}
        {...(!reaches && { kinds: ['PLACE' as Kind] })}
        onChange={(id) => change({ ...clear, from: id, fact: null })}
      />
    </div>
  )
}

function Suggestions() {
  const t = useText(words)
  const query = useQuery({ query: StartDocument })
  return (
    <Loaded query={query} lines={6}>
      {({ programs, projects, places }) =>
        programs.nodes.length + projects.nodes.length + places.nodes.length === 0 ? (
          <Empty title={t('none')}>{t('noneHelp')}</Empty>
        ) : (
          <>
            <Offer title={t('programs')} entities={programs.nodes} />
            <Offer title={t('projects')} entities={projects.nodes} />
            <Offer title={t('places')} entities={places.nodes} direction="REACHED_BY" />
          </>
        )
      }
    </Loaded>
  )
}

function Offer({ title, entities, direction }: { title: string; entities: EntityRef[]; direction?: string }) {
  if (entities.length === 0) return null
  return (
    <section>
      <h2>{title}</h2>
      <ul className="chips">
        {entities.map(({ id, kind, name }) => (
          <li key={id}>
            <Link
              className="chip"
              to={`/trace?${new URLSearchParams({ from: id, ...(direction && { direction }) })}`}
              style={{ color: `var(--kind-${kind})` }}
            >
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

function useTrace(from: string) {
  const { params } = useAddress()
  const reaches = params.get('direction') !== 'REACHED_BY'
  const level = params.get('level')
  const kind = params.get('kind')
  const query = useQuery({
    query: TraceDocument,
    variables: {
      from,
      direction: (reaches ? 'REACHES' : 'REACHED_BY') as TraceDirection,
      levels: level && reaches ? [level as PlaceLevel] : null,
      kinds: kind && !reaches ? [kind as Kind] : null,
      report: params.get('report'),
      ladder: params.get('steps') !== 'said',
      ...usePage(100),
    },
  })
  return { query, reaches }
}

/** What narrows the ways that are shown. */
function Narrowing({ from }: { from: string }) {
  const t = useText(words)
  const { language } = useSettings()
  const options = useOptions()
  const { query, reaches } = useTrace(from)
  return (
    <Filters names={filters} open>
      {reaches ? (
        <SelectFilter name="level" label={t('level')} options={options(levels)} />
      ) : (
        <SelectFilter name="kind" label={t('kind')} options={options(kinds)} />
      )}
      <SelectFilter
        name="report"
        label={t('report')}
        options={(query[0].data?.start?.reports.nodes ?? []).map((one) => ({
          value: one.file,
          label: [one.regionName, one.date && formatDate(one.date, language), one.title].filter(Boolean).join(' · '),
        }))}
      />
      <SelectFilter
        name="steps"
        label={t('steps')}
        any={t('steps_all')}
        options={[{ value: 'said', label: t('said') }]}
      />
    </Filters>
  )
}

function Traced({ from }: { from: string }) {
  const { change } = useAddress()
  const { query, reaches } = useTrace(from)
  const [{ data: asked }] = useQuery({ query: PickedDocument, variables: { id: from } })
  if (asked && !asked.node) return <Gone what="entity" ids={[from]} choose={(id) => change({ from: id, fact: null })} />
  return (
    <Loaded query={query} lines={10}>
      {({ start, trace }) => start && <Found start={start} trace={trace} reaches={reaches} />}
    </Loaded>
  )
}

function Found({ start, trace, reaches }: { start: Start; trace: TraceData; reaches: boolean }) {
  const t = useText(words)
  const { params, change } = useAddress()
  const filtered = filters.some((name) => params.has(name))
  const view = views.find((one) => one === params.get('view')) ?? 'picture'
  const chosenLevel = params.get('level')
  const chosenKind = params.get('kind')
  const cleared = new URLSearchParams(params)
  for (const name of filters) cleared.delete(name)
  return (
    <>
      <p className="trace-start">
        <KindBadge kind={start.kind} /> <EntityLink entity={start} />
        {'ancestors' in start && start.ancestors.length > 0 && (
          <span className="muted">
            {[...start.ancestors]
              .reverse()
              .map((one) => one.name)
              .join(' › ')}
          </span>
        )}
      </p>
      {trace.nodes.length === 0 ? (
        <Empty title={t('noWays')} {...(filtered && { action: { to: `/trace?${cleared}`, label: t('clear') } })}>
          {t(reaches ? 'noWaysReaches' : 'noWaysReachedBy', { name: start.name })}
        </Empty>
      ) : (
        <>
          <p className="muted" role="status">
            {trace.totalCount > trace.nodes.length
              ? t('waysOf', { all: trace.totalCount, n: trace.nodes.length })
              : t('ways', { n: trace.totalCount })}
            {trace.truncated && <span className="tag warn"> {t('truncated', { n: trace.visited })}</span>}
          </p>
          <Ariakit.TabProvider
            selectedId={view}
            setSelectedId={(id) => {
              if (id && id !== view) change({ view: id === 'picture' ? null : id }, true)
            }}
          >
            <Ariakit.TabList className="tabs" aria-label={t('view')}>
              {views.map((one) => (
                <Ariakit.Tab key={one} id={one} className="tab">
                  {t(one)}
                </Ariakit.Tab>
              ))}
            </Ariakit.TabList>
            <Ariakit.TabPanel tabId={view} focusable={false}>
              {view === 'picture' && <Picture start={start} ways={trace.nodes} reaches={reaches} />}
              {view === 'list' && <WayList start={start} ways={trace.nodes} />}
              {view === 'memo' && (
                <Memo
                  start={start}
                  trace={trace}
                  reaches={reaches}
                  scope={{
                    report: params.get('report'),
                    level:
                      reaches && chosenLevel
                        ? levels[chosenLevel as PlaceLevel]?.zh
                        : !reaches && chosenKind
                          ? kinds[chosenKind as Kind]?.zh
                          : null,
                    said: params.get('steps') === 'said',
                    origin: window.location.origin,
                  }}
                />
              )}
            </Ariakit.TabPanel>
          </Ariakit.TabProvider>
          <Pager info={trace.pageInfo} total={trace.totalCount} />
        </>
      )}
    </>
  )
}
