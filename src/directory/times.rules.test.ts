import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readDay, writeDay } from './times.rules.ts'

const bare = 'hours not said'

test.each([
  ['09:00 to 17:00', [{ opens: '09:00', closes: '17:00', note: null }]],
  ['9.30-12:00, drop in', [{ opens: '09:30', closes: '12:00', note: 'drop in' }]],
  [
    '09:00 to 12:00; 22:00 – 06:00',
    [
      { opens: '09:00', closes: '12:00', note: null },
      { opens: '22:00', closes: '06:00', note: null },
    ],
  ],
  ['by appointment', [{ opens: null, closes: null, note: 'by appointment' }]],
  ['Hours not said', [{ opens: null, closes: null, note: null }]],
  ['', []],
  ['9 to 5', null],
  ['25:00 to 26:00', null],
  ['09:00 to 09:00', null],
  ['09:00 to 12:75', null],
])('%j is read', (text, read) => {
  expect(readDay(text, bare)).toEqual(read)
})

test('what a box shows is read back as the same times', () => {
  const time = fc
    .record({ h: fc.integer({ min: 0, max: 23 }), m: fc.integer({ min: 0, max: 59 }) })
    .map(({ h, m }) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`)
  const note = fc.option(fc.constantFrom('drop in', 'by appointment', 'text only, no calls'), { nil: null })
  const spans = fc.oneof(
    fc.record({ opens: time, closes: time, note }).filter((each) => each.opens !== each.closes),
    fc.record({ opens: fc.constant(null), closes: fc.constant(null), note }),
  )
  const days = fc.uniqueArray(spans, { maxLength: 4, selector: (each) => JSON.stringify(each) })
  fc.assert(
    fc.property(days, (day) => {
      expect(readDay(writeDay(day, bare), bare)).toEqual(day)
    }),
  )
})
