import { useMemo } from 'react'
import { useLocation, useSearchParams } from 'react-router'
import { readAddress } from './parameters'

// What only says which page of a list is shown.
const cursors = ['after', 'before']

/**
 * What the address says of a view, without what cannot be used, and how to change it: empty words take a
 * parameter away, and lists begin anew.
 */
export function useAddress() {
  const { pathname } = useLocation()
  const [all, setParams] = useSearchParams()
  const { params, unusable } = useMemo(() => readAddress(pathname, all), [pathname, all])
  const change = (changes: Record<string, string | string[] | null>, replace = false) =>
    setParams(
      (before) => {
        const now = readAddress(pathname, before).params
        for (const name of [...cursors, ...Object.keys(changes)]) now.delete(name)
        for (const [name, value] of Object.entries(changes))
          for (const one of [value ?? ''].flat()) if (one !== '') now.append(name, one)
        return now
      },
      { replace, preventScrollReset: true },
    )
  return { params, unusable, change }
}
