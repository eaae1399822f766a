import { useSettings } from './settings'

/** A page's words in both languages, the same keys in each. */
export type Text<K extends string> = { zh: Record<K, string>; en: Record<K, string> }

/** Checks that both languages have the same keys. Words may hold {name}s, which are filled in when used. */
export function text<const T extends Record<string, string>>(words: {
  zh: T
  en: Record<keyof T, string>
}): Text<keyof T & string> {
  return words
}

/** Gives the words of a key in the reader's language: t('found', { n: 5 }). */
export type Translate<K extends string> = (key: K, values?: Record<string, string | number>) => string

/** The words of text in the reader's language. */
export function useText<K extends string>(text: Text<K>): Translate<K> {
  const { language } = useSettings()
  return (key, values) => fill(text[language][key], values)
}

/** Puts values where a text names them: fill('共 {n} 条', { n: 5 }). */
export function fill(text: string, values: Record<string, string | number> = {}): string {
  return text.replace(/\{(\w+)\}/g, (all, name: string) => String(values[name] ?? all))
}
