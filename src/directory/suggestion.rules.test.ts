import { expect, test } from 'vitest'
import { carriesAddress, fits, isSimple } from './suggestion.rules.ts'

const place = (confidential: boolean) => ({
  confidential,
  region: 'Northshire',
  name: null,
  lines: [],
  description: null,
  transportation: null,
})

test.each([
  ['They moved to 14 Sycamore Rise', true],
  ['It is zz99 3ab now', true],
  ['53.12345, -1.54321', true],
  ['https://maps.example.org/x', true],
  ['///apple.table.river', true],
  ['Ring 01632 960101 on weekdays', false],
])('a secret entry takes no address: %s', (text, carries) => {
  expect(carriesAddress(text, { kind: 'for-survivors', confidential: true, places: [] })).toBe(carries)
  expect(carriesAddress(text, { kind: 'for-survivors', confidential: false, places: [place(true)] })).toBe(
    carries,
  )
  expect(carriesAddress(text, { kind: 'for-survivors', confidential: false, places: [place(false)] })).toBe(
    false,
  )
})

test.each([
  ['phone', '01632 960101', true],
  ['phone', '+44 (0)1632 960101', true],
  ['phone', 'ring them', false],
  ['email', 'hello@example.org', true],
  ['email', 'hello', false],
  ['url', 'https://example.org/a', true],
  ['url', 'javascript:alert(1)', false],
  ['how', 'Ring first', true],
  ['how', '', false],
] as const)('%s takes %s: %s', (about, text, taken) => {
  expect(fits(about, text)).toBe(taken)
})

test('work with people who use abuse has no times to correct, and a closed service is closed by hand', () => {
  expect(isSimple('times', { kind: 'for-survivors', confidential: false })).toBe(true)
  expect(isSimple('times', { kind: 'for-survivors', confidential: true })).toBe(false)
  expect(isSimple('times', { kind: 'for-people-using-abuse', confidential: false })).toBe(false)
  expect(isSimple('closed', { kind: 'for-survivors', confidential: false })).toBe(false)
})
