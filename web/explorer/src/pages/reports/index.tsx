import { Link, useSearchParams } from 'react-router'
import { useQuery } from 'urql'
import { useAddress } from '../../address'
import { Empty } from '../../components/Empty'
import { Loaded } from '../../components/Loaded'
import { Pager, usePage } from '../../components/Pager'
import { formatDate, formatPeriod } from '../../components/Period'
import { useSettings } from '../../settings'
import { useText } from '../../text'
import { ReportsDocument } from './queries'
import './reports.css'
import { words } from './text'

/** Every report, to be read or laid beside another. */
export default function Reports() {
  const t = useText(words)
  const { language } = useSettings()
  const { params } = useAddress()
  const [, setParams] = useSearchParams()
  const region = params.get('region')
  const title = params.get('title')
  const picked = params.getAll('pick')
  const page = usePage(30)
  const query = useQuery({
    query: ReportsDocument,
    variables: { filter: { ...(region && { region }), ...(title && { titleContains: title }) }, ...page },
  })
  const pick = (id: string, on: boolean) =>
    setParams(
      (before) => {
        const kept = before.getAll('pick').filter((one) => one !== id)
        before.delete('pick')
        for (const one of on ? [...kept, id].slice(-2) : kept) before.append('pick', one)
        return before
      },
      { replace: true, preventScrollReset: true },
    )
  return (
    <div className="reports-page">
      <title>{`${t('title')} · ${language === 'zh' ? '蓝图' : 'Lantu'}`}</title>
      <h1>{t('title')}</h1>
      <Loaded query={query} lines={8}>
        {({ reports, stats }) => {
          // The earlier of the two comes first: the list begins with the newest.
          const order = reports.nodes.map((report) => report.id)
          const [after, before] = [...picked].sort((a, b) => order.indexOf(a) - order.indexOf(b))
          return (
            <>
              <form
                className="reports-filter"
                onSubmit={(event) => {
                  event.preventDefault()
                  const given = new FormData(event.currentTarget)
                  const next = new URLSearchParams()
                  for (const name of ['region', 'title']) {
                    const value = String(given.get(name) ?? '').trim()
                    if (value) next.set(name, value)
                  }
                  setParams(next)
                }}
              >
                <label>
                  {t('region')}{' '}
                  <select name="region" defaultValue={region ?? ''}>
                    <option value="">{t('everywhere')}</option>
                    {stats.regions.map(
                      ({ region: place, count }) =>
                        place && (
                          <option key={place.id} value={place.id}>
                            {place.name} ({count})
                          </option>
                        ),
                    )}
                  </select>
                </label>
                <label>
                  {t('contains')} <input name="title" defaultValue={title ?? ''} />
                </label>
                <button type="submit" className="button">
                  {t('filter')}
                </button>
              </form>
              {reports.totalCount === 0 ? (
                <Empty title={t('none')} {...((region || title) && { action: { to: '/reports', label: t('clear') } })}>
                  {t('noneHelp')}
                </Empty>
              ) : (
                <>
                  <div className="reports-compare">
                    <span className="muted">{t('pickHelp')}</span>
                    {before && after && (
                      <Link className="button primary" to={`/compare?${new URLSearchParams({ before, after })}`}>
                        {t('compare')}
                      </Link>
                    )}
                  </div>
                  <ul className="plain reports-list">
                    {reports.nodes.map((report) => (
                      <li key={report.id}>
                        <input
                          type="checkbox"
                          aria-label={t('pick', {
                            title: `${report.regionName ?? ''} ${report.title} ${report.date ?? ''}`,
                          })}
                          checked={picked.includes(report.id)}
                          onChange={(event) => pick(report.id, event.target.checked)}
                        />
                        <div>
                          <Link to={`/report/${report.id}`}>
                            {[report.regionName, report.title].filter(Boolean).join(' ')}
                          </Link>
                          <div className="muted">
                            {[
                              report.date && formatDate(report.date, language),
                              report.period && t('covers', { period: formatPeriod(report.period, language) }),
                              t('characters', { n: report.characters.toLocaleString() }),
                              report.file,
                            ]
                              .filter(Boolean)
                              .join(' · ')}
                          </div>
                        </div>
                      </li>
                    ))}
                  </ul>
                  <Pager info={reports.pageInfo} total={reports.totalCount} />
                </>
              )}
            </>
          )
        }}
      </Loaded>
    </div>
  )
}
