import type { ServiceRecord } from './listing.ts'

const dayMs = 86_400_000

/** By how many whole days dates have to move so that the newest of them falls on `day`. */
export function daysUntilNewest(dates: readonly string[], day: Date): number {
  if (dates.length === 0) return 0
  const newest = dates.map((each) => Date.parse(each)).reduce((a, b) => Math.max(a, b))
  return Math.floor((day.getTime() - newest) / dayMs)
}

/** The same services with every date moved by whole days. */
export function withDatesMoved(services: readonly ServiceRecord[], days: number): readonly ServiceRecord[] {
  if (days === 0) return services
  const shift = days * dayMs
  const moved = (iso: string) => new Date(Date.parse(iso) + shift)
  const movedDay = (iso: string | null) =>
    iso === null ? null : moved(`${iso}T00:00:00Z`).toISOString().slice(0, 10)
  return services.map((each) => ({
    ...each,
    organization: { ...each.organization, trainedUntil: movedDay(each.organization.trainedUntil) },
    offer: {
      ...each.offer,
      contacts: each.offer.contacts.map((one) => ({
        ...one,
        awayFrom: movedDay(one.awayFrom),
        awayUntil: movedDay(one.awayUntil),
        confirmedOn: movedDay(one.confirmedOn),
      })),
    },
    assuredOn: movedDay(each.assuredOn),
    capacity:
      each.capacity === null ? null : { ...each.capacity, asOf: moved(each.capacity.asOf).toISOString() },
    thresholds: each.thresholds.map((one) => ({ ...one, reviewedOn: movedDay(one.reviewedOn) })),
  }))
}
