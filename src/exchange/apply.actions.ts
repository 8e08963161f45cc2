import {
  beginRun,
  bringBatch,
  endRun,
  type ImportReport,
  type ReadRecord,
  type RecordReport,
  type Weighed,
  withdraw,
} from '#directory'
import type { Actor } from '#platform/access'
import { inSavepoint, type Tx } from '#platform/db'
import type { Arrival, Staged } from './arrival.ts'
import { addApplied } from './arrival.store.ts'
import { decide, stagedToApply, weighAgain } from './staged.store.ts'
import { sameChanges } from './staging.rules.ts'

const perBatch = 250

/** What is to go in: all that waits, one record, or what is safe. */
export interface ToApply {
  readonly only?: number
  readonly safe?: boolean
  readonly progress?: (done: number) => Promise<void>
}

/** What went in, and how many were left because what we hold has moved since they were looked at. */
export interface AppliedNow {
  readonly runId: string | null
  /** Listed or brought up to date. */
  readonly records: number
  /** Put aside for a person. */
  readonly held: number
  readonly moved: number
}

/** Puts what waits into the directory. A record about which anything has moved since it came in is shown again instead. */
export async function applyStaged(
  db: Tx,
  arrival: Arrival,
  by: Pick<Actor, 'accountId'> | null,
  what: ToApply,
): Promise<AppliedNow> {
  const bringer = { partyId: arrival.partyId, format: arrival.format ?? 'hsds' }
  const told: RecordReport[] = []
  let run: string | null = null
  let moved = 0
  let after = -1
  for (;;) {
    const rows = await stagedToApply(db, arrival.id, { ...what, after, most: perBatch })
    const last = rows.at(-1)
    if (last === undefined) break
    after = last.nth
    const read = rows.flatMap((row) => (row.read === null ? [] : [withRecord(row, row.read)]))
    if (read.length === 0) continue
    run ??= await beginRun(db, bringer, arrival.sha256 ?? new Uint8Array(32))
    const done = await bringUnmoved(db, { bringer, runId: run, arrivalId: arrival.id }, read)
    told.push(...done.told)
    moved += done.moved
    await what.progress?.(told.length)
  }
  if (run === null) return { runId: null, records: 0, held: 0, moved }
  const report = reportOf(told)
  await endRun(db, run, report, arrival.hides)
  await addApplied(db, {
    partyId: arrival.partyId,
    arrivalId: arrival.id,
    runId: run,
    byAccount: by?.accountId ?? null,
    records: told.length,
  })
  return { runId: run, records: told.length - report.held, held: report.held, moved }
}

/** Takes entries out of the list that are gone from their feed: each one a person's decision. How many. */
export async function applyGone(
  db: Tx,
  actor: Actor,
  arrivalId: string,
  rows: readonly Staged[],
): Promise<number> {
  let done = 0
  for (const { nth, serviceId } of rows) {
    if (serviceId === null || !(await withdraw(db, actor, serviceId))) continue
    await decide(db, arrivalId, [nth], 'applied')
    done += 1
  }
  return done
}

interface Bringing {
  readonly bringer: { readonly partyId: string; readonly format: string }
  readonly runId: string
  readonly arrivalId: string
}

type WithRecord = Staged & { readonly record: ReadRecord }

async function bringUnmoved(
  db: Tx,
  at: Bringing,
  rows: readonly WithRecord[],
): Promise<{ readonly told: readonly RecordReport[]; readonly moved: number }> {
  const bring = (some: readonly WithRecord[]) =>
    bringBatch(
      db,
      at.bringer,
      at.runId,
      some.map((each) => each.record),
    )
  const movedOf = (some: readonly WithRecord[], weighed: readonly Weighed[]) =>
    some.flatMap((row, index) => {
      const now = weighed[index]
      return now === undefined || isAsShown(row, now) ? [] : [{ nth: row.nth, weighed: now }]
    })
  const first = await inSavepoint(db, async () => {
    const weighed = await bring(rows)
    const moved = movedOf(rows, weighed)
    return { keep: moved.length === 0, moved }
  })
  const gone = new Set(first.moved.map((each) => each.nth))
  const rest = rows.filter((row) => !gone.has(row.nth))
  if (gone.size > 0) {
    await weighAgain(db, at.arrivalId, first.moved)
    if (rest.length > 0) await bring(rest)
  }
  await decide(
    db,
    at.arrivalId,
    rest.map((row) => row.nth),
    'applied',
    at.runId,
  )
  return {
    told: rest.map(({ record: { path, id, outcome, problems } }) => ({ path, id, outcome, problems })),
    moved: gone.size,
  }
}

/** Whether what happened is what was shown: the same kind, the same fields, before and after. */
function isAsShown(row: Staged, now: Weighed): boolean {
  if (row.difference === 'held') return now.difference === 'held' || now.difference === 'same'
  // An organisation that an earlier record brought up to date has nothing left to change.
  if (now.difference === 'same') return true
  return (
    row.difference === now.difference && (row.difference === 'new' || sameChanges(row.fields, now.fields))
  )
}

function withRecord(row: Staged, read: Pick<ReadRecord, 'service' | 'organization'>): WithRecord {
  const { path, sourceId: id, outcome, problems } = row
  return { ...row, record: { path, id, outcome, problems, ...read } }
}

function reportOf(records: readonly RecordReport[]): ImportReport {
  const count = (outcome: RecordReport['outcome']) =>
    records.filter((each) => each.outcome === outcome).length
  return {
    imported: count('imported'),
    importedWithWarnings: count('imported-with-warnings'),
    held: count('held'),
    rejected: count('rejected'),
    records,
  }
}
