import {
  addressCleaner,
  addressKeysOf,
  locationIdsOf,
  placeSigns,
  secretsOf,
  type PlaceSigns,
} from './confidential.rules.ts'
import { isObject, note, readText, type Spot } from './hsds-field.rules.ts'
import { recordsOf, type RawRecord } from './hsds-file.rules.ts'
import { readOrganization } from './hsds-organization.rules.ts'
import type { SecretPlaces } from './hsds-place.rules.ts'
import { readService } from './hsds-service.rules.ts'
import type { KnownListings, Outcome, Problem, ReadFile, ReadRecord } from './import.ts'
import type { OrganizationRecord } from './listing.ts'

/** Rules that hold a record for a person. */
const holding = new Set(['confidential-address', 'looks-confidential', 'threshold-unreadable'])

/** Reads a whole file. Nothing is refused for one bad record; no address of a confidential place survives. */
export function readDirectoryFile(text: string, known: KnownListings): ReadFile {
  const file = recordsOf(text)
  if (!file.ok) return file
  const secrets = findSecrets(file.records, known)
  const organizations = organizationsOf(file.records)
  const seen = new Set<string>()
  const records = file.records.map((raw) => readRecord(raw, { known, secrets, organizations, seen }))
  return { ok: true, records, secretKeys: [...secrets.addressKeys] }
}

interface Secrets extends SecretPlaces {
  readonly signs: ReadonlyMap<string, PlaceSigns>
  /** Full address lines and codes of confidential places, to be taken out of every record. */
  readonly clean: (text: string) => string
  /** By organisation: everything that leads to a confidential place of its own. */
  readonly ofOrganization: ReadonlyMap<string, readonly string[]>
}

interface Around {
  readonly known: KnownListings
  readonly secrets: Secrets
  readonly organizations: ReadonlyMap<string, OrganizationRecord>
  readonly seen: Set<string>
}

function readRecord(raw: RawRecord, around: Around): ReadRecord {
  const problems: Problem[] = []
  if (!isObject(raw.json))
    return rejected(raw, '', problems, 'not-a-record', 'This is not a record; it could not be read.')
  const signs = around.secrets.signs.get(raw.path)
  const hidden = isHidden(signs, idOf(raw.json), around.known)
  const clean = hidden
    ? chained(addressCleaner(secretsOf(wholeOf(raw), true), true), around.secrets.clean)
    : around.secrets.clean
  const spot: Spot = { json: raw.json, at: raw.path, problems, clean }
  const id = readText(spot, 'id', 400)
  if (id === null)
    return rejected(raw, '', problems, 'id-missing', 'There is no id; the record was left out.')
  const key = `${raw.isOrganization ? 'organization' : 'service'} ${id.toLowerCase()}`
  if (around.seen.has(key)) {
    return rejected(
      raw,
      id,
      problems,
      'id-twice',
      'Another record in this file has this id; the first one was kept.',
    )
  }
  const name = readText(spot, 'name', 300)
  if (name === null)
    return rejected(raw, id, problems, 'name-missing', 'There is no name; the record was left out.')
  around.seen.add(key)
  const organization = organizationFor(raw, spot, around, name)
  noteHidden(spot, signs, id.toLowerCase(), around.known)
  if (raw.isOrganization) return finished(raw, id, problems, { service: null, organization })
  const service = readService(spot, {
    sourceId: id,
    name,
    organization: hidden ? cleaned(organization, clean) : organization,
    confidential: hidden,
    secret: around.secrets,
  })
  return finished(raw, id, problems, { service, organization: null })
}

function finished(
  raw: RawRecord,
  id: string,
  problems: readonly Problem[],
  read: Pick<ReadRecord, 'service' | 'organization'>,
): ReadRecord {
  // Why only at the record itself: a place that another record made secret is left out here, and the rest stands.
  const held = problems.some(
    (each) => holding.has(each.rule) && (each.rule === 'threshold-unreadable' || each.at === raw.path),
  )
  const outcome: Outcome = held ? 'held' : problems.length > 0 ? 'imported-with-warnings' : 'imported'
  return { path: raw.path, id, outcome, problems, ...read }
}

function rejected(
  raw: RawRecord,
  id: string,
  problems: Problem[],
  rule: string,
  message: string,
): ReadRecord {
  problems.push({ rule, at: raw.path, message })
  return { path: raw.path, id, outcome: 'rejected', problems, service: null, organization: null }
}

