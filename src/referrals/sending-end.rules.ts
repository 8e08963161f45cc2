const dayMs = 86_400_000

/** The last minute of a day where the person is; on the last day that the rules leave, no later than they do. */
export function endOfDay(day: string, timeZone: string, latest: Date): Date {
  const zoned = Temporal.PlainDate.from(day).toZonedDateTime({ timeZone, plainTime: '23:59' })
  const end = zoned.epochMilliseconds
  const sameDay = end > latest.getTime() && end - latest.getTime() < dayMs
  return new Date(sameDay ? latest.getTime() : end)
}

/** A moment as the three boxes of a date, where the person is. */
export function boxesOf(
  moment: Date,
  timeZone: string,
): { readonly day: string; readonly month: string; readonly year: string } {
  const at = Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(timeZone)
  return { day: String(at.day), month: String(at.month), year: String(at.year) }
}
