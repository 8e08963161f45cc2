import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'

import { coveredBy, coversFor } from './away.store.ts'
import { dayOf } from './entry.rules.ts'

/** Whose diaries a worker looks after on a day: their own, and those of colleagues who are away and named them as cover. */
export async function ownersFor(db: Tx, actor: Actor, day: string): Promise<readonly string[]> {
  return [actor.accountId, ...(await coveredBy(db, actor.partyId, actor.accountId, day))]
}

/** Whom a worker covers today, without themself. */
export async function coveredToday(db: Tx, actor: Actor, t: Words): Promise<readonly string[]> {
  return coveredBy(db, actor.partyId, actor.accountId, dayOf(new Date(), t.timeZone))
}

/** Who stands in today for colleagues of the actor's agency who are away; whoever is here is not in it. */
export async function coverToday(
  db: Tx,
  actor: Actor,
  t: Words,
  accountIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  return coversFor(db, actor.partyId, accountIds, dayOf(new Date(), t.timeZone))
}
