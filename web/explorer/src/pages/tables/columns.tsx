import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { Confidence } from '../../components/Confidence'
import { checkWords } from '../../components/checks'
import { EntityLink } from '../../components/EntityLink'
import { EvidenceButton } from '../../components/Evidence'
import { Amount } from '../../components/FactLine'
import type { EntityRef } from '../../components/fragments'
import { KindBadge } from '../../components/KindBadge'
import { formatDate, formatPeriod, Period } from '../../components/Period'
import { absolute, readerAddress, reportName } from '../../components/source'
import type { Cell } from '../../csv'
import type {
  ClaimRowsQuery,
  EntityRowsQuery,
  ObservationRowsQuery,
  PeriodFieldsFragment,
  ReportRowsQuery,
  SourceFieldsFragment,
} from '../../graphql/graphql'
import { tidy } from '../../numbers'
import type { Words } from '../../routes'
import type { Language } from '../../settings'
import { hedges, kinds, levels, modalities, observationTypes, relations, stepOf } from '../../vocabulary'

/** A column of a table of rows R. */
export type Column<R> = {
  id: string
  head: Words
  /** What the server orders rows by for it. */
  sort?: string
  /** Whether it is shown until the reader chooses. */
  usual: boolean
  number?: boolean
  /** What is shown. */
  cell: (row: R, language: Language) => ReactNode
  /** What stands in a CSV. */
  value: (row: R, language: Language) => Cell
}

export type EntityRow = EntityRowsQuery['page']['nodes'][number]
export type ClaimRow = ClaimRowsQuery['page']['nodes'][number]
export type ObservationRow = ObservationRowsQuery['page']['nodes'][number]
export type ReportRow = ReportRowsQuery['page']['nodes'][number]

type Value<R> = (row: R, language: Language) => Cell

/** A column that shows what a CSV holds. */
function plain<R>(id: string, head: Words, value: Value<R>, more: Partial<Column<R>> = {}): Column<R> {
  return { id, head, usual: true, cell: value, value, ...more }
}

function entity<R>(
  id: string,
  head: Words,
  of: (row: R) => EntityRef | null | undefined,
  more: Partial<Column<R>> = {},
): Column<R> {
  return {
    id,
    head,
    usual: true,
    cell: (row) => {
      const found = of(row)
      return found ? <EntityLink entity={found} /> : null
    },
    value: (row) => of(row)?.name,
    ...more,
  }
}

function time<R>(
  id: string,
  head: Words,
  of: (row: R) => PeriodFieldsFragment | null | undefined,
  more: Partial<Column<R>> = {},
): Column<R> {
  return {
    id,
    head,
    usual: true,
    cell: (row) => <Period period={of(row)} />,
    value: (row, language) => {
      const period = of(row)
      return period ? formatPeriod(period, language) || period.text : null
    },
    ...more,
  }
}

/** Where a row stands: its best sentence. A CSV has these whether they are shown or not. */
function source<R>(of: (row: R) => SourceFieldsFragment | undefined, sortDate?: string): Column<R>[] {
  const words = (id: 'quote' | 'sentence', head: Words): Column<R> => ({
    id,
    head,
    usual: false,
    cell: (row) => {
      const found = of(row)
      return (
        found && (
          <Link className="tables-quote" lang="zh-CN" to={readerAddress(found)}>
            {found[id]}
          </Link>
        )
      )
    },
    value: (row) => of(row)?.[id],
  })
  return [
    words('quote', { zh: '引文', en: 'Quote' }),
    words('sentence', { zh: '原句', en: 'Sentence' }),
    {
      id: 'report',
      head: { zh: '报告', en: 'Report' },
      usual: false,
      cell: (row) => {
        const report = of(row)?.report
        return report && <Link to={`/report/${report.id}`}>{reportName(report)}</Link>
      },
      value: (row) => {
        const report = of(row)?.report
        return report && reportName(report)
      },
    },
    {
      id: 'date',
      head: { zh: '报告日期', en: 'Report date' },
      usual: sortDate !== undefined,
      ...(sortDate && { sort: sortDate }),
      cell: (row, language) => {
        const date = of(row)?.report?.date
        return date && <span className="tables-date">{formatDate(date, language)}</span>
      },
      value: (row) => of(row)?.report?.date,
    },
    {
      id: 'permalink',
      head: { zh: '链接', en: 'Permalink' },
      usual: false,
      cell: (row) => {
        const found = of(row)
        return found && <Link to={readerAddress(found)}>{found.permalink}</Link>
      },
      value: (row) => {
        const link = of(row)?.permalink
        return link && absolute(link)
      },
    },
  ]
}

/** The ids of the columns that every CSV has. */
export const sourceColumns = ['quote', 'sentence', 'report', 'date', 'permalink']

const name: Words = { zh: '名称', en: 'Name' }
const modality: Words = { zh: '事实或目标', en: 'Fact or aim' }
const confidence: Words = { zh: '可信度', en: 'Confidence' }
const period: Words = { zh: '时间', en: 'Time' }

