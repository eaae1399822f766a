const name = 'lantu.recent'
const most = 8

/** What was searched for last, the latest first. */
export function recentSearches(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(name) ?? '[]')
    return Array.isArray(kept) ? kept.filter((one): one is string => typeof one === 'string').slice(0, most) : []
  } catch {
    return []
  }
}

/** Remembers a search. */
export function rememberSearch(query: string) {
  keep([query, ...recentSearches().filter((one) => one !== query)].slice(0, most))
}

/** Forgets all searches. */
export function forgetSearches() {
  keep([])
}

function keep(searches: string[]) {
  try {
    localStorage.setItem(name, JSON.stringify(searches))
  } catch {
    // Nothing is remembered where storage is shut off.
  }
}
