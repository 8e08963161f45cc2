import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'

import type { Young } from './agency.ts'
import { writeLaw, writeYoung } from './agency.store.ts'

/** Says under which state's or nation's law the agency works from now on; null takes it back. In the agency's ledger. */
export async function setLaw(db: Tx, actor: Actor, law: string | null): Promise<void> {
  await writeLaw(db, actor.partyId, law)
  await record(db, actor, { kind: 'agency.law', detail: { law, before: actor.law } })
}

/** Says from which age a young person agrees alone to what the agency shares; null takes it back. In the agency's ledger. */
export async function setYoung(db: Tx, actor: Actor, young: Young | null): Promise<void> {
  await writeYoung(db, actor.partyId, young)
  await record(db, actor, { kind: 'agency.young', detail: { young, before: actor.young ?? null } })
}
