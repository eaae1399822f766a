import { Link } from 'react-router'
import { useQuery } from 'urql'
import { EntityLink } from '../../components/EntityLink'
import { EvidenceButton } from '../../components/Evidence'
import { KindBadge } from '../../components/KindBadge'
import { Loaded } from '../../components/Loaded'
import { formatDate } from '../../components/Period'
import type { Direction, Relation } from '../../graphql/graphql'
import { useSettings } from '../../settings'
import { useText } from '../../text'
import { inverses, modalities, relations, stepOf } from '../../vocabulary'
import { stepSize } from './address'
import type { Data, Edge, Node } from './data'
import { CardDocument } from './queries'
import { type Tally, tallies } from './tally'
import { words } from './text'

export type CardActions = {
  select: (id: string) => void
  expand: (id: string, relation: Relation | null, direction: Direction) => void
  hide: (id: string) => void
  pin: (id: string) => void
  pathFrom: (id: string) => void
  center: (id: string) => void
}

/** How a relation reads from one end of it. */
export function useRelationWords() {
  const { language } = useSettings()
  return (relation: Relation, direction: Direction) =>
    (direction === 'OUT' ? relations : inverses)[relation][language] || relations[relation][language]
}

/** The relations of an entity with what is there and what is drawn of it. */
export function useTallies(id: string, shown: Map<string, number>) {
  const query = useQuery({ query: CardDocument, variables: { id } })
  const around = query[0].data?.neighborhood
  return { query, rows: around ? tallies(id, around.links, around.cutOff, shown) : null }
}

/** What the selected entity is, what can be done with it, and its lines. */
export function Card({
  node,
  data,
  shown,
  pinned,
  edges,
  actions,
}: {
  node: Node
  data: Data
  shown: Map<string, number>
  pinned: boolean
  edges: Edge[]
  actions: CardActions
}) {
  const t = useText(words)
  const { language } = useSettings()
  const { query, rows } = useTallies(node.id, shown)
  return (
    <section className="graph-card" aria-label={t('card')}>
      <h2>
        <EntityLink entity={node} /> <KindBadge kind={node.kind} />
      </h2>
      <Loaded query={query} lines={4}>
        {({ node: more, neighborhood }) => (
          <>
            {more && 'aliases' in more && (
              <dl className="graph-facts">
                {more.aliases.length > 0 && (
                  <div>
                    <dt>{t('aliases')}</dt>
                    <dd>{more.aliases.join(language === 'zh' ? '、' : ', ')}</dd>
                  </div>
                )}
                {more.status && (
                  <div>
                    <dt>{t('status')}</dt>
                    <dd>
                      {stepOf(more.status.status, node.kind)[language]}
                      {more.status.date && ` · ${formatDate(more.status.date, language)}`}{' '}
                      <EvidenceButton fact={more.status.claim.id} />
                    </dd>
                  </div>
                )}
                {more.region && (
                  <div>
                    <dt>{t('region')}</dt>
                    <dd>
                      <EntityLink entity={more.region} />
                    </dd>
                  </div>
                )}
              </dl>
            )}
            <div className="graph-buttons">
              <Link className="button" to={`/entity/${node.id}`}>
                {t('page')}
              </Link>
              <button type="button" className="button" onClick={() => actions.hide(node.id)}>
                {t('hide')}
              </button>
              <button type="button" className="button" aria-pressed={pinned} onClick={() => actions.pin(node.id)}>
                {t(pinned ? 'unpin' : 'pin')}
              </button>
              <button type="button" className="button" onClick={() => actions.pathFrom(node.id)}>
                {t('pathFrom')}
              </button>
              <button type="button" className="button" onClick={() => actions.center(node.id)}>
                {t('center')}
              </button>
            </div>
            <h3>{t('expandBy')}</h3>
            {rows?.length === 0 && <p className="muted">{t('noRelations')}</p>}
            <ul className="graph-relations">
              {rows?.map((row) => (
                <li key={`${row.relation} ${row.direction}`}>
                  <RelationRow row={row} onClick={() => actions.expand(node.id, row.relation, row.direction)} />
                </li>
              ))}
            </ul>
            {neighborhood.truncated && neighborhood.cutOff.every(({ total }) => total === 0) && (
              <p className="muted">{t('counted')}</p>
            )}
            {rows && rows.length > 1 && rows.some(({ shown, total }) => shown < total) && (
              <button type="button" className="button" onClick={() => actions.expand(node.id, null, 'OUT')}>
                {t('expandAll')}
              </button>
            )}
          </>
        )}
      </Loaded>
      {edges.length > 0 && (
        <>
          <h3>{t('edgesHere')}</h3>
          <ul className="graph-lines">
            {edges.slice(0, mostLines).map((edge) => (
              <li key={edge.key}>
                <EdgeLine edge={edge} data={data} from={node.id} select={actions.select} />
              </li>
            ))}
          </ul>
          {edges.length > mostLines && <p className="muted">{t('others', { n: edges.length - mostLines })}</p>}
        </>
      )}
    </section>
  )
}

// Of a hub, the list below the card has the rest.
const mostLines = 60

function RelationRow({ row, onClick }: { row: Tally; onClick: () => void }) {
  const t = useText(words)
  const say = useRelationWords()
  const { shown, total } = row
  const relation = say(row.relation, row.direction)
  return (
    <button
      type="button"
      className="graph-relation"
      disabled={shown >= total}
      aria-label={t('expandRow', { relation, shown, total })}
      onClick={onClick}
    >
      <span>{relation}</span>
      <span className="graph-tally">
        {shown} / {total}
      </span>
      <span className="muted">
        {shown >= total ? t('complete') : t('more', { n: Math.min(stepSize, total - shown) })}
      </span>
    </button>
  )
}

/** One connection in words, with its sentence. From one of its ends, only the other is named. */
export function EdgeLine({
  edge,
  data,
  from,
  select,
}: {
  edge: Edge
  data: Data
  from?: string
  select: (id: string) => void
}) {
  const t = useText(words)
  const { language } = useSettings()
  const say = useRelationWords()
  const name = (id: string) => {
    const node = data.nodes.get(id)
    return (
      <button
        type="button"
        className="graph-name"
        style={{ color: `var(--kind-${node?.kind})` }}
        aria-label={t('select', { name: node?.name ?? '' })}
        onClick={() => select(id)}
      >
        {node?.name}
      </button>
    )
  }
  const direction = from === edge.to ? 'IN' : 'OUT'
  const [best, ...others] = edge.claims
  return (
    <>
      {!from && name(edge.from)}{' '}
      <span className="relation">{edge.relation ? say(edge.relation, direction) : direction === 'IN' ? '↓' : '↑'}</span>{' '}
      {name(direction === 'IN' ? edge.from : edge.to)}{' '}
      {best?.modality === 'AIM' && <span className="tag">{modalities.AIM[language]}</span>}
      {best ? <EvidenceButton fact={best.id} /> : <span className="muted">{t('derived')}</span>}
      {others.map(({ id }, i) => (
        <EvidenceButton key={id} fact={id} label={String(i + 2)} />
      ))}
    </>
  )
}
