import { formatDate, formatPeriod } from '../../components/Period'
import { annualAverage, hedges, kinds, levels, relations as relationWords, stepOf } from '../../vocabulary'
import type { Citation, Hop, Start, TraceClaim, TraceData, TraceStatus, Way } from './queries'

// A memo is in Chinese whatever the reader's language is, as the sentences are that it quotes.

/** Words, or the number of a source. */
export type Run = string | { cite: number }

export type Block = { type: 'heading' | 'subheading' | 'paragraph' | 'item'; runs: Run[] }

/** A sentence that is quoted, and where it stands. */
export type Source = {
  number: number
  /** The sentence as printed, its own quotation marks made inner ones. */
  quote: string
  /** Where it stands: 《title》, issuer, date, section, file and line. */
  where: string
  /** The address that opens it. */
  link: string
}

export type Memo = { title: string; blocks: Block[]; sources: Source[] }

/** What a memo is of, beside the data: what it was narrowed to and where the server is. */
export type Scope = { report: string | null; level: string | null; said: boolean; origin: string }

/**
 * States what the claims say of an initiative's ways to places, or of what reaches a place, and no more:
 * each statement with the numbers of its sources, what is derived marked so. The same data gives the
 * same memo.
 */
export function writeMemo(start: Start, trace: TraceData, reaches: boolean, scope: Scope): Memo {
  const writer = new Writer(scope)
  const name = nameOf(start)
  const sections: [string, Block[]][] = reaches
    ? [
        ['基本情况', basics(writer, start)],
        ['进展情况', progress(writer, start)],
        ['有关数据', numbers(writer, start)],
        ['落地情况', places(writer, start, trace.nodes)],
      ]
    : [
        ['基本情况', basics(writer, start)],
        ['涉及事项', initiatives(writer, trace.nodes)],
      ]
  const blocks: Block[] = []
  let count = 0
  for (const [heading, content] of sections) {
    if (content.length === 0) continue
    count++
    blocks.push({ type: 'heading', runs: [`${numeral(count)}、${heading}`] }, ...content)
  }
  blocks.push({ type: 'heading', runs: [`${numeral(count + 1)}、说明`] }, ...notes(writer, trace, reaches, scope))
  return { title: reaches ? `${name}落地情况摘编` : `${start.name}涉及事项摘编`, blocks, sources: writer.sources }
}

/** Numbers the sources in the order in which they are cited first; a sentence has one number. */
class Writer {
  readonly sources: Source[] = []
  readonly titles = new Map<string, string>()
  private readonly numbers = new Map<string, number>()
  private readonly scope: Scope

  constructor(scope: Scope) {
    this.scope = scope
  }

  admits({ report }: Citation): boolean {
    const { report: only } = this.scope
    return report !== null && (only === null || report?.id === only || report?.file === only)
  }

  cite(evidence: readonly Citation[]): Run[] {
    const cited: number[] = []
    for (const one of evidence) {
      const { passage, report } = one
      if (!passage || !report || !this.admits(one)) continue
      const sentence = one.sentence ?? one.quote
      const key = `${report.id} ${passage.line} ${sentence}`
      let number = this.numbers.get(key)
      if (number === undefined) {
        number = this.sources.length + 1
        this.numbers.set(key, number)
        const { section } = passage
        const headings = [section?.parent, section].flatMap((part) =>
          part ? [`${part.number ?? ''}${part.heading}`] : [],
        )
        this.titles.set(report.id, titleOf(report))
        this.sources.push({
          number,
          quote: innerQuotes(sentence),
          where: [
            titleOf(report),
            ...(headings.length > 0 ? [headings.map((one) => `“${innerQuotes(one)}”`).join('之')] : []),
            `${report.file}${passage.page ? `第${passage.page}页` : ''}第${passage.line + 1}行`,
          ].join('，'),
          link: new URL(one.permalink, this.scope.origin).href,
        })
      }
      if (!cited.includes(number)) cited.push(number)
    }
    return cited.sort((a, b) => a - b).map((cite) => ({ cite }))
  }

