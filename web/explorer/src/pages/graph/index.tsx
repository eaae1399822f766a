import { type KeyboardEvent, useMemo, useRef, useState } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { useQuery } from 'urql'
import { useAddress } from '../../address'
import { Empty } from '../../components/Empty'
import { EntityPicker } from '../../components/EntityPicker'
import { useOpenFact } from '../../components/Evidence'
import { Fold } from '../../components/Fold'
import { Gone } from '../../components/Gone'
import { Problem } from '../../components/Problem'
import type { Direction, Relation } from '../../graphql/graphql'
import { useSettings } from '../../settings'
import { useText } from '../../text'
import { kindColours, kinds, relations } from '../../vocabulary'
import { type Point, pathLength, readView, type Step, shorten, stepSize, type View, writeView } from './address'
import { Canvas, coloursOf } from './Canvas'
import { Card, type CardActions } from './Card'
import { edgeKey, useGraphData } from './data'
import { Export } from './Export'
import type { Sheet } from './files'
import './graph.css'
import { Legend } from './Legend'
import { List } from './List'
import { NodeMenu } from './NodeMenu'
import { Paths } from './Paths'
import { StartDocument } from './queries'
import { bows, dotSize, type Picture, type Scene } from './scene'
import { countNeighbours, unshown } from './tally'
import { words } from './text'

/** The graph, drawn as far as one asks. All that it shows is in the address. */
export default function GraphPage() {
  const t = useText(words)
  const { language } = useSettings()
  const { view, change } = useView()
  if (view.roots.length === 0 && view.steps.length === 0 && !view.path)
    return (
      <div className="graph-start">
        <title>{`${t('title')} · ${language === 'zh' ? '蓝图' : 'Lantu'}`}</title>
        <h1>{t('title')}</h1>
        <p>{t('startHelp')}</p>
        <EntityPicker label={t('start')} value={null} onChange={(id) => id && change({ roots: [id], selected: id })} />
        <Often choose={(id) => change({ roots: [id], selected: id })} />
      </div>
    )
  return <Graph view={view} change={change} />
}

type Change = (part: Partial<View>, replace?: boolean) => void

/** The view that the address names. Each change is a step that the browser's back undoes; `replace` makes none. */
function useView(): { view: View; change: Change; undo: (() => void) | null } {
  const { params } = useAddress()
  const { pathname, state } = useLocation()
  const navigate = useNavigate()
  const view = useMemo(() => readView(params), [params])
  const step = (state as { step?: number } | null)?.step ?? 0
  return {
    view,
    change: (part, replace = false) =>
      navigate(`${pathname}?${writeView({ ...view, ...part }, params)}`, {
        replace,
        state: { step: replace ? step : step + 1 },
        preventScrollReset: true,
      }),
    undo: step > 0 ? () => navigate(-1) : null,
  }
}

