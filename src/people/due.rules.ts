import type { DueWithin } from './case.ts'

/** Due at any time, or at none. */
export const dueWhenever: DueWithin = { from: null, until: null, undated: false }

/** By when something is due, as a list can be narrowed to it. */
export const dues = ['late', 'today', 'week', 'none'] as const
export type Due = (typeof dues)[number]

/** Reads it from an address; what is none of these asks nothing. */
export function dueFrom(text: string | undefined): Due | null {
  return dues.find((each) => each === text) ?? null
}

/** A word of the filter as a stretch of time, by the days of a place. What is late belongs to today, and both to the week. */
export function dueWithin(due: Due | null, now: Temporal.Instant, zone: string): DueWithin {
  if (due === null || due === 'none') return { ...dueWhenever, undated: due === 'none' }
  if (due === 'late') return { ...dueWhenever, until: new Date(now.epochMilliseconds) }
  const today = now.toZonedDateTimeISO(zone).startOfDay()
  return { ...dueWhenever, until: new Date(today.add({ days: due === 'today' ? 1 : 7 }).epochMilliseconds) }
}
