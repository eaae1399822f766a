import { useEffect, useRef, useState } from 'react'
import { useClient } from 'urql'
import { inOneLine } from '../../components/problems'
import { csvLine, saveCsv } from '../../csv'
import { type Language, useSettings } from '../../settings'
import { useText } from '../../text'
import { type Column, sourceColumns } from './columns'
import type { RowsVariables, TableOf } from './TableView'
import { words } from './text'

/** How many rows a CSV has at most: as many pages of 100 as a server lets one client ask for in a few seconds. */
const bound = 20_000

type Progress =
  | { state: 'running'; got: number; all: number }
  | { state: 'done'; got: number; all: number }
  | { state: 'failed'; why: string }

/** Fetches every row that passes the filter, page by page, and gives them as a CSV. */
export function Download<R, F, O>({
  name,
  table,
  shown,
  filter,
  orderBy,
  total,
}: {
  name: string
  table: TableOf<R, F, O>
  shown: string[]
  filter: F
  orderBy: O | null
  total: number
}) {
  const t = useText(words)
  const { language } = useSettings()
  const client = useClient()
  const [progress, setProgress] = useState<Progress>()
  const stopped = useRef(false)
  useEffect(
    () => () => {
      stopped.current = true
    },
    [],
  )
  const columns = table.columns.filter(
    ({ id }) => id !== 'open' && (shown.includes(id) || sourceColumns.includes(id) || id === 'id'),
  )
  const start = async () => {
    stopped.current = false
    const lines = [csvLine(columns.map(({ head }) => head[language]))]
    let after: string | null = null
    let got = 0
    setProgress({ state: 'running', got, all: total })
    for (;;) {
      const first = Math.min(100, bound - got)
      const variables: RowsVariables<F, O> = { filter, orderBy, first, after, last: null, before: null }
      const answer = await client.query(table.document, variables, { requestPolicy: 'network-only' })
      if (stopped.current) return setProgress(undefined)
      if (!answer.data) return setProgress({ state: 'failed', why: inOneLine(answer.error, language) })
      const { nodes, pageInfo, totalCount } = answer.data.page
      for (const node of nodes) lines.push(csvLine(line(node, columns, language)))
      got += nodes.length
      if (!pageInfo.hasNextPage || got >= bound) {
        saveCsv(`${name}.csv`, lines)
        return setProgress({ state: 'done', got, all: totalCount })
      }
      setProgress({ state: 'running', got, all: totalCount })
      after = pageInfo.endCursor ?? null
    }
  }
  const running = progress?.state === 'running'
  return (
    <span className="tables-download">
      {running ? (
        <>
          <progress value={progress.got} max={progress.all} aria-label={t('download')} />
          <button
            type="button"
            className="button quiet"
            onClick={() => {
              stopped.current = true
            }}
          >
            {t('stop')}
          </button>
        </>
      ) : (
        <button
          type="button"
          className="button"
          title={t(total > bound ? 'downloadCut' : 'downloadAll', { n: total, bound })}
          disabled={total === 0}
          onClick={start}
        >
          {t('download')}
        </button>
      )}
      <span className="muted" role="status">
        {progress
          ? progress.state === 'failed'
            ? t('downloadFailed', { why: progress.why })
            : running
              ? t('downloading', { n: progress.got, all: progress.all })
              : t(progress.got < progress.all ? 'downloadedCut' : 'downloaded', { n: progress.got, all: progress.all })
          : total > bound && t('downloadCut', { n: total, bound })}
      </span>
    </span>
  )
}

function line<R>(row: R, columns: Column<R>[], language: Language) {
  return columns.map((column) => column.value(row, language))
}
