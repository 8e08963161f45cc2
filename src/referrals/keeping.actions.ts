import { envelopesOfThread, openIncoming, openOutgoing } from '#envelopes'
import { openForWork } from '#people'
import { type Actor, type CaseKey, isId, openCase, openParty, sealCase, sealParty } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'
import { record } from '#platform/ledger'

import { hearsAnswer } from './chase.rules.ts'
import {
  type Keeping,
  KeepingBody,
  type Meanwhile,
  type NotAcknowledged,
  type SameDayFirst,
  type Settled,
} from './keeping.ts'
import { caseHolder, isAcknowledged, isOpen, needsSameDay, settles } from './keeping.rules.ts'
import {
  handedTo,
  keepingRow,
  type KeepingRow,
  keepingRows,
  resealKeepingRow,
  settleRow,
  writeKeeping,
} from './keeping.store.ts'
import { Letter } from './letter.ts'
import type { ChangedThread, NoThread, Thread } from './thread.ts'
import { addEvent, holdThread, type SealedThread, threadRow } from './thread.store.ts'

const table = 'referrals.keeping'
const nothing: KeepingBody = { settled: null, meanwhile: null }

function seal(actor: Actor, of: CaseKey | null, threadId: string, body: KeepingBody) {
  const kept = KeepingBody.parse(body)
  return of === null
    ? { body: sealParty(actor, table, 'body', threadId, kept), key_version: actor.keys.party.version }
    : { body: sealCase(of, table, 'body', threadId, kept), key_version: of.version }
}

function opened(actor: Actor, of: CaseKey | null, row: KeepingRow): KeepingBody {
  if (row.body === null) return nothing
  return KeepingBody.parse(
    of === null
      ? openParty(actor, row.keyVersion, table, 'body', row.threadId, row.body)
      : openCase(of, table, 'body', row.threadId, row.body),
  )
}

/** Who keeps hold of the person of a thread, and what there is meanwhile; `of` is the key of the thread's case. */
export async function keepingOf(
  db: Tx,
  actor: Actor,
  of: CaseKey | null,
  threadId: string,
): Promise<Keeping | null> {
  const row = await keepingRow(db, actor.partyId, threadId)
  return row === null ? null : { ...row, body: opened(actor, of, row) }
}

/** Those of an opened case, by thread. */
export async function keepingsOf(db: Tx, actor: Actor, of: CaseKey): Promise<ReadonlyMap<string, Keeping>> {
  const rows = await keepingRows(db, actor.partyId, of.caseId)
  return new Map(rows.map((row) => [row.threadId, { ...row, body: opened(actor, of, row) }]))
}

/** The no of a thread, as it was sent; null where there is none, or it does not open. Each look is a line of the ledger. */
export async function noOf(
  db: Tx,
  actor: Actor,
  threadId: string,
): Promise<Extract<Letter, { about: 'declined' }> | null> {
  const sent = await envelopesOfThread(db, actor.partyId, threadId)
  for (const one of sent.filter(({ kind }) => kind === 'decision').toReversed()) {
    const found =
      one.way === 'in' ? await openIncoming(db, actor, one.id) : await openOutgoing(db, actor, one.id)
    const letter = 'refused' in found ? null : Letter.safeParse(found.body)
    if (letter?.success === true && letter.data.about === 'declined') return letter.data
  }
  return null
}

/**
 * Whether a thread that was turned away may end now. For danger it may not before somebody who acts today has the person, and the
 * side that said no does not end it at all, unless the other does not hear of it and somebody there said that they have the person. A no
 * that does not open counts as one for danger. For any other reason the ending itself says that this agency keeps hold.
 */
export async function keptOpen(
  db: Tx,
  actor: Actor,
  of: CaseKey | null,
  row: SealedThread,
): Promise<SameDayFirst | null> {
  if (row.state !== 'declined') return null
  const no = await noOf(db, actor, row.id)
  const { state } = row
  if (row.side === 'to') {
    const handed = !hearsAnswer(row) && (no?.sameDay?.person ?? '') !== ''
    return no !== null && needsSameDay(no.reason) && !handed ? { refused: 'same-day-theirs', state } : null
  }
  const keeping = await keepingOf(db, actor, of, row.id)
  if (keeping === null || !isOpen(keeping)) return null
  const danger = no === null || needsSameDay(no.reason) || (await dangerBefore(db, actor, row.id))
  if (danger) return { refused: 'same-day-first', state }
  const at = { partyId: actor.partyId, caseId: row.caseId, threadId: row.id }
  const body = seal(actor, of, row.id, { ...keeping.body, settled: { how: 'own' } })
  await settleRow(db, at, keeping.version, body, { accountId: actor.accountId, nextThread: null })
  return null
}

