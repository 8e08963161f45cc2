import fc from 'fast-check'
import ICAL from 'ical.js'
import { expect, test } from 'vitest'

import { type CalendarLine, calendarText, type CalendarUse } from './ical.ts'

const now = new Date('2026-11-27T09:00:00Z')
const published: CalendarUse = { is: 'published' }
const mailed: CalendarUse = { is: 'mailed', from: 'office@example.org', to: 'robin@example.org' }

const someLine: fc.Arbitrary<CalendarLine> = fc.record({
  id: fc.uuid(),
  title: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }),
  place: fc.string({ unit: 'grapheme', maxLength: 200 }),
  from: fc.date({ min: now, max: new Date('2030-01-01T00:00:00Z'), noInvalidDate: true }),
  minutes: fc.option(fc.integer({ min: 5, max: 600 })),
  sequence: fc.nat(9),
  off: fc.boolean(),
})

/** Names of the properties that stand in a text, parameters left out. */
function namesIn(text: string): ReadonlySet<string> {
  const lines = text.replaceAll('\r\n ', '').split('\r\n')
  return new Set(lines.slice(0, -1).map((line) => /^[A-Z-]+/.exec(line)?.[0] ?? line))
}

const always = [
  'BEGIN',
  'END',
  'VERSION',
  'PRODID',
  'UID',
  'SEQUENCE',
  'DTSTAMP',
  'DTSTART',
  'SUMMARY',
  'CLASS',
]

test.each([published, mailed])('ical: read by a calendar program, an entry is what it was, %o', (use) => {
  fc.assert(
    fc.property(fc.array(someLine, { minLength: 1, maxLength: 4 }), (lines) => {
      const text = calendarText(lines, use, now)
      expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true)
      expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
      expect(text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true)
      const read = new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent')
      expect(read.map((each) => each.getFirstPropertyValue('uid'))).toEqual(lines.map(({ id }) => id))
      read.forEach((each, nth) => {
        const line = lines[nth]
        const event = new ICAL.Event(each)
        const from = line === undefined ? 0 : Math.floor(line.from.getTime() / 1000)
        expect(event.startDate.toJSDate().getTime()).toBe(from * 1000)
        expect(event.startDate.zone).toBe(ICAL.Timezone.utcTimezone)
        expect(event.sequence).toBe(line?.sequence)
        if (typeof line?.minutes === 'number')
          expect(event.endDate.toUnixTime() - from).toBe(line.minutes * 60)
      })
      const allowed = [...always, 'DTEND', 'TRANSP', 'LOCATION', 'STATUS']
      const more = use.is === 'mailed' ? ['METHOD', 'ORGANIZER', 'ATTENDEE'] : []
      expect([...namesIn(text)].filter((name) => ![...allowed, ...more].includes(name))).toEqual([])
    }),
    { numRuns: 150 },
  )
})

test('a mailed entry names one mailbox, and is a cancellation when it is off', () => {
  const line = { id: 'a', title: 'Meeting', from: now, minutes: 30 }
  const text = calendarText([line], mailed, now)
  expect(text).toContain('METHOD:REQUEST')
  expect(text.replaceAll('\r\n ', '').match(/^ATTENDEE.*$/gm)).toHaveLength(1)
  expect(calendarText([{ ...line, off: true }], mailed, now)).toMatch(/METHOD:CANCEL[\s\S]*STATUS:CANCELLED/)
  expect(calendarText([line], published, now)).not.toMatch(/METHOD|ATTENDEE|ORGANIZER/)
})
