import { UndirectedGraph } from 'graphology'
import forceAtlas2 from 'graphology-layout-forceatlas2'
import { type LayoutAnswer, type LayoutTask, spacing } from './layout'

// Lays a graph out beside the page's own thread, and tells how far it is now and then.
const worker = self as unknown as {
  onmessage: ((event: MessageEvent<LayoutTask>) => void) | null
  postMessage: (answer: LayoutAnswer) => void
}

const roundsAtOnce = 20
const tellEvery = 500 // milliseconds

worker.onmessage = ({ data: { x, y, fixed, edges, rounds } }) => {
  const graph = new UndirectedGraph()
  for (let i = 0; i < x.length; i++) graph.addNode(i, { x: x[i], y: y[i], fixed: fixed[i] === 1 })
  for (let i = 0; i < edges.length; i += 2) graph.mergeEdge(edges[i], edges[i + 1])
  const settings = {
    ...forceAtlas2.inferSettings(graph),
    // Strong, so that parts which nothing connects stay in sight of each other.
    gravity: 0.05,
    strongGravityMode: true,
    scalingRatio: spacing,
    slowDown: 4,
  }
  let told = performance.now()
  for (let done = 0; ; done += roundsAtOnce) {
    let moved = 0
    if (done < rounds && x.length > 1) {
      forceAtlas2.assign(graph, { iterations: roundsAtOnce, settings })
      graph.forEachNode((key, at) => {
        const i = Number(key)
        moved += Math.hypot(at.x - (x[i] ?? 0), at.y - (y[i] ?? 0))
        x[i] = at.x
        y[i] = at.y
      })
    }
    const settled = done >= rounds || moved / Math.max(x.length, 1) < spacing / 100
    if (settled || performance.now() - told > tellEvery) {
      worker.postMessage({ x, y, settled })
      told = performance.now()
    }
    if (settled) return
  }
}
