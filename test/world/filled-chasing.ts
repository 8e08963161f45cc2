import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'

import { askForEvents } from '../../src/events/event.store.ts'
import { putReceiver } from '../../src/events/receiver.store.ts'
import { writeChaseSetting } from '../../src/referrals/chase.store.ts'
import { writeAgreed } from '../../src/referrals/reply-time.store.ts'

/** A system that takes events in and one that asks, an event of a thread, and that it is to be sent. */
async function fillEvents(db: Tx, actor: Actor, thread: string): Promise<void> {
  await putReceiver(db, actor.partyId, new TextEncoder().encode('sealed'))
  await db
    .updateTable('referrals.thread')
    .set({ expected_at: new Date('2026-12-01T09:00:00Z') })
    .where('party_id', '=', actor.partyId)
    .where('id', '=', thread)
    .execute()
  await askForEvents(db)
}

/** What was agreed with a partner, who hears of what is late, and a line for somebody to whom a thread was given. */
export async function fillChasing(
  db: Tx,
  actor: Actor,
  at: { readonly thread: string; readonly partnerId: string; readonly givenTo: string },
): Promise<void> {
  await writeAgreed(db, actor.partyId, at.partnerId, [{ kind: 'referral', level: 'now', hours: 6 }])
  await writeChaseSetting(db, actor.partyId, {
    leadId: actor.accountId,
    tries: 4,
    lookAgainDays: 21,
    unreachedDays: 10,
  })
  // Given and taken back: the line stays, and no thread of one agency is held by somebody of another.
  for (const assignee of [at.givenTo, actor.accountId])
    await db
      .updateTable('referrals.thread')
      .set({ assignee_id: assignee })
      .where('party_id', '=', actor.partyId)
      .where('id', '=', at.thread)
      .execute()
  await fillEvents(db, actor, at.thread)
}
