import { randomUUIDv7 } from 'node:crypto'
import { leftInAll, type Undone, undoRun } from '#directory'
import { type Actor, sealParty } from '#platform/access'
import type { Installation } from '#platform/crypto'
import { inSavepoint, type Tx } from '#platform/db'
import { record } from '#platform/ledger'
import { type AppliedNow, applyGone, applyStaged } from './apply.actions.ts'
import { type Arrival, atOnceBytes, type LeftNow, mostBytes } from './arrival.ts'
import {
  addArrival,
  appliedOf,
  arrivalById,
  dropPieces,
  markUndone,
  setArrival,
  setUploaded,
} from './arrival.store.ts'
import { adapterOf, readArrival } from './bring.actions.ts'
import { fileOf, keepPiece, pieceBytes } from './pieces.actions.ts'
import { decide, dropStaged, keepOurs, stagedAt, waitAgain, waitingOf } from './staged.store.ts'
import { readUpload, type UploadRefused } from '#platform/http'

/** Why an act on a file was not done; each has its sentence under `exchange.refusal`. */
export interface FileRefusal {
  readonly refused: 'missing' | 'not-now' | 'moved' | 'nothing' | 'cannot-undo' | 'later-run' | 'not-yours'
}

/** More records than this are put in by a job. */
const atOnceRecords = 400

/** Takes in the file of a form: kept sealed until it is read, then only its records. */
export async function bringFile(
  db: Tx,
  actor: Actor,
  at: Pick<Installation, 'pepper'>,
  request: { readonly body: unknown; readonly contentType: string | undefined },
): Promise<{ readonly id: string } | UploadRefused | { readonly refused: 'unknown' }> {
  const id = randomUUIDv7()
  const done = await inSavepoint(db, async () => {
    const result = await takeFile(db, actor, at, id, request)
    return { keep: !('refused' in result), result }
  })
  if ('refused' in done.result) return done.result
  const arrival = await arrivalById(db, id)
  if (arrival?.state === 'reading' && arrival.size <= atOnceBytes) await readArrival(db, at, arrival)
  await record(db, actor, { kind: 'directory.changed', detail: { what: 'file-brought', file: id } })
  return { id }
}

/** Brings in and applies a file that is here already: the same acts, without a form. */
export async function bringGiven(
  db: Tx,
  actor: Actor,
  at: Pick<Installation, 'pepper'>,
  name: string,
  text: string,
): Promise<void> {
  const form = new FormData()
  form.set('file', new File([text], name))
  const request = new Request('http://127.0.0.1/', { method: 'POST', body: form })
  const came = { body: request.body, contentType: request.headers.get('content-type') ?? undefined }
  const done = await bringFile(db, actor, at, came)
  if ('refused' in done) throw new Error(`${name} cannot be brought in: ${done.refused}`)
  const applied = await applyAll(db, actor, done.id)
  if ('refused' in applied) throw new Error(`${name} cannot be put in: ${applied.refused}`)
}

async function takeFile(
  db: Tx,
  actor: Actor,
  at: Pick<Installation, 'pepper'>,
  id: string,
  request: { readonly body: unknown; readonly contentType: string | undefined },
): Promise<{ readonly id: string } | UploadRefused | { readonly refused: 'unknown' }> {
  await addArrival(db, {
    partyId: actor.partyId,
    id,
    feedId: null,
    byAccount: actor.accountId,
    name: null,
    keyVersion: null,
    size: 0,
    sha256: null,
    format: null,
    state: 'reading',
  })
  const came = await readUpload(request, { most: mostBytes, pieceBytes }, (piece, nth) =>
    keepPiece(db, at, { partyId: actor.partyId, arrivalId: id, nth }, piece),
  )
  if ('refused' in came) return came
  const adapter = await adapterOf(await fileOf(db, at, id, came.name))
  if (adapter === null) return { refused: 'unknown' }
  await setUploaded(db, id, {
    name: sealParty(actor, 'exchange.arrival', 'name', id, came.name),
    keyVersion: actor.keys.party.version,
    size: came.size,
    sha256: came.sha256,
    format: adapter.format,
    state: adapter.format === 'csv' ? 'mapping' : 'reading',
  })
  return { id }
}

