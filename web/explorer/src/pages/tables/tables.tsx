import type { ReactNode } from 'react'
import {
  ConfidenceFilter,
  EntityFilter,
  PeriodFilter,
  periodOf,
  RegionFilter,
  ReportFilter,
  SelectFilter,
  TextFilter,
  useOptions,
} from '../../components/Filters'
import type {
  ClaimFilter,
  EntityFilter as EntityFilterInput,
  Kind,
  ObservationFilter,
  ReportFilter as ReportFilterInput,
} from '../../graphql/graphql'
import { tableFilters } from '../../parameters'
import type { Words } from '../../routes'
import { useText } from '../../text'
import { kinds, levels, modalities, observationTypes, relations, statuses } from '../../vocabulary'
import { claimColumns, entityColumns, observationColumns, reportColumns } from './columns'
import { ClaimRowsDocument, EntityRowsDocument, ObservationRowsDocument, ReportRowsDocument } from './queries'
import { type TableOf, TableView } from './TableView'
import { words } from './text'

/** A table of the address: what narrows it, and what it shows. */
type Table = {
  /** The parameters of the address that narrow it. */
  filters: string[]
  Fields: (props: { kind?: Kind | undefined }) => ReactNode
  kind?: Kind | undefined
  view: (what: string, name: string) => ReactNode
}

function table<R, F, O>(parts: TableOf<R, F, O> & Pick<Table, 'Fields' | 'kind'>): Table {
  const { Fields, kind, ...shown } = parts
  return {
    filters: parts.filters,
    Fields,
    kind,
    view: (what, name) => <TableView key={`${what} rows`} what={what} name={name} table={shown} />,
  }
}

export const entityKinds: Record<string, Kind> = {
  parks: 'PARK',
  enterprises: 'ENTERPRISE',
  programs: 'PROGRAM',
  projects: 'PROJECT',
  places: 'PLACE',
  organizations: 'ORGANIZATION',
  facilities: 'FACILITY',
  events: 'EVENT',
  industries: 'INDUSTRY',
  people: 'PERSON',
}

function confidenceOf(params: URLSearchParams): number | null {
  const said = params.get('confidence')
  return said === null ? null : Number(said)
}

function entityTable(kind?: Kind) {
  return table({
    document: EntityRowsDocument,
    columns: entityColumns(kind),
    filters: Object.keys(tableFilters[kind === 'PLACE' ? 'places' : 'entities']),
    filter: (params): EntityFilterInput => ({
      nameContains: params.get('name'),
      kinds: kind ? [kind] : null,
      levels: kind === 'PLACE' && params.has('level') ? (params.getAll('level') as EntityFilterInput['levels']) : null,
      status: params.get('status') as EntityFilterInput['status'],
      relation: params.get('relation') as EntityFilterInput['relation'],
      industry: params.get('industry'),
      within: params.get('within'),
      region: params.get('region'),
      report: params.get('report'),
      period: periodOf(params),
      confidenceAtLeast: confidenceOf(params),
    }),
    order: { field: 'NAME', direction: 'ASC' },
    kind,
    Fields: EntityFields,
  })
}

function EntityFields({ kind }: { kind?: Kind | undefined }) {
  const t = useText(words)
  const options = useOptions()
  return (
    <>
      <TextFilter name="name" label={t('nameContains')} />
      <RegionFilter />
      <ReportFilter />
      <PeriodFilter />
      {kind === 'PLACE' && <SelectFilter name="level" label={t('level')} options={options(levels)} />}
      <SelectFilter name="status" label={t('status')} options={options(statuses)} />
      <SelectFilter name="relation" label={t('relation')} options={options(relations)} />
      <EntityFilter name="industry" label={t('industry')} kinds={['INDUSTRY']} />
      <EntityFilter name="within" label={t('within')} kinds={containers} />
      <ConfidenceFilter />
    </>
  )
}

/** What things lie in. */
const containers: Kind[] = ['PLACE', 'PARK', 'FACILITY', 'INDUSTRY']

