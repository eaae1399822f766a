import type { SourceFieldsFragment } from '../graphql/graphql'

/** The address that opens the report at a quote. */
export function readerAddress({ report, passage, start, end }: SourceFieldsFragment): string {
  return `/report/${report?.id}?${new URLSearchParams({ passage: passage?.id ?? '', start: String(start), end: String(end) })}`
}

/** A report by its region and title. */
export function reportName({ regionName, title }: NonNullable<SourceFieldsFragment['report']>): string {
  return [regionName, title].filter(Boolean).join(' ')
}

/** An address of this server, whole, for what leaves the browser. */
export function absolute(address: string): string {
  return new URL(address, window.location.origin).href
}
