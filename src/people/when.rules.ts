import type { Words } from '#platform/i18n'

/** A day, a month or a year as somebody remembers it: `2026-03-27`, `2026-03` or `2026`. */
export type Remembered = string

/** Reads three boxes: nothing typed (empty), what was remembered, or that no calendar has it. A month needs its year, a day its month. */
export function rememberedFrom(boxes: {
  readonly day: string
  readonly month: string
  readonly year: string
}): Remembered | { readonly wrong: true } {
  const { day, month, year } = boxes
  if (day === '' && month === '' && year === '') return ''
  if (!/^\d{4}$/.test(year) || (day !== '' && month === '')) return { wrong: true }
  if (month === '') return year
  if (!/^\d{1,2}$/.test(month) || !/^(\d{1,2})?$/.test(day)) return { wrong: true }
  const first = `${year}-${month.padStart(2, '0')}-${(day || '1').padStart(2, '0')}`
  try {
    Temporal.PlainDate.from(first, { overflow: 'reject' })
  } catch {
    return { wrong: true }
  }
  return day === '' ? first.slice(0, 7) : first
}

/** The boxes again. */
export function boxesOf(when: Remembered): {
  readonly day: string
  readonly month: string
  readonly year: string
} {
  const [year = '', month = '', day = ''] = when.split('-')
  return { day: plain(day), month: plain(month), year }
}

/** The last day that it can have been: nobody is counted as safe for longer than is known. */
export function lastDayOf(when: Remembered): Temporal.PlainDate {
  const [year = '', month = '', day = ''] = when.split('-')
  if (day !== '') return Temporal.PlainDate.from(when)
  const start = Temporal.PlainDate.from(`${year}-${month || '12'}-01`)
  return start.with({ day: start.daysInMonth })
}

/** How it is said: the day, the month, or the year alone. */
export function rememberedText(t: Pick<Words, 'date' | 'month'>, when: Remembered): string {
  if (/^\d{4}$/.test(when)) return when
  return /^\d{4}-\d{2}$/.test(when) ? t.month(when) : t.date(when)
}

function plain(digits: string): string {
  return digits === '' ? '' : String(Number(digits))
}
