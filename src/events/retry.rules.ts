const minute = 60
const hour = 60 * minute

/** After each try that failed, how long until the next: a little over five days in all (Standard Webhooks, retries). */
const waits = [
  minute,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
  24 * hour,
  24 * hour,
]

/** Seconds until the next try, after so many that failed; null when there is none any more. A receiver may ask for longer, up to a day. */
export function waitAfter(failed: number, asked = 0): number | null {
  const usual = waits[failed - 1]
  return usual === undefined ? null : Math.max(usual, Math.min(asked, 24 * hour))
}
