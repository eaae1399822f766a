import { useState } from 'react'
import { Link } from 'react-router'
import { useQuery } from 'urql'
import { useAddress } from '../../address'
import { Empty } from '../../components/Empty'
import { EntityLink } from '../../components/EntityLink'
import { KindBadge } from '../../components/KindBadge'
import { Loaded } from '../../components/Loaded'
import { Marked } from '../../components/Marked'
import { NoReports } from '../../components/NoReports'
import { Pager, usePage } from '../../components/Pager'
import { formatDate } from '../../components/Period'
import { passageAddress } from '../../components/passageAddress'
import { SearchBox } from '../../components/SearchBox'
import { endTour, tourAddress, tourEnded, tourParameter } from '../../components/tourState'
import type { Kind, SearchQuery } from '../../graphql/graphql'
import { forgetSearches, recentSearches } from '../../recent'
import { useSettings } from '../../settings'
import { useText } from '../../text'
import { matches, stepOf } from '../../vocabulary'
import { HomeDocument, SearchDocument } from './queries'
import './search.css'
import { homeShows, words } from './text'

/** Search, and without a question the page that one begins at. */
export default function Search() {
  const { params } = useAddress()
  const q = params.get('q')?.trim() ?? ''
  return q ? <Results q={q} /> : <Home />
}

/** Offers the tour to who comes for the first time, once. */
function Invitation() {
  const t = useText(words)
  const { params } = useAddress()
  const [ended, setEnded] = useState(tourEnded)
  if (ended || params.has(tourParameter)) return null
  return (
    <section className="home-invitation" aria-label={t('tour')}>
      <span>{t('invitation')}</span>
      <Link className="button" to={tourAddress()} onClick={endTour}>
        {t('tour')}
      </Link>
      <button
        type="button"
        className="button quiet"
        onClick={() => {
          endTour()
          setEnded(true)
        }}
      >
        {t('noTour')}
      </button>
    </section>
  )
}

function Home() {
  const t = useText(words)
  const { language } = useSettings()
  const query = useQuery({ query: HomeDocument })
  const [recent, setRecent] = useState(recentSearches)
  return (
    <div className="search-page home">
      <title>{language === 'zh' ? '蓝图' : 'Lantu'}</title>
      <h1>{language === 'zh' ? '蓝图' : 'Lantu'}</h1>
      <p className="home-tagline">{t('tagline')}</p>
      <SearchBox large />
      {recent.length > 0 && (
        <section className="home-recent" aria-label={t('recent')}>
          <h2>{t('recent')}</h2>
          <ul className="chips">
            {recent.map((one) => (
              <li key={one}>
                <Link className="chip" to={`/search?${new URLSearchParams({ q: one })}`}>
                  {one}
                </Link>
              </li>
            ))}
            <li>
              <button
                type="button"
                className="button quiet"
                onClick={() => {
                  forgetSearches()
                  setRecent([])
                }}
              >
                {t('forget')}
              </button>
            </li>
          </ul>
        </section>
      )}
      <Loaded query={query} lines={6}>
        {({ stats, entities, reports }) =>
          stats.reports === 0 ? (
            <NoReports shows={homeShows} />
          ) : (
            <>
              <Invitation />
              <dl className="home-stats">
                {(['reports', 'entities', 'claims', 'observations'] as const).map((what) => (
                  <div key={what}>
                    <dd>{stats[what].toLocaleString()}</dd>
                    <dt>
                      <Link to={`/tables/${what}`}>{t(what)}</Link>
                    </dt>
                  </div>
                ))}
              </dl>
              <div className="home-columns">
                <section>
                  <h2>{t('often')}</h2>
                  <ul className="plain home-often">
                    {entities.nodes.map((entity) => (
                      <li key={entity.id}>
                        <EntityLink entity={entity} />
                      </li>
                    ))}
                  </ul>
                </section>
                <section>
                  <h2>{t('latest')}</h2>
                  <ul className="plain home-reports">
                    {reports.nodes.map((report) => (
                      <li key={report.id}>
                        <Link to={`/report/${report.id}`}>{report.title}</Link>
                        <div className="muted">
                          {[report.regionName, report.date && formatDate(report.date, language)]
                            .filter(Boolean)
                            .join(' · ')}
                        </div>
                      </li>
                    ))}
                  </ul>
                </section>
              </div>
            </>
          )
        }
      </Loaded>
    </div>
  )
}