/** What is named most, to begin with. */
function Often({ choose }: { choose: (id: string) => void }) {
  const t = useText(words)
  const [{ data }] = useQuery({ query: StartDocument })
  if (!data || data.entities.nodes.length === 0) return null
  return (
    <>
      <h2>{t('often')}</h2>
      <ul className="chips">
        {data.entities.nodes.map(({ id, name, kind }) => (
          <li key={id}>
            <button type="button" className="chip" style={{ color: `var(--kind-${kind})` }} onClick={() => choose(id)}>
              {name}
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}

function Graph({ view, change }: { view: View; change: Change }) {
  const t = useText(words)
  const { language, theme } = useSettings()
  const { undo } = useView()
  const { data, loading, error, retry } = useGraphData(view)
  const openFact = useOpenFact()
  const scene = useRef<Scene | null>(null)
  const stage = useRef<HTMLDivElement>(null)
  const [menu, setMenu] = useState<{ id: string; at: Point } | null>(null)

  const { nodes, edges, degrees } = useMemo(() => {
    const hidden = new Set(view.hidden)
    const nodes = [...data.nodes.values()].filter(({ id, kind }) => !hidden.has(id) && !view.kindsOff.includes(kind))
    const there = new Set(nodes.map(({ id }) => id))
    const edges = [...data.edges.values()].filter(
      ({ from, to, relation }) =>
        there.has(from) && there.has(to) && !(relation && view.relationsOff.includes(relation)),
    )
    const degrees = new Map<string, number>()
    for (const { from, to } of edges) for (const id of [from, to]) degrees.set(id, (degrees.get(id) ?? 0) + 1)
    nodes.sort((a, b) => (degrees.get(b.id) ?? 0) - (degrees.get(a.id) ?? 0))
    return { nodes, edges, degrees }
  }, [data, view.hidden, view.kindsOff, view.relationsOff])
  const shown = useMemo(() => countNeighbours(data.edges.values()), [data])
  const left = useMemo(() => unshown(data), [data])

  const picture = useMemo((): Picture => {
    const bold = new Set(view.roots)
    const way = view.path ? data.paths?.nodes[view.path.rank - 1] : undefined
    return {
      dots: nodes.map(({ id, name, kind, mentions }) => {
        const rest = left.byNode.get(id)
        return {
          id,
          label: rest ? `${name} +${rest}` : name,
          weight: view.size === 'mentions' ? mentions.totalCount : (degrees.get(id) ?? 0),
          color: kindColours[kind][theme],
          pinned: view.pins.has(id),
          bold: bold.has(id),
        }
      }),
      lines: edges.map(({ key, from, to, relation, claims }) => ({
        key,
        from,
        to,
        label: relation
          ? relations[relation][language] + (claims.every(({ modality }) => modality === 'AIM') ? t('aim') : '')
          : t('ladder'),
        faint: relation === null,
      })),
      cameFrom: data.cameFrom,
      pins: view.pins,
      selected: view.selected,
      way: way
        ? new Set([
            way.from.id,
            ...way.hops.flatMap(({ from, to, relation, direction }) => {
              const [subject, object] = direction === 'OUT' ? [from.id, to.id] : [to.id, from.id]
              return [to.id, edgeKey(subject, relation ?? null, object)]
            }),
          ])
        : null,
    }
  }, [nodes, edges, degrees, data, left, view, theme, language, t])

  const actions: CardActions = {
    select: (id) => change({ selected: id }, true),
    expand: (node, relation, direction) =>
      change({ steps: widen(view.steps, node, relation, direction), selected: node }),
    hide: (id) => change({ hidden: [...view.hidden, id], selected: view.selected === id ? null : view.selected }),
    pin: (id) => {
      const pins = new Map(view.pins)
      const at = scene.current?.places.get(id)
      if (pins.has(id)) pins.delete(id)
      else if (at) pins.set(id, at)
      change({ pins })
    },
    pathFrom: (id) => change({ path: { from: id, to: '', rank: 1, maxLength: pathLength } }),
    center: (id) => scene.current?.center(id),
  }
  const openMenu = (id: string, at: Point) => {
    const box = stage.current?.getBoundingClientRect()
    setMenu({ id, at: { x: at.x + (box?.x ?? 0), y: at.y + (box?.y ?? 0) } })
  }
  const onKey = (event: KeyboardEvent) => {
    const id = view.selected
    if (event.key === 'Escape') change({ selected: null }, true)
    if (!id || event.ctrlKey || event.metaKey || event.altKey) return
    const at = scene.current?.whereIs(id)
    if ((event.key === 'Enter' || event.key === 'ContextMenu') && at) {
      event.preventDefault()
      openMenu(id, at)
    } else if (event.key === 'h' || event.key === 'Delete') actions.hide(id)
    else if (event.key === 'p') actions.pin(id)
    else if (event.key === 'e') actions.expand(id, null, 'OUT')
  }
  const openEdge = (key: string) => {
    const edge = data.edges.get(key)
    const [best] = edge?.claims ?? []
    if (best) openFact(best.id)
    // What follows from the ladder has no sentence: the card says so.
    else if (edge) actions.select(edge.from)
  }
  const selected = view.selected ? data.nodes.get(view.selected) : undefined
  const menuNode = menu && data.nodes.get(menu.id)
  const root = data.nodes.get(view.roots[0] ?? '')
  const title = root ? `${t('title')} ${root.name}` : t('title')

  const sheet = (): Sheet => {
    const colours = coloursOf(stage.current ?? document.body)
    const bowed = bows(picture.lines)
    const looks = new Map(picture.dots.map((dot) => [dot.id, dot]))
    return {
      title,
      colours,
      font: getComputedStyle(document.body).fontFamily,
      dots: nodes.map(({ id, name, kind, mentions }) => ({
        id,
        name,
        kind,
        kindName: kinds[kind][language],
        mentions: mentions.totalCount,
        at: scene.current?.places.get(id) ?? { x: 0, y: 0 },
        radius: dotSize(looks.get(id)?.weight ?? 0, nodes.length),
        color: kindColours[kind][theme],
      })),
      lines: picture.lines.map(({ key, from, to, label, faint }) => ({
        from,
        to,
        relation: data.edges.get(key)?.relation ?? null,
        label,
        curvature: bowed.get(key) ?? 0,
        faint,
        claims: [],
      })),
    }
  }

  if (!loading && !error && data.nodes.size === 0 && data.gone.length > 0)
    return (
      <>
        <title>{`${t('title')} · ${language === 'zh' ? '蓝图' : 'Lantu'}`}</title>
        <h1>{t('title')}</h1>
        <Gone
          what="entity"
          ids={data.gone.map(shorten)}
          choose={(id) => change({ roots: [id], steps: [], hidden: [], pins: new Map(), selected: id })}
        />
      </>
    )
  return (
    <div className="graph">
      <title>{`${title} · ${language === 'zh' ? '蓝图' : 'Lantu'}`}</title>
      <h1 className="hidden">{title}</h1>
      <div className="graph-toolbar">
        <Fold label={t('tools')}>
          <EntityPicker
            label={t('add')}
            value={null}
            onChange={(id) =>
              id &&
              change({
                roots: view.roots.includes(id) ? view.roots : [...view.roots, id],
                hidden: view.hidden.filter((other) => other !== id),
                selected: id,
              })
            }
          />
          <div className="graph-buttons">
            <button
              type="button"
              className="button"
              aria-pressed={view.path !== null}
              onClick={() =>
                change({
                  path: view.path ? null : { from: view.selected ?? '', to: '', rank: 1, maxLength: pathLength },
                })
              }
            >
              {t('path')}
            </button>
            <button type="button" className="button" onClick={() => scene.current?.settle()}>
              {t('layout')}
            </button>
            <button
              type="button"
              className="button"
              onClick={() =>
                change({
                  pins: new Map(
                    nodes.flatMap(({ id }): [string, Point][] => {
                      const at = scene.current?.places.get(id)
                      return at ? [[id, at]] : []
                    }),
                  ),
                })
              }
            >
              {t('pinAll')}
            </button>
            <Export sheet={sheet} edges={edges} />
          </div>
        </Fold>
        <button type="button" className="button" disabled={!undo} onClick={() => undo?.()}>
          {t('undo')}
        </button>
      </div>
      {error && <Problem error={error} retry={retry} />}
      {data.gone.length > 0 && (
        <p className="note" role="note">
          {t('gone', { n: data.gone.length })} <code>{data.gone.map(shorten).join(' ')}</code>
        </p>
      )}
      <div className="graph-body">
        <div className="graph-main">
          <div className="graph-stage" ref={stage}>
            <Canvas
              scene={scene}
              picture={picture}
              theme={theme}
              label={t('canvas', { nodes: nodes.length, edges: edges.length })}
              failed={t('noWebgl')}
              onKey={onKey}
              select={(id) => change({ selected: id }, true)}
              expand={(id) => actions.expand(id, null, 'OUT')}
              menu={openMenu}
              edge={openEdge}
              pin={(id, at) => change({ pins: new Map(view.pins).set(id, at), selected: id })}
            />
            {!loading && !error && nodes.length === 0 && data.nodes.size > 0 && (
              <Empty title={t('nothingHere')}>{t('nothingHelp')}</Empty>
            )}
            <div className="graph-zoom">
              <button
                type="button"
                className="button"
                aria-label={t('zoomIn')}
                onClick={() => scene.current?.zoom(1.4)}
              >
                +
              </button>
              <button
                type="button"
                className="button"
                aria-label={t('zoomOut')}
                onClick={() => scene.current?.zoom(1 / 1.4)}
              >
                −
              </button>
              <button type="button" className="button" onClick={() => scene.current?.fit()}>
                {t('fit')}
              </button>
            </div>
          </div>
          <p className="graph-status">
            <span role="status">
              {loading ? t('loading') : t('counts', { nodes: nodes.length, edges: edges.length })}
            </span>
            {left.all > 0 && (
              <button
                type="button"
                className="graph-name"
                onClick={() => {
                  const [most] = [...left.byNode].sort(([, a], [, b]) => b - a)
                  if (most) actions.select(most[0])
                }}
              >
                {t('unshown', { n: left.all })}
              </button>
            )}
            {view.hidden.length > 0 && (
              <>
                <span>{t('hiddenNodes', { n: view.hidden.length })}</span>
                <button type="button" className="graph-name" onClick={() => change({ hidden: [] })}>
                  {t('showHidden')}
                </button>
              </>
            )}
            <span className="hidden" aria-live="polite">
              {selected &&
                t('announce', {
                  name: selected.name,
                  kind: kinds[selected.kind][language],
                  n: degrees.get(selected.id) ?? 0,
                })}
            </span>
          </p>
          <Legend data={data} view={view} change={change} />
        </div>
        <aside className="graph-side">
          {view.path && (
            <Paths path={view.path} data={data} loading={loading} error={error} change={(path) => change({ path })} />
          )}
          {selected && (
            <Card
              node={selected}
              data={data}
              shown={shown}
              pinned={view.pins.has(selected.id)}
              edges={edges.filter(({ from, to }) => from === selected.id || to === selected.id)}
              actions={actions}
            />
          )}
          <List nodes={nodes} edges={edges} data={data} degrees={degrees} selected={view.selected} actions={actions} />
        </aside>
      </div>
      {menu && menuNode && (
        <NodeMenu
          node={menuNode}
          at={menu.at}
          shown={shown}
          pinned={view.pins.has(menuNode.id)}
          actions={actions}
          onClose={() => setMenu(null)}
        />
      )}
    </div>
  )
}

/** One expansion more: what was expanded before brings more. */
function widen(steps: Step[], node: string, relation: Relation | null, direction: Direction): Step[] {
  const same = (step: Step) => step.node === node && step.relation === relation && step.direction === direction
  return steps.some(same)
    ? steps.map((step) => (same(step) ? { ...step, count: step.count + stepSize } : step))
    : [...steps, { node, relation, direction, count: stepSize }]
}
