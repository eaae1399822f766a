import { coordSimplex, decrossTwoLayer, graphConnect, layeringLongestPath, sugiyama } from 'd3-dag'
import { curveBumpX, line } from 'd3-shape'
import { useMemo, useState } from 'react'
import { Link } from 'react-router'
import { useFactAddress } from '../../components/Evidence'
import { useSettings } from '../../settings'
import { useText } from '../../text'
import { kinds, levels, relations } from '../../vocabulary'
import type { TraceEntity, Way } from './queries'
import { words } from './text'
import { type Steps, toSteps } from './ways'

const box = { width: 144, height: 46 }
const gap = { columns: 86, rows: 18 }
const margin = { top: 34, side: 6, bottom: 8 }

type Point = [number, number]
/** Where a label ends: to the left (-1) or right (1) of a point. */
type LabelPlace = { at: Point; side: -1 | 1 }
type Drawn = {
  width: number
  height: number
  boxes: { entity: TraceEntity; x: number; y: number }[]
  edges: { step: Step; points: Point[]; label: LabelPlace }[]
  columns: { x: number; entities: TraceEntity[] }[]
}
type Step = Steps['steps'] extends Map<string, infer S> ? S : never

const curve = line().curve(curveBumpX)

/** The ways as layers from what is done, at the left, to where it is. */
export function Picture({ start, ways, reaches }: { start: TraceEntity; ways: Way[]; reaches: boolean }) {
  const t = useText(words)
  const { language } = useSettings()
  const drawn = useMemo(() => draw(toSteps(start, ways, reaches)), [start, ways, reaches])
  const [told, setTold] = useState('')
  return (
    <figure className="trace-picture">
      <div className="trace-scroll">
        {/* biome-ignore lint/a11y/useSemanticElements: SVG has no fieldset */}
        <svg
          width={drawn.width}
          height={drawn.height}
          viewBox={`0 0 ${drawn.width} ${drawn.height}`}
          role="group"
          aria-label={t('pictureLabel', { name: start.name })}
        >
          <defs>
            <marker id="trace-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
              <path d="M0 0.5L8 4L0 7.5z" />
            </marker>
          </defs>
          {drawn.columns.map(({ x, entities }) => (
            <text key={x} className="trace-column" x={x + box.width / 2} y={16} textAnchor="middle">
              {heading(entities, language)}
            </text>
          ))}
          {drawn.edges.map((edge) =>
            edge.step.derived ? (
              <DerivedEdge key={`${edge.step.source} ${edge.step.target}`} {...edge} tell={setTold} />
            ) : (
              <SaidEdge key={`${edge.step.source} ${edge.step.target}`} {...edge} />
            ),
          )}
          {drawn.boxes.map(({ entity, x, y }) => (
            <Link
              key={entity.id}
              to={`/entity/${entity.id}`}
              className={entity.id === start.id ? 'trace-box start' : 'trace-box'}
              style={{ color: `var(--kind-${entity.kind})` }}
            >
              <title>{entity.name}</title>
              <rect x={x} y={y} width={box.width} height={box.height} rx="6" />
              {lines(entity.name).map((part, index, all) => (
                <text
                  key={part}
                  x={x + box.width / 2}
                  y={y + box.height / 2 + 5 + (index - (all.length - 1) / 2) * 17}
                  textAnchor="middle"
                >
                  {part}
                </text>
              ))}
            </Link>
          ))}
        </svg>
      </div>
      <figcaption className="muted">
        <span>
          <svg width="34" height="10" aria-hidden="true">
            <line className="trace-line" x1="0" y1="5" x2="34" y2="5" />
          </svg>{' '}
          {t('legendSaid')}
        </span>
        <span>
          <svg width="34" height="10" aria-hidden="true">
            <line className="trace-line derived" x1="0" y1="5" x2="34" y2="5" />
          </svg>{' '}
          {t('legendDerived')}
        </span>
        <span className="trace-told" aria-hidden="true">
          {told}
        </span>
      </figcaption>
    </figure>
  )
}

function SaidEdge({ step, points, label }: Drawn['edges'][number]) {
  const t = useText(words)
  const { language } = useSettings()
  const claim = step.claims[0]
  const to = useFactAddress(claim?.id ?? '')
  if (!claim) return null
  const relation = relations[claim.relation][language]
  const name = t('openStep', {
    from: claim.subject?.name ?? '',
    relation,
    to: claim.object?.name ?? '',
  })
  return (
    <Link
      className="trace-edge"
      to={to}
      state={{ evidence: true }}
      preventScrollReset
      aria-label={name}
      data-fact={claim.id}
    >
      <title>{name}</title>
      <Path points={points} />
      <Label {...label}>{claim.modality === 'AIM' ? t('aimed', { relation }) : relation}</Label>
    </Link>
  )
}

