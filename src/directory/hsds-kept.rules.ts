import { attributesOf, type Attribute } from './hsds-attribute.rules.ts'
import { isObject, note, readSpots, type Spot } from './hsds-field.rules.ts'
import { partKey, type Kept, type KeptJson, type KeptObject, type KeptPart } from './kept.ts'
import { plainText } from './plain-text.rules.ts'
import { sameTerm } from './term.ts'

/** What a service says beyond our columns, as plain text. */
export function keptOfService(spot: Spot, attributes: readonly Attribute[]): Kept | null {
  return whole(spot, {
    // Why: a file that partners keep among themselves may hold anything under names of its own.
    rest: restOf(
      spot,
      serviceKeys,
      attributes.some((each) => each.taxonomy.toLowerCase() === 'anydoor-partner'),
    ),
    parts: partsOf(spot, [
      'phones',
      'languages',
      'service_areas',
      'required_documents',
      'schedules',
      'capacities',
    ]),
    attributes: foreign(attributes),
  })
}

/** The same of an organisation. Its own list of places is not kept: an address lies where it can be hidden, or nowhere. */
export function keptOfOrganization(spot: Spot): Kept | null {
  return whole(spot, {
    rest: restOf(spot, organizationKeys, false),
    parts: partsOf(spot, ['phones']),
    attributes: foreign(attributesOf(quiet(spot))),
  })
}

/** The same of a place. */
export function keptOfPlace(spot: Spot): Kept | null {
  return whole(spot, {
    rest: restOf(spot, placeKeys, false),
    parts: {},
    attributes: foreign(attributesOf(quiet(spot))),
  })
}

const longest = 60_000
const listed = 100
const deepest = 6

const always = [
  'id',
  'metadata',
  'contacts',
  'attributes',
  'name',
  'alternate_name',
  'description',
  'email',
  'phones',
]
const serviceKeys: ReadonlySet<string> = new Set([
  ...always,
  'url',
  'status',
  'application_process',
  'eligibility_description',
  'fees',
  'fees_description',
  'minimum_age',
  'maximum_age',
  'assured_date',
  'assurer_email',
  'alert',
  'last_modified',
  'organization',
  'organization_id',
  'schedules',
  'languages',
  'service_areas',
  'required_documents',
  'capacities',
  'service_at_locations',
  'locations',
  'accessibility',
])
const organizationKeys: ReadonlySet<string> = new Set([...always, 'website', 'services', 'locations'])
const placeKeys: ReadonlySet<string> = new Set([
  ...always.filter((key) => key !== 'alternate_name'),
  'location_type',
  'transportation',
  'latitude',
  'longitude',
  'addresses',
  'schedules',
  'accessibility',
  'organization_id',
])

/** Fields of HSDS that we have no column for; any other name is a feed's own. */
const ofTheStandard: ReadonlySet<string> = new Set([
  'program_id',
  'program',
  'additional_urls',
  'interpretation_services',
  'wait_time',
  'fees',
  'accreditations',
  'licenses',
  'funding',
  'cost_options',
  'additional_websites',
  'tax_status',
  'tax_id',
  'year_incorporated',
  'legal_status',
  'logo',
  'uri',
  'parent_organization_id',
  'programs',
  'organization_identifiers',
  'url',
  'alternate_name',
  'external_identifier',
  'external_identifier_type',
  'languages',
])

// A name that speaks of people, of what stays inside, or of where something is: what lies under it is not kept.
const notOurs =
  /metadata|contact|person|staff|worker|intern|privat|confiden|secret|partner|note_?to|password|token|address|post_?code|zip|latitud|longitud|coordinat|geo|location|place|venue|what3words|street/i

/** Fields of the items of each list that we have columns for, or that our own writer adds. */
const ours: Readonly<Record<string, readonly string[]>> = {
  phones: ['number', 'extension', 'description'],
  languages: ['code', 'name'],
  service_areas: ['name'],
  required_documents: ['document'],
  schedules: ['byday', 'opens_at', 'closes_at', 'description', 'freq', 'interval', 'attending_type'],
  capacities: ['available', 'description', 'updated'],
}

function restOf(spot: Spot, known: ReadonlySet<string>, amongPartners: boolean): KeptObject {
  const given = Object.entries(spot.json).filter(([key, value]) => {
    if (known.has(key)) return key === 'fees' && 'fees_description' in spot.json
    if (key === 'cost_options') return !onlyFree(value)
    return ofTheStandard.has(key) || (!amongPartners && mayKeep(key))
  })
  return kept(Object.fromEntries(given), spot.clean, 0)
}

