import { createHash } from 'node:crypto'
import { setImmediate as aMoment } from 'node:timers/promises'
import type { Tx } from '#platform/db'
import { recordsOf } from './hsds-file.rules.ts'
import {
  reportMaker,
  reportOf,
  type ImportReport,
  type ReadRecord,
  type RecordReport,
  type RecordSource,
} from './import.ts'
import { organizationFinder, recordReader, type Around } from './import.rules.ts'
import { secretFinder } from './import-secrets.rules.ts'
import { finishRun, hidePlaces, knownListings, storeRun } from './import.store.ts'
import { running, storeBatch } from './import-batch.actions.ts'
import { keepBefore, sealRun, stopKeeping } from './import-run.store.ts'
import { dropEmptyPlaces } from './import-place.store.ts'
import { refreshDerived } from './matching.store.ts'
import { daysUntilNewest } from './import-dates.rules.ts'
import { underSourceIds } from './source-id.rules.ts'
import { ownTerms } from './term.ts'
import { storeTerms } from './term.store.ts'

const perBatch = 1000

/** Why a file was not imported, in one line. */
export interface ImportRefused {
  readonly refused: 'not-hsds'
  readonly message: string
}

export interface ImportOptions {
  /** Reads and reports, and writes nothing. */
  readonly dryRun?: boolean
  /** Moves every date of room and wait so that the newest falls on this day: for the demo world. */
  readonly newestOn?: Date
  /** Takes what became of each record as it comes; the report then has the counts and no records. */
  readonly tell?: (record: RecordReport) => void
  /** The digest of the file. Asked for once the records have been gone over. */
  readonly fileSha256: () => Uint8Array
}

/**
 * Imports the records of a source inside the caller's transaction (the owner's handle), a batch at a time. Nothing is refused
 * for one bad record, and each is in the report once.
 */
export async function importRecords(
  db: Tx,
  given: RecordSource,
  options: ImportOptions,
): Promise<ImportReport> {
  const source = underSourceIds(given)
  const around = await lookAround(db, source)
  const report = reportMaker(options.tell)
  if (options.dryRun === true) {
    for await (const read of readRecords(source, around)) report.add(read)
    return report.made()
  }
  const run = await storeRun(db, {
    fileSha256: options.fileSha256(),
    format: source.format,
    report: reportOf([]),
  })
  await keepBefore(db, run)
  await storeTerms(db, ownTerms)
  const days = options.newestOn === undefined ? 0 : await daysToMove(source, around, options.newestOn)
  const going = await running(db, run, days)
  let batch: ReadRecord[] = []
  let storing: Promise<void> = Promise.resolve()
  for await (const read of readRecords(source, around)) {
    report.add(read)
    batch.push(read)
    // Why: reading is work without a pause, and the database, which is storing the batch before, must not wait to be answered.
    await aMoment()
    if (batch.length < perBatch) continue
    await storing
    storing = storeBatch(db, going, batch)
    // Why: it may fail while the next records are read; whoever waits for it hears of it.
    storing.catch(() => undefined)
    batch = []
  }
  await storing
  await storeBatch(db, going, batch)
  await dropEmptyPlaces(db)
  const moved = await hidePlaces(db, [...around.secrets.addressKeys])
  if (moved.length > 0) await refreshDerived(db, moved)
  await sealRun(db, run)
  await stopKeeping(db)
  const made = report.made()
  await finishRun(db, run, made)
  return { ...made, runId: run }
}

/** The same for an HSDS file that is small enough to be held as text. */
export async function importDirectory(
  db: Tx,
  fileText: string,
  options: Omit<ImportOptions, 'fileSha256'> = {},
): Promise<ImportReport | ImportRefused> {
  const file = recordsOf(fileText)
  if (!file.ok) return { refused: 'not-hsds', message: file.refused }
  const source: RecordSource = {
    format: 'hsds',
    open: async function* () {
      yield* file.records
    },
  }
  const fileSha256 = () => createHash('sha256').update(fileText).digest()
  return importRecords(db, source, { ...options, fileSha256 })
}

/** Goes over every record before the first is read: what is secret, and which organisations are named by their id alone. */
export async function lookAround(db: Tx, source: RecordSource): Promise<Around> {
  const known = await knownListings(db)
  const finder = secretFinder(known)
  const named = organizationFinder()
  for await (const raw of source.open()) {
    finder.look(raw)
    named.want(raw)
  }
  if (named.isNeeded()) for await (const raw of source.open()) named.look(raw)
  return { known, secrets: finder.found(), organizations: named.found }
}

/** Reads the records one after the other. */
export async function* readRecords(source: RecordSource, around: Around): AsyncGenerator<ReadRecord> {
  const read = recordReader(around)
  for await (const raw of source.open()) yield read(raw)
}

async function daysToMove(source: RecordSource, around: Around, newestOn: Date): Promise<number> {
  const dates: string[] = []
  for await (const { service, outcome } of readRecords(source, around))
    if (service?.capacity && outcome.startsWith('imported')) dates.push(service.capacity.asOf)
  return daysUntilNewest(dates, newestOn)
}
