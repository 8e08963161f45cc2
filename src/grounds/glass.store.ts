import { sql } from 'kysely'

import type { Tx } from '#platform/db'

/** Counts one more try, one after the other for each person, and answers how many there were in this hour with it. */
export async function countTry(db: Tx, partyId: string, accountId: string): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`glass ${accountId}`}, 0))`.execute(db)
  await db
    .deleteFrom('grounds.glass_try')
    .where('party_id', '=', partyId)
    .where('tried_at', '<', sql<Date>`clock_timestamp() - interval '1 hour'`)
    .execute()
  await db.insertInto('grounds.glass_try').values({ party_id: partyId, account_id: accountId }).execute()
  const { count } = await db
    .selectFrom('grounds.glass_try')
    .select((each) => each.fn.countAll<string>().as('count'))
    .where('party_id', '=', partyId)
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** Whether the asker may break the glass of this case: false is one answer for every reason. Where true, the case is held. */
export async function mayBreakGlass(db: Tx, caseId: string | null): Promise<boolean> {
  const { rows } = await sql<{
    may: boolean
  }>`select grounds.may_break_glass(${caseId}::uuid) as may`.execute(db)
  return rows[0]?.may === true
}

/** An opening of one's own whose clock still runs, with the wrap that ends with it. */
export interface LiveGlass {
  readonly id: string
  readonly endsAt: Date
  readonly wrap: {
    readonly case_id: string
    readonly holder: string
    readonly key_version: number
    readonly party_version: number
    readonly wrap: Uint8Array
  }
}

/** Openings of this person that run by the database's clock: one by its id, or those of one case. */
export async function liveGlass(
  db: Tx,
  who: { readonly partyId: string; readonly accountId: string },
  which: { readonly id: string } | { readonly caseId: string },
): Promise<LiveGlass | null> {
  const query = db
    .selectFrom('grounds.ground as g')
    .innerJoin('keyring.case_wrap as w', (join) =>
      join.onRef('w.party_id', '=', 'g.party_id').onRef('w.case_id', '=', 'g.case_id'),
    )
    .select(['g.id', 'g.ends_at', 'w.case_id', 'w.holder', 'w.key_version', 'w.party_version', 'w.wrap'])
    .where('g.party_id', '=', who.partyId)
    .where('g.made_by', '=', who.accountId)
    .where('w.holder', '=', who.accountId)
    .where('g.ends_at', '>', sql<Date>`clock_timestamp()`)
    .where('w.ends_at', '>', sql<Date>`clock_timestamp()`)
    .orderBy('g.id', 'desc')
  const row = await (
    'id' in which ? query.where('g.id', '=', which.id) : query.where('g.case_id', '=', which.caseId)
  ).executeTakeFirst()
  if (row === undefined || row.ends_at === null) return null
  const { id, ends_at: endsAt, ...wrap } = row
  return { id, endsAt, wrap }
}
