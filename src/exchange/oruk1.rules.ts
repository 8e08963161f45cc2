import { dayIn, type RawRecord } from '#directory'
import {
  isEmpty,
  isObject,
  type Json,
  keyIn,
  originIn,
  type Part,
  partsOf,
  problem,
  said,
  type Turning,
  without,
  wordOf,
} from './oruk1-field.rules.ts'
import { comingKeys, comingOf } from './oruk1-coming.rules.ts'
import { contactKeys, reachOf } from './oruk1-contact.rules.ts'
import { linkOf, placeOf } from './oruk1-place.rules.ts'
import { termsKeys, termsOf } from './oruk1-terms.rules.ts'
import { schedulesOf, timeKeys } from './oruk1-times.rules.ts'

/** Keys that only the older UK profile has. */
const marks = [
  'eligibilitys',
  'regular_schedules',
  'holiday_schedules',
  'link_taxonomy',
  'service_taxonomys',
  'deliverable_type',
  'attending_type',
  'attending_access',
  'accessibility_for_disabilities',
]

const readKeys = [
  ...termsKeys,
  ...timeKeys,
  ...contactKeys,
  ...comingKeys,
  'service_at_location',
  'locations',
  'location',
  'cost_options',
  'cost_option',
  'deliverable_type',
  'pc_targetAudience',
]

/** A record in HSDS, whichever of the two it was written in. Whatever stands in a `content` list is of the older profile. */
export function inHsds(raw: RawRecord): RawRecord {
  const isOld = /(^|[ .])content\[\d+\]$/.test(raw.path) || isOruk1(raw.json)
  if (!isObject(raw.json) || raw.isOrganization || !isOld) return raw
  const { json, problems, origin } = hsdsOfOruk1(raw.json, raw.path)
  const own = json['organization']
  return {
    ...raw,
    json,
    organization: isObject(own) ? { json: own, path: `${raw.path}.organization` } : raw.organization,
    problems: [...(raw.problems ?? []), ...problems],
    origin,
  }
}

/** Whether a record is written as the Open Referral UK profile 1.0 has it. */
function isOruk1(json: unknown): boolean {
  if (!isObject(json)) return false
  if (marks.some((key) => Object.hasOwn(json, key))) return true
  const links = json['service_at_locations']
  return Array.isArray(links) && links.some((link) => isObject(link) && placeIsOld(link['location']))
}

/**
 * A service of Open Referral UK 1.0 as HSDS 3.1 has it, what was wrong with it at its place in the file, and the way back from
 * a place of the one to a place of the other. What has no home in HSDS stays as it stood.
 */
function hsdsOfOruk1(
  json: Json,
  at: string,
): {
  readonly json: Json
  readonly problems: Turning['problems']
  readonly origin: (at: string) => string
} {
  const turning: Turning = { problems: [], moves: [] }
  const of = { json, at }
  const times = schedulesOf(of, turning)
  const terms = termsOf(of, turning)
  const coming = comingOf(of, turning)
  const costs = costsOf(of, turning)
  const service = {
    ...without(json, readKeys),
    ...organizationOf(of, turning),
    ...terms.json,
    ...assuranceOf(of, turning),
    ...coming.json,
    ...reachOf(of, turning),
    ...said({ schedules: times.length > 0 ? times : json['schedules'] }),
    ...placesOf(of, turning),
    ...said({ cost_options: costs }),
    attributes: [...terms.attributes, ...coming.attributes],
  }
  return { json: service, problems: turning.problems, origin: originIn(turning.moves) }
}

function placeIsOld(place: unknown): boolean {
  return (
    isObject(place) &&
    ['physical_addresses', 'postal_addresses', 'accessibility_for_disabilities'].some((key) =>
      Object.hasOwn(place, key),
    )
  )
}

/** Some feeds give the organisation by its id alone, or in a list of one. Its web address is its `url` here. */
function organizationOf(of: Part, turning: Turning): Json {
  const given = of.json['organization']
  if (typeof given === 'string' || typeof given === 'number') {
    if (isEmpty(given)) return { organization: undefined }
    turning.moves.push([`${of.at}.organization_id`, `${of.at}.organization`])
    return { organization: undefined, organization_id: given }
  }
  const first = Array.isArray(given) ? given.findIndex(isObject) : -1
  const json: unknown = Array.isArray(given) ? given[first] : given
  const at = Array.isArray(given) ? `${of.at}.organization[${Math.max(0, first)}]` : `${of.at}.organization`
  if (Array.isArray(given)) {
    const message = 'This should be an object; the first of its list was taken.'
    if (given.length > 0) problem(turning, 'wrong-type', `${of.at}.organization`, message)
    turning.moves.push([`${of.at}.organization`, at])
  }
  if (!isObject(json) || !isEmpty(json['website'])) return { organization: json }
  turning.moves.push([`${of.at}.organization.website`, `${at}.url`])
  return { organization: said({ ...without(json, ['url']), website: json['url'] }) }
}

/** The profile knows no currency: it is the pound. */
function costsOf(of: Part, turning: Turning): readonly Json[] {
  const costs = partsOf(of, ['cost_options', 'cost_option'], 'option', turning)
  for (const [i, { at }] of costs.entries()) turning.moves.push([`${of.at}.cost_options[${i}]`, at])
  return costs.map(({ json }) => ({ currency: 'GBP', ...json }))
}

/** When it was last looked at and by whom: under its own name, or in the metadata that some publishers add. */
function assuranceOf(of: Part, turning: Turning): Json {
  const meta = isObject(of.json['pc_metadata']) ? of.json['pc_metadata'] : {}
  const from = (own: string, theirs: string): Json => {
    if (!isEmpty(of.json[own]) || isEmpty(meta[theirs])) return {}
    turning.moves.push([`${of.at}.${own}`, `${of.at}.pc_metadata.${theirs}`])
    return { [own]: meta[theirs] }
  }
  const text = wordOf(of.json['assured_date'])
  const day = dayIn(text) === null ? dayIn(text, true) : null
  if (day !== null) {
    const message = 'The date was written in another way; it was read with the day first.'
    problem(turning, 'date-rewritten', `${of.at}.assured_date`, message)
  }
  return {
    ...(day === null ? {} : { assured_date: day }),
    ...from('assured_date', 'date_assured'),
    ...from('assurer_email', 'assured_by'),
    ...from('last_modified', 'date_modified'),
  }
}

function placesOf(of: Part, turning: Turning): Json {
  const links = partsOf(of, ['service_at_locations', 'service_at_location'], 'id', turning)
  const places = partsOf(of, ['locations', 'location'], 'name', turning)
  const key = keyIn(of.json, ['locations', 'location'])
  return said({
    service_at_locations: links.map((each, i) =>
      linkOf(each, `${of.at}.service_at_locations[${i}]`, turning),
    ),
    locations:
      key === null ? undefined : places.map((each, i) => placeOf(each, `${of.at}.locations[${i}]`, turning)),
  })
}