function tag(aim: 'FACT' | 'AIM', language: Language) {
  return aim === 'AIM' ? <span className="tag">{modalities.AIM[language]}</span> : modalities.FACT[language]
}

/** The columns of entities; those of one kind have no column for it. */
export function entityColumns(kind?: string): Column<EntityRow>[] {
  const columns: Column<EntityRow>[] = [
    entity('name', name, (row) => row, { sort: 'NAME' }),
    {
      id: 'kind',
      head: { zh: '类别', en: 'Kind' },
      sort: 'KIND',
      usual: true,
      cell: (row) => <KindBadge kind={row.kind} />,
      value: (row, language) => kinds[row.kind][language],
    },
    plain('level', { zh: '级别', en: 'Level' }, (row, language) =>
      'level' in row && row.level ? levels[row.level][language] : null,
    ),
    entity('parent', { zh: '上级', en: 'Above it' }, (row) => ('parent' in row ? row.parent : null)),
    entity('location', { zh: '所在', en: 'Where' }, (row) => ('location' in row ? row.location : null), {
      usual: kind !== undefined,
    }),
    entity('region', { zh: '地区', en: 'Region' }, (row) => row.region),
    {
      id: 'status',
      head: { zh: '状态', en: 'Status' },
      usual: true,
      cell: (row, language) =>
        row.status && (
          <span className="nowrap">
            {stepOf(row.status.status, row.kind)[language]}
            {row.status.modality === 'AIM' && <span className="tag">{modalities.AIM[language]}</span>}
            <EvidenceButton fact={row.status.claim.id} />
          </span>
        ),
      value: (row, language) =>
        row.status &&
        `${stepOf(row.status.status, row.kind)[language]}${row.status.modality === 'AIM' ? ` (${modalities.AIM[language]})` : ''}`,
    },
    plain(
      'aliases',
      { zh: '别名', en: 'Aliases' },
      (row, language) => row.aliases.join(language === 'zh' ? '、' : ', '),
      {
        usual: kind !== undefined,
      },
    ),
    plain('mentions', { zh: '提及段落', en: 'Paragraphs' }, (row) => row.mentions.totalCount, {
      sort: 'MENTIONS',
      number: true,
    }),
    plain('claims', { zh: '陈述', en: 'Claims' }, (row) => row.claims.totalCount, { number: true }),
    plain('observations', { zh: '数据', en: 'Numbers' }, (row) => row.observations.totalCount, { number: true }),
    plain('id', { zh: '标识', en: 'Id' }, (row) => row.id, { usual: false }),
    ...source<EntityRow>((row) => row.mentions.nodes[0]?.evidence),
  ]
  const located = ['PARK', 'PROJECT', 'ORGANIZATION', 'FACILITY', 'EVENT']
  return columns
    .filter(({ id }) => {
      if (id === 'kind') return kind === undefined
      if (id === 'level' || id === 'parent') return kind === 'PLACE'
      if (id === 'location') return kind === undefined || located.includes(kind)
      return true
    })
    .map((column) => (column.id === 'sentence' ? { ...column, usual: true } : column))
}

export const claimColumns: Column<ClaimRow>[] = [
  entity('subject', { zh: '主体', en: 'Subject' }, (row) => row.subject),
  plain('relation', { zh: '关系', en: 'Relation' }, (row, language) => relations[row.relation][language], {
    sort: 'RELATION',
  }),
  {
    id: 'object',
    head: { zh: '客体', en: 'Object' },
    usual: true,
    cell: (row, language) =>
      row.object ? (
        <EntityLink entity={row.object} />
      ) : row.status ? (
        stepOf(row.status, row.subject?.kind)[language]
      ) : (
        row.value
      ),
    value: (row, language) =>
      row.object?.name ?? (row.status ? stepOf(row.status, row.subject?.kind)[language] : row.value),
  },
  time('period', period, (row) => row.period),
  {
    id: 'modality',
    head: modality,
    usual: true,
    cell: (row, language) => tag(row.modality, language),
    value: (row, language) => modalities[row.modality][language],
  },
  plain('rank', { zh: '位次', en: 'Rank' }, (row) => row.rank?.number, { usual: false, number: true }),
  plain('scope', { zh: '位次范围', en: 'Rank among' }, (row) => row.rank?.scope, { usual: false }),
  plain(
    'list',
    { zh: '列举', en: 'List' },
    (row) => row.list && `${row.list.named}/${row.list.size} ${row.list.noun}`,
    {
      usual: false,
    },
  ),
  {
    id: 'confidence',
    head: confidence,
    sort: 'CONFIDENCE',
    usual: true,
    cell: (row) => <Confidence value={row.confidence} />,
    value: (row) => Number(row.confidence.toFixed(3)),
  },
  plain('sentences', { zh: '原句数', en: 'Sentences' }, (row) => row.evidence.length, { usual: false, number: true }),
  plain('id', { zh: '标识', en: 'Id' }, (row) => row.id, { usual: false }),
  ...source<ClaimRow>((row) => row.evidence[0], 'DATE'),
  {
    id: 'open',
    head: { zh: '出处', en: 'Source' },
    usual: true,
    cell: (row) => <EvidenceButton fact={row.id} />,
    value: () => null,
  },
]

