import { type CaseKey, openCase, sealCase } from '#platform/access'
import type { Tx } from '#platform/db'

import { type Entry, EntryBody } from './entry.ts'

/** Puts an entry down. */
export async function insertEntry(
  db: Tx,
  key: CaseKey,
  entry: Pick<Entry, 'id' | 'state' | 'dueAt' | 'body'>,
): Promise<void> {
  await db
    .insertInto('accountability.entry')
    .values({
      party_id: key.partyId,
      case_id: key.caseId,
      id: entry.id,
      state: entry.state,
      due_at: entry.dueAt,
      body: sealed(key, entry.id, entry.body),
    })
    .execute()
}

/** Every entry of a file, newest first. */
export async function entriesOf(db: Tx, key: CaseKey): Promise<readonly Entry[]> {
  return (await entriesIn(db, key.partyId, new Map([[key.caseId, key]]))).get(key.caseId) ?? []
}

/** The entries of several files in one query, by file, newest first. */
export async function entriesIn(
  db: Tx,
  partyId: string,
  keys: ReadonlyMap<string, CaseKey>,
  which: 'all' | 'open' = 'all',
): Promise<ReadonlyMap<string, readonly Entry[]>> {
  if (keys.size === 0) return new Map()
  const query = db
    .selectFrom('accountability.entry')
    .selectAll()
    .where('party_id', '=', partyId)
    .where('case_id', 'in', [...keys.keys()])
    .orderBy('id', 'desc')
  const rows = await (which === 'open' ? query.where('state', '=', 'open') : query).execute()
  const grouped = Map.groupBy(rows, (row) => row.case_id)
  return new Map(
    [...grouped].map(([id, found]) => {
      const key = keys.get(id)
      return [id, key === undefined ? [] : found.map((row) => opened(key, row))]
    }),
  )
}

/** Closes an open entry, or writes over it; false when somebody else was first. */
export async function writeEntry(db: Tx, key: CaseKey, entry: Entry): Promise<boolean> {
  const done = await db
    .updateTable('accountability.entry')
    .set({ state: entry.state, version: entry.version + 1, body: sealed(key, entry.id, entry.body) })
    .where('party_id', '=', key.partyId)
    .where('case_id', '=', key.caseId)
    .where('id', '=', entry.id)
    .where('version', '=', entry.version)
    .executeTakeFirst()
  return done.numUpdatedRows === 1n
}

/** Puts every entry of a file under its new key; versions stay. */
export async function resealEntries(db: Tx, from: CaseKey, to: CaseKey): Promise<void> {
  for (const entry of await entriesOf(db, from)) {
    await db
      .updateTable('accountability.entry')
      .set({ body: sealed(to, entry.id, entry.body) })
      .where('party_id', '=', to.partyId)
      .where('case_id', '=', to.caseId)
      .where('id', '=', entry.id)
      .execute()
  }
}

function sealed(key: CaseKey, id: string, body: EntryBody): Uint8Array {
  return sealCase(key, 'accountability.entry', 'body', id, EntryBody.parse(body))
}

function opened(
  key: CaseKey,
  row: {
    readonly id: string
    readonly state: 'open' | 'closed'
    readonly due_at: Date | null
    readonly version: number
    readonly body: Uint8Array
  },
): Entry {
  const body = EntryBody.parse(openCase(key, 'accountability.entry', 'body', row.id, row.body))
  return { id: row.id, state: row.state, dueAt: row.due_at, version: row.version, body }
}
