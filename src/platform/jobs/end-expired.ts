import { sql } from 'kysely'

import { asJob } from '#platform/access'
import { type Pools, takeEndingTurn } from '#platform/db'

/** Ends what time has ended, and destroys the recipients' keys to it. */
export async function endExpired(pools: Pools): Promise<void> {
  await asJob(pools, async (db) => {
    await takeEndingTurn(db)
    await sql`select envelopes.end_expired()`.execute(db)
  })
}
