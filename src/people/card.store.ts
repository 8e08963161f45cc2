import type { Tx } from '#platform/db'

export interface CardRow {
  readonly case_id: string
  readonly id: string
  readonly body: Uint8Array
  readonly version: number
}

/** The sealed cards of these cases, oldest first. */
export async function cardRows(
  db: Tx,
  partyId: string,
  caseIds: readonly string[],
): Promise<readonly CardRow[]> {
  if (caseIds.length === 0) return []
  return db
    .selectFrom('people.card')
    .select(['case_id', 'id', 'body', 'version'])
    .where('party_id', '=', partyId)
    .where('case_id', 'in', [...caseIds])
    .orderBy('id')
    .execute()
}

/** Puts a new person into the case. */
export async function insertCard(
  db: Tx,
  row: {
    readonly party_id: string
    readonly case_id: string
    readonly id: string
    readonly body: Uint8Array
  },
): Promise<void> {
  await db.insertInto('people.card').values(row).execute()
}

/** Writes a card over the version it was read at; false when somebody else was first. */
export async function updateCard(
  db: Tx,
  at: { readonly partyId: string; readonly caseId: string; readonly id: string; readonly version: number },
  body: Uint8Array,
): Promise<boolean> {
  const done = await db
    .updateTable('people.card')
    .set({ body, version: at.version + 1 })
    .where('party_id', '=', at.partyId)
    .where('case_id', '=', at.caseId)
    .where('id', '=', at.id)
    .where('version', '=', at.version)
    .executeTakeFirst()
  return done.numUpdatedRows === 1n
}

/** Takes a card out of the case; false when it is not there. */
export async function deleteCard(db: Tx, partyId: string, caseId: string, id: string): Promise<boolean> {
  const done = await db
    .deleteFrom('people.card')
    .where('party_id', '=', partyId)
    .where('case_id', '=', caseId)
    .where('id', '=', id)
    .executeTakeFirst()
  return done.numDeletedRows === 1n
}

/** Puts the same card back under another seal; its version stays. */
export async function resealCard(
  db: Tx,
  partyId: string,
  caseId: string,
  id: string,
  body: Uint8Array,
): Promise<void> {
  await db
    .updateTable('people.card')
    .set({ body })
    .where('party_id', '=', partyId)
    .where('case_id', '=', caseId)
    .where('id', '=', id)
    .execute()
}
