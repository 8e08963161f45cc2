import { sendEnvelope, threadsUnder } from '#envelopes'
import type { Actor, CaseKey } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'
import { databaseNow, releaseOf, standingOf } from '#releases'

import { Correction } from './letter.ts'
import { addEvent, holdThread, threadRow } from './thread.store.ts'

/**
 * Tells the recipient of a release that stands that something in it was wrong, or is disputed: one envelope in each of its
 * threads, under the same release and with its end. Gives how many were told; null where the release does not stand.
 */
export async function sendCorrection(
  db: Tx,
  actor: Actor,
  of: CaseKey,
  releaseId: string,
  correction: Omit<Correction, 'about'>,
): Promise<number | null> {
  const release = await releaseOf(db, of, releaseId, true)
  if (release === null || standingOf(release, await databaseNow(db)) !== 'active') return null
  const body = Correction.parse({ about: 'correction', ...correction })
  let told = 0
  for (const threadId of await threadsUnder(db, actor.partyId, releaseId)) {
    await holdThread(db, threadId)
    const thread = await threadRow(db, actor.partyId, threadId)
    if (thread === null) continue
    const sent = await sendEnvelope(db, actor, {
      kind: 'correction',
      threadId,
      toParty: release.recipientId,
      ofCase: of,
      releaseId,
      endsAt: release.endsAt,
      body,
      news: {},
      back: thread.comesBack,
    })
    if ('refused' in sent) return null
    await addEvent(db, {
      party_id: actor.partyId,
      thread_id: threadId,
      kind: 'correction',
      actor_id: actor.accountId,
      envelope_id: sent.envelopeId,
    })
    await record(db, actor, {
      kind: 'referral.changed',
      of,
      detail: { thread: threadId, what: 'correction', reached: sent.reached },
    })
    told += 1
  }
  return told === 0 ? null : told
}
