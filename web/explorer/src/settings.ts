import { useSyncExternalStore } from 'react'

export type Language = 'zh' | 'en'
/** What the reader chose; auto follows the system. */
export type ThemeChoice = 'auto' | 'light' | 'dark'
export type Theme = 'light' | 'dark'

export type Settings = { language: Language; themeChoice: ThemeChoice; theme: Theme }

const key = 'lantu.settings'
// Units are tested where there is no window.
const dark = globalThis.window?.matchMedia('(prefers-color-scheme: dark)')
const listeners = new Set<() => void>()

type Stored = Pick<Settings, 'language' | 'themeChoice'>

function read(): Stored {
  let stored: Partial<Stored> = {}
  try {
    stored = JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Stored>
  } catch {
    // Storage is shut off or holds something else: the defaults do.
  }
  return {
    language: stored.language === 'en' ? 'en' : 'zh',
    themeChoice: stored.themeChoice === 'light' || stored.themeChoice === 'dark' ? stored.themeChoice : 'auto',
  }
}

function resolve(stored: Stored): Settings {
  const theme = stored.themeChoice === 'auto' ? (dark?.matches ? 'dark' : 'light') : stored.themeChoice
  return { ...stored, theme }
}

let settings = resolve(read())

function apply(next: Settings) {
  settings = next
  document.documentElement.lang = next.language === 'zh' ? 'zh-CN' : 'en'
  document.documentElement.dataset.theme = next.theme
  for (const listener of listeners) listener()
}

/** Changes language or theme and keeps it. */
export function changeSettings(change: Partial<Stored>) {
  const { language, themeChoice } = { ...settings, ...change }
  try {
    localStorage.setItem(key, JSON.stringify({ language, themeChoice }))
  } catch {
    // Kept for this page only.
  }
  apply(resolve({ language, themeChoice }))
}

/** Shows the settings kept, and follows the system and other windows. */
export function startSettings() {
  apply(settings)
  dark?.addEventListener('change', () => apply(resolve(settings)))
  window.addEventListener('storage', (event) => {
    if (event.key === key) apply(resolve(read()))
  })
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useSettings(): Settings {
  return useSyncExternalStore(subscribe, () => settings)
}
