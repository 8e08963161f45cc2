import type { ServiceRecord } from './listing.ts'

const dayMs = 86_400_000

/** The same services with every date moved by whole days, so that the newest room-and-wait date falls on `day`. */
export function withNewestOn(services: readonly ServiceRecord[], day: Date): readonly ServiceRecord[] {
  const given = services.flatMap((each) => (each.capacity === null ? [] : [Date.parse(each.capacity.asOf)]))
  if (given.length === 0) return services
  const newest = given.reduce((a, b) => Math.max(a, b))
  const shift = Math.floor((day.getTime() - newest) / dayMs) * dayMs
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
