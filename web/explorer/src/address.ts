import { useSearchParams } from 'react-router'

// What only says which page of a list is shown.
const cursors = ['after', 'before']

/** What the address says of a view, and how to change it: empty words take a parameter away, and lists begin anew. */
export function useAddress() {
  const [params, setParams] = useSearchParams()
  const change = (changes: Record<string, string | string[] | null>, replace = false) =>
    setParams(
      (now) => {
        for (const name of [...cursors, ...Object.keys(changes)]) now.delete(name)
        for (const [name, value] of Object.entries(changes))
          for (const one of [value ?? ''].flat()) if (one !== '') now.append(name, one)
        return now
      },
      { replace, preventScrollReset: true },
    )
  return { params, change }
}
