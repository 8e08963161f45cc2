import { sql } from 'kysely'

import { addBearer } from '#platform/access'
import type { Bytes } from '#platform/crypto'
import type { Pool, Tx } from '#platform/db'

import type { Visit } from './visit.ts'

/** How long a code waits for the person. */
const minutes = 15

/** Keeps a visit and the person's way into it, for a quarter of an hour by the database's clock. */
export async function insertVisit(
  db: Tx,
  row: {
    readonly partyId: string
    readonly caseId: string
    readonly id: string
    readonly releaseId: string
    readonly releaseVersion: number
    readonly madeBy: string
    readonly hold: Bytes
    readonly codeHash: Bytes
    readonly secretRow: Bytes
    readonly salt: Bytes
    readonly wrap: Bytes
    readonly page: Bytes
  },
): Promise<void> {
  const endsAt = sql<Date>`clock_timestamp() + make_interval(mins => ${minutes})`
  const about = { partyId: row.partyId, caseId: row.caseId }
  const bearer = await addBearer(db, about, row.secretRow, minutes)
  await db
    .insertInto('releases.visit')
    .values({
      party_id: row.partyId,
      case_id: row.caseId,
      id: row.id,
      release_id: row.releaseId,
      release_version: row.releaseVersion,
      bearer_id: bearer,
      made_by: row.madeBy,
      state: 'waiting',
      ends_at: endsAt,
      hold: row.hold,
    })
    .execute()
  await db
    .insertInto('releases.visit_door')
    .values({
      party_id: row.partyId,
      visit_id: row.id,
      token_hash: row.codeHash,
      salt: row.salt,
      wrap: row.wrap,
      page: row.page,
    })
    .execute()
}

/** The newest visit of a draft; one that ran out by the database's clock is over, whether or not it was swept. */
export async function newestVisit(db: Tx, partyId: string, releaseId: string): Promise<Visit | null> {
  const row = await db
    .selectFrom('releases.visit')
    .select([
      'id',
      'release_id as releaseId',
      'release_version as releaseVersion',
      sql<
        Visit['state']
      >`case when state in ('waiting', 'opened') and ends_at <= clock_timestamp() then 'over' else state end`.as(
        'state',
      ),
      'made_by as madeBy',
      'ends_at as endsAt',
      'tries',
      'hold',
      'answer',
    ])
    .where('party_id', '=', partyId)
    .where('release_id', '=', releaseId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ?? null
}

/** Ends every open visit of a draft, answered ones too: their answer goes. */
export async function endVisits(db: Tx, releaseId: string): Promise<number> {
  const { rows } = await sql<{ ended: number }>`select releases.end_visits(${releaseId}) as ended`.execute(db)
  return rows[0]?.ended ?? 0
}

/** The holds of every visit of a case, for when the case gets a new key. */
export async function holdsOf(db: Tx, partyId: string, caseId: string) {
  return db
    .selectFrom('releases.visit')
    .select(['id', 'hold'])
    .where('party_id', '=', partyId)
    .where('case_id', '=', caseId)
    .forUpdate()
    .execute()
}

/** Writes a hold that lies under another key now. */
export async function writeHold(db: Tx, partyId: string, id: string, hold: Bytes): Promise<void> {
  await db
    .updateTable('releases.visit')
    .set({ hold })
    .where('party_id', '=', partyId)
    .where('id', '=', id)
    .execute()
}

/** What a code is stretched with; null for one that opens nothing. */
export async function saltOf(db: Pool, codeHash: Bytes): Promise<Bytes | null> {
  const { rows } = await sql<{
    salt: Buffer | null
  }>`select releases.visit_salt(${codeHash}) as salt`.execute(db)
  return rows[0]?.salt ?? null
}

/** One try with a code; null for a wrong one. */
export async function knock(
  db: Tx,
  codeHash: Bytes,
  secretRow: Bytes,
): Promise<{ readonly visitId: string; readonly wrap: Buffer } | null> {
  const { rows } = await sql<{ visitId: string; wrap: Buffer }>`
    select visit_id as "visitId", wrap from releases.knock(${codeHash}, ${secretRow})`.execute(db)
  return rows[0] ?? null
}

/** Uses the code up: from here only the cookie opens the page. */
export async function enterVisit(
  db: Tx,
  code: { readonly codeHash: Bytes; readonly secretRow: Bytes },
  to: { readonly cookieRow: Bytes; readonly wrap: Bytes },
): Promise<boolean> {
  const { rows } = await sql<{ entered: boolean }>`
    select releases.enter(${code.codeHash}, ${code.secretRow}, ${to.cookieRow}, ${to.wrap}) as entered`.execute(
    db,
  )
  return rows[0]?.entered ?? false
}

/** The one visit that the holder of a cookie sees, with its page; null when it is over. */
export async function visitOfBearer(db: Tx) {
  const row = await db
    .selectFrom('releases.visit as v')
    .innerJoin('releases.visit_door as d', (join) =>
      join.onRef('d.party_id', '=', 'v.party_id').onRef('d.visit_id', '=', 'v.id'),
    )
    .select(['v.party_id as partyId', 'v.id', 'v.release_id as releaseId', 'd.wrap', 'd.page', 'v.answer'])
    .executeTakeFirst()
  return row ?? null
}

/** Keeps what the person has said so far. False when it was over already. */
export async function keepAnswer(db: Tx, answer: Bytes): Promise<boolean> {
  const { rows } = await sql<{ kept: boolean }>`select releases.answer_visit(${answer}) as kept`.execute(db)
  return rows[0]?.kept ?? false
}

/** Keeps the last word, shuts the page, and writes the line of the agency's ledger. False when it was over already. */
export async function closeVisit(
  db: Tx,
  answer: Bytes,
  line: { readonly version: number; readonly commitment: Bytes; readonly detail: Bytes } | null,
): Promise<boolean> {
  const { rows } = await sql<{ kept: boolean }>`
    select releases.close_visit(${answer}, ${line?.version ?? null}::integer, ${line?.commitment ?? null}, ${line?.detail ?? null}) as kept`.execute(
    db,
  )
  return rows[0]?.kept ?? false
}

/** *Exit this page*: the visit is over without an answer. */
export async function leaveVisitOf(db: Pool, cookieRow: Bytes): Promise<void> {
  await sql`select releases.leave_visit(${cookieRow})`.execute(db)
}