/** Puts everything that waits into the directory: at once, or a job when it is much. What is gone from a feed stays a decision each. */
export async function applyAll(
  db: Tx,
  actor: Actor,
  id: string,
): Promise<(Omit<AppliedNow, 'runId'> & { readonly later: boolean }) | FileRefusal> {
  const arrival = await arrivalById(db, id, true)
  if (arrival === null) return { refused: 'missing' }
  if (arrival.state !== 'ready') return { refused: 'not-now' }
  const waiting = await waitingOf(db, id)
  if (waiting === 0) return { refused: 'nothing' }
  if (waiting > atOnceRecords) {
    await setArrival(db, id, { state: 'applying', askedBy: actor.accountId })
    await line(db, actor, arrival, { what: 'file-applied', records: waiting })
    return { records: 0, held: 0, moved: 0, later: true }
  }
  const { runId, ...done } = await applyStaged(db, arrival, actor, {})
  await line(db, actor, arrival, { what: 'file-applied', run: runId, records: done.records + done.held })
  return { ...done, later: false }
}

/** Takes one difference over, or leaves it and remembers that. */
export async function decideOne(
  db: Tx,
  actor: Actor,
  id: string,
  { nth, act }: { readonly nth: number; readonly act: 'take' | 'keep' | 'again' },
): Promise<{ readonly done: true } | FileRefusal> {
  const arrival = await arrivalById(db, id, true)
  const row = arrival === null ? null : await stagedAt(db, id, nth)
  if (arrival === null || row === null) return { refused: 'missing' }
  if (arrival.state !== 'ready') return { refused: 'not-now' }
  if (act === 'again') {
    if (row.decision === 'kept') await decide(db, id, [nth], 'waiting')
    return { done: true }
  }
  if (row.decision !== 'waiting') return { refused: 'not-now' }
  if (act === 'keep') {
    await decide(db, id, [nth], 'kept')
    if (arrival.feedId !== null)
      await keepOurs(
        db,
        { arrivalId: id, feedId: arrival.feedId, partyId: actor.partyId, accountId: actor.accountId },
        nth,
      )
    await line(db, actor, arrival, { what: 'file-kept-ours', entry: row.serviceId, source: row.sourceId })
    return { done: true }
  }
  if (row.difference === 'gone') {
    if ((await applyGone(db, actor, id, [row])) === 0) return { refused: 'missing' }
    await line(db, actor, arrival, { what: 'file-withdrew', entry: row.serviceId })
    return { done: true }
  }
  const { records, held, runId } = await applyStaged(db, arrival, actor, { only: nth })
  if (records + held === 0) return { refused: 'moved' }
  await line(db, actor, arrival, { what: 'file-applied', run: runId, records: records + held })
  return { done: true }
}

/** Forgets what waits of a file; what went in stays, and its list of runs. */
export async function dropFile(
  db: Tx,
  actor: Actor,
  id: string,
): Promise<{ readonly done: true } | FileRefusal> {
  const arrival = await arrivalById(db, id, true)
  if (arrival === null || arrival.feedId !== null) return { refused: 'missing' }
  if (arrival.state === 'applying' || arrival.state === 'over') return { refused: 'not-now' }
  await dropPieces(db, id)
  await dropStaged(db, id)
  await setArrival(db, id, { state: 'over' })
  await line(db, actor, arrival, { what: 'file-dropped' })
  return { done: true }
}

/** Takes back what went in with one run; what somebody has changed since is left and counted. */
export async function undoApplied(
  db: Tx,
  actor: Actor,
  id: string,
  runId: string,
): Promise<{ readonly left: number } | FileRefusal> {
  const arrival = await arrivalById(db, id, true)
  const runs = arrival === null ? [] : await appliedOf(db, [id])
  const run = runs.find((each) => each.runId === runId)
  if (arrival === null || run === undefined) return { refused: 'missing' }
  if (run.undoneAt !== null || arrival.state === 'applying') return { refused: 'not-now' }
  const done = await undoRun(db, runId, { actor, why: '' })
  if ('refused' in done) return { refused: undoWords[done.refused] }
  await markUndone(db, runId, actor.accountId, leftOf(done))
  await waitAgain(db, runId)
  return { left: leftInAll(done) }
}

/** The first hundred of each kind that were left, to be told on the page. */
function leftOf({ entries, organizations }: Undone): readonly Omit<LeftNow, 'name'>[] {
  const of = (kind: LeftNow['kind'], all: Undone['entries']) =>
    all.slice(0, 100).map(({ id, why }) => ({ kind, id, why }))
  return [...of('service', entries), ...of('organization', organizations.entries)]
}

const undoWords = {
  missing: 'missing',
  'undone-already': 'not-now',
  'no-longer-kept': 'cannot-undo',
  'later-run': 'later-run',
  'not-yours': 'not-yours',
} as const

async function line(
  db: Tx,
  actor: Actor,
  arrival: Arrival,
  detail: Readonly<Record<string, unknown>>,
): Promise<void> {
  const where = arrival.feedId === null ? { file: arrival.id } : { feed: arrival.feedId }
  await record(db, actor, { kind: 'directory.changed', detail: { ...detail, ...where } })
}