  /** The latest date of the reports that say so, as written; empty when none shows one. */
  latest(evidence: readonly Citation[]): string {
    const dates = evidence.flatMap((one) => (this.admits(one) ? [one.report?.date ?? ''] : []))
    return dates.sort().at(-1) ?? ''
  }
}

function titleOf(report: NonNullable<Citation['report']>): string {
  return [`《${report.title}》`, report.issuer, report.date && formatDate(report.date, 'zh')].filter(Boolean).join('，')
}

/** Quotation marks inside a quotation, as GB/T 15834 has them. */
function innerQuotes(text: string): string {
  return text.replaceAll('“', '‘').replaceAll('”', '’')
}

/** A name in running text: names of programmes are quoted. */
function nameOf({ kind, name }: { kind: string; name: string }): string {
  return kind === 'PROGRAM' && !/[“”《》]/.test(name) ? `“${name}”` : name
}

const derivedMark = '（推导）'

/** Clauses of a way from what is done to where it is, without a full stop. */
function clauses(writer: Writer, hops: Hop[]): Run[] {
  const runs: Run[] = []
  let last = ''
  for (const hop of hops) {
    if (runs.length > 0) runs.push('，')
    const claim = hop.claims[0]
    if (hop.derived || !claim) {
      const [lower, upper] = hop.direction === 'OUT' ? [hop.from, hop.to] : [hop.to, hop.from]
      runs.push(`${lower.name}属${upper.name}${derivedMark}`)
      last = ''
    } else {
      const subject = claim.subject?.id ?? ''
      runs.push(clause(claim, subject === last), ...writer.cite(hop.claims.flatMap((one) => one.evidence)))
      last = subject
    }
  }
  return runs
}

/** What a claim says, as a clause: with an aim as an intention, never as a fact. */
function clause(claim: TraceClaim, continues = false): string {
  const { subject, object, relation, value, modality, period, list } = claim
  const of = continues || !subject ? '' : nameOf(subject)
  const when = period ? formatPeriod(period, 'zh') : ''
  const to = object ? nameOf(object) : (value ?? '')
  const intends = modality === 'AIM' ? '拟' : ''
  const said = {
    COVERS: `${intends}覆盖${to}`,
    LOCATED_IN: subject?.kind === 'EVENT' ? `${intends}在${to}举办` : `${intends ? '拟选址' : '位于'}${to}`,
    SETTLED_IN: `${intends}${object?.kind === 'PARK' ? '入驻' : '落户'}${to}`,
    PART_OF: `${intends ? '拟归' : '属于'}${to}`,
    TARGETS: `${intends}面向${to}`,
    COOPERATES_WITH: `${intends}与${to}合作`,
    RESPONSIBLE_FOR: `${intends}负责${to}`,
    SUPPORTS: `${intends}支持${to}`,
    RECOGNIZED_AS: `${intends ? '争取获评' : '获评'}“${innerQuotes(to)}”`,
    RANKED: `${intends}为“${innerQuotes(to)}”`,
    HAS_STATUS: `${relationWords.HAS_STATUS.zh}为${to}`,
  }[relation]
  const unnamed = list ? `（原文称“${list.noun}”共${list.size}，具名${list.named}）` : ''
  return `${when ? `${when}，` : ''}${of}${said}${unnamed}`
}