function Results({ q }: { q: string }) {
  const t = useText(words)
  const { language } = useSettings()
  const { params } = useAddress()
  const chosen = params.getAll('kind') as Kind[]
  const region = params.get('region')
  const page = usePage(20)
  const query = useQuery({
    query: SearchDocument,
    variables: { query: q, kinds: chosen.length > 0 ? chosen : null, region, ...page },
  })
  const filtered = chosen.length > 0 || region !== null
  return (
    <div className="search-page results">
      <title>{`${q} · ${language === 'zh' ? '蓝图' : 'Lantu'}`}</title>
      <h1>{t('resultsFor', { q })}</h1>
      <Loaded query={query} lines={10}>
        {({ search, spread, regions, stats }) =>
          stats.reports === 0 ? (
            <NoReports shows={homeShows} />
          ) : search.totalCount === 0 ? (
            <Empty
              title={t('none', { q })}
              {...(filtered && { action: { to: `/search?${new URLSearchParams({ q })}`, label: t('clear') } })}
            >
              {t('noneHelp')}
            </Empty>
          ) : (
            <div className="results-columns">
              <aside className="facets">
                <Facet
                  title={t('kind')}
                  name="kind"
                  rows={spread.facets.kinds.map(({ kind, count }) => ({
                    value: kind,
                    count,
                    label: <KindBadge kind={kind} />,
                  }))}
                />
                <Facet
                  title={t('region')}
                  name="region"
                  rows={regions.facets.regions.flatMap(({ region, count }) =>
                    region ? [{ value: region.id, count, label: region.name }] : [],
                  )}
                />
              </aside>
              <section aria-label={t('resultsFor', { q })}>
                <p className="muted" role="status">
                  {t('found', { n: search.totalCount })}
                </p>
                <ol className="plain">
                  {search.nodes.map((hit) => (
                    <Hit key={hit.node.id} hit={hit} />
                  ))}
                </ol>
                <Pager info={search.pageInfo} total={search.totalCount} />
              </section>
            </div>
          )
        }
      </Loaded>
    </div>
  )
}

/** Values to narrow by, as addresses; the one that is chosen leads back. */
function Facet({
  title,
  name,
  rows,
}: {
  title: string
  name: string
  rows: { value: string; count: number; label: React.ReactNode }[]
}) {
  const t = useText(words)
  const { params } = useAddress()
  const chosen = params.get(name)
  const to = (value?: string) => {
    const next = new URLSearchParams({ q: params.get('q') ?? '' })
    for (const other of ['kind', 'region']) {
      const kept = params.get(other)
      if (other !== name && kept) next.set(other, kept)
    }
    if (value) next.set(name, value)
    return `/search?${next}`
  }
  if (rows.length === 0) return null
  return (
    <nav className="facet" aria-label={title}>
      <h2>{title}</h2>
      <ul className="plain">
        <li>
          <Link to={to()} aria-current={chosen === null ? 'true' : undefined}>
            {t('all')}
          </Link>
        </li>
        {rows.map(({ value, count, label }) => (
          <li key={value}>
            <Link to={to(value)} aria-current={chosen === value ? 'true' : undefined}>
              {label}
              <span className="muted">{count}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Hit({ hit }: { hit: SearchQuery['search']['nodes'][number] }) {
  const t = useText(words)
  const { language } = useSettings()
  const { node, match, matched, highlight } = hit
  if (node.__typename === 'Passage')
    return (
      <li className="hit">
        <span className="kind-badge muted">{t('text')}</span>
        <div>
          <Link className="quiet-link" lang="zh-CN" to={passageAddress(node.report?.id ?? '', node.id)}>
            <Marked text={matched} spans={highlight} />
          </Link>
          <div className="muted">
            {[
              node.report?.title,
              node.report?.date && formatDate(node.report.date, language),
              t('line', { n: node.line + 1 }),
            ]
              .filter(Boolean)
              .join(' · ')}
          </div>
        </div>
      </li>
    )
  if (!('kind' in node)) return null
  const others = node.aliases.filter((alias) => alias !== matched)
  const way = wayOn(node)
  return (
    <li className="hit">
      <KindBadge kind={node.kind} />
      <div>
        <EntityLink entity={node} />
        {matched !== node.name && (
          <span className="hit-alias">
            {' '}
            <Marked text={matched} spans={highlight} />
          </span>
        )}
        <div className="muted">
          {[
            node.region?.name,
            node.status && stepOf(node.status.status, node.kind)[language],
            others.length > 0 && t('alias', { names: others.slice(0, 3).join(language === 'zh' ? '、' : ', ') }),
            t('match', { how: matches[match][language] }),
          ]
            .filter(Boolean)
            .join(' · ')}
          {' · '}
          <Link to={`/graph?${new URLSearchParams({ root: node.id })}`} aria-label={t('graphOf', { name: node.name })}>
            {t('graph')}
          </Link>
          {way && (
            <>
              {' · '}
              <Link to={way.to} aria-label={t(`${way.words}Of`, { name: node.name })}>
                {t(way.words)}
              </Link>
            </>
          )}
        </div>
      </div>
    </li>
  )
}

/** Where one goes on from what a hit names: from an initiative to its places, from a place to the map. */
function wayOn({ id, kind }: { id: string; kind: Kind }): { to: string; words: 'map' | 'trace' } | null {
  if (kind === 'PLACE') return { to: `/map?${new URLSearchParams({ place: id })}`, words: 'map' }
  if (kind === 'PROGRAM' || kind === 'PROJECT' || kind === 'EVENT')
    return { to: `/trace?${new URLSearchParams({ from: id })}`, words: 'trace' }
  return null
}
