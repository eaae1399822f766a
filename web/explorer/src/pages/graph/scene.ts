import {
  createDrawCurvedEdgeLabel,
  createEdgeCurveProgram,
  DEFAULT_EDGE_CURVE_PROGRAM_OPTIONS,
} from '@sigma/edge-curve'
import { MultiDirectedGraph } from 'graphology'
import Sigma from 'sigma'
import {
  createEdgeArrowProgram,
  drawStraightEdgeLabel,
  type EdgeLabelDrawingFunction,
  EdgeLineProgram,
  type EdgeProgramType,
  type NodeHoverDrawingFunction,
  type NodeLabelDrawingFunction,
  NodePointProgram,
  type NodeProgramType,
} from 'sigma/rendering'
import type { Coordinates, MouseCoords, TouchCoords } from 'sigma/types'
import type { Point } from './address'
import { along, bow, distanceTo } from './geometry'
import { type Box, boxOf, chooseSides, type Side, type Spot, touch } from './labels'
import { type LayoutAnswer, type LayoutTask, place, spacing } from './layout'

/** An entity as it is drawn. */
export type Dot = { id: string; label: string; weight: number; color: string; pinned: boolean; bold: boolean }
/** A connection as it is drawn. */
export type Line = { key: string; from: string; to: string; label: string; faint: boolean }

export type Picture = {
  dots: Dot[]
  lines: Line[]
  cameFrom: Map<string, string>
  pins: Map<string, Point>
  selected: string | null
  /** Entities and edges of the way that is shown; the rest steps back. */
  way: Set<string> | null
}

export type Colours = Record<'paper' | 'surface' | 'ink' | 'muted' | 'line' | 'faint' | 'accent', string>

export type Events = {
  select: (id: string | null) => void
  expand: (id: string) => void
  menu: (id: string, at: Point) => void
  edge: (key: string) => void
  pin: (id: string, at: Point) => void
  settled: (settled: boolean) => void
}

type NodeLook = {
  x: number
  y: number
  size: number
  label: string
  color: string
  type: string
  pinned: boolean
  bold: boolean
  forceLabel: boolean
}
type EdgeLook = { size: number; label: string; color: string; type: string; curvature: number; faint: boolean }

// With more lines to the pixel in view, words on them would only be noise.
const pixelsToLabel = 8_000
// With more lines than these, arrows and bows are noise too. Plain points and lines are drawn in one
// call each, and words left out while the whole moves, which matters most where the processor draws.
const fineLines = 1_000
const arrowHead = { lengthToThicknessRatio: 4, widenessToThicknessRatio: 3 }
const nearEnough = { mouse: 7, touch: 16 } // pixels
const labelSize = 13 // pixels
const nameHeight = labelSize + 4
const wordSize = 11 // pixels, of words on lines
const glide = 500 // milliseconds
const smallLayout = 120 // rounds
// As many as can be named on any side, each where it covers least.
const allNamed = 60
// Room around the dots for their names, and how far at most the distance that the layout strives for is spread, in pixels.
const margin = { side: 110, end: 60 }
const widest = 420
// Of thousands, a round costs more and shows less.
const fullLayout = (dots: number) => Math.round(Math.min(600, Math.max(600_000 / dots, 150)))

const calm = window.matchMedia('(prefers-reduced-motion: reduce)')

/** How large a dot is, in pixels, for how much hangs on it, and among how many. */
export function dotSize(weight: number, among: number): number {
  return Math.min(4 + 1.9 * Math.sqrt(weight), 22) * Math.max(Math.min(Math.sqrt(300 / among), 1), 0.35)
}

