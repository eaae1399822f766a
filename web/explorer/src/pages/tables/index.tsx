import { Link, useParams } from 'react-router'
import { useQuery } from 'urql'
import { useAddress } from '../../address'
import { Empty } from '../../components/Empty'
import { Filters } from '../../components/Filters'
import { useSettings } from '../../settings'
import { useText } from '../../text'
import { TablesDocument } from './queries'
import './tables.css'
import { entityKinds, tables, useTableName } from './tables'
import { words } from './text'

/** Everything in the graph as tables. */
export default function Tables() {
  const t = useText(words)
  const { language } = useSettings()
  const nameOf = useTableName()
  const what = useParams().what ?? 'entities'
  const table = tables.get(what)
  if (!table)
    return (
      <Empty title={t('nowhere')} action={{ to: '/tables', label: t('all') }}>
        {t('nowhereHelp')}
      </Empty>
    )
  const name = nameOf(what)
  return (
    <div className="tables">
      <title>{`${t('title')} · ${language === 'zh' ? '蓝图' : 'Lantu'}`}</title>
      <h1>{t('title')}</h1>
      <p className="muted">{t('intro')}</p>
      <Tabs what={what} />
      <Filters key={what} names={table.filters}>
        <table.Fields kind={table.kind} />
      </Filters>
      {table.view(what, typeof name === 'string' ? name : name[language])}
    </div>
  )
}

function Tabs({ what }: { what: string }) {
  const t = useText(words)
  const { language } = useSettings()
  const nameOf = useTableName()
  const { params } = useAddress()
  const [{ data }] = useQuery({ query: TablesDocument })
  const countOf = (name: string) => {
    const kind = entityKinds[name]
    if (!data) return
    if (kind) return data.stats.kinds.find((one) => one.kind === kind)?.count ?? 0
    return data.stats[name as 'entities']
  }
  return (
    <nav className="tables-tabs" aria-label={t('tables')}>
      {[...tables].map(([name, { filters }]) => {
        const kept = new URLSearchParams([...params].filter(([key]) => filters.includes(key)))
        const words = nameOf(name)
        return (
          <Link key={name} to={`/tables/${name}?${kept}`} aria-current={name === what ? 'page' : undefined}>
            {typeof words === 'string' ? words : words[language]} <small>{countOf(name)?.toLocaleString()}</small>
          </Link>
        )
      })}
    </nav>
  )
}
