import type { Tx } from '#platform/db'

export interface NoteRow {
  readonly id: string
  readonly author_id: string
  readonly written_at: Date
  readonly body: Uint8Array
}

/** The sealed notes of a case, newest first; all of them without a limit. */
export async function noteRows(
  db: Tx,
  partyId: string,
  caseId: string,
  limit: number | null,
): Promise<readonly NoteRow[]> {
  const query = db
    .selectFrom('people.note')
    .select(['id', 'author_id', 'written_at', 'body'])
    .where('party_id', '=', partyId)
    .where('case_id', '=', caseId)
    .orderBy('written_at', 'desc')
    .orderBy('id', 'desc')
  return limit === null ? query.execute() : query.limit(limit).execute()
}

/** Puts a note into the case. */
export async function insertNote(
  db: Tx,
  row: {
    readonly party_id: string
    readonly case_id: string
    readonly id: string
    readonly author_id: string
    readonly body: Uint8Array
    readonly written_at?: Date
  },
): Promise<void> {
  await db.insertInto('people.note').values(row).execute()
}

/** Puts the same note back under another seal. */
export async function resealNote(
  db: Tx,
  partyId: string,
  caseId: string,
  id: string,
  body: Uint8Array,
): Promise<void> {
  await db
    .updateTable('people.note')
    .set({ body })
    .where('party_id', '=', partyId)
    .where('case_id', '=', caseId)
    .where('id', '=', id)
    .execute()
}
