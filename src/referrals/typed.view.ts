import type { FormValues } from '#platform/http'

/** Today as the boxes of a date show it. */
export function todayIn(zone: string): FormValues[string] {
  return Temporal.Now.plainDateISO(zone).toString()
}
