import { isObject } from './hsds-field.rules.ts'
import { plainText } from './plain-text.rules.ts'

type Json = Readonly<Record<string, unknown>>

/** What a file itself says of a service's place. */
export interface PlaceSigns {
  /** Marked as confidential: `location_type` redacted, or the term location-privacy:address-confidential. */
  readonly marked: boolean
  /** Its name or its terms say that people stay there to be safe. */
  readonly looksSo: boolean
  readonly hasAddress: boolean
}

/** What stands where an address stood. */
export const leftOut = '[address left out]'

const refuge =
  /\b(refuges?|safe[ -]?(house|home|haven)s?|(wom[ae]n'?s?|domestic|violence|abuse|family|emergency|crisis|survivors?'?|dv|battered)\b[^.]{0,40}\bshelters?|shelters?\b[^.]{0,40}\b(wom[ae]n|domestic|violence|abuse|survivors?|families|battered))\b/i
const shelterName = /\b(shelters?|sanctuary)\b/i
const otherRefuge = /\b(wildlife|bird|animal|cat|dog|pet|donkey|horse|bus|bike|cycle|tax|rain)s?\b/i

const people = /\b(wom[ae]n|domestic|abuse|violence|survivor|famil|child|mother)/i

/** Reads the signs of one service record, before anything of it is kept. */
export function placeSigns(service: Json): PlaceSigns {
  const places = placesOf(service)
  const bearers = [service, ...places]
  const marked =
    places.some((place) => textOf(place['location_type']).toLowerCase() === 'redacted') ||
    bearers.some((bearer) => listOf(bearer['attributes']).some(isMarker))
  return {
    marked,
    looksSo: looksLikeRefuge(service),
    hasAddress: [...places, ...officesOf(service)].some(hasAddress),
  }
}

/**
 * The texts that lead to the places of a confidential record: its addresses, street names, codes, coordinates.
 * `offices` takes those of its organisation too.
 */
export function secretsOf(service: Json, offices: boolean): readonly string[] {
  const organization = isObject(service['organization']) ? service['organization'] : {}
  const own = [textOf(service['name']), textOf(organization['name'])].map(squeezed)
  const places = offices ? [...placesOf(service), ...officesOf(service)] : placesOf(service)
  const found = places.flatMap((place) => [
    ...[textOf(place['name']), textOf(place['alternate_name'])].filter(
      (name) => !own.includes(squeezed(name)) && !/^(address )?(kept )?confidential$/i.test(name),
    ),
    textOf(place['external_identifier']),
    ...coordinatesOf(place),
    ...addressesOf(place).flatMap((address) => {
      const lines = [textOf(address['address_1']), textOf(address['address_2'])].flatMap((line) => [
        line,
        ...line.split(/[,;\n]/),
      ])
      return [...lines, ...lines.map(withoutNumber), textOf(address['postal_code'])]
    }),
  ])
  return [...new Set(found.map(squeezed))].filter((each) => each.length >= 4)
}

/** The record with those of its places alone that are private already, by their id or by their address; null: it has none. */
export function privatePartOf(
  service: Json,
  known: { readonly locationIds: ReadonlySet<string>; readonly addressKeys: ReadonlySet<string> },
): Json | null {
  const { locationIds, addressKeys } = known
  if (locationIds.size === 0 && addressKeys.size === 0) return null
  const locations = placesOf(service).filter(
    (place) =>
      locationIds.has(textOf(place['id']).toLowerCase()) ||
      (addressKeys.size > 0 && addressesOf(place).some((address) => addressKeys.has(addressKey(address)))),
  )
  const { name, organization } = service
  return locations.length === 0 ? null : { name, organization, locations }
}

/** The addresses themselves, to find the same place under another service: first line and code, squeezed. */
export function addressKeysOf(service: Json): readonly string[] {
  return placesOf(service).flatMap((place) => addressesOf(place).map(addressKey))
}

/** First line and postal code of an HSDS address, without spaces and case. */
export function addressKey(address: Json): string {
  return `${textOf(address['address_1'])}|${textOf(address['postal_code'])}`
    .toLowerCase()
    .replace(/[^a-z0-9|]/g, '')
}

/** The ids of a service's places, in lower case. */
export function locationIdsOf(service: Json): readonly string[] {
  return placesOf(service).map((place) => textOf(place['id']).toLowerCase())
}

/** A rewriter that takes secrets, and whatever has the shape of an address, out of every text. */
export function addressCleaner(secrets: readonly string[], shapes: boolean): (text: string) => string {
  const patterns = [...secrets].sort((a, b) => b.length - a.length).map(patternOf)
  const known = patterns.length === 0 ? null : new RegExp(patterns.join('|'), 'gi')
  return (text) => {
    const without = known === null ? text : text.replace(known, leftOut)
    return shapes ? addressShapes.reduce((rest, shape) => rest.replace(shape, leftOut), without) : without
  }
}