function isHidden(signs: PlaceSigns | undefined, id: string, known: KnownListings): boolean {
  if (signs === undefined) return false
  if (signs.marked || known.confidentialServices.has(id)) return true
  return signs.looksSo && !known.reviewed.has(id)
}

/** Says what was left out. Once a person has decided about the record, it is a warning and no longer held. */
function noteHidden(spot: Spot, signs: PlaceSigns | undefined, id: string, known: KnownListings): void {
  if (signs === undefined || !isHidden(signs, id, known)) return
  const key = known.reviewed.has(id) ? 'service_at_locations' : ''
  if (signs.hasAddress) {
    note(
      spot,
      'confidential-address',
      key,
      'The address of a place where people stay to be safe was dropped; a person looks at each such record.',
    )
  }
  if (!signs.marked && !known.confidentialServices.has(id)) {
    note(
      spot,
      'looks-confidential',
      key,
      'This looks like a refuge or shelter and is not marked as confidential; a person looks at each such record.',
    )
  }
}

function organizationFor(raw: RawRecord, spot: Spot, around: Around, name: string): OrganizationRecord {
  if (raw.organization !== null) {
    const read = readOrganization({ ...spot, json: raw.organization.json, at: raw.organization.path })
    const own = around.secrets.ofOrganization.get(idOf(raw.organization.json)) ?? []
    if (read !== null) return own.length === 0 ? read : cleaned(read, addressCleaner(own, true))
  }
  const id =
    isObject(spot.json) && typeof spot.json['organization_id'] === 'string'
      ? spot.json['organization_id']
      : ''
  const found = around.organizations.get(id.toLowerCase())
  if (found !== undefined) return found
  note(
    spot,
    'organisation-missing',
    'organization',
    'There is no organisation with an id and a name; the name of the service stands for it.',
  )
  return {
    ...unnamed,
    sourceId: id === '' ? `of:${readText({ ...spot, problems: [] }, 'id') ?? raw.path}` : id,
    name,
  }
}

function findSecrets(records: readonly RawRecord[], known: KnownListings): Secrets {
  const signs = new Map<string, PlaceSigns>()
  const lines = new Set<string>()
  const locationIds = new Set(known.confidentialLocations)
  const addressKeys = new Set<string>()
  const ofOrganization = new Map<string, readonly string[]>()
  for (const raw of records) {
    if (!isObject(raw.json)) continue
    const json = wholeOf(raw)
    const found = placeSigns(json)
    signs.set(raw.path, found)
    if (!isHidden(found, idOf(json), known)) continue
    for (const id of locationIdsOf(json)) if (id !== '') locationIds.add(id)
    for (const key of addressKeysOf(json)) if (key.length > 3) addressKeys.add(key)
    const own = raw.organization === null ? '' : idOf(raw.organization.json)
    ofOrganization.set(own, [...(ofOrganization.get(own) ?? []), ...secretsOf(json, true)])
    for (const line of secretsOf(json, false)) if (/\d/.test(line) && line.length >= 6) lines.add(line)
  }
  return { signs, locationIds, addressKeys, clean: addressCleaner([...lines], false), ofOrganization }
}

function organizationsOf(records: readonly RawRecord[]): ReadonlyMap<string, OrganizationRecord> {
  const found = new Map<string, OrganizationRecord>()
  for (const { organization } of records) {
    if (organization === null) continue
    const read = readOrganization({
      json: organization.json,
      at: organization.path,
      problems: [],
      clean: (text) => text,
    })
    if (read !== null && !found.has(read.sourceId.toLowerCase())) found.set(read.sourceId.toLowerCase(), read)
  }
  return found
}

function cleaned(organization: OrganizationRecord, clean: (text: string) => string): OrganizationRecord {
  return { ...organization, description: clean(organization.description) }
}

/** The record with the organisation it stands under. */
function wholeOf(raw: RawRecord): Readonly<Record<string, unknown>> {
  const json = isObject(raw.json) ? raw.json : {}
  if (raw.isOrganization) return { organization: json }
  return isObject(json['organization']) || raw.organization === null
    ? json
    : { ...json, organization: raw.organization.json }
}

function chained(
  first: (text: string) => string,
  second: (text: string) => string,
): (text: string) => string {
  return (text) => second(first(text))
}

function idOf(json: Readonly<Record<string, unknown>>): string {
  const id = json['id']
  return typeof id === 'string' || typeof id === 'number' ? String(id).toLowerCase() : ''
}

const unnamed = {
  alternateName: null,
  description: '',
  email: null,
  website: null,
  phones: [],
  sector: 'other',
  pack: 'uk',
  mustReport: null,
  trainedUntil: null,
} as const
