import { expect, test } from 'vitest'
import { formatPeriod } from './Period'

test.each([
  [{ from: '2024', to: '2024' }, '2024年'],
  [{ from: '2024-01-01', to: '2024-12-31' }, '2024年'],
  [{ from: '2024-01', to: '2024-09' }, '2024年1月至2024年9月'],
  [{ from: '2025', to: null }, '2025年起'],
  [{ from: null, to: '2026-03-05' }, '至2026年3月5日'],
  [{ from: null, to: null }, ''],
])('%o is %s', (period, shown) => expect(formatPeriod(period, 'zh')).toBe(shown))
