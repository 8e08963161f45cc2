import { type Actor, rowOf } from '#platform/access'
import { newCookie } from '#platform/crypto'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'

import { deleteAddress, writeAddress } from './address.store.ts'

/** Makes the asker's address, and ends the one before. The secret is returned here and nowhere else. */
export async function makeAddress(db: Tx, actor: Actor): Promise<{ readonly secret: string }> {
  const secret = newCookie()
  await writeAddress(db, actor, rowOf(secret))
  await record(db, actor, { kind: 'calendar.changed', detail: { what: 'address-made' } })
  return { secret }
}

/** Ends the asker's address: from now on it answers like one that never was. */
export async function endAddress(db: Tx, actor: Actor): Promise<void> {
  await deleteAddress(db, actor)
  await record(db, actor, { kind: 'calendar.changed', detail: { what: 'address-ended' } })
}
