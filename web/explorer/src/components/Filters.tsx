import { type ReactNode, useEffect, useState } from 'react'
import { useQuery } from 'urql'
import { useAddress } from '../address'
import type { Kind, PeriodInput } from '../graphql/graphql'
import { useNarrow } from '../narrow'
import { graphql } from '../query'
import { useSettings } from '../settings'
import { useSettled } from '../settled'
import { text, useText } from '../text'
import { EntityPicker } from './EntityPicker'
import { SelectField, TextField } from './Field'
import './fragments'
import { formatDate } from './Period'

const words = text({
  zh: {
    filters: '筛选',
    clear: '清除筛选',
    any: '不限',
    report: '报告',
    region: '地区（及其下级）',
    from: '时间从',
    to: '到',
    dateHelp: '写作 2025、2025-06 或 2025-06-30',
    more: '仅列最新 {n} 份，共 {all} 份；先选地区可缩小',
    confidence: '可信度至少',
  },
  en: {
    filters: 'Filters',
    clear: 'Clear filters',
    any: 'Any',
    report: 'Report',
    region: 'Region (and below)',
    from: 'Time from',
    to: 'to',
    dateHelp: 'Write 2025, 2025-06 or 2025-06-30',
    more: 'The latest {n} of {all}; choose a region first to narrow them',
    confidence: 'Confidence at least',
  },
})

const FilterChoicesDocument = graphql(/* GraphQL */ `
  query FilterChoices {
    stats {
      regions {
        region {
          ...EntityRef
        }
      }
    }
  }
`)

const ReportChoicesDocument = graphql(/* GraphQL */ `
  query ReportChoices($region: ID) {
    reports(first: 100, filter: { region: $region }) {
      totalCount
      nodes {
        id
        file
        title
        date
        regionName
      }
    }
  }
`)

/** Fields that narrow what a page shows, each a parameter of the address; names are those that are cleared. */
export function Filters({
  names,
  open: first = false,
  children,
}: {
  names: string[]
  /** Whether they are open on a phone, too. */
  open?: boolean
  children: ReactNode
}) {
  const t = useText(words)
  const { params, change } = useAddress()
  const used = names.filter((name) => params.get(name)).length
  // On a phone they do not push the list away.
  const narrow = useNarrow()
  const [open, setOpen] = useState(first || !narrow)
  return (
    <details className="filters" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {t('filters')}
        {used > 0 && <span className="tag">{used}</span>}
      </summary>
      <search>
        <form className="filters-fields" onSubmit={(event) => event.preventDefault()}>
          {children}
          {used > 0 && (
            <button
              type="button"
              className="button quiet"
              onClick={() => change(Object.fromEntries(names.map((name) => [name, null])))}
            >
              {t('clear')}
            </button>
          )}
        </form>
      </search>
    </details>
  )
}

/** Words to be contained; they are asked for once typing stops. */
export function TextFilter({
  name,
  label,
  placeholder,
  pattern,
}: {
  name: string
  label: string
  placeholder?: string
  /** Words that do not match are not asked for. */
  pattern?: RegExp
}) {
  const { params, change } = useAddress()
  const asked = params.get(name) ?? ''
  const [typed, setTyped] = useState(asked)
  useEffect(() => setTyped(asked), [asked])
  const settled = useSettled(typed, 250)
  const wrong = pattern !== undefined && typed.trim() !== '' && !pattern.test(typed.trim())
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was typed changes the address
  useEffect(() => {
    if (settled === typed && settled.trim() !== asked && !wrong) change({ [name]: settled.trim() }, true)
  }, [settled])
  return (
    <TextField
      label={label}
      value={typed}
      maxLength={100}
      placeholder={placeholder}
      aria-invalid={wrong}
      onChange={setTyped}
    />
  )
}

/** One of several values. */
export function SelectFilter({
  name,
  label,
  options,
  any,
  note,
}: {
  name: string
  label: string
  options: { value: string; label: string }[]
  /** What no choice is called. */
  any?: string
  note?: string
}) {
  const t = useText(words)
  const { params, change } = useAddress()
  return (
    <SelectField
      label={label}
      note={note}
      value={params.get(name) ?? ''}
      options={options}
      none={any ?? t('any')}
      onChange={(value) => change({ [name]: value })}
    />
  )
}

/** Words of a vocabulary as options. */
export function useOptions() {
  const { language } = useSettings()
  return (vocabulary: Record<string, { zh: string; en: string }>) =>
    Object.entries(vocabulary).map(([value, name]) => ({ value, label: name[language] }))
}

/** One entity. */
export function EntityFilter({ name, label, kinds }: { name: string; label: string; kinds?: Kind[] }) {
  const { params, change } = useAddress()
  return (
    <EntityPicker
      label={label}
      value={params.get(name)}
      onChange={(id) => change({ [name]: id })}
      {...(kinds && { kinds })}
    />
  )
}

/** The region whose reports count; those that have reports are offered first. */
export function RegionFilter() {
  const t = useText(words)
  const { params, change } = useAddress()
  const [{ data }] = useQuery({ query: FilterChoicesDocument })
  return (
    <EntityPicker
      label={t('region')}
      value={params.get('region')}
      kinds={['PLACE' as Kind]}
      first={(data?.stats.regions ?? []).flatMap(({ region }) => (region ? [region] : []))}
      onChange={(id) => change({ region: id })}
    />
  )
}

/** One report of the region chosen. */
export function ReportFilter() {
  const t = useText(words)
  const { language } = useSettings()
  const { params } = useAddress()
  const [{ data }] = useQuery({ query: ReportChoicesDocument, variables: { region: params.get('region') } })
  const reports = data?.reports
  const options = (reports?.nodes ?? []).map((report) => ({
    value: report.id,
    label: [report.regionName, report.date && formatDate(report.date, language), report.title]
      .filter(Boolean)
      .join(' · '),
  }))
  const cut = reports && reports.totalCount > reports.nodes.length
  return (
    <SelectFilter
      name="report"
      label={t('report')}
      options={options}
      {...(cut && { note: t('more', { n: reports.nodes.length, all: reports.totalCount }) })}
    />
  )
}

const day = /^[12]\d{3}(-\d{2}(-\d{2})?)?$/

/** A stretch of time: the parameters from and to. */
export function PeriodFilter() {
  const t = useText(words)
  return (
    <fieldset className="field-pair" title={t('dateHelp')}>
      <TextFilter name="from" label={t('from')} placeholder="2025-01" pattern={day} />
      <TextFilter name="to" label={t('to')} placeholder="2025-12" pattern={day} />
    </fieldset>
  )
}

/** What these ask for. */
export function periodOf(params: URLSearchParams): PeriodInput | null {
  const from = params.get('from')
  const to = params.get('to')
  return from || to ? { from, to } : null
}

/** How sure something must be. */
export function ConfidenceFilter() {
  const t = useText(words)
  const options = [50, 60, 70, 80, 90, 95].map((n) => ({ value: String(n / 100), label: `${n}%` }))
  return <SelectFilter name="confidence" label={t('confidence')} options={options} />
}