/** Whom the n-th line between the same two bows to, by key. */
export function bows(lines: Pick<Line, 'key' | 'from' | 'to'>[]): Map<string, number> {
  const parallel = new Map<string, Pick<Line, 'key' | 'from' | 'to'>[]>()
  for (const line of lines) {
    const ends = line.from < line.to ? `${line.from} ${line.to}` : `${line.to} ${line.from}`
    parallel.set(ends, [...(parallel.get(ends) ?? []), line])
  }
  return new Map(
    [...parallel.values()].flatMap((group) =>
      group.map(({ key, from, to }, n): [string, number] => [key, bow(n, group.length, from > to)]),
    ),
  )
}

/** The drawn graph: what is drawn where, and what the hand does to it. */
export class Scene {
  readonly places = new Map<string, Point>()
  private graph = new MultiDirectedGraph<NodeLook, EdgeLook>()
  private sigma: Sigma<NodeLook, EdgeLook>
  private worker: Worker | null = null
  private motion = 0
  private hovered: string | null = null
  private near: Set<string> | null = null
  private hoveredEdge: string | null = null
  private dragEnded = false
  private dragged: { id: string; moved: boolean } | null = null
  private picture: Picture = { dots: [], lines: [], cameFrom: new Map(), pins: new Map(), selected: null, way: null }
  private observer: ResizeObserver
  private sides = new Map<string, Side>()
  /** Where names stand in this frame that others must not cover. */
  private names: Box[] = []
  private arranged = false
  private widths = new Map<string, number>()
  private ruler = document.createElement('canvas').getContext('2d') as CanvasRenderingContext2D

  constructor(
    private container: HTMLElement,
    private colours: Colours,
    private events: Events,
  ) {
    this.sigma = new Sigma<NodeLook, EdgeLook>(this.graph, container, {
      defaultEdgeType: 'arrow',
      nodeProgramClasses: { point: NodePointProgram as unknown as NodeProgramType<NodeLook, EdgeLook> },
      edgeProgramClasses: {
        arrow: createEdgeArrowProgram<NodeLook, EdgeLook>(arrowHead),
        line: EdgeLineProgram as unknown as EdgeProgramType<NodeLook, EdgeLook>,
        curved: createEdgeCurveProgram<NodeLook, EdgeLook>({
          arrowHead: { extremity: 'target', ...arrowHead },
          drawLabel: this.drawWhereFree(createDrawCurvedEdgeLabel(DEFAULT_EDGE_CURVE_PROGRAM_OPTIONS)),
        }),
      },
      labelFont: getComputedStyle(container).fontFamily,
      edgeLabelFont: getComputedStyle(container).fontFamily,
      labelSize,
      edgeLabelSize: wordSize,
      labelRenderedSizeThreshold: 5,
      labelGridCellSize: 90,
      minEdgeThickness: 1.2,
      stagePadding: 0,
      minCameraRatio: 0.02,
      maxCameraRatio: 4,
      zIndex: true,
      // Otherwise a hidden page, measured as nothing, would throw.
      allowInvalidContainer: true,
      nodeReducer: (id, look) => this.reduceNode(id, look),
      edgeReducer: (key, look) => this.reduceEdge(key, look),
      defaultDrawNodeLabel: this.drawLabel,
      defaultDrawNodeHover: this.drawHover,
      defaultDrawEdgeLabel: this.drawWhereFree(drawStraightEdgeLabel),
    })
    this.recolour(colours)
    this.listen()
    this.observer = new ResizeObserver(() => {
      this.sigma.resize()
      this.frame()
    })
    this.observer.observe(container)
  }

  destroy() {
    this.stop()
    this.observer.disconnect()
    this.sigma.kill()
  }

  recolour(colours: Colours) {
    this.colours = colours
    this.sigma.setSettings({ edgeLabelColor: { color: colours.muted } })
  }

