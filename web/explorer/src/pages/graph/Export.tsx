import * as Ariakit from '@ariakit/react'
import { useState } from 'react'
import { type Client, useClient } from 'urql'
import { saveCsv, saveFile } from '../../csv'
import { useText } from '../../text'
import type { Edge } from './data'
import { type FileClaim, type Sheet, toCsv, toGraphml, toJson, toPng, toSvg } from './files'
import { QuotesDocument } from './queries'
import { words } from './text'

const formats = ['png', 'svg', 'json', 'graphml', 'csv'] as const
// How many the API gives at once.
const page = 100

/** Gives what is drawn as a picture, or as data with the sentences behind each line. */
export function Export({ sheet, edges }: { sheet: () => Sheet; edges: Edge[] }) {
  const t = useText(words)
  const client = useClient()
  const [state, setState] = useState('')
  const save = async (format: (typeof formats)[number]) => {
    const drawn = sheet()
    const name = `${drawn.title.replace(/[\\/:*?"<>|\s]+/g, '-')}.${format}`
    try {
      if (format === 'svg') saveFile(name, new Blob([toSvg(drawn)], { type: 'image/svg+xml' }))
      else if (format === 'png') saveFile(name, await toPng(toSvg(drawn)))
      else {
        setState(t('exporting'))
        const claims = await quotes(client, edges)
        // The lines of a sheet are in the order of the edges.
        const lines = drawn.lines.map((line, i) => ({
          ...line,
          claims: edges[i]?.claims.flatMap(({ id }) => claims.get(id) ?? []) ?? [],
        }))
        const full = { ...drawn, lines }
        if (format === 'csv') saveCsv(name, toCsv(full, t('csvHead').split(',')))
        else if (format === 'json') saveFile(name, new Blob([toJson(full)], { type: 'application/json' }))
        else saveFile(name, new Blob([toGraphml(full)], { type: 'application/xml' }))
      }
      setState('')
    } catch (error) {
      setState(t('exportFailed', { why: error instanceof Error ? error.message : String(error) }))
    }
  }
  return (
    <>
      <Ariakit.MenuProvider>
        <Ariakit.MenuButton className="button">{t('export')}</Ariakit.MenuButton>
        <Ariakit.Menu className="popover" gutter={4} portal>
          {formats.map((format) => (
            <Ariakit.MenuItem key={format} className="popover-item" onClick={() => save(format)}>
              {t(format)}
            </Ariakit.MenuItem>
          ))}
        </Ariakit.Menu>
      </Ariakit.MenuProvider>
      <span role="status" className="muted">
        {state}
      </span>
    </>
  )
}

async function quotes(client: Client, edges: Edge[]): Promise<Map<string, FileClaim>> {
  const ids = edges.flatMap(({ claims }) => claims.map(({ id }) => id))
  const found = new Map<string, FileClaim>()
  for (let i = 0; i < ids.length; i += page) {
    const { data, error } = await client.query(QuotesDocument, { ids: ids.slice(i, i + page) }).toPromise()
    if (error) throw error
    for (const node of data?.nodes ?? []) if (node && 'evidence' in node) found.set(node.id, node)
  }
  return found
}
