import { expect, test } from 'vitest'
import { toMarkdown } from './markdown'
import { clauseOf, type Memo, writeMemo } from './memo'
import type { Citation, Hop, Start, TraceClaim, TraceData } from './queries'

// A programme that is carried out in a village of 柳浦乡 and intended for the township 白石镇.

const report = { id: 'r1', file: 'yunjiang.txt', title: '政府工作报告', issuer: '云江区人民政府', date: '2025-01-08' }
const later = { ...report, id: 'r2', file: 'yunjiang-2026.txt', date: '2026-01-09' }

function evidence(sentence: string, line: number, from = report): Citation {
  const section = { number: '（二）', heading: '城乡面貌', parent: { number: '一、', heading: '工作回顾' } }
  return {
    quote: sentence,
    sentence,
    rule: 'place.in',
    permalink: `/report/${from.id}?start=${line}`,
    passage: { line, page: null, section },
    report: from,
  }
}

const place = (id: string, name: string, level: string, parent: { id: string; name: string } | null = null) =>
  ({ __typename: 'Place', id, kind: 'PLACE', name, level, parent }) as unknown as Hop['to']
const city = place('c', '海川市', 'CITY')
const district = place('d', '云江区', 'DISTRICT', city)
const town = place('t', '柳浦乡', 'STREET', district)
const other = place('o', '白石镇', 'STREET', district)
const village = place('v', '上柳村', 'VILLAGE', town)
const program = { __typename: 'Program', id: 'p', kind: 'PROGRAM', name: '百村千景' } as unknown as Hop['to']

function claim(
  id: string,
  relation: string,
  subject: Hop['to'],
  object: Hop['to'],
  from: Citation[],
  modality = 'FACT',
  state = 'UNREVIEWED',
) {
  const judged = { confidence: 0.734, curation: { state } }
  return {
    __typename: 'Claim',
    id,
    relation,
    subject,
    object,
    modality,
    evidence: from,
    ...judged,
  } as unknown as TraceClaim
}
const said = (c: TraceClaim, from: Hop['to'], to: Hop['to'], direction = 'OUT'): Hop =>
  ({ from, to, direction, derived: false, claims: [c] }) as unknown as Hop
const up = (from: Hop['to'], to: Hop['to']): Hop =>
  ({ from, to, direction: 'OUT', derived: true, rule: 'administrative-ladder', claims: [] }) as unknown as Hop

const covers = claim('1', 'COVERS', program, village, [
  evidence('实施“百村千景”工程，上柳村先行。', 11),
  evidence('“百村千景”工程在上柳村扩面。', 9, later),
])
const aims = claim('2', 'COVERS', program, other, [evidence('“百村千景”工程向白石镇拓展。', 20)], 'AIM', 'CONFIRMED')

const ways = [
  [said(covers, program, village)],
  [said(aims, program, other)],
  [said(covers, program, village), up(village, town)],
  [said(aims, program, other), up(other, district)],
  [said(covers, program, village), up(village, town), up(town, district)],
]
const trace = (all: Hop[][], totalCount = all.length): TraceData =>
  ({
    totalCount,
    truncated: false,
    visited: 5,
    nodes: all.map((hops) => ({ hops, to: { ...hops.at(-1)?.to, statuses: [] } })),
  }) as unknown as TraceData
const start = {
  ...program,
  aliases: ['“百村千景”工程'],
  statuses: [
    {
      status: 'STARTED',
      modality: 'FACT',
      date: '2025-01-08',
      period: null,
      claim: {
        id: '3',
        confidence: 0.9,
        curation: { state: 'UNREVIEWED' },
        evidence: [
          { ...evidence('实施“百村千景”工程，上柳村先行。', 11), quote: '百村千景”工程', rule: 'status.verb' },
        ],
      },
    },
  ],
  claims: { totalCount: 0, nodes: [] },
  observations: { totalCount: 0, nodes: [] },
  reports: { nodes: [] },
} as unknown as Start
const scope = { report: null, level: null, said: false, origin: 'http://lantu.example' }

const lines = (memo: Memo) =>
  memo.blocks.map(({ runs }) => runs.map((run) => (typeof run === 'string' ? run : `[${run.cite}]`)).join(''))

test('states what is said with its sources, aims as intended, and what is derived as such', () => {
  const memo = writeMemo(start, trace(ways), true, scope)
  expect(memo.title).toBe('“百村千景”落地情况摘编')
  expect(lines(memo).slice(0, 11)).toEqual([
    '一、基本情况',
    '“百村千景”系报告述及的计划，又称“‘百村千景’工程”。',
    '二、进展情况',
    '2025年1月8日的报告述及“实施‘百村千景’工程”（状态：实施）[1]（可信度90%）。',
    '三、落地情况',
    '（一）村级（1个）',
    '1. 上柳村（柳浦乡）：“百村千景”覆盖上柳村[1][2]（可信度73%）。',
    '（二）乡级（2个）',
    '1. 白石镇（云江区）：“百村千景”拟覆盖白石镇[3]（可信度73%，经人工确认）。',
    '2. 柳浦乡（云江区）：上柳村属柳浦乡（推导）。',
    '（三）县级（1个）',
  ])
  expect(lines(memo)[11]).toBe('1. 云江区（海川市）：白石镇、上柳村属云江区（推导）。')
  const notes = lines(memo).slice(-6).join()
  expect(notes).toContain('行政区划层级推得（规则 administrative-ladder）')
  expect(notes).toContain('“可信度”为程序对该条陈述是否读对的估计')
  expect(memo.sources[0]).toEqual({
    number: 1,
    quote: '实施‘百村千景’工程，上柳村先行。',
    where: '《政府工作报告》，云江区人民政府，2025年1月8日，“一、工作回顾”之“（二）城乡面貌”，yunjiang.txt第12行',
    rules: ['status.verb', 'place.in'],
    link: 'http://lantu.example/report/r1?start=11',
  })
  expect(writeMemo(start, trace(ways), true, scope)).toEqual(memo)
})

