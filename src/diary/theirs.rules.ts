import { type ContactAct, mayContact, type SafeContact } from '#people'

/** Whether the person may be given day and time, on paper or for a calendar, and the sentence that says why not. */
export function mayTell(
  contact: SafeContact | null,
  how: 'print' | 'calendar',
  now: Date,
): { readonly may: boolean; readonly key: string } {
  if (contact === null) return { may: false, key: 'people.print.not-asked' }
  const act: ContactAct = {
    kind: how,
    wayId: null,
    namesAgency: false,
    hasLink: false,
    tellsMore: false,
    reminder: false,
  }
  const answer = mayContact(contact, act, now)
  return 'refused' in answer ? { may: false, key: answer.key } : { may: true, key: '' }
}

/** What a calendar entry for the person says: nothing but the neutral title, day, time, and the words agreed with them. */
export interface CalendarEntry {
  readonly id: string
  readonly title: string
  readonly place: string
  readonly from: Date
  readonly minutes: number
  readonly written: Date
}

/**
 * An appointment as iCalendar text (RFC 5545). No organiser, no address, no link, no alarm, and no product of ours is named: the
 * file lies on a telephone that somebody else may hold.
 */
export function calendarText(entry: CalendarEntry): string {
  const until = new Date(entry.from.getTime() + entry.minutes * 60_000)
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Appointment//EN',
    'BEGIN:VEVENT',
    `UID:${entry.id}`,
    `DTSTAMP:${utc(entry.written)}`,
    `DTSTART:${utc(entry.from)}`,
    `DTEND:${utc(until)}`,
    `SUMMARY:${escaped(entry.title)}`,
    ...(entry.place === '' ? [] : [`LOCATION:${escaped(entry.place)}`]),
    'CLASS:PRIVATE',
    'END:VEVENT',
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}

function utc(at: Date): string {
  return `${at.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`
}

function escaped(text: string): string {
  return text.replaceAll(/[\\;,]/g, (sign) => `\\${sign}`).replaceAll(/\r?\n/g, '\\n')
}

/** No line is longer than 75 octets; a character is never cut. */
function folded(line: string): string {
  const parts: string[] = ['']
  let length = 0
  for (const sign of line) {
    const octets = Buffer.byteLength(sign)
    if (length + octets > 75) {
      parts.push(' ')
      length = 1
    }
    parts[parts.length - 1] += sign
    length += octets
  }
  return parts.join('\r\n')
}