  /** Draws a picture; what is new begins near what it came from, and finds its place. */
  show(picture: Picture) {
    this.picture = picture
    const { graph, places } = this
    const dots = new Map(picture.dots.map((dot) => [dot.id, dot]))
    const fresh = picture.dots.filter(({ id }) => !places.has(id))
    const first = places.size === 0
    for (const [id, at] of picture.pins) if (dots.has(id)) places.set(id, at)
    place(dots.keys(), picture.cameFrom, places)

    const lines = new Set(picture.lines.map(({ key }) => key))
    for (const key of graph.filterEdges((key) => !lines.has(key))) graph.dropEdge(key)
    for (const id of graph.filterNodes((id) => !dots.has(id))) graph.dropNode(id)
    const fine = picture.lines.length <= fineLines
    this.sigma.setSetting('hideLabelsOnMove', !fine)
    for (const dot of dots.values()) {
      const { x, y } = places.get(dot.id) ?? { x: 0, y: 0 }
      graph.mergeNode(dot.id, {
        x,
        y,
        size: dotSize(dot.weight, dots.size),
        label: dot.label,
        color: dot.color,
        type: fine ? 'circle' : 'point',
        pinned: dot.pinned,
        bold: dot.bold,
        forceLabel: dot.bold || dot.pinned || dots.size <= allNamed,
      })
    }
    const bowed = bows(picture.lines)
    for (const { key, from, to, label, faint } of picture.lines) {
      const curvature = fine ? (bowed.get(key) ?? 0) : 0
      graph.mergeEdgeWithKey(key, from, to, {
        size: faint ? 1.5 : 2.5,
        label,
        color: faint ? this.colours.faint : this.colours.line,
        type: fine ? (curvature === 0 ? 'arrow' : 'curved') : 'line',
        curvature,
        faint,
      })
    }
    this.label()
    this.frame()
    const loose = fresh.filter(({ id }) => !picture.pins.has(id)).length
    if (loose > 0) this.settle(first || loose > dots.size / 2 ? fullLayout(dots.size) : smallLayout)
    else if (!this.worker && !this.motion && dots.size > 0) this.events.settled(true)
  }

  /** Sees that all fits in with the names beside it, and that a few do not fill the whole. */
  private frame() {
    const at = this.graph.nodes().flatMap((id) => this.places.get(id) ?? [])
    const { width, height } = this.sigma.getDimensions()
    if (at.length === 0 || width === 0 || height === 0) return this.see()
    const extent = (values: number[]) => {
      const [from, to] = [Math.min(...values), Math.max(...values)]
      return { middle: (from + to) / 2, length: to - from }
    }
    const [x, y] = [extent(at.map((point) => point.x)), extent(at.map((point) => point.y))]
    const room = { x: width - 2 * Math.min(margin.side, width / 4), y: height - 2 * margin.end }
    const scale = Math.min(room.x / x.length, room.y / y.length, widest / spacing) // pixels
    // Of a square, Sigma fits the side to the shorter of the frame's.
    const half = Math.min(width, height) / scale / 2
    this.sigma.setCustomBBox({ x: [x.middle - half, x.middle + half], y: [y.middle - half, y.middle + half] })
    this.see()
  }

