import { type KeyboardEvent, useState } from 'react'
import { KindBadge } from '../../components/KindBadge'
import { useText } from '../../text'
import { type CardActions, EdgeLine } from './Card'
import type { Data, Edge, Node } from './data'
import { words } from './text'

const page = 50

/** The same entities and lines as in the drawing, for reading and the keyboard. */
export function List({
  nodes,
  edges,
  data,
  degrees,
  selected,
  actions,
}: {
  nodes: Node[]
  edges: Edge[]
  data: Data
  degrees: Map<string, number>
  selected: string | null
  actions: CardActions
}) {
  const t = useText(words)
  const [filter, setFilter] = useState('')
  const [most, setMost] = useState({ nodes: page, edges: page })
  const wanted = filter.trim().toLowerCase()
  const fits = (id: string) => data.nodes.get(id)?.name.toLowerCase().includes(wanted)
  const foundNodes = nodes.filter(({ id }) => fits(id))
  const foundEdges = edges.filter(({ from, to }) => fits(from) || fits(to))
  return (
    <section className="graph-list" aria-label={t('list')}>
      <input
        className="search-input"
        type="search"
        aria-label={t('filter')}
        placeholder={t('filter')}
        value={filter}
        onChange={(event) => setFilter(event.target.value)}
      />
      <h2>
        {t('nodes')} <span className="muted">{foundNodes.length}</span>
      </h2>
      <ul onKeyDown={walk}>
        {foundNodes.slice(0, most.nodes).map((node) => (
          <li key={node.id}>
            <button
              type="button"
              className="graph-name"
              data-walk
              aria-pressed={node.id === selected}
              style={{ color: `var(--kind-${node.kind})` }}
              onClick={() => actions.select(node.id)}
            >
              {node.name}
            </button>
            <KindBadge kind={node.kind} />
            <span className="muted">{t('nodeLinks', { n: degrees.get(node.id) ?? 0 })}</span>
            <span className="graph-list-actions">
              <button
                type="button"
                className="button quiet"
                aria-label={t('expandName', { name: node.name })}
                onClick={() => actions.expand(node.id, null, 'OUT')}
              >
                {t('expand')}
              </button>
              <button
                type="button"
                className="button quiet"
                aria-label={t('hideName', { name: node.name })}
                onClick={() => actions.hide(node.id)}
              >
                {t('hide')}
              </button>
            </span>
          </li>
        ))}
      </ul>
      <More of={foundNodes.length} shown={most.nodes} onClick={(n) => setMost({ ...most, nodes: n })} />
      <h2>
        {t('edges')} <span className="muted">{foundEdges.length}</span>
      </h2>
      <ul className="graph-lines">
        {foundEdges.slice(0, most.edges).map((edge) => (
          <li key={edge.key}>
            <EdgeLine edge={edge} data={data} select={actions.select} />
          </li>
        ))}
      </ul>
      <More of={foundEdges.length} shown={most.edges} onClick={(n) => setMost({ ...most, edges: n })} />
    </section>
  )
}

function More({ of, shown, onClick }: { of: number; shown: number; onClick: (n: number) => void }) {
  const t = useText(words)
  if (of <= shown) return null
  return (
    <button type="button" className="button quiet" onClick={() => onClick(shown + page * 2)}>
      {t('showMore', { n: Math.min(page * 2, of - shown) })}
    </button>
  )
}

/** Up and down lead from name to name. */
function walk(event: KeyboardEvent<HTMLUListElement>) {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  const names = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-walk]')]
  const at = names.findIndex((name) => name.closest('li')?.contains(document.activeElement))
  if (step === 0 || at < 0) return
  event.preventDefault()
  names[at + step]?.focus()
}
