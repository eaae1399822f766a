import * as Ariakit from '@ariakit/react'
import { columnVisibilityFeature, createColumnHelper, tableFeatures, useTable } from '@tanstack/react-table'
import { useMemo } from 'react'
import { Link, useLocation } from 'react-router'
import { type TypedDocumentNode, useQuery } from 'urql'
import { useAddress } from '../../address'
import { Empty } from '../../components/Empty'
import { Loaded } from '../../components/Loaded'
import { Pager, usePage } from '../../components/Pager'
import { Unused } from '../../components/Unused'
import { useSettings } from '../../settings'
import { useText } from '../../text'
import type { Column } from './columns'
import { Download } from './Download'
import { words } from './text'

/** A page of rows. */
type Rows<R> = {
  totalCount: number
  pageInfo: {
    hasNextPage: boolean
    hasPreviousPage: boolean
    startCursor?: string | null
    endCursor?: string | null
  }
  nodes: R[]
}

/** What is asked for a page of rows, narrowed by an F and ordered by an O. */
export type RowsVariables<F, O> = {
  filter: F
  orderBy: O | null
  first: number | null
  after: string | null
  last: number | null
  before: string | null
}

/** A table of rows R. */
export type TableOf<R, F, O> = {
  document: TypedDocumentNode<{ page: Rows<R> }, RowsVariables<F, O>>
  columns: Column<R>[]
  /** The parameters of the address that narrow it. */
  filters: string[]
  /** What they ask for. */
  filter: (params: URLSearchParams) => F
  /** How it is ordered until the reader chooses. */
  order: Order
}

/** What a server orders rows by, and which way. */
type Order = { field: string; direction: 'ASC' | 'DESC' }

function orderOf(params: URLSearchParams, usual: Order): Order {
  const field = params.get('sort')
  return field ? { field, direction: params.get('dir') === 'desc' ? 'DESC' : 'ASC' } : usual
}

/** A page of a table, its columns to choose, and its download. */
export function TableView<R, F, O>({ what, name, table }: { what: string; name: string; table: TableOf<R, F, O> }) {
  const t = useText(words)
  const { params, change } = useAddress()
  const filter = table.filter(params)
  const order = orderOf(params, table.order)
  // What cannot be ordered by, the server refuses.
  const orderBy = order as unknown as O
  const query = useQuery({ query: table.document, variables: { filter, orderBy, ...usePage(50) } })
  const usual = table.columns.filter((column) => column.usual).map((column) => column.id)
  const asked = params.get('columns')?.split(',') ?? usual
  const known = asked.filter((id) => table.columns.some((column) => column.id === id))
  const shown = known.length > 0 ? known : usual
  const strange = asked.filter((id) => !known.includes(id))
  const filtered = table.filters.some((one) => params.has(one))
  return (
    <Loaded query={query} lines={12}>
      {({ page }) =>
        page.totalCount === 0 ? (
          <Empty title={t('none')} {...(filtered && { action: { to: `/tables/${what}`, label: t('clear') } })}>
            {t('noneHelp')}
          </Empty>
        ) : (
          <>
            {strange.length > 0 && (
              <Unused
                parts={[
                  {
                    name: 'columns',
                    value: params.get('columns') ?? '',
                    why: t('noColumns', { names: strange.join(' / ') }),
                  },
                ]}
              />
            )}
            <div className="tables-bar">
              <span role="status">{t('found', { n: page.totalCount.toLocaleString() })}</span>
              <ColumnChoice
                columns={table.columns}
                shown={shown}
                onChange={(ids) => change({ columns: ids.join(',') === usual.join(',') ? null : ids.join(',') }, true)}
              />
              <Download
                name={`lantu-${what}`}
                table={table}
                shown={shown}
                filter={filter}
                orderBy={orderBy}
                total={page.totalCount}
              />
            </div>
            <Grid name={name} columns={table.columns} shown={shown} order={order} page={page} />
            <Pager info={page.pageInfo} total={page.totalCount} />
          </>
        )
      }
    </Loaded>
  )
}

