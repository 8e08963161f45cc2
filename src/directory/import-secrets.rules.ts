import {
  addressCleaner,
  addressKeysOf,
  locationIdsOf,
  placeSigns,
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
  const look = (raw: RawRecord) => {
    if (!isObject(raw.json)) return
    const json = wholeOf(raw)
    const signs = placeSigns(json)
    if (!isHidden(signs, idOf(json), known)) return
    hidden.set(raw.path, signs)
    for (const id of locationIdsOf(json)) if (id !== '') locationIds.add(id)
    for (const key of addressKeysOf(json)) if (key.length > 3) addressKeys.add(key)
    const owner = raw.organization === null ? '' : idOf(raw.organization.json)
    const own = ofOrganization.get(owner) ?? new Set<string>()
    for (const secret of secretsOf(json, true)) own.add(secret)
    ofOrganization.set(owner, own)
    for (const line of secretsOf(json, false)) if (/\d/.test(line) && line.length >= 6) lines.add(line)
  }
  const found = () => ({
    hidden,
    locationIds,
    addressKeys,
    clean: addressCleaner([...lines], false),
    ofOrganization: new Map([...ofOrganization].map(([id, own]) => [id, [...own]])),
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

function isHidden(signs: PlaceSigns, id: string, known: KnownListings): boolean {
  if (signs.marked || known.confidentialServices.has(id)) return true
  return signs.looksSo && !known.reviewed.has(id)
}
