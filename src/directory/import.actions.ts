import { createHash } from 'node:crypto'
import type { Tx } from '#platform/db'
import { keepChanges } from './change.actions.ts'
import { idsOfSources, snapshots } from './change.store.ts'
import { reportOf, type ImportReport, type ReadRecord } from './import.ts'
import { readDirectoryFile } from './import.rules.ts'
import {
  holdRecords,
  hidePlaces,
  listedAmong,
  knownListings,
  storeOrganizations,
  storeRun,
  storeServices,
} from './import.store.ts'
import type { ServiceRecord } from './listing.ts'
import { refreshDerived } from './matching.store.ts'
import { withNewestOn } from './import-dates.rules.ts'
import { ownTerms } from './term.ts'
import { storeTerms } from './term.store.ts'

const batch = 500

/** Why a file was not imported, in one line. */
export interface ImportRefused {
  readonly refused: 'not-hsds'
  readonly message: string
}

/**
 * Imports an HSDS file inside the caller's transaction (owner's or an editor's handle). `dryRun` writes nothing.
 * `newestOn` moves every date of room and wait so that the newest falls on that day: for the demo world.
 */
export async function importDirectory(
  db: Tx,
  fileText: string,
  options: { readonly dryRun?: boolean; readonly newestOn?: Date } = {},
): Promise<ImportReport | ImportRefused> {
  const file = readDirectoryFile(fileText, await knownListings(db))
  if (!file.ok) return { refused: 'not-hsds', message: file.refused }
  const report = reportOf(file.records)
  if (options.dryRun === true) return report
  const runId = await storeRun(db, {
    fileSha256: createHash('sha256').update(fileText).digest(),
    format: 'hsds',
    report,
  })
  await storeTerms(db, ownTerms)
  await storeRecords(db, runId, file.records, options.newestOn ?? null)
  const moved = await hidePlaces(db, file.secretKeys)
  if (moved.length > 0) await refreshDerived(db, moved)
  return report
}

async function storeRecords(
  db: Tx,
  runId: string,
  records: readonly ReadRecord[],
  newestOn: Date | null,
): Promise<void> {
  const listed = records.filter(
    (each) => each.outcome === 'imported' || each.outcome === 'imported-with-warnings',
  )
  const read = listed.flatMap((each) => each.service ?? [])
  const services = newestOn === null ? read : withNewestOn(read, newestOn)
  await storeOrganizations(db, runId, [
    ...listed.flatMap((each) => each.organization ?? []),
    ...services.map((each) => each.organization).toReversed(),
  ])
  for (let from = 0; from < services.length; from += batch) {
    await storeBatch(db, runId, services.slice(from, from + batch))
  }
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
  await storeBatch(db, runId, known)
}

async function storeBatch(db: Tx, runId: string, services: readonly ServiceRecord[]): Promise<void> {
  const known = await idsOfSources(
    db,
    services.map((each) => each.sourceId),
  )
  const before = await snapshots(db, known)
  const ids = await storeServices(db, runId, services)
  await refreshDerived(db, ids)
  await keepChanges(db, { runId }, { services: ids, what: 'import' }, before)
}