  /** Finds for each name of a few where it covers least; the lesser ones that would cover another have no place. */
  private arrange() {
    this.arranged = true
    const { graph, sigma } = this
    const { selected, way } = this.picture
    const inAnyCase = [this.hovered, selected].filter((id) => id !== null && graph.hasNode(id)) as string[]
    const spotOf = (id: string): Spot => {
      const { label, size, bold } = graph.getNodeAttributes(id)
      const at = this.whereIs(id) ?? { x: 0, y: 0 }
      return { ...at, size: sigma.scaleSize(size), width: this.widthOf(label, bold) }
    }
    this.sides.clear()
    this.names = []
    if (graph.order > allNamed) {
      this.names.push(...inAnyCase.map((id) => boxOf(spotOf(id), 'right', nameHeight)))
      return
    }
    const rank = (id: string) => {
      if (inAnyCase.includes(id)) return Number.POSITIVE_INFINITY
      const { bold, size } = graph.getNodeAttributes(id)
      return (way?.has(id) ? 2_000 : 0) + (bold ? 1_000 : 0) + size
    }
    const dots = graph
      .nodes()
      .map((id) => ({ id, spot: spotOf(id), rank: rank(id) }))
      .sort((a, b) => b.rank - a.rank)
    const at = new Map(dots.map(({ id, spot }) => [id, spot]))
    const lines = graph.mapEdges((_, __, from, to) => [at.get(from), at.get(to)] as [Spot, Spot])
    const { width, height } = sigma.getDimensions()
    const frame = { left: 0, top: 0, right: width, bottom: height }
    // What steps back has no name that could be covered.
    const named = dots.filter(({ id }) => !this.stepsBack(id))
    const sides = chooseSides(named, dots, lines, frame, nameHeight, inAnyCase.length)
    for (const [index, { id }] of named.entries()) {
      const side = sides[index]
      if (!side) continue
      this.sides.set(id, side)
      this.names.push(boxOf(spotOf(id), side, nameHeight))
    }
  }

  private widthOf(label: string, bold: boolean): number {
    const font = `${bold ? 600 : 400} ${labelSize}px ${this.sigma.getSetting('labelFont')}`
    const key = `${font} ${label}`
    const known = this.widths.get(key)
    if (known !== undefined) return known
    this.ruler.font = font
    const { width } = this.ruler.measureText(label)
    this.widths.set(key, width)
    return width
  }

  /** Shows words on lines where there is room for them. */
  private label() {
    const { width, height } = this.sigma.getDimensions()
    const seen = this.graph.size * Math.min(this.sigma.getCamera().ratio, 1) ** 2
    const room = seen * pixelsToLabel <= width * height
    if (room !== this.sigma.getSetting('renderEdgeLabels')) this.sigma.setSetting('renderEdgeLabels', room)
  }

  /** Lets everything that is not pinned find its place. */
  settle(rounds = fullLayout(this.graph.order)) {
    this.stop()
    this.events.settled(false)
    const ids = this.graph.nodes()
    const index = new Map(ids.map((id, i) => [id, i]))
    const at = ids.map((id) => this.places.get(id) ?? { x: 0, y: 0 })
    const task: LayoutTask = {
      x: Float64Array.from(at, ({ x }) => x),
      y: Float64Array.from(at, ({ y }) => y),
      fixed: Uint8Array.from(ids, (id) => (this.picture.pins.has(id) ? 1 : 0)),
      edges: Uint32Array.from(this.picture.lines.flatMap(({ from, to }) => [index.get(from) ?? 0, index.get(to) ?? 0])),
      rounds,
    }
    this.worker = new Worker(new URL('./layout.worker.ts', import.meta.url), { type: 'module' })
    this.worker.onmessage = ({ data }: MessageEvent<LayoutAnswer>) => {
      if (data.settled) {
        this.worker?.terminate()
        this.worker = null
      }
      const targets = ids.map((id, i): [string, Point] => [id, { x: data.x[i] ?? 0, y: data.y[i] ?? 0 }])
      this.glideTo(targets, data.settled)
    }
    this.worker.postMessage(task)
  }

  /** Moves dots to places, gently where the reader wants motion; those that the hand holds or pinned stay. */
  private glideTo(targets: [string, Point][], last: boolean) {
    cancelAnimationFrame(this.motion)
    const starts = new Map(targets.map(([id]) => [id, this.places.get(id) ?? { x: 0, y: 0 }]))
    const began = performance.now()
    const step = () => {
      const passed = calm.matches ? 1 : Math.min((performance.now() - began) / glide, 1)
      const eased = 1 - (1 - passed) ** 3
      for (const [id, to] of targets) {
        const from = starts.get(id)
        if (!from || this.picture.pins.has(id) || this.dragged?.id === id) continue
        this.places.set(id, { x: from.x + (to.x - from.x) * eased, y: from.y + (to.y - from.y) * eased })
      }
      this.graph.updateEachNodeAttributes((id, look) => ({ ...look, ...this.places.get(id) }), {
        attributes: ['x', 'y'],
      })
      this.motion = passed < 1 ? requestAnimationFrame(step) : 0
      if (passed === 1) this.frame()
      if (passed === 1 && last) this.events.settled(true)
    }
    step()
  }

