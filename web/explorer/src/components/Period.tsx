import type { PeriodFieldsFragment } from '../graphql/graphql'
import { type Language, useSettings } from '../settings'
import { fill } from '../text'

/** A date of the form YYYY, YYYY-MM or YYYY-MM-DD as readers write it. */
export function formatDate(date: string, language: Language): string {
  const [year, month, day] = date.split('-')
  if (language === 'en') return date
  return `${year}年${month ? `${Number(month)}月` : ''}${day ? `${Number(day)}日` : ''}`
}

/** A period in words. */
export function formatPeriod({ from, to }: Pick<PeriodFieldsFragment, 'from' | 'to'>, language: Language): string {
  if (from && to) {
    if (from === to) return formatDate(from, language)
    if (from === `${to.slice(0, 4)}-01` && to.endsWith('-12')) return formatDate(to.slice(0, 4), language)
    if (from === `${to.slice(0, 4)}-01-01` && to.endsWith('-12-31')) return formatDate(to.slice(0, 4), language)
    return fill(language === 'zh' ? '{from}至{to}' : '{from} to {to}', {
      from: formatDate(from, language),
      to: formatDate(to, language),
    })
  }
  if (from) return fill(language === 'zh' ? '{from}起' : 'from {from}', { from: formatDate(from, language) })
  if (to) return fill(language === 'zh' ? '至{to}' : 'until {to}', { to: formatDate(to, language) })
  return ''
}

/** The time something holds for; the words that say so stand beside it when pointed at. */
export function Period({ period }: { period: PeriodFieldsFragment | null | undefined }) {
  const { language } = useSettings()
  if (!period) return null
  const shown = formatPeriod(period, language) || period.text
  if (!shown) return null
  return (
    <span className="period" title={period.text ?? undefined}>
      {shown}
    </span>
  )
}
