/** A day and a time of day in a zone, as an instant's ISO text; null when they are none. */
export function momentOf(day: string, time: string, zone: string): string | null {
  try {
    return Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(zone).toInstant().toString()
  } catch {
    return null
  }
}

/** When an answer is due: in half an hour while somebody waits in the room, else at the end of the next working day. */
export function replyDue(now: Temporal.Instant, zone: string, inTheRoom: boolean): Date {
  if (inTheRoom) return new Date(now.add({ minutes: 30 }).epochMilliseconds)
  let day = now.toZonedDateTimeISO(zone).toPlainDate().add({ days: 1 })
  while (day.dayOfWeek > 5) day = day.add({ days: 1 })
  return new Date(day.toZonedDateTime({ timeZone: zone, plainTime: '17:00' }).epochMilliseconds)
}
