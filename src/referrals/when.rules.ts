/** A day and a time of day in a zone, as an instant's ISO text; null when they are none. */
export function momentOf(day: string, time: string, zone: string): string | null {
  try {
    return Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(zone).toInstant().toString()
  } catch {
    return null
  }
}
