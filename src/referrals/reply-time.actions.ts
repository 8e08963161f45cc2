import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'

import { replyDue } from './reply-time.rules.ts'
import { agreedTimes } from './reply-time.store.ts'
import type { RepliedKind, ReplyLevel } from './reply-time.ts'

/** By when a partner is asked to answer, counted from now. */
export async function dueFor(
  db: Tx,
  actor: Actor,
  asked: {
    readonly kind: RepliedKind
    readonly level: ReplyLevel
    readonly toParty: string
    readonly zone: string
  },
): Promise<Date> {
  const agreed = await agreedTimes(db, actor.partyId, asked.toParty)
  return replyDue(actor.pack, asked, Temporal.Now.instant(), asked.zone, agreed)
}
