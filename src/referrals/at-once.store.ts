import { sql } from 'kysely'

import type { Tx } from '#platform/db'

import { threadColumns, type SealedThread } from './thread.store.ts'

/** Marks a question of ours as asked while somebody is in the room: whoever may answer it there hears of it at once. */
export async function askAtOnce(db: Tx, threadId: string): Promise<void> {
  await sql`select referrals.ask_at_once(${threadId}::uuid)`.execute(db)
}

/** Questions to this agency from a room where somebody waits, that nobody has answered; the earliest first. */
export async function askedAtOnce(db: Tx, partyId: string): Promise<readonly SealedThread[]> {
  return (
    db
      .selectFrom('referrals.thread')
      .select([...threadColumns, 'key_version as keyVersion', 'body'])
      .where('party_id', '=', partyId)
      .where('side', '=', 'to')
      .where('state', '=', 'received')
      // Asked for once, and so the index is used and the fence comes last: it asks only of what is so new.
      .where('at_once_at', '>', sql<Date>`(select clock_timestamp() - interval '24 hours')`)
      .orderBy('at_once_at')
      .limit(20)
      .execute()
  )
}

/** Questions of ours that began in the same minute as this one: those asked together are among them. */
export async function asksBeside(
  db: Tx,
  partyId: string,
  of: { readonly id: string; readonly startedAt: Date },
): Promise<readonly SealedThread[]> {
  const minute = 60_000
  return db
    .selectFrom('referrals.thread')
    .select([...threadColumns, 'key_version as keyVersion', 'body'])
    .where('party_id', '=', partyId)
    .where('side', '=', 'from')
    .where('kind', '=', 'ask')
    .where('id', '!=', of.id)
    .where('started_at', '>=', new Date(of.startedAt.getTime() - minute))
    .where('started_at', '<=', new Date(of.startedAt.getTime() + minute))
    .orderBy('id')
    .limit(50)
    .execute()
}
