import type pg from 'pg'

import type { SignedHead } from '#platform/ledger'

/** The newest head of the stored ledger, as the owner reads it; null before the first. */
export async function newestStoredHead(client: pg.Client): Promise<SignedHead | null> {
  const { rows } = await client.query<{
    size: string
    root: Buffer
    previous: Buffer
    at: Date
    signature: Buffer
  }>('select size, root, previous, at, signature from ledger.head order by size desc limit 1')
  const row = rows[0]
  return row === undefined
    ? null
    : { ...row, size: Number(row.size), at: `${row.at.toISOString().slice(0, 16)}Z` }
}
