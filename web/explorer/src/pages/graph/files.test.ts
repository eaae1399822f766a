import { MultiDirectedGraph } from 'graphology'
import { parse } from 'graphology-graphml'
import { expect, test } from 'vitest'
import { type Sheet, toCsv, toGraphml, toJson, toSvg } from './files'

const sheet: Sheet = {
  title: '蓝图 & 图谱',
  colours: { paper: '#fff', ink: '#000', muted: '#555', line: '#999', faint: '#ccc' },
  font: '"Noto Sans SC", sans-serif',
  dots: [
    {
      id: 'park-a',
      name: '河湾<科技园>',
      kind: 'PARK',
      kindName: '园区',
      mentions: 3,
      at: { x: 0, y: 10 },
      radius: 8,
      color: '#1f6f43',
    },
    {
      id: 'place-1',
      name: '柳浦乡',
      kind: 'PLACE',
      kindName: '地点',
      mentions: 2,
      at: { x: 100, y: -40 },
      radius: 6,
      color: '#7d5a00',
    },
  ],
  lines: [
    {
      from: 'park-a',
      to: 'place-1',
      relation: 'LOCATED_IN',
      label: '位于',
      curvature: 0,
      faint: false,
      claims: [
        {
          __typename: 'Claim',
          id: 'claim-1',
          modality: 'FACT',
          period: null,
          confidence: 0.9,
          evidence: [
            {
              quote: '柳浦乡建成"河湾科技园",',
              sentence: '柳浦乡建成"河湾科技园",入驻企业十家。',
              permalink: '/report/r?start=1',
              rule: 'at',
              confidence: 0.9,
              report: { title: '工作报告', file: 'a.txt', date: '2024-01' },
            },
          ],
        },
      ],
    },
    { from: 'place-1', to: 'park-a', relation: null, label: '行政区划', curvature: 0.2, faint: true, claims: [] },
  ],
}

test('the drawing holds names, relations and a legend, as XML', () => {
  const svg = toSvg(sheet)
  for (const words of ['河湾&lt;科技园&gt;', '柳浦乡', '>位于<', '>园区<', '<title>蓝图 &amp; 图谱</title>'])
    expect(svg).toContain(words)
  expect(svg.match(/<circle/g)).toHaveLength(4)
  // What lies higher in the graph is drawn higher.
  const heights = [...svg.matchAll(/<circle cx="[\d.]+" cy="([\d.]+)" r="[86]"/g)].map(([, y]) => Number(y))
  expect(heights[0]).toBeLessThan(heights[1] ?? 0)
})

test('GraphML is read back by another reader', () => {
  const graph = parse(MultiDirectedGraph, toGraphml(sheet))
  expect(graph.getNodeAttributes('park-a')).toMatchObject({ label: '河湾<科技园>', kind: 'PARK', mentions: 3, y: 10 })
  const [edge = ''] = graph.outEdges('park-a', 'place-1')
  expect(graph.getEdgeAttributes(edge)).toMatchObject({
    relation: 'LOCATED_IN',
    claim: 'claim-1',
    quote: '柳浦乡建成"河湾科技园",',
    report: '工作报告',
  })
  expect(graph.size).toBe(2)
})

test('JSON holds every claim with its sentences', () => {
  const { nodes, edges } = JSON.parse(toJson(sheet))
  expect(nodes).toHaveLength(2)
  expect(edges[0].claims[0].evidence[0].sentence).toBe('柳浦乡建成"河湾科技园",入驻企业十家。')
  expect(edges[1]).toMatchObject({ source: 'place-1', derived: true, claims: [] })
})

test('the table has a line for each sentence, and one for what is derived', () => {
  const head = Array.from({ length: 14 }, (_, i) => `c${i}`)
  const lines = toCsv(sheet, head)
  expect(lines).toHaveLength(3)
  expect(lines[1]).toContain('河湾<科技园>,园区,位于,柳浦乡,地点,FACT,"柳浦乡建成""河湾科技园"",",')
  expect(lines[2]?.split(',')).toHaveLength(14)
})
