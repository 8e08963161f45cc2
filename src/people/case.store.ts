import { sql } from 'kysely'

import type { Tx } from '#platform/db'

import type { CaseRow, DueWithin } from './case.ts'

const columns = [
  'id',
  'key_version as keyVersion',
  'sort',
  'state',
  'owner_id as ownerId',
  'opened_at as openedAt',
  'updated_at as updatedAt',
  'due_at as dueAt',
  'version',
] as const

/** How firmly a case's row is held until the end of the transaction. */
export type Hold = 'reading' | 'changing' | 'rekeying'

/**
 * A case's row, or null when it is missing or not the asker's. Read before the key: whoever reads or changes holds off a
 * change of key, so that no cell is ever read or written under a key that has just gone.
 */
export async function caseRow(db: Tx, partyId: string, id: string, hold: Hold): Promise<CaseRow | null> {
  const query = db
    .selectFrom('people.case')
    .select(columns)
    .where('party_id', '=', partyId)
    .where('id', '=', id)
  const held =
    hold === 'reading'
      ? query.forKeyShare()
      : hold === 'changing'
        ? query.forNoKeyUpdate()
        : query.forUpdate()
  return (await held.executeTakeFirst()) ?? null
}

/** The rows of these cases that the asker may see. */
export async function caseRowsOf(
  db: Tx,
  partyId: string,
  ids: readonly string[],
): Promise<readonly CaseRow[]> {
  return db
    .selectFrom('people.case')
    .select(columns)
    .where('party_id', '=', partyId)
    .where('id', 'in', [...ids])
    .execute()
}

/** Puts the row of a new case beside the key that was made before it. */
export async function insertCase(
  db: Tx,
  row: {
    readonly partyId: string
    readonly id: string
    readonly ownerId: string
    readonly openedAt?: Date | undefined
  },
): Promise<void> {
  const opened = row.openedAt === undefined ? {} : { opened_at: row.openedAt }
  await db
    .insertInto('people.case')
    .values({ party_id: row.partyId, id: row.id, owner_id: row.ownerId, ...opened })
    .execute()
}

/** Notes on the case's row that something in it changed. */
export async function touchCase(db: Tx, partyId: string, id: string): Promise<void> {
  await db
    .updateTable('people.case')
    .set((eb) => ({ version: eb('version', '+', 1), updated_at: sql<Date>`clock_timestamp()` }))
    .where('party_id', '=', partyId)
    .where('id', '=', id)
    .execute()
}

/** Sets the clear columns of a case. */
export async function updateCase(
  db: Tx,
  partyId: string,
  id: string,
  set: {
    readonly owner_id?: string
    readonly state?: 'active' | 'ended'
    readonly due_at?: Date | null
    readonly sort?: 'closed'
    readonly key_version?: number
  },
): Promise<void> {
  await db.updateTable('people.case').set(set).where('party_id', '=', partyId).where('id', '=', id).execute()
}

/** Which cases a list shows: of these workers (null: of everybody), in this state, due within this time. */
export interface CasesNarrowed {
  readonly owners: readonly string[] | null
  readonly state: 'active' | 'ended'
  readonly due: DueWithin
}

/**
 * Cases that fit and that the asker may see; what is due comes first, then what changed last. The ids of one page are found by the
 * rule of the fence as a whole; each line is then read through the fence itself.
 */
export async function listCases(
  db: Tx,
  partyId: string,
  ask: CasesNarrowed & { readonly limit: number; readonly offset: number },
): Promise<readonly CaseRow[]> {
  const { rows } = await sql<{ id: string }>`
    select id from people.list_cases(${narrowing(ask)}, ${ask.limit}::integer, ${ask.offset}::integer)
      with ordinality as found (id, place) order by place`.execute(db)
  const ids = rows.map((row) => row.id)
  if (ids.length === 0) return []
  const found = new Map((await caseRowsOf(db, partyId, ids)).map((row) => [row.id, row]))
  return ids.flatMap((id) => found.get(id) ?? [])
}

/** What both functions of the database are asked. */
function narrowing({ owners, state, due }: CasesNarrowed) {
  return sql`${owners === null ? null : [...owners]}::uuid[], ${state}::text, ${due.from}::timestamptz, ${due.until}::timestamptz,
    ${due.undated}::boolean`
}

/** How many such cases the asker may see: counted behind the same fence, all at once. */
export async function countCases(db: Tx, asked: CasesNarrowed): Promise<number> {
  const { rows } = await sql<{ found: number }>`
    select people.count_listed(${narrowing(asked)}) as found`.execute(db)
  return rows[0]?.found ?? 0
}

/** How many cases a worker keeps, and how many of them are past their time. */
export interface CaseLoad {
  readonly accountId: string
  readonly cases: number
  readonly late: number
}

/** What everybody keeps of the cases that the asker may see; clear columns, nothing is opened. */
export async function caseLoads(db: Tx): Promise<readonly CaseLoad[]> {
  const { rows } = await sql<CaseLoad>`
    select account_id as "accountId", cases, late from people.load_of_workers()`.execute(db)
  return rows
}
