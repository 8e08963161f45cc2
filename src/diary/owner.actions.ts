import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'

import { coveredBy } from './away.store.ts'

/** Whose diaries a worker looks after on a day: their own, and those of colleagues who are away and named them as cover. */
export async function ownersFor(db: Tx, actor: Actor, day: string): Promise<readonly string[]> {
  return [actor.accountId, ...(await coveredBy(db, actor.partyId, actor.accountId, day))]
}
