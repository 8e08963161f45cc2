import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'

import { writeLaw } from './agency.store.ts'

/** Says under which state's or nation's law the agency works from now on; null takes it back. In the agency's ledger. */
export async function setLaw(db: Tx, actor: Actor, law: string | null): Promise<void> {
  await writeLaw(db, actor.partyId, law)
  await record(db, actor, { kind: 'agency.law', detail: { law, before: actor.law } })
}
