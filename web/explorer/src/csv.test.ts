import { expect, test } from 'vitest'
import { csvLine } from './csv'

test('a line is quoted where it must be', () => {
  expect(csvLine(['园区', 1.5, null, '甲,乙', '他说"好"', '两\n行'])).toBe(
    '园区,1.5,,"甲,乙","他说""好""","两\n行"\r\n',
  )
})

test('no words are taken for a formula, and numbers stay numbers', () => {
  expect(csvLine(['=HYPERLINK("x")', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '＝1', -3.2])).toBe(
    `"'=HYPERLINK(""x"")",'+1,'-1,'@SUM(A1),'\t=1,' =1,'＝1,-3.2\r\n`,
  )
})