  private stop() {
    this.worker?.terminate()
    this.worker = null
    cancelAnimationFrame(this.motion)
    this.motion = 0
  }

  zoom(factor: number) {
    const camera = this.sigma.getCamera()
    this.move({ ratio: camera.getBoundedRatio(camera.ratio / factor) })
  }

  fit() {
    this.move({ x: 0.5, y: 0.5, ratio: 1, angle: 0 })
  }

  /** Brings an entity to the middle. */
  center(id: string) {
    const at = this.whereIs(id)
    if (at) this.move(this.sigma.viewportToFramedGraph(at))
  }

  private move(state: { x?: number; y?: number; ratio?: number; angle?: number }) {
    this.sigma.getCamera().animate(state, { duration: calm.matches ? 0 : 250 })
  }

  /** Where an entity is drawn, in pixels of the container. */
  whereIs(id: string): Point | null {
    // Sigma's own display data is unscaled between a change and the next frame.
    const at = this.graph.hasNode(id) && this.places.get(id)
    return at ? this.sigma.graphToViewport(at) : null
  }

  /** The neighbour of an entity that lies most in a direction; of nothing, the entity nearest to the middle. */
  towards(id: string | null, direction: Point): string | null {
    const { width, height } = this.sigma.getDimensions()
    const middle = { x: width / 2, y: height / 2 }
    const start = id ? this.whereIs(id) : null
    if (!id || !start) return this.best(this.graph.nodes(), (at) => -Math.hypot(at.x - middle.x, at.y - middle.y))
    return this.best(this.graph.neighbors(id), (at) => {
      const [dx, dy] = [at.x - start.x, at.y - start.y]
      const far = Math.hypot(dx, dy) || 1
      const straight = (dx * direction.x + dy * direction.y) / far
      return straight > 0.1 ? straight - far / 10_000 : null
    })
  }

  private best(ids: string[], score: (at: Point) => number | null): string | null {
    let found: { id: string; score: number } | null = null
    for (const id of ids) {
      const at = this.whereIs(id)
      const s = at && score(at)
      if (s !== null && (!found || s > found.score)) found = { id, score: s }
    }
    return found?.id ?? null
  }

  private listen() {
    const { sigma } = this
    sigma.getCamera().on('updated', () => this.label())
    sigma.on('beforeRender', () => {
      this.arranged = false
    })
    sigma.on('clickNode', ({ node }) => {
      // The click that ends a drag is none.
      if (!this.dragEnded) this.events.select(node)
    })
    sigma.on('doubleClickNode', ({ node, preventSigmaDefault }) => {
      preventSigmaDefault()
      this.events.expand(node)
    })
    sigma.on('rightClickNode', ({ node, event }) => {
      event.original.preventDefault()
      this.events.menu(node, { x: event.x, y: event.y })
    })
    sigma.on('clickStage', ({ event }) => {
      const edge = this.edgeAt(event, event.original instanceof MouseEvent ? nearEnough.mouse : nearEnough.touch)
      if (edge) this.events.edge(edge)
      else this.events.select(null)
    })
    sigma.on('doubleClickStage', ({ preventSigmaDefault }) => preventSigmaDefault())
    sigma.on('enterNode', ({ node }) => this.hover(node))
    sigma.on('leaveNode', () => this.hover(null))
    sigma.on('downNode', ({ node, event }) => {
      if (event.original instanceof MouseEvent && event.original.button !== 0) return
      this.dragged = { id: node, moved: false }
      this.dragEnded = false
    })
    sigma.on('downStage', () => {
      this.dragEnded = false
    })
    sigma.on('moveBody', ({ event }) => this.moved(event))
    for (const up of ['upNode', 'upStage'] as const) sigma.on(up, () => this.drop())
  }

