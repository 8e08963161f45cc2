import type { Tx } from '#platform/db'
import { keepChanges } from './change.actions.ts'
import { idsOfSources, snapshots } from './change.store.ts'
import { withDatesMoved } from './import-dates.rules.ts'
import type { ReadRecord } from './import.ts'
import { holdRecords, listedAmong, storeOrganizations, storeServices } from './import.store.ts'
import type { ServiceRecord } from './listing.ts'
import { refreshDerived } from './matching.store.ts'

/** Stores what was read of some records of a file: lists them, or keeps them for a person. Dates move by whole days. */
export async function storeBatch(
  db: Tx,
  runId: string,
  records: readonly ReadRecord[],
  days: number,
): Promise<void> {
  const listed = records.filter((each) => each.outcome.startsWith('imported'))
  const services = withDatesMoved(
    listed.flatMap((each) => each.service ?? []),
    days,
  )
  await storeOrganizations(db, runId, [
    ...listed.flatMap((each) => each.organization ?? []),
    ...services.map((each) => each.organization).toReversed(),
  ])
  await listServices(db, runId, services)
  const held = records.filter((each) => each.outcome === 'held')
  if (held.length === 0) return
  await holdRecords(
    db,
    runId,
    held.map((each) => ({
      path: each.path,
      id: each.id,
      problems: each.problems,
      record: { service: each.service, organization: each.organization },
    })),
  )
  await hideListed(db, runId, held)
}

/** A listed service that turns out to be confidential is listed on without its place, from this moment. */
async function hideListed(db: Tx, runId: string, held: readonly ReadRecord[]): Promise<void> {
  const hidden = held.flatMap((each) => (each.service?.confidential === true ? [each.service] : []))
  const listed = await listedAmong(
    db,
    hidden.map((each) => each.sourceId),
  )
  const known = hidden.filter((each) => listed.has(each.sourceId.toLowerCase()))
  if (known.length === 0) return
  await storeOrganizations(
    db,
    runId,
    known.map((each) => each.organization),
  )
  await listServices(db, runId, known)
}

async function listServices(db: Tx, runId: string, services: readonly ServiceRecord[]): Promise<void> {
  if (services.length === 0) return
  const known = await idsOfSources(
    db,
    services.map((each) => each.sourceId),
  )
  const before = await snapshots(db, known)
  const ids = await storeServices(db, runId, services)
  await refreshDerived(db, ids)
  await keepChanges(db, { runId }, { services: ids, what: 'import' }, before)
}
