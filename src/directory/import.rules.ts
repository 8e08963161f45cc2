import { addressCleaner, secretsOf, type PlaceSigns } from './confidential.rules.ts'
import { isObject, note, readId, readText, type Spot } from './hsds-field.rules.ts'
import { recordsOf } from './hsds-file.rules.ts'
import { readOrganization } from './hsds-organization.rules.ts'
import { readService } from './hsds-service.rules.ts'
import {
  organizationCleaned,
  withOwnWordsCleaned,
  withWordsCleaned,
  wordsCleaner,
} from './import-private.rules.ts'
import { idOf, secretFinder, wholeOf, type Secrets } from './import-secrets.rules.ts'
import type { KnownListings, Outcome, Problem, RawRecord, ReadFile, ReadRecord } from './import.ts'
import type { OrganizationRecord } from './listing.ts'

/** Rules that hold a record for a person. */
const holding = new Set([
  'confidential-address',
  'looks-confidential',
  'threshold-unreadable',
  'name-missing',
])
/** Of these it is not only at the record itself that they hold it. */
const holdingAnywhere = new Set(['threshold-unreadable', 'name-missing'])

/** What is known of a file once every record has been looked at, and before the first is read. */
export interface Around {
  readonly known: KnownListings
  readonly secrets: Secrets
  /** The organisations that a record names by their id alone. */
  readonly organizations: ReadonlyMap<string, OrganizationRecord>
}

/** Reads a whole file at once. Nothing is refused for one bad record; no address of a confidential place survives. */
export function readDirectoryFile(text: string, known: KnownListings): ReadFile {
  const file = recordsOf(text)
  if (!file.ok) return file
  const finder = secretFinder(known)
  const named = organizationFinder()
  for (const raw of file.records) {
    finder.look(raw)
    named.want(raw)
  }
  for (const raw of file.records) named.look(raw)
  const secrets = finder.found()
  const read = recordReader({ known, secrets, organizations: named.found })
  return { ok: true, records: file.records.map(read), secretKeys: [...secrets.addressKeys] }
}

/** Reads one record after the other, in the order of the file: of two with the same id the first one counts. */
export function recordReader(around: Around): (raw: RawRecord) => ReadRecord {
  const seen = new Set<string>()
  return (raw) => inItsFile(raw, readRecord(raw, around, seen))
}

/**
 * Finds the organisations that records name by their id alone: first every record says what it wants, then, where something is
 * wanted at all, the same records are looked through for it.
 */
export function organizationFinder(): {
  readonly want: (raw: RawRecord) => void
  readonly isNeeded: () => boolean
  readonly look: (raw: RawRecord) => void
  readonly found: ReadonlyMap<string, OrganizationRecord>
} {
  const wanted = new Set<string>()
  const found = new Map<string, OrganizationRecord>()
  const want = (raw: RawRecord) => {
    const id = organizationIdOf(raw.json)
    if (id !== '' && (raw.organization === null || readQuietly(raw.organization) === null)) wanted.add(id)
  }
  const look = ({ organization }: RawRecord) => {
    const read = organization === null || wanted.size === 0 ? null : readQuietly(organization)
    const id = read?.sourceId.toLowerCase() ?? ''
    if (read !== null && wanted.has(id) && !found.has(id)) found.set(id, read)
  }
  return { want, isNeeded: () => wanted.size > 0, look, found }
}

function readRecord(raw: RawRecord, around: Around, seen: Set<string>): ReadRecord {
  const problems: Problem[] = [...(raw.problems ?? [])]
  if (!isObject(raw.json)) {
    const told = problems.length > 0
    return told
      ? { ...nothingOf(raw, ''), problems }
      : rejected(raw, '', problems, 'not-a-record', 'This is not a record; it could not be read.')
  }
  const signs = around.secrets.hidden.get(raw.path)
  const clean =
    signs === undefined
      ? around.secrets.clean
      : chained(addressCleaner(secretsOf(wholeOf(raw), true), true), around.secrets.clean)
  const spot: Spot = { json: raw.json, at: raw.path, problems, clean }
  const id = readId(spot, 'id')
  if (id === null)
    return rejected(raw, '', problems, 'id-missing', 'There is no id; the record was left out.')
  const key = `${raw.isOrganization ? 'organization' : 'service'} ${id.toLowerCase()}`
  if (seen.has(key)) {
    return rejected(
      raw,
      id,
      problems,
      'id-twice',
      'Another record in this file has this id; the first one was kept.',
    )
  }
  const name = nameOf(raw, spot, around.known, id)
  seen.add(key)
  const organization = organizationFor(raw, spot, around, name)
  noteHidden(spot, signs, id.toLowerCase(), around.known)
  if (raw.isOrganization) return finished(raw, id, seen, { problems, service: null, organization })
  const read = readService(spot, {
    sourceId: id,
    name,
    organization: signs === undefined ? organization : withOwnWordsCleaned(organization, clean),
    confidential: signs !== undefined,
    secret: around.secrets,
  })
  const words = signs === undefined ? wordsCleaner(raw, id, around.known, around.secrets) : null
  const service = words === null ? read : withWordsCleaned(read, words)
  return finished(raw, id, seen, { problems, service, organization: null })
}