  private moved(event: MouseCoords | TouchCoords) {
    if (this.dragged && 'x' in event) {
      const at = this.sigma.viewportToGraph(event)
      if (!this.dragged.moved && this.graph.hasNode(this.dragged.id)) {
        const before = this.whereIs(this.dragged.id)
        // A hand that shakes while it clicks does not drag.
        if (before && Math.hypot(before.x - event.x, before.y - event.y) < 4) return
      }
      this.dragged.moved = true
      this.places.set(this.dragged.id, at)
      this.graph.mergeNodeAttributes(this.dragged.id, at)
      event.preventSigmaDefault()
      event.original.preventDefault()
      return
    }
    if (!('x' in event) || !(event.original instanceof MouseEvent) || event.original.buttons !== 0) return
    const edge = this.hovered ? null : this.edgeAt(event, nearEnough.mouse)
    if (edge === this.hoveredEdge) return
    const edges = [this.hoveredEdge, edge].filter((key) => key !== null && this.graph.hasEdge(key)) as string[]
    this.hoveredEdge = edge
    this.container.style.cursor = edge ? 'pointer' : ''
    // A refresh that is still to come has emptied the index, so it cannot be skipped.
    this.sigma.scheduleRefresh({ partialGraph: { edges } })
  }

  private drop() {
    const { dragged } = this
    if (!dragged) return
    this.dragged = null
    this.frame()
    const at = dragged.moved && this.places.get(dragged.id)
    this.dragEnded = Boolean(at)
    if (at) this.events.pin(dragged.id, at)
  }

  /** The line under a point, whose width a hand need not hit exactly. */
  private edgeAt(point: Coordinates, reach: number): string | null {
    const at = new Map<string, Point>()
    const where = (id: string) => {
      const known = at.get(id) ?? this.whereIs(id)
      if (known) at.set(id, known)
      return known
    }
    let nearest = reach
    let found: string | null = null
    this.graph.forEachEdge((key, { curvature }, from, to) => {
      const a = where(from)
      const b = where(to)
      if (!a || !b) return
      const wide = reach + Math.abs(curvature) * Math.hypot(a.x - b.x, a.y - b.y)
      if (point.x < Math.min(a.x, b.x) - wide || point.x > Math.max(a.x, b.x) + wide) return
      if (point.y < Math.min(a.y, b.y) - wide || point.y > Math.max(a.y, b.y) + wide) return
      const far = distanceTo(point, a, b, curvature)
      if (far < nearest) {
        nearest = far
        found = key
      }
    })
    return found
  }

  private hover(id: string | null) {
    this.hovered = id
    this.hoveredEdge = null
    this.near = id ? new Set([id, ...this.graph.neighbors(id)]) : null
    this.container.style.cursor = id ? 'pointer' : ''
    this.see()
  }

  /** Draws anew what only looks different. */
  private see() {
    this.sigma.scheduleRefresh()
  }

  /** Whether an entity makes room for those that are looked at. */
  private stepsBack(id: string): boolean {
    const { selected, way } = this.picture
    return id !== selected && (this.near ? !this.near.has(id) : way ? !way.has(id) : false)
  }

  private reduceNode(id: string, look: NodeLook) {
    const { selected, way } = this.picture
    if (this.stepsBack(id)) return { ...look, color: this.colours.faint, label: '', forceLabel: false, zIndex: 0 }
    return {
      ...look,
      zIndex: 1,
      highlighted: id === selected,
      forceLabel: look.forceLabel || id === selected || Boolean(way?.has(id)) || this.hovered === id,
    }
  }

