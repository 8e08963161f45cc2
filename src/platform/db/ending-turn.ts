import { sql } from 'kysely'

import type { Tx } from './pools.ts'

const turn = 727275

/**
 * Before somebody takes back or erases what was sent: several may at once, but not beside the job that ends what time has ended.
 * Both sides lock many copies and their keys, each in its own order, and would wait for each other.
 */
export async function shareEndingTurn(db: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${sql.lit(turn)})`.execute(db)
}

/** Before the job ends what time has ended: it waits for whoever is taking back or erasing, and they for it. */
export async function takeEndingTurn(db: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${sql.lit(turn)})`.execute(db)
}
