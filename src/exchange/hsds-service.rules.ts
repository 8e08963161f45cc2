import { derivedId } from './derived-id.rules.ts'
import type { HsdsService } from './hsds.ts'
import {
  given,
  organizationInHsds,
  outwardId,
  phonesIn,
  some,
  sourceIdIn,
  withOwnIds,
} from './hsds-organization.rules.ts'
import { placesIn, schedulesIn } from './hsds-place.rules.ts'
import { attributesIn, capacitiesIn, costsIn, documentsIn, languagesIn } from './hsds-practical.rules.ts'
import { withKept } from './kept.rules.ts'
import type { ListedService } from './listed.ts'

/** A service with everything that belongs to it, as HSDS 3.1 says it; the directory's reader makes the same of it again. */
export function serviceInHsds(listed: ListedService): HsdsService {
  const id = outwardId(listed)
  const wholeTimes = listed.times.filter((time) => time.placeId === null)
  const kept = consistent(listed)
  const made: HsdsService = {
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
    ...some('cost_options', kept?.rest?.['cost_options'] === undefined ? costsIn(listed, id) : []),
    ...some('required_documents', documentsIn(listed, id)),
    ...some('capacities', capacitiesIn(listed, id)),
    ...some('service_at_locations', placesIn(listed, id)),
    attributes: withOwnIds([...sourceIdIn(listed, 'service', id), ...attributesIn(listed, id)]),
  }
  return withKept('service', made, kept)
}

/** Costs that a source has told go unless somebody has said otherwise since. */
function consistent({ kept, cost }: ListedService): ListedService['kept'] {
  const costs = kept?.rest?.['cost_options']
  if (kept?.rest === undefined || !Array.isArray(costs) || cost === null) return kept
  const free = costs.every(
    (each) => typeof each === 'object' && 'amount' in each && Number(each['amount']) === 0,
  )
  if (free === (cost === 'free')) return kept
  const { cost_options: _old, ...rest } = kept.rest
  return { ...kept, rest }
}

/** The ages of all clauses together, in years as the standard has them; the clauses themselves know the months. */
function agesIn({ youngest, oldest }: ListedService): Pick<HsdsService, 'minimum_age' | 'maximum_age'> {
  return {
    ...(youngest > 0 ? { minimum_age: Math.floor(youngest / 12) } : {}),
    ...(oldest < oldestOfAll ? { maximum_age: Math.floor(oldest / 12) } : {}),
  }
}

const oldestOfAll = 1_319
