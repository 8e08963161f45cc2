import { randomUUIDv7 } from 'node:crypto'

import { sql } from 'kysely'

import type { Bytes } from '#platform/crypto'
import type { Tx } from '#platform/db'

/**
 * Lets whoever holds a token act as the holder of a one-time link of this case, for so many minutes by the database's clock.
 * It opens no case: no key is wrapped for it, and it sees what the fences of a table give to it and nothing else.
 */
export async function addBearer(
  db: Tx,
  about: { readonly partyId: string; readonly caseId: string },
  tokenRow: Bytes,
  minutes: number,
): Promise<string> {
  const id = randomUUIDv7()
  await db
    .insertInto('access.bearer')
    .values({
      id,
      id_hash: tokenRow,
      party_id: about.partyId,
      case_id: about.caseId,
      ends_at: sql<Date>`clock_timestamp() + make_interval(mins => ${minutes})`,
    })
    .execute()
  return id
}
