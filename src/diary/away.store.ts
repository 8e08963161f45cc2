import { sql } from 'kysely'

import type { Tx } from '#platform/db'

import type { Away } from './away.ts'

/** The colleagues whose diaries somebody looks after on a day. */
export async function coveredBy(
  db: Tx,
  partyId: string,
  coverId: string,
  day: string,
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('diary.away')
    .select('account_id')
    .distinct()
    .where('party_id', '=', partyId)
    .where('cover_id', '=', coverId)
    .where(sql<boolean>`${day}::date between from_on and until_on`)
    .execute()
  return rows.map((row) => row.account_id)
}

/** Who stands in today for these colleagues: only those who are away have an entry. */
export async function coversFor(
  db: Tx,
  partyId: string,
  accountIds: readonly string[],
  day: string,
): Promise<ReadonlyMap<string, string>> {
  if (accountIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('diary.away')
    .select(['account_id', 'cover_id'])
    .where('party_id', '=', partyId)
    .where('account_id', 'in', [...accountIds])
    .where(sql<boolean>`${day}::date between from_on and until_on`)
    .execute()
  return new Map(rows.map((row) => [row.account_id, row.cover_id]))
}

/** Everybody's time away that is not over on a day, soonest first. */
export async function awaysFrom(db: Tx, partyId: string, day: string): Promise<readonly Away[]> {
  const rows = await db
    .selectFrom('diary.away')
    .select(['id', 'account_id', 'cover_id', 'from_on', 'until_on'])
    .where('party_id', '=', partyId)
    .where(sql<boolean>`until_on >= ${day}::date`)
    .orderBy('from_on')
    .orderBy('id')
    .limit(500)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    accountId: row.account_id,
    coverId: row.cover_id,
    from: row.from_on,
    until: row.until_on,
  }))
}

/** Keeps that somebody is away, and who covers. */
export async function insertAway(db: Tx, partyId: string, away: Away): Promise<void> {
  await db
    .insertInto('diary.away')
    .values({
      party_id: partyId,
      id: away.id,
      account_id: away.accountId,
      cover_id: away.coverId,
      from_on: away.from,
      until_on: away.until,
    })
    .execute()
}

/** Takes it away again: somebody is back, or goes at another time. */
export async function deleteAway(db: Tx, partyId: string, id: string): Promise<void> {
  await db.deleteFrom('diary.away').where('party_id', '=', partyId).where('id', '=', id).execute()
}

/** Lets one change of who covers whom follow the other, so that two cannot both be right alone and wrong together. */
export async function lockAways(db: Tx, partyId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`diary.away ${partyId}`}, 0))`.execute(db)
}
