import { sql } from 'kysely'

import { type CaseKey, openCase, sealCase } from '#platform/access'
import type { Tx } from '#platform/db'

import { AskBody, type StoredAsk } from './ask.ts'

/** Every ask of a case, newest first. */
export async function asksOf(db: Tx, key: CaseKey): Promise<readonly StoredAsk[]> {
  const rows = await db
    .selectFrom('asks.ask')
    .select(['id', 'case_id', 'state', 'asked_at', 'due_at', 'answered_at', 'version', 'body'])
    .where('party_id', '=', key.partyId)
    .where('case_id', '=', key.caseId)
    .orderBy('id', 'desc')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    caseId: row.case_id,
    state: row.state,
    askedAt: row.asked_at,
    dueAt: row.due_at,
    answeredAt: row.answered_at,
    version: row.version,
    body: AskBody.parse(openCase(key, 'asks.ask', 'body', row.id, row.body)),
  }))
}

/** Puts an ask into a case. */
export async function insertAsk(
  db: Tx,
  key: CaseKey,
  row: { readonly id: string; readonly by: string; readonly dueAt: Date | null; readonly body: AskBody },
): Promise<void> {
  await db
    .insertInto('asks.ask')
    .values({
      party_id: key.partyId,
      case_id: key.caseId,
      id: row.id,
      kind: row.body.kind,
      made_by: row.by,
      due_at: row.dueAt,
      body: sealed(key, row.id, row.body),
    })
    .execute()
}

/** Writes over the version that was read; false when somebody else was first. */
export async function writeAsk(
  db: Tx,
  key: CaseKey,
  at: { readonly id: string; readonly version: number },
  body: AskBody,
  answered: boolean,
): Promise<boolean> {
  const done = await db
    .updateTable('asks.ask')
    .set({
      body: sealed(key, at.id, body),
      version: at.version + 1,
      ...(answered
        ? { state: 'answered' as const, answered_at: sql<Date>`coalesce(answered_at, clock_timestamp())` }
        : {}),
    })
    .where('party_id', '=', key.partyId)
    .where('case_id', '=', key.caseId)
    .where('id', '=', at.id)
    .where('version', '=', at.version)
    .executeTakeFirst()
  return done.numUpdatedRows === 1n
}

/** Puts the asks of a case under its new key; versions stay. */
export async function resealAsks(db: Tx, from: CaseKey, to: CaseKey): Promise<void> {
  for (const ask of await asksOf(db, from)) {
    await db
      .updateTable('asks.ask')
      .set({ body: sealed(to, ask.id, ask.body) })
      .where('party_id', '=', to.partyId)
      .where('case_id', '=', to.caseId)
      .where('id', '=', ask.id)
      .execute()
  }
}

function sealed(key: CaseKey, id: string, body: AskBody): Uint8Array {
  return sealCase(key, 'asks.ask', 'body', id, AskBody.parse(body))
}
