import {
  addressCleaner,
  addressKeysOf,
  locationIdsOf,
  placeSigns,
  privatePartOf,
  secretsOf,
  type PlaceSigns,
} from './confidential.rules.ts'
import { isObject } from './hsds-field.rules.ts'
import type { SecretPlaces } from './hsds-place.rules.ts'
import type { KnownListings, RawRecord } from './import.ts'

/** What a file keeps secret, found before any record is read. */
export interface Secrets extends SecretPlaces {
  /** The signs of the records that are hidden, by their path. */
  readonly hidden: ReadonlyMap<string, PlaceSigns>
  /** Full address lines and codes of confidential places, to be taken out of every record. */
  readonly clean: (text: string) => string
  /** By organisation: everything that leads to a confidential place of its own. */
  readonly ofOrganization: ReadonlyMap<string, readonly string[]>
  /** By organisation: a rewriter for the words of its other services, which may speak of the house by its name. */
  readonly nearby: ReadonlyMap<string, (text: string) => string>
}

/** Looks at every record of a file in turn, and then says what must not be kept. */
export function secretFinder(known: KnownListings): {
  readonly look: (raw: RawRecord) => void
  readonly found: () => Secrets
} {
  const hidden = new Map<string, PlaceSigns>()
  const lines = new Set<string>()
  const locationIds = new Set(known.confidentialLocations)
  const addressKeys = new Set<string>()
  const ofOrganization = new Map<string, Set<string>>()
  const housesOf = new Map<string, Set<string>>()
  /** Takes in what leads to the places of a record; `offices` takes those of its organisation too. */
  const take = (owner: string, json: Readonly<Record<string, unknown>>, offices: boolean) => {
    for (const id of locationIdsOf(json)) if (id !== '') locationIds.add(id)
    for (const key of addressKeysOf(json)) if (key.length > 3) addressKeys.add(key)
    const houses = secretsOf(json, false)
    addTo(ofOrganization, owner, offices ? secretsOf(json, true) : houses)
    // Why not a single word: a house may be called like its town.
    addTo(
      housesOf,
      owner,
      houses.filter((each) => /[\s\d]/.test(each)),
    )
    for (const line of houses) if (/\d/.test(line) && line.length >= 6) lines.add(line)
  }
  const look = (raw: RawRecord) => {
    if (!isObject(raw.json)) return
    const json = wholeOf(raw)
    const owner = ownerOf(raw)
    const signs = placeSigns(json)
    if (isHidden(signs, idOf(json), known)) {
      hidden.set(raw.path, signs)
      take(owner, json, true)
      return
    }
    // A place that a person keeps private here: its file goes on giving the address, and the words of its record may too.
    const kept = privatePartOf(json, { locationIds: known.confidentialLocations, addressKeys: new Set() })
    if (kept !== null) take(owner, kept, false)
  }
  const found = () => ({
    hidden,
    locationIds,
    addressKeys,
    clean: addressCleaner([...lines], false),
    ofOrganization: new Map([...ofOrganization].map(([id, own]) => [id, [...own]])),
    nearby: new Map([...housesOf].map(([id, own]) => [id, addressCleaner([...own], false)])),
  })
  return { look, found }
}

/** The record with the organisation it stands under. */
export function wholeOf(raw: RawRecord): Readonly<Record<string, unknown>> {
  const json = isObject(raw.json) ? raw.json : {}
  if (raw.isOrganization) return { organization: json }
  return isObject(json['organization']) || raw.organization === null
    ? json
    : { ...json, organization: raw.organization.json }
}

/** The id of a JSON object in lower case; empty where there is none. */
export function idOf(json: Readonly<Record<string, unknown>>): string {
  const id = json['id']
  return typeof id === 'string' || typeof id === 'number' ? String(id).toLowerCase() : ''
}

/** The id of the organisation that a record stands under or names, in lower case; empty where there is none. */
export function ownerOf({ json, organization }: RawRecord): string {
  if (organization !== null) return idOf(organization.json)
  return isObject(json) ? idOf({ id: json['organization_id'] }) : ''
}

function addTo(map: Map<string, Set<string>>, key: string, more: readonly string[]): void {
  const own = map.get(key) ?? new Set<string>()
  for (const each of more) own.add(each)
  map.set(key, own)
}

function isHidden(signs: PlaceSigns, id: string, known: KnownListings): boolean {
  if (signs.marked || known.confidentialServices.has(id)) return true
  return signs.looksSo && !known.reviewed.has(id)
}
