import { createHash } from 'node:crypto'
import type { Tx } from '#platform/db'
import { keepChanges } from './change.actions.ts'
import { snapshots } from './change.store.ts'
import {
  keepMarks,
  servicesAt,
  servicesOf,
  standingOrganizations,
  standingServices,
  vocabularyMark,
} from './import-brought.store.ts'
import { withDatesMoved } from './import-dates.rules.ts'
import type { ReadRecord } from './import.ts'
import { countRows, keepBefore, keepingNothing, sealRun } from './import-run.store.ts'
import { storeServices } from './import-service.store.ts'
import { holdRecords, keepTold, storeOrganizations } from './import.store.ts'
import type { LocationRecord, OrganizationRecord, ServiceRecord } from './listing.ts'
import { keepOrganizationChanges } from './organization-change.actions.ts'
import { organizationSnapshots } from './organization-change.store.ts'
import { deriveFound, refreshDerived } from './matching.store.ts'

/** A run while it goes on. Of what a file says twice, the first counts: what was taken from it already is kept here. */
export interface Running {
  readonly id: string
  /** By how many whole days every date moves. */
  readonly days: number
  /** A mark of the vocabulary as it stands. */
  readonly vocabulary: string
  readonly organizations: Set<string>
  readonly places: Set<string>
  /** How many records have been stored, and at how many the tables are counted anew. */
  stored: number
  countAt: number
}

const firstCount = 1_000

/** A run of which nothing is taken yet. From here on what it changes is kept as it was. */
export async function running(db: Tx, id: string, days = 0): Promise<Running> {
  await keepBefore(db, id)
  return {
    id,
    days,
    vocabulary: await vocabularyMark(db),
    organizations: new Set(),
    places: new Set(),
    stored: 0,
    countAt: firstCount,
  }
}

/** Stores what was read of some records of a file: lists them, or keeps them for a person. */
export async function storeBatch(db: Tx, run: Running, records: readonly ReadRecord[]): Promise<void> {
  await keepTold(db, run.id, records)
  const listed = records.filter((each) => each.outcome.startsWith('imported'))
  const services = withDatesMoved(
    listed.flatMap((each) => each.service ?? []),
    run.days,
  )
  await storeOwners(db, run, [
    ...services.map((each) => each.organization),
    ...listed.flatMap((each) => each.organization ?? []),
  ])
  await listServices(db, run, services)
  const held = records.filter((each) => each.outcome === 'held')
  if (held.length > 0) await storeHeld(db, run, held)
  await sealRun(db, run.id)
  run.stored += records.length
  if (run.stored < run.countAt) return
  run.countAt = run.stored * 4
  await countRows(db)
}

async function storeHeld(db: Tx, run: Running, held: readonly ReadRecord[]): Promise<void> {
  await holdRecords(
    db,
    run.id,
    held.map((each) => ({
      path: each.path,
      id: each.id,
      problems: each.problems,
      record: { service: each.service, organization: each.organization },
    })),
  )
  await hideListed(db, run, held)
}

/** A listed service that turns out to be confidential is listed on without its place, from this moment. */
async function hideListed(db: Tx, run: Running, held: readonly ReadRecord[]): Promise<void> {
  const hidden = held.flatMap((each) => (each.service?.confidential === true ? [each.service] : []))
  const listed = await standingServices(
    db,
    hidden.map((each) => each.sourceId.toLowerCase()),
  )
  const known = hidden.flatMap((each) => {
    const standing = listed.get(each.sourceId.toLowerCase())
    return standing === undefined ? [] : [{ ...each, name: each.name || (standing.name ?? each.sourceId) }]
  })
  await storeOwners(
    db,
    run,
    known.map((each) => each.organization),
  )
  await listServices(db, run, known)
}

