import { sql } from 'kysely'

import { type CaseKey, openCase, sealCase } from '#platform/access'
import type { Tx } from '#platform/db'

import { type Closing, ClosingBody } from './closing.ts'

const columns = ['id', 'case_id', 'asked_by', 'asked_at', 'confirmed_by', 'state', 'body'] as const

/** Every ending of a case, newest first; held against other writers when `hold` says so. */
export async function closingsOf(db: Tx, key: CaseKey, hold = false): Promise<readonly Closing[]> {
  const query = db
    .selectFrom('diary.closing')
    .select(columns)
    .where('party_id', '=', key.partyId)
    .where('case_id', '=', key.caseId)
    .orderBy('asked_at', 'desc')
    .orderBy('id', 'desc')
  const rows = await (hold ? query.forUpdate() : query).execute()
  return rows.map((row) => ({
    id: row.id,
    caseId: row.case_id,
    askedBy: row.asked_by,
    askedAt: row.asked_at,
    confirmedBy: row.confirmed_by,
    state: row.state,
    body: ClosingBody.parse(openCase(key, 'diary.closing', 'body', row.id, row.body)),
  }))
}

/** Puts the ending of a case into it, before the case itself ends. */
export async function insertClosing(
  db: Tx,
  key: CaseKey,
  row: Pick<Closing, 'id' | 'askedBy' | 'body'> & { readonly state: 'asked' | 'ended' },
): Promise<void> {
  await db
    .insertInto('diary.closing')
    .values({
      party_id: key.partyId,
      case_id: key.caseId,
      id: row.id,
      asked_by: row.askedBy,
      state: row.state,
      body: sealed(key, row.id, row.body),
    })
    .execute()
}

/** Writes over an ending that is held. */
export async function writeClosing(
  db: Tx,
  key: CaseKey,
  id: string,
  to: { readonly body: ClosingBody; readonly state?: Closing['state']; readonly confirmedBy?: string },
): Promise<void> {
  await db
    .updateTable('diary.closing')
    .set({
      body: sealed(key, id, to.body),
      ...(to.state === undefined ? {} : { state: to.state }),
      ...(to.confirmedBy === undefined ? {} : { confirmed_by: to.confirmedBy }),
    })
    .where('party_id', '=', key.partyId)
    .where('case_id', '=', key.caseId)
    .where('id', '=', id)
    .execute()
}

/** Opens every ending of a case and seals it again under another key. */
export async function resealClosings(db: Tx, from: CaseKey, to: CaseKey): Promise<void> {
  for (const closing of await closingsOf(db, from, true))
    await writeClosing(db, to, closing.id, { body: closing.body })
}

/** Cases whose ending waits for a lead other than whoever asked. */
export async function closingsAsked(
  db: Tx,
  partyId: string,
  notBy: string,
): Promise<readonly { readonly caseId: string; readonly askedBy: string; readonly askedAt: Date }[]> {
  const rows = await db
    .selectFrom('diary.closing')
    .select(['case_id', 'asked_by', 'asked_at'])
    .where('party_id', '=', partyId)
    .where('state', '=', 'asked')
    .where('asked_by', '<>', notBy)
    .orderBy('asked_at')
    .limit(50)
    .execute()
  return rows.map((row) => ({ caseId: row.case_id, askedBy: row.asked_by, askedAt: row.asked_at }))
}

/** In a case that is taken up again, steps that fell due meanwhile are due now; appointments keep their time. */
export async function openEntriesDue(db: Tx, key: CaseKey, before: Date): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('diary.entry')
    .select('id')
    .where('party_id', '=', key.partyId)
    .where('case_id', '=', key.caseId)
    .where('state', '=', 'open')
    .where('due_at', '<', before)
    .execute()
  return rows.map((row) => row.id)
}

/** The moment by the database's clock. */
export async function nowOf(db: Tx): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db)
  const now = rows[0]?.now
  if (now === undefined) throw new Error('The database tells no time.')
  return now
}

function sealed(key: CaseKey, id: string, body: ClosingBody): Uint8Array {
  return sealCase(key, 'diary.closing', 'body', id, body)
}
