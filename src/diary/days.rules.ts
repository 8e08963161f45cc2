import { dayOf, momentOf } from './entry.rules.ts'

/** A stretch of days as moments: from the first midnight until the one after the last day. */
export interface Stretch {
  readonly from: Date
  readonly until: Date
  readonly days: readonly string[]
}

/** The days that are looked at: one day, or the seven from it on. Midnights are those of the place, summer time included. */
export function stretchOf(from: string, view: 'day' | 'week', zone: string): Stretch {
  const first = Temporal.PlainDate.from(from)
  const count = view === 'day' ? 1 : 7
  const days = Array.from({ length: count }, (_, at) => first.add({ days: at }).toString())
  return {
    from: midnight(from, zone),
    until: midnight(first.add({ days: count }).toString(), zone),
    days,
  }
}

/** A day some days later or earlier. */
export function moved(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString()
}

/** A day from an address; today where it is none. */
export function dayAsked(text: string | undefined, today: string): string {
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return today
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString()
  } catch {
    return today
  }
}

/** Lines of a diary by their day, each day in its order. */
export function byDay<T extends { readonly dueAt: Date }>(
  lines: readonly T[],
  zone: string,
): ReadonlyMap<string, readonly T[]> {
  return Map.groupBy(lines, (line) => dayOf(line.dueAt, zone))
}

function midnight(day: string, zone: string): Date {
  return momentOf(day, '00:00', zone)
}
