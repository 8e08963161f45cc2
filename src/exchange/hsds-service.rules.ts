import { derivedId } from './derived-id.rules.ts'
import type { HsdsService } from './hsds.ts'
import {
  given,
  organizationInHsds,
  outwardId,
  phonesIn,
  some,
  sourceIdIn,
} from './hsds-organization.rules.ts'
import { placesIn, schedulesIn } from './hsds-place.rules.ts'
import { attributesIn, capacitiesIn, costsIn, documentsIn, languagesIn } from './hsds-practical.rules.ts'
import type { ListedService } from './listed.ts'

/** A service with everything that belongs to it, as HSDS 3.1 says it; the directory's reader makes the same of it again. */
export function serviceInHsds(listed: ListedService): HsdsService {
  const id = outwardId(listed)
  const wholeTimes = listed.times.filter((time) => time.placeId === null)
  return {
    id,
    name: listed.name,
    ...given('alternate_name', listed.alternateName),
    description: listed.description,
    status: listed.status,
    ...given('url', listed.url),
    ...given('email', listed.email),
    ...given('application_process', listed.applicationProcess),
    ...given('eligibility_description', listed.eligibilityText),
    ...given('fees_description', listed.feesText),
    ...agesIn(listed),
    ...given('assured_date', listed.assuredOn),
    ...given('assurer_email', listed.assuredBy),
    ...given('alert', listed.alert),
    organization: organizationInHsds(listed.organization),
    ...some('phones', phonesIn(listed.phones, id)),
    ...some('schedules', schedulesIn(wholeTimes, listed.timesText, id)),
    ...some('languages', languagesIn(listed.languages, id)),
    ...some(
      'service_areas',
      listed.areas.map((name) => ({ id: derivedId('service_area', id, name), name })),
    ),
    ...some('cost_options', costsIn(listed, id)),
    ...some('required_documents', documentsIn(listed, id)),
    ...some('capacities', capacitiesIn(listed, id)),
    ...some('service_at_locations', placesIn(listed, id)),
    attributes: [...sourceIdIn(listed, 'service', id), ...attributesIn(listed, id)],
  }
}

/** The ages of all clauses together, in years as the standard has them; the clauses themselves know the months. */
function agesIn({ youngest, oldest }: ListedService): Pick<HsdsService, 'minimum_age' | 'maximum_age'> {
  return {
    ...(youngest > 0 ? { minimum_age: Math.floor(youngest / 12) } : {}),
    ...(oldest < oldestOfAll ? { maximum_age: Math.floor(oldest / 12) } : {}),
  }
}

const oldestOfAll = 1_319
