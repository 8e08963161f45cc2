import type { ServiceTraits } from '#engine/matching'
import type { Capacity, Wishes } from './listing.ts'

/** What a listing says of itself, as wishes are weighed against it. What it does not say stays unknown. */
export function traitsOf(service: {
  readonly wishes: Wishes
  readonly capacity: Capacity | null
}): ServiceTraits {
  const { languages, ledBy, workerGender, areas, models, remote, cost } = service.wishes
  const wait = service.capacity?.waitWeeksTo ?? service.capacity?.waitWeeks ?? null
  return {
    ...(ledBy.length > 0 ? { ledBy } : {}),
    ...(languages.length > 0 ? { languages } : {}),
    ...(workerGender.length > 0 ? { workerGender } : {}),
    ...(areas.length > 0 ? { place: areas } : {}),
    ...(models.length > 0 ? { modelOfWork: models } : {}),
    ...(remote === null ? {} : { remote }),
    ...(cost === 'free' ? { cost: 0 } : {}),
    ...(wait === null ? {} : { waitWeeks: wait }),
  }
}
