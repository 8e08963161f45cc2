import { sql } from 'kysely'

import type { Tx } from '#platform/db'

import { statesOf } from './list.rules.ts'

/** What a worker has open with partners: what waits for us, by how long ago it began, and what is under way. Null: nobody yet. */
export interface ThreadLoad {
  readonly accountId: string | null
  readonly fresh: number
  readonly weeks: number
  readonly longer: number
  readonly underWay: number
}

/** By worker, of all that the asker may see; counts of clear columns, nothing is opened. */
export async function threadLoads(db: Tx, week: Date, month: Date): Promise<readonly ThreadLoad[]> {
  const { rows } = await sql<ThreadLoad>`
    select account_id as "accountId", fresh, weeks, longer, under_way as "underWay"
    from referrals.load_of_workers(${[...statesOf('ours', 'from')]}::text[], ${[...statesOf('ours', 'to')]}::text[],
      ${[...statesOf('under-way', 'from')]}::text[], ${[...statesOf('under-way', 'to')]}::text[], ${week}, ${month})`.execute(
    db,
  )
  return rows
}