test('a programme is carried out, what is built is started, and an aim is no stage', () => {
  const standing = (kind: string, status: string, modality: string) => {
    const step = { ...start.statuses[0], status, modality }
    return lines(writeMemo({ ...start, kind, statuses: [step] } as unknown as Start, trace([]), true, scope))[3]
  }
  const words = '“实施‘百村千景’工程”'
  const source = '[1]（可信度90%）。'
  expect(standing('PROGRAM', 'STARTED', 'AIM')).toBe(`2025年1月8日的报告提出${words}（状态：拟实施）${source}`)
  expect(standing('PROJECT', 'STARTED', 'AIM')).toBe(`2025年1月8日的报告提出${words}（状态：拟启动）${source}`)
  expect(standing('PROJECT', 'STARTED', 'FACT')).toBe(`2025年1月8日的报告述及${words}（状态：启动）${source}`)
  expect(standing('PARK', 'PLANNED', 'AIM')).toBe(`2025年1月8日的报告提出${words}（状态：规划）${source}`)
})

test('of a sentence the words between two stops are quoted, with both quotation marks', () => {
  const clause = (sentence: string, quote: string) => clauseOf({ sentence, quote })
  expect(clause('一是加快构建“1530”体系，扩大覆盖。', '加快构建“1530')).toBe('一是加快构建“1530”体系')
  expect(clause('推动“甲，乙”工程落地；完成改造。', '乙”工程落地')).toBe('“乙”工程落地')
  expect(clause('推动“甲，乙”工程落地。', '推动“甲')).toBe('推动“甲”')
  expect(clause('实施甲方案,乙街区开业。', '实施甲方案')).toBe('实施甲方案')
  expect(clause('全面落实“河长制”[8]，河湖更清。', '落实“河长制')).toBe('全面落实“河长制”')
})

test('of one report, cites that one only', () => {
  const memo = writeMemo(start, trace(ways.slice(0, 1)), true, { ...scope, report: 'yunjiang-2026.txt' })
  expect(memo.sources.map(({ quote }) => quote)).toEqual(['‘百村千景’工程在上柳村扩面。'])
  expect(lines(memo).join()).not.toContain('状态：')
})

test('without the places between, a way is written out', () => {
  const memo = writeMemo(start, trace(ways.slice(4), 9), true, { ...scope, level: '县级' })
  const all = lines(memo)
  expect(all).toContain(
    '1. 云江区（海川市）：“百村千景”覆盖上柳村[1][2]（可信度73%），上柳村属柳浦乡（推导），柳浦乡属云江区（推导）。',
  )
  expect(all.join()).toContain('仅列所选范围：县级。')
  expect(all.join()).toContain('路径共9条，本摘编列出其中1条。')
})

test('from a place, what reaches it is told from there to the place', () => {
  const down = { from: town, to: village, direction: 'IN', derived: true, claims: [] } as unknown as Hop
  const place = { ...start, ...town, ancestors: [district, city] } as unknown as Start
  const memo = writeMemo(place, trace([[down, said(covers, village, program, 'IN')]]), false, scope)
  expect(memo.title).toBe('柳浦乡涉及事项摘编')
  expect(lines(memo)).toContain('柳浦乡系报告述及的乡级地点，又称“‘百村千景’工程”，属海川市云江区（推导）。')
  expect(lines(memo)).toContain('1. “百村千景”：“百村千景”覆盖上柳村[1][2]（可信度73%），上柳村属柳浦乡（推导）。')
})

test('Markdown keeps words as they are and numbers its sources', () => {
  const markdown = toMarkdown({
    title: '“A*B”落地情况摘编',
    blocks: [
      { type: 'heading', runs: ['一、落地情况'] },
      { type: 'item', runs: ['1. 甲村：A*B覆盖甲村', { cite: 1 }, '。'] },
    ],
    sources: [
      {
        number: 1,
        quote: '在甲村实施A*B。',
        where: '《报告》，第1行',
        rules: ['place.in', 'curator'],
        link: 'http://lantu.example/report/r',
      },
    ],
  })
  expect(markdown).toBe(
    '# “A\\*B”落地情况摘编\n\n## 一、落地情况\n\n1\\. 甲村：A\\*B覆盖甲村\\[1\\]。\n\n## 出处\n\n\\[1\\] “在甲村实施A\\*B。”——《报告》，第1行（规则 place.in；人工添加）。<http://lantu.example/report/r>\n',
  )
})
