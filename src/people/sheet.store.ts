import { sql } from 'kysely'

import type { Tx } from '#platform/db'

import type { SheetKind } from './sheet.ts'

export interface SheetRow {
  readonly kind: SheetKind
  readonly body: Uint8Array
  readonly version: number
  readonly updated_at: Date
  readonly updated_by: string
}

interface At {
  readonly partyId: string
  readonly caseId: string
  readonly kind: SheetKind
}

/** The sealed pages of a case, all in one query. */
export async function sheetRows(db: Tx, partyId: string, caseId: string): Promise<readonly SheetRow[]> {
  return db
    .selectFrom('people.sheet')
    .select(['kind', 'body', 'version', 'updated_at', 'updated_by'])
    .where('party_id', '=', partyId)
    .where('case_id', '=', caseId)
    .$narrowType<{ kind: SheetKind }>()
    .execute()
}

/** Writes a page over the version it was read at, 0 for the first time; the new version, or null when somebody was first. */
export async function writeSheet(
  db: Tx,
  at: At,
  version: number,
  body: Uint8Array,
  by: string,
): Promise<number | null> {
  if (version === 0) return insertSheet(db, at, body, by)
  const done = await db
    .updateTable('people.sheet')
    .set({ body, version: version + 1, updated_at: sql<Date>`clock_timestamp()`, updated_by: by })
    .where('party_id', '=', at.partyId)
    .where('case_id', '=', at.caseId)
    .where('kind', '=', at.kind)
    .where('version', '=', version)
    .executeTakeFirst()
  return done.numUpdatedRows === 1n ? version + 1 : null
}

/** Puts the same page back under another seal; its version stays. */
export async function resealSheet(db: Tx, at: At, body: Uint8Array): Promise<void> {
  await db
    .updateTable('people.sheet')
    .set({ body })
    .where('party_id', '=', at.partyId)
    .where('case_id', '=', at.caseId)
    .where('kind', '=', at.kind)
    .execute()
}

async function insertSheet(db: Tx, at: At, body: Uint8Array, by: string): Promise<number | null> {
  const done = await db
    .insertInto('people.sheet')
    .values({ party_id: at.partyId, case_id: at.caseId, kind: at.kind, body, updated_by: by })
    .onConflict((conflict) => conflict.columns(['party_id', 'case_id', 'kind']).doNothing())
    .executeTakeFirst()
  return done.numInsertedOrUpdatedRows === 1n ? 1 : null
}