export const observationColumns: Column<ObservationRow>[] = [
  entity('about', { zh: '对象', en: 'About' }, (row) => row.about),
  plain('measure', { zh: '指标', en: 'Measure' }, (row) => row.measure, { sort: 'MEASURE' }),
  {
    id: 'number',
    head: { zh: '数值', en: 'Value' },
    sort: 'AMOUNT',
    number: true,
    usual: true,
    cell: (row) => <Amount observation={row} />,
    value: (row) => row.number,
  },
  plain('unit', { zh: '单位', en: 'Unit' }, (row) => row.unit, { usual: false }),
  plain('amount', { zh: '换算数值', en: 'Amount' }, (row) => tidy(row.amount), { usual: false, number: true }),
  plain('baseUnit', { zh: '换算单位', en: 'Base unit' }, (row) => row.baseUnit, { usual: false }),
  plain('type', { zh: '类型', en: 'Type' }, (row, language) => observationTypes[row.type][language]),
  plain('hedge', { zh: '约数', en: 'Hedge' }, (row, language) => hedges[row.hedge][language].trim(), { usual: false }),
  plain('average', { zh: '年均', en: 'Annual average' }, (row) => (row.annualAverage ? 1 : 0), {
    usual: false,
    number: true,
  }),
  plain('basis', { zh: '比较基准', en: 'Basis' }, (row) => row.basis, { usual: false }),
  time('period', period, (row) => row.period, { sort: 'PERIOD' }),
  {
    id: 'modality',
    head: modality,
    usual: true,
    cell: (row, language) => tag(row.modality, language),
    value: (row, language) => modalities[row.modality][language],
  },
  {
    id: 'checks',
    head: { zh: '算术核对', en: 'Arithmetic' },
    usual: false,
    cell: (row, language) =>
      row.checks.map((check) => (
        <span key={check.message} className={check.ok ? 'muted' : 'tag warn'}>
          {checkWords(check, language)}
        </span>
      )),
    value: (row, language) => row.checks.map((check) => checkWords(check, language)).join('; '),
  },
  {
    id: 'confidence',
    head: confidence,
    sort: 'CONFIDENCE',
    usual: true,
    cell: (row) => <Confidence value={row.confidence} />,
    value: (row) => Number(row.confidence.toFixed(3)),
  },
  plain('id', { zh: '标识', en: 'Id' }, (row) => row.id, { usual: false }),
  ...source<ObservationRow>((row) => row.evidence[0], 'DATE'),
  {
    id: 'open',
    head: { zh: '出处', en: 'Source' },
    usual: true,
    cell: (row) => <EvidenceButton fact={row.id} />,
    value: () => null,
  },
]

export const reportColumns: Column<ReportRow>[] = [
  {
    id: 'title',
    head: { zh: '标题', en: 'Title' },
    sort: 'TITLE',
    usual: true,
    cell: (row) => <Link to={`/report/${row.id}`}>{row.title || row.file}</Link>,
    value: (row) => row.title,
  },
  entity(
    'region',
    { zh: '地区', en: 'Region' },
    (row) => row.region && { ...row.region, name: row.regionName ?? row.region.name },
    {
      sort: 'REGION',
    },
  ),
  {
    id: 'date',
    head: { zh: '日期', en: 'Date' },
    sort: 'DATE',
    usual: true,
    cell: (row, language) => row.date && <span className="tables-date">{formatDate(row.date, language)}</span>,
    value: (row) => row.date,
  },
  plain('speaker', { zh: '报告人', en: 'Speaker' }, (row) => row.speaker),
  plain('post', { zh: '职务', en: 'Post' }, (row) => row.post, { usual: false }),
  plain('meeting', { zh: '会议', en: 'Meeting' }, (row) => row.meeting, { usual: false }),
  plain('issuer', { zh: '发布机关', en: 'Issuer' }, (row) => row.issuer, { usual: false }),
  time('period', { zh: '回顾', en: 'Looks back on' }, (row) => row.period),
  time('aim', { zh: '安排', en: 'Plans for' }, (row) => row.aim),
  plain('characters', { zh: '字数', en: 'Characters' }, (row) => row.characters, { number: true }),
  plain('entities', { zh: '实体', en: 'Entities' }, (row) => row.entities.totalCount, { number: true }),
  plain('claims', { zh: '陈述', en: 'Claims' }, (row) => row.claims.totalCount, { number: true }),
  plain('observations', { zh: '数据', en: 'Numbers' }, (row) => row.observations.totalCount, { number: true }),
  plain('file', { zh: '文件', en: 'File' }, (row) => row.file),
  plain('format', { zh: '格式', en: 'Format' }, (row) => row.format, { usual: false }),
  plain('id', { zh: '标识', en: 'Id' }, (row) => row.id, { usual: false }),
  {
    id: 'permalink',
    head: { zh: '链接', en: 'Permalink' },
    usual: false,
    cell: (row) => <Link to={`/report/${row.id}`}>{`/report/${row.id}`}</Link>,
    value: (row) => absolute(`/report/${row.id}`),
  },
]
