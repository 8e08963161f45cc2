/** A need that nobody took, summed over a quarter that is over. */
export interface UnmetNeed {
  /** The first day of the quarter. */
  readonly quarter: string
  readonly need: string
  readonly why: string
  readonly times: number
}

/** From how many on a sum is shown outside the case it comes from, by country. */
export const shownFrom = { uk: 5, us: 10 } as const

/** Ages as far as they are counted: coarse, so that an age singles nobody out. `until` is in months, and not reached. */
const bands = [
  { id: '0-4', until: 60 },
  { id: '5-10', until: 132 },
  { id: '11-15', until: 192 },
  { id: '16-17', until: 216 },
  { id: '18-24', until: 300 },
  { id: '25-59', until: 720 },
  { id: '60-up', until: Infinity },
] as const

/** The band of an age in months, or that it was not said. */
export function ageBand(months: unknown): string {
  if (typeof months !== 'number') return 'not-said'
  return bands.find(({ until }) => months < until)?.id ?? 'not-said'
}