/** Which thread, and the version of what is kept of it, as the actor read it. */
export interface KeepingAt {
  readonly threadId: string
  readonly version: number
}

type Kept = { readonly done: true } | NoThread | ChangedThread

/** Says who has the person now. */
export async function settle(
  db: Tx,
  actor: Actor,
  at: KeepingAt,
  settled: Settled,
  nextThread: string | null = null,
): Promise<Kept | SameDayFirst | NotAcknowledged> {
  const held = await hold(db, actor, at)
  if ('refused' in held) return held
  const { row, of, keeping } = held
  const { state } = row
  if (keeping === null || !isOpen(keeping)) return { refused: 'changed-meanwhile', state, last: null }
  const danger = await isDanger(db, actor, row.id)
  if (!settles(settled, danger)) return { refused: 'same-day-first', state }
  if ((settled.how === 'thread') !== (nextThread !== null)) return { refused: 'not-acknowledged', state }
  if (nextThread !== null && !(await hasThem(db, actor, row, nextThread, danger)))
    return { refused: 'not-acknowledged', state }
  const body = seal(actor, of, row.id, { ...keeping.body, settled })
  const by = { accountId: actor.accountId, nextThread }
  const place = { partyId: actor.partyId, caseId: row.caseId, threadId: row.id }
  if (!(await settleRow(db, place, at.version, body, by)))
    return { refused: 'changed-meanwhile', state, last: null }
  await noted(db, actor, of, row.id, 'handed')
  return { done: true }
}

/** Writes down what there is for the person until somebody takes over. */
export async function saveMeanwhile(
  db: Tx,
  actor: Actor,
  at: KeepingAt,
  meanwhile: Meanwhile,
): Promise<Kept> {
  const held = await hold(db, actor, at)
  if ('refused' in held) return held
  const { row, of, keeping } = held
  const body = seal(actor, of, row.id, { ...(keeping?.body ?? nothing), meanwhile })
  const place = { partyId: actor.partyId, caseId: row.caseId, threadId: row.id }
  if (!(await writeKeeping(db, place, at.version, body)))
    return { refused: 'changed-meanwhile', state: row.state, last: null }
  await noted(db, actor, of, row.id, 'meanwhile')
  return { done: true }
}

/**
 * Whether the no of a thread was for danger; one that does not open counts as one. Whoever took the person over from such a no and lets
 * them go again leaves the danger where it was, whatever their own reason says.
 */
export async function isDanger(
  db: Tx,
  actor: Actor,
  threadId: string,
  seen: ReadonlySet<string> = new Set(),
): Promise<boolean> {
  const no = await noOf(db, actor, threadId)
  return no === null || needsSameDay(no.reason) || (await dangerBefore(db, actor, threadId, seen))
}

/** Whether a no for danger was settled by this thread, and so stands behind its own no. */
async function dangerBefore(
  db: Tx,
  actor: Actor,
  threadId: string,
  seen: ReadonlySet<string> = new Set(),
): Promise<boolean> {
  const further = new Set([...seen, threadId])
  for (const before of await handedTo(db, actor.partyId, threadId))
    if (!further.has(before) && (await isDanger(db, actor, before, further))) return true
  return false
}

/** What is kept of the threads of a case follows it under its new key. */
export async function resealKeepings(db: Tx, actor: Actor, from: CaseKey, to: CaseKey): Promise<void> {
  for (const row of await keepingRows(db, from.partyId, from.caseId)) {
    if (row.body === null) continue
    await resealKeepingRow(
      db,
      from.partyId,
      row.threadId,
      seal(actor, to, row.threadId, opened(actor, from, row)),
    )
  }
}

