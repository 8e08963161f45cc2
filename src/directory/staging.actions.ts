import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import { changing } from './change.actions.ts'
import { snapshots } from './change.store.ts'
import { looksAfter } from './editor.store.ts'
import { running, storeBatch } from './import-batch.actions.ts'
import { dropEmptyPlaces } from './import-place.store.ts'
import { keepBefore, sealRun, stopKeeping } from './import-run.store.ts'
import { lookAround, readRecords } from './import.actions.ts'
import { finishRun, keepTold, storeRun } from './import.store.ts'
import { type ImportReport, type ReadRecord, type RecordSource, reportOf } from './import.ts'
import { refreshDerived } from './matching.store.ts'
import { underSourceIds } from './source-id.rules.ts'
import type { Bringer, Reading, Weighed } from './staging.ts'
import { organizationChanges, organizationOf, shownOfNew, weighedOf } from './staging.rules.ts'
import {
  changesOfRun,
  heldAlready,
  hidePlacesOf,
  listedUnder,
  ofOthers,
  organizationsUnder,
  placesAt,
  setInactive,
  tryOut,
} from './staging.store.ts'
import { ownTerms } from './term.ts'
import { storeTerms } from './term.store.ts'

/** Reads a source and stores nothing. What it gives holds no address of a confidential place, so it may be kept for a person. */
export async function openReading(db: Tx, partyId: string, given: RecordSource): Promise<Reading> {
  const source = underSourceIds(given)
  const around = await lookAround(db, source)
  return {
    records: readRecords(source, around),
    hides: await placesAt(db, partyId, [...around.secrets.addressKeys]),
  }
}

/** What these records would do: they are brought in, looked at, and taken back, so that it is what would really happen. */
export async function weighBatch(
  db: Tx,
  by: Bringer,
  records: readonly ReadRecord[],
): Promise<readonly Weighed[]> {
  return tryOut(db, async () => bringBatch(db, by, await beginRun(db, by, new Uint8Array(32)), records))
}

/** Begins a run that records are brought in under. */
export async function beginRun(db: Tx, { format }: Bringer, fileSha256: Uint8Array): Promise<string> {
  const run = await storeRun(db, { fileSha256, format, report: reportOf([]) })
  await keepBefore(db, run)
  await storeTerms(db, ownTerms)
  await stopKeeping(db)
  return run
}

/** Brings records in, those of partner agencies left out, and tells what that changed. */
export async function bringBatch(
  db: Tx,
  by: Bringer,
  runId: string,
  records: readonly ReadRecord[],
): Promise<readonly Weighed[]> {
  const others = await ofOthers(db, by.partyId, records)
  const ours = records.filter((each, nth) => !others.has(nth) && each.outcome !== 'rejected')
  const organizationIds = ours.flatMap((each) => organizationOf(each)?.sourceId ?? [])
  const held = await heldAlready(
    db,
    ours.filter((each) => each.outcome === 'held'),
  )
  const before = await organizationsUnder(db, organizationIds)
  await storeBatch(db, await running(db, runId), ours)
  await stopKeeping(db)
  const ids = ours.flatMap((each) => (each.service === null ? [] : [each.id]))
  const changes = await changesOfRun(db, runId, ids)
  const listed = await listedUnder(db, ids)
  const made = [...changes.values()].filter((each) => each.what === 'listed')
  const shown = shownOfNew(
    await snapshots(
      db,
      made.map((each) => each.serviceId),
    ),
  )
  const organizations = organizationChanges(before, await organizationsUnder(db, organizationIds))
  return records.map((record, nth) =>
    weighedOf(record, { other: others.has(nth), held, changes, listed, shown, organizations }),
  )
}

/** Ends a run: hides what turned out to be confidential, and writes the report. */
export async function endRun(
  db: Tx,
  runId: string,
  report: ImportReport,
  hides: readonly string[],
): Promise<void> {
  await keepBefore(db, runId)
  await dropEmptyPlaces(db)
  const moved = await hidePlacesOf(db, hides)
  if (moved.length > 0) await refreshDerived(db, moved)
  await keepTold(db, runId, report.records)
  await sealRun(db, runId)
  await stopKeeping(db)
  await finishRun(db, runId, report)
}

/** Takes an entry out of the list because its source no longer has it; false when the agency does not look after it. */
export async function withdraw(db: Tx, actor: Actor, serviceId: string): Promise<boolean> {
  if (!(await looksAfter(db, actor.partyId, serviceId))) return false
  await changing(db, actor, { services: [serviceId], what: 'withdrawn' }, async () => {
    await setInactive(db, [serviceId])
    await refreshDerived(db, [serviceId])
  })
  return true
}
