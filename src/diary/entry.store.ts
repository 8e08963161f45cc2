import { sql } from 'kysely'

import { type CaseKey, isId, openCase, sealCase } from '#platform/access'
import type { Tx } from '#platform/db'

import { type Entry, EntryBody } from './entry.ts'

const columns = ['id', 'case_id', 'owner_id', 'state', 'due_at', 'version', 'body'] as const

interface Row {
  readonly id: string
  readonly case_id: string
  readonly owner_id: string
  readonly state: 'open' | 'over'
  readonly due_at: Date
  readonly version: number
  readonly body: Uint8Array
}

/** Entries of one case: the open ones, soonest first, or what is over, newest first. */
export async function entriesOf(
  db: Tx,
  key: CaseKey,
  state: Entry['state'],
  limit: number,
): Promise<readonly Entry[]> {
  const rows = await db
    .selectFrom('diary.entry')
    .select(columns)
    .where('party_id', '=', key.partyId)
    .where('case_id', '=', key.caseId)
    .where('state', '=', state)
    .orderBy('due_at', state === 'open' ? 'asc' : 'desc')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map((row) => opened(key, row))
}

/** One entry of a case, its row held against other writers; null when it is not there. */
export async function entryOf(db: Tx, key: CaseKey, id: string, hold = false): Promise<Entry | null> {
  if (!isId(id)) return null
  const query = db
    .selectFrom('diary.entry')
    .select(columns)
    .where('party_id', '=', key.partyId)
    .where('case_id', '=', key.caseId)
    .where('id', '=', id)
  const row = await (hold ? query.forUpdate() : query).executeTakeFirst()
  return row === undefined ? null : opened(key, row)
}

/** Puts an entry into a case. */
export async function insertEntry(
  db: Tx,
  key: CaseKey,
  row: { readonly id: string; readonly ownerId: string; readonly dueAt: Date; readonly body: EntryBody },
): Promise<void> {
  await db
    .insertInto('diary.entry')
    .values({
      party_id: key.partyId,
      case_id: key.caseId,
      id: row.id,
      owner_id: row.ownerId,
      due_at: row.dueAt,
      body: sealed(key, row.id, row.body),
    })
    .execute()
}

/** Writes over a row that is held. */
export async function writeEntry(
  db: Tx,
  key: CaseKey,
  entry: Pick<Entry, 'id' | 'version'>,
  to: { readonly body: EntryBody; readonly state?: 'over'; readonly dueAt?: Date },
): Promise<void> {
  await db
    .updateTable('diary.entry')
    .set({
      body: sealed(key, entry.id, to.body),
      version: entry.version + 1,
      ...(to.state === undefined ? {} : { state: to.state }),
      ...(to.dueAt === undefined ? {} : { due_at: to.dueAt }),
    })
    .where('party_id', '=', key.partyId)
    .where('case_id', '=', key.caseId)
    .where('id', '=', entry.id)
    .execute()
}

/** Opens every entry of a case and seals it again under another key. */
export async function resealEntries(db: Tx, from: CaseKey, to: CaseKey): Promise<void> {
  const rows = await db
    .selectFrom('diary.entry')
    .select(columns)
    .where('party_id', '=', from.partyId)
    .where('case_id', '=', from.caseId)
    .forUpdate()
    .execute()
  for (const row of rows) {
    await db
      .updateTable('diary.entry')
      .set({ body: sealed(to, row.id, opened(from, row).body) })
      .where('party_id', '=', from.partyId)
      .where('case_id', '=', from.caseId)
      .where('id', '=', row.id)
      .execute()
  }
}

/** Whose diaries, between which moments, and which part of the list. */
export interface DiaryAsked {
  readonly partyId: string
  readonly owners: readonly string[]
  readonly from: Date | null
  readonly until: Date
  readonly limit: number
  readonly offset: number
}

/** A line of a diary before its words are opened. */
export interface DiaryRow extends Row {
  readonly shown_to: string
  readonly total: number
}

/**
 * Open entries of cases that are being worked on, soonest first: those of these owners, and in their own cases what lies with
 * somebody who has left or may not see the case any more. Where they lie is found by the rule of the fence as a whole; each line is
 * then read through the fence itself.
 */
export async function diaryRows(db: Tx, ask: DiaryAsked): Promise<readonly DiaryRow[]> {
  if (ask.owners.length === 0) return []
  const { rows } = await sql<DiaryRow>`
    select e.id, e.case_id, e.owner_id, e.state, e.due_at, e.version, e.body, f.shown_to, f.total
    from diary.list_entries(${[...ask.owners]}::uuid[], ${ask.from}::timestamptz, ${ask.until}::timestamptz, ${ask.limit}::integer,
      ${ask.offset}::integer) with ordinality as f (case_id, id, shown_to, total, place)
    join diary.entry e on e.party_id = ${ask.partyId} and e.case_id = f.case_id and e.id = f.id
    order by f.place`.execute(db)
  return rows
}

/** How much each worker has open: what is late, today, and in the week after. What nobody holds any more counts for the case's worker. */
export interface Load {
  readonly accountId: string
  readonly late: number
  readonly today: number
  readonly week: number
}

/** The load of everybody whose cases the asker may see; counts of clear columns, nothing is opened. */
export async function loads(
  db: Tx,
  partyId: string,
  at: { readonly today: Date; readonly tomorrow: Date; readonly week: Date },
): Promise<readonly Load[]> {
  const { rows } = await sql<Load>`
    select x.who as "accountId",
      count(*) filter (where x.due_at < ${at.today})::integer as late,
      count(*) filter (where x.due_at >= ${at.today} and x.due_at < ${at.tomorrow})::integer as today,
      count(*) filter (where x.due_at >= ${at.tomorrow})::integer as week
    from (
      select e.due_at, case when diary.holds(e.party_id, e.case_id, e.owner_id) then e.owner_id else c.owner_id end as who
      from diary.entry e join people."case" c on c.party_id = e.party_id and c.id = e.case_id and c.state = 'active'
      where e.party_id = ${partyId} and e.state = 'open' and e.due_at < ${at.week}
    ) x group by x.who`.execute(db)
  return rows
}

/** Opens an entry's words; throws Unopenable when the cell was moved or changed. */
export function opened(key: CaseKey, row: Row): Entry {
  return {
    id: row.id,
    caseId: row.case_id,
    ownerId: row.owner_id,
    state: row.state,
    dueAt: row.due_at,
    version: row.version,
    body: EntryBody.parse(openCase(key, 'diary.entry', 'body', row.id, row.body)),
  }
}

function sealed(key: CaseKey, id: string, body: EntryBody): Uint8Array {
  return sealCase(key, 'diary.entry', 'body', id, body)
}
