import type { Words } from '#platform/i18n'

/** Whether a day that was named has gone by where the reader is: on the day itself it has not. */
export function isGone(t: Pick<Words, 'timeZone'>, at: Date | null, now = Temporal.Now.instant()): boolean {
  if (at === null) return false
  const [day, today] = [at.getTime(), now.epochMilliseconds].map((ms) =>
    Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(t.timeZone).toPlainDate().toString(),
  )
  return day !== undefined && today !== undefined && day < today
}

/** A day and a time of day in a zone, as an instant's ISO text; null when they are none. */
export function momentOf(day: string, time: string, zone: string): string | null {
  try {
    return Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(zone).toInstant().toString()
  } catch {
    return null
  }
}
