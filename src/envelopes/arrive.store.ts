import { sql } from 'kysely'

import type { Tx } from '#platform/db'

/** What arrived and was not tried yet, with its sealed names. */
export async function untried(db: Tx) {
  const { rows } = await sql<{
    id: string
    names: Buffer
    names_version: number
  }>`select * from envelopes.to_try()`.execute(db)
  return rows
}

/** Takes the names away and holds the envelope, with its thread, from these accounts. */
export async function markTried(db: Tx, id: string, accounts: readonly string[]): Promise<void> {
  await sql`select envelopes.tried(${id}::uuid, ${[...accounts]}::uuid[])`.execute(db)
}
