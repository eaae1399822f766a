import { expect, test } from 'vitest'
import { compact } from './numbers'

test.each([
  [107_740_000, '1.077亿'],
  [-28_000, '-2.8万'],
  [1500, '1,500'],
  [-5.5, '-5.5'],
  [0.1 + 0.2, '0.3'],
])('%d is read as %s', (value, shown) => expect(compact(value, 'zh')).toBe(shown))
