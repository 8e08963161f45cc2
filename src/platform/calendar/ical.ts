import ical, {
  ICalAttendeeStatus,
  ICalCalendarMethod,
  ICalEventClass,
  ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator'

/** One entry of a calendar. There is nothing in it that tells who, why or with whom. */
export interface CalendarLine {
  /** Random, the same at every change of the entry. */
  readonly id: string
  /** Neutral words from the wording packs. */
  readonly title: string
  readonly from: Date
  /** Null: a moment, which blocks no time. */
  readonly minutes: number | null
  /** Where, in words agreed with whoever holds the calendar. */
  readonly place?: string
  /** Goes up with every change. */
  readonly sequence?: number
  readonly off?: boolean
}

/** A file or an address that is read (*published*), or a mail to one mailbox, which is its own only attendee. */
export type CalendarUse =
  | { readonly is: 'published' }
  | { readonly is: 'mailed'; readonly from: string; readonly to: string }

/**
 * Entries as iCalendar text: UTC, lines of at most 75 octets ended by CRLF, private, without alarm, description, organiser's
 * name or any attendee but the mailbox that gets it. A mailed entry that is off is a cancellation (RFC 5546 3.2.5).
 */
export function calendarText(lines: readonly CalendarLine[], use: CalendarUse, written: Date): string {
  const calendar = ical({ prodId: '//Appointment//EN' })
  if (use.is === 'mailed') {
    const off = lines.every((line) => line.off === true)
    calendar.method(off ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST)
  }
  for (const line of lines) calendar.createEvent(eventOf(line, use, written))
  return `${calendar.toString().trimEnd()}\r\n`
}

function eventOf(line: CalendarLine, use: CalendarUse, written: Date) {
  const { minutes, off = false, place = '', sequence = 0 } = line
  return {
    id: line.id,
    sequence,
    stamp: written,
    start: line.from,
    ...(minutes === null
      ? { transparency: ICalEventTransparency.TRANSPARENT }
      : { end: new Date(line.from.getTime() + minutes * 60_000) }),
    summary: line.title,
    ...(place === '' ? {} : { location: place }),
    class: ICalEventClass.PRIVATE,
    ...(off ? { status: ICalEventStatus.CANCELLED } : {}),
    ...(use.is === 'published'
      ? {}
      : {
          organizer: { name: line.title, email: use.from },
          attendees: [{ email: use.to, rsvp: false, status: ICalAttendeeStatus.ACCEPTED }],
        }),
  }
}
