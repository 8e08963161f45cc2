/** Where the time comes from; passed in, so that nothing below asks the machine. */
export interface Clock {
  now(): Temporal.Instant
}

/** The machine's own clock. */
export const systemClock: Clock = { now: () => Temporal.Now.instant() }

/** A clock that stands where it is put and moves only when told (ISO instants and durations). */
export function fixedClock(
  at: string,
): Clock & { set(instant: string): void; forward(duration: string): void } {
  let instant = Temporal.Instant.from(at)
  return {
    now: () => instant,
    set: (next) => {
      instant = Temporal.Instant.from(next)
    },
    forward: (duration) => {
      instant = instant.add(Temporal.Duration.from(duration))
    },
  }
}

/** The whole minute an instant lies in, as `2026-11-22T06:17Z`: as fine as a public record of a time may be. */
export function minuteOf(instant: Temporal.Instant): string {
  return instant.toString({ smallestUnit: 'minute', roundingMode: 'floor' })
}

/** The calendar month an instant lies in, as `2026-11`, by the clock on the wall in `timeZone`. */
export function monthOf(instant: Temporal.Instant, timeZone: string): string {
  return instant.toZonedDateTimeISO(timeZone).toPlainDate().toPlainYearMonth().toString()
}
