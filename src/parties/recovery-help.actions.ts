import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'

import { confirmRecovery } from './account.store.ts'

/** A colleague confirms that the one who rang is the one who asked; nobody confirms themselves. */
export async function confirmColleague(db: Tx, actor: Actor, id: string): Promise<boolean> {
  const done = await confirmRecovery(db, actor.partyId, id, actor.accountId)
  if (done) await record(db, actor, { kind: 'member.recovered', detail: { recovery: id } })
  return done
}
