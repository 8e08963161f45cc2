import { mostDays } from './client.ts'

/**
 * In how many days a client ends. From tomorrow to a year ahead: a year is how long a partner's staff and contracts are taken to
 * stay what they were (house rule `client-year`, owner: security lead, reviewed 2026-11).
 */
export function daysUntil(today: string, until: string): number | { readonly refused: 'past' | 'too-late' } {
  const days = Temporal.PlainDate.from(today).until(Temporal.PlainDate.from(until), {
    largestUnit: 'days',
  }).days
  if (days < 1) return { refused: 'past' }
  return days > mostDays ? { refused: 'too-late' } : days
}

/** Whether its end is near enough to be spoken of: thirty days, as for a release that runs out. */
export function endsSoon(now: Date, endsAt: Date): boolean {
  return endsAt.getTime() - now.getTime() < 30 * 86_400_000
}
