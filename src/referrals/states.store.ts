import type { ThreadState } from '#envelopes'
import type { Tx } from '#platform/db'

/**
 * Where these threads of ours stood, one after the other, and last where they stand. What was undone is left out; threads that
 * the asker may not see are absent, like those that never were.
 */
export async function stoodIn(
  db: Tx,
  partyId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly ThreadState[]>> {
  if (ids.length === 0) return new Map()
  const now = await db
    .selectFrom('referrals.thread')
    .select(['id', 'state'])
    .where('party_id', '=', partyId)
    .where('id', 'in', [...ids])
    .execute()
  const earlier = await db
    .selectFrom('referrals.event')
    .select(['thread_id', 'was'])
    .where('party_id', '=', partyId)
    .where('thread_id', 'in', [...ids])
    .where('was', 'is not', null)
    .orderBy('at')
    .orderBy('id')
    .execute()
  const before = Map.groupBy(earlier, (event) => event.thread_id)
  return new Map(
    now.map(({ id, state }) => [
      id,
      [...(before.get(id) ?? []).map((event) => event.was as ThreadState), state],
    ]),
  )
}
