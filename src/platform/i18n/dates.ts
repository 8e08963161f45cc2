/** A moment or a day: ISO text, a Date, or Temporal's own. A bare `2026-11-22` is a day and never shifts. */
export type When = string | Date | Temporal.Instant | Temporal.PlainDate

/** Dates, times, numbers and lists as one reader writes them. */
export interface DateWords {
  /** `22 November 2026` */
  date(when: When): string
  /** `22 Nov` in this year's lists, with the year where the day is given one. */
  shortDate(when: When): string
  /** `Sunday` */
  weekday(when: When): string
  /** `November 2026`, from a day, a moment or `2026-11`. */
  month(when: When): string
  /** `14:05`; a bare day has none and gives an empty text. */
  time(when: When): string
  /** An hour on the clock of the place it is about, given as `14:05`: `14:05` or `2:05 PM`. No zone moves it. */
  clock(hour: string): string
  /** `22 November 2026 at 14:05`; a bare day gives the day alone. */
  dateTime(when: When): string
  /** `1,250` */
  number(value: number): string
  /** `bread, salt and tea` */
  list(items: readonly string[]): string
  /** `bread, salt or tea` */
  anyOf(items: readonly string[]): string
}

/** The writing habits of one language in one time zone. */
export function dateWords(lang: string, timeZone: string): DateWords {
  const day = formatter(lang, timeZone, { dateStyle: 'long' })
  const shortDay = formatter(lang, timeZone, { day: 'numeric', month: 'short', year: 'numeric' })
  const weekday = formatter(lang, timeZone, { weekday: 'long' })
  const month = formatter(lang, timeZone, { month: 'long', year: 'numeric' })
  const time = formatter(lang, timeZone, { timeStyle: 'short' })
  const clock = new Intl.DateTimeFormat(lang, { timeStyle: 'short', timeZone: 'UTC' })
  const dateTime = formatter(lang, timeZone, { dateStyle: 'long', timeStyle: 'short' })
  const numbers = new Intl.NumberFormat(lang)
  const lists = new Intl.ListFormat(lang, { type: 'conjunction' })
  const choices = new Intl.ListFormat(lang, { type: 'disjunction' })
  return {
    date: (when) => day(read(when)),
    shortDate: (when) => shortDay(read(when)),
    weekday: (when) => weekday(read(when)),
    month: (when) => month(read(when)),
    time: (when) => (isDay(read(when)) ? '' : time(read(when))),
    clock: (hour) => clock.format(new Date(`2026-01-01T${hour}:00Z`)),
    dateTime: (when) => (isDay(read(when)) ? day(read(when)) : dateTime(read(when))),
    number: (value) => numbers.format(value),
    list: (items) => lists.format(items),
    anyOf: (items) => choices.format(items),
  }
}

function formatter(lang: string, timeZone: string, style: Intl.DateTimeFormatOptions) {
  const moments = new Intl.DateTimeFormat(lang, { ...style, timeZone })
  // A day is noon in Greenwich told in Greenwich: no zone moves it to its neighbour.
  const days = new Intl.DateTimeFormat(lang, { ...style, timeZone: 'UTC' })
  return (when: Temporal.Instant | Temporal.PlainDate): string =>
    isDay(when)
      ? days.format(Date.UTC(when.year, when.month - 1, when.day, 12))
      : moments.format(when.epochMilliseconds)
}

function isDay(when: Temporal.Instant | Temporal.PlainDate): when is Temporal.PlainDate {
  return when instanceof Temporal.PlainDate
}

function read(when: When): Temporal.Instant | Temporal.PlainDate {
  if (when instanceof Date) return Temporal.Instant.fromEpochMilliseconds(when.getTime())
  if (typeof when !== 'string') return when
  if (/^\d{4}-\d{2}$/.test(when)) return Temporal.PlainDate.from(`${when}-01`)
  if (/^\d{4}-\d{2}-\d{2}$/.test(when)) return Temporal.PlainDate.from(when)
  return Temporal.Instant.from(when)
}