async function storeOwners(db: Tx, run: Running, all: readonly OrganizationRecord[]): Promise<void> {
  const named = all.filter((each) => each.standsIn !== true && isFirst(run.organizations, each.sourceId))
  // The name of a service that stands for its organisation gives way to whatever is known of it.
  const standIns = all.filter(
    (each) => each.standsIn === true && !run.organizations.has(each.sourceId.toLowerCase()),
  )
  const first = [...named, ...standIns]
  if (first.length === 0) return
  const standing = await standingOrganizations(
    db,
    first.map((each) => each.sourceId.toLowerCase()),
  )
  const marked = first.map((each) => ({ each, source: each.sourceId.toLowerCase(), mark: markOf(each) }))
  const changed = marked.filter(({ source, mark }) => standing.get(source)?.mark !== mark)
  const was = await organizationSnapshots(
    db,
    changed.flatMap(({ source }) => standing.get(source)?.id ?? []),
  )
  const ids = await storeOrganizations(
    db,
    run.id,
    changed.map(({ each }) => each),
  )
  await keepOrganizationChanges(db, { runId: run.id }, { what: 'import' }, was)
  await keepMarks(
    db,
    'organization',
    changed.flatMap(({ each, source, mark }) => {
      const id = each.standsIn === true ? undefined : ids.get(source)
      return id === undefined ? [] : [{ id, mark }]
    }),
  )
  // The name of an organisation is among the words of its services.
  const before = changed.flatMap(({ each, source }) =>
    each.standsIn === true ? [] : (standing.get(source)?.id ?? []),
  )
  const theirs = await servicesOf(db, before, [])
  if (theirs.length > 0) await refreshDerived(db, theirs)
}

async function listServices(db: Tx, run: Running, services: readonly ServiceRecord[]): Promise<void> {
  if (services.length === 0) return
  const standing = await standingServices(
    db,
    services.map((each) => each.sourceId.toLowerCase()),
  )
  const theirs = new Set<LocationRecord>()
  for (const { locations } of services)
    for (const place of locations) if (isFirst(run.places, place.sourceId)) theirs.add(place)
  const marks = new Map(
    services.map((each) => [
      each.sourceId.toLowerCase(),
      markOf(each, each.offer.terms.length > 0 ? run.vocabulary : ''),
    ]),
  )
  const isNew = (source: string) => !standing.has(source)
  const changed = services.filter(({ sourceId }) => {
    const source = sourceId.toLowerCase()
    return isNew(source) || standing.get(source)?.mark !== marks.get(source)
  })
  if (changed.length === 0) return
  const known = changed.flatMap((each) => standing.get(each.sourceId.toLowerCase())?.id ?? [])
  const fresh = new Set(changed.map((each) => each.sourceId.toLowerCase()).filter(isNew))
  const before = await snapshots(db, known)
  const isTheirs = (place: LocationRecord) => theirs.has(place)
  const made = changed.filter((each) => fresh.has(each.sourceId.toLowerCase()))
  const others = changed.filter((each) => !fresh.has(each.sourceId.toLowerCase()))
  const stored = [
    await storeServices(db, run.id, made, { isTheirs, areNew: true }),
    await storeServices(db, run.id, others, { isTheirs }),
  ]
  const ids = stored.flatMap((each) => [...each.ids.values()])
  const marked = stored.map((each) =>
    [...each.ids].map(([source, id]) => ({ id, mark: marks.get(source) ?? '' })),
  )
  await keepingNothing(db, run.id, () => keepMarks(db, 'service', marked[0] ?? []))
  await keepMarks(db, 'service', marked[1] ?? [])
  const places = stored.flatMap((each) => each.places)
  await deriveFound(db, ids, known, await servicesAt(db, places))
  await keepChanges(db, { runId: run.id }, { services: ids, what: 'import' }, before)
}

function isFirst(seen: Set<string>, id: string): boolean {
  const key = id.toLowerCase()
  if (seen.has(key)) return false
  seen.add(key)
  return true
}

function markOf(record: OrganizationRecord | ServiceRecord, vocabulary = ''): string {
  return createHash('sha256').update(vocabulary).update(JSON.stringify(record)).digest('hex')
}