/** A thread without a case gets one: what is kept of it goes under the key of the case. */
export async function keepUnder(db: Tx, actor: Actor, of: CaseKey, threadId: string): Promise<void> {
  const row = await keepingRow(db, actor.partyId, threadId)
  if (row === null || row.body === null) return
  await resealKeepingRow(db, actor.partyId, threadId, seal(actor, of, threadId, opened(actor, null, row)))
}

async function hold(db: Tx, actor: Actor, at: KeepingAt) {
  const missing: NoThread = { refused: 'no-thread' }
  if (!isId(at.threadId)) return missing
  await holdThread(db, at.threadId)
  const row = await threadRow(db, actor.partyId, at.threadId)
  if (row === null || row.side !== 'from') return missing
  const work = row.caseId === null ? null : await openForWork(db, actor, row.caseId, 'reading')
  if (row.caseId !== null && work === null) return missing
  const of = work?.key ?? null
  const keeping = await keepingOf(db, actor, of, row.id)
  const changed: ChangedThread = { refused: 'changed-meanwhile', state: row.state, last: null }
  return (keeping?.version ?? 0) === at.version ? { row, of, keeping } : changed
}

async function hasThem(
  db: Tx,
  actor: Actor,
  from: SealedThread,
  threadId: string,
  danger: boolean,
): Promise<boolean> {
  const next = isId(threadId) ? await threadRow(db, actor.partyId, threadId) : null
  return (
    next !== null &&
    next.id !== from.id &&
    next.side === 'from' &&
    next.caseId === from.caseId &&
    isAcknowledged(next, danger)
  )
}

async function noted(db: Tx, actor: Actor, of: CaseKey | null, thread: string, kind: 'handed' | 'meanwhile') {
  await addEvent(db, {
    party_id: actor.partyId,
    thread_id: thread,
    kind,
    actor_id: actor.accountId,
    envelope_id: null,
  })
  await record(db, actor, {
    kind: 'referral.changed',
    ...(of === null ? {} : { of }),
    detail: { thread, what: kind },
  })
}

/** The same for a thread as it was read, with the key of its case where it has one. */
export async function keepingFor(
  db: Tx,
  actor: Actor,
  thread: { readonly id: string; readonly caseId: string | null },
): Promise<{ readonly of: CaseKey | null; readonly keeping: Keeping | null }> {
  const work = thread.caseId === null ? null : await openForWork(db, actor, thread.caseId, 'reading')
  const of = work?.key ?? null
  return { of, keeping: await keepingOf(db, actor, of, thread.id) }
}

/** Who keeps hold of the person of a case over all that was sent for them, and whom the sentence names; null: nothing was sent. */
export async function caseHeld(
  db: Tx,
  actor: Actor,
  threads: readonly Pick<Thread, 'id' | 'side' | 'kind' | 'state' | 'otherName'>[],
  file: { readonly caseId: string },
) {
  const rows = new Map((await keepingRows(db, actor.partyId, file.caseId)).map((row) => [row.threadId, row]))
  const facts = threads.map((each) => ({ ...each, open: isOpen(rows.get(each.id) ?? null) }))
  const key = caseHolder(facts)
  if (key === null) return null
  const named = facts.filter(
    ({ side, kind, state, open }) => side === 'from' && caseHolder([{ side, kind, state, open }]) === key,
  )
  const agencies = [...new Set(named.map(({ otherName }) => otherName))]
  return { key, vars: (t: Words) => ({ agencies: t.list(agencies) }) }
}

/** What lies in a case of what there is meanwhile, as it was sealed. */
export async function meanwhileTold(db: Tx, of: CaseKey): Promise<readonly unknown[]> {
  const rows = await keepingRows(db, of.partyId, of.caseId)
  return rows.flatMap(({ threadId, body }) =>
    body === null
      ? []
      : [KeepingBody.parse(openCase(of, table, 'body', threadId, body)).meanwhile?.what ?? ''],
  )
}

/** Threads of a case on which a no stands open. */
export async function openNoes(
  db: Tx,
  actor: Actor,
  file: { readonly caseId: string },
): Promise<ReadonlySet<string>> {
  const rows = await keepingRows(db, actor.partyId, file.caseId)
  return new Set(rows.filter(isOpen).map(({ threadId }) => threadId))
}
