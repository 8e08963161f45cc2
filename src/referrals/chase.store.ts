import { sql } from 'kysely'

import type { Tx } from '#platform/db'

import type { ChaseSetting, Late, Notice, NoticeKind, Nudge } from './chase.ts'

/** What this party has set; nulls where it has set nothing. */
export async function chaseSetting(db: Tx, partyId: string): Promise<ChaseSetting> {
  const row = await db
    .selectFrom('referrals.chase_setting')
    .select([
      'lead_id as leadId',
      'tries',
      'look_again_days as lookAgainDays',
      'unreached_days as unreachedDays',
    ])
    .where('party_id', '=', partyId)
    .executeTakeFirst()
  return row ?? { leadId: null, tries: null, lookAgainDays: null, unreachedDays: null }
}

/** Puts it down; what is not said stays as it was. */
export async function writeChaseSetting(
  db: Tx,
  partyId: string,
  set: Pick<ChaseSetting, 'leadId' | 'tries'> & Partial<ChaseSetting>,
): Promise<void> {
  const said = {
    lead_id: set.leadId,
    tries: set.tries,
    ...(set.lookAgainDays === undefined ? {} : { look_again_days: set.lookAgainDays }),
    ...(set.unreachedDays === undefined ? {} : { unreached_days: set.unreachedDays }),
  }
  await db
    .insertInto('referrals.chase_setting')
    .values({ party_id: partyId, ...said })
    .onConflict((conflict) => conflict.column('party_id').doUpdateSet(said))
    .execute()
}

/** What is late for whoever asks, the longest first, and how many there are. */
export async function lateForMe(
  db: Tx,
  most: number,
): Promise<{ readonly late: readonly Late[]; readonly total: number }> {
  const { rows } = await sql<{ thread_id: string; as_lead: boolean; total: number }>`
    select thread_id, as_lead, total from referrals.late_for_me(${most}::integer)`.execute(db)
  return {
    late: rows.map((row) => ({ threadId: row.thread_id, asLead: row.as_lead })),
    total: rows[0]?.total ?? 0,
  }
}

/** Asks the other side again, without a word in it. */
export async function pleaseAnswer(db: Tx, threadId: string): Promise<Nudge> {
  const { rows } = await sql<{
    came: Nudge
  }>`select referrals.please_answer(${threadId}::uuid) as came`.execute(db)
  return rows[0]?.came ?? 'no-thread'
}

/** What happened to the asker's threads without them, newest first. */
export async function noticesOf(
  db: Tx,
  partyId: string,
  accountId: string,
  most: number,
): Promise<readonly Notice[]> {
  return db
    .selectFrom('referrals.notice')
    .select(['thread_id as threadId', 'kind', 'noted_at as at'])
    .where('party_id', '=', partyId)
    .where('account_id', '=', accountId)
    .orderBy('noted_at', 'desc')
    .limit(most)
    .$narrowType<{ kind: NoticeKind }>()
    .execute()
}

/** They have looked: at one thread, or at all. */
export async function dropNotices(
  db: Tx,
  partyId: string,
  accountId: string,
  threadId: string | null,
): Promise<void> {
  const query = db
    .deleteFrom('referrals.notice')
    .where('party_id', '=', partyId)
    .where('account_id', '=', accountId)
  await (threadId === null ? query : query.where('thread_id', '=', threadId)).execute()
}
