import { randomUUIDv7 } from 'node:crypto'

import { type CaseKey, sealCase } from '#platform/access'
import type { Tx } from '#platform/db'

/** A file about a person causing harm, under the same key so that the closing of the case closes it too, and the link to one. */
export async function fillHarm(db: Tx, key: CaseKey, ownerId: string): Promise<void> {
  const ids = { party_id: key.partyId, case_id: key.caseId }
  const cell = (table: string, row: string) => sealCase(key, table, 'body', row, { words: 'canary' })
  await db
    .insertInto('accountability.thread')
    .values({ ...ids, owner_id: ownerId, body: cell('accountability.thread', key.caseId) })
    .execute()
  const id = randomUUIDv7()
  await db
    .insertInto('accountability.entry')
    .values({ ...ids, id, body: cell('accountability.entry', id) })
    .execute()
  await db
    .insertInto('accountability.link')
    .values({ ...ids, body: cell('accountability.link', key.caseId) })
    .execute()
  await db
    .insertInto('accountability.setting')
    .values({ party_id: key.partyId, quiet_days: 28 })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
