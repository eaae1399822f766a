import { Link, useLocation, useSearchParams } from 'react-router'
import type { PageFieldsFragment } from '../graphql/graphql'
import { text, useText } from '../text'

const words = text({
  zh: { pages: '分页', previous: '上一页', next: '下一页', total: '共 {n} 条' },
  en: { pages: 'Pages', previous: 'Previous', next: 'Next', total: '{n} in all' },
})

/**
 * The page of a list that the address names: variables for the list's query. Lists of one page tell
 * theirs apart by a name.
 */
export function usePage(size: number, name = '') {
  const [params] = useSearchParams()
  const after = params.get(`${name}after`)
  const before = params.get(`${name}before`)
  if (before) return { first: null, after: null, last: size, before }
  return { first: size, after, last: null, before: null }
}

/** Leads to the pages before and after, as addresses. */
export function Pager({ info, total, name = '' }: { info: PageFieldsFragment; total: number; name?: string }) {
  const t = useText(words)
  const { pathname } = useLocation()
  const [params] = useSearchParams()
  const to = (which: 'after' | 'before', cursor: string | null | undefined) => {
    const next = new URLSearchParams(params)
    next.delete(`${name}after`)
    next.delete(`${name}before`)
    next.set(name + which, cursor ?? '')
    return `${pathname}?${next}`
  }
  if (!info.hasNextPage && !info.hasPreviousPage) return null
  return (
    <nav className="pager" aria-label={t('pages')}>
      {info.hasPreviousPage && (
        <Link className="button quiet" rel="prev" preventScrollReset={name !== ''} to={to('before', info.startCursor)}>
          {t('previous')}
        </Link>
      )}
      <span className="muted">{t('total', { n: total })}</span>
      {info.hasNextPage && (
        <Link className="button quiet" rel="next" preventScrollReset={name !== ''} to={to('after', info.endCursor)}>
          {t('next')}
        </Link>
      )}
    </nav>
  )
}
