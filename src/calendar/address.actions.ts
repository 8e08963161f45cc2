import { type Actor, rowOf } from '#platform/access'
import {
  type Bytes,
  fromText,
  type Installation,
  keyedDigest,
  randomBytes,
  sameBytes,
  toText,
} from '#platform/crypto'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'

import { deleteAddress, writeAddress } from './address.store.ts'

type Pepper = Pick<Installation, 'pepper'>

const random = 20

/** A secret that was made here bears a mark under the pepper: one that somebody made up is known without a look at any table. */
export function madeHere({ pepper }: Pepper, secret: string): boolean {
  const bytes = fromText(secret)
  return sameBytes(bytes.subarray(random), markOf(pepper, bytes.subarray(0, random)))
}

function markOf(pepper: Bytes, of: Bytes): Bytes {
  return keyedDigest(pepper, 'anydoor/calendar/made-here', of).subarray(0, 12)
}

/** Makes the asker's address, and ends the one before. The secret is returned here and nowhere else. */
export async function makeAddress(
  db: Tx,
  actor: Actor,
  { pepper }: Pepper,
): Promise<{ readonly secret: string }> {
  const of = randomBytes(random)
  const secret = toText(Buffer.concat([of, markOf(pepper, of)]))
  await writeAddress(db, actor, rowOf(secret))
  await record(db, actor, { kind: 'calendar.changed', detail: { what: 'address-made' } })
  return { secret }
}

/** Ends the asker's address: from now on it answers like one that never was. */
export async function endAddress(db: Tx, actor: Actor): Promise<void> {
  await deleteAddress(db, actor)
  await record(db, actor, { kind: 'calendar.changed', detail: { what: 'address-ended' } })
}
