import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'

import { writeChaseSetting } from '../../src/referrals/chase.store.ts'
import { writeAgreed } from '../../src/referrals/reply-time.store.ts'

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
}
