import type { LocationRecord } from './listing.ts'
import { blankPlace } from './blank-place.ts'
import { addressKey } from './confidential.rules.ts'
import { attributesOf, inTaxonomy } from './hsds-attribute.rules.ts'
import { note, readId, readNumber, readSpot, readSpots, readText, type Spot } from './hsds-field.rules.ts'
import { keptOfPlace } from './hsds-kept.rules.ts'
import { plainText } from './plain-text.rules.ts'

/** Which places of a file are secret, found before any record is read. Ids and keys in lower case. */
export interface SecretPlaces {
  readonly locationIds: ReadonlySet<string>
  readonly addressKeys: ReadonlySet<string>
}

/** The places of a service. A confidential one keeps its id and region, and nothing else. */
export function readPlaces(
  service: Spot,
  confidential: boolean,
  secret: SecretPlaces,
): readonly LocationRecord[] {
  const spots = readSpots(service, 'service_at_locations').flatMap((each) => readSpot(each, 'location') ?? [])
  const direct = readSpots(service, 'locations')
  const owner = readId({ ...service, problems: [] }, 'id') ?? ''
  const places = [...spots, ...direct].map((each, i) =>
    readPlace(each, `of:${owner}:${i + 1}`, { confidential, secret }),
  )
  const seen = new Set<string>()
  return places.flatMap((place) => {
    const key = place.sourceId.toLowerCase()
    if (seen.has(key)) return []
    seen.add(key)
    return [place]
  })
}

function readPlace(
  spot: Spot,
  standIn: string,
  { confidential, secret }: { readonly confidential: boolean; readonly secret: SecretPlaces },
): LocationRecord {
  const sourceId = readId(spot, 'id') ?? standIn
  const addresses = readSpots(spot, 'addresses')
  const address = addresses.find((each) => each.json['address_type'] !== 'postal') ?? addresses[0] ?? null
  const region = readRegion(spot, address)
  const known = secret.locationIds.has(sourceId.toLowerCase())
  const same = address !== null && secret.addressKeys.has(addressKey(address.json))
  if (confidential || known || same) {
    if (!confidential && address !== null) {
      note(
        spot,
        'confidential-address',
        '',
        'This place is confidential in this directory; its address was left out.',
      )
    }
    return { ...blankPlace, sourceId, confidential: true, kind: 'virtual', region }
  }
  return {
    sourceId,
    confidential: false,
    kind: readKind(spot),
    region,
    name: readText(spot, 'name', 300),
    description: readText(spot, 'description'),
    transportation: readText(spot, 'transportation', 1_000),
    ...readAddress(address),
    ...readCoordinates(spot),
    kept: keptOfPlace(spot),
  }
}

/** In the address; of a place without one, in an attribute of its own. */
function readRegion(spot: Spot, address: Spot | null): string | null {
  const said = inTaxonomy(attributesOf(spot), 'anydoor-region')[0]
  if (said !== undefined) return said.spot.clean(plainText(said.value, 200).text) || null
  if (address === null) return null
  return readText(address, 'state_province', 200) ?? readText(address, 'region', 200)
}

function readAddress(
  address: Spot | null,
): Pick<LocationRecord, 'address1' | 'address2' | 'city' | 'postalCode' | 'country'> {
  if (address === null) return { address1: null, address2: null, city: null, postalCode: null, country: null }
  return {
    address1: readText(address, 'address_1', 300),
    address2: readText(address, 'address_2', 300),
    city: readText(address, 'city', 200),
    postalCode: readText(address, 'postal_code', 40),
    country: readText(address, 'country', 80),
  }
}

function readCoordinates(spot: Spot): Pick<LocationRecord, 'latitude' | 'longitude'> {
  const latitude = readNumber(spot, 'latitude')
  const longitude = readNumber(spot, 'longitude')
  if (latitude === null || longitude === null) return { latitude: null, longitude: null }
  const isSomewhere = latitude !== 0 || longitude !== 0
  if (isSomewhere && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180) return { latitude, longitude }
  note(spot, 'coordinates-unusable', 'latitude', 'This is not a point on earth; it was left out.')
  return { latitude: null, longitude: null }
}

function readKind(spot: Spot): LocationRecord['kind'] {
  const text = (readText(spot, 'location_type', 60) ?? 'physical').toLowerCase()
  if (text === 'physical' || text === 'postal' || text === 'virtual') return text
  note(
    spot,
    'value-unknown',
    'location_type',
    'This is not one of physical, postal, virtual; physical was taken.',
  )
  return 'physical'
}
