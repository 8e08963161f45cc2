import fc from 'fast-check'
import { expect, test } from 'vitest'

import type { SafeContact } from '#people'

import { calendarText, mayTell } from './theirs.rules.ts'

const now = new Date('2026-11-27T10:00:00Z')
const contact: SafeContact = {
  nothingAtAll: false,
  ways: [],
  nameSafeToSay: null,
  hasCodeWord: false,
  language: null,
  interpreter: null,
  reminders: 'no',
  calendar: 'neutral',
  printing: 'neutral',
  notSafe: [],
  verifiedAt: '2026-11-20T10:00:00Z',
  verifiedBy: 'Amina',
  changedBecause: null,
}

test('paper and calendar pass the one gate, each by its own answer', () => {
  const may = (change: Partial<SafeContact>, how: 'print' | 'calendar') =>
    mayTell({ ...contact, ...change }, how, now).may
  expect([may({}, 'print'), may({}, 'calendar')]).toEqual([true, true])
  expect([may({ printing: 'no' }, 'print'), may({ calendar: 'no' }, 'calendar')]).toEqual([false, false])
  expect(may({ nothingAtAll: true }, 'print')).toBe(false)
  expect(may({ verifiedAt: '2026-10-01T10:00:00Z' }, 'calendar')).toBe(false)
  expect(mayTell(null, 'print', now)).toEqual({ may: false, key: 'people.print.not-asked' })
})

test('a calendar entry holds the agreed words, folded and escaped, and no line that anybody could break out of', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (place) => {
      const text = calendarText({
        id: 'x',
        title: 'Appointment',
        place,
        from: now,
        minutes: 60,
        written: now,
      })
      const lines = text.split('\r\n')
      expect(lines.every((line) => Buffer.byteLength(line) <= 75)).toBe(true)
      const names = text
        .replaceAll('\r\n ', '')
        .split('\r\n')
        .map((line) => line.split(':')[0])
      const all = 'BEGIN VERSION PRODID BEGIN UID DTSTAMP DTSTART DTEND SUMMARY LOCATION CLASS END END'.split(
        ' ',
      )
      expect(names.slice(0, -1)).toEqual(place === '' ? all.filter((name) => name !== 'LOCATION') : all)
      expect(text).toContain('DTSTART:20261127T100000Z')
    }),
  )
})
