import type { RawRecord } from '#directory'
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
import { contactKeys, reachOf } from './oruk1-contact.rules.ts'
import { linkOf, placeOf } from './oruk1-place.rules.ts'
import { type Shares, termsKeys, termsOf, textsOf } from './oruk1-terms.rules.ts'
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

const readKeys = [...termsKeys, ...timeKeys, ...contactKeys, 'service_at_location', 'locations', 'location']

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
  if (marks.some((key) => Object.hasOwn(json, key)) || Object.keys(json).some((key) => key.startsWith('pc_')))
    return true
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
  const service = {
    ...without(json, readKeys),
    ...organizationOf(of, turning),
    ...terms.json,
    ...assuranceOf(of, turning),
    ...coming.json,
    ...reachOf(of, turning),
    ...said({ schedules: times.length > 0 ? times : json['schedules'] }),
    ...placesOf(of, turning),
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

/** Some feeds give the organisation by its id alone, or in a list of one. */
function organizationOf(of: Part, turning: Turning): Json {
  const given = of.json['organization']
  if (typeof given === 'string' || typeof given === 'number') {
    if (isEmpty(given)) return { organization: undefined }
    turning.moves.push([`${of.at}.organization_id`, `${of.at}.organization`])
    return { organization: undefined, organization_id: given }
  }
  if (!Array.isArray(given)) return {}
  const first = given.findIndex(isObject)
  problem(
    turning,
    'wrong-type',
    `${of.at}.organization`,
    'This should be an object; the first of its list was taken.',
  )
  turning.moves.push([`${of.at}.organization`, `${of.at}.organization[${Math.max(0, first)}]`])
  return { organization: given[first] as unknown }
}

/** When it was last looked at and by whom: under its own name, or in the metadata that some publishers add. */
function assuranceOf(of: Part, turning: Turning): Json {
  const meta = isObject(of.json['pc_metadata']) ? of.json['pc_metadata'] : {}
  const from = (own: string, theirs: string): Json => {
    if (!isEmpty(of.json[own]) || isEmpty(meta[theirs])) return {}
    turning.moves.push([`${of.at}.${own}`, `${of.at}.pc_metadata.${theirs}`])
    return { [own]: meta[theirs] }
  }
  return {
    ...from('assured_date', 'date_assured'),
    ...from('assurer_email', 'assured_by'),
    ...from('last_modified', 'date_modified'),
  }
}

const attending: Readonly<Record<string, string>> = {
  phone: 'By telephone',
  online: 'Online',
  venue: 'At a venue',
  'home visit': 'At home',
}
const access: Readonly<Record<string, string>> = {
  referral: 'By referral',
  appointment: 'By appointment',
  membership: 'For members',
  'drop-in': 'Without an appointment',
  'drop in': 'Without an appointment',
}

/** How one comes: in words, and as wishes and routes where the value says it. */
function comingOf(of: Part, turning: Turning): Shares {
  const ways = known(of, 'attending_type', attending, turning)
  const doors = known(of, 'attending_access', access, turning)
  const more = wordOf(of.json['pc_attendingAccess_additionalInfo'])
  const own = of.json['application_process']
  const lines = [
    wordOf(own),
    [...doors.words, ...ways.words].map((each) => `${each}.`).join(' '),
    more,
  ].filter((line) => line !== '')
  if (more !== '' && isEmpty(own))
    turning.moves.push([`${of.at}.application_process`, `${of.at}.pc_attendingAccess_additionalInfo`])
  const remote = ways.codes.includes('phone') || ways.codes.includes('online')
  const attributes = [
    ...(remote ? [attribute('anydoor-wish', 'remote', 'yes')] : []),
    ...(doors.codes.some((code) => code.startsWith('drop'))
      ? [attribute('anydoor-self-referral', '', 'yes')]
      : []),
  ]
  return { json: said({ application_process: lines.join('\n') }), attributes }
}

function known(
  of: Part,
  key: string,
  values: Readonly<Record<string, string>>,
  turning: Turning,
): { readonly codes: readonly string[]; readonly words: readonly string[] } {
  const given = textsOf(of.json[key])
  const found = given.map((each) =>
    each
      .toLowerCase()
      .replace(/[_\s]+/g, ' ')
      .trim(),
  )
  if (found.some((each) => !Object.hasOwn(values, each)))
    problem(
      turning,
      'value-unknown',
      `${of.at}.${key}`,
      `This is not one of ${Object.keys(values).join(', ')}; it was kept in words.`,
    )
  return {
    codes: found,
    words: found.map((each, i) => (Object.hasOwn(values, each) ? values[each] : given[i]) ?? ''),
  }
}

function attribute(taxonomy: string, code: string, value: string): Json {
  return said({ value, taxonomy_term: said({ code, name: code || taxonomy, taxonomy }) })
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
