import type { SignPair } from '#platform/crypto'
import type { Tx } from '#platform/db'

import { signWitness } from './head.ts'
import { newestHead } from './sealer.ts'

/** Countersigns the newest head as a party, once for each head: done at sign-in and with each envelope. */
export async function witnessHead(
  db: Tx,
  by: {
    readonly partyId: string
    readonly keys: { readonly party: { readonly version: number; readonly sign: SignPair } }
  },
): Promise<void> {
  const newest = await newestHead(db)
  if (newest === null) return
  const { size, root } = newest.head
  await db
    .insertInto('ledger.witness')
    .values({
      party_id: by.partyId,
      size,
      root,
      sign_version: by.keys.party.version,
      signature: signWitness(by.keys.party.sign.secretKey, { size, root }),
    })
    .onConflict((clash) => clash.columns(['party_id', 'size']).doNothing())
    .execute()
}
