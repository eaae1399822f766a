import { useSyncExternalStore } from 'react'

// As the styles' own limit for a phone.
const phone = window.matchMedia('(max-width: 48rem)')

function subscribe(listener: () => void) {
  phone.addEventListener('change', listener)
  return () => phone.removeEventListener('change', listener)
}

/** Whether the page is as narrow as on a phone. */
export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => phone.matches)
}
