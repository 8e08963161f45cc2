import { sql } from 'kysely'

import type { Tx } from '#platform/db'

/** A row as it lies: clear columns, and what is sealed. */
export interface KeepingRow {
  readonly threadId: string
  readonly caseId: string | null
  readonly keptSince: Date | null
  readonly settledAt: Date | null
  readonly nextThread: string | null
  readonly version: number
  readonly keyVersion: number
  readonly body: Uint8Array | null
}

const columns = [
  'thread_id as threadId',
  'case_id as caseId',
  'kept_since as keptSince',
  'settled_at as settledAt',
  'next_thread as nextThread',
  'version',
  'key_version as keyVersion',
  'body',
] as const

/** Who keeps hold of the person of one thread; null while nothing was written and no no was heard. */
export async function keepingRow(db: Tx, partyId: string, threadId: string): Promise<KeepingRow | null> {
  const row = await db
    .selectFrom('referrals.keeping')
    .select(columns)
    .where('party_id', '=', partyId)
    .where('thread_id', '=', threadId)
    .executeTakeFirst()
  return row ?? null
}

/** Those of a case. */
export async function keepingRows(db: Tx, partyId: string, caseId: string): Promise<readonly KeepingRow[]> {
  return db
    .selectFrom('referrals.keeping')
    .select(columns)
    .where('party_id', '=', partyId)
    .where('case_id', '=', caseId)
    .limit(200)
    .execute()
}

interface Sealed {
  readonly body: Uint8Array
  readonly key_version: number
}

interface At {
  readonly partyId: string
  readonly caseId: string | null
  readonly threadId: string
}

/** Writes the sealed part over the version it was read at, 0 for the first time; false when somebody was first. */
export async function writeKeeping(db: Tx, at: At, version: number, sealed: Sealed): Promise<boolean> {
  if (version === 0) {
    const made = await db
      .insertInto('referrals.keeping')
      .values({ party_id: at.partyId, case_id: at.caseId, thread_id: at.threadId, ...sealed })
      .onConflict((conflict) => conflict.columns(['party_id', 'thread_id']).doNothing())
      .executeTakeFirst()
    return made.numInsertedOrUpdatedRows === 1n
  }
  const done = await db
    .updateTable('referrals.keeping')
    .set({ ...sealed, version: version + 1 })
    .where('party_id', '=', at.partyId)
    .where('thread_id', '=', at.threadId)
    .where('version', '=', version)
    .executeTakeFirst()
  return done.numUpdatedRows === 1n
}

/** Says who has the person now; the database refuses what stands for nobody. */
export async function settleRow(
  db: Tx,
  at: At,
  version: number,
  sealed: Sealed,
  by: { readonly accountId: string; readonly nextThread: string | null },
): Promise<boolean> {
  const done = await db
    .updateTable('referrals.keeping')
    .set({
      ...sealed,
      settled_at: sql<Date>`clock_timestamp()`,
      settled_by: by.accountId,
      next_thread: by.nextThread,
      version: version + 1,
    })
    .where('party_id', '=', at.partyId)
    .where('thread_id', '=', at.threadId)
    .where('version', '=', version)
    .executeTakeFirst()
  return done.numUpdatedRows === 1n
}

/** Threads whose no was settled because this one had the person. */
export async function handedTo(db: Tx, partyId: string, threadId: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('referrals.keeping')
    .select('thread_id')
    .where('party_id', '=', partyId)
    .where('next_thread', '=', threadId)
    .limit(20)
    .execute()
  return rows.map((row) => row.thread_id)
}

/** Puts the same words back under another seal; the version stays. */
export async function resealKeepingRow(
  db: Tx,
  partyId: string,
  threadId: string,
  sealed: Sealed,
): Promise<void> {
  await db
    .updateTable('referrals.keeping')
    .set(sealed)
    .where('party_id', '=', partyId)
    .where('thread_id', '=', threadId)
    .execute()
}

/** A case that was turned away at least twice and that nobody has taken since. */
export interface PassedOn {
  readonly caseId: string
  readonly times: number
  readonly last: Date
}

/** Cases that the asker may see, turned away twice or more, with one no open and nobody who said yes; newest first. */
export async function passedOnTwice(db: Tx, limit: number): Promise<readonly PassedOn[]> {
  const { rows } = await sql<{ caseId: string; times: string; last: Date }>`
    select case_id as "caseId", times, last from referrals.passed_on(${limit})`.execute(db)
  return rows.map((row) => ({ ...row, times: Number(row.times) }))
}

/** The noes of some cases, oldest first: who said them and when they were heard. */
export async function noesOfCases(
  db: Tx,
  partyId: string,
  caseIds: readonly string[],
): Promise<
  readonly { readonly caseId: string | null; readonly otherParty: string; readonly at: Date | null }[]
> {
  return db
    .selectFrom('referrals.keeping as k')
    .innerJoin('referrals.thread as t', (join) =>
      join.onRef('t.party_id', '=', 'k.party_id').onRef('t.id', '=', 'k.thread_id'),
    )
    .select(['k.case_id as caseId', 't.other_party as otherParty', 'k.kept_since as at'])
    .where('k.party_id', '=', partyId)
    .where('k.case_id', 'in', [...caseIds])
    .where('k.kept_since', 'is not', null)
    .orderBy('k.kept_since')
    .limit(200)
    .execute()
}