function basics(writer: Writer, start: Start): Block[] {
  const ancestors = 'ancestors' in start ? start.ancestors : []
  const level = 'level' in start && start.level ? levels[start.level].zh : ''
  const aliases =
    start.aliases.length > 0 ? `，又称${start.aliases.map((one) => `“${innerQuotes(one)}”`).join('、')}` : ''
  const ladder =
    ancestors.length > 0
      ? `，属${ancestors
          .map((one) => one.name)
          .reverse()
          .join('')}${derivedMark}`
      : ''
  const blocks: Block[] = [
    {
      type: 'paragraph',
      runs: [`${nameOf(start)}在报告中为${level}${kinds[start.kind].zh}${aliases}${ladder}。`],
    },
  ]
  // What a place does and belongs to is not what reaches it.
  if (start.kind === 'PLACE') return blocks
  const order = ['RESPONSIBLE_FOR', 'PART_OF', 'SUPPORTS', 'COOPERATES_WITH', 'TARGETS', 'RECOGNIZED_AS', 'RANKED']
  const claims = [...start.claims.nodes].sort((a, b) => order.indexOf(a.relation) - order.indexOf(b.relation))
  for (const claim of claims)
    blocks.push({ type: 'paragraph', runs: [clause(claim), ...writer.cite(claim.evidence), '。'] })
  if (start.claims.totalCount > claims.length)
    blocks.push({ type: 'paragraph', runs: [`另有${start.claims.totalCount - claims.length}条有关陈述未列。`] })
  return blocks
}

/** The steps of the status ladder that were said, the earliest first. */
function progress(writer: Writer, start: Start): Block[] {
  return [...start.statuses].reverse().flatMap((step) => {
    const cited = writer.cite(step.claim.evidence)
    if (cited.length === 0) return []
    const date = writer.latest(step.claim.evidence)
    const period = step.period ? formatPeriod(step.period, 'zh') : ''
    const when = period ? `（${period}）` : ''
    return [{ type: 'paragraph', runs: [`${standing(step, start.kind, date)}${when}`, ...cited, '。'] } satisfies Block]
  })
}

function standing({ status, modality }: TraceStatus, kind: Start['kind'], date: string): string {
  const report = date ? `${formatDate(date, 'zh')}的报告` : '未注明日期的报告'
  const step = stepOf(status, kind, modality).zh
  return modality === 'AIM' && status !== 'PLANNED' ? `据${report}，${step}` : `据${report}，处于“${step}”阶段`
}

function numbers(writer: Writer, start: Start): Block[] {
  const { nodes, totalCount } = start.observations
  const blocks = nodes.map((one): Block => {
    const when = one.period ? formatPeriod(one.period, 'zh') : ''
    const grows = one.type === 'CHANGE' ? (one.number < 0 ? '下降' : '增长') : one.type === 'RANK' ? '居第' : ''
    const number = one.type === 'CHANGE' ? Math.abs(one.number) : one.number
    const aim = one.modality === 'AIM' ? '（目标）' : ''
    const average = one.annualAverage ? annualAverage.zh : ''
    const said = `${one.measure}${average}${one.basis ?? ''}${grows}${hedges[one.hedge].zh}${number}${one.unit}${aim}`
    return { type: 'paragraph', runs: [`${when ? `${when}，` : ''}${said}`, ...writer.cite(one.evidence), '。'] }
  })
  if (totalCount > nodes.length)
    blocks.push({ type: 'paragraph', runs: [`另有${totalCount - nodes.length}项数据未列。`] })
  return blocks
}

const levelOrder = ['VILLAGE', 'STREET', 'DISTRICT', 'CITY', 'PROVINCE', 'AREA', 'ROAD', 'WATER', 'REGION', 'COUNTRY']

function levelOf(place: Way['to']): string {
  return 'level' in place && place.level ? place.level : ''
}

/** The places reached, the smaller ones first, each with the ways to it. */
function places(writer: Writer, start: Start, ways: Way[]): Block[] {
  const blocks: Block[] = []
  // Places to which a way of claims was written out: what lies above them need only name them.
  const written = new Set<string>()
  let group = 0
  for (const level of [...levelOrder, '']) {
    const reached = groupBy(
      ways.filter(({ to }) => levelOf(to) === level),
      ({ to }) => to.id,
    )
    if (reached.length === 0) continue
    group++
    const word = level ? levels[level as keyof typeof levels].zh : '其他'
    blocks.push({ type: 'subheading', runs: [`（${numeral(group)}）${word}（${reached.length}个）`] })
    reached.forEach((own, index) => {
      const [first] = own
      if (!first) return
      const parts: Run[][] = []
      const below: string[] = []
      for (const { hops } of own) {
        const landing = hops.findLastIndex((hop) => !hop.derived)
        const landed = hops[landing]?.to ?? start
        if (landing === hops.length - 1) parts.push(clauses(writer, hops))
        else if (!written.has(landed.id) && landed.id !== start.id) parts.push(clauses(writer, hops))
        else if (!below.includes(landed.name)) below.push(landed.name)
        if (landing === hops.length - 1) written.add(landed.id)
      }
      if (below.length > 0) parts.push([`${below.join('、')}属${first.to.name}${derivedMark}`])
      blocks.push(item(index, title(first.to), parts))
    })
  }
  return blocks
}