  private reduceEdge(key: string, look: EdgeLook) {
    const { way } = this.picture
    if (key === this.hoveredEdge)
      return { ...look, color: this.colours.accent, size: look.size + 1.5, forceLabel: true, zIndex: 2 }
    if (this.hovered && this.near) {
      const [from, to] = this.graph.extremities(key)
      if (from === this.hovered || to === this.hovered) return { ...look, color: this.colours.accent, zIndex: 1 }
      return { ...look, color: this.colours.faint, label: '', zIndex: 0 }
    }
    if (way?.has(key))
      return { ...look, color: this.colours.accent, size: look.size + 1.5, forceLabel: true, zIndex: 1 }
    if (way) return { ...look, color: this.colours.faint, label: '', zIndex: 0 }
    return look
  }

  private drawLabel: NodeLabelDrawingFunction<NodeLook, EdgeLook> = (context, data, settings) => {
    if (data.pinned) {
      context.beginPath()
      context.arc(data.x, data.y, data.size + 2.5, 0, Math.PI * 2)
      context.strokeStyle = this.colours.ink
      context.lineWidth = 1.2
      context.stroke()
    }
    if (!data.label) return
    // Not before: in the course of rendering Sigma measures the whole anew.
    if (!this.arranged) this.arrange()
    context.font = `${data.bold ? 600 : 400} ${settings.labelSize}px ${settings.labelFont}`
    const side = this.graph.order > allNamed ? 'right' : this.sides.get(data.key)
    if (!side) return
    const box = boxOf({ ...data, width: context.measureText(data.label).width }, side, nameHeight)
    if (this.graph.order > allNamed && data.key !== this.hovered && data.key !== this.picture.selected) {
      if (this.names.some((name) => touch(name, box))) return
      this.names.push(box)
    }
    const [x, y] = [box.left, (box.top + box.bottom) / 2 + settings.labelSize / 3]
    context.lineJoin = 'round'
    context.lineWidth = 3
    context.strokeStyle = this.colours.paper
    context.strokeText(data.label, x, y)
    context.fillStyle = this.colours.ink
    context.fillText(data.label, x, y)
  }

  /** Draws the words on a line, unless they would run into a name. */
  private drawWhereFree(
    draw: EdgeLabelDrawingFunction<NodeLook, EdgeLook>,
  ): EdgeLabelDrawingFunction<NodeLook, EdgeLook> {
    return (context, edge, source, target, settings) => {
      const [a, b] = source.x < target.x ? [source, target] : [target, source]
      const far = Math.hypot(b.x - a.x, b.y - a.y)
      const [right, down] = [(b.x - a.x) / far, (b.y - a.y) / far]
      const middle = along(source, target, this.graph.getEdgeAttribute(edge.key, 'curvature'), 0.5)
      const below = edge.size / 2 + wordSize / 2
      context.font = `${settings.edgeLabelWeight} ${wordSize}px ${settings.edgeLabelFont}`
      const length = Math.min(context.measureText(edge.label ?? '').width, far)
      const steps = Math.ceil(length / wordSize)
      for (let step = 0; step <= steps; step++) {
        const part = length * (step / steps - 0.5)
        const [x, y] = [middle.x + part * right - below * down, middle.y + part * down + below * right]
        const half = wordSize / 2
        const letter = { left: x - half, right: x + half, top: y - half, bottom: y + half }
        if (this.names.some((name) => touch(name, letter))) return
      }
      draw(context, edge, source, target, settings)
    }
  }

  private drawHover: NodeHoverDrawingFunction<NodeLook, EdgeLook> = (context, data, settings) => {
    context.beginPath()
    context.arc(data.x, data.y, data.size + 4, 0, Math.PI * 2)
    context.fillStyle = this.colours.surface
    context.strokeStyle = this.colours.accent
    context.lineWidth = 2
    context.fill()
    context.stroke()
    this.drawLabel(context, data, settings)
  }
}
