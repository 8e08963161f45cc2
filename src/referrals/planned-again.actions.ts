import { sendEnvelope } from '#envelopes'
import type { Actor, CaseKey } from '#platform/access'
import type { Tx } from '#platform/db'
import type { StoredRelease } from '#releases'

import { introductionLetters } from './introduction.actions.ts'
import { plannedAgain } from './introduction.rules.ts'
import { addEvent } from './thread.store.ts'

/**
 * A permission was made again, and what was sent under the one before has ended: an introduction that still lies ahead, and that this
 * side had a part in, is said again under the new one. What has happened or did not come about is history, and is not told twice.
 */
export async function sayPlannedAgain(
  db: Tx,
  actor: Actor,
  key: CaseKey,
  release: StoredRelease,
  threadId: string,
): Promise<void> {
  const letter = plannedAgain(await introductionLetters(db, actor, threadId))
  if (letter === null) return
  const sent = await sendEnvelope(db, actor, {
    kind: 'introduction',
    threadId,
    toParty: release.recipientId,
    ofCase: key,
    releaseId: release.id,
    endsAt: release.endsAt,
    body: letter,
    news: {},
    back: release.kept.release.mayComeBack,
  })
  // The renewal went to the same agency a moment ago: only a fault can keep this one back.
  if ('refused' in sent) throw new Error(`An introduction could not be said again: ${sent.refused}`)
  await addEvent(db, {
    party_id: actor.partyId,
    thread_id: threadId,
    kind: 'introduction',
    actor_id: actor.accountId,
    envelope_id: sent.envelopeId,
  })
}
