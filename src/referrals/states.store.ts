import type { ThreadState } from '#envelopes'
import type { Tx } from '#platform/db'

/** Where these threads of ours stand; those that the asker may not see are absent, like those that never were. */
export async function statesOf(
  db: Tx,
  partyId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ThreadState>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('referrals.thread')
    .select(['id', 'state'])
    .where('party_id', '=', partyId)
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.map((row) => [row.id, row.state]))
}