/** What reaches the place, by kind, each with its ways, told from it to the place, and where it stands. */
function initiatives(writer: Writer, ways: Way[]): Block[] {
  const blocks: Block[] = []
  let group = 0
  for (const [kind, words] of Object.entries(kinds)) {
    const found = groupBy(
      ways.filter(({ to }) => to.kind === kind),
      ({ to }) => to.id,
    )
    if (found.length === 0) continue
    group++
    blocks.push({ type: 'subheading', runs: [`（${numeral(group)}）${words.zh}（${found.length}个）`] })
    found.forEach((own, index) => {
      const [first] = own
      if (!first) return
      const parts = own.map(({ hops }) => clauses(writer, [...hops].reverse()))
      const [step] = first.to.statuses.filter(({ claim }) => claim.evidence.some((one) => writer.admits(one)))
      if (step) {
        const date = writer.latest(step.claim.evidence)
        parts.push([standing(step, first.to.kind, date), ...writer.cite(step.claim.evidence)])
      }
      blocks.push(item(index, nameOf(first.to), parts))
    })
  }
  return blocks
}

function title(place: Way['to']): string {
  const parent = 'parent' in place ? place.parent : null
  return parent ? `${place.name}（${parent.name}）` : place.name
}

function item(index: number, title: string, parts: Run[][]): Block {
  const said = parts.flatMap((part, i) => (i > 0 ? ['；', ...part] : part))
  return { type: 'item', runs: [`${index + 1}. ${title}：`, ...said, '。'] }
}

function notes(writer: Writer, trace: TraceData, reaches: boolean, scope: Scope): Block[] {
  const said: string[] = []
  const titles = [...writer.titles.values()]
  if (titles.length > 0) said.push(`本摘编依据${titles.length}份报告：${titles.join('；')}。`)
  else said.push('本摘编没有可引的原文。')
  said.push('方括号内数字为出处编号，对应文末所列原句。“拟”表示报告作为目标或安排提出，尚未述为事实。')
  said.push(
    scope.said
      ? '仅列报告直接述及的路径，不含推导。'
      : '标有“（推导）”的内容，系依行政区划层级推得，报告未直接述及。地名后括号内为其上级地区。',
  )
  if (scope.report) said.push('仅采用所选一份报告的陈述。')
  if (scope.level) said.push(`仅列所选范围：${scope.level}。`)
  const what = reaches ? '路径' : '由事项到此地的路径'
  if (trace.totalCount > trace.nodes.length)
    said.push(`${what}共${trace.totalCount}条，本摘编列出其中${trace.nodes.length}条。`)
  if (trace.truncated) said.push(`检索在查看${trace.visited}个对象后截止，可能尚有未列的路径。`)
  said.push('陈述由程序自报告原文提取，正式引用前请核对原句。')
  return said.map((words, index) => ({ type: 'item', runs: [`${index + 1}. ${words}`] }))
}

function groupBy<T>(things: T[], key: (thing: T) => string): T[][] {
  const groups = new Map<string, T[]>()
  for (const thing of things) groups.set(key(thing), [...(groups.get(key(thing)) ?? []), thing])
  return [...groups.values()]
}

/** A number from 1 to 99 in Chinese. */
function numeral(n: number): string {
  const digits = '零一二三四五六七八九'
  const tens = Math.floor(n / 10)
  return `${tens > 1 ? digits[tens] : ''}${tens > 0 ? '十' : ''}${n % 10 > 0 || n === 0 ? digits[n % 10] : ''}`
}
