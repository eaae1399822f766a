import type { EntityRef } from '../../components/fragments'
import type { CommitmentState, Kind, ObservationLineFragment, Status, TimelineQuery } from '../../graphql/graphql'

type Commitment = TimelineQuery['commitments']['nodes'][number]
type ReportTime = Commitment['report']
type PeriodParts = { from?: string | null; to?: string | null; text?: string | null }

/** How exactly a sentence says when. */
export type Certainty = 'day' | 'month' | 'quarters' | 'half' | 'year' | 'years' | 'deadline' | 'report' | 'unknown'

/** When something was or shall be: as years with fractions, the end not included. */
export type Time = { from: number; to: number; certainty: Certainty }

/** From intention to result. */
export const progresses = ['planned', 'underWay', 'done'] as const

/** What is drawn as one bar. */
export type Step = {
  /** The claim or observation whose sentence it opens. */
  fact: string
  /** The step of the status ladder, or the number aimed at or reached. */
  what: Status | ObservationLineFragment
  /** What kind it is of that reached the step; null of a number. */
  kind: Kind | null
  progress: (typeof progresses)[number]
  time: Time
  /** The time as the sentence gives it. */
  period: PeriodParts | null
  sentence: string
  report: ReportTime | null
  /** Whether it is the promise itself. */
  promise: boolean
}

/** One project, programme or number that something was promised of. */
export type Row = {
  key: string
  about: EntityRef | null
  /** Of a number. */
  measure: string | null
  promises: { state: CommitmentState; report: ReportTime; sentence: string }[]
  steps: Step[]
}

const done: Status[] = ['COMPLETED', 'OPENED', 'ISSUED', 'HELD', 'LISTED']

/** Puts promises of one thing into one row, with every step that reports ever said of it, the earliest first. */
export function rowsOf(commitments: Commitment[]): Row[] {
  const rows = new Map<string, Row>()
  for (const commitment of commitments) {
    const { about, claim, observation, report, evidence, state } = commitment
    const promise = { state, report, sentence: evidence.sentence ?? '' }
    const key = (claim && about?.id) ?? commitment.id
    const row = rows.get(key)
    if (row) {
      row.promises.push(promise)
      for (const step of row.steps) step.promise ||= step.fact === claim?.id && step.report?.id === report.id
      continue
    }
    const steps = observation ? numbersOf(commitment, observation) : stepsOf(commitment)
    steps.sort(
      (a, b) =>
        a.time.from - b.time.from ||
        a.time.to - b.time.to ||
        progresses.indexOf(a.progress) - progresses.indexOf(b.progress),
    )
    rows.set(key, { key, about: about ?? null, measure: observation?.measure ?? null, promises: [promise], steps })
  }
  return [...rows.values()]
}

function stepsOf({ about, claim, report: promising }: Commitment): Step[] {
  return (about?.statuses ?? []).map(({ status, modality, period, report, evidence, claim: said }) => {
    const planned = modality === 'AIM' || status === 'PLANNED'
    return {
      fact: said.id,
      what: status,
      kind: about?.kind ?? null,
      progress: planned ? 'planned' : done.includes(status) ? 'done' : 'underWay',
      time: timeOf(period, planned ? report?.aim : report?.period, report?.date),
      period: period ?? null,
      sentence: evidence.sentence ?? '',
      report: report ?? null,
      promise: said.id === claim?.id && report?.id === promising.id,
    }
  })
}

function numbersOf({ result, report, evidence }: Commitment, aim: ObservationLineFragment): Step[] {
  const steps: Step[] = [
    {
      fact: aim.id,
      what: aim,
      kind: null,
      progress: 'planned',
      time: timeOf(aim.period, report.aim, report.date),
      period: aim.period ?? null,
      sentence: evidence.sentence ?? '',
      report,
      promise: true,
    },
  ]
  if (result) {
    const [best] = result.evidence
    steps.push({
      fact: result.id,
      what: result,
      kind: null,
      progress: 'done',
      time: timeOf(result.period, best?.report?.period, best?.report?.date),
      period: result.period ?? null,
      sentence: best?.sentence ?? '',
      report: best?.report ?? null,
      promise: false,
    })
  }
  return steps
}

/**
 * When something is: what its sentence states, else the time that its report speaks of, else the year
 * of its report.
 */
export function timeOf(
  stated: PeriodParts | null | undefined,
  spokenOf: PeriodParts | null | undefined,
  date: string | null | undefined,
): Time {
  if (stated?.text && (stated.to || stated.from)) {
    const to = endOf(stated.to ?? stated.from ?? '')
    if (!stated.from) {
      // A deadline: from when it was said.
      const said = date ? beginOf(date) : to - 1
      return { from: Math.min(said, to - 1 / 12), to, certainty: 'deadline' }
    }
    const from = beginOf(stated.from)
    return { from, to: Math.max(to, from), certainty: certaintyOf(stated.from, stated.to ?? stated.from, to - from) }
  }
  const own = spokenOf?.from || spokenOf?.to ? spokenOf : stated
  const first = own?.from ?? own?.to
  if (first) return { from: beginOf(first), to: endOf(own?.to ?? first), certainty: 'report' }
  if (date) return { from: beginOf(date.slice(0, 4)), to: endOf(date.slice(0, 4)), certainty: 'report' }
  return { from: Number.NaN, to: Number.NaN, certainty: 'unknown' }
}

function certaintyOf(from: string, to: string, length: number): Certainty {
  const months = Math.round(length * 12)
  if (from.length === 10 && from === to) return 'day'
  if (months <= 1) return 'month'
  if (months < 6) return 'quarters'
  if (months === 6) return 'half'
  return months < 12 ? 'quarters' : months === 12 ? 'year' : 'years'
}

/** A date of the form YYYY, YYYY-MM or YYYY-MM-DD as a year with a fraction, at its begin. */
export function beginOf(date: string): number {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  return year + (month - 1) / 12 + (day - 1) / 365
}

/** The same at its end. */
export function endOf(date: string): number {
  const [year = 0, month, day] = date.split('-').map(Number)
  if (month === undefined) return year + 1
  return day === undefined ? year + month / 12 : year + (month - 1) / 12 + day / 365
}

/** How many years a chart has at most: aims for 2035 must not make this year a line. */
const longest = 12

/** The years that a chart of rows has, the end not included. */
export function yearsOf(rows: Row[]): { first: number; end: number } {
  const times = rows.flatMap(({ steps }) => steps.map(({ time }) => time)).filter(({ to }) => !Number.isNaN(to))
  if (times.length === 0) return { first: 0, end: 0 }
  const first = Math.floor(Math.min(...times.map(({ from }) => from)))
  const end = Math.ceil(Math.max(...times.map(({ to }) => to)) - 0.001)
  // What is promised lies late: when there are too many years, the first ones with anything in them count.
  return { first, end: Math.min(end, first + longest) }
}

/** Puts bars that would overlap into lanes under each other: the lane of each, and how many there are. */
export function lanesOf(spans: { from: number; to: number }[]): { lanes: number[]; count: number } {
  const ends: number[] = []
  const lanes = spans.map(({ from, to }) => {
    const free = ends.findIndex((end) => end <= from + 1e-6)
    const lane = free < 0 ? ends.length : free
    ends[lane] = to
    return lane
  })
  return { lanes, count: Math.max(1, ends.length) }
}
