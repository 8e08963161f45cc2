import { sendEnvelope } from '#envelopes'
import { acceptedKeys, otherAgencies } from '#parties'
import { openForWork } from '#people'
import { type Actor, type CaseKey, caseKeys } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'

import { asksBeside } from './at-once.store.ts'
import { awaited } from './call-off.rules.ts'
import type { NotNeeded } from './letter.ts'
import { openThread } from './thread-seal.ts'
import { addEvent, changeThread, holdThread, type SealedThread, threadRow } from './thread.store.ts'
import type { Thread, ThreadRow } from './thread.ts'

/** A question that was asked together with another one. */
export interface AskedBeside extends ThreadRow {
  readonly otherName: string
  readonly serviceName: string
}

/** The questions of ours that were asked together with this one, as far as the actor may see them. */
export async function askedTogether(
  db: Tx,
  actor: Actor,
  thread: Pick<Thread, 'id' | 'side' | 'kind' | 'startedAt' | 'body'>,
): Promise<readonly AskedBeside[]> {
  const together = thread.body?.together
  if (together === undefined || thread.side !== 'from' || thread.kind !== 'ask') return []
  const rows = await asksBeside(db, actor.partyId, thread)
  const keys = await caseKeys(
    db,
    actor,
    rows.flatMap((row) => (row.caseId === null ? [] : [row.caseId])),
  )
  const names = new Map((await otherAgencies(db, actor.partyId)).map((each) => [each.partyId, each.name]))
  return rows.flatMap((row) => {
    const body = bodyOf(actor, keys, row)
    if (body === null || body.together !== together) return []
    const { keyVersion: _key, body: _sealed, ...rest } = row
    return [{ ...rest, otherName: names.get(row.otherParty) ?? '', serviceName: body.serviceName }]
  })
}

function bodyOf(actor: Actor, keys: ReadonlyMap<string, CaseKey>, row: SealedThread) {
  const of = row.caseId === null ? null : (keys.get(row.caseId) ?? null)
  if (row.caseId !== null && (of === null || of.version !== row.keyVersion)) return null
  return openThread(actor, of, row)
}

/**
 * Tells services that a question of ours needs no answer any more: an envelope that says this and nothing else, neither why
 * nor who said yes. A question that was answered meanwhile stays as it is. Gives how many were told.
 */
export async function callOff(db: Tx, actor: Actor, threadIds: readonly string[]): Promise<number> {
  let told = 0
  // In the order of their ids, so that two that call off the same questions wait for each other.
  for (const id of threadIds.toSorted()) {
    await holdThread(db, id)
    // Once more where the other side opened it between the reading and the change.
    if ((await callOffOne(db, actor, id)) || (await callOffOne(db, actor, id))) told += 1
  }
  return told
}

async function callOffOne(db: Tx, actor: Actor, threadId: string): Promise<boolean> {
  const row = await threadRow(db, actor.partyId, threadId)
  if (row === null || !awaited(row)) return false
  const opened = row.caseId === null ? null : await openForWork(db, actor, row.caseId, 'reading')
  if (row.caseId !== null && opened === null) return false
  // A partner whose key changed is told nothing; the question stays open here, so that somebody rings.
  if ('refused' in (await acceptedKeys(db, actor, row.otherParty, row.id))) return false
  const at = { partyId: actor.partyId, id: row.id, version: row.version }
  if (!(await changeThread(db, at, { state: 'ended', due_at: null }))) return false
  await tell(db, actor, row, opened?.key ?? null)
  return true
}

async function tell(db: Tx, actor: Actor, row: SealedThread, of: CaseKey | null): Promise<void> {
  const letter: NotNeeded = { about: 'not-needed' }
  const sent = await sendEnvelope(db, actor, {
    kind: 'outcome',
    threadId: row.id,
    toParty: row.otherParty,
    ofCase: of,
    releaseId: null,
    endsAt: null,
    body: letter,
    news: { state: 'ended' },
    back: row.comesBack,
  })
  // The thread has been changed by now: only a fault can take that back.
  if ('refused' in sent) throw new Error(`A question was called off and nobody told: ${sent.refused}`)
  await addEvent(db, {
    party_id: actor.partyId,
    thread_id: row.id,
    kind: 'outcome',
    actor_id: actor.accountId,
    envelope_id: sent.envelopeId,
  })
  await record(db, actor, {
    kind: 'referral.changed',
    ...(of === null ? {} : { of }),
    detail: { thread: row.id, what: 'called-off', state: 'ended', reached: sent.reached },
  })
}
