import type { Tx } from '#platform/db'

export interface PaperRow {
  readonly id: string
  readonly author_id: string
  readonly added_at: Date
  readonly head: Uint8Array
}

/** Which paper of which case. */
export interface PaperAt {
  readonly partyId: string
  readonly caseId: string
  readonly id: string
}

/** The heads of a case's papers, newest first; all of them without a limit. */
export async function paperRows(
  db: Tx,
  partyId: string,
  caseId: string,
  page: { readonly limit: number; readonly offset: number } | null,
): Promise<readonly PaperRow[]> {
  const query = db
    .selectFrom('papers.paper')
    .select(['id', 'author_id', 'added_at', 'head'])
    .where('party_id', '=', partyId)
    .where('case_id', '=', caseId)
    .orderBy('id', 'desc')
  return page === null ? query.execute() : query.limit(page.limit).offset(page.offset).execute()
}

/** How many papers a case has. */
export async function countPapers(db: Tx, partyId: string, caseId: string): Promise<number> {
  const { n } = await db
    .selectFrom('papers.paper')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('party_id', '=', partyId)
    .where('case_id', '=', caseId)
    .executeTakeFirstOrThrow()
  return Number(n)
}

/** One paper's head; null for none such. */
export async function paperRow(db: Tx, at: PaperAt): Promise<PaperRow | null> {
  const row = await db
    .selectFrom('papers.paper')
    .select(['id', 'author_id', 'added_at', 'head'])
    .where('party_id', '=', at.partyId)
    .where('case_id', '=', at.caseId)
    .where('id', '=', at.id)
    .executeTakeFirst()
  return row ?? null
}

/** Makes the row that pieces hang on; its head is written again when the whole file is here. */
export async function insertPaper(db: Tx, at: PaperAt, authorId: string, head: Uint8Array): Promise<void> {
  await db
    .insertInto('papers.paper')
    .values({ party_id: at.partyId, case_id: at.caseId, id: at.id, author_id: authorId, head })
    .execute()
}

/** Writes a paper's head. */
export async function setHead(db: Tx, at: PaperAt, head: Uint8Array): Promise<void> {
  await db
    .updateTable('papers.paper')
    .set({ head })
    .where('party_id', '=', at.partyId)
    .where('case_id', '=', at.caseId)
    .where('id', '=', at.id)
    .execute()
}

/** Keeps one sealed piece. */
export async function insertPiece(db: Tx, at: PaperAt, nth: number, body: Uint8Array): Promise<void> {
  await db
    .insertInto('papers.piece')
    .values({ party_id: at.partyId, case_id: at.caseId, paper_id: at.id, nth, body })
    .execute()
}

/** One sealed piece; null where it is missing. */
export async function pieceRow(db: Tx, at: PaperAt, nth: number): Promise<Uint8Array | null> {
  const row = await db
    .selectFrom('papers.piece')
    .select('body')
    .where('party_id', '=', at.partyId)
    .where('case_id', '=', at.caseId)
    .where('paper_id', '=', at.id)
    .where('nth', '=', nth)
    .executeTakeFirst()
  return row?.body ?? null
}

/** Takes a paper away with its pieces; whether there was one. */
export async function deletePaper(db: Tx, at: PaperAt): Promise<boolean> {
  const done = await db
    .deleteFrom('papers.paper')
    .where('party_id', '=', at.partyId)
    .where('case_id', '=', at.caseId)
    .where('id', '=', at.id)
    .executeTakeFirst()
  return done.numDeletedRows === 1n
}
