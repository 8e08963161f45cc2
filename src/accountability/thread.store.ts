import { type Actor, type CaseKey, caseKey, caseKeys, openCase, sealCase } from '#platform/access'
import type { Tx } from '#platform/db'

import { type Thread, ThreadBody } from './thread.ts'

/** Puts down a new file; its key was made before it. */
export async function insertThread(db: Tx, key: CaseKey, ownerId: string, body: ThreadBody): Promise<void> {
  await db
    .insertInto('accountability.thread')
    .values({ party_id: key.partyId, case_id: key.caseId, owner_id: ownerId, body: sealed(key, body) })
    .execute()
}

/** One file with its row held; null when it is missing or not the actor's, which are the same answer. */
export async function threadOf(
  db: Tx,
  actor: Actor,
  id: string,
  hold: 'reading' | 'changing' = 'reading',
): Promise<Thread | null> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return null
  const query = db
    .selectFrom('accountability.thread')
    .selectAll()
    .where('party_id', '=', actor.partyId)
    .where('case_id', '=', id)
  const row = await (hold === 'reading' ? query.forKeyShare() : query.forUpdate()).executeTakeFirst()
  const key = row === undefined ? null : await caseKey(db, actor, id)
  return row === undefined || key?.version !== row.key_version ? null : opened(key, row)
}

/** Every file that the actor may see; those being worked on first, then by name. */
export async function threadsOf(db: Tx, actor: Actor): Promise<readonly Thread[]> {
  const rows = await db
    .selectFrom('accountability.thread')
    .selectAll()
    .where('party_id', '=', actor.partyId)
    .execute()
  const ids = rows.map((row) => row.case_id)
  const keys = await caseKeys(db, actor, ids)
  return rows
    .flatMap((row) => {
      const key = keys.get(row.case_id)
      return key?.version === row.key_version ? [opened(key, row)] : []
    })
    .toSorted((a, b) => a.state.localeCompare(b.state) || a.person.name.localeCompare(b.person.name))
}

/** Writes over a file that is held. */
export async function writeThread(
  db: Tx,
  thread: Thread,
  to: {
    readonly key?: CaseKey
    readonly ownerId?: string
    readonly state?: 'active' | 'ended'
  } & Partial<ThreadBody>,
): Promise<void> {
  const key = to.key ?? thread.key
  const { person, doubt, out } = { ...thread, ...to }
  await db
    .updateTable('accountability.thread')
    .set({
      owner_id: to.ownerId ?? thread.ownerId,
      state: to.state ?? thread.state,
      key_version: key.version,
      version: thread.version + 1,
      body: sealed(key, { person, doubt, out }),
    })
    .where('party_id', '=', key.partyId)
    .where('case_id', '=', thread.id)
    .execute()
}

function sealed(key: CaseKey, body: ThreadBody): Uint8Array {
  return sealCase(key, 'accountability.thread', 'body', key.caseId, ThreadBody.parse(body))
}

function opened(
  key: CaseKey,
  row: {
    readonly case_id: string
    readonly owner_id: string
    readonly state: 'active' | 'ended'
    readonly version: number
    readonly body: Uint8Array
  },
): Thread {
  const body = ThreadBody.parse(openCase(key, 'accountability.thread', 'body', row.case_id, row.body))
  return { ...body, id: row.case_id, key, ownerId: row.owner_id, state: row.state, version: row.version }
}
