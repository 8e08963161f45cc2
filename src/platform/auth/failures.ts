import { sql } from 'kysely'

import { asJob } from '#platform/access'
import type { Pools, Tx } from '#platform/db'
import { lineFor } from '#platform/ledger'

interface Untold {
  readonly account_id: string
  readonly failures: number
  readonly fresh: number
  readonly party_id: string
  readonly key_version: number
  readonly box_public: Buffer
}

/**
 * Writes the failed sign-ins of existing accounts into their agencies' ledgers, with their number: at most one line an account
 * in a window that grows from a minute to a day. Runs apart from any sign-in, so that no request takes longer for somebody who
 * exists. Gives how many lines it wrote.
 */
export async function tellFailures(pools: Pools): Promise<number> {
  return asJob(pools, async (db) => {
    const free = await sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(727274) as mine`.execute(db)
    if (free.rows[0]?.mine !== true) return 0
    const { rows } = await sql<Untold>`select * from access.failures_to_tell()`.execute(db)
    for (const row of rows) {
      const { commitment, detail } = lineFor(row.box_public, { account: row.account_id, failed: row.fresh })
      await sql`select access.tell_failures(${row.account_id}::uuid, ${row.party_id}::uuid, ${row.key_version},
        ${commitment}, ${detail})`.execute(db)
    }
    const told = new Map(rows.map((row) => [row.account_id, row.failures]))
    for (const [account, upto] of told)
      await sql`select access.failures_told(${account}::uuid, ${upto})`.execute(db)
    return rows.length + (await tellOfClients(db))
  })
}

/** The same of wrong secrets of systems that agencies have. */
async function tellOfClients(db: Tx): Promise<number> {
  const { rows } = await sql<Untold>`select * from clients.failures_to_tell()`.execute(db)
  for (const row of rows) {
    const { commitment, detail } = lineFor(row.box_public, { client: row.account_id, failed: row.fresh })
    await sql`select clients.tell_failures(${row.account_id}::uuid, ${row.key_version}, ${commitment}, ${detail})`.execute(
      db,
    )
    await sql`select access.failures_told(${row.account_id}::uuid, ${row.failures})`.execute(db)
  }
  return rows.length
}