function partsOf(spot: Spot, names: readonly string[]): Readonly<Record<string, readonly KeptPart[]>> {
  const found = names.flatMap((name) => {
    const items = readSpots(quiet(spot), name).slice(0, listed)
    const parts = items.flatMap(({ json }) => partOf(name, json, spot.clean) ?? [])
    return parts.length === 0 ? [] : [[name, parts] as const]
  })
  return Object.fromEntries(found)
}

function partOf(name: string, json: Spot['json'], clean: Spot['clean']): KeptPart | null {
  const other = Object.entries(json).filter(([key, value]) => {
    if (key === 'id' || key === 'attributes' || key.endsWith('_id') || ours[name]?.includes(key)) return false
    // Our own writer counts places where nobody has said what is counted.
    return mayKeep(key) && !(key === 'unit' && isObject(value) && value['name'] === 'places')
  })
  const rest = kept(Object.fromEntries(other), clean, 1)
  return Object.keys(rest).length === 0 ? null : { of: partKey(name, json), rest }
}

/** Attributes of vocabularies that are not ours, and that no term of ours stands for. */
function foreign(attributes: readonly Attribute[]): readonly KeptObject[] {
  return attributes
    .filter(({ taxonomy, code }) => {
      if (/^(anydoor-|location-privacy$|sector$)/i.test(taxonomy)) return false
      return !(
        /open[ -]?eligibility/i.test(taxonomy) && sameTerm(`open-eligibility:${code.toLowerCase()}`) !== null
      )
    })
    .slice(0, listed)
    .map(({ spot }) => kept(spot.json, spot.clean, 1))
    .filter((each) => 'taxonomy_term' in each || 'value' in each || 'label' in each)
}

function whole(spot: Spot, { rest = {}, parts = {}, attributes = [] }: Kept): Kept | null {
  const made = {
    ...(Object.keys(rest).length > 0 ? { rest } : {}),
    ...(Object.keys(parts).length > 0 ? { parts } : {}),
    ...(attributes.length > 0 ? { attributes } : {}),
  }
  if (Object.keys(made).length === 0) return null
  if (JSON.stringify(made).length <= longest) return made
  note(
    spot,
    'too-much-beside',
    '',
    'What this record says beyond our own fields is too long; it was left out.',
  )
  return null
}

function kept(json: Readonly<Record<string, unknown>>, clean: Spot['clean'], depth: number): KeptObject {
  const pairs = Object.entries(json).flatMap(([key, value]) => {
    if (depth > 0 && !/^(location_id|organization_id|term_uri)$/.test(key) && !mayKeep(key)) return []
    const one = keptValue(value, clean, depth)
    return one === null ? [] : [[key, one] as const]
  })
  return Object.fromEntries(pairs.slice(0, listed))
}

function keptValue(value: unknown, clean: Spot['clean'], depth: number): KeptJson | null {
  if (typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value === 'string') return keptText(value, clean)
  if (depth >= deepest) return null
  if (Array.isArray(value)) {
    const items = value.slice(0, listed).flatMap((each: unknown) => keptValue(each, clean, depth + 1) ?? [])
    return items.length === 0 ? null : items
  }
  if (!isObject(value)) return null
  const object = kept(value, clean, depth + 1)
  return Object.keys(object).length === 0 ? null : object
}

function keptText(value: string, clean: Spot['clean']): string | null {
  if (/^\s*(data|javascript|vbscript|blob|file):/i.test(value)) return null
  // Why: what looks like an entity in a web address is none.
  const address = /^https?:\/\/[^\s<>"']+$/i.test(value) && URL.canParse(value)
  const text = clean(address ? value : plainText(value, 4_000).text)
  return text === '' ? null : text
}

/** What our own writer says of a service that costs nothing. */
function onlyFree(given: unknown): boolean {
  return (
    Array.isArray(given) &&
    given.every(
      (each) =>
        isObject(each) &&
        Object.keys(each).every((key) => key === 'id' || (key === 'amount' && each[key] === 0)),
    )
  )
}

function quiet(spot: Spot): Spot {
  return { ...spot, problems: [] }
}

function mayKeep(key: string): boolean {
  return /^[a-z@$][\w@$:.-]{0,79}$/i.test(key) && key !== '__proto__' && !notOurs.test(key)
}
