import { sql } from 'kysely'

import { rowOf } from '#platform/access'
import type { Pool } from '#platform/db'

/** Whose session a cookie was, even when it is over; null when nothing is known of it. */
export async function ownerOfSession(db: Pool, cookie: string): Promise<string | null> {
  const { rows } = await sql<{
    owner: string | null
  }>`select access.session_owner(${rowOf(cookie)}) as owner`.execute(db)
  return rows[0]?.owner ?? null
}