function ColumnChoice<R>({
  columns,
  shown,
  onChange,
}: {
  columns: Column<R>[]
  shown: string[]
  onChange: (ids: string[]) => void
}) {
  const t = useText(words)
  const { language } = useSettings()
  const usual = columns.filter((column) => column.usual).map((column) => column.id)
  return (
    <Ariakit.MenuProvider
      values={{ columns: shown }}
      setValues={(values: { columns: string[] }) =>
        // In the order of the table, and never none.
        values.columns.length > 0 &&
        onChange(columns.map((column) => column.id).filter((id) => values.columns.includes(id)))
      }
    >
      <Ariakit.MenuButton className="button">{t('columns')}</Ariakit.MenuButton>
      <Ariakit.Menu className="popover" gutter={4} unmountOnHide>
        {columns.map((column) => (
          <Ariakit.MenuItemCheckbox
            key={column.id}
            className="popover-item"
            name="columns"
            value={column.id}
            hideOnClick={false}
          >
            <Ariakit.MenuItemCheck />
            {column.head[language]}
          </Ariakit.MenuItemCheckbox>
        ))}
        <Ariakit.MenuItem className="popover-item popover-all" onClick={() => onChange(usual)}>
          {t('standard')}
        </Ariakit.MenuItem>
      </Ariakit.Menu>
    </Ariakit.MenuProvider>
  )
}

const features = tableFeatures({ columnVisibilityFeature })

function Grid<R>({
  name,
  columns,
  shown,
  order,
  page,
}: {
  name: string
  columns: Column<R>[]
  shown: string[]
  order: Order
  page: Rows<R>
}) {
  const t = useText(words)
  const { language } = useSettings()
  const definitions = useMemo(() => {
    const helper = createColumnHelper<typeof features, { node: R }>()
    return helper.columns(
      columns.map((column) =>
        helper.display({
          id: column.id,
          header: column.head[language],
          cell: ({ row }) => column.cell(row.original.node, language),
        }),
      ),
    )
  }, [columns, language])
  const data = useMemo(() => page.nodes.map((node) => ({ node })), [page.nodes])
  const table = useTable({
    features,
    columns: definitions,
    data,
    state: { columnVisibility: Object.fromEntries(columns.map(({ id }) => [id, shown.includes(id)])) },
  })
  const byId = new Map(columns.map((column) => [column.id, column]))
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be reached by keyboard
    <section className="tables-scroll" aria-label={t('table', { what: name })} tabIndex={0}>
      <table>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {group.headers.map((header) => {
                const column = byId.get(header.column.id)
                return column && <Head key={header.id} column={column} order={order} />
              })}
            </tr>
          ))}
        </thead>
        <tbody>
          {table.getRowModel().rows.map((row) => (
            <tr key={row.id}>
              {row.getVisibleCells().map((cell) => {
                const column = byId.get(cell.column.id)
                return (
                  <td
                    key={cell.id}
                    className={column?.number ? 'number' : undefined}
                    data-head={column?.head[language]}
                  >
                    <table.FlexRender cell={cell} />
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** The head of a column; where the server can order by it, a way to that order and its reverse. */
function Head<R>({ column, order }: { column: Column<R>; order: Order }) {
  const t = useText(words)
  const { language } = useSettings()
  const { pathname } = useLocation()
  const { params } = useAddress()
  const title = column.head[language]
  const className = column.number ? 'number' : undefined
  if (!column.sort)
    return (
      <th scope="col" className={className}>
        {title}
      </th>
    )
  const now = order.field !== column.sort ? 'none' : order.direction === 'ASC' ? 'ascending' : 'descending'
  const next = new URLSearchParams(params)
  for (const name of ['dir', 'after', 'before']) next.delete(name)
  next.set('sort', column.sort)
  if (now === 'ascending') next.set('dir', 'desc')
  return (
    <th scope="col" className={className} aria-sort={now}>
      <Link to={`${pathname}?${next}`} preventScrollReset title={t('sort', { what: title })}>
        {title}
        <span aria-hidden="true">{{ none: '↕', ascending: '↑', descending: '↓' }[now]}</span>
      </Link>
    </th>
  )
}
