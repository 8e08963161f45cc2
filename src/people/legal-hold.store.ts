import { sql } from 'kysely'

import { type CaseKey, openCase, sealCase } from '#platform/access'
import type { Tx } from '#platform/db'

import { type LegalHold, LegalHoldBody } from './legal-hold.ts'

/** Every hold of a case, newest first. */
export async function holdsOf(db: Tx, key: CaseKey): Promise<readonly LegalHold[]> {
  const rows = await db
    .selectFrom('people.legal_hold')
    .select(['id', 'placed_at', 'placed_by', 'lifted_at', 'lifted_by', 'body'])
    .where('party_id', '=', key.partyId)
    .where('case_id', '=', key.caseId)
    .orderBy('id', 'desc')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    placedAt: row.placed_at,
    placedBy: row.placed_by,
    liftedAt: row.lifted_at,
    liftedBy: row.lifted_by,
    ...LegalHoldBody.parse(openCase(key, 'people.legal_hold', 'body', row.id, row.body)),
  }))
}

/** Whether a hold is in force. */
export async function onHold(db: Tx, partyId: string, caseId: string): Promise<boolean> {
  const row = await db
    .selectFrom('people.legal_hold')
    .select('id')
    .where('party_id', '=', partyId)
    .where('case_id', '=', caseId)
    .where('lifted_at', 'is', null)
    .executeTakeFirst()
  return row !== undefined
}

/** Those of the cases on which a hold is in force. */
export async function casesOnHold(
  db: Tx,
  partyId: string,
  caseIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (caseIds.length === 0) return new Set()
  const rows = await db
    .selectFrom('people.legal_hold')
    .select('case_id')
    .where('party_id', '=', partyId)
    .where('case_id', 'in', [...caseIds])
    .where('lifted_at', 'is', null)
    .execute()
  return new Set(rows.map((row) => row.case_id))
}

/** Puts a hold on a case. */
export async function insertHold(
  db: Tx,
  key: CaseKey,
  row: { readonly id: string; readonly by: string; readonly body: LegalHoldBody },
): Promise<void> {
  await db
    .insertInto('people.legal_hold')
    .values({
      party_id: key.partyId,
      case_id: key.caseId,
      id: row.id,
      placed_by: row.by,
      body: sealed(key, row.id, row.body),
    })
    .execute()
}

/** Ends a hold with the reason for it. */
export async function endHold(
  db: Tx,
  key: CaseKey,
  row: { readonly id: string; readonly by: string; readonly body: LegalHoldBody },
): Promise<void> {
  await db
    .updateTable('people.legal_hold')
    .set({
      lifted_at: sql<Date>`clock_timestamp()`,
      lifted_by: row.by,
      body: sealed(key, row.id, row.body),
    })
    .where('party_id', '=', key.partyId)
    .where('case_id', '=', key.caseId)
    .where('id', '=', row.id)
    .where('lifted_at', 'is', null)
    .execute()
}

/** Puts the holds of a case under its new key. */
export async function resealHolds(db: Tx, from: CaseKey, to: CaseKey): Promise<void> {
  for (const { id, ground, reason, liftedReason } of await holdsOf(db, from)) {
    await db
      .updateTable('people.legal_hold')
      .set({ body: sealed(to, id, { ground, reason, liftedReason }) })
      .where('party_id', '=', to.partyId)
      .where('case_id', '=', to.caseId)
      .where('id', '=', id)
      .execute()
  }
}

function sealed(key: CaseKey, id: string, body: LegalHoldBody): Uint8Array {
  return sealCase(key, 'people.legal_hold', 'body', id, LegalHoldBody.parse(body))
}
