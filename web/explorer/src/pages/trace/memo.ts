import { formatDate, formatPeriod } from '../../components/Period'
import type { CurationState } from '../../graphql/graphql'
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
  /** The rules by which it was read. */
  rules: string[]
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
  /** The rules by which something was derived. */
  readonly derivations = new Set<string>()
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
          rules: [],
          link: new URL(one.permalink, this.scope.origin).href,
        })
      }
      const source = this.sources[number - 1]
      if (source && !source.rules.includes(one.rule)) source.rules.push(one.rule)
      if (!cited.includes(number)) cited.push(number)
    }
    return cited.sort((a, b) => a - b).map((cite) => ({ cite }))
  }

  /** The numbers of the sources of a statement, and how far it can be relied on. */
  support(fact: Supported, evidence = fact.evidence): Run[] {
    const { confidence, curation } = fact
    return [...this.cite(evidence), `（可信度${Math.round(confidence * 100)}%${reviewed[curation.state]}）`]
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

/** Where a source stands and by which rules it was read, without a full stop. */
export function placeOf({ where, rules }: Source): string {
  const read = rules.filter((rule) => rule !== curator)
  const by = [read.length > 0 && `规则 ${read.join('、')}`, rules.includes(curator) && '人工添加'].filter(Boolean)
  return `${where}（${by.join('；')}）`
}

/** Quotation marks inside a quotation, as GB/T 15834 has them. */
function innerQuotes(text: string): string {
  return text.replaceAll('“', '‘').replaceAll('”', '’')
}

/** A name in running text: names of programmes are quoted. */
function nameOf({ kind, name }: { kind: string; name: string }): string {
  return kind === 'PROGRAM' && !/[“”《》]/.test(name) ? `“${name}”` : name
}

/** What a memo states: with sources, and how far it can be relied on. */
type Supported = { confidence: number; curation: { state: CurationState }; evidence: readonly Citation[] }

const reviewed: Record<CurationState, string> = {
  UNREVIEWED: '',
  CONFIRMED: '，经人工确认',
  CORRECTED: '，经人工更正',
  REJECTED: '，已被人工否定',
}

// The rule of what a person put in.
const curator = 'curator'

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
      if (hop.rule) writer.derivations.add(hop.rule)
      last = ''
    } else {
      const subject = claim.subject?.id ?? ''
      const evidence = hop.claims.flatMap((one) => one.evidence)
      runs.push(clause(claim, subject === last), ...writer.support(claim, evidence))
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
  const located = subject?.kind === 'PROJECT' ? `拟在${to}实施` : `拟设于${to}`
  const said = {
    COVERS: `${intends}覆盖${to}`,
    LOCATED_IN: subject?.kind === 'EVENT' ? `${intends}在${to}举办` : intends ? located : `位于${to}`,
    SETTLED_IN: `${intends}${object?.kind === 'PARK' ? '入驻' : '落户'}${to}`,
    PART_OF: `${intends ? '拟纳入' : '属于'}${to}`,
    TARGETS: `${intends}面向${to}`,
    COOPERATES_WITH: `${intends}与${to}合作`,
    RESPONSIBLE_FOR: `${intends}负责${to}`,
    SUPPORTS: `${intends}支持${to}`,
    RECOGNIZED_AS: `${intends ? '争取获评' : '获评'}“${innerQuotes(to)}”`,
    RANKED: `${of && '的'}位次${intends ? '目标' : ''}为“${innerQuotes(to)}”`,
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
      runs: [`${nameOf(start)}系报告述及的${level}${kinds[start.kind].zh}${aliases}${ladder}。`],
    },
  ]
  // What a place does and belongs to is not what reaches it.
  if (start.kind === 'PLACE') return blocks
  const order = ['RESPONSIBLE_FOR', 'PART_OF', 'SUPPORTS', 'COOPERATES_WITH', 'TARGETS', 'RECOGNIZED_AS', 'RANKED']
  const claims = [...start.claims.nodes].sort((a, b) => order.indexOf(a.relation) - order.indexOf(b.relation))
  for (const claim of claims) blocks.push({ type: 'paragraph', runs: [clause(claim), ...writer.support(claim), '。'] })
  if (start.claims.totalCount > claims.length)
    blocks.push({ type: 'paragraph', runs: [`另有${start.claims.totalCount - claims.length}条有关陈述未列。`] })
  return blocks
}

/** The steps of the status ladder that were said, the earliest first. */
function progress(writer: Writer, start: Start): Block[] {
  return [...start.statuses].reverse().flatMap((step) => {
    const said = standing(writer, step, start.kind)
    return said ? [{ type: 'paragraph', runs: [...said, '。'] } satisfies Block] : []
  })
}

/** A step in the words of the latest report that says it, with the step that these were read as. */
function standing(writer: Writer, step: TraceStatus, kind: Start['kind']): Run[] | undefined {
  const { status, modality, claim, period } = step
  const date = writer.latest(claim.evidence)
  const words = claim.evidence.find((one) => writer.admits(one) && (one.report?.date ?? '') === date)
  if (!words) return undefined
  const report = date ? `${formatDate(date, 'zh')}的报告` : '未注明日期的报告'
  const when = period ? formatPeriod(period, 'zh') : ''
  const as = [`状态：${stepOf(status, kind, modality).zh}`, when].filter(Boolean).join('，')
  const verb = modality === 'AIM' ? '提出' : '述及'
  return [`${report}${verb}“${innerQuotes(clauseOf(words))}”（${as}）`, ...writer.support(claim)]
}

/** The words of a sentence between two stops that a piece of evidence stands in. */
export function clauseOf({ sentence, quote }: Pick<Citation, 'sentence' | 'quote'>): string {
  const whole = sentence ?? quote
  const at = whole.indexOf(quote)
  if (at < 0) return quote
  const before = /[^，。；：！？,;!?[\]\s]*$/.exec(whole.slice(0, at))?.[0] ?? ''
  const after = /^[^，。；：！？,;!?[\]\s]*/.exec(whole.slice(at + quote.length))?.[0] ?? ''
  const clause = `${before}${quote}${after}`
  // Notes of the report, [8], are none of the memo's. A stop inside quotation marks would part them.
  const [open, close] = [clause.split('“').length, clause.split('”').length]
  return `${'“'.repeat(Math.max(close - open, 0))}${clause}${'”'.repeat(Math.max(open - close, 0))}`
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
    return { type: 'paragraph', runs: [`${when ? `${when}，` : ''}${said}`, ...writer.support(one), '。'] }
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
      // As the ways that are not written out again.
      for (const { hops } of own) for (const { rule } of hops) if (rule) writer.derivations.add(rule)
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
      const said = step && standing(writer, step, first.to.kind)
      if (said) parts.push(said)
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
  const derivations = writer.derivations.size > 0 ? `（规则 ${[...writer.derivations].join('、')}）` : ''
  if (titles.length > 0) said.push(`本摘编依据${titles.length}份报告：${titles.join('；')}。`)
  else said.push('本摘编没有可引的原文。')
  said.push('方括号内数字为出处编号，对应文末所列原句。“拟”表示报告作为目标或安排提出，尚未述为事实。')
  said.push(
    scope.said
      ? '仅列报告直接述及的路径，不含推导。'
      : `标有“（推导）”的内容，系依行政区划层级推得${derivations}，报告未直接述及。地名后括号内为其上级地区。`,
  )
  said.push(
    '“可信度”为程序对该条陈述是否读对的估计：标90%的，十条里约有九条是对的。注明“经人工确认”“经人工更正”的，已由人工对照原文审校；其余未经人工审校。出处之后为读出陈述所依的规则。',
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
