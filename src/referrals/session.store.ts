import { sql } from 'kysely'

import type { Tx } from '#platform/db'

/** A session's row, sealed. */
export interface SessionRow {
  readonly id: string
  readonly version: number
  readonly keyVersion: number
  readonly madeAt: Date
  readonly body: Uint8Array
}

/** The sessions of a thread, the newest written down first; a session has the id of its line, and goes when that is undone. */
export async function sessionRows(db: Tx, partyId: string, threadId: string): Promise<readonly SessionRow[]> {
  return db
    .selectFrom('referrals.session')
    .select(['id', 'version', 'key_version as keyVersion', 'made_at as madeAt', 'body'])
    .where('party_id', '=', partyId)
    .where('thread_id', '=', threadId)
    .where(
      sql<boolean>`not exists (select from referrals.event u where u.party_id = session.party_id
        and u.thread_id = session.thread_id and u.undoes = session.id)`,
    )
    .orderBy('made_at', 'desc')
    .limit(500)
    .execute()
}

/** Keeps a session. */
export async function insertSession(
  db: Tx,
  row: {
    readonly party_id: string
    readonly thread_id: string
    readonly id: string
    readonly made_by: string
    readonly key_version: number
    readonly body: Uint8Array
  },
): Promise<void> {
  await db.insertInto('referrals.session').values(row).execute()
}

/** Changes a session over the version it was read at; false when somebody was faster. */
export async function changeSession(
  db: Tx,
  at: {
    readonly partyId: string
    readonly threadId: string
    readonly id: string
    readonly version: number
  },
  sealed: { readonly key_version: number; readonly body: Uint8Array },
): Promise<boolean> {
  const done = await db
    .updateTable('referrals.session')
    .set({ ...sealed, version: at.version + 1 })
    .where('party_id', '=', at.partyId)
    .where('thread_id', '=', at.threadId)
    .where('id', '=', at.id)
    .where('version', '=', at.version)
    .executeTakeFirst()
  return done.numUpdatedRows === 1n
}

/** Puts a session back under another seal; its version stays. */
export async function resealSession(
  db: Tx,
  at: { readonly partyId: string; readonly threadId: string; readonly id: string },
  sealed: { readonly key_version: number; readonly body: Uint8Array },
): Promise<void> {
  await db
    .updateTable('referrals.session')
    .set(sealed)
    .where('party_id', '=', at.partyId)
    .where('thread_id', '=', at.threadId)
    .where('id', '=', at.id)
    .execute()
}
