import type { Language } from './settings'

/** A number without the noise of binary fractions: 51380000000 for 513.8 times 100000000. */
export function tidy(value: number): number {
  return Number(value.toPrecision(12))
}

/** A number as readers take it in: 1.077亿 for 107740000, 1,500 as it is. */
export function compact(value: number, language: Language): string {
  return new Intl.NumberFormat(language === 'zh' ? 'zh-CN' : 'en', {
    ...(Math.abs(value) >= 10_000 && { notation: 'compact', maximumSignificantDigits: 4 }),
    maximumFractionDigits: 4,
  }).format(tidy(value))
}