/** Its own name; without one, what a person has called it. A record that has neither waits for a person. */
function nameOf(raw: RawRecord, spot: Spot, known: KnownListings, id: string): string {
  const own = readText(spot, 'name', 300)
  if (own !== null) return own
  const called = raw.isOrganization ? undefined : known.names.get(id.toLowerCase())
  if (called === undefined)
    note(spot, 'name-missing', 'name', 'There is no name; a person looks at each such record.')
  else note(spot, 'name-kept', 'name', 'There is no name; the one that a person gave it stands.')
  return called ?? ''
}

function finished(
  raw: RawRecord,
  id: string,
  seen: Set<string>,
  read: Pick<ReadRecord, 'service' | 'organization'> & { readonly problems: Problem[] },
): ReadRecord {
  const { problems } = read
  // Why only at the record itself: a place that another record made secret is left out here, and the rest stands.
  const held = problems.some(
    (each) => holding.has(each.rule) && (holdingAnywhere.has(each.rule) || each.at === raw.path),
  )
  const key = `held ${id.toLowerCase()}`
  if (held && seen.has(key))
    return rejected(raw, id, problems, 'id-twice', 'Another record that waits for a person has this id.')
  if (held) seen.add(key)
  const outcome: Outcome = held ? 'held' : problems.length > 0 ? 'imported-with-warnings' : 'imported'
  return { path: raw.path, id, outcome, ...read }
}

/** The report speaks of places in the file as it is, whatever it was turned into on the way. */
function inItsFile({ origin, problems: before = [] }: RawRecord, read: ReadRecord): ReadRecord {
  if (origin === undefined) return read
  const problems = read.problems.map((each, i) =>
    i < before.length ? each : { ...each, at: origin(each.at) },
  )
  return { ...read, problems }
}

function rejected(
  raw: RawRecord,
  id: string,
  problems: Problem[],
  rule: string,
  message: string,
): ReadRecord {
  problems.push({ rule, at: raw.path, message })
  return { ...nothingOf(raw, id), problems }
}

function nothingOf({ path }: RawRecord, id: string): Omit<ReadRecord, 'problems'> {
  return { path, id, outcome: 'rejected', service: null, organization: null }
}

/** Says what was left out. Once a person has decided about the record, it is a warning and no longer held. */
function noteHidden(spot: Spot, signs: PlaceSigns | undefined, id: string, known: KnownListings): void {
  if (signs === undefined) return
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
  const given = raw.organization
  const there: Spot | null = given === null ? null : { ...spot, json: given.json, at: given.path }
  const read = there === null ? null : organizationAt(there)
  if (read !== null && given !== null) {
    return organizationCleaned(read, idOf(given.json), around.known, around.secrets)
  }
  const id = (there === null ? null : readId(there, 'id')) ?? readId(spot, 'organization_id') ?? ''
  const found = around.organizations.get(id.toLowerCase())
  if (found !== undefined) {
    // It was found under another record, before anything was known to be secret.
    const clean = withOwnWordsCleaned(found, around.secrets.clean)
    return organizationCleaned(
      { ...clean, kept: found.kept ?? null },
      id.toLowerCase(),
      around.known,
      around.secrets,
    )
  }
  note(
    spot,
    'organisation-missing',
    'organization',
    'There is no organisation with an id and a name; the name of the service stands for it.',
  )
  return {
    ...unnamed,
    sourceId: id === '' ? `of:${readId({ ...spot, problems: [] }, 'id') ?? raw.path}` : id,
    name,
  }
}

/** An organisation that has a name and no id is known by its name. */
function organizationAt(spot: Spot): OrganizationRecord | null {
  const read = readOrganization(spot)
  if (read !== null) return read
  const quiet = { ...spot, problems: [] }
  const name = readText(quiet, 'name', 300)
  if (name === null || readId(quiet, 'id') !== null) return null
  note(spot, 'organisation-without-id', 'id', 'This organisation has no id; it is known by its name.')
  return readOrganization({ ...spot, json: { ...spot.json, id: `named:${name.toLowerCase()}` } })
}

function readQuietly({ json, path }: NonNullable<RawRecord['organization']>): OrganizationRecord | null {
  return readOrganization({ json, at: path, problems: [], clean: (text) => text })
}

function organizationIdOf(json: unknown): string {
  const id = isObject(json) ? json['organization_id'] : null
  return typeof id === 'string' || typeof id === 'number' ? String(id).toLowerCase() : ''
}

function chained(
  first: (text: string) => string,
  second: (text: string) => string,
): (text: string) => string {
  return (text) => second(first(text))
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
  standsIn: true,
} as const