const street =
  '(street|st|road|rd|lane|ln|avenue|ave|drive|dr|close|court|ct|crescent|terrace|way|place|pl|square|sq|gardens|grove|hill|row|mews|boulevard|blvd|highway|hwy|parkway|walk|park|green|view|rise|yard)'
const addressShapes: readonly RegExp[] = [
  new RegExp(`\\b\\d{1,5}[a-z]?(\\s*[-–]\\s*\\d{1,5})?,?\\s+([a-z'’]+\\s+){1,4}?${street}\\b\\.?`, 'gi'),
  /\b[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b/gi,
  /\b-?\d{1,2}\.\d{3,}\s*,\s*-?\d{1,3}\.\d{3,}\b/g,
  /\/{3}[a-z]+\.[a-z]+\.[a-z]+/gi,
  /https?:\/\/\S*(maps|what3words|w3w|openstreetmap)\S*/gi,
]

function looksLikeRefuge(service: Json): boolean {
  const organization = isObject(service['organization']) ? service['organization'] : {}
  const program = isObject(service['program']) ? service['program'] : {}
  const names = [service['name'], service['alternate_name'], program['name'], organization['name']].map(
    textOf,
  )
  const terms = [service, ...placesOf(service)].flatMap((bearer) =>
    listOf(bearer['attributes']).flatMap((each) => {
      const term = isObject(each['taxonomy_term']) ? each['taxonomy_term'] : {}
      // Why not our own taxonomies: a threshold that says "in a refuge" is about the person, not about the place.
      if (textOf(term['taxonomy']).startsWith('anydoor-')) return []
      return [term['name'], term['code'], each['label'], each['value']].map(textOf)
    }),
  )
  const placeNames = placesOf(service).flatMap((place) =>
    [place['name'], place['alternate_name']].map(textOf),
  )
  const said = [...names, ...terms, ...placeNames]
  return said.map(spaced).some((each) => {
    if (!refuge.test(each) && !shelterName.test(each)) return false
    return people.test(each) || !otherRefuge.test(each)
  })
}

function isMarker(attribute: Json): boolean {
  const term = isObject(attribute['taxonomy_term']) ? attribute['taxonomy_term'] : {}
  const detail = isObject(term['taxonomy_detail']) ? term['taxonomy_detail'] : {}
  const taxonomy = `${textOf(term['taxonomy'])} ${textOf(detail['name'])}`
  const said = [attribute['value'], attribute['label'], term['code'], term['name']].map(textOf).join(' ')
  return (
    /location-privacy:address-confidential/i.test(said) ||
    (/location-privacy/i.test(taxonomy) && /address-confidential|confidential/i.test(said))
  )
}

function placesOf(service: Json): readonly Json[] {
  const linked = listOf(service['service_at_locations']).flatMap((each) =>
    isObject(each['location']) ? [each['location']] : [],
  )
  return [
    ...linked,
    ...listOf(service['locations']),
    ...(isObject(service['location']) ? [service['location']] : []),
  ]
}

function officesOf(service: Json): readonly Json[] {
  return isObject(service['organization']) ? listOf(service['organization']['locations']) : []
}

function hasAddress(place: Json): boolean {
  return (
    coordinatesOf(place).length > 0 ||
    addressesOf(place).some((each) => textOf(each['address_1']) !== '' || textOf(each['postal_code']) !== '')
  )
}

function addressesOf(place: Json): readonly Json[] {
  const physical = isObject(place['address']) ? [place['address']] : []
  return [...listOf(place['addresses']), ...listOf(place['physical_addresses']), ...physical]
}

function coordinatesOf(place: Json): readonly string[] {
  return [textOf(place['latitude']), textOf(place['longitude'])].filter((each) => each !== '')
}

function listOf(json: unknown): readonly Json[] {
  return Array.isArray(json) ? json.filter(isObject) : []
}

function textOf(json: unknown): string {
  if (typeof json === 'number') return String(json)
  return typeof json === 'string' ? plainText(json).text : ''
}

function squeezed(text: string): string {
  return text.toLowerCase().replace(/\s+/g, ' ').trim()
}

function spaced(text: string): string {
  return text.replace(/[-_:/]+/g, ' ')
}

/** The street or house by its name alone; a single word is too common to hunt for. */
function withoutNumber(line: string): string {
  const name = line
    .trim()
    .replace(/^((flat|unit|apartment|apt|suite|floor|room|no|number)\b\.?\s*)?#?\d+[a-z]?[\s,-]+(?=\S)/i, '')
  return name.split(/\s+/).length >= 2 && name !== line.trim() ? name : ''
}

function patternOf(secret: string): string {
  return secret
    .split(/[\s,]+/)
    .filter((word) => word !== '')
    .map((word) => word.replace(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`))
    .join(String.raw`[\s,]*`)
}