const claims = table({
  document: ClaimRowsDocument,
  columns: claimColumns,
  filters: Object.keys(tableFilters.claims),
  filter: (params): ClaimFilter => ({
    relations: params.has('relation') ? (params.getAll('relation') as ClaimFilter['relations']) : null,
    about: params.get('about'),
    status: params.get('status') as ClaimFilter['status'],
    modality: params.get('modality') as ClaimFilter['modality'],
    valueContains: params.get('value'),
    report: params.get('report'),
    region: params.get('region'),
    within: params.get('within'),
    period: periodOf(params),
    confidenceAtLeast: confidenceOf(params),
  }),
  order: { field: 'RELATION', direction: 'ASC' },
  Fields: ClaimFields,
})

function ClaimFields() {
  const t = useText(words)
  const options = useOptions()
  return (
    <>
      <SelectFilter name="relation" label={t('claimRelation')} options={options(relations)} />
      <EntityFilter name="about" label={t('about')} />
      <RegionFilter />
      <ReportFilter />
      <PeriodFilter />
      <SelectFilter name="status" label={t('status')} options={options(statuses)} />
      <SelectFilter name="modality" label={t('modality')} options={options(modalities)} />
      <TextFilter name="value" label={t('value')} />
      <EntityFilter name="within" label={t('within')} kinds={containers} />
      <ConfidenceFilter />
    </>
  )
}

const observations = table({
  document: ObservationRowsDocument,
  columns: observationColumns,
  filters: Object.keys(tableFilters.observations),
  filter: (params): ObservationFilter => ({
    about: params.get('about'),
    measureContains: params.get('measure'),
    types: params.has('type') ? (params.getAll('type') as ObservationFilter['types']) : null,
    unit: params.get('unit'),
    checksHold: params.has('checks') ? params.get('checks') === 'true' : null,
    modality: params.get('modality') as ObservationFilter['modality'],
    report: params.get('report'),
    region: params.get('region'),
    within: params.get('within'),
    period: periodOf(params),
    confidenceAtLeast: confidenceOf(params),
  }),
  order: { field: 'MEASURE', direction: 'ASC' },
  Fields: ObservationFields,
})

function ObservationFields() {
  const t = useText(words)
  const options = useOptions()
  return (
    <>
      <TextFilter name="measure" label={t('measure')} />
      <EntityFilter name="about" label={t('about')} />
      <RegionFilter />
      <ReportFilter />
      <PeriodFilter />
      <SelectFilter name="type" label={t('type')} options={options(observationTypes)} />
      <TextFilter name="unit" label={t('unit')} placeholder="亿元" />
      <SelectFilter name="modality" label={t('modality')} options={options(modalities)} />
      <SelectFilter
        name="checks"
        label={t('checks')}
        options={[
          { value: 'true', label: t('checksTrue') },
          { value: 'false', label: t('checksFalse') },
        ]}
      />
      <EntityFilter name="within" label={t('within')} kinds={containers} />
      <ConfidenceFilter />
    </>
  )
}

const reports = table({
  document: ReportRowsDocument,
  columns: reportColumns,
  filters: Object.keys(tableFilters.reports),
  filter: (params): ReportFilterInput => ({
    titleContains: params.get('title'),
    speaker: params.get('speaker'),
    region: params.get('region'),
    period: periodOf(params),
  }),
  order: { field: 'DATE', direction: 'DESC' },
  Fields: ReportFields,
})

function ReportFields() {
  const t = useText(words)
  return (
    <>
      <TextFilter name="title" label={t('reportTitle')} />
      <RegionFilter />
      <PeriodFilter />
      <TextFilter name="speaker" label={t('speaker')} />
    </>
  )
}

/** Every table by what stands for it in the address, in the order of the tabs. */
export const tables = new Map<string, Table>([
  ['entities', entityTable()],
  ...Object.entries(entityKinds).map(([what, kind]) => [what, entityTable(kind)] as const),
  ['claims', claims],
  ['observations', observations],
  ['reports', reports],
])

/** What a table is called. */
export function useTableName() {
  const t = useText(words)
  return (what: string): Words | string => {
    const kind = entityKinds[what]
    return kind ? kinds[kind] : t(what as 'entities')
  }
}