/** A step that no sentence says: it opens nothing, but tells whence it is, to the keyboard too. */
function DerivedEdge({ step, points, label, tell }: Drawn['edges'][number] & { tell: (told: string) => void }) {
  const t = useText(words)
  const [lower, upper] = step.direction === 'OUT' ? [step.from, step.to] : [step.to, step.from]
  const name = t('derivedStep', { from: lower.name, to: upper.name })
  return (
    // biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: who walks the picture by keyboard reads it, too
    <g
      className="trace-edge derived"
      role="img"
      aria-label={name}
      tabIndex={0}
      onFocus={() => tell(name)}
      onBlur={() => tell('')}
      onMouseEnter={() => tell(name)}
      onMouseLeave={() => tell('')}
    >
      <title>{name}</title>
      <Path points={points} />
      <Label {...label}>{t('derived')}</Label>
    </g>
  )
}

function Path({ points }: { points: Point[] }) {
  const d = curve(points) ?? ''
  return (
    <>
      <path className="trace-reach" d={d} />
      <path className="trace-line" d={d} markerEnd="url(#trace-arrow)" />
    </>
  )
}

function Label({ at: [end, y], side, children }: LabelPlace & { children: string }) {
  const width = Array.from(children).reduce((sum, letter) => sum + (letter > '\u2000' ? 12 : 6.5), 10)
  const x = end + (side * width) / 2
  return (
    <>
      <rect className="trace-label" x={x - width / 2} y={y - 9} width={width} height={18} rx="9" />
      <text className="trace-relation" x={x} y={y + 4} textAnchor="middle">
        {children}
      </text>
    </>
  )
}

function draw({ entities, steps }: Steps): Drawn {
  const links = [...steps.values()]
  const connect = graphConnect()
    .sourceId((step: Step) => step.source)
    .targetId((step: Step) => step.target)
    .nodeDatum((id: string) => id)
  const graph = connect(links)
  const layout = sugiyama()
    .layering(layeringLongestPath().topDown(false))
    .decross(decrossTwoLayer())
    .coord(coordSimplex())
    .nodeSize([box.height, box.width])
    .gap([gap.rows, gap.columns])
  // Layers go down there and to the right here. Places of a level share the last ladder, and so a column.
  const { width: down, height: right } = layout(graph)
  const boxes = [...graph.nodes()].flatMap((node) => {
    const entity = entities.get(node.data)
    return entity ? [{ entity, x: node.y - box.width / 2 + margin.side, y: node.x - box.height / 2 + margin.top }] : []
  })
  const columns = new Map<number, TraceEntity[]>()
  for (const { entity, x } of boxes) columns.set(x, [...(columns.get(x) ?? []), entity])
  const edges = [...graph.links()].map((link) => {
    const ends = link.points.length - 1
    const points = link.points.flatMap(([y, x], index): Point[] => {
      const [middle, height] = [x + margin.side, y + margin.top]
      if (index === 0 || index === ends) return [[middle, height]]
      // Straight through a column, where boxes stand.
      return [
        [middle - box.width / 2, height],
        [middle + box.width / 2, height],
      ]
    })
    // A step against the layers, of ways that cross each other, is drawn to where it leads all the same.
    const forward = link.source.y <= link.target.y ? 1 : -1
    const first = points[0]
    const last = points[points.length - 1]
    if (first) first[0] += (forward * box.width) / 2
    if (last) last[0] -= (forward * box.width) / 2
    const from = first ?? [0, 0]
    const to = last ?? [0, 0]
    const alone = link.target.nparents() <= link.source.nchildren()
    const label: LabelPlace = alone
      ? { at: [to[0] - forward * 11, to[1]], side: forward === 1 ? -1 : 1 }
      : { at: [from[0] + forward * 6, from[1]], side: forward }
    return { step: link.data, points, label }
  })
  return {
    width: right + 2 * margin.side,
    height: down + margin.top + margin.bottom,
    boxes,
    edges,
    columns: [...columns].map(([x, entities]) => ({ x, entities })),
  }
}

/** What a column holds: the level of its places, else its kinds. */
function heading(entities: TraceEntity[], language: 'zh' | 'en'): string {
  const found = new Set(
    entities.map((entity) =>
      'level' in entity && entity.level ? levels[entity.level][language] : kinds[entity.kind][language],
    ),
  )
  return [...found].slice(0, 3).join(language === 'zh' ? '、' : ', ') + (found.size > 3 ? '…' : '')
}

/** A name in at most two lines, cut where it is longer. */
function lines(name: string): string[] {
  const letters = Array.from(name)
  const most = 9
  if (letters.length <= most) return [name]
  const rest = letters.slice(most)
  return [letters.slice(0, most).join(''), rest.length > most ? `${rest.slice(0, most - 1).join('')}…` : rest.join('')]
}
