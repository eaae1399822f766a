import { expect, test } from 'vitest'
import { locate, slice } from './codepoints'

test('texts are cut by code points', () => {
  expect(slice('𠮷村与高井村', 3, 6)).toBe('高井村')
  expect(slice('𠮷村与高井村', 1)).toBe('村与高井村')
})

test('a part is found around a span', () => {
  expect(locate('𠮷甲。𠮷甲。', '𠮷甲。', { start: 4, end: 5 })).toEqual({ start: 3, end: 6 })
  expect(locate('甲。', '乙', { start: 0, end: 1 })).toBeUndefined()
})
